//! What must always hold: the invariants of docs/SYNC.md, by their numbers.

use std::collections::{BTreeMap, BTreeSet};

use keyrack_inventory::cell::house;
use keyrack_inventory::model::HoldStatus;
use keyrack_inventory::share::{Cause, Entry};
use keyrack_inventory::{Cell, DeskId, Night, Pool, Refusal, RoomTypeCode, StayStatus};
use keyrack_wire::Answer;

use crate::file::File;
use crate::kept::{Kept, Placed};
use crate::tables::{Place, Tables};
use crate::world::{Given, World};

/// Commands that happen to rooms or limits, whoever has sold what.
const OF_ROOMS: [&str; 7] = [
    "add_outage",
    "end_outage",
    "set_limits",
    "stop_room_type",
    "reactivate_room_type",
    "release_allotment",
    "undo",
];
/// Commands that may take a room which no share covers: a guest stands there, or is back in his room.
const OF_GUESTS: [&str; 6] = [
    "walk_in",
    "amend",
    "check_in",
    "reverse_check_in",
    "reverse_check_out",
    "undo",
];

impl World<'_> {
    /// The centre commits: what is new is looked at, then all that it has.
    pub(crate) fn commit(&mut self, kept: Kept) {
        let placed = kept.queued.iter().filter_map(|(spot, placed)| {
            let known = self.centre.queued.get(spot);
            let is_new = known.is_none_or(|known| !std::sync::Arc::ptr_eq(known, placed));
            is_new.then(|| std::sync::Arc::clone(placed))
        });
        let placed: Vec<_> = placed.collect();
        self.centre = kept;
        for placed in placed {
            self.answered(&placed);
        }
        self.look_at_feed();
        self.look_at_centre();
    }

    /// A command got its answer at the centre (3, 4).
    fn answered(&mut self, placed: &Placed) {
        let facts = &mut self.trace.facts;
        match &placed.answer {
            Answer::Applied { .. } => facts.applied += 1,
            Answer::Kept { .. } => facts.kept += 1,
            Answer::Refused { .. } => facts.refused += 1,
            Answer::Parked { .. } => {}
        }
        let line = format!("the centre answers {}: {:?}", placed.id, placed.answer);
        self.trace.line(line);
        if let Some(known) = self.answers.insert(placed.id, placed.answer.clone())
            && known != placed.answer
            && !matches!(known, Answer::Parked { .. })
            // The desk may have heard something else of the centre that was lost.
            && !(self.is_restored && matches!(known, Answer::Refused { .. }))
        {
            let what = format!(
                "{} was answered {known:?}, then {:?}",
                placed.id, placed.answer
            );
            self.trace.violated(4, what);
        }
        let is_kept_apart = matches!(placed.answer, Answer::Parked { .. });
        if !is_kept_apart {
            self.open.remove(&placed.id);
        }
        let (Some(given), Answer::Refused { refusal }) =
            (self.given.get(&placed.id), &placed.answer)
        else {
            return;
        };
        let is_sale = matches!(given.kind.as_str(), "reserve" | "walk_in" | "place_hold");
        let for_rooms = matches!(
            refusal,
            Refusal::NoAvailability { .. }
                | Refusal::Restricted { .. }
                | Refusal::AllotmentExhausted { .. }
        );
        if given.is_settled && (is_sale || for_rooms) {
            let what = format!(
                "{} {} was promised, and refused: {refusal:?}",
                given.kind, placed.id
            );
            self.trace.violated(3, what);
        }
    }

    /// The feed has no gap, and each command once (4, 6).
    fn look_at_feed(&mut self) {
        let (from, ledger) = self.seen;
        for at in from..self.centre.feed.len() {
            let entry = std::sync::Arc::clone(&self.centre.feed[at]);
            if entry.number != at as u64 + 1 {
                self.trace
                    .violated(6, format!("entry {} stands as {}", entry.number, at + 1));
            }
            let is_given = self.given.contains_key(&entry.id) || entry.actor.as_str() == "centre";
            if !is_given {
                self.trace
                    .violated(4, format!("{} took effect, and nobody gave it", entry.id));
            }
            if self.centre.feed[..at]
                .iter()
                .any(|known| known.id == entry.id)
            {
                self.trace
                    .violated(4, format!("{} took effect twice", entry.id));
            }
        }
        for at in ledger..self.centre.deficit_entries.len() {
            let (night, entry) = self.centre.deficit_entries[at];
            if entry.rooms > 0 {
                self.trace.facts.deficit += entry.rooms.unsigned_abs();
                let line = format!(
                    "{} owes {} more on {night}: {:?}",
                    entry.pool, entry.rooms, entry.cause
                );
                self.trace.line(line);
                self.look_at_cause(night, entry);
            }
        }
        self.seen = (self.centre.feed.len(), self.centre.deficit_entries.len());
    }

    /// Each unit of a deficit is explained by a fact, a limit or a lost desk (1).
    fn look_at_cause(&mut self, night: Night, entry: Entry) {
        let is_explained = match entry.cause {
            Cause::Fact(id) | Cause::Limit(id) => self.given.get(&id).is_some_and(explains),
            Cause::LostDesk(desk) => self.lost.contains(&desk),
            Cause::Restored(_) => self.is_restored,
            Cause::Freed => false,
        };
        if !is_explained {
            let what = format!("{entry:?} on {night} is explained by nothing that happened");
            self.trace.violated(1, what);
        }
    }

    /// Promises, rights and deficits of every night (1, 2, 10).
    pub(crate) fn look_at_centre(&mut self) {
        if let Err((rule, what)) = self.centre_holds() {
            self.trace.violated(rule, what.into());
        }
        self.look_at_apart();
    }

    fn centre_holds(&self) -> Result<(), (u8, Box<str>)> {
        let mut promised: BTreeMap<Place, i64> = BTreeMap::new();
        for id in &self.open {
            let given = &self.given[id];
            for (place, rooms) in &given.promised {
                *promised.entry(*place).or_default() += i64::from(*rooms);
            }
        }
        self.promises_are_covered()?;
        for night in self.centre.nights() {
            let book = self.centre.book(night);
            let Some(counts) = self.centre.counted(night) else {
                continue;
            };
            if !book.is_sound(&counts) {
                return Err((2, format!("a pool of {night} is negative: {book:?}").into()));
            }
            let mut all = 0;
            for (code, cell) in &counts.cells {
                let waiting = promised.get(&(*code, night)).copied().unwrap_or(0);
                all += waiting;
                let owed = book.deficit(Pool::RoomType(*code));
                within(night, Pool::RoomType(*code), cell, waiting, owed)?;
            }
            if let Some(limit) = counts.house.filter(|limit| limit.overbooking.is_some()) {
                let sum = house(counts.cells.values().copied(), Some(limit));
                within(night, Pool::House, &sum, all, book.deficit(Pool::House))?;
            }
        }
        let mut told: BTreeMap<(Night, Pool), i64> = BTreeMap::new();
        for (night, entry) in &self.centre.deficit_entries {
            *told.entry((*night, entry.pool)).or_default() += entry.rooms;
        }
        for (at, owed) in &self.centre.deficits {
            if told.get(at).copied().unwrap_or(0) != *owed {
                return Err((
                    1,
                    format!("the ledger does not come to what {at:?} owes").into(),
                ));
            }
        }
        Ok(())
    }

    /// What a desk promised and the centre has not heard is covered by rights that are out (2).
    fn promises_are_covered(&self) -> Result<(), (u8, Box<str>)> {
        let mut promised: BTreeMap<(DeskId, Place), u32> = BTreeMap::new();
        for given in self.open.iter().map(|id| &self.given[id]) {
            for (place, rooms) in &given.promised {
                *promised.entry((given.desk, *place)).or_default() += rooms;
            }
        }
        for ((desk, (code, night)), rooms) in promised {
            let rights = self
                .centre
                .rights
                .iter()
                .filter(|((at, of, holder), _)| (*at, *of, holder.desk) == (night, code, desk));
            let left: u32 = rights.map(|(_, kept)| kept.right.left()).sum();
            let apart = self
                .centre
                .apart
                .iter()
                .filter(|((at, of, by, _), _)| (*at, *of, *by) == (night, code, desk));
            let out = left + apart.map(|(_, rooms)| rooms).sum::<u32>();
            if rooms > out {
                let what =
                    format!("{desk} promised {rooms} of {code} on {night}, {out} are out for it");
                return Err((2, what.into()));
            }
        }
        Ok(())
    }

    /// A share that is set apart stays as it is, until a person has decided, or its desk has closed it after the
    /// centre was restored (10).
    fn look_at_apart(&mut self) {
        for (share, kept) in &self.centre.rights {
            let holder = share.2;
            let Some(row) = self.centre.desks.get(&holder.desk) else {
                continue;
            };
            let is_apart = row.is_revoked || row.holder.epoch > holder.epoch;
            if !is_apart || holder.epoch <= row.lost_epoch || self.closed.contains(&holder) {
                continue;
            }
            let left = kept.right.left();
            let before = *self.apart.entry(*share).or_insert(left);
            if before != left {
                let what = format!("{share:?} was set apart with {before} rooms, and has {left}");
                self.trace.violated(10, what);
            }
        }
        self.look_at_epochs();
    }

    /// A desk has rights in the epoch that it speaks in and in the one before; more only where the centre
    /// forgot what it knew of them (10).
    fn look_at_epochs(&mut self) {
        let mut out: BTreeMap<DeskId, BTreeSet<u32>> = BTreeMap::new();
        for ((_, _, holder), kept) in &self.centre.rights {
            if kept.right.left() > 0 {
                out.entry(holder.desk).or_default().insert(holder.epoch);
            }
        }
        let many = out.into_iter().find(|(_, epochs)| epochs.len() > 2);
        if let Some((desk, epochs)) = many.filter(|_| !self.is_restored) {
            self.trace
                .violated(10, format!("{desk} has rights in the epochs {epochs:?}"));
        }
    }

    /// What a desk says that it used of a share which is set apart is no more left of it.
    pub(crate) fn follow_apart(&mut self, desk: DeskId, kept: &Kept) {
        let own = self
            .apart
            .iter_mut()
            .filter(|(share, _)| share.2.desk == desk);
        for (share, before) in own {
            let granted = |of: &Kept| of.rights.get(share).map(|kept| kept.right.totals().granted);
            let left = kept.rights.get(share).map_or(0, |kept| kept.right.left());
            if granted(kept) >= granted(&self.centre) {
                *before = left.min(*before);
            }
        }
    }

    /// A desk has no more rights than the centre knows to be out (2), and counts each sale once (8).
    pub(crate) fn look_at_desk(&mut self, index: usize) {
        let desk = &self.desks[index];
        let holder = desk.file.holder;
        let is_given_up = self.is_given_up(index);
        let mut found = None;
        for ((code, night), right) in &desk.file.rights {
            let there = self.centre.rights.get(&(*night, *code, holder));
            let out = there.map_or(0, |kept| kept.right.left());
            if right.left() > out && !is_given_up {
                let what = format!("{holder:?} has {right:?} of {code} on {night}, {out} are out");
                found = Some((2, what));
            }
        }
        if let Some(given) = self.unbacked(index) {
            found = found.or(Some((2, given)));
        }
        found = found.or(counts_once(&desk.file).map(|what| (8, what)));
        if let Some((rule, what)) = found {
            self.trace.violated(rule, what);
        }
    }

    /// A sale that the share does not cover was told to be done.
    fn unbacked(&self, index: usize) -> Option<String> {
        let file = &self.desks[index].file;
        let (_, row) = file.queue.last_key_value()?;
        let given = self.given.get(&row.queued.id)?;
        let may = OF_GUESTS.contains(&given.kind.as_str());
        let is_wrong = given.is_settled && !given.is_backed && !may;
        is_wrong.then(|| {
            format!(
                "{} {} was promised beyond the share",
                given.kind, row.queued.id
            )
        })
    }

    /// After a page: what is shown is the base with what lies over it, each once (8).
    pub(crate) fn look_at_followed(&mut self, index: usize) {
        let file = &self.desks[index].file;
        let expected = file.expected();
        let rows = &file.shown.cells;
        let differs = rows.iter().find_map(|(place, cell)| {
            let expected = expected.as_ref()?;
            let then = expected.cells.get(place).copied();
            let bare = |cell: Cell| Cell { version: 0, ..cell };
            (then.map(bare) != Some(bare(*cell)))
                .then(|| format!("{place:?} shows {cell:?}, not {then:?}"))
        });
        if let Some(what) = differs {
            let what = format!("{}: {what}", file.letters);
            self.trace.violated(8, what);
        }
        self.look_at_desk(index);
    }
}

/// Whether something that happened explains that rooms are short.
fn explains(given: &Given) -> bool {
    let kind = given.kind.as_str();
    let of_guests =
        OF_GUESTS.contains(&kind) && (!given.is_backed || !given.is_settled || given.is_override);
    OF_ROOMS.contains(&kind) || of_guests
}

/// Rooms promised and not cancelled are within capacity, overbooking and deficit (1).
fn within(
    night: Night,
    pool: Pool,
    cell: &Cell,
    waiting: i64,
    owed: i64,
) -> Result<(), (u8, Box<str>)> {
    let promised = i64::from(cell.committed()) + waiting;
    let rooms = i64::from(cell.capacity()) + i64::from(cell.overbooking) + owed;
    if promised <= rooms {
        return Ok(());
    }
    let what = format!(
        "{pool} on {night}: {promised} rooms are promised, {waiting} of them not yet at the centre, of {rooms}"
    );
    Err((1, what.into()))
}

/// Every count of the cells is what the stays and holds come to, and each room one guest's (8).
pub(crate) fn counts_once(file: &File) -> Option<String> {
    let wrong = wrong(&file.shown)?;
    Some(format!("{}: {wrong}", file.letters))
}

/// What cannot be so in any tables.
pub(crate) fn wrong(tables: &Tables) -> Option<String> {
    miscounted(tables).or_else(|| room_of_two(tables))
}

fn room_of_two(tables: &Tables) -> Option<String> {
    let stays = tables.reservations.values().flat_map(|one| &one.stays);
    let in_house = stays.filter(|stay| stay.status == StayStatus::CheckedIn);
    let mut rooms = in_house.filter_map(|stay| stay.room.as_ref());
    let mut taken = BTreeSet::new();
    let twice = rooms.find(|room| !taken.insert(room.as_str()))?;
    Some(format!("two guests are in room {twice}"))
}

fn miscounted(tables: &Tables) -> Option<String> {
    let mut sold: BTreeMap<Place, i32> = BTreeMap::new();
    let mut held: BTreeMap<Place, i32> = BTreeMap::new();
    for one in tables.reservations.values() {
        for (code, night) in one.stays.iter().flat_map(|stay| stay.taken()) {
            *sold.entry((code, night)).or_default() += 1;
        }
    }
    let active = tables
        .holds
        .values()
        .filter(|hold| hold.status == HoldStatus::Active);
    for stay in active.flat_map(|hold| &hold.stays) {
        for night in stay.nights().iter() {
            let rooms = i32::try_from(stay.rooms).unwrap_or(i32::MAX);
            *held.entry((stay.room_type, night)).or_default() += rooms;
        }
    }
    let of = |counted: &BTreeMap<Place, i32>, place| counted.get(place).copied().unwrap_or(0);
    tables
        .cells
        .iter()
        .find_map(|(place, cell): (&(RoomTypeCode, Night), &Cell)| {
            let (sold, held) = (of(&sold, place), of(&held, place));
            let blocked: i32 = tables
                .allotments
                .values()
                .map(|one| one.keeps(place.0, place.1))
                .sum();
            let differs = (cell.sold, cell.held, cell.blocked) != (sold, held, blocked);
            differs.then(|| {
                format!("{place:?} counts {cell:?}: sold {sold}, held {held}, blocked {blocked}")
            })
        })
}
