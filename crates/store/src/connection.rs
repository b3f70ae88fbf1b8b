//! Opening the file: settings that are asserted, and forward-only migrations.

mod reading;

use std::collections::HashSet;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::time::{Duration, Instant as Clock};

use keyrack_inventory::Event;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension, TransactionBehavior};

use crate::disk;
use crate::error::StoreError;
use crate::guest::index_all;
use crate::migrations::{ERASURES_ARE_TOLD, MIGRATIONS, SCHEMA_VERSION};
use crate::{erase, private};

pub(crate) use reading::{is_alone, is_readable, open_reader, open_shared_reader, stamp};

/// "KeyR" in the file's header: this is a Keyrack database.
const APPLICATION_ID: i64 = 0x4B65_7952;
/// The oldest SQLite without faults that matter here.
const OLDEST_SQLITE: i32 = 3_053_002;
const STATEMENTS_KEPT: usize = 96;
/// Between two tries to open a file that is busy.
const RETRY: Duration = Duration::from_millis(10);
/// The smallest page that SQLite writes, in bytes.
const SMALLEST_DATABASE: u64 = 512;

/// How a file of SQLite begins. This and where things stand in it: <https://www.sqlite.org/fileformat.html>.
const SQLITE: &[u8] = b"SQLite format 3\0";
const USER_VERSION_AT: usize = 60;
const APPLICATION_ID_AT: usize = 68;
/// The page of the schema begins here: its kind, and from its fourth byte on how many entries it has.
const FIRST_PAGE_AT: usize = 100;
const TABLE_LEAF: u8 = 13;
const HEADER_BYTES: usize = FIRST_PAGE_AT + 8;

/// Whether to make the file where there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Creation {
    /// The file must be there.
    MustExist,
    /// Made where it is missing.
    Create,
}

/// Opens a connection that may write, and brings the schema up to date.
pub(crate) fn open(
    path: &Path,
    creation: Creation,
    wait: Duration,
) -> Result<Connection, StoreError> {
    patiently(wait, || open_once(path, creation, wait))
}

/// Tries again while the file is busy, up to the wait: SQLite's own waiting leaves out the moments in
/// which another program makes the file, or takes its log over.
fn patiently(
    wait: Duration,
    mut open: impl FnMut() -> Result<Connection, StoreError>,
) -> Result<Connection, StoreError> {
    let started = Clock::now();
    loop {
        match open() {
            Err(StoreError::Busy { .. }) if started.elapsed() < wait => {
                std::thread::sleep(RETRY);
            }
            Err(StoreError::Busy { .. }) => {
                let waited_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
                return Err(StoreError::Busy { waited_ms });
            }
            opened => return opened,
        }
    }
}

fn open_once(path: &Path, creation: Creation, wait: Duration) -> Result<Connection, StoreError> {
    let exists = path.try_exists().map_err(|source| io(path, source))?;
    if !exists && creation == Creation::MustExist {
        let path = path.to_owned();
        return Err(StoreError::Missing { path });
    }
    if exists {
        look_first(path, creation)?;
    }
    let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    if creation == Creation::Create {
        flags |= OpenFlags::SQLITE_OPEN_CREATE;
        // A folder that is missing is told as SQLite tells it, below.
        let _made = private::make(path);
    }
    let opened = Connection::open_with_flags(path, flags);
    let mut connection = opened.map_err(|error| explain(path, error))?;
    let ready = check_ours(path, &connection, wait)
        .and_then(|()| settle(path, &connection, wait))
        .and_then(|()| migrate(path, &mut connection, creation));
    ready.map_err(|error| explained(path, error))?;
    Ok(connection)
}

/// That no newer program brought the file up to date since the catalogue of that version was read here: it would have
/// changed the version.
pub(crate) fn check_version(
    connection: &Connection,
    cached: Option<i64>,
) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached("SELECT catalogue_version FROM property")?;
    let now: Option<i64> = statement.query_row([], |row| row.get(0)).optional()?;
    if cached.is_some() && cached == now {
        return Ok(());
    }
    let (_, version) = versions(connection)?;
    check_known(Path::new(connection.path().unwrap_or_default()), version)
}

fn check_known(path: &Path, found: i64) -> Result<(), StoreError> {
    if found > SCHEMA_VERSION {
        return Err(StoreError::TooNew {
            path: path.to_owned(),
            found,
            known: SCHEMA_VERSION,
        });
    }
    Ok(())
}

/// Looks at a file that has no log beside it before SQLite does, which would begin a log beside the
/// database of another program, and write a header into a file that is empty.
///
/// # Errors
/// Where it is another program's, or empty and not to be made.
fn look_first(path: &Path, creation: Creation) -> Result<(), StoreError> {
    // SQLite keeps the log beside the file itself, whatever links lead to it. Where there is a log the file
    // is not opened here: to close it would take SQLite's locks of this process away.
    let real = path.canonicalize().map_err(|source| io(path, source))?;
    let mut log = real.into_os_string();
    log.push("-wal");
    if Path::new(&log).exists() {
        return Ok(());
    }
    if path.metadata().map_err(|source| io(path, source))?.len() == 0 {
        return match creation {
            Creation::Create => Ok(()),
            Creation::MustExist => Err(StoreError::NotInitialised {
                path: path.to_owned(),
            }),
        };
    }
    let mut page = [0; HEADER_BYTES];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut page));
    // What is too short or cannot be read is told as SQLite tells it.
    if read.is_err() || !page.starts_with(SQLITE) {
        return Ok(());
    }
    let is_ours = page[APPLICATION_ID_AT..][..4] == APPLICATION_ID.to_be_bytes()[4..];
    let is_new = page[APPLICATION_ID_AT..][..4] == [0; 4]
        && page[USER_VERSION_AT..][..4] == [0; 4]
        && page[FIRST_PAGE_AT] == TABLE_LEAF
        && page[FIRST_PAGE_AT + 3..][..2] == [0; 2];
    if is_ours || is_new {
        return Ok(());
    }
    Err(StoreError::NotADatabase {
        path: path.to_owned(),
    })
}

/// Before anything is set: another program's file is left as it is, and its log beside it too,
/// which SQLite would otherwise write back when the connection closes.
pub(crate) fn check_ours(
    path: &Path,
    connection: &Connection,
    wait: Duration,
) -> Result<(), StoreError> {
    let stranger = || StoreError::NotADatabase {
        path: path.to_owned(),
    };
    // SQLite takes a file of one byte for an empty one.
    let length = path.metadata().map_err(|source| io(path, source))?.len();
    if (1..SMALLEST_DATABASE).contains(&length) {
        return Err(stranger());
    }
    let on_close = DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE;
    connection.set_db_config(on_close, true)?;
    connection.busy_timeout(wait)?;
    // In one snapshot: somebody else may be making the file.
    let snapshot = connection.unchecked_transaction()?;
    let (application, version) = versions(&snapshot)?;
    let ours = application == APPLICATION_ID;
    if ours {
        // Told before anything is set: a newer program's file is left as it is.
        check_known(path, version)?;
        if version == SCHEMA_VERSION {
            stored_events(path, &snapshot)?;
        }
    }
    if ours || (application == 0 && version == 0 && is_empty(&snapshot)?) {
        snapshot.finish()?;
        connection.set_db_config(on_close, false)?;
        return Ok(());
    }
    Err(stranger())
}

fn is_empty(connection: &Connection) -> rusqlite::Result<bool> {
    let sql = "SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema)";
    connection.query_row(sql, [], |row| row.get(0))
}

fn io(path: &Path, source: std::io::Error) -> StoreError {
    StoreError::Io {
        path: path.to_owned(),
        source,
    }
}

/// SQLite's own words, as a sentence about this file.
pub(crate) fn explain(path: &Path, error: rusqlite::Error) -> StoreError {
    let path = path.to_owned();
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => StoreError::NotADatabase { path },
        Some(
            ErrorCode::CannotOpen
            | ErrorCode::ReadOnly
            | ErrorCode::PermissionDenied
            | ErrorCode::DiskFull,
        ) => {
            let why = why(&path, &error);
            StoreError::NotWritable { path, why }
        }
        Some(ErrorCode::SystemIoFailure) => {
            let why = why(&path, &error);
            StoreError::Failed { path, why }
        }
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            StoreError::Busy { waited_ms: 0 }
        }
        _ => StoreError::Sqlite(error),
    }
}

/// The same of an error of the store; what is none of SQLite's stays as it is.
pub(crate) fn explained(path: &Path, error: StoreError) -> StoreError {
    match error {
        StoreError::Sqlite(error) => explain(path, error),
        other => other,
    }
}

/// What SQLite says, and that the disk is full where it is: it says only that something failed.
fn why(path: &Path, error: &rusqlite::Error) -> String {
    if disk::is_full(path) {
        format!("the disk is full ({error})")
    } else {
        error.to_string()
    }
}

fn settle(path: &Path, connection: &Connection, wait: Duration) -> Result<(), StoreError> {
    if rusqlite::version_number() < OLDEST_SQLITE {
        return Err(StoreError::Unsafe(format!(
            "version {} is too old",
            rusqlite::version()
        )));
    }
    connection.busy_timeout(wait)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
    let mode: String = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
    if mode != "wal" {
        return Err(StoreError::Unsafe(format!(
            "{} has journal mode {mode}",
            path.display()
        )));
    }
    // Who fills the log of 16 MB writes it back: fewer than one sale in a hundred waits for that.
    connection.execute_batch(
        "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;
         PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000;
         PRAGMA wal_autocheckpoint = 4000;",
    )?;
    let expected = [
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("trusted_schema", 0),
        ("secure_delete", 1),
    ];
    for (pragma, value) in expected {
        let found: i64 = connection.pragma_query_value(None, pragma, |row| row.get(0))?;
        if found != value {
            return Err(StoreError::Unsafe(format!(
                "{pragma} is {found}, not {value}"
            )));
        }
    }
    Ok(())
}

fn migrate(path: &Path, connection: &mut Connection, creation: Creation) -> Result<(), StoreError> {
    if versions(connection)? == (APPLICATION_ID, SCHEMA_VERSION) {
        return know_events(path, connection);
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let (application, version) = versions(&transaction)?;
    if application != APPLICATION_ID && creation == Creation::MustExist {
        return Err(StoreError::NotInitialised {
            path: path.to_owned(),
        });
    }
    check_known(path, version)?;
    build(&transaction, version).map_err(|error| {
        let why = format!("it calls itself version {version}, and is not: {error}");
        StoreError::damaged("sqlite_schema", why)
    })?;
    // Who has the file open with an older program looks anew, and finds it too new.
    transaction.execute(
        "UPDATE property SET catalogue_version = catalogue_version + 1",
        [],
    )?;
    index_all(&transaction)?;
    if version < ERASURES_ARE_TOLD {
        erase::tell_all(&transaction)?;
    }
    fill_events(path, &transaction)?;
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", SCHEMA_VERSION)?;
    transaction.commit()?;
    Ok(())
}

/// Brings a schema of the version to that of today.
pub(crate) fn build(connection: &Connection, version: i64) -> rusqlite::Result<()> {
    let done = usize::try_from(version).unwrap_or(0);
    MIGRATIONS[done..]
        .iter()
        .try_for_each(|migration| connection.execute_batch(migration))
}

/// Every event that this program reads.
fn known_events() -> impl Iterator<Item = (&'static str, u32)> {
    let types = Event::TYPES.iter();
    types.flat_map(|(name, now)| (1..=*now).map(move |version| (*name, version)))
}

/// A file of this schema may be that of a program with fewer events, or with more.
fn know_events(path: &Path, connection: &mut Connection) -> Result<(), StoreError> {
    if stored_events(path, connection)?.len() == known_events().count() {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    fill_events(path, &transaction)?;
    transaction.commit()?;
    Ok(())
}

/// What stands in the file, all of which this program reads.
fn stored_events(
    path: &Path,
    connection: &Connection,
) -> Result<HashSet<(String, u32)>, StoreError> {
    let known: HashSet<(&str, u32)> = known_events().collect();
    let mut statement = connection.prepare("SELECT name, version FROM event_type")?;
    let mut rows = statement.query([])?;
    let mut stored = HashSet::new();
    while let Some(row) = rows.next()? {
        let (name, version): (String, u32) = (row.get(0)?, row.get(1)?);
        if !known.contains(&(name.as_str(), version)) {
            return Err(StoreError::UnknownEvent {
                path: path.to_owned(),
                name,
                version,
            });
        }
        stored.insert((name, version));
    }
    Ok(stored)
}

fn fill_events(path: &Path, connection: &Connection) -> Result<(), StoreError> {
    stored_events(path, connection)?;
    let mut statement = connection
        .prepare("INSERT INTO event_type (name, version) VALUES (?1, ?2) ON CONFLICT DO NOTHING")?;
    for event in known_events() {
        statement.execute(event)?;
    }
    Ok(())
}

pub(crate) fn versions(connection: &Connection) -> rusqlite::Result<(i64, i64)> {
    let pragma = |name| connection.pragma_query_value(None, name, |row| row.get(0));
    Ok((pragma("application_id")?, pragma("user_version")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_opened_with_the_settings_that_keep_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new.db");
        let wait = Duration::from_secs(5);
        let connection = open(&path, Creation::Create, wait).unwrap();
        assert!(
            rusqlite::version_number() >= 3_053_002,
            "{}",
            rusqlite::version()
        );
        for (pragma, wanted) in [
            ("synchronous", 2),
            ("foreign_keys", 1),
            ("trusted_schema", 0),
            ("secure_delete", 1),
        ] {
            let read = connection.pragma_query_value(None, pragma, |row| row.get(0));
            assert_eq!(read, Ok(wanted), "{pragma}");
        }
        let mode: String = connection
            .pragma_query_value(None, "journal_mode", |row| row.get(0))
            .unwrap();
        assert_eq!(mode, "wal");
        // In a transaction SQLite lets no such setting be changed: whoever opens says so, and goes on with none.
        connection
            .execute_batch("PRAGMA foreign_keys = OFF; BEGIN")
            .unwrap();
        assert!(settle(&path, &connection, wait).is_err());
    }
}
