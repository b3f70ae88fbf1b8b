//! The places beside the calendar, by mouse alone and by keyboard alone; the command line says what came of it.

use keyrack_tests::{Hotel, Outcome, Page};
use serde_json::json;

use crate::hands::Hand::{self, Keys, Mouse};
use crate::{MONDAY, opened};

const PASSWORD: &str = "nine green lamps";

async fn alerts(hand: Hand) -> Outcome {
    let hotel = Hotel::small()?;
    let stay = "STE:2026-06-01:2026-06-03";
    hotel.done(&["reserve", stay, "--guest", "Ada King"])?;
    hotel.done(&["outage", "add", &format!("{stay}:1"), "--reason", "Water"])?;
    let open = hotel.done(&["alerts", "list"])?;
    let message = open["alerts"][0]["message"].as_str().unwrap_or_default();
    assert!(open["alerts"][0]["acknowledged"].is_null(), "{open}");
    let session = opened(&hotel).await?;
    let page = &session.page();
    hand.go(page, "Places", "Alerts").await?;
    page.says(message).await?;
    hand.press(page, "Seen").await?;
    page.says("seen by").await?;
    let seen = hotel.done(&["alerts", "list"])?;
    assert!(!seen["alerts"][0]["acknowledged"].is_null(), "{seen}");
    hand.tick(page, "With those that are over").await?;
    page.says(message).await?;
    hand.back(page).await?;
    session.close().await
}

#[tokio::test]
async fn alerts_by_mouse_alone() -> Outcome {
    alerts(Mouse).await
}

#[tokio::test]
async fn alerts_by_keyboard_alone() -> Outcome {
    alerts(Keys).await
}

/// Health, and the trail of one booking.
async fn looking_after(hand: Hand) -> Outcome {
    let hotel = Hotel::small()?;
    for guest in ["Ada King", "Ivo Brandt"] {
        hotel.done(&["reserve", "DBL:2026-06-01:2026-06-03", "--guest", guest])?;
    }
    hotel.done(&["cancel", "A1", "--reason", "guest"])?;
    let session = opened(&hotel).await?;
    let page = &session.page();
    hand.go(page, "Places", "Health").await?;
    // A file that was never backed up is not called well.
    page.says("never backed up").await?;
    hand.press(page, "Verify now").await?;
    page.says("Every count is what its events add up to.")
        .await?;
    // The button waited, and has the focus again.
    let focused = "return document.activeElement.textContent.trim()";
    page.until("the focus", focused, vec![], |text| text == "Verify now")
        .await?;
    hotel.verify()?;
    hand.back(page).await?;

    hand.go(page, "Places", "Audit trail").await?;
    let rows = "return document.querySelectorAll('[data-place] tbody tr').length";
    hand.write(page, "Object", "A1").await?;
    hand.press(page, "Show").await?;
    // The last one first, each with its place in the chain.
    let mut told = Vec::new();
    for action in ["cancel", "reserve"] {
        let row = hotel.done(&["audit", "--object", "A1", "--action", action])?;
        told.push(json!([
            row["seq"].to_string(),
            row["actor"],
            row["object"],
            row["hash"]
        ]));
    }
    let shown = "return [...document.querySelectorAll('[data-place] tbody tr')].map((row) => [ \
        row.querySelector('summary').textContent, row.cells[1].textContent, \
        row.cells[3].textContent, row.querySelectorAll('dd data')[1].value])";
    page.until("the sale of A1 and its end", shown, vec![], |shown| {
        *shown == json!(told)
    })
    .await?;
    hand.choose(page, "Action", "Cancelled").await?;
    hand.press(page, "Show").await?;
    page.until("its end alone", rows, vec![], |found| *found == 1)
        .await?;
    hand.press(page, "Clear").await?;
    page.until("the whole trail", rows, vec![], |found| {
        found.as_u64() > Some(2)
    })
    .await?;
    hand.back(page).await?;
    session.close().await
}

#[tokio::test]
async fn health_and_the_trail_by_mouse_alone() -> Outcome {
    looking_after(Mouse).await
}

#[tokio::test]
async fn health_and_the_trail_by_keyboard_alone() -> Outcome {
    looking_after(Keys).await
}

/// Where the focus went while the check was under way, it stays: nobody is called back to the button that waited.
#[tokio::test]
async fn whoever_clicks_elsewhere_while_a_check_goes_on_stays_there() -> Outcome {
    let hotel = Hotel::sample()?;
    let session = opened(&hotel).await?;
    let page = &session.page();
    Mouse.go(page, "Places", "Health").await?;
    Mouse.press(page, "Verify now").await?;
    page.says("Checking the whole file…").await?;
    Mouse.press(page, "Look again").await?;
    let waits = "return [...document.querySelectorAll('button')] \
        .find((button) => button.textContent.trim() === 'Verify now').disabled";
    assert!(
        page.run(waits, vec![]).await? == true,
        "the check was over before"
    );
    page.says("Every count is what its events add up to.")
        .await?;
    let focused = "return document.activeElement.textContent.trim()";
    assert_eq!(page.run(focused, vec![]).await?, "Look again");
    session.close().await
}

async fn sign_in(hand: Hand, page: &Page, name: &str) -> Outcome {
    page.says("Sign in to see the hotel.").await?;
    hand.write(page, "Name", name).await?;
    hand.write(page, "Password", PASSWORD).await?;
    hand.press(page, "Sign in").await?;
    page.named("button", name).await.map(drop)
}

/// The first administrator, another member, the door locked and opened, and somebody else behind it.
async fn staff(hand: Hand) -> Outcome {
    let hotel = Hotel::small()?;
    hotel.done(&["staff", "list"])?;
    let session = opened(&hotel).await?;
    let page = &session.page();
    hand.go(page, "Places", "Set up staff").await?;
    hand.write(page, "Name", "Rosa").await?;
    hand.write(page, "Password", PASSWORD).await?;
    hand.press(page, "Add administrator").await?;
    sign_in(hand, page, "Rosa").await?;
    let refused = hotel.run(&["staff", "list"])?;
    assert_eq!(refused.json["error"]["code"], "not_allowed", "{refused:?}");

    hand.go(page, "Places", "Staff and roles").await?;
    hand.write(page, "Name", "Iris").await?;
    hand.write(page, "Password", PASSWORD).await?;
    hand.choose(page, "Role", "Manager").await?;
    hand.press(page, "Add").await?;
    page.says("Iris is changed.").await?;
    let role = "return document.querySelector('[data-place] select[aria-label*=Iris]') \
        ?.selectedOptions[0].textContent.trim() ?? ''";
    page.until("the role of Iris", role, vec![], |role| role == "Manager")
        .await?;
    let staff = hotel.as_member("Rosa", PASSWORD, &["staff", "list"])?;
    let listed = staff["staff"].as_array().ok_or("staff")?;
    let iris = listed.iter().find(|member| member["name"] == "Iris");
    assert_eq!(
        iris.map(|iris| &iris["role"]),
        Some(&json!("manager")),
        "{staff}"
    );
    hand.back(page).await?;
    match hand {
        Mouse => hand.go(page, "Rosa", "Lock").await?,
        Keys => page.press(&["Ctrl+l"]).await?,
    }
    page.says("Locked. Rosa was at work here.").await?;
    hand.write(page, "Password", PASSWORD).await?;
    hand.press(page, "Sign in").await?;
    page.named("button", "Rosa").await?;
    hand.go(page, "Rosa", "Change user").await?;
    sign_in(hand, page, "Iris").await?;
    session.close().await
}

#[tokio::test]
async fn staff_and_the_door_by_mouse_alone() -> Outcome {
    staff(Mouse).await
}

#[tokio::test]
async fn staff_and_the_door_by_keyboard_alone() -> Outcome {
    staff(Keys).await
}

const MAPPING: &str = "[columns]\nexternal_number = \"no\"\nname = \"guest\"\nroom_type = \"type\"\n\
    arrival = \"from\"\ndeparture = \"to\"\n";
const BOOKINGS: &str = "no,guest,type,from,to\n1,Ada King,DBL,2026-06-02,2026-06-04\n\
    2,Ivo Brandt,SGL,2026-06-03,2026-06-05\n";

/// Bookings come in after a dry run, and leave as a file.
async fn files(hand: Hand) -> Outcome {
    let hotel = Hotel::small()?;
    let folder = tempfile::tempdir()?;
    let place = |name: &str| folder.path().join(name).display().to_string();
    std::fs::write(place("m.toml"), MAPPING)?;
    std::fs::write(place("b.csv"), BOOKINGS)?;
    let listed = || -> Outcome<Option<usize>> {
        let listed = hotel.done(&["reservation", "list"])?;
        Ok(listed["reservations"].as_array().map(Vec::len))
    };
    let session = opened(&hotel).await?;
    let page = &session.page();
    hand.go(page, "Places", "Import and export").await?;
    hand.write(page, "File with bookings (CSV)", &place("b.csv"))
        .await?;
    hand.write(page, "Mapping (TOML)", &place("m.toml")).await?;
    hand.press(page, "Dry run").await?;
    page.says("2 rows: 2 would come in").await?;
    assert_eq!(listed()?, Some(0));
    hand.press(page, "Bring in").await?;
    page.says("2 rows: 2 came in").await?;
    assert_eq!(listed()?, Some(2));
    hand.write(page, "File (.csv or .jsonl)", &place("out.csv"))
        .await?;
    hand.press(page, "Write").await?;
    page.says("2 rows written to").await?;
    let written = std::fs::read_to_string(place("out.csv"))?;
    hotel.done(&["export", "reservations", &place("told.csv")])?;
    assert_eq!(written, std::fs::read_to_string(place("told.csv"))?);
    hand.back(page).await?;
    hotel.verify()?;
    session.close().await
}

#[tokio::test]
async fn files_that_come_and_go_by_mouse_alone() -> Outcome {
    files(Mouse).await
}

#[tokio::test]
async fn files_that_come_and_go_by_keyboard_alone() -> Outcome {
    files(Keys).await
}

async fn backups(hand: Hand) -> Outcome {
    let hotel = Hotel::small()?;
    let session = opened(&hotel).await?;
    let page = &session.page();
    hand.go(page, "Places", "Backups and jobs").await?;
    hand.press(page, "Back up now").await?;
    page.says("is made and verified.").await?;
    let sold = [
        "reserve",
        "STE:2026-06-01:2026-06-03",
        "--guest",
        "Ada King",
    ];
    hotel.done(&sold)?;
    let name = "return document.querySelector('button[aria-label^=\"Put back \"]').ariaLabel";
    let name = page.run(name, vec![]).await?;
    hand.press(page, name.as_str().unwrap_or_default()).await?;
    hand.press(page, "Put it back").await?;
    page.says("Put back, and verified.").await?;
    hand.back(page).await?;
    page.cell_says("Suite", MONDAY, "1 of 1 left").await?;
    let listed = hotel.done(&["reservation", "list"])?;
    assert_eq!(listed["reservations"], json!([]), "{listed}");
    hotel.verify()?;
    session.close().await
}

#[tokio::test]
async fn backups_by_mouse_alone() -> Outcome {
    backups(Mouse).await
}

#[tokio::test]
async fn backups_by_keyboard_alone() -> Outcome {
    backups(Keys).await
}
