//! What commands would come to: decided on a snapshot of the file, and written nowhere.

use keyrack_inventory::evolve::wanted;
use keyrack_inventory::{Decision, Outcome, Refusal, State, evolve};
use rusqlite::Connection;

use crate::apply::{decide_loaded, sweep};
use crate::envelope::Envelope;
use crate::error::StoreError;
use crate::load::{Asker, load, load_base};

/// Commands weighed one after the other, each on what those before it would have come to.
#[derive(Debug)]
pub struct Weighing<'a> {
    connection: &'a Connection,
    state: State,
    swept: bool,
}

impl<'a> Weighing<'a> {
    pub(crate) fn new(connection: &'a Connection) -> Result<Self, StoreError> {
        let Some((catalogue, counters)) = load_base(connection, &mut None)? else {
            return Err(StoreError::damaged(
                "property",
                "the file holds no property",
            ));
        };
        Ok(Self {
            connection,
            state: State::slice(Some(catalogue), counters),
            swept: false,
        })
    }

    /// What the command would come to. Where it would be done, the next one is weighed on that.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn weigh(&mut self, envelope: &Envelope) -> Result<Result<Outcome, Refusal>, StoreError> {
        Ok(match self.decide(envelope)? {
            Ok(decision) => {
                self.take(&decision, envelope)?;
                Ok(decision.outcome)
            }
            Err(refusal) => Err(refusal),
        })
    }

    /// What the command alone would come to.
    pub(crate) fn decide(
        &mut self,
        envelope: &Envelope,
    ) -> Result<Result<Decision, Refusal>, StoreError> {
        if !self.swept {
            // Holds whose time is up are let go in memory alone.
            self.swept = true;
            let sweep = sweep(self.connection, envelope)?;
            let asker = asker(envelope);
            if let Ok(swept) = decide_loaded(self.connection, &mut self.state, asker, &sweep)? {
                self.take(&swept, envelope)?;
            }
        }
        decide_loaded(self.connection, &mut self.state, asker(envelope), envelope)
    }

    fn take(&mut self, decision: &Decision, envelope: &Envelope) -> Result<(), StoreError> {
        for event in &decision.events {
            let wants = wanted(&self.state, event);
            load(self.connection, &mut self.state, asker(envelope), &wants)?;
            evolve(&mut self.state, event, envelope.now);
        }
        Ok(())
    }
}

fn asker(envelope: &Envelope) -> Asker<'_> {
    Asker {
        actor: &envelope.actor,
        now: envelope.now,
        letters: None,
    }
}
