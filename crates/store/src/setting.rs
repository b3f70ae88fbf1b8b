//! Settings as they are stored: text by key. What a key means and may hold is not known here.

use rusqlite::{OptionalExtension, params};

use crate::error::StoreError;
use crate::{Batch, Reader};

impl Reader<'_> {
    /// A setting's stored value, JSON; nothing where it was never set.
    pub fn setting(&self, key: &str) -> Result<Option<String>, StoreError> {
        let mut statement = self
            .connection()
            .prepare_cached("SELECT value FROM setting WHERE key = ?1")?;
        Ok(statement.query_row([key], |row| row.get(0)).optional()?)
    }
}

impl Batch<'_> {
    /// Sets a setting to a value, JSON.
    ///
    /// # Errors
    /// Where the file fails; the whole transaction is then taken back.
    pub fn put_setting(&mut self, key: &str, value: &str) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO setting (key, value) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = ?2",
        )?;
        statement.execute(params![key, value])?;
        Ok(())
    }
}
