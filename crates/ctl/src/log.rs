//! The event log and the audit trail, one document a line.

use std::thread;
use std::time::Duration;

use keyrack_desk::{Desk, DeskError};
use keyrack_inventory::{Instant, Night};
use keyrack_store::{AuditEntry, AuditFilter, EventEntry, EventFilter};
use serde_json::{Value, json};

use crate::args::{AuditArgs, Cli, EventsArgs};
use crate::output::{Output, status};

/// How often the log is looked at for new events.
const FOLLOW_EVERY: Duration = Duration::from_millis(200);

/// The event log.
pub fn events(cli: &Cli, desk: &Desk, output: &Output, args: &EventsArgs) -> Result<u8, DeskError> {
    let mut since = args.cursor.unwrap_or(args.since).max(args.since);
    loop {
        let filter = EventFilter {
            since,
            event_type: args.event_type.clone(),
            actor: cli.actor.clone(),
            limit: args.limit,
        };
        desk.events(&filter, |entry| {
            since = entry.seq;
            event(output, &entry);
        })?;
        if !args.follow || output.is_closed() {
            return Ok(status::DONE);
        }
        thread::sleep(FOLLOW_EVERY);
    }
}

fn event(output: &Output, entry: &EventEntry) {
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
        object: args.object.clone(),
        actor: cli.actor.clone(),
        action: args.action.clone(),
        from: args.from.map(start_of),
        to: args.to.map(start_of),
        limit: args.limit,
    };
    desk.audit(&filter, |entry| row(output, &entry))?;
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
        format!(
            "{}  {}  {}  {}  {}{changed}{refused}",
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
