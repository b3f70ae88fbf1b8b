//! What is said, where a bare word or a figure would leave a clerk with a question.

use serde_json::{Value, json};

use crate::hotel::{Hotel, new_id};

fn message(error: &Value) -> &str {
    error["message"].as_str().unwrap()
}

#[test]
fn an_undo_that_places_another_hold_names_it() {
    let hotel = Hotel::small();
    let placed = hotel.done(&["hold", "place", "B:2026-06-10:2026-06-12"]);
    let number = placed["hold"]["number"].as_str().unwrap();
    hotel.done(&["hold", "release", number]);
    let undone = hotel.done(&["undo"]);
    let again = undone["hold"]["number"].as_str().unwrap();
    assert_ne!(again, number);
    let said = undone["text"].as_str().unwrap();
    assert!(
        said.contains(number) && said.contains(&format!("hold {again}")),
        "{said}"
    );
    let list = hotel.done(&["hold", "list"]);
    assert_eq!(list["holds"][0]["number"], again);
    hotel.verified();
}

#[test]
fn rooms_out_of_service_are_called_so_and_are_never_more_than_exist() {
    let hotel = Hotel::small();
    let add = |stay: &str, service: bool| {
        let mut words = vec!["outage", "add", stay, "--reason", "paint"];
        words.extend(service.then_some("--service"));
        hotel.run(&words)
    };
    let made = add("B:2026-06-10:2026-06-14:3", true).ends(0);
    assert!(
        made["text"].as_str().unwrap().starts_with("Out of service"),
        "{made}"
    );
    let error = add("B:2026-06-12:2026-06-16:3", true).refused(3, "outage_exceeds_physical");
    assert_eq!(
        (
            &error["night"],
            &error["physical"],
            &error["out_of_service"],
            &error["out_of_order"]
        ),
        (&json!("2026-06-12"), &json!(5), &json!(6), &Value::Null)
    );
    assert_eq!(
        message(&error),
        "On Fri 12 Jun 2026 6 rooms would be out of service, and only 5 exist."
    );
    // Each night for itself, and the other kind for itself.
    add("B:2026-06-14:2026-06-16:5", true).ends(0);
    let made = add("B:2026-06-10:2026-06-12:5", false).ends(0);
    assert!(
        made["text"].as_str().unwrap().starts_with("Out of order"),
        "{made}"
    );
    let error = add("B:2026-06-10:2026-06-12:1", false).refused(3, "outage_exceeds_physical");
    assert_eq!(error["out_of_order"], 6);
    hotel.verified();
}

#[test]
fn a_type_that_is_still_used_lists_by_what() {
    let hotel = Hotel::small();
    let booking = hotel.reserved("B:2026-06-10:2026-06-12");
    hotel.done(&["hold", "place", "B:2026-06-10:2026-06-12"]);
    hotel.done(&[
        "outage",
        "add",
        "B:2026-06-20:2026-06-22:1",
        "--reason",
        "paint",
    ]);
    hotel.done(&[
        "allotment",
        "open",
        "Fair",
        "--kind",
        "elastic",
        "B:2026-06-20:2026-06-22:1",
    ]);
    let retire = ["room-type", "retire", "B", "--from", "2026-06-05"];
    let error = hotel.run(&retire).refused(3, "room_type_in_use");
    assert_eq!(
        message(&error),
        format!(
            "Twin cannot be retired from that night on: 4 things lie beyond it (bookings {booking}; holds A-H1; \
             outages A-O1; groups A-G1). Move, cancel or end that first."
        )
    );
    let done = hotel.done(&["room-type", "retire", "C", "--from", "2026-07-20"]);
    assert_eq!(done["text"], "Room type retired C");
    // A group without rooms of a type has none of them, and not "0 Suite".
    let error = hotel
        .run(&[
            "allotment",
            "pick-up",
            "A-G1",
            "B:2026-06-10:2026-06-11",
            "--guest",
            "Ada",
        ])
        .ends(3);
    assert!(!message(&error["error"]).contains(" 0 "), "{error}");
}

#[test]
fn the_only_stay_of_a_booking_is_not_split_off() {
    let hotel = Hotel::small();
    let number = hotel.reserved("B:2026-06-10:2026-06-12");
    let error = hotel
        .run(&["reservation", "split", &format!("{number}/1")])
        .refused(3, "illegal_transition");
    assert_eq!(
        message(&error),
        format!(
            "{number}/1 is the only stay of its booking: there is nothing to split it off from."
        )
    );
}

#[test]
fn what_has_no_inverse_is_named_with_the_way_back() {
    let hotel = Hotel::small();
    let undo = || message(&hotel.run(&["undo"]).refused(3, "cannot_undo")).to_owned();
    hotel.done(&["settings", "set", "low_rooms", "7"]);
    let said = undo();
    assert!(
        said.contains("low_rooms") && said.contains("earlier value"),
        "{said}"
    );
    hotel.done(&["nights", "open", "2026-08-01..2026-08-03"]);
    assert!(undo().contains("stop-sell"), "{}", undo());
    let both = hotel.done(&["reserve", "A:2026-06-10:2026-06-12:2", "--guest", "Ada"]);
    let number = both["reservation"]["number"].as_str().unwrap();
    hotel.done(&["reservation", "split", &format!("{number}/2")]);
    let said = undo();
    assert!(
        said.starts_with("Split off") && said.contains("amendment"),
        "{said}"
    );
    let csv = hotel.write(
        "bookings.csv",
        "nr,name,type,from,to\nX1,Ada,A,2026-06-10,2026-06-11\n",
    );
    let mapping = hotel.write(
        "mapping.toml",
        "[columns]\nexternal_number = \"nr\"\nname = \"name\"\nroom_type = \"type\"\narrival = \"from\"\n\
         departure = \"to\"\n",
    );
    hotel.done(&[
        "import",
        "reservations",
        csv.to_str().unwrap(),
        "--mapping",
        mapping.to_str().unwrap(),
    ]);
    let said = undo();
    assert!(
        said.starts_with("Imported") && said.contains("cancel the bookings"),
        "{said}"
    );
}

#[test]
fn a_negative_number_where_none_may_be_is_called_that() {
    let hotel = Hotel::small();
    for (words, option) in [
        (
            &[
                "limits",
                "set",
                "B",
                "2026-06-10",
                "2026-06-12",
                "--physical",
                "-3",
            ][..],
            "--physical",
        ),
        (
            &[
                "limits",
                "set",
                "B",
                "2026-06-10",
                "2026-06-12",
                "--min-stay=-3",
            ],
            "--min-stay",
        ),
        (
            &[
                "hold",
                "place",
                "B:2026-06-10:2026-06-12",
                "--minutes",
                "-35",
            ],
            "--minutes",
        ),
        (
            &[
                "reserve",
                "B:2026-06-10:2026-06-12",
                "--guest",
                "Ada",
                "--adults",
                "-1",
            ],
            "--adults",
        ),
    ] {
        let error = hotel.run(words).refused(2, "bad_input");
        let said = message(&error);
        assert!(
            said.starts_with(&format!("{option} must not be negative")),
            "{words:?}: {said}"
        );
    }
    // What may be negative is, and what is no number is told as before.
    hotel.done(&[
        "limits",
        "set",
        "B",
        "2026-06-10",
        "2026-06-12",
        "--overbooking",
        "-3",
    ]);
    let error = hotel.run(&["hold", "list", "-x"]).refused(2, "bad_input");
    assert!(message(&error).contains("-x"), "{error}");
}

#[test]
fn the_house_is_explained_with_what_made_it() {
    let hotel = Hotel::small();
    let at = |instant: &str, words: &[&str]| hotel.done(&[&["--at", instant][..], words].concat());
    at(
        "2026-06-01T08:00:00Z",
        &["reserve", "B:2026-06-10:2026-06-12", "--guest", "Ada"],
    );
    at(
        "2026-06-01T09:00:00Z",
        &[
            "limits",
            "set",
            "house",
            "2026-06-09",
            "2026-06-11",
            "--overbooking",
            "4",
        ],
    );
    at(
        "2026-06-01T10:00:00Z",
        &[
            "limits",
            "set",
            "C",
            "2026-06-10",
            "2026-06-11",
            "--physical",
            "2",
        ],
    );
    at(
        "2026-06-01T11:00:00Z",
        &[
            "limits",
            "set",
            "house",
            "2026-06-20",
            "2026-06-21",
            "--overbooking",
            "9",
        ],
    );
    at(
        "2026-06-01T12:00:00Z",
        &["cancel", "A1", "--reason", "guest"],
    );
    let texts = |instant: Option<&str>| -> Vec<String> {
        let mut words = vec!["explain", "house", "2026-06-10"];
        words.extend(instant.iter().flat_map(|instant| ["--at-instant", instant]));
        let panel = hotel.done(&words);
        let lines = panel["history"].as_array().unwrap().iter();
        lines
            .map(|line| line["text"].as_str().unwrap().to_owned())
            .collect()
    };
    let all = texts(None);
    assert_eq!(
        all,
        [
            "Cancelled A1",
            "C: Rooms 3 › 2",
            "House limit none › 4",
            "Booking A1, 1 room",
            "Night opened"
        ]
    );
    assert_eq!(texts(Some("2026-06-01T12:00:00Z")), all);
    assert_eq!(texts(Some("2026-06-01T09:30:00Z")), all[2..]);
    assert_eq!(texts(Some("2026-06-01T08:30:00Z")), all[3..]);
}

#[test]
fn an_alert_names_the_type_and_speaks_of_a_night_once() {
    let hotel = Hotel::small();
    hotel.done(&[
        "--command-id",
        &new_id(),
        "reserve",
        "B:2026-06-05:2026-06-06:4",
        "--guest",
        "Ada",
    ]);
    let alerts = hotel.done(&["alerts", "list"]);
    let low = alerts["alerts"].as_array().unwrap().iter();
    let low: Vec<&str> = low
        .filter(|alert| alert["kind"] == "low" && alert["subject"] == "B")
        .map(message)
        .collect();
    assert_eq!(
        low,
        ["Twin: only 1 room is left on Fri 5 Jun 2026. Of 5 rooms: 4 sold."]
    );
}

#[test]
fn an_outage_out_of_service_ends_as_one_and_is_undone_as_one() {
    let hotel = Hotel::small();
    let add = [
        "outage",
        "add",
        "B:2026-06-10:2026-06-14:3",
        "--reason",
        "paint",
        "--service",
    ];
    let text = |words: &[&str]| hotel.done(words)["text"].as_str().unwrap().to_owned();
    assert_eq!(text(&add), "Out of service A-O1");
    assert_eq!(text(&["undo"]), "Undone: out of service A-O1");
    hotel.done(&add);
    assert_eq!(text(&["outage", "end", "A-O2"]), "Back in service A-O2");
    let order = [
        "outage",
        "add",
        "B:2026-06-10:2026-06-14:3",
        "--reason",
        "leak",
    ];
    assert_eq!(text(&order), "Out of order A-O3");
    assert_eq!(text(&["outage", "end", "A-O3"]), "Back in order A-O3");
    // In the trail each is the command that it was.
    let kinds: Vec<Value> = hotel.run(&["audit"]).lines();
    let kinds = kinds.iter().filter_map(|row| row["what"].as_str());
    assert_eq!(kinds.filter(|kind| *kind == "end_outage").count(), 2);
    let history = hotel.done(&["explain", "B", "2026-06-10"])["history"].to_string();
    assert!(!history.contains("Out of order A-O2 until"), "{history}");
}

#[test]
fn a_room_number_for_several_stays_asks_for_one_and_says_so() {
    let hotel = Hotel::small();
    hotel.done(&["reserve", "B:2026-06-01:2026-06-02:2", "--guest", "Pair"]);
    let error = hotel
        .run(&["check-in", "A1", "--room", "101"])
        .refused(3, "invalid_stay");
    assert_eq!(error["why"], "room_of_one");
    assert!(message(&error).contains("A1/1"), "{error}");
    hotel.done(&["check-in", "A1/1", "--room", "101"]);
    // Who is left is one.
    hotel.done(&["check-in", "A1", "--room", "102"]);
    let error = hotel
        .run(&["amend", "A1/1", "B:2026-06-01:2026-06-03:2"])
        .refused(3, "invalid_stay");
    assert_eq!(error["why"], "one_room");
    assert!(message(&error).contains("one room of a booking"), "{error}");
}

#[test]
fn sentences_say_what_is_meant() {
    let hotel = Hotel::small();
    hotel.done(&["reserve", "B:2026-06-01:2026-06-04", "--guest", "In"]);
    hotel.done(&["check-in", "A1"]);
    hotel.done(&["--at", "2026-06-01T22:00:00Z", "end-of-day"]);
    let moved = ["reservation", "move", "A1/1", "2026-06-01", "C"];
    let error = hotel.run(&moved).refused(3, "invalid_stay");
    assert_eq!(
        message(&error),
        "The night of Mon 1 Jun 2026 is over: the guest has slept where they were."
    );
    let limit = |words: &[&str]| {
        let set = ["limits", "set", "C", "2026-06-10", "2026-06-11"];
        hotel.done(&[&set[..], words].concat());
    };
    limit(&["--max-stay", "1"]);
    let long = ["reserve", "C:2026-06-10:2026-06-12", "--guest", "Long"];
    let error = hotel.run(&long).refused(3, "restricted");
    let said = "Who arrives on Wed 10 Jun 2026 stays 1 night or fewer (Suite).";
    assert_eq!(message(&error), said);
    // The same id once more: its sentence is of then.
    let id = new_id();
    let again = [&["--command-id", &id], &long[..]].concat();
    let told = || {
        let output = hotel.plain(&again).output().unwrap();
        (
            output.status.code(),
            String::from_utf8(output.stderr).unwrap(),
        )
    };
    assert_eq!(told(), (Some(3), format!("{said}\n")));
    limit(&["--max-stay", "0"]);
    let before = format!("{said} (refused before: the figures are of then)\n");
    assert_eq!(told(), (Some(3), before));
}

#[test]
fn rooms_taken_away_for_a_night_are_sold_out() {
    let hotel = Hotel::small();
    let nights = ["C", "2026-06-05", "2026-06-07"];
    hotel.done(&[&["limits", "set"], &nights[..], &["--physical", "0"]].concat());
    let alerts = hotel.done(&["alerts", "list"]);
    let found = &alerts["alerts"][0];
    assert_eq!(
        (
            &found["kind"],
            &found["subject"],
            &found["from"],
            &found["to"]
        ),
        (
            &json!("sold_out"),
            &json!("C"),
            &json!("2026-06-05"),
            &json!("2026-06-07")
        ),
        "{alerts}"
    );
    assert_eq!(found["audience"], "front_desk");
    // A type that is set up without rooms has none to be missed.
    hotel.done(&["room-type", "add", "D", "--name", "Villa", "--rooms", "0"]);
    hotel.done(&["nights", "open", "2026-06-01..2026-07-01"]);
    hotel.done(&["room-type", "sell", "D"]);
    let alerts = hotel.done(&["alerts", "list"]);
    assert_eq!(alerts["alerts"].as_array().unwrap().len(), 1, "{alerts}");
    // To put a draft on sale opens its nights, which nothing takes back.
    let error = hotel.run(&["undo"]).refused(3, "cannot_undo");
    assert!(
        message(&error).ends_with("Stop the room type instead."),
        "{error}"
    );
}

#[test]
fn a_card_number_is_no_number_in_another_system_and_other_long_numbers_are() {
    let hotel = Hotel::small();
    let reserve = |number: &str| {
        let words = ["reserve", "A:2026-06-10:2026-06-11", "--guest", "Ada"];
        hotel.run(&[&words[..], &["--external-number", number]].concat())
    };
    for number in ["4111111111111111", "BK 5555-5555-5555-4444"] {
        let error = reserve(number).refused(2, "bad_input");
        assert!(message(&error).contains("card number"), "{error}");
    }
    assert_eq!(hotel.number("SELECT count(*) FROM reservation"), 0);
    assert_eq!(
        hotel.number("SELECT count(*) FROM event WHERE payload LIKE '%4111%'"),
        0
    );
    // They pass the check too, and are what booking systems count with.
    for number in ["4222222222222", "1748736000004", "2026060100000017"] {
        reserve(number).ends(0);
    }
    let csv = "nr,name,type,from,to\n4111111111111111,Ada,A,2026-06-10,2026-06-11\n";
    let csv = hotel.write("bookings.csv", csv);
    let mapping = hotel.write(
        "mapping.toml",
        "[columns]\nexternal_number = \"nr\"\nname = \"name\"\nroom_type = \"type\"\n\
         arrival = \"from\"\ndeparture = \"to\"\n[constants]\nsource = \"Web\"\n",
    );
    let (csv, mapping) = (csv.to_str().unwrap(), mapping.to_str().unwrap());
    let import = ["import", "reservations", csv, "--mapping", mapping];
    let bad = hotel.run(&import).ends(3);
    assert_eq!(bad["bad"][0]["code"], "bad_input", "{bad}");
}

#[test]
fn a_split_leaves_as_many_people_as_there_were() {
    let hotel = Hotel::small();
    let stay = ["reserve", "B:2026-06-20:2026-06-21:3", "--guest", "Fam"];
    hotel.done(&[&stay[..], &["--adults", "5", "--children", "1"]].concat());
    let people = |number: &str| {
        let shown = hotel.done(&["reservation", "show", number]);
        (shown["adults"].as_u64(), shown["children"].as_u64())
    };
    hotel.done(&["reservation", "split", "A1/2"]);
    assert_eq!(people("A1"), (Some(4), Some(1)));
    assert_eq!(people("A2"), (Some(1), Some(0)));
    hotel.done(&["reservation", "split", "A1/3"]);
    assert_eq!(people("A1"), (Some(2), Some(1)));
    assert_eq!(people("A3"), (Some(2), Some(0)));
    hotel.done(&["rebuild"]);
    assert_eq!(people("A1"), (Some(2), Some(1)));
    // Nobody sleeps in a room that was cancelled.
    let stay = ["reserve", "A:2026-06-20:2026-06-21:3", "--guest", "Kin"];
    hotel.done(&[&stay[..], &["--adults", "4"]].concat());
    hotel.done(&["cancel", "A4/1"]);
    hotel.done(&["reservation", "split", "A4/1"]);
    assert_eq!(people("A5"), (Some(0), Some(0)));
    hotel.done(&["reservation", "split", "A4/2"]);
    assert_eq!(people("A4"), (Some(2), Some(0)));
    assert_eq!(people("A6"), (Some(2), Some(0)));
    hotel.verified();
}

#[test]
fn of_a_night_that_is_closed_nothing_is_said_to_be_for_sale() {
    let hotel = Hotel::small();
    let read = |arguments: &[&str]| {
        let output = hotel.plain(arguments).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let explain = ["explain", "B", "2026-06-10"];
    assert!(
        read(&explain).contains("-> to sell 5\n"),
        "{}",
        read(&explain)
    );
    for pool in ["B", "house"] {
        let close = |on| {
            [
                "limits",
                "set",
                pool,
                "2026-06-10",
                "2026-06-11",
                "--stop-sell",
                on,
            ]
        };
        hotel.done(&close("on"));
        let said = read(&explain);
        assert!(said.contains("-> to sell 0 (closed)\n"), "{pool}: {said}");
        let cell = &hotel.done(&explain)["cell"];
        assert_eq!(
            (&cell["available"], &cell["may_be_sold"]),
            (&json!(5), &json!(0))
        );
        let said = read(&["availability", "2026-06-10", "2026-06-11", "--type", "B"]);
        let to_sell = said
            .lines()
            .find(|line| line.contains("to sell") && !line.contains('('));
        assert!(
            to_sell.is_some_and(|line| line.ends_with(" 0")),
            "{pool}: {said}"
        );
        hotel.done(&close("off"));
        assert!(read(&explain).contains("-> to sell 5\n"));
    }
}

#[test]
fn a_room_is_given_at_the_door_and_changed_in_the_house() {
    let hotel = Hotel::small();
    let walk_in = |room| {
        let stay = "A:2026-06-01:2026-06-03";
        hotel.run(&[
            "reserve",
            stay,
            "--guest",
            "Ada",
            "--walk-in",
            "--room",
            room,
        ])
    };
    walk_in("7").ends(0);
    walk_in("7").refused(3, "room_occupied");
    let before = [
        "reserve",
        "A:2026-06-05:2026-06-06",
        "--guest",
        "Bo",
        "--room",
        "8",
    ];
    hotel.run(&before).refused(2, "bad_input");
    let room = || hotel.done(&["reservation", "show", "A1"])["stays"][0]["room"].clone();
    let changed = hotel.done(&["reservation", "room", "A1", "9"]);
    assert_eq!(changed["text"], "Room given A1");
    assert_eq!(room(), "9");
    let shown = hotel.done(&["reservation", "show", "A1"]);
    assert_eq!(shown["history"][0]["text"], "A1: room 9 instead of 7");
    walk_in("7").ends(0);
    hotel
        .run(&["reservation", "room", "A1", "7"])
        .refused(3, "room_occupied");
    hotel
        .run(&["undo", changed["command_id"].as_str().unwrap()])
        .refused(3, "room_occupied");
    hotel.done(&["reservation", "room", "A2", "8"]);
    hotel.done(&["undo", changed["command_id"].as_str().unwrap()]);
    assert_eq!(room(), "7");
    hotel.verified();
}
