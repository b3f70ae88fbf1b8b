//! When each property was last compared with its feed.

use keyrack_inventory::Instant;

use super::Tx;
use crate::error::CentralError;

impl Tx<'_> {
    /// Claims a property that nobody has set out to compare since, by noting that somebody does now; nothing where none is due, or
    /// somebody else works on those that are. Gives its code.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn claim_verification(
        &self,
        before: Instant,
        now: Instant,
    ) -> Result<Option<String>, CentralError> {
        let sql = "UPDATE property SET verified_at = $2 WHERE id = (
                SELECT id FROM property WHERE coalesce(verified_at, created_at) <= $1
                ORDER BY verified_at NULLS FIRST, id LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING code";
        let row = self.row(sql, &[&before.millis(), &now.millis()]).await?;
        Ok(row.map(|row| row.try_get(0)).transpose()?)
    }

    /// Keeps that the property was compared, and how many of its checks failed.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn note_verification(
        &self,
        code: &str,
        wrong: usize,
        now: Instant,
    ) -> Result<(), CentralError> {
        let sql = "UPDATE property SET wrong_checks = $2, compared_at = $3 WHERE code = $1";
        let wrong = i32::try_from(wrong).unwrap_or(i32::MAX);
        self.run(sql, &[&code, &wrong, &now.millis()]).await?;
        Ok(())
    }
}
