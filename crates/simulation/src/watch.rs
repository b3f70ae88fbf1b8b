//! Somebody who watches what desks do: a test that does the same on real files.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use keyrack_inventory::share::{Holder, Right};
use keyrack_inventory::{Command, CommandId, Instant, Night, Outcome, Refusal, RoomTypeCode};
use keyrack_wire::{Answered, Page, Snapshot, Trail};

use crate::world::World;

/// A command as it was given at a desk.
#[derive(Clone, Copy, Debug)]
pub struct Deed<'a> {
    /// Its identity.
    pub id: CommandId,
    /// What.
    pub command: &'a Command,
    /// Whether conditions are overridden.
    pub is_override: bool,
    /// Whether what it would take of the share is given back with it, where it is asked.
    pub gives_back: bool,
    /// When, by the desk's clock.
    pub at: Instant,
    /// What was told.
    pub result: &'a Result<Outcome, Refusal>,
}

/// What a desk's file comes to.
#[derive(Clone, Debug)]
pub struct Look {
    /// Each row with what it comes to, and whether it takes nothing.
    pub rows: BTreeMap<String, (String, bool)>,
    /// The desk's rights.
    pub rights: BTreeMap<(RoomTypeCode, Night), Right>,
    /// Its epoch.
    pub epoch: u32,
    /// The number of the last command of its queue.
    pub last_seq: u64,
    /// Whether nothing is sold out of its share any more.
    pub is_frozen: bool,
}

/// What happens at a desk.
#[derive(Clone, Debug)]
pub enum Happened<'a> {
    /// It is taken in, with its letters, in that epoch of the feed.
    Joined(Holder, &'a str, u32),
    /// Somebody gave a command; and whether it was the last of what was done together.
    Gave(Deed<'a>, bool),
    /// A page of the feed was followed.
    Followed(&'a Page, Instant),
    /// Answers were stored.
    Answered(&'a [Answered], Trail, Instant),
    /// A command was set apart.
    Parked(u64),
    /// A person gave it up, and what hangs on it.
    Discarded(CommandId, Instant),
    /// A person had it sent again, and what hangs on it.
    Retried(CommandId, Instant),
    /// Places of its queue leave the file.
    Sends(RangeInclusive<u64>),
    /// What waits for another desk was sent again, which brought what is named.
    WaitsAgain(&'a BTreeSet<String>),
    /// It is frozen: this epoch has to be left behind.
    Froze(u32),
    /// It goes on in a new epoch.
    Rejoined,
    /// A snapshot was taken; and whether of a centre that was restored from a copy.
    TookSnapshot(&'a Snapshot, bool, Instant),
    /// Its file was copied.
    Copied,
    /// The copy took the place of the file.
    PutBack,
}

/// Does what a desk does, and says where its own file comes to something else.
pub trait Watcher {
    /// Something happened at a desk, after which it looks like this. Gives what differs.
    fn see(&mut self, desk: usize, happened: Happened<'_>, look: &Look) -> Option<String>;
}

impl World<'_> {
    pub(crate) fn tell_deed(&mut self, index: usize, deed: Deed<'_>, is_last: bool) {
        self.tell(index, Happened::Gave(deed, is_last));
    }

    pub(crate) fn tell(&mut self, index: usize, happened: Happened<'_>) {
        let Some(watcher) = &mut self.watcher else {
            return;
        };
        let file = &self.desks[index].file;
        let look = Look {
            rows: file.shown.digests(),
            rights: file.rights.clone(),
            epoch: file.holder.epoch,
            last_seq: file.last_seq,
            is_frozen: file.is_frozen,
        };
        if let Some(what) = watcher.see(index, happened, &look) {
            let what = format!("{}: a real file differs: {what}", file.letters);
            self.trace.violated(7, what);
        }
    }
}
