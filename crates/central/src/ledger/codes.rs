//! One-time codes by which desks are taken in.

use keyrack_inventory::Instant;

use super::Tx;
use crate::error::CentralError;

impl Tx<'_> {
    /// Keeps a code by which one desk may be taken in.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn add_code(
        &self,
        property: i32,
        code: [u8; 32],
        expires_at: Instant,
    ) -> Result<(), CentralError> {
        let sql = "INSERT INTO enrol_code (property, hash, expires_at) VALUES ($1, $2, $3)";
        self.run(sql, &[&property, &code.as_slice(), &expires_at.millis()])
            .await?;
        Ok(())
    }

    /// Uses a code up, and says of which property it was; nothing where it is not valid any more.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn use_code(
        &self,
        code: [u8; 32],
        now: Instant,
    ) -> Result<Option<i32>, CentralError> {
        let sql = "UPDATE enrol_code SET used_at = $2
            WHERE hash = $1 AND used_at IS NULL AND expires_at > $2 RETURNING property";
        let row = self.row(sql, &[&code.as_slice(), &now.millis()]).await?;
        Ok(row.map(|row| row.try_get(0)).transpose()?)
    }
}
