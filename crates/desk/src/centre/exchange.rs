//! The exchange: the queue goes up, then the feed comes down.

use std::fs::{File, TryLockError};
use std::path::PathBuf;
use std::time::{Duration, Instant as Clock};

use keyrack_inventory::{CommandId, Instant, Outcome, Reference, StayStatus};
use keyrack_store::{Applied, Centre, CentreState, Standing, Store, StoreError, private};
use keyrack_sync::{Failure, Heard, Link, Outbox, Queue, Step};
use keyrack_wire::{Answer, Fault, List, Protocol, Pull, Push, Slot};
use serde::Serialize;
use tokio::runtime::Runtime;
use tokio::time::timeout;
use ts_rs::TS;

use super::{failed, runtime};
use crate::door::Question;
use crate::error::{CentreRefusal, DeskError};
use crate::{Clock as DeskClock, Desk};

/// How long one exchange waits for another process that exchanges.
const IN_LINE: Duration = Duration::from_secs(5);
/// How often a process in line looks.
const LOOK: Duration = Duration::from_millis(20);
/// Waits within one exchange before it is given up until the next.
const PATIENCE: u32 = 8;
/// How long a command that asks waits for its answer.
const ASKED_FOR: Duration = Duration::from_secs(5);
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
        // What does not go up keeps nothing from coming down.
        let sent = self.up(&mut done);
        let returned = self.down(&mut done, progress)?;
        sent?;
        if returned > 0 {
            // What is given back is given back now, so that others may sell it.
            self.up(&mut done)?;
        }
        Ok(done)
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

/// Waits until no other process exchanges for this file.
pub(super) fn alone(store: &Store) -> Result<File, DeskError> {
    let mut name = store.path().as_os_str().to_owned();
    name.push("-sync");
    let path = PathBuf::from(name);
    let io = |source| StoreError::Io {
        path: path.clone(),
        source,
    };
    let file = private::options()
        .create(true)
        .truncate(false)
        .open(&path)
        .map_err(io)?;
    let started = Clock::now();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) if started.elapsed() < IN_LINE => {
                std::thread::sleep(LOOK);
            }
            Err(TryLockError::WouldBlock) => {
                let waited_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
                return Err(StoreError::Busy { waited_ms }.into());
            }
            Err(TryLockError::Error(source)) => return Err(io(source).into()),
        }
    }
}

/// The queue as the file has it.
struct Kept<'a> {
    store: &'a Store,
    epoch: u32,
}

impl Kept<'_> {
    fn at(&self, seq: u64) -> Result<Option<Slot>, StoreError> {
        self.store.read(|reader| reader.slot(self.epoch, seq))
    }
}

impl Queue for Kept<'_> {
    fn slot(&self, seq: u64) -> Option<Slot> {
        // A file that fails here fails again where its answers are stored, and says so there.
        self.at(seq).ok().flatten()
    }

    fn beside(&self, seq: u64) -> usize {
        let people = self.store.read(|reader| {
            let slot = reader.slot(self.epoch, seq)?;
            slot.map(|slot| reader.people_of(&slot)).transpose()
        });
        let Ok(Some((guests, texts))) = people else {
            return 0;
        };
        let guests = guests
            .iter()
            .map(|guest| guest.name.as_str().len() * 2 + 700);
        let texts = texts.iter().map(|text| text.body.as_str().len() * 2 + 80);
        guests.chain(texts).sum()
    }
}

fn centre(store: &Store) -> Result<Centre, DeskError> {
    let found = store.read(|reader| reader.centre())?;
    found.ok_or_else(|| CentreRefusal::NotEnrolled.into())
}

fn now() -> Instant {
    DeskClock::System.now()
}

fn message(store: &Store, centre: &Centre, slots: Vec<Slot>) -> Result<Push, DeskError> {
    let (mut guests, mut texts) = (Vec::new(), Vec::new());
    store.read(|reader| {
        for slot in &slots {
            let (some_guests, some_texts) = reader.people_of(slot)?;
            guests.extend(some_guests);
            texts.extend(some_texts);
        }
        Ok(())
    })?;
    Ok(Push {
        protocol: Protocol,
        holder: centre.holder,
        commands: List::try_from(slots).map_err(DeskError::machine)?,
        guests: List::try_from(guests).map_err(DeskError::machine)?,
        texts: List::try_from(texts).map_err(DeskError::machine)?,
    })
}

impl Line<'_> {
    fn up(&self, done: &mut Exchanged) -> Result<(), DeskError> {
        let store = self.store;
        let centre = centre(store)?;
        if centre.state == CentreState::Frozen {
            return Ok(());
        }
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
                Step::Rejoin => {
                    store.write(|batch| batch.freeze())?;
                    return Err(CentreRefusal::Rejoin.into());
                }
                Step::Enrol => {
                    let fault = Fault::Unauthorised {};
                    return Err(CentreRefusal::Fault { fault }.into());
                }
            }
        }
        Ok(())
    }

    /// Follows the feed to its end; gives of how many rights rooms are given back.
    fn down(&self, done: &mut Exchanged, progress: &mut dyn FnMut(u64)) -> Result<u64, DeskError> {
        let store = self.store;
        let mut returned = 0;
        loop {
            let after = centre(store)?.cursor;
            let pull = Pull {
                protocol: Protocol,
                after,
            };
            let page = self
                .wait(self.link.pull(&pull))?
                .map_err(|failure| match failure {
                    Failure::Fault {
                        fault: Fault::CursorGone { .. },
                        ..
                    } => CentreRefusal::Rejoin.into(),
                    other => failed(other),
                })?;
            let followed = store.write(|batch| batch.follow(&page, now()))?;
            done.entries += followed.entries + followed.own;
            done.corrections += followed.corrections;
            returned += followed.returned;
            done.cursor = page.cursor.number;
            progress(done.cursor);
            if page.rest.is_some() {
                return Ok(returned);
            }
        }
    }
}
