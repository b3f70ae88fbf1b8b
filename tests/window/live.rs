//! What others do to the file while the window looks at it.

use std::time::{Duration, Instant};

use keyrack_tests::{Hotel, Outcome, Session};
use serde_json::json;

use crate::{MONDAY, TUESDAY, WEDNESDAY};

#[tokio::test]
async fn a_sale_by_the_command_line_is_in_the_window_within_a_second() -> Outcome {
    let hotel = Hotel::small()?;
    let session = Session::on(hotel.file()).await?;
    let page = session.page();
    page.ready("grid").await?;
    page.cell("Double", MONDAY).await?;
    for left in (0..5).rev() {
        hotel.done(&[
            "reserve",
            "DBL:2026-06-01:2026-06-03",
            "--guest",
            "At The Other Desk",
        ])?;
        let sold = Instant::now();
        page.cell_says("Double", MONDAY, &format!("{left} of 5 left"))
            .await?;
        let seen = sold.elapsed();
        assert!(seen < Duration::from_secs(1), "it took {seen:?}");
        page.cell_says("Double", TUESDAY, &format!("{left} of 5 left"))
            .await?;
    }
    page.cell_says("Double", WEDNESDAY, "5 of 5 left").await?;
    session.close().await
}

#[tokio::test]
async fn a_change_too_large_to_patch_is_read_again_whole() -> Outcome {
    let hotel = Hotel::small()?;
    let session = Session::on(hotel.file()).await?;
    let page = session.page();
    page.ready("grid").await?;
    page.cell_says("Single", MONDAY, "2 of 2 left").await?;
    hotel.done(&[
        "limits",
        "set",
        "SGL",
        "2026-06-01",
        "2029-05-01",
        "--physical",
        "9",
    ])?;
    hotel.done(&[
        "limits",
        "set",
        "DBL",
        "2026-06-01",
        "2029-05-01",
        "--overbooking",
        "3",
    ])?;
    page.cell_says("Single", MONDAY, "9 of 9 left").await?;
    page.cell_says("Double", TUESDAY, "3 more by overbooking")
        .await?;
    session.close().await
}

#[tokio::test]
async fn the_focus_and_the_place_survive_a_change() -> Outcome {
    let hotel = Hotel::small()?;
    let session = Session::on(hotel.file()).await?;
    let page = session.page();
    page.ready("grid").await?;
    page.press(&["Down", "Right"]).await?;
    let place = "const grid = document.querySelector('[role=grid]'); \
        const active = document.getElementById(grid.getAttribute('aria-activedescendant')); \
        return [grid === document.activeElement, active?.getAttribute('aria-label')?.slice(0, 22), \
            grid.scrollLeft, grid.scrollTop]";
    // The mark of the cell follows the keys with the next frame.
    let before = page
        .until("the keys to have arrived", place, vec![], |at| {
            at[1] == "Double, Tue 2 Jun 2026"
        })
        .await?;
    assert_eq!(
        before[0],
        json!(true),
        "the calendar has the focus: {before}"
    );
    hotel.done(&[
        "reserve",
        "DBL:2026-06-01:2026-06-04",
        "--guest",
        "At The Other Desk",
    ])?;
    page.cell_says("Double", TUESDAY, "4 of 5 left").await?;
    assert_eq!(page.run(place, vec![]).await?, before);
    session.close().await
}
