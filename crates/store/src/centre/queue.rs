//! The queue: commands in their final bytes, in the order of their numbers.

use keyrack_inventory::{CommandId, Decision, Instant, Night, Outcome, State};
use keyrack_wire::{ERASED_AT_MOST, Label, List, Notice, Queued, RightUse, Sealed, Slot, Standing};
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use super::{Centre, parked, save};
use crate::Reader;
use crate::envelope::Envelope;
use crate::error::StoreError;
use crate::plan::prepare;

/// A command of the queue, as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Its number.
    pub seq: u64,
    /// Its identity.
    pub id: CommandId,
    /// Its kind.
    pub kind: String,
    /// Who gave it.
    pub actor: String,
    /// When it was queued, in milliseconds since 1970.
    pub queued_at: i64,
    /// How it stands: `waiting` or `parked`.
    pub state: String,
}

/// The queue in figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QueueFacts {
    /// Commands that wait for an answer.
    pub waiting: u64,
    /// When the oldest of them was queued, in milliseconds since 1970.
    pub oldest: Option<i64>,
    /// Commands that wait for a person.
    pub parked: u64,
    /// Rooms of nights that may be sold without the centre: all that is left of the share.
    pub rights_left: u64,
}

/// Queues what was just done, in the same transaction.
pub(crate) fn enqueue(
    connection: &Connection,
    centre: &Centre,
    envelope: &Envelope,
    state: &State,
    decision: &Decision,
    (asking, rights): (bool, Vec<RightUse>),
) -> Result<(), StoreError> {
    let damaged = |what: &dyn std::fmt::Display| StoreError::damaged("queue", what);
    let label = |text: &str| Label::try_from(text.to_owned()).map_err(|error| damaged(&error));
    let catalogue = state.catalogue().ok_or_else(|| damaged(&"no property"))?;
    // "The last one" means another command at the centre, so it is named; and what was refused here is
    // not done there.
    let outcome = &decision.outcome;
    let command = envelope.command.as_done(outcome, &decision.events);
    let standing = match asking {
        false => Standing::Settled {
            outcome: outcome.clone(),
        },
        true => Standing::Asking {
            outcome: Some(outcome.clone()).filter(|outcome| *outcome != Outcome::Asked),
        },
    };
    let queued = Queued {
        id: envelope.command_id,
        desk: centre.holder.desk,
        epoch: centre.holder.epoch,
        seq: centre.last_seq + 1,
        prev_hash: centre.last_hash,
        version: Queued::VERSION,
        kind: label(command.kind())?,
        payload: serde_json::to_value(&command).map_err(|error| damaged(&error))?,
        actor: label(&envelope.actor)?,
        request: envelope.request_id,
        reason: envelope.reason,
        override_text: envelope.override_text,
        seen: centre.cursor.number,
        instant: envelope.now,
        business_date: catalogue.property.business_date,
        outcome: standing,
        rights: List::try_from(rights).map_err(|error| damaged(&error))?,
        again: None,
    };
    insert(connection, centre, &queued, asking)
}

/// Queues something that is no command: that rights are given back, which are lost here already, and
/// others have them once the centre has heard; or that a command is given up.
pub(super) fn enqueue_notice(
    connection: &Connection,
    centre: &Centre,
    notice: &Notice,
    rights: Vec<RightUse>,
    (now, business_date): (Instant, Night),
) -> Result<Centre, StoreError> {
    let damaged = |what: &dyn std::fmt::Display| StoreError::damaged("queue", what);
    let label = |text: &str| Label::try_from(text.to_owned()).map_err(|error| damaged(&error));
    let queued = Queued {
        id: CommandId(Uuid::now_v7()),
        desk: centre.holder.desk,
        epoch: centre.holder.epoch,
        seq: centre.last_seq + 1,
        prev_hash: centre.last_hash,
        version: Queued::VERSION,
        kind: label(notice.kind())?,
        payload: serde_json::to_value(notice).map_err(|error| damaged(&error))?,
        actor: label(crate::SYSTEM)?,
        request: Uuid::now_v7(),
        reason: None,
        override_text: None,
        seen: centre.cursor.number,
        instant: now,
        business_date,
        outcome: Standing::Settled {
            outcome: Outcome::Done,
        },
        rights: List::try_from(rights).map_err(|error| damaged(&error))?,
        again: None,
    };
    insert(connection, centre, &queued, false)?;
    // It changes no row, and no entry of the feed will bring it back.
    came_back(connection, queued.id)?;
    super::load(connection)?.ok_or_else(|| damaged(&"no centre"))
}

/// Queues that guests and texts were erased here, so that they are everywhere. Where there is no centre,
/// nobody has to be told.
pub(crate) fn enqueue_erasure(
    connection: &Connection,
    ids: Vec<Uuid>,
    now: Instant,
) -> Result<(), StoreError> {
    let date: Option<i32> = connection
        .prepare_cached("SELECT business_date FROM property")?
        .query_row([], |row| row.get(0))
        .optional()?;
    let (Some(mut centre), Some(date)) = (super::load(connection)?, date) else {
        return Ok(());
    };
    for part in ids.chunks(ERASED_AT_MOST) {
        let ids = List::try_from(part.to_vec());
        let ids = ids.map_err(|error| StoreError::damaged("queue", error))?;
        let at = (now, crate::rows::night(date)?);
        centre = enqueue_notice(connection, &centre, &Notice::Erase { ids }, Vec::new(), at)?;
    }
    Ok(())
}

pub(super) fn insert(
    connection: &Connection,
    centre: &Centre,
    queued: &Queued,
    asking: bool,
) -> Result<(), StoreError> {
    let sealed = queued
        .seal()
        .map_err(|error| StoreError::damaged("queue", error))?;
    let hash = sealed.hash();
    connection
        .prepare_cached(
            "INSERT INTO queue (epoch, seq, id, sealed, hash, queued_at, asking, state, sent)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'waiting', 0)",
        )?
        .execute(params![
            queued.epoch,
            queued.seq,
            queued.id.0.as_bytes(),
            sealed.as_str(),
            hash.0,
            queued.instant.millis(),
            asking,
        ])?;
    let (last_seq, last_hash) = (queued.seq, hash);
    save(
        connection,
        &Centre {
            last_seq,
            last_hash,
            ..centre.clone()
        },
    )
}

/// Commands that lie over the base: neither told of by the feed nor refused.
pub(super) fn overlay(connection: &Connection) -> Result<Vec<Queued>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT sealed FROM queue WHERE in_base = 0 AND state <> 'refused' ORDER BY epoch, seq",
    )?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(open(row.get(0)?)?.1);
    }
    Ok(found)
}

pub(super) fn open(text: String) -> Result<(Sealed, Queued), StoreError> {
    let sealed = Sealed::try_from(text).map_err(|error| StoreError::damaged("queue", error))?;
    let queued = sealed
        .open()
        .map_err(|error| StoreError::damaged("queue", error))?;
    Ok((sealed, queued))
}

/// Whether there is a command that the feed has not brought back. What is no command never comes back.
pub(super) fn any_open(connection: &Connection) -> Result<bool, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM queue AS q JOIN command AS c ON c.id = q.id
         WHERE q.in_base = 0 AND q.state <> 'refused')",
    )?;
    Ok(statement.query_row([], |row| row.get(0))?)
}

/// A command that waits.
pub(super) fn waiting(
    connection: &Connection,
    id: CommandId,
) -> Result<Option<Queued>, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT sealed FROM queue WHERE id = ?1 AND state = 'waiting'")?;
    let sealed: Option<String> = statement
        .query_row([id.0.as_bytes()], |row| row.get(0))
        .optional()?;
    let found = sealed.map(open).transpose()?;
    Ok(found.map(|(_, queued)| queued))
}

/// Whether a command is queued again in a later epoch than that in which it was given.
pub(super) fn comes_again(connection: &Connection, id: CommandId) -> Result<bool, StoreError> {
    let mut statement = connection.prepare_cached("SELECT sealed FROM queue WHERE id = ?1")?;
    let sealed: Option<String> = statement
        .query_row([id.0.as_bytes()], |row| row.get(0))
        .optional()?;
    let queued = sealed.map(open).transpose()?;
    Ok(queued.is_some_and(|(_, queued)| queued.again.is_some()))
}

/// Notes that the base has a command. Gives whether it had not before.
pub(super) fn came_back(connection: &Connection, id: CommandId) -> Result<bool, StoreError> {
    let mut statement =
        connection.prepare_cached("UPDATE queue SET in_base = 1 WHERE id = ?1 AND in_base = 0")?;
    Ok(statement.execute([id.0.as_bytes()])? == 1)
}

impl Reader<'_> {
    /// What stands in the queue under that number of the epoch.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn slot(&self, epoch: u32, seq: u64) -> Result<Option<Slot>, StoreError> {
        let mut statement = self
            .connection()
            .prepare_cached("SELECT sealed, answer FROM queue WHERE epoch = ?1 AND seq = ?2")?;
        let found: Option<(String, Option<String>)> = statement
            .query_row(params![epoch, seq], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((text, answer)) = found else {
            return parked::left(self.connection(), epoch, seq);
        };
        let (sealed, queued) = open(text)?;
        Ok(Some(match parked::reason(answer.as_deref())? {
            Some(reason) => Slot::Parked(parked::place(&sealed, &queued, reason)),
            None => Slot::Command(sealed),
        }))
    }

    /// The number up to which every command of the epoch is answered.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn answered_up_to(&self, epoch: u32) -> Result<u64, StoreError> {
        // What was answered stays: without the index of the few that were not, all of it would be read.
        let mut statement = prepare(
            self.connection(),
            "SELECT coalesce(
                (SELECT min(seq) - 1 FROM (
                    SELECT seq FROM queue INDEXED BY queue_unheard WHERE epoch = ?1 AND (state = 'waiting'
                        OR state IN ('parked', 'refused') AND told = 0)
                    UNION ALL SELECT seq FROM queue_place INDEXED BY queue_place_untold
                        WHERE epoch = ?1 AND told = 0)),
                (SELECT max(seq) FROM queue WHERE epoch = ?1), 0)",
        )?;
        Ok(statement.query_row([epoch], |row| row.get(0))?)
    }

    /// Whether a command waits to be sent.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn any_waiting(&self) -> Result<bool, StoreError> {
        let mut statement = prepare(
            self.connection(),
            "SELECT EXISTS (SELECT 1 FROM queue INDEXED BY queue_unheard WHERE state = 'waiting')",
        )?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    /// The queue in figures.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn queue_facts(&self) -> Result<QueueFacts, StoreError> {
        let mut statement = self.connection().prepare_cached(
            "SELECT count(*) FILTER (WHERE state = 'waiting'),
                min(queued_at) FILTER (WHERE state = 'waiting'),
                count(*) FILTER (WHERE state = 'parked'),
                (SELECT coalesce(sum(granted - consumed - returned), 0) FROM share
                 WHERE night >= (SELECT business_date FROM property)
                    AND NOT EXISTS (SELECT 1 FROM centre WHERE let_go = 1))
             FROM queue WHERE state = 'waiting' OR state = 'parked'",
        )?;
        Ok(statement.query_row([], |row| {
            Ok(QueueFacts {
                waiting: row.get(0)?,
                oldest: row.get(1)?,
                parked: row.get(2)?,
                rights_left: row.get(3)?,
            })
        })?)
    }

    /// The commands that wait or are parked, in their order, at most `limit`.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn queue(&self, limit: u32) -> Result<Vec<Waiting>, StoreError> {
        let mut statement = self.connection().prepare_cached(
            "SELECT sealed, queued_at, state FROM queue
             WHERE state = 'waiting' OR state = 'parked' ORDER BY epoch, seq LIMIT ?1",
        )?;
        let mut rows = statement.query([limit])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let (_, queued) = open(row.get(0)?)?;
            found.push(Waiting {
                seq: queued.seq,
                id: queued.id,
                kind: queued.kind.as_str().to_owned(),
                actor: queued.actor.as_str().to_owned(),
                queued_at: row.get(1)?,
                state: row.get(2)?,
            });
        }
        Ok(found)
    }
}
