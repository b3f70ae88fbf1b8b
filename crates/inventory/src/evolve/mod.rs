//! `evolve`: the fold of events into state. Total: no event is ever refused here.
//!
//! Every count is changed here and nowhere else, at desk and centre alike; a rebuild folds all
//! events through it again. An event changes the version of a cell by one, however many rooms of it
//! change, and not at all where the changes cancel out.

mod allotment;
mod corrected;
mod outage;
mod party;
mod wanted;

use std::sync::Arc;

use crate::cell::{Cell, HouseLimit};
use crate::civil::{Instant, Night};
use crate::event::{Event, LimitSet, NightsOpened, OpenedNights, ReservationMade, StaysChanged};
use crate::ids::{AllotmentId, HoldId, OutageId, ReservationId, RoomTypeCode};
use crate::model::{Hold, HoldStatus, Reservation, RoomType, StayRequest};
use crate::refusal::Pool;
use crate::restriction::RestrictionsSet;
use crate::state::{Catalogue, State};
use crate::stay::Stay;

pub use wanted::wanted;

/// What an event changed, so that a store can write just that.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Touched {
    /// The property or a room type changed.
    pub catalogue: bool,
    /// Cells whose counts changed, each once.
    pub cells: Vec<(RoomTypeCode, Night)>,
    /// Nights whose house limit changed.
    pub house_limits: Vec<Night>,
    /// A reservation that was made or changed.
    pub reservation: Option<ReservationId>,
    /// Whether what is known of it beside its stays changed.
    pub details: bool,
    /// The stays of it that changed, by number.
    pub stays: Vec<u16>,
    /// Whether any of those stays had or has nights that were moved to other types.
    pub moved_nights: bool,
    /// A hold that was placed or changed.
    pub hold: Option<HoldId>,
    /// An outage that was placed or changed.
    pub outage: Option<OutageId>,
    /// Allotments that were opened, changed or picked up.
    pub allotments: Vec<AllotmentId>,
}

/// Which count of a cell moves.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Count {
    Sold,
    Held,
    OutOfOrder,
    Blocked,
}

/// Rooms by which a count of a cell moves.
type Delta = (RoomTypeCode, Night, Count, i32);

/// Folds one event, which happened at `at`, into the state.
pub fn evolve(state: &mut State, event: &Event, at: Instant) -> Touched {
    let mut touched = Touched::default();
    match event {
        Event::PropertyOpened(opened) => {
            state.catalogue = Some(Arc::new(Catalogue {
                property: opened.property.clone(),
                desk: opened.desk.clone(),
                room_types: Vec::new(),
            }));
            touched.catalogue = true;
        }
        Event::BusinessDateSet(set) => {
            change_catalogue(state, |catalogue| {
                catalogue.property.business_date = set.after
            });
            touched.catalogue = true;
        }
        Event::RoomTypeAdded(added) => put_room_type(state, &added.room_type, &mut touched),
        Event::RoomTypeChanged(changed) => put_room_type(state, &changed.after, &mut touched),
        Event::NightsOpened(opened) => open_nights(state, opened, &mut touched),
        Event::PhysicalSet(set) => {
            set_limit(state, set, &mut touched, |cell, rooms| {
                cell.physical = rooms
            });
        }
        Event::OverbookingSet(set) => {
            set_limit(state, set, &mut touched, |cell, rooms| {
                cell.overbooking = rooms
            });
        }
        Event::HouseOverbookingSet(set) => {
            for run in &set.runs {
                for night in run.nights.iter() {
                    limit_house(state, night, &mut touched, |limit| {
                        limit.overbooking = run.after;
                    });
                }
            }
        }
        Event::ReservationMade(made) => make_reservation(state, made, at, &mut touched),
        Event::HoldPlaced(placed) => {
            let hold = Hold {
                id: placed.hold,
                number: placed.number.clone(),
                version: 1,
                stays: placed.stays.clone(),
                status: HoldStatus::Active,
                expires_at: placed.expires_at,
                reference: placed.reference,
            };
            state.counters.hold = state.counters.hold.max(placed.number.count());
            state
                .hold_numbers
                .insert(placed.number.clone(), Some(placed.hold));
            state.holds.insert(placed.hold, Some(hold));
            touched.hold = Some(placed.hold);
            move_counts(state, held(&placed.stays, 1), &mut touched);
        }
        Event::HoldExtended(extended) => {
            if let Some(Some(hold)) = state.holds.get_mut(&extended.hold) {
                hold.expires_at = extended.after;
                hold.version += 1;
                touched.hold = Some(extended.hold);
            }
        }
        Event::HoldEnded(ended) => {
            if let Some(Some(hold)) = state.holds.get_mut(&ended.hold) {
                hold.status = ended.status;
                hold.version += 1;
                touched.hold = Some(ended.hold);
            }
            move_counts(state, held(&ended.stays, -1), &mut touched);
        }
        Event::OutagePlaced(placed) => outage::place(state, &placed.outage, &mut touched),
        Event::OutageEndSet(set) => outage::end(state, set.outage, set.after, &mut touched),
        Event::RestrictionsSet(set) => restrict(state, set, &mut touched),
        Event::AllotmentOpened(opened) => allotment::open(state, opened, &mut touched),
        Event::AllotmentChanged(changed) => {
            allotment::change(state, changed.allotment, &mut touched, |allotment| {
                allotment.terms.clone_from(&changed.after);
            });
        }
        Event::AllotmentStatusSet(set) => {
            allotment::change(state, set.allotment, &mut touched, |allotment| {
                allotment.status = set.after;
            });
        }
        Event::BatchPartlyApplied(_) => {}
        Event::RowCorrected(row) => corrected::put(state, row, &mut touched),
        other => {
            if let Some(change) = other.stays_changed() {
                change_stays(state, change, &mut touched);
            }
            party::change(state, other, &mut touched);
        }
    }
    touched
}

fn change_catalogue(state: &mut State, change: impl FnOnce(&mut Catalogue)) {
    if let Some(catalogue) = state.catalogue.as_mut() {
        let catalogue = Arc::make_mut(catalogue);
        change(catalogue);
        catalogue.sort();
    }
}

fn put_room_type(state: &mut State, room_type: &RoomType, touched: &mut Touched) {
    touched.catalogue = true;
    change_catalogue(state, |catalogue| {
        match catalogue
            .room_types
            .iter_mut()
            .find(|known| known.code == room_type.code)
        {
            Some(known) => known.clone_from(room_type),
            None => catalogue.room_types.push(room_type.clone()),
        }
    });
}

fn open_nights(state: &mut State, opened: &NightsOpened, touched: &mut Touched) {
    for OpenedNights {
        room_type,
        nights,
        physical,
        overbooking,
    } in &opened.opened
    {
        for night in nights.iter() {
            let slot = state.cells.entry((*room_type, night)).or_default();
            if slot.is_none() {
                *slot = Some(Cell {
                    physical: *physical,
                    overbooking: *overbooking,
                    version: 1,
                    ..Cell::default()
                });
                touched.cells.push((*room_type, night));
            }
        }
    }
}

fn set_limit(
    state: &mut State,
    set: &LimitSet,
    touched: &mut Touched,
    change: impl Fn(&mut Cell, i32),
) {
    for run in &set.runs {
        for night in run.nights.iter() {
            if let Some(Some(cell)) = state.cells.get_mut(&(set.room_type, night)) {
                change(cell, run.after);
                cell.version += 1;
                touched.cells.push((set.room_type, night));
            }
        }
    }
}

fn limit_house(
    state: &mut State,
    night: Night,
    touched: &mut Touched,
    change: impl FnOnce(&mut HouseLimit),
) {
    let mut limit = state.loaded_house_limit(night).unwrap_or_default();
    change(&mut limit);
    limit.version += 1;
    state.house_limits.insert(night, Some(limit));
    touched.house_limits.push(night);
}

fn restrict(state: &mut State, set: &RestrictionsSet, touched: &mut Touched) {
    for run in &set.runs {
        for night in run.nights.iter() {
            match set.room_type {
                Pool::House => limit_house(state, night, touched, |limit| {
                    limit.restrictions = run.after;
                }),
                Pool::RoomType(code) => {
                    if let Some(Some(cell)) = state.cells.get_mut(&(code, night)) {
                        cell.restrictions = run.after;
                        cell.version += 1;
                        touched.cells.push((code, night));
                    }
                }
            }
        }
    }
}

fn make_reservation(state: &mut State, made: &ReservationMade, at: Instant, touched: &mut Touched) {
    // One that is there was taken back at this desk, and the centre has it after all.
    let before = state.loaded_reservation(made.reservation);
    let version = before.map_or(0, |found| found.version) + 1;
    let stays = before.into_iter().flat_map(|found| &found.stays);
    let mut stays: Vec<u16> = stays.chain(&made.stays).map(|stay| stay.stay).collect();
    stays.sort_unstable();
    stays.dedup();
    let reservation = Reservation {
        id: made.reservation,
        number: made.number.clone(),
        version,
        created_at: at,
        details: made.details.clone(),
        replaced: before.map_or_else(Default::default, |found| found.replaced.clone()),
        stays: made.stays.clone(),
    };
    state.counters.reservation = state.counters.reservation.max(made.number.count());
    state
        .reservation_numbers
        .insert(made.number.clone(), Some(made.reservation));
    state
        .reservations
        .insert(made.reservation, Some(reservation));
    touched.reservation = Some(made.reservation);
    touched.stays = stays;
    touched.moved_nights = version > 1 || made.stays.iter().any(|stay| !stay.moved.is_empty());
    let taken = made.stays.iter().flat_map(Stay::taken);
    let mut deltas: Vec<Delta> = taken
        .map(|(code, night)| (code, night, Count::Sold, 1))
        .collect();
    let picks = made.stays.iter().map(|stay| (stay, 1));
    deltas.extend(allotment::pick(state, picks, touched));
    move_counts(state, deltas, touched);
}

fn change_stays(state: &mut State, change: &StaysChanged, touched: &mut Touched) {
    let mut deltas: Vec<Delta> = Vec::new();
    for diff in &change.stays {
        let before = diff.before.iter().flat_map(Stay::taken);
        deltas.extend(before.map(|(code, night)| (code, night, Count::Sold, -1)));
        let after = diff.after.iter().flat_map(Stay::taken);
        deltas.extend(after.map(|(code, night)| (code, night, Count::Sold, 1)));
    }
    let picks = change.stays.iter().flat_map(|diff| {
        let before = diff.before.iter().map(|stay| (stay, -1));
        before.chain(diff.after.iter().map(|stay| (stay, 1)))
    });
    deltas.extend(allotment::pick(state, picks, touched));
    if let Some(Some(reservation)) = state.reservations.get_mut(&change.reservation) {
        for diff in &change.stays {
            let number = diff
                .after
                .as_ref()
                .or(diff.before.as_ref())
                .map(|stay| stay.stay);
            let Some(number) = number else { continue };
            let sides = diff.before.iter().chain(&diff.after);
            touched.moved_nights |= sides.into_iter().any(|stay| !stay.moved.is_empty());
            reservation.stays.retain(|stay| stay.stay != number);
            reservation.stays.extend(diff.after.clone());
            touched.stays.push(number);
        }
        reservation.stays.sort_by_key(|stay| stay.stay);
        reservation.version += 1;
        touched.reservation = Some(change.reservation);
    }
    move_counts(state, deltas, touched);
}

fn held(stays: &[StayRequest], sign: i32) -> Vec<Delta> {
    let rooms = |stay: &StayRequest| sign * i32::try_from(stay.rooms).unwrap_or(i32::MAX);
    let nights = |stay: &StayRequest| stay.nights().iter();
    stays
        .iter()
        .flat_map(|stay| {
            nights(stay).map(move |night| (stay.room_type, night, Count::Held, rooms(stay)))
        })
        .collect()
}

/// Adds up the deltas of each cell and applies what is left of them. A cell changes once, whichever
/// of its counts move.
fn move_counts(state: &mut State, mut deltas: Vec<Delta>, touched: &mut Touched) {
    deltas.sort_unstable();
    for cell in deltas.chunk_by(|one, next| (one.0, one.1) == (next.0, next.1)) {
        let mut moved: Vec<(Count, i32)> = Vec::with_capacity(2);
        for counted in cell.chunk_by(|one, next| one.2 == next.2) {
            let sum = counted.iter().map(|delta| delta.3).sum();
            if sum != 0 {
                moved.push((counted[0].2, sum));
            }
        }
        let (code, night) = (cell[0].0, cell[0].1);
        if moved.is_empty() {
            continue;
        }
        // A night that was never opened has no cell: decide lets no stay take one.
        if let Some(Some(cell)) = state.cells.get_mut(&(code, night)) {
            for (count, sum) in moved {
                match count {
                    Count::Sold => cell.sold += sum,
                    Count::Held => cell.held += sum,
                    Count::OutOfOrder => cell.out_of_order += sum,
                    Count::Blocked => cell.blocked += sum,
                }
            }
            cell.version += 1;
            touched.cells.push((code, night));
        }
    }
}
