//! What has to be loaded before an event can be folded.

use crate::civil::NightRange;
use crate::corrected::RowCorrected;
use crate::event::Event;
use crate::ids::{AllotmentId, Reference, RoomTypeCode};
use crate::model::StayRequest;
use crate::refusal::Pool;
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
            wants.extend(picked_up(state, made.stays.iter()));
        }
        Event::RestrictionsSet(set) => match set.room_type {
            Pool::RoomType(code) => set.runs.iter().for_each(|run| cells(code, run.nights)),
            Pool::House => wants.extend(house_limits(state, set.runs.iter().map(|run| run.nights))),
        },
        Event::AllotmentOpened(opened) => blocks(&opened.terms.blocks, &mut cells),
        Event::AllotmentChanged(changed) => {
            blocks(&changed.before.blocks, &mut cells);
            blocks(&changed.after.blocks, &mut cells);
            wants.extend(allotment(state, changed.allotment));
        }
        Event::AllotmentStatusSet(set) => {
            blocks(&set.blocks, &mut cells);
            wants.extend(allotment(state, set.allotment));
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
            wants.extend(house_limits(state, set.runs.iter().map(|run| run.nights)));
        }
        Event::PropertyOpened(_)
        | Event::BusinessDateSet(_)
        | Event::RoomTypeAdded(_)
        | Event::RoomTypeChanged(_)
        | Event::BatchPartlyApplied(_) => {}
        Event::RowCorrected(row) => match row {
            RowCorrected::Catalogue { .. } => {}
            RowCorrected::Cells { cells: rows } => {
                for row in rows {
                    cells(row.room_type, NightRange::new(row.night, row.night.plus(1)));
                }
            }
            RowCorrected::House { nights } => {
                let runs = nights.iter().map(|row| row.night);
                let runs = runs.map(|night| NightRange::new(night, night.plus(1)));
                wants.extend(house_limits(state, runs));
            }
            RowCorrected::Reservation { reservation } => {
                let found = state.reservation(&Reference::Id(reservation.id));
                wants.extend(found.err().map(missing).into_iter().flatten());
            }
            RowCorrected::Hold { hold } => {
                let found = state.hold(&Reference::Id(hold.id));
                wants.extend(found.err().map(missing).into_iter().flatten());
            }
            RowCorrected::Outage { outage } => {
                let found = state.outage(&Reference::Id(outage.id));
                wants.extend(found.err().map(missing).into_iter().flatten());
            }
            RowCorrected::Allotment { allotment: row } => wants.extend(allotment(state, row.id)),
        },
        other => {
            if let Some(change) = other.stays_changed() {
                let stays = change
                    .stays
                    .iter()
                    .flat_map(|diff| [&diff.before, &diff.after]);
                stays
                    .flatten()
                    .for_each(|stay| stay_cells(stay, &mut cells));
                let both = change.stays.iter();
                let both = both.flat_map(|diff| diff.before.iter().chain(&diff.after));
                wants.extend(picked_up(state, both));
                let reservation = state.reservation(&Reference::Id(change.reservation));
                wants.extend(reservation.err().map(missing).into_iter().flatten());
            }
        }
    }
    wants.sort_unstable();
    wants.dedup();
    wants
}

fn blocks(blocks: &[StayRequest], cells: &mut impl FnMut(RoomTypeCode, NightRange)) {
    for block in blocks {
        cells(block.room_type, block.nights());
    }
}

/// The house's limits over those nights, where they are not loaded.
fn house_limits(state: &State, runs: impl Iterator<Item = NightRange>) -> Vec<Want> {
    runs.filter(|nights| state.need_house_limits(*nights).is_err())
        .map(Want::HouseLimits)
        .collect()
}

/// The allotment, where it is not loaded.
fn allotment(state: &State, id: AllotmentId) -> Vec<Want> {
    let found = state.allotment(&Reference::Id(id));
    found.err().map(missing).unwrap_or_default()
}

/// The allotments from which stays were picked up, where they are not loaded.
fn picked_up<'a>(state: &State, stays: impl Iterator<Item = &'a Stay>) -> Vec<Want> {
    stays
        .filter_map(|stay| stay.allotment)
        .flat_map(|id| allotment(state, id))
        .collect()
}

fn missing(halt: crate::state::Halt) -> Vec<Want> {
    match halt {
        crate::state::Halt::Missing(wants) => wants,
        crate::state::Halt::Refused(_) => Vec::new(),
    }
}

fn stay_cells(stay: &Stay, cells: &mut impl FnMut(RoomTypeCode, NightRange)) {
    if stay.takes_inventory() {
        cells(stay.room_type, stay.nights());
        for moved in &stay.moved {
            cells(
                moved.room_type,
                NightRange::new(moved.night, moved.night.plus(1)),
            );
        }
    }
}
