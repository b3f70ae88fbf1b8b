//! The event log and the audit trail.

use keyrack_inventory::{Event, Instant, Night, RoomTypeCode};
use rusqlite::{Row, params};
use uuid::Uuid;

use super::Reader;
use crate::error::StoreError;
use crate::load::event;
use crate::rows::{night_or_none, uuid, uuid_or_none};

/// An event with what the log knows of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventEntry {
    /// Its number.
    pub seq: i64,
    /// The event.
    pub event: Event,
    /// Its type's version.
    pub version: u32,
    /// Its payload as stored, JSON.
    pub payload: String,
    /// The command that made it.
    pub command_id: Uuid,
    /// The request it belongs to.
    pub correlation_id: Uuid,
    /// The command that caused that one.
    pub causation_id: Option<Uuid>,
    /// Who.
    pub actor: String,
    /// Where.
    pub desk: String,
    /// When.
    pub instant: Instant,
    /// On which business date.
    pub business_date: Option<Night>,
    /// Why, where a reason text was given and is not erased.
    pub reason: Option<String>,
}

/// Which events are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventFilter {
    /// After this number.
    pub since: i64,
    /// Of this type.
    pub event_type: Option<String>,
    /// By this actor.
    pub actor: Option<String>,
    /// At most so many.
    pub limit: Option<u32>,
}

/// Which rows of the audit trail are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// After this number.
    pub after: i64,
    /// About this object.
    pub object: Option<String>,
    /// By this actor.
    pub actor: Option<String>,
    /// Of this kind.
    pub action: Option<String>,
    /// From this instant on.
    pub from: Option<Instant>,
    /// Before this instant.
    pub to: Option<Instant>,
    /// At most so many.
    pub limit: Option<u32>,
}

/// A row of the audit trail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// Its number.
    pub seq: i64,
    /// Who.
    pub actor: String,
    /// By which permission.
    pub permission: String,
    /// Where.
    pub desk: String,
    /// What was done.
    pub what: String,
    /// On which object, by number or name.
    pub object: String,
    /// Whether a rule refused it.
    pub accepted: bool,
    /// The outcome as stored, JSON.
    pub outcome: String,
    /// Why, as a code.
    pub reason_code: Option<String>,
    /// Why, as a text.
    pub reason: Option<String>,
    /// Why rules were overridden.
    pub override_reason: Option<String>,
    /// When.
    pub instant: Instant,
    /// The request.
    pub request_id: Uuid,
    /// The command; nothing where it is an act.
    pub command_id: Option<Uuid>,
    /// What an act says of itself, JSON: what was before and is after, where something changed.
    pub detail: Option<String>,
    /// The command's events with their payloads: what was before and is after.
    pub events: Vec<(String, String)>,
    /// This row's link of the chain, hexadecimal.
    pub hash: String,
}

const LOG: &str = "SELECT e.seq, e.type, e.version, e.payload, c.id, c.correlation, c.causation,
    c.actor, c.desk, c.instant, c.business_date, t.body FROM event AS e
    JOIN command AS c ON c.seq = e.command LEFT JOIN audit AS a ON a.command = c.seq
    LEFT JOIN free_text AS t ON t.id = a.reason_text";

fn entry(row: &Row<'_>) -> Result<EventEntry, StoreError> {
    Ok(EventEntry {
        seq: row.get(0)?,
        event: event(row)?,
        version: row.get(2)?,
        payload: row.get(3)?,
        command_id: uuid(row, 4)?,
        correlation_id: uuid(row, 5)?,
        causation_id: uuid_or_none(row, 6)?,
        actor: row.get(7)?,
        desk: row.get(8)?,
        instant: Instant::from_millis(row.get(9)?),
        business_date: night_or_none(row, 10)?,
        reason: row.get(11)?,
    })
}

impl Reader<'_> {
    /// Events in order, each given to `each` as it is read.
    pub fn events(
        &self,
        filter: &EventFilter,
        mut each: impl FnMut(EventEntry) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let sql = format!(
            "{LOG} WHERE e.seq > ?1 AND (?2 IS NULL OR e.type = ?2) AND (?3 IS NULL OR c.actor = ?3)
             ORDER BY e.seq LIMIT ?4"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let limit = filter.limit.map_or(-1, i64::from);
        let mut rows = statement.query(params![
            filter.since,
            filter.event_type,
            filter.actor,
            limit
        ])?;
        while let Some(row) = rows.next()? {
            each(entry(row)?)?;
        }
        Ok(())
    }

    /// The last changes of a cell, the latest first.
    pub fn cell_history(
        &self,
        code: RoomTypeCode,
        night: Night,
        limit: u32,
    ) -> Result<Vec<EventEntry>, StoreError> {
        let sql = format!(
            "{LOG} WHERE e.seq IN (SELECT event FROM cell_event WHERE room_type = ?1 AND night = ?2
                ORDER BY version DESC LIMIT ?3) ORDER BY e.seq DESC"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(params![code.as_str(), night.day_number(), limit])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(entry(row)?);
        }
        Ok(found)
    }

    /// What happened to a reservation, the latest first.
    pub fn reservation_history(
        &self,
        reservation: &keyrack_inventory::model::Reservation,
        limit: u32,
    ) -> Result<Vec<EventEntry>, StoreError> {
        let sql = format!(
            "{LOG} WHERE e.seq IN (SELECT event FROM reservation_event WHERE reservation = ?1
                ORDER BY version DESC LIMIT ?2) ORDER BY e.seq DESC"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(params![reservation.id.0.as_bytes(), limit])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(entry(row)?);
        }
        Ok(found)
    }

    /// Rows of the audit trail in order, each given to `each` as it is read.
    pub fn audit(
        &self,
        filter: &AuditFilter,
        mut each: impl FnMut(AuditEntry) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT a.seq, a.actor, a.permission, a.desk, a.what, a.object, c.accepted, c.outcome,
                a.reason_code, t.body, o.body, a.instant, a.request, c.id, c.first_event, c.events,
                lower(hex(a.hash)), a.detail
             FROM audit AS a LEFT JOIN command AS c ON c.seq = a.command
             LEFT JOIN free_text AS t ON t.id = a.reason_text
             LEFT JOIN free_text AS o ON o.id = a.override_text
             WHERE a.seq > ?1 AND (?2 IS NULL OR a.object = ?2) AND (?3 IS NULL OR a.actor = ?3)
               AND (?4 IS NULL OR a.what = ?4) AND a.instant >= ?5 AND a.instant < ?6
             ORDER BY a.seq LIMIT ?7",
        )?;
        let limit = filter.limit.map_or(-1, i64::from);
        let mut rows = statement.query(params![
            filter.after,
            filter.object,
            filter.actor,
            filter.action,
            filter.from.map_or(i64::MIN, Instant::millis),
            filter.to.map_or(i64::MAX, Instant::millis),
            limit
        ])?;
        while let Some(row) = rows.next()? {
            each(AuditEntry {
                seq: row.get(0)?,
                actor: row.get(1)?,
                permission: row.get(2)?,
                desk: row.get(3)?,
                what: row.get(4)?,
                object: row.get(5)?,
                accepted: row.get::<_, Option<bool>>(6)?.unwrap_or(true),
                outcome: row.get::<_, Option<String>>(7)?.unwrap_or_default(),
                reason_code: row.get(8)?,
                reason: row.get(9)?,
                override_reason: row.get(10)?,
                instant: Instant::from_millis(row.get(11)?),
                request_id: uuid(row, 12)?,
                command_id: uuid_or_none(row, 13)?,
                events: self.payloads(row.get(14)?, row.get(15)?)?,
                hash: row.get(16)?,
                detail: row.get(17)?,
            })?;
        }
        Ok(())
    }

    fn payloads(
        &self,
        first: Option<i64>,
        count: Option<i64>,
    ) -> Result<Vec<(String, String)>, StoreError> {
        let (Some(first), Some(count)) = (first, count) else {
            return Ok(Vec::new());
        };
        let mut statement = self.connection.prepare_cached(
            "SELECT type, payload FROM event WHERE seq >= ?1 AND seq < ?2 ORDER BY seq",
        )?;
        let rows =
            statement.query_map([first, first + count], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<Vec<_>, _>>()?)
    }
}
