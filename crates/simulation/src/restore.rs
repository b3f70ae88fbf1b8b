//! What is put back, given up or begun anew: files, desks, what is parked, and the centre.

use keyrack_central::{epoch, snapshot};
use keyrack_inventory::share::Holder;
use keyrack_inventory::{CommandId, DeskId};
use keyrack_wire::{Fault, Pull, Snapshot};
use serde_json::{from_slice, to_vec};

use crate::Mistake;
use crate::centre::{done, fault, granted};
use crate::file::{File, RowState, Spot};
use crate::kept::{Kept, Memory};
use crate::watch::Happened;
use crate::world::{Message, World};

/// Most desks of a schedule, those set up anew among them.
const DESKS_AT_MOST: usize = 7;

impl World<'_> {
    /// An older copy takes the place of the desk's file.
    pub(crate) fn restore(&mut self, index: usize) {
        let has_guard = !self.has(Mistake::RestoredWithoutGuard);
        let desk = &mut self.desks[index];
        let Some(copy) = desk.copy.take() else {
            return;
        };
        desk.dies();
        let ids = |file: &File| -> Vec<CommandId> {
            file.queue.values().map(|row| row.queued.id).collect()
        };
        let (before, kept) = (ids(&desk.file), ids(&copy));
        let gone = before.into_iter().filter(|id| !kept.contains(id));
        self.gone.extend(gone);
        // What the file in its place has sent nobody knows.
        for row in copy.queue.values().filter(|row| !row.sent) {
            self.left.remove(&row.queued.id);
        }
        desk.file = copy;
        self.tell(index, Happened::PutBack);
        self.say(index, "has its file put back to a copy");
        let desk = &self.desks[index];
        let here = (desk.file.holder.epoch, desk.file.last_seq);
        let (is_older, over) = (here < desk.counter, desk.counter.0);
        self.trace.facts.restored += u64::from(is_older);
        if is_older && has_guard && !desk.file.is_frozen {
            self.freeze(index, over);
        }
    }

    /// Nothing is sold out of the share any more, until the desk goes on in an epoch after that one.
    pub(crate) fn freeze(&mut self, index: usize, over: u32) {
        let desk = &mut self.desks[index];
        desk.file.freeze(over);
        desk.outbox = None;
        desk.doubts = true;
        self.say(index, &format!("is frozen: epoch {over} is over"));
        self.tell(index, Happened::Froze(over));
    }

    /// The desk goes on in a new epoch.
    pub(crate) fn rejoin(&mut self, index: usize) {
        let (id, now) = (self.next_id(), self.desk_time(index));
        let desk = &mut self.desks[index];
        desk.dies();
        desk.file.rejoin(id, now);
        desk.is_behind = false;
        desk.committed();
        let epoch = desk.file.holder.epoch;
        self.trace.facts.rejoined += 1;
        self.say(index, &format!("goes on in epoch {epoch}"));
        self.tell(index, Happened::Rejoined);
        self.look_at_desk(index);
    }

    /// The desk takes everything as the centre has it.
    pub(crate) fn take_snapshot(&mut self, index: usize, snapshot: &Snapshot) {
        let (id, now) = (self.next_id(), self.desk_time(index));
        let desk = &mut self.desks[index];
        let is_next = snapshot.cursor.epoch != desk.file.cursor.epoch;
        let is_restored = desk.snapshot == Some(true) || is_next;
        desk.dies();
        desk.file.take_snapshot(snapshot, is_restored, now, id);
        desk.is_behind &= !is_restored;
        // It may have told that the centre has more of the desk than its file.
        desk.doubts |= desk.file.is_frozen;
        desk.committed();
        let epoch = desk.file.holder.epoch;
        self.trace.facts.rejoined += u64::from(is_restored);
        let line = format!("takes a snapshot in epoch {epoch}, restored {is_restored}");
        self.say(index, &line);
        self.tell(index, Happened::TookSnapshot(snapshot, is_restored, now));
        self.look_at_followed(index);
    }

    /// A copy of the desk's file on another machine asks the centre, in the next epoch, and is heard of no more.
    pub(crate) fn twin_speaks(&mut self, index: usize) {
        let desk = &self.desks[index];
        let holder = desk.file.holder;
        let row = self.centre.desks.get(&holder.desk).cloned();
        let known = row.filter(|row| row.holder == holder && row.standing() == "joined");
        let Some(row) = known.filter(|_| !desk.is_out && !desk.is_behind) else {
            return;
        };
        let asked = Pull {
            protocol: keyrack_wire::Protocol,
            holder: Holder {
                epoch: holder.epoch + 1,
                ..holder
            },
            after: desk.file.cursor,
            chain: None,
            trail: None,
            granted: None,
            waiting: 0,
        };
        let memory = Memory::begin(&self.centre, &self.poison, self.mistake);
        let entered = epoch::entered_by_pull(&memory, &row, &asked, self.instant());
        done(entered).expect("the epoch is the next one");
        self.trace.facts.set_apart += 1;
        self.say(index, "has a copy that begins the next epoch");
        self.commit(memory.end());
    }

    /// The centre keeps the desk's cursor no more: the next thing that it asks for is a snapshot.
    pub(crate) fn goes_stale(&mut self, index: usize) {
        let desk = &mut self.desks[index];
        let follows = !desk.is_out && !desk.file.is_frozen && desk.pulling.is_none();
        if follows && desk.snapshot.is_none() && desk.file.shown.catalogue.is_some() {
            desk.snapshot = Some(false);
            desk.outbox = None;
            desk.pushing = None;
            self.say(index, "has a cursor that is not kept");
        }
    }

    /// Whether the centre lets the desk in no more.
    pub(crate) fn is_turned_away(&mut self, message: &Message) -> bool {
        let said = from_slice::<Fault>(&message.bytes);
        let is_out = !message.is_well && matches!(said, Ok(Fault::Unauthorised {}));
        self.desks[message.desk].is_out |= is_out;
        is_out
    }

    /// Whether a person has given up what the desk may sell in its epoch, or the centre has forgotten it.
    pub(crate) fn is_given_up(&self, index: usize) -> bool {
        let desk = &self.desks[index];
        let holder = desk.file.holder;
        let row = self.centre.desks.get(&holder.desk);
        desk.is_behind || row.is_some_and(|row| holder.epoch <= row.lost_epoch)
    }

    /// A person sets a frozen desk up anew; what it had out stays out.
    fn set_up(&mut self, index: usize) {
        self.desks[index].is_out = true;
        let id = self.desks[index].file.holder.desk;
        if let Some(row) = self.centre.desks.get_mut(&id) {
            row.is_revoked = true;
        }
        self.trace.facts.set_apart += 1;
        self.say(index, "is set up anew");
        self.join();
        self.look_at_centre();
    }

    /// The same, where it is frozen and there is room for another.
    pub(crate) fn set_up_anew(&mut self, index: usize) {
        let desk = &self.desks[index];
        if !desk.is_out && desk.file.is_frozen && self.desks.len() < DESKS_AT_MOST {
            self.set_up(index);
        }
    }

    /// A person gives up what is parked; what waits for another desk only where that is meant, too.
    pub(crate) fn discard(&mut self, index: usize, waits_too: bool) {
        let Some(spot) = self.desks[index].file.parked(waits_too) else {
            return;
        };
        let at = self.desk_time(index);
        let family = self.desks[index].file.family(spot);
        let family: Vec<(Spot, CommandId)> = family
            .into_iter()
            .map(|spot| (spot, self.next_id()))
            .collect();
        let file = &mut self.desks[index].file;
        file.discard(&family, at);
        let ids: Vec<_> = family
            .iter()
            .map(|(spot, _)| file.queue[spot].queued.id)
            .collect();
        let first = ids[0];
        self.desks[index].committed();
        for id in ids {
            self.open.remove(&id);
        }
        self.say(index, &format!("discards {spot:?}"));
        self.tell(index, Happened::Discarded(first, at));
    }

    /// A person has what is parked sent again; half of the time the centre can store it now.
    pub(crate) fn retry(&mut self, index: usize) {
        let file = &self.desks[index].file;
        let parked = file.queue.iter().filter(|(_, row)| row.parked.is_some());
        let parked = parked.filter(|(_, row)| matches!(row.state, RowState::Parked { .. }));
        let spots: Vec<Spot> = parked.map(|(spot, _)| *spot).collect();
        let Some(spot) = self.dice.pick(&spots).copied() else {
            return;
        };
        let file = &self.desks[index].file;
        // The one on which it hangs goes with it.
        let (id, spot) = (file.queue[&spot].queued.id, file.root(spot));
        let family = file.family(spot);
        if self.dice.once_in(2) {
            for spot in family {
                let id = self.desks[index].file.queue[&spot].queued.id;
                self.poison.remove(&id);
            }
        }
        let at = self.desk_time(index);
        self.desks[index].file.retry(spot);
        self.desks[index].committed();
        self.trace.facts.retried += 1;
        self.say(index, &format!("has {spot:?} sent again"));
        self.tell(index, Happened::Retried(id, at));
        self.look_at_desk(index);
    }

    /// Somebody copies all that the centre has.
    pub(crate) fn copy_centre(&mut self) {
        self.backup = Some(Box::new(self.centre.clone()));
        self.trace.line("the centre is copied".to_owned());
    }

    /// The copy takes the place of what the centre has. Until a desk has gone on in a new epoch, nobody knows
    /// what it promised.
    pub(crate) fn restore_centre(&mut self) {
        let Some(backup) = self.backup.clone() else {
            return;
        };
        let had = |kept: &Kept| {
            let rights: Vec<_> = kept.rights.values().map(|kept| kept.right).collect();
            (kept.feed.len(), kept.queued.len(), rights)
        };
        if had(&backup) == had(&self.centre) {
            return;
        }
        self.centre = *backup;
        self.seen = (self.centre.feed.len(), self.centre.deficit_entries.len());
        let answers = self.centre.queued.values();
        self.answers = answers
            .map(|placed| (placed.id, placed.answer.clone()))
            .collect();
        self.open.clear();
        self.apart.clear();
        self.is_restored = true;
        for desk in &mut self.desks {
            desk.is_behind = true;
        }
        self.trace.facts.centre_restored += 1;
        self.trace
            .line("the centre is restored from a copy".to_owned());
        self.look_at_centre();
    }

    /// A person declares a desk lost: what is left of its rights goes back.
    pub(crate) fn declare_lost(&mut self, index: usize) {
        let desk = self.desks[index].file.holder.desk;
        let row = self.centre.desks[&desk].clone();
        let mut property = self.centre.property.clone();
        let now = self.instant();
        let memory = Memory::begin(&self.centre, &self.poison, self.mistake);
        let lost = done(epoch::lose(&memory, &mut property, &row, now));
        lost.expect("rows in memory do not fail");
        let mut kept = memory.end();
        kept.property = property;
        self.give_up_epochs(row.holder);
        self.trace.facts.set_apart += 1;
        self.commit(kept);
        granted(&mut self.centre);
        self.look_at_centre();
    }

    /// A person says that no other copy is left of a desk that the centre lets begin no epoch before.
    pub(crate) fn accept_doubled(&mut self, index: usize) {
        let holder = self.desks[index].file.holder;
        let row = self.centre.desks.get(&holder.desk);
        if row.is_some_and(|row| row.is_forked && holder.epoch > row.holder.epoch) {
            self.accept(index);
        }
    }

    /// A person says that no other copy of a desk is left, after it has gone on in a new epoch.
    pub(crate) fn accept(&mut self, index: usize) {
        let desk = &self.desks[index];
        let holder = desk.file.holder;
        let Some(row) = self.centre.desks.get(&holder.desk).cloned() else {
            return;
        };
        let is_doubled = row.is_forked && holder.epoch > row.holder.epoch;
        let goes_on = !desk.is_out && !desk.file.is_frozen && (row.holder == holder || is_doubled);
        if !goes_on || row.holder.epoch == 1 || self.is_given_up(index) {
            return;
        }
        let (property, now) = (self.centre.property.clone(), self.instant());
        let memory = Memory::begin(&self.centre, &self.poison, self.mistake);
        let accepted = done(epoch::accept(&memory, &property, &row, now));
        let rooms = accepted.expect("rows in memory do not fail");
        self.give_up_epochs(Holder {
            epoch: row.holder.epoch - 1,
            ..holder
        });
        self.say(index, &format!("is accepted, with {rooms} rooms of before"));
        self.commit(memory.end());
        granted(&mut self.centre);
        self.look_at_centre();
    }

    /// What the desk promised in its epochs up to one is covered by nothing any more.
    fn give_up_epochs(&mut self, upto: Holder) {
        self.lost.insert(upto.desk);
        let given = &self.given;
        self.open.retain(|id| {
            let given = &given[id];
            given.desk != upto.desk || given.epoch > upto.epoch
        });
    }

    /// A desk asks for everything.
    pub(crate) fn asked_for_all(&mut self, desk: DeskId, bytes: &[u8]) -> Option<(bool, Vec<u8>)> {
        let Ok(asked) = from_slice::<Pull>(bytes) else {
            return Some(fault(Fault::Malformed {}));
        };
        let row = self.centre.desks.get(&desk).cloned();
        let Some(row) = row.filter(|row| !row.is_revoked) else {
            return Some(fault(Fault::Unauthorised {}));
        };
        let memory = Memory::begin(&self.centre, &self.poison, None);
        match done(snapshot::everything(&memory, &row, &asked, self.instant())) {
            Ok(all) => Some((true, to_vec(&all).expect("a snapshot is written"))),
            Err(keyrack_central::CentralError::Fault(said)) => Some(fault(said)),
            Err(error) => {
                self.trace
                    .violated(0, format!("the centre cannot go on: {error}"));
                None
            }
        }
    }
}
