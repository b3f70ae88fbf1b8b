//! What the program says of itself: alerts, failures with the number of their request, settings, languages.

use std::time::Duration;

use keyrack_tests::{Hotel, Outcome, Page, Session};
use serde_json::json;

use crate::MONDAY;

async fn go(page: &Page, place: &str) -> Outcome {
    page.press(&["F10"]).await?;
    let item = page.beginning("menuitem", place).await?;
    page.click_on(&item).await
}

#[tokio::test]
async fn an_alert_is_counted_read_noted_as_seen_and_kept_when_it_is_over() -> Outcome {
    let hotel = Hotel::small()?;
    hotel.done(&[
        "reserve",
        "STE:2026-06-01:2026-06-03",
        "--guest",
        "Ada King",
    ])?;
    let outage = [
        "outage",
        "add",
        "STE:2026-06-01:2026-06-03:1",
        "--reason",
        "Water",
    ];
    let number = hotel.done(&outage)?["outage"]["number"]
        .as_str()
        .ok_or("an outage has a number")?
        .to_owned();
    let open = hotel.done(&["alerts", "list"])?;
    let count = open["alerts"].as_array().map_or(0, Vec::len);
    assert!(count > 0, "an overbooked suite is an alert: {open}");
    let session = Session::on(hotel.file()).await?;
    let page = &session.page();
    page.ready("grid").await?;

    // By mouse: the badge says how many, and leads there.
    let badge = page
        .beginning("button", &format!("{count} open alert"))
        .await?;
    page.click_on(&badge).await?;
    let rows = "return document.querySelectorAll('[data-place] li').length";
    page.until("every alert", rows, vec![], |found| *found == json!(count))
        .await?;
    let message = open["alerts"][0]["message"].as_str().unwrap_or_default();
    page.says(message).await?;
    page.accessible("alerts-open").await?;
    page.picture("alerts-open").await?;
    page.click("button", "Seen").await?;
    page.says("seen by").await?;
    let seen = hotel.done(&["alerts", "list"])?;
    assert!(!seen["alerts"][0]["acknowledged"].is_null(), "{seen}");
    page.press(&["Escape"]).await?;

    // What is over is in the history, by keyboard alone.
    hotel.done(&["outage", "end", &number])?;
    // Whether it is well now is looked at, as the program does from time to time.
    hotel.run(&["health"])?;
    page.cell_says("Suite", MONDAY, "0 of 1 left").await?;
    page.press(&["F10"]).await?;
    page.beginning("menuitem", "Alerts").await?;
    page.press(&["Down", "Enter"]).await?;
    page.tab_to("checkbox", "With those that are over").await?;
    page.press(&[" "]).await?;
    page.says("over since").await?;
    page.picture("alerts-over").await?;
    session.close().await
}

#[tokio::test]
async fn a_failure_says_what_failed_and_the_number_of_its_request_can_be_copied() -> Outcome {
    let hotel = Hotel::small()?;
    let session = Session::on(hotel.file()).await?;
    let page = &session.page();
    page.ready("grid").await?;
    // Another program keeps the file to itself for longer than anybody waits.
    let keeper = rusqlite::Connection::open(hotel.file())?;
    keeper.execute_batch("BEGIN IMMEDIATE")?;
    let cell = page.cell("Suite", MONDAY).await?;
    page.click_on(&cell).await?;
    page.press(&["h"]).await?;
    let told = "return document.querySelector('.toast.failed code')?.textContent ?? ''";
    let begun = std::time::Instant::now();
    let mut request = String::new();
    while request.is_empty() && begun.elapsed() < Duration::from_secs(40) {
        tokio::time::sleep(Duration::from_millis(100)).await;
        request = page
            .run(told, vec![])
            .await?
            .as_str()
            .unwrap_or_default()
            .to_owned();
    }
    let id = request.strip_prefix("Request ").ok_or("a request")?;
    assert!(uuid::Uuid::parse_str(id).is_ok(), "{request}");
    page.accessible("failure").await?;
    page.picture("failure").await?;
    page.click("button", "Copy").await?;
    page.named("button", "Copied").await?;
    // Once the file is free the same key does it.
    keeper.execute_batch("ROLLBACK")?;
    page.click_on(&cell).await?;
    page.press(&["h"]).await?;
    page.cell_says("Suite", MONDAY, "0 of 1 left").await?;
    assert_eq!(hotel.count("STE", "2026-06-01", "2026-06-02", "held")?, 1);
    hotel.verify()?;
    session.close().await
}

#[tokio::test]
async fn a_setting_is_set_by_keyboard_and_by_mouse_and_a_bad_one_is_refused() -> Outcome {
    let hotel = Hotel::small()?;
    let set = |key: &str| -> Outcome<serde_json::Value> {
        let listed = hotel.done(&["settings", "list"])?;
        let all = listed["settings"].as_array().cloned().unwrap_or_default();
        let found = all.into_iter().find(|each| each["key"] == key);
        Ok(found.ok_or("no such setting")?["value"].clone())
    };
    let session = Session::on(hotel.file()).await?;
    let page = &session.page();
    page.ready("grid").await?;
    go(page, "Settings").await?;
    let field = page.beginning("textbox", "Low: rooms left").await?;
    page.scroll_to(&field).await?;
    page.click_on(&field).await?;
    page.press(&["Ctrl+a"]).await?;
    page.type_text("4").await?;
    page.press(&["Enter"]).await?;
    page.says("Low: rooms left is set.").await?;
    assert_eq!(set("low_rooms")?, 4);
    let field = page.beginning("textbox", "Low: share left (%)").await?;
    page.scroll_to(&field).await?;
    page.click_on(&field).await?;
    page.press(&["Ctrl+a"]).await?;
    page.type_text("400").await?;
    page.click("button", "Set Low: share left (%)").await?;
    page.says("not \"400\"").await?;
    assert_eq!(set("low_percent")?, 20);
    // Of a few words one is picked.
    let paper = page.beginning("combobox", "Size of paper").await?;
    page.scroll_to(&paper).await?;
    paper.select_by_label("Letter").await?;
    page.click("button", "Set Size of paper").await?;
    page.says("Size of paper is set.").await?;
    assert_eq!(set("paper")?, "letter");
    page.accessible("settings-set").await?;

    // By keyboard alone: to the list, another of its words, on to its button.
    page.press(&["Escape", "F10"]).await?;
    page.beginning("menuitem", "Settings").await?;
    for _ in 0..9 {
        page.press(&["Down"]).await?;
    }
    page.press(&["Enter"]).await?;
    page.tab_to(
        "combobox",
        "Prices include VAT Whether the prices of nights have the VAT in them.",
    )
    .await?;
    page.press(&["Down", "Tab", "Enter"]).await?;
    page.says("Prices include VAT is set.").await?;
    assert_eq!(set("prices_include_vat")?, false);
    session.close().await
}

#[tokio::test]
async fn who_leaves_the_desk_finds_it_locked_and_what_was_begun_is_still_there() -> Outcome {
    const PASSWORD: &str = "nine green lamps";
    let hotel = Hotel::small()?;
    hotel.done(&["settings", "set", "idle_lock_minutes", "1"])?;
    let session = Session::on(hotel.file()).await?;
    let page = &session.page();
    page.ready("grid").await?;
    go(page, "Set up staff").await?;
    page.fill("Name", "Rosa").await?;
    page.fill("Password", PASSWORD).await?;
    page.click("button", "Add administrator").await?;
    page.says("Sign in to see the hotel.").await?;
    // By keyboard alone: name, password, Enter.
    page.fill("Name", "Rosa").await?;
    page.press(&["Tab"]).await?;
    page.type_text(PASSWORD).await?;
    page.press(&["Enter"]).await?;
    page.named("button", "Rosa").await?;
    let cell = page.cell("Suite", MONDAY).await?;
    page.click_on(&cell).await?;
    page.press(&["n"]).await?;
    page.named("textbox", "Guest name").await?;
    page.type_text("Half A Name").await?;
    tokio::time::sleep(Duration::from_secs(62)).await;
    page.says("Locked. Rosa was at work here.").await?;
    let seen = "return getComputedStyle(document.querySelector('[role=grid]')).visibility";
    assert_eq!(page.run(seen, vec![]).await?, "hidden");
    page.fill("Password", PASSWORD).await?;
    page.press(&["Enter"]).await?;
    // The form stands behind the door all the while: the name on the menu tells that the door is open.
    page.named("button", "Rosa").await?;
    let typed = "return document.querySelector('aside input')?.value ?? ''";
    page.until("the form as it was", typed, vec![], |typed| {
        *typed == "Half A Name"
    })
    .await?;

    // Another person takes over by the menu of who is signed in.
    page.click("button", "Rosa").await?;
    page.click("menuitem", "Change user").await?;
    page.says("Sign in to see the hotel.").await?;
    session.close().await
}

#[tokio::test]
async fn the_window_speaks_each_language_that_is_picked() -> Outcome {
    let hotel = Hotel::small()?;
    let session = Session::on(hotel.file()).await?;
    let page = &session.page();
    page.ready("grid").await?;
    let mut menu = "Appearance";
    for (language, booking, appearance) in [
        ("Deutsch", "Neue Buchung", "Darstellung"),
        ("Français", "Nouvelle réservation", "Apparence"),
        ("Español", "Nueva reserva", "Aspecto"),
        ("Português", "Nova reserva", "Aspeto"),
        ("English", "New booking", "Appearance"),
    ] {
        page.click("button", menu).await?;
        page.click("menuitemradio", language).await?;
        page.named("button", booking).await?;
        page.ready("grid").await?;
        page.accessible(language).await?;
        page.picture(&format!("language-{}", &booking[..4])).await?;
        menu = appearance;
    }
    session.close().await
}
