//! Copies of the file: backups by generations, and what is put back.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use chrono_tz::Tz;
use keyrack_inventory::Instant;
use keyrack_inventory::command::Permission;
use keyrack_store::{
    Act, Batch, Copied, Creation, DayEnd, Job, Restored, SYSTEM, Store, StoreError, Upkeep,
    UpkeepKind, Verification, private,
};
use serde_json::json;

use crate::asked;
use crate::desk::Desk;
use crate::door::{Caller, Question};
use crate::error::DeskError;
use crate::options::Options;
use crate::papers::{Existing, about, check_absent, check_folder};
use crate::thresholds::Keeping;
use crate::watch::look_for_alerts;
use crate::{generations, local, request_id};

/// The folder of the backups where none is set, beside the database.
const FOLDER: &str = "backups";
/// An unfinished copy as old as this has nobody who works at it.
const ABANDONED: Duration = Duration::from_secs(86_400);
/// Copies that do not verify, kept aside to be looked into.
const FAILED_KEPT: usize = 3;

/// Whether the file of another hotel may come in the place of this one's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OtherHotel {
    /// It may not: somebody took the wrong file.
    Refuse,
    /// Somebody wants just that.
    Accept,
}

impl OtherHotel {
    /// By whether somebody said that it may.
    pub fn accepted(accepted: bool) -> Self {
        if accepted { Self::Accept } else { Self::Refuse }
    }
}

impl Desk {
    /// Copies the file while it is in use, and verifies the copy.
    ///
    /// # Errors
    /// Where that is not allowed, the copy would take the file's own place or one that is not to be
    /// replaced, or a file fails.
    pub fn backup(&self, to: &Path, existing: Existing) -> Result<Copied, DeskError> {
        check_apart(self.store.path(), to)?;
        let caller = self.admit(Question::Backup)?;
        let place = to.display().to_string();
        let act = self.asked_file(&caller, ("backup", &place), to)?;
        check_absent(to, existing)?;
        check_folder(to)?;
        let copied = self.store.backup(to)?;
        let act = act.answering(json!({
            "backup": copied.path,
            "verified": copied.verification.ok,
            "bytes": copied.bytes,
            "checks": copied.verification.checks,
        }));
        if let Err(error) = self.noted(&act, &copied) {
            // A file that cannot be written any more is the one whose copy is wanted most.
            tracing::warn!(
                code = error.code(),
                "a backup was made and could not be noted"
            );
        }
        Ok(copied)
    }

    /// Puts a backup in the place of a file's content, and verifies it there.
    ///
    /// A file that is missing or too damaged to be opened has no door: whoever can write it may
    /// restore it. The restored content tells of it in its trail.
    ///
    /// # Errors
    /// Where that is not allowed, the backup is the file itself or does not verify, or a file fails.
    pub fn restore(
        options: &Options,
        from: &Path,
        other: OtherHotel,
    ) -> Result<Restored, DeskError> {
        let path = &options.path;
        check_apart(path, from)?;
        let by = match Store::open(path, Creation::MustExist, options.wait) {
            Ok(store) => {
                let caller = options.door()?.admit(&store, Question::Restore)?;
                asked::check(&store)?;
                check_hotel(&store, from, other)?;
                Some(caller)
            }
            // A file of a newer program is sound, and its door is not for this one to open.
            Err(
                error @ (StoreError::Busy { .. }
                | StoreError::TooNew { .. }
                | StoreError::UnknownEvent { .. }),
            ) => return Err(error.into()),
            // Another program's file, or any other: nobody meant it to be replaced. One of a hotel whose
            // first page is damaged has the files of a hotel beside it.
            Err(StoreError::NotADatabase { .. })
                if other == OtherHotel::Refuse && !Store::has_been_at(path) =>
            {
                let none = about("bad-no-database-there", path);
                return Err(DeskError::said(
                    none.with("from", from.display().to_string()),
                ));
            }
            Err(_) => None,
        };
        asked::check_coming(from, options)?;
        let restored = Store::restore(path, from, options.clock.now(), options.wait)
            .map_err(|error| malformed(error, from))?;
        let desk = Self::open(options)?;
        let name = by.as_ref().map_or("machine", Caller::name);
        let act = Act {
            request_id: request_id::current(),
            asked: asked::current(),
            ..Act::new(name, "restore", from.display(), options.time.now().wall)
        };
        let act = act.by(Permission::Administer).answering(json!({
            "restored": path,
            "replaced": restored.replaced,
            "verified": restored.verification.ok,
        }));
        desk.store.write(|batch| {
            batch.act(&act)?;
            note_verification(batch, &restored.verification, desk.clock.now())
        })?;
        Ok(restored)
    }

    /// Notes a backup and how its verification ended, and looks for alerts.
    /// Notes a backup that was made. By its id it is to be known when it is asked for again, so that a write which failed
    /// once is tried once more; without one, a second note would be that of a second backup.
    fn noted(&self, act: &Act, copied: &Copied) -> Result<(), StoreError> {
        let note = || {
            self.store
                .write(|batch| self.note_backup(batch, act.clone(), copied, None))
        };
        let first = note();
        let (Err(error), Some(asked)) = (&first, act.asked) else {
            return first;
        };
        // It was waited for.
        if matches!(error, StoreError::Busy { .. }) {
            return first;
        }
        tracing::warn!(code = error.code(), "a backup is noted once more");
        match self.store.read(|reader| reader.used(asked.id))? {
            Some(_) => Ok(()),
            None => note(),
        }
    }

    fn note_backup(
        &self,
        batch: &mut Batch<'_>,
        act: Act,
        copied: &Copied,
        job: Option<&Job>,
    ) -> Result<(), StoreError> {
        let now = self.clock.now();
        let act = act
            .by(Permission::Operate)
            .fact("verified", copied.verification.ok)
            .fact("bytes", copied.bytes);
        batch.act(&act)?;
        let name = copied.path.file_name().unwrap_or_default();
        let upkeep = Upkeep {
            instant: now,
            ok: copied.verification.ok,
            about: Some(name.to_string_lossy().into_owned()),
            bytes: Some(copied.bytes),
            job: job.map(|job| job.id),
        };
        batch.note_upkeep(UpkeepKind::Backup, &upkeep)?;
        note_verification(batch, &copied.verification, now)?;
        look_for_alerts(batch, now).map(drop)
    }

    /// The daily backup: its name comes from the job, so that whoever takes the job over after a
    /// death finds the copy that is there already, and makes no second one.
    pub(crate) fn back_up(&self, job: &Job, by: &str) -> Result<(), DeskError> {
        let (code, zone, keeping) = self.store.read(|reader| {
            let property = &reader.catalogue()?.property;
            let (zone, keeping) = (local::zone(property), Keeping::read(reader)?);
            Ok((property.code.to_string(), zone, keeping))
        })?;
        let folder = self.backup_folder(&keeping);
        let made = private::folder(&folder);
        made.map_err(|source| io(&folder, source))?;
        let to = folder.join(generations::name(&code, job.created));
        remove_unfinished(&folder, |name, age| {
            let own = to.file_name().and_then(OsStr::to_str);
            own.is_some_and(|own| name.starts_with(own)) || age >= ABANDONED
        })?;
        let copied = if to.exists() {
            self.verified_before(&to)?
        } else {
            self.store.backup(&to)?
        };
        let mine = self.store.write(|batch| {
            let mine = batch.finish_job(job.id, by, self.clock.now())?;
            if mine {
                let act = self.system_act("backup", &copied.path.display().to_string());
                self.note_backup(batch, act, &copied, Some(job))?;
            }
            Ok(mine)
        })?;
        if mine && copied.verification.ok {
            prune(&folder, &code, &keeping, zone)?;
        }
        Ok(())
    }

    /// The backup of a date that ended, among the daily ones. Its name comes from the end of the date.
    pub(crate) fn back_up_day(&self, day: &DayEnd) -> Result<(), DeskError> {
        let (code, keeping) = self.store.read(|reader| {
            let property = &reader.catalogue()?.property;
            Ok((property.code.to_string(), Keeping::read(reader)?))
        })?;
        let folder = self.backup_folder(&keeping);
        let made = private::folder(&folder);
        made.map_err(|source| io(&folder, source))?;
        let to = folder.join(generations::name(&code, day.ended_at));
        let copied = if to.exists() {
            self.verified_before(&to)?
        } else {
            self.store.backup(&to)?
        };
        let place = copied.path.display().to_string();
        Ok(self.store.write(|batch| {
            let act = self.system_act("backup", &place);
            self.note_backup(batch, act, &copied, None)?;
            batch.note_day_backup(day.business_date, &place)
        })?)
    }

    /// A copy that somebody made who died before he could say so.
    fn verified_before(&self, to: &Path) -> Result<Copied, DeskError> {
        let found = Store::verify_backup(to)?;
        if found.verification.ok {
            return Ok(found);
        }
        // Cut short, or damaged since: made anew.
        Ok(self.store.backup(to)?)
    }

    /// What the program does by itself, as the trail tells it.
    fn system_act(&self, what: &'static str, object: &str) -> Act {
        Act {
            request_id: request_id::current(),
            ..Act::new(SYSTEM, what, object, self.door.now().wall)
        }
    }

    pub(crate) fn backup_folder(&self, keeping: &Keeping) -> PathBuf {
        let beside = self.store.path().parent().unwrap_or(Path::new(""));
        if keeping.folder.is_empty() {
            beside.join(FOLDER)
        } else {
            // An absolute folder stands for itself.
            beside.join(&keeping.folder)
        }
    }
}

/// Remembers how a verification ended.
pub(crate) fn note_verification(
    batch: &mut Batch<'_>,
    verification: &Verification,
    now: Instant,
) -> Result<(), StoreError> {
    let failed = verification.checks.iter().find(|check| !check.ok);
    let upkeep = Upkeep {
        instant: now,
        ok: verification.ok,
        about: failed.map(|check| check.name.to_owned()),
        bytes: None,
        job: None,
    };
    batch.note_upkeep(UpkeepKind::Verify, &upkeep)
}

fn io(path: &Path, source: std::io::Error) -> DeskError {
    let path = path.to_owned();
    StoreError::Io { path, source }.into()
}

/// The names in a folder that are text.
fn names(folder: &Path) -> Result<Vec<String>, DeskError> {
    let entries = fs::read_dir(folder).map_err(|source| io(folder, source))?;
    Ok(entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect())
}

fn remove_unfinished(
    folder: &Path,
    gone: impl Fn(&str, Duration) -> bool,
) -> Result<(), DeskError> {
    for name in names(folder)? {
        let path = folder.join(&name);
        let changed = path.metadata().and_then(|found| found.modified());
        let age = changed
            .ok()
            .and_then(|then| SystemTime::now().duration_since(then).ok())
            .unwrap_or_default();
        if name.contains(".unfinished-") && gone(&name, age) {
            fs::remove_file(&path).map_err(|source| io(&path, source))?;
        }
    }
    Ok(())
}

/// Removes what no generation keeps. Copies that do not verify have another name and count for none.
fn prune(folder: &Path, code: &str, keeping: &Keeping, zone: Tz) -> Result<(), DeskError> {
    let names = names(folder)?;
    let good: BTreeSet<Instant> = names
        .iter()
        .filter_map(|name| generations::instant(code, name))
        .collect();
    let gone = generations::surplus(&good, keeping, zone);
    let mut failed: Vec<(Instant, &String)> = names
        .iter()
        .filter_map(|name| {
            let instant = generations::instant(code, name.strip_suffix(".failed")?)?;
            Some((instant, name))
        })
        .collect();
    failed.sort();
    let aside = failed.len().saturating_sub(FAILED_KEPT);
    let gone = gone
        .into_iter()
        .map(|instant| generations::name(code, instant))
        .chain(failed[..aside].iter().map(|(_, name)| (*name).clone()));
    for name in gone {
        let path = folder.join(name);
        fs::remove_file(&path).map_err(|source| io(&path, source))?;
    }
    Ok(())
}

/// A copy is another file than the one that is worked on, by whatever name it goes.
pub(crate) fn check_apart(file: &Path, copy: &Path) -> Result<(), DeskError> {
    let (Ok(file), Ok(other)) = (file.canonicalize(), copy.canonicalize()) else {
        return Ok(());
    };
    if file != other {
        return Ok(());
    }
    Err(DeskError::said(about("bad-is-database", copy)))
}

/// Refuses where the file that comes is another hotel's than the one that is there, or another file of the same
/// hotel: one that began apart from it, and is no copy of it.
pub(crate) fn check_hotel(store: &Store, from: &Path, other: OtherHotel) -> Result<(), DeskError> {
    // What cannot be looked into, or holds no hotel, is for the restore to judge.
    let Ok(Some(theirs)) = Store::hotel_in(from) else {
        return Ok(());
    };
    if other == OtherHotel::Accept {
        return Ok(());
    }
    let Some(ours) = store.hotel()? else {
        return Ok(());
    };
    let apart = |(one, other)| one != other;
    let is_another_file = theirs.beginning.zip(ours.beginning).is_some_and(apart);
    let why = if ours.code != theirs.code {
        let ours = format!("{} ({})", ours.name, ours.code);
        about("bad-other-hotel", store.path()).with("ours", ours)
    } else if is_another_file {
        about("bad-other-file", store.path())
    } else {
        return Ok(());
    };
    let why = why.with("from", from.display().to_string());
    let theirs = format!("{} ({})", theirs.name, theirs.code);
    Err(DeskError::said(why.with("theirs", theirs)))
}

/// A backup that is none, or does not verify, is input that cannot be read.
pub(crate) fn malformed(error: StoreError, from: &Path) -> DeskError {
    match &error {
        StoreError::NotADatabase { path } if path == from => DeskError::from(error).as_input(),
        StoreError::BadBackup { .. } => DeskError::from(error).as_input(),
        _ => error.into(),
    }
}
