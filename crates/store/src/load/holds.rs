//! Holds whose time is up.

use keyrack_inventory::ids::HoldId;
use keyrack_inventory::state::SWEEP_AT_MOST;
use keyrack_inventory::{Instant, Reference, State};
use keyrack_wire::Queued;
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
            AND (?3 IS NULL OR number GLOB ?3 OR number GLOB ?4)
         ORDER BY expires_at, id LIMIT ?2",
    )?;
    let most = SWEEP_AT_MOST as i64;
    let [own, asked] = own_holds(asker.letters);
    let mut rows = statement.query(params![asker.now.millis(), most, own, asked])?;
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

/// The numbers of the holds of the desk with those letters: those that it gave, and those that the
/// centre gave where it was asked.
fn own_holds(letters: Option<&str>) -> [Option<String>; 2] {
    let holds = |letters: &str| format!("{letters}-H*");
    let asked = letters.map(|letters| holds(&Queued::asked_letters(letters)));
    [letters.map(holds), asked]
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
            AND (?2 IS NULL OR number GLOB ?2 OR number GLOB ?3))",
    )?;
    let [own, asked] = own_holds(letters);
    Ok(statement.query_row(params![now.millis(), own, asked], |row| row.get(0))?)
}
