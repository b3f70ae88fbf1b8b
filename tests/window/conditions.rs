//! Conditions of sale, what is refused by them, and who waits.

use keyrack_tests::{Hotel, Outcome, Session};

use crate::{MONDAY, TUESDAY};

#[tokio::test]
async fn a_condition_is_set_marked_and_overridden_with_a_reason() -> Outcome {
    let hotel = Hotel::small()?;
    let session = Session::on(hotel.file()).await?;
    let page = session.page();
    page.ready("grid").await?;
    let cell = page.cell("Suite", TUESDAY).await?;
    page.click_on(&cell).await?;
    page.press(&["r"]).await?;
    page.fill("Fewest nights", "2").await?;
    page.press(&["Enter"]).await?;
    page.cell_says("Suite", TUESDAY, "at least 2 nights")
        .await?;
    page.picture("conditions").await?;

    page.press(&["n"]).await?;
    page.named("textbox", "Guest name").await?;
    page.type_text("Otto Kurz").await?;
    page.press(&["Enter"]).await?;
    page.named("button", "Book all the same").await?;
    assert_eq!(hotel.count("STE", "2026-06-02", "2026-06-03", "sold")?, 0);
    page.click("button", "Book all the same").await?;
    page.says("Say why it is sold all the same.").await?;
    page.fill("Reason to sell it all the same", "A friend of the house")
        .await?;
    page.click("button", "Book all the same").await?;
    page.cell_says("Suite", TUESDAY, "0 of 1 left").await?;
    assert_eq!(hotel.count("STE", "2026-06-02", "2026-06-03", "sold")?, 1);
    hotel.verify()?;
    session.close().await
}

#[tokio::test]
async fn who_found_nothing_waits_and_is_offered_the_room_that_comes_free() -> Outcome {
    let hotel = Hotel::small()?;
    let stay = "STE:2026-06-01:2026-06-02";
    let taken = hotel.done(&["reserve", stay, "--guest", "Vera First"])?;
    let number = taken["reservation"]["number"].as_str().unwrap().to_owned();
    let session = Session::on(hotel.file()).await?;
    let page = session.page();
    page.ready("grid").await?;
    page.cell_says("Suite", MONDAY, "0 of 1 left").await?;
    let cell = page.cell("Suite", MONDAY).await?;
    page.click_on(&cell).await?;
    page.press(&["n"]).await?;
    page.named("textbox", "Guest name").await?;
    page.type_text("Willi Wait").await?;
    page.press(&["Enter"]).await?;
    page.click("button", "Put on the waitlist").await?;
    page.says("waitlisted").await?;
    page.press(&["w"]).await?;
    page.says("no room yet").await?;
    let list = hotel.done(&["waitlist", "list"])?;
    assert_eq!(list["waiting"][0]["guest"], "Willi Wait", "{list}");

    hotel.done(&["cancel", &number, "--reason", "guest"])?;
    page.click("button", "Offer the room, Willi Wait").await?;
    page.says("Nobody waits for a room.").await?;
    page.cell_says("Suite", MONDAY, "0 of 1 left").await?;
    assert_eq!(hotel.count("STE", "2026-06-01", "2026-06-02", "sold")?, 1);
    hotel.verify()?;
    session.close().await
}

/// Opens the limits of a night, of the house; `words` are the labels in the window's language, and what it says was
/// done.
async fn takes_the_limit_away(language: &str, night: &str, words: [&str; 4]) -> Outcome {
    let hotel = Hotel::small()?;
    let nights = ["house", "2026-06-02", "2026-06-03"];
    hotel.done(&[&["limits", "set"], &nights[..], &["--overbooking", "-1000"]].concat())?;
    let session = Session::speaking(language, hotel.file()).await?;
    let page = session.page();
    page.ready("grid").await?;
    page.click_cell("Suite", night).await?;
    page.press(&["r"]).await?;
    let [types, own, save, done] = words;
    page.tab_to("combobox", types).await?;
    page.press(&["Home"]).await?;
    page.named("checkbox", own).await?;
    page.picture(&format!("house-limit-{language}")).await?;
    page.tab_to("checkbox", own).await?;
    page.type_text(" ").await?;
    page.picture(&format!("house-limit-taken-{language}"))
        .await?;
    page.tab_to("button", save).await?;
    page.press(&["Enter"]).await?;
    let open = "return document.querySelector('aside input[type=checkbox]') !== null";
    page.until("the form to close", open, vec![], |open| open == false)
        .await?;
    page.says(done).await?;
    page.picture(&format!("house-limit-done-{language}"))
        .await?;
    hotel.done(&["reserve", "STE:2026-06-02:2026-06-03", "--guest", "Ada"])?;
    hotel.verify()?;
    session.close().await
}

#[tokio::test]
async fn the_houses_own_limit_is_taken_away_by_the_keyboard() -> Outcome {
    let own = "No limit of the house's own: the types alone decide";
    let done = "Limits house, Tue 2 Jun 2026";
    takes_the_limit_away("en_GB", TUESDAY, ["Room type", own, "Set limits", done]).await?;
    let own = "Keine eigene Grenze des Hauses: die Zimmerarten allein entscheiden";
    let done = "Grenzen ganzes Haus, Di 2. Jun 2026";
    let words = ["Zimmerart", own, "Grenzen setzen", done];
    takes_the_limit_away("de_DE", "Di 2. Jun 2026", words).await
}
