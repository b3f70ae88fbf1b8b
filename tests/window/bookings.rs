//! Selling rooms, by mouse, by keyboard alone, and not at all.

use keyrack_tests::{Hotel, Outcome, Session, failure};

use crate::hands::Hand::Mouse;
use crate::{MONDAY, THURSDAY, TUESDAY, WEDNESDAY};

#[tokio::test]
async fn rooms_are_sold_with_the_mouse() -> Outcome {
    let hotel = Hotel::small()?;
    let session = Session::on(hotel.file()).await?;
    let page = session.page();
    page.ready("grid").await?;
    let (from, to) = (
        page.cell("Double", TUESDAY).await?,
        page.cell("Double", THURSDAY).await?,
    );
    page.drag(&from, &to).await?;
    page.says("3 nights").await?;
    page.picture("selected").await?;
    page.click("button", "New booking").await?;
    page.fill("Guest name", "Rosa Maier").await?;
    page.picture("booking-form").await?;
    page.whole("booking-form").await?;
    page.click("button", "Book").await?;
    for night in [TUESDAY, WEDNESDAY, THURSDAY] {
        page.cell_says("Double", night, "4 of 5 left").await?;
    }
    page.picture("booked").await?;
    for (night, next) in [("2026-06-02", "2026-06-03"), ("2026-06-04", "2026-06-05")] {
        assert_eq!(hotel.count("DBL", night, next, "sold")?, 1, "{night}");
    }
    assert_eq!(hotel.count("DBL", "2026-06-05", "2026-06-06", "sold")?, 0);
    guest_is_on_the_list(&hotel, "Rosa Maier")?;
    hotel.verify()?;
    session.close().await
}

#[tokio::test]
async fn rooms_are_sold_with_the_keyboard_alone() -> Outcome {
    let hotel = Hotel::small()?;
    let session = Session::on(hotel.file()).await?;
    let page = session.page();
    page.ready("grid").await?;
    // The calendar has the focus, on the business date of the first type.
    page.press(&["Down", "Right", "Shift+Right", "n"]).await?;
    page.named("textbox", "Guest name").await?;
    page.type_text("Ivo Brandt").await?;
    page.press(&["Enter"]).await?;
    page.cell_says("Double", TUESDAY, "4 of 5 left").await?;
    page.cell_says("Double", WEDNESDAY, "4 of 5 left").await?;
    page.cell_says("Double", MONDAY, "5 of 5 left").await?;
    page.cell_says("Double", THURSDAY, "5 of 5 left").await?;
    guest_is_on_the_list(&hotel, "Ivo Brandt")?;

    // The focus is back in the calendar: the next booking needs no mouse either.
    page.press(&["n"]).await?;
    page.named("textbox", "Guest name").await?;
    page.type_text("Mia Brandt").await?;
    page.press(&["Enter"]).await?;
    page.cell_says("Double", TUESDAY, "3 of 5 left").await?;
    hotel.verify()?;
    session.close().await
}

#[tokio::test]
async fn a_sold_out_night_is_refused_in_a_sentence_with_alternatives() -> Outcome {
    let hotel = Hotel::sample()?;
    let session = Session::on(hotel.file()).await?;
    let page = session.page();
    page.ready("grid").await?;
    let cell = page.cell("Penthouse", "Fri 9 Jun 2017").await?;
    page.click_on(&cell).await?;
    page.cell_says("Penthouse", "Fri 9 Jun 2017", "0 of 3 left")
        .await?;
    page.press(&["n"]).await?;
    page.fill("Guest name", "Late Caller").await?;
    page.press(&["Enter"]).await?;
    let refused = page.first("alert").await?.text().await?;
    assert!(
        refused.contains("Penthouse"),
        "the sentence names the type: {refused:?}"
    );
    let instead = page.beginning("button", "Apartment, ").await?;
    page.picture("refused").await?;
    assert_eq!(hotel.count("H", "2017-06-09", "2017-06-10", "sold")?, 3);

    // An alternative fills the form, and what it offers can be booked.
    page.click_on(&instead).await?;
    page.click("button", "Book").await?;
    let begun = std::time::Instant::now();
    while guest_is_on_the_list(&hotel, "Late Caller").is_err() {
        assert!(
            begun.elapsed().as_secs() < 10,
            "the alternative was not booked"
        );
    }
    hotel.verify()?;
    session.close().await
}

fn guest_is_on_the_list(hotel: &Hotel, guest: &str) -> Outcome {
    let list = hotel.done(&["reservation", "list", "--guest", guest])?;
    if list.to_string().contains(guest) {
        return Ok(());
    }
    failure(format!("{guest} is not in {list}"))
}

/// What the form lacks, and what the program does not keep, stand at their fields, which have the focus.
#[tokio::test]
async fn what_is_wrong_in_a_booking_stands_at_its_field() -> Outcome {
    let hotel = Hotel::small()?;
    let session = Session::on(hotel.file()).await?;
    let page = session.page();
    page.ready("grid").await?;
    let told = "const field = document.activeElement; \
        return [document.getElementById(field.getAttribute('aria-labelledby'))?.innerText, \
            field.getAttribute('aria-invalid'), \
            document.getElementById(field.getAttribute('aria-describedby'))?.innerText ?? '']";
    let stands_at = async |name: &str, part: &str| {
        let found = page.until(part, told, vec![], |told| {
            told[2].as_str().is_some_and(|text| text.contains(part))
        });
        let found = found.await?;
        assert_eq!(
            (&found[0], &found[1]),
            (&name.into(), &"true".into()),
            "{found}"
        );
        Outcome::Ok(())
    };
    page.press(&["n", "Enter"]).await?;
    stands_at("Guest name", "Type the guest's name.").await?;
    page.fill("Guest name", "Ada King").await?;
    page.click("button", "More details").await?;
    page.fill("E-mail", "ada at example").await?;
    page.says("An e-mail usually has an @").await?;
    page.fill("Notes", "4111 1111 1111 1111").await?;
    page.picture("at-field-hint").await?;
    Mouse.press(&page, "Book").await?;
    stands_at("Notes", "card number").await?;
    page.picture("at-field").await?;
    page.accessible("at-field").await?;
    page.fill("Notes", "late").await?;
    Mouse.press(&page, "Book").await?;
    page.cell_says("Single", "Mon 1 Jun 2026", "1 of 2 left")
        .await?;
    session.close().await
}

/// A message that stays lies over no button, in a narrow window either.
#[tokio::test]
async fn a_message_covers_no_button() -> Outcome {
    let hotel = Hotel::small()?;
    let session = Session::on(hotel.file()).await?;
    let page = session.page();
    page.ready("grid").await?;
    let covered = "const toasts = document.querySelector('.toasts').getBoundingClientRect(); \
        const over = [...document.querySelectorAll('button, input, select, textarea, footer')] \
            .filter((each) => !each.closest('.toasts') && getComputedStyle(each).visibility !== 'hidden') \
            .filter((each) => { const box = each.getBoundingClientRect(); \
                return box.left < toasts.right && toasts.left < box.right \
                    && box.top < toasts.bottom && toasts.top < box.bottom; }); \
        return [toasts.height, over.map((each) => each.textContent || each.tagName)]";
    // At once and a half its size the window is some 850 pixels wide.
    for (larger, screen) in [(0, "message"), (3, "message-narrow")] {
        for _ in 0..larger {
            page.press(&["Ctrl+="]).await?;
        }
        page.press(&["h"]).await?;
        page.says("Hold A-H").await?;
        page.press(&["n"]).await?;
        page.named("textbox", "Guest name").await?;
        page.rests().await?;
        let found = page.run(covered, vec![]).await?;
        page.picture(screen).await?;
        assert!(found[0].as_f64() > Some(10.0), "{found}");
        assert_eq!(found[1], serde_json::json!([]), "{found}");
        page.press(&["Escape"]).await?;
    }
    session.close().await
}
