//! Where the token is kept: in the system's keyring, or in a file beside the hotel's that its owner alone can read.
//!
//! The file is there in any case: it says which entry of the keyring has the token, or has the token itself. What is kept
//! in the keyring is one entry, so that it changes as a whole. A token is never moved from one to the other but by a person:
//! a program of the same user that runs without a session has no keyring.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use keyrack_store::{StoreError, private};
use keyrack_wire::Fingerprint;
use keyrack_words::Words;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use super::keyring::{self, KeyringLack};
use super::outgoing::alone;
use super::token::Kept;
use crate::Desk;
use crate::door::Question;
use crate::error::{CentreRefusal, DeskError};
use crate::papers::sync_folder;

/// The variable that says where the token of a desk that joins is kept: `keyring`, as where it is not set, or `file`.
pub const STORE_VARIABLE: &str = "KEYRACK_TOKEN_STORE";

/// Where a token is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TokenStore {
    /// In the system's keyring.
    Keyring,
    /// In a file that its owner alone can read.
    File,
}

impl TokenStore {
    /// The one of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "keyring" => Some(Self::Keyring),
            "file" => Some(Self::File),
            _ => None,
        }
    }
}

/// Where a desk keeps what it shows the centre.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(optional_fields)]
pub struct TokenPlace {
    /// In which of the two.
    pub store: TokenStore,
    /// The file beside the hotel's, which has the token or says where it is.
    #[ts(type = "string")]
    pub file: PathBuf,
    /// Why the keyring has not taken the token, or does not give it now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lack: Option<KeyringLack>,
    /// All of that for a person.
    pub message: String,
}

/// A token in the keyring, as the file tells of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Elsewhere {
    keyring: Uuid,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    authority: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fingerprint: Option<Fingerprint>,
}

/// What the file holds.
#[derive(Deserialize)]
#[serde(untagged)]
enum Beside {
    Elsewhere(Elsewhere),
    Here(Box<Kept>),
}

impl Desk {
    /// Moves the token into the keyring, or out of it. It is there before it is taken away here.
    ///
    /// # Errors
    /// Where the file has no centre, the keyring does not take or give it, nobody who may is signed in, another
    /// process exchanges, or the file fails.
    pub fn keep_token(&self, store: TokenStore) -> Result<TokenPlace, DeskError> {
        let caller = self.admit(Question::KeepToken)?;
        let _alone = alone(&self.store)?;
        let centre = self.store.read(|reader| reader.centre())?;
        let centre = centre.ok_or(CentreRefusal::NotEnrolled)?;
        let database = self.store.path();
        let mut kept = read(database)?;
        let before = kept.entry;
        let entry = centre.holder.desk.0;
        kept.entry = (store == TokenStore::Keyring).then_some(entry);
        if kept.entry == before {
            if store == TokenStore::File {
                // Whoever was cut off before it was forgotten asks again.
                forget(entry);
            }
            return Ok(place(database, store, None));
        }
        write(database, &kept)?;
        if let Some(entry) = before {
            forget(entry);
        }
        let act = self.act(&caller, "token_moved", word(store));
        self.store.write(|batch| batch.act(&act))?;
        Ok(place(database, store, None))
    }
}

/// Where a desk that joins is to keep its token. Asked before its code is used up.
pub(super) fn wanted() -> Result<TokenStore, DeskError> {
    let Some(said) = std::env::var_os(STORE_VARIABLE).filter(|said| !said.is_empty()) else {
        return Ok(TokenStore::Keyring);
    };
    let known = said.to_str().and_then(TokenStore::from_word);
    known.ok_or_else(|| {
        let unknown = Words::here().say("bad-token-store");
        DeskError::said(unknown.with("variable", STORE_VARIABLE))
    })
}

/// Keeps the token of a desk that has joined: in the keyring where that is wanted and it takes it, else in the file.
pub(super) fn keep_new(
    database: &Path,
    mut kept: Kept,
    desk: Uuid,
    wanted: TokenStore,
) -> Result<Option<KeyringLack>, DeskError> {
    if wanted == TokenStore::File {
        write(database, &kept)?;
        return Ok(None);
    }
    kept.entry = Some(desk);
    match write(database, &kept) {
        Err(DeskError::Centre(CentreRefusal::Keyring { lack, .. })) => {
            kept.entry = None;
            write(database, &kept)?;
            // It may have been taken, and not given back in time.
            forget(desk);
            Ok(Some(lack))
        }
        done => done.map(|()| None),
    }
}

/// Where the token is, and whether the keyring gives it now: only where somebody wants to know, as that takes a while.
pub(super) fn standing(database: &Path, look: bool) -> Option<TokenPlace> {
    match beside(database).ok()? {
        Beside::Here(_) => Some(place(database, TokenStore::File, None)),
        Beside::Elsewhere(elsewhere) => {
            let lack = look.then(|| keyring::get(elsewhere.keyring).err());
            Some(place(database, TokenStore::Keyring, lack.flatten()))
        }
    }
}

/// Where the token is, in words.
pub(super) fn place(database: &Path, store: TokenStore, lack: Option<KeyringLack>) -> TokenPlace {
    let file = file_of(database);
    let words = Words::here();
    let message = match (store, lack) {
        (TokenStore::Keyring, None) => words.plain("token-in-keyring"),
        (TokenStore::Keyring, Some(lack)) => words
            .say("centre-keyring")
            .with("lack", lack.as_str())
            .text(),
        (TokenStore::File, lack) => words
            .say("token-in-file")
            .with("lack", lack.map_or("none", KeyringLack::as_str))
            .with("path", file.display().to_string())
            .text(),
    };
    TokenPlace {
        store,
        file,
        lack,
        message,
    }
}

/// The entry of the keyring that the file names; nothing where it has the token itself.
pub(super) fn entry(database: &Path) -> Result<Option<Uuid>, DeskError> {
    Ok(match beside(database)? {
        Beside::Here(_) => None,
        Beside::Elsewhere(elsewhere) => Some(elsewhere.keyring),
    })
}

/// Reads the token, from wherever it is.
pub(super) fn read(database: &Path) -> Result<Kept, DeskError> {
    let elsewhere = match beside(database)? {
        Beside::Here(kept) => return Ok(*kept),
        Beside::Elsewhere(elsewhere) => elsewhere,
    };
    let text = keyring::get(elsewhere.keyring).map_err(|lack| CentreRefusal::Keyring { lack })?;
    let kept: Kept = serde_json::from_str(&text).map_err(|_| {
        let lack = KeyringLack::Empty;
        CentreRefusal::Keyring { lack }
    })?;
    Ok(Kept {
        authority: elsewhere.authority,
        fingerprint: elsewhere.fingerprint,
        entry: Some(elsewhere.keyring),
        ..kept
    })
}

/// Writes it, whole or not at all. The file follows the keyring, so that it never names an entry that is not there.
pub(super) fn write(database: &Path, kept: &Kept) -> Result<(), DeskError> {
    let Some(entry) = kept.entry else {
        return write_beside(database, kept);
    };
    let secrets = Kept {
        authority: None,
        fingerprint: None,
        ..kept.clone()
    };
    let text = serde_json::to_string(&secrets).map_err(DeskError::machine)?;
    keyring::put(entry, text).map_err(|lack| CentreRefusal::Keyring { lack })?;
    let elsewhere = Elsewhere {
        keyring: entry,
        authority: kept.authority.clone(),
        fingerprint: kept.fingerprint.clone(),
    };
    match beside(database) {
        Ok(Beside::Elsewhere(there)) if there == elsewhere => Ok(()),
        _ => write_beside(database, &elsewhere),
    }
}

/// Takes it away.
pub(super) fn remove(database: &Path) -> Result<(), DeskError> {
    if let Ok(Beside::Elsewhere(elsewhere)) = beside(database) {
        forget(elsewhere.keyring);
    }
    let path = file_of(database);
    match fs::remove_file(&path) {
        Err(source) if source.kind() != ErrorKind::NotFound => Err(io(&path, source)),
        _ => Ok(()),
    }
}

/// An entry that nobody names any more. Where it stays, the log says so.
fn forget(entry: Uuid) {
    if let Err(lack) = keyring::remove(entry)
        && lack != KeyringLack::Absent
    {
        let lack = lack.as_str();
        tracing::warn!(%entry, lack, "an entry stays in the keyring that is not used any more");
    }
}

fn word(store: TokenStore) -> &'static str {
    match store {
        TokenStore::Keyring => "keyring",
        TokenStore::File => "file",
    }
}

fn file_of(database: &Path) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push("-centre");
    PathBuf::from(name)
}

fn beside(database: &Path) -> Result<Beside, DeskError> {
    let path = file_of(database);
    let text = fs::read_to_string(&path).map_err(|source| {
        if source.kind() == ErrorKind::NotFound {
            DeskError::from(CentreRefusal::NoToken { path: path.clone() })
        } else {
            io(&path, source)
        }
    })?;
    let read = serde_json::from_str(&text);
    read.map_err(|_| CentreRefusal::NoToken { path }.into())
}

fn write_beside(database: &Path, content: &impl Serialize) -> Result<(), DeskError> {
    let path = file_of(database);
    let text = serde_json::to_string(content).map_err(DeskError::machine)?;
    sweep(&path);
    let new = path.with_file_name(format!(
        "{}.{}",
        path.file_name().unwrap_or_default().to_string_lossy(),
        Uuid::now_v7()
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

/// Takes away what writers left that were cut off: each holds a token. Whoever writes is alone with the file.
fn sweep(path: &Path) {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = path.parent().map(fs::read_dir).and_then(Result::ok);
    for found in beside.into_iter().flatten().flatten() {
        let found_name = found.file_name();
        let left = found_name.to_string_lossy();
        let left = left
            .strip_prefix(&*name)
            .and_then(|left| left.strip_prefix('.'));
        if left.is_some_and(|left| Uuid::try_parse(left).is_ok())
            && let Err(error) = fs::remove_file(found.path())
        {
            tracing::warn!(%error, "a copy of a token is left beside the file");
        }
    }
}

fn io(path: &Path, source: std::io::Error) -> DeskError {
    let path = path.to_owned();
    StoreError::Io { path, source }.into()
}
