//! What has to be loaded before an event can be folded.

use crate::civil::NightRange;
use crate::event::Event;
use crate::ids::{Reference, RoomTypeCode};
use crate::state::{State, Want};
use crate::stay::Stay;

/// What has to be loaded before the event can be folded.
pub fn wanted(state: &State, event: &Event) -> Vec<Want> {
    let mut wants = Vec::new();
    let mut cells = |code: RoomTypeCode, nights: NightRange| {
        if state.need_cells(code, nights).is_err() {
            wants.push(Want::Cells(code, nights));
        }
    };
    match event {
        Event::NightsOpened(opened) => {
            opened
                .opened
                .iter()
                .for_each(|part| cells(part.room_type, part.nights));
        }
        Event::PhysicalSet(set) | Event::OverbookingSet(set) => {
            set.runs
                .iter()
                .for_each(|run| cells(set.room_type, run.nights));
        }
        Event::ReservationMade(made) => {
            made.stays
                .iter()
                .for_each(|stay| stay_cells(stay, &mut cells));
        }
        Event::HoldPlaced(placed) => {
            placed
                .stays
                .iter()
                .for_each(|stay| cells(stay.room_type, stay.nights()));
        }
        Event::HoldEnded(ended) => {
            ended
                .stays
                .iter()
                .for_each(|stay| cells(stay.room_type, stay.nights()));
            wants.extend(
                state
                    .hold(&Reference::Id(ended.hold))
                    .err()
                    .map(missing)
                    .into_iter()
                    .flatten(),
            );
        }
        Event::HoldExtended(extended) => {
            wants.extend(
                state
                    .hold(&Reference::Id(extended.hold))
                    .err()
                    .map(missing)
                    .into_iter()
                    .flatten(),
            );
        }
        Event::OutagePlaced(placed) => cells(placed.outage.room_type, placed.outage.deducts()),
        Event::OutageEndSet(set) => match state.outage(&Reference::Id(set.outage)) {
            Ok(Some(outage)) => {
                let last = set.before.max(set.after);
                cells(outage.room_type, NightRange::new(outage.from, last));
            }
            Ok(None) => {}
            Err(halt) => wants.extend(missing(halt)),
        },
        Event::HouseOverbookingSet(set) => {
            for run in &set.runs {
                if state.need_house_limits(run.nights).is_err() {
                    wants.push(Want::HouseLimits(run.nights));
                }
            }
        }
        Event::PropertyOpened(_)
        | Event::BusinessDateSet(_)
        | Event::RoomTypeAdded(_)
        | Event::RoomTypeChanged(_)
        | Event::BatchPartlyApplied(_) => {}
        other => {
            if let Some(change) = other.stays_changed() {
                let stays = change
                    .stays
                    .iter()
                    .flat_map(|diff| [&diff.before, &diff.after]);
                stays
                    .flatten()
                    .for_each(|stay| stay_cells(stay, &mut cells));
                let reservation = state.reservation(&Reference::Id(change.reservation));
                wants.extend(reservation.err().map(missing).into_iter().flatten());
            }
        }
    }
    wants.sort_unstable();
    wants.dedup();
    wants
}

fn missing(halt: crate::state::Halt) -> Vec<Want> {
    match halt {
        crate::state::Halt::Missing(wants) => wants,
        crate::state::Halt::Refused(_) => Vec::new(),
    }
}

fn stay_cells(stay: &Stay, cells: &mut impl FnMut(RoomTypeCode, NightRange)) {
    if stay.status.takes_inventory() {
        cells(stay.room_type, stay.nights());
        for moved in &stay.moved {
            cells(
                moved.room_type,
                NightRange::new(moved.night, moved.night.plus(1)),
            );
        }
    }
}
