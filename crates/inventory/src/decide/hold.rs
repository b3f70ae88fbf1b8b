//! Holds: rooms kept for a short time.

use std::collections::BTreeMap;

use super::demand::Demand;
use super::reserve::ended;
use super::restrict;
use super::sale::{check_conditions, check_rooms, validate, validate_arrival};
use super::{Authority, Context, Decision, Outcome, catalogue, check_version};
use crate::civil::Night;
use crate::event::{Event, HoldExtended, HoldPlaced};
use crate::ids::{HoldId, Numbered, Reference, RoomTypeCode, TextId, own_letters};
use crate::model::{Hold, HoldStatus, StayRequest};
use crate::refusal::{Refusal, StayFault};
use crate::state::{Halt, State};

/// The longest time of a hold, in minutes.
pub const LONGEST_HOLD: u32 = 60;

pub(super) fn place(
    state: &State,
    context: &Context,
    stays: &[StayRequest],
    minutes: u32,
    reference: Option<TextId>,
) -> Result<Decision, Halt> {
    validate(state, stays)?;
    for stay in stays {
        validate_arrival(state, stay)?;
        if stay.nights().is_empty() {
            return Err(super::sale::invalid(stay, StayFault::NoNight, None));
        }
    }
    check_minutes(minutes)?;
    if stays.iter().map(|stay| stay.rooms).sum::<u32>() > super::MOST_ROOMS {
        return Err(super::sale::invalid(&stays[0], StayFault::Rooms, None));
    }
    let mut demand = Demand::default();
    stays.iter().for_each(|stay| demand.add_request(stay, 1));
    if stays.is_empty() {
        return Err(Refusal::fault(StayFault::NoStay, None).into());
    }
    if context.if_version.is_some() {
        check_version(context, demand.version(state)?)?;
    }
    check_conditions(state, context, &demand)?;
    restrict::check_new(state, context, stays)?;
    check_rooms(state, context, &demand, stays)?;
    Ok(placed(
        state,
        context,
        stays,
        context.now.plus_minutes(minutes),
        reference,
    ))
}

pub(super) fn placed(
    state: &State,
    context: &Context,
    stays: &[StayRequest],
    expires_at: crate::civil::Instant,
    reference: Option<TextId>,
) -> Decision {
    let id = HoldId::derived(context.command_id, 0);
    let number = state.next_number(Numbered::Hold, 0);
    let placed = HoldPlaced {
        hold: id,
        number: number.clone(),
        stays: stays.to_vec(),
        expires_at,
        reference,
    };
    let outcome = Outcome::Hold {
        id,
        number,
        expires_at,
    };
    Decision {
        events: vec![Event::HoldPlaced(placed)],
        outcome,
    }
}

fn check_minutes(minutes: u32) -> Result<(), Halt> {
    if (1..=LONGEST_HOLD).contains(&minutes) {
        Ok(())
    } else {
        Err(Refusal::fault(StayFault::HoldMinutes, None).into())
    }
}

/// The hold that is meant, if this desk may change it.
pub(super) fn find<'a>(state: &'a State, id: &Reference<HoldId>) -> Result<&'a Hold, Halt> {
    let found = state.hold(id)?;
    let hold = found.ok_or_else(|| Refusal::UnknownHold { id: id.to_string() })?;
    if is_own(state, hold) {
        return Ok(hold);
    }
    let (id, desk) = (hold.number.to_string(), hold.number.desk().to_owned());
    Err(Refusal::HoldOfAnotherDesk { id, desk }.into())
}

/// Whether the hold is of the desk that asks: what it keeps are rights of the desk that placed it.
pub(super) fn is_own(state: &State, hold: &Hold) -> bool {
    own_letters(&catalogue(state).desk) == hold.number.desk()
}

/// Refuses a hold that takes no rooms any more.
pub(super) fn check_live(context: &Context, hold: &Hold) -> Result<(), Halt> {
    let number = hold.number.to_string();
    match hold.status {
        HoldStatus::Active if hold.is_live(context.now) => Ok(()),
        HoldStatus::Active | HoldStatus::Expired => Err(Refusal::HoldExpired {
            id: number,
            expired_at: hold.expires_at,
        }
        .into()),
        status @ (HoldStatus::Released | HoldStatus::Converted) => {
            let status = status.as_str().to_owned();
            Err(Refusal::AlreadyReleased { id: number, status }.into())
        }
    }
}

/// Whether what was promised out of the hold stands without it: the centre let the holds of a desk go
/// that was declared lost, and that desk comes back having sold them.
pub(super) fn gave_way(context: &Context, hold: &Hold) -> bool {
    context.authority == Authority::Promised && hold.status != HoldStatus::Active
}

/// Whether the stays take other rooms than the hold's while they leave some of those: such a booking
/// would let rooms go that nobody meant. Fewer than it keeps are taken from it, more are added to it.
pub(super) fn is_another(hold: &Hold, stays: &[StayRequest]) -> bool {
    let mut kept: BTreeMap<(RoomTypeCode, Night), i64> = BTreeMap::new();
    let held = hold.stays.iter().map(|stay| (stay, 1));
    for (stay, sign) in held.chain(stays.iter().map(|stay| (stay, -1))) {
        for night in stay.nights().iter() {
            *kept.entry((stay.room_type, night)).or_default() += sign * i64::from(stay.rooms);
        }
    }
    let left = kept.values().any(|rooms| *rooms > 0);
    left && kept.into_values().any(|rooms| rooms < 0)
}

pub(super) fn extend(
    state: &State,
    context: &Context,
    id: &Reference<HoldId>,
    minutes: u32,
) -> Result<Decision, Halt> {
    let hold = find(state, id)?;
    check_minutes(minutes)?;
    check_live(context, hold)?;
    check_version(context, hold.version)?;
    let expires_at = context.now.plus_minutes(minutes);
    let extended = HoldExtended {
        hold: hold.id,
        before: hold.expires_at,
        after: expires_at,
    };
    let outcome = Outcome::Hold {
        id: hold.id,
        number: hold.number.clone(),
        expires_at,
    };
    Ok(Decision {
        events: vec![Event::HoldExtended(extended)],
        outcome,
    })
}

pub(super) fn release(
    state: &State,
    context: &Context,
    id: &Reference<HoldId>,
) -> Result<Decision, Halt> {
    let hold = find(state, id)?;
    check_live(context, hold)?;
    check_version(context, hold.version)?;
    let outcome = Outcome::Hold {
        id: hold.id,
        number: hold.number.clone(),
        expires_at: hold.expires_at,
    };
    Ok(Decision {
        events: vec![ended(hold, HoldStatus::Released)],
        outcome,
    })
}

/// Lets go what is due of the desk's own, oldest first.
pub(super) fn sweep(state: &State, context: &Context, named: &[HoldId]) -> Result<Decision, Halt> {
    let due = state.due_holds(context.now)?;
    let events: Vec<Event> = due
        .into_iter()
        .filter(|hold| is_own(state, hold))
        .filter(|hold| named.is_empty() || named.contains(&hold.id))
        .map(|hold| ended(hold, HoldStatus::Expired))
        .collect();
    let holds = events.len() as u64;
    Ok(Decision {
        events,
        outcome: Outcome::Swept { holds },
    })
}
