//! Everything in a schedule: desks, the centre, what is on its way, and what guests were promised.

use std::collections::{BTreeMap, BTreeSet};

use keyrack_inventory::share::Holder;
use keyrack_inventory::{CommandId, DeskId, Instant};
use keyrack_sync::Outbox;
use keyrack_wire::Answer;
use uuid::Uuid;

use crate::Mistake;
use crate::dice::Dice;
use crate::file::{File, Spot};
use crate::kept::{Kept, Share};
use crate::tables::Place;
use crate::trace::Trace;
use crate::watch::Watcher;

/// The first instant of every schedule.
pub(crate) const BEGINS: i64 = 1_767_225_600_000;

/// What a message asks, or answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Push,
    Pull,
    Snapshot,
}

/// Something on its way.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    pub(crate) to_centre: bool,
    pub(crate) desk: usize,
    /// Which request it is, or answers.
    pub(crate) request: u64,
    pub(crate) kind: Kind,
    /// Whether an answer tells of success.
    pub(crate) is_well: bool,
    pub(crate) bytes: Vec<u8>,
}

/// A desk: its file, what a crash takes with it, and what stands beside the file.
#[derive(Clone, Debug)]
pub(crate) struct Desk {
    pub(crate) file: File,
    /// A copy of the file that somebody made.
    pub(crate) copy: Option<File>,
    /// The counter beside the file: how far its queue has come, in which epoch.
    pub(crate) counter: Spot,
    /// A snapshot is asked for; and whether of a centre that was restored from a copy.
    pub(crate) snapshot: Option<bool>,
    /// The centre was restored from a copy, and the desk has not gone on in a new epoch since.
    pub(crate) is_behind: bool,
    pub(crate) is_online: bool,
    pub(crate) outbox: Option<Outbox>,
    /// The request that waits for an answer: a desk asks one thing at a time.
    pub(crate) pushing: Option<u64>,
    pub(crate) pulling: Option<u64>,
    /// Nothing is sent up before.
    pub(crate) not_before: i64,
    /// By how much its clock is wrong.
    pub(crate) skew: i64,
    /// The centre lets it in no more.
    pub(crate) is_out: bool,
    /// Another copy of its file may have sent something.
    pub(crate) doubts: bool,
}

/// A command as somebody gave it.
#[derive(Clone, Debug)]
pub(crate) struct Given {
    pub(crate) desk: DeskId,
    /// In which epoch.
    pub(crate) epoch: u32,
    pub(crate) kind: String,
    pub(crate) is_settled: bool,
    /// What it promises until the centre has answered it.
    pub(crate) promised: Vec<(Place, u32)>,
    /// The share covers all that it takes.
    pub(crate) is_backed: bool,
    pub(crate) is_override: bool,
}

pub(crate) struct World<'a> {
    pub(crate) watcher: Option<&'a mut dyn Watcher>,
    pub(crate) dice: Dice,
    pub(crate) mistake: Option<Mistake>,
    pub(crate) now: i64,
    pub(crate) desks: Vec<Desk>,
    pub(crate) centre: Kept,
    pub(crate) wire: Vec<Message>,
    pub(crate) poison: BTreeSet<CommandId>,
    pub(crate) given: BTreeMap<CommandId, Given>,
    /// Promises that the centre has not answered yet.
    pub(crate) open: BTreeSet<CommandId>,
    /// The answers that the centre stored, by command.
    pub(crate) answers: BTreeMap<CommandId, Answer>,
    /// Desks of which a person gave something up: they were declared lost, or another copy done away with.
    pub(crate) lost: BTreeSet<DeskId>,
    /// Epochs that their desk closed, after the centre was restored.
    pub(crate) closed: BTreeSet<Holder>,
    /// Commands that have ever left a file, and in which epoch they first did.
    pub(crate) left: BTreeMap<CommandId, u32>,
    /// Commands that were in a file only in whose place an older copy was put.
    pub(crate) gone: BTreeSet<CommandId>,
    /// A copy of all that the centre has.
    pub(crate) backup: Option<Box<Kept>>,
    /// It was once put in the place of what the centre had.
    pub(crate) is_restored: bool,
    /// What was left of shares when they were set apart.
    pub(crate) apart: BTreeMap<Share, u32>,
    /// Up to where the feed and the ledger of deficits were looked at.
    pub(crate) seen: (usize, usize),
    pub(crate) trace: Trace,
    /// Nothing more is disturbed.
    pub(crate) is_calm: bool,
    requests: u64,
    ids: u64,
}

impl<'a> World<'a> {
    pub(crate) fn new(
        (dice, trace): (Dice, Trace),
        centre: Kept,
        mistake: Option<Mistake>,
        watcher: Option<&'a mut dyn Watcher>,
    ) -> Self {
        let seen = (centre.feed.len(), centre.deficit_entries.len());
        Self {
            watcher,
            dice,
            mistake,
            now: BEGINS,
            desks: Vec::new(),
            centre,
            wire: Vec::new(),
            poison: BTreeSet::new(),
            given: BTreeMap::new(),
            open: BTreeSet::new(),
            answers: BTreeMap::new(),
            lost: BTreeSet::new(),
            closed: BTreeSet::new(),
            left: BTreeMap::new(),
            gone: BTreeSet::new(),
            backup: None,
            is_restored: false,
            apart: BTreeMap::new(),
            seen,
            trace,
            is_calm: false,
            requests: 0,
            ids: 0,
        }
    }

    pub(crate) fn has(&self, mistake: Mistake) -> bool {
        self.mistake == Some(mistake)
    }

    pub(crate) fn instant(&self) -> Instant {
        Instant::from_millis(self.now)
    }

    /// The time by a desk's clock.
    pub(crate) fn desk_time(&self, desk: usize) -> Instant {
        Instant::from_millis(self.now + self.desks[desk].skew)
    }

    pub(crate) fn next_request(&mut self) -> u64 {
        self.requests += 1;
        self.requests
    }

    /// An id in the order of time, as a caller makes it.
    pub(crate) fn next_id(&mut self) -> CommandId {
        self.ids += 1;
        let time = u128::from(self.now.unsigned_abs()) << 80;
        CommandId(Uuid::from_u128(
            time | (7 << 76) | (2 << 62) | u128::from(self.ids),
        ))
    }
}

impl Desk {
    pub(crate) fn new(file: File) -> Self {
        Self {
            file,
            copy: None,
            counter: (0, 0),
            snapshot: None,
            is_behind: false,
            is_online: true,
            outbox: None,
            pushing: None,
            pulling: None,
            not_before: 0,
            skew: 0,
            is_out: false,
            doubts: false,
        }
    }

    pub(crate) fn asks(&self) -> bool {
        self.pushing.is_some() || self.pulling.is_some()
    }

    /// What a crash takes with it.
    pub(crate) fn dies(&mut self) {
        self.outbox = None;
        self.pushing = None;
        self.pulling = None;
        self.snapshot = None;
    }

    /// The counter beside the file goes with every commit. What a frozen file queues is in no epoch that
    /// goes on.
    pub(crate) fn committed(&mut self) {
        if !self.file.is_frozen {
            self.counter = self
                .counter
                .max((self.file.holder.epoch, self.file.last_seq));
        }
    }
}
