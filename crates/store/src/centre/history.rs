//! The history of a file as entries of a feed, for a property that has none.

use std::collections::BTreeSet;

use keyrack_inventory::ids::CommandId;
use keyrack_inventory::{Instant, Reason, ReasonCode, TextId};
use keyrack_wire::{Fed, FedEvent, Guest, Label, Text};
use rusqlite::{Connection, params};

use crate::Reader;
use crate::erase::ids_in;
use crate::error::StoreError;
use crate::record::{Stored, code_word};
use crate::rows::{night_at, uuid, uuid_or_none};

/// A part of a history.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// The entries, in order.
    pub entries: Vec<Fed>,
    /// The guests that they name.
    pub guests: Vec<Guest>,
    /// The texts that they name.
    pub texts: Vec<Text>,
    /// The number of the last command of the file in it; nothing where there is no more.
    pub last_command: Option<i64>,
}

impl Reader<'_> {
    /// How many entries the history of the file has.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn history_length(&self) -> Result<u64, StoreError> {
        let sql = "SELECT count(*) FROM command WHERE accepted = 1";
        let mut statement = self.connection().prepare_cached(sql)?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    /// The number of the command in the file that is the `number`-th entry of its history; nothing
    /// before the first.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn history_at(&self, number: u64) -> Result<i64, StoreError> {
        let Some(before) = number.checked_sub(1) else {
            return Ok(0);
        };
        let sql = "SELECT seq FROM command WHERE accepted = 1 ORDER BY seq LIMIT 1 OFFSET ?1";
        let mut statement = self.connection().prepare_cached(sql)?;
        Ok(statement.query_row([before], |row| row.get(0))?)
    }

    /// The accepted commands after the one of that number, with their events, until about `events`
    /// of them are together; as entries that are numbered after `number`.
    ///
    /// # Errors
    /// Where the file fails, or a row of it cannot be read.
    pub fn history(&self, after: i64, number: u64, events: usize) -> Result<Part, StoreError> {
        let mut statement = self.connection().prepare_cached(
            "SELECT c.seq, c.id, c.desk, c.actor, c.instant,
                coalesce(c.business_date, (SELECT min(business_date) FROM command)), c.correlation, c.kind,
                c.request, c.outcome, c.first_event, c.events, a.reason_code, a.reason_text,
                a.override_text
             FROM command AS c JOIN audit AS a ON a.command = c.seq
             WHERE c.seq > ?1 AND c.accepted = 1 ORDER BY c.seq",
        )?;
        let mut rows = statement.query([after])?;
        let mut part = Part::default();
        let mut ids = BTreeSet::new();
        let mut together = 0;
        while let Some(row) = rows.next()? {
            let number = number + 1 + part.entries.len() as u64;
            let entry = entry(self.connection(), row, number)?;
            ids_in(&entry.payload, &mut ids);
            ids.extend(entry.override_text.map(|id| id.0));
            ids.extend(entry.reason.and_then(|reason| reason.text).map(|id| id.0));
            together += entry.events.len().max(1);
            part.entries.push(entry);
            part.last_command = Some(row.get(0)?);
            if together >= events {
                break;
            }
        }
        (part.guests, part.texts) = self.people_named(ids)?;
        Ok(part)
    }
}

fn entry(connection: &Connection, row: &rusqlite::Row<'_>, number: u64) -> Result<Fed, StoreError> {
    let damaged = |error: serde_json::Error| StoreError::damaged("command", error);
    let label =
        |text: String| Label::try_from(text).map_err(|error| StoreError::damaged("command", error));
    let outcome: String = row.get(9)?;
    let outcome = match serde_json::from_str(&outcome).map_err(damaged)? {
        Stored::Accepted(outcome) => outcome,
        Stored::Refused { .. } => return Err(StoreError::damaged("command", "refused")),
    };
    let request: String = row.get(8)?;
    let reason: Option<String> = row.get(12)?;
    let text = uuid_or_none(row, 13)?.map(TextId);
    Ok(Fed {
        number,
        id: CommandId(uuid(row, 1)?),
        desk: label(row.get(2)?)?,
        actor: label(row.get(3)?)?,
        at: Instant::from_millis(row.get(4)?),
        business_date: night_at(row, 5)?,
        request: uuid(row, 6)?,
        kind: label(row.get(7)?)?,
        payload: serde_json::from_str(&request).map_err(damaged)?,
        outcome,
        reason: reason.map(|word| reason_of(&word, text)).transpose()?,
        override_text: uuid_or_none(row, 14)?.map(TextId),
        events: events(connection, row.get(10)?, row.get(11)?)?,
    })
}

fn reason_of(word: &str, text: Option<TextId>) -> Result<Reason, StoreError> {
    let all = [
        ReasonCode::Guest,
        ReasonCode::NoPayment,
        ReasonCode::Duplicate,
        ReasonCode::Overbooked,
        ReasonCode::Agent,
        ReasonCode::Weather,
        ReasonCode::Error,
        ReasonCode::Other,
    ];
    let code = all.into_iter().find(|code| code_word(*code) == word);
    let code = code.ok_or_else(|| StoreError::damaged("audit", word))?;
    Ok(Reason { code, text })
}

fn events(connection: &Connection, first: i64, count: i64) -> Result<Vec<FedEvent>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT type, version, payload FROM event WHERE seq >= ?1 AND seq < ?2 ORDER BY seq",
    )?;
    let mut rows = statement.query(params![first, first + count])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let name: String = row.get(0)?;
        found.push(FedEvent {
            name: Label::try_from(name).map_err(|error| StoreError::damaged("event", error))?,
            version: row.get(1)?,
            payload: row.get(2)?,
        });
    }
    Ok(found)
}
