//! The documents of the contract, as scripts read them.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::hotel::{Hotel, new_id};

#[track_caller]
fn keys(value: &Value) -> BTreeSet<&str> {
    value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

#[track_caller]
fn has(value: &Value, names: &[&str]) {
    let found = keys(value);
    for name in names {
        assert!(found.contains(name), "no {name} in {value}");
    }
}

const CELL: [&str; 12] = [
    "available",
    "blocked",
    "free",
    "held",
    "may_be_sold",
    "night",
    "out_of_order",
    "overbooking",
    "physical",
    "rooms_left",
    "sold",
    "version",
];

#[test]
fn availability_gives_every_count_of_the_open_nights_by_type_and_for_the_house() {
    let hotel = Hotel::small();
    hotel.reserved("C:2026-06-01:2026-06-03:2");
    hotel.done(&["hold", "place", "C:2026-06-02:2026-06-03"]);
    hotel.done(&[
        "outage",
        "add",
        "C:2026-06-02:2026-06-03:1",
        "--reason",
        "Leak",
    ]);
    // The night before the first open one is left out.
    let found = hotel.done(&["availability", "2026-05-31", "2026-06-03"]);
    assert_eq!(
        keys(&found),
        BTreeSet::from(["house", "nights", "room_types"])
    );
    assert_eq!(found["nights"], json!(["2026-06-01", "2026-06-02"]));
    let types = found["room_types"].as_array().unwrap();
    let codes: Vec<&Value> = types.iter().map(|known| &known["code"]).collect();
    assert_eq!(codes, ["A", "B", "C"]);
    assert_eq!(types[2]["name"], "Suite");
    let mut cell = types[2]["cells"][1].clone();
    assert_eq!(keys(&cell), BTreeSet::from(CELL));
    let version = cell["version"].take();
    assert_eq!(version, 4, "opened, sold, held, out of order");
    assert_eq!(
        cell,
        json!({
            "night": "2026-06-02", "physical": 3, "out_of_order": 1, "sold": 2, "held": 1,
            "blocked": 0, "overbooking": 1, "rooms_left": -1, "free": 0, "available": 0,
            "may_be_sold": 0, "version": null,
        })
    );
    let house = &found["house"]["cells"][1];
    assert_eq!(keys(house), BTreeSet::from(CELL));
    assert_eq!(
        (&house["physical"], &house["sold"]),
        (&json!(100_008), &json!(2))
    );
    let one = hotel.done(&["availability", "2026-06-01", "2026-06-02", "--type", "B"]);
    assert_eq!(one["room_types"].as_array().unwrap().len(), 1);
    let none = hotel.done(&["availability", "2026-06-05", "2026-06-05"]);
    assert_eq!(none["nights"], json!([]));
}

#[test]
fn a_reservation_names_itself_and_is_shown_with_what_was_given() {
    let hotel = Hotel::small();
    let id = new_id();
    let made = hotel.done(&[
        "--command-id",
        &id,
        "reserve",
        "B:2026-06-10:2026-06-12:2",
        "C:2026-06-10:2026-06-11",
        "--guest",
        "Ada Moreau",
        "--phone",
        "+49 30 901820",
        "--email",
        "ada@example.org",
        "--adults",
        "3",
        "--children",
        "1",
        "--price",
        "B=120.50",
        "--price",
        "C=200",
        "--source",
        "direct",
        "--external-number",
        "X-1",
        "--note",
        "High floor",
        "--guarantee",
        "Deposit paid",
    ]);
    has(&made, &["command_id", "request_id", "reservation"]);
    assert_eq!(made["command_id"], id.as_str());
    has(&made["reservation"], &["id", "number"]);
    let number = made["reservation"]["number"].as_str().unwrap();
    let card = hotel.done(&["reservation", "show", number]);
    assert_eq!(card["guest"]["name"], "Ada Moreau");
    assert_eq!(card["guest"]["phone"], "+49 30 901820");
    assert_eq!((&card["adults"], &card["children"]), (&json!(3), &json!(1)));
    let stays = card["stays"].as_array().unwrap();
    let types: Vec<&Value> = stays.iter().map(|stay| &stay["room_type"]).collect();
    assert_eq!(types, ["B", "B", "C"], "one room each");
    for stay in stays {
        has(
            stay,
            &["stay", "room_type", "arrival", "departure", "status"],
        );
        assert_eq!(stay["status"], "confirmed");
    }
    let id = made["reservation"]["id"].as_str().unwrap();
    assert_eq!(hotel.done(&["reservation", "show", id])["number"], number);
    let listed = hotel.done(&["reservation", "list", "--guest", "moreau"]);
    assert_eq!(listed["reservations"][0]["number"], number);
}

#[test]
fn a_list_goes_on_from_its_cursor_and_misses_nobody() {
    let hotel = Hotel::small();
    let mut made: BTreeSet<String> = BTreeSet::new();
    for day in 10..17 {
        made.insert(hotel.reserved(&format!("A:2026-06-{day}:2026-06-20")));
    }
    for sort in ["newest", "highest-value", "arrival"] {
        let mut seen = BTreeSet::new();
        let mut cursor: Option<String> = None;
        for _page in 0..4 {
            let mut words = vec!["reservation", "list", "--limit", "2", "--sort", sort];
            if let Some(cursor) = &cursor {
                words.extend(["--cursor", cursor]);
            }
            let page = hotel.done(&words);
            for card in page["reservations"].as_array().unwrap() {
                assert!(
                    seen.insert(card["number"].as_str().unwrap().to_owned()),
                    "{sort}: twice"
                );
            }
            cursor = page["next"].as_str().map(str::to_owned);
        }
        assert_eq!(seen, made, "{sort}");
        assert_eq!(cursor, None, "{sort}");
    }
}

#[test]
fn a_refusal_carries_its_facts_and_the_nearest_alternatives() {
    let hotel = Hotel::small();
    hotel.reserved("B:2026-06-10:2026-06-12:4");
    let run = hotel.run(&["reserve", "B:2026-06-09:2026-06-12:2", "--guest", "Ada"]);
    let document = run.ends(3);
    has(&document, &["error", "command_id", "request_id"]);
    let error = &document["error"];
    let expected = json!({
        "code": "no_availability", "room_type": "B", "night": "2026-06-10",
        "required": 2, "available": 1,
    });
    for (name, value) in expected.as_object().unwrap() {
        assert_eq!(&error[name], value, "{error}");
    }
    assert!(error["message"].as_str().unwrap().ends_with('.'));
    let alternatives = error["alternatives"].as_array().unwrap();
    assert!((1..=5).contains(&alternatives.len()), "{error}");
    for other in alternatives {
        let mut known = keys(other);
        // How many of them are by overbooking stands there where some are.
        let overbooked = known.remove("overbooked");
        assert_eq!(overbooked, other["room_type"] == "C", "{other}");
        assert_eq!(
            known,
            BTreeSet::from(["arrival", "available", "departure", "room_type"])
        );
        assert!(other["available"].as_i64().unwrap() >= 2);
    }
    // Types and dates in turn: upwards first, and the nearest date first.
    let told = |other: &serde_json::Value| format!("{} {}", other["room_type"], other["arrival"]);
    let told: Vec<String> = alternatives.iter().map(told).collect();
    let expected = [
        ("C", "2026-06-09"),
        ("B", "2026-06-07"),
        ("A", "2026-06-09"),
        ("B", "2026-06-06"),
        ("B", "2026-06-12"),
    ];
    assert_eq!(
        told,
        expected.map(|(code, on)| format!("\"{code}\" \"{on}\""))
    );
}

#[test]
fn of_several_ids_each_stands_alone() {
    let hotel = Hotel::small();
    let first = hotel.reserved("A:2026-06-01:2026-06-02");
    let second = hotel.reserved("A:2026-06-01:2026-06-02");
    let id = new_id();
    let words = ["--command-id", &id, "check-in", &first, "A99", &second];
    let document = hotel.run(&words).ends(3);
    assert_eq!(document["done"], json!([first, second]));
    assert_eq!(document["failed"][0]["id"], "A99");
    assert_eq!(
        document["failed"][0]["error"]["code"],
        "unknown_reservation"
    );
    assert!(document["failed"][0]["error"]["message"].is_string());
    let partly = hotel
        .run(&["events", "--type", "batch_partly_applied"])
        .lines();
    assert_eq!(partly.len(), 1);
    let again = hotel.run(&words).ends(3);
    assert_eq!(again["repeated"], true);
    assert_eq!(again["done"], document["done"]);
    let all = hotel.done(&["check-out", &first, &second]);
    assert_eq!(all["failed"], json!([]));
    hotel.verified();
}

#[test]
fn a_version_that_was_overtaken_is_stale() {
    let hotel = Hotel::small();
    let number = hotel.reserved("B:2026-06-10:2026-06-12");
    let refused = hotel
        .run(&["--if-version", "7", "cancel", &number])
        .refused(3, "stale");
    assert_eq!(
        (&refused["seen"], &refused["now"]),
        (&json!(7), &json!(1)),
        "{refused}"
    );
    hotel.done(&["--if-version", "1", "cancel", &number]);
    hotel
        .run(&["--if-version", "1", "reinstate", &number])
        .refused(3, "stale");
    // For stays and limits: the highest cell version in the range.
    let limits = [
        "limits",
        "set",
        "B",
        "2026-06-10",
        "2026-06-12",
        "--overbooking",
        "1",
    ];
    let with = |version: &'static str| [&["--if-version", version], &limits[..]].concat();
    hotel.run(&with("2")).refused(3, "stale");
    hotel.done(&with("3"));
    let reserve = ["reserve", "B:2026-06-10:2026-06-12", "--guest", "Ada"];
    hotel
        .run(&[&["--if-version", "3"], &reserve[..]].concat())
        .refused(3, "stale");
    hotel.done(&[&["--if-version", "4"], &reserve[..]].concat());
    hotel.verified();
}

/// A guard that nobody looks at is no guard.
#[test]
fn a_version_where_there_is_none_to_compare_is_bad_input_and_nothing_is_done() {
    let hotel = Hotel::small();
    let backup = hotel.folder.path().join("b.bak");
    let backup = backup.to_str().unwrap();
    let before = hotel.content();
    let asked: [&[&str]; 9] = [
        &["end-of-day"],
        &["settings", "set", "low_rooms", "3"],
        &["rebuild"],
        &["backup", backup],
        &["room-type", "rename", "B", "Twin room"],
        &["nights", "open", "2026-08-01..2026-08-02"],
        &[
            "waitlist",
            "join",
            "B:2026-06-10:2026-06-12",
            "--guest",
            "Ada",
        ],
        &["export", "availability", backup],
        &["undo"],
    ];
    for words in asked {
        let error = hotel
            .run(&[&["--if-version", "99"], words].concat())
            .refused(2, "bad_input");
        let message = error["message"].as_str().unwrap();
        assert!(
            message.contains("no version to compare"),
            "{words:?}: {error}"
        );
    }
    assert!(hotel.content() == before);
    assert!(!std::path::Path::new(backup).exists());
    hotel
        .run(&["roles", "set", "front_desk"])
        .refused(2, "bad_input");
}

#[test]
fn a_card_number_gets_in_by_no_room_no_type_and_no_address() {
    let hotel = Hotel::small();
    let before = hotel.content();
    let card = "4111 1111 1111 1111";
    let outage = [
        "outage",
        "add",
        "B:2026-06-08:2026-06-09:1",
        "--reason",
        "x",
    ];
    let room = [&outage[..], &["--room", "4111111111111111"]].concat();
    let asked: [&[&str]; 4] = [
        &room,
        &["room-type", "rename", "B", card],
        &["room-type", "add", "D", "--name", card, "--rooms", "1"],
        &[
            "settings",
            "set",
            "hotel_address",
            "Rua 1, 4111-1111 1111 1111",
        ],
    ];
    for words in asked {
        let error = hotel.run(words).refused(2, "bad_input");
        let message = error["message"].as_str().unwrap();
        assert!(message.contains("card number"), "{words:?}: {error}");
    }
    assert!(hotel.content() == before);
    hotel.done(&["settings", "set", "hotel_address", "Rua 1, 1200-001 Lisboa"]);
}

/// Something done, and undone: the counts are as before, and the log has both.
#[test]
fn every_kind_of_command_that_can_be_undone_leaves_the_counts_as_before() {
    let hotel = Hotel::small();
    let booked = hotel.reserved("B:2026-06-01:2026-06-04:2");
    let tentative = hotel.done(&[
        "reserve",
        "B:2026-06-20:2026-06-21",
        "--guest",
        "Ada",
        "--tentative",
    ]);
    let tentative = tentative["reservation"]["number"].as_str().unwrap();
    let held = hotel.done(&[
        "hold",
        "place",
        "B:2026-06-15:2026-06-16",
        "--minutes",
        "60",
    ]);
    let held = held["hold"]["number"].as_str().unwrap();
    let out = hotel.done(&[
        "outage",
        "add",
        "C:2026-07-01:2026-07-03:1",
        "--reason",
        "Leak",
    ]);
    let out = out["outage"]["number"].as_str().unwrap();
    let first_stay = format!("{booked}/1");
    let kinds: [&[&str]; 13] = [
        &["reserve", "B:2026-06-10:2026-06-12", "--guest", "Ada"],
        &[
            "reserve",
            "B:2026-06-01:2026-06-02",
            "--guest",
            "Ada",
            "--walk-in",
        ],
        &["cancel", &booked],
        &["check-in", &first_stay],
        &["confirm", tentative],
        &["amend", &booked, "B:2026-06-02:2026-06-05"],
        &["reservation", "move", &first_stay, "2026-06-02", "C"],
        &["hold", "place", "B:2026-06-12:2026-06-13"],
        &["hold", "release", held],
        &[
            "outage",
            "add",
            "B:2026-06-12:2026-06-14:1",
            "--reason",
            "Paint",
        ],
        &["outage", "end", out, "--on", "2026-07-02"],
        &[
            "limits",
            "set",
            "B",
            "2026-06-12",
            "2026-06-14",
            "--overbooking",
            "2",
        ],
        &[
            "limits",
            "set",
            "house",
            "2026-06-12",
            "2026-06-14",
            "--overbooking",
            "2",
        ],
    ];
    let counts = || {
        let mut found = hotel.done(&["availability", "2026-06-01", "2026-07-05"]);
        let types = found["room_types"].as_array_mut().unwrap();
        let cells = types
            .iter_mut()
            .flat_map(|known| known["cells"].as_array_mut().unwrap());
        for cell in cells {
            cell.as_object_mut().unwrap().remove("version");
        }
        for cell in found["house"]["cells"].as_array_mut().unwrap() {
            cell.as_object_mut().unwrap().remove("version");
        }
        found
    };
    for words in kinds {
        let before = counts();
        let done = hotel.done(words);
        let undone = hotel.done(&["undo"]);
        assert_eq!(undone["undone"], done["command_id"], "{words:?}");
        assert_eq!(counts(), before, "{words:?}");
        let twice = hotel.run(&["undo", done["command_id"].as_str().unwrap()]);
        assert_eq!(twice.status, 3, "{words:?} undone twice: {twice:?}");
    }
    hotel.verified();
}

#[test]
fn verify_lists_its_checks_and_explain_adds_up_to_the_cell() {
    let hotel = Hotel::small();
    hotel.reserved("C:2026-06-10:2026-06-12:2");
    hotel.done(&["hold", "place", "C:2026-06-11:2026-06-12"]);
    hotel.done(&[
        "outage",
        "add",
        "C:2026-06-11:2026-06-13:1",
        "--reason",
        "Leak",
    ]);
    let verified = hotel.done(&["verify"]);
    assert_eq!(keys(&verified), BTreeSet::from(["checks", "ok"]));
    let checks = verified["checks"].as_array().unwrap();
    assert!(checks.len() >= 6);
    for check in checks {
        assert_eq!(keys(check), BTreeSet::from(["differences", "name", "ok"]));
        assert_eq!(check["differences"], json!([]));
    }
    let explained = hotel.done(&["explain", "C", "2026-06-11"]);
    has(&explained, &["cell", "lines", "history"]);
    let lines = explained["lines"].as_array().unwrap();
    for count in ["sold", "held", "out_of_order"] {
        let of_count = lines.iter().filter(|line| line["count"] == count);
        let sum: i64 = of_count.map(|line| line["rooms"].as_i64().unwrap()).sum();
        assert_eq!(explained["cell"][count], sum, "{count}: {explained}");
        assert!(sum > 0, "{count}");
    }
    for line in lines {
        has(line, &["count", "kind", "rooms", "text"]);
    }
    assert_eq!(explained["history"].as_array().unwrap().len(), 4);
    let house = hotel.done(&["explain", "house", "2026-06-11"]);
    assert_eq!(house["cell"]["sold"], 2);
}

#[test]
fn events_and_audit_print_one_object_a_line() {
    let hotel = Hotel::small();
    let number = hotel.reserved("B:2026-06-10:2026-06-12");
    hotel.done(&[
        "cancel",
        &number,
        "--actor",
        "Iris",
        "--reason",
        "guest:ill",
    ]);
    hotel
        .run(&["reserve", "Z:2026-06-10:2026-06-12", "--guest", "Ada"])
        .refused(3, "unknown_room_type");
    let all = hotel.run(&["events"]);
    assert_eq!(all.status, 0);
    let events = all.lines();
    let seqs: Vec<i64> = events
        .iter()
        .map(|event| event["seq"].as_i64().unwrap())
        .collect();
    assert_eq!(
        seqs,
        (1..=i64::try_from(events.len()).unwrap()).collect::<Vec<_>>()
    );
    for event in &events {
        has(
            event,
            &[
                "seq",
                "type",
                "version",
                "command_id",
                "correlation_id",
                "causation_id",
                "actor",
                "desk",
                "instant",
                "business_date",
                "payload",
            ],
        );
    }
    let cancelled = hotel.run(&["events", "--actor", "Iris"]).lines();
    assert_eq!(cancelled.len(), 1);
    let since = hotel
        .run(&["events", "--since", "5", "--limit", "1"])
        .lines();
    assert_eq!(since[0]["type"], "reservation_made");
    let audit = hotel.run(&["audit"]).lines();
    assert_eq!(
        audit.len(),
        5,
        "opened, nights, reserved, cancelled, refused"
    );
    let row = &audit[3];
    assert_eq!(
        (&row["actor"], &row["object"]),
        (&json!("Iris"), &json!(number))
    );
    assert_eq!(
        (&row["what"], &row["reason_code"]),
        (&json!("cancel"), &json!("guest"))
    );
    assert_eq!(row["accepted"], true);
    assert_eq!(audit[4]["accepted"], false);
    let of_one = hotel.run(&["audit", "--object", &number]).lines();
    assert_eq!(of_one.len(), 2);
    // Nothing that names a guest is in either.
    for text in [hotel.run(&["events"]).stdout, all.stdout] {
        assert!(!text.contains("Moreau"), "{text}");
    }
}

#[test]
fn followed_events_come_as_they_happen_and_end_with_their_reader() {
    let hotel = Hotel::small();
    let mut following = hotel
        .command(&["events", "--follow", "--since", "5"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(following.stdout.take().unwrap());
    hotel.reserved("B:2026-06-10:2026-06-12");
    let mut line = String::new();
    lines.read_line(&mut line).unwrap();
    let event: Value = serde_json::from_str(&line).unwrap();
    assert_eq!(
        (&event["seq"], &event["type"]),
        (&json!(6), &json!("reservation_made"))
    );
    drop(lines);
    hotel.reserved("B:2026-06-10:2026-06-12");
    let until = Instant::now() + Duration::from_secs(20);
    let status = loop {
        if let Some(status) = following.try_wait().unwrap() {
            break status;
        }
        if Instant::now() > until {
            following.kill().unwrap();
            following.wait().unwrap();
            panic!("it goes on though nobody reads");
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    assert_eq!(status.code(), Some(0));
}

#[test]
fn repeated_steps_and_undos_show_their_reservations_as_they_are() {
    let hotel = Hotel::small();
    let number = hotel.reserved("B:2026-06-01:2026-06-03");
    let (step, undo) = (new_id(), new_id());
    let checked_in = ["--command-id", &step, "check-in", &number];
    let undone = ["--command-id", &undo, "undo", &step];
    hotel.done(&checked_in);
    hotel.done(&undone);
    hotel.done(&["cancel", &number]);
    for words in [&checked_in[..], &undone] {
        let again = hotel.done(words);
        assert_eq!(again["repeated"], true);
        let now = match &again["now"]["reservations"] {
            Value::Array(cards) => &cards[0],
            _ => &again["now"],
        };
        assert_eq!(now["number"], number.as_str(), "{again}");
        assert_eq!(now["status"], "cancelled", "{again}");
    }
}
