//! The state on which `decide` and `evolve` work: a slice of the inventory, or all of it.
//!
//! A slice knows what was loaded into it. Asking for more gives [`Halt::Missing`] with what to load,
//! and the caller decides again once it is there; so this crate never reads anything itself, and the
//! same code serves a synchronous and an asynchronous store. In a state that is whole, what is not
//! there does not exist.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::cell::{Cell, HouseLimit};
use crate::civil::{Instant, Night, NightRange};
use crate::event::Event;
use crate::ids::{
    CommandId, HoldId, Numbered, OutageId, Reference, ReservationId, RoomNumber, RoomTypeCode,
    ShortNumber,
};
use crate::model::{Hold, HoldStatus, Outage, Property, Reservation, RoomType};
use crate::refusal::Refusal;
use crate::stay::{Stay, StayStatus};

/// The property and its room types: what every decision needs and few change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Catalogue {
    /// The hotel.
    pub property: Property,
    /// The letters with which this desk's short numbers begin.
    pub desk: String,
    /// The types in ascending rank, then by code.
    pub room_types: Vec<RoomType>,
}

impl Catalogue {
    /// The type of that code.
    pub fn room_type(&self, code: RoomTypeCode) -> Option<&RoomType> {
        self.room_types
            .iter()
            .find(|room_type| room_type.code == code)
    }

    pub(crate) fn sort(&mut self) {
        self.room_types
            .sort_by_key(|room_type| (room_type.rank, room_type.code));
    }
}

/// The last short number given, by kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// Of reservations.
    pub reservation: u64,
    /// Of holds.
    pub hold: u64,
    /// Of outages.
    pub outage: u64,
}

/// A command that was done before, as far as undoing it needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastCommand {
    /// Its kind.
    pub kind: String,
    /// Whether it was accepted.
    pub accepted: bool,
    /// Whether it was undone.
    pub undone: bool,
    /// Its events, in order.
    pub events: Vec<Event>,
}

/// What uses a type on or after some night.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UsedBy {
    /// The first 20 numbers.
    pub numbers: Vec<String>,
    /// How many there are.
    pub count: u64,
}

/// What a decision still needs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Want {
    /// The cells of a type over a range of nights.
    Cells(RoomTypeCode, NightRange),
    /// The house's limits over a range of nights.
    HouseLimits(NightRange),
    /// A reservation.
    Reservation(Reference<ReservationId>),
    /// A hold.
    Hold(Reference<HoldId>),
    /// An outage.
    Outage(Reference<OutageId>),
    /// Who is in the house in that room.
    RoomInHouse(RoomNumber),
    /// Active holds whose time is up now: the oldest, at most [`SWEEP_AT_MOST`].
    DueHolds,
    /// A command done before.
    Past(CommandId),
    /// The actor's last command that is neither undone nor an undo.
    LastUndoable,
    /// What uses a type on or after a night.
    UsesBeyond(RoomTypeCode, Night),
}

/// Holds that one sweep lets go at most.
pub const SWEEP_AT_MOST: usize = 500;

/// Why a decision stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Halt {
    /// A rule refuses it.
    Refused(Box<Refusal>),
    /// Something has to be loaded first.
    Missing(Vec<Want>),
}

impl From<Refusal> for Halt {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal))
    }
}

/// A slice of the inventory, or all of it.
#[derive(Clone, Debug, Default)]
pub struct State {
    pub(crate) whole: bool,
    pub(crate) catalogue: Option<Arc<Catalogue>>,
    pub(crate) counters: Counters,
    pub(crate) cells: FxHashMap<(RoomTypeCode, Night), Option<Cell>>,
    pub(crate) house_limits: FxHashMap<Night, Option<HouseLimit>>,
    pub(crate) reservations: FxHashMap<ReservationId, Option<Reservation>>,
    pub(crate) holds: FxHashMap<HoldId, Option<Hold>>,
    pub(crate) outages: FxHashMap<OutageId, Option<Outage>>,
    pub(crate) reservation_numbers: FxHashMap<ShortNumber, Option<ReservationId>>,
    pub(crate) hold_numbers: FxHashMap<ShortNumber, Option<HoldId>>,
    pub(crate) outage_numbers: FxHashMap<ShortNumber, Option<OutageId>>,
    rooms_in_house: FxHashMap<RoomNumber, Option<(ReservationId, u16, ShortNumber)>>,
    due_holds: Option<Vec<HoldId>>,
    past: FxHashMap<CommandId, Option<PastCommand>>,
    last_undoable: Option<Option<CommandId>>,
    uses_beyond: FxHashMap<(RoomTypeCode, Night), UsedBy>,
}

impl State {
    /// An empty slice, to be loaded as decisions ask.
    pub fn slice(catalogue: Option<Arc<Catalogue>>, counters: Counters) -> Self {
        Self {
            catalogue,
            counters,
            ..Self::default()
        }
    }

    /// All of an inventory, empty at first: what is not in it does not exist.
    pub fn whole() -> Self {
        Self {
            whole: true,
            ..Self::default()
        }
    }

    /// The property and its room types, where there is one.
    pub fn catalogue(&self) -> Option<&Arc<Catalogue>> {
        self.catalogue.as_ref()
    }

    /// The last short numbers given.
    pub fn counters(&self) -> Counters {
        self.counters
    }

    /// The cell, where it was loaded and the night is open.
    pub fn loaded_cell(&self, room_type: RoomTypeCode, night: Night) -> Option<&Cell> {
        self.cells.get(&(room_type, night)).and_then(Option::as_ref)
    }

    /// The house's limit on the night, where it was loaded and is set.
    pub fn loaded_house_limit(&self, night: Night) -> Option<HouseLimit> {
        self.house_limits.get(&night).copied().flatten()
    }

    /// The reservation, where it was loaded and exists.
    pub fn loaded_reservation(&self, id: ReservationId) -> Option<&Reservation> {
        self.reservations.get(&id).and_then(Option::as_ref)
    }

    /// The hold, where it was loaded and exists.
    pub fn loaded_hold(&self, id: HoldId) -> Option<&Hold> {
        self.holds.get(&id).and_then(Option::as_ref)
    }

    /// The outage, where it was loaded and exists.
    pub fn loaded_outage(&self, id: OutageId) -> Option<&Outage> {
        self.outages.get(&id).and_then(Option::as_ref)
    }

    /// Every open cell that is loaded, in no order.
    pub fn all_cells(&self) -> impl Iterator<Item = (RoomTypeCode, Night, &Cell)> {
        let open = self
            .cells
            .iter()
            .filter_map(|(key, cell)| Some((key, cell.as_ref()?)));
        open.map(|(key, cell)| (key.0, key.1, cell))
    }

    /// Every night on which a house limit was ever set and is loaded, in no order.
    pub fn all_house_limits(&self) -> impl Iterator<Item = (Night, HouseLimit)> {
        self.house_limits
            .iter()
            .filter_map(|(night, limit)| Some((*night, (*limit)?)))
    }

    /// Every reservation that is loaded, in no order.
    pub fn all_reservations(&self) -> impl Iterator<Item = &Reservation> {
        self.reservations.values().flatten()
    }

    /// Every hold that is loaded, in no order.
    pub fn all_holds(&self) -> impl Iterator<Item = &Hold> {
        self.holds.values().flatten()
    }

    /// Every outage that is loaded, in no order.
    pub fn all_outages(&self) -> impl Iterator<Item = &Outage> {
        self.outages.values().flatten()
    }
}

/// Loading: what a store answers to a [`Want`].
impl State {
    /// The cells of a type over a range; nights without a row are not open.
    pub fn put_cells(
        &mut self,
        room_type: RoomTypeCode,
        nights: NightRange,
        rows: impl Iterator<Item = (Night, Cell)>,
    ) {
        for night in nights.iter() {
            self.cells.entry((room_type, night)).or_insert(None);
        }
        for (night, cell) in rows {
            self.cells.insert((room_type, night), Some(cell));
        }
    }

    /// The house's limits over a range; nights without a row have none.
    pub fn put_house_limits(
        &mut self,
        nights: NightRange,
        rows: impl Iterator<Item = (Night, HouseLimit)>,
    ) {
        for night in nights.iter() {
            self.house_limits.entry(night).or_insert(None);
        }
        for (night, limit) in rows {
            self.house_limits.insert(night, Some(limit));
        }
    }

    /// A reservation, or that there is none.
    pub fn put_reservation(
        &mut self,
        asked: &Reference<ReservationId>,
        found: Option<Reservation>,
    ) {
        if let Reference::Number(number) = asked {
            self.reservation_numbers
                .insert(number.clone(), found.as_ref().map(|found| found.id));
        }
        match (found, asked) {
            (Some(found), _) => drop(self.reservations.insert(found.id, Some(found))),
            (None, Reference::Id(id)) => drop(self.reservations.insert(*id, None)),
            (None, Reference::Number(_)) => {}
        }
    }

    /// A hold, or that there is none.
    pub fn put_hold(&mut self, asked: &Reference<HoldId>, found: Option<Hold>) {
        if let Reference::Number(number) = asked {
            self.hold_numbers
                .insert(number.clone(), found.as_ref().map(|found| found.id));
        }
        match (found, asked) {
            (Some(found), _) => drop(self.holds.insert(found.id, Some(found))),
            (None, Reference::Id(id)) => drop(self.holds.insert(*id, None)),
            (None, Reference::Number(_)) => {}
        }
    }

    /// An outage, or that there is none.
    pub fn put_outage(&mut self, asked: &Reference<OutageId>, found: Option<Outage>) {
        if let Reference::Number(number) = asked {
            self.outage_numbers
                .insert(number.clone(), found.as_ref().map(|found| found.id));
        }
        match (found, asked) {
            (Some(found), _) => drop(self.outages.insert(found.id, Some(found))),
            (None, Reference::Id(id)) => drop(self.outages.insert(*id, None)),
            (None, Reference::Number(_)) => {}
        }
    }

    /// Who is in the house in that room, or that nobody is.
    pub fn put_room_in_house(
        &mut self,
        room: RoomNumber,
        by: Option<(ReservationId, u16, ShortNumber)>,
    ) {
        self.rooms_in_house.insert(room, by);
    }

    /// The holds whose time is up, oldest first; the holds themselves are put beside.
    pub fn put_due_holds(&mut self, due: Vec<HoldId>) {
        self.due_holds = Some(due);
    }

    /// A command done before, or that there is none.
    pub fn put_past(&mut self, id: CommandId, found: Option<PastCommand>) {
        self.past.insert(id, found);
    }

    /// The actor's last command that can be undone.
    pub fn put_last_undoable(&mut self, id: Option<CommandId>) {
        self.last_undoable = Some(id);
    }

    /// What uses the type on or after the night.
    pub fn put_uses_beyond(&mut self, room_type: RoomTypeCode, from: Night, used: UsedBy) {
        self.uses_beyond.insert((room_type, from), used);
    }
}

/// Asking: what decisions read. Each says what is missing.
impl State {
    pub(crate) fn need_cells(&self, code: RoomTypeCode, nights: NightRange) -> Result<(), Halt> {
        let loaded = |night| self.cells.contains_key(&(code, night));
        if self.whole || nights.iter().all(loaded) {
            return Ok(());
        }
        Err(Halt::Missing(vec![Want::Cells(code, nights)]))
    }

    pub(crate) fn need_house_limits(&self, nights: NightRange) -> Result<(), Halt> {
        if self.whole
            || nights
                .iter()
                .all(|night| self.house_limits.contains_key(&night))
        {
            return Ok(());
        }
        Err(Halt::Missing(vec![Want::HouseLimits(nights)]))
    }

    pub(crate) fn reservation(
        &self,
        asked: &Reference<ReservationId>,
    ) -> Result<Option<&Reservation>, Halt> {
        let known = match asked {
            Reference::Id(id) => self.reservations.get(id).map(Option::as_ref),
            Reference::Number(number) => self
                .reservation_numbers
                .get(number)
                .map(|id| id.and_then(|id| self.loaded_reservation(id))),
        };
        self.known_or(known, || Want::Reservation(asked.clone()))
    }

    pub(crate) fn hold(&self, asked: &Reference<HoldId>) -> Result<Option<&Hold>, Halt> {
        let known = match asked {
            Reference::Id(id) => self.holds.get(id).map(Option::as_ref),
            Reference::Number(number) => self
                .hold_numbers
                .get(number)
                .map(|id| id.and_then(|id| self.loaded_hold(id))),
        };
        self.known_or(known, || Want::Hold(asked.clone()))
    }

    pub(crate) fn outage(&self, asked: &Reference<OutageId>) -> Result<Option<&Outage>, Halt> {
        let known = match asked {
            Reference::Id(id) => self.outages.get(id).map(Option::as_ref),
            Reference::Number(number) => self
                .outage_numbers
                .get(number)
                .map(|id| id.and_then(|id| self.loaded_outage(id))),
        };
        self.known_or(known, || Want::Outage(asked.clone()))
    }

    fn known_or<'a, T>(
        &self,
        known: Option<Option<&'a T>>,
        want: impl FnOnce() -> Want,
    ) -> Result<Option<&'a T>, Halt> {
        match known {
            Some(found) => Ok(found),
            None if self.whole => Ok(None),
            None => Err(Halt::Missing(vec![want()])),
        }
    }

    pub(crate) fn room_in_house(
        &self,
        room: &RoomNumber,
    ) -> Result<Option<(ReservationId, u16, ShortNumber)>, Halt> {
        let is_in =
            |stay: &Stay| stay.status == StayStatus::CheckedIn && stay.room.as_ref() == Some(room);
        let here = self.all_reservations().find_map(|reservation| {
            let stay = reservation.stays.iter().find(|stay| is_in(stay))?;
            Some((reservation.id, stay.stay, reservation.number.clone()))
        });
        if self.whole || here.is_some() {
            return Ok(here);
        }
        let known = self.rooms_in_house.get(room);
        let known = known.ok_or_else(|| Halt::Missing(vec![Want::RoomInHouse(room.clone())]))?;
        // A reservation that is loaded knows better than what was once answered: a step before
        // this one, in the same command, may have freed the room.
        let elsewhere = known
            .clone()
            .filter(|by| self.loaded_reservation(by.0).is_none());
        Ok(elsewhere)
    }

    pub(crate) fn due_holds(&self, now: Instant) -> Result<Vec<&Hold>, Halt> {
        if !self.whole {
            let due = self.due_holds.as_ref();
            let due = due.ok_or_else(|| Halt::Missing(vec![Want::DueHolds]))?;
            return Ok(due.iter().filter_map(|id| self.loaded_hold(*id)).collect());
        }
        let is_due = |hold: &&Hold| hold.status == HoldStatus::Active && hold.expires_at <= now;
        let mut due: Vec<&Hold> = self.all_holds().filter(is_due).collect();
        due.sort_by_key(|hold| (hold.expires_at, hold.id));
        due.truncate(SWEEP_AT_MOST);
        Ok(due)
    }

    pub(crate) fn past(&self, id: CommandId) -> Result<Option<&PastCommand>, Halt> {
        self.known_or(self.past.get(&id).map(Option::as_ref), || Want::Past(id))
    }

    pub(crate) fn last_undoable(&self) -> Result<Option<CommandId>, Halt> {
        match self.last_undoable {
            Some(found) => Ok(found),
            None if self.whole => Ok(None),
            None => Err(Halt::Missing(vec![Want::LastUndoable])),
        }
    }

    pub(crate) fn uses_beyond(&self, code: RoomTypeCode, from: Night) -> Result<UsedBy, Halt> {
        if !self.whole {
            let known = self.uses_beyond.get(&(code, from)).cloned();
            return known.ok_or_else(|| Halt::Missing(vec![Want::UsesBeyond(code, from)]));
        }
        let mut numbers: Vec<String> = Vec::new();
        for reservation in self.all_reservations() {
            let uses = |stay: &Stay| {
                stay.taken()
                    .any(|(taken, night)| taken == code && night >= from)
            };
            if reservation.stays.iter().any(uses) {
                numbers.push(reservation.number.to_string());
            }
        }
        for hold in self
            .all_holds()
            .filter(|hold| hold.status == HoldStatus::Active)
        {
            if hold
                .stays
                .iter()
                .any(|stay| stay.room_type == code && stay.departure > from)
            {
                numbers.push(hold.number.to_string());
            }
        }
        for outage in self.all_outages().filter(|outage| outage.room_type == code) {
            if outage.back_on > from && outage.from < outage.back_on {
                numbers.push(outage.number.to_string());
            }
        }
        numbers.sort();
        let count = numbers.len() as u64;
        numbers.truncate(20);
        Ok(UsedBy { numbers, count })
    }

    pub(crate) fn next_number(&self, kind: Numbered, index: u64) -> ShortNumber {
        let last = match kind {
            Numbered::Reservation => self.counters.reservation,
            Numbered::Hold => self.counters.hold,
            Numbered::Outage => self.counters.outage,
        };
        let desk = self
            .catalogue
            .as_ref()
            .map_or("A", |catalogue| catalogue.desk.as_str());
        ShortNumber::new(desk, kind, last + 1 + index)
    }
}
