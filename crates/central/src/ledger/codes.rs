//! One-time codes by which desks are taken in.

use keyrack_inventory::{DeskId, Instant};
use uuid::Uuid;

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
        desk: Option<DeskId>,
        expires_at: Instant,
    ) -> Result<(), CentralError> {
        let sql =
            "INSERT INTO enrol_code (property, hash, expires_at, desk) VALUES ($1, $2, $3, $4)";
        let (hash, expires_at) = (code.as_slice(), expires_at.millis());
        let desk = desk.map(|desk| desk.0);
        self.run(sql, &[&property, &hash, &expires_at, &desk])
            .await?;
        Ok(())
    }

    /// Uses a code up, and says of which property it was, and for which desk alone; nothing where it is not valid any
    /// more.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn use_code(
        &self,
        code: [u8; 32],
        now: Instant,
    ) -> Result<Option<(i32, Option<DeskId>)>, CentralError> {
        let sql = "UPDATE enrol_code SET used_at = $2
            WHERE hash = $1 AND used_at IS NULL AND expires_at > $2 RETURNING property, desk";
        let row = self.row(sql, &[&code.as_slice(), &now.millis()]).await?;
        let Some(row) = row else { return Ok(None) };
        let desk: Option<Uuid> = row.try_get(1)?;
        Ok(Some((row.try_get(0)?, desk.map(DeskId))))
    }
}
