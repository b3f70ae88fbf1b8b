//! Commands out of which an erasure took something: each is told by that erasure, in the chain itself.

use std::collections::{BTreeMap, BTreeSet};

use keyrack_wire::Hash;
use rusqlite::Connection;
use serde_json::Value;

use super::Check;
use crate::error::StoreError;

/// What each redacted command gives since. One of which no erasure tells was changed by somebody else.
pub(super) fn told(
    connection: &Connection,
    check: &mut Check,
) -> Result<BTreeMap<i64, [u8; 32]>, StoreError> {
    let mut statement = connection.prepare("SELECT command, hash FROM redacted")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut noted = rows.collect::<Result<BTreeMap<i64, [u8; 32]>, _>>()?;
    if noted.is_empty() {
        return Ok(noted);
    }
    let told = by_erasures(connection)?;
    noted.retain(|command, hash| {
        let known = told.contains(&(*command, Hash(*hash).to_string()));
        if !known {
            check.differ(format_args!(
                "command {command} is noted as one from which an erasure took something, and none tells of it"
            ));
        }
        known
    });
    Ok(noted)
}

/// What the erasures in the trail tell.
fn by_erasures(connection: &Connection) -> Result<BTreeSet<(i64, String)>, StoreError> {
    let mut statement = connection.prepare(
        "SELECT detail FROM audit
         WHERE what = 'guest_erased' AND command IS NULL AND detail IS NOT NULL",
    )?;
    let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
    let mut told = BTreeSet::new();
    for detail in rows {
        let damaged = |error| StoreError::damaged("audit", error);
        let detail: Value = serde_json::from_str(&detail?).map_err(damaged)?;
        let pairs = detail["redacted"].as_array().into_iter().flatten();
        told.extend(pairs.filter_map(|pair| {
            let (command, hash) = (pair.get(0)?.as_i64()?, pair.get(1)?.as_str()?);
            Some((command, hash.to_owned()))
        }));
    }
    Ok(told)
}
