//! Backup and restore. A backup is verified before it gets its name: one that does not verify never
//! takes the place of one that does. A restore verifies before and after, and keeps what it replaces.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use keyrack_inventory::Instant;
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension};

use crate::erase;
use crate::error::StoreError;
use crate::gate::Gate;
use crate::heads::{self, Head, beside, io};
use crate::private;
use crate::scratch::{BESIDE, COPYING, RESTORING, Scratch, remove_database, sweep_copies};
use crate::verify::{Verification, verify};
use crate::{Creation, Store, enter};
use crate::{audit, connection};

/// How long a copy waits where the file is being written.
const PAUSE: Duration = Duration::from_millis(10);
/// How often a copy is tried.
const TRIES: u32 = 500;

impl Store {
    /// Copies the file while it is in use, and verifies the copy; it is whole or is not there. A copy
    /// that does not verify is kept aside, with `.failed` behind its name.
    ///
    /// # Errors
    /// Where the file cannot be read, or the copy cannot be written.
    pub fn backup(&self, to: &Path) -> Result<Copied, StoreError> {
        let source = connection::open_reader(&self.path, self.wait)?;
        for place in [to, &self.path] {
            sweep_copies(place.parent().unwrap_or(Path::new("")));
        }
        let unfinished = Scratch::beside(to, COPYING)?;
        let copied = copy_whole(&source, unfinished.path(), to)
            .and_then(|head| Ok((head, verified(unfinished.path(), to)?)));
        let (head, copied) = copied.map_err(|error| connection::explained(to, error))?;
        if copied.verification.ok
            && let Err(error) = heads::note(&self.path, head, to)
        {
            // The copy is made, and whole; it is only not known to verify.
            tracing::warn!(%error, "a backup could not be noted beside the file");
        }
        Ok(copied)
    }

    /// Looks at a backup that is there already: whole, or cut short by the death of its maker.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn verify_backup(path: &Path) -> Result<Copied, StoreError> {
        look_at(path)
    }

    /// Puts a backup in the place of the file's content. Other programs that have the file open go
    /// on with the new content.
    ///
    /// # Errors
    /// Where the backup does not verify, or a file fails. The present content is then untouched.
    pub fn restore(
        path: &Path,
        from: &Path,
        now: Instant,
        wait: Duration,
    ) -> Result<Restored, StoreError> {
        if !from.is_file() {
            return Err(StoreError::Missing {
                path: from.to_owned(),
            });
        }
        // A copy of the backup is what is verified and restored, so that the backup stays as it is.
        sweep_copies(path.parent().unwrap_or(Path::new("")));
        let staged = Scratch::beside(path, RESTORING)?;
        let copy = stage(from, staged.path(), wait)?;
        let replaced = replace(path, &copy, now, wait);
        drop(copy);
        drop(staged);
        let replaced = replaced?;
        let content = connection::open_reader(path, wait)?;
        let verification = verify(&content);
        Ok(Restored {
            replaced,
            verification,
        })
    }
}

/// A copy of the file, and how its verification ended.
#[derive(Clone, Debug)]
pub struct Copied {
    /// Where it is.
    pub path: PathBuf,
    /// Its length in bytes.
    pub bytes: u64,
    /// What was checked in it.
    pub verification: Verification,
}

/// What a restore left.
#[derive(Clone, Debug)]
pub struct Restored {
    /// Where the replaced content was kept, if there was any.
    pub replaced: Option<PathBuf>,
    /// What was checked in the restored file.
    pub verification: Verification,
}

fn look_at(path: &Path) -> Result<Copied, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let copy = Connection::open_with_flags(path, flags)
        .map_err(|error| connection::explain(path, error))?;
    check_readable(path, &copy)?;
    Ok(Copied {
        path: path.to_owned(),
        bytes: path.metadata().map_err(|source| io(path, source))?.len(),
        verification: verify(&copy),
    })
}

/// Reads from a copy before it is verified. Where the machine fails, nothing is known of the copy: it did not fail to verify. What
/// is damaged in it is for the checks to tell.
fn check_readable(path: &Path, copy: &Connection) -> Result<(), StoreError> {
    let read = copy.query_row("SELECT count(*) FROM sqlite_schema", [], |row| {
        row.get::<_, i64>(0)
    });
    match read.map_err(|error| connection::explain(path, error)) {
        Err(
            error @ (StoreError::Busy { .. }
            | StoreError::Failed { .. }
            | StoreError::NotWritable { .. }),
        ) => Err(error),
        Err(_) | Ok(_) => Ok(()),
    }
}

/// Verifies an unfinished copy and gives it its name.
fn verified(unfinished: &Path, to: &Path) -> Result<Copied, StoreError> {
    let copied = look_at(unfinished)?;
    let path = if copied.verification.ok {
        to.to_owned()
    } else {
        beside(to, ".failed")
    };
    give_name(unfinished, &path)?;
    Ok(Copied { path, ..copied })
}

/// Copies the backup, its log included where it is in use, and verifies the copy.
fn stage(from: &Path, staged: &Path, wait: Duration) -> Result<Connection, StoreError> {
    let bad = |why: String| StoreError::BadBackup {
        path: from.to_owned(),
        why,
    };
    // What SQLite, or the file's own rows, say of a backup that is damaged.
    let damage = |error: StoreError| match error {
        StoreError::Sqlite(error) => match connection::explain(from, error) {
            StoreError::Sqlite(error) => bad(error.to_string()),
            known => known,
        },
        StoreError::Damaged { table, why } => bad(format!("a row of {table} is damaged: {why}")),
        StoreError::NotADatabase { .. } => StoreError::NotADatabase {
            path: from.to_owned(),
        },
        other => other,
    };
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let source = Connection::open_with_flags(from, flags)
        .map_err(|error| connection::explain(from, error))?;
    connection::check_ours(from, &source, wait).map_err(damage)?;
    let mut target =
        Connection::open(staged).map_err(|error| connection::explain(staged, error))?;
    copy_pages(&source, &mut target).map_err(|error| match error {
        // What takes no more is the disk that is written to.
        StoreError::Sqlite(error) if error.sqlite_error_code() == Some(ErrorCode::DiskFull) => {
            connection::explain(staged, error)
        }
        other => damage(other),
    })?;
    drop(target);
    let copy =
        connection::open(staged, Creation::MustExist, wait).map_err(|error| match error {
            StoreError::NotInitialised { .. } => bad("it holds no property".to_owned()),
            StoreError::TooNew { found, known, .. } => StoreError::TooNew {
                path: from.to_owned(),
                found,
                known,
            },
            StoreError::UnknownEvent { name, version, .. } => StoreError::UnknownEvent {
                path: from.to_owned(),
                name,
                version,
            },
            other => damage(other),
        })?;
    if catalogue_version(&copy).map_err(damage)?.is_none() {
        return Err(bad("it holds no property".to_owned()));
    }
    let verification = verify(&copy);
    match verification.checks.iter().find(|check| !check.ok) {
        Some(failed) => Err(bad(format!(
            "{}: {}",
            failed.name,
            failed.differences.join("; ")
        ))),
        None => Ok(copy),
    }
}

fn catalogue_version(connection: &Connection) -> Result<Option<i64>, StoreError> {
    let mut statement = connection.prepare("SELECT catalogue_version FROM property")?;
    Ok(statement.query_row([], |row| row.get(0)).optional()?)
}

fn replace(
    path: &Path,
    copy: &Connection,
    now: Instant,
    wait: Duration,
) -> Result<Option<PathBuf>, StoreError> {
    let gate = Gate::beside(path);
    let _pass = enter(&gate, path, wait)?;
    let mut erased = erase::listed(path, None)?;
    let kept = name_for_kept(path, now);
    let replaced = match connection::open(path, Creation::MustExist, wait) {
        Ok(present) => {
            copy_to(&present, &kept)?;
            // A file too damaged to tell its version is replaced all the same.
            let version = match catalogue_version(&present) {
                Err(busy @ StoreError::Busy { .. }) => return Err(busy),
                other => other.unwrap_or(None),
            };
            outdate(copy, version)?;
            erased.extend(erase::listed(path, Some(&present)).unwrap_or_default());
            Replaced::Copied(kept)
        }
        Err(StoreError::Missing { .. }) => Replaced::Nothing,
        // The file may be sound; what is around it is not.
        Err(
            error @ (StoreError::Busy { .. }
            | StoreError::Failed { .. }
            | StoreError::NotWritable { .. }
            // Sound, and written by a newer program: to replace it is for that program.
            | StoreError::TooNew { .. }
            | StoreError::UnknownEvent { .. }
            | StoreError::Io { .. }),
        ) => {
            return Err(error);
        }
        // Too damaged to be opened: moved aside as it is.
        Err(_) => {
            rename_database(path, &kept)?;
            Replaced::Moved(kept)
        }
    };
    // What was erased since the backup was taken is not brought back by it.
    erase::erase_again(copy, &erased, now)?;
    if let Err(error) = put(path, copy, wait) {
        if let Replaced::Moved(kept) = &replaced {
            remove_database(path)?;
            rename_database(kept, path)?;
        }
        return Err(error);
    }
    // The content is restored, and whole. Until this is noted verify misses what a later backup saw: asked for again, the
    // restore goes this far again.
    heads::restored(path, copy)?;
    Ok(match replaced {
        Replaced::Nothing => None,
        Replaced::Copied(kept) | Replaced::Moved(kept) => Some(kept),
    })
}

/// What became of the content that was there.
enum Replaced {
    Nothing,
    Copied(PathBuf),
    Moved(PathBuf),
}

/// A name that no file has.
fn name_for_kept(path: &Path, now: Instant) -> PathBuf {
    let stem = format!(".replaced-{}", now.to_string().replace([':', '.'], "-"));
    let first = beside(path, &stem);
    let more = (2_u32..).map(|place| beside(path, &format!("{stem}-{place}")));
    std::iter::once(first)
        .chain(more)
        .find(|name| !name.exists())
        .expect("some number is free")
}

/// Moves the copy's catalogue past the present one, so that no open program takes the restored room
/// types for those it has in memory.
fn outdate(copy: &Connection, present: Option<i64>) -> Result<(), StoreError> {
    copy.execute(
        "UPDATE property SET catalogue_version = max(catalogue_version, ?1) + 1",
        [present.unwrap_or(0)],
    )?;
    Ok(())
}

fn put(path: &Path, copy: &Connection, wait: Duration) -> Result<(), StoreError> {
    private::make(path).map_err(|source| io(path, source))?;
    let mut target = Connection::open(path).map_err(|error| connection::explain(path, error))?;
    target.busy_timeout(wait)?;
    copy_pages(copy, &mut target)?;
    drop(target);
    drop(connection::open(path, Creation::MustExist, wait)?);
    Ok(())
}

/// Moves a database with its log; the gate's files stay where the others queue.
fn rename_database(from: &Path, to: &Path) -> Result<(), StoreError> {
    for suffix in &BESIDE[..4] {
        let (from, to) = (beside(from, suffix), beside(to, suffix));
        if from.exists() {
            fs::rename(&from, to).map_err(|source| io(&from, source))?;
        }
    }
    Ok(())
}

/// Copies into a new file beside the target, syncs it, and gives it the target's name.
fn copy_to(source: &Connection, to: &Path) -> Result<(), StoreError> {
    let unfinished = Scratch::beside(to, COPYING)?;
    copy_whole(source, unfinished.path(), to)?;
    give_name(unfinished.path(), to)
}

fn copy_whole(source: &Connection, unfinished: &Path, to: &Path) -> Result<Head, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE;
    let mut target = Connection::open_with_flags(unfinished, flags)
        .map_err(|error| connection::explain(to, error))?;
    copy_pages(source, &mut target)?;
    let head = audit::head(&target)?;
    // One file, which needs none beside it.
    let mode: String = target.query_row("PRAGMA journal_mode = DELETE", [], |row| row.get(0))?;
    assert_eq!(mode, "delete", "nobody else has the unfinished copy open");
    drop(target);
    let file = fs::File::open(unfinished).map_err(|source| io(unfinished, source))?;
    file.sync_all().map_err(|source| io(unfinished, source))?;
    Ok(head)
}

/// Gives a copy its name. Where that cannot be made to last, the name is given back: who asks again is not told that it is taken.
fn give_name(unfinished: &Path, to: &Path) -> Result<(), StoreError> {
    let replaces = to.exists();
    fs::rename(unfinished, to).map_err(|source| io(to, source))?;
    let folder = to
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let synced = fs::File::open(folder).and_then(|folder| folder.sync_all());
    if synced.is_err()
        && !replaces
        && let Err(error) = fs::remove_file(to)
    {
        tracing::warn!(%error, "a copy that may not last cannot be removed");
    }
    synced.map_err(|source| io(folder, source))
}

fn copy_pages(source: &Connection, target: &mut Connection) -> Result<(), StoreError> {
    let backup = Backup::new(source, target)?;
    // All pages in one step: one snapshot, whatever others write meanwhile.
    for _ in 0..TRIES {
        match backup.step(-1)? {
            StepResult::Done => return Ok(()),
            _ => std::thread::sleep(PAUSE),
        }
    }
    let waited_ms = u64::try_from(PAUSE.as_millis()).unwrap_or(u64::MAX) * u64::from(TRIES);
    Err(StoreError::Busy { waited_ms })
}
