//! What the centre declined, taken elsewhere: the booking and the end of the request are one change.

use serde_json::{Value, json};

use super::proxy::Weather;
use super::world::{Centre, Desk, settle};

const ASKED: &str = "B:2026-06-05:2026-06-06:5";
const INSTEAD: &str = "A:2026-06-05:2026-06-06";

/// A request for five suites that the centre declined, since one was sold elsewhere. Gives its number and the item's.
fn declined(first: &Desk, second: &Desk) -> (String, String) {
    settle(&[first, second]);
    first.set(Weather::Cut);
    let words = [
        "reserve",
        ASKED,
        "--guest",
        "Ana Sousa",
        "--phone",
        "+351 21 000",
        "--note",
        "late",
        "--price",
        "B=12000",
        "--adults",
        "3",
        "--source",
        "phone",
    ];
    let (status, asked) = first.run(&words);
    assert_eq!(status, 4, "{asked}");
    let number = super::number(&asked);
    let (status, sold) = second.run(&["reserve", "B:2026-06-05:2026-06-06", "--guest", "Ivo"]);
    assert_eq!(status, 0, "{sold}");
    first.set(Weather::Fair);
    settle(&[first, second]);
    let (_, inbox) = first.run(&["inbox", "list"]);
    let item = &inbox["inbox"][0];
    assert_eq!(item["kind"], "declined", "{inbox}");
    assert_eq!(item["object"], *number, "{inbox}");
    (number, item["id"].to_string())
}

fn open_items(desk: &Desk) -> Value {
    desk.run(&["inbox", "list"]).1["inbox"].clone()
}

fn bookings_of(desk: &Desk, guest: &str, status: &str) -> Vec<Value> {
    let (_, list) = desk.run(&["reservation", "list", "--guest", guest, "--status", status]);
    list["reservations"].as_array().unwrap().clone()
}

#[test]
fn what_can_be_had_instead_is_booked_and_the_request_is_given_up_in_one_change() {
    let centre = Centre::start();
    let first = Desk::first(&centre, 31);
    let second = Desk::another(&centre, "second", 32);
    let (number, item) = declined(&first, &second);

    // Whoever reads the list learns what can be had, and in which words it is asked for.
    let listed = first.hotel.plain(&["inbox", "list"]).output().unwrap();
    let listed = String::from_utf8(listed.stdout).unwrap();
    let instead = open_items(&first)[0]["refusal"]["alternatives"].clone();
    for other in instead.as_array().unwrap() {
        let [code, from, to] = ["room_type", "arrival", "departure"].map(|part| &other[part]);
        let [code, from, to] = [code, from, to].map(|part| part.as_str().unwrap());
        assert!(listed.contains(&format!("{code}:{from}:{to}")), "{listed}");
    }
    assert!(listed.contains(INSTEAD), "{listed}");

    // What is refused changes nothing.
    let (status, refused) = first.run(&["inbox", "take", &item, "Z:2026-06-05:2026-06-06"]);
    assert_eq!(status, 3, "{refused}");
    assert_eq!(refused["error"]["code"], "unknown_room_type", "{refused}");
    assert_eq!(open_items(&first).as_array().unwrap().len(), 1);
    let still = bookings_of(&first, "Ana", "needs_confirmation");
    assert_eq!(still.len(), 1, "{still:?}");

    let id = "019731c0-0000-7000-8000-0000000000a1";
    let take = ["inbox", "take", &item, INSTEAD, "--command-id", id];
    let (status, taken) = first.run(&take);
    assert_eq!(status, 0, "{taken}");
    assert_eq!(taken["reservation"]["status"], "confirmed", "{taken}");
    // More than its share: the centre was asked, and has answered.
    assert_eq!(open_items(&first), json!([]), "and it was told at once");
    let (_, old) = first.run(&["reservation", "show", &number]);
    assert_eq!(old["status"], "cancelled", "{old}");

    // As many rooms as were asked for, for the same guest, at what was agreed.
    let (_, new) = first.run(&["reservation", "show", &super::number(&taken)]);
    let stays = new["stays"].as_array().unwrap();
    assert_eq!(stays.len(), 5, "{new}");
    for stay in stays {
        assert_eq!(stay["room_type"], "A", "{new}");
        assert_eq!(stay["price"], 1_200_000, "{new}");
    }
    assert_eq!(new["guest"]["name"], "Ana Sousa", "{new}");
    assert_eq!(new["guest"]["phone"], "+351 21 000", "{new}");
    for (fact, value) in [
        ("notes", json!("late")),
        ("adults", json!(3)),
        ("source", json!("phone")),
    ] {
        assert_eq!(new[fact], value, "{new}");
    }

    // The same again, as from a window that did not hear the answer: nothing is booked twice.
    let (status, again) = first.run(&take);
    assert_eq!(status, 0, "{again}");
    assert_eq!(again["repeated"], true, "{again}");
    assert_eq!(
        again["reservation"]["number"],
        taken["reservation"]["number"]
    );
    assert_eq!(bookings_of(&first, "Ana", "confirmed").len(), 1);
    // And another one for an item that is dealt with.
    let (status, over) = first.run(&["inbox", "take", &item, INSTEAD]);
    assert_eq!(status, 3, "{over}");
    assert_eq!(over["error"]["code"], "unknown_item", "{over}");

    settle(&[&first, &second]);
    assert_eq!(first.shown(), second.shown());
    for desk in [&first, &second] {
        desk.is_sound();
        desk.is_level();
    }
    centre.is_sound();
}

#[test]
fn off_the_network_the_guest_has_one_request_and_never_two() {
    let centre = Centre::start();
    let first = Desk::first(&centre, 33);
    let second = Desk::another(&centre, "second", 34);
    let (number, item) = declined(&first, &second);
    first.set(Weather::Cut);
    // More than its share, so that the centre has to be asked again.
    let (status, taken) = first.run(&["inbox", "take", &item, INSTEAD]);
    assert_eq!(status, 4, "{taken}");
    assert_eq!(open_items(&first), json!([]));
    let open = bookings_of(&first, "Ana", "needs_confirmation");
    assert_eq!(open.len(), 1, "{open:?}");
    assert_ne!(open[0]["number"], *number);
    first.set(Weather::Fair);
    settle(&[&first, &second]);
    let booked = bookings_of(&first, "Ana", "confirmed");
    assert_eq!(booked.len(), 1, "{booked:?}");
    assert_eq!(open_items(&first)[0]["kind"], "confirmed");
    assert_eq!(first.shown(), second.shown());
    for desk in [&first, &second] {
        desk.is_sound();
        desk.is_level();
    }
}
