//! Places of a queue that command nothing, and say something of the shares.

use std::collections::BTreeSet;

use keyrack_inventory::Outcome;
use keyrack_wire::{Answer, Notice, Queued, Sealed};

use super::Work;
use super::meaning::cause;
use crate::error::CentralError;
use crate::grants::settle;
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
        let used = settle::Used {
            rights: queued.rights.as_slice(),
            holder: self.desk.holder,
        };
        let mut nights = BTreeSet::new();
        match notice {
            Notice::ReturnShare {} => {}
            Notice::LetGo { command } => {
                let place = (self.desk.holder.desk, *command);
                nights.extend(self.tx.join_apart(self.property.id, place).await?);
            }
        }
        settle::nights(
            self.tx,
            &self.property,
            &nights,
            used,
            cause(queued),
            self.now,
        )
        .await?;
        nights.extend(queued.rights.as_slice().iter().map(|right| right.night));
        self.nights.extend(nights);
        let outcome = Outcome::Done;
        let answer = Answer::Applied { outcome };
        self.keep_answer(queued, sealed, &answer, None).await?;
        Ok(answer)
    }
}
