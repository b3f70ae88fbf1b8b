//! The numbers on doors. They stand in events, which are never erased: the number of a card must not come there.

use keyrack_inventory::command::GivenRoom;
use keyrack_inventory::{Command as Domain, RoomNumber, StayReference};

use crate::api::RoomFor;
use crate::card_number;
use crate::error::DeskError;

pub(super) fn one(room: Option<&RoomNumber>) -> Result<Option<RoomNumber>, DeskError> {
    room.map(checked).transpose()
}

pub(super) fn of_several(given: &[RoomFor]) -> Result<Vec<GivenRoom>, DeskError> {
    let given = given.iter().map(|RoomFor { id, room }| {
        Ok(GivenRoom {
            id: id.clone(),
            room: checked(room)?,
        })
    });
    given.collect()
}

pub(super) fn give(id: &StayReference, room: &RoomNumber) -> Result<Domain, DeskError> {
    Ok(Domain::GiveRoom {
        id: id.clone(),
        room: checked(room)?,
    })
}

fn checked(room: &RoomNumber) -> Result<RoomNumber, DeskError> {
    card_number::refuse("what-room", room.as_str())?;
    Ok(room.clone())
}
