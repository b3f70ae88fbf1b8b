//! Restrictions: stop-sell on each night; the rules of arrival, departure and length of stay.

use super::{Context, calendar, catalogue};
use crate::civil::{Night, NightRange};
use crate::event::StayDiff;
use crate::ids::RoomTypeCode;
use crate::model::StayRequest;
use crate::refusal::{Pool, Refusal, Restriction, StayFault};
use crate::restriction::Restrictions;
use crate::state::{Halt, State};
use crate::stay::{Stay, StayStatus};

/// The nights that the rules of a stay read: its own and the date of departure.
pub(super) fn rule_nights(request: &StayRequest) -> NightRange {
    let end = request.departure.max(request.arrival).plus(1);
    NightRange::new(request.arrival, end)
}

/// What is set for the type and for the house on a night, where it is loaded.
fn set(state: &State, code: RoomTypeCode, night: Night) -> [(Pool, Restrictions); 2] {
    let own = state.loaded_cell(code, night);
    let house = state.loaded_house_limit(night);
    [
        (
            Pool::RoomType(code),
            own.map(|cell| cell.restrictions).unwrap_or_default(),
        ),
        (
            Pool::House,
            house.map(|limit| limit.restrictions).unwrap_or_default(),
        ),
    ]
}

fn refused(restriction: Restriction, pool: Pool, night: Night, nights: Option<u16>) -> Refusal {
    Refusal::Restricted {
        restriction,
        room_type: pool,
        night,
        nights,
    }
}

/// Refuses where the type or the house is under a stop-sell on the night, which is loaded.
pub(super) fn check_stop_sell(state: &State, code: RoomTypeCode, night: Night) -> Result<(), Halt> {
    match stop_sell(state, code, night) {
        Some(refusal) => Err(refusal.into()),
        None => Ok(()),
    }
}

fn stop_sell(state: &State, code: RoomTypeCode, night: Night) -> Option<Refusal> {
    let stopped = set(state, code, night).into_iter();
    let mut stopped = stopped.filter(|(_, set)| set.stop_sell);
    let (pool, _) = stopped.next()?;
    Some(refused(Restriction::StopSell, pool, night, None))
}

/// Which of the rules of a stay are asked about.
#[derive(Clone, Copy)]
struct Rules {
    arrival: bool,
    departure: bool,
    length: bool,
}

/// The first rule that the request breaks; its nights and the date of departure are loaded.
fn broken(state: &State, request: &StayRequest, rules: Rules) -> Option<Refusal> {
    let nights = u16::try_from(request.nights().len()).unwrap_or(u16::MAX);
    for (pool, set) in set(state, request.room_type, request.arrival) {
        if rules.arrival && set.closed_to_arrival {
            let rule = Restriction::ClosedToArrival;
            return Some(refused(rule, pool, request.arrival, None));
        }
        // Day use has no length.
        if !rules.length || nights == 0 {
            continue;
        }
        if let Some(fewest) = set.min_stay.filter(|fewest| nights < *fewest) {
            let rule = Restriction::MinStay;
            return Some(refused(rule, pool, request.arrival, Some(fewest)));
        }
        if let Some(most) = set.max_stay.filter(|most| nights > *most) {
            let rule = Restriction::MaxStay;
            return Some(refused(rule, pool, request.arrival, Some(most)));
        }
    }
    if !rules.departure || nights == 0 {
        return None;
    }
    let closed = set(state, request.room_type, request.departure).into_iter();
    let mut closed = closed.filter(|(_, set)| set.closed_to_departure);
    let (pool, _) = closed.next()?;
    let rule = Restriction::ClosedToDeparture;
    Some(refused(rule, pool, request.departure, None))
}

/// Whether a new stay like this may be sold at all; everything it reads is loaded.
pub(super) fn is_free(state: &State, request: &StayRequest) -> bool {
    let stopped = |night| stop_sell(state, request.room_type, night).is_some();
    broken(state, request, ALL).is_none() && !request.nights().iter().any(stopped)
}

const ALL: Rules = Rules {
    arrival: true,
    departure: true,
    length: true,
};

fn need(state: &State, request: &StayRequest) -> Result<(), Halt> {
    let nights = rule_nights(request);
    state.need_cells(request.room_type, nights)?;
    state.need_house_limits(nights)
}

/// Refuses new stays that break a rule of arrival, departure or length.
pub(super) fn check_new(
    state: &State,
    context: &Context,
    requests: &[StayRequest],
) -> Result<(), Halt> {
    if !context.asks_conditions() {
        return Ok(());
    }
    for request in requests {
        need(state, request)?;
        if let Some(refusal) = broken(state, request, ALL) {
            return Err(refusal.into());
        }
    }
    Ok(())
}

/// Refuses changes of stays that break a rule which they did not break before. What concerns a
/// guest who is or was in the house is a fact; rooms of an allotment were agreed.
pub(super) fn check_diffs(
    state: &State,
    context: &Context,
    diffs: &[StayDiff],
) -> Result<(), Halt> {
    if !context.asks_conditions() {
        return Ok(());
    }
    let today = catalogue(state).property.business_date;
    for diff in diffs {
        let Some(after) = diff.after.as_ref().filter(|stay| is_booked(stay)) else {
            continue;
        };
        let mut rules = match diff.before.as_ref().filter(|stay| is_booked(stay)) {
            None => ALL,
            Some(before) => changed(before, after),
        };
        // Who comes late arrives on no night that is over.
        if after.arrival < today {
            (rules.arrival, rules.length) = (false, false);
        }
        let was_in =
            |stay: &Stay| matches!(stay.status, StayStatus::CheckedIn | StayStatus::CheckedOut);
        let fact = was_in(after) || diff.before.as_ref().is_some_and(was_in);
        if fact || after.allotment.is_some() {
            continue;
        }
        let request = StayRequest {
            room_type: after.room_type,
            arrival: after.arrival,
            departure: after.departure,
            rooms: 1,
        };
        need(state, &request)?;
        if let Some(refusal) = broken(state, &request, rules) {
            return Err(refusal.into());
        }
    }
    Ok(())
}

fn is_booked(stay: &Stay) -> bool {
    stay.status.takes_inventory()
}

fn changed(before: &Stay, after: &Stay) -> Rules {
    let type_changed = before.room_type != after.room_type;
    let arrival = type_changed || before.arrival != after.arrival;
    let departure = type_changed || before.departure != after.departure;
    Rules {
        arrival,
        departure,
        length: arrival || departure,
    }
}

/// A range of nights that are not over: those stay as they were.
pub(super) fn check_future(state: &State, from: Night, to: Night) -> Result<NightRange, Halt> {
    let range = calendar::check_range(state, from, to)?;
    if from < catalogue(state).property.business_date {
        return Err(calendar::range_fault(
            (from, to),
            StayFault::BeforeBusinessDate,
            None,
        ));
    }
    Ok(range)
}
