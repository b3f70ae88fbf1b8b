//! What is sold, kept and taken back, by mouse alone and by keyboard alone; the command line says what came of it.

use keyrack_tests::{Hotel, Outcome, Session, failure};
use serde_json::Value;

use crate::hands::Hand::{self, Keys, Mouse};
use crate::{MONDAY, TUESDAY, opened};

/// Waits until the command line says `wanted` at a place of a document.
async fn told(hotel: &Hotel, asked: &[&str], place: &str, wanted: impl Into<Value>) -> Outcome {
    let (begun, wanted) = (std::time::Instant::now(), wanted.into());
    loop {
        let told = hotel.run(asked)?.json;
        if told.pointer(place) == Some(&wanted) {
            return Ok(());
        }
        if begun.elapsed().as_secs() > 10 {
            return failure(format!("{place} does not become {wanted}: {told}"));
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}

/// One count of Monday or Tuesday.
fn count(hotel: &Hotel, room_type: &str, night: &str, count: &str) -> Outcome<i64> {
    let (night, next) = match night {
        MONDAY => ("2026-06-01", "2026-06-02"),
        _ => ("2026-06-02", "2026-06-03"),
    };
    hotel.count(room_type, night, next, count)
}

async fn ended(hotel: &Hotel, session: Session) -> Outcome {
    hotel.verify()?;
    session.close().await
}

async fn holds(hand: Hand) -> Outcome {
    let hotel = Hotel::small()?;
    let session = opened(&hotel).await?;
    let page = &session.page();
    hand.cell(page, "Suite", TUESDAY).await?;
    hand.begin(page, "h", "Hold").await?;
    page.cell_says("Suite", TUESDAY, "0 of 1 left").await?;
    assert_eq!(count(&hotel, "STE", TUESDAY, "held")?, 1);
    hand.sheet(page, "Holds").await?;
    hand.press(page, "Release hold A-H1").await?;
    page.cell_says("Suite", TUESDAY, "1 of 1 left").await?;
    assert_eq!(count(&hotel, "STE", TUESDAY, "held")?, 0);

    // Another one becomes a booking.
    hand.cell(page, "Suite", MONDAY).await?;
    hand.begin(page, "h", "Hold").await?;
    page.cell_says("Suite", MONDAY, "0 of 1 left").await?;
    hand.sheet(page, "Holds").await?;
    hand.press(page, "Book hold A-H2").await?;
    hand.write(page, "Guest name", "Clara Voss").await?;
    hand.press(page, "Book").await?;
    told(
        &hotel,
        &["reservation", "show", "A1"],
        "/status",
        "confirmed",
    )
    .await?;
    assert_eq!(count(&hotel, "STE", MONDAY, "held")?, 0);
    assert_eq!(count(&hotel, "STE", MONDAY, "sold")?, 1);
    ended(&hotel, session).await
}

#[tokio::test]
async fn holds_by_mouse_alone() -> Outcome {
    holds(Mouse).await
}

#[tokio::test]
async fn holds_by_keyboard_alone() -> Outcome {
    holds(Keys).await
}

async fn groups(hand: Hand) -> Outcome {
    let hotel = Hotel::small()?;
    let session = opened(&hotel).await?;
    let page = &session.page();
    let list = ["allotment", "list"];
    hand.cell(page, "Double", TUESDAY).await?;
    hand.begin(page, "a", "Group").await?;
    hand.write(page, "Group name", "Choir").await?;
    hand.write(page, "Double, rooms", "3").await?;
    hand.press(page, "Keep the rooms").await?;
    page.cell_says("Double", TUESDAY, "2 of 5 left").await?;
    assert_eq!(count(&hotel, "DBL", TUESDAY, "blocked")?, 3);

    hand.press(page, "Pick up a room, Double").await?;
    hand.write(page, "Guest name", "Anna Alt").await?;
    hand.press(page, "Book").await?;
    told(&hotel, &list, "/allotments/0/picked_up", 1).await?;
    // From the list, back to the group: her room goes back to it, it becomes smaller, and lets the rest go.
    hand.begin(page, "g", "Groups").await?;
    hand.press(page, "Choir").await?;
    hand.press(page, "Return to the group, Anna Alt").await?;
    told(&hotel, &list, "/allotments/0/picked_up", 0).await?;
    hand.write(page, "Double, rooms", "2").await?;
    hand.press(page, "Change rooms").await?;
    page.cell_says("Double", TUESDAY, "3 of 5 left").await?;
    assert_eq!(count(&hotel, "DBL", TUESDAY, "blocked")?, 2);
    hand.press(page, "Release the rest").await?;
    page.cell_says("Double", TUESDAY, "5 of 5 left").await?;
    assert_eq!(count(&hotel, "DBL", TUESDAY, "blocked")?, 0);
    ended(&hotel, session).await
}

#[tokio::test]
async fn groups_by_mouse_alone() -> Outcome {
    groups(Mouse).await
}

#[tokio::test]
async fn groups_by_keyboard_alone() -> Outcome {
    groups(Keys).await
}

async fn limits(hand: Hand) -> Outcome {
    let hotel = Hotel::small()?;
    let session = opened(&hotel).await?;
    let page = &session.page();
    hand.cell(page, "Double", TUESDAY).await?;
    hand.begin(page, "r", "Limits").await?;
    hand.write(page, "Overbooking limit", "3").await?;
    hand.choose(page, "Closed to arrival", "on").await?;
    hand.write(page, "Fewest nights", "2").await?;
    hand.press(page, "Set limits").await?;
    for part in [
        "3 more by overbooking",
        "closed to arrival",
        "at least 2 nights",
    ] {
        page.cell_says("Double", TUESDAY, part).await?;
    }
    let told = hotel.done(&["availability", "2026-06-02", "2026-06-03", "--type", "DBL"])?;
    let cell = &told["room_types"][0]["cells"][0];
    assert_eq!(cell["overbooking"], 3, "{told}");
    assert_eq!(cell["restrictions"]["closed_to_arrival"], true, "{told}");
    assert_eq!(cell["restrictions"]["min_stay"], 2, "{told}");

    // What is refused by them is sold all the same, with a reason.
    hand.cell(page, "Double", TUESDAY).await?;
    hand.begin(page, "n", "New booking").await?;
    hand.write(page, "Guest name", "Otto Kurz").await?;
    hand.press(page, "Book").await?;
    hand.write(
        page,
        "Reason to sell it all the same",
        "A friend of the house",
    )
    .await?;
    assert_eq!(count(&hotel, "DBL", TUESDAY, "sold")?, 0);
    hand.press(page, "Book all the same").await?;
    page.cell_says("Double", TUESDAY, "4 of 5 left").await?;
    assert_eq!(count(&hotel, "DBL", TUESDAY, "sold")?, 1);
    ended(&hotel, session).await
}

#[tokio::test]
async fn limits_by_mouse_alone() -> Outcome {
    limits(Mouse).await
}

#[tokio::test]
async fn limits_by_keyboard_alone() -> Outcome {
    limits(Keys).await
}

async fn outages(hand: Hand) -> Outcome {
    let hotel = Hotel::small()?;
    let session = opened(&hotel).await?;
    let page = &session.page();
    hand.cell(page, "Double", TUESDAY).await?;
    hand.begin(page, "o", "Out of order").await?;
    hand.write(page, "Reason", "Painting").await?;
    hand.press(page, "Take out of order").await?;
    page.cell_says("Double", TUESDAY, "out of order 1").await?;
    assert_eq!(count(&hotel, "DBL", TUESDAY, "out_of_order")?, 1);
    hand.sheet(page, "Out of order").await?;
    hand.press(page, "Back in order A-O1").await?;
    page.cell_says("Double", TUESDAY, "5 of 5 left").await?;
    assert_eq!(count(&hotel, "DBL", TUESDAY, "out_of_order")?, 0);
    ended(&hotel, session).await
}

#[tokio::test]
async fn outages_by_mouse_alone() -> Outcome {
    outages(Mouse).await
}

#[tokio::test]
async fn outages_by_keyboard_alone() -> Outcome {
    outages(Keys).await
}

async fn waitlist(hand: Hand) -> Outcome {
    let hotel = Hotel::small()?;
    let stay = "STE:2026-06-01:2026-06-02";
    hotel.done(&["reserve", stay, "--guest", "Vera First"])?;
    let session = opened(&hotel).await?;
    let page = &session.page();
    page.cell_says("Suite", MONDAY, "0 of 1 left").await?;
    for guest in ["Willi Wait", "Nora Late"] {
        hand.cell(page, "Suite", MONDAY).await?;
        hand.begin(page, "n", "New booking").await?;
        hand.write(page, "Guest name", guest).await?;
        hand.press(page, "Book").await?;
        hand.press(page, "Put on the waitlist").await?;
        // What was said of the one before stands there until then.
        page.says(guest).await?;
        page.says("waitlisted").await?;
    }
    let list = ["waitlist", "list"];
    let waiting = hotel.done(&list)?;
    assert_eq!(
        waiting["waiting"].as_array().map(Vec::len),
        Some(2),
        "{waiting}"
    );
    hand.begin(page, "w", "Waitlist").await?;
    hand.press(page, "Remove from the waitlist, Nora Late")
        .await?;
    let named = "return document.querySelector('aside').innerText.includes('Nora Late')";
    page.until("one to wait", named, vec![], |named| *named == false)
        .await?;
    let waiting = hotel.done(&list)?;
    assert_eq!(waiting["waiting"][0]["guest"], "Willi Wait", "{waiting}");
    assert!(waiting["waiting"].get(1).is_none(), "{waiting}");
    hotel.done(&["cancel", "A1", "--reason", "guest"])?;
    hand.press(page, "Offer the room, Willi Wait").await?;
    page.says("Nobody waits for a room.").await?;
    told(
        &hotel,
        &["reservation", "show", "A2"],
        "/status",
        "tentative",
    )
    .await?;
    assert_eq!(count(&hotel, "STE", MONDAY, "sold")?, 1);
    ended(&hotel, session).await
}

#[tokio::test]
async fn the_waitlist_by_mouse_alone() -> Outcome {
    waitlist(Mouse).await
}

#[tokio::test]
async fn the_waitlist_by_keyboard_alone() -> Outcome {
    waitlist(Keys).await
}

/// Other nights, another type, one room split off, and one night elsewhere.
async fn changes(hand: Hand) -> Outcome {
    let hotel = Hotel::small()?;
    let two = [
        "reserve",
        "DBL:2026-06-01:2026-06-03:2",
        "--guest",
        "Ada King",
    ];
    hotel.done(&two)?;
    hotel.done(&[
        "reserve",
        "SGL:2026-06-01:2026-06-02",
        "--guest",
        "Ivo Brandt",
    ])?;
    let session = opened(&hotel).await?;
    let page = &session.page();
    let (ada, ivo) = (["reservation", "show", "A3"], ["reservation", "show", "A2"]);
    hand.open(page, "A1", "Ada King").await?;
    hand.press(page, "Split off, stay 2").await?;
    hand.press(page, "Split it off").await?;
    told(&hotel, &ada, "/status", "confirmed").await?;
    hand.back(page).await?;

    hand.open(page, "A3", "Ada King").await?;
    hand.press(page, "Move a night").await?;
    hand.choose(page, "To room type", "Suite").await?;
    hand.press(page, "Move it").await?;
    page.cell_says("Suite", MONDAY, "0 of 1 left").await?;
    assert_eq!(count(&hotel, "STE", MONDAY, "sold")?, 1);
    assert_eq!(count(&hotel, "DBL", MONDAY, "sold")?, 1);
    hand.back(page).await?;

    hand.open(page, "A2", "Ivo Brandt").await?;
    hand.press(page, "Amend").await?;
    hand.choose(page, "Room type", "Double").await?;
    hand.write(page, "Departure", "4/6").await?;
    hand.press(page, "Save changes").await?;
    told(&hotel, &ivo, "/stays/0/departure", "2026-06-04").await?;
    told(&hotel, &ivo, "/stays/0/room_type", "DBL").await?;
    page.cell_says("Double", TUESDAY, "2 of 5 left").await?;
    ended(&hotel, session).await
}

#[tokio::test]
async fn changes_of_a_booking_by_mouse_alone() -> Outcome {
    changes(Mouse).await
}

#[tokio::test]
async fn changes_of_a_booking_by_keyboard_alone() -> Outcome {
    changes(Keys).await
}

async fn walk_in(hand: Hand) -> Outcome {
    let hotel = Hotel::small()?;
    let session = opened(&hotel).await?;
    let page = &session.page();
    hand.cell(page, "Double", MONDAY).await?;
    hand.begin(page, "n", "New booking").await?;
    hand.write(page, "Guest name", "Walter Walk").await?;
    hand.tick(page, "Walk-in: check in now").await?;
    hand.press(page, "Book").await?;
    told(
        &hotel,
        &["reservation", "show", "A1"],
        "/status",
        "checked_in",
    )
    .await?;
    page.cell_says("Double", MONDAY, "4 of 5 left").await?;
    ended(&hotel, session).await
}

#[tokio::test]
async fn a_walk_in_by_mouse_alone() -> Outcome {
    walk_in(Mouse).await
}

#[tokio::test]
async fn a_walk_in_by_keyboard_alone() -> Outcome {
    walk_in(Keys).await
}

/// Two holds, the older taken back from the list of what was done, the other by its message or its key.
async fn taking_back(hand: Hand) -> Outcome {
    let hotel = Hotel::small()?;
    let session = opened(&hotel).await?;
    let page = &session.page();
    for night in [MONDAY, TUESDAY] {
        hand.cell(page, "Double", night).await?;
        hand.begin(page, "h", "Hold").await?;
        page.cell_says("Double", night, "4 of 5 left").await?;
    }
    hand.begin(page, "u", "What you did").await?;
    hand.press(page, "Undo Hold A-H1").await?;
    page.cell_says("Double", MONDAY, "5 of 5 left").await?;
    assert_eq!(count(&hotel, "DBL", MONDAY, "held")?, 0);
    assert_eq!(count(&hotel, "DBL", TUESDAY, "held")?, 1);
    hand.back(page).await?;

    hand.cell(page, "Suite", MONDAY).await?;
    hand.begin(page, "h", "Hold").await?;
    page.cell_says("Suite", MONDAY, "0 of 1 left").await?;
    match hand {
        Mouse => page.click("button", "Undo").await?,
        Keys => page.press(&["Ctrl+z"]).await?,
    }
    page.cell_says("Suite", MONDAY, "1 of 1 left").await?;
    assert_eq!(count(&hotel, "STE", MONDAY, "held")?, 0);
    ended(&hotel, session).await
}

#[tokio::test]
async fn taking_back_by_mouse_alone() -> Outcome {
    taking_back(Mouse).await
}

#[tokio::test]
async fn taking_back_by_keyboard_alone() -> Outcome {
    taking_back(Keys).await
}

/// What a night is made of, now and before its last change.
async fn explaining(hand: Hand) -> Outcome {
    let hotel = Hotel::small()?;
    for guest in ["Ada King", "Ivo Brandt"] {
        hotel.done(&["reserve", "DBL:2026-06-01:2026-06-03", "--guest", guest])?;
    }
    let session = opened(&hotel).await?;
    let page = &session.page();
    hand.cell(page, "Double", MONDAY).await?;
    match hand {
        // The line of what is sold unfolds into who it was sold to.
        Mouse => {
            let sold = page.beginning("button", "Sold").await?;
            page.click_on(&sold).await?;
        }
        Keys => page.press(&["e"]).await?,
    }
    page.says("Ivo Brandt").await?;
    let told = hotel.done(&["explain", "DBL", "2026-06-01"])?;
    let lines = told["lines"].as_array().ok_or("lines")?;
    let sold: Vec<_> = lines
        .iter()
        .filter(|line| line["count"] == "sold")
        .collect();
    assert_eq!(sold.len(), 2, "{told}");
    for line in sold {
        for shown in ["number", "guest"] {
            page.says(line[shown].as_str().ok_or(shown)?).await?;
        }
    }

    hand.go(page, "Places", "A night through time").await?;
    let figures = "return [...document.querySelectorAll('[data-place] .columns td:last-child')] \
        .map((cell) => Number(cell.textContent))";
    let counts = |cell: &Value| {
        let names = [
            "rooms_left",
            "physical",
            "sold",
            "held",
            "blocked",
            "out_of_order",
        ];
        Value::from(names.map(|name| cell[name].clone()).to_vec())
    };
    page.until("what it is now", figures, vec![], |shown| {
        *shown == counts(&told["cell"])
    })
    .await?;
    let before = told["history"][1]["instant"].as_str().ok_or("a change")?;
    let then = hotel.done(&["explain", "DBL", "2026-06-01", "--at-instant", before])?;
    assert_eq!(then["cell"]["sold"], 1, "{then}");
    hand.press(page, "One change earlier").await?;
    page.until("what it was before", figures, vec![], |shown| {
        *shown == counts(&then["cell"])
    })
    .await?;
    hand.back(page).await?;
    ended(&hotel, session).await
}

#[tokio::test]
async fn explaining_a_night_by_mouse_alone() -> Outcome {
    explaining(Mouse).await
}

#[tokio::test]
async fn explaining_a_night_by_keyboard_alone() -> Outcome {
    explaining(Keys).await
}
