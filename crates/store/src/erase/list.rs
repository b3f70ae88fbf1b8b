//! The list beside the file: the ids of what was erased, which a restore erases again.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use uuid::Uuid;

use crate::error::StoreError;
use crate::private;

/// Added to the name of the file.
const LIST: &str = "-erased";

/// Where the list of a file is.
pub(crate) fn list_of(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(LIST);
    PathBuf::from(name)
}

/// Puts an erasure on the list, durably: an id a line, of a guest or of a text.
pub(super) fn note<'a>(list: &Path, ids: impl Iterator<Item = &'a Uuid>) -> Result<(), StoreError> {
    let failed = |source| StoreError::Io {
        path: list.to_owned(),
        source,
    };
    let mut lines = String::new();
    for id in ids {
        lines.push_str(&format!("{id}\n"));
    }
    let mut file = private::options()
        .create(true)
        .read(true)
        .append(true)
        .open(list)
        .map_err(failed)?;
    // A line that a crash cut off must not swallow the id that comes after it.
    if !ends_with_a_line(&mut file).map_err(failed)? {
        lines.insert(0, '\n');
    }
    file.write_all(lines.as_bytes()).map_err(failed)?;
    file.sync_all().map_err(failed)
}

/// Whether the file is empty, or ends where a line does.
fn ends_with_a_line(file: &mut File) -> std::io::Result<bool> {
    if file.seek(SeekFrom::End(0))? == 0 {
        return Ok(true);
    }
    file.seek(SeekFrom::End(-1))?;
    let mut last = [0];
    file.read_exact(&mut last)?;
    Ok(last == *b"\n")
}

/// The ids on the list of a file, and those that the file itself knows as erased.
pub(crate) fn listed(
    file: &Path,
    present: Option<&Connection>,
) -> Result<BTreeSet<Uuid>, StoreError> {
    let list = list_of(file);
    let text = match fs::read_to_string(&list) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(source) => return Err(StoreError::Io { path: list, source }),
    };
    // A line that a crash cut off was never followed by its commit.
    let mut ids: BTreeSet<Uuid> = text
        .lines()
        .filter_map(|line| Uuid::parse_str(line).ok())
        .collect();
    if let Some(present) = present {
        let mut statement = present.prepare("SELECT id FROM erased")?;
        let rows = statement.query_map([], |row| row.get::<_, [u8; 16]>(0))?;
        for id in rows {
            ids.insert(Uuid::from_bytes(id?));
        }
    }
    Ok(ids)
}
