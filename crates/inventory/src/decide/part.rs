//! Parts of a reservation: a stay of its own, a night in another type, a room, what is known beside the stays.

use super::lifecycle::{check_room, refuse_step};
use super::reserve::{changed, find, swap, unchanged};
use super::sale::{invalid, validate};
use super::{Context, Decision, Outcome, catalogue, check_version};
use crate::civil::Night;
use crate::command::DetailsChange;
use crate::event::{DetailsSet, Event, Party, ReservationMade, SplitOff, StayDiff, StaysChanged};
use crate::ids::{Numbered, Reference, ReservationId, RoomNumber, RoomTypeCode, StayReference};
use crate::model::{BookingDetails, Reservation, StayRequest};
use crate::refusal::{Refusal, StayFault, illegal};
use crate::state::{Halt, State};
use crate::stay::{MovedNight, Stay, StayStatus, allowed};

/// Makes a reservation of its own of one stay. No room changes hands. Its share of the people
/// goes with it; the others stay.
pub(super) fn split(
    state: &State,
    context: &Context,
    id: &StayReference,
) -> Result<Decision, Halt> {
    let (reservation, stays) = find(state, id)?;
    let stay = match (id.stay, stays.as_slice()) {
        (Some(_), [stay]) => *stay,
        _ => return Err(Refusal::UnknownStay { id: id.to_string() }.into()),
    };
    if reservation.stays.len() < 2 {
        let status = stay.status;
        let steps = allowed(status)
            .map(|step| step.as_str().to_owned())
            .collect();
        return Err(illegal(id.to_string(), status, "split", steps).into());
    }
    check_version(context, reservation.version)?;
    let new = ReservationId::derived(context.command_id, 0);
    let number = state.next_number(Numbered::Reservation, 0);
    let people = share(reservation, stay);
    let leaves = StayDiff {
        before: Some(stay.clone()),
        after: None,
    };
    let events = vec![
        Event::Split(SplitOff {
            change: StaysChanged {
                reservation: reservation.id,
                stays: vec![leaves],
                reason: None,
            },
            people: Some(people),
        }),
        Event::ReservationMade(ReservationMade {
            reservation: new,
            number: number.clone(),
            details: BookingDetails {
                adults: people.adults,
                children: people.children,
                ..reservation.details.clone()
            },
            stays: vec![Stay {
                stay: 1,
                ..stay.clone()
            }],
            hold: None,
            split_from: Some(reservation.id),
        }),
    ];
    Ok(Decision {
        events,
        outcome: Outcome::Reservation { id: new, number },
    })
}

/// Who goes with the stay: of the people as many as come to a room that was not cancelled, rounded down; nobody with
/// one that was.
fn share(reservation: &Reservation, stay: &Stay) -> Party {
    let is_alive = |stay: &&Stay| stay.status != StayStatus::Cancelled;
    let rooms = reservation.stays.iter().filter(is_alive).count();
    let rooms = u16::try_from(rooms).unwrap_or(u16::MAX);
    let of = |people: u16| match is_alive(&stay) {
        true => people.checked_div(rooms).unwrap_or(0),
        false => 0,
    };
    Party {
        adults: of(reservation.details.adults),
        children: of(reservation.details.children),
    }
}

/// Moves one night to another type's inventory; the type sold stays as it was.
pub(super) fn move_night(
    state: &State,
    context: &Context,
    id: &StayReference,
    night: Night,
    room_type: RoomTypeCode,
) -> Result<Decision, Halt> {
    let (reservation, stays) = find(state, id)?;
    let stay = match stays.as_slice() {
        [stay] => *stay,
        _ => return Err(Refusal::UnknownStay { id: id.to_string() }.into()),
    };
    let one = StayRequest {
        room_type,
        arrival: night,
        departure: night.plus(1),
        rooms: 1,
    };
    validate(state, &[one])?;
    if !stay.nights().contains(night) {
        return Err(invalid(&one, StayFault::NotANightOfTheStay, Some(night)));
    }
    if !stay.status.is_open() {
        let steps = allowed(stay.status)
            .map(|step| step.as_str().to_owned())
            .collect();
        return Err(illegal(id.to_string(), stay.status, "move", steps).into());
    }
    let today = catalogue(state).property.business_date;
    if night < today {
        let fault = match stay.status {
            StayStatus::CheckedIn => StayFault::AlreadySlept,
            _ => StayFault::BeforeBusinessDate,
        };
        return Err(invalid(&one, fault, Some(night)));
    }
    check_version(context, reservation.version)?;
    let mut after = stay.clone();
    after.moved.retain(|moved| moved.night != night);
    if room_type != stay.room_type {
        after.moved.push(MovedNight { night, room_type });
        after.moved.sort_by_key(|moved| moved.night);
    }
    if after == *stay {
        return Ok(unchanged(reservation));
    }
    let diffs = vec![StayDiff {
        before: Some(stay.clone()),
        after: Some(after),
    }];
    swap(
        state,
        context,
        reservation,
        (diffs, &[one]),
        Event::NightMoved,
    )
}

/// Gives the guest another room: of what is named one stay is in the house, and nobody else is in that room.
pub(super) fn give_room(
    state: &State,
    context: &Context,
    id: &StayReference,
    room: &RoomNumber,
) -> Result<Decision, Halt> {
    let (reservation, stays) = find(state, id)?;
    let is_in = |stay: &&&Stay| stay.status == StayStatus::CheckedIn;
    let in_house: Vec<&Stay> = stays.iter().filter(is_in).copied().collect();
    let stay = match in_house.as_slice() {
        [stay] => *stay,
        [] => {
            let today = catalogue(state).property.business_date;
            return Err(refuse_step(reservation, id, "give_room", today).into());
        }
        _ => return Err(Refusal::fault(StayFault::RoomOfOne, None).into()),
    };
    check_version(context, reservation.version)?;
    let after = Stay {
        room: Some(room.clone()),
        ..stay.clone()
    };
    if after == *stay {
        return Ok(unchanged(reservation));
    }
    let diffs = vec![StayDiff {
        before: Some(stay.clone()),
        after: Some(after),
    }];
    check_room(state, reservation, &diffs)?;
    Ok(changed(reservation, diffs, Event::RoomGiven))
}

/// Puts right what is known beside the stays, wherever they stand in their life. No room changes hands.
pub(super) fn set_details(
    state: &State,
    context: &Context,
    id: &Reference<ReservationId>,
    change: &DetailsChange,
) -> Result<Decision, Halt> {
    let whole = StayReference {
        reservation: id.clone(),
        stay: None,
    };
    let (reservation, _) = find(state, &whole)?;
    check_version(context, reservation.version)?;
    let before = &reservation.details;
    let after = change.applied(before);
    if after == *before {
        return Ok(unchanged(reservation));
    }
    let set = DetailsSet::of(reservation.id, before.clone(), after);
    Ok(Decision {
        events: vec![Event::DetailsSet(set)],
        ..unchanged(reservation)
    })
}
