//! Which hotel a file holds, and which file of it this is.

use std::path::Path;

use rusqlite::{Connection, OpenFlags, OptionalExtension};

use crate::Store;
use crate::error::StoreError;

impl Store {
    /// Which hotel a file holds that is only looked into, and how its history begins.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn hotel_in(path: &Path) -> Result<Option<HotelIn>, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let file = Connection::open_with_flags(path, flags)?;
        hotel(&file)
    }

    /// The same of this file.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn hotel(&self) -> Result<Option<HotelIn>, StoreError> {
        self.read(|reader| hotel(reader.connection()))
    }
}

/// The hotel of a file, and which file of it this is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HotelIn {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The first link of its audit chain, which copies of one file share and no other file has; nothing where
    /// the trail is too damaged to tell.
    pub beginning: Option<[u8; 32]>,
}

fn hotel(file: &Connection) -> Result<Option<HotelIn>, StoreError> {
    let mut statement = file.prepare("SELECT code, name FROM property")?;
    let found = statement.query_row([], |row| Ok((row.get(0)?, row.get(1)?)));
    let Some((code, name)) = found.optional()? else {
        return Ok(None);
    };
    let first = "SELECT hash FROM audit WHERE seq = 1";
    let beginning = file.query_row(first, [], |row| row.get(0)).ok();
    Ok(Some(HotelIn {
        code,
        name,
        beginning,
    }))
}
