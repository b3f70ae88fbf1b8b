//! Forgetting a guest, so that no byte of the file, its log or its index tells of them.
//!
//! Invariants: an erased id is never written again (the schema sees to it); it stands in a list beside
//! the file before the erasure is committed, and a restore applies that list to what it restores.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant as Clock};

use keyrack_inventory::{GuestId, Instant, ReservationId};
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::json;
use uuid::Uuid;

use crate::centre;
use crate::error::StoreError;
use crate::guest::index_all;
use crate::private;
use crate::read::GuestText;
use crate::{Act, Reader, Store, connection, enter};

/// What stands in the place of the name.
pub const ERASED_GUEST: &str = "Erased guest";
/// The list beside the file.
pub(crate) const LIST: &str = "-erased";
/// How long is waited before the log is tried again.
const PAUSE: Duration = Duration::from_millis(20);

/// What an erasure took away.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Erased {
    /// Whether there was something to take away.
    pub guest: bool,
    /// Texts of their bookings.
    pub texts: usize,
    /// Their bookings, by number.
    pub reservations: Vec<String>,
}

impl Store {
    /// Erases a guest: name, phone, e-mail and the texts of their bookings. Where the guest was erased
    /// before, what came since is erased, and the log is cleared once more.
    ///
    /// # Errors
    /// Where the file is busy or fails. Where only the log could not be cleared the guest is erased;
    /// repeat, so that the log is too.
    pub fn erase_guest(&self, guest: GuestId, act: Act) -> Result<Erased, StoreError> {
        let list = list_of(&self.path);
        let erased = self.write(|batch| {
            let connection = batch.connection;
            centre::check_joined(connection)?;
            let plan = plan(connection, guest)?;
            let erased = carry_out(connection, &plan, act.now)?;
            scour(connection)?;
            note(&list, &plan)?;
            let ids = std::iter::once(plan.guest).chain(plan.texts.iter().copied());
            centre::enqueue_erasure(connection, ids.collect(), act.now)?;
            let act = act
                .fact("texts", erased.texts)
                .fact("reservations", erased.reservations.clone())
                .answering(json!({ "erased": {
                    "guest": guest.0,
                    "reservations": erased.reservations,
                    "texts": erased.texts,
                } }));
            batch.act(&act)?;
            Ok(erased)
        })?;
        self.clear_log()?;
        Ok(erased)
    }

    /// Writes the log back into the file and cuts it off: what it held is gone.
    ///
    /// # Errors
    /// Where the file is busy or fails.
    pub fn clear_log(&self) -> Result<(), StoreError> {
        let started = Clock::now();
        let pass = enter(&self.gate, &self.path, self.wait)?;
        let connection = connection::open(&self.path, crate::Creation::MustExist, self.wait)?;
        loop {
            let busy: bool = connection
                .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))
                .map_err(|error| connection::explain(&self.path, error))?;
            if !busy {
                break;
            }
            if started.elapsed() >= self.wait {
                let waited_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
                return Err(StoreError::Busy { waited_ms });
            }
            std::thread::sleep(PAUSE);
        }
        drop(pass);
        Ok(())
    }
}

impl Reader<'_> {
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

/// What there is of a guest.
struct Plan {
    guest: Uuid,
    reservations: Vec<(ReservationId, String)>,
    texts: BTreeSet<Uuid>,
}

fn plan(connection: &Connection, guest: GuestId) -> Result<Plan, StoreError> {
    let known = Reader::new(connection).reservations_of(guest)?.into_iter();
    let reservations: Vec<_> = known.map(|(id, number)| (id, number.to_string())).collect();
    let mut ids = BTreeSet::new();
    let mut commands = BTreeSet::new();
    for (id, _) in &reservations {
        let own: (Option<[u8; 16]>, Option<[u8; 16]>) = connection
            .prepare_cached("SELECT notes, guarantee FROM reservation WHERE id = ?1")?
            .query_row(params![id.0.as_bytes()], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        ids.extend([own.0, own.1].into_iter().flatten().map(Uuid::from_bytes));
        let mut statement = connection.prepare_cached(
            "SELECT DISTINCT e.command FROM reservation_event AS v
             JOIN event AS e ON e.seq = v.event WHERE v.reservation = ?1",
        )?;
        let rows = statement.query_map(params![id.0.as_bytes()], |row| row.get(0))?;
        commands.extend(rows.collect::<Result<BTreeSet<i64>, _>>()?);
    }
    for command in &commands {
        ids.extend(named_by(connection, *command)?);
    }
    // A hold that became a booking was placed, and perhaps extended, by commands of its own.
    let holds = holds_among(connection, &ids)?;
    for command in holds_commands(connection, &holds)? {
        ids.extend(named_by(connection, command)?);
    }
    let mut texts = BTreeSet::new();
    let mut known = connection.prepare_cached("SELECT 1 FROM free_text WHERE id = ?1")?;
    for id in ids {
        if known.exists(params![id.as_bytes()])? {
            texts.insert(id);
        }
    }
    Ok(Plan {
        guest: guest.0,
        reservations,
        texts,
    })
}

/// Every id that a command, its events and its audit row name, whatever it is the id of.
fn named_by(connection: &Connection, command: i64) -> Result<BTreeSet<Uuid>, StoreError> {
    let mut ids = BTreeSet::new();
    let mut statement = connection.prepare_cached(
        "SELECT request FROM command WHERE seq = ?1
         UNION ALL SELECT e.payload FROM command AS c JOIN event AS e
            ON e.seq >= c.first_event AND e.seq < c.first_event + c.events WHERE c.seq = ?1",
    )?;
    let mut rows = statement.query([command])?;
    while let Some(row) = rows.next()? {
        let text: String = row.get(0)?;
        let value =
            serde_json::from_str(&text).map_err(|error| StoreError::damaged("command", error))?;
        ids_in(&value, &mut ids);
    }
    let mut statement = connection
        .prepare_cached("SELECT reason_text, override_text FROM audit WHERE command = ?1")?;
    let mut rows = statement.query([command])?;
    while let Some(row) = rows.next()? {
        let texts: [Option<[u8; 16]>; 2] = [row.get(0)?, row.get(1)?];
        ids.extend(texts.into_iter().flatten().map(Uuid::from_bytes));
    }
    Ok(ids)
}

/// Every id in a document, whatever it is the id of.
pub(crate) fn ids_in(value: &serde_json::Value, ids: &mut BTreeSet<Uuid>) {
    use serde_json::Value;
    match value {
        Value::String(text) => ids.extend(Uuid::parse_str(text).ok()),
        Value::Array(values) => values.iter().for_each(|value| ids_in(value, ids)),
        Value::Object(fields) => fields.values().for_each(|value| ids_in(value, ids)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn holds_among(
    connection: &Connection,
    ids: &BTreeSet<Uuid>,
) -> Result<BTreeSet<String>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT 1 FROM hold WHERE id = ?1")?;
    let mut holds = BTreeSet::new();
    for id in ids {
        if statement.exists(params![id.as_bytes()])? {
            holds.insert(id.to_string());
        }
    }
    Ok(holds)
}

fn holds_commands(
    connection: &Connection,
    holds: &BTreeSet<String>,
) -> Result<BTreeSet<i64>, StoreError> {
    let mut commands = BTreeSet::new();
    if holds.is_empty() {
        return Ok(commands);
    }
    let mut statement = connection.prepare_cached(
        "SELECT command, payload ->> '$.hold' FROM event
         WHERE type IN ('hold_placed', 'hold_extended', 'hold_ended')",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let hold: Option<String> = row.get(1)?;
        if hold.is_some_and(|hold| holds.contains(&hold)) {
            commands.insert(row.get(0)?);
        }
    }
    Ok(commands)
}

/// Erases what was erased elsewhere: guests and texts by their ids.
pub(crate) fn erase_ids(
    connection: &Connection,
    ids: &BTreeSet<Uuid>,
    now: Instant,
) -> Result<(), StoreError> {
    let mut known = connection.prepare_cached("SELECT 1 FROM erased WHERE id = ?1")?;
    let mut new = BTreeSet::new();
    for id in ids {
        if !known.exists(params![id.as_bytes()])? {
            new.insert(*id);
        }
    }
    if new.is_empty() {
        return Ok(());
    }
    for guest in &new {
        let plan = Plan {
            guest: *guest,
            reservations: Vec::new(),
            texts: new.clone(),
        };
        carry_out(connection, &plan, now)?;
    }
    scour(connection)
}

fn carry_out(connection: &Connection, plan: &Plan, now: Instant) -> Result<Erased, StoreError> {
    let guest = plan.guest.as_bytes();
    let erased = connection.execute(
        "UPDATE guest SET name = ?2, phone = NULL, email = NULL, salt = NULL WHERE id = ?1",
        params![guest, ERASED_GUEST],
    )?;
    for id in std::iter::once(&plan.guest).chain(&plan.texts) {
        connection.execute(
            "INSERT OR IGNORE INTO erased (id, erased_at) VALUES (?1, ?2)",
            params![id.as_bytes(), now.millis()],
        )?;
    }
    let mut delete = connection.prepare_cached("DELETE FROM free_text WHERE id = ?1")?;
    for id in &plan.texts {
        delete.execute(params![id.as_bytes()])?;
    }
    let reservations = plan.reservations.iter();
    Ok(Erased {
        guest: erased > 0,
        texts: plan.texts.len(),
        reservations: reservations.map(|(_, number)| number.clone()).collect(),
    })
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
         DROP TABLE kept_text;
         INSERT INTO guest_search (guest_search) VALUES ('delete-all');
         DELETE FROM guest_row;",
    )?;
    index_all(connection)
}

/// Where the list of a file is.
pub(crate) fn list_of(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(LIST);
    PathBuf::from(name)
}

/// Puts an erasure on the list, durably: an id a line, of a guest or of a text.
fn note(list: &Path, plan: &Plan) -> Result<(), StoreError> {
    let failed = |source| StoreError::Io {
        path: list.to_owned(),
        source,
    };
    let mut lines = String::new();
    for id in std::iter::once(&plan.guest).chain(&plan.texts) {
        lines.push_str(&format!("{id}\n"));
    }
    let mut file = private::options()
        .create(true)
        .read(true)
        .append(true)
        .open(list)
        .map_err(failed)?;
    // A line that a crash cut off must not swallow the id that comes after it.
    if !ends_with_a_line(&mut file).map_err(failed)? {
        lines.insert(0, '\n');
    }
    file.write_all(lines.as_bytes()).map_err(failed)?;
    file.sync_all().map_err(failed)
}

/// Whether the file is empty, or ends where a line does.
fn ends_with_a_line(file: &mut File) -> std::io::Result<bool> {
    if file.seek(SeekFrom::End(0))? == 0 {
        return Ok(true);
    }
    file.seek(SeekFrom::End(-1))?;
    let mut last = [0];
    file.read_exact(&mut last)?;
    Ok(last == *b"\n")
}

/// The ids on the list of a file, and those that the file itself knows as erased.
pub(crate) fn listed(
    file: &Path,
    present: Option<&Connection>,
) -> Result<BTreeSet<Uuid>, StoreError> {
    let list = list_of(file);
    let text = match fs::read_to_string(&list) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(source) => return Err(StoreError::Io { path: list, source }),
    };
    // A line that a crash cut off was never followed by its commit.
    let mut ids: BTreeSet<Uuid> = text
        .lines()
        .filter_map(|line| Uuid::parse_str(line).ok())
        .collect();
    if let Some(present) = present {
        let mut statement = present.prepare("SELECT id FROM erased")?;
        let rows = statement.query_map([], |row| row.get::<_, [u8; 16]>(0))?;
        for id in rows {
            ids.insert(Uuid::from_bytes(id?));
        }
    }
    Ok(ids)
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
    for id in ids {
        let mut plan = plan(&transaction, GuestId(*id))?;
        plan.texts.insert(*id);
        carry_out(&transaction, &plan, now)?;
    }
    scour(&transaction)?;
    transaction.commit()?;
    Ok(())
}
