//! What the real window costs and how fast it answers, beside the goals for it: release build, sample
//! hotel, warm disk. `make bench` runs it; it judges nothing by its exit status, a person reads it.

mod figures;
mod frames;
mod start;

use figures::Table;
use keyrack_tests::{Hotel, Outcome, Session, Tree};
use std::time::Duration;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome {
    let mut table = Table::default();
    start::measure(&mut table)?;
    let hotel = Hotel::sample()?;
    let session = Session::on(hotel.file()).await?;
    let page = session.page();
    page.ready("grid").await?;
    let tree = Tree::below(session.process())?;
    frames::scroll(&page, &tree, &mut table).await?;
    frames::arrow_keys(&page, &mut table).await?;
    frames::booking(&page, &mut table).await?;
    rest(&tree, &mut table).await?;
    table.print("the window");
    session.close().await
}

/// Memory and processor time while nobody does anything.
async fn rest(tree: &Tree, table: &mut Table) -> Outcome {
    const SETTLE: Duration = Duration::from_secs(3);
    const WATCH: Duration = Duration::from_secs(20);
    tokio::time::sleep(SETTLE).await;
    let before = tree.processor_time();
    tokio::time::sleep(WATCH).await;
    let used = (tree.processor_time() - before).as_secs_f64() / WATCH.as_secs_f64() * 100.0;
    table.add(
        "processor while idle",
        "< 1 %",
        format!("{used:.1} %"),
        used < 1.0,
    );
    let megabytes = tree.memory()? as f64 / 1e6;
    table.add(
        "memory, all processes (PSS)",
        "<= 250 MB",
        format!("{megabytes:.0} MB"),
        megabytes <= 250.0,
    );
    Ok(())
}
