//! The state on which `decide` and `evolve` work: a slice of the inventory, or all of it.
//!
//! A slice knows what was loaded into it. Asking for more gives [`Halt::Missing`] with what to load,
//! and the caller decides again once it is there; so this crate never reads anything itself, and the
//! same code serves a synchronous and an asynchronous store. In a state that is whole, what is not
//! there does not exist.

mod ask;
mod due;
mod load;

pub use due::is_due;

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use crate::allotment::Allotment;
use crate::cell::{Cell, HouseLimit};
use crate::civil::{Instant, Night, NightRange};
use crate::decide::Outcome;
use crate::event::{Event, LimitRun};
use crate::ids::{
    AllotmentId, CommandId, HoldId, Numbered, OutageId, Reference, ReservationId, RoomNumber,
    RoomTypeCode, ShortNumber,
};
use crate::model::{Hold, HoldStatus, Outage, Property, Reservation, RoomType};
use crate::refusal::Refusal;
use crate::stay::{Stay, StayStatus};

/// The property and its room types: what every decision needs and few change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counters {
    /// Of reservations.
    pub reservation: u64,
    /// Of holds.
    pub hold: u64,
    /// Of outages.
    pub outage: u64,
    /// Of allotments.
    pub allotment: u64,
}

/// Numbers that are passed over where another copy of a file may have given them: more than a desk gives between a
/// backup and its restore.
const PASSED_OVER: u64 = 1_000;

impl Counters {
    /// The last number of any kind that may have been given elsewhere, where these were given here.
    pub fn maybe_given(self) -> u64 {
        let given = [self.reservation, self.hold, self.outage, self.allotment];
        given.into_iter().max().unwrap_or(0) + PASSED_OVER
    }

    /// Those with which the next numbers come after that one.
    pub fn after(self, last: u64) -> Self {
        Self {
            reservation: self.reservation.max(last),
            hold: self.hold.max(last),
            outage: self.outage.max(last),
            allotment: self.allotment.max(last),
        }
    }

    /// Those with which the next number is the one that was given.
    pub fn before(self, outcome: &Outcome) -> Self {
        let before = |number: &ShortNumber| number.count().saturating_sub(1);
        let mut counters = self;
        match outcome {
            Outcome::Reservation { number, .. } => counters.reservation = before(number),
            Outcome::Hold { number, .. } => counters.hold = before(number),
            Outcome::Outage { number, .. } => counters.outage = before(number),
            Outcome::Allotment { number, .. } => counters.allotment = before(number),
            _ => {}
        }
        counters
    }
}

/// Rights of a type on a night, in rooms, as a decision needs them. None where there is no centre.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shares {
    /// What is left to the desk whose command is decided.
    pub left: i32,
    /// What is left to all other desks, as far as it is known.
    pub others: i32,
}

impl Shares {
    /// All rights that are out.
    pub fn out(self) -> i32 {
        self.left + self.others
    }
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

/// What must be decided before a business date can end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DueItems {
    /// The first 20, as they are named: `A12/1`, `A-G3`.
    pub named: Vec<String>,
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
    /// An allotment.
    Allotment(Reference<AllotmentId>),
    /// The reservations with stays that wait, the oldest first: at most [`WAITING_AT_MOST`].
    Waiting,
    /// What is due on that business date and not decided (docs/DOMAIN.md, end of day).
    Due(Night),
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
    /// The outages that put rooms of a type out of service on some night of a range.
    OutOfService(RoomTypeCode, NightRange),
    /// What the last retirement of a type did.
    Retirement(RoomTypeCode),
}

/// Reservations on the waitlist among which one is sought that fits.
pub const WAITING_AT_MOST: usize = 200;
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

/// What the actor did last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum LastDone {
    Nothing,
    Command(CommandId),
    /// Something that is no command, and has no inverse: what, and on which object.
    Act(String, String),
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
    pub(crate) allotments: FxHashMap<AllotmentId, Option<Allotment>>,
    pub(crate) reservation_numbers: FxHashMap<ShortNumber, Option<ReservationId>>,
    pub(crate) hold_numbers: FxHashMap<ShortNumber, Option<HoldId>>,
    pub(crate) outage_numbers: FxHashMap<ShortNumber, Option<OutageId>>,
    pub(crate) allotment_numbers: FxHashMap<ShortNumber, Option<AllotmentId>>,
    waiting: Option<Vec<ReservationId>>,
    due: FxHashMap<Night, DueItems>,
    rooms_in_house: FxHashMap<RoomNumber, Option<(ReservationId, u16, ShortNumber)>>,
    due_holds: Option<Vec<HoldId>>,
    past: FxHashMap<CommandId, Option<PastCommand>>,
    last_undoable: Option<LastDone>,
    uses_beyond: FxHashMap<(RoomTypeCode, Night), UsedBy>,
    service_known: FxHashSet<(RoomTypeCode, NightRange)>,
    shares: FxHashMap<(RoomTypeCode, Night), Shares>,
    retirements: FxHashMap<RoomTypeCode, Option<Vec<LimitRun<i32>>>>,
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

    /// The allotment, where it was loaded and exists.
    pub fn loaded_allotment(&self, id: AllotmentId) -> Option<&Allotment> {
        self.allotments.get(&id).and_then(Option::as_ref)
    }

    /// Every allotment that is loaded, in no order.
    pub fn all_allotments(&self) -> impl Iterator<Item = &Allotment> {
        self.allotments.values().flatten()
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
