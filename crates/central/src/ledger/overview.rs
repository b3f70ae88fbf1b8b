//! How every property stands, for whoever runs the centre.

use std::collections::BTreeMap;

use keyrack_inventory::Instant;
use uuid::Uuid;

use super::Tx;
use super::desks::DeskRow;
use super::rows::count;
use crate::error::CentralError;
use crate::walk::{LEFT_MS, STUCK_TRIES};

/// A property as an operator sees it.
#[derive(Clone, Debug)]
pub struct Overview {
    /// Its key.
    pub id: i32,
    /// Its code.
    pub code: String,
    /// Whether a history is here and it can be sold.
    pub is_open: bool,
    /// The number of the feed's last entry.
    pub feed_head: u64,
    /// The number of the trail's last row, and its hash.
    pub audit_head: (u64, Vec<u8>),
    /// Room nights from the business date on that are promised beyond what there is.
    pub deficit: u64,
    /// The pools and nights of which they are.
    pub deficits: Vec<String>,
    /// Commands that desks gave up sending, as nobody could read them.
    pub parked: u64,
    /// When a desk last did that.
    pub parked_at: Option<Instant>,
    /// Room nights that parked commands promised, kept apart.
    pub apart: u64,
    /// When what is stored was last compared with the feed, or the property was added; and how many checks failed.
    pub verified: (Instant, u64),
    /// Walks of its guests that do not go on, and those that were left to people lately.
    pub walks: (u64, u64),
    /// Its desks, each with the room nights that it may still sell.
    pub desks: Vec<(DeskRow, u64)>,
}

impl Tx<'_> {
    /// Every property, in the order of their codes.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn overview(&self, now: Instant) -> Result<Vec<Overview>, CentralError> {
        let rights = self.rights_by_desk().await?;
        let mut all = self.standings(now).await?;
        for property in &mut all {
            for (desk, left) in &mut property.desks {
                let key = (desk.property, desk.holder.desk.0);
                *left = rights.get(&key).copied().unwrap_or_default();
            }
        }
        Ok(all)
    }

    /// The same without what desks may still sell, which is 0 each: that is a sum over every night there ever was, and alerts
    /// are looked for often.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn standings(&self, now: Instant) -> Result<Vec<Overview>, CentralError> {
        let rows = self
            .rows(
                "SELECT p.id, p.code, p.catalogue IS NOT NULL,
                    p.feed_head, p.audit_head, p.audit_hash,
                    (SELECT count(*) FROM queued WHERE property = p.id AND sealed IS NULL),
                    coalesce(p.compared_at, p.created_at), p.wrong_checks::bigint,
                    (SELECT max(stored_at) FROM queued WHERE property = p.id AND sealed IS NULL)
                 FROM property AS p ORDER BY p.code",
                &[],
            )
            .await?;
        let mut deficits = self.deficits().await?;
        let left_since = Instant::from_millis(now.millis() - LEFT_MS);
        let walks = self.walks_amiss(STUCK_TRIES, left_since).await?;
        let apart = self.apart_by_property().await?;
        let mut desks: BTreeMap<i32, Vec<(DeskRow, u64)>> = BTreeMap::new();
        for desk in self.all_desks().await? {
            desks.entry(desk.property).or_default().push((desk, 0));
        }
        let mut found = Vec::new();
        for row in &rows {
            let property: i32 = row.try_get(0)?;
            let parked_at: Option<i64> = row.try_get(9)?;
            let (deficit, places) = deficits.remove(&property).unwrap_or_default();
            found.push(Overview {
                id: property,
                parked_at: parked_at.map(Instant::from_millis),
                code: row.try_get(1)?,
                is_open: row.try_get(2)?,
                feed_head: count(row, 3)?,
                audit_head: (count(row, 4)?, row.try_get(5)?),
                walks: walks.get(&property).copied().unwrap_or_default(),
                deficit,
                deficits: places,
                parked: count(row, 6)?,
                verified: (Instant::from_millis(row.try_get(7)?), count(row, 8)?),
                apart: apart.get(&property).copied().unwrap_or_default(),
                desks: desks.remove(&property).unwrap_or_default(),
            });
        }
        Ok(found)
    }

    /// Room nights that each property owes, and of which pools and nights. Those that are over are owed to nobody any more.
    async fn deficits(&self) -> Result<BTreeMap<i32, (u64, Vec<String>)>, CentralError> {
        let rows = self
            .rows(
                "SELECT d.property, sum(d.rooms)::bigint,
                    array_agg(d.pool || ' ' || d.night ORDER BY d.night, d.pool)
                 FROM deficit AS d JOIN property AS p ON p.id = d.property
                 WHERE d.rooms > 0 AND d.night >=
                    (p.catalogue -> 'property' ->> 'business_date')::date - DATE '1970-01-01'
                 GROUP BY d.property",
                &[],
            )
            .await?;
        rows.iter()
            .map(|row| Ok((row.try_get(0)?, (count(row, 1)?, row.try_get(2)?))))
            .collect()
    }

    /// Room nights that each desk of each property may still sell.
    async fn rights_by_desk(&self) -> Result<BTreeMap<(i32, Uuid), u64>, CentralError> {
        let rows = self
            .rows(
                "SELECT property, desk, sum(granted - consumed - returned)::bigint FROM share
                 GROUP BY property, desk",
                &[],
            )
            .await?;
        rows.iter()
            .map(|row| Ok(((row.try_get(0)?, row.try_get(1)?), count(row, 2)?)))
            .collect()
    }
}
