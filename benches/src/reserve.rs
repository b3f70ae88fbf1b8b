//! A reservation of three nights, durable, beside a bare transaction that writes the same rows.

use std::path::Path;
use std::time::Instant;

use keyrack_desk::api::{Command, CommandRequest, Guest, NewReservation, StayRequest};
use keyrack_desk::{Desk, Options, property_file};
use keyrack_inventory::{Night, RoomTypeCode};
use uuid::Uuid;

use crate::Failure;
use crate::table::{Table, figure, millis, ms, percentile};
use crate::twin::{Reader, Twin};

const WARM_UP: usize = 100;
const SAMPLES: usize = 1_500;
/// How often ours and the twin take turns.
const TURNS: usize = 15;

/// Measures it.
pub fn measure(table: &mut Table) -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("ours.db");
    let new = property_file::read("samples/resort_hotel.toml".as_ref())?;
    let options = Options::new(&file, "bench");
    let (desk, _) = Desk::create(&options, &new, None, Uuid::now_v7())?;
    for at in 0..WARM_UP {
        desk.execute(&booking(new.business_date, at)?)?;
    }
    let booking = |at| booking(new.business_date, WARM_UP + at);
    let names = ["reserve.ratio", "reserve.p50", "reserve.p99"];
    beside_the_twin(table, &desk, folder.path(), names, &booking)
}

/// Bookings at a desk beside the same rows written by a bare twin, in the folder. At a desk with a centre the twin syncs a
/// counter too. The names are those of the figures: ratio, p50 and p99.
pub fn beside_the_twin(
    table: &mut Table,
    desk: &Desk,
    folder: &Path,
    names: [&str; 3],
    booking: &dyn Fn(usize) -> Result<CommandRequest, Failure>,
) -> Result<(), Failure> {
    let file = desk.path();
    let is_enrolled = desk.centre_status()?.is_some();
    let mut twin = Twin::copy_of(file, &folder.join("twin.db"))?;
    let beside = folder.join("twin.db-counter");
    let (mut times, mut bare) = (Vec::new(), Vec::new());
    // In turns, so that whatever else the machine does meets both alike.
    for turn in 0..TURNS {
        let reader = Reader::of(file)?;
        let before = reader.last_command()?;
        for at in 0..SAMPLES / TURNS {
            let request = booking(turn * SAMPLES / TURNS + at)?;
            let started = Instant::now();
            let answer = desk.execute(&request)?;
            times.push(started.elapsed());
            assert!(
                answer.repeated.is_none(),
                "every booking of the bench is a new one"
            );
        }
        let written = reader.written_since(before)?;
        assert_eq!(written.len(), SAMPLES / TURNS, "each booking was written");
        for row in &written {
            let started = Instant::now();
            match is_enrolled {
                true => twin.write_and_count(row, &beside)?,
                false => twin.write(std::iter::once(row))?,
            }
            bare.push(started.elapsed());
        }
    }
    let (ours_50, ours_99) = (percentile(&mut times, 0.5), percentile(&mut times, 0.99));
    let (bare_50, bare_99) = (percentile(&mut bare, 0.5), percentile(&mut bare, 0.99));
    let ratio = ours_50.as_secs_f64() / bare_50.as_secs_f64();
    figure(names[0], ratio, "x");
    figure(names[1], millis(ours_50), "ms");
    figure(names[2], millis(ours_99), "ms");
    table.row(
        match is_enrolled {
            true => "reserve 3 nights at a desk with a centre, durable",
            false => "reserve 3 nights, durable",
        },
        format!(
            "{ratio:.2} x bare rows; p50 {}, p99 {} (bare {}, {})",
            ms(ours_50),
            ms(ours_99),
            ms(bare_50),
            ms(bare_99)
        ),
    );
    Ok(())
}

fn booking(from: Night, at: usize) -> Result<CommandRequest, Failure> {
    let arrival = from.plus(i32::try_from(at % 300 * 3)?);
    let code = if at.is_multiple_of(2) { "A" } else { "D" };
    Ok(booking_of(code.parse()?, arrival, at))
}

/// A booking of three nights.
pub fn booking_of(room_type: RoomTypeCode, arrival: Night, at: usize) -> CommandRequest {
    CommandRequest {
        command_id: Uuid::now_v7(),
        if_version: None,
        override_reason: None,
        command: Command::Reserve(NewReservation::new(
            vec![StayRequest {
                room_type,
                arrival,
                departure: arrival.plus(3),
                rooms: 1,
            }],
            Guest {
                name: format!("Guest {at}"),
                phone: None,
                email: None,
            },
        )),
    }
}
