//! A large file: ten years, 40 types, 500,000 reservations. What was fast on a small file is as fast on
//! it. Making it takes minutes, so it is measured only where it is named, and kept under build/big.

mod decade;

use std::path::Path;
use std::time::{Duration, Instant as Timer};

use keyrack_desk::api::{CellRequest, DaySheetRequest, FindRequest, GridRequest};
use keyrack_desk::{Desk, Options};
use keyrack_inventory::{Instant, Night, Pool, StayStatus};
use keyrack_store::{ReservationFilter, ReservationSort};
use rusqlite::Connection;

use crate::table::{Table, figure, millis, ms, percentile};
use crate::twin::{Reader, Twin};
use crate::{Failure, grid, reserve};
use decade::{Decade, RESERVATIONS, TYPES, code};

const SAMPLES: usize = 900;
const TURNS: usize = 15;
const WARM_UP: usize = 100;

/// Measures it.
pub fn measure(table: &mut Table) -> Result<(), Failure> {
    let decade = decade::lived(Path::new("build/big"))?;
    let desk = Desk::open(&Options::new(&decade.ten, "bench"))?;
    let property = desk.property()?;
    let bytes = std::fs::metadata(&decade.ten)?.len();
    table.row(
        "the file",
        format!(
            "{RESERVATIONS} reservations, {} events, {} MB",
            property.head,
            bytes >> 20
        ),
    );
    let today = property.business_date;
    explain(table, &desk, today)?;
    lists(table, &desk, today)?;
    window(table, &decade, &desk, today)?;
    search(table, &desk)?;
    start(table, &decade)?;
    drop(desk);
    reserving(table, &decade)
}

/// Measures reservations on it alone.
pub fn measure_reserving(table: &mut Table) -> Result<(), Failure> {
    reserving(table, &decade::lived(Path::new("build/big"))?)
}

fn timed<T>(
    samples: usize,
    mut once: impl FnMut(usize) -> Result<T, Failure>,
) -> Result<Vec<Duration>, Failure> {
    let mut times = Vec::with_capacity(samples);
    for at in 0..samples {
        let started = Timer::now();
        once(at)?;
        times.push(started.elapsed());
    }
    Ok(times)
}

fn both(times: &mut [Duration]) -> (String, Duration) {
    let (half, most) = (percentile(times, 0.5), percentile(times, 0.99));
    (format!("p50 {}, p99 {}", ms(half), ms(most)), most)
}

fn explain(table: &mut Table, desk: &Desk, today: Night) -> Result<(), Failure> {
    let request = |at: usize| -> Result<CellRequest, Failure> {
        let at = u64::try_from(at)?;
        Ok(CellRequest {
            room_type: Pool::RoomType(code(at * 7 % TYPES)),
            night: today.plus(i32::try_from(at * 37 % 400)? - 340),
        })
    };
    let mut times = timed(400, |at| Ok(desk.cell(&request(at)?)?))?;
    let (words, most) = both(&mut times);
    figure("big.explain", millis(most), "ms");
    table.row("explain a cell", words);
    // Half of the instants lie before some of the cell's changes.
    let instant = |at: usize| -> Result<Instant, Failure> {
        let day = i64::from(today.day_number()) - i64::try_from(at * 53 % 500)?;
        Ok(Instant::from_millis(day * 86_400_000 + 43_200_000))
    };
    let mut times = timed(400, |at| Ok(desk.cell_at(&request(at)?, instant(at)?)?))?;
    let (words, most) = both(&mut times);
    figure("big.explain_at_an_instant", millis(most), "ms");
    table.row("explain a cell at an instant", words);
    let house = |at: usize| -> Result<CellRequest, Failure> {
        Ok(CellRequest {
            room_type: Pool::House,
            ..request(at)?
        })
    };
    let mut times = timed(60, |at| Ok(desk.cell(&house(at)?)?))?;
    table.row("explain the house", both(&mut times).0);
    let mut times = timed(30, |at| Ok(desk.cell_at(&house(at)?, instant(at)?)?))?;
    table.row("explain the house at an instant", both(&mut times).0);
    let sheet = |at: usize| -> Result<DaySheetRequest, Failure> {
        Ok(DaySheetRequest {
            night: house(at)?.night,
        })
    };
    let mut times = timed(60, |at| Ok(desk.day_sheet(&sheet(at)?)?))?;
    table.row("a day's sheet", both(&mut times).0);
    Ok(())
}

fn lists(table: &mut Table, desk: &Desk, today: Night) -> Result<(), Failure> {
    let page = ReservationFilter {
        limit: 50,
        ..ReservationFilter::default()
    };
    let by = |sort| ReservationFilter {
        sort,
        ..page.clone()
    };
    let week = ReservationFilter {
        from: Some(today.plus(-700)),
        to: Some(today.plus(-693)),
        ..page.clone()
    };
    let of = |sort, filter: &ReservationFilter| ReservationFilter {
        sort,
        ..filter.clone()
    };
    let asked = [
        ("newest", by(ReservationSort::Newest)),
        ("highest value", by(ReservationSort::HighestValue)),
        ("by arrival", by(ReservationSort::Arrival)),
        ("a week two years ago, newest", week.clone()),
        ("... by arrival", of(ReservationSort::Arrival, &week)),
        (
            "... highest value",
            of(ReservationSort::HighestValue, &week),
        ),
        (
            "arriving today",
            ReservationFilter {
                arriving: Some(today),
                ..page.clone()
            },
        ),
        (
            "in house, highest value",
            ReservationFilter {
                in_house: true,
                sort: ReservationSort::HighestValue,
                ..page.clone()
            },
        ),
        (
            "cancelled, of 1,000.00 and more",
            ReservationFilter {
                status: Some(StayStatus::Cancelled),
                min_total: Some(100_000),
                ..page.clone()
            },
        ),
    ];
    for (name, filter) in asked {
        let mut times = timed(40, |_| Ok(desk.reservations(&filter)?))?;
        table.row(&format!("50 reservations: {name}"), both(&mut times).0);
    }
    let mut filter = ReservationFilter {
        limit: 1_000,
        ..page
    };
    let mut times = timed(20, |_| Ok(desk.reservations(&filter)?))?;
    table.row("1,000 reservations: newest", both(&mut times).0);
    // Far behind the first page a page costs what the first one costs.
    for _ in 0..50 {
        filter.cursor = desk.reservations(&filter)?.1;
    }
    filter.cursor = desk.reservations(&filter)?.1;
    let mut times = timed(20, |_| Ok(desk.reservations(&filter)?))?;
    table.row("1,000 reservations: behind 51,000", both(&mut times).0);
    Ok(())
}

fn window(table: &mut Table, decade: &Decade, desk: &Desk, today: Night) -> Result<(), Failure> {
    let request = GridRequest {
        from: today.plus(-200),
        nights: 400,
    };
    let bare = Connection::open(&decade.ten)?;
    let (mut ours, mut twin) = (Vec::new(), Vec::new());
    for _ in 0..100 {
        ours.extend(timed(1, |_| Ok(desk.grid(&request)?))?);
        twin.extend(timed(1, |_| {
            grid::select(&bare, request.from.day_number())
        })?);
    }
    let (ours, twin) = (percentile(&mut ours, 0.5), percentile(&mut twin, 0.5));
    figure("big.window", millis(ours), "ms");
    table.row("availability, 40 types x 400 nights, to bytes", ms(ours));
    // Arrivals, departures and who is in house are read beside the cells here.
    let ratio = ours.as_secs_f64() / twin.as_secs_f64();
    let words = format!("{ratio:.2} x ({} / {})", ms(ours), ms(twin));
    table.row("... beside a bare SELECT of the cells", words);
    Ok(())
}

fn search(table: &mut Table, desk: &Desk) -> Result<(), Failure> {
    for (name, text) in [
        ("a name", "bado"),
        ("a rare name", "kelamo rasufi"),
        ("a number", "A250000"),
    ] {
        let request = FindRequest {
            text: text.to_owned(),
            limit: 50,
        };
        let mut times = timed(15, |_| Ok(desk.find_reservations(&request)?))?;
        let (words, most) = both(&mut times);
        figure("big.search", millis(most), "ms");
        table.row(&format!("search 500,000 by {name}"), words);
    }
    Ok(())
}

fn start(table: &mut Table, decade: &Decade) -> Result<(), Failure> {
    let mut times = timed(40, |_| {
        let desk = Desk::open(&Options::new(&decade.ten, "bench"))?;
        let from = desk.property()?.business_date;
        Ok(desk.grid(&GridRequest { from, nights: 60 })?)
    })?;
    table.row(
        "open the file, to the first grid's bytes",
        both(&mut times).0,
    );
    Ok(())
}

/// A booking on ten years of history beside one on a single year, and beside bare rows: in turns, on
/// copies, so that whatever else the machine does meets all of them alike.
fn reserving(table: &mut Table, decade: &Decade) -> Result<(), Failure> {
    // The twin's copy has the schema of today too.
    drop(Desk::open(&Options::new(&decade.ten, "bench"))?);
    let folder = tempfile::tempdir_in("build/big")?;
    let copy = |from: &Path, name: &str| -> Result<std::path::PathBuf, Failure> {
        let to = folder.path().join(name);
        std::fs::copy(from, &to)?;
        Ok(to)
    };
    let files = [
        copy(&decade.ten, "ten.db")?,
        copy(&decade.five, "five.db")?,
        copy(&decade.one, "one.db")?,
    ];
    let mut desks = Vec::new();
    let mut first = Vec::new();
    for file in &files {
        let desk = Desk::open(&Options::new(file, "bench"))?;
        first.push(desk.property()?.business_date);
        desks.push(desk);
    }
    let booking = |which: usize, at: usize| -> Result<(), Failure> {
        let code = code(u64::try_from(at)? % TYPES);
        // Far enough ahead that there are rooms.
        let arrival = first[which].plus(100 + i32::try_from(at % 300 * 3)?);
        let answer = desks[which].execute(&reserve::booking_of(code, arrival, at))?;
        assert!(answer.repeated.is_none(), "every booking is a new one");
        Ok(())
    };
    for at in 0..WARM_UP {
        for which in 0..desks.len() {
            booking(which, at)?;
        }
    }
    let mut twin = Twin::of_copy(&copy(&decade.ten, "twin.db")?)?;
    let (mut ten, mut five, mut one) = (Vec::new(), Vec::new(), Vec::new());
    let mut bare = Vec::new();
    let reader = Reader::of(&files[0])?;
    for row in reader.written_since(reader.last_command()? - i64::try_from(WARM_UP)?)? {
        twin.write(std::iter::once(&row))?;
    }
    for turn in 0..TURNS {
        let before = reader.last_command()?;
        let each = SAMPLES / TURNS;
        let first = WARM_UP + turn * each;
        ten.extend(timed(each, |at| booking(0, first + at))?);
        five.extend(timed(each, |at| booking(1, first + at))?);
        one.extend(timed(each, |at| booking(2, first + at))?);
        for row in reader.written_since(before)? {
            bare.extend(timed(1, |_| twin.write(std::iter::once(&row)))?);
        }
    }
    let (words, ten_99) = both(&mut ten);
    let (ten_50, five_50, one_50) = (
        percentile(&mut ten, 0.5),
        percentile(&mut five, 0.5),
        percentile(&mut one, 0.5),
    );
    let (bare_50, bare_99) = (percentile(&mut bare, 0.5), percentile(&mut bare, 0.99));
    let beside = |other: Duration| ten_50.as_secs_f64() / other.as_secs_f64();
    figure("big.reserve_10_years", millis(ten_50), "ms");
    figure("big.reserve_10_years_p99", millis(ten_99), "ms");
    figure("big.reserve_ratio", beside(bare_50), "x");
    figure("big.reserve_5_years", millis(five_50), "ms");
    figure("big.reserve_1_year", millis(one_50), "ms");
    figure("big.growth", beside(one_50), "x");
    table.row("reserve 3 nights at ten years", words);
    table.row(
        "... beside bare rows",
        format!(
            "{:.2} x (bare p50 {}, p99 {})",
            beside(bare_50),
            ms(bare_50),
            ms(bare_99)
        ),
    );
    table.row("... at five years", ms(five_50));
    table.row(
        "... beside one year",
        format!("{:.2} x (one year {})", beside(one_50), ms(one_50)),
    );
    Ok(())
}
