//! The schema itself: tables, indexes and triggers are those that the migrations make.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::Check;
use crate::connection::{build, versions};
use crate::error::StoreError;
use crate::migrations::SCHEMA_VERSION;

/// What stands in the schema, by kind and name.
type Schema = BTreeMap<(String, String), String>;

/// Compares the schema with that of a new file.
pub(super) fn schema(connection: &Connection) -> Check {
    let mut check = Check::new("schema");
    let result = compare(connection, &mut check);
    check.finish(result)
}

fn compare(connection: &Connection, check: &mut Check) -> Result<(), StoreError> {
    let fresh = Connection::open_in_memory()?;
    build(&fresh, 0)?;
    let (expected, stored) = (read(&fresh)?, read(connection)?);
    for ((kind, name), sql) in &expected {
        match stored.get(&(kind.clone(), name.clone())) {
            None => check.differ(format_args!("the {kind} {name} is missing")),
            Some(stored) if stored != sql => {
                check.differ(format_args!("the {kind} {name} was changed: {stored}"));
            }
            Some(_) => {}
        }
    }
    for (kind, name) in stored.keys().filter(|key| !expected.contains_key(*key)) {
        check.differ(format_args!(
            "the {kind} {name} is no part of Keyrack's schema"
        ));
    }
    let (_, version) = versions(connection)?;
    check.compare("the schema's version", &version, &SCHEMA_VERSION);
    Ok(())
}

fn read(connection: &Connection) -> Result<Schema, StoreError> {
    let mut statement = connection.prepare(
        "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite@_%' ESCAPE '@'",
    )?;
    let rows = statement.query_map([], |row| {
        let sql: Option<String> = row.get(2)?;
        Ok(((row.get(0)?, row.get(1)?), sql.unwrap_or_default()))
    })?;
    Ok(rows.collect::<Result<Schema, _>>()?)
}
