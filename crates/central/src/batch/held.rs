//! Rows as they are after the commands so far, and which of them are not written yet.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use keyrack_inventory::model::{Hold, Outage, Reservation};
use keyrack_inventory::share::{Counts, Entry, Holder, NightBook, Right};
use keyrack_inventory::state::Counters;
use keyrack_inventory::{
    Allotment, Cell, CommandId, DeskId, HouseLimit, Night, NightRange, Reference, RoomTypeCode,
    State,
};
use keyrack_wire::Fed;
use uuid::Uuid;

use super::objects::Objects;
use crate::error::CentralError;
use crate::ledger::{Accepted, Changed, Changes, Noted, QueuedRow, TrailRow, sound};

/// What is known of one night; nothing in the place of a row says that there is none.
#[derive(Default)]
struct NightRows {
    cells: BTreeMap<RoomTypeCode, Option<Cell>>,
    limit: Option<Option<HouseLimit>>,
    /// Every row of it is here: a type without one is not open.
    is_whole: bool,
}

impl NightRows {
    fn counts(&self) -> Option<Counts> {
        let cells = self.cells.iter();
        let open = cells.filter_map(|(code, cell)| Some((*code, (*cell)?)));
        let counts = Counts {
            cells: open.collect(),
            house: self.limit.flatten(),
        };
        (!counts.cells.is_empty() || counts.house.is_some()).then_some(counts)
    }
}

/// Everything that a batch holds.
#[derive(Default)]
pub(super) struct Held {
    nights: BTreeMap<Night, NightRows>,
    pub(super) books: BTreeMap<Night, NightBook>,
    pub(super) reservations: Objects<Reservation>,
    pub(super) holds: Objects<Hold>,
    pub(super) outages: Objects<Outage>,
    pub(super) allotments: Objects<Allotment>,
    pub(super) accepted: HashMap<CommandId, Option<Accepted>>,
    /// Commands of which nothing is kept apart.
    pub(super) nothing_apart: HashSet<(DeskId, CommandId)>,
    /// Ids that were not erased.
    pub(super) not_erased: HashSet<Uuid>,
    pub(super) waiting: Waiting,
}

/// What is not written yet.
#[derive(Default)]
pub(super) struct Waiting {
    pub(super) changes: Changes,
    pub(super) entries: Vec<Fed>,
    pub(super) noted: Vec<Noted>,
    /// Each with what its holder should keep, where that changed too.
    pub(super) rights: BTreeMap<(Night, RoomTypeCode, Holder), (Right, Option<u32>)>,
    /// How often something was granted when a right changed last.
    pub(super) number: u64,
    pub(super) queued: Vec<QueuedRow>,
    pub(super) trail: Vec<TrailRow>,
}

impl Waiting {
    pub(super) fn changed_rights(&self) -> Vec<Changed> {
        let rights = self.rights.iter();
        rights
            .map(|((night, code, holder), (right, keep))| (*night, *code, *holder, *right, *keep))
            .collect()
    }
}

impl Held {
    /// Those of the nights of which not every row is here.
    pub(super) fn lacking(&self, nights: &[i32]) -> Vec<i32> {
        let whole = |day: &i32| {
            let night = Night::from_day_number(*day);
            let rows = night.and_then(|night| self.nights.get(&night));
            rows.is_some_and(|rows| rows.is_whole)
        };
        nights.iter().copied().filter(|day| !whole(day)).collect()
    }

    /// Takes what the ledger counts on nights. A row that is held already is newer.
    pub(super) fn learn_counts(&mut self, nights: &[i32], mut found: BTreeMap<Night, Counts>) {
        for night in nights.iter().copied().filter_map(Night::from_day_number) {
            let counts = found.remove(&night).unwrap_or_default();
            let rows = self.nights.entry(night).or_default();
            for (code, cell) in counts.cells {
                rows.cells.entry(code).or_insert(Some(cell));
            }
            rows.limit.get_or_insert(counts.house);
            rows.is_whole = true;
        }
    }

    /// What is counted on each of the nights, all of which are whole.
    pub(super) fn counts(&self, nights: &[i32]) -> BTreeMap<Night, Counts> {
        let nights = nights.iter().copied().filter_map(Night::from_day_number);
        let counts = nights.filter_map(|night| Some((night, self.nights.get(&night)?.counts()?)));
        counts.collect()
    }

    /// The open cells of a type on nights, all of which are whole.
    pub(super) fn cells(&self, code: RoomTypeCode, nights: NightRange) -> Vec<(Night, Cell)> {
        let cell = |night| {
            let rows = self.nights.get(&night)?;
            Some((night, rows.cells.get(&code).copied().flatten()?))
        };
        nights.iter().filter_map(cell).collect()
    }

    /// The limits of the house on nights, all of which are whole.
    pub(super) fn limits(&self, nights: NightRange) -> Vec<(Night, HouseLimit)> {
        let limit = |night| Some((night, self.nights.get(&night)?.limit.flatten()?));
        nights.iter().filter_map(limit).collect()
    }

    /// Takes what a command changed.
    pub(super) fn put(&mut self, changes: &Changes, state: &State) -> Result<(), CentralError> {
        for (code, night) in changes.cells() {
            if let Some(cell) = state.loaded_cell(code, night) {
                sound(code, night, cell)?;
                let rows = self.nights.entry(night).or_default();
                rows.cells.insert(code, Some(*cell));
            }
        }
        for night in changes.house_limits() {
            if let Some(limit) = state.loaded_house_limit(night) {
                self.nights.entry(night).or_default().limit = Some(Some(limit));
            }
        }
        let found = changes.reservations();
        for found in found.filter_map(|id| state.loaded_reservation(id)) {
            self.reservations.put(found.clone());
        }
        for found in changes.holds().filter_map(|id| state.loaded_hold(id)) {
            self.holds.put(found.clone());
        }
        for found in changes.outages().filter_map(|id| state.loaded_outage(id)) {
            self.outages.put(found.clone());
        }
        let found = changes.allotments();
        for found in found.filter_map(|id| state.loaded_allotment(id)) {
            self.allotments.put(found.clone());
        }
        self.waiting.changes.merge(changes);
        Ok(())
    }

    /// What waits, and a state with the rows that are to be written.
    pub(super) fn take_waiting(&mut self) -> (Waiting, State) {
        let waiting = std::mem::take(&mut self.waiting);
        let mut state = State::slice(None, Counters::default());
        let changes = &waiting.changes;
        for (code, night) in changes.cells() {
            let range = NightRange::new(night, night.plus(1));
            state.put_cells(code, range, self.cells(code, range).into_iter());
        }
        for night in changes.house_limits() {
            let range = NightRange::new(night, night.plus(1));
            state.put_house_limits(range, self.limits(range).into_iter());
        }
        for id in changes.reservations() {
            state.put_reservation(&Reference::Id(id), self.reservations.get(id).cloned());
        }
        for id in changes.holds() {
            state.put_hold(&Reference::Id(id), self.holds.get(id).cloned());
        }
        for id in changes.outages() {
            state.put_outage(&Reference::Id(id), self.outages.get(id).cloned());
        }
        for id in changes.allotments() {
            state.put_allotment(&Reference::Id(id), self.allotments.get(id).cloned());
        }
        (waiting, state)
    }
}

/// Rights, deficits, and what is kept apart.
impl Held {
    /// Those of the nights of which no book is here, and whether a right on one of them waits to be written.
    pub(super) fn without_books(&self, nights: &BTreeSet<Night>) -> (Vec<i32>, bool) {
        let lacking = nights
            .iter()
            .filter(|night| !self.books.contains_key(night));
        let lacking: BTreeSet<Night> = lacking.copied().collect();
        let mut waiting = self.waiting.rights.keys();
        let waits = waiting.any(|(night, _, _)| lacking.contains(night));
        let lacking = lacking.into_iter().map(Night::day_number);
        (lacking.collect(), waits)
    }

    /// Takes the ledger's books.
    pub(super) fn learn_books(&mut self, found: BTreeMap<Night, NightBook>) {
        self.books.extend(found);
    }

    /// The books of nights, all of which are here.
    pub(super) fn books(&self, nights: &BTreeSet<Night>) -> BTreeMap<Night, NightBook> {
        let book = |night: &Night| Some((*night, self.books.get(night)?.clone()));
        nights.iter().filter_map(book).collect()
    }

    /// Takes rights that changed; `number` is how often something was granted.
    pub(super) fn put_rights(&mut self, changed: &[Changed], number: u64) {
        for (night, code, holder, right, keep) in changed {
            if let Some(book) = self.books.get_mut(night) {
                book.put_right(*code, *holder, *right);
            }
            let place = (*night, *code, *holder);
            let row = self.waiting.rights.entry(place).or_insert((*right, None));
            *row = (*right, keep.or(row.1));
        }
        self.waiting.number = number;
    }

    /// Takes what a night owes now.
    pub(super) fn put_deficits(&mut self, night: Night, book: &NightBook, entries: &[Entry]) {
        if let Some(held) = self.books.get_mut(&night) {
            for entry in entries {
                held.put_deficit(entry.pool, book.deficit(entry.pool));
            }
        }
    }

    /// Takes what is kept apart for a command.
    pub(super) fn keep_apart(
        &mut self,
        place: (DeskId, CommandId),
        kept: &[(Night, RoomTypeCode, u32)],
    ) {
        self.nothing_apart.remove(&place);
        for (night, code, rooms) in kept {
            if let Some(book) = self.books.get_mut(night) {
                book.keep_apart(*code, *rooms);
            }
        }
    }

    /// Nothing is kept apart for a command any more: the books of the nights on which something was are read anew.
    pub(super) fn join_apart(&mut self, place: (DeskId, CommandId), nights: &BTreeSet<Night>) {
        self.nothing_apart.insert(place);
        self.books.retain(|night, _| !nights.contains(night));
    }

    pub(super) fn know_apart(&mut self, desk: DeskId, asked: &[CommandId], apart: &[CommandId]) {
        let nothing = asked.iter().filter(|id| !apart.contains(id));
        self.nothing_apart.extend(nothing.map(|id| (desk, *id)));
    }
}
