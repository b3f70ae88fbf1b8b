//! Rooms out of order, and back.

use keyrack_tests::{Hotel, Outcome, Session};

use crate::{MONDAY, TUESDAY, WEDNESDAY};

#[tokio::test]
async fn a_room_goes_out_of_order_and_comes_back() -> Outcome {
    let hotel = Hotel::small()?;
    let session = Session::on(hotel.file()).await?;
    let page = session.page();
    page.ready("grid").await?;
    page.press(&["Down", "Shift+Right", "o"]).await?;
    page.named("textbox", "Reason").await?;
    page.type_text("Water damage").await?;
    page.picture("outage-form").await?;
    page.press(&["Enter"]).await?;
    for night in [MONDAY, TUESDAY] {
        page.cell_says("Double", night, "4 of 5 left").await?;
        page.cell_says("Double", night, "out of order 1").await?;
    }
    page.cell_says("Double", WEDNESDAY, "5 of 5 left").await?;
    assert_eq!(
        hotel.count("DBL", "2026-06-02", "2026-06-03", "out_of_order")?,
        1
    );

    let tab = page.beginning("tab", "Out of order").await?;
    page.click_on(&tab).await?;
    page.says("Water damage").await?;
    page.picture("out-of-order").await?;
    let back = page.beginning("button", "Back in order").await?;
    page.click_on(&back).await?;
    for night in [MONDAY, TUESDAY] {
        page.cell_says("Double", night, "5 of 5 left").await?;
    }
    assert_eq!(
        hotel.count("DBL", "2026-06-02", "2026-06-03", "out_of_order")?,
        0
    );
    hotel.verify()?;
    session.close().await
}
