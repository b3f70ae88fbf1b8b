//! What a desk asked for beyond its share, and what a clerk makes of it before the centre answers.

use serde_json::Value;

use super::proxy::Weather;
use super::world::{Centre, Desk, settle};

/// A request for rooms of tonight that the desk may not promise by itself.
fn asked(desk: &Desk, guest: &str) -> String {
    let words = ["reserve", "B:2026-06-01:2026-06-02:5", "--guest", guest];
    let (status, made) = desk.run(&words);
    assert_eq!(status, 4, "{made}");
    super::number(&made)
}

/// The command is done, or waits with the request for the centre.
fn does(desk: &Desk, words: &[&str]) {
    let (status, done) = desk.run(words);
    assert!([0, 4].contains(&status), "{words:?}: {done}");
}

fn status(desk: &Desk, number: &str) -> Value {
    desk.run(&["reservation", "show", number]).1["status"].clone()
}

#[test]
fn a_request_is_cancelled_reinstated_confirmed_and_let_in_as_the_lifecycle_says() {
    let centre = Centre::start();
    let first = Desk::first(&centre, 61);
    let second = Desk::another(&centre, "second", 62);
    settle(&[&first, &second]);
    first.set(Weather::Cut);
    let number = asked(&first, "Ana");
    does(&first, &["cancel", &number]);
    assert_eq!(status(&first, &number), "cancelled");
    // What it takes again is asked of the centre too, which leaves it a request.
    does(&first, &["reinstate", &number]);
    assert_eq!(status(&first, &number), "cancelled");
    first.set(Weather::Fair);
    settle(&[&first, &second]);
    for desk in [&first, &second] {
        assert_eq!(status(desk, &number), "needs_confirmation");
    }
    first.set(Weather::Cut);
    // Nobody is let in without a promise but by somebody who may say so.
    let (exit, refused) = first.run(&["check-in", &number]);
    assert_eq!(
        (exit, &refused["error"]["code"]),
        (3, &Value::from("illegal_transition"))
    );
    does(
        &first,
        &["--override", "they stand here", "check-in", &number],
    );
    assert_eq!(status(&first, &number), "checked_in");
    first.set(Weather::Fair);
    settle(&[&first, &second]);
    assert_eq!(status(&second, &number), "checked_in");
    for desk in [&first, &second] {
        desk.is_sound();
        desk.is_level();
    }
    centre.is_sound();
}

#[test]
fn a_groups_room_that_was_given_up_is_asked_for_again_for_another_desk_may_have_picked_it_up() {
    let centre = Centre::start();
    let first = Desk::first(&centre, 63);
    let second = Desk::another(&centre, "second", 64);
    settle(&[&first, &second]);
    let block = "B:2026-06-10:2026-06-12";
    let kind = ["--kind", "non-elastic"];
    let opened = first.run(&[&["allotment", "open", "Choir"][..], &kind, &[block]].concat());
    assert_eq!(opened.0, 0, "{opened:?}");
    let group = opened.1["allotment"]["number"].as_str().unwrap().to_owned();
    let pick = |desk: &Desk, guest: &str| {
        let words = ["allotment", "pick-up", &group, block, "--guest", guest];
        let (exit, made) = desk.run(&words);
        assert_eq!(exit, 0, "{made}");
        super::number(&made)
    };
    let number = pick(&first, "Ana");
    does(&first, &["cancel", &number]);
    settle(&[&first, &second]);
    first.set(Weather::Cut);
    let other = pick(&second, "Bo");
    // Of a group's rooms no desk has a share.
    let (exit, asked) = first.run(&["reinstate", &number]);
    assert_eq!((exit, &asked["asked"]), (4, &Value::from(true)), "{asked}");
    assert_eq!(status(&first, &number), "cancelled");
    first.set(Weather::Fair);
    settle(&[&first, &second]);
    for desk in [&first, &second] {
        assert_eq!(status(desk, &number), "cancelled");
        assert_eq!(status(desk, &other), "confirmed");
        desk.is_sound();
        desk.is_level();
    }
    let answered = first.run(&["inbox", "list"]).1;
    let items = answered["inbox"].as_array().unwrap();
    let told = |kind: &str| -> Vec<(&Value, &Value)> {
        let of_kind = items.iter().filter(|item| item["kind"] == kind);
        let told = of_kind.map(|item| (&item["object"], &item["refusal"]["code"]));
        told.collect()
    };
    let (number, group) = (Value::from(number), Value::from(group));
    let exhausted = Value::from("allotment_exhausted");
    assert_eq!(told("refused"), [(&number, &exhausted)]);
    // Whoever opened the group and picked its room up heard it at once.
    assert_eq!(told("confirmed"), []);
    assert_ne!(group, number);
    centre.is_sound();
}

/// Rooms of the type that may be sold without the centre on the night.
fn safe(desk: &Desk, night: &str) -> u64 {
    let (exit, shares) = desk.run(&["sync", "shares", night, "2026-06-11", "--type", "B"]);
    assert_eq!(exit, 0, "{shares}");
    shares["room_types"][0]["rooms"][0].as_u64().unwrap()
}

#[test]
fn online_a_desk_is_given_what_the_pool_and_its_own_share_have_together() {
    let centre = Centre::start();
    let first = Desk::first(&centre, 65);
    let second = Desk::another(&centre, "second", 66);
    settle(&[&first, &second]);
    let rooms = |desk: &Desk| safe(desk, "2026-06-10");
    let (own, others) = (rooms(&first), rooms(&second));
    assert!(own > 0 && others > 0, "{own} {others}");
    // All that is free but for the other desk's share.
    let stay = format!("B:2026-06-10:2026-06-11:{}", 5 - others);
    let (exit, made) = first.run(&["reserve", &stay, "--guest", "Ana"]);
    assert_eq!(exit, 0, "{made}");
    assert_eq!(made["reservation"]["status"], "confirmed", "{made}");
    assert_eq!(rooms(&first), 0, "it is sold, and sold once");
    // One more is the other desk's.
    let one = ["reserve", "B:2026-06-10:2026-06-11", "--guest", "Bo"];
    let (exit, declined) = first.run(&one);
    assert_eq!(
        (exit, &declined["reservation"]["status"]),
        (4, &Value::from("needs_confirmation"))
    );
    assert_eq!(
        declined["declined"]["code"], "no_availability",
        "{declined}"
    );
    let said = declined["text"].as_str().unwrap();
    assert!(said.contains("is declined by the centre"), "{said}");
    for _ in 0..others {
        assert_eq!(second.run(&one).0, 0);
    }
    settle(&[&first, &second]);
    assert_eq!(first.shown(), second.shown());
    for desk in [&first, &second] {
        desk.is_sound();
        desk.is_level();
    }
    centre.is_sound();
}

#[test]
fn off_the_network_a_desk_keeps_its_share_whatever_it_asks_for() {
    let centre = Centre::start();
    let first = Desk::first(&centre, 67);
    settle(&[&first]);
    let own = safe(&first, "2026-06-10");
    first.set(Weather::Cut);
    let (exit, asked) = first.run(&["reserve", "B:2026-06-10:2026-06-11:5", "--guest", "Ana"]);
    assert_eq!(exit, 4, "{asked}");
    let said = asked["text"].as_str().unwrap();
    assert!(said.contains("waits for the centre"), "{said}");
    assert_eq!(safe(&first, "2026-06-10"), own);
    let (exit, sold) = first.run(&["reserve", "B:2026-06-10:2026-06-11", "--guest", "Bo"]);
    assert_eq!(exit, 0, "{sold}");
    first.set(Weather::Fair);
    settle(&[&first]);
    first.is_sound();
    first.is_level();
    centre.is_sound();
}

#[test]
fn what_the_centre_decides_is_told_as_done_and_opens_nothing_twice() {
    let centre = Centre::start();
    let first = Desk::first(&centre, 68);
    settle(&[&first]);
    let block = "B:2026-06-10:2026-06-12";
    let id = "019731c0-0000-7000-8000-0000000000b1";
    let words = [
        "allotment",
        "open",
        "Choir",
        "--kind",
        "non-elastic",
        block,
        "--command-id",
        id,
    ];
    let (exit, opened) = first.run(&words);
    assert_eq!(exit, 0, "{opened}");
    let said = opened["text"].as_str().unwrap();
    assert!(!said.contains("Nothing to change"), "{said}");
    let (_, again) = first.run(&words);
    assert_eq!(again["allotment"], opened["allotment"], "{again}");
    assert_eq!(again["text"], opened["text"], "{again}");
    assert_eq!(
        first.run(&["inbox", "list"]).1["inbox"],
        serde_json::json!([])
    );
}
