//! The inbox: answers and conflicts that a person has to see.

use keyrack_inventory::{CommandId, Outcome};
use keyrack_wire::Answer;
use rusqlite::{Connection, OptionalExtension, params};

use crate::error::StoreError;
use crate::rows::uuid;
use crate::{Batch, Reader};

/// What an item tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InboxKind {
    /// A sale that needed it was confirmed.
    Confirmed,
    /// The centre has no rooms for a sale that needs confirmation.
    Declined,
    /// The centre refused a command.
    Refused,
    /// A command of this desk does not fit what another desk did meanwhile.
    Conflict,
    /// A command could not be read, and waits.
    Parked,
}

impl InboxKind {
    /// Its word in rows and answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Declined => "declined",
            Self::Refused => "refused",
            Self::Conflict => "conflict",
            Self::Parked => "parked",
        }
    }

    fn from_word(word: &str) -> Result<Self, StoreError> {
        let all = [
            Self::Confirmed,
            Self::Declined,
            Self::Refused,
            Self::Conflict,
            Self::Parked,
        ];
        let found = all.into_iter().find(|kind| kind.as_str() == word);
        found.ok_or_else(|| StoreError::damaged("inbox", word))
    }
}

/// An item of the inbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InboxEntry {
    /// Its number.
    pub id: i64,
    /// What it tells.
    pub kind: InboxKind,
    /// The command that it is about.
    pub command: CommandId,
    /// What that was about, as people name it.
    pub object: String,
    /// The refusal where there is one, JSON.
    pub facts: String,
    /// Since when, in milliseconds since 1970.
    pub opened: i64,
    /// When a person answered it.
    pub answered: Option<i64>,
    /// Who.
    pub answered_by: Option<String>,
}

/// Puts an answer before a person, where it is one that a person has to know of.
pub(super) fn answered(
    connection: &Connection,
    command: CommandId,
    answer: &Answer,
    asked: bool,
    now: i64,
) -> Result<(), StoreError> {
    // What was asked has its number from the centre.
    let mut number = None;
    let (kind, facts) = match answer {
        // A guest or a group waits to hear of it; what concerns the house alone needs no deed.
        Answer::Applied { outcome } if asked && is_of_a_guest(outcome) => {
            number = outcome.number().map(ToString::to_string);
            (InboxKind::Confirmed, None)
        }
        Answer::Applied { .. } | Answer::Parked { .. } => return Ok(()),
        Answer::Kept { refusal, .. } => (InboxKind::Declined, Some(refusal)),
        Answer::Refused { refusal } => (InboxKind::Refused, Some(refusal)),
    };
    let facts = facts.map(serde_json::to_string).transpose();
    let facts = facts.map_err(|error| StoreError::damaged("inbox", error))?;
    let facts = facts.unwrap_or_else(|| "{}".to_owned());
    put(connection, (kind, number), command, &facts, now)
}

/// Whether what was made, changed or given back is a guest's or a group's.
fn is_of_a_guest(outcome: &Outcome) -> bool {
    let of_several = matches!(outcome, Outcome::Batch { .. } | Outcome::Undone { .. });
    of_several || outcome.number().is_some()
}

/// A command of this desk does not fit what the centre tells.
pub(super) fn conflict(
    connection: &Connection,
    command: CommandId,
    refusal: &keyrack_inventory::Refusal,
    now: i64,
) -> Result<(), StoreError> {
    let facts = serde_json::to_string(refusal);
    let facts = facts.map_err(|error| StoreError::damaged("inbox", error))?;
    put(
        connection,
        (InboxKind::Conflict, None),
        command,
        &facts,
        now,
    )
}

/// A command is set apart.
pub(super) fn parked(
    connection: &Connection,
    command: CommandId,
    answer: &str,
) -> Result<(), StoreError> {
    let queued: i64 = connection
        .prepare_cached("SELECT queued_at FROM queue WHERE id = ?1")?
        .query_row([command.0.as_bytes()], |row| row.get(0))?;
    // One that is parked once more is put before a person once more, unless the same is there already.
    connection
        .prepare_cached(
            "DELETE FROM inbox WHERE command = ?1 AND kind = 'parked'
             AND (answered IS NOT NULL OR facts <> ?2)",
        )?
        .execute(params![command.0.as_bytes(), answer])?;
    put(
        connection,
        (InboxKind::Parked, None),
        command,
        answer,
        queued,
    )
}

/// What was parked is answered otherwise: nobody has to look at it any more.
pub(super) fn parked_no_more(
    connection: &Connection,
    command: CommandId,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "DELETE FROM inbox WHERE command = ?1 AND kind = 'parked' AND answered IS NULL",
        )?
        .execute([command.0.as_bytes()])?;
    Ok(())
}

/// Whether a person has dealt with a parked command.
pub(super) fn is_dealt_with(
    connection: &Connection,
    command: CommandId,
) -> Result<bool, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT 1 FROM inbox WHERE command = ?1 AND kind = 'parked' AND answered IS NOT NULL",
    )?;
    Ok(statement.exists([command.0.as_bytes()])?)
}

/// A person has dealt with a parked command.
pub(super) fn dealt_with(
    connection: &Connection,
    command: CommandId,
    (by, now): (&str, i64),
) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(
        "UPDATE inbox SET answered = ?2, answered_by = ?3
         WHERE command = ?1 AND kind = 'parked' AND answered IS NULL",
    )?;
    statement.execute(params![command.0.as_bytes(), now, by])?;
    Ok(())
}

fn put(
    connection: &Connection,
    (kind, number): (InboxKind, Option<String>),
    command: CommandId,
    facts: &str,
    now: i64,
) -> Result<(), StoreError> {
    let object: Option<String> = connection
        .prepare_cached(
            "SELECT a.object FROM audit AS a JOIN command AS c ON c.seq = a.command WHERE c.id = ?1",
        )?
        .query_row([command.0.as_bytes()], |row| row.get(0))
        .optional()?;
    let mut statement = connection.prepare_cached(
        "INSERT INTO inbox (kind, command, object, facts, opened) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT DO NOTHING",
    )?;
    statement.execute(params![
        kind.as_str(),
        command.0.as_bytes(),
        object
            .filter(|object| !object.is_empty())
            .or(number)
            .unwrap_or_default(),
        facts,
        now
    ])?;
    Ok(())
}

impl Reader<'_> {
    /// The inbox, oldest first: what is not answered, or all of it.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn inbox(&self, all: bool) -> Result<Vec<InboxEntry>, StoreError> {
        let sql = if all {
            "SELECT id, kind, command, object, facts, opened, answered, answered_by FROM inbox
             ORDER BY id"
        } else {
            "SELECT id, kind, command, object, facts, opened, answered, answered_by FROM inbox
             WHERE answered IS NULL ORDER BY id"
        };
        let mut statement = self.connection().prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let kind: String = row.get(1)?;
            found.push(InboxEntry {
                id: row.get(0)?,
                kind: InboxKind::from_word(&kind)?,
                command: CommandId(uuid(row, 2)?),
                object: row.get(3)?,
                facts: row.get(4)?,
                opened: row.get(5)?,
                answered: row.get(6)?,
                answered_by: row.get(7)?,
            });
        }
        Ok(found)
    }
}

impl Batch<'_> {
    /// Whoever asked was told at once that a command is done, or why not: nobody has to look at that any more. What was
    /// declined stays, for it is to be decided.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn told_at_once(&mut self, command: CommandId) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "DELETE FROM inbox WHERE command = ?1 AND kind IN ('confirmed', 'refused')
                 AND answered IS NULL",
            )?
            .execute([command.0.as_bytes()])?;
        Ok(())
    }

    /// Notes that a person has dealt with an item. Gives whether there was one that was open.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn answer_inbox(&mut self, id: i64, by: &str, now: i64) -> Result<bool, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "UPDATE inbox SET answered = ?2, answered_by = ?3 WHERE id = ?1 AND answered IS NULL",
        )?;
        Ok(statement.execute(params![id, now, by])? == 1)
    }
}
