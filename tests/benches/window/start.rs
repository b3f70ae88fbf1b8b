//! From starting the process to the painted grid, without a driver in between.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
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

/// Memory and processor time of a window on which nobody does anything, beside the memory of an empty one.
pub fn rest(hotel: &Hotel, empty: f64) -> Outcome {
    const WATCH: Duration = Duration::from_secs(30);
    let home = tempfile::tempdir()?;
    let (window, _) = start(hotel, home.path())?;
    std::thread::sleep(SETTLE);
    let tree = Tree::at(window.id())?;
    let before = tree.processor_time();
    std::thread::sleep(WATCH);
    let used = (tree.processor_time() - before).as_secs_f64() / WATCH.as_secs_f64() * 100.0;
    figure("window.idle", used, "%");
    let memory = tree.memory()? as f64 / MEGABYTE;
    figure("window.memory", memory, "MB");
    figure("window.own_memory", memory - empty, "MB");
    Ok(())
}

/// Memory in MB of a window of the same engine with an empty page.
pub fn empty() -> Outcome<f64> {
    let mut window = Window::of(&mut bare())?;
    let mut lines = BufReader::new(window.output()?).lines();
    let Some(Ok(_loaded)) = lines.next() else {
        return failure("the empty window closed");
    };
    std::thread::sleep(SETTLE);
    let memory = Tree::at(window.id())?.memory()? as f64 / MEGABYTE;
    figure("window.empty_memory", memory, "MB");
    Ok(memory)
}

/// Starts the window, waits until it is painted, and ends it. Gives milliseconds.
fn start_once(hotel: &Hotel) -> Outcome<f64> {
    let home = tempfile::tempdir()?;
    start(hotel, home.path()).map(|(_, taken)| taken)
}

/// Starts the window with settings of its own. Gives the milliseconds until it says that it is painted.
fn start(hotel: &Hotel, home: &Path) -> Outcome<(Window, f64)> {
    let begun = Instant::now();
    let mut window = Window::of(
        Command::new(programs()?.join("keyrack"))
            .arg("--db")
            .arg(hotel.file())
            .env("XDG_CONFIG_HOME", home.join("config"))
            .env("XDG_DATA_HOME", home.join("data"))
            .env("XDG_CACHE_HOME", home.join("cache"))
            .stdout(Stdio::piped())
            .stderr(Stdio::null()),
    )?;
    for line in BufReader::new(window.output()?).lines() {
        if line?.starts_with("keyrack: painted") {
            return Ok((window, begun.elapsed().as_secs_f64() * 1000.0));
        }
    }
    failure("the window closed before it was painted")
}

/// A window with nothing in it, of the engine as Keyrack sets it.
pub fn bare() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_empty-window"));
    command
        .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
        .env("JSC_useGenerationalGC", "false")
        .env("JSC_largeHeapSize", "8388608")
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    command
}

/// A program with a window, which is closed with this.
pub struct Window(Child);

impl Window {
    /// Starts it.
    pub fn of(command: &mut Command) -> Outcome<Self> {
        Ok(Self(command.spawn()?))
    }

    /// What it says on its standard output, which was piped; once.
    pub fn output(&mut self) -> Outcome<ChildStdout> {
        Ok(self.0.stdout.take().ok_or("the output was asked for")?)
    }

    pub fn id(&self) -> u32 {
        self.0.id()
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        // It may have ended by itself, which is as good.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
