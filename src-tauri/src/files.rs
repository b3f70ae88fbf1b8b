//! Files that the user names: where papers go at first, the system's own dialog, and its viewer.
//!
//! Invariant: the page gets paths and no more. It has no capability for files; what is written or read
//! is written or read by the desk.

use std::path::{Path, PathBuf};

use keyrack_desk::papers::PrintRequest;
use keyrack_desk::{Desk, DeskError};
use serde::{Deserialize, Serialize};
use tauri::{AppHandle, Manager};
use tauri_plugin_dialog::DialogExt;

/// What the user is to name.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wanted {
    /// A file that will be written.
    Save,
    /// A file that is there.
    Open,
}

/// A paper that was printed.
#[derive(Clone, Debug, Serialize)]
pub struct Printed {
    /// Where it is.
    pub file: String,
    /// Whether the system's viewer shows it.
    pub shown: bool,
}

/// Where papers go at first: the user's documents, or else the home folder.
pub fn documents(app: &AppHandle) -> PathBuf {
    let folders = app.path();
    let found = folders.document_dir().or_else(|_| folders.home_dir());
    found.unwrap_or_default()
}

/// Lets the user name a file in the system's dialog; nothing where it is left. Not for the main thread.
pub fn choose(app: &AppHandle, wanted: Wanted, suggested: &Path) -> Option<String> {
    let mut dialog = app.dialog().file();
    if let Some(folder) = suggested.parent().filter(|folder| folder.is_dir()) {
        dialog = dialog.set_directory(folder);
    }
    if let Some(name) = suggested.file_name() {
        dialog = dialog.set_file_name(name.to_string_lossy());
    }
    let chosen = match wanted {
        Wanted::Save => dialog.blocking_save_file(),
        Wanted::Open => dialog.blocking_pick_file(),
    };
    chosen.map(|file| file.to_string())
}

/// Prints a paper into its file and shows it. A system without a viewer still has the file.
pub fn print(desk: &Desk, request: &PrintRequest) -> Result<Printed, DeskError> {
    desk.print(request)?;
    let file = request.to().to_owned();
    let shown = crate::viewer::show(&file);
    if let Err(error) = &shown {
        tracing::warn!(%error, "a paper could not be shown");
    }
    Ok(Printed {
        file,
        shown: shown.is_ok(),
    })
}
