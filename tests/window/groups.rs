//! Groups: opened on the selection, picked up, seen in the calendar, given back.

use keyrack_tests::{Hotel, Outcome, Session};
use serde_json::Value;

use crate::{MONDAY, TUESDAY, WEDNESDAY};

#[tokio::test]
async fn a_group_is_opened_and_picked_up_by_keyboard_and_seen_in_the_calendar() -> Outcome {
    let hotel = Hotel::small()?;
    let session = Session::on(hotel.file()).await?;
    let page = session.page();
    page.ready("grid").await?;
    page.press(&["Down", "Right", "Shift+Right", "a"]).await?;
    page.named("textbox", "Name of the group").await?;
    page.type_text("Wedding").await?;
    page.fill("Rooms", "3").await?;
    page.picture("group-form").await?;
    page.press(&["Enter"]).await?;
    for night in [TUESDAY, WEDNESDAY] {
        page.cell_says("Double", night, "2 of 5 left").await?;
        page.cell_says("Double", night, "0 of 3 of groups picked up")
            .await?;
    }
    assert_eq!(
        hotel.count("DBL", "2026-06-02", "2026-06-03", "blocked")?,
        3
    );

    page.says("0 of 6 room nights picked up").await?;
    page.click("button", "Pick up a room").await?;
    page.named("textbox", "Guest name").await?;
    page.type_text("Rosa Maier").await?;
    page.press(&["Enter"]).await?;
    page.says("2 of 6 room nights picked up").await?;
    page.cell_says("Double", TUESDAY, "1 of 3 of groups picked up")
        .await?;
    page.picture("group-card").await?;
    // A pick-up moves rooms from what is kept back to what is sold: nothing else changes.
    page.cell_says("Double", TUESDAY, "2 of 5 left").await?;
    assert_eq!(
        hotel.count("DBL", "2026-06-02", "2026-06-03", "blocked")?,
        2
    );
    assert_eq!(hotel.count("DBL", "2026-06-02", "2026-06-03", "sold")?, 1);
    hotel.verify()?;
    session.close().await
}

#[tokio::test]
async fn a_group_is_changed_released_and_the_release_undone_with_the_mouse() -> Outcome {
    let hotel = Hotel::small()?;
    let opened = hotel.done(&[
        "allotment",
        "open",
        "Choir",
        "--kind",
        "non-elastic",
        "DBL:2026-06-01:2026-06-03:2",
    ])?;
    let session = Session::on(hotel.file()).await?;
    let page = session.page();
    page.ready("grid").await?;
    page.cell_says("Double", MONDAY, "0 of 2 of groups picked up")
        .await?;
    let tab = page.beginning("tab", "Groups").await?;
    page.click_on(&tab).await?;
    page.says("Choir").await?;
    page.picture("groups").await?;
    page.click("button", "Choir").await?;
    page.click("button", "Change").await?;
    page.fill("Rooms", "4").await?;
    page.click("button", "Save changes").await?;
    page.cell_says("Double", MONDAY, "0 of 4 of groups picked up")
        .await?;
    page.click("button", "Release").await?;
    page.says("8 room nights go back to the house").await?;
    page.click("button", "Release it").await?;
    page.cell_says("Double", MONDAY, "5 of 5 left").await?;
    page.click("button", "Undo").await?;
    page.cell_says("Double", MONDAY, "1 of 5 left").await?;
    let shown = hotel.done(&["allotment", "show", number(&opened)])?;
    assert_eq!(shown["status"], "open", "{shown}");
    assert_eq!(shown["kept_back"], 8, "{shown}");
    hotel.verify()?;
    session.close().await
}

fn number(opened: &Value) -> &str {
    opened["allotment"]["number"].as_str().unwrap_or_default()
}
