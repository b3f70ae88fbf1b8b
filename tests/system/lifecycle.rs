//! The lifecycle's steps as a clerk takes them, and what a reservation has when it comes back.

use serde_json::{Value, json};

use crate::hotel::Hotel;

const STAY: &str = "B:2026-06-10:2026-06-12";

fn status(hotel: &Hotel, id: &str) -> Value {
    hotel.done(&["reservation", "show", id])["status"].clone()
}

fn number(made: &Value) -> String {
    made["reservation"]["number"].as_str().unwrap().to_owned()
}

#[test]
fn who_waits_and_who_has_an_option_is_confirmed_cancelled_and_reinstated_as_it_was() {
    let hotel = Hotel::small();
    let waits = || number(&hotel.done(&["waitlist", "join", STAY, "--guest", "Wim"]));
    let option = || number(&hotel.done(&["reserve", STAY, "--guest", "Opal", "--tentative"]));
    // (made, step, becomes, and reinstated)
    type Row<'a> = (&'a dyn Fn() -> String, &'a str, &'a str, Option<&'a str>);
    let table: [Row<'_>; 4] = [
        (&waits, "confirm", "confirmed", None),
        (&waits, "cancel", "cancelled", Some("waitlisted")),
        (&option, "confirm", "confirmed", None),
        (&option, "cancel", "cancelled", Some("tentative")),
    ];
    for (made, step, becomes, reinstated) in table {
        let made = made();
        hotel.done(&[step, &made]);
        assert_eq!(status(&hotel, &made), becomes, "{step}");
        if let Some(reinstated) = reinstated {
            hotel.done(&["reinstate", &made]);
            assert_eq!(status(&hotel, &made), reinstated, "{step}");
        }
    }
    hotel.verified();
}

#[test]
fn a_room_that_an_amendment_took_out_comes_back_with_an_amendment_and_not_with_the_rest() {
    let hotel = Hotel::small();
    let two = format!("{STAY}:2");
    let sold = |hotel: &Hotel| hotel.cell("B", "2026-06-10")["sold"].clone();
    hotel.done(&["reserve", &two, "--guest", "Ann", "--price", "B=10000"]);
    hotel.done(&["amend", "A1", STAY]);
    hotel.done(&["cancel", "A1"]);
    hotel.done(&["reinstate", "A1"]);
    assert_eq!(sold(&hotel), 1);
    // Its number and its price are those that it had.
    hotel.done(&["amend", "A1", &two]);
    assert_eq!(sold(&hotel), 2);
    let shown = hotel.done(&["reservation", "show", "A1"]);
    let stays: Vec<Value> = shown["stays"].as_array().unwrap().clone();
    let told: Vec<_> = stays
        .iter()
        .map(|stay| (&stay["status"], &stay["price"]))
        .collect();
    let open = (&json!("confirmed"), &json!(10_000));
    assert_eq!(told, [open, open], "{shown}");
    assert_eq!(shown["total"], 40_000);
    // One that is new has the price of its type.
    hotel.done(&["amend", "A1", &format!("{STAY}:3")]);
    assert_eq!(hotel.done(&["reservation", "show", "A1"])["total"], 60_000);
    // By its own name what was taken out is reinstated all the same.
    hotel.done(&["amend", "A1", STAY]);
    hotel.done(&["reinstate", "A1/2"]);
    assert_eq!(sold(&hotel), 2);
    hotel.verified();
    hotel.done(&["rebuild"]);
    hotel.verified();
}

#[test]
fn a_night_that_is_over_keeps_nobody_out() {
    let hotel = Hotel::small();
    let late = "C:2026-06-01:2026-06-04:2";
    hotel.done(&["reserve", late, "--guest", "Late"]);
    hotel.done(&["no-show", "A1"]);
    hotel.done(&[
        "reserve",
        "C:2026-06-01:2026-06-02:2",
        "--guest",
        "Walk",
        "--walk-in",
    ]);
    hotel
        .run(&["reinstate", "A1"])
        .refused(3, "no_availability");
    hotel.done(&["end-of-day"]);
    hotel.done(&["check-out", "A2"]);
    hotel.done(&["reinstate", "A1"]);
    assert_eq!(hotel.cell("C", "2026-06-02")["sold"], 2);
    hotel.done(&["check-in", "A1"]);
    hotel.verified();
}

#[test]
fn a_stopped_type_is_not_sold_again_by_being_retired_later() {
    let hotel = Hotel::small();
    hotel.done(&["room-type", "stop", "C"]);
    let retire = |from| hotel.run(&["room-type", "retire", "C", "--from", from]);
    let error = retire("2026-06-20").refused(3, "invalid_stay");
    assert_eq!(error["why"], "sold_until_then");
    let said = error["message"].as_str().unwrap();
    assert!(said.contains("stopped"), "{said}");
    retire("2026-06-01").ends(0);
    let refused = hotel.run(&["reserve", "C:2026-06-03:2026-06-04", "--guest", "Ann"]);
    refused.refused(3, "restricted");
}
