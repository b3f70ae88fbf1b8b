//! The rooms that guests are in, each of one stay at a time.

use crate::event::StayDiff;
use crate::ids::RoomNumber;
use crate::model::Reservation;
use crate::refusal::{Refusal, StayFault};
use crate::state::{Halt, State};
use crate::stay::StayStatus;

/// Who came is in the house, also where somebody is in his room whom another desk let in meanwhile: then without a number.
pub(super) fn leave_taken_rooms(
    state: &State,
    reservation: &Reservation,
    diffs: &mut [StayDiff],
) -> Result<(), Halt> {
    for diff in diffs {
        let was_in = diff.before.as_ref().and_then(|stay| stay.room.clone());
        let Some(stay) = &mut diff.after else {
            continue;
        };
        let Some(room) = stay
            .room
            .as_ref()
            .filter(|room| was_in.as_ref() != Some(room))
        else {
            continue;
        };
        let there = state.room_in_house(room)?;
        if there.is_some_and(|(other, number, _)| (other, number) != (reservation.id, stay.stay)) {
            stay.room = None;
        }
    }
    Ok(())
}

/// A room's number is unique among the guests in house, and given to one stay at a time.
pub(in crate::decide) fn check_room(
    state: &State,
    reservation: &Reservation,
    diffs: &[StayDiff],
) -> Result<(), Halt> {
    let rooms = diffs.iter().filter_map(|diff| diff.after.as_ref());
    let in_house = rooms.filter(|stay| stay.status == StayStatus::CheckedIn);
    let mut given: Vec<&RoomNumber> = Vec::new();
    for stay in in_house {
        let Some(room) = stay.room.as_ref() else {
            continue;
        };
        if given.contains(&room) {
            return Err(Refusal::fault(StayFault::RoomOfOne, None).into());
        }
        if let Some((other, number, by)) = state.room_in_house(room)?
            && (other, number) != (reservation.id, stay.stay)
        {
            return Err(Refusal::RoomOccupied {
                room: room.to_string(),
                id: by.to_string(),
            }
            .into());
        }
        given.push(room);
    }
    Ok(())
}
