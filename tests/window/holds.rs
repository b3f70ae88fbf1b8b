//! The last room, kept while the guest decides.

use std::process::Command;

use keyrack_tests::{Hotel, Outcome, Session};

use crate::{MONDAY, TUESDAY};

#[tokio::test]
async fn a_hold_takes_the_room_counts_down_and_is_let_go() -> Outcome {
    let hotel = Hotel::small()?;
    let session = Session::on(hotel.file()).await?;
    let page = session.page();
    page.ready("grid").await?;
    let cell = page.cell("Suite", TUESDAY).await?;
    page.click_on(&cell).await?;
    page.press(&["h"]).await?;
    page.cell_says("Suite", TUESDAY, "0 of 1 left").await?;
    assert_eq!(hotel.count("STE", "2026-06-02", "2026-06-03", "held")?, 1);
    let clock =
        "return document.querySelector('aside')?.innerText.match(/(\\d+):\\d\\d left/)?.[1]";
    page.until("the countdown", clock, vec![], |minutes| {
        minutes == "9" || minutes == "10"
    })
    .await?;
    page.picture("held").await?;

    let holds = page.beginning("tab", "Holds").await?;
    page.click_on(&holds).await?;
    let release = page.beginning("button", "Release hold").await?;
    page.click_on(&release).await?;
    page.cell_says("Suite", TUESDAY, "1 of 1 left").await?;
    assert_eq!(hotel.count("STE", "2026-06-02", "2026-06-03", "held")?, 0);
    hotel.verify()?;
    session.close().await
}

#[tokio::test]
async fn a_hold_whose_time_is_up_gives_the_room_back_by_itself() -> Outcome {
    let hotel = Hotel::small()?;
    let session = Session::on(hotel.file()).await?;
    let page = session.page();
    page.ready("grid").await?;
    // A hold of one minute that was placed 55 seconds ago.
    let ago = ["-u", "-d", "-55 seconds", "+%Y-%m-%dT%H:%M:%SZ"];
    let placed = String::from_utf8(Command::new("date").args(ago).output()?.stdout)?;
    let stay = "STE:2026-06-01:2026-06-02";
    hotel.done(&[
        "--at",
        placed.trim(),
        "hold",
        "place",
        stay,
        "--minutes",
        "1",
    ])?;
    page.cell_says("Suite", MONDAY, "0 of 1 left").await?;
    page.cell_says("Suite", MONDAY, "1 of 1 left").await?;
    assert_eq!(hotel.count("STE", "2026-06-01", "2026-06-02", "held")?, 0);
    hotel.verify()?;
    session.close().await
}

#[tokio::test]
async fn a_hold_becomes_a_booking() -> Outcome {
    let hotel = Hotel::small()?;
    let session = Session::on(hotel.file()).await?;
    let page = session.page();
    page.ready("grid").await?;
    let cell = page.cell("Suite", MONDAY).await?;
    page.click_on(&cell).await?;
    page.press(&["h"]).await?;
    page.cell_says("Suite", MONDAY, "0 of 1 left").await?;
    let holds = page.beginning("tab", "Holds").await?;
    page.click_on(&holds).await?;
    let book = page.beginning("button", "Book hold").await?;
    page.click_on(&book).await?;
    page.fill("Guest name", "Clara Voss").await?;
    page.click("button", "Book").await?;
    let begun = std::time::Instant::now();
    while hotel.count("STE", "2026-06-01", "2026-06-02", "sold")? != 1 {
        assert!(
            begun.elapsed().as_secs() < 10,
            "the hold did not become a booking"
        );
    }
    assert_eq!(hotel.count("STE", "2026-06-01", "2026-06-02", "held")?, 0);
    page.cell_says("Suite", MONDAY, "0 of 1 left").await?;
    hotel.verify()?;
    session.close().await
}
