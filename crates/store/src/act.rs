//! Acts: what is done at a desk and is no command of the inventory, like a sign-in or a setting. An
//! act is a row of the audit trail without a command, in the same chain.

use std::path::Path;
use std::time::Duration;

use keyrack_inventory::command::Permission;
use keyrack_inventory::{CommandId, Instant, ReasonCode, TextId};
use rusqlite::{Connection, OpenFlags, OptionalExtension, params};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::audit::{self, AuditRow, Fields};
use crate::error::StoreError;
use crate::record::code_word;
use crate::seal::{self, SEALED, Seals};
use crate::{Batch, Reader, Store, connection};

/// Who is named where nobody asked for it.
pub const SYSTEM: &str = "system";
/// The desk of a file that holds no property yet.
const FIRST_DESK: &str = "A";

/// Acts that leave nothing to be taken back: they let somebody in or not, copy, or note that something
/// was seen. An undo looks behind them.
const PASSING: [&str; 12] = [
    "acted_for",
    "alert_acknowledged",
    "backup",
    "exported",
    "guest_exported",
    "inbox_answered",
    "job_retried",
    "not_allowed",
    "sign_in",
    "sign_in_failed",
    "sign_out",
    "support_bundle",
];

/// Under which id something is asked for, and what: the same again is done once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The caller's id.
    pub id: CommandId,
    /// Over the caller's request.
    pub request_hash: [u8; 32],
}

/// What was done under an id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Used {
    /// A command of the inventory.
    Command,
    /// An act.
    Act {
        /// Over the request that asked for it.
        request_hash: [u8; 32],
        /// What was done.
        what: String,
        /// On which object.
        object: String,
        /// What was said.
        answer: Value,
    },
}

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
    /// Whose password it set, and its hash (a PHC string), which the trail seals and never tells.
    pub password: Option<(Uuid, String)>,
    /// When.
    pub now: Instant,
    /// The request that it belongs to.
    pub request_id: Uuid,
    /// Under which id it was asked for, where under any.
    pub asked: Option<Asked>,
    /// What is said to whoever asks for it again: ids and figures, never names or texts of guests.
    pub answer: Value,
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
            password: None,
            now,
            request_id: Uuid::now_v7(),
            asked: None,
            answer: Value::Object(Map::new()),
        }
    }

    /// What is said of it, now and whenever it is asked for again.
    #[must_use]
    pub fn answering(self, answer: Value) -> Self {
        Self { answer, ..self }
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

    /// Facts, with before and after where something changed, and what is sealed; nothing where there is
    /// nothing to say.
    fn detail(&self, seals: Seals) -> Option<String> {
        let mut all = self.facts.clone();
        all.extend(seals.into_value().map(|sealed| (SEALED.to_owned(), sealed)));
        if let Some(asked) = self.asked {
            all.insert("command_id".to_owned(), asked.id.to_string().into());
        }
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
        tell(self.connection, act)?;
        if let Some(asked) = act.asked {
            self.note_asked(asked, audit::head(self.connection)?.0, &act.answer)?;
        }
        Ok(())
    }

    /// Notes under which id an act was asked for, in its own transaction.
    fn note_asked(&self, asked: Asked, audit: i64, answer: &Value) -> Result<(), StoreError> {
        // Somebody else was quicker with the same id: who repeats it gets what was said then.
        if used(self.connection, asked.id)?.is_some() {
            return Err(StoreError::Busy { waited_ms: 0 });
        }
        self.connection
            .prepare_cached(
                // Of a row of the trail that somebody cut off nothing is left to be told.
                "INSERT INTO act (id, request_hash, audit, answer) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (audit) DO UPDATE SET id = excluded.id,
                    request_hash = excluded.request_hash, answer = excluded.answer",
            )?
            .execute(params![
                asked.id.0.as_bytes(),
                asked.request_hash,
                audit,
                answer.to_string()
            ])?;
        Ok(())
    }
}

impl Store {
    /// What was done under an id in a file that is only looked into, as a backup is.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn used_in(path: &Path, id: CommandId, wait: Duration) -> Result<Option<Used>, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)?;
        connection::check_ours(path, &connection, wait)?;
        // A backup may be of a time in which acts had no ids.
        if connection.table_exists(None, "act")? {
            used(&connection, id)
        } else {
            Ok(is_commands(&connection, id)?.then_some(Used::Command))
        }
    }
}

impl Reader<'_> {
    /// What was done under this id.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn used(&self, id: CommandId) -> Result<Option<Used>, StoreError> {
        used(self.connection(), id)
    }
}

fn is_commands(connection: &Connection, id: CommandId) -> Result<bool, StoreError> {
    let mut statement = connection.prepare_cached("SELECT 1 FROM command WHERE id = ?1")?;
    Ok(statement.exists(params![id.0.as_bytes()])?)
}

/// Whether an act was asked for under this id. Every new command asks it: of one table alone, for SQLite
/// would plan a join anew for each id.
pub(crate) fn is_acts(connection: &Connection, id: CommandId) -> Result<bool, StoreError> {
    let mut statement = connection.prepare_cached("SELECT 1 FROM act WHERE id = ?1")?;
    Ok(statement.exists(params![id.0.as_bytes()])?)
}

/// What was done under this id.
pub(crate) fn used(connection: &Connection, id: CommandId) -> Result<Option<Used>, StoreError> {
    if is_commands(connection, id)? {
        return Ok(Some(Used::Command));
    }
    if !is_acts(connection, id)? {
        return Ok(None);
    }
    let mut statement = connection.prepare_cached(
        "SELECT act.request_hash, audit.what, audit.object, act.answer
         FROM act JOIN audit ON audit.seq = act.audit WHERE act.id = ?1",
    )?;
    let found = statement.query_row(params![id.0.as_bytes()], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
    });
    let found: Option<([u8; 32], String, String, String)> = found.optional()?;
    let Some((request_hash, what, object, answer)) = found else {
        return Ok(None);
    };
    let answer =
        serde_json::from_str(&answer).map_err(|error| StoreError::damaged("act", error))?;
    Ok(Some(Used::Act {
        request_hash,
        what,
        object,
        answer,
    }))
}

/// The actor's last act after that row of the trail which an undo must not look behind: what was done
/// and on which object.
pub(crate) fn last_act(
    connection: &Connection,
    actor: &str,
    after: i64,
) -> Result<Option<(String, String)>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT what, object FROM audit
         WHERE actor = ?1 AND seq > ?2 AND +command IS NULL ORDER BY seq DESC",
    )?;
    let mut rows = statement.query(params![actor, after])?;
    while let Some(row) = rows.next()? {
        let what: String = row.get(0)?;
        if !PASSING.contains(&what.as_str()) {
            return Ok(Some((what, row.get(1)?)));
        }
    }
    Ok(None)
}

/// Puts an act into the audit trail.
pub(crate) fn tell(connection: &Connection, act: &Act) -> Result<(), StoreError> {
    let desk: Option<String> = connection
        .prepare_cached("SELECT desk FROM property")?
        .query_row([], |row| row.get(0))
        .optional()?;
    let mut seals = Seals::default();
    if let Some((id, hash)) = &act.password {
        seals.add(*id, &seal::of_password(hash));
    }
    let reason_text = match &act.reason {
        Some(body) => {
            let id = TextId(Uuid::now_v7());
            seals.keep_text(connection, id, body)?;
            Some(*id.0.as_bytes())
        }
        None => None,
    };
    if let Some(Asked { id, request_hash }) = act.asked {
        let answer = act.answer.to_string();
        seals.add(id.0, &seal::of_asked(id.0, &request_hash, &answer));
    }
    let detail = act.detail(seals);
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
    let end = audit::head(connection)?;
    let mut fields = Fields::new(&end.1);
    fields.audit(&row);
    audit::append(connection, &row, end, fields)?;
    connection
        .prepare_cached("UPDATE act_count SET acts = acts + 1")?
        .execute([])?;
    Ok(())
}
