//! Bookings, holds and outages as lists.

use keyrack_inventory::ids::{HoldId, ReservationId};
use keyrack_inventory::model::{Hold, HoldStatus, Outage};
use keyrack_inventory::{Instant, Night, RoomTypeCode, ShortNumber, Stay, StayStatus, TextId};
use rusqlite::types::Value;
use rusqlite::{params, params_from_iter};

use super::{Reader, search};
use crate::error::StoreError;
use crate::rows::{OUTAGE, load_hold, outage, parsed, parsed_or_none, stay, uuid};

/// The longest stay: how far before a night an arrival may lie that covers it.
const LONGEST_STAY: i32 = keyrack_inventory::decide::LONGEST_STAY as i32;

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

/// How a list of reservations is sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReservationSort {
    /// The last one made first.
    #[default]
    Newest,
    /// The highest total price first.
    HighestValue,
    /// By arrival.
    Arrival,
}

/// Which reservations are listed; what is not given does not narrow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReservationFilter {
    /// Stays that touch a night from here on.
    pub from: Option<Night>,
    /// Stays that begin before this night.
    pub to: Option<Night>,
    /// Arriving on this date.
    pub arriving: Option<Night>,
    /// Departing on this date.
    pub departing: Option<Night>,
    /// In the house now.
    pub in_house: bool,
    /// Of this status.
    pub status: Option<StayStatus>,
    /// Part of the guest's name, or of the number.
    pub guest: Option<String>,
    /// At least this total, in minor units.
    pub min_total: Option<i64>,
    /// At most this total, in minor units.
    pub max_total: Option<i64>,
    /// In which order.
    pub sort: ReservationSort,
    /// At most so many.
    pub limit: u32,
    /// Where the page before ended.
    pub cursor: Option<String>,
}

/// A page of reservations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReservationPage {
    /// Their ids, in order.
    pub ids: Vec<ReservationId>,
    /// Where the next page begins; nothing where this is the last.
    pub next: Option<String>,
}

const ENTRY: &str = "SELECT s.reservation, r.number,
    (SELECT count(*) FROM stay AS o WHERE o.reservation = r.id), coalesce(g.name, ''), r.adults,
    r.children, r.meal, r.source, s.stay, s.room_type, s.arrival, s.departure, s.status,
    s.status_before, s.checked_in_on, s.checked_out_on, s.freed_from, s.assigned, s.room, s.price,
    s.option_until, s.takes_none, s.kept_on, s.allotment, s.cost
    FROM stay AS s JOIN reservation AS r ON r.id = s.reservation
    LEFT JOIN guest AS g ON g.id = r.guest";

impl Reader<'_> {
    pub(super) fn entries(
        &self,
        rest: &str,
        values: &[Value],
    ) -> Result<Vec<StayEntry>, StoreError> {
        let sql = format!("{ENTRY} {rest}");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(values))?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(StayEntry {
                reservation: ReservationId(uuid(row, 0)?),
                number: parsed(row, 1, "reservation")?,
                stays: row.get(2)?,
                guest: row.get(3)?,
                adults: row.get(4)?,
                children: row.get(5)?,
                meal: parsed_or_none(row, 6, "reservation")?,
                source: parsed_or_none(row, 7, "reservation")?,
                stay: stay(row, 8)?,
            });
        }
        Ok(found)
    }

    /// Stays that take a room of the type on the night, by number.
    pub fn stays_on(&self, code: RoomTypeCode, night: Night) -> Result<Vec<StayEntry>, StoreError> {
        let day = night.day_number();
        let own = self.entries(
            "WHERE s.room_type = ?1 AND s.arrival > ?2 - ?3 AND s.arrival <= ?2 AND s.leaves_on > ?2
               AND s.status IN ('tentative', 'confirmed', 'checked_in', 'checked_out')
               AND NOT EXISTS (SELECT 1 FROM moved_night AS m WHERE m.reservation = s.reservation
                   AND m.stay = s.stay AND m.night = ?2)
             ORDER BY s.arrival, r.number",
            &[text(code.as_str()), Value::from(day), Value::from(LONGEST_STAY)],
        )?;
        let moved = self.entries(
            "JOIN moved_night AS m ON m.reservation = s.reservation AND m.stay = s.stay
             WHERE m.room_type = ?1 AND m.night = ?2 AND s.leaves_on > ?2
               AND s.status IN ('tentative', 'confirmed', 'checked_in', 'checked_out')
             ORDER BY s.arrival, r.number",
            &[text(code.as_str()), Value::from(day)],
        )?;
        Ok(own.into_iter().chain(moved).collect())
    }

    /// Stays that arrive on the date.
    pub fn arrivals(&self, date: Night) -> Result<Vec<StayEntry>, StoreError> {
        self.entries(
            "WHERE s.room_type IN (SELECT code FROM room_type) AND s.arrival = ?1
               AND s.status <> 'cancelled' ORDER BY r.number, s.stay",
            &[Value::from(date.day_number())],
        )
    }

    /// Stays that leave on the date.
    pub fn departures(&self, date: Night) -> Result<Vec<StayEntry>, StoreError> {
        self.entries(
            "WHERE s.leaves_on = ?1
               AND s.status IN ('tentative', 'confirmed', 'checked_in', 'checked_out')
             ORDER BY r.number, s.stay",
            &[Value::from(date.day_number())],
        )
    }

    /// Stays whose guests are or were in the house over the night.
    pub fn in_house(&self, night: Night) -> Result<Vec<StayEntry>, StoreError> {
        self.entries(
            "WHERE s.room_type IN (SELECT code FROM room_type)
               AND s.arrival > ?1 - ?2 AND s.arrival <= ?1 AND s.leaves_on > ?1
               AND s.status IN ('checked_in', 'checked_out') ORDER BY r.number, s.stay",
            &[Value::from(night.day_number()), Value::from(LONGEST_STAY)],
        )
    }

    /// Holds, active ones alone or all of them, the earliest end first.
    pub fn holds(&self, now: Instant, all: bool) -> Result<Vec<HoldEntry>, StoreError> {
        let sql = if all {
            "SELECT id FROM hold WHERE ?1 IS NOT NULL ORDER BY expires_at, number"
        } else {
            "SELECT id FROM hold WHERE status = 'active' AND expires_at > ?1
             ORDER BY expires_at, number"
        };
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query(params![now.millis()])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let Some(mut hold) = load_hold(self.connection, HoldId(uuid(row, 0)?))? else {
                continue;
            };
            if hold.status == HoldStatus::Active && !hold.is_live(now) {
                hold.status = HoldStatus::Expired;
            }
            let reference = self.text(hold.reference)?;
            found.push(HoldEntry { hold, reference });
        }
        Ok(found)
    }

    /// Outages that end after the date.
    pub fn outages(&self, after: Option<Night>) -> Result<Vec<OutageEntry>, StoreError> {
        let sql = format!(
            "SELECT {OUTAGE} FROM outage WHERE back_on > coalesce(?1, -2147483648)
               AND back_on > from_night ORDER BY from_night, number"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query([after.map(Night::day_number)])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let outage = outage(row)?;
            let reason: Option<TextId> = outage.reason;
            found.push(OutageEntry {
                reason: self.text(reason)?,
                outage,
            });
        }
        Ok(found)
    }

    /// A page of reservations.
    pub fn reservations(&self, filter: &ReservationFilter) -> Result<ReservationPage, StoreError> {
        let (sql, mut values) = page_query(filter);
        values.push(Value::from(filter.limit.saturating_add(1)));
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(values))?;
        let mut page = ReservationPage::default();
        let mut last: Option<(i64, String)> = None;
        while let Some(row) = rows.next()? {
            if page.ids.len() == filter.limit as usize {
                page.next = last.map(|(key, number)| format!("{key}.{number}"));
                break;
            }
            page.ids.push(ReservationId(uuid(row, 0)?));
            last = Some((row.get(2)?, row.get(1)?));
        }
        Ok(page)
    }
}

fn text(text: &str) -> Value {
    Value::from(text.to_owned())
}

const TOTAL: &str = "(SELECT coalesce(sum(t.price * (t.leaves_on - t.arrival)), 0)
    FROM stay AS t WHERE t.reservation = r.id)";

/// The statement of a page. The key by which it is sorted, with the number, is its cursor.
fn page_query(filter: &ReservationFilter) -> (String, Vec<Value>) {
    let (key, order, compare) = match filter.sort {
        ReservationSort::Newest => ("r.created_at".to_owned(), "DESC", "<"),
        ReservationSort::HighestValue => (TOTAL.to_owned(), "DESC", "<"),
        ReservationSort::Arrival => {
            let first = "(SELECT min(t.arrival) FROM stay AS t WHERE t.reservation = r.id)";
            (first.to_owned(), "ASC", ">")
        }
    };
    let mut conditions = vec!["1".to_owned()];
    let mut values: Vec<Value> = Vec::new();
    let mut bind = |condition: &str, value: Value| {
        values.push(value);
        conditions.push(condition.replace('?', &format!("?{}", values.len())));
    };
    let exists = |inner: &str| {
        format!("EXISTS (SELECT 1 FROM stay AS s WHERE s.reservation = r.id AND {inner})")
    };
    let day = |night: Night| Value::from(night.day_number());
    if let Some(from) = filter.from {
        bind(
            &exists("(s.leaves_on > ? OR s.arrival = s.leaves_on AND s.arrival >= ?)"),
            day(from),
        );
    }
    if let Some(to) = filter.to {
        bind(&exists("s.arrival < ?"), day(to));
    }
    if let Some(date) = filter.arriving {
        bind(&exists("s.arrival = ?"), day(date));
    }
    if let Some(date) = filter.departing {
        bind(&exists("s.leaves_on = ?"), day(date));
    }
    if filter.in_house {
        bind(&exists("s.status = ?"), text("checked_in"));
    }
    if let Some(status) = filter.status {
        bind("r.status = ?", text(status.as_str()));
    }
    if let Some(least) = filter.min_total {
        bind(&format!("{TOTAL} >= ?"), Value::from(least));
    }
    if let Some(most) = filter.max_total {
        bind(&format!("{TOTAL} <= ?"), Value::from(most));
    }
    if let Some(guest) = &filter.guest {
        let (condition, bound) = search::condition(guest, values.len() + 1);
        conditions.push(condition);
        values.extend(bound);
    }
    let cursor = filter
        .cursor
        .as_deref()
        .and_then(|cursor| cursor.split_once('.'));
    if let Some((at, number)) = cursor {
        let at = Value::from(at.parse::<i64>().unwrap_or(0));
        values.push(at);
        values.push(text(number));
        let (first, second) = (values.len() - 1, values.len());
        conditions.push(format!("({key}, r.number) {compare} (?{first}, ?{second})"));
    }
    let limit = values.len() + 1;
    let conditions = conditions.join(" AND ");
    let sql = format!(
        "SELECT r.id, r.number, {key} FROM reservation AS r LEFT JOIN guest AS g ON g.id = r.guest
         WHERE {conditions} ORDER BY 3 {order}, r.number {order} LIMIT ?{limit}"
    );
    (sql, values)
}
