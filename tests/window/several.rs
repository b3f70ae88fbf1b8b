//! Several at once from the day sheet: what is ticked takes a step together, and what was refused says why.

use keyrack_tests::{Hotel, Outcome, Page, Session};

use crate::hands::Hand::{self, Keys, Mouse};

/// Ticks the row of an arrival.
async fn tick(page: &Page, hand: Hand, number: &str, guest: &str) -> Outcome {
    match hand {
        Mouse => {
            page.click("checkbox", &format!("Tick {number} {guest}"))
                .await
        }
        Keys => {
            hand.row(page, &format!("{number} {guest}")).await?;
            page.press(&[" "]).await
        }
    }
}

/// Two arrivals of three come together, one into a room that is known; then all who are left, first into that same room.
async fn several(hand: Hand) -> Outcome {
    let hotel = Hotel::small()?;
    for guest in ["Ada King", "Ivo Brandt", "Nora Late"] {
        hotel.done(&["reserve", "DBL:2026-06-01:2026-06-03", "--guest", guest])?;
    }
    let session = Session::on(hotel.file()).await?;
    let page = &session.page();
    page.ready("grid").await?;

    tick(page, hand, "A1", "Ada King").await?;
    tick(page, hand, "A2", "Ivo Brandt").await?;
    page.says("2 ticked").await?;
    page.accessible("several").await?;
    page.picture("several").await?;
    page.whole("several").await?;
    hand.write(page, "Room of A1 Ada King", "7").await?;
    hand.press(page, "Check in").await?;
    page.says("2 of 2 done").await?;
    for number in ["A1", "A2"] {
        let told = hotel.done(&["reservation", "show", number])?;
        assert_eq!(told["status"], "checked_in", "{told}");
    }

    let told = hotel.done(&["reservation", "show", "A1"])?;
    assert_eq!(told["stays"][0]["room"], "7", "{told}");

    // Those that are done are left out.
    hand.tick(page, "Tick all").await?;
    page.says("1 ticked").await?;
    hand.write(page, "Room of A3 Nora Late", "7").await?;
    hand.press(page, "Check in").await?;
    let reasons = "return document.querySelectorAll('#day-sheet tbody .problem').length";
    page.until("a reason at its row", reasons, vec![], |count| *count == 1)
        .await?;
    page.picture("several-refused").await?;
    hand.write(page, "Room of A3 Nora Late", "8").await?;
    hand.press(page, "Check in").await?;
    page.until("no reason any more", reasons, vec![], |count| *count == 0)
        .await?;
    let told = hotel.done(&["reservation", "show", "A3"])?;
    assert_eq!(told["status"], "checked_in", "{told}");
    hotel.verify()?;
    session.close().await
}

#[tokio::test]
async fn several_at_once_by_mouse_alone() -> Outcome {
    several(Mouse).await
}

#[tokio::test]
async fn several_at_once_by_keyboard_alone() -> Outcome {
    several(Keys).await
}
