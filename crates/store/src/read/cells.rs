//! Cells: what the grid shows, and what changed in it.

use std::collections::{BTreeMap, BTreeSet};

use keyrack_inventory::evolve::wanted;
use keyrack_inventory::state::Counters;
use keyrack_inventory::{
    Cell, Event, HouseLimit, Instant, Night, NightRange, Reference, RoomTypeCode, State, Stay, Want,
};
use rusqlite::params;

use super::Reader;
use crate::error::StoreError;
use crate::load::event;
use crate::plan;
use crate::rows::{CELL, HOUSE_LIMIT, OUTAGE, cell, house_limit, night_at, outage, parsed};

/// Cells that a list of changes names at most; beyond it a range is cheaper to read again.
const MOST_CHANGES: usize = 5_000;

/// Movements of one date, for the whole house.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DayCounts {
    /// Stays that arrive.
    pub arrivals: i32,
    /// Stays that leave.
    pub departures: i32,
    /// Guests' rooms in the house now that stay over this night.
    pub in_house: i32,
    /// Stays without a night.
    pub day_use: i32,
}

/// What changed after some event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CellChange {
    /// The number of the last event.
    pub head: i64,
    /// Too much changed to be listed, or the file went back: read again.
    pub reread: bool,
    /// The property or a room type changed.
    pub catalogue: bool,
    /// Cells that may have changed.
    pub cells: BTreeSet<(RoomTypeCode, Night)>,
    /// Dates whose movements or house limit may have changed.
    pub days: BTreeSet<Night>,
}

impl Reader<'_> {
    /// The open cells of a type over a range, in order. Holds past their time count nowhere, swept
    /// or not.
    pub fn cells(
        &self,
        code: RoomTypeCode,
        nights: NightRange,
        now: Instant,
    ) -> Result<Vec<(Night, Cell)>, StoreError> {
        let mut found = Vec::with_capacity(nights.len().min(1_200) as usize);
        self.each_cell(code, nights, |night, cell| found.push((night, cell)))?;
        for (due, range, rooms) in self.due_holds(now)? {
            for (night, cell) in found.iter_mut().filter(|_| due == code) {
                if range.contains(*night) {
                    cell.held -= rooms;
                }
            }
        }
        Ok(found)
    }

    /// Gives each open cell of a type over a range, in order, as it is stored: holds past their
    /// time are in it until they are swept, and [`Reader::due_holds`] tells them.
    pub fn each_cell(
        &self,
        code: RoomTypeCode,
        nights: NightRange,
        mut each: impl FnMut(Night, Cell),
    ) -> Result<(), StoreError> {
        let sql = format!(
            "SELECT night, {CELL} FROM cell WHERE room_type = ?1 AND night >= ?2 AND night < ?3"
        );
        let mut statement = self.prepare(&sql)?;
        let mut rows = statement.query(params![
            code.as_str(),
            nights.from.day_number(),
            nights.to.day_number()
        ])?;
        while let Some(row) = rows.next()? {
            each(night_at(row, 0)?, cell(row, 1)?);
        }
        Ok(())
    }

    /// The cells of every type on a night, open ones alone, as [`Reader::cells`] gives them.
    pub fn cells_on(
        &self,
        night: Night,
        now: Instant,
    ) -> Result<BTreeMap<RoomTypeCode, Cell>, StoreError> {
        let sql = format!(
            "SELECT room_type, {CELL} FROM cell
             WHERE room_type IN (SELECT code FROM room_type) AND night = ?1"
        );
        let mut statement = self.prepare(&sql)?;
        let mut rows = statement.query([night.day_number()])?;
        let mut found = BTreeMap::new();
        while let Some(row) = rows.next()? {
            found.insert(parsed(row, 0, "cell")?, cell(row, 1)?);
        }
        for (code, range, rooms) in self.due_holds(now)? {
            if let Some(cell) = found.get_mut(&code).filter(|_| range.contains(night)) {
                cell.held -= rooms;
            }
        }
        Ok(found)
    }

    /// What active holds keep whose time is up, to be left out of what is read.
    pub fn due_holds(
        &self,
        now: Instant,
    ) -> Result<Vec<(RoomTypeCode, NightRange, i32)>, StoreError> {
        let mut statement = self.prepare(
            "SELECT s.room_type, s.arrival, s.departure, s.rooms
             FROM hold AS h JOIN hold_stay AS s ON s.hold = h.id
             WHERE h.status = 'active' AND h.expires_at <= ?1",
        )?;
        let mut rows = statement.query([now.millis()])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let nights = NightRange::new(night_at(row, 1)?, night_at(row, 2)?);
            found.push((parsed(row, 0, "hold_stay")?, nights, row.get(3)?));
        }
        Ok(found)
    }

    /// Rooms sold, summed over all cells.
    pub fn room_nights_sold(&self) -> Result<i64, StoreError> {
        let sql = "SELECT coalesce(sum(sold), 0) FROM cell";
        let mut statement = plan::prepare_whole(self.connection, sql)?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    /// When the next active hold's time is up.
    pub fn next_expiry(&self) -> Result<Option<Instant>, StoreError> {
        let mut statement =
            self.prepare("SELECT min(expires_at) FROM hold WHERE status = 'active'")?;
        let millis: Option<i64> = statement.query_row([], |row| row.get(0))?;
        Ok(millis.map(Instant::from_millis))
    }

    /// Whether the whole house is closed for sale on a night.
    pub fn house_closed(&self, night: Night) -> Result<bool, StoreError> {
        let limits = self.house_limits(NightRange::new(night, night.plus(1)))?;
        Ok(limits.iter().any(|(_, limit)| limit.restrictions.stop_sell))
    }

    /// The house's limits over a range, in order.
    pub fn house_limits(&self, nights: NightRange) -> Result<Vec<(Night, HouseLimit)>, StoreError> {
        let sql = format!("SELECT {HOUSE_LIMIT} FROM house_limit WHERE night >= ?1 AND night < ?2");
        let mut statement = self.prepare(&sql)?;
        let range = params![nights.from.day_number(), nights.to.day_number()];
        let mut rows = statement.query(range)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(house_limit(row)?);
        }
        Ok(found)
    }

    /// Movements of each date of the range, in order. Who is late arrives on each date until which he was kept, too.
    pub fn days(&self, nights: NightRange) -> Result<Vec<DayCounts>, StoreError> {
        let mut days = vec![DayCounts::default(); nights.len() as usize];
        let (from, to) = (nights.from.day_number(), nights.to.day_number());
        let index = |day: i32| usize::try_from(day - from).ok();
        let mut movements = self.prepare(
            "SELECT night, arrivals, departures, day_use FROM movement
             WHERE night >= ?1 AND night < ?2",
        )?;
        let mut rows = movements.query([from, to])?;
        while let Some(row) = rows.next()? {
            if let Some(day) = index(row.get(0)?).and_then(|at| days.get_mut(at)) {
                (day.arrivals, day.departures) = (row.get(1)?, row.get(2)?);
                day.day_use = row.get(3)?;
            }
        }
        // As the list of arrivals has them.
        let mut late = self.prepare(
            "SELECT max(arrival + 1, coalesce(kept_from, arrival)), kept_on + 2 FROM stay INDEXED BY stay_kept
             WHERE kept_on >= ?1 - 1 AND kept_on < ?2 + 366
                AND status IN ('tentative', 'confirmed', 'checked_in', 'checked_out')",
        )?;
        let mut rows = late.query([from, to])?;
        while let Some(row) = rows.next()? {
            let (first, end): (i32, i32) = (row.get(0)?, row.get(1)?);
            for day in first.max(from)..end.min(to) {
                if let Some(day) = index(day).and_then(|at| days.get_mut(at)) {
                    day.arrivals += 1;
                }
            }
        }
        let mut in_house = self.prepare(
            "SELECT arrival, leaves_on FROM stay INDEXED BY stay_in_house
             WHERE status = 'checked_in' AND leaves_on > ?1",
        )?;
        let mut rows = in_house.query([from])?;
        while let Some(row) = rows.next()? {
            let (arrival, leaves): (i32, i32) = (row.get(0)?, row.get(1)?);
            for day in arrival.max(from)..leaves.min(to) {
                if let Some(day) = index(day).and_then(|at| days.get_mut(at)) {
                    day.in_house += 1;
                }
            }
        }
        Ok(days)
    }

    /// What changed after the event of that number.
    pub fn changes_since(&self, since: i64) -> Result<CellChange, StoreError> {
        let mut change = CellChange {
            head: self.head()?,
            ..CellChange::default()
        };
        change.reread = since > change.head;
        if change.head <= since {
            return Ok(change);
        }
        let mut statement = self
            .prepare("SELECT seq, type, version, payload FROM event WHERE seq > ?1 ORDER BY seq")?;
        let mut rows = statement.query([since])?;
        while let Some(row) = rows.next()? {
            let event = event(row)?;
            change.add(&event, |id| self.outage_by_id(id))?;
            if change.reread || change.cells.len() > MOST_CHANGES {
                change.reread = true;
                change.cells.clear();
                change.days.clear();
                break;
            }
        }
        Ok(change)
    }

    fn outage_by_id(
        &self,
        asked: &Reference<keyrack_inventory::OutageId>,
    ) -> Result<Option<keyrack_inventory::model::Outage>, StoreError> {
        let Reference::Id(id) = asked else {
            return Ok(None);
        };
        let sql = format!("SELECT {OUTAGE} FROM outage WHERE id = ?1");
        let mut statement = self.prepare(&sql)?;
        let mut rows = statement.query(params![id.0.as_bytes()])?;
        rows.next()?.map(outage).transpose()
    }
}

impl CellChange {
    /// Notes what an event may have changed: just what folding it would load.
    fn add(
        &mut self,
        event: &Event,
        outage: impl Fn(
            &Reference<keyrack_inventory::OutageId>,
        ) -> Result<Option<keyrack_inventory::model::Outage>, StoreError>,
    ) -> Result<(), StoreError> {
        match event {
            Event::PropertyOpened(_)
            | Event::BusinessDateSet(_)
            | Event::RoomTypeAdded(_)
            | Event::RoomTypeChanged(_) => self.catalogue = true,
            Event::NightsOpened(_) => {
                self.catalogue = true;
                self.reread = true;
                return Ok(());
            }
            Event::ReservationMade(made) => made.stays.iter().for_each(|stay| self.movements(stay)),
            other => {
                let diffs = other
                    .stays_changed()
                    .into_iter()
                    .flat_map(|change| &change.stays);
                for stay in diffs.flat_map(|diff| diff.before.iter().chain(&diff.after)) {
                    self.movements(stay);
                }
            }
        }
        let mut empty = State::slice(None, Counters::default());
        let mut wants = wanted(&empty, event);
        if let Some(Want::Outage(asked)) = wants.iter().find(|want| matches!(want, Want::Outage(_)))
        {
            empty.put_outage(asked, outage(asked)?);
            wants = wanted(&empty, event);
        }
        for want in wants {
            match want {
                Want::Cells(code, nights) => {
                    self.cells.extend(nights.iter().map(|night| (code, night)));
                }
                Want::HouseLimits(nights) => self.days.extend(nights.iter()),
                _ => {}
            }
        }
        Ok(())
    }

    fn movements(&mut self, stay: &Stay) {
        self.days.extend([stay.arrival, stay.leaves_on()]);
        self.days.extend(stay.nights().iter());
    }
}
