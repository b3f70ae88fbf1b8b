//! A guest is walked from a desk: what sisters have, who may, and how it ends.

use serde_json::Value;

use super::proxy::Weather;
use super::world::{Centre, Desk, HOTEL, PROPERTY, settle};
use crate::hotel::Hotel;

/// A sister hotel with a desk of its own.
fn sister(centre: &Centre) -> Hotel {
    centre.said(&["property", "add", "sister"]);
    let hotel = HOTEL.replace("Miramar", "Atlantico");
    let hotel = Hotel::with(&hotel.replace("MIRA", "ATLA"));
    let code = centre.said(&["desk", "code", "sister"]);
    let url = format!("http://{}", centre.address);
    hotel.done(&["enrol", &url, code.lines().last().unwrap()]);
    hotel.done(&["sync", "--once"]);
    hotel
}

fn booked(desk: &Desk, stay: &str) -> String {
    let (status, made) = desk.run(&["reserve", stay, "--guest", "Ana Reis"]);
    assert_eq!(status, 0, "{made}");
    super::number(&made)
}

fn rooms(found: &Value, code: &str) -> u64 {
    let types = found["sisters"][0]["room_types"].as_array().unwrap();
    let one = types.iter().find(|each| each["code"] == code).unwrap();
    one["rooms"].as_u64().unwrap()
}

#[test]
fn a_desk_walks_a_guest_to_a_sister_that_it_was_shown_and_both_trails_tell() {
    let centre = Centre::start();
    let desk = Desk::first(&centre, 81);
    let other = sister(&centre);
    let number = booked(&desk, "A:2026-06-01:2026-06-03");
    let (status, none) = desk.run(&["walk", "sisters", &number]);
    assert_eq!((status, &none["sisters"]), (0, &serde_json::json!([])));
    let (status, refused) = desk.run(&["walk", "guest", &number, "sister", "--type", "B"]);
    assert_eq!(
        (status, &refused["error"]["code"]),
        (3, &"not_found".into())
    );
    centre.said(&["chain", "allow", PROPERTY, "sister"]);
    let (_, found) = desk.run(&["walk", "sisters", &number]);
    assert_eq!(found["sisters"][0]["property"], "sister", "{found}");
    let before = rooms(&found, "B");
    assert!(before > 0, "{found}");
    let id = "019731c0-0000-7000-8000-000000000081";
    let walk = [
        "walk",
        "guest",
        &number,
        "sister",
        "--type",
        "B",
        "--command-id",
        id,
    ];
    let (status, walked) = desk.run(&walk);
    assert_eq!(
        (status, &walked["state"]),
        (0, &"walked".into()),
        "{walked}"
    );
    let made = walked["made"].as_str().unwrap();
    // The desk shows it at once, and the same again is the same walk.
    let (_, shown) = desk.run(&["reservation", "show", &number]);
    assert_eq!(shown["status"], "cancelled", "{shown}");
    assert_eq!(
        shown["stays"][0]["walked_to"],
        format!("sister {made}"),
        "{shown}"
    );
    let (status, again) = desk.run(&walk);
    assert_eq!((status, &again["made"]), (0, &made.into()), "{again}");
    // Whose answer was lost may ask again otherwise: what counts is how the first ended.
    let other_type = walk.map(|word| if word == "B" { "A" } else { word });
    let (status, again) = desk.run(&other_type);
    assert_eq!((status, &again["made"]), (0, &made.into()), "{again}");
    // Under another id it is said that he was walked, and nothing of the sister.
    let (status, told) = desk.run(&["walk", "guest", &number, "sister"]);
    assert_eq!(
        (status, &told["error"]["code"]),
        (3, &"walked".into()),
        "{told}"
    );
    assert!(told["message"].as_str().unwrap().contains(made), "{told}");
    // He is not taken back without a word.
    let (status, refused) = desk.run(&["reinstate", &number]);
    assert_eq!(
        (status, &refused["error"]["code"]),
        (3, &"walked".into()),
        "{refused}"
    );
    other.done(&["sync", "--once"]);
    let there = other.done(&["reservation", "show", made]);
    assert_eq!(there["status"], "confirmed", "{there}");
    assert!(there.to_string().contains("Ana Reis"), "{there}");
    let trail = desk.hotel.run(&["audit", "--action", "walk_asked"]).lines();
    assert_eq!(trail.len(), 5, "each that was asked: {trail:?}");
    assert_eq!(trail[1]["after"]["to"], "sister", "{trail:?}");
    let trail = desk.hotel.run(&["audit", "--action", "walk_told"]).lines();
    assert_eq!(trail[0]["after"]["code"], "not_found", "{trail:?}");
    assert_eq!(trail[1]["after"]["made"], made, "{trail:?}");
    let told = centre
        .database
        .ask("SELECT count(*) FROM audit WHERE what = 'walk_begun' OR detail LIKE 'walked from %'");
    assert_eq!(told, "2", "at both hotels");
    let (status, back) = desk.run(&["--override", "he came back", "reinstate", &number]);
    assert!([0, 4].contains(&status), "{back}");
    let next = booked(&desk, "A:2026-06-01:2026-06-03");
    settle(&[&desk]);
    let (_, found) = desk.run(&["walk", "sisters", &next]);
    assert!(rooms(&found, "B") < before, "{found}");
    desk.is_sound();
    desk.is_level();
}

#[test]
fn a_walk_that_does_not_go_says_why_and_changes_nothing() {
    let centre = Centre::start();
    let desk = Desk::first(&centre, 82);
    let _other = sister(&centre);
    centre.said(&["chain", "allow", PROPERTY, "sister"]);
    // More than the house there has.
    let number = booked(&desk, "A:2026-06-01:2026-06-03:4");
    let (_, found) = desk.run(&["walk", "sisters", &number]);
    assert_eq!(found["rooms"], 4, "{found}");
    assert!(rooms(&found, "B") < 4, "{found}");
    let (status, refused) = desk.run(&["walk", "guest", &number, "sister", "--type", "B"]);
    assert_eq!(status, 3, "{refused}");
    assert_eq!(refused["state"], "refused", "{refused}");
    assert_eq!(refused["error"]["code"], "no_availability", "{refused}");
    let (_, shown) = desk.run(&["reservation", "show", &number]);
    assert_eq!(shown["status"], "confirmed", "{shown}");
    let arrived = booked(&desk, "A:2026-06-01:2026-06-03");
    desk.run(&["check-in", &arrived]);
    let (status, refused) = desk.run(&["walk", "guest", &arrived, "sister"]);
    assert_eq!(status, 3, "{refused}");
    assert_eq!(refused["error"]["code"], "not_walkable", "{refused}");
    // Cut off it says so, and nothing is done.
    desk.set(Weather::Cut);
    for words in [
        &["walk", "sisters", &number][..],
        &["walk", "guest", &number, "sister"],
    ] {
        let (status, away) = desk.run(words);
        assert_eq!((status, &away["error"]["code"]), (5, &"unreachable".into()));
    }
    desk.set(Weather::Fair);
    settle(&[&desk]);
    desk.is_level();
}
