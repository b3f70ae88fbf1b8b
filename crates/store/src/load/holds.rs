//! Holds whose time is up.

use keyrack_inventory::ids::HoldId;
use keyrack_inventory::state::SWEEP_AT_MOST;
use keyrack_inventory::{Instant, Reference, State};
use rusqlite::{Connection, params};

use super::Asker;
use crate::error::StoreError;
use crate::plan;
use crate::rows::{load_hold, uuid};

/// The oldest holds whose time is up, and that this desk may let go.
pub(super) fn load_due_holds(
    connection: &Connection,
    state: &mut State,
    asker: Asker<'_>,
) -> Result<(), StoreError> {
    let mut statement = plan::prepare(
        connection,
        "SELECT id FROM hold WHERE status = 'active' AND expires_at <= ?1
            AND (?3 IS NULL OR number GLOB ?3)
         ORDER BY expires_at, id LIMIT ?2",
    )?;
    let (most, own) = (SWEEP_AT_MOST as i64, asker.letters.map(own_holds));
    let mut rows = statement.query(params![asker.now.millis(), most, own])?;
    let mut due = Vec::new();
    while let Some(row) = rows.next()? {
        due.push(HoldId(uuid(row, 0)?));
    }
    for id in &due {
        state.put_hold(&Reference::Id(*id), load_hold(connection, *id)?);
    }
    state.put_due_holds(due);
    Ok(())
}

/// The numbers of the holds of the desk with those letters.
fn own_holds(letters: &str) -> String {
    format!("{letters}-H*")
}

/// Whether some active hold's time is up: of all, or of the desk with those letters. Only the desk
/// that placed a hold lets it go, since it may have sold it without anybody's knowing.
pub(crate) fn any_due(
    connection: &Connection,
    now: Instant,
    letters: Option<&str>,
) -> Result<bool, StoreError> {
    let mut statement = plan::prepare(
        connection,
        "SELECT EXISTS (SELECT 1 FROM hold WHERE status = 'active' AND expires_at <= ?1
            AND (?2 IS NULL OR number GLOB ?2))",
    )?;
    Ok(
        statement.query_row(params![now.millis(), letters.map(own_holds)], |row| {
            row.get(0)
        })?,
    )
}
