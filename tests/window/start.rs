//! From nothing to an open hotel.

use keyrack_tests::{Hotel, Outcome, Session};
use serde_json::json;

use crate::MONDAY;

#[tokio::test]
async fn without_a_hotel_the_window_offers_the_sample_and_ones_own() -> Outcome {
    let session = Session::start(&[]).await?;
    let page = session.page();
    page.beginning("button", "Open the sample hotel").await?;
    page.beginning("button", "Set up your own hotel").await?;
    page.picture("start-choice").await?;
    session.close().await
}

#[tokio::test]
async fn ones_own_hotel_is_set_up_and_opens() -> Outcome {
    let session = Session::start(&[]).await?;
    let page = session.page();
    let own = page.beginning("button", "Set up your own hotel").await?;
    page.click_on(&own).await?;
    page.fill("Name", "Pension Aurora").await?;
    page.fill("Short code", "AUR").await?;
    page.fill("Code", "DZ").await?;
    page.fill("Rooms", "7").await?;
    page.click("button", "Remove room type 3").await?;
    page.click("button", "Remove room type 2").await?;
    page.picture("start-own").await?;
    page.click("button", "Create hotel").await?;
    page.ready("grid").await?;
    page.says("Pension Aurora").await?;
    let cells = "return [...document.querySelectorAll('[role=gridcell]')] \
        .filter((cell) => (cell.getAttribute('aria-label') ?? '').includes('7 of 7 left')).length";
    page.until("seven rooms to sell", cells, vec![], |count| {
        count.as_u64() > Some(5)
    })
    .await?;
    session.close().await
}

#[tokio::test]
async fn a_hotel_opens_on_its_business_date() -> Outcome {
    let hotel = Hotel::small()?;
    let session = Session::on(hotel.file()).await?;
    let page = session.page();
    page.ready("grid").await?;
    page.says("Hotel Miramar").await?;
    assert_eq!(
        page.cell_label("Double", MONDAY).await?,
        "Double, Mon 1 Jun 2026, 5 of 5 left, 1 more by overbooking"
    );
    let rows = page.run(
        "const grid = document.querySelector('[role=grid]'); \
            return [grid.ariaRowCount, grid.ariaColCount].map(Number)",
        vec![],
    );
    let rows = rows.await?;
    assert!(
        rows[0].as_u64() >= Some(5),
        "three types, the house and the dates: {rows}"
    );
    assert_eq!(rows[1], json!(1097), "1,096 nights and the column of names");
    page.picture("small-hotel").await?;
    session.close().await
}

#[tokio::test]
async fn a_file_that_is_no_hotel_is_told_with_its_name() -> Outcome {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("letter.db");
    std::fs::write(&file, "Dear guest, ".repeat(500))?;
    let session = Session::on(&file).await?;
    let page = session.page();
    page.says("The hotel could not be opened").await?;
    page.says("letter.db").await?;
    page.picture("start-failed").await?;
    let letter = std::fs::read_to_string(&file)?;
    assert_eq!(letter.len(), 12 * 500, "the file is as it was");

    // Once the cause is mended the same window goes on.
    let hotel = Hotel::small()?;
    std::fs::copy(hotel.file(), &file)?;
    page.click("button", "Try again").await?;
    page.ready("grid").await?;
    session.close().await
}

#[tokio::test]
async fn a_file_of_a_newer_program_is_left_as_it_is_and_asks_for_an_upgrade() -> Outcome {
    let hotel = Hotel::small()?;
    let version = |set: Option<i64>| -> Outcome<i64> {
        let file = rusqlite::Connection::open(hotel.file())?;
        if let Some(to) = set {
            file.pragma_update(None, "user_version", to)?;
        }
        Ok(file.pragma_query_value(None, "user_version", |row| row.get(0))?)
    };
    let known = version(None)?;
    version(Some(99))?;
    let session = Session::on(hotel.file()).await?;
    let page = session.page();
    page.says("This hotel was last open in a newer Keyrack")
        .await?;
    page.says("Update Keyrack on this machine, then try again.")
        .await?;
    page.accessible("start-newer").await?;
    page.picture("start-newer").await?;
    assert_eq!(version(None)?, 99, "nothing was written");

    // With a program that knows the file the same window would go on.
    version(Some(known))?;
    page.click("button", "Try again").await?;
    page.ready("grid").await?;
    session.close().await
}
