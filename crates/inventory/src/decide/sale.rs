//! Whether rooms may be sold: every night, for the type and for the house.

use std::collections::BTreeSet;

use super::alternatives::alternatives;
use super::demand::Demand;
use super::restrict::{check_stop_sell, rule_nights};
use super::{Authority, Context, catalogue};
use crate::cell::{Cell, HouseLimit, house};
use crate::civil::{Night, NightRange};
use crate::decide::{LONGEST_STAY, MOST_ROOMS, first_closed};
use crate::ids::RoomTypeCode;
use crate::model::{RoomTypeStatus, StayRequest};
use crate::refusal::{Pool, Refusal, Restriction, StayFault};
use crate::state::{Halt, State};

/// Checks the requests of a command against the rules that hold for every sale: what is unknown
/// in any of them comes before what is wrong in one.
pub(super) fn validate(state: &State, requests: &[StayRequest]) -> Result<(), Halt> {
    check_known(state, requests)?;
    check_shape(state, requests)
}

/// Checks that the types exist.
pub(super) fn check_known(state: &State, requests: &[StayRequest]) -> Result<(), Halt> {
    let catalogue = catalogue(state);
    let unknown = requests
        .iter()
        .find(|request| catalogue.room_type(request.room_type).is_none());
    match unknown {
        Some(request) => Err(Refusal::UnknownRoomType {
            id: request.room_type.to_string(),
        }
        .into()),
        None => Ok(()),
    }
}

/// Checks rooms and dates, and that every night is open.
pub(super) fn check_shape(state: &State, requests: &[StayRequest]) -> Result<(), Halt> {
    for request in requests {
        if !(1..=MOST_ROOMS).contains(&request.rooms) {
            return Err(invalid(request, StayFault::Rooms, None));
        }
        if request.departure < request.arrival {
            return Err(invalid(request, StayFault::DepartureBeforeArrival, None));
        }
        if request.nights().len() > LONGEST_STAY {
            return Err(invalid(request, StayFault::TooLong, None));
        }
    }
    need_requests(state, requests)?;
    for request in requests {
        if let Some(night) = first_closed(state, request.room_type, dates(request))? {
            // A draft has no nights before it is put on sale.
            check_draft(state, request.room_type, night)?;
            return Err(invalid(request, StayFault::NotOpen, Some(night)));
        }
    }
    Ok(())
}

/// The nights that have to be open. Day use takes none, but its date has to be open all the same.
fn dates(request: &StayRequest) -> NightRange {
    let end = request.departure.max(request.arrival.plus(1));
    NightRange::new(request.arrival, end)
}

/// Asks at once for all that a sale of the requests reads, so that a store answers in one go.
fn need_requests(state: &State, requests: &[StayRequest]) -> Result<(), Halt> {
    let mut wants = BTreeSet::new();
    for request in requests {
        let nights = rule_nights(request);
        for needed in [
            state.need_cells(request.room_type, nights),
            state.need_house_limits(nights),
        ] {
            if let Err(Halt::Missing(missing)) = needed {
                wants.extend(missing);
            }
        }
    }
    if wants.is_empty() {
        Ok(())
    } else {
        Err(Halt::Missing(wants.into_iter().collect()))
    }
}

/// Checks that the request's arrival does not lie in the past.
pub(super) fn validate_arrival(state: &State, request: &StayRequest) -> Result<(), Halt> {
    if request.arrival < catalogue(state).property.business_date {
        return Err(invalid(request, StayFault::BeforeBusinessDate, None));
    }
    Ok(())
}

pub(super) fn invalid(request: &StayRequest, why: StayFault, night: Option<Night>) -> Halt {
    let (arrival, departure) = (Some(request.arrival), Some(request.departure));
    let rooms = Some(u64::from(request.rooms));
    Refusal::InvalidStay {
        arrival,
        departure,
        rooms,
        why,
        night,
    }
    .into()
}

/// Refuses where a type of which more is asked for is not on sale on the night, or it or the house
/// is under a stop-sell.
pub(super) fn check_conditions(
    state: &State,
    context: &Context,
    demand: &Demand,
) -> Result<(), Halt> {
    if !context.asks_conditions() || demand.is_met() {
        return Ok(());
    }
    demand.need(state)?;
    for (night, code, _) in demand.asked() {
        check_sold(state, code, night)?;
        check_stop_sell(state, code, night)?;
    }
    Ok(())
}

/// Day use asks for no room, but for a type that is sold.
pub(super) fn check_day_use(
    state: &State,
    context: &Context,
    wishes: &[StayRequest],
) -> Result<(), Halt> {
    let day_use = wishes.iter().filter(|wish| wish.nights().is_empty());
    if !context.asks_conditions() {
        return Ok(());
    }
    for wish in day_use {
        check_sold(state, wish.room_type, wish.arrival)?;
        check_stop_sell(state, wish.room_type, wish.arrival)?;
    }
    Ok(())
}

fn check_draft(state: &State, code: RoomTypeCode, night: Night) -> Result<(), Halt> {
    let found = catalogue(state).room_type(code).map(|found| found.life);
    match found {
        Some(RoomTypeStatus::Draft) => check_sold(state, code, night),
        _ => Ok(()),
    }
}

fn check_sold(state: &State, code: RoomTypeCode, night: Night) -> Result<(), Halt> {
    let catalogue = catalogue(state);
    let life = catalogue.room_type(code).map(|room_type| room_type.life);
    let restriction = match life {
        Some(life) if !life.sells_on(night) => match life {
            RoomTypeStatus::Draft => Restriction::Draft,
            RoomTypeStatus::Retired { .. } => Restriction::Retired,
            RoomTypeStatus::OnSale | RoomTypeStatus::Stopped => Restriction::Stopped,
        },
        _ => return Ok(()),
    };
    Err(Refusal::Restricted {
        restriction,
        room_type: Pool::RoomType(code),
        night,
        nights: None,
    }
    .into())
}

/// Refuses where a night lacks rooms for what is asked for, in the type or in the house.
/// `wishes` are what alternatives are sought for.
pub(super) fn check_rooms(
    state: &State,
    context: &Context,
    demand: &Demand,
    wishes: &[StayRequest],
) -> Result<(), Halt> {
    let authority = context.authority;
    if demand.is_met() || !authority.asks_rooms() {
        return Ok(());
    }
    demand.need(state)?;
    if let Some(nights) = demand.nights()
        && nights
            .iter()
            .any(|night| house_limit(state, night).is_some())
    {
        need_all_types(state, nights)?;
    }
    for (night, code, rooms) in demand.asked() {
        let available = sellable(state, authority, code, night);
        if available < rooms {
            let lacking = (Pool::RoomType(code), night, rooms, available);
            return Err(short(state, authority, wishes, lacking)?);
        }
        if let Some((required, available)) = house_short(state, authority, demand, night)? {
            let lacking = (Pool::House, night, required, available);
            return Err(short(state, authority, wishes, lacking)?);
        }
    }
    Ok(())
}

/// Rooms of the type that may be sold on the night: of the share, or of the counts less the rights
/// that are out.
pub(super) fn sellable(
    state: &State,
    authority: Authority,
    code: RoomTypeCode,
    night: Night,
) -> i32 {
    let shares = state.shares(code, night);
    if authority == Authority::Share {
        return shares.left;
    }
    let free = state.loaded_cell(code, night).map_or(0, Cell::free);
    free.saturating_sub(shares.out()).max(0)
}

/// Rooms required and available of the house, where its own limit is set and leaves too few.
fn house_short(
    state: &State,
    authority: Authority,
    demand: &Demand,
    night: Night,
) -> Result<Option<(i32, i32)>, Halt> {
    let required = demand.of_house(night);
    let Some(available) = house_available(state, authority, night)? else {
        return Ok(None);
    };
    Ok((required > 0 && available < required).then_some((required, available)))
}

/// Rooms that the house may sell on the night, where its own limit is set. A share's rights carry
/// the house's rooms with them.
pub(super) fn house_available(
    state: &State,
    authority: Authority,
    night: Night,
) -> Result<Option<i32>, Halt> {
    if authority == Authority::Share {
        return Ok(None);
    }
    let one = NightRange::new(night, night.plus(1));
    state.need_house_limits(one)?;
    let Some(limit) = house_limit(state, night) else {
        return Ok(None);
    };
    need_all_types(state, one)?;
    let catalogue = catalogue(state);
    let codes = catalogue.room_types.iter().map(|room_type| room_type.code);
    let out: i32 = codes
        .clone()
        .map(|code| state.shares(code, night).out())
        .sum();
    let cells = codes.filter_map(|code| state.loaded_cell(code, night).copied());
    let free = house(cells, Some(limit)).free();
    Ok(Some(free.saturating_sub(out).max(0)))
}

/// The house's own limit on the night, where it is set.
fn house_limit(state: &State, night: Night) -> Option<HouseLimit> {
    let limit = state.loaded_house_limit(night);
    limit.filter(|limit| limit.overbooking.is_some())
}

pub(super) fn need_all_types(state: &State, nights: NightRange) -> Result<(), Halt> {
    let mut wants = Vec::new();
    for room_type in &catalogue(state).room_types {
        if let Err(Halt::Missing(missing)) = state.need_cells(room_type.code, nights) {
            wants.extend(missing);
        }
    }
    if wants.is_empty() {
        Ok(())
    } else {
        Err(Halt::Missing(wants))
    }
}

fn short(
    state: &State,
    authority: Authority,
    wishes: &[StayRequest],
    (room_type, night, required, available): (Pool, Night, i32, i32),
) -> Result<Halt, Halt> {
    let wish = wishes.iter().find(|wish| {
        wish.nights().contains(night)
            && (room_type == Pool::House || room_type == Pool::RoomType(wish.room_type))
    });
    let alternatives = match wish {
        Some(wish) => alternatives(state, authority, wish)?,
        None => Vec::new(),
    };
    Ok(Refusal::NoAvailability {
        room_type,
        night,
        required: required.unsigned_abs(),
        available: available.unsigned_abs(),
        alternatives,
        in_other_shares: state.in_other_shares(room_type, night),
    }
    .into())
}
