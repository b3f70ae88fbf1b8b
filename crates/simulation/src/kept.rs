//! What a centre keeps, in memory: the centre's own code judges, grants and feeds on it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use keyrack_central::CentralError;
use keyrack_central::ledger::{
    Accepted, Asker, AuditRow, Changed, Changes, Covered, DeskRow, Noted, PropertyRow, QueuedRow,
    Records, TrailRow, Whole,
};
use keyrack_inventory::model::{Hold, HoldStatus, Outage, Reservation};
use keyrack_inventory::share::{Cause, Counts, Entry, Holder, NightBook, Right};
use keyrack_inventory::state::{PastCommand, Shares};
use keyrack_inventory::{
    Allotment, AllotmentId, CommandId, DeskId, HoldId, Instant, Night, NightRange, OutageId, Pool,
    Reference, ReservationId, RoomTypeCode, State, Want,
};
use keyrack_wire::{Answer, Fed, Grant, Granted, Guest, Hash, Text};
use uuid::Uuid;

use crate::Mistake;
use crate::tables::{self, Place, Tables};

/// A place of a desk's queue at the centre.
pub(crate) type Spot = (Holder, u64);
/// Whose right it is, and of what.
pub(crate) type Share = (Night, RoomTypeCode, Holder);

/// A right as the centre has it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct KeptRight {
    pub(crate) right: Right,
    /// How many unused rooms its holder should keep.
    keep: u32,
    /// How often something was granted when it was changed.
    changed: u64,
    /// What was granted before that.
    pub(crate) granted_before: u32,
}

/// A command that got its answer.
#[derive(Clone, Debug)]
pub(crate) struct Placed {
    pub(crate) id: CommandId,
    pub(crate) hash: Hash,
    pub(crate) answer: Answer,
    /// Whether it was accepted here, and stands in the feed.
    is_entry: bool,
}

/// Everything that a centre keeps of one property.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    pub(crate) property: PropertyRow,
    pub(crate) desks: BTreeMap<DeskId, DeskRow>,
    pub(crate) tables: Tables,
    pub(crate) rights: BTreeMap<Share, KeptRight>,
    /// What parked commands promised.
    pub(crate) apart: BTreeMap<(Night, RoomTypeCode, DeskId, CommandId), u32>,
    pub(crate) deficits: BTreeMap<(Night, Pool), i64>,
    pub(crate) deficit_entries: Vec<(Night, Entry)>,
    pub(crate) feed: Vec<Arc<Fed>>,
    /// What it comes to with each.
    chains: Vec<Hash>,
    pub(crate) queued: BTreeMap<Spot, Arc<Placed>>,
    noted: Vec<Noted>,
    /// What the grants had come to before they went on.
    granted: BTreeMap<u64, Hash>,
    past: BTreeMap<CommandId, PastCommand>,
    /// The hashes of its trail.
    trail: Vec<Hash>,
}

impl Kept {
    /// A property of which nothing is known yet.
    pub(crate) fn empty(property: PropertyRow) -> Self {
        Self {
            property,
            desks: BTreeMap::new(),
            tables: Tables::default(),
            rights: BTreeMap::new(),
            apart: BTreeMap::new(),
            deficits: BTreeMap::new(),
            deficit_entries: Vec::new(),
            feed: Vec::new(),
            chains: Vec::new(),
            queued: BTreeMap::new(),
            noted: Vec::new(),
            granted: BTreeMap::new(),
            past: BTreeMap::new(),
            trail: Vec::new(),
        }
    }

    /// The first table that has other rows in the other one. When a right changed is not compared: of a push that
    /// is written at once, that is its end.
    pub(crate) fn differs(&self, other: &Self) -> Option<&'static str> {
        let (ours, theirs) = (&self.tables, &other.tables);
        let rights = |kept: &Self| -> Vec<_> {
            let rights = kept.rights.iter();
            rights
                .map(|(share, row)| (*share, row.right, row.keep))
                .collect()
        };
        let answers = |kept: &Self| -> Vec<_> {
            let places = kept.queued.iter();
            places
                .map(|(spot, placed)| (*spot, placed.id, placed.answer.clone(), placed.is_entry))
                .collect()
        };
        let tables = [
            ("cells", ours.cells == theirs.cells),
            ("limits", ours.limits == theirs.limits),
            ("reservations", ours.reservations == theirs.reservations),
            ("holds", ours.holds == theirs.holds),
            ("outages", ours.outages == theirs.outages),
            ("allotments", ours.allotments == theirs.allotments),
            ("rights", rights(self) == rights(other)),
            ("apart", self.apart == other.apart),
            ("deficits", self.deficits == other.deficits),
            ("causes", self.deficit_entries == other.deficit_entries),
            (
                "feed",
                self.feed == other.feed && self.chains == other.chains,
            ),
            ("answers", answers(self) == answers(other)),
            ("noted", self.noted == other.noted),
        ];
        let differs = tables.into_iter().find(|(_, is_same)| !is_same);
        differs.map(|(table, _)| table)
    }

    /// The book of one night.
    pub(crate) fn book(&self, night: Night) -> NightBook {
        let first = (night, lowest(), NO_HOLDER);
        let rights = self.rights.range(first..);
        let rights = rights.take_while(|((at, _, _), _)| *at == night);
        let rights = rights.map(|((_, code, holder), kept)| ((*code, *holder), kept.right));
        let deficits = self.deficits.iter().filter(|((at, _), _)| *at == night);
        let deficits = deficits.map(|((_, pool), rooms)| (*pool, *rooms));
        let mut book = NightBook::kept(rights, deficits);
        for ((at, code, ..), rooms) in &self.apart {
            if *at == night {
                book.keep_apart(*code, *rooms);
            }
        }
        book
    }

    /// What is counted on one night.
    pub(crate) fn counted(&self, night: Night) -> Option<Counts> {
        let cells = self.tables.cells.iter().filter(|((_, at), _)| *at == night);
        let cells: BTreeMap<RoomTypeCode, _> =
            cells.map(|((code, _), cell)| (*code, *cell)).collect();
        let house = self.tables.limits.get(&night).copied();
        (!cells.is_empty() || house.is_some()).then_some(Counts { cells, house })
    }

    /// The nights that are open.
    pub(crate) fn nights(&self) -> BTreeSet<Night> {
        self.tables.cells.keys().map(|(_, night)| *night).collect()
    }
}

const NO_HOLDER: Holder = Holder {
    desk: DeskId(Uuid::nil()),
    epoch: 0,
};

/// A code that stands before those of every schedule.
fn lowest() -> RoomTypeCode {
    "-".parse().expect("a dash is a code")
}

/// A transaction over what is kept: the caller keeps its end, or throws it away.
pub(crate) struct Memory {
    kept: Mutex<Kept>,
    marked: Mutex<Option<Kept>>,
    /// Commands that the database refuses to store.
    poison: BTreeSet<CommandId>,
    mistake: Option<Mistake>,
}

impl Memory {
    pub(crate) fn begin(
        kept: &Kept,
        poison: &BTreeSet<CommandId>,
        mistake: Option<Mistake>,
    ) -> Self {
        Self {
            kept: Mutex::new(kept.clone()),
            marked: Mutex::new(None),
            poison: poison.clone(),
            mistake,
        }
    }

    pub(crate) fn end(self) -> Kept {
        self.kept
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// With the mistake planted, what was stored counts for nothing.
    fn forgets(&self) -> bool {
        self.mistake == Some(Mistake::NoDedupe)
    }

    fn change(&self, id: DeskId, how: impl FnOnce(&mut DeskRow)) -> Result<(), CentralError> {
        let mut kept = self.get();
        let desk = kept.desks.get_mut(&id);
        how(desk.ok_or_else(|| CentralError::UnknownDesk(id.to_string()))?);
        Ok(())
    }

    fn get(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn marked(&self) -> MutexGuard<'_, Option<Kept>> {
        self.marked.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn night(day: i32) -> Night {
    Night::from_day_number(day).expect("nights of a schedule are dates")
}

impl Records for Memory {
    async fn mark(&self) -> Result<(), CentralError> {
        *self.marked() = Some(self.get().clone());
        Ok(())
    }

    async fn keep(&self) -> Result<(), CentralError> {
        *self.marked() = None;
        Ok(())
    }

    async fn take_back(&self) -> Result<(), CentralError> {
        if let Some(marked) = self.marked().take() {
            *self.get() = marked;
        }
        Ok(())
    }

    async fn lock(&self, id: i32) -> Result<PropertyRow, CentralError> {
        self.property(id).await
    }

    async fn property(&self, _: i32) -> Result<PropertyRow, CentralError> {
        Ok(self.get().property.clone())
    }

    async fn put_property(&self, property: &PropertyRow) -> Result<(), CentralError> {
        self.get().property = property.clone();
        Ok(())
    }

    async fn desk(&self, _: i32, id: DeskId) -> Result<DeskRow, CentralError> {
        let found = self.get().desks.get(&id).cloned();
        found.ok_or_else(|| CentralError::UnknownDesk(id.to_string()))
    }

    async fn desks(&self, _: i32) -> Result<Vec<DeskRow>, CentralError> {
        let mut desks: Vec<DeskRow> = self.get().desks.values().cloned().collect();
        desks.sort_by_key(|desk| (desk.letters.as_str().len(), desk.letters.clone()));
        Ok(desks)
    }

    async fn put_desk(&self, row: &DeskRow, now: Instant) -> Result<(), CentralError> {
        let mut kept = self.get();
        let known = kept.desks.get(&row.holder.desk);
        let row = DeskRow {
            seen_at: Some(now),
            // It has a statement of its own.
            is_forked: known.map_or(row.is_forked, |known| known.is_forked),
            ..row.clone()
        };
        kept.desks.insert(row.holder.desk, row);
        Ok(())
    }

    async fn end_epoch(&self, row: &DeskRow, now: Instant) -> Result<(), CentralError> {
        if let Some(desk) = self.get().desks.get_mut(&row.holder.desk) {
            desk.holder.epoch = row.holder.epoch + 1;
            desk.last_seq = 0;
            desk.last_hash = Hash::NONE;
            desk.is_forked = true;
            desk.seen_at = Some(now);
        }
        Ok(())
    }

    async fn fork_desk(&self, _: i32, id: DeskId, _: Instant) -> Result<(), CentralError> {
        let overlooks = self.mistake == Some(Mistake::DoubleOverlooked);
        self.change(id, |desk| desk.is_forked |= !overlooks)
    }

    async fn audit(
        &self,
        property: &mut PropertyRow,
        row: &AuditRow<'_>,
        covers: Covered,
    ) -> Result<(), CentralError> {
        let row = row.follows(property, covers);
        self.add_trail(property.id, &[row]).await
    }

    async fn add_trail(&self, _: i32, rows: &[TrailRow]) -> Result<(), CentralError> {
        self.get().trail.extend(rows.iter().map(TrailRow::hash));
        Ok(())
    }

    async fn trail_hash(&self, _: i32, number: u64) -> Result<Option<Hash>, CentralError> {
        let at = usize::try_from(number).unwrap_or(usize::MAX).checked_sub(1);
        Ok(at.and_then(|at| self.get().trail.get(at).copied()))
    }

    async fn put_guests(&self, _: i32, _: &[Guest]) -> Result<(), CentralError> {
        Ok(())
    }

    async fn put_texts(&self, _: i32, _: &[Text]) -> Result<(), CentralError> {
        Ok(())
    }

    async fn guests(&self, _: i32, _: &[Uuid]) -> Result<Vec<Guest>, CentralError> {
        Ok(Vec::new())
    }

    async fn texts(&self, _: i32, _: &[Uuid]) -> Result<Vec<Text>, CentralError> {
        Ok(Vec::new())
    }

    async fn erase_whole(
        &self,
        _: i32,
        _: &[Uuid],
        _: (u64, &str),
        _: (u64, Instant),
    ) -> Result<bool, CentralError> {
        Ok(false)
    }

    async fn erased_since(&self, _: i32, _: u64) -> Result<Vec<Uuid>, CentralError> {
        Ok(Vec::new())
    }

    async fn erased_among(&self, _: i32, _: &[Uuid]) -> Result<Vec<Uuid>, CentralError> {
        Ok(Vec::new())
    }

    async fn erase(&self, _: i32, _: Uuid, _: u64, _: Instant) -> Result<bool, CentralError> {
        Ok(false)
    }

    async fn answered(
        &self,
        _: i32,
        holder: Holder,
        seq: u64,
    ) -> Result<Option<(Hash, Answer)>, CentralError> {
        let kept = self.get();
        let found = kept.queued.get(&(holder, seq));
        Ok(found.map(|found| (found.hash, found.answer.clone())))
    }

    async fn add_queued(&self, _: i32, rows: &[QueuedRow]) -> Result<(), CentralError> {
        for row in rows {
            if row.sealed.is_some() && self.poison.contains(&row.id) {
                let why = format!("command {} is poison", row.id);
                return Err(CentralError::Unstorable(why));
            }
            let placed = Placed {
                id: row.id,
                hash: row.hash,
                answer: row.answer.clone(),
                is_entry: row.number.is_some(),
            };
            let mut kept = self.get();
            if !self.forgets() && kept.queued.contains_key(&(row.holder, row.seq)) {
                return Err(CentralError::damaged("queued", "the number is taken"));
            }
            kept.queued.insert((row.holder, row.seq), Arc::new(placed));
        }
        Ok(())
    }

    async fn accepted(&self, _: i32, id: CommandId) -> Result<Option<Accepted>, CentralError> {
        if self.forgets() {
            return Ok(None);
        }
        let kept = self.get();
        let found = kept.feed.iter().find(|entry| entry.id == id);
        Ok(found.map(|entry| Accepted::of(entry)))
    }

    async fn accepted_among(
        &self,
        property: i32,
        ids: &[CommandId],
    ) -> Result<Vec<(CommandId, Accepted)>, CentralError> {
        let mut found = Vec::new();
        for id in ids {
            let known = self.accepted(property, *id).await?;
            found.extend(known.map(|known| (*id, known)));
        }
        Ok(found)
    }

    async fn answered_since(
        &self,
        _: i32,
        desk: DeskId,
        _: Instant,
    ) -> Result<(Vec<CommandId>, Vec<CommandId>), CentralError> {
        let kept = self.get();
        let own = kept.queued.iter().filter(|((of, _), _)| of.desk == desk);
        let ids = |is: fn(&Answer) -> bool| -> BTreeSet<CommandId> {
            let found = own.clone().filter(|(_, placed)| is(&placed.answer));
            found.map(|(_, placed)| placed.id).collect()
        };
        let stored = ids(|answer| matches!(answer, Answer::Applied { .. } | Answer::Kept { .. }));
        let refused = ids(|answer| matches!(answer, Answer::Refused { .. }));
        let refused = refused.difference(&stored).copied().collect();
        Ok((stored.into_iter().collect(), refused))
    }

    async fn first_answer(
        &self,
        _: i32,
        (desk, id): (DeskId, CommandId),
    ) -> Result<Option<Answer>, CentralError> {
        if self.forgets() {
            return Ok(None);
        }
        let kept = self.get();
        let of = |is: fn(&Placed) -> bool| {
            let mut all = kept.queued.iter();
            all.find(|((holder, _), placed)| {
                placed.id == id && is(placed) && (placed.is_entry || holder.desk == desk)
            })
        };
        let refused = |placed: &Placed| matches!(placed.answer, Answer::Refused { .. });
        let found = of(|placed| placed.is_entry).or(of(refused));
        Ok(found.map(|(_, placed)| placed.answer.clone()))
    }

    async fn active_holds(&self, _: i32) -> Result<Vec<Hold>, CentralError> {
        let kept = self.get();
        let holds = kept.tables.holds.values();
        let active = holds.filter(|hold| hold.status == HoldStatus::Active);
        Ok(active.map(|hold| Hold::clone(hold)).collect())
    }

    async fn add_entries(&self, _: i32, entries: &[Fed]) -> Result<(), CentralError> {
        let mut kept = self.get();
        for entry in entries {
            let events = entry.events.iter().map(keyrack_wire::FedEvent::event);
            let past = PastCommand {
                kind: entry.kind.as_str().to_owned(),
                accepted: true,
                undone: false,
                events: events.collect::<Result<_, _>>()?,
            };
            kept.past.insert(entry.id, past);
            let before = kept.chains.last().copied().unwrap_or(Hash::NONE);
            let chained = entry.chained(before);
            let chained = chained.map_err(|error| CentralError::damaged("entry", error))?;
            kept.chains.push(chained);
            kept.feed.push(Arc::new(entry.clone()));
        }
        Ok(())
    }

    async fn entries_after(
        &self,
        _: i32,
        after: u64,
        most: usize,
    ) -> Result<Vec<Fed>, CentralError> {
        let kept = self.get();
        let after = usize::try_from(after).unwrap_or(usize::MAX);
        let rest = kept.feed.iter().skip(after).take(most);
        Ok(rest.map(|entry| Fed::clone(entry)).collect())
    }

    async fn chain(&self, _: i32, number: u64) -> Result<Option<Hash>, CentralError> {
        match usize::try_from(number).unwrap_or(usize::MAX).checked_sub(1) {
            Some(at) => Ok(self.get().chains.get(at).copied()),
            None => Ok(Some(Hash::NONE)),
        }
    }

    async fn day_ended(&self, _: i32) -> Result<Option<Instant>, CentralError> {
        let kept = self.get();
        let mut feed = kept.feed.iter().rev();
        let last = feed.find(|entry| entry.kind.as_str() == "close_day");
        Ok(last.map(|entry| entry.at))
    }

    async fn note_changes(&self, _: i32, noted: &[Noted]) -> Result<(), CentralError> {
        self.get().noted.extend_from_slice(noted);
        Ok(())
    }

    async fn changed_by_others(
        &self,
        _: i32,
        (id, details): (ReservationId, bool),
        seen: u64,
        desk: &str,
    ) -> Result<Option<i64>, CentralError> {
        let kept = self.get();
        let noted = kept.noted.iter().filter(|noted| {
            let is_it =
                noted.reservation == id && if details { noted.details } else { noted.stays };
            is_it && noted.number > seen && noted.desk != desk
        });
        let last = noted.map(|noted| noted.number).max();
        Ok(last.and_then(|number| i64::try_from(number).ok()))
    }

    async fn note_undone(&self, _: i32, undone: CommandId, _: u64) -> Result<(), CentralError> {
        if let Some(past) = self.get().past.get_mut(&undone) {
            past.undone = true;
        }
        Ok(())
    }

    async fn reservation(
        &self,
        _: i32,
        asked: &Reference<ReservationId>,
    ) -> Result<Option<Reservation>, CentralError> {
        Ok(self.get().tables.reservation(asked))
    }

    async fn reservations_among(
        &self,
        _: i32,
        ids: &[Uuid],
        numbers: &[String],
    ) -> Result<Vec<Reservation>, CentralError> {
        let kept = self.get();
        let found = kept.tables.reservations.values();
        let found = found.filter(|one| {
            ids.contains(&one.id.0) || numbers.iter().any(|number| *number == one.number.as_str())
        });
        Ok(found.map(|one| Reservation::clone(one)).collect())
    }

    async fn holds_among(
        &self,
        _: i32,
        ids: &[Uuid],
        numbers: &[String],
    ) -> Result<Vec<Hold>, CentralError> {
        let kept = self.get();
        let found = kept.tables.holds.values();
        let found = found.filter(|one| {
            ids.contains(&one.id.0) || numbers.iter().any(|number| *number == one.number.as_str())
        });
        Ok(found.map(|one| Hold::clone(one)).collect())
    }

    async fn hold(&self, _: i32, asked: &Reference<HoldId>) -> Result<Option<Hold>, CentralError> {
        Ok(self.get().tables.hold(asked))
    }

    async fn outage(
        &self,
        _: i32,
        asked: &Reference<OutageId>,
    ) -> Result<Option<Outage>, CentralError> {
        Ok(self.get().tables.outage(asked))
    }

    async fn allotment(
        &self,
        _: i32,
        asked: &Reference<AllotmentId>,
    ) -> Result<Option<Allotment>, CentralError> {
        Ok(self.get().tables.allotment(asked))
    }

    async fn load(
        &self,
        state: &mut State,
        asker: Asker<'_>,
        wants: &[Want],
    ) -> Result<(), CentralError> {
        let kept = self.get();
        let asker = tables::Asker {
            letters: asker.letters,
            now: asker.at,
            rights: None,
            past: &kept.past,
        };
        kept.tables.load(state, asker, wants);
        Ok(())
    }

    async fn write(&self, _: i32, _: &Changes, state: &State) -> Result<(), CentralError> {
        let unsound = state.all_cells().find(|(_, _, cell)| !cell.is_sound());
        if let Some((code, night, cell)) = unsound {
            let why = format!("cell {code} {night} would be {cell:?}");
            return Err(CentralError::Unstorable(why));
        }
        self.get().tables.take_rows(state);
        Ok(())
    }

    async fn keep_apart(
        &self,
        _: i32,
        (desk, command): (DeskId, CommandId),
        kept: &[(Night, RoomTypeCode, u32)],
    ) -> Result<(), CentralError> {
        if self.mistake == Some(Mistake::ParkedRightsDropped) {
            return Ok(());
        }
        let mut all = self.get();
        for (night, code, rooms) in kept {
            *all.apart.entry((*night, *code, desk, command)).or_default() += rooms;
        }
        Ok(())
    }

    async fn apart_among(
        &self,
        _: i32,
        desk: DeskId,
        ids: &[CommandId],
    ) -> Result<Vec<CommandId>, CentralError> {
        let kept = self.get();
        let apart = kept.apart.keys().filter(|at| at.2 == desk);
        let apart = apart.map(|at| at.3).filter(|id| ids.contains(id));
        Ok(apart.collect())
    }

    async fn join_apart(
        &self,
        _: i32,
        place: (DeskId, CommandId),
    ) -> Result<BTreeSet<Night>, CentralError> {
        let mut kept = self.get();
        let of = |at: &(Night, RoomTypeCode, DeskId, CommandId)| (at.2, at.3) == place;
        let nights = kept
            .apart
            .keys()
            .filter(|at| of(at))
            .map(|at| at.0)
            .collect();
        kept.apart.retain(|at, _| !of(at));
        Ok(nights)
    }

    async fn counts(
        &self,
        _: i32,
        nights: &[i32],
    ) -> Result<BTreeMap<Night, Counts>, CentralError> {
        let kept = self.get();
        let nights = nights.iter().map(|day| night(*day));
        Ok(nights
            .filter_map(|night| Some((night, kept.counted(night)?)))
            .collect())
    }

    async fn books(
        &self,
        _: i32,
        nights: &[i32],
    ) -> Result<BTreeMap<Night, NightBook>, CentralError> {
        let kept = self.get();
        let nights = nights.iter().map(|day| night(*day));
        Ok(nights.map(|night| (night, kept.book(night))).collect())
    }

    async fn put_rights(
        &self,
        _: i32,
        changed: &[Changed],
        number: u64,
    ) -> Result<(), CentralError> {
        let mut kept = self.get();
        for (night, code, holder, right, keep) in changed {
            let known = kept.rights.get(&(*night, *code, *holder)).copied();
            let keep = keep.or(known.map(|known| known.keep)).unwrap_or(u32::MAX);
            let granted = right.totals().granted;
            let before = known.map_or(0, |known| known.right.totals().granted);
            let same = known.filter(|known| before == granted && known.keep == keep);
            let row = KeptRight {
                right: *right,
                keep,
                changed: same.map_or(number, |known| known.changed),
                granted_before: match known {
                    Some(known) if before == granted => known.granted_before,
                    _ => before,
                },
            };
            kept.rights.insert((*night, *code, *holder), row);
        }
        Ok(())
    }

    async fn note_granted(&self, _: i32, before: Granted) -> Result<(), CentralError> {
        let known = self.get().granted.insert(before.number, before.chain);
        assert!(known.is_none(), "grants went on, and nobody wrote how far");
        Ok(())
    }

    async fn granted_chain(&self, _: i32, number: u64) -> Result<Option<Hash>, CentralError> {
        Ok(self.get().granted.get(&number).copied())
    }

    async fn put_deficits(
        &self,
        _: i32,
        night: Night,
        book: &NightBook,
        entries: &[Entry],
        _: Instant,
    ) -> Result<(), CentralError> {
        let mut kept = self.get();
        for entry in entries {
            let is_restored = matches!(entry.cause, Cause::Restored(_));
            if is_restored && self.mistake == Some(Mistake::LostGrantsForgotten) {
                continue;
            }
            let owed = book.deficit(entry.pool);
            kept.deficits.insert((night, entry.pool), owed);
            kept.deficit_entries.push((night, *entry));
        }
        Ok(())
    }

    async fn rights_left(
        &self,
        _: i32,
        nights: NightRange,
        own: Holder,
    ) -> Result<Vec<(RoomTypeCode, Night, Shares)>, CentralError> {
        let mut found: BTreeMap<Place, Shares> = BTreeMap::new();
        for ((night, code, holder), kept) in &self.get().rights {
            let left = i32::try_from(kept.right.left()).unwrap_or(i32::MAX);
            if left == 0 || !nights.contains(*night) {
                continue;
            }
            let shares = found.entry((*code, *night)).or_default();
            match *holder == own {
                true => shares.left += left,
                false => shares.others += left,
            }
        }
        for ((night, code, ..), rooms) in &self.get().apart {
            if nights.contains(*night) {
                let rooms = i32::try_from(*rooms).unwrap_or(i32::MAX);
                found.entry((*code, *night)).or_default().others += rooms;
            }
        }
        let found = found.into_iter();
        Ok(found
            .map(|((code, night), shares)| (code, night, shares))
            .collect())
    }

    async fn grants_since(
        &self,
        _: i32,
        holder: Holder,
        number: u64,
        from: Night,
    ) -> Result<Vec<Grant>, CentralError> {
        let kept = self.get();
        let rights = kept.rights.iter().filter(|((night, _, of), kept)| {
            *of == holder && kept.changed > number && *night >= from
        });
        let grants = rights.map(|((night, code, _), kept)| Grant {
            room_type: *code,
            night: *night,
            granted: kept.right.totals().granted,
            keep: kept.keep,
        });
        Ok(grants.collect())
    }

    async fn open_nights(&self, _: i32, from: Night, most: i32) -> Result<Vec<i32>, CentralError> {
        let within = from..from.plus(most);
        let nights = self.get().nights();
        let nights = nights.into_iter().filter(|night| within.contains(night));
        Ok(nights.map(Night::day_number).collect())
    }

    async fn nights_with_rights(
        &self,
        _: i32,
        desk: DeskId,
        epoch: u32,
    ) -> Result<Vec<i32>, CentralError> {
        let kept = self.get();
        let rights = kept.rights.iter();
        let of = rights.filter(|((_, _, holder), kept)| {
            holder.desk == desk && holder.epoch <= epoch && kept.right.left() > 0
        });
        let nights: BTreeSet<i32> = of.map(|((night, _, _), _)| night.day_number()).collect();
        Ok(nights.into_iter().collect())
    }

    async fn found_desk(&self, _: i32, id: DeskId) -> Result<(), CentralError> {
        self.change(id, |desk| (desk.is_lost, desk.is_awaited) = (false, false))
    }

    async fn lose_desk(&self, _: i32, id: DeskId, _: Instant) -> Result<(), CentralError> {
        self.change(id, |desk| {
            desk.is_lost = true;
            desk.holder.epoch += 1;
            desk.last_seq = 0;
            desk.last_hash = Hash::NONE;
        })
    }

    async fn accept_desk(&self, _: i32, id: Uuid) -> Result<(), CentralError> {
        self.change(DeskId(id), |desk| {
            desk.is_awaited |= desk.is_forked;
            desk.is_forked = false;
        })
    }

    async fn take_epochs_back(&self, _: i32, id: DeskId, epoch: u32) -> Result<(), CentralError> {
        self.change(id, |desk| desk.lost_epoch = desk.lost_epoch.max(epoch))
    }

    async fn whole(&self, _: i32) -> Result<Whole, CentralError> {
        Ok(self.get().tables.whole())
    }

    async fn people(&self, _: i32) -> Result<(Vec<Guest>, Vec<Text>), CentralError> {
        Ok((Vec::new(), Vec::new()))
    }
}
