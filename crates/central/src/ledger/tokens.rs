//! Tokens of desks that follow each other.

use keyrack_inventory::{DeskId, Instant};

use super::Tx;
use crate::error::CentralError;

/// Whose a token is that is not the present one of a desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Other {
    /// It follows the present one, and is shown for the first time.
    Next(i32, DeskId),
    /// Another one followed it at that time.
    Retired(i32, DeskId, Instant),
}

impl Tx<'_> {
    /// Whose the token is, where it is not the present one of a desk.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn other_token(&self, token: [u8; 32]) -> Result<Option<Other>, CentralError> {
        let sql = "SELECT property, id, NULL::bigint FROM desk WHERE next_token_hash = $1
            UNION ALL SELECT property, desk, retired_at FROM retired_token WHERE hash = $1";
        let Some(row) = self.row(sql, &[&token.as_slice()]).await? else {
            return Ok(None);
        };
        let (property, desk) = (row.try_get(0)?, DeskId(row.try_get(1)?));
        let retired: Option<i64> = row.try_get(2)?;
        Ok(Some(match retired {
            None => Other::Next(property, desk),
            Some(at) => Other::Retired(property, desk, Instant::from_millis(at)),
        }))
    }

    /// Keeps the token that is to follow the desk's present one, until it is shown. The property is locked.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn put_next_token(
        &self,
        property: i32,
        id: DeskId,
        next: [u8; 32],
    ) -> Result<(), CentralError> {
        let sql = "UPDATE desk SET next_token_hash = $3 WHERE property = $1 AND id = $2";
        self.run(sql, &[&property, &id.0, &next.as_slice()]).await?;
        Ok(())
    }

    /// The token that follows was shown: it is the desk's from now on. The property is locked. Gives whether it
    /// followed still.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn follow_token(
        &self,
        (property, id): (i32, DeskId),
        next: [u8; 32],
        now: Instant,
    ) -> Result<bool, CentralError> {
        let next = next.as_slice();
        let retired = "INSERT INTO retired_token (property, hash, desk, retired_at)
            SELECT property, token_hash, id, $4 FROM desk
            WHERE property = $1 AND id = $2 AND next_token_hash = $3";
        let values: [&(dyn tokio_postgres::types::ToSql + Sync); 4] =
            [&property, &id.0, &next, &now.millis()];
        self.run(retired, &values).await?;
        let followed = "UPDATE desk SET token_hash = next_token_hash, next_token_hash = NULL
            WHERE property = $1 AND id = $2 AND next_token_hash = $3 RETURNING id";
        let row = self.row(followed, &[&property, &id.0, &next]).await?;
        Ok(row.is_some())
    }

    /// The desk shows another token from now on, and none that it showed before. The property is locked.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn replace_token(
        &self,
        property: i32,
        id: DeskId,
        token: [u8; 32],
    ) -> Result<(), CentralError> {
        // Retired long ago: whoever shows one has a copy in the wrong hands.
        let retired = "INSERT INTO retired_token (property, hash, desk, retired_at)
            SELECT d.property, t.hash, d.id, 0 FROM desk AS d,
                LATERAL (VALUES (d.token_hash), (d.next_token_hash)) AS t (hash)
            WHERE d.property = $1 AND d.id = $2 AND t.hash IS NOT NULL
            ON CONFLICT DO NOTHING";
        self.run(retired, &[&property, &id.0]).await?;
        let sql = "UPDATE retired_token SET retired_at = 0 WHERE property = $1 AND desk = $2";
        self.run(sql, &[&property, &id.0]).await?;
        let sql = "UPDATE desk SET token_hash = $3, next_token_hash = NULL
            WHERE property = $1 AND id = $2";
        self.run(sql, &[&property, &id.0, &token.as_slice()])
            .await?;
        Ok(())
    }

    /// A token of the desk that another one followed was shown again. The property is locked. Gives whether that is
    /// new.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn token_reused(
        &self,
        property: i32,
        id: DeskId,
        now: Instant,
    ) -> Result<bool, CentralError> {
        let sql = "UPDATE desk SET token_reused_at = $3 WHERE property = $1 AND id = $2
            AND token_reused_at IS NULL AND revoked_at IS NULL RETURNING id";
        let row = self.row(sql, &[&property, &id.0, &now.millis()]).await?;
        Ok(row.is_some())
    }
}
