//! Whether rooms may be sold: every night, for the type and for the house.

use std::collections::{BTreeMap, BTreeSet};

use super::alternatives::alternatives;
use super::{Context, catalogue};
use crate::cell::{Cell, HouseLimit, house};
use crate::civil::{Night, NightRange};
use crate::decide::{LONGEST_STAY, MOST_ROOMS, first_closed};
use crate::ids::RoomTypeCode;
use crate::model::{RoomTypeStatus, StayRequest};
use crate::refusal::{Pool, Refusal, Restriction, StayFault};
use crate::state::{Halt, State};
use crate::stay::{Stay, StayStatus};

/// Rooms asked for (positive) and given back (negative), by night and type. Nights come first, so
/// that the first night that lacks rooms is found first.
#[derive(Debug, Default)]
pub(super) struct Demand(BTreeMap<(Night, RoomTypeCode), i32>);

impl Demand {
    pub fn add_request(&mut self, request: &StayRequest, sign: i32) {
        let rooms = sign * i32::try_from(request.rooms).unwrap_or(i32::MAX);
        for night in request.nights().iter() {
            *self.0.entry((night, request.room_type)).or_default() += rooms;
        }
    }

    pub fn add_stay(&mut self, stay: &Stay, sign: i32) {
        for (code, night) in stay.taken() {
            *self.0.entry((night, code)).or_default() += sign;
        }
    }

    /// What a change of one stay asks for. An in-house guest who stays longer where he is, is a
    /// fact: the nights that he adds are not asked for (docs/DOMAIN.md). One who was checked in
    /// before his arrival is not there yet.
    pub fn add_change(&mut self, before: Option<&Stay>, after: Option<&Stay>, today: Night) {
        before.into_iter().for_each(|stay| self.add_stay(stay, -1));
        let Some(after) = after else { return };
        let stays_on = before.filter(|before| {
            let was_in = matches!(
                before.status,
                StayStatus::CheckedIn | StayStatus::CheckedOut
            );
            was_in && after.status == StayStatus::CheckedIn && before.arrival <= today
        });
        for (code, night) in after.taken() {
            let longer = stays_on.is_some_and(|before| {
                let sleeps_in = before.type_on(before.leaves_on().plus(-1));
                let his = code == before.type_on(night) || code == sleeps_in;
                night >= before.leaves_on() && his
            });
            if !longer {
                *self.0.entry((night, code)).or_default() += 1;
            }
        }
    }

    fn nights(&self) -> Option<NightRange> {
        let first = self.0.first_key_value()?.0.0;
        let last = self.0.last_key_value()?.0.0;
        Some(NightRange::new(first, last.plus(1)))
    }

    /// The highest version of the cells it touches.
    pub fn version(&self, state: &State) -> Result<i64, Halt> {
        self.need(state)?;
        let cells = self
            .0
            .keys()
            .filter_map(|(night, code)| state.loaded_cell(*code, *night));
        Ok(cells.map(|cell| cell.version).max().unwrap_or(0))
    }

    /// Asks for every cell at once, as runs of nights by type.
    fn need(&self, state: &State) -> Result<(), Halt> {
        let mut ranges: BTreeMap<RoomTypeCode, NightRange> = BTreeMap::new();
        for (night, code) in self.0.keys() {
            let range = ranges
                .entry(*code)
                .or_insert(NightRange::new(*night, *night));
            range.to = night.plus(1);
        }
        let mut wants = Vec::new();
        for (code, range) in ranges {
            if let Err(Halt::Missing(missing)) = state.need_cells(code, range) {
                wants.extend(missing);
            }
        }
        if let Some(Err(Halt::Missing(missing))) = self.nights().map(|n| state.need_house_limits(n))
        {
            wants.extend(missing);
        }
        if wants.is_empty() {
            Ok(())
        } else {
            Err(Halt::Missing(wants))
        }
    }
}

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
        for needed in [
            state.need_cells(request.room_type, dates(request)),
            state.need_house_limits(request.nights()),
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

/// Refuses where a type of which more is asked for is not on sale on the night.
pub(super) fn check_conditions(
    state: &State,
    context: &Context,
    demand: &Demand,
) -> Result<(), Halt> {
    if context.override_given {
        return Ok(());
    }
    for ((night, code), rooms) in &demand.0 {
        if *rooms > 0 {
            check_sold(state, *code, *night)?;
        }
    }
    Ok(())
}

/// Day use asks for no room, but for a type that is sold.
pub(super) fn check_day_use(
    state: &State,
    context: &Context,
    wishes: &[StayRequest],
) -> Result<(), Halt> {
    let mut day_use = wishes.iter().filter(|wish| wish.nights().is_empty());
    if context.override_given {
        return Ok(());
    }
    day_use.try_for_each(|wish| check_sold(state, wish.room_type, wish.arrival))
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
        room_type: code,
        night,
    }
    .into())
}

/// Refuses where a night lacks rooms for what is asked for, in the type or in the house.
/// `wishes` are what alternatives are sought for.
pub(super) fn check_rooms(
    state: &State,
    demand: &Demand,
    wishes: &[StayRequest],
) -> Result<(), Halt> {
    if demand.0.values().all(|rooms| *rooms <= 0) {
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
    for ((night, code), rooms) in &demand.0 {
        if *rooms <= 0 {
            continue;
        }
        let available = state.loaded_cell(*code, *night).map_or(0, Cell::available);
        if available < *rooms {
            let pool = Pool::RoomType(*code);
            return Err(short(state, wishes, pool, *night, (*rooms, available))?);
        }
        if let Some((required, available)) = house_short(state, demand, *night)? {
            return Err(short(
                state,
                wishes,
                Pool::House,
                *night,
                (required, available),
            )?);
        }
    }
    Ok(())
}

/// Rooms required and available of the house, where its own limit is set and leaves too few.
fn house_short(state: &State, demand: &Demand, night: Night) -> Result<Option<(i32, i32)>, Halt> {
    let span = (night, RoomTypeCode::LOWEST)..=(night, RoomTypeCode::HIGHEST);
    let required: i32 = demand.0.range(span).map(|entry| *entry.1).sum();
    let Some(available) = house_available(state, night)? else {
        return Ok(None);
    };
    Ok((required > 0 && available < required).then_some((required, available)))
}

/// Rooms that the house may sell on the night, where its own limit is set.
pub(super) fn house_available(state: &State, night: Night) -> Result<Option<i32>, Halt> {
    let one = NightRange::new(night, night.plus(1));
    state.need_house_limits(one)?;
    let Some(limit) = house_limit(state, night) else {
        return Ok(None);
    };
    need_all_types(state, one)?;
    let catalogue = catalogue(state);
    let codes = catalogue.room_types.iter().map(|room_type| room_type.code);
    let cells = codes.filter_map(|code| state.loaded_cell(code, night).copied());
    Ok(Some(house(cells, Some(limit)).available()))
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
    wishes: &[StayRequest],
    room_type: Pool,
    night: Night,
    (required, available): (i32, i32),
) -> Result<Halt, Halt> {
    let wish = wishes.iter().find(|wish| {
        wish.nights().contains(night)
            && (room_type == Pool::House || room_type == Pool::RoomType(wish.room_type))
    });
    let alternatives = match wish {
        Some(wish) => alternatives(state, wish)?,
        None => Vec::new(),
    };
    Ok(Refusal::NoAvailability {
        room_type,
        night,
        required: required.unsigned_abs(),
        available: available.unsigned_abs(),
        alternatives,
        in_other_shares: 0,
    }
    .into())
}
