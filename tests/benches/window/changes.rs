//! Two hundred cells that are changed elsewhere, as by an exchange: what drawing them takes.

use keyrack_tests::{Hotel, Outcome, Page};
use serde_json::{Value, json};

use crate::bare;
use crate::figures::{figure, percentile};

const ROUNDS: usize = 10;
const TYPES: usize = 10;
const NIGHTS: usize = 20;

/// Looks at what changes from now on: cells, and in how many goes of script they did, with the time of each. Between two goes
/// of script the engine is given back, so that a message to oneself tells when one began.
const WATCH: &str = "
    const { port1, port2 } = new MessageChannel();
    window.goes = [];
    let begun = performance.now(), watching = true;
    port1.onmessage = () => {
        begun = performance.now();
        if (watching) port2.postMessage(null);
    };
    port2.postMessage(null);
    const watch = new MutationObserver((records) => {
        const cells = new Set(records.map((record) => record.target));
        window.goes.push({ cells: cells.size, milliseconds: performance.now() - begun });
    });
    for (const cell of document.querySelectorAll('[role=gridcell]'))
        watch.observe(cell, { attributes: true, attributeFilter: ['aria-label'] });
    window.stopWatching = () => {
        watching = false;
        watch.disconnect();
    };";

pub async fn measure(page: &Page, hotel: &Hotel) -> Outcome {
    page.press(&["Ctrl+Home"]).await?;
    let stays: Vec<String> = (1..=TYPES)
        .map(|number| format!("T{number:02}:2017-06-01:2017-06-{:02}", NIGHTS + 1))
        .collect();
    let (mut times, mut most_goes, mut fewest) = (Vec::new(), 0, usize::MAX);
    for _ in 0..ROUNDS {
        page.run(WATCH, vec![]).await?;
        let mut words = vec!["reserve"];
        words.extend(stays.iter().map(String::as_str));
        words.extend(["--guest", "Choir"]);
        let sold = hotel.done(&words)?;
        let cells = "return window.goes.reduce((sum, go) => sum + go.cells, 0)";
        let wanted = (TYPES * NIGHTS) as u64;
        let changed = page
            .until("the cells to change", cells, vec![], |found| {
                found.as_u64() >= Some(wanted)
            })
            .await?;
        fewest = fewest.min(usize::try_from(changed.as_u64().unwrap_or(0))?);
        let goes = page
            .run("window.stopWatching(); return window.goes", vec![])
            .await?;
        let goes = goes.as_array().map_or(&[][..], Vec::as_slice);
        most_goes = most_goes.max(goes.len());
        let spent = |go: &Value| go["milliseconds"].as_f64().unwrap_or(f64::NAN);
        times.push(goes.iter().map(spent).sum());
        let number = &sold["reservation"]["number"];
        hotel.done(&["cancel", number.as_str().unwrap_or_default()])?;
        let back = "const [name] = arguments; return [...document.querySelectorAll('[role=gridcell]')] \
            .some((cell) => cell.getAttribute('aria-label')?.startsWith(name))";
        let cell = json!("Room type 10, Thu 1 Jun 2017, 40 of 40 left");
        page.until("the rooms to be free", back, vec![cell], |free| {
            *free == true
        })
        .await?;
    }
    println!("changed elsewhere, of {ROUNDS} rounds: at least {fewest} cells");
    figure("window.changed_cells", percentile(&mut times, 0.5), "ms");
    println!("figure: window.changed_in {most_goes}");
    bare::write(page, TYPES * NIGHTS).await
}
