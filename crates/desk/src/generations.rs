//! Which backups are kept: the last of each of the last days, weeks and months, each counted for
//! itself. Names tell the property and the instant, so that a folder says all there is to know.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, TimeZone, Timelike, Utc};
use chrono_tz::Tz;
use keyrack_inventory::Instant;

use crate::thresholds::Keeping;

/// What a backup's name ends with.
const SUFFIX: &str = ".keyrack";
/// No clock leaps further, nor twice within it.
const BEFORE_A_LEAP: TimeDelta = TimeDelta::hours(3);

/// The name of a property's backup of an instant.
pub fn name(property: &str, instant: Instant) -> String {
    let stamp = instant.to_string().replace([':', '.'], "-");
    format!("{}{stamp}{SUFFIX}", prefix(property))
}

/// The instant of a property's backup; nothing where the name is of something else.
pub fn instant(property: &str, name: &str) -> Option<Instant> {
    let stamp = name.strip_prefix(&prefix(property))?.strip_suffix(SUFFIX)?;
    let (date, time) = stamp.split_once('T')?;
    let mut parts = time.strip_suffix('Z')?.split('-');
    let (hour, minute, second) = (parts.next()?, parts.next()?, parts.next()?);
    let millis = parts.next()?;
    let text = format!("{date}T{hour}:{minute}:{second}.{millis}Z");
    parts.next().is_none().then_some(())?;
    text.parse().ok()
}

/// A code may hold what a file name may not.
fn prefix(property: &str) -> String {
    let plain = |letter: char| {
        if letter.is_alphanumeric() {
            letter
        } else {
            '_'
        }
    };
    format!("{}-", property.chars().map(plain).collect::<String>())
}

/// The backups that no generation keeps. The newest is kept always.
pub fn surplus(all: &BTreeSet<Instant>, keeping: &Keeping, zone: Tz) -> Vec<Instant> {
    let mut kept: BTreeSet<Instant> = all.iter().next_back().copied().into_iter().collect();
    let mut keep = |generations: u32, of: &dyn Fn(NaiveDate) -> (i32, u32)| {
        let mut last: BTreeMap<(i32, u32), Instant> = BTreeMap::new();
        for instant in all {
            // In order, so that the last of a generation stays.
            last.insert(of(date(*instant, zone)), *instant);
        }
        kept.extend(last.into_values().rev().take(generations as usize));
    };
    keep(keeping.daily, &|date| (date.year(), date.ordinal()));
    keep(keeping.weekly, &|date| {
        let week = date.iso_week();
        (week.year(), week.week())
    });
    keep(keeping.monthly, &|date| (date.year(), date.month()));
    all.difference(&kept).copied().collect()
}

fn local(instant: Instant, zone: Tz) -> DateTime<Tz> {
    DateTime::<Utc>::from_timestamp_millis(instant.millis())
        .unwrap_or_default()
        .with_timezone(&zone)
}

fn date(instant: Instant, zone: Tz) -> NaiveDate {
    local(instant, zone).date_naive()
}

/// When the daily backup was due last: at that hour of the hotel's clock, today or yesterday.
pub fn last_due(now: Instant, hour: u32, zone: Tz) -> Instant {
    let now = local(now, zone);
    let today = now.date_naive();
    let day = if now.hour() >= hour {
        today
    } else {
        today.pred_opt().unwrap_or(today)
    };
    let wanted = day.and_hms_opt(hour, 0, 0).unwrap_or_default();
    // An hour that the clock leaps over in spring is counted on from before the leap.
    let counted_on = || {
        let before = zone.from_local_datetime(&(wanted - BEFORE_A_LEAP)).latest();
        before.map(|before| before.to_utc() + BEFORE_A_LEAP)
    };
    let due = zone.from_local_datetime(&wanted).earliest();
    let due = due.map(|due| due.to_utc()).or_else(counted_on);
    let due = due.unwrap_or_else(|| wanted.and_utc());
    Instant::from_millis(due.timestamp_millis())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ZONE: Tz = chrono_tz::Europe::Lisbon;

    fn keeping(daily: u32, weekly: u32, monthly: u32) -> Keeping {
        Keeping {
            daily,
            weekly,
            monthly,
            folder: String::new(),
            hour: 3,
        }
    }

    fn at(text: &str) -> Instant {
        text.parse().unwrap()
    }

    fn days(first: &str, count: i64) -> BTreeSet<Instant> {
        let first = at(first).millis();
        (0..count)
            .map(|day| Instant::from_millis(first + day * 86_400_000))
            .collect()
    }

    fn kept(all: &BTreeSet<Instant>, keeping: &Keeping) -> Vec<String> {
        let gone: BTreeSet<Instant> = surplus(all, keeping, ZONE).into_iter().collect();
        let left = all.difference(&gone);
        left.map(|instant| instant.to_string()[..10].to_owned())
            .collect()
    }

    #[test]
    fn a_name_gives_its_instant_back_and_no_other_file_does() {
        let instant_given = at("2026-06-01T03:00:00.007Z");
        let named = name("MIRA/1", instant_given);
        assert_eq!(named, "MIRA_1-2026-06-01T03-00-00-007Z.keyrack");
        assert_eq!(instant("MIRA/1", &named), Some(instant_given));
        for other in [
            "OTHER-2026-06-01T03-00-00-007Z.keyrack",
            "MIRA_1-2026-06-01T03-00-00-007Z.keyrack.failed",
            "MIRA_1-2026-06-01T03-00-00-007Z.keyrack.unfinished-7",
            "MIRA_1-2026-06-01T03-00-00-007Z-1.keyrack",
            "MIRA_1-mine.keyrack",
            "keyrack.db",
        ] {
            assert_eq!(instant("MIRA/1", other), None, "{other}");
        }
    }

    #[test]
    fn seven_days_four_weeks_and_twelve_months_are_kept() {
        let all = days("2025-01-01T03:00:00Z", 500);
        let found = kept(&all, &keeping(7, 4, 12));
        // 500 days end on Friday 15 May 2026.
        let expected = [
            // Months: the last of each.
            "2025-06-30",
            "2025-07-31",
            "2025-08-31",
            "2025-09-30",
            "2025-10-31",
            "2025-11-30",
            "2025-12-31",
            "2026-01-31",
            "2026-02-28",
            "2026-03-31",
            // Weeks: their Sundays; the last of April.
            "2026-04-26",
            "2026-04-30",
            "2026-05-03",
            // Days.
            "2026-05-09",
            "2026-05-10",
            "2026-05-11",
            "2026-05-12",
            "2026-05-13",
            "2026-05-14",
            "2026-05-15",
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn the_newest_is_kept_whatever_is_set_and_so_is_what_a_generation_has_alone() {
        let all = days("2026-06-01T03:00:00Z", 3);
        assert_eq!(kept(&all, &keeping(0, 0, 0)), ["2026-06-03"]);
        assert_eq!(kept(&all, &keeping(2, 0, 0)), ["2026-06-02", "2026-06-03"]);
        let old = days("2020-01-01T03:00:00Z", 1);
        assert_eq!(kept(&old, &keeping(7, 4, 12)), ["2020-01-01"]);
        assert_eq!(kept(&BTreeSet::new(), &keeping(7, 4, 12)), [""; 0]);
    }

    #[test]
    fn of_one_day_the_last_is_kept_and_the_day_is_the_hotels_own() {
        // In June Lisbon is an hour ahead: 23:30 UTC is the next day there.
        let all = BTreeSet::from([
            at("2026-06-01T03:00:00Z"),
            at("2026-06-01T22:59:00Z"),
            at("2026-06-01T23:30:00Z"),
        ]);
        let gone = surplus(&all, &keeping(7, 0, 0), ZONE);
        assert_eq!(gone, [at("2026-06-01T03:00:00Z")]);
    }

    #[test]
    fn the_daily_backup_is_due_at_the_hotels_hour() {
        let table = [
            ("2026-06-02T01:59:59Z", "2026-06-01T02:00:00Z"),
            ("2026-06-02T02:00:00Z", "2026-06-02T02:00:00Z"),
            ("2026-06-02T20:00:00Z", "2026-06-02T02:00:00Z"),
            ("2026-01-02T02:59:59Z", "2026-01-01T03:00:00Z"),
        ];
        for (now, due) in table {
            assert_eq!(last_due(at(now), 3, ZONE), at(due), "{now}");
        }
        // The hour from one to two is left out on 29 March.
        let leapt = last_due(at("2026-03-29T12:00:00Z"), 1, ZONE);
        assert_eq!(leapt, at("2026-03-29T01:00:00Z"));
        // West of Greenwich too: from two to three on 8 March, five hours behind until then.
        let leapt = last_due(at("2026-03-08T20:00:00Z"), 2, chrono_tz::America::New_York);
        assert_eq!(leapt, at("2026-03-08T07:00:00Z"));
    }
}
