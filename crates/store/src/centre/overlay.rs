//! Laying the commands that wait over the base.

use keyrack_inventory::corrected::Rows;
use keyrack_inventory::state::Counters;
use keyrack_inventory::{
    Authority, Command, Context, Decision, Halt, Outcome, Refusal, ShortNumber, State, decide,
    evolve,
};
use keyrack_wire::{Queued, Standing};

use super::follow::Following;
use super::inbox;
use super::loading::{asker_at, load_for, load_over};
use crate::error::StoreError;
use crate::load::Asker;

impl Following<'_> {
    /// Lays a queued command over the state. One that does not fit any more is put before a person,
    /// and lies over nothing: the centre answers it.
    pub(super) fn lay(&self, target: &mut State, queued: &Queued) -> Result<Rows, StoreError> {
        let mut rows = Rows::default();
        let outcome = match &queued.outcome {
            Standing::Settled { outcome } => Some(outcome),
            Standing::Asking { outcome } => outcome.as_ref(),
        };
        let Some(outcome) = outcome else {
            return Ok(rows);
        };
        let command = queued.command();
        let command = command.map_err(|error| StoreError::damaged("queue", error))?;
        target.put_counters(counters_before(outcome, target.counters()));
        let unsettled = queued.again.is_some_and(|again| !again.sure);
        if unsettled {
            target.put_desk(&Queued::unsettled_letters(self.letters));
        } else if let Some(number) = number_of(outcome) {
            // What the centre made for a desk that asked has letters of its own.
            let asked = Queued::asked_letters(self.letters);
            if number.letters() == asked {
                target.put_desk(&asked);
            }
        }
        // It is judged by the business date that it carries, here as at the centre.
        let today = target.put_business_date(queued.business_date);
        let authority = match queued.outcome {
            Standing::Settled { .. } => Authority::Promised,
            Standing::Asking { .. } => Authority::Beyond,
        };
        let context = Context {
            command_id: queued.id,
            now: queued.instant,
            if_version: None,
            override_given: queued.override_text.is_some(),
            authority,
        };
        match self.decide(target, &context, &command, queued.actor.as_str())? {
            Ok(decision) => {
                for event in &decision.events {
                    load_for(
                        self.connection,
                        target,
                        asker_at(self.now),
                        event,
                        &self.kept,
                    )?;
                    rows.add(&evolve(target, event, queued.instant));
                }
            }
            Err(refusal) => {
                inbox::conflict(self.connection, queued.id, &refusal, self.now.millis())?;
            }
        }
        if let Some(today) = today {
            target.put_business_date(today);
        }
        target.put_desk(self.letters);
        Ok(rows)
    }

    fn decide(
        &self,
        state: &mut State,
        context: &Context,
        command: &Command,
        actor: &str,
    ) -> Result<Result<Decision, Refusal>, StoreError> {
        let asker = Asker {
            actor,
            now: context.now,
            letters: Some(self.letters),
        };
        loop {
            match decide(state, context, command) {
                Ok(decision) => return Ok(Ok(decision)),
                Err(Halt::Refused(refusal)) => return Ok(Err(*refusal)),
                Err(Halt::Missing(wants)) => {
                    load_over(self.connection, state, asker, &wants, &self.kept)?;
                }
            }
        }
    }
}

fn number_of(outcome: &Outcome) -> Option<&ShortNumber> {
    match outcome {
        Outcome::Reservation { number, .. }
        | Outcome::Hold { number, .. }
        | Outcome::Outage { number, .. }
        | Outcome::Allotment { number, .. } => Some(number),
        _ => None,
    }
}

/// The counters with which the next number is the one that was given.
fn counters_before(outcome: &Outcome, now: Counters) -> Counters {
    let before = |number: &ShortNumber| number.count().saturating_sub(1);
    let mut counters = now;
    match outcome {
        Outcome::Reservation { number, .. } => counters.reservation = before(number),
        Outcome::Hold { number, .. } => counters.hold = before(number),
        Outcome::Outage { number, .. } => counters.outage = before(number),
        Outcome::Allotment { number, .. } => counters.allotment = before(number),
        _ => {}
    }
    counters
}
