//! Groups, restrictions, the waitlist and the end of day, as a clerk's script sees them.

use serde_json::{Value, json};

use crate::hotel::Hotel;

const NIGHTS: [&str; 2] = ["2026-06-10", "2026-06-12"];

/// What a cell keeps back, has sold and has left on the first night.
fn counts(hotel: &Hotel, code: &str) -> [Value; 3] {
    let cell = hotel.cell(code, NIGHTS[0]);
    ["blocked", "sold", "rooms_left"].map(|count| cell[count].clone())
}

fn opened(hotel: &Hotel, kind: &str, more: &[&str]) -> String {
    let words = [
        &["allotment", "open", "Miller wedding", "--kind", kind][..],
        &["B:2026-06-10:2026-06-12:3"],
        more,
    ];
    let made = hotel.done(&words.concat());
    made["allotment"]["number"].as_str().unwrap().to_owned()
}

#[test]
fn a_group_is_opened_picked_up_returned_resized_released_and_cancelled() {
    let hotel = Hotel::small();
    let group = opened(&hotel, "committed", &["--cut-off", "2026-06-05"]);
    assert_eq!(group, "A-G1");
    assert_eq!(counts(&hotel, "B"), [json!(3), json!(0), json!(2)]);
    let picked = hotel.done(&[
        "allotment",
        "pick-up",
        &group,
        "B:2026-06-10:2026-06-12:2",
        "--guest",
        "Ada",
    ]);
    let number = picked["reservation"]["number"].as_str().unwrap();
    assert_eq!(counts(&hotel, "B"), [json!(1), json!(2), json!(2)]);
    let shown = hotel.done(&["allotment", "show", &group]);
    assert_eq!(shown["name"], "Miller wedding");
    assert_eq!(
        (&shown["picked_up"], &shown["total"]),
        (&json!(4), &json!(6))
    );
    assert_eq!(shown["picked_up_by"].as_array().unwrap().len(), 2);
    assert_eq!(shown["nights"][0]["kept_back"], 1);

    hotel
        .run(&[
            "allotment",
            "pick-up",
            &group,
            "B:2026-06-10:2026-06-12:2",
            "--guest",
            "Bo",
        ])
        .refused(3, "allotment_exhausted");
    hotel.done(&[
        "allotment",
        "return",
        &format!("{number}/2"),
        "--reason",
        "guest",
    ]);
    assert_eq!(counts(&hotel, "B"), [json!(2), json!(1), json!(2)]);
    let other = hotel.done(&["reserve", "B:2026-06-10:2026-06-11", "--guest", "Cy"]);
    let other = other["reservation"]["number"].as_str().unwrap();
    hotel
        .run(&["allotment", "return", other])
        .refused(3, "illegal_transition");

    hotel.done(&["allotment", "resize", &group, "B:2026-06-10:2026-06-12:4"]);
    assert_eq!(counts(&hotel, "B"), [json!(3), json!(2), json!(0)]);
    hotel
        .run(&["allotment", "resize", &group, "B:2026-06-10:2026-06-12:5"])
        .refused(3, "no_availability");
    hotel
        .run(&[
            "--if-version",
            "1",
            "allotment",
            "resize",
            &group,
            "B:2026-06-10:2026-06-12:4",
        ])
        .refused(3, "stale");
    let explained = hotel.done(&["explain", "B", NIGHTS[0]]);
    let lines = explained["lines"].as_array().unwrap();
    let kept = lines
        .iter()
        .find(|line| line["kind"] == "allotment")
        .unwrap();
    assert_eq!(
        (&kept["number"], &kept["rooms"]),
        (&json!(group), &json!(3))
    );
    assert_eq!(kept["text"], "Miller wedding 1/4");

    hotel.done(&["allotment", "release", &group]);
    assert_eq!(counts(&hotel, "B"), [json!(0), json!(2), json!(3)]);
    hotel
        .run(&["allotment", "release", &group])
        .refused(3, "already_released");
    hotel
        .run(&[
            "reserve",
            "B:2026-06-10:2026-06-12",
            "--guest",
            "Di",
            "--allotment",
            &group,
        ])
        .refused(3, "already_released");
    hotel.done(&["undo"]);
    assert_eq!(counts(&hotel, "B"), [json!(3), json!(2), json!(0)]);
    hotel.done(&["allotment", "cancel", &group]);
    hotel
        .run(&["allotment", "cancel", &group])
        .refused(3, "already_released");
    assert_eq!(hotel.done(&["allotment", "list"])["allotments"], json!([]));
    let all = hotel.done(&["allotment", "list", "--all"]);
    assert_eq!(all["allotments"][0]["status"], "cancelled");
    for words in [
        &["allotment", "show", "A-G9"][..],
        &["allotment", "release", "A-G9"],
        &["allotment", "cancel", "A-G9"],
        &["allotment", "resize", "A-G9", "B:2026-06-10:2026-06-12"],
        &[
            "allotment",
            "pick-up",
            "A-G9",
            "B:2026-06-10:2026-06-12",
            "--guest",
            "Ed",
        ],
    ] {
        hotel.run(words).refused(3, "unknown_allotment");
    }
    hotel.verified();
    hotel.done(&["rebuild"]);
    hotel.verified();
}

#[test]
fn each_kind_keeps_back_and_stretches_as_its_row_says() {
    // (kind, kept back of the first night, what a pick-up of one more than its rooms answers)
    let table = [
        ("elastic", 3, None),
        ("non-elastic", 3, Some("allotment_exhausted")),
        ("committed", 3, Some("allotment_exhausted")),
        ("tentative", 0, Some("allotment_exhausted")),
    ];
    for (kind, kept, refused) in table {
        let hotel = Hotel::small();
        let shoulder = ["--cut-off", "2026-06-05", "--shoulder", "1"];
        let group = if refused.is_none() {
            opened(&hotel, kind, &shoulder)
        } else {
            let stay = "B:2026-06-10:2026-06-12:3";
            let open = ["allotment", "open", "Fair", "--kind", kind, stay];
            hotel
                .run(&[&open[..], &shoulder].concat())
                .refused(2, "bad_input");
            opened(&hotel, kind, &shoulder[..2])
        };
        assert_eq!(counts(&hotel, "B")[0], kept, "{kind}");
        let run = hotel.run(&[
            "allotment",
            "pick-up",
            &group,
            "B:2026-06-10:2026-06-12:4",
            "--guest",
            "Ada",
        ]);
        match refused {
            Some(code) => drop(run.refused(3, code)),
            None => drop(run.ends(0)),
        }
        // One night before its first: within the shoulder of a kind that stretches alone.
        let run = hotel.run(&[
            "allotment",
            "pick-up",
            &group,
            "B:2026-06-09:2026-06-10",
            "--guest",
            "Bo",
        ]);
        match refused {
            Some(code) => drop(run.refused(3, code)),
            None => drop(run.ends(0)),
        }
        hotel.verified();
    }
}

#[test]
fn the_end_of_day_releases_at_the_cut_off_all_but_what_is_committed() {
    for (kind, after) in [
        ("elastic", 0),
        ("non-elastic", 0),
        ("committed", 3),
        ("tentative", 0),
    ] {
        let hotel = Hotel::small();
        let group = opened(&hotel, kind, &["--cut-off", "2026-06-02"]);
        hotel.done(&["end-of-day"]);
        let status = |hotel: &Hotel| {
            let shown = hotel.done(&["allotment", "show", &group]);
            shown["status"].as_str().unwrap().to_owned()
        };
        assert_eq!(status(&hotel), "open", "{kind}, before its cut-off");
        let due = hotel.done(&["end-of-day", "--dry-run"]);
        assert_eq!(
            due["items"].as_array().unwrap().len(),
            usize::from(kind != "committed")
        );
        let ended = hotel.done(&["end-of-day"]);
        assert_eq!(ended["business_date"], "2026-06-03");
        let expected = if kind == "committed" {
            "open"
        } else {
            "released"
        };
        assert_eq!(status(&hotel), expected, "{kind}, after its cut-off");
        assert_eq!(counts(&hotel, "B")[0], after, "{kind}");
        hotel.verified();
    }
}

#[test]
fn each_restriction_refuses_and_a_reason_overrides_it_in_the_trail() {
    let hotel = Hotel::small();
    // (option, value, a stay that it refuses, the restriction)
    let table = [
        ("--stop-sell", "on", "B:2026-06-09:2026-06-11", "stop_sell"),
        (
            "--closed-to-arrival",
            "on",
            "B:2026-06-10:2026-06-13",
            "closed_to_arrival",
        ),
        (
            "--closed-to-departure",
            "on",
            "B:2026-06-09:2026-06-10",
            "closed_to_departure",
        ),
        ("--min-stay", "3", "B:2026-06-10:2026-06-12", "min_stay"),
        ("--max-stay", "2", "B:2026-06-10:2026-06-13", "max_stay"),
    ];
    for pool in ["B", "house"] {
        for (option, value, stay, restriction) in table {
            hotel.done(&["limits", "set", pool, NIGHTS[0], NIGHTS[1], option, value]);
            let error = hotel
                .run(&["reserve", stay, "--guest", "Ada"])
                .refused(3, "restricted");
            assert_eq!(error["restriction"], restriction);
            assert_eq!(error["room_type"], pool);
            hotel.run(&["hold", "place", stay]).refused(3, "restricted");
            let other = hotel.done(&["--override", "a regular", "reserve", stay, "--guest", "Ada"]);
            let number = other["reservation"]["number"].as_str().unwrap();
            hotel.done(&["cancel", number]);
            let trail = hotel.run(&["audit", "--object", number]).lines();
            assert_eq!(trail[0]["override_reason"], "a regular");
            assert_eq!(trail[0]["permission"], "operate");
            let off = if value == "on" { "off" } else { "0" };
            hotel.done(&["limits", "set", pool, NIGHTS[0], NIGHTS[1], option, off]);
            let made = hotel.done(&["reserve", stay, "--guest", "Ada"]);
            hotel.done(&["cancel", made["reservation"]["number"].as_str().unwrap()]);
        }
    }
    hotel
        .run(&[
            "limits",
            "set",
            "B",
            NIGHTS[0],
            NIGHTS[1],
            "--min-stay",
            "5",
            "--max-stay",
            "4",
        ])
        .refused(3, "invalid_stay");
    for words in [
        ["--stop-sell", "maybe"],
        ["--min-stay", "400"],
        ["--max-stay", "-1"],
    ] {
        let given = ["limits", "set", "B", NIGHTS[0], NIGHTS[1]];
        hotel
            .run(&[&given[..], &words].concat())
            .refused(2, "bad_input");
    }
    hotel.done(&[
        "limits",
        "set",
        "B",
        NIGHTS[0],
        NIGHTS[1],
        "--stop-sell",
        "on",
        "--min-stay",
        "2",
    ]);
    let cell = hotel.cell("B", NIGHTS[0]);
    assert_eq!(
        cell["restrictions"],
        json!({"stop_sell": true, "min_stay": 2})
    );
    hotel.done(&["undo"]);
    assert_eq!(hotel.cell("B", NIGHTS[0])["restrictions"], json!(null));
    hotel.verified();
}

#[test]
fn the_oldest_who_fits_is_offered_a_room() {
    let hotel = Hotel::small();
    let taken = hotel.done(&["reserve", "C:2026-06-10:2026-06-12:4", "--guest", "Ada"]);
    let taken = taken["reservation"]["number"].as_str().unwrap();
    let join = |stay: &str, guest: &str| {
        let made = hotel.done(&["waitlist", "join", stay, "--guest", guest, "--phone", "555"]);
        assert_eq!(made["reservation"]["status"], "waitlisted");
        made["reservation"]["number"].as_str().unwrap().to_owned()
    };
    let two = join("C:2026-06-10:2026-06-12:2", "Two rooms");
    let one = join("C:2026-06-10:2026-06-12", "One room");
    let later = join("C:2026-06-10:2026-06-12", "Came later");
    let offered = hotel.done(&["waitlist", "offer"]);
    assert_eq!(offered["reservation"], json!(null), "nothing is free");
    hotel
        .run(&["waitlist", "offer", &one])
        .refused(3, "no_availability");
    hotel.done(&["cancel", &format!("{taken}/1")]);
    let fits: Vec<Value> = hotel.done(&["waitlist", "list"])["waiting"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| json!([row["number"], row["fits"]]))
        .collect();
    assert_eq!(
        fits,
        [
            json!([two, false]),
            json!([two, false]),
            json!([one, true]),
            json!([later, true])
        ]
    );
    let offered = hotel.done(&["waitlist", "offer", "--option-until", "2026-06-03"]);
    assert_eq!(offered["reservation"]["number"], one);
    assert_eq!(offered["reservation"]["status"], "tentative");
    assert_eq!(hotel.cell("C", NIGHTS[0])["available"], 0);
    hotel.done(&["waitlist", "leave", &later, "--reason", "guest"]);
    hotel
        .run(&["waitlist", "leave", &one])
        .refused(3, "illegal_transition");
    hotel
        .run(&["waitlist", "offer", "A99"])
        .refused(3, "unknown_reservation");
    hotel.done(&["confirm", &one]);
    hotel.verified();
}

#[test]
fn a_day_ends_when_all_is_decided_and_only_once() {
    let hotel = Hotel::small();
    let number = |made: Value| made["reservation"]["number"].as_str().unwrap().to_owned();
    let reserve = |stay: &str, more: &[&str]| {
        number(hotel.done(&[&["reserve", stay, "--guest", "Ada"], more].concat()))
    };
    let in_house = reserve("B:2026-06-01:2026-06-02", &["--walk-in"]);
    let plain = reserve("B:2026-06-01:2026-06-03", &[]);
    let guaranteed = reserve("B:2026-06-01:2026-06-03", &["--guarantee", "deposit"]);
    let option = reserve("B:2026-06-09:2026-06-10", &["--option-until", "2026-06-01"]);
    let waits = number(hotel.done(&[
        "waitlist",
        "join",
        "C:2026-06-01:2026-06-02",
        "--guest",
        "Bo",
    ]));
    let due = hotel.done(&["end-of-day", "--dry-run"]);
    let said: Vec<Value> = due["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| json!([item["id"], item["due"], item["decision"]]))
        .collect();
    assert_eq!(
        said,
        [
            json!([format!("{plain}/1"), "arrival_not_in", "no_show"]),
            json!([format!("{guaranteed}/1"), "arrival_not_in", "keep"]),
            json!([format!("{waits}/1"), "waited_in_vain", "cancel"]),
            json!([format!("{option}/1"), "option_due", "cancel"]),
        ]
    );
    assert_eq!(hotel.done(&["end-of-day"])["business_date"], "2026-06-02");
    let status = |number: &str| hotel.done(&["reservation", "show", number])["status"].clone();
    assert_eq!(status(&plain), "no_show");
    assert_eq!(status(&guaranteed), "confirmed");
    assert_eq!(status(&option), "cancelled");
    assert_eq!(status(&waits), "cancelled");

    // What the date left behind: its audit pack and a backup.
    let folder = hotel.folder.path();
    let pack = folder.join("hotel.db-day-ends/2026-06-01");
    assert!(pack.join("report.pdf").is_file() && pack.join("report.json").is_file());
    assert_eq!(
        std::fs::read_dir(folder.join("backups")).unwrap().count(),
        1
    );

    // Somebody has to say what becomes of a guest who should have left.
    let due = hotel.run(&["end-of-day", "--dry-run"]).ends(1);
    assert_eq!(due["ready"], false);
    let error = hotel.run(&["end-of-day"]).refused(3, "undecided");
    assert_eq!(error["by"], json!([format!("{in_house}/1")]));
    let file = hotel.folder.path().join("decisions.toml");
    let path = file.to_str().unwrap();
    for bad in [
        "\"A99/1\" = \"no_show\"".to_owned(),
        format!("\"{in_house}/1\" = \"no_show\""),
        format!("\"{in_house}/1\" = \"vanish\""),
        "what is this".to_owned(),
    ] {
        std::fs::write(&file, bad).unwrap();
        hotel
            .run(&["end-of-day", "--decide", path])
            .refused(2, "bad_input");
    }
    hotel
        .run(&["end-of-day", "--decide", "/nowhere.toml"])
        .refused(2, "bad_input");
    let decided = format!("\"{in_house}/1\" = \"stay_on\"\n\"{guaranteed}/1\" = \"check_in\"\n");
    std::fs::write(&file, decided).unwrap();
    let ended = hotel.done(&["end-of-day", "--decide", path]);
    assert_eq!(ended["business_date"], "2026-06-03");
    let stay = &hotel.done(&["reservation", "show", &in_house])["stays"][0];
    assert_eq!(stay["departure"], "2026-06-03");
    assert_eq!(status(&guaranteed), "checked_in");

    // A default that the hotel sets.
    hotel.done(&[
        "settings",
        "set",
        "end_of_day_overdue_departure",
        "check_out",
    ]);
    assert_eq!(hotel.done(&["end-of-day"])["business_date"], "2026-06-04");
    assert_eq!(status(&in_house), "checked_out");
    // Every end of day keeps the horizon open.
    let last = hotel.done(&["availability", "2029-06-03", "2029-06-06", "--type", "B"]);
    assert_eq!(last["nights"], json!(["2029-06-03"]));
    hotel.run(&["undo"]).refused(3, "cannot_undo");

    // The same command ends no second day; and no day ends before it has begun at the hotel.
    let id = crate::hotel::new_id();
    let once = hotel.done(&["--command-id", &id, "end-of-day"]);
    assert_eq!(once["business_date"], "2026-06-05");
    let again = hotel.done(&["--command-id", &id, "end-of-day"]);
    assert_eq!(again["repeated"], true);
    assert_eq!(again["business_date"], "2026-06-05");
    let night = ["--at", "2026-06-04T22:59:00Z"];
    let error = hotel
        .run(&[&night[..], &["end-of-day"]].concat())
        .refused(3, "too_early");
    assert_eq!(error["local_date"], "2026-06-04");
    hotel.done(&["--at", "2026-06-04T23:00:00Z", "end-of-day"]);
    let early = [
        "--at",
        "2026-06-05T10:00:00Z",
        "--override",
        "the auditor leaves",
        "end-of-day",
    ];
    assert_eq!(hotel.done(&early)["business_date"], "2026-06-07");
    let trail = hotel.run(&["audit", "--action", "close_day"]).lines();
    let last = trail.iter().max_by_key(|row| row["seq"].as_i64());
    assert_eq!(last.unwrap()["override_reason"], "the auditor leaves");
    hotel.verified();
}

#[test]
fn eight_ends_of_the_same_day_end_it_once() {
    let hotel = Hotel::small();
    for _ in 0..6 {
        hotel.done(&["reserve", "A:2026-06-01:2026-06-03", "--guest", "Ada"]);
    }
    let words = ["end-of-day"];
    let runs = hotel.at_once((0..8).map(|_| hotel.command(&words)).collect());
    let ended = runs.iter().filter(|run| run.status == 0).count();
    assert!(ended >= 1, "{runs:?}");
    let dates = hotel
        .run(&["events", "--type", "business_date_set"])
        .lines();
    let first = dates
        .iter()
        .filter(|event| event["payload"]["before"] == "2026-06-01");
    assert_eq!(first.count(), 1, "{dates:?}");
    let no_shows = hotel.run(&["events", "--type", "stays_no_show"]).lines();
    assert_eq!(no_shows.len(), 6);
    hotel.verified();
}

#[test]
fn options_of_a_hotel_that_keeps_no_rooms_for_them() {
    let hotel = Hotel::with(&crate::hotel::SMALL.replace(
        "currency = \"EUR\"",
        "currency = \"EUR\"\ntentative_takes_inventory = false",
    ));
    let made = hotel.done(&[
        "reserve",
        "C:2026-06-10:2026-06-12:4",
        "--guest",
        "Ada",
        "--tentative",
    ]);
    let number = made["reservation"]["number"].as_str().unwrap().to_owned();
    assert_eq!(hotel.cell("C", NIGHTS[0])["sold"], 0);
    hotel.done(&["reserve", "C:2026-06-10:2026-06-12", "--guest", "Bo"]);
    hotel
        .run(&["confirm", &number])
        .refused(3, "no_availability");
    hotel.done(&["confirm", &format!("{number}/1")]);
    assert_eq!(hotel.cell("C", NIGHTS[0])["sold"], 2);
    hotel.verified();
    hotel.done(&["rebuild"]);
    hotel.verified();
}

#[test]
fn a_slip_after_the_cut_off_costs_a_committed_group_no_room() {
    let hotel = Hotel::small();
    let group = opened(&hotel, "committed", &["--cut-off", "2026-06-01"]);
    let stay = "B:2026-06-10:2026-06-12:2";
    hotel.done(&["allotment", "pick-up", &group, stay, "--guest", "Ada"]);
    hotel.done(&["end-of-day"]);
    let agreed = [json!(1), json!(2), json!(2)];
    assert_eq!(counts(&hotel, "B"), agreed);
    hotel.done(&["cancel", "A1"]);
    assert_eq!(counts(&hotel, "B"), [json!(1), json!(0), json!(4)]);
    hotel.done(&["reinstate", "A1"]);
    assert_eq!(counts(&hotel, "B"), agreed);
    let shown = hotel.done(&["allotment", "show", &group]);
    assert_eq!(
        (&shown["picked_up"], &shown["total"]),
        (&json!(4), &json!(6))
    );
    // Other nights, another type, and back: the group keeps what it kept (docs/adr/0018).
    for _ in 0..3 {
        hotel.done(&["amend", "A1/1", "B:2026-06-10:2026-06-11"]);
        hotel.done(&["amend", "A1/1", "B:2026-06-10:2026-06-12"]);
        hotel.done(&["reservation", "move", "A1/1", "2026-06-10", "C"]);
        hotel.done(&["reservation", "move", "A1/1", "2026-06-10", "B"]);
    }
    assert_eq!(counts(&hotel, "B"), agreed);
    // What went to the house has to be there again.
    hotel.done(&["cancel", "A1"]);
    hotel.done(&["reserve", "B:2026-06-10:2026-06-12:3", "--guest", "Bo"]);
    hotel
        .run(&["reinstate", "A1"])
        .refused(3, "no_availability");
    hotel.verified();
    hotel.done(&["rebuild"]);
    hotel.verified();
}

#[test]
fn a_groups_guest_is_moved_up_into_a_room_of_the_house() {
    let hotel = Hotel::small();
    let group = opened(&hotel, "non-elastic", &[]);
    let stay = "B:2026-06-10:2026-06-12";
    hotel.done(&["allotment", "pick-up", &group, stay, "--guest", "Ada"]);
    hotel.done(&["reservation", "move", "A1/1", "2026-06-10", "C"]);
    assert_eq!(counts(&hotel, "B"), [json!(3), json!(0), json!(2)]);
    assert_eq!(counts(&hotel, "C"), [json!(0), json!(1), json!(2)]);
    // What was sold stays the group's: another type is asked of the group, and the sentence says what else is possible.
    let amended = hotel.run(&["amend", "A1", "C:2026-06-10:2026-06-12"]);
    let error = amended.refused(3, "allotment_exhausted");
    let said = error["message"].as_str().unwrap();
    assert!(said.contains("moved to that type"), "{said}");
    hotel.verified();
}

#[test]
fn a_group_that_has_begun_is_resized_by_the_nights_to_come() {
    let hotel = Hotel::small();
    let stay = "B:2026-06-01:2026-06-05:3";
    hotel.done(&["allotment", "open", "G", "--kind", "elastic", stay]);
    hotel.done(&["end-of-day"]);
    hotel.done(&["end-of-day", "--override", "two nights at once"]);
    hotel.done(&["allotment", "resize", "A-G1", "B:2026-06-03:2026-06-05:1"]);
    let shown = hotel.done(&["allotment", "show", "A-G1"]);
    let kept: Vec<&Value> = shown["nights"].as_array().unwrap().iter().collect();
    let kept: Vec<&Value> = kept.iter().map(|night| &night["kept_back"]).collect();
    assert_eq!(kept, [&json!(3), &json!(3), &json!(1), &json!(1)]);
    let refused = hotel.run(&["allotment", "resize", "A-G1", "B:2026-06-01:2026-06-05:1"]);
    let error = refused.refused(3, "invalid_stay");
    let said = error["message"].as_str().unwrap();
    assert!(said.contains("is over and stays as it was"), "{said}");
    let refused = hotel.run(&["allotment", "resize", "A-G1", "--shoulder", "9999"]);
    let error = refused.refused(3, "invalid_stay");
    let said = error["message"].as_str().unwrap();
    assert!(said.contains("before and after a group"), "{said}");
    hotel.verified();
}

#[test]
fn a_booking_that_is_undone_gives_its_hold_back() {
    let hotel = Hotel::small();
    hotel.done(&[
        "hold",
        "place",
        "C:2026-06-05:2026-06-07:2",
        "--minutes",
        "60",
    ]);
    hotel.done(&["hold", "convert", "A-H1", "--guest", "Oops"]);
    let undone = hotel.done(&["undo"]);
    assert_eq!(undone["hold"]["number"], "A-H2");
    let said = undone["text"].as_str().unwrap();
    assert!(said.ends_with("Placed anew as hold A-H2"), "{said}");
    assert_eq!(hotel.cell("C", "2026-06-05")["held"], 2);
    assert_eq!(hotel.cell("C", "2026-06-05")["sold"], 0);
    hotel.verified();
}
