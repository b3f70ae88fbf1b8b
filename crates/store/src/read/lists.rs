//! Stays, holds and outages as lists.
//!
//! Each is as long as a house is large on a day, so what is found through an index is put in order here.

use keyrack_inventory::ids::{HoldId, OutageId, ReservationId};
use keyrack_inventory::model::{Hold, HoldStatus, Outage};
use keyrack_inventory::{Instant, Night, RoomTypeCode, ShortNumber, Stay};
use rusqlite::types::Value;
use rusqlite::{Row, params_from_iter};

use super::Reader;
use crate::error::StoreError;
use crate::rows::{
    HOLD, HOLD_COLUMNS, OUTAGE, hold, id_of_number, outage, parsed, parsed_or_none, stay, uuid,
};

/// The longest stay: how far before a night an arrival may lie that covers it.
const LONGEST_STAY: i32 = keyrack_inventory::decide::LONGEST_STAY as i32;

/// Nights of a stay that is not long; the index of long ones says the same number.
const MONTH: i32 = 31;

/// A stay in a list, with what a clerk wants to see beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StayEntry {
    /// The reservation.
    pub reservation: ReservationId,
    /// Its number.
    pub number: ShortNumber,
    /// How many stays it has.
    pub stays: u32,
    /// The guest's name.
    pub guest: String,
    /// Adults.
    pub adults: u16,
    /// Children.
    pub children: u16,
    /// Meal plan.
    pub meal: Option<String>,
    /// Where it came from.
    pub source: Option<String>,
    /// The stay; nights that were moved are not listed here.
    pub stay: Stay,
}

/// A hold in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoldEntry {
    /// The hold.
    pub hold: Hold,
    /// For whom or what.
    pub reference: Option<String>,
}

/// An outage in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutageEntry {
    /// The outage.
    pub outage: Outage,
    /// Why.
    pub reason: Option<String>,
}

const COLUMNS: &str = "SELECT s.reservation, r.number,
    (SELECT count(*) FROM stay AS o WHERE o.reservation = r.id), coalesce(g.name, ''), r.adults,
    r.children, r.meal, r.source, s.stay, s.room_type, s.arrival, s.departure, s.status,
    s.status_before, s.checked_in_on, s.checked_out_on, s.freed_from, s.assigned, s.room, s.price,
    s.option_until, s.takes_none, s.kept_on, s.allotment, s.cost,
    s.ending, s.kept_from";
/// The column after those.
const MOVED_TO: usize = 27;
/// Of a stay whose guest is late: it was decided that the guest is expected still, at the end of each date from that of
/// the arrival, or from when on a reinstatement expects the guest again, to the one that is noted; so that it was, or
/// is, expected on each date up to the one after. No stay is longer than 366 nights.
pub(super) const LATE: &str = "s.kept_on BETWEEN ?1 - 1 AND ?1 + 366 AND +s.arrival < ?1
    AND +coalesce(s.kept_from, s.arrival) <= ?1";
const JOINED: &str = "JOIN reservation AS r ON r.id = s.reservation
    LEFT JOIN guest AS g ON g.id = r.guest";
impl Reader<'_> {
    pub(super) fn entries(
        &self,
        rest: &str,
        values: &[Value],
    ) -> Result<Vec<StayEntry>, StoreError> {
        let mut statement = self.prepare(&format!("{COLUMNS} FROM stay AS s {JOINED} {rest}"))?;
        let mut rows = statement.query(params_from_iter(values))?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(entry(row)?);
        }
        Ok(found)
    }

    /// Stays that take a room on the night, of one type or of the whole house, each with the type
    /// whose room it takes; by arrival and number.
    pub fn stays_on(
        &self,
        code: Option<RoomTypeCode>,
        night: Night,
    ) -> Result<Vec<(RoomTypeCode, StayEntry)>, StoreError> {
        let day = Value::from(night.day_number());
        let of = |table: &str, parameter: u32| match code {
            Some(_) => format!("{table}.room_type = ?{parameter}"),
            None => format!("{table}.room_type IN (SELECT code FROM room_type)"),
        };
        let code = code.map(|code| text(code.as_str()));
        let mut values = vec![day.clone()];
        values.extend(code.clone());
        let own = self.over(
            &format!(
                "{} AND s.status IN ('tentative', 'confirmed', 'checked_in', 'checked_out')
                   AND NOT EXISTS (SELECT 1 FROM moved_night AS m
                       WHERE m.reservation = s.reservation AND m.stay = s.stay AND m.night = ?1)",
                of("s", 2)
            ),
            &values,
        )?;
        let mut found: Vec<(RoomTypeCode, StayEntry)> = own
            .into_iter()
            .map(|entry| (entry.stay.room_type, entry))
            .collect();
        let sql = format!(
            "{}, m.room_type FROM moved_night AS m
             JOIN stay AS s ON s.reservation = m.reservation AND s.stay = m.stay {JOINED}
             WHERE {} AND m.night = ?1 AND s.leaves_on > ?1
               AND s.status IN ('tentative', 'confirmed', 'checked_in', 'checked_out')",
            COLUMNS,
            of("m", 2)
        );
        let mut values = vec![day];
        values.extend(code);
        let mut statement = self.prepare(&sql)?;
        let mut rows = statement.query(params_from_iter(values))?;
        while let Some(row) = rows.next()? {
            found.push((parsed(row, MOVED_TO, "moved_night")?, entry(row)?));
        }
        found.sort_by(|(_, one), (_, other)| by_arrival(one).cmp(&by_arrival(other)));
        Ok(found)
    }

    /// Stays over a night, the first value, of which something else holds as well. A stay may be a year
    /// long, but few are: those of more than a month have an index of their own.
    fn over(&self, also: &str, values: &[Value]) -> Result<Vec<StayEntry>, StoreError> {
        let mut found = self.entries(
            &format!(
                "WHERE s.arrival > ?1 - {MONTH} AND s.arrival <= ?1 AND s.leaves_on > ?1 AND {also}"
            ),
            values,
        )?;
        let sql = format!(
            "{COLUMNS} FROM stay AS s INDEXED BY stay_long {JOINED}
             WHERE s.leaves_on - s.arrival > {MONTH} AND s.arrival > ?1 - {LONGEST_STAY}
               AND s.arrival <= ?1 - {MONTH} AND s.leaves_on > ?1 AND {also}"
        );
        let mut statement = self.prepare(&sql)?;
        let mut rows = statement.query(params_from_iter(values))?;
        while let Some(row) = rows.next()? {
            found.push(entry(row)?);
        }
        Ok(found)
    }

    /// Stays that arrive on the date, by number; those too whose guests should have come before and are expected on
    /// it still.
    pub fn arrivals(&self, date: Night) -> Result<Vec<StayEntry>, StoreError> {
        let day = [Value::from(date.day_number())];
        let mut found = self.entries("WHERE s.arrival = ?1 AND s.status <> 'cancelled'", &day)?;
        found.extend(self.entries(&format!("WHERE {LATE} AND s.status <> 'cancelled'"), &day)?);
        found.sort_by(|one, other| by_number(one).cmp(&by_number(other)));
        Ok(found)
    }

    /// Stays that leave on the date, by number.
    pub fn departures(&self, date: Night) -> Result<Vec<StayEntry>, StoreError> {
        self.numbered(
            "WHERE s.leaves_on = ?1
               AND s.status IN ('tentative', 'confirmed', 'checked_in', 'checked_out')",
            &[Value::from(date.day_number())],
        )
    }

    /// Stays whose guests are or were in the house over the night, by number.
    pub fn in_house(&self, night: Night) -> Result<Vec<StayEntry>, StoreError> {
        let mut found = self.over(
            "s.room_type IN (SELECT code FROM room_type)
               AND s.status IN ('checked_in', 'checked_out')",
            &[Value::from(night.day_number())],
        )?;
        found.sort_by(|one, other| by_number(one).cmp(&by_number(other)));
        Ok(found)
    }

    fn numbered(&self, rest: &str, values: &[Value]) -> Result<Vec<StayEntry>, StoreError> {
        let mut found = self.entries(rest, values)?;
        found.sort_by(|one, other| by_number(one).cmp(&by_number(other)));
        Ok(found)
    }

    /// Holds, active ones alone or all of them, the earliest end first.
    pub fn holds(&self, now: Instant, all: bool) -> Result<Vec<HoldEntry>, StoreError> {
        let which = if all {
            "INDEXED BY hold_by_expiry LEFT JOIN free_text AS t ON t.id = h.reference
             WHERE ?1 IS NOT NULL ORDER BY h.expires_at, h.id"
        } else {
            "LEFT JOIN free_text AS t ON t.id = h.reference
             WHERE h.status = 'active' AND h.expires_at > ?1 ORDER BY h.expires_at, h.id"
        };
        self.holds_of(which, &[Value::from(now.millis())], now)
    }

    /// A hold, as it is at present.
    pub fn hold(&self, id: HoldId, now: Instant) -> Result<Option<HoldEntry>, StoreError> {
        let which = "LEFT JOIN free_text AS t ON t.id = h.reference WHERE h.id = ?1";
        let id = Value::from(id.0.as_bytes().to_vec());
        Ok(self.holds_of(which, &[id], now)?.pop())
    }

    fn holds_of(
        &self,
        which: &str,
        values: &[Value],
        now: Instant,
    ) -> Result<Vec<HoldEntry>, StoreError> {
        let sql = format!("SELECT {HOLD}, t.body FROM hold AS h {which}");
        let mut statement = self.prepare(&sql)?;
        let mut rows = statement.query(params_from_iter(values))?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let mut hold = hold(row)?;
            if hold.status == HoldStatus::Active && !hold.is_live(now) {
                hold.status = HoldStatus::Expired;
            }
            let reference = row.get(HOLD_COLUMNS)?;
            found.push(HoldEntry { hold, reference });
        }
        let mut kept = self.hold_stays(found.iter().map(|entry| entry.hold.id))?;
        for entry in &mut found {
            entry.hold.stays = kept.remove(&entry.hold.id).unwrap_or_default();
        }
        Ok(found)
    }

    /// Outages that end after the date, by their first night.
    pub fn outages(&self, after: Option<Night>) -> Result<Vec<OutageEntry>, StoreError> {
        // Of those that have not ended none was taken back before it began.
        let which = match after {
            Some(_) => "WHERE o.back_on > ?1 AND o.back_on > o.from_night",
            None => "WHERE o.back_on > ?1",
        };
        let after = after.map_or(i32::MIN, Night::day_number);
        let mut found = self.outages_of(which, &Value::from(after))?;
        found.sort_by(|one, other| {
            let key = |entry: &OutageEntry| (entry.outage.from, entry.outage.number.count());
            key(one).cmp(&key(other))
        });
        Ok(found)
    }

    /// The hold of a number.
    pub fn hold_named(&self, number: &ShortNumber) -> Result<Option<HoldId>, StoreError> {
        Ok(id_of_number(self.connection(), "hold", number.as_str())?.map(HoldId))
    }

    /// An outage, as it is at present.
    pub fn outage(&self, id: OutageId) -> Result<Option<OutageEntry>, StoreError> {
        let id = Value::from(id.0.as_bytes().to_vec());
        Ok(self.outages_of("WHERE o.id = ?1", &id)?.pop())
    }

    fn outages_of(&self, which: &str, value: &Value) -> Result<Vec<OutageEntry>, StoreError> {
        let columns: Vec<String> = OUTAGE.split(", ").map(|name| format!("o.{name}")).collect();
        let sql = format!(
            "SELECT {}, t.body FROM outage AS o LEFT JOIN free_text AS t ON t.id = o.reason {which}",
            columns.join(", ")
        );
        let mut statement = self.prepare(&sql)?;
        let mut rows = statement.query([value])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(OutageEntry {
                outage: outage(row)?,
                reason: row.get(columns.len())?,
            });
        }
        Ok(found)
    }
}

fn entry(row: &Row<'_>) -> Result<StayEntry, StoreError> {
    Ok(StayEntry {
        reservation: ReservationId(uuid(row, 0)?),
        number: parsed(row, 1, "reservation")?,
        stays: row.get(2)?,
        guest: row.get(3)?,
        adults: row.get(4)?,
        children: row.get(5)?,
        meal: parsed_or_none(row, 6, "reservation")?,
        source: parsed_or_none(row, 7, "reservation")?,
        stay: stay(row, 8)?,
    })
}

fn by_number(entry: &StayEntry) -> (u64, &str, u16) {
    (entry.number.count(), entry.number.as_str(), entry.stay.stay)
}

pub(super) fn by_arrival(entry: &StayEntry) -> (Night, (u64, &str, u16)) {
    (entry.stay.arrival, by_number(entry))
}

fn text(text: &str) -> Value {
    Value::from(text.to_owned())
}
