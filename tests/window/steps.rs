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
    page.steps();
    page.drag_nights("Double", crate::TUESDAY, crate::THURSDAY)
        .await?;
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
    page.beginning("button", "Set up your own hotel").await?;
    let begun = Instant::now();
    let there = "return document.activeElement.textContent.trim().startsWith('Set up your own')";
    while page.run(there, vec![]).await? != true {
        page.press(&["Tab"]).await?;
    }
    page.press(&["Enter"]).await?;
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
    page.whole("tour").await?;
    for _ in 0..3 {
        page.tab_to("button", "Next").await?;
        page.press(&["Enter"]).await?;
    }
    page.tab_to("button", "Done").await?;
    page.press(&["Enter"]).await?;
    let left = "return document.body.innerText.includes('First steps,')";
    page.until("the first steps to go", left, vec![], |left| *left == false)
        .await?;
    session.close().await
}

/// Picks from the list of this name. The driver does it without the mouse, so that it counts here: a click opens the
/// list, a click picks.
async fn choose(page: &Page, list: &str, choice: &str) -> Outcome {
    let list = page.named("combobox", list).await?;
    list.select_by_label(choice).await?;
    page.took(2);
    Ok(())
}

/// Gives the open booking another type.
async fn amend_type(page: &Page, name: &str) -> Outcome {
    page.click("button", "Amend").await?;
    choose(page, "Room type", name).await?;
    page.click("button", "Save changes").await
}

/// Checks that a job took no more steps than it may, and prints what it took.
fn within(page: &Page, job: &str, most: u32) {
    let took = page.steps();
    println!("{job}: {took} of {most} steps");
    assert!(took <= most, "{job} took {took} steps, at most {most}");
}

/// Waits until the command line says `wanted` at a place of a booking: "/stays/0/room".
async fn told(hotel: &Hotel, number: &str, place: &str, wanted: &str) -> Outcome {
    let begun = Instant::now();
    loop {
        let told = hotel.run(&["reservation", "show", number])?.json;
        if told.pointer(place).is_some_and(|found| found == wanted) {
            return Ok(());
        }
        assert!(begun.elapsed() < Duration::from_secs(10), "{place}: {told}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// The jobs of a booking: elsewhere each takes three screens and a form, or is booked anew by hand.
#[tokio::test]
async fn what_becomes_of_a_booking_takes_few_steps() -> Outcome {
    let hotel = Hotel::small()?;
    for guest in ["Ada King", "Ivo Brandt", "Nora Late"] {
        hotel.done(&["reserve", "DBL:2026-06-01:2026-06-03", "--guest", guest])?;
    }
    let session = Session::on(hotel.file()).await?;
    let page = &session.page();
    page.ready("grid").await?;
    let open = async |who: &str| -> Outcome {
        let row = page.beginning("row", who).await?;
        page.steps();
        page.click_on(&row).await
    };

    open("A1 Ada King").await?;
    page.click("button", "Check in").await?;
    page.type_text("101").await?;
    page.press(&["Enter"]).await?;
    within(page, "a check-in with its room", 4);
    told(&hotel, "A1", "/stays/0/room", "101").await?;
    page.press(&["Escape"]).await?;

    // A night longer: the arrow moves the date that has the focus.
    open("A1 Ada King").await?;
    page.click("button", "Amend").await?;
    let departure = page.named("textbox", "Departure").await?;
    page.click_on(&departure).await?;
    page.press(&["Up", "Enter"]).await?;
    within(page, "a night longer", 5);
    told(&hotel, "A1", "/stays/0/departure", "2026-06-04").await?;
    page.press(&["Escape"]).await?;
    open("A1 Ada King").await?;
    page.click("button", "Amend").await?;
    let departure = page.named("textbox", "Departure").await?;
    page.click_on(&departure).await?;
    page.type_text("2/6").await?;
    page.press(&["Enter"]).await?;
    within(page, "two nights shorter", 5);
    told(&hotel, "A1", "/stays/0/departure", "2026-06-02").await?;
    page.press(&["Escape"]).await?;

    // An upgrade of who is in the house already: the night is another type's, the stay was sold as it was.
    open("A1 Ada King").await?;
    amend_type(page, "Suite").await?;
    within(page, "an upgrade mid-stay", 5);
    told(&hotel, "A1", "/stays/0/moved/0/room_type", "STE").await?;
    page.press(&["Escape"]).await?;

    // And of who is to come.
    open("A2 Ivo Brandt").await?;
    amend_type(page, "Single").await?;
    within(page, "another type", 5);
    told(&hotel, "A2", "/stays/0/room_type", "SGL").await?;
    page.press(&["Escape"]).await?;

    open("A1 Ada King").await?;
    page.click("button", "Check out").await?;
    within(page, "a check-out", 2);
    told(&hotel, "A1", "/status", "checked_out").await?;
    page.press(&["Escape"]).await?;

    open("A2 Ivo Brandt").await?;
    page.click("button", "Cancel booking").await?;
    page.click("button", "Cancel this booking").await?;
    within(page, "a cancellation", 3);
    told(&hotel, "A2", "/status", "cancelled").await?;
    page.press(&["Escape"]).await?;
    let listed = "return document.querySelector('main').innerText.includes('Ivo Brandt')";
    page.until("the list without it", listed, vec![], |listed| {
        *listed == false
    })
    .await?;

    open("A3 Nora Late").await?;
    page.click("button", "No-show").await?;
    page.click("button", "Mark as no-show").await?;
    within(page, "a no-show", 3);
    told(&hotel, "A3", "/status", "no_show").await?;
    page.press(&["Escape"]).await?;

    // Who comes off the street is booked and in house at once.
    page.steps();
    page.drag_nights("Double", crate::MONDAY, crate::TUESDAY)
        .await?;
    page.press(&["n"]).await?;
    page.type_text("Walter Walk").await?;
    page.click("checkbox", "Walk-in: check in now").await?;
    page.press(&["Enter"]).await?;
    within(page, "a walk-in", 5);
    told(&hotel, "A4", "/status", "checked_in").await?;
    hotel.verify()?;
    session.close().await
}

/// The jobs of a manager: elsewhere an outage takes about ten clicks, a limit seven or eight, a group another module.
#[tokio::test]
async fn outages_limits_groups_and_the_end_of_the_day_take_few_steps() -> Outcome {
    let hotel = Hotel::small()?;
    hotel.done(&[
        "reserve",
        "SGL:2026-06-01:2026-06-03",
        "--guest",
        "Nora Late",
    ])?;
    let session = Session::on(hotel.file()).await?;
    let page = &session.page();
    page.ready("grid").await?;

    // Drag, O, the reason.
    page.steps();
    page.drag_nights("Double", crate::TUESDAY, crate::WEDNESDAY)
        .await?;
    page.press(&["o"]).await?;
    page.type_text("Painting").await?;
    page.press(&["Enter"]).await?;
    within(page, "out of order", 4);
    page.cell_says("Double", crate::TUESDAY, "out of order 1")
        .await?;
    let tab = page.beginning("tab", "Out of order").await?;
    page.steps();
    page.click_on(&tab).await?;
    let back = page.beginning("button", "Back in order").await?;
    page.click_on(&back).await?;
    within(page, "back in order", 2);
    page.cell_says("Double", crate::TUESDAY, "5 of 5 left")
        .await?;

    // A limit and a condition, from the cell.
    page.steps();
    page.click_cell("Double", crate::TUESDAY).await?;
    page.press(&["r"]).await?;
    page.type_text("3").await?;
    page.press(&["Enter"]).await?;
    within(page, "an overbooking limit", 4);
    page.cell_says("Double", crate::TUESDAY, "3 more by overbooking")
        .await?;
    page.steps();
    page.click_cell("Double", crate::TUESDAY).await?;
    page.press(&["r"]).await?;
    let fewest = page.named("textbox", "Fewest nights").await?;
    page.click_on(&fewest).await?;
    page.type_text("2").await?;
    page.press(&["Enter"]).await?;
    within(page, "a minimum stay", 5);
    page.cell_says("Double", crate::TUESDAY, "at least 2 nights")
        .await?;

    for condition in ["Stop-sell", "Closed to arrival"] {
        page.steps();
        page.click_cell("Suite", crate::TUESDAY).await?;
        page.press(&["r"]).await?;
        choose(page, condition, "on").await?;
        page.click("button", "Set limits").await?;
        within(page, condition, 5);
    }
    page.cell_says("Suite", crate::TUESDAY, "closed to arrival")
        .await?;
    let suite = hotel.done(&["availability", "2026-06-02", "2026-06-03", "--type", "STE"])?;
    let conditions = &suite["room_types"][0]["cells"][0]["restrictions"];
    for condition in ["stop_sell", "closed_to_arrival"] {
        assert_eq!(conditions[condition], true, "{suite}");
    }

    // The end of the day: a key for each decision, and Enter.
    page.steps();
    page.press(&["d"]).await?;
    page.named("radiogroup", "Decision for Nora Late").await?;
    let due = hotel.run(&["end-of-day", "--dry-run"])?;
    let choices = due.json["items"][0]["choices"].as_array().cloned();
    let keep = choices
        .and_then(|all| all.iter().position(|choice| choice == "keep"))
        .ok_or("an arrival may be kept")?;
    page.press(&[&(keep + 1).to_string(), "Enter"]).await?;
    within(page, "the end of the day with one decision", 3);
    page.says("The business date is now Tue 2 Jun 2026.")
        .await?;
    // The calendar is drawn anew with the date, and the cells that were found before are gone.
    page.named("columnheader", "Tuesday 2 June 2026, business date")
        .await?;
    // A group: drag, A, its name, its rooms. What was picked up stands in the cell.
    page.steps();
    page.drag_nights("Double", crate::WEDNESDAY, crate::THURSDAY)
        .await?;
    page.press(&["a"]).await?;
    page.type_text("Choir").await?;
    let rooms = page.named("textbox", "Double, rooms").await?;
    page.click_on(&rooms).await?;
    page.type_text("3").await?;
    page.press(&["Enter"]).await?;
    within(page, "a group", 6);
    page.cell_says("Double", crate::WEDNESDAY, "0 of 3 of groups picked up")
        .await?;
    let note = "return document.querySelector('[role=gridcell][data-note*=\"0/3\"]') !== null";
    assert_eq!(page.run(note, vec![]).await?, true, "0/3 in the cell");
    page.press(&["Escape"]).await?;

    // One that keeps nothing back yet, until a date of its own; of what the drag chose it takes one room.
    page.steps();
    page.drag_nights("Double", crate::WEDNESDAY, crate::THURSDAY)
        .await?;
    page.press(&["a"]).await?;
    page.type_text("Fair").await?;
    choose(page, "What is promised", "Tentative: keeps nothing back").await?;
    let until = page.named("textbox", "Keeps its rooms until").await?;
    page.click_on(&until).await?;
    page.type_text("3/6").await?;
    page.press(&["Enter"]).await?;
    within(page, "a tentative group with its cut-off", 8);
    page.says("Fair").await?;
    let groups = hotel.done(&["allotment", "list"])?;
    let fair = groups["allotments"]
        .as_array()
        .and_then(|all| all.iter().find(|group| group["name"] == "Fair"))
        .ok_or("the group is there")?;
    assert_eq!(fair["allotment_kind"], "tentative", "{groups}");
    assert_eq!(fair["cut_off"], "2026-06-03", "{groups}");

    hotel.verify()?;
    session.close().await
}

/// What a manager looks through is one screen each, two clicks or a key away; elsewhere it is an exported spreadsheet.
#[tokio::test]
async fn what_a_manager_looks_through_is_one_screen_each() -> Outcome {
    let hotel = Hotel::small()?;
    hotel.done(&[
        "reserve",
        "STE:2026-06-01:2026-06-02",
        "--guest",
        "Ada King",
    ])?;
    hotel.done(&[
        "outage",
        "add",
        "STE:2026-06-01:2026-06-02:1",
        "--reason",
        "Water",
    ])?;
    let count = hotel.done(&["alerts", "list"])?["alerts"]
        .as_array()
        .map_or(0, Vec::len);
    let session = Session::on(hotel.file()).await?;
    let page = &session.page();
    page.ready("grid").await?;

    page.steps();
    let badge = page
        .beginning("button", &format!("{count} open alert"))
        .await?;
    page.click_on(&badge).await?;
    within(page, "the alerts", 1);
    page.named("button", "Seen").await?;
    page.press(&["Escape"]).await?;

    // Who did what, and the check that everything adds up.
    for (place, seen, most) in [
        ("Audit trail", "Booking A1", 2),
        ("Health", "Every count is what its events add up to.", 3),
    ] {
        page.steps();
        page.press(&["F10"]).await?;
        let item = page.beginning("menuitem", place).await?;
        page.click_on(&item).await?;
        if place == "Health" {
            page.click("button", "Verify now").await?;
        }
        within(page, place, most);
        page.says(seen).await?;
        page.press(&["Escape"]).await?;
    }

    // Any number explains itself: the cell's panel is there with the click, the line unfolds with another.
    page.steps();
    page.click_cell("Suite", crate::MONDAY).await?;
    let sold = page.beginning("button", "Sold").await?;
    page.click_on(&sold).await?;
    within(page, "what makes a number", 2);
    page.says("Ada King").await?;
    session.close().await
}

/// What a technician does is one command each; elsewhere the vendor comes.
#[tokio::test]
async fn what_a_technician_does_is_one_command_each() -> Outcome {
    let centre = crate::cable::Centre::start()?;
    let code = centre.code()?;
    let hotel = Hotel::small()?;
    let folder = tempfile::tempdir()?;
    let copy = folder.path().join("copy.db").display().to_string();
    hotel.done(&[
        "reserve",
        "DBL:2026-06-01:2026-06-02",
        "--guest",
        "Ada King",
    ])?;
    hotel.done(&["backup", &copy])?;
    hotel.done(&["cancel", "A1", "--reason", "guest"])?;
    hotel.done(&["restore", &copy])?;
    let told = hotel.done(&["reservation", "show", "A1"])?;
    assert_eq!(told["status"], "confirmed", "{told}");
    hotel.done(&["verify"])?;
    hotel.done(&["health"])?;
    hotel.done(&["enrol", &format!("http://{}", centre.address), &code])?;
    let joined = hotel.done(&["sync", "status"])?;
    assert_eq!(joined["centre"]["reach"], "online", "{joined}");
    Ok(())
}
