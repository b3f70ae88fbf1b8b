//! A batch is read and written as the ledger is.

use std::collections::{BTreeMap, BTreeSet};

use keyrack_inventory::model::{Hold, Outage, Reservation};
use keyrack_inventory::share::{Counts, Entry, Holder, NightBook};
use keyrack_inventory::state::Shares;
use keyrack_inventory::{
    Allotment, AllotmentId, CommandId, DeskId, HoldId, Instant, Night, NightRange, OutageId,
    Reference, ReservationId, RoomTypeCode, State, Want,
};
use keyrack_wire::{Answer, Fed, Grant, Granted, Guest, Hash, Text};
use uuid::Uuid;

use super::Batch;
use crate::error::CentralError;
use crate::ledger::{
    Accepted, Asker, AuditRow, Changed, Changes, Covered, DeskRow, Noted, PropertyRow, QueuedRow,
    Records, TrailRow, Whole,
};

/// A command that wants more nights of a type than this has them from the ledger alone, and not with every other type.
const NIGHTS_AT_MOST: u32 = 100;

/// What is not held: the ledger is asked, or told, once what waits is written.
macro_rules! passed_on {
    ($($name:ident($($argument:ident: $type:ty),*) -> $made:ty;)*) => { $(
        async fn $name(&self, $($argument: $type),*) -> Result<$made, CentralError> {
            self.write_all().await?;
            self.ledger.$name($($argument),*).await
        }
    )* };
}

/// Objects that are held once they were asked for.
macro_rules! held {
    ($($name:ident, $all:ident, $id:ty, $object:ty;)*) => { $(
        async fn $name(
            &self,
            property: i32,
            asked: &Reference<$id>,
        ) -> Result<Option<$object>, CentralError> {
            let known = self.held().$all.known(asked);
            if let Some(known) = known {
                return Ok(known);
            }
            let found = self.ledger.$name(property, asked).await?;
            let mut held = self.held();
            held.$all.learn(asked, found);
            Ok(held.$all.known(asked).flatten())
        }
    )* };
}

impl<R: Records> Batch<'_, R> {
    /// Loads one thing that is wanted.
    async fn answer(
        &self,
        state: &mut State,
        asker: Asker<'_>,
        want: &Want,
    ) -> Result<(), CentralError> {
        let property = asker.property;
        match want {
            Want::Cells(code, nights) if nights.len() <= NIGHTS_AT_MOST => {
                self.look_at(property, *nights).await?;
                let cells = self.held().cells(*code, *nights);
                state.put_cells(*code, *nights, cells.into_iter());
            }
            Want::HouseLimits(nights) if nights.len() <= NIGHTS_AT_MOST => {
                self.look_at(property, *nights).await?;
                let limits = self.held().limits(*nights);
                state.put_house_limits(*nights, limits.into_iter());
            }
            Want::Reservation(asked) => {
                state.put_reservation(asked, self.reservation(property, asked).await?);
            }
            Want::Hold(asked) => state.put_hold(asked, self.hold(property, asked).await?),
            Want::Outage(asked) => state.put_outage(asked, self.outage(property, asked).await?),
            Want::Allotment(asked) => {
                state.put_allotment(asked, self.allotment(property, asked).await?);
            }
            _ => {
                self.write_all().await?;
                let wants = std::slice::from_ref(want);
                self.ledger.load(state, asker, wants).await?;
            }
        }
        Ok(())
    }

    async fn look_at(&self, property: i32, nights: NightRange) -> Result<(), CentralError> {
        let nights: Vec<i32> = nights.iter().map(Night::day_number).collect();
        self.see_counts(property, &nights).await
    }

    /// Sees to it that every row of the nights is held.
    async fn see_counts(&self, property: i32, nights: &[i32]) -> Result<(), CentralError> {
        let lacking = self.held().lacking(nights);
        if !lacking.is_empty() {
            let found = self.ledger.counts(property, &lacking).await?;
            self.held().learn_counts(&lacking, found);
        }
        Ok(())
    }
}

impl<R: Records> Records for Batch<'_, R> {
    held! {
        reservation, reservations, ReservationId, Reservation;
        hold, holds, HoldId, Hold;
        outage, outages, OutageId, Outage;
        allotment, allotments, AllotmentId, Allotment;
    }

    async fn load(
        &self,
        state: &mut State,
        asker: Asker<'_>,
        wants: &[Want],
    ) -> Result<(), CentralError> {
        for want in wants {
            self.answer(state, asker, want).await?;
        }
        Ok(())
    }

    async fn write(&self, _: i32, changes: &Changes, state: &State) -> Result<(), CentralError> {
        self.held().put(changes, state)
    }

    async fn counts(
        &self,
        property: i32,
        nights: &[i32],
    ) -> Result<BTreeMap<Night, Counts>, CentralError> {
        self.see_counts(property, nights).await?;
        Ok(self.held().counts(nights))
    }

    async fn books(
        &self,
        property: i32,
        nights: &[i32],
    ) -> Result<BTreeMap<Night, NightBook>, CentralError> {
        let nights: BTreeSet<Night> = nights
            .iter()
            .filter_map(|day| Night::from_day_number(*day))
            .collect();
        let (lacking, waits) = self.held().without_books(&nights);
        if waits {
            self.write_all().await?;
        }
        if !lacking.is_empty() {
            let found = self.ledger.books(property, &lacking).await?;
            self.held().learn_books(found);
        }
        Ok(self.held().books(&nights))
    }

    async fn put_rights(
        &self,
        _: i32,
        changed: &[Changed],
        number: u64,
    ) -> Result<(), CentralError> {
        self.held().put_rights(changed, number);
        Ok(())
    }

    async fn put_deficits(
        &self,
        property: i32,
        night: Night,
        book: &NightBook,
        entries: &[Entry],
        now: Instant,
    ) -> Result<(), CentralError> {
        if entries.is_empty() {
            return Ok(());
        }
        self.held().put_deficits(night, book, entries);
        self.ledger
            .put_deficits(property, night, book, entries, now)
            .await
    }

    async fn keep_apart(
        &self,
        property: i32,
        place: (DeskId, CommandId),
        kept: &[(Night, RoomTypeCode, u32)],
    ) -> Result<(), CentralError> {
        self.held().keep_apart(place, kept);
        self.ledger.keep_apart(property, place, kept).await
    }

    async fn join_apart(
        &self,
        property: i32,
        place: (DeskId, CommandId),
    ) -> Result<BTreeSet<Night>, CentralError> {
        if self.held().nothing_apart.contains(&place) {
            return Ok(BTreeSet::new());
        }
        self.write_all().await?;
        let nights = self.ledger.join_apart(property, place).await?;
        self.held().join_apart(place, &nights);
        Ok(nights)
    }

    async fn accepted(
        &self,
        property: i32,
        id: CommandId,
    ) -> Result<Option<Accepted>, CentralError> {
        let known = self.held().accepted.get(&id).cloned();
        if let Some(known) = known {
            return Ok(known);
        }
        let found = self.ledger.accepted(property, id).await?;
        self.held().accepted.insert(id, found.clone());
        Ok(found)
    }

    async fn add_entries(&self, _: i32, entries: &[Fed]) -> Result<(), CentralError> {
        let mut held = self.held();
        for entry in entries {
            held.accepted.insert(entry.id, Some(Accepted::of(entry)));
        }
        held.waiting.entries.extend_from_slice(entries);
        Ok(())
    }

    async fn note_changes(&self, _: i32, noted: &[Noted]) -> Result<(), CentralError> {
        self.held().waiting.noted.extend_from_slice(noted);
        Ok(())
    }

    async fn changed_by_others(
        &self,
        property: i32,
        of: (ReservationId, bool),
        seen: u64,
        desk: &str,
    ) -> Result<Option<i64>, CentralError> {
        let by_others = {
            let held = self.held();
            held.waiting.noted.iter().any(|noted| noted.desk != desk)
        };
        if by_others {
            self.write_all().await?;
        }
        let ledger = self.ledger;
        ledger.changed_by_others(property, of, seen, desk).await
    }

    async fn add_queued(&self, _: i32, rows: &[QueuedRow]) -> Result<(), CentralError> {
        self.held().waiting.queued.extend_from_slice(rows);
        Ok(())
    }

    async fn audit(
        &self,
        property: &mut PropertyRow,
        row: &AuditRow<'_>,
        covers: Covered,
    ) -> Result<(), CentralError> {
        let row = row.follows(property, covers);
        self.held().waiting.trail.push(row);
        Ok(())
    }

    async fn erased_among(&self, property: i32, ids: &[Uuid]) -> Result<Vec<Uuid>, CentralError> {
        let all_there = {
            let held = self.held();
            ids.iter().all(|id| held.not_erased.contains(id))
        };
        match all_there {
            true => Ok(Vec::new()),
            false => self.ledger.erased_among(property, ids).await,
        }
    }

    async fn erase(
        &self,
        property: i32,
        id: Uuid,
        number: u64,
        now: Instant,
    ) -> Result<bool, CentralError> {
        self.held().not_erased.remove(&id);
        self.ledger.erase(property, id, number, now).await
    }

    async fn erase_whole(
        &self,
        property: i32,
        ids: &[Uuid],
        told: (u64, &str),
        at: (u64, Instant),
    ) -> Result<bool, CentralError> {
        self.write_all().await?;
        self.held().not_erased.clear();
        self.ledger.erase_whole(property, ids, told, at).await
    }

    passed_on! {
        mark() -> ();
        keep() -> ();
        take_back() -> ();
        lock(id: i32) -> PropertyRow;
        property(id: i32) -> PropertyRow;
        put_property(property: &PropertyRow) -> ();
        desk(property: i32, id: DeskId) -> DeskRow;
        desks(property: i32) -> Vec<DeskRow>;
        put_desk(row: &DeskRow, now: Instant) -> ();
        end_epoch(row: &DeskRow, now: Instant) -> ();
        fork_desk(property: i32, id: DeskId, now: Instant) -> ();
        found_desk(property: i32, id: DeskId) -> ();
        lose_desk(property: i32, id: DeskId, now: Instant) -> ();
        accept_desk(property: i32, id: Uuid) -> ();
        take_epochs_back(property: i32, id: DeskId, epoch: u32) -> ();
        trail_hash(property: i32, number: u64) -> Option<Hash>;
        add_trail(property: i32, rows: &[TrailRow]) -> ();
        put_guests(property: i32, guests: &[Guest]) -> ();
        put_texts(property: i32, texts: &[Text]) -> ();
        guests(property: i32, ids: &[Uuid]) -> Vec<Guest>;
        texts(property: i32, ids: &[Uuid]) -> Vec<Text>;
        people(property: i32) -> (Vec<Guest>, Vec<Text>);
        erased_since(property: i32, number: u64) -> Vec<Uuid>;
        answered(property: i32, holder: Holder, seq: u64) -> Option<(Hash, Answer)>;
        answered_since(property: i32, desk: DeskId, since: Instant) -> (Vec<CommandId>, Vec<CommandId>);
        first_answer(property: i32, asked: (DeskId, CommandId)) -> Option<Answer>;
        accepted_among(property: i32, ids: &[CommandId]) -> Vec<(CommandId, Accepted)>;
        reservations_among(property: i32, ids: &[Uuid], numbers: &[String]) -> Vec<Reservation>;
        holds_among(property: i32, ids: &[Uuid], numbers: &[String]) -> Vec<Hold>;
        apart_among(property: i32, desk: DeskId, ids: &[CommandId]) -> Vec<CommandId>;
        active_holds(property: i32) -> Vec<Hold>;
        entries_after(property: i32, after: u64, most: usize) -> Vec<Fed>;
        day_ended(property: i32) -> Option<Instant>;
        chain(property: i32, number: u64) -> Option<Hash>;
        note_undone(property: i32, undone: CommandId, by: u64) -> ();
        note_granted(property: i32, before: Granted) -> ();
        granted_chain(property: i32, number: u64) -> Option<Hash>;
        rights_left(property: i32, nights: NightRange, own: Holder) -> Vec<(RoomTypeCode, Night, Shares)>;
        grants_since(property: i32, holder: Holder, number: u64, from: Night) -> Vec<Grant>;
        open_nights(property: i32, from: Night, most: i32) -> Vec<i32>;
        nights_with_rights(property: i32, desk: DeskId, epoch: u32) -> Vec<i32>;
        whole(property: i32) -> Whole;
    }
}
