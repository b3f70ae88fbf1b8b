//! What a reservation costs as the house grows, and a sale as a centre's properties do.

use std::time::{Duration, Instant};

use keyrack_desk::{Desk, Options};
use uuid::Uuid;

use crate::table::{Table, figure, millis, ms, percentile};
use crate::{Failure, centre, grid, reserve};

const WARM_UP: usize = 60;
const SAMPLES: usize = 600;
const TURNS: usize = 20;

/// Measures it.
pub fn measure(table: &mut Table) -> Result<(), Failure> {
    types(table)?;
    centre::measure_many(table)
}

/// In turns, so that whatever else the machine does meets all houses alike.
fn types(table: &mut Table) -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let mut houses = Vec::new();
    for (types, name) in [
        (10, "growth.reserve_10_types"),
        (40, "growth.reserve_40_types"),
        (200, "growth.reserve_200_types"),
    ] {
        let file = folder.path().join(format!("{types}.db"));
        let new = grid::house_of(types)?;
        let (desk, _) = Desk::create(&Options::new(&file, "bench"), &new, None, Uuid::now_v7())?;
        let house = House { types, desk };
        (0..WARM_UP).try_for_each(|at| house.book(at).map(drop))?;
        houses.push((house, name, Vec::new()));
    }
    for turn in 0..TURNS {
        for (house, _, times) in &mut houses {
            let first = WARM_UP + turn * SAMPLES / TURNS;
            for at in first..first + SAMPLES / TURNS {
                times.push(house.book(at)?);
            }
        }
    }
    for (house, name, mut times) in houses {
        let half = percentile(&mut times, 0.5);
        figure(name, millis(half), "ms");
        let what = format!("reserve 3 nights in a house of {} types", house.types);
        table.row(&what, ms(half));
    }
    Ok(())
}

struct House {
    types: u32,
    desk: Desk,
}

impl House {
    fn book(&self, at: usize) -> Result<Duration, Failure> {
        let today = self.desk.property()?.business_date;
        let code = format!("T{}", at % self.types as usize).parse()?;
        let arrival = today.plus(i32::try_from(at % 300 * 3)?);
        let booking = reserve::booking_of(code, arrival, at);
        let started = Instant::now();
        let answer = self.desk.execute(&booking)?;
        let took = started.elapsed();
        assert!(answer.repeated.is_none(), "every booking is a new one");
        Ok(took)
    }
}
