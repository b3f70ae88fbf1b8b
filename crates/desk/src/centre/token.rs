//! What a desk shows the centre: kept beside the file, readable by its owner alone.
//!
//! The system's keyring would keep it better, where there is one that is open; a desk that starts by
//! itself after a power cut has none. Whoever may read the file of the hotel may read this one.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use keyrack_inventory::Instant;
use keyrack_store::{StoreError, private};
use keyrack_sync::{Link, LinkFault};
use keyrack_wire::{Fault, Fingerprint, Protocol, Renew, Secret};
use serde::{Deserialize, Serialize};
use tokio::runtime::Runtime;

use super::failed;
use crate::error::{CentreRefusal, DeskError};
use crate::papers::sync_folder;

/// How long a token is shown before another follows it: longer than what a restored centre is sent again, so that
/// such a centre knows one of the two that are kept.
const RENEWED_AFTER_MS: i64 = 40 * 86_400_000;

/// The token, and the certificate of the centre's own authority where it has one.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Kept {
    pub token: Secret,
    /// Since when it is shown, in milliseconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<i64>,
    /// The one that follows it, once the centre has said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Secret>,
    /// The one before it: a centre that was restored from a copy may know that one alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Secret>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<String>,
    /// By what the centre's own authority is known, where it made one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<Fingerprint>,
}

impl Kept {
    /// What a desk has that is taken in.
    pub(super) fn new(token: Secret, authority: Option<String>, now: Instant) -> Self {
        Self {
            token,
            since: Some(now.millis()),
            next: None,
            before: None,
            authority,
            fingerprint: None,
        }
    }

    /// The line to a centre that is known so.
    pub(super) fn line(&self, url: &str) -> Result<Link, LinkFault> {
        let token = Some(self.token.clone());
        match &self.fingerprint {
            Some(fingerprint) => Link::pinned(url, fingerprint.clone(), token),
            None => Link::new(url, self.authority.as_deref().map(str::as_bytes), token),
        }
    }
}

/// Whether the centre does not know the token: it may be a restored one, which knows the one before.
pub(super) fn is_unknown(error: &DeskError) -> bool {
    let fault = Fault::Unauthorised {};
    matches!(error, DeskError::Centre(said) if *said == CentreRefusal::Fault { fault })
}

/// Has another token follow the one that is shown, where that is due. Where that fails, with a later exchange.
pub(super) fn renew_if_due(database: &Path, link: &Link, runtime: &Runtime, now: Instant) {
    if let Err(error) = renew(database, link, runtime, now) {
        crate::logs::centre(&error);
    }
}

/// The new one is kept before the centre is asked, and the same is asked for until it has answered: whatever is lost on
/// the way, the one that is kept is valid.
fn renew(database: &Path, link: &Link, runtime: &Runtime, now: Instant) -> Result<(), DeskError> {
    let mut kept = read(database)?;
    let is_due = kept
        .since
        .is_none_or(|since| (now.millis() - since).abs() >= RENEWED_AFTER_MS);
    let next = match kept.next.clone() {
        Some(next) => next,
        None if is_due => made()?,
        None => return Ok(()),
    };
    kept.next = Some(next.clone());
    write(database, &kept)?;
    let message = Renew {
        protocol: Protocol,
        next: next.clone(),
    };
    runtime.block_on(link.renew(&message)).map_err(failed)?;
    kept.next = None;
    kept.since = Some(now.millis());
    kept.before = Some(std::mem::replace(&mut kept.token, next));
    write(database, &kept)
}

/// Shows the token before from now on, as the centre does not know the present one. Gives whether there is one.
pub(super) fn show_the_one_before(database: &Path) -> Result<bool, DeskError> {
    let mut kept = read(database)?;
    let Some(before) = kept.before.take() else {
        return Ok(false);
    };
    kept.before = Some(std::mem::replace(&mut kept.token, before));
    write(database, &kept)?;
    Ok(true)
}

/// A token of 256 bits.
fn made() -> Result<Secret, DeskError> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(DeskError::machine)?;
    let text: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    Secret::try_from(text).map_err(DeskError::machine)
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
        fs::rename(&new, &path)?;
        sync_folder(&path)
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
