//! The audit chain, and what hangs on it.

use std::collections::BTreeSet;
use std::ops::Range;

use rusqlite::{Connection, Row};

use super::{Check, LISTED, Walked, redacted};
use crate::audit::{Fields, GENESIS};
use crate::error::StoreError;
use crate::rebuild::undone_by_commands;
use crate::record::{COMMAND_COLUMN_COUNT, COMMAND_COLUMNS};

/// The audit chain over commands, events and audit rows.
pub(super) fn chain(connection: &Connection, walked: &Walked) -> Check {
    let mut check = Check::new("audit_chain");
    let result = walk_chain(connection, &mut check, walked);
    check.finish(result)
}

/// The rows of the trail with their commands.
fn links() -> String {
    format!(
        "SELECT a.seq, a.previous_hash, a.hash, a.command, a.actor, a.permission, a.desk, a.what,
            a.object, a.reason_code, a.reason_text, a.override_text, a.instant, a.request,
            c.first_event, c.events, a.detail, {} FROM audit AS a LEFT JOIN command AS c ON c.seq = a.command",
        COMMAND_COLUMNS
            .split(", ")
            .map(|column| format!("c.{}", column.trim()))
            .collect::<Vec<_>>()
            .join(", ")
    )
}

const EVENTS: &str = "SELECT seq, command, type, version, payload FROM event
    WHERE seq >= ?1 AND seq < ?2 ORDER BY seq";

/// The link of the chain that the stored bytes of a command, its events and its row give now.
pub(crate) fn link_of(connection: &Connection, command: i64) -> Result<[u8; 32], StoreError> {
    let sql = format!("{} WHERE a.command = ?1", links());
    let mut statement = connection.prepare_cached(&sql)?;
    let mut events = connection.prepare_cached(EVENTS)?;
    let mut rows = statement.query([command])?;
    let row = rows.next()?;
    let row = row.ok_or_else(|| StoreError::damaged("audit", format!("command {command}")))?;
    let previous: [u8; 32] = row.get(1)?;
    let (first, count): (i64, i64) = (row.get(14)?, row.get(15)?);
    let mut fields = Fields::new(&previous);
    fields.row(row, 17..17 + COMMAND_COLUMN_COUNT)?;
    let mut event_rows = events.query([first, first + count])?;
    while let Some(event) = event_rows.next()? {
        fields.row(event, 0..5)?;
    }
    beside(&mut fields, row)?;
    Ok(fields.finish())
}

/// What stands in the row of the trail itself.
fn beside(fields: &mut Fields, row: &Row<'_>) -> Result<(), StoreError> {
    fields.row(row, 3..14)?;
    let detail = row.get_ref(16)?.as_bytes_or_null();
    fields.detail(detail.map_err(rusqlite::Error::from)?);
    Ok(())
}

fn walk_chain(
    connection: &Connection,
    check: &mut Check,
    walked: &Walked,
) -> Result<(), StoreError> {
    let sql = format!("{} ORDER BY a.seq", links());
    let mut statement = connection.prepare(&sql)?;
    let mut events = connection.prepare(EVENTS)?;
    let redacted = redacted::told(connection, check)?;
    let mut rows = statement.query([])?;
    let (mut expected, mut previous, mut next_event, mut commands) = (1_i64, GENESIS, 1_i64, 0_i64);
    while let Some(row) = rows.next()? {
        walked.one()?;
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
        let mut changed = format!("audit row {seq} was changed");
        if let Some(command) = command {
            commands += 1;
            let (first, count): (Option<i64>, Option<i64>) = (row.get(14)?, row.get(15)?);
            match (first, count) {
                (Some(first), Some(count)) => {
                    fields.row(row, 17..17 + COMMAND_COLUMN_COUNT)?;
                    if first != next_event {
                        check.differ(format_args!(
                            "the events of command {command} begin at {first}, not at {next_event}"
                        ));
                    }
                    let mut expected = first;
                    let mut event_rows = events.query([first, first + count])?;
                    while let Some(event) = event_rows.next()? {
                        let found: i64 = event.get(0)?;
                        lacking(check, command, expected..found);
                        expected = found + 1;
                        fields.row(event, 0..5)?;
                    }
                    next_event = first + count;
                    lacking(check, command, expected..next_event);
                    changed = format!(
                        "{changed}, or its command {command}{} was",
                        one_of(first..next_event)
                    );
                }
                _ => check.differ(format_args!(
                    "command {command} of audit row {seq} is missing"
                )),
            }
        }
        beside(&mut fields, row)?;
        let found = fields.finish();
        let since = command.and_then(|command| redacted.get(&command));
        if found != stored && since != Some(&found) {
            check.differ(changed);
        }
        expected = seq + 1;
        previous = stored;
    }
    let all_commands: i64 =
        connection.query_row("SELECT count(*) FROM command", [], |row| row.get(0))?;
    if all_commands != commands {
        check.differ(format_args!(
            "{all_commands} commands, and {commands} in the audit trail"
        ));
    }
    let (acts, told): (i64, i64) = connection.query_row(
        "SELECT (SELECT count(*) FROM audit WHERE command IS NULL), (SELECT acts FROM act_count)",
        [],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    if acts != told {
        check.differ(format_args!(
            "{told} acts were told, and {acts} are in the audit trail"
        ));
    }
    let mut statement =
        connection.prepare("SELECT seq FROM event WHERE seq < 1 OR seq >= ?1 ORDER BY seq")?;
    let mut rows = statement.query([next_event])?;
    while let Some(row) = rows.next()? {
        let seq: i64 = row.get(0)?;
        check.differ(format_args!("event {seq} belongs to no command"));
    }
    Ok(())
}

fn lacking(check: &mut Check, command: i64, events: Range<i64>) {
    for event in events.take(LISTED) {
        check.differ(format_args!(
            "event {event} of command {command} is missing"
        ));
    }
}

fn one_of(events: Range<i64>) -> String {
    match events.end - events.start {
        0 => String::new(),
        1 => format!(", or event {} of it", events.start),
        _ => format!(
            ", or one of its events {} to {}",
            events.start,
            events.end - 1
        ),
    }
}

/// What was undone, once more from the commands that did it: not covered by the chain itself.
pub(super) fn undone(connection: &Connection) -> Check {
    let mut check = Check::new("undone");
    let result = (|| {
        let expected = undone_by_commands(connection)?;
        let mut statement = connection.prepare("SELECT command, undone_by FROM undone")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let stored = rows.collect::<Result<BTreeSet<(i64, i64)>, _>>()?;
        for (command, by) in expected.difference(&stored) {
            check.differ(format_args!(
                "command {command} was undone by command {by}, and is not noted so"
            ));
        }
        for (command, by) in stored.difference(&expected) {
            check.differ(format_args!(
                "command {command} is noted as undone by command {by}, and was not"
            ));
        }
        Ok(())
    })();
    check.finish(result)
}
