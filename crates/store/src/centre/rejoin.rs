//! Rejoining: the desk leaves an epoch behind and queues again, in a new one, what is not answered.

use std::collections::BTreeSet;

use keyrack_inventory::{CommandId, Instant, Night};
use keyrack_wire::{Again, Answer, Hash, Notice, Parked, Queued, Slot, Snapshot, Standing};
use rusqlite::{Connection, OptionalExtension, params};

use super::{Centre, CentreState, load, parked, queue, save};
use crate::Batch;
use crate::error::StoreError;
use crate::load::load_base;

/// How far back what was answered is sent again to a centre that was restored from a copy, in days.
const AGAIN_DAYS: i64 = 35;

/// This desk's commands that a centre has answered for good.
pub(super) struct Known {
    /// Those that took effect.
    stored: BTreeSet<CommandId>,
    /// Those that it refused.
    refused: BTreeSet<CommandId>,
}

impl Known {
    /// As a snapshot tells it.
    pub(super) fn of(snapshot: &Snapshot) -> Self {
        Self {
            stored: snapshot.stored.as_slice().iter().copied().collect(),
            refused: snapshot.refused.as_slice().iter().copied().collect(),
        }
    }

    /// Whether it has a command as it stands here: one that was told to be done is not refused.
    fn has(&self, id: CommandId, state: &str) -> bool {
        let is_done = matches!(state, "applied" | "kept");
        self.stored.contains(&id) || !is_done && self.refused.contains(&id)
    }
}

/// A centre that was restored from a copy.
#[derive(Clone, Copy)]
pub(super) struct Restored<'a> {
    /// What it knows of this desk.
    pub known: &'a Known,
    /// When that was found out.
    pub now: Instant,
    /// Its business date.
    pub date: Night,
    /// Up to which entry the feed is as it was.
    pub began: u64,
}

/// A row of the queue.
struct Row {
    epoch: u32,
    seq: u64,
    queued: Queued,
    asking: bool,
    state: String,
    answer: Option<String>,
    in_base: bool,
    told: bool,
    sent: bool,
}

impl Row {
    /// Whether a centre has judged it, or may have. The end of a date has to be heard: what has to come before
    /// it is looked at anew.
    fn may_be_answered(&self) -> bool {
        match self.state.as_str() {
            "applied" | "kept" => true,
            _ => (self.told || self.sent) && self.queued.kind.as_str() != CLOSE_DAY,
        }
    }
}

/// The kind of the command that ends a date.
const CLOSE_DAY: &str = "close_day";

impl Batch<'_> {
    /// Begins a new epoch, where the last one is over: its share is gone, and what was queued and not
    /// answered goes up in the new one. Gives the epoch.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn rejoin(&mut self) -> Result<u32, StoreError> {
        let centre = load(self.connection)?;
        let centre = centre.ok_or_else(|| StoreError::damaged("centre", "there is none"))?;
        let mut centre = begin_epoch(self.connection, centre, None)?;
        // Numbers that another copy may have given are told apart until they are settled.
        centre.dirty = true;
        save(self.connection, &centre)?;
        Ok(centre.holder.epoch)
    }
}

/// Begins an epoch after every one that is known, and queues in it, in the old order, what is not answered.
/// A centre that was restored from a copy gets what it lacks of what was answered, too.
pub(super) fn begin_epoch(
    connection: &Connection,
    mut centre: Centre,
    restored: Option<Restored<'_>>,
) -> Result<Centre, StoreError> {
    let over = centre.over_epoch.max(centre.holder.epoch);
    let left = centre.holder.epoch;
    let is_only = centre.state == CentreState::Joined;
    if !is_only && let Some((_, counters)) = load_base(connection, &mut None)? {
        centre.numbers_after = counters.after(centre.numbers_after).maybe_given();
    }
    centre.holder.epoch = over + 1;
    centre.over_epoch = 0;
    centre.state = CentreState::Joined;
    (centre.acked_seq, centre.last_seq, centre.last_hash) = (0, 0, Hash::NONE);
    (centre.granted, centre.knows_grants) = (None, false);
    connection
        .prepare_cached("DELETE FROM share")?
        .execute([])?;
    save(connection, &centre)?;
    if let Some(restored) = restored {
        centre.since_epoch = centre.holder.epoch;
        centre.trail = None;
        save(connection, &centre)?;
        has_stored(connection, restored.known)?;
    }
    let since = restored.map_or(i64::MAX, |restored| {
        restored.now.millis() - AGAIN_DAYS * 86_400_000
    });
    for mut row in rows(connection, since)? {
        // What another copy of the file has sent nobody knows.
        row.sent |= !is_only;
        centre = again(connection, centre, row, restored)?;
    }
    if let Some(Restored { now, date, .. }) = restored.filter(|_| is_only) {
        // The file is the only one: what it sold of the old share has gone up before this.
        let notice = Notice::CloseEpoch { epoch: left };
        centre = queue::enqueue_notice(connection, &centre, &notice, Vec::new(), (now, date))?;
    }
    Ok(centre)
}

/// What the centre has answered for good is in its rows, whether the answer was heard here or not.
pub(super) fn has_stored(connection: &Connection, known: &Known) -> Result<(), StoreError> {
    for id in &known.stored {
        queue::came_back(connection, *id)?;
    }
    // What was refused lies over nothing, unless it was told to be done.
    let mut statement = connection.prepare_cached(
        "UPDATE queue SET in_base = 1 WHERE id = ?1 AND state NOT IN ('applied', 'kept')",
    )?;
    for id in &known.refused {
        statement.execute([id.0.as_bytes()])?;
    }
    Ok(())
}

/// The rows that may go up again: what is not answered, and what was answered since.
fn rows(connection: &Connection, since: i64) -> Result<Vec<Row>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT epoch, seq, sealed, asking, state, answer, in_base, told, sent FROM queue
         WHERE state = 'waiting' OR state = 'parked' AND (told = 0 OR queued_at >= ?1)
            OR state IN ('applied', 'kept') AND queued_at >= ?1 ORDER BY epoch, seq",
    )?;
    let mut found = statement.query([since])?;
    let mut rows = Vec::new();
    while let Some(row) = found.next()? {
        rows.push(Row {
            epoch: row.get(0)?,
            seq: row.get(1)?,
            queued: queue::open(row.get(2)?)?.1,
            asking: row.get(3)?,
            state: row.get(4)?,
            answer: row.get(5)?,
            in_base: row.get(6)?,
            told: row.get(7)?,
            sent: row.get(8)?,
        });
    }
    Ok(rows)
}

/// The place that a command left when it was sent again, where the centre does not know it as parked.
fn unheard_place(
    connection: &Connection,
    id: CommandId,
    is_restored: bool,
) -> Result<Option<(u32, Parked)>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT epoch, slot FROM queue_place WHERE id = ?1 AND (told = 0 OR ?2)
         ORDER BY epoch, seq LIMIT 1",
    )?;
    let found: Option<(u32, String)> = statement
        .query_row(params![id.0.as_bytes(), is_restored], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    let Some((epoch, slot)) = found else {
        return Ok(None);
    };
    connection
        .prepare_cached("DELETE FROM queue_place WHERE id = ?1")?
        .execute([id.0.as_bytes()])?;
    match serde_json::from_str(&slot) {
        Ok(Slot::Parked(place)) => Ok(Some((epoch, place))),
        Ok(Slot::Command(_)) => Ok(None),
        Err(error) => Err(StoreError::damaged("queue_place", error)),
    }
}

/// Queues a row again at the end of the new epoch, where the centre does not have it.
fn again(
    connection: &Connection,
    centre: Centre,
    row: Row,
    restored: Option<Restored<'_>>,
) -> Result<Centre, StoreError> {
    let id = row.queued.id;
    let has = restored.is_some_and(|restored| restored.known.has(id, &row.state));
    let is_answered = row.state != "waiting";
    if has && is_answered {
        return Ok(centre);
    }
    connection
        .prepare_cached("DELETE FROM queue WHERE epoch = ?1 AND seq = ?2")?
        .execute([u64::from(row.epoch), row.seq])?;
    // All of the share is given up with its epoch.
    if matches!(row.queued.notice(), Some(Notice::ReturnShare {})) {
        return Ok(centre);
    }
    let (first, rights) = match unheard_place(connection, id, restored.is_some())? {
        // What it promised stands in the place that it left, and the centre has not heard of that.
        Some((epoch, place)) => (place.epoch.unwrap_or(epoch), place.rights),
        None => (row.queued.rights_epoch(), row.queued.rights.clone()),
    };
    let was_sure = row.queued.again.is_some_and(|again| again.sure);
    let sure = was_sure || restored.is_some() && row.may_be_answered();
    let seen = restored.map_or(u64::MAX, |restored| restored.began);
    let answer = row.answer.as_deref().map(serde_json::from_str).transpose();
    let answer: Option<Answer> = answer.map_err(|error| StoreError::damaged("queue", error))?;
    let (outcome, asking) = match (answer, row.queued.outcome.clone()) {
        // What the centre confirmed is promised by now.
        (Some(Answer::Applied { outcome }), _) => (Standing::Settled { outcome }, false),
        (_, standing) => (standing, row.asking),
    };
    let queued = Queued {
        epoch: centre.holder.epoch,
        seq: centre.last_seq + 1,
        prev_hash: centre.last_hash,
        outcome,
        rights,
        seen: row.queued.seen.min(seen),
        again: Some(Again { epoch: first, sure }),
        ..row.queued
    };
    // What the centre alone does is shown once it has done it again.
    let command = queued.command();
    let lies_over = command.is_ok_and(|command| !command.is_the_centres());
    queue::insert(connection, &centre, &queued, asking)?;
    // The base of the restored centre has what the centre has.
    let in_base = match restored {
        Some(_) => has || !lies_over,
        None => row.in_base,
    };
    if in_base {
        queue::came_back(connection, id)?;
    }
    if row.state == "parked" {
        parked::set_parked(
            connection,
            (queued.epoch, queued.seq),
            parked::reason(row.answer.as_deref())?.as_ref(),
        )?;
    }
    let mut statement = connection.prepare_cached(
        "UPDATE queue SET queued_at = ?3, sent = ?4 WHERE epoch = ?1 AND seq = ?2",
    )?;
    let queued_at = queued.instant.millis();
    statement.execute(params![queued.epoch, queued.seq, queued_at, row.sent])?;
    load(connection)?.ok_or_else(|| StoreError::damaged("centre", "there is none"))
}
