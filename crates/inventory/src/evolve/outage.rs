//! Rooms out of order, and back.

use super::{Count, Delta, Touched, move_counts};
use crate::civil::Night;
use crate::ids::OutageId;
use crate::model::Outage;
use crate::state::State;

pub(super) fn place(state: &mut State, outage: &Outage, touched: &mut Touched) {
    let rooms = i32::try_from(outage.rooms).unwrap_or(i32::MAX);
    let deltas = outage
        .deducts()
        .iter()
        .map(|night| (outage.room_type, night, Count::OutOfOrder, rooms))
        .collect();
    state.counters.outage = state.counters.outage.max(outage.number.count());
    state
        .outage_numbers
        .insert(outage.number.clone(), Some(outage.id));
    state.outages.insert(outage.id, Some(outage.clone()));
    touched.outage = Some(outage.id);
    move_counts(state, deltas, touched);
}

pub(super) fn end(state: &mut State, id: OutageId, back_on: Night, touched: &mut Touched) {
    let Some(Some(outage)) = state.outages.get_mut(&id) else {
        return;
    };
    let rooms = i32::try_from(outage.rooms).unwrap_or(i32::MAX);
    let code = outage.room_type;
    let mut deltas: Vec<Delta> = outage
        .deducts()
        .iter()
        .map(|night| (code, night, Count::OutOfOrder, -rooms))
        .collect();
    outage.back_on = back_on;
    let now = outage.deducts().iter();
    deltas.extend(now.map(|night| (code, night, Count::OutOfOrder, rooms)));
    touched.outage = Some(id);
    move_counts(state, deltas, touched);
}
