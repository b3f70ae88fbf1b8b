//! Frames while scrolling, and the time from a key to what it paints.

use std::time::{Duration, Instant};

use keyrack_tests::{Outcome, Page, Tree};
use serde_json::{Value, json};

use crate::figures::{Table, percentile};

const SCROLLS: usize = 5;
const SCROLL_MS: u64 = 10_000;
const KEYS: usize = 100;
const BOOKINGS: usize = 25;

/// Scrolls back and forth for a while; gives each frame's gap and how many looks met an empty cell.
const SCROLL: &str = "
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

pub async fn scroll(page: &Page, tree: &Tree, table: &mut Table) -> Outcome {
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
    let rate = percentile(&mut rates, 0.5);
    let late = percentile(&mut long, 0.5);
    let cost = percentile(&mut costs, 0.5);
    table.add(
        "frames while scrolling",
        ">= 58 a second",
        format!("{rate:.1} a second"),
        rate >= 58.0,
    );
    table.add(
        "gaps over 33 ms",
        "<= 1 %",
        format!("{late:.2} %"),
        late <= 1.0,
    );
    table.add(
        "processor time of a frame",
        "<= 10 ms",
        format!("{cost:.1} ms"),
        cost <= 10.0,
    );
    table.add("blank cells met", "0", empty.to_string(), empty == 0);
    Ok(())
}

pub async fn arrow_keys(page: &Page, table: &mut Table) -> Outcome {
    page.run("document.querySelector('[role=grid]').focus()", vec![])
        .await?;
    page.run(WATCH_KEYS, vec![]).await?;
    for step in 0..KEYS {
        page.press(&[if step % 20 < 10 { "Right" } else { "Left" }])
            .await?;
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
    let times = page.run("return window.keyTimes", vec![]).await?;
    table.add_percentiles("arrow key to painted", (20.0, 50.0), &mut numbers(&times));
    Ok(())
}

/// From Enter in the form to the sale confirmed, durable and on the screen.
pub async fn booking(page: &Page, table: &mut Table) -> Outcome {
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
    table.add_percentiles("Enter to sold and painted", (60.0, 150.0), &mut samples);
    Ok(())
}

fn numbers(list: &Value) -> Vec<f64> {
    list.as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_f64)
        .collect()
}
