//! Making reservations, and changing what they hold.

use super::sale::{
    Demand, check_conditions, check_day_use, check_known, check_rooms, check_shape, invalid,
    validate, validate_arrival,
};
use super::{Context, Decision, Outcome, catalogue, check_version, hold};
use crate::civil::Night;
use crate::command::{NewStay, Reserve};
use crate::event::{Event, HoldEnded, ReservationMade, StayDiff, StaysChanged};
use crate::ids::{HoldId, Numbered, Reference, ReservationId, RoomTypeCode, StayReference};
use crate::model::{BookingDetails, Hold, HoldStatus, Reservation, StayRequest};
use crate::refusal::{Refusal, StayFault, illegal};
use crate::state::{Halt, State};
use crate::stay::{MovedNight, Stay, StayStatus, allowed};

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
    let converted = match &request.hold {
        Some(id) => Some(hold::find(state, id)?),
        None => None,
    };
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
    if let Some(hold) = converted {
        hold::check_live(context, hold)?;
    }
    let mut demand = Demand::default();
    wishes.iter().for_each(|wish| demand.add_request(wish, 1));
    if context.if_version.is_some() {
        check_version(context, demand.version(state)?)?;
    }
    if let Some(hold) = converted {
        hold.stays
            .iter()
            .for_each(|stay| demand.add_request(stay, -1));
    }
    check_conditions(state, context, &demand)?;
    check_day_use(state, context, &wishes)?;
    // A guest who sits in the lobby and is let in by somebody who may is a fact.
    if !(request.walk_in && context.override_given) {
        check_rooms(state, &demand, &wishes)?;
    }
    Ok(made(state, context, request, converted))
}

/// Books just what a hold keeps.
pub(super) fn convert(
    state: &State,
    context: &Context,
    id: &Reference<HoldId>,
    details: &BookingDetails,
) -> Result<Decision, Halt> {
    let hold = hold::find(state, id)?;
    hold::check_live(context, hold)?;
    check_version(context, hold.version)?;
    let new = |request: &StayRequest| NewStay {
        request: *request,
        price: None,
        assigned: None,
    };
    let request = Reserve {
        stays: hold.stays.iter().map(new).collect(),
        details: details.clone(),
        tentative: false,
        option_until: None,
        hold: Some(id.clone()),
        walk_in: false,
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

fn made(state: &State, context: &Context, request: &Reserve, hold: Option<&Hold>) -> Decision {
    let reservation = ReservationId::derived(context.command_id, 0);
    let number = state.next_number(Numbered::Reservation, 0);
    let status = match (request.walk_in, request.tentative) {
        (true, _) => StayStatus::CheckedIn,
        (false, true) => StayStatus::Tentative,
        (false, false) => StayStatus::Confirmed,
    };
    let today = catalogue(state).property.business_date;
    let mut stays = Vec::new();
    for new in &request.stays {
        for _ in 0..new.request.rooms {
            let mut stay = new_stay(new, stays.len() + 1, status);
            stay.checked_in_on = request.walk_in.then_some(today);
            stay.option_until = request.option_until.filter(|_| request.tentative);
            stays.push(stay);
        }
    }
    let mut events = vec![Event::ReservationMade(ReservationMade {
        reservation,
        number: number.clone(),
        details: request.details.clone(),
        stays,
        hold: hold.map(|hold| hold.id),
        split_from: None,
    })];
    events.extend(hold.map(|hold| ended(hold, HoldStatus::Converted)));
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
        moved: Vec::new(),
    }
}

pub(super) fn no_stay() -> Halt {
    let why = StayFault::NoStay;
    Refusal::InvalidStay {
        arrival: None,
        departure: None,
        rooms: None,
        why,
        night: None,
    }
    .into()
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

pub(super) fn check_diffs(
    state: &State,
    context: &Context,
    diffs: &[StayDiff],
    wishes: &[StayRequest],
) -> Result<(), Halt> {
    let today = catalogue(state).property.business_date;
    let mut demand = Demand::default();
    for diff in diffs {
        demand.add_change(diff.before.as_ref(), diff.after.as_ref(), today);
    }
    check_conditions(state, context, &demand)?;
    check_rooms(state, &demand, wishes)
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

/// Makes a reservation of its own of one stay. No room changes hands.
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
    let leaves = StayDiff {
        before: Some(stay.clone()),
        after: None,
    };
    let events = vec![
        Event::Split(StaysChanged {
            reservation: reservation.id,
            stays: vec![leaves],
            reason: None,
        }),
        Event::ReservationMade(ReservationMade {
            reservation: new,
            number: number.clone(),
            details: reservation.details.clone(),
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
    if stay.status == StayStatus::CheckedIn && night < today {
        return Err(invalid(&one, StayFault::AlreadySlept, Some(night)));
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
    check_diffs(state, context, &diffs, &[one])?;
    Ok(changed(reservation, diffs, Event::NightMoved))
}
