//! From starting the process to the painted grid, without a driver in between.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use keyrack_tests::{Hotel, Outcome, failure, programs};

use crate::figures::Table;

const WARM_UPS: usize = 3;
const RUNS: usize = 20;

pub fn measure(table: &mut Table) -> Outcome {
    let hotel = Hotel::sample()?;
    let mut samples = Vec::with_capacity(RUNS);
    for run in 0..WARM_UPS + RUNS {
        let taken = start_once(&hotel)?;
        if run >= WARM_UPS {
            samples.push(taken);
        }
    }
    table.add_percentiles("start to painted grid", (800.0, 1500.0), &mut samples);
    Ok(())
}

/// Starts the window, waits for the line that it is painted, and ends it. Gives milliseconds.
fn start_once(hotel: &Hotel) -> Outcome<f64> {
    let home = tempfile::tempdir()?;
    let begun = Instant::now();
    let mut window = Window(
        Command::new(programs()?.join("keyrack"))
            .arg("--db")
            .arg(hotel.file())
            .env("XDG_CONFIG_HOME", home.path().join("config"))
            .env("XDG_DATA_HOME", home.path().join("data"))
            .env("XDG_CACHE_HOME", home.path().join("cache"))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?,
    );
    let output = window.0.stdout.take().ok_or("the output was asked for")?;
    for line in BufReader::new(output).lines() {
        if line?.starts_with("keyrack: painted") {
            return Ok(begun.elapsed().as_secs_f64() * 1000.0);
        }
    }
    failure("the window closed before it was painted")
}

struct Window(Child);

impl Drop for Window {
    fn drop(&mut self) {
        // It may have ended by itself, which is as good.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
