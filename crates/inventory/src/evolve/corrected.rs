//! Folding rows that were put right.

use std::sync::Arc;

use super::Touched;
use crate::cell::Cell;
use crate::corrected::RowCorrected;
use crate::ids::ShortNumber;
use crate::state::{Catalogue, State};

/// Puts the row in the place of what stood there; its version counts one change more.
pub(super) fn put(state: &mut State, corrected: &RowCorrected, touched: &mut Touched) {
    match corrected {
        RowCorrected::Catalogue {
            property,
            desk,
            room_types,
        } => {
            let mut catalogue = Catalogue {
                property: property.clone(),
                desk: desk.clone(),
                room_types: room_types.clone(),
            };
            catalogue.sort();
            state.catalogue = Some(Arc::new(catalogue));
            touched.catalogue = true;
        }
        RowCorrected::Cells { cells } => {
            for row in cells {
                let key = (row.room_type, row.night);
                let before = state.loaded_cell(row.room_type, row.night);
                let version = before.map_or(0, |cell| cell.version) + 1;
                state.cells.insert(
                    key,
                    Some(Cell {
                        version,
                        ..row.cell
                    }),
                );
                touched.cells.push(key);
            }
        }
        RowCorrected::House { nights } => {
            for row in nights {
                super::limit_house(state, row.night, touched, |limit| {
                    limit.overbooking = row.limit.overbooking;
                    limit.restrictions = row.limit.restrictions;
                });
            }
        }
        RowCorrected::Reservation { reservation } => {
            let mut row = reservation.clone();
            let before = state.loaded_reservation(row.id);
            row.version = before.map_or(0, |found| found.version) + 1;
            let both = before.into_iter().flat_map(|found| &found.stays);
            let mut stays: Vec<u16> = both.chain(&row.stays).map(|stay| stay.stay).collect();
            stays.sort_unstable();
            stays.dedup();
            touched.stays = stays;
            touched.moved_nights = true;
            touched.reservation = Some(row.id);
            let numbers = &mut state.reservation_numbers;
            numbers.insert(row.number.clone(), Some(row.id));
            count(&mut state.counters.reservation, &row.number);
            state.reservations.insert(row.id, Some(row));
        }
        RowCorrected::Hold { hold } => {
            let mut row = hold.clone();
            row.version = state.loaded_hold(row.id).map_or(0, |found| found.version) + 1;
            touched.hold = Some(row.id);
            state.hold_numbers.insert(row.number.clone(), Some(row.id));
            count(&mut state.counters.hold, &row.number);
            state.holds.insert(row.id, Some(row));
        }
        RowCorrected::Outage { outage } => {
            let row = outage.clone();
            touched.outage = Some(row.id);
            state
                .outage_numbers
                .insert(row.number.clone(), Some(row.id));
            count(&mut state.counters.outage, &row.number);
            state.outages.insert(row.id, Some(row));
        }
        RowCorrected::Allotment { allotment } => {
            let mut row = allotment.clone();
            let before = state.loaded_allotment(row.id);
            row.version = before.map_or(0, |found| found.version) + 1;
            touched.allotments.push(row.id);
            let numbers = &mut state.allotment_numbers;
            numbers.insert(row.number.clone(), Some(row.id));
            count(&mut state.counters.allotment, &row.number);
            state.allotments.insert(row.id, Some(row));
        }
    }
}

/// The next number comes after every one that is there.
fn count(counter: &mut u64, number: &ShortNumber) {
    if !number.is_given_up() {
        *counter = (*counter).max(number.count());
    }
}
