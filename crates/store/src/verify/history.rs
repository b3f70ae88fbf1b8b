//! Which event led to which version: the history of each cell and each reservation.

use keyrack_inventory::{ShortNumber, State, Touched};
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use super::Check;
use super::fields::Names;
use crate::error::StoreError;
use crate::rows::night_at;

/// The check, fed with each event as it is folded.
pub(super) struct History {
    check: Check,
    names: Names,
    cells: u64,
    reservations: u64,
    holds: u64,
    outages: u64,
}

impl History {
    /// Before the first event.
    pub fn new(connection: &Connection) -> Self {
        Self {
            check: Check::new("history"),
            names: Names::read(connection),
            cells: 0,
            reservations: 0,
            holds: 0,
            outages: 0,
        }
    }

    /// Compares what the event of that number led to.
    pub fn note(
        &mut self,
        connection: &Connection,
        state: &State,
        touched: &Touched,
        event: i64,
    ) -> Result<(), StoreError> {
        for (code, night) in &touched.cells {
            self.cells += 1;
            let version = state
                .loaded_cell(*code, *night)
                .map_or(0, |cell| cell.version);
            let mut statement = connection.prepare_cached(
                "SELECT event FROM cell_event WHERE room_type = ?1 AND night = ?2 AND version = ?3",
            )?;
            let key = params![code.as_str(), night.day_number(), version];
            let stored: Option<i64> = statement.query_row(key, |row| row.get(0)).optional()?;
            if stored != Some(event) {
                let cell = self.names.cell_of(*code, *night);
                self.check.differ(format_args!(
                    "version {version} of {cell} was made by event {event}; stored is {}",
                    said(stored)
                ));
            }
        }
        if let Some(id) = touched.reservation {
            self.reservations += 1;
            let found = state.loaded_reservation(id);
            let version = found.map_or(0, |found| found.version);
            let mut statement = connection.prepare_cached(
                "SELECT event FROM reservation_event WHERE reservation = ?1 AND version = ?2",
            )?;
            let key = params![id.0.as_bytes(), version];
            let stored: Option<i64> = statement.query_row(key, |row| row.get(0)).optional()?;
            if stored != Some(event) {
                self.check.differ(format_args!(
                    "version {version} of reservation {} was made by event {event}; stored is {}",
                    found.map_or("?", |found| found.number.as_str()),
                    said(stored)
                ));
            }
        }
        if let Some(id) = touched.hold {
            self.holds += 1;
            let noted = "SELECT EXISTS (SELECT 1 FROM hold_event WHERE hold = ?1 AND event = ?2)";
            if !is_noted(connection, noted, id.0, event)? {
                let number = state.loaded_hold(id).map(|hold| &hold.number);
                self.unnoted("hold", number, event);
            }
        }
        if let Some(id) = touched.outage {
            self.outages += 1;
            let noted =
                "SELECT EXISTS (SELECT 1 FROM outage_event WHERE outage = ?1 AND event = ?2)";
            if !is_noted(connection, noted, id.0, event)? {
                let number = state.loaded_outage(id).map(|outage| &outage.number);
                self.unnoted("outage", number, event);
            }
        }
        Ok(())
    }

    fn unnoted(&mut self, what: &str, number: Option<&ShortNumber>, event: i64) {
        let number = number.map_or("?", ShortNumber::as_str);
        self.check.differ(format_args!(
            "{what} {number} went through event {event}, and that is not noted"
        ));
    }

    /// What is left to say once all events are folded.
    pub fn finish(mut self, connection: &Connection) -> Check {
        let result = self.rest(connection);
        self.check.finish(result)
    }

    fn rest(&mut self, connection: &Connection) -> Result<(), StoreError> {
        for (table, noted) in [
            ("cell_event", self.cells),
            ("reservation_event", self.reservations),
            ("hold_event", self.holds),
            ("outage_event", self.outages),
        ] {
            let sql = format!("SELECT count(*) FROM {table}");
            let stored: u64 = connection.query_row(&sql, [], |row| row.get(0))?;
            if stored != noted {
                self.check.differ(format_args!(
                    "{stored} rows of {table} are stored, {noted} by events"
                ));
            }
        }
        let mut statement = connection.prepare(
            "SELECT c.room_type, c.night, c.version, count(h.version), max(h.version)
             FROM cell AS c LEFT JOIN cell_event AS h USING (room_type, night)
             GROUP BY c.room_type, c.night HAVING count(h.version) <> c.version
                OR max(h.version) <> c.version",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (code, night) = (row.get::<_, String>(0)?, night_at(row, 1)?);
            let (version, changes): (i64, i64) = (row.get(2)?, row.get(3)?);
            let cell = self.names.cell(&code, night);
            self.check.differ(format_args!(
                "{cell} is at version {version} after {changes} changes"
            ));
        }
        Ok(())
    }
}

fn is_noted(connection: &Connection, sql: &str, id: Uuid, event: i64) -> Result<bool, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    Ok(statement.query_row(params![id.as_bytes(), event], |row| row.get(0))?)
}

fn said(event: Option<i64>) -> String {
    event.map_or_else(|| "none".to_owned(), |event| format!("event {event}"))
}
