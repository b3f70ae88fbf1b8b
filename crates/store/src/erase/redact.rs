//! Taking a guest's number in another system out of the log, and the hash of what was asked for with a name.
//!
//! They stand in commands and events, which are hashed and never written again but for this. What the bytes give
//! since is kept beside the command, and told by an act in the same chain, so that `verify` finds any other change.

use keyrack_wire::Hash;
use rusqlite::{Connection, params};
use serde_json::Value;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::Plan;
use crate::error::StoreError;
use crate::verify::link_of;

/// The field that goes.
const FIELD: &str = "external_number";

/// What was taken out of the log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Redacted {
    /// Commands that were changed, each with the hash that it gives since, in hexadecimal.
    pub commands: Vec<(i64, String)>,
    /// What stands for the numbers on the list of what was erased.
    pub numbers: Vec<Uuid>,
}

/// What stands for a number on the list of what was erased: by it an import knows a booking that was forgotten.
pub(crate) fn number_id(source: Option<&str>, number: &str) -> Uuid {
    let mut hasher = Sha256::new();
    for part in ["external number", source.unwrap_or_default(), number] {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part.as_bytes());
    }
    let hash = hasher.finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// Takes the numbers of the guest's bookings out of their rows and out of the log; where there were any, the rows
/// are to be laid anew by [`scour`]. With a centre they stay: it and the other desks have the same log. The hash by
/// which the same request is known again goes in any case: it has the name in it, which could be guessed by it.
pub(super) fn redact(connection: &Connection, plan: &Plan) -> Result<Redacted, StoreError> {
    let mut found = Redacted::default();
    let numbers_go = !stays(connection)?;
    for (id, _) in plan.reservations.iter().filter(|_| numbers_go) {
        let mut statement = connection.prepare_cached(
            "SELECT source, external_number FROM reservation
             WHERE id = ?1 AND external_number IS NOT NULL",
        )?;
        let mut rows = statement.query(params![id.0.as_bytes()])?;
        while let Some(row) = rows.next()? {
            let (source, number): (Option<String>, String) = (row.get(0)?, row.get(1)?);
            found.numbers.push(number_id(source.as_deref(), &number));
        }
        drop(rows);
        connection
            .prepare_cached("UPDATE reservation SET external_number = NULL WHERE id = ?1")?
            .execute(params![id.0.as_bytes()])?;
    }
    for command in &plan.commands {
        let mut changed = forget_request(connection, *command)?;
        changed |= numbers_go && redact_command(connection, *command)?;
        if changed {
            let hash = link_of(connection, *command)?;
            connection
                .prepare_cached(
                    "INSERT INTO redacted (command, hash) VALUES (?1, ?2)
                     ON CONFLICT DO UPDATE SET hash = ?2",
                )?
                .execute(params![command, hash])?;
            found.commands.push((*command, Hash(hash).to_string()));
        }
    }
    Ok(found)
}

/// Whether numbers stay: with a centre.
pub(super) fn stays(connection: &Connection) -> Result<bool, StoreError> {
    Ok(connection.query_row("SELECT EXISTS (SELECT 1 FROM centre)", [], |row| row.get(0))?)
}

/// Whether there was a hash of what was asked for.
fn forget_request(connection: &Connection, command: i64) -> Result<bool, StoreError> {
    let sql = "UPDATE command SET request_hash = zeroblob(32)
        WHERE seq = ?1 AND request_hash <> zeroblob(32)";
    Ok(connection.prepare_cached(sql)?.execute([command])? > 0)
}

/// Whether the command or one of its events had a number.
fn redact_command(connection: &Connection, command: i64) -> Result<bool, StoreError> {
    let mut changed = false;
    let tables = [
        (
            "SELECT seq, request FROM command WHERE seq = ?1",
            "UPDATE command SET request = ?2 WHERE seq = ?1",
        ),
        (
            "SELECT e.seq, e.payload FROM command AS c JOIN event AS e
                ON e.seq >= c.first_event AND e.seq < c.first_event + c.events WHERE c.seq = ?1",
            "UPDATE event SET payload = ?2 WHERE seq = ?1",
        ),
    ];
    for (read, write) in tables {
        let mut statement = connection.prepare_cached(read)?;
        let rows = statement.query_map([command], |row| Ok((row.get(0)?, row.get(1)?)))?;
        for (seq, text) in rows.collect::<Result<Vec<(i64, String)>, _>>()? {
            let damaged = |error| StoreError::damaged("command", error);
            let mut document: Value = serde_json::from_str(&text).map_err(damaged)?;
            if take_out(&mut document) {
                let text = serde_json::to_string(&document).map_err(damaged)?;
                connection
                    .prepare_cached(write)?
                    .execute(params![seq, text])?;
                changed = true;
            }
        }
    }
    Ok(changed)
}

/// Takes the field out wherever it stands in the document; tells whether it stood anywhere.
fn take_out(value: &mut Value) -> bool {
    let mut had = false;
    match value {
        Value::Object(fields) => {
            had |= fields.remove(FIELD).is_some();
            for field in fields.values_mut() {
                had |= take_out(field);
            }
        }
        Value::Array(values) => {
            for one in values {
                had |= take_out(one);
            }
        }
        _ => {}
    }
    had
}

/// Lays the bookings and the index of their numbers anew, for the same reason as the names (see [`super`]). The log
/// is only ever appended to, so that no row of it has moved.
pub(super) fn scour(connection: &Connection) -> Result<(), StoreError> {
    let mut names = connection.prepare("SELECT name FROM pragma_table_info('reservation')")?;
    let names = names.query_map([], |row| row.get::<_, String>(0))?;
    let columns = names.collect::<Result<Vec<_>, _>>()?.join(", ");
    // Stays name their booking: that is looked at when all are back.
    connection.execute_batch(&format!(
        "PRAGMA defer_foreign_keys = ON;
         CREATE TEMP TABLE kept_reservation AS SELECT {columns} FROM reservation ORDER BY id;
         DELETE FROM reservation;
         INSERT INTO reservation ({columns}) SELECT {columns} FROM kept_reservation;
         DROP TABLE kept_reservation;"
    ))?;
    Ok(())
}
