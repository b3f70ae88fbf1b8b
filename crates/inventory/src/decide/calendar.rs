//! The property, its business date and its nights.

use super::limits::check_limits;
use super::{Decision, FARTHEST_NIGHT, Outcome, catalogue};
use crate::civil::{Night, NightRange};
use crate::event::{
    BusinessDateSet, Event, NightsOpened, OpenedNights, PropertyOpened, RoomTypeAdded,
};
use crate::model::{Property, RoomType, RoomTypeStatus};
use crate::refusal::{Refusal, StayFault};
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
