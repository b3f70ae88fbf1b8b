//! How many steps the common jobs take: a click, a drag, a key or a typed text is one.

use std::time::{Duration, Instant};

use keyrack_tests::{Hotel, Outcome, Page, Session};

/// A person types five keys a second, and looks before each field.
const A_KEY: Duration = Duration::from_millis(200);
const A_LOOK: Duration = Duration::from_millis(700);

#[tokio::test]
async fn booking_holding_and_closing_take_as_few_steps_as_they_should() -> Outcome {
    let hotel = Hotel::small()?;
    let session = Session::on(hotel.file()).await?;
    let page = &session.page();
    page.ready("grid").await?;

    // Drag the nights, N, the name, Enter.
    let from = page.cell("Double", crate::TUESDAY).await?;
    let to = page.cell("Double", crate::THURSDAY).await?;
    page.steps();
    page.drag(&from, &to).await?;
    page.press(&["n"]).await?;
    page.type_text("Ada King").await?;
    page.press(&["Enter"]).await?;
    assert!(page.steps() <= 4, "a booking takes four steps");
    page.cell_says("Double", crate::WEDNESDAY, "4 of 5 left")
        .await?;

    // A hold of the selection: one key.
    page.steps();
    page.press(&["h"]).await?;
    assert_eq!(page.steps(), 1, "a hold takes one step");
    page.cell_says("Double", crate::WEDNESDAY, "3 of 5 left")
        .await?;

    // The last change taken back: one key.
    page.press(&["Ctrl+z"]).await?;
    assert_eq!(page.steps(), 1, "an undo takes one step");
    page.cell_says("Double", crate::WEDNESDAY, "4 of 5 left")
        .await?;

    // "Any double, 14th to 17th?": a key and what was asked.
    page.press(&["Ctrl+k"]).await?;
    page.type_text("2 dbl 14-17 jun").await?;
    assert_eq!(page.steps(), 2, "an answer takes two steps");
    page.says("Double").await?;
    page.press(&["Escape", "Escape"]).await?;
    hotel.verify()?;
    session.close().await
}

/// Moves to the next field and writes into it, at a person's pace.
async fn field(page: &Page, text: &str) -> Outcome {
    tokio::time::sleep(A_LOOK).await;
    if !text.is_empty() {
        page.press(&["Ctrl+a"]).await?;
    }
    for letter in text.chars() {
        page.type_text(&letter.to_string()).await?;
        tokio::time::sleep(A_KEY).await;
    }
    page.press(&["Tab"]).await
}

#[tokio::test]
async fn a_hotel_of_ones_own_is_set_up_by_keys_alone_in_less_than_three_minutes() -> Outcome {
    let session = Session::start(&[]).await?;
    let page = &session.page();
    let own = page.beginning("button", "Set up your own hotel").await?;
    let begun = Instant::now();
    page.click_on(&own).await?;
    page.named("textbox", "Name").await?;
    let count = "return document.querySelectorAll('.form input').length";
    let fields = page.run(count, vec![]).await?.as_u64().unwrap_or(u64::MAX);
    assert!(fields <= 17, "{fields} fields");
    // Name, code, then time zone, currency and date as they are suggested.
    for text in ["Pension Aurora", "AUR", "", "", ""] {
        field(page, text).await?;
    }
    // Three types are suggested: rooms and limits are typed, codes and names stay.
    for (rooms, limit) in [("6", "0"), ("12", "2"), ("3", "0")] {
        for text in ["", "", rooms, limit] {
            field(page, text).await?;
        }
        // The button that removes the type.
        field(page, "").await?;
    }
    page.press(&["Tab", "Enter"]).await?;
    page.ready("grid").await?;
    let took = begun.elapsed();
    println!("{fields} fields, {} s at a person's pace", took.as_secs());
    assert!(took < Duration::from_secs(180), "{took:?}");
    page.says("Pension Aurora").await?;
    page.says("First steps, 1 of 4").await?;
    page.accessible("tour").await?;
    page.picture("tour").await?;
    for _ in 0..3 {
        page.click("button", "Next").await?;
    }
    page.click("button", "Done").await?;
    let left = "return document.body.innerText.includes('First steps,')";
    page.until("the first steps to go", left, vec![], |left| *left == false)
        .await?;
    session.close().await
}
