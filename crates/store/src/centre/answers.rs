//! What the centre answered to the queue.

use keyrack_inventory::CommandId;
use keyrack_wire::{Answer, Answered, Trail};
use rusqlite::{Connection, OptionalExtension, params};

use super::parked::WAITS;
use super::{inbox, load, save};
use crate::error::StoreError;
use crate::{Batch, Reader};

/// How a command of the queue stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is not answered yet.
    Waiting,
    /// It is.
    Answered(Box<Answer>),
}

impl Batch<'_> {
    /// Stores the centre's answers, and how far its trail has come with them. What it refused is no part of what is shown any more, once the
    /// next page is followed; what it could not confirm, and what it refused, is put before a person.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn answered(
        &mut self,
        epoch: u32,
        (answers, trail): (&[Answered], Trail),
        now: i64,
    ) -> Result<(), StoreError> {
        let connection = self.connection;
        let Some(mut centre) = load(connection)? else {
            return Ok(());
        };
        for answered in answers {
            let state = match &answered.result {
                Answer::Applied { .. } => "applied",
                Answer::Kept { .. } => "kept",
                Answer::Refused { .. } => "refused",
                Answer::Parked { .. } => "parked",
            };
            let text = serde_json::to_string(&answered.result);
            let text = text.map_err(|error| StoreError::damaged("queue", error))?;
            let mut statement = connection.prepare_cached(
                "UPDATE queue SET state = ?3, answer = ?4, told = 1
                 WHERE epoch = ?1 AND seq = ?2 AND hash = ?5 AND state IN ('waiting', 'parked')
                 RETURNING asking",
            )?;
            let asked: Option<bool> = statement
                .query_row(
                    params![epoch, answered.seq, state, text, answered.hash.0],
                    |row| row.get(0),
                )
                .optional()?;
            let Some(asked) = asked else {
                told(connection, epoch, answered)?;
                continue;
            };
            centre.dirty |= matches!(answered.result, Answer::Refused { .. });
            match &answered.result {
                // Another desk may bring what it waits for, and may not.
                Answer::Parked { reason } if reason.as_str() == WAITS => {
                    inbox::parked(connection, answered.id, &text)?;
                }
                Answer::Parked { .. } => {}
                _ => inbox::parked_no_more(connection, answered.id)?,
            }
            inbox::answered(connection, answered.id, &answered.result, asked, now)?;
        }
        centre.heard = Some(now);
        centre.trail = Some(trail);
        save(connection, &centre)
    }
}

/// Notes that the centre knows a place whose command was given up, or queued again elsewhere.
fn told(connection: &Connection, epoch: u32, answered: &Answered) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(
        "UPDATE queue SET told = 1 WHERE epoch = ?1 AND seq = ?2 AND hash = ?3 AND state = 'refused'",
    )?;
    statement.execute(params![epoch, answered.seq, answered.hash.0])?;
    let mut statement = connection
        .prepare_cached("UPDATE queue_place SET told = 1 WHERE epoch = ?1 AND seq = ?2")?;
    statement.execute(params![epoch, answered.seq])?;
    Ok(())
}

impl Reader<'_> {
    /// How a command of this desk stands with the centre; nothing where it was never queued.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn standing(&self, id: CommandId) -> Result<Option<Standing>, StoreError> {
        let mut statement = self
            .connection()
            .prepare_cached("SELECT answer FROM queue WHERE id = ?1")?;
        let found: Option<Option<String>> = statement
            .query_row([id.0.as_bytes()], |row| row.get(0))
            .optional()?;
        match found {
            None => Ok(None),
            Some(None) => Ok(Some(Standing::Waiting)),
            Some(Some(text)) => {
                let answer = serde_json::from_str(&text);
                let answer = answer.map_err(|error| StoreError::damaged("queue", error))?;
                Ok(Some(Standing::Answered(Box::new(answer))))
            }
        }
    }
}
