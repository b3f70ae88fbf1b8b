//! A desk follows the feed: the base first, then what of its queue still lies over it, then its share.

use std::collections::BTreeSet;

use keyrack_inventory::corrected::{Rows, corrections};
use keyrack_inventory::state::PastCommand;
use keyrack_inventory::{
    Authority, Command, CommandId, Context, Event, Instant, Outcome, StayStatus,
};
use keyrack_wire::{Fed, Notice, Page, Queued, Standing};

use crate::Mistake;
use crate::file::{File, RowState, payload};
use crate::tables::{Asker, Tables};

impl File {
    /// Follows a page in one transaction. Gives whether something was given back.
    pub(crate) fn follow(&mut self, page: &Page, now: Instant, next_id: CommandId) -> bool {
        let mut rows = self.queue.values();
        let open = rows.any(|row| {
            let comes_back = !row.in_base && row.state != RowState::Refused;
            comes_back && row.queued.notice().is_none()
        });
        let over_base = self.over != Rows::default() || open;
        let skips = self.mistake == Some(Mistake::EntrySkipped);
        let mut fed = Rows::default();
        let mut number = self.cursor.number;
        for entry in page.entries.as_slice() {
            number += 1;
            if entry.number != number && !skips {
                // The page is no continuation of what is here: it is not followed.
                return false;
            }
            fed.merge(&self.entry(entry, over_base));
        }
        self.settle(&fed, over_base, now);
        self.cursor = page.cursor;
        self.chain = page.chain;
        self.dirty = self.unfit;
        self.commits += 1;
        let Some(rest) = &page.rest else {
            return false;
        };
        // The centre has more of this desk than the desk itself: the file is an older copy.
        let has_guard = self.mistake != Some(Mistake::RestoredWithoutGuard);
        if rest.acked_seq > self.last_seq && has_guard {
            self.is_frozen = true;
            self.over_epoch = self.holder.epoch;
        }
        self.acked_seq = self.acked_seq.max(rest.acked_seq);
        self.granted = Some(rest.granted);
        self.trail = Some(rest.trail);
        if self.is_frozen {
            self.give_up();
            return false;
        }
        let returned = self.learn(rest.grants.as_slice());
        let gives_back = !returned.is_empty();
        if gives_back {
            self.enqueue_notice(next_id, now, &Notice::ReturnShare {}, returned);
        }
        gives_back
    }

    /// By what commands can mean what entries of others made or changed; nothing where none came.
    pub(crate) fn named(&self, page: &Page) -> Option<BTreeSet<String>> {
        let is_own = |entry: &Fed| self.queue.values().any(|row| row.queued.id == entry.id);
        let others = page.entries.as_slice().iter();
        let mut others = others.filter(|entry| !is_own(entry)).peekable();
        others.peek()?;
        let names = others.flat_map(|entry| {
            let events = entry.events.iter().map(keyrack_wire::FedEvent::event);
            let events: Vec<Event> = events
                .collect::<Result<_, _>>()
                .expect("the events are known");
            entry.names(&events)
        });
        Some(names.collect())
    }

    fn fold(&mut self, on_base: bool, events: &[Event], at: Instant) -> Rows {
        let asker = Asker {
            letters: &self.letters,
            now: at,
            rights: None,
            past: &self.past,
        };
        let tables = if on_base {
            &mut self.base
        } else {
            &mut self.shown
        };
        let mut state = tables.slice();
        let rows = tables.fold(&mut state, asker, events, at);
        if let Some(catalogue) = &mut tables.catalogue
            && catalogue.desk != self.letters
        {
            let catalogue = std::sync::Arc::make_mut(catalogue);
            self.letters.clone_into(&mut catalogue.desk);
        }
        rows
    }

    /// Folds an entry into the base, and shows it where it is not shown yet.
    fn entry(&mut self, entry: &Fed, over_base: bool) -> Rows {
        let events = entry.events.iter().map(keyrack_wire::FedEvent::event);
        let events: Vec<Event> = events
            .collect::<Result<_, _>>()
            .expect("the events are known");
        let rows = self.fold(true, &events, entry.at);
        let meets = over_base && (rows.meets(&self.over) || self.takes_a_room(&rows));
        let own = self
            .queue
            .values_mut()
            .find(|row| row.queued.id == entry.id);
        if let Some(row) = own {
            let is_shown = !row.in_base;
            row.in_base = self.mistake != Some(Mistake::OverlayTwice);
            let here = self.log.get(&entry.id).cloned().unwrap_or_default();
            if (here.is_empty() || !is_shown) && !events.is_empty() {
                self.dirty |= meets;
                self.show(entry, &events);
                return rows;
            }
            // Its number was beyond doubt nowhere before.
            self.dirty |= row.queued.again.is_some();
            // What did not fit, or came to less, when it was laid anew stands at the centre all the same.
            self.dirty |= !rows.is_within(&self.over);
            let there = entry.events.iter().map(|event| event.payload.as_str());
            let here: Vec<String> = here.iter().map(payload).collect();
            self.dirty |= !here.iter().map(String::as_str).eq(there);
            return rows;
        }
        self.dirty |= meets;
        self.show(entry, &events);
        rows
    }

    /// Whether a guest came into a room in which this desk let another one.
    fn takes_a_room(&self, rows: &Rows) -> bool {
        let made = rows.reservations.iter();
        let mut made = made.filter_map(|id| self.base.reservations.get(id));
        made.any(|made| {
            let in_house = made.stays.iter();
            let mut in_house = in_house.filter(|stay| stay.status == StayStatus::CheckedIn);
            in_house.any(|stay| {
                let room = stay.room.as_ref();
                let there = room.and_then(|room| self.shown.in_house(room));
                there.is_some_and(|(other, number, _)| (other, number) != (made.id, stay.stay))
            })
        })
    }

    fn show(&mut self, entry: &Fed, events: &[Event]) {
        self.fold(false, events, entry.at);
        let past = PastCommand {
            kind: entry.kind.as_str().to_owned(),
            accepted: true,
            undone: false,
            events: events.to_vec(),
        };
        self.past.insert(entry.id, past);
        if let Outcome::Undone { command, .. } = &entry.outcome
            && let Some(past) = self.past.get_mut(command)
        {
            past.undone = true;
            self.undid.insert(*command, entry.id);
        }
    }

    /// Commands that lie over the base: neither told of by the feed nor refused.
    fn overlay(&self) -> Vec<std::sync::Arc<Queued>> {
        let rows = self.queue.values();
        let over = rows.filter(|row| !row.in_base && row.state != RowState::Refused);
        over.map(|row| std::sync::Arc::clone(&row.queued)).collect()
    }

    /// Brings what is shown to the base and what still lies over it.
    pub(crate) fn settle(&mut self, fed: &Rows, over_base: bool, now: Instant) {
        if !over_base && !self.dirty {
            return;
        }
        let over = self.overlay();
        if !self.dirty && !over.is_empty() {
            return;
        }
        self.unfit = false;
        self.laid.clear();
        let mut target = self.base.clone();
        let mut laid = Rows::default();
        for queued in &over {
            laid.merge(&self.lay(&mut target, queued));
        }
        let mut rows = fed.clone();
        rows.merge(&self.over);
        rows.merge(&laid);
        let asker = Asker {
            letters: &self.letters,
            now,
            rights: None,
            past: &self.past,
        };
        let shown = self.shown.with(asker, &rows);
        let events = corrections(&shown, &target.with(asker, &rows), &rows);
        self.corrections += events.len() as u64;
        if !events.is_empty() {
            self.fold(false, &events, now);
        }
        self.over = laid;
    }

    /// Lays a queued command over rows. One that does not fit any more lies over nothing.
    fn lay(&mut self, target: &mut Tables, queued: &Queued) -> Rows {
        let outcome = match &queued.outcome {
            Standing::Settled { outcome } => Some(outcome),
            Standing::Asking { outcome } => outcome.as_ref(),
        };
        let Some(outcome) = outcome.filter(|_| queued.notice().is_none()) else {
            return Rows::default();
        };
        let command = queued.command().expect("what was queued is read");
        let authority = match queued.outcome {
            Standing::Settled { .. } => Authority::Promised,
            Standing::Asking { .. } => Authority::Beyond,
        };
        let context = Context {
            command_id: queued.id,
            now: queued.instant,
            if_version: None,
            override_given: queued.override_text.is_some(),
            authority,
        };
        let asker = Asker {
            letters: &self.letters,
            now: queued.instant,
            rights: None,
            past: &self.past,
        };
        let known = (target.catalogue.clone(), target.counters);
        let mut state = target.slice();
        state.put_counters(target.counters.before(outcome));
        state.put_desk(&queued.laid_letters(&self.letters));
        // It is judged by the business date that it carries, here as at the centre.
        state.put_business_date(queued.business_date);
        // That it undid another command itself is no reason against it.
        if let Command::Undo { command: Some(id) } = &command
            && let Some(past) = self.past.get(id)
        {
            let undone = past.undone && self.undid.get(id) != Some(&queued.id);
            // What it undoes may have come to something else, laid anew.
            let events = self.laid.get(id).unwrap_or(&past.events);
            let past = PastCommand {
                undone,
                events: events.clone(),
                ..past.clone()
            };
            state.put_past(*id, Some(past));
        }
        let mut rows = Rows::default();
        match target.decide(&mut state, asker, &context, &command) {
            Ok(decision) => {
                self.unfit |= decision.does_less();
                self.laid.insert(queued.id, decision.events.clone());
                rows = target.fold(&mut state, asker, &decision.events, queued.instant);
                rows.merge(&Rows::set_by(&command));
                (target.catalogue, target.counters) = known;
            }
            Err(refusal) => {
                self.unfit = true;
                self.conflicts += u64::from(!refusal.is_unknown() || queued.again.is_none());
            }
        }
        rows
    }

    /// What should be shown: the base, and over it all that still lies over it. Nothing where a sweep lies
    /// there, which lets go whatever is due by the time that it is laid anew.
    pub(crate) fn expected(&self) -> Option<Tables> {
        let over = self.overlay();
        if over
            .iter()
            .any(|queued| queued.kind.as_str() == "sweep_holds")
        {
            return None;
        }
        let mut copy = self.clone();
        copy.laid.clear();
        let mut target = self.base.clone();
        for queued in over {
            copy.lay(&mut target, &queued);
        }
        Some(target)
    }
}
