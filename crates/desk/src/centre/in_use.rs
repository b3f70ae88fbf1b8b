//! A line in use: what goes up on it, what comes down, and what an answer asks of this desk.

use std::cell::Cell;
use std::ops::RangeInclusive;
use std::time::{Duration, Instant as Clock};

use keyrack_inventory::Instant;
use keyrack_store::{Act, Centre, CentreState, SYSTEM, Store, StoreError};
use keyrack_sync::{Failure, Heard, Link, Outbox, Step};
use keyrack_wire::Fault;
use tokio::runtime::Runtime;
use tokio::time::timeout;

use super::enrol::on_this_machine;
use super::exchange::Exchanged;
use super::outgoing::{Kept, alone, message, pull_of};
use super::{failed, token};
use crate::error::{CentreRefusal, DeskError};
use crate::{Clock as DeskClock, request_id};

/// Waits within one exchange before it is given up until the next.
const PATIENCE: u32 = 8;
/// How often an exchange begins anew, because its epoch or cursor turned out to be over.
const TURNS: u32 = 4;
/// Between two tries of one exchange.
const BETWEEN: Duration = Duration::from_millis(200);

/// A line in use: to one centre, for one file, for so long.
pub(super) struct Line<'a> {
    store: &'a Store,
    runtime: &'a Runtime,
    link: Link,
    /// How long whoever asks waits, from when it is this one's turn; and until when that is.
    patience: Option<Duration>,
    until: Cell<Option<Clock>>,
}

impl<'a> Line<'a> {
    pub(super) fn new(
        store: &'a Store,
        runtime: &'a Runtime,
        link: Link,
        patience: Option<Duration>,
    ) -> Self {
        Self {
            store,
            runtime,
            link,
            patience,
            until: Cell::new(patience.map(|patience| Clock::now() + patience)),
        }
    }

    /// Sends the queue up and follows the feed, once.
    pub(super) fn exchange(
        &self,
        progress: &mut dyn FnMut(u64) -> bool,
    ) -> Result<Exchanged, DeskError> {
        let _alone = alone(self.store)?;
        self.until
            .set(self.patience.map(|patience| Clock::now() + patience));
        let centre = centre(self.store)?;
        if centre.state == CentreState::Joining {
            let url = centre.url;
            return Err(CentreRefusal::Joining { url }.into());
        }
        let mut done = Exchanged {
            ok: true,
            ..Exchanged::default()
        };
        on_this_machine(self.store)?;
        for _ in 0..TURNS {
            if self::centre(self.store)?.state == CentreState::Frozen {
                self.is_there()?;
                self.rejoin()?;
            }
            // What does not go up keeps nothing from coming down.
            let sent = match self.up(&mut done) {
                Ok(Turn::Rejoin) => continue,
                Ok(Turn::Snapshot { restored }) => {
                    // The centre finds out by itself from where its feed has to go on.
                    match self.is_there()? {
                        // What it has seen is looked at in an epoch that goes on.
                        Some(over) => self.store.write(|batch| batch.freeze(over))?,
                        None => self.snapshot(restored)?,
                    }
                    continue;
                }
                Ok(Turn::Done) => Ok(()),
                Err(error) => Err(error),
            };
            let queued = match self.down(&mut done, progress)? {
                (_, Turn::Rejoin) => continue,
                (_, Turn::Snapshot { restored }) => {
                    self.snapshot(restored)?;
                    continue;
                }
                (queued, Turn::Done) => queued,
            };
            sent?;
            if queued {
                // What is given back is given back now, so that others may sell it.
                self.up(&mut done)?;
            }
            self.clear_log()?;
            if self.patience.is_none() {
                token::renew_if_due(self.store.path(), &self.link, self.runtime, now());
            }
            return Ok(done);
        }
        Err(CentreRefusal::Rejoin.into())
    }

    /// What the centre told to be erased goes from the log too; where somebody reads in it, with a later exchange.
    fn clear_log(&self) -> Result<(), DeskError> {
        if !self::centre(self.store)?.log_due {
            return Ok(());
        }
        match self.store.try_clear_log() {
            Ok(()) => Ok(self.store.write(|batch| batch.log_cleared())?),
            Err(StoreError::Busy { .. }) => Ok(()),
            Err(error) => {
                tracing::warn!(%error, "the log cannot be cleared of what was erased");
                Ok(())
            }
        }
    }

    /// Until the centre answers, a frozen desk stays so: it does not know which numbers were given. Gives the epoch that
    /// goes on, where this desk's is over.
    fn is_there(&self) -> Result<Option<u32>, DeskError> {
        let asked = pull_of(self.store, &centre(self.store)?)?;
        match self.wait(self.link.pull(&asked))? {
            Err(Failure::Fault {
                fault: Fault::EpochOver { current },
                ..
            }) => Ok(Some(current)),
            Ok(_)
            | Err(Failure::Fault {
                fault: Fault::CursorGone { .. },
                ..
            }) => Ok(None),
            Err(failure) => Err(failed(failure)),
        }
    }

    /// Begins a new epoch: the one before is over.
    fn rejoin(&self) -> Result<(), DeskError> {
        let epoch = self.store.write(|batch| {
            let epoch = batch.rejoin()?;
            let act = Act {
                request_id: request_id::current(),
                ..Act::new(SYSTEM, "rejoined", epoch, now())
            };
            batch.act(&act)?;
            Ok(epoch)
        })?;
        tracing::warn!(epoch, "this desk goes on in a new epoch");
        Ok(())
    }

    /// Takes everything as the centre has it; of one that was restored from a copy, in a new epoch. That may have
    /// been found out since the desk was told to ask.
    fn snapshot(&self, restored: bool) -> Result<(), DeskError> {
        let asked = pull_of(self.store, &centre(self.store)?)?;
        let snapshot = self.wait(self.link.snapshot(&asked))?.map_err(failed)?;
        let restored = restored || snapshot.cursor.epoch != asked.after.epoch;
        self.store.write(|batch| {
            if !restored {
                return batch.take_snapshot(&snapshot, now());
            }
            let followed = batch.take_restored(&snapshot, now())?;
            let act = Act {
                request_id: request_id::current(),
                ..Act::new(SYSTEM, "rejoined", "restored", now())
            };
            batch.act(&act)?;
            Ok(followed)
        })?;
        tracing::warn!(restored, "this desk took a snapshot of the centre");
        Ok(())
    }

    /// Waits for an answer, as long as there is time.
    fn wait<T>(&self, answer: impl Future<Output = T>) -> Result<T, DeskError> {
        let Some(until) = self.until.get() else {
            return Ok(self.runtime.block_on(answer));
        };
        let left = until.saturating_duration_since(Clock::now());
        let waited = self.runtime.block_on(async { timeout(left, answer).await });
        waited.map_err(|_| {
            let why = "it takes too long".to_owned();
            CentreRefusal::Unreachable { why }.into()
        })
    }
}

fn centre(store: &Store) -> Result<Centre, DeskError> {
    let found = store.read(|reader| reader.centre())?;
    found.ok_or_else(|| CentreRefusal::NotEnrolled.into())
}

fn now() -> Instant {
    DeskClock::System.now()
}

impl Line<'_> {
    fn up(&self, done: &mut Exchanged) -> Result<Turn, DeskError> {
        let store = self.store;
        let mut centre = centre(store)?;
        let epoch = centre.holder.epoch;
        let stored = store.read(|reader| reader.answered_up_to(epoch))?;
        let mut outbox = Outbox::new(centre.holder, stored);
        let queue = Kept { store, epoch };
        let mut waits = 0;
        while let Some(slots) = outbox.next(&queue)? {
            let places = outbox.stored() + 1..=outbox.stored() + slots.len() as u64;
            let push = message(store, &centre, slots)?;
            let new = self.leaves(epoch, &places)?;
            let answer = self.wait(self.link.push(&push))?;
            let heard = Heard::from(&answer);
            self.stay(epoch, &new, &heard)?;
            match outbox.hear(heard) {
                Step::Store(answers, trail) => {
                    done.pushed += answers.len() as u64;
                    centre.trail = Some(trail);
                    store
                        .write(|batch| batch.answered(epoch, (&answers, trail), now().millis()))?;
                }
                Step::Again => {}
                // The network's failure, and a centre that is busy, are waited for between exchanges.
                Step::Wait => match answer {
                    Err(failure) if !failure.is_about_what_was_sent() => {
                        return Err(failed(failure));
                    }
                    _ => {
                        waits += 1;
                        if waits > PATIENCE {
                            return Err(CentreRefusal::says(Fault::Busy {}).into());
                        }
                        std::thread::sleep(BETWEEN);
                    }
                },
                Step::Park(seq) => {
                    store.write(|batch| batch.park(epoch, seq, "malformed"))?;
                }
                Step::Rejoin(over) => {
                    store.write(|batch| batch.freeze(over))?;
                    return Ok(Turn::Rejoin);
                }
                Step::Restored => return Ok(Turn::Snapshot { restored: true }),
                Step::Stop(fault) => return Err(CentreRefusal::says(fault).into()),
            }
        }
        Ok(Turn::Done)
    }

    /// Notes what is about to leave the file: where the answer is not heard, or not kept, the centre may have
    /// stored it. Gives the places that had never left it.
    fn leaves(&self, epoch: u32, places: &RangeInclusive<u64>) -> Result<Vec<u64>, DeskError> {
        let new = self.store.read(|reader| reader.unsent(epoch, places))?;
        if !new.is_empty() {
            self.store.write(|batch| batch.sends(epoch, places))?;
        }
        Ok(new)
    }

    /// What the centre says that it did not store is as if it had never been sent. One that is busy may have lost
    /// its database's word that all was stored.
    fn stay(&self, epoch: u32, new: &[u64], heard: &Heard) -> Result<(), DeskError> {
        let is_certain = matches!(heard, Heard::Fault(fault) if *fault != Fault::Busy {});
        if is_certain && !new.is_empty() {
            self.store.write(|batch| batch.not_stored(epoch, new))?;
        }
        Ok(())
    }

    /// Follows the feed to its end; gives whether something was queued because of it.
    fn down(
        &self,
        done: &mut Exchanged,
        progress: &mut dyn FnMut(u64) -> bool,
    ) -> Result<(bool, Turn), DeskError> {
        let store = self.store;
        let mut queued = false;
        loop {
            let centre = centre(store)?;
            let page = match self.wait(self.link.pull(&pull_of(store, &centre)?))? {
                Ok(page) => page,
                Err(Failure::Fault {
                    fault: Fault::CursorGone { from },
                    ..
                }) => {
                    let restored = from.epoch != centre.cursor.epoch;
                    return Ok((queued, Turn::Snapshot { restored }));
                }
                Err(Failure::Fault {
                    fault: Fault::EpochOver { current },
                    ..
                }) => {
                    store.write(|batch| batch.freeze(current))?;
                    return Ok((queued, Turn::Rejoin));
                }
                Err(failure) => return Err(failed(failure)),
            };
            let (followed, retried) = store.write(|batch| {
                let followed = batch.follow(&page, now())?;
                let retried = followed.entries > 0 && batch.retry_what_waits(&followed.named)?;
                Ok((followed, retried))
            })?;
            done.entries += followed.entries + followed.own;
            done.corrections += followed.corrections;
            queued |= followed.returned > 0 || retried;
            done.cursor = page.cursor.number;
            if !progress(done.cursor) {
                return Err(DeskError::stopped("stopped-join"));
            }
            if page.rest.is_some() {
                let frozen = self::centre(store)?.state == CentreState::Frozen;
                let turn = if frozen { Turn::Rejoin } else { Turn::Done };
                return Ok((queued, turn));
            }
        }
    }
}

/// What an exchange does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    /// Nothing more is to be moved.
    Done,
    /// The epoch is over.
    Rejoin,
    /// The cursor leads nowhere, or the centre lacks what it had answered.
    Snapshot {
        /// It was restored from a copy.
        restored: bool,
    },
}
