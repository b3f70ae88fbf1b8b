//! Rooms kept for a group, picked up and let go.

use keyrack_tests::{Hotel, Outcome, Session};

use crate::{MONDAY, TUESDAY};

#[tokio::test]
async fn a_group_is_opened_and_picked_up_by_keyboard_alone() -> Outcome {
    let hotel = Hotel::small()?;
    let session = Session::on(hotel.file()).await?;
    let page = session.page();
    page.ready("grid").await?;
    // From the first single down to the doubles, and one night on.
    page.press(&["Ctrl+Home", "Down", "Right", "a"]).await?;
    page.named("textbox", "Group name").await?;
    page.type_text("Choir").await?;
    page.fill("Double, rooms", "3").await?;
    page.press(&["Enter"]).await?;
    page.cell_says("Double", TUESDAY, "2 of 5 left").await?;
    page.says("0 of 3 room nights picked up").await?;
    page.picture("group").await?;
    assert_eq!(
        hotel.count("DBL", "2026-06-02", "2026-06-03", "blocked")?,
        3
    );

    page.click("button", "Pick up a room, Double").await?;
    page.named("textbox", "Guest name").await?;
    page.type_text("Anna Alt").await?;
    page.press(&["Enter"]).await?;
    page.says("Picked up A1").await?;
    assert_eq!(hotel.count("DBL", "2026-06-02", "2026-06-03", "sold")?, 1);
    let list = hotel.done(&["allotment", "list"])?;
    assert_eq!(list["allotments"][0]["picked_up"], 1, "{list}");
    // What was picked up came out of what was kept back: the house has as many rooms as before.
    page.cell_says("Double", TUESDAY, "2 of 5 left").await?;
    page.cell_says("Double", MONDAY, "5 of 5 left").await?;
    hotel.verify()?;
    session.close().await
}

#[tokio::test]
async fn a_group_gives_its_rooms_back_by_mouse() -> Outcome {
    let hotel = Hotel::small()?;
    let stay = "DBL:2026-06-01:2026-06-02:4";
    hotel.done(&["allotment", "open", "Tour", "--kind", "committed", stay])?;
    let session = Session::on(hotel.file()).await?;
    let page = session.page();
    page.ready("grid").await?;
    page.cell_says("Double", MONDAY, "1 of 5 left").await?;
    page.click("button", "Groups").await?;
    page.click("button", "Tour").await?;
    page.fill("Double, rooms", "2").await?;
    page.click("button", "Change rooms").await?;
    page.cell_says("Double", MONDAY, "3 of 5 left").await?;
    page.click("button", "Release the rest").await?;
    page.cell_says("Double", MONDAY, "5 of 5 left").await?;
    assert_eq!(
        hotel.count("DBL", "2026-06-01", "2026-06-02", "blocked")?,
        0
    );
    page.press(&["Escape", "Ctrl+z"]).await?;
    page.cell_says("Double", MONDAY, "3 of 5 left").await?;
    hotel.verify()?;
    session.close().await
}
