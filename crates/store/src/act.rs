//! Acts: what is done at a desk and is no command of the inventory, like a sign-in or a setting. An
//! act is a row of the audit trail without a command, in the same chain.

use keyrack_inventory::command::Permission;
use keyrack_inventory::{Instant, ReasonCode, TextId};
use rusqlite::{OptionalExtension, params};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::Batch;
use crate::audit::{self, AuditRow, Fields};
use crate::error::StoreError;
use crate::record::code_word;

/// The desk of a file that holds no property yet.
const FIRST_DESK: &str = "A";

/// Something done that is no command of the inventory.
///
/// Its object and its facts hold ids, keys and figures; names and free texts of guests stand in
/// their own tables. `reason` is kept among the free texts.
#[derive(Clone, Debug)]
pub struct Act {
    /// Who.
    pub actor: String,
    /// By which permission; nothing where none is needed, as for a sign-in.
    pub permission: Option<Permission>,
    /// What was done, as a word: `sign_in`, `setting_set`, ...
    pub what: &'static str,
    /// On which object, as people name it.
    pub object: String,
    /// What was before, where something changed.
    pub before: Value,
    /// What is after.
    pub after: Value,
    /// What else is known of it.
    pub facts: Map<String, Value>,
    /// Why, as a code.
    pub reason_code: Option<ReasonCode>,
    /// Why, in words.
    pub reason: Option<String>,
    /// When.
    pub now: Instant,
    /// The request that it belongs to.
    pub request_id: Uuid,
}

impl Act {
    /// An act without a change, facts or a reason.
    pub fn new(actor: &str, what: &'static str, object: impl ToString, now: Instant) -> Self {
        Self {
            actor: actor.to_owned(),
            permission: None,
            what,
            object: object.to_string(),
            before: Value::Null,
            after: Value::Null,
            facts: Map::new(),
            reason_code: None,
            reason: None,
            now,
            request_id: Uuid::now_v7(),
        }
    }

    /// The permission by which it is done.
    #[must_use]
    pub fn by(self, permission: Permission) -> Self {
        let permission = Some(permission);
        Self { permission, ..self }
    }

    /// What it changed.
    #[must_use]
    pub fn changed(self, before: impl Into<Value>, after: impl Into<Value>) -> Self {
        let (before, after) = (before.into(), after.into());
        Self {
            before,
            after,
            ..self
        }
    }

    /// One more fact about it.
    #[must_use]
    pub fn fact(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.facts.insert(name.to_owned(), value.into());
        self
    }

    /// Why it was done, in words; kept where it can be erased.
    #[must_use]
    pub fn because(self, reason: Option<String>) -> Self {
        Self { reason, ..self }
    }

    /// Facts, with before and after where something changed; nothing where there is nothing to say.
    fn detail(&self) -> Option<String> {
        let mut all = self.facts.clone();
        if !(self.before.is_null() && self.after.is_null()) {
            all.insert("before".to_owned(), self.before.clone());
            all.insert("after".to_owned(), self.after.clone());
        }
        (!all.is_empty()).then(|| Value::Object(all).to_string())
    }
}

impl Batch<'_> {
    /// Puts an act into the audit trail, in the transaction of the change that it tells of.
    ///
    /// # Errors
    /// Where the file fails; the whole transaction is then taken back.
    pub fn act(&mut self, act: &Act) -> Result<(), StoreError> {
        let desk: Option<String> = self
            .connection
            .prepare_cached("SELECT desk FROM property")?
            .query_row([], |row| row.get(0))
            .optional()?;
        let reason_text = match &act.reason {
            Some(body) => {
                let id = TextId(Uuid::now_v7());
                let mut statement = self
                    .connection
                    .prepare_cached("INSERT INTO free_text (id, body) VALUES (?1, ?2)")?;
                statement.execute(params![id.0.as_bytes(), body])?;
                Some(*id.0.as_bytes())
            }
            None => None,
        };
        let detail = act.detail();
        let row = AuditRow {
            command: None,
            actor: &act.actor,
            permission: act.permission.map_or("", Permission::as_str),
            desk: desk.as_deref().unwrap_or(FIRST_DESK),
            what: act.what,
            object: &act.object,
            reason_code: act.reason_code.map(code_word),
            reason_text,
            override_text: None,
            instant: act.now.millis(),
            request: *act.request_id.as_bytes(),
            detail: detail.as_deref(),
        };
        let end = audit::head(self.connection)?;
        let mut fields = Fields::new(&end.1);
        fields.audit(&row);
        audit::append(self.connection, &row, end, fields)?;
        self.connection
            .prepare_cached("UPDATE act_count SET acts = acts + 1")?
            .execute([])?;
        Ok(())
    }
}
