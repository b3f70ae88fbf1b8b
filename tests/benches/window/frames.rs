//! Frames while scrolling, and the time from a key to what it paints.

use std::time::{Duration, Instant};

use keyrack_tests::{Outcome, Page, Tree};
use serde_json::{Value, json};

use crate::figures::{figure, percentile, percentiles};

pub const SCROLLS: usize = 5;
pub const SCROLL_MS: u64 = 10_000;
const KEYS: usize = 100;
const BOOKINGS: usize = 25;
const GRIDS: usize = 50;
const CELLS: u64 = 40 * 400;
/// Of each cell at least these bytes come: eight counts of four bytes.
const CELL_BYTES: u64 = 32;

/// Asks for a window of the grid again and again; gives how long each took until it stood in a typed array.
const GRID: &str = "
    const [request, times, least, done] = arguments;
    const taken = [];
    const once = async () => {
        const begun = performance.now();
        const bytes = await window.__TAURI_INTERNALS__.invoke('grid', { request });
        const cells = new Int32Array(bytes, 0, Math.floor(bytes.byteLength / 4));
        taken.push(performance.now() - begun);
        if (cells.byteLength < least) throw new Error(`only ${cells.byteLength} bytes`);
        return taken.length < times ? once() : done(taken);
    };
    once().catch((error) => done([NaN, String(error)]));";

/// Scrolls back and forth for a while; gives each frame's gap and how many looks met an empty cell.
pub const SCROLL: &str = "
    const [milliseconds, done] = arguments;
    const grid = document.querySelector('[role=grid]');
    const box = grid.getBoundingClientRect();
    const gaps = [];
    let empty = 0, last = performance.now(), way = 1;
    const end = last + milliseconds;
    const step = (now) => {
        gaps.push(now - last);
        last = now;
        if (gaps.length % 5 === 0) {
            const there = document.elementFromPoint(box.x + box.width * 0.7, box.y + box.height * 0.4);
            const cell = there?.closest('[role=gridcell]');
            if (!cell || !cell.getAttribute('aria-label')) empty += 1;
        }
        if (grid.scrollLeft + grid.clientWidth >= grid.scrollWidth - 60) way = -1;
        if (grid.scrollLeft <= 60) way = 1;
        grid.scrollLeft += way * 37;
        if (now < end) requestAnimationFrame(step);
        else done({ gaps, empty });
    };
    requestAnimationFrame(step);";

/// From now on keeps, for each key, the time from its event to the end of the frame it painted.
const WATCH_KEYS: &str = "
    window.keyTimes = [];
    addEventListener('keydown', (event) => {
        const begun = event.timeStamp;
        requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => window.keyTimes.push(performance.now() - begun);
            port2.postMessage(null);
        });
    }, { capture: true });";

/// Keeps the time from the next Enter until the cell of this label is painted with another one.
const WATCH_BOOKING: &str = "
    const before = arguments[0];
    window.booked = null;
    const cell = [...document.querySelectorAll('[role=gridcell]')]
        .find((each) => each.getAttribute('aria-label') === before);
    addEventListener('keydown', (event) => {
        const begun = event.timeStamp;
        const watch = new MutationObserver(() => {
            if (cell.getAttribute('aria-label') === before) return;
            watch.disconnect();
            requestAnimationFrame(() => {
                const { port1, port2 } = new MessageChannel();
                port1.onmessage = () => (window.booked = performance.now() - begun);
                port2.postMessage(null);
            });
        });
        watch.observe(cell, { attributes: true });
    }, { capture: true, once: true });";

/// Gives what a frame costs, in milliseconds of processor time.
pub async fn scroll(page: &Page, tree: &Tree) -> Outcome<f64> {
    let (mut rates, mut long, mut costs) = (Vec::new(), Vec::new(), Vec::new());
    let mut empty = 0;
    for _ in 0..SCROLLS {
        let (before, begun) = (tree.processor_time(), Instant::now());
        let answer = page.run_slowly(SCROLL, vec![json!(SCROLL_MS)]).await?;
        let used = (tree.processor_time() - before).as_secs_f64() * 1000.0;
        let gaps = numbers(&answer["gaps"]);
        let frames = gaps.len() as f64;
        rates.push(frames / begun.elapsed().as_secs_f64());
        long.push(gaps.iter().filter(|&&gap| gap > 33.0).count() as f64 / frames * 100.0);
        costs.push(used / frames);
        empty += answer["empty"].as_u64().unwrap_or(u64::MAX);
    }
    figure("window.frames", percentile(&mut rates, 0.5), "a second");
    figure("window.late_frames", percentile(&mut long, 0.5), "%");
    let cost = percentile(&mut costs, 0.5);
    figure("window.frame_costs", cost, "ms");
    println!("figure: window.blank_cells {empty}");
    Ok(cost)
}

pub async fn arrow_keys(page: &Page) -> Outcome {
    page.run("document.querySelector('[role=grid]').focus()", vec![])
        .await?;
    page.run(WATCH_KEYS, vec![]).await?;
    for step in 0..KEYS {
        page.press(&[if step % 20 < 10 { "Right" } else { "Left" }])
            .await?;
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
    let are_all = |times: &Value| times.as_array().is_some_and(|times| times.len() >= KEYS);
    let asked = "return window.keyTimes";
    let times = page
        .until("all keys painted", asked, vec![], are_all)
        .await?;
    let mut times = all(&times, KEYS)?;
    percentiles(["window.key_p50", "window.key_p95"], &mut times);
    Ok(())
}

/// From Enter in the form to the sale confirmed, durable and on the screen.
pub async fn booking(page: &Page) -> Outcome {
    let (name, night) = ("Standard double", "Fri 2 Jun 2017");
    page.press(&["Ctrl+Home"]).await?;
    let mut samples = Vec::with_capacity(BOOKINGS);
    for guest in 0..BOOKINGS {
        let cell = page.cell(name, night).await?;
        page.click_on(&cell).await?;
        page.press(&["n"]).await?;
        page.fill("Guest name", &format!("Guest {guest}")).await?;
        let label = page.cell_label(name, night).await?;
        page.run(WATCH_BOOKING, vec![json!(label)]).await?;
        page.press(&["Enter"]).await?;
        let booked = "return window.booked";
        let taken = page
            .until(
                "the booking on the screen",
                booked,
                vec![],
                Value::is_number,
            )
            .await?;
        samples.extend(taken.as_f64());
    }
    percentiles(["window.sale_p50", "window.sale_p95"], &mut samples);
    Ok(())
}

/// As many cells as 40 types and 400 nights have, from the page's call to typed arrays of them: the middle of many.
pub async fn grid(page: &Page, types: u64) -> Outcome {
    let nights = CELLS.div_ceil(types);
    let request = json!({ "from": "2017-06-01", "nights": nights });
    let times = page
        .run_slowly(GRID, vec![request, json!(GRIDS), json!(CELLS * CELL_BYTES)])
        .await?;
    figure("window.grid", percentile(&mut numbers(&times), 0.5), "ms");
    Ok(())
}

/// Exactly so many numbers: what is missing or no number would make the others look like all.
fn all(list: &Value, count: usize) -> Outcome<Vec<f64>> {
    let found = numbers(list);
    let came = list.as_array().map_or(0, Vec::len);
    if found.len() != count || came != count {
        return Err(format!("{count} numbers were expected, not {list}").into());
    }
    Ok(found)
}

fn numbers(list: &Value) -> Vec<f64> {
    list.as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_f64)
        .collect()
}
