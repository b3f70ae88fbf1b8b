//! What a sale costs a centre as its properties grow, and how many it takes over a hundred of them.

use std::sync::Mutex;
use std::time::Instant;

use keyrack_desk::Desk;

use super::world::{self, PROPERTY, World, code};
use crate::table::{Table, figure, millis, percentile};
use crate::{Failure, reserve};

const TYPES: u32 = 10;
const NIGHTS: u32 = 365;
/// Sales that go up at once.
const QUEUED: usize = 100;
const SAMPLES: usize = 9;
/// Desks that send at the same time.
const AT_ONCE: usize = 8;

/// Measures it.
pub fn measure(table: &mut Table) -> Result<(), Failure> {
    let world = World::start()?;
    let mut house = House::of(&world, PROPERTY)?;
    let mut others = Vec::new();
    for (properties, name) in [
        (1, "growth.sale_of_1"),
        (10, "growth.sale_of_10"),
        (100, "growth.sale_of_100"),
    ] {
        while 1 + others.len() < properties {
            let property = format!("P{}", others.len());
            world.add(&property)?;
            others.push(House::of(&world, &property)?);
        }
        let mut times = Vec::with_capacity(SAMPLES);
        for _ in 0..SAMPLES {
            house.sell(QUEUED)?;
            let started = Instant::now();
            house.send(QUEUED)?;
            times.push(started.elapsed());
        }
        let each = millis(percentile(&mut times, 0.5)) / QUEUED as f64;
        figure(name, each, "ms");
        table.row(
            &format!("a sale that a centre of {properties} properties takes"),
            format!("{each:.3} ms, {QUEUED} at once"),
        );
    }
    others.push(house);
    over(table, others)
}

/// All of them send at once, as many at the same time as there are lines.
fn over(table: &mut Table, mut houses: Vec<House>) -> Result<(), Failure> {
    houses.iter_mut().try_for_each(|house| house.sell(QUEUED))?;
    let sales = houses.len() * QUEUED;
    let waiting = Mutex::new(houses);
    let started = Instant::now();
    std::thread::scope(|scope| {
        let send = || -> Result<(), String> {
            loop {
                let next = waiting.lock().map_err(|error| error.to_string())?.pop();
                let Some(house) = next else {
                    return Ok(());
                };
                house.send(QUEUED).map_err(|error| error.to_string())?;
            }
        };
        let senders: Vec<_> = (0..AT_ONCE).map(|_| scope.spawn(send)).collect();
        senders.into_iter().try_for_each(|sender| {
            let sent = sender
                .join()
                .map_err(|_| "a desk stopped sending".to_owned());
            sent.flatten()
        })
    })?;
    let each_second = sales as f64 / started.elapsed().as_secs_f64();
    figure("growth.over_100_properties", each_second, "a second");
    table.row(
        "sales a second over 100 properties",
        format!("{each_second:.0}"),
    );
    Ok(())
}

/// A property with one desk.
struct House {
    desk: Desk,
    sold: usize,
}

impl House {
    fn of(world: &World, property: &str) -> Result<Self, Failure> {
        let desk = world.desk_of(property, property, TYPES, NIGHTS)?;
        Ok(Self { desk, sold: 0 })
    }

    /// Sells out of its share; nothing goes up yet.
    fn sell(&mut self, count: usize) -> Result<(), Failure> {
        let today = self.desk.property()?.business_date;
        for at in self.sold..self.sold + count {
            let night = i32::try_from(1 + at / TYPES as usize)?;
            let code = code(at % TYPES as usize)?;
            let mut sale = reserve::booking_of(code, today.plus(night), at);
            world::of_one_night(&mut sale);
            world::number(&self.desk.execute(&sale)?)?;
        }
        self.sold += count;
        Ok(())
    }

    fn send(&self, count: usize) -> Result<(), Failure> {
        let pushed = self.desk.exchange()?.pushed;
        assert_eq!(pushed, count as u64, "all of them went up");
        Ok(())
    }
}
