//! The life of a stay after it was booked, by mouse and by keyboard alone.

use keyrack_tests::{Hotel, Outcome, Page, Session, failure};
use serde_json::Value;

use crate::{MONDAY, THURSDAY, TUESDAY, WEDNESDAY};

/// Opens a booking from the day sheet.
async fn open(page: &Page, who: &str) -> Outcome {
    let row = page.beginning("row", who).await?;
    page.click_on(&row).await
}

/// Opens a booking by its guest, by keys.
async fn find(page: &Page, who: &str) -> Outcome {
    page.press(&["Ctrl+f"]).await?;
    page.type_text(who).await?;
    page.beginning("option", who).await?;
    page.press(&["Enter"]).await?;
    page.until(
        "the card",
        "return document.querySelector('aside').dataset.side",
        vec![],
        |side| side == "card",
    )
    .await
    .map(drop)
}

/// Goes to a button and presses it, by keys.
async fn press(page: &Page, button: &str) -> Outcome {
    page.tab_to("button", button).await?;
    page.press(&["Enter"]).await
}

/// Waits until the command line says of a booking what is wanted.
async fn told(hotel: &Hotel, number: &str, what: &str, wanted: &str) -> Outcome<Value> {
    let begun = std::time::Instant::now();
    loop {
        // Before it is booked there is no such reservation.
        let told = hotel.run(&["reservation", "show", number])?.json;
        let is_told = |at: String| {
            let found = told.pointer(&at).unwrap_or(&Value::Null);
            found == wanted
                || found
                    .as_i64()
                    .is_some_and(|found| wanted == found.to_string())
        };
        if is_told(format!("/{what}")) || is_told(format!("/stays/0/{what}")) {
            return Ok(told);
        }
        if begun.elapsed().as_secs() > 10 {
            return failure(format!("{what} does not become {wanted}: {told}"));
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}

fn booked(hotel: &Hotel, stay: &str, guest: &str) -> Outcome {
    hotel.done(&["reserve", stay, "--guest", guest]).map(drop)
}

#[tokio::test]
async fn guests_come_stay_away_and_leave_by_mouse() -> Outcome {
    let hotel = Hotel::small()?;
    booked(&hotel, "DBL:2026-06-01:2026-06-03", "Ada King")?;
    booked(&hotel, "DBL:2026-06-01:2026-06-03", "Ivo Brandt")?;
    let session = Session::on(hotel.file()).await?;
    let page = &session.page();
    page.ready("grid").await?;

    open(page, "A1 Ada King").await?;
    page.click("button", "Check in").await?;
    page.fill("Room number", "101").await?;
    page.click("button", "Check in now").await?;
    told(&hotel, "A1", "status", "checked_in").await?;
    told(&hotel, "A1", "room", "101").await?;
    page.says("room 101").await?;
    page.accessible("checked-in").await?;
    page.picture("checked-in").await?;
    page.click("button", "Reverse check-in").await?;
    page.click("button", "Reverse it").await?;
    told(&hotel, "A1", "status", "confirmed").await?;
    page.click("button", "Check in").await?;
    page.click("button", "Check in now").await?;
    told(&hotel, "A1", "status", "checked_in").await?;
    page.click("button", "Check out").await?;
    told(&hotel, "A1", "status", "checked_out").await?;
    // Who left early leaves the nights to come free.
    page.cell_says("Double", TUESDAY, "4 of 5 left").await?;
    page.click("button", "Reverse check-out").await?;
    page.click("button", "Reverse it").await?;
    told(&hotel, "A1", "status", "checked_in").await?;
    page.cell_says("Double", TUESDAY, "3 of 5 left").await?;

    open(page, "A2 Ivo Brandt").await?;
    page.click("button", "No-show").await?;
    page.click("button", "Mark as no-show").await?;
    told(&hotel, "A2", "status", "no_show").await?;
    page.cell_says("Double", TUESDAY, "4 of 5 left").await?;
    page.click("button", "Reinstate").await?;
    told(&hotel, "A2", "status", "confirmed").await?;
    page.click("button", "Cancel booking").await?;
    let reason = page.named("combobox", "Reason").await?;
    reason.select_by_label("Duplicate").await?;
    page.fill("Note", "Twice by mail").await?;
    page.accessible("cancelling").await?;
    page.picture("cancelling").await?;
    page.click("button", "Cancel this booking").await?;
    told(&hotel, "A2", "status", "cancelled").await?;
    let trail = hotel.done(&["audit", "--object", "A2", "--action", "cancel"])?;
    assert!(trail.to_string().contains("Twice by mail"), "{trail}");
    page.cell_says("Double", MONDAY, "4 of 5 left").await?;
    hotel.verify()?;
    session.close().await
}

#[tokio::test]
async fn guests_come_stay_away_and_leave_by_keyboard_alone() -> Outcome {
    let hotel = Hotel::small()?;
    booked(&hotel, "DBL:2026-06-01:2026-06-03", "Ada King")?;
    booked(&hotel, "DBL:2026-06-01:2026-06-03", "Ivo Brandt")?;
    let session = Session::on(hotel.file()).await?;
    let page = &session.page();
    page.ready("grid").await?;

    find(page, "Ada King").await?;
    press(page, "Check in").await?;
    // The question has the focus: a number, and Enter.
    page.type_text("101").await?;
    page.press(&["Enter"]).await?;
    told(&hotel, "A1", "room", "101").await?;
    press(page, "Check out").await?;
    told(&hotel, "A1", "status", "checked_out").await?;
    press(page, "Reverse check-out").await?;
    press(page, "Reverse it").await?;
    told(&hotel, "A1", "status", "checked_in").await?;
    press(page, "Reverse check-in").await?;
    press(page, "Reverse it").await?;
    told(&hotel, "A1", "status", "confirmed").await?;
    page.press(&["Escape"]).await?;

    find(page, "Ivo Brandt").await?;
    press(page, "No-show").await?;
    press(page, "Mark as no-show").await?;
    told(&hotel, "A2", "status", "no_show").await?;
    press(page, "Reinstate").await?;
    told(&hotel, "A2", "status", "confirmed").await?;
    press(page, "Cancel booking").await?;
    press(page, "Cancel this booking").await?;
    told(&hotel, "A2", "status", "cancelled").await?;
    page.press(&["Escape", "Ctrl+z"]).await?;
    told(&hotel, "A2", "status", "confirmed").await?;
    hotel.verify()?;
    session.close().await
}

#[tokio::test]
async fn a_stay_is_extended_shortened_and_given_another_type_each_in_one_change() -> Outcome {
    let hotel = Hotel::small()?;
    booked(&hotel, "DBL:2026-06-01:2026-06-03", "Ada King")?;
    let session = Session::on(hotel.file()).await?;
    let page = &session.page();
    page.ready("grid").await?;

    // By mouse: a night longer.
    open(page, "A1 Ada King").await?;
    page.click("button", "Amend").await?;
    page.fill("Departure", "4/6").await?;
    page.picture("amend").await?;
    page.accessible("amend").await?;
    page.click("button", "Save changes").await?;
    told(&hotel, "A1", "departure", "2026-06-04").await?;
    page.cell_says("Double", WEDNESDAY, "4 of 5 left").await?;

    // By keyboard alone: two nights shorter, by the arrow that moves a date by a day.
    page.press(&["Escape"]).await?;
    find(page, "Ada King").await?;
    press(page, "Amend").await?;
    page.tab_to("textbox", "Departure").await?;
    page.press(&["Down", "Down", "Enter"]).await?;
    told(&hotel, "A1", "departure", "2026-06-02").await?;
    page.cell_says("Double", TUESDAY, "5 of 5 left").await?;

    // An upgrade: the other type takes the room, and the first one has it back.
    press(page, "Amend").await?;
    let room_type = page.named("combobox", "Room type").await?;
    room_type.select_by_label("Suite").await?;
    page.click("button", "Save changes").await?;
    told(&hotel, "A1", "room_type", "STE").await?;
    page.cell_says("Suite", MONDAY, "0 of 1 left").await?;
    page.cell_says("Double", MONDAY, "5 of 5 left").await?;
    // It was one command: one undo gives the stay back as it was.
    page.press(&["Escape", "Ctrl+z"]).await?;
    told(&hotel, "A1", "room_type", "DBL").await?;
    page.cell_says("Suite", MONDAY, "1 of 1 left").await?;
    hotel.verify()?;
    session.close().await
}

#[tokio::test]
async fn a_name_a_phone_and_a_note_are_put_right() -> Outcome {
    let hotel = Hotel::small()?;
    booked(&hotel, "DBL:2026-06-01:2026-06-03", "Ada Kign")?;
    let session = Session::on(hotel.file()).await?;
    let page = &session.page();
    page.ready("grid").await?;

    // By mouse: what was misspelt.
    open(page, "A1 Ada Kign").await?;
    page.click("button", "Edit details").await?;
    page.fill("Guest name", "Ada King").await?;
    page.fill("Phone", "+44 20 7946 0000").await?;
    page.fill("Notes", "late").await?;
    page.picture("details").await?;
    page.accessible("details").await?;
    page.click("button", "Save details").await?;
    told(&hotel, "A1", "guest/name", "Ada King").await?;
    told(&hotel, "A1", "guest/phone", "+44 20 7946 0000").await?;
    told(&hotel, "A1", "notes", "late").await?;
    page.says("guest (before: Ada Kign), phone, notes").await?;

    // By keyboard alone: the form has the focus; nobody comes is told at the form, with nothing lost.
    page.press(&["Escape"]).await?;
    find(page, "Ada King").await?;
    press(page, "Edit details").await?;
    page.tab_to("textbox", "Adults").await?;
    page.type_text("0").await?;
    page.press(&["Enter"]).await?;
    page.says("Nobody comes").await?;
    page.tab_to("textbox", "Adults").await?;
    page.type_text("1").await?;
    page.press(&["Enter"]).await?;
    told(&hotel, "A1", "adults", "1").await?;
    // One undo each.
    page.press(&["Escape", "Ctrl+z"]).await?;
    told(&hotel, "A1", "adults", "2").await?;
    page.press(&["Ctrl+z"]).await?;
    told(&hotel, "A1", "guest/name", "Ada Kign").await?;
    hotel.verify()?;
    session.close().await
}

#[tokio::test]
async fn one_of_two_rooms_is_split_off_and_a_night_is_moved_to_another_type() -> Outcome {
    let hotel = Hotel::small()?;
    booked(&hotel, "DBL:2026-06-01:2026-06-03:2", "Ada King")?;
    let session = Session::on(hotel.file()).await?;
    let page = &session.page();
    page.ready("grid").await?;
    page.cell_says("Double", MONDAY, "3 of 5 left").await?;

    let second = page.beginning("row", "A1 Ada King").await?;
    page.click_on(&second).await?;
    page.click("button", "Split off, stay 2").await?;
    page.says("That cannot be undone.").await?;
    page.click("button", "Split it off").await?;
    told(&hotel, "A2", "status", "confirmed").await?;
    page.cell_says("Double", MONDAY, "3 of 5 left").await?;

    // The night of the check-in is spent in the suite.
    page.press(&["Escape"]).await?;
    open(page, "A2 Ada King").await?;
    page.click("button", "Move a night").await?;
    let to = page.named("combobox", "To room type").await?;
    to.select_by_label("Suite").await?;
    page.picture("move-night").await?;
    page.accessible("move-night").await?;
    page.click("button", "Move it").await?;
    page.cell_says("Suite", MONDAY, "0 of 1 left").await?;
    page.cell_says("Double", MONDAY, "4 of 5 left").await?;
    page.cell_says("Double", TUESDAY, "3 of 5 left").await?;
    assert_eq!(hotel.count("STE", "2026-06-01", "2026-06-02", "sold")?, 1);
    assert_eq!(hotel.count("DBL", "2026-06-01", "2026-06-02", "sold")?, 1);

    // By keyboard alone: the other night as well.
    page.press(&["Escape"]).await?;
    find(page, "Ada King").await?;
    press(page, "Move a night").await?;
    page.press(&["Tab"]).await?;
    page.type_text("Single").await?;
    press(page, "Move it").await?;
    page.cell_says("Single", MONDAY, "1 of 2 left").await?;
    hotel.verify()?;
    session.close().await
}

#[tokio::test]
async fn a_guest_off_the_street_is_in_house_at_once_by_mouse_and_by_keyboard() -> Outcome {
    let hotel = Hotel::small()?;
    let session = Session::on(hotel.file()).await?;
    let page = &session.page();
    page.ready("grid").await?;
    let (from, to) = (
        page.cell("Double", MONDAY).await?,
        page.cell("Double", TUESDAY).await?,
    );
    page.drag(&from, &to).await?;
    page.click("button", "New booking").await?;
    page.fill("Guest name", "Walter Walk").await?;
    page.click("checkbox", "Walk-in: check in now").await?;
    page.picture("walk-in").await?;
    page.click("button", "Book").await?;
    told(&hotel, "A1", "status", "checked_in").await?;
    page.cell_says("Double", TUESDAY, "4 of 5 left").await?;

    page.press(&["Ctrl+Home", "n"]).await?;
    page.named("textbox", "Guest name").await?;
    page.type_text("Wanda Walk").await?;
    page.tab_to("checkbox", "Walk-in: check in now").await?;
    page.press(&[" ", "Enter"]).await?;
    told(&hotel, "A2", "status", "checked_in").await?;
    // Who comes off the street comes today: a later night has no such box.
    let later = page.cell("Double", THURSDAY).await?;
    page.click_on(&later).await?;
    page.press(&["n"]).await?;
    page.named("textbox", "Guest name").await?;
    let boxes = "return [...document.querySelectorAll('aside input[type=checkbox]')].length";
    assert_eq!(page.run(boxes, vec![]).await?, 1, "tentative alone");
    hotel.verify()?;
    session.close().await
}
