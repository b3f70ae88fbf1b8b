//! Bookings found by guest or number: what the window finds is what the command line lists.

use keyrack_tests::{Hotel, Outcome, Session};

const OPTIONS: &str = "return [...document.querySelectorAll('[role=option] .who .muted')] \
    .map((each) => each.textContent.trim()).sort()";
const CARD: &str = "return document.querySelector('aside').dataset.side === 'card' \
    ? document.querySelector('aside').innerText.replace(/\\s+/g, ' ') : ''";

#[tokio::test]
async fn a_booking_is_found_by_name_and_by_number_by_mouse_and_by_keyboard() -> Outcome {
    let hotel = Hotel::small()?;
    for (stay, guest) in [
        ("DBL:2026-06-01:2026-06-03", "Ada King"),
        ("SGL:2026-06-10:2026-06-12", "Ada Lovelace"),
        ("STE:2026-07-01:2026-07-03", "Ivo Brandt"),
    ] {
        hotel.done(&["reserve", stay, "--guest", guest])?;
    }
    let listed = hotel.done(&["reservation", "list", "--guest", "ada"])?;
    let listed = listed["reservations"].as_array().ok_or("a list")?;
    let mut numbers: Vec<&str> = listed
        .iter()
        .filter_map(|each| each["number"].as_str())
        .collect();
    numbers.sort_unstable();
    assert_eq!(numbers, ["A1", "A2"]);
    let session = Session::on(hotel.file()).await?;
    let page = &session.page();
    page.ready("grid").await?;

    // By mouse.
    let field = page.named("combobox", "Search bookings").await?;
    page.click_on(&field).await?;
    page.type_text("ada").await?;
    let wanted = serde_json::json!(numbers);
    page.until("both of them", OPTIONS, vec![], |found| *found == wanted)
        .await?;
    page.accessible("search").await?;
    page.picture("search").await?;
    let second = page.beginning("option", "Ada Lovelace").await?;
    page.click_on(&second).await?;
    page.until("her card", CARD, vec![], |card| {
        card.as_str()
            .is_some_and(|card| card.contains("Ada Lovelace"))
    })
    .await?;

    // By keyboard alone: a number, and back to the calendar.
    page.press(&["Escape", "Ctrl+f"]).await?;
    page.type_text("A3").await?;
    page.beginning("option", "Ivo Brandt").await?;
    page.press(&["Enter"]).await?;
    page.until("his card", CARD, vec![], |card| {
        card.as_str()
            .is_some_and(|card| card.contains("Ivo Brandt"))
    })
    .await?;
    page.press(&["Escape", "Ctrl+f"]).await?;
    page.type_text("nobody").await?;
    page.says("No booking fits “nobody”.").await?;
    page.press(&["Escape"]).await?;
    let focus = "return document.activeElement.getAttribute('role')";
    assert_eq!(page.run(focus, vec![]).await?, "grid");
    session.close().await
}
