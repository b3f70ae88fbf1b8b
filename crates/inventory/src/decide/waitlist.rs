//! The waitlist: a room that is free is offered to the oldest who fits.

use super::lifecycle::{self, Step};
use super::reserve::find;
use super::{Context, Decision, Outcome, catalogue};
use crate::civil::Night;
use crate::ids::{Reference, StayReference};
use crate::refusal::{Refusal, StayFault};
use crate::state::{Halt, State};
use crate::stay::{Stay, StayStatus, Transition};

/// Keeps a room for the one who is named, or for the oldest who fits, until the option date.
pub(super) fn offer(
    state: &State,
    context: &Context,
    id: Option<&StayReference>,
    option_until: Option<Night>,
) -> Result<Decision, Halt> {
    let today = catalogue(state).property.business_date;
    if option_until.is_some_and(|until| until < today) {
        return Err(Refusal::fault(StayFault::OptionOutOfRange, option_until).into());
    }
    let step = Step {
        option_until: Some(option_until.unwrap_or(today.plus(1))),
        ..Step::new(Transition::Offer, None)
    };
    let Some(id) = id else {
        return oldest(state, context, &step, today);
    };
    let (_, stays) = find(state, id)?;
    let waits = |stay: &&&Stay| stay.status == StayStatus::Waitlisted && stay.arrival < today;
    if let Some(over) = stays.iter().find(waits) {
        return Err(Refusal::fault(StayFault::BeforeBusinessDate, Some(over.arrival)).into());
    }
    lifecycle::transition(state, context, &step, std::slice::from_ref(id))
}

fn oldest(
    state: &State,
    context: &Context,
    step: &Step<'_>,
    today: Night,
) -> Result<Decision, Halt> {
    for waiting in state.waiting()? {
        let mut stays = waiting.stays.iter();
        let past = |status, arrival| status == StayStatus::Waitlisted && arrival < today;
        if stays.any(|stay| past(stay.status, stay.arrival)) {
            continue;
        }
        let id = StayReference {
            reservation: Reference::Id(waiting.id),
            stay: None,
        };
        match lifecycle::transition(state, context, step, &[id]) {
            Err(Halt::Refused(_)) => {}
            offered => return offered,
        }
    }
    Ok(Decision {
        events: Vec::new(),
        outcome: Outcome::Done,
    })
}
