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

#[tokio::test]
async fn a_room_goes_out_of_order_and_comes_back_by_mouse_alone() -> Outcome {
    let hotel = Hotel::small()?;
    let out = || hotel.count("DBL", "2026-06-02", "2026-06-03", "out_of_order");
    let session = Session::on(hotel.file()).await?;
    let page = session.page();
    page.ready("grid").await?;
    page.drag_nights("Double", TUESDAY, WEDNESDAY).await?;
    page.click("button", "Out of order").await?;
    let reason = page.named("textbox", "Reason").await?;
    page.click_on(&reason).await?;
    page.type_text("Water damage").await?;
    page.click("button", "Take out of order").await?;
    page.cell_says("Double", TUESDAY, "out of order 1").await?;
    assert_eq!(out()?, 1);

    // From its toast, and again: from the list of the night.
    page.click("button", "Undo").await?;
    page.cell_says("Double", TUESDAY, "5 of 5 left").await?;
    assert_eq!(out()?, 0);
    page.drag_nights("Double", TUESDAY, WEDNESDAY).await?;
    page.click("button", "Out of order").await?;
    let reason = page.named("textbox", "Reason").await?;
    page.click_on(&reason).await?;
    page.type_text("Painting").await?;
    page.click("button", "Take out of order").await?;
    page.cell_says("Double", TUESDAY, "out of order 1").await?;
    let tab = page.beginning("tab", "Out of order").await?;
    page.click_on(&tab).await?;
    page.says("Painting").await?;
    let back = page.beginning("button", "Back in order").await?;
    page.click_on(&back).await?;
    page.cell_says("Double", WEDNESDAY, "5 of 5 left").await?;
    assert_eq!(out()?, 0);
    hotel.verify()?;
    session.close().await
}
