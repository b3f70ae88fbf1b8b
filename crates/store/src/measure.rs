//! How long sales and waits for the lock take, and what was busy or failed.
//!
//! Each process counts in memory, and now and then adds a line a bucket to a small file beside the
//! database; whoever looks at the health folds that file into the table `metric`. So a write pays
//! for no second one, and a wait that ended in `busy` is counted although nothing could be written.
//! A process that is killed loses the counts of its last seconds, and no more. A file that cannot be
//! written stops no work.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant as Clock, SystemTime, UNIX_EPOCH};

use rusqlite::params;

use crate::error::StoreError;
use crate::private;
use crate::{Batch, Reader};

/// Upper bounds of the buckets in microseconds. Fifty milliseconds is one: shares beyond it are asked
/// for.
pub const BOUNDS_US: [u64; 40] = [
    50, 100, 150, 200, 300, 400, 500, 700, 1_000, 1_500, 2_000, 3_000, 4_000, 5_000, 7_000, 10_000,
    15_000, 20_000, 30_000, 40_000, 50_000, 70_000, 100_000, 150_000, 200_000, 300_000, 400_000,
    500_000, 700_000, 1_000_000, 1_500_000, 2_000_000, 3_000_000, 4_000_000, 5_000_000, 7_000_000,
    10_000_000, 15_000_000, 20_000_000, 30_000_000,
];
/// What is measured and counted.
pub const SALE: &str = "sale";
/// How long a writer waited until it could begin.
pub const LOCK_WAIT: &str = "lock_wait";
/// Writers that gave up waiting.
pub const BUSY: &str = "busy";
/// Sales that ended in no answer: busy, or the file failed.
pub const SALE_FAILED: &str = "sale_failed";
/// How often a process that goes on working writes its counts down.
const FLUSH_EVERY: Duration = Duration::from_secs(10);
/// How long counts are kept.
const KEPT_HOURS: i64 = 8 * 24;

/// The hour, counted since 1970, in which the machine's clock is.
pub fn hour_now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    i64::try_from(since.unwrap_or_default().as_secs() / 3_600).unwrap_or(i64::MAX)
}

#[derive(Debug)]
struct Counts {
    lock_wait: [u64; BOUNDS_US.len()],
    sale: [u64; BOUNDS_US.len()],
    busy: u64,
    sale_failed: u64,
    any: bool,
    since: Clock,
}

impl Counts {
    fn none() -> Self {
        Self {
            lock_wait: [0; BOUNDS_US.len()],
            sale: [0; BOUNDS_US.len()],
            busy: 0,
            sale_failed: 0,
            any: false,
            since: Clock::now(),
        }
    }

    fn lines(&self, hour: i64) -> String {
        let mut text = String::new();
        let mut line = |name: &str, bound: u64, count: u64| {
            if count > 0 {
                // A line of text cannot fail to be written into memory.
                let _never_fails = writeln!(text, "{hour} {name} {bound} {count}");
            }
        };
        for (name, counts) in [(LOCK_WAIT, &self.lock_wait), (SALE, &self.sale)] {
            for (bound, count) in BOUNDS_US.iter().zip(counts) {
                line(name, *bound, *count);
            }
        }
        line(BUSY, 0, self.busy);
        line(SALE_FAILED, 0, self.sale_failed);
        text
    }
}

/// The place of the bucket that a duration falls into; the last takes whatever is longer.
fn bucket(took: Duration) -> usize {
    let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
    BOUNDS_US
        .partition_point(|bound| *bound < micros)
        .min(BOUNDS_US.len() - 1)
}

/// What a process has measured and not written down yet.
#[derive(Debug)]
pub(crate) struct Measures {
    path: PathBuf,
    counts: Mutex<Counts>,
}

impl Measures {
    pub fn beside(database: &Path) -> Self {
        Self {
            path: spool(database),
            counts: Mutex::new(Counts::none()),
        }
    }

    fn note(&self, add: impl FnOnce(&mut Counts)) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        add(&mut counts);
        counts.any = true;
        if counts.since.elapsed() >= FLUSH_EVERY {
            self.write_down(&mut counts);
        }
    }

    pub fn waited(&self, took: Duration) {
        self.note(|counts| counts.lock_wait[bucket(took)] += 1);
    }

    pub fn sold(&self, took: Duration) {
        self.note(|counts| counts.sale[bucket(took)] += 1);
    }

    pub fn was_busy(&self) {
        self.note(|counts| counts.busy += 1);
    }

    pub fn sale_failed(&self) {
        self.note(|counts| counts.sale_failed += 1);
    }

    /// Writes down what is counted.
    pub fn flush(&self) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.any {
            self.write_down(&mut counts);
        }
    }

    fn write_down(&self, counts: &mut Counts) {
        let lines = counts.lines(hour_now());
        *counts = Counts::none();
        // One write, so that the lines of two processes do not mix. Measuring stops no work.
        let written = private::options()
            .create(true)
            .append(true)
            .open(&self.path)
            .and_then(|mut file| file.write_all(lines.as_bytes()));
        if let Err(error) = written {
            tracing::debug!(kind = ?error.kind(), "what was measured cannot be written down");
        }
    }
}

impl Drop for Measures {
    fn drop(&mut self) {
        self.flush();
    }
}

fn spool(database: &Path) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push("-measures");
    PathBuf::from(name)
}

/// One count of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metric {
    /// Hours since 1970.
    pub hour: i64,
    /// What was counted.
    pub name: String,
    /// The bucket's upper bound in microseconds; 0 for what is only counted.
    pub bound_us: u64,
    /// How many.
    pub count: u64,
}

impl Reader<'_> {
    /// Counts from an hour on.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn metrics(&self, from_hour: i64) -> Result<Vec<Metric>, StoreError> {
        let mut statement = self
            .connection()
            .prepare_cached("SELECT hour, name, bound, count FROM metric WHERE hour >= ?1")?;
        let rows = statement.query_map([from_hour], |row| {
            Ok(Metric {
                hour: row.get(0)?,
                name: row.get(1)?,
                bound_us: row.get(2)?,
                count: row.get(3)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Batch<'_> {
    /// Takes what the processes on the file at `database` wrote down into the table, and forgets
    /// what is too old. In the transaction, so that no other process takes the same.
    ///
    /// # Errors
    /// Where the database fails.
    pub fn fold_measures(&mut self, database: &Path) -> Result<(), StoreError> {
        let spool = spool(database);
        let mut folding = spool.as_os_str().to_owned();
        folding.push(".folding");
        let folding = PathBuf::from(folding);
        // What an interrupted fold left goes first.
        if folding.exists() || fs::rename(&spool, &folding).is_ok() {
            let lines = fs::read_to_string(&folding).unwrap_or_default();
            for (hour, name, bound, count) in lines.lines().filter_map(fields) {
                let mut statement = self.connection.prepare_cached(
                    "INSERT INTO metric (hour, name, bound, count) VALUES (?1, ?2, ?3, ?4)
                     ON CONFLICT DO UPDATE SET count = count + excluded.count",
                )?;
                statement.execute(params![hour, name, bound, count])?;
            }
            // It goes once the table has it for good: a fold that is taken back is made again.
            self.folded.push(folding);
        }
        let mut statement = self
            .connection
            .prepare_cached("DELETE FROM metric WHERE hour < ?1")?;
        statement.execute([hour_now() - KEPT_HOURS])?;
        Ok(())
    }
}

/// A line of the file; nothing where it is not one, or was cut.
fn fields(line: &str) -> Option<(i64, &str, i64, i64)> {
    let mut words = line.split(' ');
    let hour = words.next()?.parse().ok()?;
    let name = words
        .next()
        .filter(|name| [SALE, LOCK_WAIT, BUSY, SALE_FAILED].contains(name))?;
    let bound = words.next()?.parse().ok().filter(|bound| *bound >= 0)?;
    let count = words.next()?.parse().ok().filter(|count| *count > 0)?;
    words.next().is_none().then_some((hour, name, bound, count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_falls_into_the_bucket_whose_bound_it_does_not_pass() {
        let bound = |micros| BOUNDS_US[bucket(Duration::from_micros(micros))];
        let table = [
            (0, 50),
            (50, 50),
            (51, 100),
            (50_000, 50_000),
            (50_001, 70_000),
            (30_000_000, 30_000_000),
            (99_000_000, 30_000_000),
        ];
        for (micros, expected) in table {
            assert_eq!(bound(micros), expected, "{micros}");
        }
        assert!(BOUNDS_US.is_sorted());
    }

    #[test]
    fn a_line_that_was_cut_or_is_none_is_left_out() {
        assert_eq!(fields("495000 sale 50 3"), Some((495_000, SALE, 50, 3)));
        for bad in [
            "",
            "495000 sale 50",
            "x sale 50 3",
            "1 guest 50 3",
            "1 sale -1 3",
            "1 sale 50 0",
            "1 sale 50 3 4",
        ] {
            assert_eq!(fields(bad), None, "{bad}");
        }
    }

    #[test]
    fn what_was_measured_outlives_a_fold_that_is_taken_back() {
        use crate::{Creation, Store, StoreError};
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let store = Store::open(&path, Creation::Create, Duration::from_secs(5)).unwrap();
        fs::write(spool(&path), format!("{} sale 50 3\n", hour_now())).unwrap();
        let failed = store.write(|batch| {
            batch.fold_measures(&path)?;
            Err::<(), _>(StoreError::Unsafe("for once".to_owned()))
        });
        assert!(failed.is_err());
        let count = || {
            let metrics = store.read(|reader| reader.metrics(0)).unwrap();
            let sales = metrics.iter().filter(|metric| metric.name == SALE);
            sales.map(|metric| metric.count).sum::<u64>()
        };
        assert_eq!(count(), 0);
        for _ in 0..2 {
            store.write(|batch| batch.fold_measures(&path)).unwrap();
            assert_eq!(count(), 3);
        }
    }
}
