//! Alerts, and the messages that tell of them.

use keyrack_inventory::Instant;
use tokio_postgres::Row;
use uuid::Uuid;

use super::Tx;
use super::rows::{count, stored};
use crate::alerts::{AlertKind, Wanted};
use crate::error::CentralError;

/// Names the lock under which one process at a time looks: the letters of "alerts".
const LOCK: i64 = 0x61_6c_65_72_74_73;

/// An alert.
#[derive(Clone, Debug)]
pub struct AlertRow {
    /// Its identity.
    pub id: Uuid,
    /// The property's code.
    pub property: String,
    /// What is amiss, with how much it was as it was opened, and of which nights it was last.
    pub what: Wanted,
    /// How much it was last.
    pub latest: u64,
    /// Since when.
    pub opened_at: Instant,
    /// Until when; nothing while it is open.
    pub closed_at: Option<Instant>,
}

/// What a message tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AlertState {
    /// The alert was opened.
    Opened,
    /// It closed by itself.
    Closed,
}

impl AlertState {
    /// Its name, in messages and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Closed => "closed",
        }
    }
}

/// A message that is to be sent, and how often that was tried with this time.
#[derive(Clone, Debug)]
pub struct AlertMessage {
    /// The property.
    pub property: i32,
    /// Its identity, which stays however often it is sent.
    pub id: Uuid,
    /// What it tells.
    pub state: AlertState,
    /// Of which alert.
    pub alert: AlertRow,
    /// Tries, from 1.
    pub tries: u32,
}

/// The columns of an alert, in the order of `alert`.
macro_rules! alert_columns {
    () => {
        "a.id, p.code, a.kind, a.desk, a.count, a.opened_at, a.closed_at, a.latest, a.places"
    };
}

fn alert(row: &Row) -> Result<AlertRow, CentralError> {
    let kind: String = row.try_get(2)?;
    let kind = AlertKind::named(&kind).ok_or_else(|| CentralError::damaged("alert", kind))?;
    let closed: Option<i64> = row.try_get(6)?;
    Ok(AlertRow {
        id: row.try_get(0)?,
        property: row.try_get(1)?,
        what: Wanted {
            kind,
            desk: row.try_get(3)?,
            count: count(row, 4)?,
            places: row.try_get(8)?,
        },
        latest: count(row, 7)?,
        opened_at: Instant::from_millis(row.try_get(5)?),
        closed_at: closed.map(Instant::from_millis),
    })
}

impl Tx<'_> {
    /// Whether this transaction alone looks for alerts, until it ends.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn looks_alone(&self) -> Result<bool, CentralError> {
        let row = self.row("SELECT pg_try_advisory_xact_lock($1)", &[&LOCK]);
        let row = row.await?;
        Ok(row.map(|row| row.try_get(0)).transpose()?.unwrap_or(false))
    }

    /// The alerts that are open, of one property or all, in the order in which they were opened.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn open_alerts(&self, property: Option<i32>) -> Result<Vec<AlertRow>, CentralError> {
        let sql = concat!(
            "SELECT ",
            alert_columns!(),
            " FROM alert AS a JOIN property AS p ON p.id = a.property
             WHERE a.closed_at IS NULL AND ($1::integer IS NULL OR a.property = $1)
             ORDER BY a.opened_at, a.id"
        );
        let rows = self.rows(sql, &[&property]).await?;
        rows.iter().map(alert).collect()
    }

    /// Opens an alert, and queues a message of it to each target.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn open_alert(
        &self,
        property: i32,
        what: &Wanted,
        targets: &[String],
        now: Instant,
    ) -> Result<(), CentralError> {
        let id = Uuid::now_v7();
        let sql = "INSERT INTO alert (property, id, kind, desk, count, latest, opened_at, places)
            VALUES ($1, $2, $3, $4, $5, $5, $6, $7) ON CONFLICT DO NOTHING";
        let (kind, count) = (what.kind.as_str(), stored(what.count));
        let now_ms = now.millis();
        let values: [&(dyn tokio_postgres::types::ToSql + Sync); 7] = [
            &property,
            &id,
            &kind,
            &what.desk,
            &count,
            &now_ms,
            &what.places,
        ];
        if self.run(sql, &values).await? > 0 {
            self.tell(property, id, AlertState::Opened, targets, now)
                .await?;
        }
        Ok(())
    }

    /// Writes down how much it is by now, and of which nights; nobody is told.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn note_alert(
        &self,
        property: i32,
        id: Uuid,
        what: &Wanted,
    ) -> Result<(), CentralError> {
        let sql = "UPDATE alert SET latest = $3, places = $4
            WHERE property = $1 AND id = $2 AND (latest, places) IS DISTINCT FROM ($3, $4)";
        let latest = stored(what.count);
        self.run(sql, &[&property, &id, &latest, &what.places])
            .await?;
        Ok(())
    }

    /// Queues a message of an open alert to each target that has none: settings are added, and one process may have others
    /// than another.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn tell_opened(
        &self,
        property: i32,
        alert: Uuid,
        targets: &[String],
        now: Instant,
    ) -> Result<(), CentralError> {
        self.tell(property, alert, AlertState::Opened, targets, now)
            .await
    }

    /// Closes an alert, and queues a message of it to each target that was told, or is to be, that it opened.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn close_alert(
        &self,
        property: i32,
        id: Uuid,
        now: Instant,
    ) -> Result<(), CentralError> {
        let sql = "UPDATE alert SET closed_at = $3
            WHERE property = $1 AND id = $2 AND closed_at IS NULL";
        if self.run(sql, &[&property, &id, &now.millis()]).await? > 0 {
            let sql = "SELECT target FROM alert_message
                WHERE property = $1 AND alert = $2 AND state = 'opened' ORDER BY target";
            let told = self.rows(sql, &[&property, &id]).await?;
            let told: Result<Vec<String>, _> = told.iter().map(|row| row.try_get(0)).collect();
            self.tell(property, id, AlertState::Closed, &told?, now)
                .await?;
        }
        Ok(())
    }

    async fn tell(
        &self,
        property: i32,
        alert: Uuid,
        state: AlertState,
        targets: &[String],
        now: Instant,
    ) -> Result<(), CentralError> {
        for target in targets {
            let sql = "INSERT INTO alert_message (property, id, alert, state, target, next_at)
                VALUES ($1, $2, $3, $4, $5, $6)
                ON CONFLICT (property, alert, state, target) DO NOTHING";
            let (id, state) = (Uuid::now_v7(), state.as_str());
            self.run(
                sql,
                &[&property, &id, &alert, &state, target, &now.millis()],
            )
            .await?;
        }
        Ok(())
    }

    /// Claims a message to the target that is due, until an instant; nothing where none is, or others send those that are.
    /// That an alert closed is not told before its opening has arrived.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn claim_message(
        &self,
        target: &str,
        now: Instant,
        until: Instant,
    ) -> Result<Option<AlertMessage>, CentralError> {
        let sql = "UPDATE alert_message SET tries = tries + 1, next_at = $3
            WHERE (property, id) = (
                SELECT m.property, m.id FROM alert_message AS m
                WHERE m.target = $1 AND m.sent_at IS NULL AND m.next_at <= $2
                    AND NOT (m.state = 'closed' AND EXISTS (
                        SELECT 1 FROM alert_message AS e
                        WHERE e.property = m.property AND e.alert = m.alert AND e.target = m.target
                            AND e.state = 'opened' AND e.sent_at IS NULL))
                ORDER BY m.next_at, m.id LIMIT 1 FOR UPDATE OF m SKIP LOCKED)
            RETURNING property, id, alert, state, tries";
        let row = self
            .row(sql, &[&target, &now.millis(), &until.millis()])
            .await?;
        let Some(claimed) = row else {
            return Ok(None);
        };
        let (property, about): (i32, Uuid) = (claimed.try_get(0)?, claimed.try_get(2)?);
        let (state, tries): (String, i32) = (claimed.try_get(3)?, claimed.try_get(4)?);
        let sql = concat!(
            "SELECT ",
            alert_columns!(),
            " FROM alert AS a JOIN property AS p ON p.id = a.property
             WHERE a.property = $1 AND a.id = $2"
        );
        let row = self.row(sql, &[&property, &about]).await?;
        let row = row.ok_or_else(|| CentralError::damaged("alert_message", about))?;
        Ok(Some(AlertMessage {
            property,
            id: claimed.try_get(1)?,
            state: match state.as_str() {
                "opened" => AlertState::Opened,
                _ => AlertState::Closed,
            },
            alert: alert(&row)?,
            tries: u32::try_from(tries).unwrap_or(1),
        }))
    }

    /// The message has arrived.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn message_sent(
        &self,
        property: i32,
        id: Uuid,
        now: Instant,
    ) -> Result<(), CentralError> {
        let sql = "UPDATE alert_message SET sent_at = $3 WHERE property = $1 AND id = $2";
        self.run(sql, &[&property, &id, &now.millis()]).await?;
        Ok(())
    }

    /// The message has not arrived, and is tried again at an instant.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn message_waits(
        &self,
        property: i32,
        id: Uuid,
        next: Instant,
    ) -> Result<(), CentralError> {
        let sql = "UPDATE alert_message SET next_at = $3
            WHERE property = $1 AND id = $2 AND sent_at IS NULL";
        self.run(sql, &[&property, &id, &next.millis()]).await?;
        Ok(())
    }

    /// What has not arrived though it was tried: to whom, how many messages, and since when the oldest one waits.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn unsent(&self) -> Result<Vec<(String, u64, Instant)>, CentralError> {
        let sql = "SELECT m.target, count(*),
                min(CASE m.state WHEN 'closed' THEN a.closed_at ELSE a.opened_at END)
            FROM alert_message AS m JOIN alert AS a ON a.property = m.property AND a.id = m.alert
            WHERE m.sent_at IS NULL AND m.tries > 0 GROUP BY m.target ORDER BY 3, 1";
        let rows = self.rows(sql, &[]).await?;
        rows.iter()
            .map(|row| {
                let since = Instant::from_millis(row.try_get(2)?);
                Ok((row.try_get(0)?, count(row, 1)?, since))
            })
            .collect()
    }

    /// Messages that have not arrived at one of these, tried or not. Those to whom nothing is sent any more are not among
    /// them.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn messages_waiting(&self, targets: &[String]) -> Result<u64, CentralError> {
        let sql = "SELECT count(*) FROM alert_message WHERE sent_at IS NULL AND target = ANY($1)";
        let row = self.row(sql, &[&targets]).await?;
        row.map_or(Ok(0), |row| count(&row, 0))
    }

    /// Forgets alerts that closed before an instant, with their messages.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn forget_alerts(&self, before: Instant) -> Result<(), CentralError> {
        let sql = "DELETE FROM alert WHERE closed_at < $1";
        self.run(sql, &[&before.millis()]).await?;
        Ok(())
    }
}
