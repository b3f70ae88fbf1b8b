//! The end of the business date: what is due is decided, and the date moves on.

use keyrack_tests::{Hotel, Outcome, Session};

#[tokio::test]
async fn the_day_ends_by_keyboard_alone() -> Outcome {
    let hotel = Hotel::small()?;
    let stay = "DBL:2026-06-01:2026-06-03";
    hotel.done(&["reserve", stay, "--guest", "Nora Late"])?;
    let session = Session::on(hotel.file()).await?;
    let page = session.page();
    page.ready("grid").await?;
    page.press(&["d"]).await?;
    page.says("Has not come").await?;
    page.named("radiogroup", "Decision for Nora Late").await?;
    page.picture("end-of-day").await?;
    page.whole("end-of-day").await?;
    let due = hotel.run(&["end-of-day", "--dry-run"])?;
    let choices = due.json["items"][0]["choices"].as_array().unwrap().clone();
    let keep = choices.iter().position(|choice| choice == "keep").unwrap() + 1;
    // One key decides and goes on to the next, which here is the button.
    page.press(&[&keep.to_string(), "Enter"]).await?;
    page.says("The business date is now Tue 2 Jun 2026.")
        .await?;
    let told = hotel.done(&["reservation", "list", "--guest", "Nora Late"])?;
    assert_eq!(told["reservations"][0]["status"], "confirmed", "{told}");
    let due = hotel.run(&["end-of-day", "--dry-run"])?;
    assert_eq!(due.json["business_date"], "2026-06-02", "{}", due.json);
    hotel.verify()?;
    session.close().await
}

#[tokio::test]
async fn the_day_ends_by_mouse_with_what_was_picked() -> Outcome {
    let hotel = Hotel::small()?;
    let stay = "SGL:2026-06-01:2026-06-03";
    hotel.done(&["reserve", stay, "--guest", "Emil Gone"])?;
    let session = Session::on(hotel.file()).await?;
    let page = session.page();
    page.ready("grid").await?;
    page.click("button", "End of day").await?;
    page.click("radio", "No-show").await?;
    page.click("button", "End Mon 1 Jun 2026").await?;
    page.says("The business date is now Tue 2 Jun 2026.")
        .await?;
    page.says("1 decision carried out.").await?;
    let told = hotel.done(&["reservation", "list", "--guest", "Emil Gone"])?;
    assert_eq!(told["reservations"][0]["status"], "no_show", "{told}");
    hotel.verify()?;
    session.close().await
}
