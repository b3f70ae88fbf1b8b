//! The end of a business date goes on, whatever was decided or refused before it.

use serde_json::{Value, json};

use crate::hotel::{Hotel, new_id};

fn decide(hotel: &Hotel, name: &str, decisions: &str) -> String {
    hotel.write(name, decisions).to_str().unwrap().to_owned()
}

fn due(hotel: &Hotel) -> Vec<(Value, Value)> {
    let list = hotel.done(&["end-of-day", "--dry-run"]);
    let items = list["items"].as_array().unwrap().iter();
    items
        .map(|item| (item["id"].clone(), item["due"].clone()))
        .collect()
}

#[test]
fn a_decision_that_leads_to_another_is_asked_about_and_the_day_ends_then() {
    let hotel = Hotel::small();
    hotel.done(&[
        "reserve",
        "A:2026-06-01:2026-06-03",
        "--guest",
        "Ada",
        "--tentative",
        "--option-until",
        "2026-06-01",
    ]);
    let confirm = decide(&hotel, "confirm.toml", "\"A1/1\" = \"confirm\"\n");
    // The option is an arrival now, and nobody said what becomes of that: it is not made a no-show unasked.
    let error = hotel
        .run(&["end-of-day", "--decide", &confirm])
        .refused(3, "undecided");
    assert_eq!(error["by"], json!(["A1/1"]));
    assert_eq!(
        hotel.done(&["reservation", "show", "A1"])["status"],
        "confirmed"
    );
    assert_eq!(due(&hotel), [(json!("A1/1"), json!("arrival_not_in"))]);

    let keep = decide(&hotel, "keep.toml", "\"A1/1\" = \"keep\"\n");
    let ended = hotel.done(&["end-of-day", "--decide", &keep]);
    assert_eq!(ended["business_date"], "2026-06-02");
    hotel.verified();
}

#[test]
fn a_guest_who_comes_late_and_leaves_today_is_asked_about_twice() {
    let hotel = Hotel::small();
    hotel.done(&[
        "reserve",
        "A:2026-06-01:2026-06-02",
        "--guest",
        "Ada",
        "--guarantee",
        "card",
    ]);
    let ended = hotel.done(&["end-of-day"]);
    assert_eq!(
        ended["decided"],
        json!([{"id": "A1/1", "decision": "keep"}])
    );
    let arrives = decide(&hotel, "in.toml", "\"A1/1\" = \"check_in\"\n");
    let at = ["--at", "2026-06-02T22:00:00Z"];
    let with = |more: [&str; 3]| hotel.run(&[at[0], at[1], more[0], more[1], more[2]]);
    with(["end-of-day", "--decide", &arrives]).refused(3, "undecided");
    let leaves = decide(&hotel, "out.toml", "\"A1/1\" = \"check_out\"\n");
    let ended = with(["end-of-day", "--decide", &leaves]).ends(0);
    assert_eq!(ended["business_date"], "2026-06-03");
    hotel.verified();
}

#[test]
fn an_end_that_is_asked_for_again_under_its_id_with_another_decision_is_another() {
    let hotel = Hotel::small();
    let id = new_id();
    hotel.done(&["reserve", "A:2026-06-01:2026-06-03", "--guest", "Ada"]);
    let keep = decide(&hotel, "keep.toml", "\"A1/1\" = \"keep\"\n");
    let cancel = decide(&hotel, "cancel.toml", "\"A1/1\" = \"cancel\"\n");
    let end =
        |decisions: &str| hotel.run(&["--command-id", &id, "end-of-day", "--decide", decisions]);
    assert_eq!(end(&keep).ends(0)["business_date"], "2026-06-02");
    assert_eq!(end(&keep).ends(0)["repeated"], true);
    end(&cancel).refused(3, "idempotency_conflict");
    assert_eq!(
        hotel.done(&["reservation", "show", "A1"])["status"],
        "confirmed"
    );
    hotel.verified();
}
