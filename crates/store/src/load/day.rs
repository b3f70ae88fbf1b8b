//! Who waits, and what is due at the end of a business date.

use keyrack_inventory::ids::ReservationId;
use keyrack_inventory::state::{DueItems, WAITING_AT_MOST};
use keyrack_inventory::{Night, Reference, State};
use rusqlite::{Connection, params};

use crate::error::StoreError;
use crate::rows::{load_reservation, uuid};

/// What a list names at most.
const NAMED: usize = 20;

/// Just those of whom an index knows: its condition, word for word.
const OPEN: &str = "s.status IN ('waitlisted', 'tentative', 'needs_confirmation', 'confirmed', \
                    'checked_in')";

/// The reservations with stays that wait, the oldest first.
pub(super) fn load_waiting(connection: &Connection, state: &mut State) -> Result<(), StoreError> {
    let sql = format!(
        "SELECT DISTINCT r.id FROM stay AS s JOIN reservation AS r ON r.id = s.reservation
         WHERE s.status = 'waitlisted' AND {OPEN} ORDER BY r.created_at, r.id LIMIT ?1"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query([WAITING_AT_MOST as i64])?;
    let mut waiting = Vec::new();
    while let Some(row) = rows.next()? {
        waiting.push(ReservationId(uuid(row, 0)?));
    }
    for id in &waiting {
        state.put_reservation(&Reference::Id(*id), load_reservation(connection, *id)?);
    }
    state.put_waiting(waiting);
    Ok(())
}

/// What is due on the date and not decided; the same as the domain's `is_due` says.
pub(super) fn load_due(connection: &Connection, date: Night) -> Result<DueItems, StoreError> {
    let stays = format!(
        "SELECT r.number || '/' || s.stay FROM stay AS s
         JOIN reservation AS r ON r.id = s.reservation WHERE {OPEN}"
    );
    let sql = format!(
        "{stays} AND s.status = 'checked_in' AND s.departure <= ?1
         UNION ALL {stays} AND s.status = 'confirmed' AND s.arrival <= ?1 AND s.kept_on IS NOT ?1
         UNION ALL {stays} AND s.status = 'needs_confirmation' AND s.arrival <= ?1
         UNION ALL {stays} AND s.status = 'waitlisted' AND s.arrival <= ?1
         UNION ALL {stays} AND s.status = 'tentative' AND (s.arrival <= ?1 OR s.option_until <= ?1)
         UNION ALL SELECT number FROM allotment
         WHERE status = 'open' AND cut_off <= ?1 AND kind <> 'committed'
         ORDER BY 1"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let named = statement.query_map(params![date.day_number()], |row| row.get::<_, String>(0))?;
    let mut named = named.collect::<Result<Vec<_>, _>>()?;
    let count = named.len() as u64;
    named.truncate(NAMED);
    Ok(DueItems { named, count })
}
