//! Alerts as they are kept: opened once for a cause, changed while it lasts, closed when it is gone.
//!
//! What should be open is told from outside; here it is only matched with what is. An alert and a
//! wanted one are the same where kind and subject agree and their nights share one, or neither has
//! nights: so a run that grows, shrinks or moves on keeps its alert. Of a run that falls in two, the
//! earlier part keeps it; of two that become one, the older alert stays.

use keyrack_inventory::{Instant, Night, NightRange};
use rusqlite::{Row, params};

use crate::error::StoreError;
use crate::rows::night_or_none;
use crate::{Batch, Reader};

const COLUMNS: &str =
    "id, kind, level, audience, subject, from_night, to_night, facts, opened, changed,
     acknowledged, acknowledged_by, closed";

/// An alert that should be open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WantedAlert {
    /// What it is.
    pub kind: String,
    /// How bad: `critical`, `error`, `warning`, `info`.
    pub level: &'static str,
    /// Whom it is for: a role.
    pub audience: String,
    /// What it is about: a room type, the house, a job.
    pub subject: String,
    /// The run of nights, where it has one.
    pub nights: Option<NightRange>,
    /// The figures, JSON.
    pub facts: String,
}

/// An alert.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlertEntry {
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
    /// The run of nights, where it has one.
    pub nights: Option<NightRange>,
    /// The figures, JSON.
    pub facts: String,
    /// When it was opened.
    pub opened: Instant,
    /// When its level, nights or figures changed last.
    pub changed: Instant,
    /// When and by whom it was acknowledged.
    pub acknowledged: Option<(Instant, String)>,
    /// When its cause was gone.
    pub closed: Option<Instant>,
}

/// What a look for alerts changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AlertChanges {
    /// Opened.
    pub opened: usize,
    /// With another level, other nights or figures.
    pub changed: usize,
    /// Closed.
    pub closed: usize,
}

fn entry(row: &Row<'_>) -> Result<AlertEntry, StoreError> {
    let instant = |at| -> Result<Option<Instant>, StoreError> {
        Ok(row.get::<_, Option<i64>>(at)?.map(Instant::from_millis))
    };
    let from: Option<Night> = night_or_none(row, 5)?;
    let to: Option<Night> = night_or_none(row, 6)?;
    let by: Option<String> = row.get(11)?;
    Ok(AlertEntry {
        id: row.get(0)?,
        kind: row.get(1)?,
        level: row.get(2)?,
        audience: row.get(3)?,
        subject: row.get(4)?,
        nights: from.zip(to).map(|(from, to)| NightRange::new(from, to)),
        facts: row.get(7)?,
        opened: Instant::from_millis(row.get(8)?),
        changed: Instant::from_millis(row.get(9)?),
        acknowledged: instant(10)?.zip(by),
        closed: instant(12)?,
    })
}

impl Reader<'_> {
    /// Open alerts, the worst first.
    ///
    /// # Errors
    /// Where the file fails; so with every method here.
    pub fn open_alerts(&self) -> Result<Vec<AlertEntry>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM alert WHERE closed IS NULL ORDER BY id");
        let mut found = self.alerts_of(&sql, params![])?;
        found.sort_by_key(|alert| {
            let worst_first = std::cmp::Reverse(severity(&alert.level));
            (
                worst_first,
                alert.nights.map(|nights| nights.from),
                alert.id,
            )
        });
        Ok(found)
    }

    /// Alerts that are closed, the last closed first.
    pub fn closed_alerts(&self, limit: u32) -> Result<Vec<AlertEntry>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM alert WHERE closed IS NOT NULL ORDER BY closed DESC, id DESC LIMIT ?1"
        );
        self.alerts_of(&sql, params![limit])
    }

    /// An alert by its number.
    pub fn alert(&self, id: i64) -> Result<Option<AlertEntry>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM alert WHERE id = ?1");
        Ok(self.alerts_of(&sql, params![id])?.pop())
    }

    fn alerts_of(
        &self,
        sql: &str,
        given: &[&dyn rusqlite::ToSql],
    ) -> Result<Vec<AlertEntry>, StoreError> {
        let mut statement = self.connection().prepare_cached(sql)?;
        let mut rows = statement.query(given)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(entry(row)?);
        }
        Ok(found)
    }
}

/// Whether an open alert is the one that is wanted.
fn is_same(open: &AlertEntry, wanted: &WantedAlert) -> bool {
    let nights = match (open.nights, wanted.nights) {
        (Some(open), Some(wanted)) => open.from < wanted.to && wanted.from < open.to,
        (None, None) => true,
        _ => false,
    };
    open.kind == wanted.kind && open.subject == wanted.subject && nights
}

fn severity(level: &str) -> u8 {
    match level {
        "critical" => 3,
        "error" => 2,
        "warning" => 1,
        _ => 0,
    }
}

impl Batch<'_> {
    /// Makes what is open what should be. `wanted` is in order of nights.
    pub fn reconcile_alerts(
        &mut self,
        wanted: &[WantedAlert],
        now: Instant,
    ) -> Result<AlertChanges, StoreError> {
        let mut changes = AlertChanges::default();
        let mut open = self.reader().open_alerts()?;
        open.sort_by_key(|alert| alert.id);
        for alert in wanted {
            let place = open.iter().position(|open| is_same(open, alert));
            match place.map(|place| open.remove(place)) {
                Some(known) => {
                    changes.changed += usize::from(self.change_alert(&known, alert, now)?)
                }
                None => {
                    self.open_alert(alert, now)?;
                    changes.opened += 1;
                }
            }
        }
        for gone in open {
            let mut statement = self
                .connection
                .prepare_cached("UPDATE alert SET closed = ?2, changed = ?2 WHERE id = ?1")?;
            statement.execute([gone.id, now.millis()])?;
            changes.closed += 1;
        }
        Ok(changes)
    }

    fn open_alert(&mut self, alert: &WantedAlert, now: Instant) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO alert (kind, level, audience, subject, from_night, to_night, facts, opened,
                changed) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8)",
        )?;
        statement.execute(params![
            alert.kind,
            alert.level,
            alert.audience,
            alert.subject,
            alert.nights.map(|nights| nights.from.day_number()),
            alert.nights.map(|nights| nights.to.day_number()),
            alert.facts,
            now.millis(),
        ])?;
        Ok(())
    }

    /// Gives whether there was anything to change. A worse level asks to be acknowledged anew.
    fn change_alert(
        &mut self,
        known: &AlertEntry,
        alert: &WantedAlert,
        now: Instant,
    ) -> Result<bool, StoreError> {
        let same = (known.level.as_str(), known.nights, known.facts.as_str())
            == (alert.level, alert.nights, alert.facts.as_str());
        if same {
            return Ok(false);
        }
        let worse = severity(alert.level) > severity(&known.level);
        let mut statement = self.connection.prepare_cached(
            "UPDATE alert SET level = ?2, from_night = ?3, to_night = ?4, facts = ?5, changed = ?6,
                acknowledged = iif(?7, NULL, acknowledged),
                acknowledged_by = iif(?7, NULL, acknowledged_by) WHERE id = ?1",
        )?;
        statement.execute(params![
            known.id,
            alert.level,
            alert.nights.map(|nights| nights.from.day_number()),
            alert.nights.map(|nights| nights.to.day_number()),
            alert.facts,
            now.millis(),
            worse,
        ])?;
        Ok(true)
    }

    /// Notes that a person has seen an open alert; the first one stands. Gives the alert.
    pub fn acknowledge_alert(
        &mut self,
        id: i64,
        by: &str,
        now: Instant,
    ) -> Result<Option<AlertEntry>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "UPDATE alert SET acknowledged = ?3, acknowledged_by = ?2
             WHERE id = ?1 AND closed IS NULL AND acknowledged IS NULL",
        )?;
        statement.execute(params![id, by, now.millis()])?;
        drop(statement);
        self.reader().alert(id)
    }
}
