//! What could be had instead, where a sale is refused for want of rooms.

use super::restrict;
use super::sale::{house_available, need_all_types, sellable};
use super::{Authority, catalogue};
use crate::civil::NightRange;
use crate::model::StayRequest;
use crate::refusal::Alternative;
use crate::state::{Halt, State};

/// Alternatives that a refusal lists at most.
const MOST_ALTERNATIVES: usize = 5;
/// Nights by which an alternative may be shifted at most.
const FARTHEST_SHIFT: i32 = 3;

/// Where the wish could be had: other types on the same nights by rank, then the same type shifted
/// by up to 3 nights, nearest first.
pub(super) fn alternatives(
    state: &State,
    authority: Authority,
    wish: &StayRequest,
) -> Result<Vec<Alternative>, Halt> {
    let around = NightRange::new(
        wish.arrival.plus(-FARTHEST_SHIFT),
        wish.departure.plus(FARTHEST_SHIFT + 1),
    );
    need_all_types(state, around)?;
    state.need_house_limits(around)?;
    let catalogue = catalogue(state);
    let others = catalogue
        .room_types
        .iter()
        .filter(|other| other.code != wish.room_type);
    let others = others.map(|other| StayRequest {
        room_type: other.code,
        ..*wish
    });
    let shifts = (1..=FARTHEST_SHIFT).flat_map(|by| [-by, by]);
    let shifted = shifts.map(|by| StayRequest {
        arrival: wish.arrival.plus(by),
        departure: wish.departure.plus(by),
        ..*wish
    });
    let mut found = Vec::new();
    for other in others.chain(shifted) {
        if other.arrival < catalogue.property.business_date {
            continue;
        }
        if let Some(available) =
            could_be_had(state, authority, &other)?.filter(|rooms| *rooms >= other.rooms)
        {
            let StayRequest {
                room_type,
                arrival,
                departure,
                ..
            } = other;
            found.push(Alternative {
                room_type,
                arrival,
                departure,
                available,
            });
        }
        if found.len() == MOST_ALTERNATIVES {
            break;
        }
    }
    Ok(found)
}

/// Rooms that could be sold of the type on every night of the request, where all of them are open
/// and on sale.
fn could_be_had(
    state: &State,
    authority: Authority,
    request: &StayRequest,
) -> Result<Option<u32>, Halt> {
    let catalogue = catalogue(state);
    let Some(room_type) = catalogue.room_type(request.room_type) else {
        return Ok(None);
    };
    if !restrict::is_free(state, request) {
        return Ok(None);
    }
    let mut least = i32::MAX;
    for night in request.nights().iter() {
        let open = state.loaded_cell(request.room_type, night).is_some();
        if !open || !room_type.life.sells_on(night) {
            return Ok(None);
        }
        least = least.min(sellable(state, authority, request.room_type, night));
        least = least.min(house_available(state, authority, night)?.unwrap_or(i32::MAX));
    }
    Ok(u32::try_from(least).ok())
}
