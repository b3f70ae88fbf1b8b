//! Copies of the file: backups, and what is put back.

use std::path::{Path, PathBuf};

use keyrack_inventory::command::Permission;
use keyrack_store::{Act, Creation, Store, StoreError};

use crate::desk::{Desk, Options};
use crate::door::{Caller, Question};
use crate::error::DeskError;

impl Desk {
    /// Copies the file while it is in use.
    ///
    /// # Errors
    /// Where the copy would take the file's own place, or a file fails.
    pub fn backup(&self, to: &Path) -> Result<(), DeskError> {
        check_apart(self.store.path(), to)?;
        let caller = self.admit(Question::Backup)?;
        self.store.backup(to)?;
        let act = self.act(&caller, "backup", &to.display().to_string());
        let act = act.by(Permission::Operate);
        Ok(self.store.write(|batch| batch.act(&act))?)
    }

    /// Puts a backup in the place of a file's content. Gives where the replaced content was kept.
    ///
    /// A file that is missing or too damaged to be opened has no door: whoever can write it may
    /// restore it. The restored content tells of it in its trail.
    ///
    /// # Errors
    /// Where that is not allowed, the backup is the file itself or does not verify, or a file fails.
    pub fn restore(options: &Options, from: &Path) -> Result<Option<PathBuf>, DeskError> {
        let path = &options.path;
        check_apart(path, from)?;
        let by = match Store::open(path, Creation::MustExist, options.wait) {
            Ok(store) => Some(options.door().admit(&store, Question::Restore)?),
            Err(error @ StoreError::Busy { .. }) => return Err(error.into()),
            Err(_) => None,
        };
        let kept = Store::restore(path, from, options.clock.now(), options.wait)?;
        let desk = Self::open(options)?;
        let name = by.as_ref().map_or("machine", Caller::name);
        let act = Act::new(name, "restore", from.display(), options.time.now().wall);
        let act = act.by(Permission::Administer);
        desk.store.write(|batch| batch.act(&act))?;
        Ok(kept)
    }
}

/// A copy is another file than the one that is worked on, by whatever name it goes.
pub(crate) fn check_apart(file: &Path, copy: &Path) -> Result<(), DeskError> {
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
