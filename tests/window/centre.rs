//! A desk at a centre: joined in the window, cut off, sold all the same, and settled when the cable is back.

use std::time::{Duration, Instant};

use keyrack_tests::{Hotel, Outcome, Page, Session, failure};

use crate::MONDAY;
use crate::cable::{Cable, Centre};
use crate::hands::Hand::{self, Keys, Mouse};

/// A centre counts as gone a while after its last answer.
const NETWORK_PATIENCE: Duration = Duration::from_secs(45);
const NIGHT: &str = "DBL:2026-06-01:2026-06-02";

/// Waits until a script gives what is wanted, for as long as a network may need.
async fn in_time(page: &Page, what: &str, script: &str, wanted: &str) -> Outcome {
    let begun = Instant::now();
    while begun.elapsed() < NETWORK_PATIENCE {
        if page.run(script, vec![]).await? == wanted {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    failure(format!("waited in vain for {what}: {wanted}"))
}

async fn reaches(page: &Page, reach: &str) -> Outcome {
    let script = "return document.querySelector('[data-reach]')?.dataset.reach ?? ''";
    in_time(page, "the centre to be", script, reach).await
}

/// What the panel says may be sold of the selected night without the centre.
async fn safe(page: &Page) -> Outcome<i64> {
    let script = "const said = /(\\d+) of it safe offline/.exec(document.body.innerText); \
        return said ? Number(said[1]) : -1";
    let found = page
        .until("what is safe offline", script, vec![], |value| {
            value.as_i64().is_some_and(|rooms| rooms >= 0)
        })
        .await?;
    found.as_i64().ok_or_else(|| "no number".into())
}

async fn look(page: &Page, screen: &str) -> Outcome {
    page.picture(screen).await?;
    page.whole(screen).await?;
    page.accessible(screen).await
}

/// The window's desk has brought its history; another one joined after it.
async fn two_desks(hand: Hand, centre: &Centre, cable: &Cable, page: &Page) -> Outcome<Hotel> {
    hand.go(page, "Places", "Centre").await?;
    hand.press(page, "Join").await?;
    page.says("Address of the centre is missing.").await?;
    let url = format!("http://{}", cable.address);
    hand.write(page, "Address of the centre", &url).await?;
    hand.write(page, "Code", "ABCDE-FGHJK-MNPQR-STUVW").await?;
    hand.write(page, "Name of this desk", "Reception").await?;
    hand.press(page, "Join").await?;
    let refused = "return document.querySelector('[data-place] [role=alert]')?.innerText ?? ''";
    page.until("a refusal of the code", refused, vec![], |said| {
        said.as_str().is_some_and(|said| said.contains("code"))
    })
    .await?;
    look(page, "centre-enrol").await?;
    hand.write(page, "Code", &centre.code()?).await?;
    hand.press(page, "Join").await?;
    page.says("This desk belongs to mira now").await?;
    look(page, "centre-joined").await?;
    let other = Hotel::none()?;
    let url = format!("http://{}", centre.address);
    other.done(&["enrol", &url, &centre.code()?, "--name", "second"])?;
    hand.back(page).await?;
    reaches(page, "online").await?;
    Ok(other)
}

#[tokio::test]
async fn a_desk_that_is_cut_off_sells_its_share_and_settles_when_the_cable_is_back() -> Outcome {
    let centre = Centre::start()?;
    let cable = Cable::to(centre.address)?;
    let hotel = Hotel::small()?;
    let session = Session::on(hotel.file()).await?;
    let page = &session.page();
    page.ready("grid").await?;
    let other = two_desks(Mouse, &centre, &cable, page).await?;
    page.click_on(&page.cell("Double", MONDAY).await?).await?;
    page.says("of it safe offline").await?;
    let share = "const said = /(\\d+) of it safe offline/.exec(document.body.innerText); \
        return said && Number(said[1]) > 0 ? 'some' : 'none'";
    in_time(page, "a share", share, "some").await?;
    let before = safe(page).await?;

    cable.pull_out();
    reaches(page, "offline").await?;
    page.says("can still be sold here").await?;
    look(page, "centre-offline").await?;

    // Within the share it is sold at once, by the same keys; the share shrinks, and what waits is counted.
    page.steps();
    page.press(&["n"]).await?;
    page.named("textbox", "Guest name").await?;
    page.type_text("Ada King").await?;
    page.press(&["Enter"]).await?;
    assert_eq!(
        page.steps(),
        3,
        "offline a booking takes the steps that it takes"
    );
    page.says("1 change queued").await?;
    page.cell_says("Double", MONDAY, "not settled with the centre")
        .await?;
    let shrunk = format!("{} of it safe offline", before - 1);
    page.says(&shrunk).await?;
    assert_eq!(hotel.done(&["sync", "status"])?["centre"]["queued"], 1);

    // Beyond it there is no confirmation: a request, without a number to give.
    page.press(&["n"]).await?;
    page.named("textbox", "Guest name").await?;
    page.type_text("Ivo Brandt").await?;
    page.fill("Rooms", &before.to_string()).await?;
    page.click("button", "Book").await?;
    page.says("Request A2, no confirmation number yet").await?;
    page.says("2 changes queued").await?;
    let number = asked(&hotel)?;
    let row = page
        .beginning("row", &format!("{number} Ivo Brandt"))
        .await?;
    page.click_on(&row).await?;
    page.says("no confirmation number yet").await?;
    // The centre alone confirms it: the card offers what may be done here.
    page.named("button", "Cancel booking").await?;
    let confirms = "return [...document.querySelectorAll('aside button')] \
        .some((button) => button.innerText.trim() === 'Confirm')";
    assert_eq!(page.run(confirms, vec![]).await?, false);
    look(page, "centre-request").await?;
    let dark = "document.documentElement.dataset.palette = 'dark'";
    page.run(dark, vec![]).await?;
    look(page, "centre-request-dark").await?;
    page.run("document.documentElement.dataset.palette = 'light'", vec![])
        .await?;

    // Meanwhile the other desk sells the rest.
    for _ in 0..(6 - before) {
        other.done(&["reserve", NIGHT, "--guest", "Nora Late"])?;
    }

    cable.put_in();
    reaches(page, "online").await?;
    page.named("button", "1 answer of the centre to look at")
        .await?;
    let inbox = hotel.done(&["inbox", "list"])?;
    assert_eq!(inbox["inbox"][0]["kind"], "declined", "{inbox}");
    page.click("button", "1 answer of the centre to look at")
        .await?;
    page.says("no room for it").await?;
    look(page, "centre-inbox").await?;
    page.click("button", &format!("Cancel request {number}"))
        .await?;
    page.says("Nothing waits for you.").await?;
    look(page, "centre-settled").await?;
    page.press(&["Escape"]).await?;

    // The command line says the same, and both desks are the centre's.
    assert_eq!(
        hotel.done(&["inbox", "list"])?["inbox"],
        serde_json::json!([])
    );
    let told = hotel.done(&["reservation", "show", &number])?;
    assert_eq!(told["status"], "cancelled", "{told}");
    hotel.done(&["sync", "--once"])?;
    other.done(&["sync", "--once"])?;
    for desk in [&hotel, &other] {
        let verdict = desk.done(&["verify", "--against-centre"])?;
        assert_eq!(verdict["ok"], true, "{verdict}");
        assert_eq!(
            desk.count("DBL", "2026-06-01", "2026-06-02", "sold")?,
            7 - before
        );
    }
    session.close().await
}

#[tokio::test]
async fn a_hotel_that_is_at_a_centre_is_joined_from_the_first_screen() -> Outcome {
    let centre = Centre::start()?;
    let first = Hotel::small()?;
    let url = format!("http://{}", centre.address);
    first.done(&["enrol", &url, &centre.code()?, "--name", "first"])?;
    let session = Session::start(&[]).await?;
    let page = &session.page();
    let join = page.beginning("button", "Join a hotel at a centre").await?;
    page.click_on(&join).await?;
    page.fill("Address of the centre", &url).await?;
    page.fill("Name of this desk", "Reception").await?;
    page.fill("Code", "ABCDE-FGHJK-MNPQR-STUVW").await?;
    page.click("button", "Join").await?;
    let refused = "return document.querySelector('[role=alert]')?.innerText ?? ''";
    page.until("a refusal of the code", refused, vec![], |said| {
        said.as_str().is_some_and(|said| said.contains("code"))
    })
    .await?;
    look(page, "start-join").await?;
    // What was typed is still there: a new code is all that is missing.
    page.fill("Code", &centre.code()?).await?;
    page.click("button", "Join").await?;
    page.ready("grid").await?;
    page.says("Hotel Miramar").await?;
    reaches(page, "online").await?;

    // What is sold here is the first desk's to see.
    page.click_on(&page.cell("Double", MONDAY).await?).await?;
    page.press(&["n"]).await?;
    page.named("textbox", "Guest name").await?;
    page.type_text("Ada King").await?;
    page.press(&["Enter"]).await?;
    page.cell_says("Double", MONDAY, "4 of 5 left").await?;
    let begun = Instant::now();
    while first.count("DBL", "2026-06-01", "2026-06-02", "sold")? != 1 {
        if begun.elapsed() > NETWORK_PATIENCE {
            return failure("the first desk does not see the sale");
        }
        first.done(&["sync", "--once"])?;
    }
    session.close().await
}

/// What makes a request of it: sold while the cable is out are the whole share at once, and one room beyond it.
async fn sell_beyond(hand: Hand, page: &Page, rooms: i64) -> Outcome {
    for (guest, count) in [("Ada King", rooms), ("Ivo Brandt", 1)] {
        hand.cell(page, "Double", MONDAY).await?;
        hand.begin(page, "n", "New booking").await?;
        hand.write(page, "Guest name", guest).await?;
        hand.write(page, "Rooms", &count.to_string()).await?;
        hand.press(page, "Book").await?;
        let row = format!("return document.body.innerText.includes({guest:?})");
        page.until(guest, &row, vec![], |there| *there == true)
            .await?;
    }
    Ok(())
}

/// The number of the one booking that needs confirmation.
fn asked(hotel: &Hotel) -> Outcome<String> {
    let listed = hotel.done(&["reservation", "list", "--limit", "50"])?;
    let all = listed["reservations"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    let asked = all
        .iter()
        .find(|each| each["status"] == "needs_confirmation")
        .and_then(|each| each["number"].as_str());
    asked
        .map(str::to_owned)
        .ok_or_else(|| format!("nothing needs confirmation: {listed}").into())
}

async fn taken_elsewhere(hand: Hand) -> Outcome {
    let centre = Centre::start()?;
    let cable = Cable::to(centre.address)?;
    let hotel = Hotel::small()?;
    let session = Session::on(hotel.file()).await?;
    let page = &session.page();
    page.ready("grid").await?;
    let other = two_desks(hand, &centre, &cable, page).await?;
    hand.cell(page, "Double", MONDAY).await?;
    // Not what the panel said of the night before.
    page.says("Physical 5").await?;
    let share = "const said = /(\\d+) of it safe offline/.exec(document.body.innerText); \
        return said && Number(said[1]) > 0 ? 'some' : 'none'";
    in_time(page, "a share", share, "some").await?;
    let rooms = safe(page).await?;
    cable.pull_out();
    reaches(page, "offline").await?;

    sell_beyond(hand, page, rooms).await?;
    let number = asked(&hotel)?;
    for _ in 0..(6 - rooms) {
        other.done(&["reserve", NIGHT, "--guest", "Nora Late"])?;
    }
    cable.put_in();
    reaches(page, "online").await?;
    hand.press(page, "1 answer of the centre to look at")
        .await?;
    page.beginning("button", "Single, Mon 1").await?;
    look(page, "centre-alternatives").await?;
    let instead = "return [...document.querySelectorAll('[data-place] button')] \
        .map((button) => button.textContent.replace(/\\s+/g, ' ').trim()).find((name) => name.startsWith('Single, Mon 1'))";
    let instead = page.run(instead, vec![]).await?;
    hand.press(page, instead.as_str().unwrap_or_default())
        .await?;
    page.says("Nothing waits for you.").await?;
    hand.back(page).await?;
    page.cell_says("Single", MONDAY, "1 of 2 left").await?;

    // The command line and the other desk say the same.
    let told = hotel.done(&["reservation", "show", &number])?;
    assert_eq!(told["status"], "cancelled", "{told}");
    let listed = hotel.done(&["reservation", "list", "--guest", "Ivo Brandt"])?;
    let all = listed["reservations"].as_array().cloned();
    let booked = all.unwrap_or_default().into_iter();
    let booked: Vec<_> = booked
        .filter(|each| each["status"] == "confirmed")
        .collect();
    assert_eq!(booked.len(), 1, "{listed}");
    assert_eq!(booked[0]["stays"][0]["room_type"], "SGL", "{listed}");
    assert_eq!(
        hotel.done(&["inbox", "list"])?["inbox"],
        serde_json::json!([])
    );
    hotel.done(&["sync", "--once"])?;
    other.done(&["sync", "--once"])?;
    for desk in [&hotel, &other] {
        let verdict = desk.done(&["verify", "--against-centre"])?;
        assert_eq!(verdict["ok"], true, "{verdict}");
        assert_eq!(desk.count("SGL", "2026-06-01", "2026-06-02", "sold")?, 1);
    }
    session.close().await
}

#[tokio::test]
async fn a_declined_request_is_taken_elsewhere_from_the_inbox_by_mouse() -> Outcome {
    taken_elsewhere(Mouse).await
}

#[tokio::test]
async fn a_declined_request_is_taken_elsewhere_from_the_inbox_by_keyboard() -> Outcome {
    taken_elsewhere(Keys).await
}

async fn joining(hand: Hand) -> Outcome {
    let centre = Centre::start()?;
    let hotel = Hotel::small()?;
    let session = Session::on(hotel.file()).await?;
    let page = &session.page();
    page.ready("grid").await?;
    let url = format!("http://{}", centre.address);
    assert!(hotel.done(&["sync", "status"])?["centre"].is_null());
    hand.go(page, "Places", "Centre").await?;
    hand.write(page, "Address of the centre", &url).await?;
    hand.write(page, "Code", &centre.code()?).await?;
    hand.write(page, "Name of this desk", "Reception").await?;
    hand.press(page, "Join").await?;
    page.says("This desk belongs to mira now").await?;
    hand.back(page).await?;
    reaches(page, "online").await?;
    let told = hotel.done(&["sync", "status"])?;
    assert_eq!(told["centre"]["url"], url, "{told}");
    session.close().await
}

#[tokio::test]
async fn joining_a_centre_by_mouse_alone() -> Outcome {
    joining(Mouse).await
}

#[tokio::test]
async fn joining_a_centre_by_keyboard_alone() -> Outcome {
    joining(Keys).await
}

#[tokio::test]
async fn joining_that_is_under_way_is_stopped_and_the_hotel_is_as_it_was() -> Outcome {
    let centre = Centre::start()?;
    let url = format!("http://{}", centre.address);
    let hotel = Hotel::sample()?;
    let session = Session::on(hotel.file()).await?;
    let page = &session.page();
    page.ready("grid").await?;
    Mouse.go(page, "Places", "Centre").await?;
    page.fill("Address of the centre", &url).await?;
    page.fill("Code", &centre.code()?).await?;
    page.fill("Name of this desk", "Reception").await?;
    page.press(&["Enter"]).await?;
    page.says("entries so far").await?;
    look(page, "centre-joining").await?;
    page.click("button", "Stop").await?;
    let said = "return document.querySelector('[data-place] [role=alert]')?.innerText ?? ''";
    let stopped = "Stopped: the hotel belongs to no centre, as before. The centre has a part of its history; \
        whoever runs it revokes this desk before one joins again.";
    in_time(page, "the end of joining", said, stopped).await?;
    assert!(hotel.done(&["sync", "status"])?["centre"].is_null());
    hotel.done(&["reserve", "A:2017-06-02:2017-06-03", "--guest", "Ada King"])?;
    // What went up is no history: once this desk is revoked the property is free for whoever joins whole.
    centre.revoke("A")?;
    let other = Hotel::small()?;
    other.done(&["enrol", &url, &centre.code()?, "--name", "other"])?;
    session.close().await
}

#[tokio::test]
async fn a_newer_centre_is_told_with_what_to_do_and_what_is_sold_meanwhile_waits() -> Outcome {
    let centre = Centre::start()?;
    let cable = Cable::to(centre.address)?;
    let hotel = Hotel::small()?;
    let session = Session::on(hotel.file()).await?;
    let page = &session.page();
    page.ready("grid").await?;
    two_desks(Mouse, &centre, &cable, page).await?;
    cable.leads_to_a_newer_centre(true);
    let strip = "return document.querySelector('.banner')?.innerText.split('\\n')[0].trim() ?? ''";
    let begun = Instant::now();
    while !page
        .run(strip, vec![])
        .await?
        .to_string()
        .contains("newer than this program")
    {
        assert!(
            begun.elapsed() < NETWORK_PATIENCE,
            "the newer centre is not told"
        );
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    page.says("Update Keyrack on this machine").await?;
    page.beginning("button", "Centre: Newer centre").await?;
    look(page, "centre-newer").await?;
    page.click("button", "Try now").await?;
    page.says("The centre is newer than this program (it speaks protocol 2).")
        .await?;
    page.click_cell("Double", MONDAY).await?;
    page.press(&["h"]).await?;
    page.says("1 change queued").await?;

    // An update of this program, seen from here: the two understand each other again.
    cable.leads_to_a_newer_centre(false);
    reaches(page, "online").await?;
    in_time(page, "the strip to go", strip, "").await?;
    assert_eq!(hotel.done(&["sync", "status"])?["centre"]["queued"], 0);
    session.close().await
}
