//! Jobs, alerts, health, copies and the support bundle.

use std::collections::BTreeMap;
use std::path::Path;

use keyrack_desk::{
    AlertRow, Desk, DeskError, Health, JobKind, Latency, Options, OtherHotel, place,
};
use keyrack_store::{Job, JobState, Verification};
use serde_json::json;
use uuid::Uuid;

use crate::args::{AlertsCmd, Cmd, FileArgs, JobsCmd};
use crate::output::{Output, or_none};
use crate::run::checked;

/// What `jobs run` is asked to do.
enum Which {
    Kind(JobKind),
    One(Uuid),
}

fn which(word: &str) -> Result<Which, DeskError> {
    if let Some(kind) = JobKind::named(word) {
        return Ok(Which::Kind(kind));
    }
    word.parse().map(Which::One).map_err(|_| {
        let kinds = JobKind::ALL.map(JobKind::as_str).join(", ");
        DeskError::BadInput(format!(
            "\"{word}\" is neither a job's id nor a kind of job. There are: {kinds}."
        ))
    })
}

/// Reads what can be read without a file.
pub fn check(words: &JobsCmd) -> Result<(), DeskError> {
    match words {
        JobsCmd::Run { which: Some(word) } => which(word).map(drop),
        _ => Ok(()),
    }
}

/// Answers what is one of these; nothing where it is another.
pub fn run(
    desk: &Desk,
    output: &Output,
    words: &Cmd,
    command_id: Uuid,
) -> Result<Option<u8>, DeskError> {
    Ok(Some(match words {
        Cmd::Jobs(words) => jobs(desk, output, words, command_id)?,
        Cmd::Alerts(words) => alerts(desk, output, words)?,
        Cmd::Health => health(desk, output)?,
        Cmd::SupportBundle(words) => bundle(desk, output, words)?,
        Cmd::Backup(words) => backup(desk, output, words)?,
        _ => return Ok(None),
    }))
}

/// Lists or does jobs.
fn jobs(desk: &Desk, output: &Output, words: &JobsCmd, command_id: Uuid) -> Result<u8, DeskError> {
    let mut repeated = false;
    let jobs = match words {
        JobsCmd::List => {
            let jobs = desk.jobs()?;
            return Ok(output.print(&json!({ "jobs": jobs }), || {
                or_none(lines(&jobs), "No job waits, and none was done lately.")
            }));
        }
        JobsCmd::Retry { id } => {
            let job = desk.retry_job(*id)?;
            return Ok(output.done(&json!({ "job": job }), || lines(std::slice::from_ref(&job))));
        }
        JobsCmd::Run { which: None } => desk.run_due_jobs()?,
        JobsCmd::Run { which: Some(word) } => match which(word)? {
            Which::Kind(kind) => {
                let (job, before) = desk.run_job_of(kind, command_id)?;
                repeated = before;
                vec![job]
            }
            Which::One(id) => vec![desk.run_job(id)?],
        },
    };
    let mut document = json!({ "jobs": jobs });
    if repeated {
        document["repeated"] = true.into();
    }
    output.done(&document, || match (jobs.is_empty(), repeated) {
        (true, _) => "Nothing is due.".to_owned(),
        (false, true) => format!("{} (done before)", lines(&jobs).trim_end()),
        (false, false) => lines(&jobs),
    });
    Ok(checked(jobs.iter().all(|job| job.state == JobState::Done)))
}

fn lines(jobs: &[Job]) -> String {
    let line = |job: &Job| {
        let error = job.error.as_deref().unwrap_or_default();
        format!(
            "{}  {:10} {:8} due {}  tries {}  {error}\n",
            job.id,
            job.kind,
            job.state.as_str(),
            job.due,
            job.tries
        )
    };
    jobs.iter().map(line).collect()
}

/// Lists alerts, or notes that one was seen.
fn alerts(desk: &Desk, output: &Output, words: &AlertsCmd) -> Result<u8, DeskError> {
    match words {
        AlertsCmd::List { all } => {
            let fresh = looked_after(desk);
            let alerts = desk.alerts(*all)?;
            Ok(
                output.print(&json!({ "alerts": alerts, "fresh": fresh }), || {
                    if alerts.is_empty() {
                        "No alert is open.".to_owned()
                    } else {
                        alerts.iter().map(alert_line).collect()
                    }
                }),
            )
        }
        AlertsCmd::Ack { id } => {
            let alert = desk.acknowledge(*id)?;
            Ok(output.done(&json!({ "alert": alert }), || alert_line(&alert)))
        }
    }
}

/// Looks anew. Where the file cannot be written, what was known before is shown.
fn looked_after(desk: &Desk) -> bool {
    match desk.look_after() {
        Ok(_) => true,
        Err(error) => {
            eprintln!("keyrackctl: this is how it stood at the last look: {error}");
            false
        }
    }
}

fn alert_line(alert: &AlertRow) -> String {
    let seen = match (&alert.closed, &alert.acknowledged_by) {
        (Some(closed), _) => format!("  (closed {closed})"),
        (None, Some(by)) => format!("  (seen by {by})"),
        (None, None) => String::new(),
    };
    format!(
        "{:5}  {:8}  {:13}  {}{seen}\n",
        alert.id, alert.level, alert.kind, alert.message
    )
}

/// How the desk fares; 1 where something critical is open.
fn health(desk: &Desk, output: &Output) -> Result<u8, DeskError> {
    let fresh = looked_after(desk);
    let health = desk.health()?;
    let mut document = serde_json::to_value(&health).unwrap_or_default();
    document["fresh"] = fresh.into();
    output.print(&document, || health_text(&health));
    Ok(checked(health.ok))
}

fn health_text(health: &Health) -> String {
    let latency = |of: &Latency| match (of.p50, of.p99) {
        (Some(p50), Some(p99)) => format!(
            "{} measured, half within {p50} ms, 99 of 100 within {p99} ms",
            of.count
        ),
        _ => "none measured".to_owned(),
    };
    let last = |of: &Option<keyrack_desk::Last>| match of {
        Some(last) => format!(
            "{} ({})",
            last.instant,
            if last.ok { "good" } else { "FAILED" }
        ),
        None => "never".to_owned(),
    };
    let mut text = format!(
        "sales          {}\nlock waits     {}\ngave up        {}\nlast hour      {} commands, {} refused{}, {} sales failed\nlast backup    {}\nlast verify    {}\njobs parked    {}\nfile           {} bytes, log {} bytes, schema {}, SQLite {}, event {}\n",
        latency(&health.sale_latency_ms),
        latency(&health.lock_wait_ms),
        health.busy,
        health.last_hour.attempts,
        health.last_hour.refused,
        refusals(&health.last_hour.refusals),
        health.last_hour.failed_sales,
        last(&health.last_backup),
        last(&health.last_verify),
        health.jobs_parked,
        health.file_bytes,
        health.wal_bytes,
        health.schema_version,
        health.sqlite_version,
        health.event_head,
    );
    text.extend(health.alerts.iter().map(alert_line));
    text
}

/// How often each code was answered, behind the number of all.
fn refusals(by_code: &BTreeMap<String, u64>) -> String {
    if by_code.is_empty() {
        return String::new();
    }
    let each = by_code
        .iter()
        .map(|(code, count)| format!("{count} {code}"));
    format!(" ({})", each.collect::<Vec<_>>().join(", "))
}

/// Writes a bundle for support.
fn bundle(desk: &Desk, output: &Output, words: &FileArgs) -> Result<u8, DeskError> {
    let (file, logs) = (&words.file, place::log_folder());
    let names = desk.support_bundle(file, words.existing(), logs.as_deref())?;
    Ok(output.done(&json!({ "bundle": file, "files": names }), || {
        format!("Wrote {} with {} files.", file.display(), names.len())
    }))
}

fn first_failed(verification: &Verification) -> String {
    let failed = verification.checks.iter().find(|check| !check.ok);
    failed.map_or_else(String::new, |check| {
        format!("{}: {}", check.name, check.differences.join("; "))
    })
}

/// Copies the file; 1 where the copy does not verify.
fn backup(desk: &Desk, output: &Output, words: &FileArgs) -> Result<u8, DeskError> {
    let file = &words.file;
    let copied = desk.backup(file, words.existing())?;
    let ok = copied.verification.ok;
    let document = json!({
        "backup": copied.path,
        "verified": ok,
        "bytes": copied.bytes,
        "checks": copied.verification.checks,
    });
    output.done(&document, || {
        let path = copied.path.display();
        if ok {
            format!("Copied to {path}, and verified.")
        } else {
            format!(
                "The copy does not verify: {}. It is kept aside at {path}; what was at {} is as it was.",
                first_failed(&copied.verification),
                file.display()
            )
        }
    });
    Ok(checked(ok))
}

/// Puts a backup in the file's place; 1 where what is there then does not verify.
pub fn restore(
    options: &Options,
    output: &Output,
    file: &Path,
    other: OtherHotel,
) -> Result<u8, DeskError> {
    if !file.is_file() {
        return Err(DeskError::BadInput(format!(
            "There is no backup at {}.",
            file.display()
        )));
    }
    let restored = Desk::restore(options, file, other)?;
    let (kept, ok) = (&restored.replaced, restored.verification.ok);
    let document = json!({ "restored": options.path, "replaced": kept, "verified": ok });
    output.done(&document, || {
        let kept = kept.as_ref().map_or_else(String::new, |kept| {
            format!(" What was there before is kept at {}", kept.display())
        });
        if ok {
            format!("Restored, and verified.{kept}")
        } else {
            let why = first_failed(&restored.verification);
            format!("Restored, and it does not verify: {why}.{kept}")
        }
    });
    Ok(checked(ok))
}
