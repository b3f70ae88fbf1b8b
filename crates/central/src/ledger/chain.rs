//! Every property side by side, and the tokens of those who may look at all of them.

use std::collections::BTreeMap;

use keyrack_inventory::{Catalogue, Cell, Instant, Night, NightRange, RoomTypeCode};
use tokio_postgres::Row;
use tokio_postgres::error::SqlState;
use tokio_postgres::types::Json;

use super::Tx;
use super::cells::cell;
use super::desks::RESTS_MS;
use super::rows::{count, night_at, parsed};
use crate::error::CentralError;

/// A token of the chain.
#[derive(Clone, Debug)]
pub struct ChainToken {
    /// What it is called.
    pub name: String,
    /// Whether it may walk guests.
    pub may_walk: bool,
    /// When it was made.
    pub created_at: Instant,
    /// Since when it lets in no more.
    pub revoked_at: Option<Instant>,
}

/// A property, and how current it is.
#[derive(Clone, Debug)]
pub struct ChainProperty {
    /// Its key.
    pub id: i32,
    /// Its code.
    pub code: String,
    /// The hotel; nothing before a history is here.
    pub catalogue: Option<Catalogue>,
    /// The feed's epoch.
    pub feed_epoch: u32,
    /// The number of the feed's last entry.
    pub feed_head: u64,
    /// When something was last done, by the centre's clock.
    pub changed_at: Option<Instant>,
    /// Desks that may come.
    pub desks: u64,
    /// Of these, desks that have not said within a minute that nothing of their queue is left.
    pub waiting: u64,
    /// When the desk was heard that has been silent for the longest.
    pub heard_at: Option<Instant>,
}

/// A type on a night.
pub type ChainCell = (Night, RoomTypeCode, Cell);

/// How current the database is that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AsOf {
    /// Whether it is a replica.
    pub is_replica: bool,
    /// The last change of the primary that is here. On the primary itself: now.
    pub at: Instant,
    /// How long ago that was, in milliseconds; at least what is missing here is no older.
    pub lag_ms: u64,
}

fn instant(row: &Row, at: usize) -> Result<Option<Instant>, CentralError> {
    let found: Option<i64> = row.try_get(at)?;
    Ok(found.map(Instant::from_millis))
}

fn property(row: &Row) -> Result<ChainProperty, CentralError> {
    let catalogue: Option<Json<Catalogue>> = row.try_get(2)?;
    let epoch: i32 = row.try_get(3)?;
    Ok(ChainProperty {
        id: row.try_get(0)?,
        code: row.try_get(1)?,
        catalogue: catalogue.map(|Json(catalogue)| catalogue),
        feed_epoch: u32::try_from(epoch)
            .map_err(|error| CentralError::damaged("property", error))?,
        feed_head: count(row, 4)?,
        changed_at: instant(row, 5)?,
        desks: count(row, 6)?,
        waiting: count(row, 7)?,
        heard_at: instant(row, 8)?,
    })
}

impl Tx<'_> {
    /// Properties in the order of their codes, after one of them. Desks that were not heard for a minute as of that instant
    /// may have sold since, whatever they said last.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn chain_properties(
        &self,
        after: &str,
        most: i64,
        as_of: Instant,
    ) -> Result<Vec<ChainProperty>, CentralError> {
        let rows = self
            .rows(
                "SELECT p.id, p.code, p.catalogue, p.feed_epoch, p.feed_head,
                    (SELECT at FROM audit WHERE property = p.id AND seq = p.audit_head),
                    d.desks, d.waiting, d.heard_at
                 FROM property AS p, LATERAL (
                    SELECT count(*) AS desks, 
                        count(*) FILTER (WHERE rested_at IS NULL OR rested_at < $3) AS waiting,
                        min(coalesce(seen_at, enrolled_at)) AS heard_at
                    FROM desk WHERE property = p.id AND revoked_at IS NULL AND lost_at IS NULL) AS d
                 WHERE p.code > $1 ORDER BY p.code LIMIT $2",
                &[&after, &most, &(as_of.millis() - RESTS_MS)],
            )
            .await?;
        rows.iter().map(property).collect()
    }

    /// The open cells of those properties over the nights, in the order of nights and types.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn chain_cells(
        &self,
        properties: &[i32],
        nights: NightRange,
    ) -> Result<BTreeMap<i32, Vec<ChainCell>>, CentralError> {
        let (from, to) = (nights.from.day_number(), nights.to.day_number());
        let rows = self
            .rows(
                "SELECT physical, out_of_order, sold, held, blocked, overbooking, restrictions, version,
                    property, night, room_type
                 FROM cell WHERE property = ANY($1) AND night >= $2 AND night < $3
                 ORDER BY property, night, room_type",
                &[&properties, &from, &to],
            )
            .await?;
        let mut found: BTreeMap<i32, Vec<ChainCell>> = BTreeMap::new();
        for row in &rows {
            let one = (night_at(row, 9)?, parsed(row, 10, "cell")?, cell(row, 0)?);
            found.entry(row.try_get(8)?).or_default().push(one);
        }
        Ok(found)
    }

    /// How current this database is: a replica is as of the last change that came from the primary.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn as_of(&self) -> Result<AsOf, CentralError> {
        let sql = "SELECT pg_is_in_recovery(), floor(extract(epoch FROM r.now) * 1000)::bigint,
                floor(extract(epoch FROM r.at) * 1000)::bigint
            FROM (SELECT clock_timestamp() AS now, CASE WHEN pg_is_in_recovery()
                THEN pg_last_xact_replay_timestamp() ELSE clock_timestamp() END AS at) AS r";
        let row = self.row(sql, &[]).await?;
        let row = row.ok_or_else(|| CentralError::damaged("property", "the clock is silent"))?;
        let (is_replica, now): (bool, i64) = (row.try_get(0)?, row.try_get(1)?);
        // A replica that has replayed nothing since it started does not know.
        let at = row.try_get::<_, Option<i64>>(2)?.unwrap_or(0);
        Ok(AsOf {
            is_replica,
            at: Instant::from_millis(at),
            lag_ms: match is_replica {
                true => now.saturating_sub(at).max(0).unsigned_abs(),
                false => 0,
            },
        })
    }

    /// Keeps a token of the chain.
    ///
    /// # Errors
    /// Where its name is taken or none, or the database fails.
    pub async fn add_chain_token(
        &self,
        name: &str,
        hash: [u8; 32],
        may_walk: bool,
        now: Instant,
    ) -> Result<(), CentralError> {
        let sql =
            "INSERT INTO chain_token (hash, name, may_walk, created_at) VALUES ($1, $2, $3, $4)";
        let added = self
            .run(sql, &[&hash.as_slice(), &name, &may_walk, &now.millis()])
            .await;
        match added {
            Err(CentralError::Database(error))
                if error.code() == Some(&SqlState::UNIQUE_VIOLATION) =>
            {
                Err(CentralError::ChainTokenExists(name.to_owned()))
            }
            Err(CentralError::Database(error))
                if error.code() == Some(&SqlState::CHECK_VIOLATION) =>
            {
                Err(CentralError::ChainTokenName(name.to_owned()))
            }
            other => other.map(drop),
        }
    }

    /// The name of the token of the chain, where it lets in, and whether it may walk guests.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn chain_token(
        &self,
        hash: [u8; 32],
    ) -> Result<Option<(String, bool)>, CentralError> {
        let sql = "SELECT name, may_walk FROM chain_token WHERE hash = $1 AND revoked_at IS NULL";
        let row = self.row(sql, &[&hash.as_slice()]).await?;
        row.map(|row| Ok((row.try_get(0)?, row.try_get(1)?)))
            .transpose()
    }

    /// Every token of the chain, the oldest first.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn chain_tokens(&self) -> Result<Vec<ChainToken>, CentralError> {
        let sql = "SELECT name, created_at, revoked_at, may_walk FROM chain_token
            ORDER BY created_at, name";
        let rows = self.rows(sql, &[]).await?;
        let token = |row: &Row| {
            Ok(ChainToken {
                name: row.try_get(0)?,
                created_at: Instant::from_millis(row.try_get(1)?),
                revoked_at: instant(row, 2)?,
                may_walk: row.try_get(3)?,
            })
        };
        rows.iter().map(token).collect()
    }

    /// The token of that name lets in no more. Gives whether it did.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn revoke_chain_token(&self, name: &str, now: Instant) -> Result<bool, CentralError> {
        let sql = "UPDATE chain_token SET revoked_at = $2 WHERE name = $1 AND revoked_at IS NULL";
        Ok(self.run(sql, &[&name, &now.millis()]).await? > 0)
    }

    /// The keys of all properties, in their order: who locks several takes them so.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn property_ids(&self) -> Result<Vec<i32>, CentralError> {
        let rows = self
            .rows("SELECT id FROM property ORDER BY id", &[])
            .await?;
        rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
    }
}
