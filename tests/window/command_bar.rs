//! "2 dbl 2-4 jun": rooms found, held and booked from one line of text.

use keyrack_tests::{Hotel, Outcome, Session};

use crate::{THURSDAY, TUESDAY, WEDNESDAY};

#[tokio::test]
async fn rooms_are_found_and_booked_by_typing_what_the_guest_says() -> Outcome {
    let hotel = Hotel::small()?;
    let session = Session::on(hotel.file()).await?;
    let page = session.page();
    page.ready("grid").await?;
    page.press(&["Ctrl+k"]).await?;
    page.type_text("2 dbl 2-4 jun Rosa Maier").await?;
    page.says("at least 5 free, 1 more by overbooking").await?;
    page.picture("command-bar").await?;
    page.press(&["Enter"]).await?;
    // The name was typed already: the form waits for nothing but Enter.
    page.named("textbox", "Guest name").await?;
    page.press(&["Enter"]).await?;
    for night in [TUESDAY, WEDNESDAY] {
        page.cell_says("Double", night, "3 of 5 left").await?;
    }
    page.cell_says("Double", THURSDAY, "5 of 5 left").await?;
    assert_eq!(hotel.count("DBL", "2026-06-03", "2026-06-04", "sold")?, 2);
    let list = hotel.done(&["reservation", "list", "--guest", "Rosa Maier"])?;
    assert_eq!(
        list["reservations"][0]["stays"].as_array().map(Vec::len),
        Some(2),
        "{list}"
    );
    hotel.verify()?;
    session.close().await
}

#[tokio::test]
async fn what_is_found_is_held_with_one_key_or_the_mouse() -> Outcome {
    let hotel = Hotel::small()?;
    let session = Session::on(hotel.file()).await?;
    let page = session.page();
    page.ready("grid").await?;
    page.press(&["Ctrl+k"]).await?;
    page.type_text("ste tomorrow").await?;
    page.says("at least 1 free").await?;
    page.press(&["Ctrl+Enter"]).await?;
    page.cell_says("Suite", TUESDAY, "0 of 1 left").await?;
    assert_eq!(hotel.count("STE", "2026-06-02", "2026-06-03", "held")?, 1);

    // The suite is taken now: the bar says so, and offers what is nearest.
    let bar = page.named("combobox", "Find rooms").await?;
    page.click_on(&bar).await?;
    page.type_text("ste 2 jun").await?;
    page.says("none on Tue 2 Jun").await?;
    page.says("Instead:").await?;
    page.picture("command-bar-instead").await?;
    // The first button of the list is the nearest alternative's.
    page.click("button", "Hold").await?;
    page.cell_says("Double", TUESDAY, "4 of 5 left").await?;
    assert_eq!(hotel.count("DBL", "2026-06-02", "2026-06-03", "held")?, 1);
    hotel.verify()?;
    session.close().await
}
