//! Frames while scrolling, and the time from a key to what it paints.

use std::time::{Duration, Instant};

use keyrack_tests::{Outcome, Page, Tree};
use serde_json::{Value, json};

use crate::figures::{Table, percentile};

const SCROLLS: usize = 5;
const SCROLL_MS: u64 = 10_000;
const KEYS: usize = 100;

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

fn numbers(list: &Value) -> Vec<f64> {
    list.as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_f64)
        .collect()
}
