//! The exchange: the queue goes up, then the feed comes down.

use std::time::{Duration, Instant as Clock};

use keyrack_inventory::{CommandId, Instant, Outcome, Reference, StayStatus};
use keyrack_store::{Act, Applied, Centre, CentreState, SYSTEM, Standing, Store, StoreError};
use keyrack_sync::{Failure, Heard, Link, Outbox, Step};
use keyrack_wire::{Answer, Fault, Protocol, Pull, Snapshot};
use serde::Serialize;
use tokio::runtime::Runtime;
use tokio::time::timeout;
use ts_rs::TS;

use super::enrol::fingerprint;
use super::outgoing::{Kept, alone, message};
use super::{failed, runtime};
use crate::door::Question;
use crate::error::{CentreRefusal, DeskError};
use crate::{Clock as DeskClock, Desk, request_id};

/// Waits within one exchange before it is given up until the next.
const PATIENCE: u32 = 8;
/// How long a command that asks waits for its answer.
const ASKED_FOR: Duration = Duration::from_secs(5);
/// How often an exchange begins anew, because its epoch or cursor turned out to be over.
const TURNS: u32 = 4;
/// Between two tries of one exchange.
const BETWEEN: Duration = Duration::from_millis(200);

/// What an exchange moved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct Exchanged {
    /// Always true.
    pub ok: bool,
    /// Commands that the centre answered.
    #[ts(type = "number")]
    pub pushed: u64,
    /// Entries of the feed that came down, of this desk and of others.
    #[ts(type = "number")]
    pub entries: u64,
    /// Rows that were put right.
    #[ts(type = "number")]
    pub corrections: u64,
    /// The number of the last entry of the feed that is here.
    #[ts(type = "number")]
    pub cursor: u64,
}

impl Desk {
    /// Sends the queue up and follows the feed, once. Of several processes one does it at a time.
    ///
    /// # Errors
    /// Where the file has no centre, the centre does not answer or says no, or the file fails.
    pub fn exchange(&self) -> Result<Exchanged, DeskError> {
        self.open_to_all(Question::Exchange);
        exchange(&self.store, &runtime()?, &mut |_| {})
    }

    /// What became of a command that asks the centre: asked now, and waited for a little. Where no
    /// answer comes it stays as it stands, and the answer goes into the inbox.
    pub(crate) fn ask(&self, id: CommandId, applied: Applied) -> Result<Applied, DeskError> {
        let asks = matches!(applied.result, Ok(Outcome::Asked))
            || applied.status == Some(StayStatus::NeedsConfirmation);
        if !asks || self.store.read(|reader| reader.centre())?.is_none() {
            return Ok(applied);
        }
        let waiting = |standing: &Option<Standing>| *standing == Some(Standing::Waiting);
        let mut standing = self.store.read(|reader| reader.standing(id))?;
        if waiting(&standing) && !applied.repeated {
            let runtime = runtime()?;
            let line = Line::new(&self.store, &runtime, Some(ASKED_FOR))?;
            match line.exchange(&mut |_| {}) {
                Ok(_) => {}
                // It stays queued, whatever is wrong with the way to the centre.
                Err(error @ (DeskError::Centre(_) | DeskError::Store(StoreError::Busy { .. }))) => {
                    crate::logs::centre(&error);
                }
                Err(error) => return Err(error),
            }
            standing = self.store.read(|reader| reader.standing(id))?;
        }
        let Some(Standing::Answered(answer)) = standing else {
            return Ok(applied);
        };
        let result = match *answer {
            Answer::Applied { outcome } => Ok(outcome),
            Answer::Refused { refusal } => Err(refusal),
            Answer::Kept { .. } | Answer::Parked { .. } => return Ok(applied),
        };
        let status = match &result {
            Ok(Outcome::Reservation { id, .. }) => {
                let found = self
                    .store
                    .read(|reader| reader.reservation(&Reference::Id(*id)))?;
                found.map(|found| found.status())
            }
            _ => None,
        };
        Ok(Applied {
            result,
            status,
            ..applied
        })
    }
}

pub(super) fn exchange(
    store: &Store,
    runtime: &Runtime,
    progress: &mut dyn FnMut(u64),
) -> Result<Exchanged, DeskError> {
    Line::new(store, runtime, None)?.exchange(progress)
}

/// A line in use: to one centre, for one file, for so long.
struct Line<'a> {
    store: &'a Store,
    runtime: &'a Runtime,
    link: Link,
    until: Option<Clock>,
}

impl<'a> Line<'a> {
    fn new(
        store: &'a Store,
        runtime: &'a Runtime,
        patience: Option<Duration>,
    ) -> Result<Self, DeskError> {
        let link = super::line(store)?.ok_or(CentreRefusal::NotEnrolled)?;
        let until = patience.map(|patience| Clock::now() + patience);
        Ok(Self {
            store,
            runtime,
            link,
            until,
        })
    }

    fn exchange(&self, progress: &mut dyn FnMut(u64)) -> Result<Exchanged, DeskError> {
        let _alone = alone(self.store)?;
        let centre = centre(self.store)?;
        if centre.state == CentreState::Joining {
            let url = centre.url;
            return Err(CentreRefusal::Joining { url }.into());
        }
        let mut done = Exchanged {
            ok: true,
            ..Exchanged::default()
        };
        self.on_this_machine()?;
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
                    self.is_there()?;
                    self.snapshot(restored)?;
                    continue;
                }
                Ok(Turn::Done) => Ok(()),
                Err(error) => Err(error),
            };
            let returned = match self.down(&mut done, progress)? {
                (_, Turn::Rejoin) => continue,
                (_, Turn::Snapshot { restored }) => {
                    self.snapshot(restored)?;
                    continue;
                }
                (returned, Turn::Done) => returned,
            };
            sent?;
            let waited = done.entries > 0 && self.store.write(|batch| batch.retry_what_waits())?;
            if returned > 0 || waited {
                // What is given back is given back now, so that others may sell it.
                self.up(&mut done)?;
            }
            return Ok(done);
        }
        Err(CentreRefusal::Rejoin.into())
    }

    /// A file that was copied to another machine has no share there.
    fn on_this_machine(&self) -> Result<(), DeskError> {
        let fingerprint = fingerprint()?;
        if centre(self.store)?.fingerprint != fingerprint.reveal() {
            self.store
                .write(|batch| batch.on_machine(fingerprint.reveal()))?;
        }
        Ok(())
    }

    /// Until the centre answers, a frozen desk stays so: it does not know which numbers were given.
    fn is_there(&self) -> Result<(), DeskError> {
        let asked = pull_of(self.store, &centre(self.store)?)?;
        match self.wait(self.link.pull(&asked))? {
            Ok(_)
            | Err(Failure::Fault {
                fault: Fault::EpochOver { .. } | Fault::CursorGone { .. },
                ..
            }) => Ok(()),
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

    /// Takes everything as the centre has it; of one that was restored from a copy, in a new epoch.
    fn snapshot(&self, restored: bool) -> Result<(), DeskError> {
        let asked = pull_of(self.store, &centre(self.store)?)?;
        let answer = self.link.ask("v1/sync/snapshot", &asked);
        let snapshot: Snapshot = self.wait(answer)?.map_err(failed)?;
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
        let Some(until) = self.until else {
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
        let centre = centre(store)?;
        let epoch = centre.holder.epoch;
        let stored = store.read(|reader| reader.answered_up_to(epoch))?;
        let mut outbox = Outbox::new(centre.holder, stored);
        let queue = Kept { store, epoch };
        let mut waits = 0;
        while let Some(slots) = outbox.next(&queue) {
            let push = message(store, &centre, slots)?;
            let heard = self.wait(self.link.push(&push))?;
            let silent = heard == Heard::Nothing;
            match outbox.hear(heard) {
                Step::Store(answers) => {
                    done.pushed += answers.len() as u64;
                    store.write(|batch| batch.answered(epoch, &answers, now().millis()))?;
                }
                Step::Again => {}
                Step::Wait if silent => {
                    let why = "no answer to what was sent up".to_owned();
                    return Err(CentreRefusal::Unreachable { why }.into());
                }
                Step::Wait => {
                    waits += 1;
                    if waits > PATIENCE {
                        return Err(CentreRefusal::Fault {
                            fault: Fault::Busy {},
                        }
                        .into());
                    }
                    std::thread::sleep(BETWEEN);
                }
                Step::Park(seq) => {
                    store.write(|batch| batch.park(epoch, seq, "malformed"))?;
                }
                Step::Rejoin(over) => {
                    store.write(|batch| batch.freeze(over))?;
                    return Ok(Turn::Rejoin);
                }
                Step::Restored => return Ok(Turn::Snapshot { restored: true }),
                Step::Enrol => {
                    let fault = Fault::Unauthorised {};
                    return Err(CentreRefusal::Fault { fault }.into());
                }
            }
        }
        Ok(Turn::Done)
    }

    /// Follows the feed to its end; gives of how many rights rooms are given back.
    fn down(
        &self,
        done: &mut Exchanged,
        progress: &mut dyn FnMut(u64),
    ) -> Result<(u64, Turn), DeskError> {
        let store = self.store;
        let mut returned = 0;
        loop {
            let centre = centre(store)?;
            let page = match self.wait(self.link.pull(&pull_of(store, &centre)?))? {
                Ok(page) => page,
                Err(Failure::Fault {
                    fault: Fault::CursorGone { from },
                    ..
                }) => {
                    let restored = from.epoch != centre.cursor.epoch;
                    return Ok((returned, Turn::Snapshot { restored }));
                }
                Err(Failure::Fault {
                    fault: Fault::EpochOver { current },
                    ..
                }) => {
                    store.write(|batch| batch.freeze(current))?;
                    return Ok((returned, Turn::Rejoin));
                }
                Err(failure) => return Err(failed(failure)),
            };
            let followed = store.write(|batch| batch.follow(&page, now()))?;
            done.entries += followed.entries + followed.own;
            done.corrections += followed.corrections;
            returned += followed.returned;
            done.cursor = page.cursor.number;
            progress(done.cursor);
            if page.rest.is_some() {
                let frozen = self::centre(store)?.state == CentreState::Frozen;
                let turn = if frozen { Turn::Rejoin } else { Turn::Done };
                return Ok((returned, turn));
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

/// What is asked of the feed.
pub(super) fn pull_of(store: &Store, centre: &Centre) -> Result<Pull, DeskError> {
    let (waiting, stored) = store.read(|reader| {
        let waiting = reader.queue_facts()?.waiting;
        Ok((waiting, reader.last_answered(centre.since_epoch)?))
    })?;
    Ok(Pull {
        protocol: Protocol,
        holder: centre.holder,
        after: centre.cursor,
        chain: centre.chain,
        stored,
        waiting,
    })
}
