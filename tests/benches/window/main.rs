//! What the real window costs and how fast it answers, beside the goals for it: release build, warm disk, on the sample
//! hotel and on one of 60 room types. `make bench` runs it; it judges nothing by its exit status, a person reads it.

mod changes;
mod figures;
mod frames;
mod size;
mod start;

use figures::Table;
use keyrack_tests::{Hotel, Outcome, Session, Tree};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome {
    measure("the window on the sample hotel", &Hotel::sample()?, false).await?;
    measure("the window on a hotel of 60 types", &Hotel::wide()?, true).await?;
    let mut table = Table::default();
    size::measure(&mut table)?;
    table.print("the page");
    Ok(())
}

/// Everything that is measured of a hotel; `has_room` where ten of its types can be sold for twenty nights.
async fn measure(title: &str, hotel: &Hotel, has_room: bool) -> Outcome {
    let mut table = Table::default();
    start::measure(&mut table, hotel)?;
    start::rest(&mut table, hotel)?;
    let session = Session::on(hotel.file()).await?;
    let page = session.page();
    page.ready("grid").await?;
    let tree = Tree::below(session.process())?;
    frames::scroll(&page, &tree, &mut table).await?;
    frames::arrow_keys(&page, &mut table).await?;
    frames::booking(&page, &mut table).await?;
    if has_room {
        changes::measure(&page, hotel, &mut table).await?;
    }
    let worked = tree.memory()? as f64 / start::MEBIBYTE;
    println!("{title}: memory after all that, with the driver's share: {worked:.0} MiB");
    table.print(title);
    session.close().await
}
