//! Rejoining: the desk leaves an epoch behind and queues again, in a new one, what is not answered.

use keyrack_inventory::{Instant, Night};
use keyrack_wire::{Again, Answer, Hash, Notice, Queued, Standing};
use rusqlite::{Connection, params};

use super::{Centre, CentreState, decide, load, parked, queue, save};
use crate::Batch;
use crate::error::StoreError;

/// How far back what was answered is sent again to a centre that was restored from a copy, in days.
const AGAIN_DAYS: i64 = 35;

/// How far a centre that was restored from a copy knows this desk's commands: an epoch, and a number in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Known {
    pub epoch: u32,
    pub seq: u64,
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
}

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
    restored: Option<(Known, Instant, Night)>,
) -> Result<Centre, StoreError> {
    let known = restored.map(|(known, ..)| known);
    let over = centre
        .over_epoch
        .max(centre.holder.epoch)
        .max(known.map_or(0, |known| known.epoch));
    let left = centre.holder.epoch;
    centre.holder.epoch = over + 1;
    centre.over_epoch = 0;
    centre.state = CentreState::Joined;
    (centre.acked_seq, centre.last_seq, centre.last_hash) = (0, 0, Hash::NONE);
    connection
        .prepare_cached("DELETE FROM share")?
        .execute([])?;
    save(connection, &centre)?;
    if let Some(known) = known {
        has_stored(connection, known)?;
    }
    let since = restored.map_or(i64::MAX, |(_, now, _)| {
        now.millis() - AGAIN_DAYS * 86_400_000
    });
    for row in rows(connection, since)? {
        centre = again(connection, centre, row, known)?;
    }
    if let Some((_, now, date)) = restored {
        // The file is the only one: what it sold of the old share has gone up before this.
        let notice = Notice::CloseEpoch { epoch: left };
        centre = queue::enqueue_notice(connection, &centre, &notice, Vec::new(), (now, date))?;
    }
    Ok(centre)
}

/// What the centre has stored is in its rows, whether it has been answered here or not; what is parked is in
/// none.
pub(super) fn has_stored(connection: &Connection, known: Known) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(
        "UPDATE queue SET in_base = 1
         WHERE (epoch < ?1 OR epoch = ?1 AND seq <= ?2) AND state <> 'parked'",
    )?;
    statement.execute(params![known.epoch, known.seq])?;
    Ok(())
}

/// The rows that may go up again: what is not answered, and what was answered since.
fn rows(connection: &Connection, since: i64) -> Result<Vec<Row>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT epoch, seq, sealed, asking, state, answer, in_base FROM queue
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
        });
    }
    Ok(rows)
}

/// Queues a row again at the end of the new epoch, where the centre does not have it.
fn again(
    connection: &Connection,
    centre: Centre,
    row: Row,
    known: Option<Known>,
) -> Result<Centre, StoreError> {
    let at = (row.epoch, row.seq);
    let has = known.is_some_and(|known| at <= (known.epoch, known.seq));
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
    let first = row.queued.rights_epoch();
    let was_sure = row.queued.again.is_some_and(|again| again.sure);
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
        again: Some(Again {
            epoch: first,
            sure: was_sure || known.is_some(),
        }),
        ..row.queued
    };
    // What the centre alone does is shown once it has done it again.
    let command = queued.command();
    let lies_over = command.is_ok_and(|command| !decide::is_the_centres(&command));
    queue::insert(connection, &centre, &queued, asking)?;
    // The base of the restored centre has what the centre has.
    let in_base = match known {
        Some(_) => has || !lies_over,
        None => row.in_base,
    };
    if in_base {
        queue::came_back(connection, queued.id)?;
    }
    if row.state == "parked" {
        parked::set_parked(
            connection,
            (queued.epoch, queued.seq),
            parked::reason(row.answer.as_deref())?.as_ref(),
        )?;
    }
    let mut statement = connection
        .prepare_cached("UPDATE queue SET queued_at = ?3 WHERE epoch = ?1 AND seq = ?2")?;
    statement.execute(params![queued.epoch, queued.seq, queued.instant.millis()])?;
    load(connection)?.ok_or_else(|| StoreError::damaged("centre", "there is none"))
}
