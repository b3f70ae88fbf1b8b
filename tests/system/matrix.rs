//! Every role against every command of keyrackctl, each in a process of its own.

use std::collections::BTreeSet;

use serde_json::json;

use crate::hotel::{Hotel, Run, sample};
use crate::people::{as_member, staffed, token};

const ROLES: [(&str, &str); 4] = [
    ("Iris", "front_desk"),
    ("Nils", "night_audit"),
    ("Maja", "manager"),
    ("Rosa", "admin"),
];

/// Which roles have a permission, as docs/DOMAIN.md says.
fn may(name: &str, permission: &str) -> bool {
    let least = match permission {
        "look" | "sell" => 0,
        "operate" => 1,
        "configure" => 2,
        "administer" => 3,
        other => panic!("no permission {other}"),
    };
    let role = ROLES.iter().position(|(known, _)| *known == name).unwrap();
    role >= least
}

/// What a command line needs. `#` and `#csv` stand for files that are not there.
type Row = (&'static str, &'static [&'static str]);

const STAY: &str = "A:2026-06-10:2026-06-12";

const ROWS: &[Row] = &[
    ("look", &["availability", "2026-06-01", "2026-06-03"]),
    ("look", &["reservation", "show", "A1"]),
    ("look", &["reservation", "list"]),
    ("look", &["reservation", "confirmation", "A1", "#"]),
    ("look", &["reservation", "registration-card", "A1", "#"]),
    ("look", &["hold", "list"]),
    ("look", &["outage", "list"]),
    ("look", &["room-type", "list"]),
    ("look", &["explain", "A", "2026-06-01"]),
    ("look", &["events"]),
    ("look", &["audit"]),
    ("look", &["verify"]),
    ("look", &["settings", "list"]),
    ("look", &["roles", "list"]),
    ("look", &["alerts", "list"]),
    ("look", &["health"]),
    ("look", &["jobs", "list"]),
    ("look", &["allotment", "list"]),
    ("look", &["allotment", "show", "A-G9"]),
    ("look", &["waitlist", "list"]),
    ("look", &["end-of-day", "--dry-run"]),
    ("look", &["sync", "status"]),
    ("look", &["sync", "shares", "2026-06-10", "2026-06-11"]),
    ("administer", &["sync", "token", "file"]),
    ("configure", &["walk", "sisters", "A1"]),
    ("configure", &["walk", "guest", "A1", "H2"]),
    ("look", &["inbox", "list"]),
    ("look", &["parked", "list"]),
    ("sell", &["inbox", "answer", "999"]),
    ("sell", &["inbox", "take", "999", STAY]),
    (
        "operate",
        &["parked", "retry", "019731c0-0000-7000-8000-000000000000"],
    ),
    (
        "operate",
        &[
            "parked",
            "discard",
            "019731c0-0000-7000-8000-000000000000",
            "--reason",
            "sold again by hand",
        ],
    ),
    (
        "administer",
        &["enrol", "http://127.0.0.1:9", "ABCDE-FGHJK-MNPQR-STUVW"],
    ),
    (
        "sell",
        &[
            "allotment",
            "pick-up",
            "A-G9",
            STAY,
            "--guest",
            "Ada Moreau",
        ],
    ),
    ("sell", &["allotment", "return", "A1"]),
    ("sell", &["waitlist", "join", STAY, "--guest", "Ada Moreau"]),
    ("sell", &["waitlist", "offer"]),
    ("sell", &["waitlist", "leave", "A1"]),
    ("sell", &["alerts", "ack", "999"]),
    ("sell", &["reserve", STAY, "--guest", "Ada Moreau"]),
    (
        "sell",
        &[
            "reserve",
            "A:2026-06-01:2026-06-02",
            "--guest",
            "Ada Moreau",
            "--walk-in",
        ],
    ),
    ("sell", &["confirm", "A1"]),
    ("sell", &["check-in", "A1"]),
    ("sell", &["check-out", "A1"]),
    ("sell", &["reverse-check-in", "A1", "--reason", "error"]),
    ("sell", &["reverse-check-out", "A1", "--reason", "error"]),
    ("sell", &["cancel", "A1"]),
    ("sell", &["no-show", "A1"]),
    ("sell", &["reinstate", "A1"]),
    ("sell", &["amend", "A1", STAY]),
    ("sell", &["reservation", "split", "A1/1"]),
    ("sell", &["reservation", "move", "A1/1", "2026-06-10", "B"]),
    ("sell", &["reservation", "room", "A1", "204"]),
    (
        "sell",
        &[
            "reservation",
            "set-details",
            "A1",
            "--adults",
            "1",
            "--children",
            "0",
        ],
    ),
    ("sell", &["hold", "place", STAY]),
    ("sell", &["hold", "extend", "A1"]),
    ("sell", &["hold", "release", "A1"]),
    ("sell", &["hold", "convert", "A1", "--guest", "Ada Moreau"]),
    ("sell", &["undo", "019731c0-0000-7000-8000-000000000000"]),
    (
        "operate",
        &[
            "reserve",
            STAY,
            "--guest",
            "Ada Moreau",
            "--override",
            "the manager knows",
        ],
    ),
    (
        "operate",
        &[
            "outage",
            "add",
            "B:2026-06-10:2026-06-12:1",
            "--reason",
            "leak",
        ],
    ),
    ("operate", &["outage", "end", "A1"]),
    ("operate", &["end-of-day"]),
    ("configure", &["end-of-day", "--without", "B"]),
    ("operate", &["rebuild"]),
    ("operate", &["jobs", "run", "sweep"]),
    (
        "operate",
        &["jobs", "retry", "019731c0-0000-7000-8000-000000000000"],
    ),
    ("operate", &["backup", "#"]),
    ("configure", &["nights", "open", "2026-07-01..2026-07-03"]),
    (
        "configure",
        &[
            "limits",
            "set",
            "B",
            "2026-06-01",
            "2026-06-03",
            "--overbooking",
            "1",
        ],
    ),
    (
        "configure",
        &["room-type", "add", "Z", "--name", "Attic", "--rooms", "1"],
    ),
    ("configure", &["room-type", "rename", "Z", "Loft"]),
    ("configure", &["room-type", "rank", "Z", "9"]),
    ("configure", &["room-type", "sell", "Z"]),
    ("configure", &["room-type", "stop", "Z"]),
    ("configure", &["room-type", "retire", "Z"]),
    ("configure", &["room-type", "reactivate", "Z"]),
    (
        "configure",
        &["allotment", "open", "Group", "--kind", "elastic", STAY],
    ),
    ("configure", &["allotment", "resize", "A-G9", STAY]),
    ("configure", &["allotment", "release", "A-G9"]),
    ("configure", &["allotment", "cancel", "A-G9"]),
    ("configure", &["guest", "list"]),
    ("configure", &["support-bundle", "#"]),
    ("configure", &["guest", "export", "A1", "#"]),
    ("configure", &["export", "reservations", "#csv"]),
    ("configure", &["export", "availability", "#csv"]),
    ("configure", &["export", "events", "#csv"]),
    (
        "configure",
        &["import", "reservations", "bookings", "--mapping", "mapping"],
    ),
    (
        "administer",
        &["guest", "erase", "A999", "--reason", "asked for it"],
    ),
    ("administer", &["settings", "set", "idle_lock_minutes", "5"]),
    ("administer", &["staff", "list"]),
    (
        "administer",
        &["staff", "add", "Iris", "--role", "front_desk"],
    ),
    ("administer", &["staff", "role", "Nobody", "admin"]),
    ("administer", &["staff", "disable", "Nobody"]),
    ("administer", &["staff", "enable", "Nobody"]),
    (
        "administer",
        &[
            "roles",
            "set",
            "manager",
            "look",
            "sell",
            "operate",
            "configure",
        ],
    ),
    ("administer", &["init", "$"]),
    ("administer", &["replay", "%", "--property", "$$"]),
];

/// What needs no permission: signing in and out, and what is done from the machine itself. `restore`
/// stands here, for it is tried last: it takes the sign-ins away.
const ELSEWHERE: [&str; 3] = ["sign-in", "sign-out", "restore"];

fn run(hotel: &Hotel, token: &str, words: &[&str], turn: usize) -> Run {
    let fresh = hotel.folder.path().join(format!("file-{turn}"));
    let csv = fresh.with_extension("csv");
    let arrivals = hotel.write(
        "bookings.csv",
        "No,Guest,Arrival,Nights\n1,Ada,2026-06-10,1\n",
    );
    let mapping = hotel.write(
        "mapping.toml",
        "[columns]\nexternal_number = \"No\"\nname = \"Guest\"\narrival = \"Arrival\"\n\
         nights = \"Nights\"\n[constants]\nroom_type = \"A\"\n",
    );
    let property = hotel.folder.path().join("property.toml");
    let resort = sample("resort_hotel.toml");
    let bookings = sample("resort_hotel_bookings.csv.gz");
    let words: Vec<&str> = words
        .iter()
        .map(|word| match *word {
            "#" => fresh.to_str().unwrap(),
            "#csv" => csv.to_str().unwrap(),
            "bookings" => arrivals.to_str().unwrap(),
            "mapping" => mapping.to_str().unwrap(),
            "$$" => resort.to_str().unwrap(),
            "$" => property.to_str().unwrap(),
            "%" => bookings.to_str().unwrap(),
            word => word,
        })
        .collect();
    as_member(hotel, token, &words)
}

fn is_denied(run: &Run) -> bool {
    let first = run.stdout.lines().next().unwrap_or_default();
    let document: serde_json::Value = serde_json::from_str(first).unwrap_or_default();
    let denied = document["error"]["code"] == "not_allowed";
    assert!(!denied || run.status == 3, "{run:?}");
    denied
}

/// The commands that `--help` lists below some words.
fn listed(hotel: &Hotel, words: &[&str]) -> Vec<String> {
    let mut arguments = words.to_vec();
    arguments.push("--help");
    let help = Run::of(hotel.plain(&arguments).output().unwrap()).stdout;
    let Some(list) = help.split("Commands:\n").nth(1) else {
        return Vec::new();
    };
    let lines = list.lines().take_while(|line| line.starts_with("  "));
    let names = lines.filter_map(|line| line.split_whitespace().next());
    names.map(str::to_owned).collect()
}

#[test]
fn every_command_of_keyrackctl_has_a_row() {
    let hotel = Hotel::none();
    let mut every = BTreeSet::new();
    for name in listed(&hotel, &[]) {
        let below = listed(&hotel, &[&name]);
        if below.is_empty() {
            every.insert(name.clone());
        }
        every.extend(below.into_iter().map(|second| format!("{name} {second}")));
    }
    assert!(every.len() > 45, "{every:?}");
    let rows: BTreeSet<String> = ROWS
        .iter()
        .map(|(_, words)| {
            let two = format!("{} {}", words[0], words.get(1).copied().unwrap_or_default());
            if every.contains(&two) {
                two
            } else {
                words[0].to_owned()
            }
        })
        .chain(ELSEWHERE.map(str::to_owned))
        .chain(["staff reset".to_owned()])
        .collect();
    let missing: Vec<_> = every.difference(&rows).collect();
    assert!(missing.is_empty(), "no row for {missing:?}");
}

#[test]
fn every_role_may_run_the_commands_of_its_permissions_and_no_other() {
    let (hotel, _) = staffed();
    let copy = hotel.folder.path().join("copy.db");
    let copy = copy.to_str().unwrap();
    let rosa = token(&hotel, "Rosa");
    as_member(&hotel, &rosa, &["reserve", STAY, "--guest", "Ada Moreau"]).ends(0);
    as_member(&hotel, &rosa, &["backup", copy]).ends(0);
    let mut turn = 0_usize;
    for (name, role) in ROLES {
        let token = token(&hotel, name);
        for (permission, words) in ROWS {
            turn += 1;
            let expected = !may(name, permission);
            let before = expected.then(|| hotel.content_but_the_trail());
            let found = run(&hotel, &token, words, turn);
            if let Some(before) = before {
                let after = hotel.content_but_the_trail();
                assert!(after == before, "{role}: {words:?} was denied, and done");
            }
            assert_eq!(is_denied(&found), expected, "{role}: {words:?}: {found:?}");
            if expected {
                let error = found.json()["error"].clone();
                assert_eq!(error["why"], "permission", "{role}: {words:?}");
                let needs = error["permission"].as_str().unwrap();
                assert!(needs == *permission, "{role}: {words:?} needs {needs}");
                assert!(error["staff"].as_array().unwrap().contains(&json!("Rosa")));
            }
        }
        if role != "admin" {
            let found = as_member(&hotel, &token, &["restore", copy]);
            assert!(is_denied(&found), "{role}: restore: {found:?}");
        }
    }
    let rosa = token(&hotel, "Rosa");
    // To look and to sell go together in every role as it comes; a role that may look alone sells nothing.
    as_member(&hotel, &rosa, &["roles", "set", "front_desk", "look"]).ends(0);
    let iris = token(&hotel, ROLES[0].0);
    let apart = ROWS.iter().filter(|row| ["look", "sell"].contains(&row.0));
    let mut looked = 0;
    for (permission, words) in apart {
        looked += 1;
        let found = run(&hotel, &iris, words, turn + looked);
        let expected = *permission == "sell";
        assert_eq!(
            is_denied(&found),
            expected,
            "looks alone: {words:?}: {found:?}"
        );
        if expected {
            assert_eq!(found.json()["error"]["permission"], "sell", "{words:?}");
        }
    }
    turn += looked;
    // Nobody at all, and what nobody may.
    let before = hotel.content_but_the_trail();
    for (_, words) in ROWS {
        turn += 1;
        assert!(
            is_denied(&run(&hotel, "", words, turn)),
            "nobody: {words:?}"
        );
    }
    assert!(is_denied(&as_member(&hotel, "", &["restore", copy])));
    assert!(
        hotel.content_but_the_trail() == before,
        "something was denied, and done"
    );
    let verified = as_member(&hotel, &rosa, &["verify"]).ends(0);
    assert_eq!(verified["ok"], true, "{verified}");
    as_member(&hotel, &rosa, &["restore", copy]).ends(0);
    println!("{turn} processes over {} command lines", ROWS.len());
    assert_eq!(turn, ROWS.len() * 5 + looked);
}
