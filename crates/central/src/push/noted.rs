//! Places of a queue that command nothing, and say something of the shares.

use std::collections::BTreeSet;

use keyrack_inventory::Outcome;
use keyrack_wire::{Answer, Notice, Queued, Sealed};

use super::Work;
use crate::error::CentralError;
use crate::ledger::Records;

impl<R: Records> Work<'_, R> {
    /// Follows what a desk tells that is no command: rights that it gives back, or what it promised in one
    /// that it gives up. What comes free so is in the pool from here on, and in nobody's share.
    pub(super) async fn noted(
        &mut self,
        queued: &Queued,
        notice: &Notice,
        sealed: &Sealed,
    ) -> Result<Answer, CentralError> {
        let mut nights = BTreeSet::new();
        match notice {
            Notice::ReturnShare {} => {}
            Notice::LetGo { command } => {
                let place = (self.desk.holder.desk, *command);
                nights.extend(self.tx.join_apart(self.property.id, place).await?);
            }
        }
        self.settled(queued, nights).await?;
        let outcome = Outcome::Done;
        let answer = Answer::Applied { outcome };
        self.keep_answer(queued, sealed, &answer, None).await?;
        Ok(answer)
    }
}
