//! What has left the file: whatever becomes of the answer, a centre may have stored it.

use std::ops::RangeInclusive;

use rusqlite::params;

use crate::error::StoreError;
use crate::{Batch, Reader};

impl Reader<'_> {
    /// Those of these places of an epoch that are not noted as sent.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn unsent(&self, epoch: u32, places: &RangeInclusive<u64>) -> Result<Vec<u64>, StoreError> {
        let mut statement = self.connection().prepare_cached(
            "SELECT seq FROM queue WHERE epoch = ?1 AND seq BETWEEN ?2 AND ?3 AND sent = 0
             ORDER BY seq",
        )?;
        let rows = statement.query_map(params![epoch, places.start(), places.end()], |row| {
            row.get(0)
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Batch<'_> {
    /// Notes that these places of an epoch are about to leave the file.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn sends(&mut self, epoch: u32, places: &RangeInclusive<u64>) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(
            "UPDATE queue SET sent = 1 WHERE epoch = ?1 AND seq BETWEEN ?2 AND ?3",
        )?;
        statement.execute(params![epoch, places.start(), places.end()])?;
        Ok(())
    }

    /// Takes the note back of places of which the centre said that it stored nothing.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn not_stored(&mut self, epoch: u32, places: &[u64]) -> Result<(), StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("UPDATE queue SET sent = 0 WHERE epoch = ?1 AND seq = ?2")?;
        for place in places {
            statement.execute(params![epoch, place])?;
        }
        Ok(())
    }
}
