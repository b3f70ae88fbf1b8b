//! A centre on loopback, with a PostgreSQL of its own that is as durable as in a hotel: 10,000 commands that go up, a
//! new desk that joins a large house, and a sale at one desk that is seen at another.

mod bare;
mod many;
mod world;

use std::sync::Arc;
use std::time::{Duration, Instant};

use keyrack_desk::Desk;
use keyrack_desk::api::ReservationRequest;
use keyrack_desk::centre::CentreWork;

use crate::table::{Table, figure, millis, ms, percentile};
use crate::{Failure, reserve};
pub use many::measure as measure_many;
use world::{NIGHTS, PROPERTY, TYPES, World, code};

/// Commands that are queued while the network is away.
const QUEUED: usize = 10_000;
const SALES: usize = 200;
/// How often the other desk is looked at.
const LOOK: Duration = Duration::from_millis(1);
const PATIENCE: Duration = Duration::from_secs(10);

/// Measures it.
pub fn measure(table: &mut Table) -> Result<(), Failure> {
    let world = World::start()?;
    let first = world.first_desk()?;
    reserving(table, &first)?;
    push(table, &world, &first)?;
    singly(table, &first)?;
    verify(table, &world)?;
    let second = bootstrap(table, &world)?;
    seen(table, first, second)
}

/// Sales out of the share, which reaches 400 nights ahead, each noted beside the file too.
fn reserving(table: &mut Table, desk: &Desk) -> Result<(), Failure> {
    let today = desk.property()?.business_date;
    let booking = |at: usize| {
        let nights = i32::try_from(at / TYPES as usize * 3)?;
        let code = code(at % TYPES as usize)?;
        Ok(reserve::booking_of(code, today.plus(1 + nights), at))
    };
    let names = [
        "centre.reserve_ratio",
        "centre.reserve_p50",
        "centre.reserve_p99",
    ];
    let folder = tempfile::tempdir()?;
    reserve::beside_the_twin(table, desk, folder.path(), names, &booking)?;
    while desk.exchange()?.pushed > 0 {}
    Ok(())
}

/// The queue goes up, beside the same rows written by plain statements.
fn push(table: &mut Table, world: &World, desk: &Desk) -> Result<(), Failure> {
    let today = desk.property()?.business_date;
    for at in 0..QUEUED {
        let night = i32::try_from(1 + at / TYPES as usize)?;
        let mut sale = reserve::booking_of(code(at % TYPES as usize)?, today.plus(night), at);
        world::of_one_night(&mut sale);
        let sold = desk.execute(&sale)?;
        assert!(
            world::is_confirmed(&sold),
            "it is within the share: {sold:?}"
        );
    }
    let before = world.database_before_push()?;
    let stored = world.when_stored(QUEUED)?;
    let started = Instant::now();
    let done = desk.exchange()?;
    let whole = started.elapsed();
    let up = stored.join().map_err(|_| "nobody looked at the centre")??;
    let up = up.duration_since(started);
    assert_eq!(done.pushed, QUEUED as u64, "all of them went up");
    let (bare, rows) = bare::write_again(&world.database.address(), &before)?;
    let ratio = up.as_secs_f64() / bare.as_secs_f64();
    let each_second = QUEUED as f64 / up.as_secs_f64();
    figure("centre.push", up.as_secs_f64(), "s");
    figure("centre.push_ratio", ratio, "x");
    figure("centre.in_batches", each_second, "a second");
    table.row(
        "push 10,000 queued commands",
        format!("{} (and back down: {})", ms(up), ms(whole)),
    );
    table.row(
        "... sales a second on one property",
        format!("{each_second:.0}"),
    );
    table.row(
        "... beside bare SQL of the same rows",
        format!("{ratio:.2} x ({rows} rows: {})", ms(bare)),
    );
    Ok(())
}

/// Sales that go up one by one, each with an exchange of its own.
fn singly(table: &mut Table, desk: &Desk) -> Result<(), Failure> {
    let today = desk.property()?.business_date;
    let started = Instant::now();
    for at in 0..SALES {
        let night = i32::try_from(280 + at / TYPES as usize)?;
        let mut sale = reserve::booking_of(code(at % TYPES as usize)?, today.plus(night), at);
        world::of_one_night(&mut sale);
        world::number(&desk.execute(&sale)?)?;
        assert!(desk.exchange()?.pushed > 0, "it went up by itself");
    }
    let took = started.elapsed();
    let each_second = SALES as f64 / took.as_secs_f64();
    figure("centre.singly", each_second, "a second");
    table.row(
        "sales a second on one property, singly",
        format!("{each_second:.0}"),
    );
    Ok(())
}

/// All that is stored is compared with the feed.
fn verify(table: &mut Table, world: &World) -> Result<(), Failure> {
    let started = Instant::now();
    let wrong = world.verify()?;
    let took = started.elapsed();
    assert!(wrong.is_empty(), "nothing was tampered with: {wrong:?}");
    figure("centre.verify", took.as_secs_f64(), "s");
    table.row("verify 10,000 entries of a property's feed", ms(took));
    Ok(())
}

/// A new desk takes everything, beside the same rows read and written by plain statements.
fn bootstrap(table: &mut Table, world: &World) -> Result<Desk, Failure> {
    let code = world.code(PROPERTY)?;
    let started = Instant::now();
    let desk = world.join("second", &code)?;
    let took = started.elapsed();
    let (bare, rows) = bare::bootstrap(&world.database.address(), desk.path())?;
    figure("centre.new_desk", took.as_secs_f64(), "s");
    table.row(
        "a new desk: 73,000 cells, 10,000 reservations",
        format!("{} (bare: {rows} rows in {})", ms(took), ms(bare)),
    );
    assert_eq!(TYPES * NIGHTS, 73_000);
    Ok(desk)
}

/// A sale at one desk is seen at another, both with their threads for the centre running.
fn seen(table: &mut Table, seller: Desk, other: Desk) -> Result<(), Failure> {
    let today = seller.property()?.business_date;
    let (seller, other) = (Arc::new(seller), Arc::new(other));
    let _works = [CentreWork::start(&seller)?, CentreWork::start(&other)?];
    std::thread::sleep(Duration::from_secs(2));
    let mut times = Vec::with_capacity(SALES);
    for at in 0..SALES {
        let night = i32::try_from(300 + at / TYPES as usize)?;
        let mut sale = reserve::booking_of(code(at % TYPES as usize)?, today.plus(night), at);
        world::of_one_night(&mut sale);
        let started = Instant::now();
        let number = world::number(&seller.execute(&sale)?)?;
        let request = ReservationRequest {
            id: number.parse()?,
        };
        while other.reservation(&request).is_err() {
            if started.elapsed() > PATIENCE {
                return Err("a sale is not seen at the other desk".into());
            }
            std::thread::sleep(LOOK);
        }
        times.push(started.elapsed());
        // So that a sale does not ride with the exchange of the one before it.
        std::thread::sleep(Duration::from_millis(37 + u64::try_from(at % 7)? * 23));
    }
    let (half, most) = (percentile(&mut times, 0.5), percentile(&mut times, 0.99));
    figure("centre.seen_p50", millis(half), "ms");
    figure("centre.seen_p99", millis(most), "ms");
    table.row(
        "a sale at one desk seen at another",
        format!("p50 {}, p99 {}", ms(half), ms(most)),
    );
    Ok(())
}
