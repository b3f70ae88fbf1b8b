//! The grid's window of 40 types and 400 nights, store to bytes, beside a bare SELECT of its cells.

use std::time::Instant;

use keyrack_desk::api::{GridRequest, NewProperty, PropertyRoomType};
use keyrack_desk::{Desk, Options, property_file};
use rusqlite::Connection;
use uuid::Uuid;

use crate::Failure;
use crate::table::{Table, figure, millis, ms, percentile};

const TYPES: u32 = 40;
const NIGHTS: u32 = 400;
const SAMPLES: usize = 200;

/// Measures it.
pub fn measure(table: &mut Table) -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("grid.db");
    let new = forty_types()?;
    let (desk, _) = Desk::create(&Options::new(&file, "bench"), &new, None, Uuid::now_v7())?;
    let bare = Connection::open(&file)?;
    let request = GridRequest {
        from: new.business_date,
        nights: NIGHTS,
    };
    let (mut ours, mut twin) = (Vec::new(), Vec::new());
    for _ in 0..SAMPLES {
        let started = Instant::now();
        let bytes = desk.grid(&request)?;
        ours.push(started.elapsed());
        assert!(bytes.len() > 40 * 400 * 8 * 4, "the whole window was read");
        let started = Instant::now();
        let cells = select(&bare, new.business_date.day_number())?;
        twin.push(started.elapsed());
        assert_eq!(cells, u64::from(TYPES * NIGHTS));
    }
    let (ours, twin) = (percentile(&mut ours, 0.5), percentile(&mut twin, 0.5));
    let ratio = ours.as_secs_f64() / twin.as_secs_f64();
    figure("grid.window", millis(ours), "ms");
    figure("grid.ratio", ratio, "x");
    table.row(
        "grid window, 40 types x 400 nights, to bytes",
        format!("{}, {ratio:.2} x a bare SELECT ({})", ms(ours), ms(twin)),
    );
    Ok(())
}

fn forty_types() -> Result<NewProperty, Failure> {
    house_of(TYPES)
}

/// A house of so many types, ten rooms each.
pub fn house_of(types: u32) -> Result<NewProperty, Failure> {
    let mut new = property_file::read("samples/resort_hotel.toml".as_ref())?;
    new.room_types = (0..types)
        .map(|at| {
            Ok(PropertyRoomType {
                code: format!("T{at}").parse()?,
                name: format!("Type {at}").parse()?,
                rank: None,
                rooms: 10,
                overbooking: Some(1),
            })
        })
        .collect::<Result<_, Failure>>()?;
    Ok(new)
}

/// Every count of every cell of the window, read by one plain statement.
pub fn select(bare: &Connection, from: i32) -> Result<u64, Failure> {
    let mut statement = bare.prepare_cached(
        "SELECT night, physical, out_of_order, sold, held, blocked, overbooking, version FROM cell
         WHERE room_type IN (SELECT code FROM room_type) AND night >= ?1 AND night < ?2",
    )?;
    let to = from + i32::try_from(NIGHTS)?;
    let mut rows = statement.query([from, to])?;
    let (mut cells, mut sum) = (0, 0_i64);
    while let Some(row) = rows.next()? {
        for column in 0..8 {
            sum += row.get::<_, i64>(column)?;
        }
        cells += 1;
    }
    assert!(sum > 0, "cells have counts");
    Ok(cells)
}
