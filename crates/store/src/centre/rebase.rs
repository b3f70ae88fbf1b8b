//! A snapshot in the place of the base: of a desk that is new, whose cursor is not kept any more, or whose
//! centre was restored from a copy.

use std::collections::HashMap;

use keyrack_inventory::corrected::Rows;
use keyrack_inventory::ids::{AllotmentId, HoldId, OutageId, ReservationId};
use keyrack_inventory::state::Counters;
use keyrack_inventory::{Instant, Night, NightRange, Reference, RoomTypeCode, State};
use keyrack_wire::Snapshot;
use rusqlite::Connection;

use super::follow::{Followed, Following};
use super::people::{forget_unused, keep_people, name_the_forgotten};
use super::rejoin::{Known, Restored, begin_epoch, has_stored};
use super::share::give_up;
use super::{Centre, CentreState, load, save};
use crate::Batch;
use crate::apply::event_head;
use crate::error::StoreError;
use crate::load::load_base;
use crate::rows::{night_at, parsed, uuid};
use crate::write::Changes;

impl Batch<'_> {
    /// Takes a snapshot, under what waits here. The queue is not touched.
    ///
    /// # Errors
    /// Where the file fails; then nothing of it stands.
    pub fn take_snapshot(
        &mut self,
        snapshot: &Snapshot,
        now: Instant,
    ) -> Result<Followed, StoreError> {
        let mut centre = load(self.connection)?.ok_or_else(none)?;
        if snapshot.holder.epoch > centre.holder.epoch
            || snapshot.holder.epoch == centre.holder.epoch && snapshot.acked_seq > centre.last_seq
        {
            centre.state = CentreState::Frozen;
            centre.over_epoch = centre.over_epoch.max(snapshot.holder.epoch);
            give_up(self.connection)?;
        }
        has_stored(self.connection, &Known::of(snapshot))?;
        self.lay_over(&centre, snapshot, now)
    }

    /// Takes the snapshot of a centre that was restored from a copy, and begins a new epoch in which all goes
    /// up again that it lacks.
    ///
    /// # Errors
    /// Where the file fails; then nothing of it stands.
    pub fn take_restored(
        &mut self,
        snapshot: &Snapshot,
        now: Instant,
    ) -> Result<Followed, StoreError> {
        let mut centre = load(self.connection)?.ok_or_else(none)?;
        centre.over_epoch = centre.over_epoch.max(snapshot.holder.epoch);
        // Of what it had seen of a feed before the last one nothing is sure to be the same.
        let is_next = snapshot.cursor.epoch == centre.cursor.epoch + 1;
        let restored = Restored {
            known: &Known::of(snapshot),
            now,
            date: snapshot.catalogue.property.business_date,
            began: snapshot.began.filter(|_| is_next).unwrap_or(0),
        };
        let centre = begin_epoch(self.connection, centre, Some(restored))?;
        self.lay_over(&centre, snapshot, now)
    }

    /// Makes the snapshot the base, and what is shown the base with what waits over it.
    fn lay_over(
        &mut self,
        centre: &Centre,
        snapshot: &Snapshot,
        now: Instant,
    ) -> Result<Followed, StoreError> {
        let connection = self.connection;
        let people = (snapshot.guests.as_slice(), snapshot.texts.as_slice());
        let erased = keep_people(connection, people, snapshot.erased.as_slice(), now)?;
        let shown = match load_base(connection, self.cache)? {
            Some((catalogue, counters)) => State::slice(Some(catalogue), counters),
            None => State::slice(None, Counters::default()),
        };
        let mut rows = table_rows(connection)?;
        rows.merge(&rows_of(snapshot));
        let mut following = Following {
            connection,
            letters: &centre.letters,
            head: event_head(connection)?,
            over_base: true,
            dirty: true,
            ruled: base(snapshot, &rows, shown.counters()),
            shown,
            kept: rows.clone(),
            fed: rows,
            changes: Changes::default(),
            now,
            joined_number: centre.joined_number,
            done: Followed::default(),
            laid: HashMap::new(),
        };
        let touched = following.fed.reservations.clone();
        following.settle()?;
        let done = following.finish()?;
        *self.cache = None;
        let unused = forget_unused(connection, now)?;
        name_the_forgotten(connection, &touched, snapshot.erased.as_slice())?;
        save(
            connection,
            &Centre {
                cursor: snapshot.cursor,
                chain: snapshot.chain,
                dirty: done.unfit,
                heard: Some(now.millis()),
                log_due: centre.log_due || erased || unused,
                day_ended: snapshot
                    .day_ended
                    .map(Instant::millis)
                    .max(centre.day_ended),
                ..centre.clone()
            },
        )?;
        Ok(done)
    }
}

fn none() -> StoreError {
    StoreError::OutOfStep("there is no centre".to_owned())
}

fn rows_of(snapshot: &Snapshot) -> Rows {
    let cells = snapshot.cells.as_slice().iter();
    let house = snapshot.house.as_slice().iter();
    Rows {
        catalogue: true,
        cells: cells.map(|row| (row.room_type, row.night)).collect(),
        house: house.map(|row| row.night).collect(),
        reservations: snapshot
            .reservations
            .as_slice()
            .iter()
            .map(|row| row.id)
            .collect(),
        holds: snapshot.holds.as_slice().iter().map(|row| row.id).collect(),
        outages: snapshot
            .outages
            .as_slice()
            .iter()
            .map(|row| row.id)
            .collect(),
        allotments: snapshot
            .allotments
            .as_slice()
            .iter()
            .map(|row| row.id)
            .collect(),
    }
}

/// Every row that the tables have.
fn table_rows(connection: &Connection) -> Result<Rows, StoreError> {
    let mut found = Rows::default();
    let mut statement = connection.prepare_cached("SELECT room_type, night FROM cell")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        found
            .cells
            .insert((parsed(row, 0, "cell")?, night_at(row, 1)?));
    }
    let mut statement = connection.prepare_cached("SELECT night FROM house_limit")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        found.house.insert(night_at(row, 0)?);
    }
    let ids = |sql: &str| -> Result<Vec<uuid::Uuid>, StoreError> {
        let mut statement = connection.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        let mut ids = Vec::new();
        while let Some(row) = rows.next()? {
            ids.push(uuid(row, 0)?);
        }
        Ok(ids)
    };
    let reservations = ids("SELECT id FROM reservation")?.into_iter();
    found.reservations = reservations.map(ReservationId).collect();
    found.holds = ids("SELECT id FROM hold")?
        .into_iter()
        .map(HoldId)
        .collect();
    let outages = ids("SELECT id FROM outage")?.into_iter();
    found.outages = outages.map(OutageId).collect();
    let allotments = ids("SELECT id FROM allotment")?.into_iter();
    found.allotments = allotments.map(AllotmentId).collect();
    Ok(found)
}

/// The snapshot as a state in which none of the rows is missing: what it does not have is not there.
fn base(snapshot: &Snapshot, rows: &Rows, counters: Counters) -> State {
    let mut base = State::slice(None, counters);
    base.put_catalogue(snapshot.catalogue.clone());
    let mut nights: std::collections::BTreeMap<RoomTypeCode, (Night, Night)> = Default::default();
    for (code, night) in &rows.cells {
        let range = nights.entry(*code).or_insert((*night, *night));
        *range = (range.0.min(*night), range.1.max(*night));
    }
    for (code, (first, last)) in nights {
        let cells = snapshot.cells.as_slice().iter();
        let cells = cells.filter(|row| row.room_type == code);
        let range = NightRange::new(first, last.plus(1));
        base.put_cells(code, range, cells.map(|row| (row.night, row.cell)));
    }
    let all = || {
        rows.house
            .iter()
            .chain(rows.cells.iter().map(|(_, night)| night))
    };
    if let (Some(first), Some(last)) = (all().min(), all().max()) {
        let limits = snapshot.house.as_slice().iter();
        let range = NightRange::new(*first, last.plus(1));
        base.put_house_limits(range, limits.map(|row| (row.night, row.limit)));
    }
    for id in &rows.reservations {
        base.put_reservation(&Reference::Id(*id), None);
    }
    for row in snapshot.reservations.as_slice() {
        base.put_reservation(&Reference::Number(row.number.clone()), Some(row.clone()));
    }
    for id in &rows.holds {
        base.put_hold(&Reference::Id(*id), None);
    }
    for row in snapshot.holds.as_slice() {
        base.put_hold(&Reference::Number(row.number.clone()), Some(row.clone()));
    }
    for id in &rows.outages {
        base.put_outage(&Reference::Id(*id), None);
    }
    for row in snapshot.outages.as_slice() {
        base.put_outage(&Reference::Number(row.number.clone()), Some(row.clone()));
    }
    for id in &rows.allotments {
        base.put_allotment(&Reference::Id(*id), None);
    }
    for row in snapshot.allotments.as_slice() {
        base.put_allotment(&Reference::Number(row.number.clone()), Some(row.clone()));
    }
    base
}
