//! From starting the process to the painted grid, without a driver in between.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use keyrack_tests::{Hotel, Outcome, Tree, failure, programs};

use crate::figures::Table;

/// The kernel counts memory in units of 1,024.
pub const MEBIBYTE: f64 = 1_048_576.0;
const WARM_UPS: usize = 3;
const RUNS: usize = 20;

pub fn measure(table: &mut Table, hotel: &Hotel) -> Outcome {
    let mut samples = Vec::with_capacity(RUNS);
    for run in 0..WARM_UPS + RUNS {
        let taken = start_once(hotel)?;
        if run >= WARM_UPS {
            samples.push(taken);
        }
    }
    table.add_percentiles("start to painted grid", (800.0, 1500.0), &mut samples);
    Ok(())
}

/// Memory and processor time of a window on which nobody does anything.
pub fn rest(table: &mut Table, hotel: &Hotel) -> Outcome {
    const SETTLE: Duration = Duration::from_secs(10);
    const WATCH: Duration = Duration::from_secs(30);
    let home = tempfile::tempdir()?;
    let (window, _) = start(hotel, home.path())?;
    std::thread::sleep(SETTLE);
    let tree = Tree::at(window.0.id())?;
    let before = tree.processor_time();
    std::thread::sleep(WATCH);
    let used = (tree.processor_time() - before).as_secs_f64() / WATCH.as_secs_f64() * 100.0;
    let memory = tree.memory()? as f64 / MEBIBYTE;
    table.add(
        "processor while idle",
        "< 1 %",
        format!("{used:.1} %"),
        used < 1.0,
    );
    let figure = format!("{memory:.0} MiB");
    table.add(
        "memory of all processes, idle (PSS)",
        "<= 250 MiB",
        figure,
        memory <= 250.0,
    );
    Ok(())
}

/// Starts the window, waits until it is painted, and ends it. Gives milliseconds.
fn start_once(hotel: &Hotel) -> Outcome<f64> {
    let home = tempfile::tempdir()?;
    start(hotel, home.path()).map(|(_, taken)| taken)
}

/// Starts the window with settings of its own. Gives the milliseconds until it says that it is painted.
fn start(hotel: &Hotel, home: &Path) -> Outcome<(Window, f64)> {
    let begun = Instant::now();
    let mut window = Window(
        Command::new(programs()?.join("keyrack"))
            .arg("--db")
            .arg(hotel.file())
            .env("XDG_CONFIG_HOME", home.join("config"))
            .env("XDG_DATA_HOME", home.join("data"))
            .env("XDG_CACHE_HOME", home.join("cache"))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?,
    );
    let output = window.0.stdout.take().ok_or("the output was asked for")?;
    for line in BufReader::new(output).lines() {
        if line?.starts_with("keyrack: painted") {
            return Ok((window, begun.elapsed().as_secs_f64() * 1000.0));
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
