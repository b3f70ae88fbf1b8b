//! A night as it was: the fold of the events that made it, up to an instant.
//!
//! Only the events of the cells, and of the bookings, holds and outages that they tell of, are read and
//! folded, by the domain's own fold. Where the clock was set back, what was written before the last
//! event of that instant had happened by then.

use std::collections::{BTreeMap, BTreeSet};

use keyrack_inventory::event::NightsOpened;
use keyrack_inventory::ids::{HoldId, OutageId, ReservationId};
use keyrack_inventory::model::HoldStatus;
use keyrack_inventory::state::Counters;
use keyrack_inventory::{
    Event, Instant, Night, NightRange, Pool, RoomTypeCode, State, Stay, evolve,
};
use rusqlite::types::Value;
use rusqlite::{params, params_from_iter};

use super::Reader;
use super::groups::KeptBack;
use super::lists::{HoldEntry, OutageEntry, StayEntry, by_arrival};
use super::log::{EventEntry, JOINS, LOG, entry};
use super::many::{ASKED, asked};
use super::scene::Scene;
use crate::error::StoreError;
use crate::rows::uuid;

/// Events by their numbers.
type Log = BTreeMap<i64, EventEntry>;

/// What the events of a cell tell of.
#[derive(Default)]
struct Told {
    reservations: BTreeSet<ReservationId>,
    holds: BTreeSet<HoldId>,
    outages: BTreeSet<OutageId>,
}

impl Told {
    fn add(&mut self, event: &Event) {
        match event {
            Event::ReservationMade(made) => {
                self.reservations.insert(made.reservation);
            }
            Event::HoldPlaced(placed) => {
                self.holds.insert(placed.hold);
            }
            Event::HoldEnded(ended) => {
                self.holds.insert(ended.hold);
            }
            Event::OutagePlaced(placed) => {
                self.outages.insert(placed.outage.id);
            }
            Event::OutageEndSet(set) => {
                self.outages.insert(set.outage);
            }
            other => {
                let change = other.stays_changed().map(|change| change.reservation);
                self.reservations.extend(change);
            }
        }
    }
}

impl Reader<'_> {
    /// A night as it was at an instant, of one type or of the house.
    pub fn scene_at(
        &self,
        code: Option<RoomTypeCode>,
        night: Night,
        at: Instant,
        history: u32,
    ) -> Result<Scene, StoreError> {
        let mut own = self.events_of_cells(code, night)?;
        let mut log = own.clone();
        self.events_told(code, night, &own, &mut log)?;
        let until = log.values().filter(|entry| entry.instant <= at);
        let until = until.map(|entry| entry.seq).max().unwrap_or(0);
        let codes = self.codes(code)?;
        let mut state = State::slice(None, Counters::default());
        for code in &codes {
            let none = std::iter::empty();
            state.put_cells(*code, NightRange::new(night, night.plus(1)), none);
        }
        for entry in log.range(..=until).map(|(_, entry)| entry) {
            let event = on_the_night(&entry.event, night);
            evolve(
                &mut state,
                event.as_ref().unwrap_or(&entry.event),
                entry.instant,
            );
        }
        let mut scene = self.scene_of(&state, &codes, night, at)?;
        scene.limit = state.loaded_house_limit(night).filter(|_| code.is_none());
        if code.is_none() {
            self.events_of_limits(night, &mut own)?;
        }
        let last = own.into_values().rev().filter(|entry| entry.seq <= until);
        scene.history = last.take(history as usize).collect();
        Ok(scene)
    }

    fn codes(&self, code: Option<RoomTypeCode>) -> Result<Vec<RoomTypeCode>, StoreError> {
        match code {
            Some(code) => Ok(vec![code]),
            None => {
                let types = self.catalogue()?;
                Ok(types.room_types.iter().map(|known| known.code).collect())
            }
        }
    }

    /// The events that changed the counts.
    fn events_of_cells(&self, code: Option<RoomTypeCode>, night: Night) -> Result<Log, StoreError> {
        let mut log = Log::new();
        let mut values = vec![Value::from(night.day_number())];
        values.extend(code.map(|code| Value::from(code.as_str().to_owned())));
        let of = match code {
            Some(_) => "h.room_type = ?2",
            None => "h.room_type IN (SELECT code FROM room_type)",
        };
        let sql = format!(
            "{LOG} FROM cell_event AS h JOIN event AS e ON e.seq = h.event {JOINS}
             WHERE {of} AND h.night = ?1"
        );
        self.collect(&sql, &values, &mut log)?;
        Ok(log)
    }

    /// The events of the bookings, holds and outages that these tell of, and those that change no
    /// count: rooms out of service, and the house's limits.
    fn events_told(
        &self,
        code: Option<RoomTypeCode>,
        night: Night,
        own: &Log,
        log: &mut Log,
    ) -> Result<(), StoreError> {
        let mut told = Told::default();
        own.values().for_each(|entry| told.add(&entry.event));
        for code in self.codes(code)? {
            let mut statement = self.prepare(
                "SELECT id FROM outage INDEXED BY outage_by_type
                 WHERE room_type = ?1 AND service = 1 AND from_night <= ?2",
            )?;
            let mut rows = statement.query(params![code.as_str(), night.day_number()])?;
            while let Some(row) = rows.next()? {
                told.outages.insert(OutageId(uuid(row, 0)?));
            }
        }
        let ids = |list: String| [Value::from(list)];
        for (table, list) in [
            (
                "reservation",
                asked(told.reservations.iter().map(|id| id.0)),
            ),
            ("hold", asked(told.holds.iter().map(|id| id.0))),
            ("outage", asked(told.outages.iter().map(|id| id.0))),
        ] {
            let sql = format!(
                "{LOG} FROM {table}_event AS h JOIN event AS e ON e.seq = h.event {JOINS}
                 WHERE h.{table} IN {ASKED}"
            );
            self.collect(&sql, &ids(list), log)?;
        }
        if code.is_none() {
            self.collect(&of_limits(), &[], log)?;
        }
        Ok(())
    }

    /// The last changes of a night of the house, the latest first: of the cells of its types, and of its own limits
    /// and conditions.
    pub fn house_history(&self, night: Night, limit: u32) -> Result<Vec<EventEntry>, StoreError> {
        let mut statement = self.prepare(
            "SELECT h.event FROM cell_event AS h
             WHERE h.room_type IN (SELECT code FROM room_type) AND h.night = ?1",
        )?;
        let rows = statement.query_map([night.day_number()], |row| row.get(0))?;
        // An event may have changed several types at once.
        let all = rows.collect::<Result<BTreeSet<i64>, _>>()?;
        let last: Vec<i64> = all.into_iter().rev().take(limit as usize).collect();
        let last = serde_json::to_string(&last).unwrap_or_default();
        let sql = format!(
            "{LOG} FROM event AS e {JOINS} WHERE e.seq IN (SELECT value FROM json_each(?1))"
        );
        let mut log = Log::new();
        self.collect(&sql, &[Value::from(last)], &mut log)?;
        self.events_of_limits(night, &mut log)?;
        Ok(log.into_values().rev().take(limit as usize).collect())
    }

    /// The events that set the house's limits and conditions on the night.
    fn events_of_limits(&self, night: Night, log: &mut Log) -> Result<(), StoreError> {
        // Most nights were never given one, and then the log need not be looked through.
        if self
            .house_limits(NightRange::new(night, night.plus(1)))?
            .is_empty()
        {
            return Ok(());
        }
        let mut all = Log::new();
        self.collect(&of_limits(), &[], &mut all)?;
        let of_the_house = |event: &Event| match event {
            Event::HouseOverbookingSet(set) => {
                set.runs.iter().any(|run| run.nights.contains(night))
            }
            Event::RestrictionsSet(set) => {
                set.room_type == Pool::House
                    && set.runs.iter().any(|run| run.nights.contains(night))
            }
            _ => false,
        };
        log.extend(
            all.into_iter()
                .filter(|(_, entry)| of_the_house(&entry.event)),
        );
        Ok(())
    }

    fn collect(&self, sql: &str, values: &[Value], log: &mut Log) -> Result<(), StoreError> {
        let mut statement = self.prepare(sql)?;
        let mut rows = statement.query(params_from_iter(values))?;
        while let Some(row) = rows.next()? {
            let entry = entry(row)?;
            log.insert(entry.seq, entry);
        }
        Ok(())
    }

    /// What a folded state says of the night.
    fn scene_of(
        &self,
        state: &State,
        codes: &[RoomTypeCode],
        night: Night,
        at: Instant,
    ) -> Result<Scene, StoreError> {
        let mut scene = Scene::default();
        for code in codes {
            let cell = state.loaded_cell(*code, night);
            scene.cells.extend(cell.map(|cell| (*code, *cell)));
        }
        for hold in state.all_holds() {
            let over = hold
                .stays
                .iter()
                .filter(|stay| stay.nights().contains(night));
            if hold.is_live(at) {
                if over.into_iter().any(|stay| codes.contains(&stay.room_type)) {
                    let hold = hold.clone();
                    let reference = self.text(hold.reference)?;
                    scene.holds.push(HoldEntry { hold, reference });
                }
            } else if hold.status == HoldStatus::Active {
                for stay in over {
                    if let Some(cell) = scene.cells.get_mut(&stay.room_type) {
                        cell.held -= i32::try_from(stay.rooms).unwrap_or(i32::MAX);
                    }
                }
            }
        }
        scene
            .holds
            .sort_by_key(|entry| (entry.hold.expires_at, entry.hold.id));
        for outage in state.all_outages() {
            let over = outage.from <= night && night < outage.back_on;
            if over && codes.contains(&outage.room_type) {
                scene.outages.push(OutageEntry {
                    reason: self.text(outage.reason)?,
                    outage: outage.clone(),
                });
            }
        }
        scene
            .outages
            .sort_by_key(|entry| (entry.outage.from, entry.outage.number.count()));
        self.kept_back_then(state, codes, night, &mut scene)?;
        self.stays_of(state, codes, night, &mut scene)?;
        Ok(scene)
    }

    /// What allotments kept back. Every event that changed it changed the cell as well, so that the
    /// cell's own events tell all of it.
    fn kept_back_then(
        &self,
        state: &State,
        codes: &[RoomTypeCode],
        night: Night,
        scene: &mut Scene,
    ) -> Result<(), StoreError> {
        for allotment in state.all_allotments() {
            for code in codes
                .iter()
                .filter(|code| allotment.keeps(**code, night) > 0)
            {
                scene.allotments.push(KeptBack {
                    allotment: allotment.id,
                    number: allotment.number.clone(),
                    name: self.text(allotment.name)?,
                    room_type: *code,
                    total: allotment.terms.total(*code, night),
                    picked_up: allotment.picked(*code, night),
                });
            }
        }
        scene
            .allotments
            .sort_by_key(|kept| (kept.room_type, kept.number.count()));
        Ok(())
    }

    fn stays_of(
        &self,
        state: &State,
        codes: &[RoomTypeCode],
        night: Night,
        scene: &mut Scene,
    ) -> Result<(), StoreError> {
        let people = self.people(state.all_reservations().filter_map(|one| one.details.guest))?;
        for one in state.all_reservations() {
            let details = &one.details;
            let guest = details.guest.and_then(|id| people.get(&id));
            let takes = |stay: &&Stay| {
                let mut taken = stay.taken();
                taken.any(|(code, taken)| taken == night && codes.contains(&code))
            };
            for stay in one.stays.iter().filter(takes) {
                let entry = StayEntry {
                    reservation: one.id,
                    number: one.number.clone(),
                    stays: u32::try_from(one.stays.len()).unwrap_or(u32::MAX),
                    guest: guest.map(|person| person.name.clone()).unwrap_or_default(),
                    adults: details.adults,
                    children: details.children,
                    meal: details.meal.as_ref().map(ToString::to_string),
                    source: details.source.as_ref().map(ToString::to_string),
                    stay: stay.clone(),
                };
                scene.stays.push((stay.type_on(night), entry));
            }
        }
        let key = by_arrival;
        scene
            .stays
            .sort_by(|(_, one), (_, other)| key(one).cmp(&key(other)));
        Ok(())
    }
}

/// The events that set limits of the house, and conditions of types or the house.
fn of_limits() -> String {
    format!(
        "{LOG} FROM event AS e INDEXED BY event_by_type {JOINS}
         WHERE e.type IN ('house_overbooking_set', 'restrictions_set')"
    )
}

/// The event as far as it is about the night, where that is much less than the whole of it.
fn on_the_night(event: &Event, night: Night) -> Option<Event> {
    let Event::NightsOpened(opened) = event else {
        return None;
    };
    let about = opened
        .opened
        .iter()
        .filter(|part| part.nights.contains(night));
    let opened = about.map(|part| {
        let mut part = part.clone();
        part.nights = NightRange::new(night, night.plus(1));
        part
    });
    Some(Event::NightsOpened(NightsOpened {
        opened: opened.collect(),
    }))
}
