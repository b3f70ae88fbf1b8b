//! Replay: the bookings of a real hotel as commands, in the order in which they were made.
//!
//! By civil date; within a date first bookings, then check-ins, then cancellations and no-shows, then
//! check-outs; within each of these by row. The commands of one date share one commit. Command ids
//! derive from the property's code and the row, so that a replay that was cut off goes on where it
//! was, and one that is run again changes nothing.

mod rows;

use std::path::Path;
use std::time::Instant as Timer;

use keyrack_inventory::command::{NewStay, Reserve};
use keyrack_inventory::decide::{HORIZON_NIGHTS, range_refusal};
use keyrack_inventory::model::{BookingDetails, StayRequest};
use keyrack_inventory::{
    Command, CommandId, GuestId, Instant, Night, NightRange, Reference, Refusal, ReservationId,
    StayReference, Transition,
};
use keyrack_store::{Applied, Batch, Creation, Envelope, GuestRow, Store, StoreError};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::api::NewProperty;
use crate::desk::refused;
use crate::door::Question;
use crate::error::DeskError;
use crate::options::Options;
use crate::{names, property_file};

use rows::{Ending, Row};

/// Who the audit trail names.
const ACTOR: &str = "replay";
/// The hour of the day at which a date's commands are dated.
const HOUR: i64 = 8;

/// What a replay did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Summary {
    /// Bookings taken.
    pub accepted: u64,
    /// Bookings refused: some night lacked rooms.
    pub refused: u64,
    /// Bookings taken that have no night.
    pub day_use: u64,
    /// Cancellations.
    pub cancelled: u64,
    /// No-shows.
    pub no_show: u64,
    /// Check-ins.
    pub checked_in: u64,
    /// Check-outs.
    pub checked_out: u64,
    /// Rooms sold, summed over all cells, in the end.
    pub room_nights_sold: i64,
    /// How long it took.
    pub seconds: f64,
}

/// How far a replay is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Commands done.
    pub done: usize,
    /// Commands in all.
    pub total: usize,
    /// The civil date that was just done.
    pub date: Night,
}

/// A step of one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Book,
    CheckIn,
    End,
    CheckOut,
}

/// One command to come: its date, its step, and its row's place.
type Planned = (Night, Step, usize);

/// Loads a file of bookings into a new database, or goes on with one that was cut off. `progress`
/// is told after each date, and stops the replay by giving `false`.
///
/// # Errors
/// Where an input is missing or has a bad row, the file holds another property (a refusal), fails,
/// or the replay is stopped.
pub fn replay(
    options: &Options,
    property: &Path,
    bookings: &Path,
    as_of: Option<Night>,
    progress: &mut dyn FnMut(Progress) -> bool,
) -> Result<Summary, DeskError> {
    let started = Timer::now();
    let property = property_file::read(property)?;
    let rows = rows::read(bookings, &property)?;
    let plan = plan(&rows, as_of);
    check_span(&property, &rows, &plan)?;
    let store = Store::open(&options.path, Creation::Create, options.wait)?;
    options.door()?.admit(&store, Question::SetUp)?;
    let mut replay = Replay {
        code: property.code.to_string(),
        rows: &rows,
        refused: vec![false; rows.len()],
        summary: Summary::default(),
        store: &store,
    };
    let first = plan
        .first()
        .map_or(property.business_date, |planned| planned.0);
    replay.open(&property, first)?;
    let mut done = 0;
    while done < plan.len() {
        let date = plan[done].0;
        let same = plan[done..]
            .iter()
            .take_while(|planned| planned.0 == date)
            .count();
        replay.date(date, &plan[done..done + same])?;
        done += same;
        if !progress(Progress {
            done,
            total: plan.len(),
            date,
        }) {
            return Err(DeskError::Cancelled);
        }
    }
    let last = plan
        .last()
        .map_or(property.business_date, |planned| planned.0);
    replay.close(as_of.unwrap_or(last))?;
    let mut summary = replay.summary;
    summary.seconds = started.elapsed().as_secs_f64();
    Ok(summary)
}

/// Before a file is made: the bookings span no more nights than can be open.
fn check_span(property: &NewProperty, rows: &[Row], plan: &[Planned]) -> Result<(), DeskError> {
    let arrivals = rows.iter().map(|row| row.stay.arrival).min();
    let departures = rows.iter().map(|row| row.stay.departure.plus(1)).max();
    let (Some(from), Some(to), Some(first)) = (arrivals, departures, plan.first()) else {
        return Ok(());
    };
    match range_refusal(first.0, NightRange::new(from, to)) {
        Some(refusal) => Err(refused(refusal, &property_file::catalogue(property))),
        None => Ok(()),
    }
}

fn plan(rows: &[Row], as_of: Option<Night>) -> Vec<Planned> {
    let mut plan: Vec<Planned> = Vec::with_capacity(rows.len() * 3);
    for (at, row) in rows.iter().enumerate() {
        plan.push((row.booked_on, Step::Book, at));
        match row.ending {
            Ending::CheckOut => {
                plan.push((row.stay.arrival, Step::CheckIn, at));
                plan.push((row.ended_on, Step::CheckOut, at));
            }
            Ending::Cancelled | Ending::NoShow => plan.push((row.ended_on, Step::End, at)),
        }
    }
    plan.retain(|planned| as_of.is_none_or(|as_of| planned.0 < as_of));
    plan.sort_unstable();
    plan
}

struct Replay<'a> {
    code: String,
    rows: &'a [Row],
    refused: Vec<bool>,
    summary: Summary,
    store: &'a Store,
}

impl Replay<'_> {
    /// An id from the property's code and what the command is; its time is the civil date's.
    fn id(&self, date: Night, what: &str, at: usize) -> CommandId {
        let mut hasher = Sha256::new();
        hasher.update(format!("{}/{at}/{what}", self.code));
        let hash = hasher.finalize();
        let mut random = [0; 10];
        random.copy_from_slice(&hash[..10]);
        let millis = u64::try_from(instant(date).millis()).unwrap_or(0);
        CommandId(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
    }

    /// A command of the file's row at that place: another row there is another request.
    fn row_envelope(&self, date: Night, what: &str, at: usize, command: Command) -> Envelope {
        let mut envelope = self.envelope(date, what, at, command);
        let mut hasher = Sha256::new();
        hasher.update(envelope.request_hash);
        hasher.update(self.rows[at].digest);
        envelope.request_hash = hasher.finalize().into();
        envelope
    }

    fn envelope(&self, date: Night, what: &str, at: usize, command: Command) -> Envelope {
        let command_id = self.id(date, what, at);
        Envelope {
            command_id,
            request_hash: Sha256::digest(format!("{}/{at}/{what}", self.code)).into(),
            request_id: command_id.0,
            actor: ACTOR.to_owned(),
            now: instant(date),
            if_version: None,
            override_text: None,
            command,
            reason: None,
            causation: None,
            gives_back: false,
            guests: Vec::new(),
            texts: Vec::new(),
        }
    }

    /// Makes the property and opens the nights that the bookings need.
    fn open(&self, new: &NewProperty, first: Night) -> Result<(), DeskError> {
        let (mut property, room_types) = property_file::domain(new);
        property.business_date = first;
        let nights = self.rows.iter().map(|row| row.stay);
        let from = nights
            .clone()
            .map(|stay| stay.arrival)
            .min()
            .unwrap_or(first);
        let to = nights
            .map(|stay| stay.departure.plus(1))
            .max()
            .unwrap_or(first.plus(1));
        let open = Command::OpenProperty {
            property,
            room_types,
        };
        // Dated alike whatever the first booking is, so that a longer replay finds it again.
        let epoch = new.business_date;
        let mut open = self.envelope(epoch, "open", 0, open);
        open.request_hash = Sha256::digest(format!("{new:?}")).into();
        // Named by its range: a file with later bookings opens later nights.
        let what = format!("nights {from} {to}");
        let nights = self.envelope(epoch, &what, 0, Command::OpenNights { from, to });
        let opened = self.store.write(|batch| {
            let opened = batch.apply(&open)?;
            if opened.result.is_err() {
                return Ok(opened);
            }
            batch.apply(&nights)
        })?;
        self.accepted(opened)
    }

    fn accepted(&self, applied: Applied) -> Result<(), DeskError> {
        match applied.result {
            Ok(_) => Ok(()),
            Err(refusal) => Err(self.stopped(refusal)?),
        }
    }

    /// A refusal that the data do not allow for.
    fn stopped(&self, refusal: Refusal) -> Result<DeskError, StoreError> {
        let catalogue = self.store.read(|reader| reader.catalogue())?;
        Ok(refused(refusal, &catalogue))
    }

    /// All commands of one civil date, in one commit.
    fn date(&mut self, date: Night, planned: &[Planned]) -> Result<(), DeskError> {
        let move_on = self.envelope(
            date,
            &format!("date {date}"),
            0,
            Command::SetBusinessDate { date },
        );
        let refusal = self.store.write(|batch| {
            batch.apply(&move_on)?;
            for planned in planned {
                if let Some(refusal) = self.step(batch, *planned)? {
                    return Ok(Some(refusal));
                }
            }
            Ok(None)
        })?;
        match refusal {
            Some(refusal) => Err(self.stopped(refusal)?),
            None => Ok(()),
        }
    }

    /// One command; gives a refusal that is not the want of rooms of a booking.
    fn step(
        &mut self,
        batch: &mut Batch<'_>,
        (date, step, at): Planned,
    ) -> Result<Option<Refusal>, StoreError> {
        if self.refused[at] {
            return Ok(None);
        }
        let row = &self.rows[at];
        let summary = &mut self.summary;
        let (what, count, transition) = match (step, row.ending) {
            (Step::Book, _) => return self.book(batch, date, at),
            (Step::CheckIn, _) => ("check-in", &mut summary.checked_in, Transition::CheckIn),
            (Step::End, Ending::NoShow) => ("no-show", &mut summary.no_show, Transition::NoShow),
            (Step::End, _) => ("cancel", &mut summary.cancelled, Transition::Cancel),
            (Step::CheckOut, _) => ("check-out", &mut summary.checked_out, Transition::CheckOut),
        };
        *count += 1;
        let booked = self.id(row.booked_on, "book", at);
        let id = ReservationId::derived(booked, 0);
        let ids = vec![StayReference {
            reservation: Reference::Id(id),
            stay: None,
        }];
        let command = Command::Transition {
            transition,
            ids,
            room: None,
            rooms: Vec::new(),
            reason: None,
        };
        let mut envelope = self.row_envelope(date, what, at, command);
        if transition == Transition::NoShow && self.rows[at].stay.arrival > date {
            rows::overrule(&mut envelope);
        }
        Ok(batch.apply(&envelope)?.result.err())
    }

    fn book(
        &mut self,
        batch: &mut Batch<'_>,
        date: Night,
        at: usize,
    ) -> Result<Option<Refusal>, StoreError> {
        let row = &self.rows[at];
        let id = self.id(date, "book", at);
        let guest = GuestId::derived(id, 0);
        let request = StayRequest {
            rooms: 1,
            ..row.stay
        };
        let reserve = Reserve {
            stays: vec![NewStay {
                cost: None,
                request,
                price: row.price,
                assigned: row.assigned,
            }],
            details: BookingDetails {
                guest: Some(guest),
                ..row.details.clone()
            },
            ..Reserve::default()
        };
        let mut envelope = self.row_envelope(date, "book", at, Command::Reserve(reserve));
        let name = names::of_row(at);
        envelope.guests.push(GuestRow {
            id: guest,
            name,
            phone: None,
            email: None,
        });
        match batch.apply(&envelope)?.result {
            Ok(_) => {
                self.summary.accepted += 1;
                self.summary.day_use += u64::from(row.stay.nights().is_empty());
                Ok(None)
            }
            Err(Refusal::NoAvailability { .. }) => {
                self.summary.refused += 1;
                self.refused[at] = true;
                Ok(None)
            }
            Err(other) => Ok(Some(other)),
        }
    }

    /// Sets the date on which the hotel stands in the end, and opens its horizon from there.
    fn close(&mut self, date: Night) -> Result<(), DeskError> {
        let what = format!("date {date}");
        let set = self.envelope(date, &what, 0, Command::SetBusinessDate { date });
        let to = date.plus(HORIZON_NIGHTS);
        let what = format!("horizon {date}");
        let open = self.envelope(date, &what, 0, Command::OpenNights { from: date, to });
        let sold = self.store.write(|batch| {
            batch.apply(&set)?;
            batch.apply(&open)?;
            batch.reader().room_nights_sold()
        })?;
        self.summary.room_nights_sold = sold;
        Ok(())
    }
}

fn instant(date: Night) -> Instant {
    Instant::from_millis((i64::from(date.day_number()) * 24 + HOUR) * 3_600_000)
}
