//! Taking back what was just done.

use keyrack_tests::{Hotel, Outcome, Page, Session};

use crate::MONDAY;

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
