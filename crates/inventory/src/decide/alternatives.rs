//! What could be had instead, where a sale is refused for want of rooms.

use super::restrict;
use super::sale::{house_available, need_all_types, sellable};
use super::{Authority, catalogue};
use crate::civil::NightRange;
use crate::ids::RoomTypeCode;
use crate::model::{RoomType, StayRequest};
use crate::refusal::Alternative;
use crate::state::{Halt, State};

/// Alternatives that a refusal lists at most.
const MOST_ALTERNATIVES: usize = 5;
/// Nights by which an alternative may be shifted at most.
const FARTHEST_SHIFT: i32 = 3;

/// Where the wish could be had. Two lists take turns, so that a guest hears of both: other types on the same
/// nights, upwards from the next one and then downwards, and the same type shifted by up to 3 nights, the
/// nearest first and of two the earlier.
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
    let others = by_nearness(&catalogue.room_types, wish.room_type);
    let mut others = others.map(|other| StayRequest {
        room_type: other.code,
        ..*wish
    });
    let shifts = (1..=FARTHEST_SHIFT).flat_map(|by| [-by, by]);
    let mut shifted = shifts.map(|by| StayRequest {
        arrival: wish.arrival.plus(by),
        departure: wish.departure.plus(by),
        ..*wish
    });
    let mut found = Vec::new();
    while found.len() < MOST_ALTERNATIVES {
        let of_another_type = next_had(state, authority, &mut others)?;
        let of_another_date = next_had(state, authority, &mut shifted)?;
        if of_another_type.is_none() && of_another_date.is_none() {
            break;
        }
        found.extend(of_another_type.into_iter().chain(of_another_date));
    }
    found.truncate(MOST_ALTERNATIVES);
    Ok(found)
}

/// The types of higher rank, the next one first, then those of lower rank, the next one first.
fn by_nearness(types: &[RoomType], of: RoomTypeCode) -> impl Iterator<Item = &RoomType> {
    let at = types.iter().position(|known| known.code == of);
    let at = at.unwrap_or(types.len());
    let above = types.iter().skip(at + 1);
    above.chain(types[..at].iter().rev())
}

/// The next of them that could be had whole.
fn next_had(
    state: &State,
    authority: Authority,
    wishes: &mut impl Iterator<Item = StayRequest>,
) -> Result<Option<Alternative>, Halt> {
    let today = catalogue(state).property.business_date;
    for other in wishes.filter(|other| other.arrival >= today) {
        let had = could_be_had(state, authority, &other)?;
        if let Some((available, overbooked)) = had.filter(|(rooms, _)| *rooms >= other.rooms) {
            return Ok(Some(Alternative {
                room_type: other.room_type,
                arrival: other.arrival,
                departure: other.departure,
                available,
                overbooked,
            }));
        }
    }
    Ok(None)
}

/// Rooms that could be sold of the type on every night of the request, where all of them are open
/// and on sale, and how many of those are more than are left.
fn could_be_had(
    state: &State,
    authority: Authority,
    request: &StayRequest,
) -> Result<Option<(u32, u32)>, Halt> {
    let catalogue = catalogue(state);
    let Some(room_type) = catalogue.room_type(request.room_type) else {
        return Ok(None);
    };
    if !restrict::is_free(state, request) {
        return Ok(None);
    }
    let (mut least, mut left) = (i32::MAX, i32::MAX);
    for night in request.nights().iter() {
        let cell = state.loaded_cell(request.room_type, night);
        let Some(cell) = cell.filter(|_| room_type.life.sells_on(night)) else {
            return Ok(None);
        };
        left = left.min(cell.rooms_left());
        least = least.min(sellable(state, authority, request.room_type, night));
        least = least.min(house_available(state, authority, night)?.unwrap_or(i32::MAX));
    }
    let overbooked = least.saturating_sub(left.clamp(0, least.max(0)));
    Ok(u32::try_from(least)
        .ok()
        .map(|rooms| (rooms, overbooked.unsigned_abs())))
}
