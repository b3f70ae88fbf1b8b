//! Commands that the centre could not read: set apart with what hangs on them, sent again, or given up.

use std::collections::BTreeSet;

use keyrack_inventory::{CommandId, Instant, Night};
use keyrack_wire::{Answer, Label, List, Notice, Parked, Queued, Sealed, Slot};
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::Value;
use uuid::Uuid;

use super::{Centre, inbox, load, queue};
use crate::Batch;
use crate::error::StoreError;
use crate::rows::uuid;

/// Why something is parked that hangs on a parked command.
const DEPENDS: &str = "depends";

/// Why the centre parks what it does not know yet.
pub(super) const WAITS: &str = "waits";
/// How often a command that waits is sent again with whatever others bring: it may have missed what it names.
const TRIES: u32 = 3;
/// How often with something that it names.
const TRIES_BY_NAME: u32 = 30;

/// A command in the queue.
struct Place {
    epoch: u32,
    seq: u64,
    id: CommandId,
    sealed: Sealed,
    queued: Queued,
    answer: Option<String>,
    told: bool,
    asking: bool,
    in_base: bool,
}

/// Why an answer parks its command, where it does.
pub(super) fn reason(answer: Option<&str>) -> Result<Option<Label>, StoreError> {
    let answer = answer.map(serde_json::from_str).transpose();
    let answer = answer.map_err(|error| StoreError::damaged("queue", error))?;
    Ok(match answer {
        Some(Answer::Parked { reason }) => Some(reason),
        _ => None,
    })
}

/// How a parked command goes up: without its bytes, with the rights that it moved.
pub(super) fn place(sealed: &Sealed, queued: &Queued, parked: Label) -> Parked {
    Parked {
        seq: queued.seq,
        id: queued.id,
        hash: sealed.hash(),
        parked,
        rights: queued.rights.clone(),
        epoch: queued.again.map(|again| again.epoch),
    }
}

/// A place whose command was queued again elsewhere.
pub(super) fn left(
    connection: &Connection,
    epoch: u32,
    seq: u64,
) -> Result<Option<Slot>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT slot FROM queue_place WHERE epoch = ?1 AND seq = ?2")?;
    let found: Option<String> = statement
        .query_row(params![epoch, seq], |row| row.get(0))
        .optional()?;
    let read = found.map(|text| serde_json::from_str(&text)).transpose();
    read.map_err(|error| StoreError::damaged("queue_place", error))
}

/// Those of the queue that are set apart, and those that wait; each by an index of theirs, without which it fails.
const PARKED: &str = "INDEXED BY queue_parked WHERE state = 'parked'";
const WAITING: &str = "INDEXED BY queue_unheard WHERE state = 'waiting'";

/// Commands of the queue in their order, of those.
fn standing(connection: &Connection, which: &str) -> Result<Vec<Place>, StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT epoch, seq, id, sealed, answer, told, asking, in_base FROM queue {which} ORDER BY epoch, seq"
    ))?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (sealed, queued) = queue::open(row.get(3)?)?;
        found.push(Place {
            epoch: row.get(0)?,
            seq: row.get(1)?,
            id: CommandId(uuid(row, 2)?),
            sealed,
            queued,
            answer: row.get(4)?,
            told: row.get(5)?,
            asking: row.get(6)?,
            in_base: row.get(7)?,
        });
    }
    Ok(found)
}

/// By what other commands can mean what a command made or changed here: ids and numbers.
fn made_by(connection: &Connection, id: CommandId) -> Result<BTreeSet<String>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT e.type, e.version, e.payload, e.seq FROM command AS c JOIN event AS e
            ON e.seq >= c.first_event AND e.seq < c.first_event + c.events WHERE c.id = ?1",
    )?;
    let mut rows = statement.query([id.0.as_bytes()])?;
    let mut names = BTreeSet::from([id.0.to_string()]);
    while let Some(row) = rows.next()? {
        let (name, version, payload): (String, u32, String) =
            (row.get(0)?, row.get(1)?, row.get(2)?);
        let event = keyrack_inventory::Event::from_stored(&name, version, &payload);
        let seq = row.get(3)?;
        let event = event.map_err(|source| StoreError::Event { seq, source })?;
        if let Some(object) = event.object() {
            names.insert(object.to_string());
            names.extend(number_of(connection, object)?);
        }
    }
    Ok(names)
}

fn number_of(connection: &Connection, object: Uuid) -> Result<Option<String>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT number FROM reservation WHERE id = ?1
         UNION ALL SELECT number FROM hold WHERE id = ?1
         UNION ALL SELECT number FROM outage WHERE id = ?1
         UNION ALL SELECT number FROM allotment WHERE id = ?1",
    )?;
    let found = statement.query_row([object.as_bytes()], |row| row.get(0));
    Ok(found.optional()?)
}

/// Whether a command names one of these: as it is, or one stay of it.
fn names(payload: &Value, objects: &BTreeSet<String>) -> bool {
    match payload {
        Value::String(text) => text
            .split('/')
            .next()
            .is_some_and(|name| objects.contains(name)),
        Value::Array(values) => values.iter().any(|value| names(value, objects)),
        Value::Object(fields) => fields.values().any(|value| names(value, objects)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// What stands so behind a command and hangs on it, or on something that does.
fn hanging(
    connection: &Connection,
    (id, epoch, seq): (CommandId, u32, u64),
    which: &str,
) -> Result<Vec<Place>, StoreError> {
    let mut objects = made_by(connection, id)?;
    let mut found = Vec::new();
    for place in standing(connection, which)? {
        if (place.epoch, place.seq) > (epoch, seq) && names(&place.queued.payload, &objects) {
            objects.extend(made_by(connection, place.id)?);
            found.push(place);
        }
    }
    Ok(found)
}

/// How often a command was queued again since it was given, or since the last epoch began.
fn tries(connection: &Connection, id: CommandId) -> Result<u32, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT count(*) FROM queue_place WHERE id = ?1")?;
    Ok(statement.query_row([id.0.as_bytes()], |row| row.get(0))?)
}

fn label(reason: &str) -> Result<Label, StoreError> {
    let reason = Label::try_from(reason.to_owned());
    reason.map_err(|error| StoreError::damaged("queue", error))
}

/// Sets a command of the queue apart.
pub(super) fn set_parked(
    connection: &Connection,
    (epoch, seq): (u32, u64),
    reason: Option<&Label>,
) -> Result<(), StoreError> {
    let reason = match reason {
        Some(reason) => reason.clone(),
        None => label(DEPENDS)?,
    };
    let answer = serde_json::to_string(&Answer::Parked { reason });
    let answer = answer.map_err(|error| StoreError::damaged("queue", error))?;
    let mut statement = connection.prepare_cached(
        "UPDATE queue SET state = 'parked', answer = ?3, told = 0
         WHERE epoch = ?1 AND seq = ?2 AND state = 'waiting' RETURNING id",
    )?;
    let mut rows = statement.query(params![epoch, seq, answer])?;
    if let Some(row) = rows.next()? {
        let id = CommandId(uuid(row, 0)?);
        drop(rows);
        inbox::parked(connection, id, &answer)?;
    }
    Ok(())
}

/// Parks a command that was just queued where it names something of a parked one: the centre would not
/// know what it means.
pub(crate) fn park_if_hanging(connection: &Connection, id: CommandId) -> Result<(), StoreError> {
    let parked = standing(connection, PARKED)?;
    if parked.is_empty() {
        return Ok(());
    }
    let Some(queued) = queue::waiting(connection, id)? else {
        return Ok(());
    };
    for place in parked {
        if names(&queued.payload, &made_by(connection, place.id)?) {
            return set_parked(connection, (queued.epoch, queued.seq), None);
        }
    }
    Ok(())
}

impl Batch<'_> {
    /// Sets a command of the queue apart, with all that names what it made or changed: only their
    /// numbers, hashes and rights go up any more.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn park(&mut self, epoch: u32, seq: u64, reason: &str) -> Result<(), StoreError> {
        set_parked(self.connection, (epoch, seq), Some(&label(reason)?))?;
        let parked = standing(self.connection, PARKED)?;
        let Some(parked) = parked.iter().find(|at| (at.epoch, at.seq) == (epoch, seq)) else {
            return Ok(());
        };
        let at = (parked.id, epoch, seq);
        for place in hanging(self.connection, at, WAITING)? {
            set_parked(self.connection, (place.epoch, place.seq), None)?;
        }
        Ok(())
    }

    /// Sends a parked command again, that on which it hangs, and what hangs on it: at the end of the queue, since
    /// the centre knows the old places as parked. Gives whether there was one.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn retry(&mut self, id: CommandId, by: &str, now: i64) -> Result<bool, StoreError> {
        let Some(family) = self.family(self.root(id)?)? else {
            return Ok(false);
        };
        let is_known = family[0].told;
        for place in family {
            match is_known {
                true => self.queue_again(&place)?,
                // The centre has not heard of it: it goes up as it is.
                false => {
                    let sql = "UPDATE queue SET state = 'waiting', answer = NULL
                        WHERE epoch = ?1 AND seq = ?2";
                    let mut statement = self.connection.prepare_cached(sql)?;
                    statement.execute(params![place.epoch, place.seq])?;
                }
            }
            inbox::dealt_with(self.connection, place.id, (by, now))?;
        }
        self.lies_otherwise()?;
        Ok(true)
    }

    /// Gives up a command that is parked, and what hangs on it: they are no part of what is shown any
    /// more once the next page is followed, and the centre lets go what they promised. Gives whether
    /// there was one.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn discard(&mut self, id: CommandId, by: &str, now: Instant) -> Result<bool, StoreError> {
        let family = self.family(id)?.filter(|family| family[0].told);
        let (Some(family), Some(mut centre)) = (family, load(self.connection)?) else {
            return Ok(false);
        };
        for place in family {
            let sql = "UPDATE queue SET state = 'refused' WHERE epoch = ?1 AND seq = ?2";
            let mut statement = self.connection.prepare_cached(sql)?;
            statement.execute(params![place.epoch, place.seq])?;
            let notice = Notice::LetGo { command: place.id };
            let at: (Instant, Night) = (now, place.queued.business_date);
            centre = queue::enqueue_notice(self.connection, &centre, &notice, Vec::new(), at)?;
            inbox::dealt_with(self.connection, place.id, (by, now.millis()))?;
        }
        self.lies_otherwise()?;
        Ok(true)
    }

    /// Sends again what waits for something that another desk brings after the centre was restored from a
    /// copy: what is named here came of others just now. It ends after some tries, and where a person has dealt
    /// with it. Gives whether there was any.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn retry_what_waits(&mut self, named: &BTreeSet<String>) -> Result<bool, StoreError> {
        let (mut any, mut objects) = (false, named.clone());
        for place in standing(self.connection, PARKED)? {
            let reason = reason(place.answer.as_deref())?;
            let waits = reason.is_some_and(|reason| reason.as_str() == WAITS);
            if !place.told || !waits || inbox::is_dealt_with(self.connection, place.id)? {
                continue;
            }
            let most = match names(&place.queued.payload, &objects) {
                true => TRIES_BY_NAME,
                false => TRIES,
            };
            if tries(self.connection, place.id)? < most {
                objects.extend(made_by(self.connection, place.id)?);
                self.queue_again(&place)?;
                any = true;
            }
        }
        if any {
            self.lies_otherwise()?;
        }
        Ok(any)
    }

    /// A parked command and what is parked because of it, in their order.
    fn family(&self, id: CommandId) -> Result<Option<Vec<Place>>, StoreError> {
        let parked = standing(self.connection, PARKED)?;
        let Some(first) = parked.into_iter().find(|place| place.id == id) else {
            return Ok(None);
        };
        let at = (id, first.epoch, first.seq);
        let mut hanging = hanging(self.connection, at, PARKED)?;
        hanging.insert(0, first);
        Ok(Some(hanging))
    }

    /// The first parked command on which a parked one hangs: itself, where it hangs on none.
    fn root(&self, id: CommandId) -> Result<CommandId, StoreError> {
        let parked = standing(self.connection, PARKED)?;
        let Some(at) = parked.iter().position(|place| place.id == id) else {
            return Ok(id);
        };
        for place in &parked[..at] {
            if names(
                &parked[at].queued.payload,
                &made_by(self.connection, place.id)?,
            ) {
                return self.root(place.id);
            }
        }
        Ok(id)
    }

    /// Commands lie over the base in another order, or not any more: the next page puts right what is shown.
    fn lies_otherwise(&self) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("UPDATE centre SET dirty = 1")?
            .execute([])?;
        Ok(())
    }

    fn queue_again(&self, place: &Place) -> Result<(), StoreError> {
        let centre: Centre = load(self.connection)?
            .ok_or_else(|| StoreError::damaged("queue", "there is no centre"))?;
        let reason = reason(place.answer.as_deref())?
            .ok_or_else(|| StoreError::damaged("queue", "parked for no reason"))?;
        let slot = Slot::Parked(self::place(&place.sealed, &place.queued, reason));
        let slot = serde_json::to_string(&slot)
            .map_err(|error| StoreError::damaged("queue_place", error))?;
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO queue_place (epoch, seq, id, slot, told) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        // What the centre has not heard of goes up before, in its own place.
        let id = place.id.0.as_bytes();
        statement.execute(params![place.epoch, place.seq, id, slot, place.told])?;
        let mut statement = self
            .connection
            .prepare_cached("DELETE FROM queue WHERE epoch = ?1 AND seq = ?2")?;
        statement.execute(params![place.epoch, place.seq])?;
        let queued = Queued {
            epoch: centre.holder.epoch,
            seq: centre.last_seq + 1,
            prev_hash: centre.last_hash,
            // The centre has followed them, and keeps apart what they promised.
            rights: List::default(),
            ..place.queued.clone()
        };
        queue::insert(self.connection, &centre, &queued, place.asking)?;
        if place.in_base {
            queue::came_back(self.connection, place.id)?;
        }
        Ok(())
    }
}
