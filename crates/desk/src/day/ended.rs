//! What follows when a business date has ended: its audit pack, made once and made good where a
//! process died before it was.
//!
//! Invariants: the note that a date ended stands in the transaction that ended it; the pack's files are
//! whole before the note says where they are; a pack that is made again has the same figures.

use std::path::{Path, PathBuf};

use keyrack_inventory::Night;
use keyrack_store::StoreError;

use crate::desk::Desk;
use crate::door::Question;
use crate::error::DeskError;
use crate::papers::{Existing, PackSource, audit_pack, save};
use crate::settings;
use keyrack_store::private;

/// Added to the name of the file, for the folder of its packs.
const FOLDER: &str = "-day-ends";
const REPORT: &str = "report.pdf";
const FIGURES: &str = "report.json";

impl Desk {
    /// Makes the packs of dates that ended without one. Gives how many.
    ///
    /// # Errors
    /// Where the file fails or is busy, or the folder cannot be written.
    pub(crate) fn make_packs_good(&self) -> Result<usize, DeskError> {
        self.open_to_all(Question::Timer);
        let missing = self.store.read(|reader| reader.day_ends_without_pack())?;
        for day in &missing {
            // A copy that cannot be made keeps no pack from being made; health tells of its age.
            if day.backup.is_none()
                && let Err(error) = self.back_up_day(day)
            {
                tracing::warn!(code = error.code(), "a date's backup could not be made");
            }
            self.make_pack(day.business_date)?;
        }
        Ok(missing.len())
    }

    /// The same, where something else is asked for and goes on whatever comes of it.
    pub(crate) fn try_packs(&self) {
        if let Err(error) = self.make_packs_good() {
            tracing::warn!(code = error.code(), "an audit pack could not be made");
        }
    }

    /// The pack of a date, where it is made.
    pub(super) fn pack_of(&self, date: Night) -> Result<Option<String>, DeskError> {
        let found = self.store.read(|reader| reader.day_end(date))?;
        Ok(found.and_then(|day| day.pack))
    }

    fn make_pack(&self, date: Night) -> Result<(), DeskError> {
        let (source, packs) = self.store.read(|reader| {
            let catalogue = reader.catalogue()?;
            let source = PackSource::read(reader, &catalogue, date)?;
            let packs = settings::DAY_END_FOLDER.text(reader)?;
            Ok((source, self.day_end_folder(&packs)))
        })?;
        let pack = audit_pack(&source)?;
        let folder = free_folder(&packs, date, &pack.json);
        let made = private::folder(&folder);
        made.map_err(|source| StoreError::Io {
            path: folder.clone(),
            source,
        })?;
        save(&folder.join(FIGURES), &pack.json, Existing::Replace)?;
        save(&folder.join(REPORT), &pack.pdf, Existing::Replace)?;
        let place = folder.display().to_string();
        Ok(self
            .store
            .write(|batch| batch.note_day_pack(date, &place))?)
    }

    fn day_end_folder(&self, set: &str) -> PathBuf {
        let file = self.store.path();
        let beside = file.parent().unwrap_or(Path::new(""));
        if set.is_empty() {
            let mut name = file.file_name().unwrap_or_default().to_owned();
            name.push(FOLDER);
            beside.join(name)
        } else {
            // An absolute folder stands for itself.
            beside.join(set)
        }
    }
}

/// Where a pack with these figures goes: a date that ended before a restore and again after it has a pack of each
/// end, for the restore may be taken back.
fn free_folder(packs: &Path, date: Night, figures: &[u8]) -> PathBuf {
    let names = (2..).map(|count| format!("{date}-{count}"));
    let folders = std::iter::once(date.to_string()).chain(names);
    let mut folders = folders.map(|name| packs.join(name));
    let of_another_end = |folder: &PathBuf| {
        let there = std::fs::read(folder.join(FIGURES));
        there.is_ok_and(|there| there != figures)
    };
    let found = folders.find(|folder| !of_another_end(folder));
    found.unwrap_or_else(|| packs.join(date.to_string()))
}

/// The characters that the report of a pack lacks, as its figures say.
pub(super) fn lacking_in(pack: &str) -> Option<String> {
    let figures = std::fs::read(Path::new(pack).join(FIGURES)).ok()?;
    let figures: serde_json::Value = serde_json::from_slice(&figures).ok()?;
    figures["lacking"].as_str().map(str::to_owned)
}
