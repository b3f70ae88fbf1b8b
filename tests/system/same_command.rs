//! The same command id: one effect, one answer, from however many processes.

use std::collections::BTreeSet;

use crate::hotel::{Hotel, new_id};

fn words<'a>(id: &'a str, stay: &'a str) -> Vec<&'a str> {
    vec![
        "--command-id",
        id,
        "reserve",
        stay,
        "--guest",
        "Ada Moreau",
        "--phone",
        "+49 30 901820",
    ]
}

#[test]
fn twice_makes_one_reservation_and_says_so() {
    let hotel = Hotel::small();
    let id = new_id();
    let first = hotel.done(&words(&id, "B:2026-06-10:2026-06-12"));
    assert_eq!(first["command_id"], id.as_str());
    assert!(first.get("repeated").is_none() && first.get("now").is_none());
    let number = first["reservation"]["number"].as_str().unwrap();
    hotel.done(&["cancel", number, "--reason", "guest"]);
    let before = hotel.content();
    let again = hotel.done(&words(&id, "B:2026-06-10:2026-06-12"));
    assert_eq!(again["repeated"], true);
    assert_eq!(again["reservation"]["id"], first["reservation"]["id"]);
    assert_eq!(again["reservation"]["number"], number);
    assert_eq!(again["now"]["number"], number);
    assert_eq!(
        again["now"]["status"], "cancelled",
        "the present state, not the past one"
    );
    assert_eq!(hotel.content(), before);
    hotel.verified();
}

#[test]
fn a_refusal_is_stored_and_given_again_when_rooms_are_free_by_then() {
    let hotel = Hotel::small();
    let taken = hotel.reserved("B:2026-06-10:2026-06-11:5");
    let id = new_id();
    let asked = words(&id, "B:2026-06-10:2026-06-11");
    let first = hotel.run(&asked).refused(3, "no_availability");
    hotel.done(&["cancel", &taken]);
    let again = hotel.run(&asked);
    assert_eq!(again.refused(3, "no_availability"), first);
    assert_eq!(again.json()["repeated"], true);
    assert_eq!(hotel.cell("B", "2026-06-10")["sold"], 0);
}

#[test]
fn another_request_under_the_same_id_is_a_conflict() {
    let hotel = Hotel::small();
    let id = new_id();
    hotel.done(&words(&id, "B:2026-06-10:2026-06-12"));
    let before = hotel.content();
    let others: [&[&str]; 4] = [
        &[
            "reserve",
            "B:2026-06-10:2026-06-13",
            "--guest",
            "Ada Moreau",
        ],
        &["reserve", "B:2026-06-10:2026-06-12", "--guest", "Ada Morea"],
        &["hold", "place", "B:2026-06-10:2026-06-12"],
        &["cancel", "A1"],
    ];
    for other in others {
        let mut words = vec!["--command-id", &id];
        words.extend(other);
        let error = hotel.run(&words).refused(3, "idempotency_conflict");
        assert_eq!(error["id"], id.as_str(), "{other:?}");
    }
    assert_eq!(hotel.content(), before);
    hotel.verified();
}

#[test]
fn from_twenty_processes_at_once_makes_one_reservation_and_twenty_same_answers() {
    let hotel = Hotel::small();
    let events = hotel.number("SELECT count(*) FROM event");
    let id = new_id();
    let asked = words(&id, "B:2026-06-10:2026-06-12:2");
    let runs = hotel.at_once((0..20).map(|_| hotel.command(&asked)).collect());
    let answers: Vec<_> = runs.iter().map(|run| run.ends(0)).collect();
    let named: BTreeSet<String> = answers
        .iter()
        .map(|answer| answer["reservation"].to_string())
        .collect();
    assert_eq!(named.len(), 1, "{named:?}");
    let repeated = answers
        .iter()
        .filter(|answer| answer["repeated"] == true && answer["now"]["id"].is_string());
    assert_eq!(repeated.count(), 19);
    assert_eq!(hotel.number("SELECT count(*) FROM reservation"), 1);
    assert_eq!(hotel.number("SELECT count(*) FROM event"), events + 1);
    assert_eq!(hotel.cell("B", "2026-06-10")["sold"], 2);
    hotel.verified();
}
