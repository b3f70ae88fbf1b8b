//! What goes up: the queue as the file has it, and one process at a time that sends it.

use std::fs::{File, TryLockError};
use std::path::PathBuf;
use std::time::{Duration, Instant as Clock};

use keyrack_store::{Centre, Store, StoreError, private};
use keyrack_sync::Queue;
use keyrack_wire::{List, Protocol, Pull, Push, Slot};

use crate::error::DeskError;

/// How long one exchange waits for another process that exchanges.
const IN_LINE: Duration = Duration::from_secs(5);
/// How often a process in line looks.
const LOOK: Duration = Duration::from_millis(20);

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
pub(super) struct Kept<'a> {
    pub store: &'a Store,
    pub epoch: u32,
}

impl Queue for Kept<'_> {
    type Error = StoreError;

    fn slot(&self, seq: u64) -> Result<Option<Slot>, StoreError> {
        self.store.read(|reader| reader.slot(self.epoch, seq))
    }

    fn beside(&self, seq: u64) -> Result<usize, StoreError> {
        let people = self.store.read(|reader| {
            let slot = reader.slot(self.epoch, seq)?;
            slot.map(|slot| reader.people_of(&slot)).transpose()
        })?;
        let (guests, texts) = people.unwrap_or_default();
        let guests = guests
            .iter()
            .map(|guest| guest.name.as_str().len() * 2 + 700);
        let texts = texts.iter().map(|text| text.body.as_str().len() * 2 + 80);
        Ok(guests.chain(texts).sum())
    }
}

/// A push of these places, with the people that they name.
pub(super) fn message(store: &Store, centre: &Centre, slots: Vec<Slot>) -> Result<Push, DeskError> {
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
        trail: centre.trail,
        commands: List::try_from(slots).map_err(DeskError::machine)?,
        guests: List::try_from(guests).map_err(DeskError::machine)?,
        texts: List::try_from(texts).map_err(DeskError::machine)?,
    })
}

/// What is asked of the feed.
pub(super) fn pull_of(store: &Store, centre: &Centre) -> Result<Pull, DeskError> {
    let waiting = store.read(|reader| Ok(reader.queue_facts()?.waiting))?;
    Ok(Pull {
        protocol: Protocol,
        holder: centre.holder,
        after: centre.cursor,
        chain: centre.chain,
        trail: centre.trail,
        granted: centre.granted,
        waiting,
    })
}
