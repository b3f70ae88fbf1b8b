//! The list of reservations, in pages.
//!
//! A page goes on where the one before it ended, by the key that it is sorted by, so that a page costs
//! the same wherever it lies, and nobody is missed or listed twice while others write. Where a filter
//! names one date, or those who are in the house now, the few that match are read through its index and
//! put in order here; else the index of the order is walked.

use keyrack_inventory::ids::ReservationId;
use keyrack_inventory::{Night, StayStatus};
use rusqlite::types::Value;
use rusqlite::{Row, params_from_iter};
use sha2::{Digest, Sha256};

use super::lists::LATE;
use super::{Reader, search};
use crate::error::StoreError;
use crate::rows::uuid;

/// The longest stay: how far before a night an arrival may lie that covers it.
const LONGEST_STAY: i32 = keyrack_inventory::decide::LONGEST_STAY as i32;

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
    /// With a stay that touches a night from here on.
    pub from: Option<Night>,
    /// With a stay that begins before this night; with `from`, one stay that does both.
    pub to: Option<Night>,
    /// Arriving on this date, or late and expected on it.
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

/// A place in an order: the key, then the count in the number, then the number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    key: i64,
    serial: i64,
    number: String,
}

impl ReservationFilter {
    /// Whether the cursor is one that a page of this very filter and order gave, or there is none.
    pub fn goes_on(&self) -> bool {
        self.cursor.is_none() || self.place().is_some()
    }

    fn place(&self) -> Option<Place> {
        let mut parts = self.cursor.as_deref()?.splitn(4, '.');
        let (mark, key, serial) = (parts.next()?, parts.next()?, parts.next()?);
        let number = parts.next()?.to_owned();
        (mark == self.mark() && !number.is_empty()).then_some(Place {
            key: i64::from_str_radix(key, 36).ok()?,
            serial: i64::from_str_radix(serial, 36).ok()?,
            number,
        })
    }

    fn cursor_at(&self, place: &Place) -> String {
        let (key, serial) = (base36(place.key), base36(place.serial));
        format!("{}.{key}.{serial}.{}", self.mark(), place.number)
    }

    /// Names what is listed and in which order: a cursor of another list is none of this one.
    fn mark(&self) -> String {
        let asked = Self {
            limit: 0,
            cursor: None,
            ..self.clone()
        };
        let hash = Sha256::digest(format!("{asked:?}").as_bytes());
        hash[..5].iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

fn base36(number: i64) -> String {
    let mut left = number.unsigned_abs();
    let mut digits = Vec::new();
    while left > 0 || digits.is_empty() {
        let digit = u32::try_from(left % 36).unwrap_or(0);
        digits.extend(char::from_digit(digit, 36));
        left /= 36;
    }
    digits.extend((number < 0).then_some('-'));
    digits.iter().rev().collect()
}

impl Reader<'_> {
    /// A page of reservations.
    pub fn reservations(&self, filter: &ReservationFilter) -> Result<ReservationPage, StoreError> {
        let query = Query::new(filter, self.long_from(filter)?);
        let mut statement = self.prepare(&query.sql)?;
        let mut rows = statement.query(params_from_iter(query.values))?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(place_of(row)?);
        }
        let descends = query.order.descends;
        if query.unordered {
            found.sort_unstable_by(|one, other| one.0.cmp(&other.0));
            if descends {
                found.reverse();
            }
            if let Some(after) = filter.place() {
                found.retain(|(place, _)| (*place > after) != descends && *place != after);
            }
        }
        let limit = filter.limit as usize;
        let more = found.len() > limit;
        found.truncate(limit);
        let last = found.last().filter(|_| more);
        Ok(ReservationPage {
            next: last.map(|(place, _)| filter.cursor_at(place)),
            ids: found.into_iter().map(|(_, id)| id).collect(),
        })
    }

    /// The first arrival that a reservation may have and still be there from the filter's first night
    /// on. Nearly all reservations are no longer than the longest stay; the others have an index.
    fn long_from(&self, filter: &ReservationFilter) -> Result<Option<i32>, StoreError> {
        let Some(from) = filter.from else {
            return Ok(None);
        };
        let mut statement = self.prepare(
            "SELECT min(first_arrival) FROM reservation WHERE last_leaving - first_arrival > 366",
        )?;
        let long: Option<i32> = statement.query_row([], |row| row.get(0))?;
        let reach = from.day_number() - LONGEST_STAY;
        Ok(Some(long.map_or(reach, |long| long.min(reach))))
    }
}

fn place_of(row: &Row<'_>) -> Result<(Place, ReservationId), StoreError> {
    let place = Place {
        key: row.get(1)?,
        serial: row.get(2)?,
        number: row.get(3)?,
    };
    Ok((place, ReservationId(uuid(row, 0)?)))
}

/// An order: the column, its index, and whether it goes down.
struct Order {
    key: &'static str,
    index: &'static str,
    descends: bool,
}

impl Order {
    fn of(sort: ReservationSort) -> Self {
        let (key, index, descends) = match sort {
            ReservationSort::Newest => ("created_at", "reservation_newest", true),
            ReservationSort::HighestValue => ("total", "reservation_value", true),
            ReservationSort::Arrival => ("first_arrival", "reservation_arrival", false),
        };
        Self {
            key,
            index,
            descends,
        }
    }
}

/// The statement of a page.
struct Query {
    sql: String,
    values: Vec<Value>,
    order: Order,
    /// What matches is few, is read whole, and is put in order afterwards.
    unordered: bool,
}

/// Conditions with their values.
#[derive(Default)]
struct Conditions {
    sql: Vec<String>,
    values: Vec<Value>,
}

impl Conditions {
    /// Every `?` of the condition is the value.
    fn add(&mut self, condition: &str, value: impl Into<Value>) {
        self.values.push(value.into());
        let place = format!("?{}", self.values.len());
        self.sql.push(condition.replace('?', &place));
    }
}

impl Query {
    fn new(filter: &ReservationFilter, long_from: Option<i32>) -> Self {
        let order = Order::of(filter.sort);
        let mut conditions = Conditions::default();
        let few = narrow_to_few(filter, &mut conditions);
        narrow(filter, long_from, &mut conditions);
        let (mut source, mut rest) = ("reservation AS r".to_owned(), String::new());
        if !few {
            let Order { key, index, .. } = order;
            source.push_str(&format!(" INDEXED BY {index}"));
            let (word, compare) = if order.descends {
                ("DESC", "<")
            } else {
                ("ASC", ">")
            };
            if let Some(Place {
                key: at,
                serial,
                number,
            }) = filter.place()
            {
                let first = conditions.values.len() + 1;
                conditions
                    .values
                    .extend([at.into(), serial.into(), number.into()]);
                conditions.sql.push(format!(
                    "(r.{key}, r.serial, r.number) {compare} (?{first}, ?{}, ?{})",
                    first + 1,
                    first + 2
                ));
            }
            conditions
                .values
                .push(i64::from(filter.limit.saturating_add(1)).into());
            rest = format!(
                "ORDER BY r.{key} {word}, r.serial {word}, r.number {word} LIMIT ?{}",
                conditions.values.len()
            );
        }
        let conditions_sql = if conditions.sql.is_empty() {
            String::new()
        } else {
            format!("WHERE {}", conditions.sql.join(" AND "))
        };
        let key = order.key;
        Self {
            sql: format!(
                "SELECT r.id, r.{key}, r.serial, r.number FROM {source}
                 {conditions_sql} {rest}"
            ),
            values: conditions.values,
            order,
            unordered: few,
        }
    }
}

/// Conditions that few reservations meet, however many there are: on one date, or now.
fn narrow_to_few(filter: &ReservationFilter, conditions: &mut Conditions) -> bool {
    const OF_STAYS: &str = "r.id IN (SELECT reservation FROM stay WHERE ";
    let day = |night: Night| i64::from(night.day_number());
    if let Some(date) = filter.arriving {
        let late = LATE.replace("?1", "?");
        let condition = format!(
            "{OF_STAYS}arrival = ? UNION ALL SELECT s.reservation FROM stay AS s WHERE {late})"
        );
        conditions.add(&condition, day(date));
    }
    if let Some(date) = filter.departing {
        conditions.add(&format!("{OF_STAYS}leaves_on = ?)"), day(date));
    }
    if filter.in_house {
        let condition = format!("{OF_STAYS}status = 'checked_in')");
        conditions.sql.push(condition);
    }
    let passing = filter.status.and_then(|status| match status {
        StayStatus::Waitlisted
        | StayStatus::Tentative
        | StayStatus::NeedsConfirmation
        | StayStatus::CheckedIn => Some(status.as_str()),
        StayStatus::Confirmed
        | StayStatus::CheckedOut
        | StayStatus::Cancelled
        | StayStatus::NoShow => None,
    });
    if let Some(status) = passing {
        // In the statement itself: an index of few rows is used where its condition is seen to hold.
        conditions.sql.push(format!("r.status = '{status}'"));
    } else if let Some(status) = filter.status {
        conditions.add("r.status = ?", status.as_str().to_owned());
    }
    passing.is_some() || filter.in_house || filter.arriving.is_some() || filter.departing.is_some()
}

/// The other conditions.
fn narrow(filter: &ReservationFilter, long_from: Option<i32>, conditions: &mut Conditions) {
    let day = |night: Night| i64::from(night.day_number());
    if let Some(reach) = long_from {
        conditions.add("r.first_arrival > ?", i64::from(reach) - 1);
    }
    // What the order's index says is asked first, what the stays say of those that are left.
    let mut touches = Vec::new();
    if let Some(from) = filter.from {
        conditions.add("r.last_leaving >= ?", day(from));
        touches.push(format!(
            "(s.leaves_on > ?{0} OR s.arrival = s.leaves_on AND s.arrival >= ?{0})",
            conditions.values.len()
        ));
    }
    if let Some(to) = filter.to {
        conditions.add("r.first_arrival < ?", day(to));
        touches.push(format!("s.arrival < ?{}", conditions.values.len()));
    }
    if !touches.is_empty() {
        let touches = touches.join(" AND ");
        conditions.sql.push(format!(
            "EXISTS (SELECT 1 FROM stay AS s WHERE s.reservation = r.id AND {touches})"
        ));
    }
    if let Some(least) = filter.min_total {
        conditions.add("r.total >= ?", least);
    }
    if let Some(most) = filter.max_total {
        conditions.add("r.total <= ?", most);
    }
    if let Some(guest) = &filter.guest {
        let (condition, values) = search::condition(guest, conditions.values.len() + 1);
        conditions.sql.push(condition);
        conditions.values.extend(values);
    }
}
