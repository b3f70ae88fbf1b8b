//! From starting the process to the painted grid, without a driver in between.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use keyrack_tests::{Hotel, Outcome, Tree, failure, programs};

use crate::figures::{figure, percentiles};

/// Memory is told in millions of bytes.
pub const MEGABYTE: f64 = 1e6;
const WARM_UPS: usize = 3;
const RUNS: usize = 20;
/// A window that was just opened still works.
const SETTLE: Duration = Duration::from_secs(10);

pub fn measure(hotel: &Hotel) -> Outcome {
    let mut samples = Vec::with_capacity(RUNS);
    for run in 0..WARM_UPS + RUNS {
        let taken = start_once(hotel)?;
        if run >= WARM_UPS {
            samples.push(taken);
        }
    }
    percentiles(["window.start_p50", "window.start_p95"], &mut samples);
    Ok(())
}

/// Memory and processor time of a window on which nobody does anything.
pub fn rest(hotel: &Hotel) -> Outcome {
    const WATCH: Duration = Duration::from_secs(30);
    let home = tempfile::tempdir()?;
    let (window, _) = start(hotel, home.path())?;
    std::thread::sleep(SETTLE);
    let tree = Tree::at(window.0.id())?;
    let before = tree.processor_time();
    std::thread::sleep(WATCH);
    let used = (tree.processor_time() - before).as_secs_f64() / WATCH.as_secs_f64() * 100.0;
    figure("window.idle", used, "%");
    figure("window.memory", tree.memory()? as f64 / MEGABYTE, "MB");
    Ok(())
}

/// Memory of a window of the same engine with an empty page.
pub fn empty() -> Outcome {
    let mut window = Window(
        Command::new(env!("CARGO_BIN_EXE_empty-window"))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?,
    );
    let output = window.0.stdout.take().ok_or("the output was asked for")?;
    let mut lines = BufReader::new(output).lines();
    let Some(Ok(_loaded)) = lines.next() else {
        return failure("the empty window closed");
    };
    std::thread::sleep(SETTLE);
    let memory = Tree::at(window.0.id())?.memory()? as f64 / MEGABYTE;
    figure("window.empty_memory", memory, "MB");
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
