//! Copies of a hotel while they are made: each is a file beside its place until it is whole.
//!
//! Whoever makes one holds the lock of a file beside it, which falls with the process, however that dies. (Of another
//! file: on a network's disk and on some systems a lock of the copy itself would keep SQLite out.) What nobody holds was
//! left behind: there is a whole hotel in it, which no erasure reaches, so whoever copies, restores or erases next
//! sweeps it away.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use uuid::Uuid;

use crate::error::StoreError;
use crate::heads::{beside, io};
use crate::private;

/// In the name of a copy on its way out.
pub(crate) const COPYING: &str = ".copying-";
/// In the name of a backup on its way in.
pub(crate) const RESTORING: &str = ".restoring-";
/// Characters of an id in a name.
const ID: usize = 36;
/// After the name of a copy: the file whose lock its maker holds.
const LOCK: &str = "-lock";

/// A database and what SQLite and the gate keep beside it; the first four go with it where it is moved.
pub(crate) const BESIDE: [&str; 7] = ["", "-wal", "-shm", "-journal", "-queue", "-writer", LOCK];

/// A copy that is being made. What is left of it goes when this is dropped.
#[derive(Debug)]
pub(crate) struct Scratch {
    path: PathBuf,
    _lock: File,
}

impl Scratch {
    /// An empty file beside the place, and the lock that says that somebody is at it.
    ///
    /// # Errors
    /// Where it cannot be made.
    pub fn beside(place: &Path, mark: &str) -> Result<Self, StoreError> {
        loop {
            // Two threads of one program may copy to the same place at once.
            let path = beside(place, &format!("{mark}{}", Uuid::now_v7()));
            let lock = beside(&path, LOCK);
            let make = |path: &Path| private::options().create_new(true).open(path);
            let file = make(&lock).map_err(|source| io(place, source))?;
            if file.lock().is_err() {
                tracing::debug!("a copy that is being made cannot be locked");
            }
            // Between the two it may have been swept away.
            if lock.exists() {
                let scratch = Self { path, _lock: file };
                make(&scratch.path).map_err(|source| io(place, source))?;
                return Ok(scratch);
            }
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Err(error) = remove_database(&self.path) {
            tracing::warn!(%error, "what is left of a copy cannot be removed");
        }
    }
}

/// Removes a database with what is beside it.
pub(crate) fn remove_database(path: &Path) -> Result<(), StoreError> {
    for suffix in BESIDE {
        let path = beside(path, suffix);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(io(&path, error));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Removes from a folder the copies that were left behind by whoever died over them. What cannot be removed is told in
/// the log: nobody who copies is kept from it.
pub fn sweep_copies(folder: &Path) {
    let folder = match folder.as_os_str().is_empty() {
        true => Path::new("."),
        false => folder,
    };
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let Some(copy) = name.to_str().and_then(copy_of) else {
            continue;
        };
        let copy = folder.join(copy);
        let Some(_held) = left_behind(&copy) else {
            continue;
        };
        match remove_database(&copy) {
            Ok(()) => tracing::info!("a copy that was left behind was removed"),
            Err(error) => tracing::warn!(%error, "a copy that was left behind cannot be removed"),
        }
    }
}

/// The copy of which a file of that name is, or is beside; nothing where it is of something else.
fn copy_of(name: &str) -> Option<&str> {
    [COPYING, RESTORING].into_iter().find_map(|mark| {
        let id = name.rfind(mark)? + mark.len();
        Uuid::parse_str(name.get(id..id + ID)?).ok()?;
        let beside = name.get(id + ID..)?;
        BESIDE.contains(&beside).then_some(&name[..id + ID])
    })
}

/// Its lock, where nobody held it; and nothing to hold where the lock is gone: it is the first of a copy that is made.
fn left_behind(copy: &Path) -> Option<Option<File>> {
    match File::open(beside(copy, LOCK)) {
        Ok(lock) => lock.try_lock().is_ok().then_some(Some(lock)),
        Err(error) => (error.kind() == std::io::ErrorKind::NotFound).then_some(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_under_way_stays_and_one_that_was_left_behind_goes() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("hotel.db");
        let names = || {
            let entries = fs::read_dir(folder.path()).unwrap();
            let mut names: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
            names.sort();
            names
        };
        let held = Scratch::beside(&place, COPYING).unwrap();
        let id = Uuid::now_v7();
        let left = beside(&place, &format!("{RESTORING}{id}"));
        let others = [
            place.clone(),
            beside(&place, ".copying-mine"),
            beside(&place, &format!(".unfinished-{id}")),
            beside(&place, &format!(".copying-{id}.txt")),
        ];
        for suffix in BESIDE {
            fs::write(beside(&left, suffix), "x").unwrap();
        }
        let lone = beside(&place, &format!("{COPYING}{}-wal", Uuid::now_v7()));
        fs::write(&lone, "x").unwrap();
        for other in &others {
            fs::write(other, "x").unwrap();
        }
        sweep_copies(folder.path());
        let mut expected = others.to_vec();
        expected.push(held.path().to_owned());
        expected.push(beside(held.path(), LOCK));
        expected.sort();
        assert_eq!(names(), expected);
        drop(held);
        assert_eq!(names().len(), others.len());
    }
}
