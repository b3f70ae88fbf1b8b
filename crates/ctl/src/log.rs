//! The event log and the audit trail, one object a line.

use std::io;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use keyrack_desk::{Desk, DeskError};
use keyrack_inventory::{Event, Instant, Night};
use keyrack_store::{AuditEntry, AuditFilter, EventEntry, EventFilter, StoreError};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use serde_json::{Value, json};
use signal_hook::consts::{SIGINT, SIGTERM};

use crate::args::{AuditArgs, Cli, EventsArgs};
use crate::output::{Output, status};

/// How often a follower asks whether the file changed: far below what a person notices.
const FOLLOW_EVERY: Timespec = Timespec {
    tv_sec: 0,
    tv_nsec: 100_000_000,
};

/// What never ends by itself ends when nobody reads it any more.
fn going_on(output: &Output) -> ControlFlow<()> {
    if output.is_closed() {
        ControlFlow::Break(())
    } else {
        ControlFlow::Continue(())
    }
}

/// Says no to a type that no event has, which would find nothing for ever.
pub fn check_type(args: &EventsArgs) -> Result<(), DeskError> {
    let Some(asked) = &args.event_type else {
        return Ok(());
    };
    if Event::TYPES.iter().any(|(name, _)| name == asked) {
        return Ok(());
    }
    let mut known: Vec<&str> = Event::TYPES.iter().map(|(name, _)| *name).collect();
    known.sort_unstable();
    Err(DeskError::BadInput(format!(
        "There is no event type \"{asked}\". There are: {}.",
        known.join(", ")
    )))
}

/// The events, in order; with `--follow` those that come as well, until it is interrupted or nobody
/// reads any more.
pub fn events(cli: &Cli, desk: &Desk, output: &Output, args: &EventsArgs) -> Result<u8, DeskError> {
    let stop = Arc::new(AtomicBool::new(false));
    if args.follow {
        for signal in [SIGINT, SIGTERM] {
            let heard = signal_hook::flag::register(signal, Arc::clone(&stop));
            heard.map_err(|source| StoreError::Io {
                path: std::env::current_exe().unwrap_or_default(),
                source,
            })?;
        }
    }
    // Begun before the first look: what is written after that look has changed the file since.
    let mut watch = args.follow.then(|| desk.watch()).transpose()?;
    let mut filter = EventFilter {
        since: args.cursor.unwrap_or(args.since).max(args.since),
        event_type: args.event_type.clone(),
        actor: cli.actor.clone(),
        limit: args.limit,
    };
    loop {
        let changed = match &mut watch {
            Some(watch) => watch.changed()?,
            None => true,
        };
        if changed {
            let head = print_events(desk, output, &mut filter)?;
            // What was passed over is not looked at again.
            if filter.limit != Some(0) {
                filter.since = filter.since.max(head);
            }
        }
        if !args.follow || filter.limit == Some(0) {
            return Ok(status::DONE);
        }
        if rest(output) || stop.load(Ordering::Relaxed) {
            return Ok(status::DONE);
        }
    }
}

/// Prints what the filter finds, and moves it past that; gives the head of the log then.
fn print_events(desk: &Desk, output: &Output, filter: &mut EventFilter) -> Result<i64, DeskError> {
    let asked = filter.clone();
    desk.events(&asked, |entry| {
        filter.since = entry.seq;
        filter.limit = filter.limit.map(|left| left.saturating_sub(1));
        print_event(output, &entry);
        going_on(output)
    })
}

/// Waits a moment; gives whether the reader of standard output has gone meanwhile.
fn rest(output: &Output) -> bool {
    let stdout = io::stdout();
    // Asked for nothing, it tells only that the other end is closed.
    let mut ends = [PollFd::new(&stdout, PollFlags::empty())];
    // A signal cuts the wait short; whoever waits looks why.
    let gone = poll(&mut ends, Some(&FOLLOW_EVERY)).is_ok_and(|ready| ready > 0);
    gone || output.is_closed()
}

fn print_event(output: &Output, entry: &EventEntry) {
    let payload: Value = serde_json::from_str(&entry.payload).unwrap_or_default();
    let document = json!({
        "seq": entry.seq, "type": entry.event.event_type(), "version": entry.version,
        "command_id": entry.command_id, "correlation_id": entry.correlation_id,
        "causation_id": entry.causation_id, "actor": entry.actor, "desk": entry.desk,
        "instant": entry.instant, "business_date": entry.business_date,
        "payload": payload,
    });
    output.print(&document, || {
        format!(
            "{}  {}  {}  {}  {}",
            entry.seq,
            entry.instant,
            entry.actor,
            entry.event.event_type(),
            entry.payload
        )
    });
}

fn start_of(date: Night) -> Instant {
    Instant::from_millis(i64::from(date.day_number()) * 86_400_000)
}

/// The audit trail: commands and acts.
pub fn audit(cli: &Cli, desk: &Desk, output: &Output, args: &AuditArgs) -> Result<u8, DeskError> {
    let filter = AuditFilter {
        after: args.cursor.unwrap_or(0),
        newest_first: false,
        object: args.object.clone(),
        actor: cli.actor.clone(),
        action: args.action.clone(),
        from: args.from.map(start_of),
        to: args.to.map(start_of),
        limit: args.limit,
    };
    desk.audit(&filter, |entry| {
        row(output, &entry);
        going_on(output)
    })?;
    Ok(status::DONE)
}

fn row(output: &Output, entry: &AuditEntry) {
    let parsed = |text: &str| serde_json::from_str::<Value>(text).unwrap_or_default();
    let changes: Vec<Value> = entry
        .events
        .iter()
        .map(|(name, payload)| json!({ "type": name, "payload": parsed(payload) }))
        .collect();
    let mut facts = parsed(entry.detail.as_deref().unwrap_or_default());
    let mut taken = |name: &str| facts.as_object_mut().and_then(|facts| facts.remove(name));
    let (before, after) = (taken("before"), taken("after"));
    let document = json!({
        "seq": entry.seq, "actor": entry.actor, "permission": entry.permission,
        "desk": entry.desk, "what": entry.what, "object": entry.object,
        "accepted": entry.accepted, "outcome": parsed(&entry.outcome),
        "changes": changes, "before": before, "after": after, "facts": facts,
        "reason_code": entry.reason_code, "reason": entry.reason,
        "override_reason": entry.override_reason, "instant": entry.instant,
        "request_id": entry.request_id, "command_id": entry.command_id,
        "hash": entry.hash,
    });
    output.print(&document, || {
        let refused = if entry.accepted { "" } else { "  refused" };
        let changed = match (&before, &after) {
            (None, None) => String::new(),
            (before, after) => format!("  {} -> {}", plain(before.as_ref()), plain(after.as_ref())),
        };
        // Whoever ran it for somebody, and why it was done.
        let run_by = facts["run_by"].as_str();
        let by = run_by.map_or_else(String::new, |by| format!(" (run by {by})"));
        let given = [entry.reason_code.as_deref(), entry.reason.as_deref()];
        let given: Vec<&str> = given.into_iter().flatten().collect();
        let why = match given.as_slice() {
            [] => String::new(),
            given => format!("  ({})", given.join(": ")),
        };
        format!(
            "{}  {}  {}{by}  {}  {}{changed}{refused}{why}",
            entry.seq, entry.instant, entry.actor, entry.what, entry.object
        )
    });
}

fn plain(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => "-".to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}
