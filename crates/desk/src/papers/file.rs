//! Files that are whole or not there: written beside their place, synced, and renamed into it.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use uuid::Uuid;

use keyrack_words::{Say, Words};

use crate::error::DeskError;

/// What becomes of a file that is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    /// It stays, and nothing is written.
    Keep,
    /// It is replaced.
    Replace,
    /// It is replaced where it is a paper too.
    Paper,
}

pub(crate) fn unwritable(to: &Path, error: &std::io::Error) -> DeskError {
    DeskError::said(about("bad-unwritable", to).with("why", error.to_string()))
}

/// Begins the message `id` about a file or folder.
pub(crate) fn about(id: &str, path: &Path) -> Say<'static> {
    Words::here()
        .say(id)
        .with("path", path.display().to_string())
}

/// Says no where the file is there and is not to be replaced.
pub(crate) fn check_absent(to: &Path, existing: Existing) -> Result<(), DeskError> {
    if existing == Existing::Keep && to.symlink_metadata().is_ok() {
        return Err(DeskError::said(about("bad-there-already", to)));
    }
    if existing == Existing::Paper && to.exists() && !is_paper(to) {
        return Err(DeskError::said(about("bad-no-pdf", to)));
    }
    Ok(())
}

/// Says no where a file cannot be because its folder is not there, or because it is a folder itself.
pub(crate) fn check_folder(to: &Path) -> Result<(), DeskError> {
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder
        && !folder.is_dir()
    {
        return Err(DeskError::said(about("bad-no-folder", folder)));
    }
    check_no_folder(to)
}

fn check_no_folder(to: &Path) -> Result<(), DeskError> {
    if to.is_dir() {
        return Err(DeskError::said(about("bad-is-folder", to)));
    }
    Ok(())
}

fn is_paper(file: &Path) -> bool {
    let mut begins = [0; 4];
    let read = File::open(file).and_then(|mut file| file.read_exact(&mut begins));
    read.is_ok() && &begins == b"%PDF"
}

/// Writes a file that only its owner reads: papers name guests.
pub(crate) fn save(to: &Path, bytes: &[u8], existing: Existing) -> Result<(), DeskError> {
    check_no_folder(to)?;
    check_absent(to, existing)?;
    let mut name = to.file_name().unwrap_or_default().to_owned();
    name.push(format!(".unfinished-{}", Uuid::now_v7()));
    let beside = to.with_file_name(name);
    let written = write(&beside, bytes).and_then(|()| put(&beside, to, existing));
    if let Err(error) = written {
        // The first error is the one to tell.
        let _left = fs::remove_file(&beside);
        if error.kind() == std::io::ErrorKind::AlreadyExists {
            check_absent(to, existing)?;
        }
        return Err(unwritable(to, &error));
    }
    sync_folder(to).map_err(|error| unwritable(to, &error))
}

/// Into its place; a file that appeared there meanwhile is not replaced unless it may be.
fn put(beside: &Path, to: &Path, existing: Existing) -> std::io::Result<()> {
    match existing {
        Existing::Replace | Existing::Paper => fs::rename(beside, to),
        Existing::Keep => {
            fs::hard_link(beside, to)?;
            fs::remove_file(beside)
        }
    }
}

/// A new file that only its owner reads.
pub(crate) fn create(to: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(to)
}

fn write(to: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = create(to)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// A rename is durable when its folder is.
pub(crate) fn sync_folder(of: &Path) -> std::io::Result<()> {
    if cfg!(unix) {
        let folder = of.parent().filter(|folder| !folder.as_os_str().is_empty());
        File::open(folder.map_or_else(|| PathBuf::from("."), Path::to_owned))?.sync_all()?;
    }
    Ok(())
}
