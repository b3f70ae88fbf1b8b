//! Copies of the file: backups, and what is put back.

use std::path::{Path, PathBuf};
use std::time::Duration;

use keyrack_store::Store;

use crate::desk::{Clock, Desk};
use crate::error::DeskError;

impl Desk {
    /// Copies the file while it is in use.
    ///
    /// # Errors
    /// Where the copy would take the file's own place, or a file fails.
    pub fn backup(&self, to: &Path) -> Result<(), DeskError> {
        check_apart(self.store.path(), to)?;
        Ok(self.store.backup(to)?)
    }

    /// Puts a backup in the place of a file's content. Gives where the replaced content was kept.
    ///
    /// # Errors
    /// Where the backup is the file itself or does not verify, or a file fails.
    pub fn restore(
        path: &Path,
        from: &Path,
        clock: Clock,
        wait: Duration,
    ) -> Result<Option<PathBuf>, DeskError> {
        check_apart(path, from)?;
        Ok(Store::restore(path, from, clock.now(), wait)?)
    }
}

/// A copy is another file than the one that is worked on, by whatever name it goes.
fn check_apart(file: &Path, copy: &Path) -> Result<(), DeskError> {
    let (Ok(file), Ok(other)) = (file.canonicalize(), copy.canonicalize()) else {
        return Ok(());
    };
    if file != other {
        return Ok(());
    }
    Err(DeskError::BadInput(format!(
        "{} is the database itself. Name another file.",
        copy.display()
    )))
}
