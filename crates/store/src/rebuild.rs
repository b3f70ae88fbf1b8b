//! The fold of all events, and writing the read model anew from it.

use std::collections::{BTreeMap, BTreeSet};

use keyrack_inventory::{Instant, Outcome, State, Touched, evolve};
use rusqlite::Connection;

use crate::error::StoreError;
use crate::guest::index_anew;
use crate::load::event;
use crate::rows::command_seq;
use crate::write::{Changes, write_history};
use crate::{Batch, Store};

/// Folds every stored event, in order.
pub(crate) fn fold(
    connection: &Connection,
    mut step: impl FnMut(&State, &Touched, i64) -> Result<(), StoreError>,
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
        step(&state, &touched, seq)?;
    }
    Ok(state)
}

/// Which command was undone by which, by their numbers, as the outcomes of the commands say. One that came once
/// more, of a centre that was restored from a copy, undid nothing twice.
pub(crate) fn undone_by_commands(
    connection: &Connection,
) -> Result<BTreeSet<(i64, i64)>, StoreError> {
    let mut statement = connection.prepare(
        "SELECT seq, outcome FROM command WHERE kind = 'undo' AND accepted = 1 ORDER BY seq",
    )?;
    let mut rows = statement.query([])?;
    let mut found = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let outcome: String = row.get(1)?;
        let outcome = serde_json::from_str(&outcome)
            .map_err(|error| StoreError::damaged("command", error))?;
        if let Outcome::Undone { command, .. } = outcome
            && let Some(undone) = command_seq(connection, command)?
        {
            found.entry(undone).or_insert(row.get(0)?);
        }
    }
    Ok(found.into_iter().collect())
}

/// What a rebuild wrote anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rebuilt {
    /// Cells.
    pub cells: u64,
    /// Guests in the index by which they are found.
    pub guests: u64,
}

impl Store {
    /// Writes counts, bookings, holds and outages anew from the events, and the index of guests from their rows.
    ///
    /// # Errors
    /// Where the file is busy or fails, or an event cannot be read.
    pub fn rebuild(&self) -> Result<Rebuilt, StoreError> {
        self.write(|batch| batch.rebuild())
    }
}

impl Batch<'_> {
    /// Writes counts, bookings, holds and outages anew from the events, and the index of guests from their rows.
    ///
    /// # Errors
    /// Where the file fails, or an event cannot be read; the whole transaction is then taken back.
    pub fn rebuild(&mut self) -> Result<Rebuilt, StoreError> {
        let connection = self.connection;
        // Constraints are checked at the end, when everything stands again.
        connection.execute_batch(
            "PRAGMA defer_foreign_keys = ON;
             DELETE FROM cell_event; DELETE FROM reservation_event; DELETE FROM hold_event;
             DELETE FROM outage_event; DELETE FROM moved_night; DELETE FROM movement; DELETE FROM stay;
             DELETE FROM reservation; DELETE FROM allotment_block;
             DELETE FROM allotment_night; DELETE FROM allotment; DELETE FROM hold_stay; DELETE FROM hold; DELETE FROM outage;
             DELETE FROM cell; DELETE FROM house_limit; DELETE FROM room_type; DELETE FROM undone;",
        )?;
        let state = fold(connection, |state, touched, event| {
            write_history(connection, state, touched, event)
        })?;
        Changes::everything(&state).write(connection, &state)?;
        for noted in undone_by_commands(connection)? {
            connection.execute(
                "INSERT INTO undone (command, undone_by) VALUES (?1, ?2)",
                noted,
            )?;
        }
        *self.cache = None;
        Ok(Rebuilt {
            cells: state.all_cells().count() as u64,
            guests: index_anew(connection)?,
        })
    }
}
