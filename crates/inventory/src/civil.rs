//! Civil dates and instants.
//!
//! A *night* is the civil date on which it begins. It has no time zone, so that a daylight-saving
//! change can neither lose nor repeat one. Instants are UTC. Neither is ever read from a clock in
//! this crate: the caller passes both in.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, Days, NaiveDate, SecondsFormat, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A civil date that names the night beginning on it, as days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Night(i32);

/// Days from 0001-01-01 (chrono's day 1) to 1970-01-01.
const EPOCH_FROM_CE: i32 = 719_163;

/// The text is no date of the form `YYYY-MM-DD`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a date of the form YYYY-MM-DD")]
pub struct NotADate(pub String);

impl Night {
    /// The night of a day number counted from 1970-01-01, where it lies in the years 1 to 9999.
    pub fn from_day_number(day: i32) -> Option<Self> {
        let date = NaiveDate::from_num_days_from_ce_opt(day.checked_add(EPOCH_FROM_CE)?)?;
        (1..=9999).contains(&date.year()).then_some(Self(day))
    }

    /// Days since 1970-01-01.
    pub fn day_number(self) -> i32 {
        self.0
    }

    /// The night `days` later (earlier where negative).
    pub fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// Nights from `self` to `other`; negative where `other` is earlier.
    pub fn nights_until(self, other: Self) -> i32 {
        other.0.saturating_sub(self.0)
    }

    /// The date in chrono's terms.
    pub fn date(self) -> NaiveDate {
        let epoch = NaiveDate::from_num_days_from_ce_opt(EPOCH_FROM_CE).unwrap_or_default();
        let days = u64::from(self.0.unsigned_abs());
        let shifted = if self.0 < 0 {
            epoch.checked_sub_days(Days::new(days))
        } else {
            epoch.checked_add_days(Days::new(days))
        };
        shifted.unwrap_or(NaiveDate::MAX)
    }
}

impl From<NaiveDate> for Night {
    fn from(date: NaiveDate) -> Self {
        Self(date.num_days_from_ce() - EPOCH_FROM_CE)
    }
}

impl FromStr for Night {
    type Err = NotADate;

    fn from_str(text: &str) -> Result<Self, NotADate> {
        let bytes = text.as_bytes();
        let well_formed = bytes.len() == 10
            && bytes.iter().enumerate().all(|(at, byte)| match at {
                4 | 7 => *byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        let number =
            |from: usize, to: usize| text.get(from..to).and_then(|s| s.parse::<u32>().ok());
        let date = match (well_formed, number(0, 4), number(5, 7), number(8, 10)) {
            (true, Some(year @ 1..), Some(month), Some(day)) => i32::try_from(year)
                .ok()
                .and_then(|year| NaiveDate::from_ymd_opt(year, month, day)),
            _ => None,
        };
        date.map(Self::from)
            .ok_or_else(|| NotADate(text.to_owned()))
    }
}

impl fmt::Display for Night {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = self.date();
        write!(
            f,
            "{:04}-{:02}-{:02}",
            date.year(),
            date.month(),
            date.day()
        )
    }
}

impl Serialize for Night {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Night {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

/// A half-open range of nights: `from` is in it, `to` is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NightRange {
    /// The first night.
    pub from: Night,
    /// The night after the last.
    pub to: Night,
}

impl NightRange {
    /// The range from `from` up to, and without, `to`.
    pub fn new(from: Night, to: Night) -> Self {
        Self { from, to }
    }

    /// How many nights; 0 where the range is empty or reversed.
    pub fn len(self) -> u32 {
        u32::try_from(self.from.nights_until(self.to)).unwrap_or(0)
    }

    /// Whether no night lies in it.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Whether the night lies in it.
    pub fn contains(self, night: Night) -> bool {
        self.from <= night && night < self.to
    }

    /// Its nights, in order.
    pub fn iter(self) -> impl DoubleEndedIterator<Item = Night> + Clone {
        (self.from.0..self.to.0.max(self.from.0)).map(Night)
    }
}

impl fmt::Display for NightRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.from, self.to)
    }
}

/// A point in time, UTC, in milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(i64);

/// The text is no RFC 3339 instant.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not an instant of the form 2026-12-24T18:00:00Z")]
pub struct NotAnInstant(pub String);

impl Instant {
    /// The instant of a count of milliseconds since 1970-01-01T00:00:00Z.
    pub fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub fn millis(self) -> i64 {
        self.0
    }

    /// The instant `minutes` later.
    pub fn plus_minutes(self, minutes: u32) -> Self {
        Self(self.0.saturating_add(i64::from(minutes) * 60_000))
    }
}

impl FromStr for Instant {
    type Err = NotAnInstant;

    fn from_str(text: &str) -> Result<Self, NotAnInstant> {
        DateTime::parse_from_rfc3339(text)
            .map(|instant| Self(instant.timestamp_millis()))
            .map_err(|_| NotAnInstant(text.to_owned()))
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let instant = DateTime::<Utc>::from_timestamp_millis(self.0).unwrap_or_default();
        f.write_str(&instant.to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_night_survives_text_and_number() {
        for text in [
            "0001-01-01",
            "1969-12-31",
            "1970-01-01",
            "2016-02-29",
            "2017-06-01",
            "9999-12-31",
        ] {
            let night: Night = text.parse().unwrap();
            assert_eq!(night.to_string(), text);
            assert_eq!(Night::from_day_number(night.day_number()), Some(night));
        }
        assert_eq!("1970-01-02".parse::<Night>().unwrap().day_number(), 1);
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "2017-6-1",
            "2017-02-29",
            "2017-13-01",
            "0000-01-01",
            "10000-01-01",
            "20170601",
            "2017-06-01T",
            "２017-06-01",
        ] {
            assert_eq!(text.parse::<Night>(), Err(NotADate(text.to_owned())));
        }
    }

    #[test]
    fn a_range_is_half_open() {
        let range = NightRange::new("2017-06-01".parse().unwrap(), "2017-06-03".parse().unwrap());
        assert_eq!(range.len(), 2);
        assert!(range.contains(range.from) && !range.contains(range.to));
        assert!(NightRange::new(range.to, range.from).is_empty());
        assert_eq!(NightRange::new(range.to, range.from).iter().count(), 0);
    }

    #[test]
    fn an_instant_survives_text() {
        let instant: Instant = "2026-12-24T18:00:00+01:00".parse().unwrap();
        assert_eq!(instant.to_string(), "2026-12-24T17:00:00.000Z");
        assert!("yesterday".parse::<Instant>().is_err());
    }
}
