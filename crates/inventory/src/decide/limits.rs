//! What may be sold on a night: the rooms that exist, overbooking limits and restrictions, of a type and of the house.

use super::calendar::range_fault;
use super::{Context, Decision, HIGHEST_LIMIT, Outcome, catalogue, check_version, first_closed};
use crate::civil::{Night, NightRange};
use crate::event::{Event, HouseLimitSet, LimitRun, LimitSet};
use crate::ids::RoomTypeCode;
use crate::refusal::{Pool, Refusal, StayFault};
use crate::restriction::{RestrictionChange, Restrictions, RestrictionsSet};
use crate::state::{Halt, State};

/// Refuses rooms and limits that no hotel has.
pub(super) fn check_limits(physical: Option<i32>, overbooking: Option<i32>) -> Result<(), Halt> {
    let rooms = physical.is_none_or(|rooms| (0..=HIGHEST_LIMIT).contains(&rooms));
    let limit = |limit| (-HIGHEST_LIMIT..=HIGHEST_LIMIT).contains(&limit);
    if rooms && overbooking.is_none_or(limit) {
        return Ok(());
    }
    Err(Refusal::fault(StayFault::LimitOutOfRange, None).into())
}

/// Limits to set; what is not given stays.
#[derive(Clone, Copy)]
pub(super) struct Limits {
    pub overbooking: Option<i32>,
    /// Take the house's own overbooking limit away, so that the types alone decide.
    pub no_overbooking: bool,
    pub physical: Option<i32>,
    pub restrictions: RestrictionChange,
}

pub(super) fn set_limits(
    state: &State,
    context: &Context,
    room_type: Option<RoomTypeCode>,
    (from, to): (Night, Night),
    limits: Limits,
) -> Result<Decision, Halt> {
    let Some(code) = room_type else {
        return set_house_limit(state, context, (from, to), limits);
    };
    if catalogue(state).room_type(code).is_none() {
        return Err(Refusal::UnknownRoomType {
            id: code.to_string(),
        }
        .into());
    }
    let range = super::restrict::check_future(state, from, to)?;
    // A type always has a limit.
    if limits.no_overbooking {
        return Err(Refusal::fault(StayFault::LimitOutOfRange, None).into());
    }
    check_limits(limits.physical, limits.overbooking)?;
    if let Some(night) = first_closed(state, code, range)? {
        return Err(range_fault((from, to), StayFault::NotOpen, Some(night)));
    }
    let cells = range
        .iter()
        .filter_map(|night| state.loaded_cell(code, night));
    check_version(context, cells.map(|cell| cell.version).max().unwrap_or(0))?;
    let mut events = Vec::new();
    if let Some(physical) = limits.physical {
        check_outages(state, code, range, physical)?;
        events.extend(physical_set(state, code, range, |_| physical));
    }
    if let Some(overbooking) = limits.overbooking {
        let now = |night| {
            state
                .loaded_cell(code, night)
                .map_or(0, |cell| cell.overbooking)
        };
        let runs = runs(range, now, overbooking);
        let set = Event::OverbookingSet(LimitSet {
            room_type: code,
            runs,
        });
        events.extend(has_runs(set));
    }
    let now = |night| {
        let cell = state.loaded_cell(code, night);
        cell.map(|cell| cell.restrictions).unwrap_or_default()
    };
    let pool = Pool::RoomType(code);
    events.extend(restricted(pool, range, now, limits.restrictions)?);
    Ok(Decision {
        events,
        outcome: Outcome::Done,
    })
}

fn has_runs(event: Event) -> Option<Event> {
    let empty = match &event {
        Event::OverbookingSet(set) | Event::PhysicalSet(set) => set.runs.is_empty(),
        Event::HouseOverbookingSet(set) => set.runs.is_empty(),
        Event::RestrictionsSet(set) => set.runs.is_empty(),
        _ => false,
    };
    (!empty).then_some(event)
}

/// The event that sets the rooms that exist, where that changes any.
pub(super) fn physical_set(
    state: &State,
    code: RoomTypeCode,
    range: NightRange,
    becomes: impl Fn(Night) -> i32,
) -> Option<Event> {
    let now = |night| {
        state
            .loaded_cell(code, night)
            .map_or(0, |cell| cell.physical)
    };
    let runs = runs_to(range, now, becomes);
    has_runs(Event::PhysicalSet(LimitSet {
        room_type: code,
        runs,
    }))
}

/// Rooms that are out of order have to exist.
pub(super) fn check_outages(
    state: &State,
    code: RoomTypeCode,
    range: NightRange,
    physical: i32,
) -> Result<(), Halt> {
    state.need_cells(code, range)?;
    for night in range.iter() {
        let out_of_order = state
            .loaded_cell(code, night)
            .map_or(0, |cell| cell.out_of_order);
        if out_of_order > physical {
            return Err(Refusal::OutageExceedsPhysical {
                night,
                physical,
                out_of_order,
                out_of_service: 0,
            }
            .into());
        }
    }
    Ok(())
}

/// The event that sets the restrictions, where that changes any.
fn restricted(
    room_type: Pool,
    range: NightRange,
    now: impl Fn(Night) -> Restrictions,
    change: RestrictionChange,
) -> Result<Option<Event>, Halt> {
    let lengths = |set: Restrictions| match (set.min_stay, set.max_stay) {
        (Some(fewest), Some(most)) => fewest <= most,
        _ => true,
    };
    let becomes = |night| change.applied(now(night));
    let named = change.min_stay.is_some() || change.max_stay.is_some();
    if !change.is_sound() || (named && !range.iter().map(becomes).all(lengths)) {
        return Err(Refusal::fault(StayFault::LengthOutOfRange, None).into());
    }
    let runs = runs_to(range, &now, becomes);
    Ok(has_runs(Event::RestrictionsSet(RestrictionsSet {
        room_type,
        runs,
    })))
}

/// Runs of equal nights that change from what they are now to `after`.
fn runs<T: PartialEq + Copy>(
    range: NightRange,
    now: impl Fn(Night) -> T,
    after: T,
) -> Vec<LimitRun<T>> {
    runs_to(range, now, |_| after)
}

/// Runs of equal nights that change from what they are now to what `becomes` says.
fn runs_to<T: PartialEq + Copy>(
    range: NightRange,
    now: impl Fn(Night) -> T,
    becomes: impl Fn(Night) -> T,
) -> Vec<LimitRun<T>> {
    let mut runs: Vec<LimitRun<T>> = Vec::new();
    for night in range.iter() {
        let (before, after) = (now(night), becomes(night));
        if before == after {
            continue;
        }
        match runs.last_mut() {
            Some(run) if run.nights.to == night && run.before == before && run.after == after => {
                run.nights.to = night.plus(1);
            }
            _ => {
                let nights = NightRange::new(night, night.plus(1));
                runs.push(LimitRun {
                    nights,
                    before,
                    after,
                });
            }
        }
    }
    runs
}

fn set_house_limit(
    state: &State,
    context: &Context,
    (from, to): (Night, Night),
    limits: Limits,
) -> Result<Decision, Halt> {
    let range = super::restrict::check_future(state, from, to)?;
    if limits.physical.is_some() {
        return Err(range_fault((from, to), StayFault::HouseHasNoRooms, None));
    }
    check_limits(None, limits.overbooking)?;
    if limits.no_overbooking && limits.overbooking.is_some() {
        return Err(Refusal::fault(StayFault::LimitOutOfRange, None).into());
    }
    state.need_house_limits(range)?;
    let limit = |night| state.loaded_house_limit(night);
    let version = range
        .iter()
        .filter_map(limit)
        .map(|limit| limit.version)
        .max();
    check_version(context, version.unwrap_or(0))?;
    let mut events = Vec::new();
    if limits.overbooking.is_some() || limits.no_overbooking {
        let now = |night| limit(night).and_then(|limit| limit.overbooking);
        let runs = runs(range, now, limits.overbooking);
        events.extend(has_runs(Event::HouseOverbookingSet(HouseLimitSet { runs })));
    }
    let now = |night| {
        limit(night)
            .map(|limit| limit.restrictions)
            .unwrap_or_default()
    };
    events.extend(restricted(Pool::House, range, now, limits.restrictions)?);
    Ok(Decision {
        events,
        outcome: Outcome::Done,
    })
}
