//! What the centre is asked, and has not answered.

use keyrack_inventory::decide::reservations_of;
use keyrack_inventory::{Command, Decision, Outcome, Reference, ReservationId};
use keyrack_wire::{Queued, Standing};
use rusqlite::Connection;

use super::queue::open;
use crate::error::StoreError;
use crate::load::load_past;
use crate::rows::id_of_number;

/// Whether the decision may take rooms for a reservation of which the centre was asked something, and
/// what it made of that is not here yet. What the centre has of it then may be other nights than these.
pub(super) fn is_asked_about(
    connection: &Connection,
    decision: &Decision,
) -> Result<bool, StoreError> {
    let taking = decision.may_take_rooms_of();
    if taking.is_empty() {
        return Ok(false);
    }
    let mut statement = connection.prepare_cached(
        "SELECT sealed FROM queue WHERE in_base = 0 AND asking = 1 AND state <> 'refused'",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let asked = about(connection, &open(row.get(0)?)?.1)?;
        if asked.is_none_or(|asked| asked.iter().any(|id| taking.contains(id))) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The reservations that an asked command is about; nothing where that cannot be told.
fn about(
    connection: &Connection,
    queued: &Queued,
) -> Result<Option<Vec<ReservationId>>, StoreError> {
    if let Standing::Asking {
        outcome: Some(Outcome::Reservation { id, .. }),
    } = &queued.outcome
    {
        return Ok(Some(vec![*id]));
    }
    let command = queued
        .command()
        .map_err(|error| StoreError::damaged("queue", error))?;
    if let Command::Undo { command } = &command {
        let past = command.map(|id| load_past(connection, id)).transpose()?;
        let events = past.flatten().map(|past| past.events);
        return Ok(events.map(|events| reservations_of(&events).collect()));
    }
    let mut found = Vec::new();
    for asked in command.reservations() {
        match asked {
            Reference::Id(id) => found.push(*id),
            Reference::Number(number) => {
                let id = id_of_number(connection, "reservation", number.as_str())?;
                found.extend(id.map(ReservationId));
            }
        }
    }
    Ok(Some(found))
}
