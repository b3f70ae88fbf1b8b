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
