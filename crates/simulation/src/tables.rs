//! Rows in memory: what a desk's file and a centre's database keep of an inventory.

use std::collections::BTreeMap;
use std::sync::Arc;

use keyrack_central::ledger::Whole;
use keyrack_inventory::corrected::Rows;
use keyrack_inventory::evolve::wanted;
use keyrack_inventory::model::{Hold, HoldStatus, Outage, Reservation};
use keyrack_inventory::share::Right;
use keyrack_inventory::state::{Counters, DueItems, PastCommand, Shares, UsedBy, is_due};
use keyrack_inventory::{
    Allotment, AllotmentId, AllotmentStatus, Catalogue, Cell, Command, CommandId, Context,
    Decision, Event, Halt, HoldId, HouseLimit, Instant, Night, OutageId, Reference, Refusal,
    ReservationId, RoomNumber, RoomTypeCode, ShortNumber, State, StayStatus, Want, decide, evolve,
};
use keyrack_wire::{RowDigest, Snapshot};

/// A cell's key.
pub(crate) type Place = (RoomTypeCode, Night);

/// The rows of an inventory. Cheap to copy: what is large is shared until it changes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tables {
    pub(crate) catalogue: Option<Arc<Catalogue>>,
    pub(crate) counters: Counters,
    pub(crate) cells: BTreeMap<Place, Cell>,
    pub(crate) limits: BTreeMap<Night, HouseLimit>,
    pub(crate) reservations: BTreeMap<ReservationId, Arc<Reservation>>,
    pub(crate) holds: BTreeMap<HoldId, Arc<Hold>>,
    pub(crate) outages: BTreeMap<OutageId, Arc<Outage>>,
    pub(crate) allotments: BTreeMap<AllotmentId, Arc<Allotment>>,
}

/// For whom something is loaded.
#[derive(Clone, Copy)]
pub(crate) struct Asker<'a> {
    /// The letters of the desk that lets its holds go.
    pub(crate) letters: &'a str,
    /// As of when holds are due.
    pub(crate) now: Instant,
    /// What the desk has left of its rights, where it sells out of them.
    pub(crate) rights: Option<&'a BTreeMap<Place, Right>>,
    /// What was done before.
    pub(crate) past: &'a BTreeMap<CommandId, PastCommand>,
}

fn is<Id: PartialEq>(
    asked: &Reference<Id>,
    id: &Id,
    number: &keyrack_inventory::ShortNumber,
) -> bool {
    match asked {
        Reference::Id(asked) => asked == id,
        Reference::Number(asked) => asked == number,
    }
}

/// Whether the hold is one of the desk's: it gave the number, or the centre did where it was asked.
pub(crate) fn is_own_hold(hold: &Hold, letters: &str) -> bool {
    hold.number.desk() == letters
}

impl Tables {
    /// Who is in the house in that room.
    pub(crate) fn in_house(&self, room: &RoomNumber) -> Option<(ReservationId, u16, ShortNumber)> {
        self.reservations.values().find_map(|one| {
            let mut stays = one.stays.iter();
            let here = stays.find(|stay| {
                stay.status == StayStatus::CheckedIn && stay.room.as_ref() == Some(room)
            })?;
            Some((one.id, here.stay, one.number.clone()))
        })
    }

    pub(crate) fn reservation(&self, asked: &Reference<ReservationId>) -> Option<Reservation> {
        let mut all = self.reservations.values();
        let found = all.find(|found| is(asked, &found.id, &found.number));
        found.map(|found| Reservation::clone(found))
    }

    pub(crate) fn hold(&self, asked: &Reference<HoldId>) -> Option<Hold> {
        let found = self
            .holds
            .values()
            .find(|found| is(asked, &found.id, &found.number));
        found.map(|found| Hold::clone(found))
    }

    pub(crate) fn outage(&self, asked: &Reference<OutageId>) -> Option<Outage> {
        let found = self
            .outages
            .values()
            .find(|found| is(asked, &found.id, &found.number));
        found.map(|found| Outage::clone(found))
    }

    pub(crate) fn allotment(&self, asked: &Reference<AllotmentId>) -> Option<Allotment> {
        let found = self
            .allotments
            .values()
            .find(|found| is(asked, &found.id, &found.number));
        found.map(|found| Allotment::clone(found))
    }

    /// The holds of a desk whose time is up, oldest first.
    pub(crate) fn due_holds(&self, letters: &str, now: Instant) -> Vec<Hold> {
        let due = self.holds.values().filter(|hold| {
            hold.status == HoldStatus::Active
                && hold.expires_at <= now
                && is_own_hold(hold, letters)
        });
        let mut due: Vec<Hold> = due.map(|hold| Hold::clone(hold)).collect();
        due.sort_by_key(|hold| (hold.expires_at, hold.id));
        due
    }

    /// Loads what is wanted into a state.
    pub(crate) fn load(&self, state: &mut State, asker: Asker<'_>, wants: &[Want]) {
        for want in wants {
            self.answer(state, asker, want);
        }
    }

    fn answer(&self, state: &mut State, asker: Asker<'_>, want: &Want) {
        match want {
            Want::Cells(code, nights) => {
                let cell = |night| Some((night, *self.cells.get(&(*code, night))?));
                state.put_cells(*code, *nights, nights.iter().filter_map(cell));
                if let Some(rights) = asker.rights {
                    for night in nights.iter() {
                        let right = rights.get(&(*code, night)).copied().unwrap_or_default();
                        let left = i32::try_from(right.left()).unwrap_or(i32::MAX);
                        state.put_shares(*code, night, Shares { left, others: 0 });
                    }
                }
            }
            Want::HouseLimits(nights) => {
                let limit = |night| Some((night, *self.limits.get(&night)?));
                state.put_house_limits(*nights, nights.iter().filter_map(limit));
            }
            Want::Reservation(asked) => state.put_reservation(asked, self.reservation(asked)),
            Want::Hold(asked) => state.put_hold(asked, self.hold(asked)),
            Want::Outage(asked) => state.put_outage(asked, self.outage(asked)),
            Want::Allotment(asked) => state.put_allotment(asked, self.allotment(asked)),
            Want::Waiting => self.load_waiting(state),
            Want::Due(date) => state.put_due(*date, self.due(*date)),
            Want::RoomInHouse(room) => {
                state.put_room_in_house(room.clone(), self.in_house(room));
            }
            Want::DueHolds => {
                let due = self.due_holds(asker.letters, asker.now);
                state.put_due_holds(due.iter().map(|hold| hold.id).collect());
                for hold in due {
                    state.put_hold(&Reference::Id(hold.id), Some(hold));
                }
            }
            Want::Past(id) => state.put_past(*id, asker.past.get(id).cloned()),
            // Every undo of a schedule names what it undoes.
            Want::LastUndoable => state.put_last_undoable(None),
            Want::OutOfService(code, nights) => {
                let found = self.outages.values();
                let found = found.filter(|outage| outage.is_out_of_service(*code, *nights));
                let found = found.map(|outage| Outage::clone(outage)).collect();
                state.put_out_of_service(*code, *nights, found);
            }
            // No schedule retires a type.
            Want::Retirement(code) => state.put_retirement(*code, None),
            Want::UsesBeyond(code, from) => {
                state.put_uses_beyond(*code, *from, self.uses(*code, *from));
            }
        }
    }

    fn load_waiting(&self, state: &mut State) {
        let waits = self.reservations.values().filter(|one| {
            let mut stays = one.stays.iter();
            stays.any(|stay| stay.status == StayStatus::Waitlisted)
        });
        let mut waits: Vec<&Arc<Reservation>> = waits.collect();
        waits.sort_by_key(|one| (one.created_at, one.id));
        state.put_waiting(waits.iter().map(|one| one.id).collect());
        for one in waits {
            state.put_reservation(&Reference::Id(one.id), Some(Reservation::clone(one)));
        }
    }

    fn due(&self, date: Night) -> DueItems {
        let mut named = Vec::new();
        for one in self.reservations.values() {
            let due = one.stays.iter().filter(|stay| is_due(stay, date));
            named.extend(due.map(|stay| format!("{}/{}", one.number, stay.stay)));
        }
        let allotments = self.allotments.values().filter(|one| one.is_due(date));
        named.extend(allotments.map(|one| one.number.to_string()));
        named.sort();
        let count = named.len() as u64;
        named.truncate(20);
        DueItems { named, count }
    }

    fn uses(&self, code: RoomTypeCode, from: Night) -> UsedBy {
        let mut numbers = Vec::new();
        for one in self.reservations.values() {
            let mut taken = one.stays.iter().flat_map(|stay| stay.taken());
            if taken.any(|(of, night)| of == code && night >= from) {
                numbers.push(one.number.to_string());
            }
        }
        for hold in self.holds.values() {
            let mut stays = hold.stays.iter();
            let over = stays.any(|stay| stay.room_type == code && stay.departure > from);
            if hold.status == HoldStatus::Active && over {
                numbers.push(hold.number.to_string());
            }
        }
        for outage in self.outages.values() {
            let real = outage.back_on > from && outage.from < outage.back_on;
            if outage.room_type == code && real {
                numbers.push(outage.number.to_string());
            }
        }
        for one in self.allotments.values() {
            let mut kept = one.terms.totals().into_keys();
            let keeps = kept.any(|(of, night)| of == code && night >= from);
            if one.status == AllotmentStatus::Open && keeps {
                numbers.push(one.number.to_string());
            }
        }
        numbers.sort();
        let count = numbers.len() as u64;
        numbers.truncate(20);
        UsedBy { numbers, count }
    }

    /// An empty slice over these rows.
    pub(crate) fn slice(&self) -> State {
        State::slice(self.catalogue.clone(), self.counters)
    }

    /// Decides on these rows, loading what is missing until it can be decided.
    pub(crate) fn decide(
        &self,
        state: &mut State,
        asker: Asker<'_>,
        context: &Context,
        command: &Command,
    ) -> Result<Decision, Refusal> {
        loop {
            match decide(state, context, command) {
                Ok(decision) => return Ok(decision),
                Err(Halt::Refused(refusal)) => return Err(*refusal),
                Err(Halt::Missing(wants)) => {
                    assert!(!wants.is_empty(), "missing, but nothing is wanted");
                    self.load(state, asker, &wants);
                }
            }
        }
    }

    /// Folds events on a slice of these rows, keeps what changed, and says which rows that is.
    pub(crate) fn fold(
        &mut self,
        state: &mut State,
        asker: Asker<'_>,
        events: &[Event],
        at: Instant,
    ) -> Rows {
        let mut rows = Rows::default();
        for event in events {
            let mut wants = wanted(state, event);
            while !wants.is_empty() {
                self.load(state, asker, &wants);
                wants = wanted(state, event);
            }
            // One that is there was taken back here, and the centre has it after all.
            if let Event::ReservationMade(made) = event
                && state.loaded_reservation(made.reservation).is_none()
            {
                let asked = Reference::Id(made.reservation);
                state.put_reservation(&asked, self.reservation(&asked));
            }
            rows.add(&evolve(state, event, at));
        }
        self.take(state);
        rows
    }

    fn take(&mut self, state: &State) {
        self.catalogue = state.catalogue().cloned();
        self.counters = state.counters();
        self.take_rows(state);
    }

    /// Keeps the rows of a slice; its catalogue and counters are somebody else's.
    pub(crate) fn take_rows(&mut self, state: &State) {
        for (code, night, cell) in state.all_cells() {
            self.cells.insert((code, night), *cell);
        }
        self.limits.extend(state.all_house_limits());
        for one in state.all_reservations() {
            put(&mut self.reservations, one.id, one);
        }
        for one in state.all_holds() {
            put(&mut self.holds, one.id, one);
        }
        for one in state.all_outages() {
            put(&mut self.outages, one.id, one);
        }
        for one in state.all_allotments() {
            put(&mut self.allotments, one.id, one);
        }
    }

    /// A slice in which just these rows are loaded.
    pub(crate) fn with(&self, asker: Asker<'_>, rows: &Rows) -> State {
        let mut state = self.slice();
        let wants = state.lacking(rows);
        self.load(&mut state, asker, &wants);
        state
    }

    /// All of it, as a centre tells it.
    pub(crate) fn whole(&self) -> Whole {
        fn bare<Id: Copy + Ord, T: Clone>(rows: &BTreeMap<Id, Arc<T>>) -> BTreeMap<Id, T> {
            rows.iter().map(|(id, row)| (*id, T::clone(row))).collect()
        }
        Whole {
            cells: self.cells.clone(),
            limits: self.limits.clone(),
            reservations: bare(&self.reservations),
            holds: bare(&self.holds),
            outages: bare(&self.outages),
            allotments: bare(&self.allotments),
        }
    }

    /// The same as a desk takes it.
    pub(crate) fn of(snapshot: &Snapshot, letters: &str, counters: Counters) -> Self {
        fn rows<Id: Ord, T: Clone>(rows: &[T], id: fn(&T) -> Id) -> BTreeMap<Id, Arc<T>> {
            let rows = rows.iter().map(|row| (id(row), Arc::new(row.clone())));
            rows.collect()
        }
        let mut catalogue = snapshot.catalogue.clone();
        letters.clone_into(&mut catalogue.desk);
        let cells = snapshot.cells.as_slice().iter();
        let limits = snapshot.house.as_slice().iter();
        Self {
            catalogue: Some(Arc::new(catalogue)),
            counters,
            cells: cells
                .map(|row| ((row.room_type, row.night), row.cell))
                .collect(),
            limits: limits.map(|row| (row.night, row.limit)).collect(),
            reservations: rows(snapshot.reservations.as_slice(), |row| row.id),
            holds: rows(snapshot.holds.as_slice(), |row| row.id),
            outages: rows(snapshot.outages.as_slice(), |row| row.id),
            allotments: rows(snapshot.allotments.as_slice(), |row| row.id),
        }
    }

    /// Every row.
    pub(crate) fn rows(&self) -> Rows {
        Rows {
            catalogue: true,
            cells: self.cells.keys().copied().collect(),
            house: self.limits.keys().copied().collect(),
            reservations: self.reservations.keys().copied().collect(),
            holds: self.holds.keys().copied().collect(),
            outages: self.outages.keys().copied().collect(),
            allotments: self.allotments.keys().copied().collect(),
        }
    }

    /// What every row comes to, and whether it takes nothing: such a one may stand at a desk alone.
    pub(crate) fn digests(&self) -> BTreeMap<String, (String, bool)> {
        let mut found = BTreeMap::new();
        let mut add = |row: RowDigest, void: bool| {
            found.insert(row.row, (row.digest, void));
        };
        for ((code, night), cell) in &self.cells {
            add(RowDigest::cell(*code, *night, cell), false);
        }
        for (night, limit) in &self.limits {
            let bare = HouseLimit {
                version: 0,
                ..*limit
            };
            add(
                RowDigest::house(*night, limit),
                bare == HouseLimit::default(),
            );
        }
        for one in self.reservations.values() {
            let void = !one.stays.iter().any(|stay| stay.status.is_open());
            add(RowDigest::reservation(one), void);
        }
        for one in self.holds.values() {
            add(RowDigest::hold(one), one.status != HoldStatus::Active);
        }
        for one in self.outages.values() {
            add(RowDigest::outage(one), one.deducts().is_empty());
        }
        for one in self.allotments.values() {
            add(
                RowDigest::allotment(one),
                one.status == AllotmentStatus::Cancelled,
            );
        }
        found
    }
}

fn put<Id: Ord, T: Clone + PartialEq>(rows: &mut BTreeMap<Id, Arc<T>>, id: Id, row: &T) {
    match rows.get(&id) {
        Some(known) if **known == *row => {}
        _ => drop(rows.insert(id, Arc::new(row.clone()))),
    }
}
