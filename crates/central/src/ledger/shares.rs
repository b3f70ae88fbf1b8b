//! Rights that are out, deficits, and the ledger of what made them.

use std::collections::BTreeMap;

use keyrack_inventory::share::{Cause, Entry, Holder, NightBook, Right, Totals};
use keyrack_inventory::state::Shares;
use keyrack_inventory::{DeskId, Instant, Night, NightRange, Pool, RoomTypeCode};
use keyrack_wire::{Grant, Granted, Hash, RightUse};
use tokio_postgres::Row;
use uuid::Uuid;

use super::Tx;
use super::rows::{hash32, night_at, parsed, rooms, stored};
use crate::error::CentralError;

/// In the place of what a desk should keep: as it is, or, of a new right, all of it.
const KEEP_AS_IT_IS: i64 = 4_294_967_295;

/// A right, and whose it is.
type Held = ((RoomTypeCode, Holder), Right);

/// A right that changed, and how many unused rooms its holder should keep, where that changed too.
pub type Changed = (Night, RoomTypeCode, Holder, Right, Option<u32>);

fn holder(row: &Row, at: usize) -> Result<Holder, CentralError> {
    let epoch: i32 = row.try_get(at + 1)?;
    Ok(Holder {
        desk: DeskId(row.try_get(at)?),
        epoch: u32::try_from(epoch).map_err(|error| CentralError::damaged("share", error))?,
    })
}

impl Tx<'_> {
    /// The books of the nights; a night without rights and deficits has an empty one.
    ///
    /// # Errors
    /// Where a right contradicts itself, or the database fails.
    pub async fn books(
        &self,
        property: i32,
        nights: &[i32],
    ) -> Result<BTreeMap<Night, NightBook>, CentralError> {
        let mut rights: BTreeMap<Night, Vec<Held>> = BTreeMap::new();
        let sql = "SELECT night, room_type, desk, epoch, granted, consumed, returned FROM share
            WHERE property = $1 AND night = ANY($2)";
        for row in self.rows(sql, &[&property, &nights]).await? {
            let totals = Totals {
                granted: rooms(&row, 4)?,
                consumed: rooms(&row, 5)?,
                returned: rooms(&row, 6)?,
            };
            let right =
                Right::try_from(totals).map_err(|error| CentralError::damaged("share", error))?;
            let key = (parsed(&row, 1, "share")?, holder(&row, 2)?);
            rights
                .entry(night_at(&row, 0)?)
                .or_default()
                .push((key, right));
        }
        let mut deficits: BTreeMap<Night, Vec<(Pool, i64)>> = BTreeMap::new();
        let sql = "SELECT night, pool, rooms FROM deficit WHERE property = $1 AND night = ANY($2)";
        for row in self.rows(sql, &[&property, &nights]).await? {
            let owed = (parsed(&row, 1, "deficit")?, row.try_get(2)?);
            deficits.entry(night_at(&row, 0)?).or_default().push(owed);
        }
        let mut apart = self.apart(property, nights).await?;
        let mut books = BTreeMap::new();
        for day in nights {
            let night = super::rows::night(*day)?;
            let rights = rights.remove(&night).unwrap_or_default();
            let deficits = deficits.remove(&night).unwrap_or_default();
            let mut book = NightBook::kept(rights, deficits);
            for (code, rooms) in apart.remove(&night).unwrap_or_default() {
                book.keep_apart(code, rooms);
            }
            books.insert(night, book);
        }
        Ok(books)
    }

    /// Writes the rights of a night that differ from before, and, where it is known, how many unused
    /// rooms the desk should keep; `number` is how often something was granted.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn put_rights(
        &self,
        property: i32,
        changed: &[Changed],
        number: u64,
    ) -> Result<(), CentralError> {
        if changed.is_empty() {
            return Ok(());
        }
        let nights: Vec<i32> = changed.iter().map(|row| row.0.day_number()).collect();
        let codes: Vec<&str> = changed.iter().map(|row| row.1.as_str()).collect();
        let desks: Vec<Uuid> = changed.iter().map(|row| row.2.desk.0).collect();
        let epochs: Vec<i32> = changed
            .iter()
            .map(|row| i32::try_from(row.2.epoch).unwrap_or(i32::MAX))
            .collect();
        let column = |of: fn(Totals) -> u32| -> Vec<i64> {
            changed
                .iter()
                .map(|row| of(row.3.totals()).into())
                .collect()
        };
        let keep: Vec<i64> = changed
            .iter()
            .map(|row| row.4.map_or(KEEP_AS_IT_IS, i64::from))
            .collect();
        self.run(
            // Joined with what is there, this reads every right of the desk for each of the rows.
            "INSERT INTO share (property, night, room_type, desk, epoch, granted, consumed, returned,
                keep, changed)
             SELECT $1, r.night, r.code, r.desk, r.epoch, r.granted, r.consumed, r.returned, r.keep, $9
             FROM unnest($2::integer[], $3::text[], $4::uuid[], $5::integer[], $6::bigint[],
                $7::bigint[], $8::bigint[], $10::bigint[])
                AS r (night, code, desk, epoch, granted, consumed, returned, keep)
             ON CONFLICT (property, night, room_type, desk, epoch) DO UPDATE SET
                granted = excluded.granted, consumed = excluded.consumed, returned = excluded.returned,
                keep = CASE WHEN excluded.keep = $11 THEN share.keep ELSE excluded.keep END,
                changed = CASE WHEN share.granted = excluded.granted AND excluded.keep IN ($11, share.keep)
                    THEN share.changed ELSE excluded.changed END",
            &[
                &property,
                &nights,
                &codes,
                &desks,
                &epochs,
                &column(|totals| totals.granted),
                &column(|totals| totals.consumed),
                &column(|totals| totals.returned),
                &stored(number),
                &keep,
                &KEEP_AS_IT_IS,
            ],
        )
        .await?;
        Ok(())
    }

    /// Writes what a night owes now, and why.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn put_deficits(
        &self,
        property: i32,
        night: Night,
        book: &NightBook,
        entries: &[Entry],
        now: Instant,
    ) -> Result<(), CentralError> {
        let day = night.day_number();
        for entry in entries {
            let pool = entry.pool.to_string();
            let owed = book.deficit(entry.pool);
            let sql = "INSERT INTO deficit (property, night, pool, rooms) VALUES ($1, $2, $3, $4)
                ON CONFLICT (property, night, pool) DO UPDATE SET rooms = excluded.rooms";
            self.run(sql, &[&property, &day, &pool, &owed]).await?;
            let (cause, command, desk) = match entry.cause {
                Cause::Fact(id) => ("fact", Some(id.0), None),
                Cause::Limit(id) => ("limit", Some(id.0), None),
                Cause::LostDesk(desk) => ("lost_desk", None, Some(desk.0)),
                Cause::Restored(desk) => ("restored", None, Some(desk.0)),
                Cause::Freed => ("freed", None, None),
            };
            let sql =
                "INSERT INTO deficit_entry (property, night, pool, rooms, cause, command, desk, at)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
            let at = now.millis();
            self.run(
                sql,
                &[
                    &property,
                    &day,
                    &pool,
                    &entry.rooms,
                    &cause,
                    &command,
                    &desk,
                    &at,
                ],
            )
            .await?;
        }
        Ok(())
    }

    /// What is left of the rights of every type over the nights: the holder's own, and all others with
    /// what is kept apart.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn rights_left(
        &self,
        property: i32,
        nights: NightRange,
        own: Holder,
    ) -> Result<Vec<(RoomTypeCode, Night, Shares)>, CentralError> {
        let epoch = i32::try_from(own.epoch).unwrap_or(i32::MAX);
        let rows = self
            .rows(
                "SELECT room_type, night,
                    coalesce(sum(rooms) FILTER (WHERE own), 0)::integer,
                    coalesce(sum(rooms) FILTER (WHERE NOT own), 0)::integer
                 FROM (
                    SELECT room_type, night, granted - consumed - returned AS rooms,
                        desk = $4 AND epoch = $5 AS own
                    FROM share WHERE property = $1 AND night >= $2 AND night < $3
                        AND granted > consumed + returned
                    UNION ALL
                    SELECT room_type, night, rooms, false
                    FROM apart WHERE property = $1 AND night >= $2 AND night < $3
                 ) AS out_there
                 GROUP BY room_type, night",
                &[
                    &property,
                    &nights.from.day_number(),
                    &nights.to.day_number(),
                    &own.desk.0,
                    &epoch,
                ],
            )
            .await?;
        let mut found = Vec::new();
        for row in &rows {
            let shares = Shares {
                left: row.try_get(2)?,
                others: row.try_get(3)?,
            };
            found.push((parsed(row, 0, "share")?, night_at(row, 1)?, shares));
        }
        Ok(found)
    }

    /// The holder's grants that changed after the grants had come to the number, from the night on.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn grants_since(
        &self,
        property: i32,
        holder: Holder,
        number: u64,
        from: Night,
    ) -> Result<Vec<Grant>, CentralError> {
        let epoch = i32::try_from(holder.epoch).unwrap_or(i32::MAX);
        let rows = self
            .rows(
                "SELECT room_type, night, granted, keep FROM share
                 WHERE property = $1 AND desk = $2 AND epoch = $3 AND changed > $4 AND night >= $5
                 ORDER BY night, room_type",
                &[
                    &property,
                    &holder.desk.0,
                    &epoch,
                    &stored(number),
                    &from.day_number(),
                ],
            )
            .await?;
        let mut grants = Vec::new();
        for row in &rows {
            grants.push(Grant {
                room_type: parsed(row, 0, "share")?,
                night: night_at(row, 1)?,
                granted: rooms(row, 2)?,
                keep: rooms(row, 3)?,
            });
        }
        Ok(grants)
    }

    /// The holder's rights that come to anything: of all nights, or from one on.
    ///
    /// # Errors
    /// Where a right contradicts itself, or the database fails.
    pub async fn rights_of(
        &self,
        property: i32,
        holder: Holder,
        from: Option<Night>,
    ) -> Result<Vec<RightUse>, CentralError> {
        let epoch = i32::try_from(holder.epoch).unwrap_or(i32::MAX);
        let sql = "SELECT room_type, night, granted, consumed, returned FROM share
            WHERE property = $1 AND desk = $2 AND epoch = $3 AND night >= $4 AND granted > 0
            ORDER BY night, room_type";
        let from = from.map_or(i32::MIN, Night::day_number);
        let rows = self
            .rows(sql, &[&property, &holder.desk.0, &epoch, &from])
            .await?;
        let right = |row: &Row| {
            let totals = Totals {
                granted: rooms(row, 2)?,
                consumed: rooms(row, 3)?,
                returned: rooms(row, 4)?,
            };
            RightUse::new(parsed(row, 0, "share")?, night_at(row, 1)?, totals)
                .map_err(|error| CentralError::damaged("share", error))
        };
        rows.iter().map(right).collect()
    }

    /// Notes how far the grants had come before they went on.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn note_granted(&self, property: i32, before: Granted) -> Result<(), CentralError> {
        let sql = "INSERT INTO granted (property, number, chain) VALUES ($1, $2, $3)";
        let (number, chain) = (stored(before.number), before.chain.0.as_slice());
        self.run(sql, &[&property, &number, &chain]).await?;
        Ok(())
    }

    /// What the grants came to when they had come so far, where they went on since.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn granted_chain(
        &self,
        property: i32,
        number: u64,
    ) -> Result<Option<Hash>, CentralError> {
        let sql = "SELECT chain FROM granted WHERE property = $1 AND number = $2";
        let found = self.row(sql, &[&property, &stored(number)]).await?;
        found
            .map(|row| Ok(Hash(hash32(&row, 0, "granted")?)))
            .transpose()
    }

    /// The open nights from one on, at most so many.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn open_nights(
        &self,
        property: i32,
        from: Night,
        most: i32,
    ) -> Result<Vec<i32>, CentralError> {
        let sql =
            "SELECT DISTINCT night FROM cell WHERE property = $1 AND night >= $2 AND night < $3
            ORDER BY night";
        let (first, after) = (from.day_number(), from.plus(most).day_number());
        let rows = self.rows(sql, &[&property, &first, &after]).await?;
        rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
    }

    /// The nights on which the desk has rights left, of its epochs up to one.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn nights_with_rights(
        &self,
        property: i32,
        desk: DeskId,
        epoch: u32,
    ) -> Result<Vec<i32>, CentralError> {
        let epoch = i32::try_from(epoch).unwrap_or(i32::MAX);
        let sql =
            "SELECT DISTINCT night FROM share WHERE property = $1 AND desk = $2 AND epoch <= $3
            AND granted > consumed + returned ORDER BY night";
        let rows = self.rows(sql, &[&property, &desk.0, &epoch]).await?;
        rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
    }
}
