//! Which property walks guests to which.

use keyrack_inventory::Instant;

use super::Tx;
use crate::error::CentralError;

impl Tx<'_> {
    /// Whether guests of one property are walked to the other.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn walks_to(&self, from: i32, to: i32) -> Result<bool, CentralError> {
        let sql = "SELECT 1 FROM sister WHERE property = $1 AND to_property = $2";
        Ok(self.row(sql, &[&from, &to]).await?.is_some())
    }

    /// The properties to which guests of this one are walked, in the order of their codes.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn sisters_of(&self, from: i32) -> Result<Vec<i32>, CentralError> {
        let sql = "SELECT p.id FROM sister AS s JOIN property AS p ON p.id = s.to_property
            WHERE s.property = $1 ORDER BY p.code";
        let rows = self.rows(sql, &[&from]).await?;
        rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
    }

    /// Guests of one property may be walked to the other from now on.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn add_sister(&self, from: i32, to: i32, now: Instant) -> Result<(), CentralError> {
        let sql = "INSERT INTO sister (property, to_property, since) VALUES ($1, $2, $3)
            ON CONFLICT DO NOTHING";
        self.run(sql, &[&from, &to, &now.millis()]).await?;
        Ok(())
    }

    /// Guests of one property may not be walked to the other any more. Gives whether they might.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn remove_sister(&self, from: i32, to: i32) -> Result<bool, CentralError> {
        let sql = "DELETE FROM sister WHERE property = $1 AND to_property = $2";
        Ok(self.run(sql, &[&from, &to]).await? > 0)
    }

    /// The codes of every pair, the one that guests leave first, and since when.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn sisters(&self) -> Result<Vec<(String, String, Instant)>, CentralError> {
        let sql = "SELECT f.code, t.code, s.since FROM sister AS s
            JOIN property AS f ON f.id = s.property JOIN property AS t ON t.id = s.to_property
            ORDER BY 1, 2";
        let rows = self.rows(sql, &[]).await?;
        rows.iter()
            .map(|row| {
                let since = Instant::from_millis(row.try_get(2)?);
                Ok((row.try_get(0)?, row.try_get(1)?, since))
            })
            .collect()
    }
}
