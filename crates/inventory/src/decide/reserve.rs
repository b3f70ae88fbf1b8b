//! Making reservations, and changing what they hold.

use super::demand::Demand;
use super::restrict;
use super::sale::{
    check_conditions, check_day_use, check_known, check_rooms, check_shape, invalid,
    validate_arrival,
};
use super::{
    Authority, Context, Decision, Outcome, allotment, catalogue, check_version, hold, house,
};
use crate::allotment::Allotment;
use crate::command::{NewStay, Reserve};
use crate::event::{Event, HoldEnded, ReservationMade, StayDiff, StaysChanged};
use crate::ids::{HoldId, Numbered, Reference, ReservationId, RoomNumber, StayReference};
use crate::model::{BookingDetails, Hold, HoldStatus, Reservation, StayRequest};
use crate::refusal::{Refusal, StayFault};
use crate::state::{Halt, State};
use crate::stay::{Ending, Stay, StayStatus};

pub(super) fn reserve(
    state: &State,
    context: &Context,
    request: &Reserve,
) -> Result<Decision, Halt> {
    if request.stays.is_empty() {
        return Err(no_stay());
    }
    let wishes: Vec<StayRequest> = request.stays.iter().map(|stay| stay.request).collect();
    check_known(state, &wishes)?;
    let from = Sources {
        hold: match &request.hold {
            Some(id) => Some(hold::find(state, id)?).filter(|hold| !hold::gave_way(context, hold)),
            None => None,
        },
        allotment: match &request.allotment {
            Some(id) => Some(allotment::find(state, id)?),
            None => None,
        },
    };
    check_ways(state, request)?;
    check_shape(state, &wishes)?;
    for wish in &wishes {
        validate_arrival(state, wish)?;
        if request.walk_in && wish.arrival != catalogue(state).property.business_date {
            return Err(invalid(wish, StayFault::WalkInArrivesToday, None));
        }
    }
    let rooms: u32 = wishes.iter().map(|wish| wish.rooms).sum();
    if rooms > super::MOST_ROOMS {
        return Err(invalid(&wishes[0], StayFault::Rooms, None));
    }
    if let Some(hold) = from.hold {
        hold::check_live(context, hold)?;
        if hold::is_another(hold, &wishes) {
            return Err(Refusal::fault(StayFault::HoldOfOtherRooms, None).into());
        }
    }
    if let Some(allotment) = from.allotment {
        allotment::check_open(allotment)?;
    }
    let room = walk_in_room(state, context, request)?;
    if takes_rooms(state, request) {
        check_sale(state, context, request, &wishes, &from)?;
    }
    Ok(made(state, context, (request, room), &from))
}

/// What a reservation is made from.
struct Sources<'a> {
    hold: Option<&'a Hold>,
    allotment: Option<&'a Allotment>,
}

/// Checks that the ways in which a reservation can be made do not contradict each other.
fn check_ways(state: &State, request: &Reserve) -> Result<(), Halt> {
    let today = catalogue(state).property.business_date;
    let kept = request.hold.is_some() || request.allotment.is_some();
    let (why, night) = if request.waitlist && (kept || request.walk_in) {
        (StayFault::WaitsForNothing, None)
    } else if request.hold.is_some() && request.allotment.is_some() {
        (StayFault::PickedUpOrElse, None)
    } else if request.option_until.is_some_and(|until| until < today) {
        (StayFault::OptionOutOfRange, request.option_until)
    } else {
        return Ok(());
    };
    Err(Refusal::fault(why, night).into())
}

/// The room of who walks in. A room's number is that of one stay, which is in the house at once, and nobody else is in it;
/// where somebody is whom another desk let in meanwhile, the guest is in the house without a number.
fn walk_in_room(
    state: &State,
    context: &Context,
    request: &Reserve,
) -> Result<Option<RoomNumber>, Halt> {
    let Some(room) = &request.room else {
        return Ok(None);
    };
    let rooms: u32 = request.stays.iter().map(|stay| stay.request.rooms).sum();
    if rooms != 1 || !request.walk_in {
        return Err(Refusal::fault(StayFault::RoomOfOne, None).into());
    }
    match state.room_in_house(room)? {
        Some(_) if context.authority == Authority::Promised => Ok(None),
        Some((_, _, by)) => Err(Refusal::RoomOccupied {
            room: room.to_string(),
            id: by.to_string(),
        }
        .into()),
        None => Ok(Some(room.clone())),
    }
}

/// Whether its stays take rooms: who waits takes none, nor an option of a house that keeps none.
fn takes_rooms(state: &State, request: &Reserve) -> bool {
    let free_option = request.tentative && catalogue(state).property.tentative_takes_none;
    !request.waitlist && (request.walk_in || !free_option)
}

/// Whether a sale is made as a request: it takes rooms that no share has.
fn asks_first(state: &State, context: &Context, request: &Reserve) -> bool {
    context.authority == Authority::Beyond && request.hold.is_none() && takes_rooms(state, request)
}

fn check_sale(
    state: &State,
    context: &Context,
    request: &Reserve,
    wishes: &[StayRequest],
    from: &Sources<'_>,
) -> Result<(), Halt> {
    let mut demand = Demand::default();
    for wish in wishes {
        match from.allotment {
            Some(allotment) => demand.add_pick_up(wish, allotment.id),
            None => demand.add_request(wish, 1),
        }
    }
    if context.if_version.is_some() {
        check_version(context, demand.version(state)?)?;
    }
    let held = from.hold.map_or(&[][..], |hold| hold.stays.as_slice());
    held.iter().for_each(|stay| demand.add_request(stay, -1));
    let demand = demand.settled(state)?;
    check_conditions(state, context, &demand)?;
    check_day_use(state, context, wishes)?;
    // What was held was asked about when it was held; what an allotment keeps was agreed.
    if from.allotment.is_none() || !demand.is_met() {
        let new = wishes.iter().filter(|wish| !held.contains(wish)).copied();
        restrict::check_new(state, context, &new.collect::<Vec<_>>())?;
    }
    // A guest who sits in the lobby and is let in by somebody who may is a fact.
    if request.walk_in && context.override_given {
        return Ok(());
    }
    check_rooms(state, context, &demand, wishes)
}

/// Books just what a hold keeps.
pub(super) fn convert(
    state: &State,
    context: &Context,
    id: &Reference<HoldId>,
    details: &BookingDetails,
) -> Result<Decision, Halt> {
    let hold = hold::find(state, id)?;
    if !hold::gave_way(context, hold) {
        hold::check_live(context, hold)?;
    }
    check_version(context, hold.version)?;
    let new = |request: &StayRequest| NewStay {
        request: *request,
        price: None,
        cost: None,
        assigned: None,
    };
    let request = Reserve {
        stays: hold.stays.iter().map(new).collect(),
        details: details.clone(),
        tentative: false,
        option_until: None,
        hold: Some(id.clone()),
        allotment: None,
        walk_in: false,
        room: None,
        waitlist: false,
    };
    reserve(
        state,
        &Context {
            if_version: None,
            ..*context
        },
        &request,
    )
}

fn made(
    state: &State,
    context: &Context,
    (request, room): (&Reserve, Option<RoomNumber>),
    from: &Sources<'_>,
) -> Decision {
    let reservation = ReservationId::derived(context.command_id, 0);
    let number = state.next_number(Numbered::Reservation, 0);
    let status = match request {
        Reserve { walk_in: true, .. } => StayStatus::CheckedIn,
        Reserve { waitlist: true, .. } => StayStatus::Waitlisted,
        _ if asks_first(state, context, request) => StayStatus::NeedsConfirmation,
        Reserve {
            tentative: true, ..
        } => StayStatus::Tentative,
        _ => StayStatus::Confirmed,
    };
    let takes_none = status == StayStatus::Tentative && !takes_rooms(state, request);
    let today = catalogue(state).property.business_date;
    let mut stays = Vec::new();
    for new in &request.stays {
        for _ in 0..new.request.rooms {
            let mut stay = new_stay(new, stays.len() + 1, status);
            stay.checked_in_on = request.walk_in.then_some(today);
            stay.room.clone_from(&room);
            stay.option_until = request.option_until.filter(|_| request.tentative);
            stay.takes_none = takes_none;
            stay.allotment = from.allotment.map(|allotment| allotment.id);
            stays.push(stay);
        }
    }
    let mut events = vec![Event::ReservationMade(ReservationMade {
        reservation,
        number: number.clone(),
        details: request.details.clone(),
        stays,
        hold: from.hold.map(|hold| hold.id),
        split_from: None,
    })];
    events.extend(from.hold.map(|hold| ended(hold, HoldStatus::Converted)));
    Decision {
        events,
        outcome: Outcome::Reservation {
            id: reservation,
            number,
        },
    }
}

pub(super) fn ended(hold: &Hold, status: HoldStatus) -> Event {
    Event::HoldEnded(HoldEnded {
        hold: hold.id,
        status,
        stays: hold.stays.clone(),
        expires_at: hold.expires_at,
        reference: hold.reference,
    })
}

pub(super) fn new_stay(new: &NewStay, number: usize, status: StayStatus) -> Stay {
    Stay {
        stay: u16::try_from(number).unwrap_or(u16::MAX),
        room_type: new.request.room_type,
        arrival: new.request.arrival,
        departure: new.request.departure,
        status,
        before: None,
        checked_in_on: None,
        checked_out_on: None,
        freed_from: None,
        assigned: new.assigned,
        room: None,
        price: new.price,
        option_until: None,
        takes_none: false,
        kept_on: None,
        kept_from: None,
        allotment: None,
        cost: new.cost,
        moved: Vec::new(),
        ending: Ending::default(),
    }
}

pub(super) fn no_stay() -> Halt {
    Refusal::fault(StayFault::NoStay, None).into()
}

/// The reservation that is meant, and which of its stays.
pub(super) fn find<'a>(
    state: &'a State,
    id: &StayReference,
) -> Result<(&'a Reservation, Vec<&'a Stay>), Halt> {
    let found = state.reservation(&id.reservation)?;
    let reservation = found.ok_or_else(|| Refusal::UnknownReservation { id: id.to_string() })?;
    let stays = match id.stay {
        None => reservation.stays.iter().collect(),
        Some(number) => {
            let stay = reservation.stay(number);
            vec![stay.ok_or_else(|| Refusal::UnknownStay { id: id.to_string() })?]
        }
    };
    Ok((reservation, stays))
}

fn check_diffs(
    state: &State,
    context: &Context,
    diffs: &[StayDiff],
    wishes: &[StayRequest],
    settled: &[Event],
) -> Result<(), Halt> {
    let today = catalogue(state).property.business_date;
    let mut demand = Demand::default();
    demand.add_changed(state, settled)?;
    for diff in diffs {
        demand.add_change(diff.before.as_ref(), diff.after.as_ref(), today);
    }
    let demand = demand.settled(state)?;
    check_conditions(state, context, &demand)?;
    restrict::check_diffs(state, context, diffs)?;
    check_rooms(state, context, &demand, wishes)
}

/// What was asked for is so already.
pub(super) fn unchanged(reservation: &Reservation) -> Decision {
    let outcome = Outcome::Reservation {
        id: reservation.id,
        number: reservation.number.clone(),
    };
    Decision {
        events: Vec::new(),
        outcome,
    }
}

/// Other stays in the place of a reservation's, weighed as one swap. What those that it ends give up after a cut-off
/// goes to the house.
pub(super) fn swap(
    state: &State,
    context: &Context,
    reservation: &Reservation,
    (mut diffs, wishes): (Vec<StayDiff>, &[StayRequest]),
    event: impl Fn(StaysChanged) -> Event,
) -> Result<Decision, Halt> {
    let settled = house::settle_with_house(state, &mut diffs)?;
    check_diffs(state, context, &diffs, wishes, &settled)?;
    let mut decision = changed(reservation, diffs, event);
    decision.events.extend(settled);
    Ok(decision)
}

pub(super) fn changed(
    reservation: &Reservation,
    stays: Vec<StayDiff>,
    event: impl Fn(StaysChanged) -> Event,
) -> Decision {
    let change = StaysChanged {
        reservation: reservation.id,
        stays,
        reason: None,
    };
    let outcome = Outcome::Reservation {
        id: reservation.id,
        number: reservation.number.clone(),
    };
    Decision {
        events: vec![event(change)],
        outcome,
    }
}
