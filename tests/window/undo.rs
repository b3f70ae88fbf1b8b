//! Taking back what was just done.

use keyrack_tests::{Hotel, Outcome, Page, Session};

use crate::{MONDAY, TUESDAY};

#[tokio::test]
async fn a_booking_is_undone_from_its_message_and_by_key() -> Outcome {
    let hotel = Hotel::small()?;
    let session = Session::on(hotel.file()).await?;
    let page = session.page();
    page.ready("grid").await?;

    book(&page, "First Guest").await?;
    page.picture("toast").await?;
    page.click("button", "Undo").await?;
    page.cell_says("Single", MONDAY, "2 of 2 left").await?;

    book(&page, "Second Guest").await?;
    page.press(&["Ctrl+z"]).await?;
    page.cell_says("Single", MONDAY, "2 of 2 left").await?;
    assert_eq!(hotel.count("SGL", "2026-06-01", "2026-06-02", "sold")?, 0);
    hotel.verify()?;
    session.close().await
}

/// Sells a single on the business date.
async fn book(page: &Page, guest: &str) -> Outcome {
    let cell = page.cell("Single", MONDAY).await?;
    page.click_on(&cell).await?;
    page.press(&["n"]).await?;
    page.fill("Guest name", guest).await?;
    page.press(&["Enter"]).await?;
    page.cell_says("Single", MONDAY, "1 of 2 left")
        .await
        .map(drop)
}

#[tokio::test]
async fn what_was_done_is_listed_and_each_is_taken_back_by_itself() -> Outcome {
    let hotel = Hotel::small()?;
    let session = Session::on(hotel.file()).await?;
    let page = session.page();
    page.ready("grid").await?;
    let cell = page.cell("Double", MONDAY).await?;
    page.click_on(&cell).await?;
    page.press(&["h"]).await?;
    page.cell_says("Double", MONDAY, "4 of 5 left").await?;
    page.press(&["Right", "h"]).await?;
    page.cell_says("Double", TUESDAY, "4 of 5 left").await?;
    page.press(&["u"]).await?;
    page.says("What you did").await?;
    page.picture("what-was-done").await?;
    page.click("button", "Undo Hold A-H1").await?;
    page.cell_says("Double", MONDAY, "5 of 5 left").await?;
    page.cell_says("Double", TUESDAY, "4 of 5 left").await?;
    assert_eq!(hotel.count("DBL", "2026-06-01", "2026-06-02", "held")?, 0);
    assert_eq!(hotel.count("DBL", "2026-06-02", "2026-06-03", "held")?, 1);
    hotel.verify()?;
    session.close().await
}

/// The engine would keep each letter for as long as the window is open. Some two hundred are worth a frame.
#[tokio::test]
async fn what_was_typed_is_forgotten_once_the_calendar_has_the_focus() -> Outcome {
    let hotel = Hotel::small()?;
    let session = Session::on(hotel.file()).await?;
    let page = session.page();
    page.ready("grid").await?;
    let kept = "return document.queryCommandEnabled('undo')";
    assert_eq!(page.run(kept, vec![]).await?, false);
    page.press(&["n"]).await?;
    page.named("textbox", "Guest name").await?;
    for _ in 0..26 {
        page.press(&["Ctrl+a"]).await?;
        page.type_text("Ada King").await?;
    }
    // In the field it can be taken back.
    assert_eq!(page.run(kept, vec![]).await?, true);
    page.press(&["Enter"]).await?;
    page.cell_says("Single", MONDAY, "1 of 2 left").await?;
    page.until("nothing to be kept", kept, vec![], |kept| *kept == false)
        .await?;
    let focus = "return document.activeElement.getAttribute('role')";
    assert_eq!(page.run(focus, vec![]).await?, "grid");
    session.close().await
}
