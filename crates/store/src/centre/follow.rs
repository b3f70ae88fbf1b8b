//! Following the feed: what the centre decided becomes the base, and what is shown comes after it.

use std::collections::{BTreeSet, HashMap};

use keyrack_inventory::command::Permission;
use keyrack_inventory::corrected::Rows;
use keyrack_inventory::state::Counters;
use keyrack_inventory::{Command, CommandId, Event, Instant, Outcome, State, StayStatus, evolve};
use keyrack_wire::{Fed, Notice, Page};
use rusqlite::{Connection, params};

use super::loading::{asker_at, load_for, load_made, local_events, write_known};
use super::people::{forget_the_rest, forget_unused, keep_people, name_the_forgotten};
use super::{Centre, CentreState, base, is_own, load, queue, save, share};
use crate::apply::event_head;
use crate::error::StoreError;
use crate::load::{load_base, load_room_in_house};
use crate::record::{Entry, Stored, append, object_of};
use crate::rows::command_seq;
use crate::write::{Changes, write_history};
use crate::{Batch, day_end};

/// What a page brought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Followed {
    /// Entries of other desks and of the centre.
    pub entries: u64,
    /// Entries of this desk that came back.
    pub own: u64,
    /// Events that put rows right.
    pub corrections: u64,
    /// Rights of which some rooms are given back.
    pub returned: u64,
    /// A command that waits is about something that the base does not know yet, and lies over nothing.
    pub unfit: bool,
    /// By what commands can mean what entries of others made or changed: ids and numbers.
    pub named: BTreeSet<String>,
}

/// Rights that one command gives back, so that it stays far from the most bytes of one.
const RIGHTS_OF_A_RETURN: usize = 1_000;
/// The kind under which the log tells of rows that were put right.
pub const CORRECTION: &str = "correct";
/// Who is named for what the centre put right.
pub(super) const CENTRE: &str = "centre";

impl Batch<'_> {
    /// Follows a page of the feed, in this transaction: its entries, then what of this desk's queue
    /// still lies over them, then the grants and the cursor.
    ///
    /// # Errors
    /// Where the page does not follow the cursor, has an event that this program does not know, or
    /// the file fails; then nothing of it stands.
    pub fn follow(&mut self, page: &Page, now: Instant) -> Result<Followed, StoreError> {
        let centre = load(self.connection)?.ok_or_else(|| step("there is no centre"))?;
        let catalogue = load_base(self.connection, self.cache)?;
        let (catalogue, counters) = match catalogue {
            Some((catalogue, counters)) => (Some(catalogue), counters),
            None => (None, Counters::default()),
        };
        let shown = State::slice(catalogue, counters);
        let mut ruled = shown.clone();
        let kept = base::load_kept(self.connection, &mut ruled)?;
        let mut following = Following {
            connection: self.connection,
            letters: &centre.letters,
            head: event_head(self.connection)?,
            over_base: kept != Rows::default() || queue::any_open(self.connection)?,
            dirty: centre.dirty,
            shown,
            ruled,
            kept,
            fed: Rows::default(),
            changes: Changes::default(),
            now,
            joined_number: centre.joined_number,
            done: Followed::default(),
            laid: HashMap::new(),
        };
        let people = (page.guests.as_slice(), page.texts.as_slice());
        let erased = keep_people(self.connection, people, page.erased.as_slice(), now)?;
        let mut number = centre.cursor.number;
        for entry in page.entries.as_slice() {
            number += 1;
            if entry.number != number {
                return Err(step(&format!(
                    "entry {} where {number} is next",
                    entry.number
                )));
            }
            following.entry(entry)?;
        }
        following.settle()?;
        let touched = following.fed.reservations.clone();
        let done = following.finish()?;
        *self.cache = None;
        name_the_forgotten(self.connection, &touched, page.erased.as_slice())?;
        let mut log_due = centre.log_due || erased;
        if centre.dirty || erased {
            log_due |= forget_unused(self.connection, now)?;
        }
        // Before the last page a booking may still be shown as that of who stood there before.
        if erased && page.rest.is_some() {
            log_due |= forget_the_rest(self.connection, page.erased.as_slice(), now)?;
        }
        let centre = Centre { log_due, ..centre };
        let returned = self.moved_on(&centre, page, done.unfit, now)?;
        Ok(Followed { returned, ..done })
    }

    /// Notes the cursor and the grants of the page; gives of how many rights rooms are given back.
    fn moved_on(
        &mut self,
        centre: &Centre,
        page: &Page,
        unfit: bool,
        now: Instant,
    ) -> Result<u64, StoreError> {
        let last = page.entries.as_slice().last().map(|entry| entry.number);
        if last.is_some_and(|last| last != page.cursor.number) {
            return Err(step("the cursor is not that of the last entry"));
        }
        let mut centre = Centre {
            cursor: page.cursor,
            chain: page.chain,
            dirty: unfit,
            heard: Some(now.millis()),
            ..centre.clone()
        };
        let mut returned = Vec::new();
        if let Some(rest) = &page.rest {
            // The centre has more of this desk than the desk itself: the file is an older copy, and
            // what its share says was sold meanwhile.
            if rest.acked_seq > centre.last_seq {
                centre.state = CentreState::Frozen;
                centre.over_epoch = centre.holder.epoch;
            }
            if centre.state == CentreState::Joined {
                returned = share::learn(self.connection, rest.grants.as_slice())?;
            } else {
                share::give_up(self.connection)?;
            }
            centre.acked_seq = centre.acked_seq.max(rest.acked_seq);
            (centre.granted, centre.knows_grants) = (Some(rest.granted), true);
            centre.trail = Some(rest.trail);
        }
        save(self.connection, &centre)?;
        let Some(found) = load_base(self.connection, self.cache)? else {
            return Ok(0);
        };
        let date = found.0.property.business_date;
        for part in returned.chunks(RIGHTS_OF_A_RETURN) {
            let (notice, at) = (Notice::ReturnShare {}, (now, date));
            centre = queue::enqueue_notice(self.connection, &centre, &notice, part.to_vec(), at)?;
        }
        Ok(returned.len() as u64)
    }
}

fn step(why: &str) -> StoreError {
    StoreError::OutOfStep(why.to_owned())
}

/// A page being followed.
pub(super) struct Following<'a> {
    pub(super) connection: &'a Connection,
    pub(super) letters: &'a str,
    /// The number of the last event in the log.
    pub(super) head: i64,
    /// Whether commands of this desk lie over the base, or wait to come back without doing so.
    pub(super) over_base: bool,
    /// Whether what is shown has to be made anew from the base and the queue.
    pub(super) dirty: bool,
    /// What is shown: what the tables come to.
    pub(super) shown: State,
    /// The base, where commands lie over it; else what is shown is the base.
    pub(super) ruled: State,
    /// Rows of which the base is kept.
    pub(super) kept: Rows,
    /// Rows that the feed changed.
    pub(super) fed: Rows,
    pub(super) changes: Changes,
    pub(super) now: Instant,
    /// The number of the last entry that the feed had when the file joined.
    pub(super) joined_number: u64,
    pub(super) done: Followed,
    /// What the commands came to that were laid over the base before, by their ids.
    pub(super) laid: HashMap<CommandId, Vec<Event>>,
}

impl Following<'_> {
    /// Folds an entry into the base, and shows it where it is not shown yet.
    fn entry(&mut self, entry: &Fed) -> Result<(), StoreError> {
        let events = entry.events.iter().map(|fed| fed.event());
        let events: Vec<Event> =
            events
                .collect::<Result<_, _>>()
                .map_err(|source| StoreError::Event {
                    seq: i64::try_from(entry.number).unwrap_or(i64::MAX),
                    source,
                })?;
        self.date_ended(entry)?;
        let mut rows = Rows::default();
        if self.over_base {
            for event in &events {
                load_for(
                    self.connection,
                    &mut self.ruled,
                    asker_at(self.now),
                    event,
                    &self.kept,
                )?;
                rows.add(&evolve(&mut self.ruled, event, entry.at));
            }
            self.fed.merge(&rows);
        }
        if is_own(self.connection, entry.id.0)? {
            self.done.own += 1;
            let is_shown = queue::came_back(self.connection, entry.id)?;
            return self.own(entry, &events, &rows, is_shown);
        }
        self.done.entries += 1;
        self.done.named.extend(entry.names(&events));
        self.dirty |= self.meets(&rows)?;
        // The id is the caller's: one that was refused here may have been accepted elsewhere.
        match command_seq(self.connection, entry.id)? {
            None => self.show(entry, entry.id, None, &events),
            Some(_) => {
                let id = self.free_id(entry.id)?;
                self.show(entry, id, Some(entry.id), &events)
            }
        }
    }

    /// Whether what others changed may matter to what lies over the base: it is about the same rows, or a guest came into
    /// a room in which this desk let another one.
    fn meets(&self, rows: &Rows) -> Result<bool, StoreError> {
        if !self.over_base || rows.meets(&self.kept) {
            return Ok(self.over_base);
        }
        let made = rows.reservations.iter();
        let made = made.filter_map(|id| self.ruled.loaded_reservation(*id));
        let stays = made.flat_map(|made| made.stays.iter().map(|stay| (made.id, stay)));
        for (id, stay) in stays.filter(|(_, stay)| stay.status == StayStatus::CheckedIn) {
            let Some(room) = &stay.room else {
                continue;
            };
            let there = load_room_in_house(self.connection, room.as_str())?;
            if there.is_some_and(|(other, number, _)| (other, number) != (id, stay.stay)) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// A date ended, whichever desk asked for it: the note of that stands in the transaction that moves it here.
    /// What ended before the file joined is the history of others.
    fn date_ended(&self, entry: &Fed) -> Result<(), StoreError> {
        if !matches!(entry.outcome, Outcome::Day { .. }) || entry.number <= self.joined_number {
            return Ok(());
        }
        match serde_json::from_value(entry.payload.clone()) {
            Ok(Command::CloseDay { date, .. }) => {
                day_end::note(self.connection, date, entry.actor.as_str(), entry.at)
            }
            _ => Ok(()),
        }
    }

    /// An entry of this desk: it is shown since it was given, unless the centre was asked, or what is shown
    /// was laid anew without it.
    fn own(
        &mut self,
        entry: &Fed,
        events: &[Event],
        rows: &Rows,
        is_shown: bool,
    ) -> Result<(), StoreError> {
        let here = local_events(self.connection, entry.id)?;
        if (here.is_empty() || !is_shown) && !events.is_empty() {
            self.dirty |= self.meets(rows)?;
            let id = self.free_id(entry.id)?;
            return self.show(entry, id, Some(entry.id), events);
        }
        // Its number was beyond doubt nowhere before.
        self.dirty |= queue::comes_again(self.connection, entry.id)?;
        // What did not fit, or came to less, when it was laid anew stands at the centre all the same.
        self.dirty |= !rows.is_within(&self.kept);
        let there = entry.events.iter().map(|event| event.payload.as_str());
        self.dirty |= !here.iter().map(String::as_str).eq(there);
        Ok(())
    }

    /// An identity of the log's own for what comes under one that is taken there.
    fn free_id(&self, id: CommandId) -> Result<CommandId, StoreError> {
        let mut index = 0;
        loop {
            let derived = CommandId::derived(id, index);
            if command_seq(self.connection, derived)?.is_none() {
                return Ok(derived);
            }
            index += 1;
        }
    }

    /// Appends an entry to the log as it was given, and folds it into what is shown.
    fn show(
        &mut self,
        entry: &Fed,
        id: CommandId,
        causation: Option<CommandId>,
        events: &[Event],
    ) -> Result<(), StoreError> {
        let damaged = |error: serde_json::Error| StoreError::damaged("feed", error);
        let command = serde_json::from_value::<Command>(entry.payload.clone());
        let (permission, object) = match &command {
            Ok(command) => (
                command.permission(),
                object_of(Some(&entry.outcome), command),
            ),
            // A newer program's command: its events are known, and that is what is followed.
            Err(_) => (Permission::Look, String::new()),
        };
        let stored = Stored::Accepted(entry.outcome.clone());
        let line = Entry {
            id,
            request_hash: [0; 32],
            kind: entry.kind.as_str(),
            request: serde_json::to_string(&entry.payload).map_err(damaged)?,
            accepted: true,
            outcome: serde_json::to_string(&stored).map_err(damaged)?,
            actor: entry.actor.as_str(),
            desk: entry.desk.as_str(),
            instant: entry.at,
            business_date: Some(entry.business_date),
            request_id: entry.request,
            causation,
            permission,
            object: &object,
            reason: entry.reason,
            override_text: entry.override_text,
            detail: None,
        };
        let command = self.log(&line, events, entry.at)?;
        if let Outcome::Undone {
            command: undone, ..
        } = &entry.outcome
        {
            self.connection.execute(
                "INSERT INTO undone (command, undone_by) SELECT seq, ?2 FROM command WHERE id = ?1
                 ON CONFLICT DO NOTHING",
                params![undone.0.as_bytes(), command],
            )?;
        }
        Ok(())
    }

    pub(super) fn log(
        &mut self,
        line: &Entry<'_>,
        events: &[Event],
        at: Instant,
    ) -> Result<i64, StoreError> {
        for (seq, event) in (self.head + 1..).zip(events) {
            let (connection, asker) = (self.connection, asker_at(self.now));
            load_for(connection, &mut self.shown, asker, event, &Rows::default())?;
            let is_there = load_made(connection, &mut self.shown, event)?;
            let touched = evolve(&mut self.shown, event, at);
            if let Some(id) = touched.reservation.filter(|_| is_there) {
                write_known(connection, &self.shown, id)?;
            }
            self.changes.add(&touched);
            write_history(self.connection, &self.shown, &touched, seq)?;
        }
        let command = append(self.connection, self.head, line, events)?;
        self.head += i64::try_from(events.len()).unwrap_or(i64::MAX);
        Ok(command)
    }

    pub(super) fn finish(self) -> Result<Followed, StoreError> {
        self.changes.write(self.connection, &self.shown)?;
        Ok(self.done)
    }
}
