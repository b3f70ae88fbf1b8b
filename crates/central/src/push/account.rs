//! Rights: what a command moved of them; and the people whom it names, those who were erased among them.

use std::collections::BTreeSet;

use keyrack_inventory::Night;
use keyrack_inventory::share::Holder;
use keyrack_wire::{Answer, Queued, RightUse};
use uuid::Uuid;

use super::Work;
use super::meaning::cause;
use crate::error::CentralError;
use crate::grants::settle;
use crate::ledger::{Records, guests_in, named_in};

impl<R: Records> Work<'_, R> {
    /// Settles the books of the nights that a place of the queue touched, by the rights that it moved. What
    /// one promised that waits is kept apart; one that waited waits no more, whatever it is answered.
    pub(super) async fn settled(
        &mut self,
        queued: &Queued,
        answer: &Answer,
        mut nights: BTreeSet<Night>,
    ) -> Result<(), CentralError> {
        let (tx, property) = (self.tx, &self.property);
        let used = self.used(queued.rights.as_slice(), queued.rights_epoch());
        if matches!(answer, Answer::Parked { .. }) {
            nights.extend(settle::apart(tx, property, queued.id, used, self.now).await?);
        } else {
            let place = (self.desk.holder.desk, queued.id);
            nights.extend(tx.join_apart(property.id, place).await?);
            let cause = cause(queued, self.desk.lost_epoch);
            settle::nights(tx, property, &nights, used, cause, self.now).await?;
        }
        nights.extend(queued.rights.as_slice().iter().map(|right| right.night));
        self.nights.extend(nights);
        Ok(())
    }

    /// What a desk gave back of its share with what it asks for is the pool's before that is decided: the desk has
    /// it no more.
    pub(super) async fn given_back(&mut self, queued: &Queued) -> Result<(), CentralError> {
        let used = self.used(queued.rights.as_slice(), queued.rights_epoch());
        if used.rights.is_empty() {
            return Ok(());
        }
        let cause = cause(queued, self.desk.lost_epoch);
        settle::nights(
            self.tx,
            &self.property,
            &BTreeSet::new(),
            used,
            cause,
            self.now,
        )
        .await
    }

    /// The rights that a command moved in an epoch. Those of one that a person took back say nothing any more.
    pub(super) fn used<'r>(&self, rights: &'r [RightUse], epoch: u32) -> settle::Used<'r> {
        let is_over = epoch <= self.desk.lost_epoch;
        settle::Used {
            rights: if is_over { &[] } else { rights },
            holder: Holder {
                epoch,
                ..self.desk.holder
            },
        }
    }

    /// Notes the people whom a command names that is done: they are kept once all are. What is said of a guest who was
    /// erased meanwhile is erased as it comes: a desk that had not heard of it brings a note of theirs, a reason, or another
    /// name.
    pub(super) async fn name_people(
        &mut self,
        queued: &Queued,
        answer: &Answer,
    ) -> Result<(), CentralError> {
        let mut guests = std::mem::take(&mut self.described);
        if !matches!(answer, Answer::Applied { .. } | Answer::Kept { .. }) {
            return Ok(());
        }
        let mut named: BTreeSet<Uuid> = named_in(&queued.payload).into_iter().collect();
        let reason = queued.reason.and_then(|reason| reason.text);
        named.extend(
            queued
                .override_text
                .into_iter()
                .chain(reason)
                .map(|text| text.0),
        );
        named.retain(|id| self.people.contains(id));
        if named.is_empty() {
            return Ok(());
        }
        let property = self.property.id;
        guests.extend(guests_in(&queued.payload));
        if guests.is_empty() || self.tx.erased_among(property, &guests).await?.is_empty() {
            self.named.extend(named);
            return Ok(());
        }
        for id in named {
            let head = self.property.feed_head;
            self.tx.erase(property, id, head, self.now).await?;
        }
        Ok(())
    }
}
