//! Work that waits: claimed by one process at a time, under a lease.
//!
//! Invariants: a claim is one IMMEDIATE transaction, so that two processes never hold one job; only
//! who holds a job finishes it, in the transaction of its effect; a lease that ran out is taken
//! over, and after [`MOST_TRIES`] the job is parked for a person to look at.

use keyrack_inventory::Instant;
use rusqlite::{OptionalExtension, Row, params};
use serde::Serialize;
use uuid::Uuid;

use crate::error::StoreError;
use crate::rows::uuid;
use crate::{Batch, Reader};

/// How often a job is tried before it is parked.
pub const MOST_TRIES: u32 = 5;
/// What is noted of a job whose process ended while it worked.
const DIED: &str = "The process that worked at it ended.";
const COLUMNS: &str =
    "id, kind, state, due, claimed_by, lease_until, tries, error, done, total, payload, created,
     finished";

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// For its time, or for somebody to claim it.
    Waiting,
    /// Claimed, until its lease ends.
    Running,
    /// Finished.
    Done,
    /// Failed too often; a person decides.
    Parked,
}

impl JobState {
    /// The word in the file and in answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Done => "done",
            Self::Parked => "parked",
        }
    }

    fn read(word: &str) -> Result<Self, StoreError> {
        [Self::Waiting, Self::Running, Self::Done, Self::Parked]
            .into_iter()
            .find(|state| state.as_str() == word)
            .ok_or_else(|| StoreError::damaged("job", format!("its state is {word}")))
    }
}

/// A piece of work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Job {
    /// Its identity.
    pub id: Uuid,
    /// What is to be done.
    pub kind: String,
    /// Where it stands.
    pub state: JobState,
    /// From when on it may be claimed.
    pub due: Instant,
    /// Who works at it.
    pub claimed_by: Option<String>,
    /// Until when nobody else takes it over.
    pub lease_until: Option<Instant>,
    /// How often it was claimed.
    pub tries: u32,
    /// Why the last try failed.
    pub error: Option<String>,
    /// Steps done.
    pub done: u64,
    /// Steps in all; 0 where the work does not tell.
    pub total: u64,
    /// What it is about, ids only, JSON.
    pub payload: Option<String>,
    /// When it was scheduled.
    pub created: Instant,
    /// When it was finished.
    pub finished: Option<Instant>,
}

/// Work to be scheduled.
#[derive(Clone, Debug)]
pub struct NewJob<'a> {
    /// Its identity: the same one again schedules nothing.
    pub id: Uuid,
    /// What is to be done.
    pub kind: &'a str,
    /// From when on it may be claimed.
    pub due: Instant,
    /// What it is about, ids only, JSON.
    pub payload: Option<&'a str>,
}

/// Who claims, and for how long.
#[derive(Clone, Copy, Debug)]
pub struct Claim<'a> {
    /// Names one claim of one process; no two claims share it.
    pub by: &'a str,
    /// When.
    pub now: Instant,
    /// Until when nobody else takes it over, unless it is renewed.
    pub until: Instant,
}

fn job(row: &Row<'_>) -> Result<Job, StoreError> {
    let instant = |at| -> Result<Option<Instant>, StoreError> {
        Ok(row.get::<_, Option<i64>>(at)?.map(Instant::from_millis))
    };
    Ok(Job {
        id: uuid(row, 0)?,
        kind: row.get(1)?,
        state: JobState::read(&row.get::<_, String>(2)?)?,
        due: Instant::from_millis(row.get(3)?),
        claimed_by: row.get(4)?,
        lease_until: instant(5)?,
        tries: row.get(6)?,
        error: row.get(7)?,
        done: row.get(8)?,
        total: row.get(9)?,
        payload: row.get(10)?,
        created: Instant::from_millis(row.get(11)?),
        finished: instant(12)?,
    })
}

impl Reader<'_> {
    /// A job by its identity.
    pub fn job(&self, id: Uuid) -> Result<Option<Job>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM job WHERE id = ?1");
        let mut statement = self.connection().prepare_cached(&sql)?;
        let mut rows = statement.query(params![id.as_bytes()])?;
        rows.next()?.map(job).transpose()
    }

    /// The jobs in a state, the first due first; of those done, the last ones.
    pub fn jobs(&self, state: JobState, limit: u32) -> Result<Vec<Job>, StoreError> {
        let order = if state == JobState::Done {
            "DESC"
        } else {
            "ASC"
        };
        let sql =
            format!("SELECT {COLUMNS} FROM job WHERE state = ?1 ORDER BY due {order} LIMIT ?2");
        let mut statement = self.connection().prepare_cached(&sql)?;
        let mut rows = statement.query(params![state.as_str(), limit])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(job(row)?);
        }
        Ok(found)
    }

    /// How many jobs are parked.
    pub fn jobs_parked(&self) -> Result<u64, StoreError> {
        let sql = "SELECT count(*) FROM job WHERE state = 'parked'";
        let mut statement = self.connection().prepare_cached(sql)?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    /// Whether a job of these kinds could be claimed now.
    pub fn work_waits(&self, kinds: &[&str], now: Instant) -> Result<bool, StoreError> {
        let mut statement = self.connection().prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM job WHERE state = 'waiting' AND due <= ?1
                AND kind IN (SELECT value FROM json_each(?2)))
             OR EXISTS (SELECT 1 FROM job WHERE state = 'running' AND lease_until <= ?1
                AND kind IN (SELECT value FROM json_each(?2)))",
        )?;
        let waits = statement.query_row(params![now.millis(), list(kinds)], |row| row.get(0))?;
        Ok(waits)
    }
}

fn list(kinds: &[&str]) -> String {
    serde_json::json!(kinds).to_string()
}

impl Batch<'_> {
    /// Schedules work. Gives whether it was not there yet.
    ///
    /// # Errors
    /// Where the file fails; so with every method here.
    pub fn schedule_job(&mut self, new: &NewJob<'_>, now: Instant) -> Result<bool, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO job (id, kind, state, due, tries, payload, created)
             VALUES (?1, ?2, 'waiting', ?3, 0, ?4, ?5) ON CONFLICT (id) DO NOTHING",
        )?;
        let inserted = statement.execute(params![
            new.id.as_bytes(),
            new.kind,
            new.due.millis(),
            new.payload,
            now.millis()
        ])?;
        Ok(inserted == 1)
    }

    /// Claims the job that is due first, of these kinds; a lease that ran out counts as due.
    pub fn claim_due_job(
        &mut self,
        kinds: &[&str],
        claim: &Claim<'_>,
    ) -> Result<Option<Job>, StoreError> {
        loop {
            let waiting = self.first_of("state = 'waiting' AND due <= ?1", kinds, claim.now)?;
            let dead =
                self.first_of("state = 'running' AND lease_until <= ?1", kinds, claim.now)?;
            let first = waiting
                .into_iter()
                .chain(dead)
                .min_by_key(|job| (job.due, job.id));
            let Some(first) = first else { return Ok(None) };
            if let Some(claimed) = self.take(&first, claim)? {
                return Ok(Some(claimed));
            }
        }
    }

    /// The first due of those that `which` lets through, in the order of the index.
    fn first_of(
        &self,
        which: &'static str,
        kinds: &[&str],
        now: Instant,
    ) -> Result<Option<Job>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM job WHERE {which}
                AND kind IN (SELECT value FROM json_each(?2)) ORDER BY due, id LIMIT 1"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(params![now.millis(), list(kinds)])?;
        rows.next()?.map(job).transpose()
    }

    /// Claims this job, due or not. Nothing where it is done, parked, or another one's.
    pub fn claim_job(&mut self, id: Uuid, claim: &Claim<'_>) -> Result<Option<Job>, StoreError> {
        let Some(found) = self.reader().job(id)? else {
            return Ok(None);
        };
        let free = match found.state {
            JobState::Waiting => true,
            JobState::Running => found.lease_until.is_some_and(|until| until <= claim.now),
            JobState::Done | JobState::Parked => false,
        };
        if free {
            self.take(&found, claim)
        } else {
            Ok(None)
        }
    }

    /// Takes a free job; parks it where it was tried too often.
    fn take(&mut self, found: &Job, claim: &Claim<'_>) -> Result<Option<Job>, StoreError> {
        if found.tries >= MOST_TRIES {
            let mut statement = self.connection.prepare_cached(
                "UPDATE job SET state = 'parked', claimed_by = NULL, lease_until = NULL, error = ?2
                 WHERE id = ?1",
            )?;
            statement.execute(params![found.id.as_bytes(), DIED])?;
            return Ok(None);
        }
        let mut statement = self.connection.prepare_cached(
            "UPDATE job SET state = 'running', claimed_by = ?2, lease_until = ?3, tries = tries + 1,
                done = 0, total = 0 WHERE id = ?1",
        )?;
        statement.execute(params![found.id.as_bytes(), claim.by, claim.until.millis()])?;
        self.reader().job(found.id)
    }

    /// Renews a lease, and notes how far the work is. Gives whether it is still this claim's.
    pub fn renew_job(
        &mut self,
        id: Uuid,
        claim: &Claim<'_>,
        (done, total): (u64, u64),
    ) -> Result<bool, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "UPDATE job SET lease_until = max(lease_until, ?3), done = ?4, total = ?5
             WHERE id = ?1 AND state = 'running' AND claimed_by = ?2",
        )?;
        let until = claim.until.millis();
        let renewed = statement.execute(params![id.as_bytes(), claim.by, until, done, total])?;
        Ok(renewed == 1)
    }

    /// Notes that the work is done. Gives whether it was still this claim's: where it was not, its
    /// effect must not be written either.
    pub fn finish_job(&mut self, id: Uuid, by: &str, now: Instant) -> Result<bool, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "UPDATE job SET state = 'done', finished = ?3, claimed_by = NULL, lease_until = NULL,
                error = NULL WHERE id = ?1 AND state = 'running' AND claimed_by = ?2",
        )?;
        Ok(statement.execute(params![id.as_bytes(), by, now.millis()])? == 1)
    }

    /// Notes that a try failed: it is tried again at `again`, or parked. Gives where it stands, or
    /// nothing where it was no longer this claim's.
    pub fn fail_job(
        &mut self,
        id: Uuid,
        by: &str,
        again: Instant,
        error: &str,
    ) -> Result<Option<JobState>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "UPDATE job SET state = iif(tries >= ?5, 'parked', 'waiting'), due = ?3, error = ?4,
                claimed_by = NULL, lease_until = NULL
             WHERE id = ?1 AND state = 'running' AND claimed_by = ?2 RETURNING state",
        )?;
        let state: Option<String> = statement
            .query_row(
                params![id.as_bytes(), by, again.millis(), error, MOST_TRIES],
                |row| row.get(0),
            )
            .optional()?;
        state.map(|word| JobState::read(&word)).transpose()
    }

    /// Lets a parked job, or one that waits for its next try, be tried anew at once. Gives whether
    /// there was one.
    pub fn retry_job(&mut self, id: Uuid, now: Instant) -> Result<bool, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "UPDATE job SET state = 'waiting', tries = 0, due = ?2
             WHERE id = ?1 AND state IN ('parked', 'waiting')",
        )?;
        Ok(statement.execute(params![id.as_bytes(), now.millis()])? == 1)
    }

    /// Removes jobs that were done before an instant. Gives how many.
    pub fn clear_jobs(&mut self, before: Instant) -> Result<usize, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("DELETE FROM job WHERE state = 'done' AND finished < ?1")?;
        Ok(statement.execute([before.millis()])?)
    }
}
