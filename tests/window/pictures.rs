//! The pictures: what their tables say is what the command line says, by key and by mouse.

use keyrack_tests::{Hotel, Outcome, Session};
use serde_json::Value;

use crate::hands::Hand::{self, Keys, Mouse};

/// The figures of the table's column, top down.
const COLUMN: &str = "return [...document.querySelectorAll('[data-place] tbody tr')] \
    .map((row) => row.cells[arguments[0]].textContent.trim())";

/// Each picture in turn, and its table.
async fn pictures(hand: Hand) -> Outcome {
    let hotel = Hotel::sample()?;
    let session = Session::on(hotel.file()).await?;
    let page = &session.page();
    page.ready("grid").await?;
    match hand {
        Mouse => hand.go(page, "Places", "Pictures").await?,
        Keys => page.press(&["c"]).await?,
    }
    page.says("the fullest night is").await?;
    page.until(
        "a drawing",
        "return document.querySelectorAll('.uplot canvas').length",
        vec![],
        |drawn| *drawn == 1,
    )
    .await?;
    page.picture("pictures-occupancy").await?;
    page.whole("pictures-occupancy").await?;
    page.accessible("pictures-occupancy").await?;

    let rows = page.run(COLUMN, vec![1.into()]).await?;
    assert_eq!(rows.as_array().map(Vec::len), Some(365));
    let answer = hotel.done(&["availability", "2017-06-01", "2017-06-15"])?;
    let mut sold = [0; 14];
    let mut capacity = [0; 14];
    for room_type in answer["room_types"].as_array().ok_or("types")? {
        let cells = room_type["cells"].as_array().ok_or("cells")?;
        for (at, cell) in cells.iter().enumerate() {
            let count = |name: &str| cell[name].as_i64().unwrap_or(i64::MIN);
            sold[at] += count("sold");
            capacity[at] += count("physical") - count("out_of_order");
        }
    }
    for at in 0..14 {
        let tenths = (sold[at] * 2_000 + capacity[at]) / (2 * capacity[at]);
        let expected = format!("{}.{} %", tenths / 10, tenths % 10);
        assert_eq!(rows[at], Value::String(expected), "night {at}");
    }

    hand.sheet(page, "Pick-up and pace").await?;
    page.says("in the last week.").await?;
    page.says("52 weeks ago at this time it was").await?;
    let column = page.run(COLUMN, vec![1.into()]).await?;
    for (at, rooms) in sold.iter().enumerate() {
        assert_eq!(column[at], rooms.to_string(), "sold on night {at}");
    }
    page.picture("pictures-pace").await?;
    hand.sheet(page, "Availability by type").await?;
    page.says("The darker, the less is left.").await?;
    page.picture("pictures-heat").await?;
    hand.sheet(page, "Arrivals and departures").await?;
    page.says(" arrivals and ").await?;
    page.picture("pictures-movements").await?;
    hand.press(page, "Table").await?;
    page.accessible("pictures-table").await?;
    page.picture("pictures-table").await?;
    hand.back(page).await?;
    session.close().await
}

#[tokio::test]
async fn pictures_by_mouse_alone() -> Outcome {
    pictures(Mouse).await
}

#[tokio::test]
async fn pictures_by_keyboard_alone() -> Outcome {
    pictures(Keys).await
}
