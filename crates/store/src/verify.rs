//! Verify: every count equals the fold of its events, the chain is whole, and SQLite is content.

use std::fmt::Display;

use keyrack_inventory::State;
use rusqlite::Connection;
use serde::Serialize;

use crate::apply::{COMMAND_COLUMN_COUNT, COMMAND_COLUMNS};
use crate::audit::{Fields, GENESIS};
use crate::error::StoreError;
use crate::load::load_catalogue;
use crate::rebuild::fold;
use crate::rows::{cell, load_hold, load_reservation, night_at, outage, parsed, uuid};
use crate::{Reader, Store};

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
    fn new(name: &'static str) -> Self {
        Self {
            name,
            ok: true,
            differences: Vec::new(),
        }
    }

    fn differ(&mut self, difference: impl Display) {
        self.ok = false;
        if self.differences.len() < LISTED {
            self.differences.push(difference.to_string());
        }
    }

    fn compare<T: PartialEq + std::fmt::Debug>(
        &mut self,
        what: impl Display,
        stored: &T,
        folded: &T,
    ) {
        if stored != folded {
            self.differ(format_args!(
                "{what}: stored {stored:?}, by its events {folded:?}"
            ));
        }
    }

    /// A check that could not be carried out has failed.
    fn finish(mut self, result: Result<(), StoreError>) -> Self {
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
        self.read(|reader| Ok(verify(reader.connection())))
    }
}

impl Reader<'_> {
    /// Checks the whole file.
    pub fn verify(&self) -> Verification {
        verify(self.connection())
    }
}

pub(crate) fn verify(connection: &Connection) -> Verification {
    let mut checks = vec![sqlite(connection), chain(connection)];
    match fold(connection, |_, _, _| Ok(())) {
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
    checks.push(history(connection));
    checks.push(sums(connection));
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

/// The audit chain over commands, events and audit rows.
fn chain(connection: &Connection) -> Check {
    let mut check = Check::new("audit_chain");
    let result = walk_chain(connection, &mut check);
    check.finish(result)
}

fn walk_chain(connection: &Connection, check: &mut Check) -> Result<(), StoreError> {
    let sql = format!(
        "SELECT a.seq, a.previous_hash, a.hash, a.command, a.actor, a.permission, a.desk, a.what,
            a.object, a.reason_code, a.reason_text, a.override_text, a.instant, a.request,
            c.first_event, c.events, {} FROM audit AS a LEFT JOIN command AS c ON c.seq = a.command
         ORDER BY a.seq",
        COMMAND_COLUMNS
            .split(", ")
            .map(|column| format!("c.{}", column.trim()))
            .collect::<Vec<_>>()
            .join(", ")
    );
    let mut statement = connection.prepare(&sql)?;
    let mut events = connection.prepare(
        "SELECT seq, command, type, version, payload FROM event WHERE seq >= ?1 AND seq < ?2 ORDER BY seq",
    )?;
    let mut rows = statement.query([])?;
    let (mut expected, mut previous, mut next_event, mut commands) = (1_i64, GENESIS, 1_i64, 0_i64);
    while let Some(row) = rows.next()? {
        let seq: i64 = row.get(0)?;
        let (stored_previous, stored): ([u8; 32], [u8; 32]) = (row.get(1)?, row.get(2)?);
        if seq != expected {
            check.differ(format_args!(
                "audit row {expected} is missing (the next is {seq})"
            ));
        }
        if stored_previous != previous {
            check.differ(format_args!(
                "audit row {seq} does not follow the row before it"
            ));
        }
        let mut fields = Fields::new(&stored_previous);
        let command: Option<i64> = row.get(3)?;
        if let Some(command) = command {
            commands += 1;
            let (first, count): (Option<i64>, Option<i64>) = (row.get(14)?, row.get(15)?);
            match (first, count) {
                (Some(first), Some(count)) => {
                    fields.row(row, 16..16 + COMMAND_COLUMN_COUNT)?;
                    let mut found = 0;
                    let mut event_rows = events.query([first, first + count])?;
                    while let Some(event) = event_rows.next()? {
                        found += 1;
                        fields.row(event, 0..5)?;
                    }
                    if found != count || first != next_event {
                        check.differ(format_args!(
                            "command {command} (audit row {seq}) lacks events"
                        ));
                    }
                    next_event = first + count;
                }
                _ => check.differ(format_args!(
                    "command {command} of audit row {seq} is missing"
                )),
            }
        }
        fields.row(row, 3..14)?;
        if fields.finish() != stored {
            check.differ(format_args!(
                "audit row {seq} was changed, or its command {} or an event of it was",
                command.map_or_else(|| "-".to_owned(), |command| command.to_string())
            ));
        }
        expected = seq + 1;
        previous = stored;
    }
    let (all_commands, last_event): (i64, i64) = connection.query_row(
        "SELECT (SELECT count(*) FROM command), (SELECT coalesce(max(seq), 0) FROM event)",
        [],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    if all_commands != commands {
        check.differ(format_args!(
            "{all_commands} commands, and {commands} in the audit trail"
        ));
    }
    if last_event >= next_event {
        check.differ(format_args!(
            "events from {next_event} to {last_event} belong to no command"
        ));
    }
    Ok(())
}

/// Every count of every cell, and the house's limits.
fn counts(connection: &Connection, state: &State) -> Check {
    let mut check = Check::new("counts");
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
                check.differ(format_args!(
                    "cell {code} {night} breaks an invariant: {cell:?}"
                ));
            }
            match state.loaded_cell(code, night) {
                Some(folded) => check.compare(format_args!("cell {code} {night}"), &cell, folded),
                None => check.differ(format_args!("cell {code} {night} has no event")),
            }
        }
        let folded = state.all_cells().count();
        if folded != stored {
            check.differ(format_args!(
                "{stored} cells are stored, {folded} were opened"
            ));
        }
        let mut statement =
            connection.prepare("SELECT night, overbooking, version FROM house_limit")?;
        let mut rows = statement.query([])?;
        let mut stored = 0;
        while let Some(row) = rows.next()? {
            stored += 1;
            let night = night_at(row, 0)?;
            let limit: (Option<i32>, i64) = (row.get(1)?, row.get(2)?);
            let folded = state.loaded_house_limit(night);
            let folded = folded.map_or((None, 0), |limit| (limit.overbooking, limit.version));
            check.compare(format_args!("house limit {night}"), &limit, &folded);
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
        Ok(())
    })();
    check.finish(result)
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
        let counters: (u64, u64, u64) = connection.query_row(
            "SELECT last_reservation, last_hold, last_outage FROM property",
            [],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )?;
        let folded = state.counters();
        check.compare(
            "numbers",
            &counters,
            &(folded.reservation, folded.hold, folded.outage),
        );
        Ok(())
    })();
    check.finish(result)
}

/// Each cell's version counts the changes in its history.
fn history(connection: &Connection) -> Check {
    let mut check = Check::new("history");
    let result = (|| {
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
            check.differ(format_args!(
                "cell {code} {night} is at version {version} after {changes} changes"
            ));
        }
        Ok(())
    })();
    check.finish(result)
}

/// The counts once more, added up by SQL from bookings, holds and outages: independent of the fold.
fn sums(connection: &Connection) -> Check {
    let mut check = Check::new("sums");
    let result = (|| {
        for (count, sql) in [("sold", SOLD), ("held", HELD), ("out_of_order", OUT)] {
            let mut statement = connection.prepare(sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let (code, night) = (row.get::<_, String>(0)?, night_at(row, 1)?);
                let (stored, sum): (i64, i64) = (row.get(2)?, row.get(3)?);
                check.differ(format_args!(
                    "cell {code} {night}: {count} is stored as {stored}, and adds up to {sum}"
                ));
            }
        }
        let mut statement = connection.prepare(
            "SELECT id FROM reservation WHERE id NOT IN (SELECT reservation FROM stay) LIMIT 20",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            check.differ(format_args!("reservation {} has no stay", uuid(row, 0)?));
        }
        Ok(())
    })();
    check.finish(result)
}

const SOLD: &str = "
WITH RECURSIVE taken (reservation, stay, room_type, night, last) AS (
    SELECT reservation, stay, room_type, arrival, leaves_on FROM stay
    WHERE status IN ('tentative', 'confirmed', 'checked_in', 'checked_out') AND arrival < leaves_on
    UNION ALL
    SELECT reservation, stay, room_type, night + 1, last FROM taken WHERE night + 1 < last
), placed AS (
    SELECT coalesce(m.room_type, t.room_type) AS room_type, t.night FROM taken AS t
    LEFT JOIN moved_night AS m ON m.reservation = t.reservation AND m.stay = t.stay
        AND m.night = t.night
), sums AS (SELECT room_type, night, count(*) AS rooms FROM placed GROUP BY room_type, night)
SELECT c.room_type, c.night, c.sold, coalesce(s.rooms, 0) FROM cell AS c
LEFT JOIN sums AS s USING (room_type, night) WHERE c.sold <> coalesce(s.rooms, 0) LIMIT 20";

const HELD: &str = "
SELECT c.room_type, c.night, c.held, coalesce(sum(s.rooms), 0) FROM cell AS c
LEFT JOIN (SELECT hs.* FROM hold_stay AS hs JOIN hold AS h ON h.id = hs.hold
           WHERE h.status = 'active') AS s
    ON s.room_type = c.room_type AND s.arrival <= c.night AND c.night < s.departure
GROUP BY c.room_type, c.night HAVING c.held <> coalesce(sum(s.rooms), 0) LIMIT 20";

const OUT: &str = "
SELECT c.room_type, c.night, c.out_of_order, coalesce(sum(o.rooms), 0) FROM cell AS c
LEFT JOIN outage AS o ON o.service = 0
    AND o.room_type = c.room_type AND o.from_night <= c.night AND c.night < o.back_on
GROUP BY c.room_type, c.night HAVING c.out_of_order <> coalesce(sum(o.rooms), 0) LIMIT 20";
