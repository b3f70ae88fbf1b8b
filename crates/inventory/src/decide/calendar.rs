//! The property, its business date, its nights and their limits.

use super::{
    Context, Decision, FARTHEST_NIGHT, HIGHEST_LIMIT, Outcome, catalogue, check_version,
    first_closed,
};
use crate::civil::{Night, NightRange};
use crate::event::{
    BusinessDateSet, Event, HouseLimitSet, LimitRun, LimitSet, NightsOpened, OpenedNights,
    PropertyOpened, RoomTypeAdded,
};
use crate::ids::RoomTypeCode;
use crate::model::{Property, RoomType, RoomTypeStatus};
use crate::refusal::{Pool, Refusal, StayFault};
use crate::restriction::{RestrictionChange, Restrictions, RestrictionsSet};
use crate::state::{Halt, State};

/// The letters of a file's first desk.
const FIRST_DESK: &str = "A";

pub(super) fn open_property(
    state: &State,
    property: &Property,
    room_types: &[RoomType],
) -> Result<Decision, Halt> {
    if let Some(known) = state.catalogue() {
        let property = known.property.code.to_string();
        return Err(Refusal::AlreadyInitialised { property }.into());
    }
    for (at, room_type) in room_types.iter().enumerate() {
        if room_types[..at]
            .iter()
            .any(|other| other.code == room_type.code)
        {
            return Err(Refusal::DuplicateRoomType {
                room_type: room_type.code,
            }
            .into());
        }
        check_limits(Some(room_type.rooms), Some(room_type.overbooking))?;
    }
    let opened = PropertyOpened {
        property: property.clone(),
        desk: FIRST_DESK.to_owned(),
    };
    let types = room_types.iter().map(|room_type| {
        Event::RoomTypeAdded(RoomTypeAdded {
            room_type: room_type.clone(),
        })
    });
    let events = std::iter::once(Event::PropertyOpened(opened))
        .chain(types)
        .collect();
    Ok(Decision {
        events,
        outcome: Outcome::Done,
    })
}

pub(super) fn set_business_date(state: &State, date: Night) -> Result<Decision, Halt> {
    let before = catalogue(state).property.business_date;
    let event = Event::BusinessDateSet(BusinessDateSet {
        before,
        after: date,
    });
    let events = if before == date {
        Vec::new()
    } else {
        vec![event]
    };
    Ok(Decision {
        events,
        outcome: Outcome::Done,
    })
}

pub(super) fn range_fault(nights: (Night, Night), why: StayFault, night: Option<Night>) -> Halt {
    let (from, to) = nights;
    let (arrival, departure) = (Some(from), Some(to));
    Refusal::InvalidStay {
        arrival,
        departure,
        rooms: None,
        why,
        night,
    }
    .into()
}

/// Refuses rooms and limits that no hotel has.
pub(super) fn check_limits(physical: Option<i32>, overbooking: Option<i32>) -> Result<(), Halt> {
    let rooms = physical.is_none_or(|rooms| (0..=HIGHEST_LIMIT).contains(&rooms));
    let limit = |limit| (-HIGHEST_LIMIT..=HIGHEST_LIMIT).contains(&limit);
    if rooms && overbooking.is_none_or(limit) {
        return Ok(());
    }
    Err(Refusal::fault(StayFault::LimitOutOfRange, None).into())
}

/// Checks a range of nights: not reversed, not empty, within ten years of the business date.
pub(super) fn check_range(state: &State, from: Night, to: Night) -> Result<NightRange, Halt> {
    let today = catalogue(state).property.business_date;
    let range = NightRange::new(from, to);
    match range_refusal(today, range) {
        Some(refusal) => Err(refusal.into()),
        None => Ok(range),
    }
}

/// What is wrong with a range of nights to be opened or limited on that business date: reversed,
/// empty, or further than ten years from it.
pub fn range_refusal(today: Night, range: NightRange) -> Option<Refusal> {
    let NightRange { from, to } = range;
    let (why, night) = if to < from {
        (StayFault::DepartureBeforeArrival, None)
    } else if from == to {
        (StayFault::NoNight, None)
    } else if from < today.plus(-FARTHEST_NIGHT) {
        (StayFault::TooFar, Some(from))
    } else if to > today.plus(FARTHEST_NIGHT) {
        (StayFault::TooFar, Some(to.plus(-1)))
    } else {
        return None;
    };
    let (arrival, departure, rooms) = (Some(from), Some(to), None);
    Some(Refusal::InvalidStay {
        arrival,
        departure,
        rooms,
        why,
        night,
    })
}

pub(super) fn open_nights(state: &State, from: Night, to: Night) -> Result<Decision, Halt> {
    let range = check_range(state, from, to)?;
    let mut opened = Vec::new();
    for room_type in &catalogue(state).room_types {
        let range = match room_type.life {
            RoomTypeStatus::Draft => continue,
            RoomTypeStatus::Retired { from } => NightRange::new(range.from, range.to.min(from)),
            RoomTypeStatus::OnSale | RoomTypeStatus::Stopped => range,
        };
        opened.extend(new_nights(state, room_type, range)?);
    }
    let today = catalogue(state).property.business_date;
    // Nights that are over are opened no more; to name those that are open does no harm.
    if let Some(over) = opened.iter().find(|part| part.nights.from < today) {
        return Err(Refusal::fault(StayFault::BeforeBusinessDate, Some(over.nights.from)).into());
    }
    Ok(nights_opened(opened))
}

pub(super) fn nights_opened(opened: Vec<OpenedNights>) -> Decision {
    let count = opened.iter().map(|part| u64::from(part.nights.len())).sum();
    let event = Event::NightsOpened(NightsOpened { opened });
    let events = if count == 0 { Vec::new() } else { vec![event] };
    Decision {
        events,
        outcome: Outcome::Nights { opened: count },
    }
}

/// The nights of the range that the type does not have yet, as runs.
pub(super) fn new_nights(
    state: &State,
    room_type: &RoomType,
    range: NightRange,
) -> Result<Vec<OpenedNights>, Halt> {
    state.need_cells(room_type.code, range)?;
    let mut runs: Vec<OpenedNights> = Vec::new();
    for night in range.iter() {
        if state.loaded_cell(room_type.code, night).is_some() {
            continue;
        }
        match runs.last_mut() {
            Some(run) if run.nights.to == night => run.nights.to = night.plus(1),
            _ => runs.push(OpenedNights {
                room_type: room_type.code,
                nights: NightRange::new(night, night.plus(1)),
                physical: room_type.rooms,
                overbooking: room_type.overbooking,
            }),
        }
    }
    Ok(runs)
}

/// Limits to set; what is not given stays.
#[derive(Clone, Copy)]
pub(super) struct Limits {
    pub overbooking: Option<i32>,
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

fn check_outages(
    state: &State,
    code: RoomTypeCode,
    range: NightRange,
    physical: i32,
) -> Result<(), Halt> {
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
    state.need_house_limits(range)?;
    let limit = |night| state.loaded_house_limit(night);
    let version = range
        .iter()
        .filter_map(limit)
        .map(|limit| limit.version)
        .max();
    check_version(context, version.unwrap_or(0))?;
    let mut events = Vec::new();
    if let Some(overbooking) = limits.overbooking {
        let now = |night| limit(night).and_then(|limit| limit.overbooking);
        let runs = runs(range, now, Some(overbooking));
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
