//! Backups and jobs as the window lists them, and what is done with them there.

use std::path::{Path, PathBuf};

use keyrack_inventory::Instant;
use keyrack_inventory::command::Permission;
use keyrack_store::{Copied, DEFAULT_WAIT, Job, JobState, Store, private};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use crate::copies::{OtherHotel, check_apart, check_hotel, malformed, note_verification};
use crate::desk::Desk;
use crate::door::Question;
use crate::error::DeskError;
use crate::generations;
use crate::papers::Existing;
use crate::thresholds::Keeping;

/// What the name of a copy ends with that does not verify.
const FAILED: &str = ".failed";

/// A copy in the folder of the backups.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct BackupRow {
    /// Its whole path.
    pub file: String,
    /// When it was made.
    pub instant: Instant,
    /// Its length.
    pub bytes: u64,
    /// Whether it verified when it was made.
    pub good: bool,
}

/// The folder of the backups, and what is in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Backups {
    /// Its whole path.
    pub folder: String,
    /// The newest first.
    pub rows: Vec<BackupRow>,
}

/// Which backup is put back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RestoreRequest {
    /// The file, with its whole path.
    pub file: String,
}

/// What a restore left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct PutBack {
    /// Where the replaced content was kept.
    pub kept: Option<String>,
    /// Whether the content verifies now.
    pub verified: bool,
}

/// A job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct JobRow {
    /// Its identity.
    #[ts(type = "Uuid")]
    pub id: Uuid,
    /// What is done.
    pub kind: String,
    /// `waiting`, `running`, `done` or `parked`.
    pub state: &'static str,
    /// From when on.
    pub due: Instant,
    /// How often it was tried.
    pub tries: u32,
    /// Why the last try failed.
    pub error: Option<String>,
    /// When it was finished.
    pub finished: Option<Instant>,
}

/// Which job is tried anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct JobRequest {
    /// Its identity.
    #[ts(type = "Uuid")]
    pub id: Uuid,
}

impl From<Job> for JobRow {
    fn from(job: Job) -> Self {
        Self {
            id: job.id,
            kind: job.kind,
            state: job.state.as_str(),
            due: job.due,
            tries: job.tries,
            error: job.error.filter(|_| job.state != JobState::Done),
            finished: job.finished,
        }
    }
}

impl Desk {
    /// The backups that are there, the newest first.
    ///
    /// # Errors
    /// Where that is not allowed, or a file fails.
    pub fn backups(&self) -> Result<Backups, DeskError> {
        self.admit(Question::Backup)?;
        let (code, folder) = self.place_of_backups()?;
        let mut rows = Vec::new();
        // A folder that is not there yet has no backups.
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let Ok(name) = entry.file_name().into_string() else {
                continue;
            };
            let good = !name.ends_with(FAILED);
            let plain = name.strip_suffix(FAILED).unwrap_or(&name);
            let (Some(instant), Ok(facts)) = (generations::instant(&code, plain), entry.metadata())
            else {
                continue;
            };
            rows.push(BackupRow {
                file: entry.path().display().to_string(),
                instant,
                bytes: facts.len(),
                good,
            });
        }
        rows.sort_by_key(|row| std::cmp::Reverse(row.instant));
        let folder = folder.display().to_string();
        Ok(Backups { folder, rows })
    }

    /// Makes a backup among the daily ones, now.
    ///
    /// # Errors
    /// Where that is not allowed, or a file fails.
    pub fn back_up_now(&self) -> Result<BackupRow, DeskError> {
        self.admit(Question::Backup)?;
        let (code, folder) = self.place_of_backups()?;
        private::folder(&folder).map_err(DeskError::machine)?;
        let instant = self.clock.now();
        let to = folder.join(generations::name(&code, instant));
        let copied: Copied = self.backup(&to, Existing::Keep)?;
        Ok(BackupRow {
            file: copied.path.display().to_string(),
            instant,
            bytes: copied.bytes,
            good: copied.verification.ok,
        })
    }

    fn place_of_backups(&self) -> Result<(String, PathBuf), DeskError> {
        let (code, keeping) = self.store.read(|reader| {
            let property = &reader.catalogue()?.property;
            Ok((property.code.to_string(), Keeping::read(reader)?))
        })?;
        Ok((code, self.backup_folder(&keeping)))
    }

    /// Puts a backup in the place of this desk's content: verified before it replaces anything, and what it
    /// replaces is kept.
    ///
    /// # Errors
    /// Where that is not allowed, the backup is the file itself or does not verify, or a file fails. The
    /// content is then as it was.
    pub fn put_back(&self, request: &RestoreRequest) -> Result<PutBack, DeskError> {
        let from = Path::new(&request.file);
        check_apart(self.path(), from)?;
        let caller = self.admit(Question::Restore)?;
        check_hotel(&self.store, from, OtherHotel::Refuse)?;
        let restored = Store::restore(self.path(), from, self.clock.now(), DEFAULT_WAIT)
            .map_err(|error| malformed(error, from))?;
        let kept = restored.replaced.map(|kept| kept.display().to_string());
        let act = self.act(&caller, "restore", &request.file);
        let act = act.by(Permission::Administer);
        let act = act.fact("kept", kept.clone().unwrap_or_default());
        self.store.write(|batch| {
            batch.act(&act)?;
            note_verification(batch, &restored.verification, self.clock.now())
        })?;
        Ok(PutBack {
            kept,
            verified: restored.verification.ok,
        })
    }

    /// Jobs as the window lists them: what needs somebody first.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn job_rows(&self) -> Result<Vec<JobRow>, DeskError> {
        self.admit(Question::Jobs)?;
        let jobs = self.jobs()?;
        Ok(jobs.into_iter().map(JobRow::from).collect())
    }
}
