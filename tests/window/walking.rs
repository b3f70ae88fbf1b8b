//! A guest is walked to a sister hotel from the window, by mouse and by keyboard alone.

use keyrack_tests::{Hotel, Outcome, Session};

use crate::cable::{Cable, Centre};
use crate::hands::Hand::{self, Keys, Mouse};

async fn walks(hand: Hand) -> Outcome {
    let centre = Centre::start()?;
    let cable = Cable::to(centre.address)?;
    let hotel = Hotel::small()?;
    let url = format!("http://{}", cable.address);
    hotel.done(&["enrol", &url, &centre.code()?])?;
    let sister = Hotel::small()?;
    let code = centre.sister("sister")?;
    sister.done(&["enrol", &format!("http://{}", centre.address), &code])?;
    let night = "DBL:2026-06-01:2026-06-02";
    for guest in ["Ada King", "Ivo Brandt"] {
        hotel.done(&["reserve", night, "--guest", guest])?;
    }
    let session = Session::on(hotel.file()).await?;
    let page = &session.page();
    page.ready("grid").await?;
    let online = "return document.querySelector('[data-reach]')?.dataset.reach ?? ''";
    page.until("the centre", online, vec![], |said| said == "online")
        .await?;
    hand.open(page, "A1", "Ada King").await?;
    hand.press(page, "Walk to a sister hotel").await?;
    page.says("Hotel Miramar: Double").await?;
    page.picture("walk-sisters").await?;
    page.accessible("walk-sisters").await?;
    hand.press(page, "Walk").await?;
    page.says("A1 is walked to sister: there it is Z1.").await?;
    page.picture("walk-done").await?;
    page.accessible("walk-done").await?;
    hand.press(page, "Back").await?;
    let told = hotel.done(&["reservation", "show", "A1"])?;
    assert_eq!(told["status"], "cancelled", "{told}");
    sister.done(&["sync", "--once"])?;
    let there = sister.done(&["reservation", "show", "Z1"])?;
    assert_eq!(there["status"], "confirmed", "{there}");
    // Cut off it says so, and the guest is booked as before.
    cable.pull_out();
    hand.open(page, "A2", "Ivo Brandt").await?;
    hand.press(page, "Walk to a sister hotel").await?;
    let said = "return document.querySelector('aside [role=alert]')?.innerText ?? ''";
    page.until("that it is cut off", said, vec![], |said| {
        said.as_str()
            .is_some_and(|said| said.starts_with("The centre cannot be reached"))
    })
    .await?;
    page.picture("walk-offline").await?;
    let told = hotel.done(&["reservation", "show", "A2"])?;
    assert_eq!(told["status"], "confirmed", "{told}");
    session.close().await
}

#[tokio::test]
async fn a_guest_is_walked_by_mouse_alone() -> Outcome {
    walks(Mouse).await
}

#[tokio::test]
async fn a_guest_is_walked_by_keyboard_alone() -> Outcome {
    walks(Keys).await
}
