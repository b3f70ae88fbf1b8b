//! The queue on its way up: one request in flight, stored outcomes back, poison set apart.
//!
//! Invariants: commands are sent in the order of their numbers, without gaps; a command leaves the
//! queue only with an answer that names its number and its hash; failures of the network are no
//! tries; a fork ends the sending until the desk has rejoined.

use keyrack_inventory::share::Holder;
use keyrack_wire::{Answered, BYTES_AT_MOST, COMMANDS_AT_MOST, Fault, Hash, Pushed, Slot, Trail};

/// A command that the centre cannot read is tried so often before it waits for a person.
pub const TRIES: u32 = 5;
/// What the message has beside its commands, and room for the escaping of their texts.
const BESIDE: usize = 1_024;

/// The commands that wait, as a store has them: by number, in their final bytes.
pub trait Queue {
    /// Why what stands there cannot be read.
    type Error;

    /// What stands under that number in the desk's present epoch.
    ///
    /// # Errors
    /// Where it cannot be read.
    fn slot(&self, seq: u64) -> Result<Option<Slot>, Self::Error>;

    /// The bytes of the guests and texts that go with it.
    ///
    /// # Errors
    /// Where they cannot be read.
    fn beside(&self, seq: u64) -> Result<usize, Self::Error>;

    /// Both.
    ///
    /// # Errors
    /// As they have.
    fn place(&self, seq: u64) -> Result<Option<(Slot, usize)>, Self::Error> {
        let Some(slot) = self.slot(seq)? else {
            return Ok(None);
        };
        Ok(Some((slot, self.beside(seq)?)))
    }
}

/// What came of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// Answers.
    Pushed(Pushed),
    /// The centre says why not.
    Fault(Fault),
    /// Nothing, or nothing readable: the network's failure, which says nothing about the commands.
    Nothing,
}

/// What the caller does now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Store these outcomes and how far the centre's trail has come with them, in one transaction, then ask for the
    /// next push.
    Store(Vec<Answered>, Trail),
    /// Wait ([`crate::wait_ms`]), then ask for the next push.
    Wait,
    /// Ask for the next push at once.
    Again,
    /// The centre cannot read this command: a person has to look at it. From now on the queue has
    /// [`Slot::Parked`] in its place, and what stands behind it goes on.
    Park(u64),
    /// The desk has no share any more, and rejoins in an epoch after this one.
    Rejoin(u32),
    /// The centre has less than it had answered: it was restored from a copy, and the desk sends what it
    /// lacks once more, in a new epoch.
    Restored,
    /// Nothing is sent until a person has done something about it: the desk's token is not known any more, or the
    /// desk exists twice.
    Stop(Fault),
}

/// Where the queue stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outbox {
    holder: Holder,
    /// The last number whose outcome is stored.
    stored: u64,
    /// How many commands a push may have: halved where one of them is not read.
    most: usize,
    /// How often the centre could not read the next command alone.
    tries: u32,
    /// Numbers and hashes of what is in flight.
    in_flight: Vec<(u64, Hash)>,
    stopped: Option<Step>,
}

impl Outbox {
    /// A queue of which everything up to `stored` is answered.
    pub fn new(holder: Holder, stored: u64) -> Self {
        Self {
            holder,
            stored,
            most: COMMANDS_AT_MOST,
            tries: 0,
            in_flight: Vec::new(),
            stopped: None,
        }
    }

    /// The last number whose outcome is stored.
    pub fn stored(&self) -> u64 {
        self.stored
    }

    /// Why nothing is sent any more, where that is so.
    pub fn stopped(&self) -> Option<&Step> {
        self.stopped.as_ref()
    }

    /// What the next request carries: nothing where the queue is empty, one is in flight, or sending
    /// has ended. What stands before a place that cannot be read goes up first.
    ///
    /// # Errors
    /// Where the next place cannot be read.
    pub fn next<Q: Queue>(&mut self, queue: &Q) -> Result<Option<Vec<Slot>>, Q::Error> {
        if self.stopped.is_some() || !self.in_flight.is_empty() {
            return Ok(None);
        }
        let mut slots = Vec::new();
        let mut bytes = BESIDE;
        while slots.len() < self.most {
            let seq = self.stored + 1 + slots.len() as u64;
            let (slot, beside) = match queue.place(seq) {
                Ok(Some(place)) => place,
                Err(error) if slots.is_empty() => return Err(error),
                Ok(None) | Err(_) => break,
            };
            bytes += weight(&slot) + beside;
            if bytes > BYTES_AT_MOST && !slots.is_empty() {
                break;
            }
            let hash = match &slot {
                Slot::Command(sealed) => sealed.hash(),
                Slot::Parked(parked) => parked.hash,
            };
            self.in_flight.push((seq, hash));
            slots.push(slot);
        }
        Ok((!slots.is_empty()).then_some(slots))
    }

    /// What an answer means. What comes while nothing is in flight is an echo, and changes nothing.
    pub fn hear(&mut self, heard: Heard) -> Step {
        let sent = std::mem::take(&mut self.in_flight);
        if sent.is_empty() || self.stopped.is_some() {
            return self.stopped.clone().unwrap_or(Step::Again);
        }
        match heard {
            Heard::Nothing | Heard::Fault(Fault::Busy {}) => Step::Wait,
            Heard::Pushed(pushed) => self.pushed(&sent, pushed),
            Heard::Fault(Fault::Gap { expected }) => self.rewind(expected),
            Heard::Fault(Fault::Malformed {} | Fault::TooLarge {}) => self.bisect(&sent),
            Heard::Fault(Fault::Restored {}) => self.stop(Step::Restored),
            Heard::Fault(Fault::Fork { .. }) => self.stop(Step::Rejoin(self.holder.epoch)),
            Heard::Fault(Fault::EpochOver { current }) => self.stop(Step::Rejoin(current)),
            Heard::Fault(fault @ (Fault::Unauthorised {} | Fault::ExistsTwice {})) => {
                self.stop(Step::Stop(fault))
            }
            // These answer an enrolment or a pull. Whoever says them here did not understand the push.
            Heard::Fault(
                Fault::CodeNotValid {} | Fault::CursorGone { .. } | Fault::NotEmpty {},
            ) => Step::Wait,
        }
    }

    /// Takes the answers that follow the queue one by one, as far as they are to what was sent.
    fn pushed(&mut self, sent: &[(u64, Hash)], pushed: Pushed) -> Step {
        let answers = pushed.answers.into_vec().into_iter();
        let fitting = answers.zip(sent).take_while(|(answer, sent)| {
            let answered = (answer.seq, answer.hash);
            answered == **sent
        });
        let taken: Vec<Answered> = fitting.map(|(answer, _)| answer).collect();
        let Some(last) = taken.last() else {
            return Step::Wait;
        };
        self.stored = last.seq;
        self.tries = 0;
        self.most = (self.most * 2).min(COMMANDS_AT_MOST);
        Step::Store(taken, pushed.trail)
    }

    /// The centre has less than was thought: it was restored from a copy. A number beyond the queue's would
    /// skip commands, so the answer is not believed.
    fn rewind(&mut self, expected: u64) -> Step {
        if expected == 0 || expected > self.stored {
            return Step::Wait;
        }
        self.stop(Step::Restored)
    }

    fn bisect(&mut self, sent: &[(u64, Hash)]) -> Step {
        if sent.len() > 1 {
            self.most = sent.len() / 2;
            return Step::Again;
        }
        self.tries += 1;
        if self.tries < TRIES {
            return Step::Wait;
        }
        self.tries = 0;
        Step::Park(self.stored + 1)
    }

    fn stop(&mut self, why: Step) -> Step {
        self.stopped = Some(why.clone());
        why
    }
}

/// The bytes of a slot within a message: quotes and backslashes of a text are escaped there.
fn weight(slot: &Slot) -> usize {
    let text = match slot {
        Slot::Command(sealed) => sealed.as_str(),
        // A right has its type, night and three counts.
        Slot::Parked(parked) => return BESIDE + 160 * parked.rights.as_slice().len(),
    };
    let marks = text.bytes().filter(|byte| matches!(byte, b'"' | b'\\'));
    text.len() + marks.count() + 3
}
