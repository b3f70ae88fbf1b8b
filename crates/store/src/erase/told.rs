//! What was erased, told in the trail id by id: a row that says so of another id was put there by somebody else.

use std::collections::BTreeSet;

use keyrack_inventory::Instant;
use rusqlite::{Connection, params};
use serde_json::Value;
use uuid::Uuid;

use crate::Act;
use crate::act::{SYSTEM, tell};
use crate::error::StoreError;

/// Under which name an act lists what it erased.
pub(crate) const ERASED: &str = "erased";
/// How many one row of the trail lists at most.
const IDS_AT_MOST: usize = 1_000;

/// An id as the trail has it.
pub(super) fn told(id: Uuid) -> Value {
    Value::String(id.to_string())
}

/// Those of the ids that were not erased yet.
pub(super) fn untold<'a>(
    connection: &Connection,
    ids: impl IntoIterator<Item = &'a Uuid>,
) -> Result<BTreeSet<Uuid>, StoreError> {
    let mut known = connection.prepare_cached("SELECT 1 FROM erased WHERE id = ?1")?;
    let mut new = BTreeSet::new();
    for id in ids {
        if !known.exists(params![id.as_bytes()])? {
            new.insert(*id);
        }
    }
    Ok(new)
}

/// Tells what was erased because it was erased elsewhere, or before.
pub(super) fn tell_of(
    connection: &Connection,
    ids: &BTreeSet<Uuid>,
    now: Instant,
) -> Result<(), StoreError> {
    let ids: Vec<Value> = ids.iter().copied().map(told).collect();
    for part in ids.chunks(IDS_AT_MOST) {
        let act = Act::new(SYSTEM, "erasures_done", part.len(), now);
        tell(connection, &act.fact(ERASED, part.to_vec()))?;
    }
    Ok(())
}

/// Tells all that was erased before the trail told of each.
pub(crate) fn tell_all(connection: &Connection) -> Result<(), StoreError> {
    let mut statement = connection.prepare("SELECT id FROM erased")?;
    let rows = statement.query_map([], |row| row.get(0).map(Uuid::from_bytes))?;
    let ids = rows.collect::<Result<BTreeSet<Uuid>, _>>()?;
    let last = connection.query_row("SELECT coalesce(max(instant), 0) FROM audit", [], |row| {
        row.get(0)
    })?;
    tell_of(connection, &ids, Instant::from_millis(last))
}
