//! What can go wrong with the file itself. A rule's refusal is no error: see `Applied`.

use std::path::PathBuf;

use keyrack_inventory::ShortNumber;
use keyrack_inventory::event::Unreadable;

/// The file could not be read or written; nothing was done, or it is not known: the command id
/// settles it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Somebody else kept the file for longer than the wait.
    #[error("The database stayed locked for {waited_ms} ms. Nothing was done; try again.")]
    Busy {
        /// How long was waited.
        waited_ms: u64,
    },
    /// There is no file.
    #[error("There is no database at {path}.")]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// The file is no database, or one of another program.
    #[error("{path} is not a Keyrack database.")]
    NotADatabase {
        /// The file.
        path: PathBuf,
    },
    /// A newer Keyrack has written the file.
    #[error(
        "{path} was written by a newer Keyrack (schema {found}; this one knows {known}). Upgrade this program."
    )]
    TooNew {
        /// The file.
        path: PathBuf,
        /// Its schema version.
        found: i64,
        /// The newest this program knows.
        known: i64,
    },
    /// A newer Keyrack may have written events that this one cannot read.
    #[error(
        "{path} was written by a newer Keyrack (event {name}, version {version}, is not known here). Upgrade this program."
    )]
    UnknownEvent {
        /// The file.
        path: PathBuf,
        /// The event's type.
        name: String,
        /// Its version.
        version: u32,
    },
    /// What is known of a booking would be put right, or back, of which the guest was erased.
    #[error("The guest of {number} was erased: what is known of the booking stays as it is.")]
    Forgotten {
        /// The reservation's number.
        number: ShortNumber,
    },
    /// The file's history is on its way to a centre.
    #[error(
        "This file's history is on its way to a centre. Nothing is written until it is there: join once more, and it goes on."
    )]
    Joining,
    /// What the centre sent does not follow what is here.
    #[error("The centre sent what does not follow what is here: {0}.")]
    OutOfStep(String),
    /// The file has no property yet.
    #[error(
        "{path} holds no property yet. Start Keyrack on a file that is not there yet and choose \"Set up your own \
         hotel\", or run `keyrackctl init`."
    )]
    NotInitialised {
        /// The file.
        path: PathBuf,
    },
    /// The file or its folder cannot be written.
    #[error(
        "{path} cannot be written: {why}. Check the rights of the file and its folder, and the free space."
    )]
    NotWritable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        why: String,
    },
    /// The machine gave no random bytes.
    #[error("The machine gives no random bytes: {0}.")]
    NoChance(getrandom::Error),
    /// SQLite is older than what is safe, or refused a setting.
    #[error("SQLite is not as it must be: {0}.")]
    Unsafe(String),
    /// The disk failed under it; what was under way is done or is not.
    #[error(
        "{path} failed: {why}. Check the disk and its free space, then ask again with the same command id."
    )]
    Failed {
        /// The file.
        path: PathBuf,
        /// What the system says.
        why: String,
    },
    /// SQLite failed.
    #[error("The database failed: {0}.")]
    Sqlite(#[from] rusqlite::Error),
    /// The file system failed.
    #[error("{path}: {source}.")]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A stored event is not readable.
    #[error("Event {seq} cannot be read. {source}.")]
    Event {
        /// Its number.
        seq: i64,
        /// Why.
        source: Unreadable,
    },
    /// A stored row is not what this program writes.
    #[error("A row of {table} is damaged: {why}. Run `keyrackctl verify`.")]
    Damaged {
        /// The table.
        table: &'static str,
        /// What is wrong.
        why: String,
    },
    /// A backup did not pass its verification, so nothing was restored.
    #[error("{path} does not verify: {why}. Nothing was restored.")]
    BadBackup {
        /// The backup.
        path: PathBuf,
        /// The first difference.
        why: String,
    },
}

impl StoreError {
    /// The code that scripts read: `busy` or `storage`.
    pub fn code(&self) -> &'static str {
        if matches!(self, Self::Busy { .. }) {
            "busy"
        } else {
            "storage"
        }
    }

    pub(crate) fn damaged(table: &'static str, why: impl ToString) -> Self {
        Self::Damaged {
            table,
            why: why.to_string(),
        }
    }
}
