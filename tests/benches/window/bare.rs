//! What the engine takes for a calendar that is nothing but cells with a number: what ours is measured beside.

use std::io::{BufRead, BufReader};
use std::sync::mpsc;
use std::time::Duration;

use keyrack_tests::{Outcome, Page, Tree, failure};
use serde_json::Value;

use crate::figures::{figure, percentile};
use crate::frames::{SCROLL, SCROLL_MS, SCROLLS};
use crate::start::{self, Window};

/// How long it may say nothing: a turn, and as much again.
const PATIENCE: Duration = Duration::from_millis(2 * SCROLL_MS);
const PAGE: &str = include_str!("bare.html");

/// The size of the calendar on the page, of its rows and of its columns, in pixels.
const MEASURES: &str = "
    const grid = document.querySelector('[role=grid]').getBoundingClientRect();
    const cells = [...document.querySelectorAll('.kg-body [role=gridcell]')];
    const cell = cells.map((each) => each.getBoundingClientRect()).find(({ width }) => width > 0);
    return [grid.width, grid.height, cell.width, cell.height]";

/// Sizes in pixels, rounded: of the calendar, and of a cell.
#[derive(Debug)]
pub struct Measures {
    sizes: [u64; 4],
}

impl Measures {
    /// Those of the calendar in sight.
    pub async fn of(page: &Page) -> Outcome<Self> {
        let found = page.run(MEASURES, vec![]).await?;
        let mut sizes = [0; 4];
        for (at, size) in sizes.iter_mut().enumerate() {
            let found = found[at].as_f64().filter(|&size| size >= 1.0);
            *size = found.ok_or("the calendar has no size")?.round() as u64;
        }
        Ok(Self { sizes })
    }

    fn page(&self) -> String {
        let [width, height, column, row] = self.sizes;
        PAGE.replace("MILLISECONDS", &SCROLL_MS.to_string())
            .replace("SCROLL", SCROLL)
            .replace("WIDTH", &width.to_string())
            .replace("HEIGHT", &height.to_string())
            .replace("COLUMN", &column.to_string())
            .replace("ROW", &row.to_string())
    }
}

/// Scrolls such a calendar as ours is scrolled, and tells what a frame of it costs: `ours` is what ours took.
pub fn scroll(measures: &Measures, ours: f64) -> Outcome {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("bare.html");
    std::fs::write(&file, measures.page())?;
    let mut window = Window::of(start::bare().arg(&file))?;
    let output = window.output()?;
    let (say, said) = mpsc::channel();
    std::thread::spawn(move || {
        let lines = BufReader::new(output).lines().map_while(Result::ok);
        // Nobody listens any more once it was measured.
        lines.for_each(|line| drop(say.send(line)));
    });
    let (mut tree, mut costs) = (None, Vec::new());
    while let Ok(line) = said.recv_timeout(PATIENCE) {
        let words: Vec<&str> = line.split(' ').collect();
        match words.as_slice() {
            ["title:", "begins", _] => {
                let begun = Tree::at(window.id())?;
                let used = begun.processor_time();
                tree = Some((begun, used));
            }
            ["title:", "frames", _, count, empty] => {
                if *empty != "0" {
                    return failure("the bare calendar had blank cells");
                }
                let (tree, before) = tree.take().ok_or("it ended before it began")?;
                let used = (tree.processor_time() - before).as_secs_f64() * 1000.0;
                costs.push(used / count.parse::<f64>()?);
                if costs.len() == SCROLLS {
                    break;
                }
            }
            _ => {}
        }
    }
    if costs.len() != SCROLLS {
        return failure("the bare calendar closed, or stands still");
    }
    let bare = percentile(&mut costs, 0.5);
    figure("window.bare_frame_costs", bare, "ms");
    figure("window.frame_costs_ratio", ours / bare, "x");
    Ok(())
}

/// Writes to 200 cells of the page what a change writes to them, and nothing else; gives the milliseconds of each round.
const WRITE: &str = "
    const [count, rounds, done] = arguments;
    const cells = [...document.querySelectorAll('.kg-body [role=gridcell]')]
        .filter((cell) => cell.getAttribute('aria-label')).slice(0, count);
    const were = cells.map((cell) => [cell.firstChild.data, cell.className, cell.getAttribute('aria-label')]);
    const write = (to) => cells.forEach((cell, at) => {
        const [text, classes, label] = to(were[at]);
        cell.firstChild.data = text;
        cell.className = classes;
        cell.setAttribute('aria-label', label);
    });
    const times = [];
    const round = () => requestAnimationFrame(() => {
        const begun = performance.now();
        write(([text, classes, label]) => [`${text}1`, `${classes} changed`, `${label}, changed`]);
        times.push(performance.now() - begun);
        requestAnimationFrame(() => {
            write((was) => was);
            if (times.length < rounds) setTimeout(round, 50);
            else done({ cells: cells.length, times });
        });
    });
    round();";

/// What the writing alone takes of a change of so many cells, the mean of many, as the clock there ticks in milliseconds.
pub async fn write(page: &Page, cells: usize) -> Outcome {
    const ROUNDS: usize = 50;
    let count = Value::from(cells);
    let answer = page
        .run_slowly(WRITE, vec![count.clone(), ROUNDS.into()])
        .await?;
    if answer["cells"] != count {
        return failure(format!(
            "{} cells are in sight, not {cells}",
            answer["cells"]
        ));
    }
    let times: Vec<f64> = answer["times"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_f64)
        .collect();
    let mean = times.iter().sum::<f64>() / times.len() as f64;
    figure("window.bare_changed_cells", mean, "ms");
    Ok(())
}
