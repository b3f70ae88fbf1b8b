//! Everything of a property that is folded from its feed, as the tables have it.

use std::collections::BTreeMap;

use keyrack_inventory::model::{Hold, Outage, Reservation};
use keyrack_inventory::{
    Allotment, AllotmentId, Cell, HoldId, HouseLimit, Night, OutageId, ReservationId, RoomTypeCode,
};
use serde::de::DeserializeOwned;

use super::Tx;
use super::cells::{cell, house_limit};
use super::rows::{doc, night_at, parsed, stored};
use crate::error::CentralError;

/// What the tables hold.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Whole {
    /// Cells.
    pub cells: BTreeMap<(RoomTypeCode, Night), Cell>,
    /// Limits of the house.
    pub limits: BTreeMap<Night, HouseLimit>,
    /// Reservations.
    pub reservations: BTreeMap<ReservationId, Reservation>,
    /// Holds.
    pub holds: BTreeMap<HoldId, Hold>,
    /// Outages.
    pub outages: BTreeMap<OutageId, Outage>,
    /// Allotments.
    pub allotments: BTreeMap<AllotmentId, Allotment>,
}

impl Tx<'_> {
    /// What the tables hold.
    ///
    /// # Errors
    /// Where a row cannot be read, or the database fails.
    pub async fn whole(&self, property: i32) -> Result<Whole, CentralError> {
        let mut whole = Whole::default();
        let sql =
            "SELECT room_type, night, physical, out_of_order, sold, held, blocked, overbooking,
                restrictions, version
            FROM cell WHERE property = $1";
        for row in self.rows(sql, &[&property]).await? {
            whole.cells.insert(
                (parsed(&row, 0, "cell")?, night_at(&row, 1)?),
                cell(&row, 2)?,
            );
        }
        let sql =
            "SELECT night, overbooking, restrictions, version FROM house_limit WHERE property = $1";
        for row in self.rows(sql, &[&property]).await? {
            whole.limits.extend([house_limit(&row)?]);
        }
        let reservations: Vec<Reservation> = self
            .docs("SELECT doc FROM reservation WHERE property = $1", property)
            .await?;
        whole.reservations = reservations
            .into_iter()
            .map(|found| (found.id, found))
            .collect();
        let holds: Vec<Hold> = self
            .docs("SELECT doc FROM hold WHERE property = $1", property)
            .await?;
        whole.holds = holds.into_iter().map(|found| (found.id, found)).collect();
        let outages: Vec<Outage> = self
            .docs("SELECT doc FROM outage WHERE property = $1", property)
            .await?;
        whole.outages = outages.into_iter().map(|found| (found.id, found)).collect();
        let allotments: Vec<Allotment> = self
            .docs("SELECT doc FROM allotment WHERE property = $1", property)
            .await?;
        whole.allotments = allotments
            .into_iter()
            .map(|found| (found.id, found))
            .collect();
        Ok(whole)
    }

    async fn docs<T: DeserializeOwned>(
        &self,
        sql: &str,
        property: i32,
    ) -> Result<Vec<T>, CentralError> {
        let rows = self.rows(sql, &[&property]).await?;
        rows.iter().map(|row| doc(row, 0)).collect()
    }

    /// Cells whose rooms sold are not those of the stays, added up without the fold.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn cells_that_miscount(&self, property: i32) -> Result<Vec<String>, CentralError> {
        let rows = self
            .rows(
                "WITH taking AS (
                    SELECT reservation, stay, room_type, arrival, leaves_on FROM stay
                    WHERE property = $1
                      AND status IN ('tentative', 'confirmed', 'checked_in', 'checked_out')
                      AND NOT (status = 'tentative' AND takes_none)
                 ), nights AS (
                    SELECT coalesce(m.room_type, t.room_type) AS room_type, n.night
                    FROM taking AS t
                    CROSS JOIN LATERAL generate_series(t.arrival, t.leaves_on - 1) AS n (night)
                    LEFT JOIN moved_night AS m ON m.property = $1 AND m.reservation = t.reservation
                        AND m.stay = t.stay AND m.night = n.night
                 ), sums AS (SELECT room_type, night, count(*) AS sold FROM nights GROUP BY 1, 2)
                 SELECT c.room_type || ' on ' || (DATE '1970-01-01' + c.night)
                 FROM cell AS c LEFT JOIN sums AS s USING (room_type, night)
                 WHERE c.property = $1 AND c.sold <> coalesce(s.sold, 0) ORDER BY 1",
                &[&property],
            )
            .await?;
        rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
    }

    /// Numbers of the feed up to its head that have no entry.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn missing_entries(&self, property: i32, head: u64) -> Result<u64, CentralError> {
        let sql = "SELECT $2 - count(*) FROM entry WHERE property = $1 AND number BETWEEN 1 AND $2";
        let row = self.row(sql, &[&property, &stored(head)]).await?;
        let missing: i64 = row.map_or(Ok(0), |row| row.try_get(0))?;
        Ok(u64::try_from(missing).unwrap_or(0))
    }

    /// Nights on which something is promised, owed or granted.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn booked_nights(&self, property: i32) -> Result<Vec<i32>, CentralError> {
        let sql = "SELECT night FROM share WHERE property = $1
            UNION SELECT night FROM deficit WHERE property = $1 ORDER BY 1";
        let rows = self.rows(sql, &[&property]).await?;
        rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
    }

    /// Deficits that are not the sum of their entries: each its pool and night, what is stored and what its entries come to.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn unexplained_deficits(&self, property: i32) -> Result<Vec<String>, CentralError> {
        let rows = self
            .rows(
                "SELECT pool || ' on ' || (DATE '1970-01-01' + night) || ': ' || coalesce(d.rooms, 0)
                    || ' rooms are stored, its entries come to ' || coalesce(e.rooms, 0)
                 FROM (SELECT night, pool, rooms FROM deficit WHERE property = $1) AS d
                 FULL JOIN (SELECT night, pool, sum(rooms) AS rooms FROM deficit_entry
                    WHERE property = $1 GROUP BY 1, 2) AS e USING (night, pool)
                 WHERE coalesce(d.rooms, 0) <> coalesce(e.rooms, 0) ORDER BY 1",
                &[&property],
            )
            .await?;
        rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
    }

    /// Writes the deficits anew as the sums of their entries. A sum below nothing is no deficit: there entries are missing.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn sum_deficits(&self, property: i32) -> Result<(), CentralError> {
        let sql = "DELETE FROM deficit WHERE property = $1";
        self.run(sql, &[&property]).await?;
        let sql = "INSERT INTO deficit (property, night, pool, rooms)
            SELECT $1, night, pool, sum(rooms)::bigint FROM deficit_entry WHERE property = $1
            GROUP BY night, pool HAVING sum(rooms) > 0";
        self.run(sql, &[&property]).await?;
        Ok(())
    }
}
