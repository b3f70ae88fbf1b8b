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
/// long as it has others, and without those whose departure is over, which would be charged for nights that no audit
/// pack knows.
///
/// # Errors
/// Where of all that could come back no date is left.
pub(super) fn leave_gone_out(chosen: &mut Vec<&Stay>, today: Night) -> Result<(), Halt> {
    if chosen.iter().any(|stay| !stay.ending.dropped) {
        chosen.retain(|stay| !stay.ending.dropped);
    }
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
