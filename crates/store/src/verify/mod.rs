//! Verify: every count equals the fold of its events, the chain is whole, and SQLite is content.

mod chain;
mod days;
mod fields;
mod heard;
mod history;
mod index;
mod redacted;
mod schema;
mod sums;
mod told;

use std::fmt::Display;

use keyrack_inventory::state::Counters;
use keyrack_inventory::{ReservationId, State};
use rusqlite::Connection;
use serde::Serialize;

use crate::error::StoreError;
use crate::heads;
use crate::listed::Listed;
use crate::load::load_catalogue;
use crate::rebuild::fold;
use crate::rows::{
    cell, house_limit, load_allotment, load_hold, load_reservation, night_at, outage, parsed, uuid,
};
use crate::{Reader, Store};

pub(crate) use chain::link_of;
use fields::{Names, told};
use heard::Walked;
use history::History;

/// Differences that a check lists at most.
const LISTED: usize = 20;

/// The result of `verify`.
#[derive(Clone, Debug, Serialize)]
pub struct Verification {
    /// Whether all checks passed.
    pub ok: bool,
    /// Each check.
    pub checks: Vec<Check>,
}

impl Verification {
    /// Adds what another check found.
    pub fn add(&mut self, name: &'static str, differences: Vec<String>) {
        let mut check = Check::new(name);
        differences
            .iter()
            .for_each(|difference| check.differ(difference));
        self.push(check);
    }

    fn push(&mut self, check: Check) {
        self.ok &= check.ok;
        self.checks.push(check);
    }
}

/// One check of `verify`.
#[derive(Clone, Debug, Serialize)]
pub struct Check {
    /// What was checked.
    pub name: &'static str,
    /// Whether it passed.
    pub ok: bool,
    /// The first differences, as sentences.
    pub differences: Vec<String>,
}

impl Check {
    pub(crate) fn new(name: &'static str) -> Self {
        Self {
            name,
            ok: true,
            differences: Vec::new(),
        }
    }

    pub(crate) fn differ(&mut self, difference: impl Display) {
        self.ok = false;
        if self.differences.len() < LISTED {
            self.differences.push(difference.to_string());
        }
    }

    /// A check that could not be carried out has failed.
    pub(crate) fn finish(mut self, result: Result<(), StoreError>) -> Self {
        if let Err(error) = result {
            self.differ(error);
        }
        self
    }
}

impl Store {
    /// Checks the whole file, in one snapshot of it.
    ///
    /// # Errors
    /// Where the file cannot be read at all. What is wrong in it is in the result.
    pub fn verify(&self) -> Result<Verification, StoreError> {
        let known = heads::known(&self.path);
        self.read(|reader| {
            let mut found = reader.verify();
            found.push(heads::check(known, reader.connection()));
            Ok(found)
        })
    }

    /// The same; `hear` is told, on another thread, how many of how many rows of the trail and events it is through,
    /// and answers whether to go on. Nothing where it was stopped.
    ///
    /// # Errors
    /// Where the file cannot be read at all. What is wrong in it is in the result.
    pub fn verify_heard(
        &self,
        hear: impl FnMut(u64, u64) -> bool + Send,
    ) -> Result<Option<Verification>, StoreError> {
        let known = heads::known(&self.path);
        self.read(|reader| {
            let mut found = heard::verify_heard(reader.connection(), hear)?;
            if let Some(found) = &mut found {
                found.push(heads::check(known, reader.connection()));
            }
            Ok(found)
        })
    }
}

impl Reader<'_> {
    /// Checks the whole file.
    pub fn verify(&self) -> Verification {
        verify(self.connection())
    }
}

pub(crate) fn verify(connection: &Connection) -> Verification {
    check(connection, &Walked::default())
}

fn check(connection: &Connection, walked: &Walked) -> Verification {
    let mut checks = vec![
        sqlite(connection),
        schema::schema(connection),
        chain::chain(connection, walked),
    ];
    let mut history = History::new(connection);
    let folded = fold(connection, |state, touched, event| {
        walked.one()?;
        history.note(connection, state, touched, event)
    });
    match folded {
        Ok(state) => {
            checks.push(counts(connection, &state));
            checks.push(objects(connection, &state));
            checks.push(catalogue(connection, &state));
        }
        Err(error) => {
            let mut check = Check::new("counts");
            check.differ(error);
            checks.push(check);
        }
    }
    checks.push(history.finish(connection));
    checks.push(chain::undone(connection));
    checks.push(sums::sums(connection));
    checks.extend(told::told(connection));
    checks.push(index::index(connection));
    checks.push(days::day_ends(connection));
    Verification {
        ok: checks.iter().all(|check| check.ok),
        checks,
    }
}

/// SQLite's own check of pages, indexes and foreign keys.
fn sqlite(connection: &Connection) -> Check {
    let mut check = Check::new("sqlite");
    let result = (|| {
        let mut statement = connection.prepare("PRAGMA integrity_check(20)")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let line: String = row.get(0)?;
            if line != "ok" {
                check.differ(line);
            }
        }
        let mut statement = connection.prepare("PRAGMA foreign_key_check")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (table, parent): (String, String) = (row.get(0)?, row.get(2)?);
            check.differ(format_args!(
                "a row of {table} names a missing row of {parent}"
            ));
        }
        Ok(())
    })();
    check.finish(result)
}

/// Every count of every cell, and the house's limits.
fn counts(connection: &Connection, state: &State) -> Check {
    let mut check = Check::new("counts");
    let names = Names::read(connection);
    let result = (|| {
        let sql = format!("SELECT room_type, night, {} FROM cell", crate::rows::CELL);
        let mut statement = connection.prepare(&sql)?;
        let mut rows = statement.query([])?;
        let mut stored = 0;
        while let Some(row) = rows.next()? {
            stored += 1;
            let (code, night) = (parsed(row, 0, "cell")?, night_at(row, 1)?);
            let cell = cell(row, 2)?;
            if !cell.is_sound() {
                let told = told(&cell);
                let cell = names.cell_of(code, night);
                check.differ(format_args!("{cell} breaks an invariant: {told}"));
            }
            let what = || names.cell_of(code, night);
            match state.loaded_cell(code, night) {
                Some(folded) if cell == *folded => {}
                Some(folded) => check.compare(what(), &cell, folded),
                None => check.differ(format_args!("{} is stored, and no event opened it", what())),
            }
        }
        let folded = state.all_cells().count();
        if folded != stored {
            check.differ(format_args!(
                "{stored} cells are stored, {folded} were opened"
            ));
        }
        let sql = format!("SELECT {} FROM house_limit", crate::rows::HOUSE_LIMIT);
        let mut statement = connection.prepare(&sql)?;
        let mut rows = statement.query([])?;
        let mut stored = 0;
        while let Some(row) = rows.next()? {
            stored += 1;
            let (night, limit) = house_limit(row)?;
            let folded = state.loaded_house_limit(night).unwrap_or_default();
            check.compare(
                format_args!("the house's limit on {night}"),
                &limit,
                &folded,
            );
        }
        let folded = state.all_house_limits().count();
        if folded != stored {
            check.differ(format_args!(
                "{stored} house limits are stored, {folded} were set"
            ));
        }
        Ok(())
    })();
    check.finish(result)
}

/// Every reservation, hold and outage.
fn objects(connection: &Connection, state: &State) -> Check {
    let mut check = Check::new("objects");
    let result = (|| {
        let tables = [
            ("reservation", state.all_reservations().count()),
            ("hold", state.all_holds().count()),
            ("outage", state.all_outages().count()),
            ("allotment", state.all_allotments().count()),
        ];
        for (table, folded) in tables {
            let sql = format!("SELECT count(*) FROM {table}");
            let stored: usize = connection.query_row(&sql, [], |row| row.get(0))?;
            if stored != folded {
                check.differ(format_args!(
                    "{stored} rows of {table} are stored, {folded} by events"
                ));
            }
        }
        for folded in state.all_reservations() {
            let stored = load_reservation(connection, folded.id)?;
            let name = format_args!("reservation {}", folded.number).to_string();
            check.compare(name, &stored.as_ref(), &Some(folded));
        }
        for folded in state.all_holds() {
            let stored = load_hold(connection, folded.id)?;
            check.compare(
                format_args!("hold {}", folded.number),
                &stored.as_ref(),
                &Some(folded),
            );
        }
        for folded in state.all_allotments() {
            let stored = load_allotment(connection, folded.id)?;
            let name = format_args!("allotment {}", folded.number).to_string();
            check.compare(name, &stored.as_ref(), &Some(folded));
        }
        let sql = format!("SELECT {} FROM outage", crate::rows::OUTAGE);
        let mut statement = connection.prepare(&sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let stored = outage(row)?;
            let folded = state.loaded_outage(stored.id);
            check.compare(
                format_args!("outage {}", stored.number),
                &Some(&stored),
                &folded,
            );
        }
        derived(connection, state, &mut check)
    })();
    check.finish(result)
}

/// Columns that only repeat what others say, so that lists can be found by them.
fn derived(connection: &Connection, state: &State, check: &mut Check) -> Result<(), StoreError> {
    let mut statement = connection.prepare(
        "SELECT id, status, serial, total, first_arrival, last_leaving FROM reservation",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let stored: String = row.get(1)?;
        if let Some(folded) = state.loaded_reservation(ReservationId(uuid(row, 0)?)) {
            let name = format_args!("reservation {}, its status", folded.number).to_string();
            check.compare(name, &stored.as_str(), &folded.status().as_str());
            let listed = Listed {
                serial: row.get(2)?,
                total: row.get(3)?,
                first_arrival: row.get(4)?,
                last_leaving: row.get(5)?,
            };
            let name = format_args!("reservation {}, as it is listed", folded.number).to_string();
            check.compare(name, &listed, &Listed::of(folded));
        }
    }
    let mut statement = connection.prepare("SELECT reservation, stay, leaves_on FROM stay")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (number, stored) = (row.get(1)?, night_at(row, 2)?);
        let reservation = state.loaded_reservation(ReservationId(uuid(row, 0)?));
        if let Some((folded, stay)) =
            reservation.and_then(|found| Some((found, found.stay(number)?)))
        {
            let name = format_args!("reservation {}/{number}, when it leaves", folded.number);
            check.compare(name.to_string(), &stored, &stay.leaves_on());
        }
    }
    Ok(())
}

/// The property, its room types and the last numbers given.
fn catalogue(connection: &Connection, state: &State) -> Check {
    let mut check = Check::new("property");
    let result = (|| {
        let Some(folded) = state.catalogue() else {
            return Ok(());
        };
        let stored = load_catalogue(connection)?;
        check.compare("the property", &stored.property, &folded.property);
        check.compare("room types", &stored.room_types, &folded.room_types);
        check.compare("the desk", &stored.desk, &folded.desk);
        let counters = connection.query_row(
            "SELECT last_reservation, last_hold, last_outage, last_allotment FROM property",
            [],
            |row| {
                Ok(Counters {
                    reservation: row.get(0)?,
                    hold: row.get(1)?,
                    outage: row.get(2)?,
                    allotment: row.get(3)?,
                })
            },
        )?;
        check.compare("numbers", &counters, &state.counters());
        Ok(())
    })();
    check.finish(result)
}
