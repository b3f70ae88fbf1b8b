//! The door and the places beside the calendar.

use keyrack_tests::{Hotel, Outcome, Page, Session};

use crate::{booked, opened};

const PASSWORD: &str = "nine green lamps";

/// Opens a place from the menu that F10 opens.
async fn go(page: &Page, place: &str) -> Outcome {
    page.press(&["F10"]).await?;
    let item = page.beginning("menuitem", place).await?;
    page.click_on(&item).await
}

/// Keeps a picture of a screen, and looks at it with the rules of accessibility.
async fn look(page: &Page, screen: &str) -> Outcome {
    page.picture(screen).await?;
    page.accessible(screen).await
}

async fn sign_in(page: &Page, name: &str) -> Outcome {
    page.fill("Name", name).await?;
    page.fill("Password", PASSWORD).await?;
    page.click("button", "Sign in").await
}

#[tokio::test]
async fn the_first_administrator_closes_the_door_and_comes_in_by_it() -> Outcome {
    let hotel = Hotel::small()?;
    let session = Session::on(hotel.file()).await?;
    let page = &session.page();
    page.ready("grid").await?;
    go(page, "Set up staff").await?;
    page.fill("Name", "Rosa").await?;
    page.fill("Password", PASSWORD).await?;
    look(page, "staff-first").await?;
    page.click("button", "Add administrator").await?;
    page.says("Sign in to see the hotel.").await?;
    look(page, "sign-in").await?;
    page.fill("Name", "Rosa").await?;
    page.fill("Password", "another one entirely").await?;
    page.click("button", "Sign in").await?;
    page.says("do not").await?;
    // After a failure the next try waits for a second.
    tokio::time::sleep(std::time::Duration::from_millis(1_200)).await;
    sign_in(page, "Rosa").await?;
    page.named("button", "Rosa").await?;

    go(page, "Staff and roles").await?;
    page.fill("Name", "Iris").await?;
    page.fill("Password", PASSWORD).await?;
    page.click("button", "Add").await?;
    page.says("Iris is changed.").await?;
    look(page, "staff").await?;
    page.press(&["Escape"]).await?;

    page.press(&["Ctrl+l"]).await?;
    page.says("Locked. Rosa was at work here.").await?;
    let seen = "const grid = document.querySelector('[role=grid]'); \
        return getComputedStyle(grid).visibility + ' ' + Boolean(grid.closest('[inert]'))";
    assert_eq!(page.run(seen, vec![]).await?, "hidden true");
    look(page, "locked").await?;
    sign_in(page, "Iris").await?;
    page.named("button", "Iris").await?;
    page.press(&["F10"]).await?;
    page.says("Only for: Administrator").await?;
    look(page, "places").await?;
    page.whole("places").await?;
    session.close().await
}

#[tokio::test]
async fn the_places_show_the_hotel_as_it_fares_and_as_it_was() -> Outcome {
    let hotel = booked(&[
        ("DBL:2026-06-01:2026-06-03", "Ada King"),
        ("DBL:2026-06-01:2026-06-02", "Ivo Brandt"),
    ])?;
    let session = opened(&hotel).await?;
    let page = &session.page();

    go(page, "Health").await?;
    page.click("button", "Verify now").await?;
    page.says("Every count is what its events add up to.")
        .await?;
    look(page, "health").await?;
    page.press(&["Escape"]).await?;

    go(page, "Alerts").await?;
    page.says("With those that are over").await?;
    look(page, "alerts").await?;
    page.press(&["Escape"]).await?;

    go(page, "Audit trail").await?;
    let what =
        "return document.querySelector('[data-place] tbody td:nth-child(3)')?.textContent ?? ''";
    page.until("a booking in the trail", what, vec![], |what| {
        what.as_str().is_some_and(|what| what.contains("Booking"))
    })
    .await?;
    page.fill("Object", "A1").await?;
    page.press(&["Enter"]).await?;
    let rows = "return document.querySelectorAll('[data-place] tbody tr').length";
    page.until("the row of A1 alone", rows, vec![], |count| *count == 1)
        .await?;
    look(page, "audit").await?;
    page.press(&["Escape"]).await?;

    let cell = page.cell("Double", crate::MONDAY).await?;
    page.click_on(&cell).await?;
    go(page, "A night through time").await?;
    let sold = "return [...document.querySelectorAll('[data-place] tr')] \
        .find((row) => row.textContent.includes('Sold'))?.lastElementChild.textContent ?? ''";
    page.until("two sold now", sold, vec![], |sold| sold == "2")
        .await?;
    page.click("button", "One change earlier").await?;
    page.until("one sold before", sold, vec![], |sold| sold == "1")
        .await?;
    look(page, "through-time").await?;
    page.press(&["Escape"]).await?;

    go(page, "Settings").await?;
    page.says("Lock when idle (minutes)").await?;
    look(page, "settings").await?;
    session.close().await
}

#[tokio::test]
async fn the_window_grows_to_twice_its_size_and_has_a_theme_of_high_contrast() -> Outcome {
    let hotel = Hotel::small()?;
    let session = Session::on(hotel.file()).await?;
    let page = &session.page();
    page.ready("grid").await?;
    page.click("button", "Appearance").await?;
    look(page, "appearance").await?;
    page.click("menuitemradio", "High contrast").await?;
    look(page, "contrast").await?;
    let width = "return window.innerWidth";
    let before = page.run(width, vec![]).await?.as_f64().unwrap_or(0.0);
    page.press(&["Ctrl+=", "Ctrl+=", "Ctrl+=", "Ctrl+="])
        .await?;
    page.until("half as many pixels across", width, vec![], |now| {
        now.as_f64()
            .is_some_and(|now| (now * 2.0 - before).abs() < 3.0)
    })
    .await?;
    look(page, "twice").await?;
    page.press(&["Ctrl+0"]).await?;
    page.until("the width as it was", width, vec![], |now| {
        now.as_f64() == Some(before)
    })
    .await?;
    session.close().await
}
