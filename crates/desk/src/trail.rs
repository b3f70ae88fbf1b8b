//! The audit trail as the window shows it: in pages, the newest first.

use std::ops::ControlFlow;

use keyrack_inventory::Instant;
use keyrack_store::{AuditEntry, AuditFilter, Verification};
use keyrack_words::Words;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use crate::desk::Desk;
use crate::door::Question;
use crate::error::DeskError;

/// What the trail tells of that is no command of the inventory.
pub(crate) const ACTS: [&str; 32] = [
    "acted_for",
    "alert_acknowledged",
    "backup",
    "enrolled",
    "enrolment_given_up",
    "erasures_done",
    "exported",
    "guest_erased",
    "guest_exported",
    "imported",
    "inbox_answered",
    "job_retried",
    "not_allowed",
    "parked_discarded",
    "parked_retried",
    "rebuild",
    "rejoined",
    "restore",
    "role_set",
    "setting_set",
    "sign_in",
    "sign_in_failed",
    "sign_out",
    "staff_added",
    "staff_disabled",
    "staff_enabled",
    "staff_password_reset",
    "staff_role_set",
    "support_bundle",
    "token_moved",
    "walk_asked",
    "walk_told",
];

/// Rows of a page at most, so that no answer grows with the file.
const MOST_ROWS: u32 = 500;

/// Which rows are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
#[ts(optional_fields)]
pub struct AuditRequest {
    /// Older than this row.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<i64>,
    /// About this object, by number or name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
    /// By this actor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actor: Option<String>,
    /// Of this kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// From this instant on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Instant>,
    /// Before this instant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Instant>,
    /// At most so many.
    pub limit: u32,
}

/// An event of a row.
#[derive(Clone, Debug, Serialize, TS)]
pub struct AuditEvent {
    /// Its type.
    pub kind: String,
    /// Its payload, JSON.
    pub payload: String,
}

/// A row of the audit trail.
#[derive(Clone, Debug, Serialize, TS)]
pub struct AuditRow {
    /// Its number.
    pub seq: i64,
    /// When.
    pub instant: Instant,
    /// Who.
    pub actor: String,
    /// By which permission.
    pub permission: String,
    /// At which machine.
    pub desk: String,
    /// What was done.
    pub what: String,
    /// On what, by number or name.
    pub object: String,
    /// The same as people read it: a span of nights by its first and its last night.
    pub about: String,
    /// Whether a rule let it through.
    pub accepted: bool,
    /// Why, as a code.
    pub reason_code: Option<String>,
    /// Why, as a text.
    pub reason: Option<String>,
    /// Why rules were overridden.
    pub override_reason: Option<String>,
    /// The request.
    pub request_id: Uuid,
    /// What an act says of itself, JSON.
    pub detail: Option<String>,
    /// What it changed.
    pub events: Vec<AuditEvent>,
    /// This row's link of the chain.
    pub hash: String,
}

impl From<AuditEntry> for AuditRow {
    fn from(entry: AuditEntry) -> Self {
        let events = entry.events.into_iter();
        Self {
            seq: entry.seq,
            instant: entry.instant,
            actor: entry.actor,
            permission: entry.permission,
            desk: entry.desk,
            what: entry.what,
            about: Words::here().object(&entry.object),
            object: entry.object,
            accepted: entry.accepted,
            reason_code: entry.reason_code,
            reason: entry.reason,
            override_reason: entry.override_reason,
            request_id: entry.request_id,
            detail: entry.detail,
            events: events
                .map(|(kind, payload)| AuditEvent { kind, payload })
                .collect(),
            hash: entry.hash,
        }
    }
}

/// What the file's own check found, for the window.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Verdict {
    /// Whether all checks passed.
    pub ok: bool,
    /// Each check.
    pub checks: Vec<VerdictCheck>,
}

/// One check of the file.
#[derive(Clone, Debug, Serialize, TS)]
pub struct VerdictCheck {
    /// What was checked.
    pub name: String,
    /// Whether it passed.
    pub ok: bool,
    /// The first differences.
    pub differences: Vec<String>,
}

impl From<Verification> for Verdict {
    fn from(verification: Verification) -> Self {
        let checks = verification.checks.into_iter();
        Self {
            ok: verification.ok,
            checks: checks
                .map(|check| VerdictCheck {
                    name: check.name.to_owned(),
                    ok: check.ok,
                    differences: check.differences,
                })
                .collect(),
        }
    }
}

impl Desk {
    /// A page of the audit trail, the newest first.
    ///
    /// # Errors
    /// Where that is not allowed, or the file fails.
    pub fn audit_page(&self, request: &AuditRequest) -> Result<Vec<AuditRow>, DeskError> {
        self.admit(Question::Audit)?;
        let request = request.clone();
        let filter = AuditFilter {
            after: request.before.unwrap_or(0),
            newest_first: true,
            object: request.object,
            actor: request.actor,
            action: request.action,
            from: request.from,
            to: request.to,
            limit: Some(request.limit.clamp(1, MOST_ROWS)),
        };
        let mut rows = Vec::new();
        self.store.read(|reader| {
            reader.audit(&filter, |entry| {
                rows.push(AuditRow::from(entry));
                Ok(ControlFlow::Continue(()))
            })
        })?;
        Ok(rows)
    }
}
