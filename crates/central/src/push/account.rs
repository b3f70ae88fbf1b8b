//! Rights: what a command moved of them, and what a desk tells that is no command.

use std::collections::BTreeSet;

use keyrack_inventory::share::{Cause, Holder};
use keyrack_inventory::{Night, Outcome};
use keyrack_wire::{Answer, Notice, Queued, Sealed};

use super::Work;
use super::meaning::cause;
use crate::epoch;
use crate::error::CentralError;
use crate::grants::settle;

impl Work<'_> {
    /// Follows the rights of a command and settles its nights. What one promised that waits is kept apart;
    /// one that waited waits no more, whatever it is answered. Gives the nights beside its own.
    pub(super) async fn account(
        &self,
        queued: &Queued,
        answer: &Answer,
        changed: &BTreeSet<Night>,
    ) -> Result<BTreeSet<Night>, CentralError> {
        let (tx, property) = (self.tx, &self.property);
        let used = self.used(queued.rights.as_slice(), queued.rights_epoch());
        if matches!(answer, Answer::Parked { .. }) {
            return settle::apart(tx, property, queued.id, used, self.now).await;
        }
        let place = (self.desk.holder.desk, queued.id);
        let joined = tx.join_apart(property.id, place).await?;
        let all = changed.union(&joined).copied().collect();
        let cause = cause(queued, self.desk.lost_epoch);
        settle::nights(tx, property, &all, used, cause, self.now).await?;
        Ok(joined)
    }

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
            Notice::Erase { ids } => {
                for id in ids.as_slice() {
                    let (property, head) = (self.property.id, self.property.feed_head);
                    self.tx.erase(property, *id, head, self.now).await?;
                }
            }
            Notice::CloseEpoch { epoch } => {
                let earlier = Holder {
                    epoch: (*epoch).min(self.desk.holder.epoch - 1),
                    ..self.desk.holder
                };
                let why = (Cause::Restored(earlier.desk), self.now);
                epoch::write_off(self.tx, &self.property, earlier, &nights, why).await?;
                self.everywhere = true;
            }
        }
        let outcome = Outcome::Done;
        let answer = Answer::Applied { outcome };
        nights.extend(self.account(queued, &answer, &nights).await?);
        nights.extend(queued.rights.as_slice().iter().map(|right| right.night));
        self.nights.extend(nights);
        self.keep_answer(queued, sealed, &answer, None).await?;
        Ok(answer)
    }
}
