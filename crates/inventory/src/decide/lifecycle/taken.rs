//! What a step takes again is weighed like a sale.

use crate::decide::demand::Demand;
use crate::decide::sale::{check_conditions, check_rooms};
use crate::decide::{Context, catalogue, restrict};
use crate::event::{Event, StayDiff};
use crate::model::StayRequest;
use crate::state::{Halt, State};
use crate::stay::{Stay, StayStatus};

/// What a step takes again has to be there; what a guest in the house takes is a fact.
/// `changed` are the allotments that have more rooms with it.
pub(super) fn check_taken(
    state: &State,
    context: &Context,
    diffs: &[StayDiff],
    changed: &[Event],
) -> Result<(), Halt> {
    let today = catalogue(state).property.business_date;
    let mut demand = Demand::default();
    demand.add_changed(state, changed)?;
    let mut wishes = Vec::new();
    for diff in diffs {
        let (before, after) = (diff.before.as_ref(), diff.after.as_ref());
        let is = |stay: Option<&Stay>, status| stay.is_some_and(|stay| stay.status == status);
        // Who is let in without a promise is a fact.
        if is(before, StayStatus::NeedsConfirmation) && is(after, StayStatus::CheckedIn) {
            continue;
        }
        demand.add_change(before, after, today);
        wishes.extend(diff.after.as_ref().map(|stay| StayRequest {
            room_type: stay.room_type,
            arrival: stay.arrival,
            departure: stay.departure,
            rooms: 1,
        }));
    }
    let demand = demand.settled(state)?;
    check_conditions(state, context, &demand)?;
    restrict::check_diffs(state, context, diffs)?;
    check_rooms(state, context, &demand, &wishes)
}
