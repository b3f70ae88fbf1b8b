//! Lists for other programs: from one row on, at most so many.

use keyrack_inventory::model::{Hold, Reservation};
use keyrack_inventory::{Allotment, Cell, Instant, Night, NightRange, RoomTypeCode};
use uuid::Uuid;

use super::Tx;
use super::cells::cell;
use super::rows::{count, doc, night_at, parsed, stored};
use crate::error::CentralError;

/// A row of the trail, as it is told.
#[derive(Clone, Debug)]
pub struct TrailLine {
    /// Its number.
    pub seq: u64,
    /// When, by the centre's clock.
    pub at: Instant,
    /// The desk's letters; empty where it was done at the centre.
    pub desk: String,
    /// Who.
    pub actor: String,
    /// What.
    pub what: String,
    /// Whether it was accepted.
    pub accepted: bool,
    /// The entry of the feed.
    pub number: Option<u64>,
    /// Its hash.
    pub hash: Vec<u8>,
}

impl Tx<'_> {
    /// The open cells of every type over the nights, with what is out in shares.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn grid(
        &self,
        property: i32,
        nights: NightRange,
    ) -> Result<Vec<(Night, RoomTypeCode, Cell, i64)>, CentralError> {
        let rows = self
            .rows(
                "SELECT c.night, c.room_type, c.physical, c.out_of_order, c.sold, c.held, c.blocked,
                    c.overbooking, c.restrictions, c.version,
                    coalesce((SELECT sum(s.granted - s.consumed - s.returned)::bigint FROM share AS s
                        WHERE s.property = c.property AND s.night = c.night
                          AND s.room_type = c.room_type), 0)
                 FROM cell AS c WHERE c.property = $1 AND c.night >= $2 AND c.night < $3
                 ORDER BY c.night, c.room_type",
                &[&property, &nights.from.day_number(), &nights.to.day_number()],
            )
            .await?;
        let mut found = Vec::new();
        for row in &rows {
            let code = parsed(row, 1, "cell")?;
            found.push((night_at(row, 0)?, code, cell(row, 2)?, row.try_get(10)?));
        }
        Ok(found)
    }

    /// Reservations in the order in which they were made, after one of them.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn reservations_after(
        &self,
        property: i32,
        (made, id): (i64, Uuid),
        most: i64,
    ) -> Result<Vec<Reservation>, CentralError> {
        let sql = "SELECT doc FROM reservation WHERE property = $1 AND (created_at, id) > ($2, $3)
            ORDER BY created_at, id LIMIT $4";
        let rows = self.rows(sql, &[&property, &made, &id, &most]).await?;
        rows.iter().map(|row| doc(row, 0)).collect()
    }

    /// Holds in the order of their ids, after one of them.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn holds_after(
        &self,
        property: i32,
        after: Uuid,
        most: i64,
    ) -> Result<Vec<Hold>, CentralError> {
        let sql = "SELECT doc FROM hold WHERE property = $1 AND id > $2 ORDER BY id LIMIT $3";
        let rows = self.rows(sql, &[&property, &after, &most]).await?;
        rows.iter().map(|row| doc(row, 0)).collect()
    }

    /// Allotments in the order of their ids, after one of them.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn allotments_after(
        &self,
        property: i32,
        after: Uuid,
        most: i64,
    ) -> Result<Vec<Allotment>, CentralError> {
        let sql = "SELECT doc FROM allotment WHERE property = $1 AND id > $2 ORDER BY id LIMIT $3";
        let rows = self.rows(sql, &[&property, &after, &most]).await?;
        rows.iter().map(|row| doc(row, 0)).collect()
    }

    /// Rows of the trail after the number.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn trail_lines(
        &self,
        property: i32,
        after: u64,
        most: i64,
    ) -> Result<Vec<TrailLine>, CentralError> {
        let sql = "SELECT seq, at, desk, actor, what, accepted, number, hash FROM audit
            WHERE property = $1 AND seq > $2 ORDER BY seq LIMIT $3";
        let rows = self.rows(sql, &[&property, &stored(after), &most]).await?;
        let mut lines = Vec::new();
        for row in &rows {
            let number: Option<i64> = row.try_get(6)?;
            lines.push(TrailLine {
                seq: count(row, 0)?,
                at: Instant::from_millis(row.try_get(1)?),
                desk: row.try_get(2)?,
                actor: row.try_get(3)?,
                what: row.try_get(4)?,
                accepted: row.try_get(5)?,
                number: number.and_then(|number| u64::try_from(number).ok()),
                hash: row.try_get(7)?,
            });
        }
        Ok(lines)
    }
}
