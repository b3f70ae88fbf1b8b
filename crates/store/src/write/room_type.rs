//! Room types.

use keyrack_inventory::State;
use keyrack_inventory::model::RoomTypeStatus;
use rusqlite::{Connection, params};

use crate::error::StoreError;

pub(super) fn write_room_types(connection: &Connection, state: &State) -> Result<(), StoreError> {
    let room_types = state.catalogue().map(|catalogue| &catalogue.room_types);
    for room_type in room_types.into_iter().flatten() {
        let retired_from = match room_type.life {
            RoomTypeStatus::Retired { from } => Some(from.day_number()),
            _ => None,
        };
        let mut statement = connection.prepare_cached(
            "INSERT INTO room_type (code, name, rank, rooms, overbooking, status, retired_from)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT DO UPDATE SET name = ?2, rank = ?3, rooms = ?4, overbooking = ?5,
                status = ?6, retired_from = ?7",
        )?;
        statement.execute(params![
            room_type.code.as_str(),
            room_type.name.as_str(),
            room_type.rank,
            room_type.rooms,
            room_type.overbooking,
            room_type.life.as_str(),
            retired_from,
        ])?;
    }
    Ok(())
}
