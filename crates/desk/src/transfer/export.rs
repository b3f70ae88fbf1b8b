//! Reservations, availability and events as files for other programs.

use std::ops::ControlFlow;
use std::path::Path;

use keyrack_inventory::command::Permission;
use keyrack_inventory::restriction::Restrictions;
use keyrack_inventory::{Cell, Instant, Night, NightRange, Pool, Refusal};
use keyrack_store::{EventEntry, EventFilter, Reader, StoreError, TransferFilter, TransferRow};
use serde::Serialize;
use ts_rs::TS;

use super::sink::{self, Datum, Format, Sink};
use super::{Export, LOOK_EVERY, Progress, amount, interrupted};
use crate::copies::check_apart;
use crate::desk::{Desk, refused};
use crate::door::Question;
use crate::error::DeskError;
use crate::look::{house_counts, house_to_sell, on_night, to_sell};
use crate::money::{currency_digits, total};
use serde_json::json;

const RESERVATIONS: &[&str] = &[
    "id",
    "number",
    "stay",
    "status",
    "room_type",
    "assigned",
    "room",
    "arrival",
    "departure",
    "leaves_on",
    "nights",
    "guest",
    "phone",
    "email",
    "adults",
    "children",
    "meal",
    "source",
    "external_number",
    "price",
    "cost",
    "total",
    "currency",
    "option_until",
    "guarantee",
    "notes",
    "moved_nights",
    "made_at",
];
const AVAILABILITY: &[&str] = &[
    "room_type",
    "night",
    "physical",
    "out_of_order",
    "sold",
    "held",
    "blocked",
    "overbooking",
    "rooms_left",
    "free",
    "available",
    "stop_sell",
    "closed_to_arrival",
    "closed_to_departure",
    "min_stay",
    "max_stay",
    "version",
];
const EVENTS: &[&str] = &[
    "seq",
    "type",
    "version",
    "command_id",
    "correlation_id",
    "causation_id",
    "actor",
    "desk",
    "instant",
    "business_date",
    "payload",
];

/// What an export was.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, TS)]
pub struct Exported {
    /// What: `reservations`, `availability`, `events`.
    pub what: &'static str,
    /// Rows, the header aside.
    pub rows: u64,
    /// How it is written.
    pub format: &'static str,
    /// How long it took.
    pub seconds: f64,
}

/// Checks what can be checked before a database is touched.
///
/// # Errors
/// Where the file's name says no format, or it is there and shall not be replaced.
pub fn exportable(to: &Path, force: bool) -> Result<Format, DeskError> {
    let format = Format::of(to)?;
    if to.is_dir() || (to.exists() && !force) {
        return Err(sink::is_there(to));
    }
    Ok(format)
}

impl Export {
    fn word(&self) -> &'static str {
        match self {
            Self::Reservations { .. } => "reservations",
            Self::Availability { .. } => "availability",
            Self::Events { .. } => "events",
        }
    }

    fn columns(&self) -> &'static [&'static str] {
        match self {
            Self::Reservations { .. } => RESERVATIONS,
            Self::Availability { .. } => AVAILABILITY,
            Self::Events { .. } => EVENTS,
        }
    }
}

impl Desk {
    /// Writes what is asked for to a file, `.csv` or `.jsonl`: whole, or not at all.
    ///
    /// # Errors
    /// Where that is not allowed, the file is there and shall not be replaced, there is no such type
    /// (a refusal), a file fails, or `progress` wants to stop.
    pub fn export(
        &self,
        export: &Export,
        to: &Path,
        force: bool,
        progress: Progress<'_>,
    ) -> Result<Exported, DeskError> {
        let started = std::time::Instant::now();
        check_apart(self.path(), to)?;
        let caller = self.admit(Question::Export)?;
        let act = self.asked_file(&caller, ("exported", export.word()), to)?;
        let format = exportable(to, force)?;
        self.check_known(export)?;
        let mut sink = Sink::begin(to, format, export.columns())?;
        let mut writer = Writer {
            sink: &mut sink,
            total: 0,
            progress,
            stopped: false,
        };
        let now = self.clock.now();
        let read = self.store.read(|reader| match export {
            Export::Reservations { from, to, status } => {
                let (from, to, status) = (*from, *to, *status);
                writer.reservations(reader, &TransferFilter { from, to, status })
            }
            Export::Availability { from, to, pool } => {
                writer.availability(reader, now, (*from, *to), *pool)
            }
            Export::Events { since, from, to } => writer.events(reader, *since, (*from, *to)),
        });
        if writer.stopped {
            return Err(DeskError::stopped("stopped-export"));
        }
        read?;
        sink.finish()?;
        let act = act.by(Permission::Configure);
        let act = act.fact("rows", sink.rows).fact("format", format.as_str());
        let act = act.answering(json!({
            "exported": export.word(), "rows": sink.rows, "format": format.as_str(),
            "seconds": started.elapsed().as_secs_f64(),
        }));
        // Told before it leaves: an export that nobody hears of must not be.
        self.store.write(|batch| batch.act(&act))?;
        let rows = sink.rows;
        sink.put(force)?;
        Ok(Exported {
            what: export.word(),
            rows,
            format: format.as_str(),
            seconds: started.elapsed().as_secs_f64(),
        })
    }

    fn check_known(&self, export: &Export) -> Result<(), DeskError> {
        let Export::Availability {
            pool: Some(Pool::RoomType(code)),
            ..
        } = export
        else {
            return Ok(());
        };
        let catalogue = self.store.read(|reader| reader.catalogue())?;
        if catalogue.room_type(*code).is_some() {
            return Ok(());
        }
        let id = code.to_string();
        Err(refused(Refusal::UnknownRoomType { id }, &catalogue))
    }
}

struct Writer<'a, 'p> {
    sink: &'a mut Sink,
    total: u64,
    progress: Progress<'p>,
    stopped: bool,
}

impl Writer<'_, '_> {
    fn row(&mut self, row: Vec<Datum>) -> Result<(), StoreError> {
        self.sink.row(row)?;
        let done = self.sink.rows;
        self.look(done)
    }

    fn look(&mut self, done: u64) -> Result<(), StoreError> {
        let look = done.is_multiple_of(LOOK_EVERY) || done == self.total;
        if look && !(self.progress)(done, self.total) {
            self.stopped = true;
            return Err(interrupted(std::path::Path::new("")));
        }
        Ok(())
    }

    fn reservations(
        &mut self,
        reader: &Reader<'_>,
        filter: &TransferFilter,
    ) -> Result<(), StoreError> {
        let property = &reader.catalogue()?.property;
        let digits = currency_digits(property.currency.as_str());
        self.total = reader.count_transfer(filter)?;
        let currency = property.currency.to_string();
        reader.transfer(filter, |row| self.row(reservation(row, digits, &currency)))
    }

    fn availability(
        &mut self,
        reader: &Reader<'_>,
        now: Instant,
        (from, to): (Option<Night>, Option<Night>),
        pool: Option<Pool>,
    ) -> Result<(), StoreError> {
        let Some((first, last)) = reader.open_range()? else {
            return Ok(());
        };
        let nights = NightRange::new(from.unwrap_or(first), to.unwrap_or(last));
        let catalogue = reader.catalogue()?;
        let mut types = Vec::new();
        for room_type in &catalogue.room_types {
            types.push((room_type, reader.cells(room_type.code, nights, now)?));
        }
        let house = house_counts(reader, nights, types.iter().map(|(_, cells)| cells))?;
        let asked = |of| pool.is_none_or(|only| only == of);
        let shown = types
            .iter()
            .filter(|(room_type, _)| asked(Pool::RoomType(room_type.code)));
        let house = house.iter().filter(|_| asked(Pool::House));
        let rows = shown.clone().map(|(_, cells)| cells.len()).sum::<usize>();
        self.total = (rows + house.clone().count()) as u64;
        for (room_type, cells) in shown {
            let of = Pool::RoomType(room_type.code);
            for (night, cell) in cells {
                let rooms = to_sell(room_type, *night, cell);
                self.row(availability(of, *night, cell, rooms))?;
            }
        }
        for (night, cell) in house {
            let rooms = house_to_sell(cell, on_night(&types, *night));
            self.row(availability(Pool::House, *night, cell, rooms))?;
        }
        Ok(())
    }

    fn events(
        &mut self,
        reader: &Reader<'_>,
        since: i64,
        (from, to): (Option<Night>, Option<Night>),
    ) -> Result<(), StoreError> {
        let start = |night: Night| i64::from(night.day_number()) * 86_400_000;
        let (from, to) = (from.map(start), to.map(start));
        let head = reader.head()?;
        self.total = u64::try_from(head - since.max(0)).unwrap_or(0);
        let filter = EventFilter {
            since,
            ..EventFilter::default()
        };
        let mut seen = 0;
        reader.events(&filter, |entry| {
            seen += 1;
            let at = entry.instant.millis();
            if from.is_none_or(|from| at >= from) && to.is_none_or(|to| at < to) {
                self.sink.row(event(entry))?;
            }
            self.look(seen).map(ControlFlow::Continue)
        })
    }
}

fn reservation(row: TransferRow, digits: u8, currency: &str) -> Vec<Datum> {
    let stay = row.stay;
    let nights = i64::from(stay.nights().len());
    let money = |minor: Option<i64>| Datum::word(minor.map(|minor| amount(minor, digits)));
    let guest = Some(row.guest.name).filter(|name| !name.is_empty());
    vec![
        Datum::Word(format!("{}/{}", row.number, stay.stay)),
        Datum::Word(row.number.to_string()),
        Datum::Number(i64::from(stay.stay)),
        Datum::Word(stay.status.as_str().to_owned()),
        Datum::Text(stay.room_type.to_string()),
        Datum::text(stay.assigned),
        Datum::text(stay.room.clone()),
        Datum::Word(stay.arrival.to_string()),
        Datum::Word(stay.departure.to_string()),
        Datum::Word(stay.leaves_on().to_string()),
        Datum::Number(nights),
        Datum::text(guest),
        Datum::text(row.guest.phone),
        Datum::text(row.guest.email),
        Datum::Number(i64::from(row.adults)),
        Datum::Number(i64::from(row.children)),
        Datum::text(row.meal),
        Datum::text(row.source),
        Datum::text(row.external_number),
        money(stay.price),
        money(stay.cost),
        money(total(std::iter::once(&stay))),
        Datum::Word(currency.to_owned()),
        Datum::word(stay.option_until),
        Datum::text(row.guarantee),
        Datum::text(row.notes),
        Datum::text(row.moved),
        Datum::Word(row.created_at.to_string()),
    ]
}

fn availability(of: Pool, night: Night, cell: &Cell, available: i32) -> Vec<Datum> {
    let Restrictions {
        stop_sell,
        closed_to_arrival,
        closed_to_departure,
        min_stay,
        max_stay,
    } = cell.restrictions;
    let count = |rooms: i32| Datum::Number(i64::from(rooms));
    let switch = |on: bool| Datum::Number(i64::from(on));
    let length = |nights: Option<u16>| {
        nights.map_or(Datum::Empty, |nights| Datum::Number(i64::from(nights)))
    };
    vec![
        Datum::Text(of.to_string()),
        Datum::Word(night.to_string()),
        count(cell.physical),
        count(cell.out_of_order),
        count(cell.sold),
        count(cell.held),
        count(cell.blocked),
        count(cell.overbooking),
        count(cell.rooms_left()),
        count(cell.free()),
        count(available),
        switch(stop_sell),
        switch(closed_to_arrival),
        switch(closed_to_departure),
        length(min_stay),
        length(max_stay),
        Datum::Number(cell.version),
    ]
}

fn event(entry: EventEntry) -> Vec<Datum> {
    let payload = serde_json::from_str(&entry.payload).unwrap_or_default();
    vec![
        Datum::Number(entry.seq),
        Datum::Word(entry.event.event_type().to_owned()),
        Datum::Number(i64::from(entry.version)),
        Datum::Word(entry.command_id.to_string()),
        Datum::Word(entry.correlation_id.to_string()),
        Datum::word(entry.causation_id),
        Datum::Text(entry.actor),
        Datum::Text(entry.desk),
        Datum::Word(entry.instant.to_string()),
        Datum::word(entry.business_date),
        Datum::Document(payload),
    ]
}
