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
    // What was asked is called by the number that the centre gave it.
    let nothing = Value::Null;
    assert_eq!(told("confirmed"), [(&group, &nothing), (&number, &nothing)]);
    centre.is_sound();
}
