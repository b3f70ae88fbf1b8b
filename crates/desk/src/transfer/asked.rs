//! Imports and exports as the window asks for them.

use std::path::Path;

use keyrack_inventory::Night;
use keyrack_words::Words;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Export, Exported, Import, Imported, Progress};
use crate::desk::Desk;
use crate::door::Question;
use crate::error::DeskError;

/// Bookings of another system to be brought in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ImportRequest {
    /// The file, with its whole path.
    pub file: String,
    /// How it is read: a MAPPING.toml, with its whole path.
    pub mapping: String,
    /// Nothing is written; it is told what would be.
    pub dry_run: bool,
    /// Good rows come in where others are bad.
    pub keep_good_rows: bool,
}

/// What is exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ExportWhat {
    /// Stays, one a row.
    Reservations,
    /// Cells, one a row.
    Availability,
    /// Events, one a row.
    Events,
}

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields)]
pub struct ExportRequest {
    /// What.
    pub what: ExportWhat,
    /// From this date on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Night>,
    /// Before this date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Night>,
    /// The file, `.csv` or `.jsonl`, with its whole path.
    pub to: String,
    /// A file that is there is replaced.
    pub replace: bool,
}

impl Desk {
    /// Brings in bookings as the window asks for it.
    ///
    /// # Errors
    /// As [`Desk::import`].
    pub fn import_asked(
        &self,
        request: &ImportRequest,
        progress: Progress<'_>,
    ) -> Result<Imported, DeskError> {
        // Nothing is told of a file to whom the door would not let through.
        self.admit(Question::Import)?;
        let import = Import::read(
            Path::new(&request.file),
            Path::new(&request.mapping),
            request.dry_run,
            request.keep_good_rows,
        )?;
        self.import(&import, progress)
    }

    /// Writes a file as the window asks for it.
    ///
    /// # Errors
    /// As [`Desk::export`].
    pub fn export_asked(
        &self,
        request: &ExportRequest,
        progress: Progress<'_>,
    ) -> Result<Exported, DeskError> {
        self.admit(Question::Export)?;
        let (from, to) = (request.from, request.before);
        let export = match request.what {
            ExportWhat::Reservations => Export::Reservations {
                from,
                to,
                status: None,
            },
            ExportWhat::Availability => Export::Availability {
                from,
                to,
                pool: None,
            },
            ExportWhat::Events => Export::Events { since: 0, from, to },
        };
        let file = Path::new(&request.to);
        if !file.is_absolute() {
            let part = Words::here().say("bad-no-whole-path");
            return Err(DeskError::said(
                part.with("typed", format!("{:?}", request.to)),
            ));
        }
        self.export(&export, file, request.replace, progress)
    }
}
