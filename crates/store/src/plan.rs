//! How SQLite goes about a statement: what people look at never reads a whole table without an index,
//! and never sorts in a temporary b-tree, however large the file grows.
//!
//! Every statement of a [`crate::Reader`] is prepared here. Where programs are built for tests, each is
//! checked the first time that it is prepared, so that no list can grow past the tests unseen.

use rusqlite::{CachedStatement, Connection};

/// Tables that stay small whatever the hotel does: a property, and its room types.
#[cfg(any(debug_assertions, test))]
const SMALL: [&str; 2] = ["property", "room_type"];

/// Prepares a statement that people wait for.
///
/// # Panics
/// In builds for tests, where the statement would scan or sort.
pub(crate) fn prepare<'a>(
    connection: &'a Connection,
    sql: &str,
) -> rusqlite::Result<CachedStatement<'a>> {
    #[cfg(debug_assertions)]
    assert_planned(connection, sql)?;
    connection.prepare_cached(sql)
}

/// Prepares a statement that reads a whole table because the whole is what is asked for.
pub(crate) fn prepare_whole<'a>(
    connection: &'a Connection,
    sql: &str,
) -> rusqlite::Result<CachedStatement<'a>> {
    connection.prepare_cached(sql)
}

/// What is wrong with the plan of a statement, in SQLite's words.
#[cfg(any(debug_assertions, test))]
pub(crate) fn faults(connection: &Connection, sql: &str) -> rusqlite::Result<Vec<String>> {
    let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
    let mut rows = statement.raw_query();
    let mut steps: Vec<String> = Vec::new();
    while let Some(row) = rows.next()? {
        steps.push(row.get(3)?);
    }
    // A query within the query is looked at in steps of its own; its rows are then gone through once.
    let inner: Vec<String> = steps
        .iter()
        .filter_map(|step| {
            let name = step.strip_prefix("CO-ROUTINE ");
            name.or_else(|| step.strip_prefix("MATERIALIZE "))
        })
        .map(|name| format!("SCAN {name}"))
        .collect();
    steps.retain(|step| is_fault(step) && !inner.contains(step));
    Ok(steps)
}

#[cfg(any(debug_assertions, test))]
fn is_fault(step: &str) -> bool {
    if step.contains("TEMP B-TREE") || step.contains("AUTOMATIC") {
        return true;
    }
    let Some(scanned) = step.strip_prefix("SCAN ") else {
        return false;
    };
    let indexed = ["USING INDEX", "USING COVERING INDEX", "VIRTUAL TABLE"];
    let made = scanned.starts_with('(') || scanned == "CONSTANT ROW";
    !made && !SMALL.contains(&scanned) && !indexed.iter().any(|words| scanned.contains(words))
}

#[cfg(debug_assertions)]
fn assert_planned(connection: &Connection, sql: &str) -> rusqlite::Result<()> {
    use std::collections::HashSet;
    use std::sync::{Mutex, PoisonError};

    static CHECKED: Mutex<Option<HashSet<String>>> = Mutex::new(None);
    let mut checked = CHECKED.lock().unwrap_or_else(PoisonError::into_inner);
    let checked = checked.get_or_insert_default();
    if !checked.contains(sql) {
        let found = faults(connection, sql)?;
        assert!(found.is_empty(), "{found:?} in {sql}");
        checked.insert(sql.to_owned());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

    use std::path::Path;
    use std::time::Duration;

    use super::*;
    use crate::connection::open;
    use crate::{Creation, Store};

    #[test]
    fn a_scan_a_sort_and_a_missing_index_are_seen() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plans.db");
        drop(Store::open(&path, Creation::Create, Duration::from_secs(1)).unwrap());
        let connection = open(&path, Creation::MustExist, Duration::from_secs(1)).unwrap();
        let by_type = "SELECT seq FROM event WHERE type = ?1 ORDER BY seq";
        for (sql, expected) in [
            (by_type, &[][..]),
            ("SELECT code FROM room_type", &[]),
            ("SELECT id FROM guest WHERE id = ?1", &[]),
            ("SELECT id FROM guest WHERE name = ?1", &["SCAN guest"]),
            ("SELECT sum(sold) FROM cell", &["SCAN cell"]),
            (
                "SELECT id FROM stay AS s JOIN reservation AS r ON r.id = s.reservation
                 WHERE s.arrival = ?1 ORDER BY r.number",
                &["USE TEMP B-TREE FOR ORDER BY"],
            ),
        ] {
            assert_eq!(faults(&connection, sql).unwrap(), expected, "{sql}");
        }
        connection
            .execute_batch("DROP INDEX event_by_type")
            .unwrap();
        assert_eq!(faults(&connection, by_type).unwrap(), ["SCAN event"]);
    }

    #[test]
    fn what_people_look_at_is_prepared_here_alone() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/read");
        let mut around = Vec::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap();
            let flat: String = text.split_whitespace().collect();
            for call in [
                "connection.prepare",
                "connection.query",
                "connection().prepare",
            ] {
                if flat.contains(call) {
                    around.push(format!("{}: {call}", path.display()));
                }
            }
        }
        assert!(around.is_empty(), "{around:?} go around the check of plans");
    }
}
