//! The event log and the audit trail.

use std::ops::ControlFlow;

use keyrack_inventory::{Event, Instant, Night, RoomTypeCode};
use rusqlite::types::Value;
use rusqlite::{Row, params, params_from_iter};
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
    /// After this number; where the newest come first, before it. With 0 from the very beginning.
    pub after: i64,
    /// The newest first.
    pub newest_first: bool,
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

/// The columns of an entry, in the order of [`entry`].
pub(super) const LOG: &str = "SELECT e.seq, e.type, e.version, e.payload, c.id, c.correlation,
    c.causation, c.actor, c.desk, c.instant, c.business_date, t.body";
/// The column after those.
pub(super) const BESIDE: usize = 12;
/// What an event's entry is joined with.
pub(super) const JOINS: &str = "JOIN command AS c ON c.seq = e.command
    LEFT JOIN audit AS a ON a.command = c.seq LEFT JOIN free_text AS t ON t.id = a.reason_text";

pub(super) fn entry(row: &Row<'_>) -> Result<EventEntry, StoreError> {
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
    /// Events in order, each given to `each` as it is read; it says whether to go on.
    pub fn events(
        &self,
        filter: &EventFilter,
        mut each: impl FnMut(EventEntry) -> Result<ControlFlow<()>, StoreError>,
    ) -> Result<(), StoreError> {
        let (sql, values) = events_query(filter);
        let mut statement = self.prepare(&sql)?;
        let mut rows = statement.query(params_from_iter(values))?;
        while let Some(row) = rows.next()? {
            if each(entry(row)?)?.is_break() {
                break;
            }
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
            "{LOG} FROM cell_event AS h JOIN event AS e ON e.seq = h.event {JOINS}
             WHERE h.room_type = ?1 AND h.night = ?2 ORDER BY h.version DESC LIMIT ?3"
        );
        let mut statement = self.prepare(&sql)?;
        let mut rows = statement.query(params![code.as_str(), night.day_number(), limit])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(entry(row)?);
        }
        Ok(found)
    }

    /// Rows of the audit trail, each given to `each` as it is read: in the order of the chain, or,
    /// where a span of time is asked for, in the order of their instants.
    pub fn audit(
        &self,
        filter: &AuditFilter,
        mut each: impl FnMut(AuditEntry) -> Result<ControlFlow<()>, StoreError>,
    ) -> Result<(), StoreError> {
        let (sql, values) = audit_query(filter);
        let mut statement = self.prepare(&sql)?;
        let mut rows = statement.query(params_from_iter(values))?;
        let mut left = filter.limit.unwrap_or(u32::MAX);
        let mut open: Option<AuditEntry> = None;
        // A row for each event of the command; the entry is whole when the next one begins.
        while let Some(row) = rows.next()? {
            let seq: i64 = row.get(0)?;
            if open.as_ref().is_none_or(|entry| entry.seq != seq) {
                if let Some(whole) = open.take() {
                    left -= 1;
                    if each(in_order(whole, filter))?.is_break() {
                        return Ok(());
                    }
                }
                if left == 0 {
                    return Ok(());
                }
                open = Some(audit_entry(row)?);
            }
            if let (Some(entry), Some(event)) = (&mut open, row.get(15)?) {
                entry.events.push((event, row.get(16)?));
            }
        }
        match open {
            Some(whole) => each(in_order(whole, filter)).map(drop),
            None => Ok(()),
        }
    }
}

/// The index was walked from its end, and the events of each command with it.
fn in_order(mut entry: AuditEntry, filter: &AuditFilter) -> AuditEntry {
    if filter.newest_first {
        entry.events.reverse();
    }
    entry
}

fn audit_entry(row: &Row<'_>) -> Result<AuditEntry, StoreError> {
    Ok(AuditEntry {
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
        events: Vec::new(),
        hash: row.get(14)?,
        detail: row.get(17)?,
    })
}

/// Conditions with their values.
#[derive(Default)]
struct Conditions {
    sql: Vec<String>,
    values: Vec<Value>,
}

impl Conditions {
    /// The `?` of the condition is the value.
    fn add(&mut self, condition: &str, value: impl Into<Value>) {
        self.values.push(value.into());
        let place = format!("?{}", self.values.len());
        self.sql.push(condition.replace('?', &place));
    }

    fn add_some(&mut self, condition: &str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.add(condition, value);
        }
    }
}

/// By type through the index of types; by actor alone through the actor's commands; else by number.
fn events_query(filter: &EventFilter) -> (String, Vec<Value>) {
    let mut conditions = Conditions::default();
    conditions.add("e.seq > ?", filter.since);
    let source = match (&filter.event_type, &filter.actor) {
        (Some(event_type), _) => {
            conditions.add("e.type = ?", event_type.clone());
            format!("event AS e INDEXED BY event_by_type {JOINS}")
        }
        (None, None) => format!("event AS e {JOINS}"),
        (None, Some(_)) => {
            // The actor's commands, from the one on that made the next event.
            conditions.sql.push(
                "c.seq >= coalesce((SELECT command FROM event WHERE seq > ?1 ORDER BY seq LIMIT 1),
                    9223372036854775807)"
                    .to_owned(),
            );
            "command AS c INDEXED BY command_by_actor
             CROSS JOIN event AS e ON e.seq >= c.first_event AND e.seq < c.first_event + c.events
             LEFT JOIN audit AS a ON a.command = c.seq
             LEFT JOIN free_text AS t ON t.id = a.reason_text"
                .to_owned()
        }
    };
    let actor = if filter.event_type.is_some() {
        "+c.actor = ?"
    } else {
        "c.actor = ?"
    };
    conditions.add_some(actor, filter.actor.clone());
    let order = if filter.event_type.is_none() && filter.actor.is_some() {
        "c.seq, e.seq"
    } else {
        "e.seq"
    };
    let limit = filter.limit.map_or(-1, i64::from);
    conditions.values.push(limit.into());
    let sql = format!(
        "{LOG} FROM {source} WHERE {} ORDER BY {order} LIMIT ?{}",
        conditions.sql.join(" AND "),
        conditions.values.len()
    );
    (sql, conditions.values)
}

/// By object through its index, else by a span of time, by actor, by kind, or by number.
fn audit_query(filter: &AuditFilter) -> (String, Vec<Value>) {
    let spans = filter.object.is_none() && (filter.from.is_some() || filter.to.is_some());
    let index = if filter.object.is_some() {
        "INDEXED BY audit_by_object"
    } else if spans {
        "INDEXED BY audit_by_instant"
    } else if filter.actor.is_some() {
        "INDEXED BY audit_by_actor"
    } else if filter.action.is_some() {
        "INDEXED BY audit_by_what"
    } else {
        ""
    };
    let mut conditions = Conditions::default();
    conditions.add_some("a.object = ?", filter.object.clone());
    conditions.add_some("a.instant >= ?", filter.from.map(Instant::millis));
    conditions.add_some("a.instant < ?", filter.to.map(Instant::millis));
    // Beside the index that is walked the others would only mislead: "+" keeps them out.
    let by_actor = index == "INDEXED BY audit_by_actor";
    let by_what = index == "INDEXED BY audit_by_what";
    let actor = if by_actor {
        "a.actor = ?"
    } else {
        "+a.actor = ?"
    };
    conditions.add_some(actor, filter.actor.clone());
    let what = if by_what { "a.what = ?" } else { "+a.what = ?" };
    conditions.add_some(what, filter.action.clone());
    let beyond = if filter.newest_first { "<" } else { ">" };
    if filter.after > 0 && spans {
        let place = "(a.instant, a.seq) BEYOND ((SELECT instant FROM audit WHERE seq = ?), ?)";
        conditions.add(&place.replace("BEYOND", beyond), filter.after);
    } else if !spans {
        // Without a bound the whole table would be walked for all that the planner knows.
        let newest = filter.newest_first && filter.after == 0;
        let after = if newest { i64::MAX } else { filter.after };
        conditions.add(&format!("a.seq {beyond} ?"), after);
    }
    let order = match (spans, filter.newest_first) {
        (true, false) => "a.instant, a.seq, e.seq",
        (true, true) => "a.instant DESC, a.seq DESC, e.seq DESC",
        (false, false) => "a.seq, e.seq",
        (false, true) => "a.seq DESC, e.seq DESC",
    };
    let conditions_sql = if conditions.sql.is_empty() {
        "1".to_owned()
    } else {
        conditions.sql.join(" AND ")
    };
    let sql = format!(
        "SELECT a.seq, a.actor, a.permission, a.desk, a.what, a.object, c.accepted, c.outcome,
            a.reason_code, t.body, o.body, a.instant, a.request, c.id, lower(hex(a.hash)), e.type,
            e.payload, nullif(json_remove(a.detail, '$.sealed'), '{{}}')
         FROM audit AS a {index} LEFT JOIN command AS c ON c.seq = a.command
         LEFT JOIN free_text AS t ON t.id = a.reason_text
         LEFT JOIN free_text AS o ON o.id = a.override_text
         LEFT JOIN event AS e ON e.seq >= c.first_event AND e.seq < c.first_event + c.events
         WHERE {conditions_sql} ORDER BY {order}"
    );
    (sql, conditions.values)
}
