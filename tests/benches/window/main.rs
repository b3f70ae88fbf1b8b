//! What the real window costs and how fast it answers, beside the goals for it: release build, sample
//! hotel, warm disk. `make bench` runs it; it judges nothing by its exit status, a person reads it.

mod figures;
mod frames;
mod start;

use figures::Table;
use keyrack_tests::{Hotel, Outcome, Session, Tree};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome {
    let mut table = Table::default();
    start::measure(&mut table)?;
    start::rest(&mut table)?;
    let hotel = Hotel::sample()?;
    let session = Session::on(hotel.file()).await?;
    let page = session.page();
    page.ready("grid").await?;
    let tree = Tree::below(session.process())?;
    frames::scroll(&page, &tree, &mut table).await?;
    frames::arrow_keys(&page, &mut table).await?;
    frames::booking(&page, &mut table).await?;
    let worked = tree.memory()? as f64 / 1e6;
    println!("memory after all that, with the driver's share: {worked:.0} MB");
    table.print("the window");
    session.close().await
}
