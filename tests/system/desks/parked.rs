//! Commands that the centre cannot store: they are set apart, and block nobody.

use serde_json::Value;

use super::world::{Centre, Desk, settle};
use super::{Told, is_right, number};

/// A sale at the first desk which the centre cannot store, and a change of it behind.
fn poisoned(centre: &Centre, first: &Desk) -> String {
    let stay = ["reserve", "A:2026-06-12:2026-06-14", "--guest", "Ana Sousa"];
    let (status, sold) = first.run(&stay);
    assert_eq!(status, 0, "{sold}");
    let number = number(&sold);
    assert_eq!(
        first.run(&["amend", &number, "A:2026-06-13:2026-06-15"]).0,
        0
    );
    assert_eq!(
        first.run(&stay).0,
        0,
        "a sale that has nothing to do with it"
    );
    centre.database.ask(&format!(
        "ALTER TABLE reservation ADD CONSTRAINT poison CHECK (number <> '{number}')"
    ));
    assert!(first.sync());
    number
}

fn parked(desk: &Desk) -> Vec<(String, String)> {
    let (_, document) = desk.run(&["parked", "list"]);
    let rows = document["parked"].as_array().unwrap().iter();
    let word = |row: &Value, name: &str| row[name].as_str().unwrap().to_owned();
    rows.map(|row| (word(row, "id"), word(row, "kind")))
        .collect()
}

fn apart(centre: &Centre) -> String {
    centre
        .database
        .ask("SELECT coalesce(sum(rooms), 0) FROM apart")
}

#[test]
fn what_cannot_be_stored_is_set_apart_with_what_hangs_on_it_and_sent_again_when_it_can() {
    let centre = Centre::start();
    let first = Desk::first(&centre, 6);
    let second = Desk::another(&centre, "second", 7);
    settle(&[&first, &second]);
    let number = poisoned(&centre, &first);
    let set_apart = parked(&first);
    let kinds: Vec<&str> = set_apart.iter().map(|row| row.1.as_str()).collect();
    assert_eq!(kinds, ["reserve", "amend"]);
    // Two nights of the sale, and the one that the change added.
    assert_eq!(apart(&centre), "3");
    // What is done to it later is set apart as well.
    assert_eq!(
        first.run(&["amend", &number, "A:2026-06-13:2026-06-14"]).0,
        0
    );
    assert_eq!(parked(&first).len(), 3);
    settle(&[&first, &second]);
    assert_eq!(second.run(&["reservation", "show", &number]).0, 3);
    assert_eq!(
        first.run(&["amend", &number, "A:2026-06-13:2026-06-16"]).0,
        0
    );
    assert_eq!(parked(&first).len(), 4);

    centre
        .database
        .ask("ALTER TABLE reservation DROP CONSTRAINT poison");
    // The last change of it is not told yet, and is not left behind. The same again says the same.
    let id = uuid::Uuid::now_v7().to_string();
    let retry = ["parked", "retry", &set_apart[0].0, "--command-id", &id];
    for _ in 0..2 {
        let (status, retried) = first.run(&retry);
        assert_eq!(status, 0, "{retried}");
    }
    settle(&[&first, &second]);
    assert_eq!(parked(&first), []);
    assert_eq!(apart(&centre), "0");
    let mut told = Told::default();
    told.confirmed.insert(number, "first");
    is_right(&centre, &[&first, &second], &told);
    let (_, inbox) = first.run(&["inbox", "list"]);
    assert_eq!(inbox["inbox"], Value::Array(Vec::new()), "{inbox}");
}

#[test]
fn what_is_given_up_is_taken_back_and_what_it_promised_is_free() {
    let centre = Centre::start();
    let first = Desk::first(&centre, 8);
    let second = Desk::another(&centre, "second", 9);
    settle(&[&first, &second]);
    let number = poisoned(&centre, &first);
    let id = parked(&first)[0].0.clone();
    let discard = ["parked", "discard", &id, "--reason", "sold again by hand"];
    let again = uuid::Uuid::now_v7().to_string();
    for _ in 0..2 {
        let (status, said) = first.run(&[&discard[..], &["--command-id", &again]].concat());
        assert_eq!(status, 0, "{said}");
    }
    assert_eq!(first.run(&["parked", "retry", &id]).0, 3, "it is given up");
    settle(&[&first, &second]);
    assert_eq!(parked(&first), []);
    assert_eq!(apart(&centre), "0");
    let (_, shown) = first.run(&["reservation", "show", &number]);
    assert_eq!(shown["status"], "cancelled", "{shown}");
    for desk in [&first, &second] {
        desk.is_sound();
        desk.is_level();
    }
    centre.is_sound();
}
