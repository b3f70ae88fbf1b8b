//! Finding guests and their bookings by what people type: part of a name, a phone, an e-mail, a
//! number.

use std::cmp::Reverse;

use keyrack_inventory::ids::{GuestId, ReservationId};
use keyrack_inventory::{Night, ShortNumber, Stay, StayStatus};
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, Row, params};
use uuid::Uuid;

use super::{Person, Reader, StayEntry};
use crate::error::StoreError;
use crate::guest::question;
use crate::plan;
use crate::rows::{night_or_none, uuid};

/// Guests of a search whose bookings are looked at, the last ones first: more than that is no search
/// yet, but the beginning of one.
const MOST_GUESTS: i64 = 400;

/// Bookings whose number begins so, whose number elsewhere is this, or whose guest was found: the
/// first parameter is the number, the second what follows it, the third the text, the fourth the
/// question to the index.
const FOUND: &str = "SELECT id FROM reservation WHERE number >= ?1 AND number < ?2
    UNION ALL SELECT id FROM reservation WHERE external_number = ?3
    UNION ALL SELECT r.id FROM (SELECT rowid AS number FROM guest_search
        WHERE guest_search MATCH ?4 ORDER BY rowid DESC LIMIT ?5) AS f
    JOIN guest_row AS g ON g.number = f.number JOIN reservation AS r ON r.guest = g.guest";

/// A guest with what stands of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuestEntry {
    /// Identity.
    pub id: GuestId,
    /// Name, phone, e-mail.
    pub person: Person,
    /// How many bookings.
    pub reservations: u32,
    /// When the last stay ends or ended.
    pub last_departure: Option<Night>,
}

/// Which guests are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GuestFilter {
    /// Found by this text.
    pub find: Option<String>,
    /// Whose stays all ended before this date.
    pub gone_before: Option<Night>,
    /// At most so many.
    pub limit: u32,
}

/// A text of a guest's booking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuestText {
    /// Identity.
    pub id: Uuid,
    /// The text.
    pub body: String,
}

fn text(text: &str) -> Value {
    Value::from(text.to_owned())
}

/// A number as people type it, and the first text that does not begin with it.
fn number_range(typed: &str) -> (String, String) {
    let from = typed.trim().to_ascii_uppercase();
    let to = format!("{from}\u{10FFFF}");
    (from, to)
}

/// A question that the index answers with nothing.
const NOBODY: &str = "\"\u{1}\"";

/// Where a page of reservations is narrowed to a guest or a number, its condition, with the values
/// that it binds from the place `first` on.
pub(super) fn condition(typed: &str, first: usize) -> (String, [Value; 3]) {
    let (from, to) = number_range(typed);
    let asked = question(typed).unwrap_or_else(|| NOBODY.to_owned());
    let (second, third) = (first + 1, first + 2);
    let condition = format!(
        "(r.number >= ?{first} AND r.number < ?{second} AND ?{first} <> '' OR r.guest IN (
            SELECT w.guest FROM guest_search AS f JOIN guest_row AS w ON w.number = f.rowid
            WHERE guest_search MATCH ?{third}))"
    );
    (condition, [text(&from), text(&to), text(&asked)])
}

/// Whether a stay that should have come before is expected still.
fn is_late(stay: &Stay, today: Night) -> bool {
    let is_kept = stay.kept_on.is_some_and(|night| night.plus(1) >= today);
    stay.arrival < today && is_kept
}

/// How soon somebody at the desk has to do with a stay: less is sooner.
fn nearness(stay: &Stay, today: Night) -> (u8, i32) {
    let arrival = stay.arrival.day_number();
    match stay.status {
        StayStatus::CheckedIn => (0, arrival),
        status if status.is_open() && (stay.arrival == today || is_late(stay, today)) => {
            (0, arrival)
        }
        status if status.is_open() && stay.arrival > today => (1, arrival),
        _ => (2, -arrival),
    }
}

impl Reader<'_> {
    /// Stays whose guest's name, phone or e-mail has the words, or whose number begins so: the one
    /// with just this number, who is in the house or comes on `today`, who comes later by date, and
    /// then what is over, the latest first.
    pub fn find_stays(
        &self,
        typed: &str,
        limit: u32,
        today: Night,
    ) -> Result<Vec<StayEntry>, StoreError> {
        let (from, to) = number_range(typed);
        if from.is_empty() {
            return Ok(Vec::new());
        }
        let asked = question(typed).unwrap_or_else(|| NOBODY.to_owned());
        let mut found = self.entries(
            &format!("WHERE s.reservation IN ({FOUND})"),
            &[
                text(&from),
                text(&to),
                text(typed.trim()),
                text(&asked),
                Value::from(MOST_GUESTS),
            ],
        )?;
        // As few as a search finds are put in order here.
        found.sort_by_cached_key(|entry| {
            let number = entry.number.as_str();
            let place = (number.to_owned(), entry.stay.stay);
            (number != from, nearness(&entry.stay, today), place)
        });
        found.truncate(limit as usize);
        Ok(found)
    }

    /// The guest of this id, or of the reservation of this number. An erased one is still known.
    pub fn guest_named(&self, typed: &str) -> Result<Option<GuestId>, StoreError> {
        let sql = match Uuid::parse_str(typed.trim()) {
            Ok(id) => {
                let mut statement = self.prepare(
                    "SELECT id FROM guest WHERE id = ?1
                     UNION ALL SELECT guest FROM reservation WHERE id = ?1
                     UNION ALL SELECT guest FROM reservation WHERE guest = ?1 LIMIT 1",
                )?;
                statement
                    .query_row(params![id.as_bytes()], |row| row.get(0))
                    .optional()?
            }
            Err(_) => {
                let number = typed.trim().to_ascii_uppercase();
                let mut statement =
                    self.prepare("SELECT guest FROM reservation WHERE number = ?1")?;
                statement.query_row([number], |row| row.get(0)).optional()?
            }
        };
        let bytes: Option<Vec<u8>> = sql.flatten();
        let id = bytes.map(|bytes| Uuid::from_slice(&bytes)).transpose();
        let id = id.map_err(|error| StoreError::damaged("an id", error))?;
        Ok(id.map(GuestId))
    }

    /// The bookings of a guest, by number.
    pub fn reservations_of(
        &self,
        guest: GuestId,
    ) -> Result<Vec<(ReservationId, ShortNumber)>, StoreError> {
        let mut statement = self.prepare("SELECT id, number FROM reservation WHERE guest = ?1")?;
        let mut rows = statement.query(params![guest.0.as_bytes()])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let number = crate::rows::parsed(row, 1, "reservation")?;
            found.push((ReservationId(uuid(row, 0)?), number));
        }
        found.sort_by(|(_, one): &(_, ShortNumber), (_, other)| one.cmp(other));
        Ok(found)
    }

    /// Guests who are not erased, the last one first.
    pub fn guests(&self, filter: &GuestFilter) -> Result<Vec<GuestEntry>, StoreError> {
        let asked = filter.find.as_deref().map(question);
        let asked = asked.map(|asked| asked.unwrap_or_else(|| NOBODY.to_owned()));
        let number = filter.find.as_deref().map(|typed| number_range(typed).0);
        let gone_before = filter.gone_before.map(Night::day_number);
        // Found through the index, or gone through from the last one on.
        let (found, order) = if asked.is_some() {
            let found = "g.id IN (SELECT w.guest FROM guest_search AS f
                JOIN guest_row AS w ON w.number = f.rowid WHERE guest_search MATCH ?1
                UNION ALL SELECT guest FROM reservation WHERE number = ?2)";
            (found, "")
        } else {
            let walk = "?1 IS NULL AND ?2 IS NULL";
            (walk, "ORDER BY g.id DESC LIMIT ?4")
        };
        let sql = format!(
            "SELECT g.id, g.name, g.phone, g.email,
                (SELECT count(*) FROM reservation AS r WHERE r.guest = g.id),
                (SELECT max(s.leaves_on) FROM reservation AS r
                    JOIN stay AS s ON s.reservation = r.id WHERE r.guest = g.id) AS last
             FROM guest AS g
             WHERE {found} AND NOT EXISTS (SELECT 1 FROM erased AS e WHERE e.id = g.id)
               AND EXISTS (SELECT 1 FROM reservation AS r WHERE r.guest = g.id)
               AND (?3 IS NULL OR last < ?3 AND NOT EXISTS (SELECT 1 FROM reservation AS r
                    JOIN stay AS s ON s.reservation = r.id WHERE r.guest = g.id AND s.status IN
                    ('waitlisted', 'tentative', 'needs_confirmation', 'confirmed', 'checked_in')))
               AND ?4 >= 0 {order}"
        );
        let mut statement = match asked {
            Some(_) => self.prepare(&sql)?,
            None => plan::prepare_whole(self.connection, &sql)?,
        };
        let mut rows = statement.query(params![asked, number, gone_before, filter.limit])?;
        let mut guests = Vec::new();
        while let Some(row) = rows.next()? {
            guests.push(guest_entry(row)?);
        }
        guests.sort_by_key(|guest: &GuestEntry| Reverse(guest.id));
        guests.truncate(filter.limit as usize);
        Ok(guests)
    }
}

fn guest_entry(row: &Row<'_>) -> Result<GuestEntry, StoreError> {
    Ok(GuestEntry {
        id: GuestId(uuid(row, 0)?),
        person: Person {
            name: row.get(1)?,
            phone: row.get(2)?,
            email: row.get(3)?,
        },
        reservations: row.get(4)?,
        last_departure: night_or_none(row, 5)?,
    })
}
