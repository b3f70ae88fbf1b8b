//! A look at how the desk fares: the facts for alerts, and the alerts themselves.

use keyrack_inventory::command::Permission;
use keyrack_inventory::model::RoomTypeStatus;
use keyrack_inventory::state::Catalogue;
use keyrack_inventory::{Instant, NightRange};
use keyrack_store::{
    AlertChanges, AlertEntry, Batch, JobState, Reader, StoreError, UpkeepKind, measure,
};
use serde::Serialize;
use serde_json::Value;
use ts_rs::TS;

use crate::alerts::{Facts, ParkedJob, TypeFacts, sentence, wanted};
use crate::desk::Desk;
use crate::door::Question;
use crate::error::{DeskError, WorkRefusal};
use crate::thresholds::Thresholds;
use serde_json::json;

const HOUR_MINUTES: i64 = 60;
/// Parked jobs, and closed alerts, that are listed at most.
pub(crate) const LISTED: u32 = 1_000;

/// An alert as it crosses.
#[derive(Clone, Debug, Serialize, TS)]
pub struct AlertRow {
    /// Its number.
    pub id: i64,
    /// What it is.
    pub kind: String,
    /// How bad.
    pub level: String,
    /// Whom it is for.
    pub audience: String,
    /// What it is about.
    pub subject: String,
    /// The first night of its run.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub from: Option<keyrack_inventory::Night>,
    /// The night after the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub to: Option<keyrack_inventory::Night>,
    /// The figures.
    #[ts(type = "Record<string, unknown>")]
    pub facts: Value,
    /// A sentence.
    pub message: String,
    /// When it was opened.
    pub opened: Instant,
    /// When something about it changed last.
    pub changed: Instant,
    /// When it was acknowledged.
    pub acknowledged: Option<Instant>,
    /// By whom.
    pub acknowledged_by: Option<String>,
    /// When its cause was gone.
    pub closed: Option<Instant>,
}

impl AlertRow {
    fn of(alert: AlertEntry, catalogue: &Catalogue) -> Self {
        let message = sentence(&alert, catalogue);
        let (acknowledged, acknowledged_by) = alert.acknowledged.unzip();
        Self {
            id: alert.id,
            kind: alert.kind,
            level: alert.level,
            audience: alert.audience,
            subject: alert.subject,
            from: alert.nights.map(|nights| nights.from),
            to: alert.nights.map(|nights| nights.to),
            facts: serde_json::from_str(&alert.facts).unwrap_or_default(),
            message,
            opened: alert.opened,
            changed: alert.changed,
            acknowledged,
            acknowledged_by,
            closed: alert.closed,
        }
    }
}

/// Tells which alerts should be open, and makes it so, in the transaction that it is called in.
pub(crate) fn look_for_alerts(
    batch: &mut Batch<'_>,
    now: Instant,
) -> Result<AlertChanges, StoreError> {
    let limits = Thresholds::read(&batch.reader())?;
    let facts = facts(&batch.reader(), &limits, now)?;
    batch.reconcile_alerts(&wanted(&facts, &limits), now)
}

fn facts(reader: &Reader<'_>, limits: &Thresholds, now: Instant) -> Result<Facts, StoreError> {
    let catalogue = reader.catalogue()?;
    let today = catalogue.property.business_date;
    let ahead = i32::try_from(limits.nights_ahead).unwrap_or(i32::MAX);
    let nights = NightRange::new(today, today.plus(ahead.saturating_add(1)));
    let mut types = Vec::new();
    let mut by_rank: Vec<_> = catalogue.room_types.iter().collect();
    by_rank.sort_by_key(|room_type| room_type.rank);
    for room_type in by_rank {
        types.push(TypeFacts {
            code: room_type.code,
            has_rooms: room_type.rooms > 0,
            sold_before: match room_type.life {
                RoomTypeStatus::OnSale => nights.to,
                RoomTypeStatus::Retired { from } => from,
                RoomTypeStatus::Draft | RoomTypeStatus::Stopped => nights.from,
            },
            cells: reader.cells(room_type.code, nights, now)?,
        });
    }
    let hour = reader.outcomes(
        Instant::from_millis(now.millis() - HOUR_MINUTES * 60_000),
        now,
    )?;
    let good = reader.last_upkeep(UpkeepKind::Backup, Some(true))?;
    let covered_since = match good {
        Some(good) => Some(good.instant),
        None => reader.first_instant()?,
    };
    let failed = |kind| {
        let last = reader.last_upkeep(kind, None)?.filter(|last| !last.ok);
        Ok::<_, StoreError>(last.map(|last| last.about.unwrap_or_default()))
    };
    let parked = reader.jobs(JobState::Parked, LISTED)?;
    Ok(Facts {
        now,
        today,
        types,
        attempts: hour.attempts,
        refused: hour.refusals.values().sum(),
        failed_sales: hour.sales_refused + broken_sales(reader)?,
        covered_since,
        backup_failed: failed(UpkeepKind::Backup)?,
        verify_failed: failed(UpkeepKind::Verify)?,
        parked: parked
            .into_iter()
            .map(|job| ParkedJob {
                id: job.id,
                kind: job.kind,
                error: job.error,
            })
            .collect(),
    })
}

/// Sales that ended busy or in a failure, in this hour of the machine's clock or the one before,
/// whichever had more: what was not stored is known by the hour only.
pub(crate) fn broken_sales(reader: &Reader<'_>) -> Result<u64, StoreError> {
    let counts = reader.metrics(measure::hour_now() - 1)?;
    let broken = counts
        .iter()
        .filter(|count| count.name == measure::SALE_FAILED);
    Ok(broken.map(|count| count.count).max().unwrap_or(0))
}

impl Desk {
    /// Looks how the desk fares: takes in what was measured, opens and closes alerts.
    ///
    /// # Errors
    /// Where the file is busy or fails.
    pub fn look_after(&self) -> Result<AlertChanges, DeskError> {
        self.open_to_all(Question::Timer);
        let now = self.clock.now();
        Ok(self.store.write(|batch| {
            batch.fold_measures(self.store.path())?;
            look_for_alerts(batch, now)
        })?)
    }

    /// Open alerts, the worst first; with `all`, closed ones after them.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn alerts(&self, all: bool) -> Result<Vec<AlertRow>, DeskError> {
        self.admit(Question::Alerts)?;
        Ok(self.store.read(|reader| {
            let mut found = reader.open_alerts()?;
            if all {
                found.extend(reader.closed_alerts(LISTED)?);
            }
            let catalogue = reader.catalogue()?;
            let rows = found.into_iter();
            Ok::<_, StoreError>(rows.map(|alert| AlertRow::of(alert, &catalogue)).collect())
        })?)
    }

    /// Notes that the actor has seen an alert. One that was seen before stays as it is.
    ///
    /// # Errors
    /// Where there is no such open alert, or the file is busy or fails.
    pub fn acknowledge(&self, id: i64) -> Result<AlertRow, DeskError> {
        let caller = self.admit(Question::AcknowledgeAlert)?;
        let act = self.asked_act(&caller, "alert_acknowledged", &id.to_string())?;
        let now = self.clock.now();
        let seen = self.store.write(|batch| {
            let before = batch.reader().alert(id)?;
            let Some(before) = before.filter(|alert| alert.closed.is_none()) else {
                return Ok(None);
            };
            let catalogue = batch.reader().catalogue()?;
            let seen = batch.acknowledge_alert(id, caller.name(), now)?;
            let seen = seen.map(|alert| AlertRow::of(alert, &catalogue));
            if before.acknowledged.is_none() {
                let act = act
                    .by(Permission::Sell)
                    .answering(json!({ "alert": seen }))
                    .fact("kind", before.kind)
                    .fact("subject", before.subject);
                batch.act(&act)?;
            }
            Ok(seen)
        })?;
        let unknown = || WorkRefusal::UnknownAlert { id };
        Ok(seen.ok_or_else(unknown)?)
    }
}
