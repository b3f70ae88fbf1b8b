//! What a desk shows the centre: kept beside the file, readable by its owner alone.
//!
//! The system's keyring would keep it better, where there is one that is open; a desk that starts by
//! itself after a power cut has none. Whoever may read the file of the hotel may read this one.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use keyrack_store::{StoreError, private};
use keyrack_wire::Secret;
use serde::{Deserialize, Serialize};

use crate::error::{CentreRefusal, DeskError};

/// The token, and the certificate of the centre's own authority where it has one.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Kept {
    pub token: Secret,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<String>,
}

/// Where it is.
pub(super) fn place(database: &Path) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push("-centre");
    PathBuf::from(name)
}

/// Reads it.
pub(super) fn read(database: &Path) -> Result<Kept, DeskError> {
    let path = place(database);
    let text = fs::read_to_string(&path).map_err(|source| {
        if source.kind() == ErrorKind::NotFound {
            DeskError::from(CentreRefusal::NoToken { path: path.clone() })
        } else {
            io(&path, source)
        }
    })?;
    let kept = serde_json::from_str(&text);
    kept.map_err(|_| CentreRefusal::NoToken { path }.into())
}

/// Writes it, whole or not at all.
pub(super) fn write(database: &Path, kept: &Kept) -> Result<(), DeskError> {
    let path = place(database);
    let text = serde_json::to_string(kept).map_err(DeskError::machine)?;
    let new = path.with_file_name(format!(
        "{}.{}",
        path.file_name().unwrap_or_default().to_string_lossy(),
        uuid::Uuid::now_v7()
    ));
    let written = || -> std::io::Result<()> {
        let mut file = private::options().create_new(true).open(&new)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&new, &path)
    };
    written().map_err(|source| io(&path, source))
}

/// Takes it away.
pub(super) fn remove(database: &Path) -> Result<(), DeskError> {
    let path = place(database);
    match fs::remove_file(&path) {
        Err(source) if source.kind() != ErrorKind::NotFound => Err(io(&path, source)),
        _ => Ok(()),
    }
}

fn io(path: &Path, source: std::io::Error) -> DeskError {
    let path = path.to_owned();
    StoreError::Io { path, source }.into()
}
