//! A desk leaves an epoch behind, and goes on in the next: as a desk does with its file.

use std::collections::BTreeSet;
use std::sync::Arc;

use keyrack_inventory::{CommandId, Instant};
use keyrack_wire::{Again, Answer, Hash, Notice, Parked, Queued, Snapshot, Standing};

use crate::Mistake;
use crate::file::{File, Row, RowState, Spot};
use crate::tables::Tables;

/// The desk's commands that a centre has answered.
struct Known {
    stored: BTreeSet<CommandId>,
    refused: BTreeSet<CommandId>,
}

impl Known {
    fn of(snapshot: &Snapshot) -> Self {
        Self {
            stored: snapshot.stored.as_slice().iter().copied().collect(),
            refused: snapshot.refused.as_slice().iter().copied().collect(),
        }
    }

    /// Whether it has the row as it stands here: one that was told to be done is not refused.
    fn has(&self, row: &Row) -> bool {
        let id = row.queued.id;
        let is_done = matches!(row.state, RowState::Applied | RowState::Kept);
        self.stored.contains(&id) || !is_done && self.refused.contains(&id)
    }
}

/// Whether a centre has judged it, or may have.
fn may_be_answered(row: &Row) -> bool {
    match row.state {
        RowState::Applied | RowState::Kept => true,
        state => {
            let told = state == RowState::Parked { told: true };
            (told || row.sent) && row.queued.kind.as_str() != "close_day"
        }
    }
}

impl File {
    /// Begins a new epoch, where the last one is over.
    pub(crate) fn rejoin(&mut self, notice: CommandId, now: Instant) {
        self.begin_epoch(None);
        let closes = self.mistake == Some(Mistake::QuarantineClosedByDesk);
        if closes && self.shown.catalogue.is_some() {
            let epoch = self.holder.epoch - 1;
            self.enqueue_notice(notice, now, &Notice::CloseEpoch { epoch }, Vec::new());
        }
        // Numbers that another copy may have given are told apart until they are settled.
        self.dirty = true;
        self.commits += 1;
    }

    /// Takes a snapshot under what waits here; of a centre that was restored from a copy, in a new epoch.
    pub(crate) fn take_snapshot(
        &mut self,
        snapshot: &Snapshot,
        is_restored: bool,
        now: Instant,
        notice: CommandId,
    ) {
        let known = Known::of(snapshot);
        let there = (snapshot.holder.epoch, snapshot.acked_seq);
        let here = (self.holder.epoch, self.last_seq);
        // The file is the only one: what it sold of the old share has gone up before this.
        let closed = (is_restored && !self.is_frozen).then_some(self.holder.epoch);
        if is_restored {
            self.over_epoch = self.over_epoch.max(snapshot.holder.epoch);
            let is_next = snapshot.cursor.epoch == self.cursor.epoch + 1;
            let began = snapshot.began.filter(|_| is_next).unwrap_or(0);
            self.begin_epoch(Some((&known, began)));
        } else {
            if there > here {
                self.freeze(there.0);
            }
            self.has_stored(&known);
        }
        self.lay_over(snapshot, now);
        if let Some(epoch) = closed {
            self.enqueue_notice(notice, now, &Notice::CloseEpoch { epoch }, Vec::new());
        }
        self.commits += 1;
    }

    /// Makes the snapshot the base, and what is shown the base with what waits over it.
    fn lay_over(&mut self, snapshot: &Snapshot, now: Instant) {
        self.base = Tables::of(snapshot, &self.letters, self.shown.counters);
        let mut rows = self.shown.rows();
        rows.merge(&self.base.rows());
        self.over = rows.clone();
        self.dirty = true;
        self.settle(&rows, true, now);
        self.cursor = snapshot.cursor;
        self.chain = snapshot.chain;
        self.dirty = self.unfit;
    }

    /// What the centre has stored is in its rows; what is parked is in none.
    fn has_stored(&mut self, known: &Known) {
        for row in self.queue.values_mut() {
            row.in_base |= known.has(row);
        }
    }

    /// Of a centre that was restored from a copy: what it knows, and up to which entry the feed is as it was.
    fn begin_epoch(&mut self, restored: Option<(&Known, u64)>) {
        let known = restored.map(|(known, _)| known);
        if self.is_frozen {
            // What another copy of the file has sent nobody knows.
            self.queue.values_mut().for_each(|row| row.sent = true);
            if self.shown.catalogue.is_some() {
                let counters = self.shown.counters.after(self.numbers_after);
                self.numbers_after = counters.maybe_given();
            }
        }
        self.holder.epoch = self.over_epoch.max(self.holder.epoch) + 1;
        self.over_epoch = 0;
        self.is_frozen = false;
        (self.acked_seq, self.last_seq, self.last_hash) = (0, 0, Hash::NONE);
        self.granted = None;
        if self.mistake != Some(Mistake::ShareKeptOnRejoin) {
            self.rights.clear();
        }
        self.returning.clear();
        if let Some(known) = known {
            self.since_epoch = self.holder.epoch;
            self.trail = None;
            self.has_stored(known);
        }
        let goes = |state| match state {
            RowState::Waiting | RowState::Parked { told: false } => true,
            RowState::Parked { told: true } | RowState::Applied | RowState::Kept => known.is_some(),
            RowState::Refused => false,
        };
        let rows = self.queue.iter().filter(|(_, row)| goes(row.state));
        let spots: Vec<Spot> = rows.map(|(spot, _)| *spot).collect();
        for spot in spots {
            self.again(spot, restored);
        }
    }

    /// Queues a row again at the end of the new epoch, where the centre does not have it.
    fn again(&mut self, spot: Spot, restored: Option<(&Known, u64)>) {
        let known = restored.map(|(known, _)| known);
        let id = self.queue[&spot].queued.id;
        let has = known.is_some_and(|known| known.has(&self.queue[&spot]));
        if has && self.queue[&spot].state != RowState::Waiting {
            return;
        }
        let Some(row) = self.queue.remove(&spot) else {
            return;
        };
        // All of the share is given up with its epoch.
        if matches!(row.queued.notice(), Some(Notice::ReturnShare {})) {
            return;
        }
        let (first, rights) = match self.unheard_place(id, known.is_some()) {
            Some((epoch, place)) => (place.epoch.unwrap_or(epoch), place.rights),
            None => (row.queued.rights_epoch(), row.queued.rights.clone()),
        };
        let was_sure = row.queued.again.is_some_and(|again| again.sure);
        let is_all_sure = self.mistake == Some(Mistake::SureThoughNeverSent);
        let sure = was_sure || known.is_some() && (is_all_sure || may_be_answered(&row));
        let seen = restored.map_or(u64::MAX, |(_, began)| began);
        let id = match self.mistake {
            Some(Mistake::AgainUnderNewId) => CommandId::derived(id, 7),
            _ => id,
        };
        let queued = Queued {
            id,
            epoch: self.holder.epoch,
            seq: self.last_seq + 1,
            prev_hash: self.last_hash,
            outcome: match &row.answer {
                // What the centre confirmed is promised by now.
                Some(Answer::Applied { outcome }) => Standing::Settled {
                    outcome: outcome.clone(),
                },
                _ => row.queued.outcome.clone(),
            },
            rights,
            seen: row.queued.seen.min(seen),
            again: Some(Again { epoch: first, sure }),
            ..Queued::clone(&row.queued)
        };
        // What the centre alone does is shown once it has done it again.
        let lies_over = queued
            .command()
            .is_ok_and(|command| !command.is_the_centres());
        self.push_back(queued);
        let last = (self.holder.epoch, self.last_seq);
        let Some(queued) = self.queue.get_mut(&last) else {
            return;
        };
        queued.sent = row.sent;
        queued.in_base = match known {
            Some(_) => has || !lies_over,
            None => row.in_base,
        };
        if let (RowState::Parked { .. }, Some(reason)) = (row.state, &row.parked) {
            self.set_parked(last, reason.as_str());
        }
    }

    /// The place that a command left when it was sent again, where the centre does not know it as parked.
    fn unheard_place(&mut self, id: CommandId, is_restored: bool) -> Option<(u32, Parked)> {
        let mut places = self.places.iter();
        let found = places.find(|(_, (place, told))| place.id == id && (!told || is_restored));
        let (spot, (place, _)) = found?;
        let (spot, place) = (*spot, place.clone());
        self.places.retain(|_, (place, _)| place.id != id);
        Some((spot.0, place))
    }
}

/// The rows of a queue that are promised as done, and that a centre has to have applied at the end.
pub(crate) fn applied(file: &File) -> impl Iterator<Item = &Arc<Queued>> {
    let rows = file.queue.values();
    let applied =
        rows.filter(|row| row.state == RowState::Applied && row.queued.notice().is_none());
    applied.map(|row| &row.queued)
}
