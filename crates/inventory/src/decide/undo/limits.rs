//! The inverses of limits and restrictions.

use crate::civil::Night;
use crate::event::{Event, HouseLimitSet, LimitRun, LimitSet};
use crate::refusal::Pool;
use crate::restriction::RestrictionsSet;
use crate::state::{Halt, State};

pub(super) fn swap_runs<T: Copy>(runs: &[LimitRun<T>]) -> Vec<LimitRun<T>> {
    let swap = |run: &LimitRun<T>| LimitRun {
        nights: run.nights,
        before: run.after,
        after: run.before,
    };
    runs.iter().map(swap).collect()
}

/// Whether the event is about nights that are over, whose limits and restrictions nothing changes any more.
pub(super) fn is_over(event: &Event, today: Night) -> bool {
    let first = match event {
        Event::OverbookingSet(set) | Event::PhysicalSet(set) => first(&set.runs),
        Event::HouseOverbookingSet(set) => first(&set.runs),
        Event::RestrictionsSet(set) => first(&set.runs),
        _ => None,
    };
    first.is_some_and(|night| night < today)
}

fn first<T>(runs: &[LimitRun<T>]) -> Option<Night> {
    runs.iter().map(|run| run.nights.from).min()
}

/// Whether every night still has the value that the event gave it.
pub(super) fn state_of_cells(
    state: &State,
    set: &LimitSet,
    value: impl Fn(&crate::cell::Cell) -> i32,
) -> Result<bool, Halt> {
    for run in &set.runs {
        state.need_cells(set.room_type, run.nights)?;
        let same = |night| {
            let cell = state.loaded_cell(set.room_type, night);
            cell.is_some_and(|cell| value(cell) == run.after)
        };
        if !run.nights.iter().all(same) {
            return Ok(false);
        }
    }
    Ok(true)
}

pub(super) fn unset_house(state: &State, set: &HouseLimitSet) -> Result<Option<Vec<Event>>, Halt> {
    for run in &set.runs {
        state.need_house_limits(run.nights)?;
        let value = |night| {
            state
                .loaded_house_limit(night)
                .and_then(|limit| limit.overbooking)
        };
        if !run.nights.iter().all(|night| value(night) == run.after) {
            return Ok(None);
        }
    }
    let runs = swap_runs(&set.runs);
    Ok(Some(vec![Event::HouseOverbookingSet(HouseLimitSet {
        runs,
    })]))
}

pub(super) fn unrestrict(state: &State, set: &RestrictionsSet) -> Result<Option<Vec<Event>>, Halt> {
    for run in &set.runs {
        let now = |night| match set.room_type {
            Pool::House => state
                .loaded_house_limit(night)
                .map(|limit| limit.restrictions),
            Pool::RoomType(code) => state.loaded_cell(code, night).map(|cell| cell.restrictions),
        };
        match set.room_type {
            Pool::House => state.need_house_limits(run.nights)?,
            Pool::RoomType(code) => state.need_cells(code, run.nights)?,
        }
        if !run.nights.iter().all(|night| now(night) == Some(run.after)) {
            return Ok(None);
        }
    }
    Ok(Some(vec![Event::RestrictionsSet(RestrictionsSet {
        room_type: set.room_type,
        runs: swap_runs(&set.runs),
    })]))
}
