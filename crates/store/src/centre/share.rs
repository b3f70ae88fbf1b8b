//! The desk's rights.

use keyrack_inventory::share::{Right, Totals};
use keyrack_inventory::state::Shares;
use keyrack_inventory::{Cell, Night, NightRange, RoomTypeCode, State};
use keyrack_wire::{Grant, RightUse};
use rusqlite::{Connection, OptionalExtension, params};

use crate::error::StoreError;
use crate::rows::night_at;

/// Puts what is left of the desk's rights of a type beside its cells.
pub(crate) fn load_shares(
    connection: &Connection,
    state: &mut State,
    code: RoomTypeCode,
    nights: NightRange,
) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT night, granted - consumed - returned FROM share
         WHERE room_type = ?1 AND night >= ?2 AND night < ?3
            AND NOT EXISTS (SELECT 1 FROM centre WHERE let_go = 1)",
    )?;
    let (from, to) = (nights.from.day_number(), nights.to.day_number());
    let mut rows = statement.query(params![code.as_str(), from, to])?;
    while let Some(row) = rows.next()? {
        let (left, others) = (row.get(1)?, 0);
        state.put_shares(code, night_at(row, 0)?, Shares { left, others });
    }
    Ok(())
}

/// Consumes the rights of what was just promised: of each cell the rooms by which more is promised
/// than before. A fact takes what the share has, and the rest is the centre's to account for; a sale
/// was decided on the share, and has them all.
pub(crate) fn use_rights(
    connection: &Connection,
    before: &[(RoomTypeCode, Night, Cell)],
    after: &State,
) -> Result<Vec<RightUse>, StoreError> {
    let mut used = Vec::new();
    for (code, night, cell) in before {
        let now = after.loaded_cell(*code, *night).copied();
        let more = now.map_or(0, |now| now.committed()) - cell.committed();
        let Ok(more) = u32::try_from(more) else {
            continue;
        };
        let mut right = right(connection, *code, *night)?;
        let rooms = more.min(right.left());
        if rooms == 0 {
            continue;
        }
        right
            .consume(rooms)
            .map_err(|fault| StoreError::damaged("share", fault))?;
        write(connection, *code, *night, right)?;
        let told = RightUse::new(*code, *night, right.totals());
        used.push(told.map_err(|error| StoreError::damaged("share", error))?);
    }
    Ok(used)
}

/// Gives back at most so many rooms of what is left: they are lost here before anybody else has them.
pub(super) fn give_back(
    connection: &Connection,
    code: RoomTypeCode,
    night: Night,
    rooms: u32,
) -> Result<Option<RightUse>, StoreError> {
    let mut right = right(connection, code, night)?;
    let rooms = rooms.min(right.left());
    if rooms == 0 {
        return Ok(None);
    }
    let given = right.give_back(rooms);
    given.map_err(|fault| StoreError::damaged("share", fault))?;
    write(connection, code, night, right)?;
    let told = RightUse::new(code, night, right.totals());
    Ok(Some(
        told.map_err(|error| StoreError::damaged("share", error))?,
    ))
}

/// Gives up all that is left: the share is not this desk's to sell out of any more.
pub(super) fn give_up(connection: &Connection) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE share SET returned = granted - consumed")?
        .execute([])?;
    Ok(())
}

/// Learns what the centre granted: totals, of which the highest is the newest. What the desk has
/// unused beyond what it should keep it gives up here, before anybody else has it; gives those rights.
pub(super) fn learn(
    connection: &Connection,
    grants: &[Grant],
) -> Result<Vec<RightUse>, StoreError> {
    let mut returned = Vec::new();
    for grant in grants {
        let (code, night) = (grant.room_type, grant.night);
        let mut right = right(connection, code, night)?;
        right.learn(grant.granted);
        let beyond = right.left().saturating_sub(grant.keep);
        if beyond > 0 {
            let given = right.give_back(beyond);
            given.map_err(|fault| StoreError::damaged("share", fault))?;
            let told = RightUse::new(code, night, right.totals());
            returned.push(told.map_err(|error| StoreError::damaged("share", error))?);
        }
        write(connection, code, night, right)?;
    }
    Ok(returned)
}

fn right(connection: &Connection, code: RoomTypeCode, night: Night) -> Result<Right, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT granted, consumed, returned FROM share WHERE room_type = ?1 AND night = ?2",
    )?;
    let totals = statement
        .query_row(params![code.as_str(), night.day_number()], |row| {
            let (granted, consumed, returned) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok(Totals {
                granted,
                consumed,
                returned,
            })
        })
        .optional()?;
    Right::try_from(totals.unwrap_or_default()).map_err(|fault| StoreError::damaged("share", fault))
}

fn write(
    connection: &Connection,
    code: RoomTypeCode,
    night: Night,
    right: Right,
) -> Result<(), StoreError> {
    let Totals {
        granted,
        consumed,
        returned,
    } = right.totals();
    let mut statement = connection.prepare_cached(
        "INSERT INTO share (room_type, night, granted, consumed, returned)
         VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT DO UPDATE SET granted = ?3, consumed = ?4, returned = ?5",
    )?;
    statement.execute(params![
        code.as_str(),
        night.day_number(),
        granted,
        consumed,
        returned
    ])?;
    Ok(())
}
