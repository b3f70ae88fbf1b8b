//! What the real window costs and how fast it answers, beside the goals for it: release build, warm disk, on the sample
//! hotel and on one of 60 room types. `make bench` runs it, and judges its figures by docs/GOALS.md.

mod bare;
mod changes;
mod figures;
mod frames;
mod size;
mod start;

use keyrack_tests::{Hotel, Outcome, Session, Tree};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome {
    size::measure()?;
    let empty = start::empty()?;
    measure("the sample hotel", &Hotel::sample()?, None, empty).await?;
    measure("a hotel of 60 types", &Hotel::wide()?, Some(60), empty).await
}

/// Everything that is measured of a hotel; `types` where ten of its types can be sold for twenty nights, and so many
/// windows of the grid asked for. `empty` is the memory of an empty window, in MB.
async fn measure(title: &str, hotel: &Hotel, types: Option<u64>, empty: f64) -> Outcome {
    println!("{title}");
    start::measure(hotel)?;
    start::rest(hotel, empty)?;
    let session = Session::on(hotel.file()).await?;
    let page = session.page();
    page.ready("grid").await?;
    let tree = Tree::below(session.process())?;
    let measures = bare::Measures::of(&page).await?;
    let frame = frames::scroll(&page, &tree).await?;
    frames::arrow_keys(&page).await?;
    frames::booking(&page).await?;
    if let Some(types) = types {
        changes::measure(&page, hotel).await?;
        frames::grid(&page, types).await?;
    }
    let worked = tree.memory()? as f64 / start::MEGABYTE;
    println!("{title}: memory after all that, with the driver's share: {worked:.0} MB");
    session.close().await?;
    bare::scroll(&measures, frame)
}
