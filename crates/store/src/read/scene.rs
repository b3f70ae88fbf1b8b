//! A night of one type, or of the house: its counts, and everything that makes them.

use std::collections::BTreeMap;

use keyrack_inventory::{Cell, HouseLimit, Instant, Night, NightRange, RoomTypeCode};

use super::Reader;
use super::groups::KeptBack;
use super::lists::{HoldEntry, OutageEntry, StayEntry};
use super::log::EventEntry;
use crate::error::StoreError;

/// What stands on a night, now or at an earlier instant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scene {
    /// The counts of the types that are open on it. Holds past their time count nowhere.
    pub cells: BTreeMap<RoomTypeCode, Cell>,
    /// The house's limit, where the house is what is asked for.
    pub limit: Option<HouseLimit>,
    /// Stays that take a room, each with the type whose room it takes; by arrival and number.
    pub stays: Vec<(RoomTypeCode, StayEntry)>,
    /// Holds over it that are not past their time, the earliest end first.
    pub holds: Vec<HoldEntry>,
    /// Open allotments that keep rooms of it back, by number.
    pub allotments: Vec<KeptBack>,
    /// Outages over it, by their first night.
    pub outages: Vec<OutageEntry>,
    /// The last changes of the cell, the latest first; of the house those of all its cells and of its own limits.
    pub history: Vec<EventEntry>,
}

impl Reader<'_> {
    /// A night as it is now, of one type or of the house. Its cells are those of every type.
    pub fn scene(
        &self,
        code: Option<RoomTypeCode>,
        night: Night,
        now: Instant,
        history: u32,
    ) -> Result<Scene, StoreError> {
        let wanted = |of: RoomTypeCode| code.is_none_or(|code| code == of);
        let mut holds = self.holds(now, false)?;
        holds.retain(|entry| {
            let stays = &mut entry.hold.stays.iter();
            stays.any(|stay| wanted(stay.room_type) && stay.nights().contains(night))
        });
        let mut outages = self.outages(Some(night))?;
        outages.retain(|entry| wanted(entry.outage.room_type) && entry.outage.from <= night);
        let limits = match code {
            Some(_) => Vec::new(),
            None => self.house_limits(NightRange::new(night, night.plus(1)))?,
        };
        let mut stays = self.stays_on(code, night)?;
        stays.retain(|(_, entry)| entry.stay.takes_inventory());
        Ok(Scene {
            cells: self.cells_on(night, now)?,
            limit: limits.first().map(|(_, limit)| *limit),
            stays,
            holds,
            allotments: self.kept_back(code, night)?,
            outages,
            history: match code {
                Some(code) => self.cell_history(code, night, history)?,
                None => self.house_history(night, history)?,
            },
        })
    }
}
