//! Forgetting a guest, so that no byte of the file, its log or its index tells of them.
//!
//! Invariants: an erased id is never written again (the schema sees to it); it stands in a list beside
//! the file before the erasure is committed, and a restore applies that list to what it restores.

mod list;
mod others;
mod plan;
mod redact;
mod told;

use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, Instant as Clock};

use keyrack_inventory::{GuestId, Instant};
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::json;
use uuid::Uuid;

use crate::act::{SYSTEM, tell};
use crate::centre;
use crate::error::StoreError;
use crate::guest::index_anew;
use crate::read::GuestText;
use crate::{Act, Reader, Store, connection, enter, sweep_copies};

use list::note;
pub(crate) use list::{list_of, listed};
use plan::{Plan, plan};
pub(crate) use plan::{bookings_naming, ids_in};
pub(crate) use redact::number_id;
pub(crate) use told::{ERASED, tell_all};
use told::{tell_of, told, untold};

/// What stands in the place of the name.
pub const ERASED_GUEST: &str = "Erased guest";
/// How long is waited before the log is tried again.
const PAUSE: Duration = Duration::from_millis(20);

/// What an erasure took away.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Erased {
    /// Whether there was something to take away.
    pub guest: bool,
    /// They were erased before, and nothing has come since: nothing was done.
    pub already: bool,
    /// Texts of their bookings.
    pub texts: usize,
    /// Their bookings, by number.
    pub reservations: Vec<String>,
    /// Numbers in other systems that their bookings had.
    pub external_numbers: usize,
    /// Bookings of other guests with the same name, phone or e-mail, by number. They stay as they are.
    pub others: Vec<String>,
}

impl Store {
    /// Erases a guest: name, phone, e-mail, the texts of their bookings, and their numbers in other systems.
    /// Where the guest was erased before, what came since is erased, and the log is cleared once more.
    ///
    /// # Errors
    /// Where the file is busy or fails. Where only the log could not be cleared the guest is erased;
    /// repeat, so that the log is too.
    pub fn erase_guest(&self, guest: GuestId, act: Act) -> Result<Erased, StoreError> {
        let list = list_of(&self.path);
        let erased = self.write(|batch| {
            let connection = batch.connection;
            centre::check_joined(connection)?;
            let mut plan = plan(connection, guest)?;
            if plan.is_done(connection)? {
                // The list beside the file may have been lost since.
                if !listed(&self.path, None)?.contains(&guest.0) {
                    note(&list, plan.ids())?;
                }
                return Ok(Erased {
                    already: true,
                    ..Erased::of(&plan)
                });
            }
            let others = others::of_the_same(connection, guest)?;
            let redacted = redact::redact(connection, &plan)?;
            plan.numbers = redacted.numbers;
            let erased = Erased {
                others,
                guest: carry_out(connection, &plan, act.now)?,
                ..Erased::of(&plan)
            };
            scour(connection)?;
            if !plan.numbers.is_empty() {
                redact::scour(connection)?;
            }
            note(&list, plan.ids())?;
            let ids = plan.guests().chain(&plan.texts).copied();
            centre::enqueue_erasure(connection, ids.collect(), act.now)?;
            let act = act
                .fact("texts", erased.texts)
                .fact("external_numbers", erased.external_numbers)
                .fact("reservations", erased.reservations.clone())
                .fact("redacted", json!(redacted.commands))
                .fact(ERASED, plan.ids().copied().map(told).collect::<Vec<_>>())
                .answering(json!({ "erased": {
                    "guest": guest.0,
                    "reservations": erased.reservations,
                    "texts": erased.texts,
                    "external_numbers": erased.external_numbers,
                    "others": erased.others,
                } }));
            batch.act(&act)?;
            Ok(erased)
        })?;
        self.clear_log()?;
        // What a backup or a restore left behind as it died has the guest still.
        sweep_copies(self.path.parent().unwrap_or(Path::new("")));
        Ok(erased)
    }

    /// Writes the log back into the file and cuts it off: what it held is gone.
    ///
    /// # Errors
    /// Where the file is busy or fails.
    pub fn clear_log(&self) -> Result<(), StoreError> {
        self.clear_log_within(self.wait)
    }

    /// The same, if nobody is at the file just now: who writes does not wait for it.
    ///
    /// # Errors
    /// Where the file is busy or fails.
    pub fn try_clear_log(&self) -> Result<(), StoreError> {
        self.clear_log_within(Duration::ZERO)
    }

    fn clear_log_within(&self, wait: Duration) -> Result<(), StoreError> {
        let started = Clock::now();
        let pass = enter(&self.gate, &self.path, wait)?;
        let connection = connection::open(&self.path, crate::Creation::MustExist, wait)?;
        loop {
            let busy: bool = connection
                .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))
                .map_err(|error| connection::explain(&self.path, error))?;
            if !busy {
                break;
            }
            if started.elapsed() >= wait {
                let waited_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
                return Err(StoreError::Busy { waited_ms });
            }
            std::thread::sleep(PAUSE);
        }
        drop(pass);
        Ok(())
    }
}

/// What is known of a guest who was erased, and was not erased with them.
pub(crate) fn rest_of(
    connection: &Connection,
    guest: GuestId,
) -> Result<BTreeSet<Uuid>, StoreError> {
    let found = plan(connection, guest)?;
    untold(connection, found.former.iter().chain(&found.texts))
}

/// Whether the guest or text of that id was erased.
pub(crate) fn is_erased(connection: &Connection, id: Uuid) -> Result<bool, StoreError> {
    let mut statement = connection.prepare_cached("SELECT 1 FROM erased WHERE id = ?1")?;
    Ok(statement.exists([id.as_bytes()])?)
}

impl Reader<'_> {
    /// Whether a text would keep something of a guest that an erasure takes: a word of the name, the phone, the
    /// e-mail, or a booking's number in another system.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn tells_of(&self, guest: GuestId, text: &str) -> Result<bool, StoreError> {
        others::named_in(self.connection(), guest, text)
    }

    /// Whether a booking of that number in another system was forgotten.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn is_forgotten(&self, source: Option<&str>, number: &str) -> Result<bool, StoreError> {
        let id = number_id(source, number);
        let mut statement = self
            .connection()
            .prepare_cached("SELECT 1 FROM erased WHERE id = ?1")?;
        Ok(statement.exists(params![id.as_bytes()])?)
    }

    /// Every text that stands of a guest: of their bookings, of holds that became them, of reasons.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn texts_of(&self, guest: GuestId) -> Result<Vec<GuestText>, StoreError> {
        let plan = plan(self.connection(), guest)?;
        let mut statement = self
            .connection()
            .prepare_cached("SELECT body FROM free_text WHERE id = ?1")?;
        let mut found = Vec::new();
        for id in plan.texts {
            let body = statement.query_row(params![id.as_bytes()], |row| row.get(0));
            if let Some(body) = body.optional()? {
                found.push(GuestText { id, body });
            }
        }
        Ok(found)
    }
}

impl Erased {
    fn of(plan: &Plan) -> Self {
        let reservations = plan.reservations.iter();
        Self {
            texts: plan.texts.len(),
            external_numbers: plan.numbers.len(),
            reservations: reservations.map(|(_, number)| number.clone()).collect(),
            ..Self::default()
        }
    }
}

/// Erases what was erased elsewhere: guests and texts by their ids. It is told in the trail, and stands in the list
/// beside the file before it is committed. Gives whether any of it was new.
pub(crate) fn erase_ids(
    connection: &Connection,
    ids: &BTreeSet<Uuid>,
    now: Instant,
) -> Result<bool, StoreError> {
    let new = untold(connection, ids)?;
    if new.is_empty() {
        return Ok(false);
    }
    // Each may be a guest's or a text's.
    for id in &new {
        let plan = Plan {
            guest: *id,
            reservations: Vec::new(),
            former: BTreeSet::new(),
            commands: BTreeSet::new(),
            texts: BTreeSet::from([*id]),
            numbers: Vec::new(),
        };
        let own = self::plan(connection, GuestId(*id))?;
        tell_of_redacted(connection, *id, &redact::redact(connection, &own)?, now)?;
        carry_out(connection, &plan, now)?;
    }
    scour(connection)?;
    tell_of(connection, &new, now)?;
    if let Some(file) = connection.path().filter(|path| !path.is_empty()) {
        note(&list_of(Path::new(file)), new.iter())?;
    }
    Ok(true)
}

/// Takes the rows away; tells whether the guest had any.
fn carry_out(connection: &Connection, plan: &Plan, now: Instant) -> Result<bool, StoreError> {
    let mut erased = 0;
    for guest in plan.guests() {
        erased += connection.execute(
            "UPDATE guest SET name = ?2, phone = NULL, email = NULL, salt = NULL WHERE id = ?1",
            params![guest.as_bytes(), ERASED_GUEST],
        )?;
    }
    for id in plan.ids() {
        connection.execute(
            "INSERT OR IGNORE INTO erased (id, erased_at) VALUES (?1, ?2)",
            params![id.as_bytes(), now.millis()],
        )?;
    }
    let mut delete = connection.prepare_cached("DELETE FROM free_text WHERE id = ?1")?;
    for id in &plan.texts {
        delete.execute(params![id.as_bytes()])?;
    }
    Ok(erased > 0)
}

/// Lays what held the names and texts anew. What is deleted is overwritten by SQLite, but a row that
/// moved to another page may have left a copy of itself in the unused part of the first; a table that
/// is emptied whole has all of its pages overwritten.
fn scour(connection: &Connection) -> Result<(), StoreError> {
    // The rows wait in memory (temp_store) and never in a file.
    connection.execute_batch(
        "CREATE TEMP TABLE kept_guest AS SELECT id, name, phone, email, salt FROM guest ORDER BY id;
         DELETE FROM guest;
         INSERT INTO guest SELECT id, name, phone, email, salt FROM kept_guest;
         DROP TABLE kept_guest;
         CREATE TEMP TABLE kept_text AS SELECT id, body, salt FROM free_text ORDER BY id;
         DELETE FROM free_text;
         INSERT INTO free_text SELECT id, body, salt FROM kept_text;
         DROP TABLE kept_text;",
    )?;
    index_anew(connection)?;
    Ok(())
}

fn tell_of_redacted(
    connection: &Connection,
    guest: Uuid,
    redacted: &redact::Redacted,
    now: Instant,
) -> Result<(), StoreError> {
    if redacted.commands.is_empty() {
        return Ok(());
    }
    let act = Act::new(SYSTEM, "guest_erased", guest, now);
    tell(connection, &act.fact("redacted", json!(redacted.commands)))
}

/// Erases these ids, each a guest's or a text's, in a copy that is to be restored.
pub(crate) fn erase_again(
    copy: &Connection,
    ids: &BTreeSet<Uuid>,
    now: Instant,
) -> Result<(), StoreError> {
    if ids.is_empty() {
        return Ok(());
    }
    let transaction = copy.unchecked_transaction()?;
    let mut numbered = false;
    let mut new = untold(&transaction, ids)?;
    for id in ids {
        let mut plan = plan(&transaction, GuestId(*id))?;
        let redacted = redact::redact(&transaction, &plan)?;
        tell_of_redacted(&transaction, *id, &redacted, now)?;
        plan.texts.insert(*id);
        numbered |= !redacted.numbers.is_empty();
        plan.numbers = redacted.numbers;
        new.append(&mut untold(&transaction, plan.ids())?);
        carry_out(&transaction, &plan, now)?;
    }
    tell_of(&transaction, &new, now)?;
    scour(&transaction)?;
    if numbered {
        redact::scour(&transaction)?;
    }
    transaction.commit()?;
    Ok(())
}
