//! Connections that only read.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::{APPLICATION_ID, explained, io, patiently, settle, versions};
use crate::disk;
use crate::error::StoreError;
use crate::migrations::SCHEMA_VERSION;

/// A reader's page cache: negative is KiB, in SQLite's way.
const READER_CACHE_KIB: i32 = -2_000;

/// Opens a connection that only reads, and waits for a file that is busy.
pub(crate) fn open_reader(path: &Path, wait: Duration) -> Result<Connection, StoreError> {
    patiently(wait, || open_reader_once(path, wait))
}

/// Opens a connection that only reads. Where the disk takes no more, SQLite cannot make the index of its log, which
/// all who have the file open share: then one that keeps it in memory, and has the file for itself while it is open.
/// Where the disk is mounted for reading alone, it reads what stands there.
fn open_reader_once(path: &Path, wait: Duration) -> Result<Connection, StoreError> {
    open_sharing(path, wait, Sharing::Normal).or_else(|error| match error {
        StoreError::Failed { .. } | StoreError::NotWritable { .. } => {
            // What is told is what hindered the others.
            open_sharing(path, wait, Sharing::Alone)
                .or_else(|error| match disk::is_for_reading(path) {
                    true => open_as_it_stands(path, wait),
                    false => Err(error),
                })
                .map_err(|_| error)
        }
        error => Err(error),
    })
}

/// Opens a connection that only reads, and that never has the file for itself.
pub(crate) fn open_shared_reader(path: &Path, wait: Duration) -> Result<Connection, StoreError> {
    patiently(wait, || open_sharing(path, wait, Sharing::Normal))
}

/// Whether others may have the file open too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sharing {
    Normal,
    Alone,
}

/// Opens a file on a disk for reading alone. With a log and its index beside it SQLite reads all three; without a log
/// the file is taken for one that does not change, which asks for nothing beside it. Who reads it looks afterwards
/// whether it did: it may be another machine's disk ([`stamp`]).
fn open_as_it_stands(path: &Path, wait: Duration) -> Result<Connection, StoreError> {
    let real = path.canonicalize().map_err(|source| io(path, source))?;
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_URI;
    let mut log = real.clone().into_os_string();
    log.push("-wal");
    let is_still = Path::new(&log)
        .metadata()
        .map_or(true, |log| log.len() == 0);
    let connection = Connection::open_with_flags(uri(&real, is_still), flags)?;
    connection.busy_timeout(wait)?;
    connection.execute_batch("PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY;")?;
    // It may change as soon as the disk takes something again, and is opened anew for each look.
    connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    connection.pragma_update(None, "query_only", true)?;
    Ok(connection)
}

/// By what a file that is read alone is seen to have been written meanwhile.
pub(crate) fn stamp(path: &Path) -> Option<(u64, std::time::SystemTime)> {
    let found = path.metadata().ok()?;
    Some((found.len(), found.modified().ok()?))
}

/// The file as SQLite takes it with a parameter: <https://www.sqlite.org/uri.html>.
fn uri(path: &Path, is_still: bool) -> String {
    let mut name = path.to_string_lossy().replace('%', "%25");
    name = name.replace('?', "%3f").replace('#', "%23");
    if cfg!(windows) {
        name = name.replace('\\', "/");
        if name.get(1..2) == Some(":") {
            name.insert(0, '/');
        }
    }
    let rest = if is_still { "?immutable=1" } else { "" };
    format!("file:{name}{rest}")
}

/// Whether nobody else can open the file while this connection is, or it is opened anew for each look.
pub(crate) fn is_alone(connection: &Connection) -> rusqlite::Result<bool> {
    let mode: String = connection.pragma_query_value(None, "locking_mode", |row| row.get(0))?;
    Ok(mode == "exclusive")
}

/// Whether a file that cannot be opened for writing can be read as it is.
pub(crate) fn is_readable(path: &Path, wait: Duration) -> bool {
    open_reader(path, wait)
        .and_then(|connection| Ok(versions(&connection)? == (APPLICATION_ID, SCHEMA_VERSION)))
        .unwrap_or(false)
}

fn open_sharing(path: &Path, wait: Duration, sharing: Sharing) -> Result<Connection, StoreError> {
    open_as(path, wait, sharing).map_err(|error| explained(path, error))
}

fn open_as(path: &Path, wait: Duration, sharing: Sharing) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    #[cfg_attr(
        not(feature = "trace"),
        allow(unused_mut, reason = "a trace changes it")
    )]
    let mut connection = Connection::open_with_flags(path, flags)?;
    #[cfg(feature = "trace")]
    crate::trace::watch(&mut connection)?;
    if sharing == Sharing::Alone {
        // Said before the first look, and the log is left as it is.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    }
    settle(path, &connection, wait)?;
    connection.pragma_update(None, "query_only", true)?;
    // Several of these are kept; what they read often is in the system's cache as well.
    connection.pragma_update(None, "cache_size", READER_CACHE_KIB)?;
    // The first look takes the log over where its last writer died, which is waited for here.
    let _tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    Ok(connection)
}
