//! The fold of all events, and writing the read model anew from it.

use keyrack_inventory::{Instant, State, evolve};
use rusqlite::{Connection, params};

use crate::error::StoreError;
use crate::load::event;
use crate::write::Changes;
use crate::{Batch, Store};

/// A change of a cell in the fold: its key, the version it led to, and the event.
pub(crate) type Step = (
    keyrack_inventory::RoomTypeCode,
    keyrack_inventory::Night,
    i64,
    i64,
);

/// Folds every stored event, in order.
pub(crate) fn fold(
    connection: &Connection,
    mut step: impl FnMut(Step) -> Result<(), StoreError>,
) -> Result<State, StoreError> {
    let mut statement = connection.prepare(
        "SELECT e.seq, e.type, e.version, e.payload, c.instant
         FROM event AS e JOIN command AS c ON c.seq = e.command ORDER BY e.seq",
    )?;
    let mut rows = statement.query([])?;
    let mut state = State::whole();
    while let Some(row) = rows.next()? {
        let seq = row.get(0)?;
        let touched = evolve(&mut state, &event(row)?, Instant::from_millis(row.get(4)?));
        for (code, night) in touched.cells {
            let version = state
                .loaded_cell(code, night)
                .map_or(0, |cell| cell.version);
            step((code, night, version, seq))?;
        }
    }
    Ok(state)
}

impl Store {
    /// Writes counts, bookings, holds and outages anew from the events. Gives the number of cells.
    ///
    /// # Errors
    /// Where the file is busy or fails, or an event cannot be read.
    pub fn rebuild(&self) -> Result<u64, StoreError> {
        self.write(|batch| batch.rebuild())
    }
}

impl Batch<'_> {
    fn rebuild(&mut self) -> Result<u64, StoreError> {
        let connection = self.connection;
        // Constraints are checked at the end, when everything stands again.
        connection.execute_batch(
            "PRAGMA defer_foreign_keys = ON;
             DELETE FROM cell_event; DELETE FROM moved_night; DELETE FROM stay;
             DELETE FROM reservation; DELETE FROM hold_stay; DELETE FROM hold; DELETE FROM outage;
             DELETE FROM cell; DELETE FROM house_limit; DELETE FROM room_type;",
        )?;
        let mut insert = connection.prepare(
            "INSERT INTO cell_event (room_type, night, version, event) VALUES (?1, ?2, ?3, ?4)",
        )?;
        let state = fold(connection, |(code, night, version, event)| {
            insert.execute(params![code.as_str(), night.day_number(), version, event])?;
            Ok(())
        })?;
        drop(insert);
        Changes::everything(&state).write(connection, &state)?;
        *self.cache = None;
        Ok(state.all_cells().count() as u64)
    }
}
