//! The bare twin: the same rows, written by plain rusqlite into a file of the same schema and
//! settings, with no decision, no hash and no JSON.

use std::borrow::Cow;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;

use rusqlite::types::Value;
use rusqlite::{Connection, TransactionBehavior, params_from_iter};

use crate::Failure;

/// A statement with the values of one row.
type Write = (Cow<'static, str>, Vec<Value>);

/// What one command wrote, as plain statements.
pub struct Rows(Vec<Write>);

/// A file that the twin writes.
pub struct Twin {
    connection: Connection,
}

/// What a desk with a centre notes beside its file: who it is, its epoch, and how far its queue came.
const COUNTER_BYTES: usize = 69;

/// The settings with which Keyrack opens its files.
const SETTINGS: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA secure_delete = ON;
    PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000; PRAGMA wal_autocheckpoint = 4000;";

impl Twin {
    /// Opens a copy of a file, as it is.
    pub fn copy_of(file: &Path, to: &Path) -> Result<Self, Failure> {
        Connection::open(file)?.execute("VACUUM INTO ?1", [to.to_string_lossy()])?;
        Self::of_copy(to)
    }

    /// Opens a copy that was made already.
    pub fn of_copy(copy: &Path) -> Result<Self, Failure> {
        let connection = Connection::open(copy)?;
        connection.set_prepared_statement_cache_capacity(96);
        connection.execute_batch(SETTINGS)?;
        Ok(Self { connection })
    }

    /// Opens a file with the schema of another one and the rows that stood before any booking.
    pub fn emptied_copy_of(file: &Path, to: &Path) -> Result<Self, Failure> {
        let twin = Self::copy_of(file, to)?;
        twin.connection.execute_batch(
            "PRAGMA foreign_keys = OFF;
             DELETE FROM audit; DELETE FROM cell_event; DELETE FROM reservation_event;
             DELETE FROM event; DELETE FROM command; DELETE FROM stay; DELETE FROM reservation;
             DELETE FROM guest; DELETE FROM guest_row;
             INSERT INTO guest_search (guest_search) VALUES ('delete-all'); UPDATE cell SET sold = 0; VACUUM; PRAGMA foreign_keys = ON;",
        )?;
        Ok(twin)
    }

    /// Writes the rows of a command, and then so many bytes over a file beside it, as durably.
    pub fn write_and_count(&mut self, rows: &Rows, beside: &Path) -> Result<(), Failure> {
        self.write(std::iter::once(rows))?;
        let mut file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .open(beside)?;
        file.write_all(&[b'0'; COUNTER_BYTES])?;
        file.sync_data()?;
        Ok(())
    }

    /// Writes the rows of some commands in one transaction.
    pub fn write<'a>(&mut self, rows: impl Iterator<Item = &'a Rows>) -> Result<(), Failure> {
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        for (sql, values) in rows.flat_map(|rows| &rows.0) {
            transaction
                .prepare_cached(sql)?
                .execute(params_from_iter(values))?;
        }
        transaction.commit()?;
        Ok(())
    }
}

/// Reads back what a command wrote, to be written again by a twin.
pub struct Reader {
    connection: Connection,
}

impl Reader {
    /// A reader of a file.
    pub fn of(file: &Path) -> Result<Self, Failure> {
        let connection = Connection::open(file)?;
        connection.set_prepared_statement_cache_capacity(96);
        Ok(Self { connection })
    }

    /// The last command's number.
    pub fn last_command(&self) -> Result<i64, Failure> {
        Ok(self
            .connection
            .query_row("SELECT max(seq) FROM command", [], |row| row.get(0))?)
    }

    /// Every command but those that opened the file, and whether it is the last of its commit.
    pub fn commits(&self) -> Result<Vec<(i64, bool)>, Failure> {
        let mut statement = self.connection.prepare(
            "SELECT seq, instant <> coalesce(lead(instant) OVER (ORDER BY seq), -1) FROM command
             WHERE kind NOT IN ('open_property', 'open_nights') ORDER BY seq",
        )?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn rows(&self, sql: &str, key: &[Value]) -> Result<Vec<Vec<Value>>, Failure> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let columns = statement.column_count();
        let rows = statement.query_map(params_from_iter(key), |row| {
            (0..columns)
                .map(|at| row.get(at))
                .collect::<Result<Vec<Value>, _>>()
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Everything that the command of that number wrote.
    pub fn rows_of(&self, command: i64) -> Result<Rows, Failure> {
        let mut writes: Vec<Write> = Vec::new();
        let key = [Value::from(command)];
        let mut copy = |table: &str, select: &str, key: &[Value]| -> Result<(), Failure> {
            let rows = self.rows(select, key)?;
            writes.extend(rows.into_iter().map(|row| insert(table, "", row)));
            Ok(())
        };
        copy("command", "SELECT * FROM command WHERE seq = ?1", &key)?;
        copy(
            "event",
            "SELECT e.* FROM command AS c JOIN event AS e
             ON e.seq >= c.first_event AND e.seq < c.first_event + c.events WHERE c.seq = ?1",
            &key,
        )?;
        copy("audit", "SELECT * FROM audit WHERE command = ?1", &key)?;
        let events = self.rows(
            "SELECT e.seq, e.type, json_extract(e.payload, '$.reservation') FROM command AS c
             JOIN event AS e ON e.seq >= c.first_event AND e.seq < c.first_event + c.events
             WHERE c.seq = ?1",
            &key,
        )?;
        for event in events {
            self.event_rows(&event, &mut writes)?;
        }
        self.queue_rows(&key, &mut writes)?;
        Ok(Rows(writes))
    }

    /// What a desk with a centre writes beside it: the queue, how far it came, the rights that were used, and the rows as
    /// the centre has them, which are kept where this is the first command over them.
    fn queue_rows(&self, key: &[Value], writes: &mut Vec<Write>) -> Result<(), Failure> {
        let queued = self.rows(
            "SELECT q.* FROM command AS c JOIN queue AS q ON q.id = c.id WHERE c.seq = ?1",
            key,
        )?;
        for row in queued {
            let came = vec![row[1].clone(), row[4].clone()];
            let sql = "UPDATE centre SET last_seq = ?1, last_hash = ?2";
            writes.push((Cow::from(sql), came));
            writes.push(insert("queue", "", row));
        }
        let used = self.rows(
            "SELECT s.room_type, s.night, s.granted, s.consumed, s.returned FROM command AS c
             JOIN cell_event_by_event AS e ON e.event >= c.first_event AND e.event < c.first_event + c.events
             JOIN share AS s ON s.room_type = e.room_type AND s.night = e.night WHERE c.seq = ?1",
            key,
        )?;
        let sql = "INSERT INTO share VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT DO UPDATE SET granted = ?3, consumed = ?4, returned = ?5";
        writes.extend(used.into_iter().map(|row| (Cow::from(sql), row)));
        let kept = self.rows(
            "SELECT b.* FROM command AS c
             JOIN event AS e ON e.seq >= c.first_event AND e.seq < c.first_event + c.events
             JOIN base_row AS b ON b.kind = 'reservation' AND b.key = json_extract(e.payload, '$.reservation')
             WHERE c.seq = ?1
             UNION SELECT b.* FROM command AS c
             JOIN cell_event_by_event AS e ON e.event >= c.first_event AND e.event < c.first_event + c.events
             JOIN base_row AS b ON b.kind = 'cell' AND b.key = e.room_type || '/' || e.night
             WHERE c.seq = ?1",
            key,
        )?;
        let kept = kept.into_iter();
        writes.extend(kept.map(|row| insert("base_row", "ON CONFLICT DO NOTHING", row)));
        Ok(())
    }

    fn event_rows(&self, event: &[Value], writes: &mut Vec<Write>) -> Result<(), Failure> {
        let [seq, kind, reservation] = event else {
            return Err("an event has three columns".into());
        };
        let seq = [seq.clone()];
        let cells = self.rows("SELECT * FROM cell_event_by_event WHERE event = ?1", &seq)?;
        for row in cells {
            let key = [row[0].clone(), row[1].clone()];
            writes.push(insert("cell_event", "", row));
            let cell = self.rows(
                "SELECT * FROM cell WHERE room_type = ?1 AND night = ?2",
                &key,
            )?;
            writes.extend(cell.into_iter().map(|cell| {
                (
                    Cow::from(
                        "UPDATE cell SET physical = ?3, out_of_order = ?4, sold = ?5, held = ?6,
                 blocked = ?7, overbooking = ?8, version = ?9, restrictions = ?10
                 WHERE room_type = ?1 AND night = ?2",
                    ),
                    cell,
                )
            }));
        }
        let Value::Text(id) = reservation else {
            return Ok(());
        };
        let id =
            uuid::Uuid::parse_str(id).map_err(|error| format!("{kind:?} has {id}: {error}"))?;
        let id = [Value::from(id.as_bytes().to_vec())];
        let history = self.rows(
            "SELECT * FROM reservation_event_by_event WHERE event = ?1",
            &seq,
        )?;
        let history = history.into_iter();
        writes.extend(history.map(|row| insert("reservation_event", "", row)));
        let made = kind == &Value::from("reservation_made".to_owned());
        let booking = self.rows("SELECT * FROM reservation WHERE id = ?1", &id)?;
        let stays = self.rows("SELECT * FROM stay WHERE reservation = ?1", &id)?;
        if made {
            writes.push((
                Cow::from("UPDATE property SET last_reservation = last_reservation + ?1"),
                vec![Value::from(1)],
            ));
            let guest = self.rows(
                "SELECT g.* FROM guest AS g JOIN reservation AS r ON r.guest = g.id WHERE r.id = ?1",
                &id,
            )?;
            writes.extend(guest.into_iter().map(|row| insert("guest", "", row)));
            let found_by = self.rows(
                "SELECT w.number, w.guest, g.name, g.phone, g.email FROM guest AS g
                 JOIN reservation AS r ON r.guest = g.id JOIN guest_row AS w ON w.guest = g.id
                 WHERE r.id = ?1",
                &id,
            )?;
            for row in found_by {
                let words = [&row[..1], &row[2..]].concat();
                writes.push(insert("guest_row", "", row[..2].to_vec()));
                let sql =
                    "INSERT INTO guest_search (rowid, name, phone, email) VALUES (?1, ?2, ?3, ?4)";
                writes.push((Cow::from(sql), words));
            }
            let booking = booking.into_iter();
            writes.extend(booking.map(|row| insert("reservation", "", row)));
        } else {
            let update = "UPDATE reservation SET version = ?2, status = ?3 WHERE id = ?1";
            let columns = |row: Vec<Value>| vec![row[0].clone(), row[2].clone(), row[4].clone()];
            let booking = booking.into_iter();
            writes.extend(booking.map(|row| (Cow::from(update), columns(row))));
        }
        let changed = "ON CONFLICT DO UPDATE SET departure = ?5, leaves_on = ?6, status = ?7,
            status_before = ?8, checked_in_on = ?9, checked_out_on = ?10, freed_from = ?11";
        let stays = stays.into_iter();
        writes.extend(stays.map(|row| insert("stay", changed, row)));
        Ok(())
    }

    /// What each booking after that command wrote.
    pub fn written_since(&self, command: i64) -> Result<Vec<Rows>, Failure> {
        let event: i64 = self.connection.query_row(
            "SELECT first_event + events FROM command WHERE seq = ?1",
            [command],
            |row| row.get(0),
        )?;
        self.index_history(event)?;
        // What the centre has put right meanwhile is no booking.
        let sql = "SELECT seq FROM command WHERE seq > ?1 AND kind = 'reserve' ORDER BY seq";
        let mut statement = self.connection.prepare_cached(sql)?;
        let booked = statement.query_map([command], |row| row.get(0))?;
        let booked: Vec<i64> = booked.collect::<Result<_, _>>()?;
        booked.into_iter().map(|seq| self.rows_of(seq)).collect()
    }

    /// Lets the reader find the history of the events from that number on by event: the product asks
    /// for it by cell.
    pub fn index_history(&self, from: i64) -> Result<(), Failure> {
        for table in ["cell_event", "reservation_event"] {
            // What an event wrote lies all over the tables; the reader goes through them once.
            self.connection.execute_batch(&format!(
                "DROP TABLE IF EXISTS temp.{table}_by_event;
                 CREATE TEMP TABLE {table}_by_event AS SELECT * FROM {table} WHERE event >= {from};
                 CREATE INDEX temp.{table}_by ON {table}_by_event (event);"
            ))?;
        }
        Ok(())
    }
}

/// A row of a table, whatever columns it has.
fn insert(table: &str, changed: &str, row: Vec<Value>) -> Write {
    let places: Vec<String> = (1..=row.len()).map(|at| format!("?{at}")).collect();
    let places = places.join(", ");
    let sql = format!("INSERT INTO {table} VALUES ({places}) {changed}");
    (Cow::from(sql), row)
}
