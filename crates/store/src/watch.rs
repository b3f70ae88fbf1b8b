//! Learning of what others write.

use rusqlite::Connection;

use crate::error::StoreError;
use crate::{Store, connection};

/// Learns of changes that other connections made. Cheap enough to ask several times a second.
#[derive(Debug)]
pub struct Watch {
    connection: Connection,
    version: Option<i64>,
}

impl Watch {
    /// Whether the file changed since this was last asked; the first time, yes.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn changed(&mut self) -> Result<bool, StoreError> {
        let version: i64 = self
            .connection
            .pragma_query_value(None, "data_version", |row| row.get(0))?;
        let changed = self.version != Some(version);
        self.version = Some(version);
        Ok(changed)
    }
}

impl Store {
    /// A watch on the file, to learn of what other connections write. It never has the file for itself: it is kept
    /// open, and on a full disk nobody else could look.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn watch(&self) -> Result<Watch, StoreError> {
        Ok(Watch {
            connection: connection::open_shared_reader(&self.path, self.wait)?,
            version: None,
        })
    }
}
