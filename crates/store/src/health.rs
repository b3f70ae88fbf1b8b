//! What the file knows of how the desk fares.

use std::collections::BTreeMap;

use keyrack_inventory::{Instant, Night};
use rusqlite::{OptionalExtension, params};
use uuid::Uuid;

use crate::error::StoreError;
use crate::migrations::SCHEMA_VERSION;
use crate::{Batch, Reader, Store};

/// Commands older than asked for that end the look back: clocks are set back now and then.
const OLD_IN_A_ROW: u32 = 1_000;
/// How long backups and verifications are remembered.
const UPKEEP_KEPT_DAYS: i64 = 400;
const DAY_MS: i64 = 86_400_000;

/// What ends with good or bad, and is remembered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UpkeepKind {
    /// A copy was made and verified.
    Backup,
    /// The file itself was verified.
    Verify,
}

impl UpkeepKind {
    fn as_str(self) -> &'static str {
        match self {
            Self::Backup => "backup",
            Self::Verify => "verify",
        }
    }
}

/// How a backup or a verification ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upkeep {
    /// When.
    pub instant: Instant,
    /// Whether all was well.
    pub ok: bool,
    /// The backup's file name, or the first check that failed.
    pub about: Option<String>,
    /// The backup's length in bytes.
    pub bytes: Option<u64>,
    /// The job that did it.
    pub job: Option<Uuid>,
}

/// What became of the commands of some time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcomes {
    /// Commands of people and scripts.
    pub attempts: u64,
    /// Those that a rule refused, by code.
    pub refusals: BTreeMap<String, u64>,
    /// Sales that a rule refused.
    pub sales_refused: u64,
}

/// A command as a support bundle tells it: nobody's name, no text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandTrace {
    /// Its number.
    pub seq: i64,
    /// Its identity.
    pub id: Uuid,
    /// The request it came with, as logs name it.
    pub request_id: Uuid,
    /// What it was.
    pub kind: String,
    /// `done`, or the refusal's code.
    pub outcome: String,
    /// How many events it made.
    pub events: u32,
    /// When.
    pub instant: Instant,
    /// On which business date.
    pub business_date: Option<Night>,
}

/// The kinds of commands that sell rooms, as the log names them.
const SALES: [&str; 5] = [
    "reserve",
    "place_hold",
    "convert_hold",
    "walk_in",
    "pick_up",
];

/// Whether a command sells rooms: what is timed, and counted where it fails.
pub(crate) fn is_sale(kind: &str) -> bool {
    SALES.contains(&kind)
}

impl Reader<'_> {
    /// What became of the commands after `since`, up to `now`; sweeps of the system's own aside.
    ///
    /// # Errors
    /// Where the file fails; so with every method here.
    pub fn outcomes(&self, since: Instant, now: Instant) -> Result<Outcomes, StoreError> {
        let mut statement = self.connection().prepare_cached(
            "SELECT instant, json_extract(outcome, '$.refused.code'),
                kind IN (SELECT value FROM json_each(?1)), actor = 'system'
             FROM command ORDER BY seq DESC",
        )?;
        let mut rows = statement.query([serde_json::json!(SALES).to_string()])?;
        let (mut found, mut old) = (Outcomes::default(), 0);
        while let Some(row) = rows.next()? {
            let instant = Instant::from_millis(row.get(0)?);
            if instant <= since {
                old += 1;
                if old == OLD_IN_A_ROW {
                    break;
                }
                continue;
            }
            old = 0;
            if instant > now || row.get(3)? {
                continue;
            }
            found.attempts += 1;
            if let Some(code) = row.get::<_, Option<String>>(1)? {
                *found.refusals.entry(code).or_default() += 1;
                found.sales_refused += u64::from(row.get::<_, bool>(2)?);
            }
        }
        Ok(found)
    }

    /// The last commands, the latest first.
    pub fn last_commands(&self, limit: u32) -> Result<Vec<CommandTrace>, StoreError> {
        let mut statement = self.connection().prepare_cached(
            "SELECT seq, id, correlation, kind, coalesce(json_extract(outcome, '$.refused.code'), 'done'),
                events, instant, business_date FROM command ORDER BY seq DESC LIMIT ?1",
        )?;
        let mut rows = statement.query([limit])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(CommandTrace {
                seq: row.get(0)?,
                id: crate::rows::uuid(row, 1)?,
                request_id: crate::rows::uuid(row, 2)?,
                kind: row.get(3)?,
                outcome: row.get(4)?,
                events: row.get(5)?,
                instant: Instant::from_millis(row.get(6)?),
                business_date: crate::rows::night_or_none(row, 7)?,
            });
        }
        Ok(found)
    }

    /// When the file's first command came.
    pub fn first_instant(&self) -> Result<Option<Instant>, StoreError> {
        let sql = "SELECT instant FROM command ORDER BY seq LIMIT 1";
        let mut statement = self.connection().prepare_cached(sql)?;
        let millis: Option<i64> = statement.query_row([], |row| row.get(0)).optional()?;
        Ok(millis.map(Instant::from_millis))
    }

    /// The last backup or verification; where `ok` is given, the last that ended so.
    pub fn last_upkeep(
        &self,
        kind: UpkeepKind,
        ok: Option<bool>,
    ) -> Result<Option<Upkeep>, StoreError> {
        let mut statement = self.connection().prepare_cached(
            "SELECT instant, ok, about, bytes, job FROM upkeep
             WHERE kind = ?1 AND (?2 IS NULL OR ok = ?2) ORDER BY instant DESC, id DESC LIMIT 1",
        )?;
        let mut rows = statement.query(params![kind.as_str(), ok])?;
        let Some(row) = rows.next()? else {
            return Ok(None);
        };
        Ok(Some(Upkeep {
            instant: Instant::from_millis(row.get(0)?),
            ok: row.get(1)?,
            about: row.get(2)?,
            bytes: row.get(3)?,
            job: crate::rows::uuid_or_none(row, 4)?,
        }))
    }

    /// How many rows each table has.
    pub fn row_counts(&self) -> Result<BTreeMap<String, u64>, StoreError> {
        let mut statement = self.connection().prepare(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
        )?;
        let names = statement.query_map([], |row| row.get::<_, String>(0))?;
        let mut counts = BTreeMap::new();
        for name in names {
            let name = name?;
            // A table cannot be bound as a parameter; its name comes from the schema itself.
            let sql = format!("SELECT count(*) FROM \"{}\"", name.replace('"', "\"\""));
            let count = self.connection().query_row(&sql, [], |row| row.get(0))?;
            counts.insert(name, count);
        }
        Ok(counts)
    }
}

impl Batch<'_> {
    /// Remembers how a backup or a verification ended, and forgets what is very old.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn note_upkeep(&mut self, kind: UpkeepKind, upkeep: &Upkeep) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO upkeep (kind, instant, ok, about, bytes, job)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?;
        statement.execute(params![
            kind.as_str(),
            upkeep.instant.millis(),
            upkeep.ok,
            upkeep.about,
            upkeep.bytes,
            upkeep.job.as_ref().map(Uuid::as_bytes),
        ])?;
        let mut statement = self
            .connection
            .prepare_cached("DELETE FROM upkeep WHERE kind = ?1 AND instant < ?2")?;
        let oldest = upkeep.instant.millis() - UPKEEP_KEPT_DAYS * DAY_MS;
        statement.execute(params![kind.as_str(), oldest])?;
        Ok(())
    }
}

/// The file from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileFacts {
    /// Bytes of the database.
    pub bytes: u64,
    /// Bytes of its log.
    pub wal_bytes: u64,
    /// The version of its schema.
    pub schema_version: i64,
    /// The version of SQLite, as its authors write it.
    pub sqlite_version: &'static str,
}

impl Store {
    /// The file from outside.
    pub fn facts(&self) -> FileFacts {
        let mut wal = self.path().as_os_str().to_owned();
        wal.push("-wal");
        // What is not there has no bytes.
        let length = |path: &std::path::Path| path.metadata().map_or(0, |found| found.len());
        FileFacts {
            bytes: length(self.path()),
            wal_bytes: length(wal.as_ref()),
            schema_version: SCHEMA_VERSION,
            sqlite_version: rusqlite::version(),
        }
    }

    /// Writes the log back into the file and empties it, as far as readers let it.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn checkpoint(&self) -> Result<(), StoreError> {
        let connection = crate::connection::open_reader(self.path(), self.wait)?;
        let _busy: i64 =
            connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        Ok(())
    }
}
