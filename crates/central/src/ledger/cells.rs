//! Cells and the limits of the house.

use keyrack_inventory::share::Counts;
use keyrack_inventory::{Cell, HouseLimit, Night, NightRange, Restrictions, RoomTypeCode};
use std::collections::BTreeMap;
use tokio_postgres::Row;

use super::Tx;
use super::rows::{night_at, parsed};
use crate::error::CentralError;

fn restrictions(row: &Row, at: usize) -> Result<Restrictions, CentralError> {
    let bits: i64 = row.try_get(at)?;
    let bits = u32::try_from(bits).map_err(|error| CentralError::damaged("cell", error))?;
    Ok(Restrictions::from_bits(bits))
}

pub(super) fn cell(row: &Row, at: usize) -> Result<Cell, CentralError> {
    Ok(Cell {
        physical: row.try_get(at)?,
        out_of_order: row.try_get(at + 1)?,
        sold: row.try_get(at + 2)?,
        held: row.try_get(at + 3)?,
        blocked: row.try_get(at + 4)?,
        overbooking: row.try_get(at + 5)?,
        restrictions: restrictions(row, at + 6)?,
        version: row.try_get(at + 7)?,
    })
}

pub(super) fn house_limit(row: &Row) -> Result<(Night, HouseLimit), CentralError> {
    let limit = HouseLimit {
        overbooking: row.try_get(1)?,
        restrictions: restrictions(row, 2)?,
        version: row.try_get(3)?,
    };
    Ok((night_at(row, 0)?, limit))
}

/// The domain's moves are sound; counts that another program changed are not.
///
/// # Errors
/// Where the cell has a count that cannot be.
pub fn sound(code: RoomTypeCode, night: Night, cell: &Cell) -> Result<(), CentralError> {
    match cell.is_sound() {
        true => Ok(()),
        false => {
            let why = format!("cell {code} {night} would be {cell:?}");
            Err(CentralError::Unstorable(why))
        }
    }
}

impl Tx<'_> {
    /// The open cells of a type.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn cells(
        &self,
        property: i32,
        code: RoomTypeCode,
        nights: NightRange,
    ) -> Result<Vec<(Night, Cell)>, CentralError> {
        let sql =
            "SELECT night, physical, out_of_order, sold, held, blocked, overbooking, restrictions,
                version
            FROM cell WHERE property = $1 AND room_type = $2 AND night >= $3 AND night < $4";
        let (from, to) = (nights.from.day_number(), nights.to.day_number());
        let rows = self
            .rows(sql, &[&property, &code.as_str(), &from, &to])
            .await?;
        rows.iter()
            .map(|row| Ok((night_at(row, 0)?, cell(row, 1)?)))
            .collect()
    }

    /// The limits of the house.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn house_limits(
        &self,
        property: i32,
        nights: NightRange,
    ) -> Result<Vec<(Night, HouseLimit)>, CentralError> {
        let sql = "SELECT night, overbooking, restrictions, version FROM house_limit
            WHERE property = $1 AND night >= $2 AND night < $3";
        let (from, to) = (nights.from.day_number(), nights.to.day_number());
        let rows = self.rows(sql, &[&property, &from, &to]).await?;
        rows.iter().map(house_limit).collect()
    }

    /// What is counted on each of the nights: every open type, and the house.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn counts(
        &self,
        property: i32,
        nights: &[i32],
    ) -> Result<BTreeMap<Night, Counts>, CentralError> {
        let mut counts: BTreeMap<Night, Counts> = BTreeMap::new();
        let sql =
            "SELECT night, room_type, physical, out_of_order, sold, held, blocked, overbooking,
                restrictions, version
            FROM cell WHERE property = $1 AND night = ANY($2)";
        for row in self.rows(sql, &[&property, &nights]).await? {
            let code: RoomTypeCode = parsed(&row, 1, "cell")?;
            counts
                .entry(night_at(&row, 0)?)
                .or_default()
                .cells
                .insert(code, cell(&row, 2)?);
        }
        let sql = "SELECT night, overbooking, restrictions, version FROM house_limit
            WHERE property = $1 AND night = ANY($2)";
        for row in self.rows(sql, &[&property, &nights]).await? {
            let (night, limit) = house_limit(&row)?;
            counts.entry(night).or_default().house = Some(limit);
        }
        Ok(counts)
    }

    /// Writes cells as they are now.
    ///
    /// # Errors
    /// Where a count cannot be, or the database fails.
    pub async fn put_cells(
        &self,
        property: i32,
        cells: &[(RoomTypeCode, Night, Cell)],
    ) -> Result<(), CentralError> {
        if cells.is_empty() {
            return Ok(());
        }
        for (code, night, cell) in cells {
            sound(*code, *night, cell)?;
        }
        let codes: Vec<&str> = cells.iter().map(|(code, _, _)| code.as_str()).collect();
        let column = |of: fn(&Cell) -> i32| -> Vec<i32> {
            cells.iter().map(|(_, _, cell)| of(cell)).collect()
        };
        let nights: Vec<i32> = cells
            .iter()
            .map(|(_, night, _)| night.day_number())
            .collect();
        let bits: Vec<i64> = cells
            .iter()
            .map(|(_, _, cell)| cell.restrictions.bits().into())
            .collect();
        let versions: Vec<i64> = cells.iter().map(|(_, _, cell)| cell.version).collect();
        self.run(
            "INSERT INTO cell (property, room_type, night, physical, out_of_order, sold, held, blocked,
                overbooking, restrictions, version)
             SELECT $1, * FROM unnest($2::text[], $3::integer[], $4::integer[], $5::integer[],
                $6::integer[], $7::integer[], $8::integer[], $9::integer[], $10::bigint[], $11::bigint[])
             ON CONFLICT (property, room_type, night) DO UPDATE SET physical = excluded.physical,
                out_of_order = excluded.out_of_order, sold = excluded.sold, held = excluded.held,
                blocked = excluded.blocked, overbooking = excluded.overbooking,
                restrictions = excluded.restrictions, version = excluded.version",
            &[
                &property,
                &codes,
                &nights,
                &column(|cell| cell.physical),
                &column(|cell| cell.out_of_order),
                &column(|cell| cell.sold),
                &column(|cell| cell.held),
                &column(|cell| cell.blocked),
                &column(|cell| cell.overbooking),
                &bits,
                &versions,
            ],
        )
        .await?;
        Ok(())
    }

    /// Writes limits of the house as they are now.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn put_house_limits(
        &self,
        property: i32,
        limits: &[(Night, HouseLimit)],
    ) -> Result<(), CentralError> {
        if limits.is_empty() {
            return Ok(());
        }
        let nights: Vec<i32> = limits.iter().map(|(night, _)| night.day_number()).collect();
        let rooms: Vec<Option<i32>> = limits.iter().map(|(_, limit)| limit.overbooking).collect();
        let bits: Vec<i64> = limits
            .iter()
            .map(|(_, limit)| limit.restrictions.bits().into())
            .collect();
        let versions: Vec<i64> = limits.iter().map(|(_, limit)| limit.version).collect();
        self.run(
            "INSERT INTO house_limit (property, night, overbooking, restrictions, version)
             SELECT $1, * FROM unnest($2::integer[], $3::integer[], $4::bigint[], $5::bigint[])
             ON CONFLICT (property, night) DO UPDATE SET overbooking = excluded.overbooking,
                restrictions = excluded.restrictions, version = excluded.version",
            &[&property, &nights, &rooms, &bits, &versions],
        )
        .await?;
        Ok(())
    }
}
