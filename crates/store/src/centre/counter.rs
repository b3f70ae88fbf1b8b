//! A counter beside the file: how far its queue has come. Where it is ahead of the file, the file is an older
//! copy, and what its share says was sold meanwhile.
//!
//! It is written after the commit and before the answer, in line with other writers. A death in between leaves
//! it behind the file, which tells nothing.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use uuid::Uuid;

use super::{Centre, CentreState, join, load};
use crate::error::StoreError;
use crate::private;

/// Of which desk, in which epoch, and the number of the last command that was queued in it.
type Count = (Uuid, u32, u64);

fn place(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push("-queued");
    PathBuf::from(name)
}

fn of(centre: &Centre) -> Count {
    let holder = centre.holder;
    (holder.desk.0, holder.epoch, centre.last_seq)
}

/// What is noted; nothing where nothing is, or a crash cut it short.
fn read(file: &Path) -> Result<Option<Count>, StoreError> {
    let path = place(file);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(StoreError::Io { path, source }),
    };
    Ok(counted(&text))
}

fn counted(text: &str) -> Option<Count> {
    let mut words = text.split_whitespace();
    let desk = Uuid::try_parse(words.next()?).ok()?;
    Some((
        desk,
        words.next()?.parse().ok()?,
        words.next()?.parse().ok()?,
    ))
}

/// Notes how far the queue has come, durably, where that is further than what was noted last.
pub(crate) fn note(
    connection: &Connection,
    file: &Path,
    noted: &mut Option<Count>,
) -> Result<(), StoreError> {
    let Some(centre) = load(connection)? else {
        return Ok(());
    };
    // What a frozen file queues is in no epoch that goes on.
    if centre.state == CentreState::Frozen {
        return Ok(());
    }
    let count = of(&centre);
    if centre.last_seq == 0 && centre.holder.epoch == 1 || *noted == Some(count) {
        return Ok(());
    }
    let path = place(file);
    // One length, so that what stands there is written over in one piece.
    let line = format!("{} {:>10} {:>20}\n", count.0, count.1, count.2);
    let written = || -> std::io::Result<()> {
        let mut file = private::options()
            .create(true)
            .truncate(false)
            .open(&path)?;
        file.write_all(line.as_bytes())?;
        file.sync_data()
    };
    written().map_err(|source| StoreError::Io {
        path: path.clone(),
        source,
    })?;
    *noted = Some(count);
    Ok(())
}

/// Freezes the share of a file that is an older copy.
pub(crate) fn guard(connection: &Connection, file: &Path) -> Result<(), StoreError> {
    let Some(centre) = load(connection)? else {
        return Ok(());
    };
    if centre.state != CentreState::Joined {
        return Ok(());
    }
    let here = of(&centre);
    match read(file)? {
        Some(noted) if noted.0 == here.0 && (noted.1, noted.2) > (here.1, here.2) => {
            join::freeze(connection, noted.1)
        }
        _ => Ok(()),
    }
}
