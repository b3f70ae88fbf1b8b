//! What backups know of the audit trail's end.
//!
//! A trail whose last rows are gone, with all that they stand for, is whole in itself: only who saw it
//! longer can tell. Every backup did. Beside the file stands a list of the last backups with the end of
//! the trail in each (`-heads`); verify asks the list, and each backup that is still there, whether the
//! file still has those rows. A restore to an earlier backup takes the later ones off the list, for then
//! the trail is shorter because somebody wanted it so.
//!
//! What this cannot find: a cut back to the last backup or later, and one by somebody who changes the
//! list and the backups as well.

use std::ffi::OsString;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use keyrack_wire::Hash;
use rusqlite::{Connection, OpenFlags, OptionalExtension};

use crate::audit;
use crate::error::StoreError;
use crate::private;
use crate::verify::Check;

/// Backups that are remembered.
const KEPT: usize = 32;

/// The end of a trail: its last row's number and hash.
pub(crate) type Head = (i64, [u8; 32]);

/// A backup, and the end of the trail in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Noted {
    head: Head,
    backup: PathBuf,
}

/// Notes a backup that was made of the file.
pub(crate) fn note(path: &Path, head: Head, backup: &Path) -> Result<(), StoreError> {
    let backup = std::path::absolute(backup).map_err(|source| io(backup, source))?;
    let mut noted = read(path)?;
    noted.retain(|known| known.backup != backup);
    noted.push(Noted { head, backup });
    let first = noted.len().saturating_sub(KEPT);
    write(path, &noted[first..])
}

/// Forgets the backups whose end the restored trail does not have: those that were made later, and
/// those of another course of things, however long their trail is.
pub(crate) fn restored(path: &Path, copy: &Connection) -> Result<(), StoreError> {
    let noted = read(path)?;
    let mut kept = Vec::with_capacity(noted.len());
    for known in &noted {
        if known.head.0 == 0 || row_hash(copy, known.head.0)? == Some(known.head.1) {
            kept.push(known.clone());
        }
    }
    if kept.len() == noted.len() {
        return Ok(());
    }
    write(path, &kept)
}

/// The hash of a row of the trail.
fn row_hash(connection: &Connection, seq: i64) -> Result<Option<[u8; 32]>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT hash FROM audit WHERE seq = ?1")?;
    Ok(statement.query_row([seq], |row| row.get(0)).optional()?)
}

/// What is noted of a file, and what its backups say now. To be asked before the file is read: a
/// backup that is made meanwhile may have seen more than the snapshot that is checked.
pub(crate) fn known(path: &Path) -> Result<Vec<(Noted, Option<Head>)>, StoreError> {
    let noted = read(path)?.into_iter();
    let with_end = noted.map(|noted| {
        let end = end_of(&noted.backup);
        (noted, end)
    });
    Ok(with_end.collect())
}

/// Whether the file has every row with which a backup ends.
pub(crate) fn check(
    known: Result<Vec<(Noted, Option<Head>)>, StoreError>,
    connection: &Connection,
) -> Check {
    let mut check = Check::new("backups");
    let result = known.and_then(|known| compare(known, connection, &mut check));
    check.finish(result)
}

fn compare(
    known: Vec<(Noted, Option<Head>)>,
    connection: &Connection,
    check: &mut Check,
) -> Result<(), StoreError> {
    let last = audit::head(connection)?.0;
    for (Noted { head, backup }, end) in known {
        let name = backup.display();
        match end {
            Some(found) if found != head => check.differ(format_args!(
                "the backup {name} ends with audit row {}, and not with row {} as it was made",
                found.0, head.0
            )),
            _ => {}
        }
        match row_hash(connection, head.0)? {
            None if head.0 > 0 => check.differ(format_args!(
                "the audit trail ends with row {last}; the backup {name} has row {} too",
                head.0
            )),
            Some(stored) if stored != head.1 => check.differ(format_args!(
                "audit row {} is another one than in the backup {name}",
                head.0
            )),
            _ => {}
        }
    }
    Ok(())
}

/// The end of the trail in a backup; nothing where it is not there any more, or cannot be read: that is
/// for whoever restores it to find, and says nothing of this file.
fn end_of(backup: &Path) -> Option<Head> {
    if !backup.is_file() {
        return None;
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let opened = Connection::open_with_flags(backup, flags);
    opened.ok().and_then(|opened| audit::head(&opened).ok())
}

/// A path with something added to its file name.
pub(crate) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name: OsString = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

pub(crate) fn io(path: &Path, source: std::io::Error) -> StoreError {
    StoreError::Io {
        path: path.to_owned(),
        source,
    }
}

/// One line a backup: number, hash, path.
fn read(path: &Path) -> Result<Vec<Noted>, StoreError> {
    let list = beside(path, "-heads");
    let text = match fs::read_to_string(&list) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(source) => return Err(io(&list, source)),
    };
    let damaged = |line: &str| StoreError::damaged("the list of backups", line);
    let lines = text.lines();
    lines
        .map(|line| parse(line).ok_or_else(|| damaged(line)))
        .collect()
}

fn parse(line: &str) -> Option<Noted> {
    let mut parts = line.splitn(3, ' ');
    let (seq, hex, backup) = (parts.next()?, parts.next()?, parts.next()?);
    let mut hash = [0; 32];
    if hex.len() != 64 || !hex.is_ascii() {
        return None;
    }
    for (at, byte) in hash.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).ok()?;
    }
    Some(Noted {
        head: (seq.parse().ok()?, hash),
        backup: PathBuf::from(backup),
    })
}

fn write(path: &Path, noted: &[Noted]) -> Result<(), StoreError> {
    let mut text = String::new();
    for Noted { head, backup } in noted {
        let hex = Hash(head.1);
        text.push_str(&format!("{} {hex} {}\n", head.0, backup.display()));
    }
    let (list, unfinished) = (
        beside(path, "-heads"),
        beside(path, &format!("-heads.unfinished-{}", uuid::Uuid::now_v7())),
    );
    let written = private::options()
        .create_new(true)
        .open(&unfinished)
        .and_then(|mut file| {
            file.write_all(text.as_bytes())?;
            file.sync_all()
        })
        .and_then(|()| fs::rename(&unfinished, &list));
    written.map_err(|source| {
        // The first error is the one to tell; no later try has this name.
        let _left = fs::remove_file(&unfinished);
        io(&list, source)
    })
}
