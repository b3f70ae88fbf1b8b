//! Looking at the calendar: what the window shows is what the command line says.

use keyrack_tests::{Hotel, Outcome, Session};
use serde_json::json;

use crate::TUESDAY;

#[tokio::test]
async fn every_cell_of_the_first_weeks_of_the_sample_agrees_with_the_command_line() -> Outcome {
    let hotel = Hotel::sample()?;
    let session = Session::on(hotel.file()).await?;
    let page = session.page();
    page.ready("grid").await?;
    page.picture("sample-main").await?;

    let answer = hotel.done(&["availability", "2017-06-01", "2017-06-15"])?;
    let nights = answer["nights"]
        .as_array()
        .ok_or("availability names the nights")?;
    assert_eq!(nights.len(), 14);
    let mut compared = 0;
    for room_type in answer["room_types"]
        .as_array()
        .ok_or("availability lists the types")?
    {
        let name = room_type["name"].as_str().ok_or("a type has a name")?;
        for (day, cell) in (1..).zip(room_type["cells"].as_array().ok_or("a type has cells")?) {
            let left = cell["rooms_left"].as_i64().ok_or("a cell has rooms left")?;
            let physical = cell["physical"]
                .as_i64()
                .ok_or("a cell has physical rooms")?;
            let night = format!("{} {day} Jun 2017", weekday(day));
            let label = page.cell_label(name, &night).await?;
            let expected = format!("{name}, {night}, {} of {physical} left", left.max(0));
            assert!(
                label.starts_with(&expected),
                "{label:?} is not {expected:?}"
            );
            let over = format!(", overbooked by {}", -left);
            assert_eq!(label.contains(&over), left < 0, "{label:?}, {left} left");
            compared += 1;
        }
    }
    assert_eq!(compared, 10 * 14);
    session.close().await
}

/// June 2017 began on a Thursday.
fn weekday(day: usize) -> &'static str {
    ["Wed", "Thu", "Fri", "Sat", "Sun", "Mon", "Tue"][day % 7]
}

#[tokio::test]
async fn a_cells_panel_unfolds_its_counts_into_what_makes_them() -> Outcome {
    let hotel = Hotel::small()?;
    hotel.done(&[
        "reserve",
        "DBL:2026-06-02:2026-06-04",
        "--guest",
        "Ana Lima",
    ])?;
    hotel.done(&[
        "hold",
        "place",
        "DBL:2026-06-02:2026-06-03",
        "--reference",
        "Mr Bell rings back",
    ])?;
    hotel.done(&[
        "outage",
        "add",
        "DBL:2026-06-01:2026-06-05:1",
        "--reason",
        "Painting",
    ])?;
    let session = Session::on(hotel.file()).await?;
    let page = session.page();
    page.ready("grid").await?;
    assert_eq!(
        page.cell_label("Double", TUESDAY).await?,
        "Double, Tue 2 Jun 2026, 2 of 5 left, 1 more by overbooking, out of order 1"
    );
    let cell = page.cell("Double", TUESDAY).await?;
    page.click_on(&cell).await?;
    for (count, behind) in [
        ("Sold", "Ana Lima"),
        ("Held", "Mr Bell rings back"),
        ("Out of order", "Painting"),
    ] {
        let unfold = "const name = arguments[0]; \
            const line = [...document.querySelectorAll('aside button[aria-expanded]')] \
                .find((button) => button.textContent.trim().startsWith(name)); \
            line?.click(); return line !== undefined";
        page.until(
            &format!("the line {count}"),
            unfold,
            vec![json!(count)],
            |found| found == &json!(true),
        )
        .await?;
        page.says(behind).await?;
    }
    page.picture("cell-unfolded").await?;
    session.close().await
}

#[tokio::test]
async fn typing_a_date_goes_there_and_home_comes_back() -> Outcome {
    let hotel = Hotel::small()?;
    let session = Session::on(hotel.file()).await?;
    let page = session.page();
    page.ready("grid").await?;
    page.type_text("24/12").await?;
    page.press(&["Enter"]).await?;
    page.cell("Suite", "Thu 24 Dec 2026").await?;
    page.picture("jumped").await?;
    page.press(&["Ctrl+Home"]).await?;
    page.cell("Suite", "Mon 1 Jun 2026").await?;
    session.close().await
}
