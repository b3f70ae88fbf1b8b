//! Rows put right: what a desk shows gives way to what the centre decided.
//!
//! A desk sells before the centre has heard of it, so that what it shows and what the centre comes to
//! can differ. The centre rules. What differs is written into the desk's log as the row that is true
//! now, and the log stays what it was: the history of what this desk showed, in its order.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::allotment::{Allotment, AllotmentStatus};
use crate::cell::{Cell, HouseLimit};
use crate::civil::{Night, NightRange};
use crate::command::Command;
use crate::event::Event;
use crate::evolve::Touched;
use crate::ids::{AllotmentId, HoldId, OutageId, ReservationId, RoomTypeCode, ShortNumber};
use crate::model::{Hold, HoldStatus, Outage, Property, Reservation, RoomType};
use crate::state::State;
use crate::stay::StayStatus;

/// Most cells of one event.
const CELLS_AT_MOST: usize = 2_000;

/// A cell as it should be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CellRow {
    /// The type.
    pub room_type: RoomTypeCode,
    /// The night.
    pub night: Night,
    /// Its counts; the version is not looked at, it goes on rising where it stands.
    pub cell: Cell,
}

/// The house's limit as it should be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct HouseRow {
    /// The night.
    pub night: Night,
    /// The limit; the version is not looked at.
    pub limit: HouseLimit,
}

/// What was put right. Versions in it are not looked at: they count the changes seen here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", tag = "row", deny_unknown_fields)]
pub enum RowCorrected {
    /// The property, its types, and the letters of this desk.
    Catalogue {
        /// The property.
        property: Property,
        /// The letters with which this desk's short numbers begin.
        desk: String,
        /// The types.
        room_types: Vec<RoomType>,
    },
    /// Cells.
    Cells {
        /// Each of them.
        cells: Vec<CellRow>,
    },
    /// The house's limits.
    House {
        /// Night by night.
        nights: Vec<HouseRow>,
    },
    /// A reservation.
    Reservation {
        /// As it should be.
        reservation: Reservation,
    },
    /// A hold.
    Hold {
        /// As it should be.
        hold: Hold,
    },
    /// An outage.
    Outage {
        /// As it should be.
        outage: Outage,
    },
    /// An allotment.
    Allotment {
        /// As it should be.
        allotment: Allotment,
    },
}

/// Which rows something touched, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    /// The property or a room type.
    pub catalogue: bool,
    /// Cells.
    pub cells: BTreeSet<(RoomTypeCode, Night)>,
    /// Nights of the house.
    pub house: BTreeSet<Night>,
    /// Reservations.
    pub reservations: BTreeSet<ReservationId>,
    /// Holds.
    pub holds: BTreeSet<HoldId>,
    /// Outages.
    pub outages: BTreeSet<OutageId>,
    /// Allotments.
    pub allotments: BTreeSet<AllotmentId>,
}

impl Rows {
    /// Adds what an event changed.
    pub fn add(&mut self, touched: &Touched) {
        self.catalogue |= touched.catalogue;
        self.cells.extend(&touched.cells);
        self.house.extend(&touched.house_limits);
        self.reservations.extend(touched.reservation);
        self.holds.extend(touched.hold);
        self.outages.extend(touched.outage);
        self.allotments.extend(&touched.allotments);
    }
}

impl Rows {
    /// Adds the others.
    pub fn merge(&mut self, others: &Self) {
        self.catalogue |= others.catalogue;
        self.cells.extend(&others.cells);
        self.house.extend(&others.house);
        self.reservations.extend(&others.reservations);
        self.holds.extend(&others.holds);
        self.outages.extend(&others.outages);
        self.allotments.extend(&others.allotments);
    }

    /// The rows that the command sets to what it says whatever they are, those too that are so already and
    /// tell of no event: where others change one of them, the command decides about it again.
    pub fn set_by(command: &Command) -> Self {
        let mut rows = Self::default();
        if let Command::SetLimits {
            room_type,
            from,
            to,
            ..
        } = command
        {
            let nights = NightRange::new(*from, *to).iter();
            match room_type {
                Some(code) => rows.cells = nights.map(|night| (*code, night)).collect(),
                None => rows.house = nights.collect(),
            }
        }
        rows
    }

    /// Whether every row is among the others.
    pub fn is_within(&self, other: &Self) -> bool {
        (other.catalogue || !self.catalogue)
            && self.cells.is_subset(&other.cells)
            && self.house.is_subset(&other.house)
            && self.reservations.is_subset(&other.reservations)
            && self.holds.is_subset(&other.holds)
            && self.outages.is_subset(&other.outages)
            && self.allotments.is_subset(&other.allotments)
    }

    /// Whether what changed these rows may matter to what the others came to: some row is in both, or it is the catalogue, which
    /// says what may be sold at all.
    pub fn meets(&self, other: &Self) -> bool {
        self.catalogue && *other != Self::default()
            || !self.cells.is_disjoint(&other.cells)
            || !self.house.is_disjoint(&other.house)
            || !self.reservations.is_disjoint(&other.reservations)
            || !self.holds.is_disjoint(&other.holds)
            || !self.outages.is_disjoint(&other.outages)
            || !self.allotments.is_disjoint(&other.allotments)
    }
}

/// The events that bring `shown` to where `ruled` is, in these rows. What stands in `shown` alone was
/// made here and is not known to the centre: it stays as a record, and takes nothing any more.
pub fn corrections(shown: &State, ruled: &State, rows: &Rows) -> Vec<Event> {
    let mut found = Vec::new();
    if let (true, Some(true_one)) = (rows.catalogue, ruled.catalogue())
        && shown.catalogue() != Some(true_one)
    {
        found.push(RowCorrected::Catalogue {
            property: true_one.property.clone(),
            desk: true_one.desk.clone(),
            room_types: true_one.room_types.clone(),
        });
    }
    let catalogue = shown.catalogue().or(ruled.catalogue());
    let desk = catalogue.map_or("", |catalogue| catalogue.desk.as_str());
    // What the centre does not have gives its number up before something else gets it.
    for is_ruled in [false, true] {
        for id in &rows.allotments {
            let (now, then) = (shown.loaded_allotment(*id), ruled.loaded_allotment(*id));
            let row = (then.is_some() == is_ruled)
                .then(|| differing(now, then, |row| allotment_void(row, desk)));
            found.extend(
                row.flatten()
                    .map(|allotment| RowCorrected::Allotment { allotment }),
            );
        }
        for id in &rows.reservations {
            let (now, then) = (shown.loaded_reservation(*id), ruled.loaded_reservation(*id));
            let row = (then.is_some() == is_ruled)
                .then(|| differing(now, then, |row| reservation_void(row, desk)));
            found.extend(
                row.flatten()
                    .map(|reservation| RowCorrected::Reservation { reservation }),
            );
        }
        for id in &rows.holds {
            let (now, then) = (shown.loaded_hold(*id), ruled.loaded_hold(*id));
            let row = (then.is_some() == is_ruled)
                .then(|| differing(now, then, |row| hold_void(row, desk)));
            found.extend(row.flatten().map(|hold| RowCorrected::Hold { hold }));
        }
        for id in &rows.outages {
            let (now, then) = (shown.loaded_outage(*id), ruled.loaded_outage(*id));
            let row = (then.is_some() == is_ruled)
                .then(|| differing(now, then, |row| outage_void(row, desk)));
            found.extend(row.flatten().map(|outage| RowCorrected::Outage { outage }));
        }
    }
    found.extend(counts(shown, ruled, rows));
    found.into_iter().map(Event::RowCorrected).collect()
}

/// The cells and limits that differ.
fn counts(shown: &State, ruled: &State, rows: &Rows) -> Vec<RowCorrected> {
    let mut cells = Vec::new();
    for (room_type, night) in &rows.cells {
        let now = shown.loaded_cell(*room_type, *night).copied();
        let Some(then) = ruled.loaded_cell(*room_type, *night).copied() else {
            continue;
        };
        if now.map(unversioned) != Some(unversioned(then)) {
            let (room_type, night) = (*room_type, *night);
            let cell = then;
            cells.push(CellRow {
                room_type,
                night,
                cell,
            });
        }
    }
    let mut nights = Vec::new();
    for night in &rows.house {
        let bare = |limit: Option<HouseLimit>| HouseLimit {
            version: 0,
            ..limit.unwrap_or_default()
        };
        let now = bare(shown.loaded_house_limit(*night));
        let limit = bare(ruled.loaded_house_limit(*night));
        if now != limit {
            nights.push(HouseRow {
                night: *night,
                limit,
            });
        }
    }
    let cells = cells.chunks(CELLS_AT_MOST);
    let cells = cells.map(|cells| RowCorrected::Cells {
        cells: cells.to_vec(),
    });
    let house = (!nights.is_empty()).then_some(RowCorrected::House { nights });
    cells.chain(house).collect()
}

fn unversioned(cell: Cell) -> Cell {
    Cell { version: 0, ..cell }
}

/// Something with a version, which counts changes and is no part of what is compared.
trait Versioned: Clone + PartialEq {
    fn set_version(&mut self, version: i64);
}

macro_rules! versioned {
    ($($row:ty),*) => {
        $(impl Versioned for $row {
            fn set_version(&mut self, version: i64) {
                self.version = version;
            }
        })*
    };
}

versioned!(Reservation, Hold, Allotment);

impl Versioned for Outage {
    fn set_version(&mut self, _: i64) {}
}

/// The row as it should be, where it is another one: `void` makes of a row that the centre does not
/// have one that takes nothing.
fn differing<T: Versioned>(
    shown: Option<&T>,
    ruled: Option<&T>,
    void: impl FnOnce(T) -> T,
) -> Option<T> {
    let bare = |row: &T| {
        let mut row = row.clone();
        row.set_version(0);
        row
    };
    let then = match (shown, ruled) {
        (_, Some(ruled)) => bare(ruled),
        (Some(shown), None) => void(bare(shown)),
        (None, None) => return None,
    };
    (shown.map(bare).as_ref() != Some(&then)).then_some(then)
}

/// The number of what the centre does not have any more. At its desk what is refused keeps the number that this desk gave.
fn given_up(number: &ShortNumber, (id, desk): (Uuid, &str)) -> ShortNumber {
    if number.may_be_given_again(desk) {
        number.given_up(id)
    } else {
        number.clone()
    }
}

fn reservation_void(mut reservation: Reservation, desk: &str) -> Reservation {
    reservation.number = given_up(&reservation.number, (reservation.id.0, desk));
    for stay in &mut reservation.stays {
        // Who has left has slept there, and took a room of those nights.
        if stay.status.is_open() || stay.taken().next().is_some() {
            stay.before = Some(stay.status);
            stay.status = StayStatus::Cancelled;
        }
    }
    reservation
}

fn hold_void(mut hold: Hold, desk: &str) -> Hold {
    hold.number = given_up(&hold.number, (hold.id.0, desk));
    if hold.status == HoldStatus::Active {
        hold.status = HoldStatus::Released;
    }
    hold
}

fn outage_void(mut outage: Outage, desk: &str) -> Outage {
    outage.number = given_up(&outage.number, (outage.id.0, desk));
    outage.back_on = outage.from;
    outage
}

fn allotment_void(mut allotment: Allotment, desk: &str) -> Allotment {
    allotment.number = given_up(&allotment.number, (allotment.id.0, desk));
    allotment.status = AllotmentStatus::Cancelled;
    allotment
}
