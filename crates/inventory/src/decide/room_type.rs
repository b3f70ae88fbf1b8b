//! The life of a room type: draft, on sale, stopped, retired from a night on; never deleted.

use super::calendar::{new_nights, nights_opened};
use super::limits::{check_limits, physical_set};
use super::{Decision, HORIZON_NIGHTS, Outcome, catalogue};
use crate::civil::{Night, NightRange};
use crate::event::{Event, RoomTypeAdded, RoomTypeChanged};
use crate::ids::{Name, RoomTypeCode};
use crate::model::{RoomType, RoomTypeStatus};
use crate::refusal::{Refusal, StayFault};
use crate::state::{Halt, State};

pub(super) fn add(
    state: &State,
    code: RoomTypeCode,
    name: &Name,
    rank: Option<u32>,
    (rooms, overbooking): (i32, i32),
) -> Result<Decision, Halt> {
    let catalogue = catalogue(state);
    if catalogue.room_type(code).is_some() {
        return Err(Refusal::DuplicateRoomType { room_type: code }.into());
    }
    check_limits(Some(rooms), Some(overbooking))?;
    let highest = catalogue
        .room_types
        .iter()
        .map(|room_type| room_type.rank)
        .max();
    let rank = rank.unwrap_or(highest.map_or(1, |highest| highest.saturating_add(1)));
    let life = RoomTypeStatus::Draft;
    let room_type = RoomType {
        code,
        name: name.clone(),
        rank,
        rooms,
        overbooking,
        life,
    };
    Ok(done(
        code,
        vec![Event::RoomTypeAdded(RoomTypeAdded { room_type })],
    ))
}

fn done(code: RoomTypeCode, events: Vec<Event>) -> Decision {
    Decision {
        events,
        outcome: Outcome::RoomType { code },
    }
}

fn find(state: &State, code: RoomTypeCode) -> Result<RoomType, Halt> {
    let found = catalogue(state).room_type(code).cloned();
    found.ok_or_else(|| {
        Refusal::UnknownRoomType {
            id: code.to_string(),
        }
        .into()
    })
}

fn changed(before: RoomType, after: RoomType) -> Decision {
    let code = after.code;
    let same = before == after;
    let event = Event::RoomTypeChanged(RoomTypeChanged { before, after });
    done(code, if same { Vec::new() } else { vec![event] })
}

pub(super) fn rename(state: &State, code: RoomTypeCode, name: &Name) -> Result<Decision, Halt> {
    let before = find(state, code)?;
    let after = RoomType {
        name: name.clone(),
        ..before.clone()
    };
    Ok(changed(before, after))
}

pub(super) fn rank(state: &State, code: RoomTypeCode, rank: u32) -> Result<Decision, Halt> {
    let before = find(state, code)?;
    let after = RoomType {
        rank,
        ..before.clone()
    };
    Ok(changed(before, after))
}

fn illegal(room_type: &RoomType, to: &str, allowed: &[&str]) -> Halt {
    Refusal::IllegalTransition {
        id: room_type.code.to_string(),
        from: room_type.life.as_str().to_owned(),
        to: to.to_owned(),
        allowed: allowed.iter().map(|step| (*step).to_owned()).collect(),
        arrival: None,
    }
    .into()
}

fn steps(life: RoomTypeStatus) -> &'static [&'static str] {
    match life {
        RoomTypeStatus::Draft => &["sell", "retire"],
        RoomTypeStatus::OnSale => &["stop", "retire"],
        RoomTypeStatus::Stopped => &["reactivate", "retire"],
        RoomTypeStatus::Retired { .. } => &["reactivate"],
    }
}

/// The type with its new status, where its present one allows the step.
fn step(
    state: &State,
    code: RoomTypeCode,
    to: &str,
    life: RoomTypeStatus,
) -> Result<(RoomType, RoomType), Halt> {
    let before = find(state, code)?;
    let allowed = steps(before.life);
    if !allowed.contains(&to) {
        return Err(illegal(&before, to, allowed));
    }
    let after = RoomType {
        life,
        ..before.clone()
    };
    Ok((before, after))
}

/// Puts a draft on sale and opens its nights up to the end of the horizon.
pub(super) fn sell(state: &State, code: RoomTypeCode) -> Result<Decision, Halt> {
    let (before, after) = step(state, code, "sell", RoomTypeStatus::OnSale)?;
    let opened = new_nights(state, &after, horizon(state))?;
    let mut decision = changed(before, after);
    decision.events.extend(nights_opened(opened).events);
    Ok(decision)
}

fn horizon(state: &State) -> NightRange {
    let today = catalogue(state).property.business_date;
    NightRange::new(today, today.plus(HORIZON_NIGHTS))
}

pub(super) fn stop(state: &State, code: RoomTypeCode) -> Result<Decision, Halt> {
    let (before, after) = step(state, code, "stop", RoomTypeStatus::Stopped)?;
    Ok(changed(before, after))
}

/// Nights of the type that may be open from a night on.
fn beyond(state: &State, from: Night) -> NightRange {
    let today = catalogue(state).property.business_date;
    NightRange::new(from, today.plus(super::FARTHEST_NIGHT))
}

/// Retires a type from a night on: it has no rooms from there. Refused while something lies beyond.
pub(super) fn retire(state: &State, code: RoomTypeCode, from: Night) -> Result<Decision, Halt> {
    find(state, code)?;
    check_not_past(state, from)?;
    let (before, after) = step(state, code, "retire", RoomTypeStatus::Retired { from })?;
    let today = catalogue(state).property.business_date;
    if before.life == RoomTypeStatus::Stopped && from > today {
        return Err(Refusal::fault(StayFault::SoldUntilThen, Some(from)).into());
    }
    check_unused(state, code, from)?;
    let range = beyond(state, from);
    state.need_cells(code, range)?;
    let mut decision = changed(before, after);
    let set = physical_set(state, code, range, |_| 0);
    decision.events.extend(set);
    Ok(decision)
}

/// The past stays as it was.
fn check_not_past(state: &State, from: Night) -> Result<(), Halt> {
    if from >= catalogue(state).property.business_date {
        return Ok(());
    }
    let (arrival, departure, rooms) = (Some(from), None, None);
    Err(Refusal::InvalidStay {
        arrival,
        departure,
        rooms,
        why: StayFault::BeforeBusinessDate,
        night: Some(from),
    }
    .into())
}

/// Refuses while bookings, holds or outages lie on or beyond the night.
pub(super) fn check_unused(state: &State, code: RoomTypeCode, from: Night) -> Result<(), Halt> {
    let used = state.uses_beyond(code, from)?;
    if used.count == 0 {
        return Ok(());
    }
    let (by, count) = (used.numbers, used.count);
    Err(Refusal::RoomTypeInUse {
        room_type: code,
        by,
        count,
    }
    .into())
}

/// Sells a stopped or retired type again, with the rooms it had on each night.
pub(super) fn reactivate(state: &State, code: RoomTypeCode) -> Result<Decision, Halt> {
    let (before, after) = step(state, code, "reactivate", RoomTypeStatus::OnSale)?;
    let mut events = Vec::new();
    if let RoomTypeStatus::Retired { from } = before.life {
        let range = beyond(state, from);
        state.need_cells(code, range)?;
        events.extend(given_back(state, &after, range)?);
        let opened = new_nights(state, &after, horizon(state))?;
        events.extend(nights_opened(opened).events);
    }
    let mut decision = changed(before, after);
    decision.events.extend(events);
    Ok(decision)
}

/// The rooms that the retirement took, on the nights that still have none; those of the type where
/// nobody knows what it took.
fn given_back(
    state: &State,
    room_type: &RoomType,
    range: NightRange,
) -> Result<Option<Event>, Halt> {
    let code = room_type.code;
    let Some(taken) = state.retirement(code)? else {
        let range = open_part(state, code, range);
        return Ok(physical_set(state, code, range, |_| room_type.rooms));
    };
    let becomes = |night| {
        let now = state
            .loaded_cell(code, night)
            .map_or(0, |cell| cell.physical);
        let run = taken.iter().find(|run| run.nights.contains(night));
        run.filter(|run| run.after == now)
            .map_or(now, |run| run.before)
    };
    Ok(physical_set(state, code, range, becomes))
}

/// The part of the range up to the last open night.
fn open_part(state: &State, code: RoomTypeCode, range: NightRange) -> NightRange {
    let last = range
        .iter()
        .rev()
        .find(|night| state.loaded_cell(code, *night).is_some());
    NightRange::new(range.from, last.map_or(range.from, |night| night.plus(1)))
}
