//! Backup and restore. A restore verifies first, and keeps what it replaces.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use keyrack_inventory::Instant;
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};

use crate::connection;
use crate::error::StoreError;
use crate::gate::Gate;
use crate::verify::verify;
use crate::{Creation, Store, enter};

/// How long a copy waits where the file is being written.
const PAUSE: Duration = Duration::from_millis(10);
/// How often a copy is tried.
const TRIES: u32 = 500;

impl Store {
    /// Copies the file while it is in use; the copy is whole or is not there.
    ///
    /// # Errors
    /// Where the file cannot be read, or the copy cannot be written.
    pub fn backup(&self, to: &Path) -> Result<(), StoreError> {
        let source = connection::open_reader(&self.path, self.wait)?;
        copy_to(&source, to)
    }

    /// Puts a backup in the place of the file's content. Other programs that have the file open go
    /// on with the new content. Gives where the replaced content was kept, if there was any.
    ///
    /// # Errors
    /// Where the backup does not verify, or a file fails. The present content is then untouched.
    pub fn restore(
        path: &Path,
        from: &Path,
        now: Instant,
        wait: Duration,
    ) -> Result<Option<PathBuf>, StoreError> {
        let bad = |why: String| StoreError::BadBackup {
            path: from.to_owned(),
            why,
        };
        if !from.is_file() {
            return Err(StoreError::Missing {
                path: from.to_owned(),
            });
        }
        // A copy of the backup is what is verified and restored, so that the backup stays as it is.
        let staged = beside(path, ".restoring");
        remove(&staged)?;
        fs::copy(from, &staged).map_err(|source| io(&staged, source))?;
        let result = (|| {
            let copy = connection::open(&staged, Creation::MustExist, wait)?;
            let verification = verify(&copy);
            if let Some(failed) = verification.checks.iter().find(|check| !check.ok) {
                return Err(bad(format!(
                    "{}: {}",
                    failed.name,
                    failed.differences.join("; ")
                )));
            }
            replace(path, &copy, now, wait)
        })();
        for suffix in ["", "-wal", "-shm", "-queue", "-writer"] {
            remove(&beside(&staged, suffix))?;
        }
        result
    }
}

fn replace(
    path: &Path,
    copy: &Connection,
    now: Instant,
    wait: Duration,
) -> Result<Option<PathBuf>, StoreError> {
    let gate = Gate::beside(path);
    let _pass = enter(&gate, path, wait)?;
    let kept = beside(
        path,
        &format!(".replaced-{}", now.to_string().replace([':', '.'], "-")),
    );
    let kept = match connection::open(path, Creation::MustExist, wait) {
        Ok(present) => {
            copy_to(&present, &kept)?;
            Some(kept)
        }
        Err(StoreError::Missing { .. }) => None,
        Err(busy @ StoreError::Busy { .. }) => return Err(busy),
        // Too damaged to be opened: moved aside as it is.
        Err(_) => {
            fs::rename(path, &kept).map_err(|source| io(path, source))?;
            for suffix in ["-wal", "-shm"] {
                let from = beside(path, suffix);
                if from.exists() {
                    fs::rename(&from, beside(&kept, suffix)).map_err(|source| io(&from, source))?;
                }
            }
            Some(kept)
        }
    };
    let mut target = Connection::open(path).map_err(|error| connection::explain(path, error))?;
    target.busy_timeout(wait)?;
    copy_pages(copy, &mut target)?;
    drop(target);
    drop(connection::open(path, Creation::MustExist, wait)?);
    Ok(kept)
}

/// A path with something added to its file name.
fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name: OsString = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

fn io(path: &Path, source: std::io::Error) -> StoreError {
    StoreError::Io {
        path: path.to_owned(),
        source,
    }
}

fn remove(path: &Path) -> Result<(), StoreError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(io(path, error)),
        _ => Ok(()),
    }
}

/// Copies into a new file beside the target, syncs it, and gives it the target's name.
fn copy_to(source: &Connection, to: &Path) -> Result<(), StoreError> {
    let unfinished = beside(to, ".unfinished");
    remove(&unfinished)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    let mut target = Connection::open_with_flags(&unfinished, flags)
        .map_err(|error| connection::explain(to, error))?;
    copy_pages(source, &mut target)?;
    // One file, which needs none beside it.
    let mode: String = target.query_row("PRAGMA journal_mode = DELETE", [], |row| row.get(0))?;
    assert_eq!(mode, "delete", "nobody else has the unfinished copy open");
    drop(target);
    let file = fs::File::open(&unfinished).map_err(|source| io(&unfinished, source))?;
    file.sync_all().map_err(|source| io(&unfinished, source))?;
    fs::rename(&unfinished, to).map_err(|source| io(to, source))?;
    if let Some(folder) = to.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        let folder_file = fs::File::open(folder).map_err(|source| io(folder, source))?;
        folder_file
            .sync_all()
            .map_err(|source| io(folder, source))?;
    }
    Ok(())
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
