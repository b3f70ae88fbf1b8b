//! A step of several reservations or stays: each stands alone.

use super::{Step, one};
use crate::decide::{Context, Decision, Failed, Outcome, advance};
use crate::event::BatchPartlyApplied;
use crate::event::Event;
use crate::evolve::wanted;
use crate::ids::StayReference;
use crate::state::{Halt, State};

pub(super) fn batch(
    state: &State,
    context: &Context,
    step: &Step<'_>,
    ids: &[StayReference],
) -> Result<Decision, Halt> {
    need_all(state, context, step, ids)?;
    let begun = state;
    let mut state = begun.clone();
    let (mut events, mut done, mut failed) = (Vec::new(), Vec::new(), Vec::new());
    for id in ids {
        match one(&state, context, step, id).map(|(events, _)| events) {
            Ok(made) => {
                for event in made {
                    advance(&mut state, begun, context, &event)?;
                    events.push(event);
                }
                done.push(id.to_string());
            }
            Err(Halt::Refused(error)) => failed.push(Failed {
                id: id.to_string(),
                error: *error,
            }),
            Err(missing) => return Err(missing),
        }
    }
    if !done.is_empty() && !failed.is_empty() {
        let count = |list: usize| u32::try_from(list).unwrap_or(u32::MAX);
        let (done, failed) = (count(done.len()), count(failed.len()));
        events.push(Event::BatchPartlyApplied(BatchPartlyApplied {
            done,
            failed,
        }));
    }
    Ok(Decision {
        events,
        outcome: Outcome::Batch { done, failed },
    })
}

/// Asks at once for what all of them need, so that a long batch is loaded in a few goes.
fn need_all(
    state: &State,
    context: &Context,
    step: &Step<'_>,
    ids: &[StayReference],
) -> Result<(), Halt> {
    let mut wants = Vec::new();
    for id in ids {
        match one(state, context, step, id) {
            // What folding its events reads is loaded at once too, and not for one after the other.
            Ok((events, _)) => wants.extend(events.iter().flat_map(|event| wanted(state, event))),
            Err(Halt::Missing(missing)) => wants.extend(missing),
            Err(Halt::Refused(_)) => {}
        }
    }
    wants.sort_unstable();
    wants.dedup();
    if wants.is_empty() {
        Ok(())
    } else {
        Err(Halt::Missing(wants))
    }
}
