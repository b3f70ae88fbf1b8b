//! Push: a desk's queue comes up, and each command is judged, once and for good.

mod account;
mod judge;
mod meaning;
mod noted;
mod slice;

use std::collections::BTreeSet;

use keyrack_inventory::{Instant, Night};
use keyrack_wire::{
    Answer, Answered, Fault, Hash, List, Parked, Protocol, Push, Pushed, Sealed, Slot,
};

use crate::epoch;
use crate::error::CentralError;
use crate::grants::{self, settle};
use crate::ledger::{AuditRow, Covered, DeskRow, PropertyRow, QueuedRow, Records, Session};

/// Applies a push in one transaction, and answers once that is committed.
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
    let result = apply(&tx, desk, push, now).await;
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

/// A push in progress.
struct Work<'a, R> {
    tx: &'a R,
    property: PropertyRow,
    desk: DeskRow,
    now: Instant,
    /// Nights whose shares are to be looked at again.
    nights: BTreeSet<Night>,
    /// Those of every night are.
    everywhere: bool,
}

/// Applies a push within a transaction, which the caller ends.
///
/// # Errors
/// As [`push`]; after a fork, the caller goes on with [`exists_twice`].
pub async fn apply(
    tx: &impl Records,
    desk: &DeskRow,
    push: &Push,
    now: Instant,
) -> Result<Pushed, CentralError> {
    let property = tx.lock(desk.property).await?;
    let desk = tx.desk(property.id, desk.holder.desk).await?;
    if desk.is_revoked || push.holder.desk != desk.holder.desk {
        return Err(Fault::Unauthorised {}.into());
    }
    let mut work = Work {
        tx,
        property,
        desk,
        now,
        nights: BTreeSet::new(),
        everywhere: false,
    };
    let (epoch, at) = (push.holder.epoch, work.now);
    epoch::enter(tx, &mut work.property, &mut work.desk, epoch, at).await?;
    let property = work.property.id;
    tx.put_guests(property, push.guests.as_slice()).await?;
    tx.put_texts(property, push.texts.as_slice()).await?;
    let mut answers = Vec::new();
    for slot in push.commands.as_slice() {
        match work.place(slot).await {
            Ok(answered) => answers.push(answered),
            // What stands before it is stored; it comes again, alone at the head.
            Err(error) if error.is_of_the_command() && !answers.is_empty() => {
                tracing::warn!(property, desk = %work.desk.holder.desk, %error, "a command is not stored");
                break;
            }
            Err(error) if error.is_of_the_command() => {
                tracing::warn!(property, desk = %work.desk.holder.desk, %error, "a command is not stored");
                return Err(Fault::Malformed {}.into());
            }
            Err(error) => return Err(error),
        }
    }
    match work.everywhere {
        true => grants::everywhere(tx, &work.property).await?,
        false => grants::touched(tx, &work.property, &work.nights).await?,
    }
    tx.put_desk(&work.desk, now).await?;
    tx.put_property(&work.property).await?;
    Ok(Pushed {
        protocol: Protocol,
        answers: List::try_from(answers).map_err(|error| CentralError::damaged("queued", error))?,
        acked_seq: work.desk.last_seq,
    })
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

impl<R: Records> Work<'_, R> {
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
        self.tx.mark().await?;
        let judged = match (command, notice) {
            (Some(command), _) => self.judge(&queued, command, sealed).await,
            (None, Some(notice)) => self.noted(&queued, &notice, sealed).await,
            (None, None) => Err(Fault::Malformed {}.into()),
        };
        match judged {
            Ok(result) => {
                self.forget(&queued).await?;
                self.tx.keep().await?;
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
                if error.is_of_the_command() {
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
            answer: &result,
            number: None,
        };
        self.tx.add_queued(self.property.id, &row, self.now).await?;
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
