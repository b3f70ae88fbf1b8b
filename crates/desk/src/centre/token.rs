//! What a desk shows the centre, and how one follows another. Where it is kept, `keeping` knows.

use std::path::Path;

use keyrack_inventory::Instant;
use keyrack_store::Store;
use keyrack_sync::{Link, LinkFault};
use keyrack_wire::{Fault, Fingerprint, Protocol, Renew, Secret};
use serde::{Deserialize, Serialize};
use tokio::runtime::Runtime;
use uuid::Uuid;

use super::failed;
use super::keeping::{read, write};
use super::outgoing::alone;
use crate::error::{CentreRefusal, DeskError};

/// How long a token is shown before another follows it: longer than what a restored centre is sent again, so that
/// such a centre knows one of the two that are kept.
const RENEWED_AFTER_MS: i64 = 40 * 86_400_000;

/// The token, and the certificate of the centre's own authority where it has one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    /// The entry of the keyring that has it; nothing where a file has it.
    #[serde(skip)]
    pub entry: Option<Uuid>,
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
            entry: None,
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
    let unknown = CentreRefusal::says(Fault::Unauthorised {});
    matches!(error, DeskError::Centre(said) if *said == unknown)
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

/// Shows another token from now on, as the centre does not know the one of this line: the one before it, or the one with
/// which somebody has let the desk in meanwhile. Gives whether there is one.
pub(super) fn show_another(store: &Store, link: &Link) -> Result<bool, DeskError> {
    let _alone = alone(store)?;
    let mut kept = read(store.path())?;
    if !link.shows(&kept.token) {
        return Ok(true);
    }
    let Some(before) = kept.before.take() else {
        return Ok(false);
    };
    kept.before = Some(std::mem::replace(&mut kept.token, before));
    write(store.path(), &kept)?;
    Ok(true)
}

/// The centre knows neither the token of this line nor the one that it took the place of: that one is shown again, and no
/// other is tried any more until the desk is let in anew.
pub(super) fn show_it_no_more(store: &Store, link: &Link) -> Result<(), DeskError> {
    let _alone = alone(store)?;
    let mut kept = read(store.path())?;
    if let (true, Some(other)) = (link.shows(&kept.token), kept.before.take()) {
        kept.token = other;
        write(store.path(), &kept)?;
    }
    Ok(())
}

/// A token of 256 bits.
fn made() -> Result<Secret, DeskError> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(DeskError::machine)?;
    let text: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    Secret::try_from(text).map_err(DeskError::machine)
}
