//! Alerts: which should be open, told from facts alone.
//!
//! Nothing is read or written here; the store matches what is wanted with what is open. One alert
//! stands for a run of nights of one room type, so that a sold-out week is one alert and not seven.

mod words;

use keyrack_inventory::cell::house_walk_risk;
use keyrack_inventory::{Cell, Instant, Night, NightRange, RoomTypeCode};
use keyrack_store::WantedAlert;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::thresholds::Thresholds;

pub use words::sentence;

/// What kinds of alerts there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AlertKind {
    /// Few rooms of a type are left.
    Low,
    /// No room of a type is left.
    SoldOut,
    /// More rooms of a type are promised than can be slept in.
    BelowZero,
    /// Guests of tonight for whom no type has a bed.
    WalkRisk,
    /// Sales were refused or failed.
    FailedSales,
    /// Rules refused much of what was asked.
    Refusals,
    /// The last good backup is too old.
    BackupOld,
    /// The last backup did not come about, or does not verify.
    BackupFailed,
    /// The last verification found something.
    VerifyFailed,
    /// A job failed too often.
    JobParked,
}

impl AlertKind {
    /// Every kind.
    pub const ALL: [Self; 10] = [
        Self::Low,
        Self::SoldOut,
        Self::BelowZero,
        Self::WalkRisk,
        Self::FailedSales,
        Self::Refusals,
        Self::BackupOld,
        Self::BackupFailed,
        Self::VerifyFailed,
        Self::JobParked,
    ];

    /// The word in the file and in answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::SoldOut => "sold_out",
            Self::BelowZero => "below_zero",
            Self::WalkRisk => "walk_risk",
            Self::FailedSales => "failed_sales",
            Self::Refusals => "refusals",
            Self::BackupOld => "backup_old",
            Self::BackupFailed => "backup_failed",
            Self::VerifyFailed => "verify_failed",
            Self::JobParked => "job_parked",
        }
    }

    /// Whom it is for: the role that can do something about it.
    fn audience(self) -> &'static str {
        match self {
            Self::SoldOut => "front_desk",
            Self::Low | Self::BelowZero | Self::WalkRisk | Self::FailedSales | Self::Refusals => {
                "manager"
            }
            Self::BackupOld | Self::BackupFailed | Self::VerifyFailed | Self::JobParked => "admin",
        }
    }

    /// How bad it is; of a low type its nights tell.
    fn level(self) -> &'static str {
        match self {
            Self::BelowZero | Self::WalkRisk | Self::VerifyFailed => CRITICAL,
            Self::FailedSales | Self::BackupOld | Self::BackupFailed | Self::JobParked => "error",
            // A house that is sold is what it is for.
            Self::SoldOut | Self::Refusals => WARNING,
            Self::Low => HINT,
        }
    }
}

const CRITICAL: &str = "critical";
const WARNING: &str = "warning";
const HINT: &str = "info";

/// A room type with its open nights.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeFacts {
    /// The type.
    pub code: RoomTypeCode,
    /// Whether the hotel has rooms of it: of a type without any, none left is no news.
    pub has_rooms: bool,
    /// It is for sale before this night; of one that is not for sale few rooms are no news.
    pub sold_before: Night,
    /// Its open nights from the business date on, in order.
    pub cells: Vec<(Night, Cell)>,
}

/// A job that failed too often.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParkedJob {
    /// Its identity.
    pub id: Uuid,
    /// What it was to do.
    pub kind: String,
    /// Why the last try failed.
    pub error: Option<String>,
}

/// What alerts are told from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// When.
    pub now: Instant,
    /// The business date.
    pub today: Night,
    /// Every type, in ascending rank.
    pub types: Vec<TypeFacts>,
    /// Commands of the last hour.
    pub attempts: u64,
    /// Those that a rule refused.
    pub refused: u64,
    /// Sales of the last hour that were refused, or ended busy or in a failure.
    pub failed_sales: u64,
    /// The last good backup; where there is none, the file's first command.
    pub covered_since: Option<Instant>,
    /// The last backup, where it did not come about or does not verify.
    pub backup_failed: Option<String>,
    /// The check that the last verification found something in.
    pub verify_failed: Option<String>,
    /// Jobs that failed too often.
    pub parked: Vec<ParkedJob>,
}

/// The alerts that should be open, those with nights in their order.
pub fn wanted(facts: &Facts, limits: &Thresholds) -> Vec<WantedAlert> {
    let mut alerts = Vec::new();
    for room_type in &facts.types {
        nights_of(room_type, limits, &mut alerts);
    }
    walk_risk(facts, &mut alerts);
    hour(facts, limits, &mut alerts);
    keeping(facts, limits, &mut alerts);
    alerts
}

fn alert(kind: AlertKind, subject: impl ToString, facts: &Value) -> WantedAlert {
    WantedAlert {
        kind: kind.as_str().to_owned(),
        level: kind.level(),
        audience: kind.audience().to_owned(),
        subject: subject.to_string(),
        nights: None,
        facts: facts.to_string(),
    }
}

/// `min(rooms, percent of capacity)`, the share rounded half up.
fn limit(rooms: u32, percent: u32, capacity: i32) -> i64 {
    let share = (i64::from(capacity.max(0)) * i64::from(percent) + 50) / 100;
    share.min(i64::from(rooms))
}

/// What a night of a type is, if it is anything, and how bad.
fn judge(
    cell: &Cell,
    (selling, has_rooms): (bool, bool),
    limits: &Thresholds,
) -> Option<(AlertKind, &'static str)> {
    let left = i64::from(cell.rooms_left());
    let kind = match left {
        ..0 => AlertKind::BelowZero,
        _ if !selling => return None,
        _ if !has_rooms && cell.physical == 0 => return None,
        0 => AlertKind::SoldOut,
        _ => AlertKind::Low,
    };
    if kind != AlertKind::Low {
        return Some((kind, kind.level()));
    }
    let capacity = cell.capacity();
    if left <= limit(limits.critical_rooms, limits.critical_percent, capacity) {
        Some((kind, WARNING))
    } else if left <= limit(limits.low_rooms, limits.low_percent, capacity) {
        Some((kind, HINT))
    } else {
        None
    }
}

/// A run of nights of one kind, while it grows.
struct Run {
    kind: AlertKind,
    level: &'static str,
    nights: NightRange,
    /// The night with the fewest rooms left.
    worst: Cell,
    worst_on: Night,
}

fn nights_of(room_type: &TypeFacts, limits: &Thresholds, alerts: &mut Vec<WantedAlert>) {
    let mut run: Option<Run> = None;
    for (night, cell) in &room_type.cells {
        let sells = (*night < room_type.sold_before, room_type.has_rooms);
        let judged = judge(cell, sells, limits);
        let left = cell.rooms_left();
        if let (Some(run), Some((kind, level))) = (&mut run, judged)
            && run.kind == kind
            && run.nights.to == *night
        {
            run.nights.to = night.plus(1);
            // Of nights of one kind, only low ones differ.
            if level == WARNING {
                run.level = WARNING;
            }
            if left < run.worst.rooms_left() {
                (run.worst, run.worst_on) = (*cell, *night);
            }
            continue;
        }
        let next = judged.map(|(kind, level)| Run {
            kind,
            level,
            nights: NightRange::new(*night, night.plus(1)),
            worst: *cell,
            worst_on: *night,
        });
        alerts.extend(std::mem::replace(&mut run, next).map(|run| run.alert(room_type.code)));
    }
    alerts.extend(run.map(|run| run.alert(room_type.code)));
}

impl Run {
    fn alert(self, code: RoomTypeCode) -> WantedAlert {
        let Cell {
            physical,
            out_of_order,
            sold,
            held,
            blocked,
            ..
        } = self.worst;
        let facts = json!({
            "rooms_left": self.worst.rooms_left(), "night": self.worst_on, "physical": physical,
            "out_of_order": out_of_order, "sold": sold, "held": held, "blocked": blocked,
        });
        WantedAlert {
            level: self.level,
            nights: Some(self.nights),
            ..alert(self.kind, code, &facts)
        }
    }
}

fn walk_risk(facts: &Facts, alerts: &mut Vec<WantedAlert>) {
    let tonight: Vec<Cell> = facts
        .types
        .iter()
        .filter_map(|room_type| {
            let mut cells = room_type.cells.iter();
            cells.find(|(night, _)| *night == facts.today)
        })
        .map(|(_, cell)| *cell)
        .collect();
    let rooms = house_walk_risk(&tonight);
    if rooms > 0 {
        alerts.push(WantedAlert {
            nights: Some(NightRange::new(facts.today, facts.today.plus(1))),
            ..alert(AlertKind::WalkRisk, "house", &json!({ "rooms": rooms }))
        });
    }
}

fn hour(facts: &Facts, limits: &Thresholds, alerts: &mut Vec<WantedAlert>) {
    if facts.failed_sales > u64::from(limits.failed_sales) {
        let figures = json!({ "failed": facts.failed_sales });
        alerts.push(alert(AlertKind::FailedSales, "house", &figures));
    }
    let enough = facts.attempts >= u64::from(limits.refused_attempts);
    if enough && facts.refused * 100 > facts.attempts * u64::from(limits.refused_percent) {
        let figures = json!({ "refused": facts.refused, "attempts": facts.attempts });
        alerts.push(alert(AlertKind::Refusals, "house", &figures));
    }
}

fn keeping(facts: &Facts, limits: &Thresholds, alerts: &mut Vec<WantedAlert>) {
    let allowed_ms = i64::from(limits.backup_hours) * 3_600_000;
    if let Some(since) = facts.covered_since
        && facts.now.millis() - since.millis() > allowed_ms
    {
        alerts.push(alert(
            AlertKind::BackupOld,
            "database",
            &json!({ "since": since }),
        ));
    }
    if let Some(about) = &facts.backup_failed {
        alerts.push(alert(
            AlertKind::BackupFailed,
            "database",
            &json!({ "about": about }),
        ));
    }
    if let Some(check) = &facts.verify_failed {
        alerts.push(alert(
            AlertKind::VerifyFailed,
            "database",
            &json!({ "check": check }),
        ));
    }
    for job in &facts.parked {
        let figures = json!({ "kind": job.kind, "error": job.error });
        alerts.push(alert(AlertKind::JobParked, job.id, &figures));
    }
}

#[cfg(test)]
mod tests;
