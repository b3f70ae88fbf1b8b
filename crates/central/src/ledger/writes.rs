//! Writes what events changed. What to write is decided by the fold; nothing is computed here.

use std::collections::BTreeSet;

use keyrack_inventory::{
    AllotmentId, HoldId, Night, OutageId, ReservationId, RoomTypeCode, State, Touched,
};
use uuid::Uuid;

use super::Tx;
use crate::error::CentralError;

/// How many reservations one statement writes.
const AT_ONCE: usize = 5_000;

/// That an entry changed a reservation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noted {
    /// Which.
    pub reservation: ReservationId,
    /// The entry's number.
    pub number: u64,
    /// The letters of its desk.
    pub desk: String,
    /// Whether its stays changed.
    pub stays: bool,
    /// Whether what is known beside them did.
    pub details: bool,
}

/// What the events of one command changed, each thing once.
#[derive(Debug, Default)]
pub struct Changes {
    /// The property or its types.
    pub catalogue: bool,
    cells: BTreeSet<(RoomTypeCode, Night)>,
    house_limits: BTreeSet<Night>,
    reservations: BTreeSet<ReservationId>,
    /// Those of which stays changed, and those of which what is known beside them did.
    stays: BTreeSet<ReservationId>,
    details: BTreeSet<ReservationId>,
    holds: BTreeSet<HoldId>,
    outages: BTreeSet<OutageId>,
    allotments: BTreeSet<AllotmentId>,
}

impl Changes {
    /// Adds what an event changed.
    pub fn add(&mut self, touched: &Touched) {
        self.catalogue |= touched.catalogue;
        self.cells.extend(&touched.cells);
        self.house_limits.extend(&touched.house_limits);
        self.reservations.extend(touched.reservation);
        let (stays, details) = (!touched.stays.is_empty(), touched.details);
        self.stays.extend(touched.reservation.filter(|_| stays));
        self.details.extend(touched.reservation.filter(|_| details));
        self.holds.extend(touched.hold);
        self.outages.extend(touched.outage);
        self.allotments.extend(&touched.allotments);
    }

    /// Everything that a whole state holds.
    pub fn everything(state: &State) -> Self {
        Self {
            catalogue: true,
            cells: state
                .all_cells()
                .map(|(code, night, _)| (code, night))
                .collect(),
            house_limits: state.all_house_limits().map(|(night, _)| night).collect(),
            reservations: state.all_reservations().map(|found| found.id).collect(),
            stays: BTreeSet::new(),
            details: BTreeSet::new(),
            holds: state.all_holds().map(|hold| hold.id).collect(),
            outages: state.all_outages().map(|outage| outage.id).collect(),
            allotments: state.all_allotments().map(|found| found.id).collect(),
        }
    }

    /// Whether nothing changed that is written by [`Tx::write`].
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
            && self.house_limits.is_empty()
            && self.reservations.is_empty()
            && self.holds.is_empty()
            && self.outages.is_empty()
            && self.allotments.is_empty()
    }

    /// Adds what others changed.
    pub fn merge(&mut self, others: &Self) {
        self.catalogue |= others.catalogue;
        self.cells.extend(&others.cells);
        self.house_limits.extend(&others.house_limits);
        self.reservations.extend(&others.reservations);
        self.stays.extend(&others.stays);
        self.details.extend(&others.details);
        self.holds.extend(&others.holds);
        self.outages.extend(&others.outages);
        self.allotments.extend(&others.allotments);
    }

    /// The cells that changed.
    pub fn cells(&self) -> impl Iterator<Item = (RoomTypeCode, Night)> + '_ {
        self.cells.iter().copied()
    }

    /// The nights on which limits of the house changed.
    pub fn house_limits(&self) -> impl Iterator<Item = Night> + '_ {
        self.house_limits.iter().copied()
    }

    /// The holds that changed.
    pub fn holds(&self) -> impl Iterator<Item = HoldId> + '_ {
        self.holds.iter().copied()
    }

    /// The outages that changed.
    pub fn outages(&self) -> impl Iterator<Item = OutageId> + '_ {
        self.outages.iter().copied()
    }

    /// The allotments that changed.
    pub fn allotments(&self) -> impl Iterator<Item = AllotmentId> + '_ {
        self.allotments.iter().copied()
    }

    /// The nights whose counts or limits changed.
    pub fn nights(&self) -> BTreeSet<Night> {
        let cells = self.cells.iter().map(|(_, night)| *night);
        cells.chain(self.house_limits.iter().copied()).collect()
    }

    /// The reservations that changed.
    pub fn reservations(&self) -> impl Iterator<Item = ReservationId> + '_ {
        self.reservations.iter().copied()
    }

    /// The reservations that changed, as the entry of that number noted it for a desk with those letters.
    pub fn noted(&self, number: u64, desk: &str) -> Vec<Noted> {
        let noted = self.reservations.iter().map(|id| Noted {
            reservation: *id,
            number,
            desk: desk.to_owned(),
            stays: self.stays.contains(id),
            details: self.details.contains(id),
        });
        noted.collect()
    }
}

impl Tx<'_> {
    /// Writes what changed, but for the catalogue, which stands in the property's row.
    ///
    /// # Errors
    /// Where a count cannot be, or the database fails.
    pub async fn write(
        &self,
        property: i32,
        changes: &Changes,
        state: &State,
    ) -> Result<(), CentralError> {
        let cells: Vec<_> = changes
            .cells
            .iter()
            .filter_map(|(code, night)| Some((*code, *night, *state.loaded_cell(*code, *night)?)))
            .collect();
        self.put_cells(property, &cells).await?;
        let limits: Vec<_> = changes
            .house_limits
            .iter()
            .filter_map(|night| Some((*night, state.loaded_house_limit(*night)?)))
            .collect();
        self.put_house_limits(property, &limits).await?;
        let found = changes.allotments();
        for found in found.filter_map(|id| state.loaded_allotment(id)) {
            self.put_allotment(property, found).await?;
        }
        let ids: Vec<Uuid> = changes.reservations().map(|id| id.0).collect();
        self.clear_stays(property, &ids).await?;
        let found = changes.reservations();
        let found: Vec<_> = found
            .filter_map(|id| state.loaded_reservation(id))
            .collect();
        for some in found.chunks(AT_ONCE) {
            self.put_reservations(property, some).await?;
        }
        let found = changes.holds();
        let found: Vec<_> = found.filter_map(|id| state.loaded_hold(id)).collect();
        self.put_holds(property, &found).await?;
        let found = changes.outages();
        for outage in found.filter_map(|id| state.loaded_outage(id)) {
            self.put_outage(property, outage).await?;
        }
        Ok(())
    }

    /// Takes everything away that is folded from the feed, so that it can be written anew.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn clear_folded(&self, property: i32) -> Result<(), CentralError> {
        for sql in [
            "DELETE FROM stay WHERE property = $1",
            "DELETE FROM reservation_change WHERE property = $1",
            "DELETE FROM reservation WHERE property = $1",
            "DELETE FROM hold WHERE property = $1",
            "DELETE FROM outage WHERE property = $1",
            "DELETE FROM allotment WHERE property = $1",
            "DELETE FROM cell WHERE property = $1",
            "DELETE FROM house_limit WHERE property = $1",
        ] {
            self.run(sql, &[&property]).await?;
        }
        Ok(())
    }
}
