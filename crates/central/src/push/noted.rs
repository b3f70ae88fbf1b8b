//! Places of a queue that command nothing, and say something of the shares or of who was erased.

use std::collections::BTreeSet;

use keyrack_inventory::Outcome;
use keyrack_inventory::share::Cause;
use keyrack_wire::{Answer, Fault, Notice, Queued, Sealed};

use super::Work;
use crate::epoch;
use crate::error::CentralError;
use crate::ledger::Records;

impl<R: Records> Work<'_, R> {
    /// Follows what a desk tells that is no command: rights that it gives back, what it promised in one that
    /// it gives up, who was erased, that an epoch is closed. What comes free so is in the pool from here on,
    /// and in nobody's share.
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
            Notice::Erase { ids } => {
                let told = (queued.seen, self.desk.letters.as_str());
                let at = (self.property.feed_head, self.now);
                let property = self.property.id;
                let erased = self.tx.erase_whole(property, ids.as_slice(), told, at);
                erased.await?;
            }
            Notice::CloseEpoch { epoch } => {
                // What was left of epochs before it stays apart until a person has decided.
                let (desk, closed) = (self.desk.holder.desk, *epoch);
                if closed >= self.desk.holder.epoch {
                    return Err(Fault::Malformed {}.into());
                }
                let why = (Cause::Restored(desk), self.now);
                let of = (desk, closed..=closed);
                epoch::write_off(self.tx, &self.property, of, &nights, why).await?;
                self.everywhere = true;
            }
        }
        let outcome = Outcome::Done;
        let answer = Answer::Applied { outcome };
        self.settled(queued, &answer, nights).await?;
        self.keep_answer(queued, sealed, &answer, None).await?;
        Ok(answer)
    }
}
