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

/// A file of a hotel, as an argument.
fn place(hotel: &Hotel, name: &str) -> String {
    hotel.folder.path().join(name).display().to_string()
}

#[test]
fn acts_are_done_once_under_an_id_and_another_request_is_a_conflict() {
    let hotel = Hotel::small();
    hotel.reserved("B:2026-06-10:2026-06-12:1");
    let copy = place(&hotel, "copy.db");
    let acts: [(&[&str], &[&str]); 6] = [
        (
            &["settings", "set", "idle_lock_minutes", "7"],
            &["settings", "set", "idle_lock_minutes", "8"],
        ),
        (&["rebuild"], &["settings", "set", "low_rooms", "3"]),
        (&["backup", &copy], &["rebuild"]),
        (
            &["guest", "erase", "A1", "--reason", "by letter"],
            &["guest", "erase", "A1", "--reason", "by telephone"],
        ),
        (
            &["roles", "set", "front_desk", "look"],
            &["roles", "set", "front_desk", "look", "sell"],
        ),
        (&["restore", &copy], &["backup", &copy, "--force"]),
    ];
    for (words, other) in acts {
        let id = new_id();
        let under = |words: &[&str]| {
            let mut all = vec!["--command-id", id.as_str()];
            all.extend(words);
            hotel.run(&all)
        };
        let first = under(words).ends(0);
        assert_eq!(first["command_id"], id.as_str(), "{words:?}");
        assert!(first.get("repeated").is_none(), "{words:?}");
        let before = hotel.content();
        let again = under(words).ends(0);
        assert_eq!(again["repeated"], true, "{words:?}");
        for (name, value) in first.as_object().unwrap() {
            if name != "request_id" {
                assert_eq!(&again[name], value, "{words:?}: {name}");
            }
        }
        under(other).refused(3, "idempotency_conflict");
        under(&["reserve", "A:2026-06-10:2026-06-11", "--guest", "Ada"])
            .refused(3, "idempotency_conflict");
        assert_eq!(hotel.content(), before, "{words:?}: nothing was done again");
    }
    hotel.verified();
}

#[test]
fn a_job_by_its_kind_is_done_once_under_an_id() {
    let hotel = Hotel::small();
    let id = new_id();
    let run = ["--command-id", id.as_str(), "jobs", "run", "health"];
    let first = hotel.done(&run);
    assert!(first.get("repeated").is_none(), "{first}");
    let again = hotel.done(&run);
    assert_eq!(again["repeated"], true);
    assert_eq!(again["jobs"], first["jobs"]);
}

#[test]
fn a_backup_that_is_gone_is_made_again_under_its_id() {
    let hotel = Hotel::small();
    let copy = place(&hotel, "copy.db");
    let id = new_id();
    let words = ["--command-id", id.as_str(), "backup", &copy];
    hotel.done(&words);
    assert_eq!(hotel.done(&words)["repeated"], true);
    std::fs::remove_file(&copy).unwrap();
    let again = hotel.done(&words);
    assert!(again.get("repeated").is_none(), "{again}");
    assert!(std::path::Path::new(&copy).exists());
}

#[test]
fn an_act_is_refused_under_the_id_of_a_command_in_this_file_or_in_the_one_that_comes() {
    let hotel = Hotel::small();
    let before = place(&hotel, "before.db");
    hotel.done(&["backup", &before]);
    let id = new_id();
    hotel.done(&words(&id, "B:2026-06-10:2026-06-12"));
    let with = place(&hotel, "with.db");
    hotel.done(&["backup", &with]);
    for act in [
        &["settings", "set", "low_rooms", "3"][..],
        &["restore", &before],
        &["rebuild"],
        &["jobs", "run", "backup"],
        &["end-of-day"],
    ] {
        let mut all = vec!["--command-id", id.as_str()];
        all.extend(act);
        hotel.run(&all).refused(3, "idempotency_conflict");
    }
    hotel.done(&["restore", &before]);
    assert_eq!(hotel.cell("B", "2026-06-10")["sold"], 0);
    // Here the id is free, and in the file that comes it is not.
    hotel
        .run(&["--command-id", &id, "restore", &with])
        .refused(3, "idempotency_conflict");
    assert_eq!(hotel.cell("B", "2026-06-10")["sold"], 0);
    hotel.done(&["restore", &with]);
    assert_eq!(hotel.cell("B", "2026-06-10")["sold"], 1);
    hotel.verified();
}

#[test]
fn a_repeated_act_tells_how_it_stands_now() {
    let hotel = Hotel::small();
    let id = new_id();
    let set = ["--command-id", &id, "settings", "set", "low_rooms", "3"];
    assert_eq!(hotel.done(&set)["setting"]["value"], 3);
    hotel.done(&["settings", "set", "low_rooms", "4"]);
    let again = hotel.done(&set);
    assert_eq!(again["setting"]["value"], 3);
    assert_eq!(again["now"]["value"], 4);
    let trail = hotel.run(&["audit", "--action", "setting_set"]).lines();
    assert_eq!(trail.len(), 2);
    assert_eq!(trail[0]["facts"]["command_id"], id.as_str());
}
