//! How the desk fares, for a person or a script.

use std::collections::BTreeMap;

use keyrack_inventory::Instant;
use keyrack_store::measure::{self, BUSY, LOCK_WAIT, SALE};
use keyrack_store::{JobState, UpkeepKind};
use serde::Serialize;
use ts_rs::TS;

use crate::desk::Desk;
use crate::door::Question;
use crate::error::DeskError;
use crate::watch::{AlertRow, LISTED, broken_sales};

/// Latencies and waits are those of so many hours.
const MEASURED_HOURS: i64 = 24;
/// A wait beyond this is one that a person may feel.
const LONG_WAIT_US: u64 = 50_000;
const MS_PER_HOUR: f64 = 3_600_000.0;

/// How long something took, in milliseconds: upper bounds of the buckets that durations fall into.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, TS)]
pub struct Latency {
    /// How often it was measured.
    pub count: u64,
    /// Half took at most this.
    pub p50: Option<f64>,
    /// 95 in a hundred took at most this.
    pub p95: Option<f64>,
    /// 99 in a hundred took at most this.
    pub p99: Option<f64>,
    /// The share that took more than 50 ms, 0 to 1.
    pub share_over_50_ms: Option<f64>,
}

impl Latency {
    /// From counts by their bucket's upper bound in microseconds.
    fn of(buckets: &BTreeMap<u64, u64>) -> Self {
        let count: u64 = buckets.values().sum();
        if count == 0 {
            return Self::default();
        }
        let at = |percent: u64| {
            let rank = (count * percent).div_ceil(100);
            let mut seen = 0;
            let mut bounds = buckets.iter();
            let found = bounds.find(|(_, count)| {
                seen += **count;
                seen >= rank
            });
            found.map(|(bound, _)| *bound as f64 / 1_000.0)
        };
        let beyond = buckets.range(LONG_WAIT_US + 1..).map(|(_, count)| count);
        Self {
            count,
            p50: at(50),
            p95: at(95),
            p99: at(99),
            share_over_50_ms: Some(beyond.sum::<u64>() as f64 / count as f64),
        }
    }
}

/// A backup or a verification.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Last {
    /// When.
    pub instant: Instant,
    /// Hours since.
    pub age_hours: f64,
    /// Whether all was well.
    pub ok: bool,
    /// The backup's file name, or the first check that failed.
    pub about: Option<String>,
    /// The backup's length in bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub bytes: Option<u64>,
}

/// The last hour's commands.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Hour {
    /// Commands of people and scripts.
    pub attempts: u64,
    /// Those that a rule refused.
    pub refused: u64,
    /// By the refusal's code.
    pub refusals: BTreeMap<String, u64>,
    /// Sales that were refused, or ended busy or in a failure.
    pub failed_sales: u64,
}

/// How the desk fares.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Health {
    /// Whether nothing critical is open.
    pub ok: bool,
    /// When this was looked at.
    pub at: Instant,
    /// How long sales took, over the last day.
    pub sale_latency_ms: Latency,
    /// How long writers waited, over the last day.
    pub lock_wait_ms: Latency,
    /// Writers that gave up waiting, over the last day.
    pub busy: u64,
    /// The last hour's commands.
    pub last_hour: Hour,
    /// Open alerts, the worst first.
    pub alerts: Vec<AlertRow>,
    /// The last good backup.
    pub last_backup: Option<Last>,
    /// The last verification.
    pub last_verify: Option<Last>,
    /// Jobs that failed too often.
    pub jobs_parked: u64,
    /// Jobs that wait or run.
    pub jobs_open: usize,
    /// Bytes of the database.
    pub file_bytes: u64,
    /// Bytes of its log.
    pub wal_bytes: u64,
    /// The version of its schema.
    pub schema_version: i64,
    /// The number of the last event.
    pub event_head: i64,
    /// The version of SQLite.
    pub sqlite_version: &'static str,
}

impl Desk {
    /// Looks how the desk fares, as far as the file can be read.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn health(&self) -> Result<Health, DeskError> {
        self.admit(Question::Health)?;
        let now = self.clock.now();
        let file = self.store.facts();
        let alerts = self.alerts(false)?;
        let age = |then: Instant| (now.millis() - then.millis()) as f64 / MS_PER_HOUR;
        Ok(self.store.read(|reader| {
            let counts = reader.metrics(measure::hour_now() - MEASURED_HOURS + 1)?;
            let mut by_name: BTreeMap<&str, BTreeMap<u64, u64>> = BTreeMap::new();
            for count in &counts {
                let buckets = by_name.entry(&count.name).or_default();
                *buckets.entry(count.bound_us).or_default() += count.count;
            }
            let of = |name| by_name.get(name).cloned().unwrap_or_default();
            let hour = reader.outcomes(Instant::from_millis(now.millis() - 3_600_000), now)?;
            let last = |kind, ok| {
                let found = reader.last_upkeep(kind, ok)?;
                Ok::<_, keyrack_store::StoreError>(found.map(|last| Last {
                    instant: last.instant,
                    age_hours: age(last.instant),
                    ok: last.ok,
                    about: last.about,
                    bytes: last.bytes,
                }))
            };
            let open = [JobState::Waiting, JobState::Running]
                .map(|state| reader.jobs(state, LISTED).map(|jobs| jobs.len()));
            let [waiting, running] = open;
            Ok(Health {
                ok: alerts.iter().all(|alert| alert.level != "critical"),
                at: now,
                sale_latency_ms: Latency::of(&of(SALE)),
                lock_wait_ms: Latency::of(&of(LOCK_WAIT)),
                busy: of(BUSY).values().sum(),
                last_hour: Hour {
                    attempts: hour.attempts,
                    refused: hour.refusals.values().sum(),
                    failed_sales: hour.sales_refused + broken_sales(reader)?,
                    refusals: hour.refusals,
                },
                alerts: alerts.clone(),
                last_backup: last(UpkeepKind::Backup, Some(true))?,
                last_verify: last(UpkeepKind::Verify, None)?,
                jobs_parked: reader.jobs_parked()?,
                jobs_open: waiting? + running?,
                file_bytes: file.bytes,
                wal_bytes: file.wal_bytes,
                schema_version: file.schema_version,
                event_head: reader.head()?,
                sqlite_version: file.sqlite_version,
            })
        })?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_the_bounds_that_so_many_did_not_pass() {
        let hundred = BTreeMap::from([(100, 50), (1_000, 45), (50_000, 4), (70_000, 1)]);
        let latency = Latency::of(&hundred);
        assert_eq!(
            (latency.count, latency.p50, latency.p95, latency.p99),
            (100, Some(0.1), Some(1.0), Some(50.0))
        );
        assert_eq!(latency.share_over_50_ms, Some(0.01));
        let one = Latency::of(&BTreeMap::from([(200, 1)]));
        assert_eq!(
            (one.p50, one.p99, one.share_over_50_ms),
            (Some(0.2), Some(0.2), Some(0.0))
        );
        assert_eq!(Latency::of(&BTreeMap::new()), Latency::default());
    }
}
