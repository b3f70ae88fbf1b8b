//! What arrives at the centre, and what it answers: its own code, over rows in memory.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use keyrack_central::ledger::{DeskRow, Records};
use keyrack_central::{CentralError, epoch, grants, pull, push};
use keyrack_inventory::DeskId;
use keyrack_inventory::share::Holder;
use keyrack_wire::{Fault, Notice, Pull, Push, Pushed, Slot};
use serde_json::to_vec;

use crate::Mistake;
use crate::kept::{Kept, Memory};
use crate::world::{Kind, Message, World};

/// Runs what never waits: rows in memory are there at once.
pub(crate) fn done<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    match future
        .as_mut()
        .poll(&mut Context::from_waker(Waker::noop()))
    {
        Poll::Ready(made) => made,
        Poll::Pending => panic!("something waits where nothing can"),
    }
}

/// Grants what each desk lacks, as it is done when one joins.
pub(crate) fn granted(kept: &mut Kept) {
    let poison = std::collections::BTreeSet::new();
    let memory = Memory::begin(kept, &poison, None);
    let mut property = kept.property.clone();
    done(grants::everywhere(&memory, &mut property)).expect("rows in memory do not fail");
    done(memory.put_property(&property)).expect("rows in memory do not fail");
    *kept = memory.end();
}

impl World<'_> {
    /// A request arrives; what is answered goes on its way.
    pub(crate) fn arrives(&mut self, message: &Message) {
        let desk = self.desks[message.desk].file.holder.desk;
        let answer = match message.kind {
            Kind::Push => self.pushed(desk, &message.bytes),
            Kind::Pull => self.pulled(desk, &message.bytes),
            Kind::Snapshot => self.asked_for_all(desk, &message.bytes),
        };
        let Some((is_well, bytes)) = answer else {
            return;
        };
        self.wire.push(Message {
            to_centre: false,
            is_well,
            bytes,
            ..message.clone()
        });
    }

    fn pushed(&mut self, desk: DeskId, bytes: &[u8]) -> Option<(bool, Vec<u8>)> {
        let Ok(message) = serde_json::from_slice::<Push>(bytes) else {
            return Some(fault(Fault::Malformed {}));
        };
        if self
            .centre
            .desks
            .get(&desk)
            .is_none_or(|row| row.is_revoked)
        {
            return Some(fault(Fault::Unauthorised {}));
        }
        self.plant(desk, &message);
        let row = self.centre.desks[&desk].clone();
        let now = self.instant();
        let mut memory = Memory::begin(&self.centre, &self.poison, self.mistake);
        let mut judged = done(push::together(&memory, &row, &message, now));
        if judged.as_ref().is_err_and(CentralError::is_of_the_command) {
            memory = Memory::begin(&self.centre, &self.poison, self.mistake);
            judged = done(push::one_by_one(&memory, &row, &message, now));
        }
        match judged {
            Ok(pushed) => {
                let (before, after) = self.dies();
                if before {
                    self.trace
                        .line("the centre dies before it commits".to_owned());
                    return None;
                }
                let kept = memory.end();
                if self.mistake.is_none() {
                    self.compare(&row, &message, (&pushed, &kept));
                }
                self.heard(&row, &message, &kept);
                self.commit(kept);
                if after {
                    self.trace
                        .line("the centre dies after it has committed".to_owned());
                    return None;
                }
                Some((true, to_vec(&pushed).expect("an answer is written")))
            }
            Err(CentralError::Fault(said @ Fault::Fork { .. })) => {
                let memory = Memory::begin(&self.centre, &self.poison, None);
                let ended = push::exists_twice(&memory, &row, message.holder.epoch, now);
                done(ended).expect("rows in memory do not fail");
                self.trace.facts.set_apart += 1;
                self.commit(memory.end());
                Some(fault(said))
            }
            Err(CentralError::Fault(said)) => Some(fault(said)),
            Err(error) => {
                self.trace
                    .violated(0, format!("the centre cannot go on: {error}"));
                None
            }
        }
    }

    /// However a push is judged, it comes to the same.
    fn compare(&mut self, row: &DeskRow, message: &Push, (pushed, kept): (&Pushed, &Kept)) {
        let memory = Memory::begin(&self.centre, &self.poison, None);
        let alone = done(push::one_by_one(&memory, row, message, self.instant()));
        let what = match alone {
            Ok(alone) if alone == *pushed => kept.differs(&memory.end()),
            _ => Some("answers"),
        };
        if let Some(what) = what {
            let what = format!("commands that are judged together come to other {what}");
            self.trace.violated(4, what);
        }
    }

    /// Notes what a push that is about to be committed says of epochs that are over.
    fn heard(&mut self, row: &DeskRow, message: &Push, kept: &Kept) {
        let holder = row.holder;
        let is_back = row.is_lost && kept.desks.get(&holder.desk).is_some_and(|row| !row.is_lost);
        self.trace.facts.came_back += u64::from(is_back);
        for slot in message.commands.as_slice() {
            let Slot::Command(sealed) = slot else {
                continue;
            };
            let notice = sealed.open().ok().and_then(|queued| queued.notice());
            if let (true, Some(Notice::CloseEpoch { epoch })) = (self.is_restored, notice) {
                self.closed.insert(Holder { epoch, ..holder });
            }
        }
        self.follow_apart(holder.desk, kept);
    }

    /// Whether the centre dies before it commits, or before it answers.
    fn dies(&mut self) -> (bool, bool) {
        let dies = !self.is_calm && self.dice.once_in(25);
        self.trace.facts.deaths += u64::from(dies);
        let before = dies && self.dice.once_in(2);
        (before, dies && !before)
    }

    /// Makes the centre believe what a planted mistake would let it believe.
    fn plant(&mut self, desk: DeskId, message: &Push) {
        let Some(Slot::Command(first)) = message.commands.as_slice().first() else {
            return;
        };
        let (Ok(first), Some(row)) = (first.open(), self.centre.desks.get_mut(&desk)) else {
            return;
        };
        let repeats = self.mistake == Some(Mistake::NoDedupe) && first.seq <= row.last_seq;
        if row.holder.epoch == message.holder.epoch && repeats {
            row.last_seq = first.seq - 1;
            row.last_hash = first.prev_hash;
        }
    }

    fn pulled(&mut self, desk: DeskId, bytes: &[u8]) -> Option<(bool, Vec<u8>)> {
        let Ok(asked) = serde_json::from_slice::<Pull>(bytes) else {
            return Some(fault(Fault::Malformed {}));
        };
        let row = self.centre.desks.get(&desk).cloned();
        let Some(row) = row.filter(|row| !row.is_revoked) else {
            return Some(fault(Fault::Unauthorised {}));
        };
        let memory = Memory::begin(&self.centre, &self.poison, self.mistake);
        match done(epoch::entered_by_pull(
            &memory,
            &row,
            &asked,
            self.instant(),
        )) {
            Ok(()) if asked.holder == row.holder && !row.is_awaited => {}
            Ok(()) => {
                self.trace.facts.came_back += u64::from(row.is_lost);
                self.commit(memory.end());
            }
            Err(CentralError::Fault(said)) => return Some(fault(said)),
            Err(error) => panic!("rows in memory do not fail: {error}"),
        }
        let memory = Memory::begin(&self.centre, &self.poison, None);
        let page = match done(pull::page(&memory, &row, &asked)) {
            Ok(None) => {
                let begun = epoch::feed_begun(&memory, &row, &asked, self.instant());
                done(begun).expect("rows in memory do not fail");
                self.commit(memory.end());
                self.trace.line("the feed begins a new epoch".to_owned());
                Err(pull::gone(&self.centre.property, 0))
            }
            Ok(Some(page)) => {
                self.follows(desk, &asked);
                Ok(page)
            }
            Err(error) => Err(error),
        };
        match page {
            Ok(page) if self.mistake.is_none() => {
                Some((true, to_vec(&page).expect("a page is written")))
            }
            Ok(page) => {
                let mut page = serde_json::to_value(&page).expect("a page is written");
                self.spoil(&mut page, row.holder);
                Some((true, to_vec(&page).expect("a page is written")))
            }
            Err(CentralError::Fault(said)) => Some(fault(said)),
            Err(error) => {
                self.trace
                    .violated(0, format!("the centre cannot go on: {error}"));
                None
            }
        }
    }

    /// Notes how far the desk has followed the feed, where it named what that comes to: the page says that it is the same.
    fn follows(&mut self, desk: DeskId, asked: &Pull) {
        let row = self.centre.desks.get_mut(&desk);
        if let Some(row) = row.filter(|_| asked.chain.is_some()) {
            row.followed = asked.after.number;
        }
    }

    /// Writes a page as a planted mistake would have it.
    fn spoil(&self, page: &mut serde_json::Value, holder: Holder) {
        if self.has(Mistake::EntrySkipped)
            && let Some(entries) = page["entries"].as_array_mut()
            && entries.len() > 2
        {
            entries.remove(1);
        }
        if !self.has(Mistake::GrantAsDifference) {
            return;
        }
        let Some(grants) = page["rest"]["grants"].as_array_mut() else {
            return;
        };
        for grant in grants {
            let code = grant["room_type"]
                .as_str()
                .and_then(|code| code.parse().ok());
            let night = grant["night"].as_str().and_then(|night| night.parse().ok());
            let (Some(code), Some(night)) = (code, night) else {
                continue;
            };
            let kept = &self.centre.rights[&(night, code, holder)];
            let more = kept.right.totals().granted - kept.granted_before;
            grant["granted"] = more.into();
        }
    }

    /// Takes shares back in silence, as planted mistakes would.
    pub(crate) fn take_back(&mut self, index: usize) {
        let holder = self.desks[index].file.holder;
        let row = self.centre.desks.get(&holder.desk);
        let is_apart =
            row.is_none_or(|row| row.is_forked || row.is_revoked || row.holder != holder);
        // Of which epochs.
        let epochs = match (self.mistake, row) {
            (Some(Mistake::ShareTakenBackByTime), _) if !is_apart => holder.epoch..=holder.epoch,
            (Some(Mistake::QuarantineReleased), Some(row)) => 1..=row.holder.epoch - 1,
            _ => return,
        };
        let shares = self.centre.rights.iter_mut();
        let own = |of: &Holder| of.desk == holder.desk && epochs.contains(&of.epoch);
        for (_, kept) in shares.filter(|((_, _, of), _)| own(of)) {
            let left = kept.right.left();
            kept.right
                .give_back(left)
                .expect("what is left can be given back");
        }
        granted(&mut self.centre);
        self.look_at_centre();
    }
}

pub(crate) fn fault(said: Fault) -> (bool, Vec<u8>) {
    (false, to_vec(&said).expect("a fault is written"))
}
