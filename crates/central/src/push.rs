//! Push: a desk's queue comes up, and each command is judged, once and for good.

mod account;
mod judge;
mod meaning;
mod noted;
mod slice;

use std::collections::BTreeSet;

use keyrack_inventory::{Instant, Night};
use keyrack_wire::{
    Answer, Answered, Fault, Guest, Hash, List, Parked, Protocol, Push, Pushed, Sealed, Slot, Text,
};
use uuid::Uuid;

use crate::batch::Batch;
use crate::epoch;
use crate::error::CentralError;
use crate::grants::{self, settle};
use crate::ledger::{AuditRow, Covered, DeskRow, PropertyRow, QueuedRow, Records, Session};

/// Applies a push in one transaction, and answers once that is committed. Where one of its commands cannot be stored
/// with the others, they are judged one by one.
///
/// # Errors
/// A [`Fault`] that the desk is told, or a failure after which nothing was done.
pub async fn push(
    session: &mut Session,
    desk: &DeskRow,
    push: &Push,
    now: Instant,
) -> Result<Pushed, CentralError> {
    let tx = session.begin().await?;
    let mut result = together(&tx, desk, push, now).await;
    let tx = match &result {
        Err(error) if error.is_of_the_command() => {
            tracing::debug!(desk = %desk.holder.desk, %error, "commands are judged one by one");
            drop(tx);
            let tx = session.begin().await?;
            result = one_by_one(&tx, desk, push, now).await;
            tx
        }
        _ => tx,
    };
    match result {
        Ok(pushed) => {
            tx.commit().await?;
            Ok(pushed)
        }
        Err(CentralError::Fault(Fault::Fork { seq })) => {
            drop(tx);
            let tx = session.begin().await?;
            exists_twice(&tx, desk, push.holder.epoch, now).await?;
            tx.commit().await?;
            Err(Fault::Fork { seq }.into())
        }
        Err(error) => Err(error),
    }
}

/// How the commands of a push are stored.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stored {
    /// All of them or none.
    Together,
    /// Each on its own: where one cannot be, those before it stand.
    OneByOne,
}

/// A push in progress.
struct Work<'a, R> {
    tx: &'a R,
    property: PropertyRow,
    desk: DeskRow,
    stored: Stored,
    now: Instant,
    /// Nights whose shares are to be looked at again.
    nights: BTreeSet<Night>,
    /// Those of every night are.
    everywhere: bool,
    /// The guests of the bookings that the command changed, and those who stood there before it.
    described: Vec<Uuid>,
    /// What the commands name that are done: their guests and texts are kept, and nobody else's.
    named: BTreeSet<Uuid>,
    /// The guests and texts that came with the commands.
    people: BTreeSet<Uuid>,
}

/// Applies a push within a transaction, which the caller ends: everything is read and written in a few statements.
///
/// # Errors
/// As [`push`]; after a fork, the caller goes on with [`exists_twice`]. Where the error
/// [is of a command](CentralError::is_of_the_command), the transaction is thrown away, and the caller goes on with
/// [`one_by_one`] in another one.
pub async fn together(
    tx: &impl Records,
    desk: &DeskRow,
    push: &Push,
    now: Instant,
) -> Result<Pushed, CentralError> {
    let batch = Batch::over(tx, desk.property);
    let mut work = Work::begin(&batch, desk, push, (Stored::Together, now)).await?;
    batch.look_ahead(&work.desk, push).await?;
    let answers = work.places(push).await?;
    let pushed = work.end(push, answers).await?;
    batch.write_all().await?;
    Ok(pushed)
}

/// Applies a push within a transaction, which the caller ends: a command that cannot be stored is left out with what
/// stands behind it, and what stands before it is kept.
///
/// # Errors
/// As [`push`]; after a fork, the caller goes on with [`exists_twice`].
pub async fn one_by_one(
    tx: &impl Records,
    desk: &DeskRow,
    push: &Push,
    now: Instant,
) -> Result<Pushed, CentralError> {
    let mut work = Work::begin(tx, desk, push, (Stored::OneByOne, now)).await?;
    let answers = work.places(push).await?;
    work.end(push, answers).await
}

/// Two copies of the desk speak: what the epoch had out stays out, and nothing more is granted until a
/// person has looked.
///
/// # Errors
/// Where the database fails.
pub async fn exists_twice(
    tx: &impl Records,
    desk: &DeskRow,
    ended: u32,
    now: Instant,
) -> Result<(), CentralError> {
    let mut property = tx.lock(desk.property).await?;
    let desk = tx.desk(property.id, desk.holder.desk).await?;
    if desk.holder.epoch == ended {
        tx.end_epoch(&desk, now).await?;
        tx.audit(
            &mut property,
            &epoch::told(&desk, epoch::FORKED, now),
            Covered::default(),
        )
        .await?;
        tx.put_property(&property).await?;
    }
    Ok(())
}

impl<'a, R: Records> Work<'a, R> {
    /// Locks the property.
    async fn begin(
        tx: &'a R,
        desk: &DeskRow,
        push: &Push,
        (stored, now): (Stored, Instant),
    ) -> Result<Self, CentralError> {
        let mut property = tx.lock(desk.property).await?;
        let mut desk = tx.desk(property.id, desk.holder.desk).await?;
        if desk.is_revoked || push.holder.desk != desk.holder.desk {
            return Err(Fault::Unauthorised {}.into());
        }
        if push.holder.epoch < desk.holder.epoch {
            // It asks in a new one what the centre has.
            let current = desk.holder.epoch;
            return Err(Fault::EpochOver { current }.into());
        }
        if let Some(told) = push.trail
            && !epoch::had_come_to(tx, &property, told).await?
        {
            return Err(Fault::Restored {}.into());
        }
        epoch::enter(tx, &mut property, &mut desk, push.holder.epoch, now).await?;
        let guests = push.guests.as_slice().iter().map(|guest| guest.id.0);
        let texts = push.texts.as_slice().iter().map(|text| text.id.0);
        Ok(Self {
            tx,
            property,
            desk,
            stored,
            now,
            nights: BTreeSet::new(),
            everywhere: false,
            described: Vec::new(),
            named: BTreeSet::new(),
            people: guests.chain(texts).collect(),
        })
    }

    /// Grants anew on the nights that were touched, and writes how far everything has come.
    async fn end(mut self, push: &Push, answers: Vec<Answered>) -> Result<Pushed, CentralError> {
        let guests = push.guests.as_slice().iter();
        let guests = guests.filter(|guest| self.named.contains(&guest.id.0));
        let guests: Vec<Guest> = guests.cloned().collect();
        self.tx.put_guests(self.property.id, &guests).await?;
        let texts = push.texts.as_slice().iter();
        let texts = texts.filter(|text| self.named.contains(&text.id.0));
        let texts: Vec<Text> = texts.cloned().collect();
        self.tx.put_texts(self.property.id, &texts).await?;
        match self.everywhere {
            true => grants::everywhere(self.tx, &mut self.property).await?,
            false => grants::touched(self.tx, &mut self.property, &self.nights).await?,
        }
        self.tx.put_desk(&self.desk, self.now).await?;
        self.tx.put_property(&self.property).await?;
        Ok(Pushed {
            protocol: Protocol,
            answers: List::try_from(answers)
                .map_err(|error| CentralError::damaged("queued", error))?,
            acked_seq: self.desk.last_seq,
            trail: self.property.trail(),
        })
    }
}

impl<R: Records> Work<'_, R> {
    /// Every place, in order.
    async fn places(&mut self, push: &Push) -> Result<Vec<Answered>, CentralError> {
        let mut answers = Vec::new();
        for slot in push.commands.as_slice() {
            match self.place(slot).await {
                Ok(answered) => answers.push(answered),
                Err(error) if self.stored == Stored::OneByOne && error.is_of_the_command() => {
                    let (property, desk) = (self.property.id, self.desk.holder.desk);
                    tracing::warn!(property, %desk, %error, "a command is not stored");
                    // What stands before it is stored; it comes again, alone at the head.
                    if answers.is_empty() {
                        return Err(Fault::Malformed {}.into());
                    }
                    break;
                }
                Err(error) => return Err(error),
            }
        }
        Ok(answers)
    }

    /// One place of the queue: answered before, or next.
    async fn place(&mut self, slot: &Slot) -> Result<Answered, CentralError> {
        match slot {
            Slot::Command(sealed) => self.command(sealed).await,
            Slot::Parked(parked) => self.parked(parked).await,
        }
    }

    async fn command(&mut self, sealed: &Sealed) -> Result<Answered, CentralError> {
        let unread = |_| CentralError::from(Fault::Malformed {});
        let queued = sealed.open().map_err(unread)?;
        if queued.holder() != self.desk.holder {
            return Err(Fault::Malformed {}.into());
        }
        let (seq, id, hash) = (queued.seq, queued.id, sealed.hash());
        if let Some(result) = self.known(seq, hash).await? {
            return Ok(Answered {
                seq,
                id,
                hash,
                result,
            });
        }
        if queued.prev_hash != self.desk.last_hash {
            return Err(Fault::Fork { seq }.into());
        }
        let notice = queued.notice();
        let command = match notice {
            Some(_) => None,
            None => Some(queued.command().map_err(unread)?),
        };
        let before = (self.property.clone(), self.desk.clone());
        if self.stored == Stored::OneByOne {
            self.tx.mark().await?;
        }
        let judged = match (command, notice) {
            (Some(command), _) => self.judge(&queued, command, sealed).await,
            (None, Some(notice)) => self.noted(&queued, &notice, sealed).await,
            (None, None) => Err(Fault::Malformed {}.into()),
        };
        let judged = match judged {
            Ok(result) => self.name_people(&queued, &result).await.map(|()| result),
            Err(error) => Err(error),
        };
        match judged {
            Ok(result) => {
                if self.stored == Stored::OneByOne {
                    self.tx.keep().await?;
                }
                self.desk.last_seq = seq;
                self.desk.last_hash = hash;
                Ok(Answered {
                    seq,
                    id,
                    hash,
                    result,
                })
            }
            Err(error) => {
                (self.property, self.desk) = before;
                if self.stored == Stored::OneByOne && error.is_of_the_command() {
                    self.tx.take_back().await?;
                }
                Err(error)
            }
        }
    }

    /// A number that the desk keeps for a command which was never read.
    async fn parked(&mut self, parked: &Parked) -> Result<Answered, CentralError> {
        let (seq, id, hash) = (parked.seq, parked.id, parked.hash);
        if let Some(result) = self.known(seq, hash).await? {
            return Ok(Answered {
                seq,
                id,
                hash,
                result,
            });
        }
        let result = Answer::Parked {
            reason: parked.parked.clone(),
        };
        let epoch = parked.epoch.unwrap_or(self.desk.holder.epoch);
        let used = self.used(parked.rights.as_slice(), epoch);
        let nights = settle::apart(self.tx, &self.property, id, used, self.now).await?;
        self.nights.extend(nights);
        let row = QueuedRow {
            holder: self.desk.holder,
            seq,
            id,
            hash,
            sealed: None,
            answer: result.clone(),
            number: None,
            stored_at: self.now,
        };
        self.tx.add_queued(self.property.id, &[row]).await?;
        let mut covers = Covered::default();
        covers.queued(None, &result)?;
        let act = AuditRow {
            at: self.now,
            desk: self.desk.letters.as_str(),
            actor: "system",
            what: "command_parked",
            accepted: false,
            number: None,
            place: Some((self.desk.holder, seq)),
            detail: Some(parked.parked.as_str()),
        };
        self.tx.audit(&mut self.property, &act, covers).await?;
        self.desk.last_seq = seq;
        self.desk.last_hash = hash;
        Ok(Answered {
            seq,
            id,
            hash,
            result,
        })
    }

    /// The stored answer under a number of this epoch; nothing where the number is the next one.
    async fn known(&self, seq: u64, hash: Hash) -> Result<Option<Answer>, CentralError> {
        let expected = self.desk.last_seq + 1;
        if seq == expected {
            return Ok(None);
        }
        if seq > expected || seq == 0 {
            return Err(Fault::Gap { expected }.into());
        }
        let stored = self
            .tx
            .answered(self.property.id, self.desk.holder, seq)
            .await?;
        match stored {
            Some((known, answer)) if known == hash => Ok(Some(answer)),
            _ => Err(Fault::Fork { seq }.into()),
        }
    }
}
