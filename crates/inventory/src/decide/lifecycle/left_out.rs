//! Whom a step on a whole reservation leaves out.

use crate::civil::Night;
use crate::ids::StayReference;
use crate::refusal::{Refusal, StayFault};
use crate::state::Halt;
use crate::stay::{Stay, Transition, target};

/// Leaves out who arrives later, as long as the step has somebody else of the whole reservation to go to. Where it has
/// nobody, or the stay that is named arrives later, nobody is left out: the first who does.
pub(super) fn leave_early_out<'a>(
    chosen: &mut Vec<&'a Stay>,
    id: &StayReference,
    transition: Transition,
    today: Night,
) -> Option<&'a Stay> {
    let early = |stay: &&Stay| stay.arrival > today && target(stay.status, transition).is_some();
    let first = chosen.iter().copied().filter(early);
    let first = first.min_by_key(|stay| stay.arrival)?;
    if id.stay.is_some() || chosen.iter().all(early) {
        return Some(first);
    }
    chosen.retain(|stay| !early(stay));
    None
}

/// A whole reservation is reinstated as it ended: without the rooms that an amendment had taken out of it before, as
/// long as it has others.
pub(super) fn leave_dropped_out(chosen: &mut Vec<&Stay>) {
    if chosen.iter().any(|stay| !stay.ending.dropped) {
        chosen.retain(|stay| !stay.ending.dropped);
    }
}

/// Leaves out whose departure is over, as long as somebody else is reinstated; a stay of which no date is left would be
/// charged for nights that no audit pack knows.
pub(super) fn leave_over_out(chosen: &mut Vec<&Stay>, today: Night) -> Result<(), Halt> {
    let over = |stay: &Stay| {
        stay.departure < today && target(stay.status, Transition::Reinstate).is_some()
    };
    match chosen.first() {
        Some(first) if chosen.iter().all(|stay| over(stay)) => {
            Err(Refusal::fault(StayFault::BeforeBusinessDate, Some(first.departure)).into())
        }
        _ => {
            chosen.retain(|stay| !over(stay));
            Ok(())
        }
    }
}
