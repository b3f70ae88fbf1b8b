//! A counter beside the file: how far its queue has come. Where it is ahead of the file, or is not there, the file
//! may be an older copy, and what its share says was sold meanwhile.
//!
//! It is there from the moment the file joins, and is written after each commit and before its answer, in line with
//! other writers. A death in between leaves it behind the file, which tells nothing.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use uuid::Uuid;

use super::{Centre, CentreState, join, load};
use crate::error::StoreError;
use crate::private;

/// Of which desk, in which epoch, and the number of the last command that was queued in it.
pub(crate) type Count = (Uuid, u32, u64);

fn place(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push("-queued");
    PathBuf::from(name)
}

fn of(centre: &Centre) -> Count {
    let holder = centre.holder;
    (holder.desk.0, holder.epoch, centre.last_seq)
}

/// What is noted; nothing where nothing is that can be read.
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

/// How far the queue has come in a transaction, where that is to be noted after it: not what a frozen file queues,
/// which is in no epoch that goes on, and not what was noted last.
pub(crate) fn ahead(
    connection: &Connection,
    noted: Option<Count>,
) -> Result<Option<Count>, StoreError> {
    let joined = load(connection)?.filter(|centre| centre.state != CentreState::Frozen);
    Ok(joined
        .as_ref()
        .map(of)
        .filter(|count| noted != Some(*count)))
}

/// Notes how far the queue has come, durably, where it has come further.
pub(crate) fn note(
    file: &Path,
    ahead: Option<Count>,
    noted: &mut Option<Count>,
) -> Result<(), StoreError> {
    let Some(count) = ahead else {
        return Ok(());
    };
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

/// Freezes the share of a file that is an older copy, or may be one: the counter of its desk is not beside it.
pub(crate) fn guard(connection: &Connection, file: &Path) -> Result<(), StoreError> {
    let Some(centre) = load(connection)? else {
        return Ok(());
    };
    if centre.state != CentreState::Joined {
        return Ok(());
    }
    let here = of(&centre);
    match read(file)? {
        Some(noted) if noted.0 == here.0 && (noted.1, noted.2) <= (here.1, here.2) => Ok(()),
        Some(noted) if noted.0 == here.0 => join::freeze(connection, noted.1),
        _ => join::freeze(connection, here.1),
    }
}
