//! What went up without an answer: a centre may have stored it all the same.

use std::ops::RangeInclusive;

use rusqlite::params;

use crate::error::StoreError;
use crate::{Batch, Reader};

impl Reader<'_> {
    /// Whether all of these places of an epoch are noted as sent.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn is_sent(&self, epoch: u32, places: &RangeInclusive<u64>) -> Result<bool, StoreError> {
        let mut statement = self.connection().prepare_cached(
            "SELECT 1 FROM queue WHERE epoch = ?1 AND seq BETWEEN ?2 AND ?3 AND sent = 0",
        )?;
        Ok(!statement.exists(params![epoch, places.start(), places.end()])?)
    }
}

impl Batch<'_> {
    /// Notes that these places of an epoch went up, and that no answer was heard.
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
}
