//! Business dates that ended, against the commands that ended them.

use std::collections::BTreeMap;

use keyrack_inventory::{Instant, Night};
use rusqlite::Connection;

use super::Check;
use crate::error::StoreError;
use crate::rows::night_at;

/// When a date ended and who ended it.
type Ends = BTreeMap<Night, (Instant, String)>;

/// Each command that ended a date has its note, and there is no other note. With a centre only the dates are compared,
/// and only those that are noted: what ended before the file joined, or came with a snapshot, has no note.
pub(super) fn day_ends(connection: &Connection) -> Check {
    let mut check = Check::new("day_ends");
    let result = compare(connection, &mut check);
    check.finish(result)
}

fn compare(connection: &Connection, check: &mut Check) -> Result<(), StoreError> {
    let ended = ends(
        connection,
        "SELECT CAST(julianday(e.payload ->> 'before') - julianday('1970-01-01') AS INTEGER),
            c.instant, c.actor
         FROM event AS e JOIN command AS c ON c.seq = e.command
         WHERE e.type = 'business_date_set' AND c.kind = 'close_day' ORDER BY e.seq",
    )?;
    let noted = ends(
        connection,
        "SELECT business_date, ended_at, ended_by FROM day_end",
    )?;
    let alone: bool =
        connection.query_row("SELECT NOT EXISTS (SELECT 1 FROM centre)", [], |row| {
            row.get(0)
        })?;
    for (date, (at, by)) in &noted {
        match ended.get(date) {
            None => check.differ(format_args!(
                "{date} is noted as ended, and no command ended it"
            )),
            Some(end) if alone && *end != (*at, by.clone()) => check.differ(format_args!(
                "{date} is noted as ended by {by} at {at}; {} ended it at {}",
                end.1, end.0
            )),
            Some(_) => {}
        }
    }
    for date in ended
        .keys()
        .filter(|date| alone && !noted.contains_key(*date))
    {
        check.differ(format_args!("{date} has ended, and is not noted so"));
    }
    Ok(())
}

fn ends(connection: &Connection, sql: &str) -> Result<Ends, StoreError> {
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([])?;
    let mut found = Ends::new();
    while let Some(row) = rows.next()? {
        let end = (Instant::from_millis(row.get(1)?), row.get(2)?);
        // Where a date came once more, it is noted as it ended first.
        found.entry(night_at(row, 0)?).or_insert(end);
    }
    Ok(found)
}
