//! Loading what is folded: from the tables, and where the base is kept apart, from there.

use keyrack_inventory::corrected::{RowCorrected, Rows};
use keyrack_inventory::evolve::wanted;
use keyrack_inventory::{CommandId, Event, Instant, Reference, ReservationId, State, Want};
use rusqlite::Connection;

use super::follow::CENTRE;
use crate::error::StoreError;
use crate::load::{Asker, load as load_wants, load_room_in_house};
use crate::rows::{id_of_number, load_reservation};
use crate::write::write_identity;

/// Who asks where nothing is decided.
pub(super) fn asker_at(now: Instant) -> Asker<'static> {
    Asker {
        actor: CENTRE,
        now,
        letters: None,
    }
}

/// Loads what an event needs to be folded.
pub(super) fn load_for(
    connection: &Connection,
    state: &mut State,
    asker: Asker<'_>,
    event: &Event,
    kept: &Rows,
) -> Result<(), StoreError> {
    // What is loaded can show what else is needed: an outage, and then its nights.
    for _ in 0..2 {
        let wants = wanted(state, event);
        if wants.is_empty() {
            return Ok(());
        }
        load_over(connection, state, asker, &wants, kept)?;
    }
    Ok(())
}

/// Loads from the tables what is not kept of the base. A number may lead to a row that is kept: then
/// the kept one is meant.
pub(super) fn load_over(
    connection: &Connection,
    state: &mut State,
    asker: Asker<'_>,
    wants: &[Want],
    kept: &Rows,
) -> Result<(), StoreError> {
    for want in wants {
        match want {
            Want::Reservation(asked @ Reference::Number(number)) => {
                let id = id_of_number(connection, "reservation", number.as_str())?;
                let id = id.map(ReservationId);
                let found = match id {
                    Some(id) if kept.reservations.contains(&id) => {
                        state.loaded_reservation(id).cloned()
                    }
                    Some(id) => load_reservation(connection, id)?,
                    None => None,
                };
                state.put_reservation(asked, found);
            }
            // In what lies over the base nobody is in a room yet.
            Want::RoomInHouse(room) => {
                let there = load_room_in_house(connection, room.as_str())?;
                let there = there.filter(|(id, ..)| !kept.reservations.contains(id));
                state.put_room_in_house(room.clone(), there);
            }
            other => load_wants(connection, state, asker, std::slice::from_ref(other))?,
        }
    }
    Ok(())
}

/// Loads the rows that are not loaded yet.
pub(super) fn load_rows(
    connection: &Connection,
    state: &mut State,
    rows: &Rows,
) -> Result<(), StoreError> {
    let wants = state.lacking(rows);
    load_wants(connection, state, asker_at(Instant::from_millis(0)), &wants)
}

/// Loads the reservation that an event makes, where there is one already: it was taken back here, and the
/// centre has it after all. Gives whether there is.
pub(super) fn load_made(
    connection: &Connection,
    state: &mut State,
    event: &Event,
) -> Result<bool, StoreError> {
    let Event::ReservationMade(made) = event else {
        return Ok(false);
    };
    if state.loaded_reservation(made.reservation).is_none() {
        let found = load_reservation(connection, made.reservation)?;
        state.put_reservation(&Reference::Id(made.reservation), found);
    }
    Ok(state.loaded_reservation(made.reservation).is_some())
}

/// Writes what of a reservation no step changes, where it was made once more.
pub(super) fn write_known(
    connection: &Connection,
    state: &State,
    id: ReservationId,
) -> Result<(), StoreError> {
    match state.loaded_reservation(id).cloned() {
        Some(reservation) => write_identity(connection, &RowCorrected::Reservation { reservation }),
        None => Ok(()),
    }
}

/// The payloads of the events of a command that was given here.
pub(super) fn local_events(
    connection: &Connection,
    id: CommandId,
) -> Result<Vec<String>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT e.payload FROM command AS c JOIN event AS e
            ON e.seq >= c.first_event AND e.seq < c.first_event + c.events
         WHERE c.id = ?1 ORDER BY e.seq",
    )?;
    let rows = statement.query_map([id.0.as_bytes()], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
