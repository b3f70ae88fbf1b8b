//! What a command is decided on, so that ids and numbers come out as the desk told its guest.

use std::sync::Arc;

use keyrack_inventory::ids::{Numbered, own_letters};
use keyrack_inventory::{Command, Outcome, Reference, ShortNumber, State};
use keyrack_wire::Queued;

use super::Work;
use super::meaning::{asks, told};
use crate::error::CentralError;
use crate::ledger::Records;

impl<R: Records> Work<'_, R> {
    /// What is decided on: the catalogue with the desk's letters and the business date that the command
    /// carries, and counters such that ids and numbers come out as the desk told its guest.
    pub(super) async fn slice(
        &self,
        queued: &Queued,
        command: &Command,
    ) -> Result<State, CentralError> {
        let (mut letters, mut counters) = (self.letters(queued), self.desk.counters);
        if let Some(outcome) = told(queued) {
            match self.is_taken(outcome, &letters).await? {
                true => letters = Queued::asked_letters(self.desk.letters.as_str()),
                false => counters = counters.before(outcome),
            }
        }
        let catalogue = self.property.catalogue.as_deref().map(|catalogue| {
            let mut seen = catalogue.clone();
            seen.desk = letters;
            // The date itself is rolled once, whoever asks for it.
            if !matches!(
                command,
                Command::CloseDay { .. } | Command::SetBusinessDate { .. }
            ) {
                seen.property.business_date = queued.business_date;
            }
            Arc::new(seen)
        });
        Ok(State::slice(catalogue, counters))
    }

    /// The letters of what the command makes. What a desk asked for without a number of its own, or with one
    /// that is beyond doubt nowhere, gets one that no desk gives; and keeps it where it comes again after the
    /// centre was restored from a copy.
    fn letters(&self, queued: &Queued) -> String {
        let own = self.desk.letters.as_str();
        let asked = Queued::asked_letters(own);
        let unsettled = Queued::unsettled_letters(own);
        match told(queued)
            .and_then(Outcome::number)
            .map(ShortNumber::letters)
        {
            Some(letters) if letters == asked || letters == unsettled => asked,
            None if asks(queued) => asked,
            _ => own.to_owned(),
        }
    }

    /// Whether something has that count already: the object that was changed, or, where a desk's file was an
    /// older copy, another one. What is made then gets a number that no desk gives.
    async fn is_taken(&self, outcome: &Outcome, letters: &str) -> Result<bool, CentralError> {
        let (tx, property) = (self.tx, self.property.id);
        let Some(told) = outcome.number() else {
            return Ok(false);
        };
        // One that is unsettled has other letters than it will have.
        let own = |kind| match told.desk() == own_letters(letters) {
            true => ShortNumber::new(letters, kind, told.count()),
            false => told.clone(),
        };
        Ok(match outcome {
            Outcome::Reservation { .. } => {
                let number = Reference::Number(own(Numbered::Reservation));
                tx.reservation(property, &number).await?.is_some()
            }
            Outcome::Hold { .. } => {
                let number = Reference::Number(own(Numbered::Hold));
                tx.hold(property, &number).await?.is_some()
            }
            Outcome::Outage { .. } => {
                let number = Reference::Number(own(Numbered::Outage));
                tx.outage(property, &number).await?.is_some()
            }
            Outcome::Allotment { .. } => {
                let number = Reference::Number(own(Numbered::Allotment));
                tx.allotment(property, &number).await?.is_some()
            }
            _ => false,
        })
    }
}
