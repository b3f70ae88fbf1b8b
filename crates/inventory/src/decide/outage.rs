//! Outages: rooms out of order, or out of service. Facts, never refused for want of rooms.

use super::{Context, Decision, Outcome, catalogue, check_version, first_closed};
use crate::civil::{Night, NightRange};
use crate::decide::MOST_ROOMS;
use crate::event::{Event, OutageEndSet, OutagePlaced};
use crate::ids::{Numbered, OutageId, Reference, RoomNumber, RoomTypeCode, TextId};
use crate::model::Outage;
use crate::refusal::{Refusal, StayFault};
use crate::state::{Halt, State};

/// An outage as asked for.
pub(super) struct Wish {
    pub room_type: RoomTypeCode,
    pub from: Night,
    pub back_on: Night,
    pub rooms: u32,
    pub service: bool,
    pub reason: Option<TextId>,
    pub room: Option<RoomNumber>,
}

pub(super) fn add(state: &State, context: &Context, wish: Wish) -> Result<Decision, Halt> {
    let catalogue = catalogue(state);
    if catalogue.room_type(wish.room_type).is_none() {
        return Err(Refusal::UnknownRoomType {
            id: wish.room_type.to_string(),
        }
        .into());
    }
    let fault = |why, night| -> Halt {
        let (arrival, departure) = (Some(wish.from), Some(wish.back_on));
        let rooms = Some(u64::from(wish.rooms));
        Refusal::InvalidStay {
            arrival,
            departure,
            rooms,
            why,
            night,
        }
        .into()
    };
    if !(1..=MOST_ROOMS).contains(&wish.rooms) {
        return Err(fault(StayFault::OutageRooms, None));
    }
    let nights = NightRange::new(wish.from, wish.back_on);
    if wish.back_on < wish.from {
        return Err(fault(StayFault::DepartureBeforeArrival, None));
    }
    if nights.is_empty() {
        return Err(fault(StayFault::NoNight, None));
    }
    if wish.from < catalogue.property.business_date {
        return Err(fault(StayFault::BeforeBusinessDate, None));
    }
    if let Some(night) = first_closed(state, wish.room_type, clipped(nights, &catalogue.property))?
    {
        return Err(fault(StayFault::NotOpen, Some(night.max(wish.from))));
    }
    let range = nights
        .iter()
        .filter_map(|night| state.loaded_cell(wish.room_type, night));
    check_version(context, range.map(|cell| cell.version).max().unwrap_or(0))?;
    let outage = Outage {
        id: OutageId::derived(context.command_id, 0),
        number: state.next_number(Numbered::Outage, 0),
        room_type: wish.room_type,
        from: wish.from,
        back_on: wish.back_on,
        rooms: wish.rooms,
        service: wish.service,
        reason: wish.reason,
        room: wish.room,
    };
    check_exist(state, &outage, nights)?;
    let outcome = Outcome::Outage {
        id: outage.id,
        number: outage.number.clone(),
    };
    Ok(Decision {
        events: vec![Event::OutagePlaced(OutagePlaced { outage })],
        outcome,
    })
}

/// Nights beyond the farthest that could ever be open are not asked for one by one.
fn clipped(nights: NightRange, property: &crate::model::Property) -> NightRange {
    let farthest = property.business_date.plus(super::FARTHEST_NIGHT);
    NightRange::new(nights.from.min(farthest), nights.to.min(farthest.plus(1)))
}

/// Never more rooms out of order than exist, nor more out of service: each for itself, for a room that is out of
/// service may break as well.
fn check_exist(state: &State, outage: &Outage, nights: NightRange) -> Result<(), Halt> {
    state.need_cells(outage.room_type, nights)?;
    let others = match outage.service {
        true => state.out_of_service(outage.room_type, nights)?,
        false => Vec::new(),
    };
    for night in nights.iter() {
        let Some(cell) = state.loaded_cell(outage.room_type, night) else {
            continue;
        };
        let before = match outage.service {
            true => {
                let over = others
                    .iter()
                    .filter(|other| other.from <= night && night < other.back_on);
                over.map(|other| i64::from(other.rooms)).sum()
            }
            false => i64::from(cell.out_of_order),
        };
        let rooms = i32::try_from(before + i64::from(outage.rooms)).unwrap_or(i32::MAX);
        if rooms > cell.physical {
            let (out_of_order, out_of_service) = match outage.service {
                true => (0, rooms),
                false => (rooms, 0),
            };
            return Err(Refusal::OutageExceedsPhysical {
                night,
                physical: cell.physical,
                out_of_order,
                out_of_service,
            }
            .into());
        }
    }
    Ok(())
}

/// Sets the first night on which the rooms are back: an earlier one, or today. For longer there is another
/// outage, which says why.
pub(super) fn end(
    state: &State,
    id: &Reference<OutageId>,
    on: Option<Night>,
) -> Result<Decision, Halt> {
    let found = state.outage(id)?;
    let outage = found.ok_or_else(|| Refusal::UnknownOutage { id: id.to_string() })?;
    let today = catalogue(state).property.business_date;
    if outage.back_on <= today.max(outage.from) && on != Some(outage.back_on) {
        return Err(Refusal::AlreadyReleased {
            id: outage.number.to_string(),
            status: "back_in_order".to_owned(),
        }
        .into());
    }
    if on.is_some_and(|on| on > outage.back_on) {
        return Err(Refusal::InvalidStay {
            arrival: Some(outage.from),
            departure: on,
            rooms: Some(u64::from(outage.rooms)),
            why: StayFault::OutageLonger,
            night: Some(outage.back_on),
        }
        .into());
    }
    let on = on.unwrap_or_else(|| today.max(outage.from).min(outage.back_on));
    if on < today && outage.from < today && on != outage.back_on {
        // Nights that are over stay as they were.
        let (arrival, departure) = (Some(outage.from), Some(on));
        let (why, rooms) = (StayFault::BeforeBusinessDate, Some(u64::from(outage.rooms)));
        let night = Some(on);
        return Err(Refusal::InvalidStay {
            arrival,
            departure,
            rooms,
            why,
            night,
        }
        .into());
    }
    set_end(state, outage, on)
}

pub(super) fn set_end(state: &State, outage: &Outage, on: Night) -> Result<Decision, Halt> {
    let catalogue = catalogue(state);
    let fault = |why, night| -> Halt {
        let (arrival, departure) = (Some(outage.from), Some(on));
        let rooms = Some(u64::from(outage.rooms));
        Refusal::InvalidStay {
            arrival,
            departure,
            rooms,
            why,
            night,
        }
        .into()
    };
    if on < outage.from {
        return Err(fault(StayFault::DepartureBeforeArrival, None));
    }
    // Taken together, so that a longer outage asks for its new nights before it is refused.
    let longer = NightRange::new(outage.back_on, on);
    if let Some(night) = first_closed(
        state,
        outage.room_type,
        clipped(longer, &catalogue.property),
    )? {
        return Err(fault(StayFault::NotOpen, Some(night)));
    }
    check_exist(state, outage, longer)?;
    let outcome = Outcome::Outage {
        id: outage.id,
        number: outage.number.clone(),
    };
    if on == outage.back_on {
        return Ok(Decision {
            events: Vec::new(),
            outcome,
        });
    }
    let set = OutageEndSet {
        outage: outage.id,
        before: outage.back_on,
        after: on,
    };
    Ok(Decision {
        events: vec![Event::OutageEndSet(set)],
        outcome,
    })
}
