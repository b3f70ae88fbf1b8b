//! Work that waits, done in the background or by `keyrackctl jobs run`.
//!
//! Invariants: a job's effect on the file and the note that it is done stand in one transaction, and
//! only who still holds the job writes it; an effect outside the file has a name that derives from
//! the job, so that whoever takes over finds it. A sweep of holds is one transaction that lets each
//! hold go once whoever runs it, so the timer of the window needs no job for it.

mod kind;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use keyrack_inventory::command::Permission;
use keyrack_inventory::{Command as Domain, CommandId, Instant, Outcome};
use keyrack_store::{Claim, Job, JobState, NewJob, SYSTEM, StoreError, Upkeep, UpkeepKind};
use uuid::Uuid;

use crate::asked;
use crate::copies::note_verification;
use crate::desk::Desk;
use crate::door::Question;
use crate::error::{DeskError, WorkRefusal};
use crate::generations::last_due;
use crate::local;
use crate::request_id;
use crate::thresholds::Keeping;
use crate::watch::{LISTED, look_for_alerts};
use serde_json::json;

pub use kind::JobKind;
use kind::{kinds, slot_id};

/// How long nobody else takes a job over.
const LEASE_MINUTES: u32 = 5;
/// How often a lease is renewed: several times before it ends.
const HEARTBEAT: Duration = Duration::from_secs(60);
/// The health is looked at every quarter of an hour.
const HEALTH_MS: i64 = 15 * 60_000;
/// The log is written back into the file every few hours.
const CHECKPOINT_MS: i64 = 6 * 3_600_000;
const DONE_KEPT_MS: i64 = 30 * 86_400_000;

impl Desk {
    /// Jobs: those that wait, run or are parked, and the last that are done.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn jobs(&self) -> Result<Vec<Job>, DeskError> {
        self.admit(Question::Jobs)?;
        let states = [
            JobState::Parked,
            JobState::Running,
            JobState::Waiting,
            JobState::Done,
        ];
        Ok(self.store.read(|reader| {
            let mut all = Vec::new();
            for state in states {
                all.extend(reader.jobs(state, LISTED)?);
            }
            Ok(all)
        })?)
    }

    /// Does what is due, until nothing is. Gives the jobs as they stand afterwards.
    ///
    /// # Errors
    /// Where that is not allowed, or the file is busy or fails. A job that fails is no error: see
    /// its state.
    pub fn run_due_jobs(&self) -> Result<Vec<Job>, DeskError> {
        self.admit(Question::RunJobs)?;
        self.work()
    }

    /// Does what is due, as the program's own timer.
    ///
    /// # Errors
    /// Where the file is busy or fails. A job that fails is no error: see its state.
    pub fn work(&self) -> Result<Vec<Job>, DeskError> {
        self.open_to_all(Question::Timer);
        self.try_packs();
        let mut done = Vec::new();
        while self.work_waits()? {
            let by = claimant();
            let claimed = self.store.write(|batch| {
                for (kind, slot) in self.slots(&batch.reader())? {
                    let new = NewJob {
                        id: slot_id(kind, slot),
                        kind: kind.as_str(),
                        due: slot,
                        payload: None,
                    };
                    batch.schedule_job(&new, self.clock.now())?;
                }
                batch.claim_due_job(&kinds(), &self.claim(&by))
            })?;
            match claimed {
                Some(job) => done.extend(self.perform(&job, &by)?),
                None => break,
            }
        }
        Ok(done)
    }

    /// Whether something is due: a read, so that it can be asked often.
    fn work_waits(&self) -> Result<bool, DeskError> {
        let now = self.clock.now();
        Ok(self.store.read(|reader| {
            for (kind, slot) in self.slots(reader)? {
                if reader.job(slot_id(kind, slot))?.is_none() {
                    return Ok(true);
                }
            }
            reader.work_waits(&kinds(), now)
        })?)
    }

    /// The slot in which each recurring kind is at present.
    fn slots(
        &self,
        reader: &keyrack_store::Reader<'_>,
    ) -> Result<[(JobKind, Instant); 3], StoreError> {
        let now = self.clock.now();
        let every = |period| Instant::from_millis(now.millis().div_euclid(period) * period);
        let zone = local::zone(&reader.catalogue()?.property);
        let hour = Keeping::read(reader)?.hour;
        Ok([
            (JobKind::Health, every(HEALTH_MS)),
            (JobKind::Backup, last_due(now, hour, zone)),
            (JobKind::Checkpoint, every(CHECKPOINT_MS)),
        ])
    }

    fn claim<'a>(&self, by: &'a str) -> Claim<'a> {
        let now = self.clock.now();
        Claim {
            by,
            now,
            until: now.plus_minutes(LEASE_MINUTES),
        }
    }

    /// Schedules work of a kind under this identity, and does it at once. The same identity again
    /// does nothing more. Gives the job, and whether it was done before.
    ///
    /// # Errors
    /// Where somebody else is at it (a refusal), or the file is busy or fails.
    pub fn run_job_of(&self, kind: JobKind, id: Uuid) -> Result<(Job, bool), DeskError> {
        self.admit(Question::RunJobs)?;
        let now = self.clock.now();
        let (used, known) = self
            .store
            .read(|reader| Ok((reader.used(CommandId(id))?, reader.job(id)?)))?;
        let another = |known: &Job| known.kind != kind.as_str();
        if used.is_some() || known.as_ref().is_some_and(another) {
            return Err(asked::conflict(CommandId(id)));
        }
        if let Some(done) = known.filter(|known| known.state == JobState::Done) {
            return Ok((done, true));
        }
        let new = NewJob {
            id,
            kind: kind.as_str(),
            due: now,
            payload: None,
        };
        self.store.write(|batch| batch.schedule_job(&new, now))?;
        Ok((self.run_job(id)?, false))
    }

    /// Does a job that waits, due or not; one that is done stays done.
    ///
    /// # Errors
    /// Where there is none, or it is parked or somebody else is at it (a refusal); or the file is
    /// busy or fails.
    pub fn run_job(&self, id: Uuid) -> Result<Job, DeskError> {
        self.admit(Question::RunJobs)?;
        let by = claimant();
        let claimed = self
            .store
            .write(|batch| batch.claim_job(id, &self.claim(&by)))?;
        if let Some(job) = claimed {
            let done = self.perform(&job, &by)?;
            return done.ok_or_else(|| WorkRefusal::UnknownJob { id }.into());
        }
        let job = self.job(id)?;
        match job.state {
            JobState::Done => Ok(job),
            state => Err(WorkRefusal::IllegalTransition {
                id,
                from: state.as_str(),
                allowed: vec![JobState::Waiting.as_str()],
            }
            .into()),
        }
    }

    fn job(&self, id: Uuid) -> Result<Job, DeskError> {
        let found = self.store.read(|reader| reader.job(id))?;
        found.ok_or_else(|| WorkRefusal::UnknownJob { id }.into())
    }

    /// Lets a parked job be tried anew.
    ///
    /// # Errors
    /// Where there is none, or it is running or done (a refusal); or the file is busy or fails.
    pub fn retry_job(&self, id: Uuid) -> Result<Job, DeskError> {
        let caller = self.admit(Question::RunJobs)?;
        let now = self.clock.now();
        let act = self.asked_act(&caller, "job_retried", &id.to_string())?;
        let job = self.job(id)?;
        let retried = self.store.write(|batch| {
            let retried = batch.retry_job(id, now)?;
            if retried {
                let act = act.by(Permission::Operate);
                let job_then = batch.reader().job(id)?;
                let act = act.answering(json!({ "job": job_then }));
                batch.act(&act.fact("kind", job.kind))?;
                look_for_alerts(batch, now)?;
            }
            Ok(retried)
        })?;
        let job = self.job(id)?;
        if retried {
            return Ok(job);
        }
        Err(WorkRefusal::IllegalTransition {
            id,
            from: job.state.as_str(),
            allowed: vec![JobState::Parked.as_str(), JobState::Waiting.as_str()],
        }
        .into())
    }

    /// Does a claimed job, its lease renewed meanwhile; gives it as it stands then.
    fn perform(&self, job: &Job, by: &str) -> Result<Option<Job>, DeskError> {
        let started = std::time::Instant::now();
        let request = Uuid::now_v7();
        request_id::under(request, || {
            let outcome = thread::scope(|scope| {
                let (done, ended) = mpsc::channel::<()>();
                scope.spawn(move || self.renew(job.id, by, HEARTBEAT, &ended));
                // A job that stumbles is one that failed; the hook has logged where.
                let outcome = catch_unwind(AssertUnwindSafe(|| self.carry_out(job, by)));
                drop(done);
                outcome.unwrap_or(Err(DeskError::Stumbled))
            });
            let code = outcome.as_ref().map_or_else(DeskError::code, |()| "done");
            let duration_us = started.elapsed().as_micros() as u64;
            tracing::info!(
                request_id = %request, job = %job.id, kind = job.kind, outcome = code, duration_us,
                tries = job.tries, "job"
            );
            if let Err(error) = outcome {
                tracing::error!(
                    request_id = %request, job = %job.id, why = error.for_the_log(), "a job failed"
                );
                self.note_failure(job, by, &error)?;
            }
            Ok(self.store.read(|reader| reader.job(job.id))?)
        })
    }

    /// Renews a lease until the work has ended, or is somebody else's.
    fn renew(&self, id: Uuid, by: &str, every: Duration, ended: &mpsc::Receiver<()>) {
        while ended.recv_timeout(every) == Err(RecvTimeoutError::Timeout) {
            let renewed = self
                .store
                .write(|batch| batch.renew_job(id, &self.claim(by), (0, 0)));
            // A renewal that failed is tried again before the lease ends.
            if let Ok(false) = renewed {
                break;
            }
        }
    }

    /// Each arm writes its effect in the transaction in which the job is done.
    fn carry_out(&self, job: &Job, by: &str) -> Result<(), DeskError> {
        let now = self.clock.now();
        match JobKind::named(&job.kind) {
            Some(JobKind::Sweep) => self.sweep_in(job, by),
            Some(JobKind::Health) => Ok(self.store.write(|batch| {
                if batch.finish_job(job.id, by, now)? {
                    batch.fold_measures(self.store.path())?;
                    batch.clear_jobs(Instant::from_millis(now.millis() - DONE_KEPT_MS))?;
                    look_for_alerts(batch, now)?;
                }
                Ok(())
            })?),
            Some(JobKind::Backup) => self.back_up(job, by),
            Some(JobKind::Verify) => {
                let verification = self.store.verify()?;
                Ok(self.store.write(|batch| {
                    if batch.finish_job(job.id, by, now)? {
                        note_verification(batch, &verification, now)?;
                        look_for_alerts(batch, now)?;
                    }
                    Ok(())
                })?)
            }
            Some(JobKind::Checkpoint) => {
                self.store.checkpoint()?;
                self.store
                    .write(|batch| batch.finish_job(job.id, by, now).map(drop))?;
                Ok(())
            }
            None => Err(DeskError::bad_input("a job of a kind that is not known")),
        }
    }

    /// Lets go what is due. The commands' ids derive from the job's, so that they are applied once.
    fn sweep_in(&self, job: &Job, by: &str) -> Result<(), DeskError> {
        let now = self.clock.now();
        Ok(self.store.write(|batch| {
            if !batch.finish_job(job.id, by, now)? {
                return Ok(());
            }
            for turn in 0.. {
                let id = CommandId::derived(CommandId(job.id), turn).0;
                let envelope = self.envelope(
                    SYSTEM,
                    id,
                    "sweep",
                    Domain::SweepHolds { holds: Vec::new() },
                );
                let swept = batch.apply(&envelope)?.result;
                if !matches!(swept, Ok(Outcome::Swept { holds: 1.. })) {
                    break;
                }
            }
            Ok(())
        })?)
    }

    /// Notes that a try failed. Where not even that can be written, the lease ends by itself.
    fn note_failure(&self, job: &Job, by: &str, error: &DeskError) -> Result<(), DeskError> {
        let now = self.clock.now();
        let again = now.plus_minutes(1 << job.tries.saturating_sub(1).min(10));
        let why = error.for_the_log();
        Ok(self.store.write(|batch| {
            if batch.fail_job(job.id, by, again, &why)?.is_none() {
                return Ok(());
            }
            if JobKind::named(&job.kind) == Some(JobKind::Backup) {
                let upkeep = Upkeep {
                    instant: now,
                    ok: false,
                    about: Some(why.clone()),
                    bytes: None,
                    job: Some(job.id),
                };
                batch.note_upkeep(UpkeepKind::Backup, &upkeep)?;
            }
            look_for_alerts(batch, now).map(drop)
        })?)
    }
}

/// Names one claim: the process for a person, and what no other claim has.
fn claimant() -> String {
    format!("{} {}", std::process::id(), Uuid::now_v7().simple())
}

#[cfg(test)]
mod tests;
