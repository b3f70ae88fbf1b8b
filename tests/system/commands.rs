//! Every command and every step of a stay's life through `keyrackctl`, one after the other on one
//! hotel, and the refusals that other files do not meet.

use serde_json::{Value, json};

use crate::hotel::Hotel;

fn number(made: &Value) -> String {
    let named = ["reservation", "hold", "outage"];
    let found = named.iter().find_map(|kind| made[*kind]["number"].as_str());
    found
        .unwrap_or_else(|| panic!("no number in {made}"))
        .to_owned()
}

fn status(hotel: &Hotel, number: &str) -> Value {
    hotel.done(&["reservation", "show", number])["status"].clone()
}

#[test]
fn each_step_of_a_stays_life_leads_where_the_table_says() {
    let hotel = Hotel::small();
    let stay = "B:2026-06-01:2026-06-03";
    let reserve =
        |more: &[&str]| number(&hotel.done(&[&["reserve", stay, "--guest", "Ada"], more].concat()));
    let guest = reserve(&[]);
    for (step, expected) in [
        ("check-in", "checked_in"),
        ("reverse-check-in", "confirmed"),
        ("check-in", "checked_in"),
        ("check-out", "checked_out"),
        ("reverse-check-out", "checked_in"),
        ("check-out", "checked_out"),
    ] {
        hotel.done(&[step, &guest, "--reason", "error:wrong guest"]);
        assert_eq!(status(&hotel, &guest), expected, "{step}");
    }
    for step in ["cancel", "no-show"] {
        let other = reserve(&[]);
        hotel.done(&[step, &other, "--reason", "guest"]);
        let expected = if step == "cancel" {
            "cancelled"
        } else {
            "no_show"
        };
        assert_eq!(status(&hotel, &other), expected);
        hotel.done(&["reinstate", &other]);
        assert_eq!(status(&hotel, &other), "confirmed", "after {step}");
        hotel.done(&["cancel", &other]);
    }
    let option = reserve(&["--tentative", "--option-until", "2026-06-01"]);
    assert_eq!(status(&hotel, &option), "tentative");
    hotel.done(&["confirm", &option]);
    assert_eq!(status(&hotel, &option), "confirmed");
    // What the table does not have is refused with what it has.
    for (step, id) in [
        ("confirm", &guest),
        ("check-in", &guest),
        ("cancel", &guest),
        ("no-show", &guest),
        ("reinstate", &guest),
        ("check-out", &option),
        ("reverse-check-in", &option),
        ("reverse-check-out", &option),
        ("confirm", &option),
        ("reinstate", &option),
    ] {
        let error = hotel
            .run(&[step, id, "--reason", "error"])
            .refused(3, "illegal_transition");
        assert!(!error["allowed"].as_array().unwrap().is_empty(), "{error}");
    }
    // Several at once: each stands alone.
    let run = hotel.run(&["cancel", &option, &guest]);
    let document = run.ends(3);
    assert_eq!(document["done"], json!([option]));
    assert_eq!(document["failed"][0]["error"]["code"], "illegal_transition");
    hotel.verified();
}

#[test]
fn parts_of_a_reservation_holds_outages_and_limits() {
    let hotel = Hotel::small();
    let two = number(&hotel.done(&["reserve", "B:2026-06-10:2026-06-12:2", "--guest", "Ada"]));
    let alone = number(&hotel.done(&["reservation", "split", &format!("{two}/2")]));
    assert_ne!(alone, two);
    hotel
        .run(&["reservation", "split", &format!("{alone}/1")])
        .refused(3, "illegal_transition");
    hotel.done(&[
        "reservation",
        "move",
        &format!("{alone}/1"),
        "2026-06-11",
        "A",
    ]);
    assert_eq!(hotel.cell("B", "2026-06-11")["sold"], 1);
    hotel.done(&["amend", &alone, "B:2026-06-10:2026-06-13"]);
    hotel
        .run(&[
            "reservation",
            "move",
            &format!("{two}/1"),
            "2026-06-20",
            "A",
        ])
        .refused(3, "invalid_stay");

    // One room is one guest's.
    let guest = |room: &str| {
        let made = hotel.done(&["reserve", "A:2026-06-01:2026-06-02", "--guest", "Bo"]);
        hotel.run(&["check-in", &number(&made), "--room", room])
    };
    guest("12").ends(0);
    guest("12").refused(3, "room_occupied");

    let hold = number(&hotel.done(&["hold", "place", "C:2026-06-10:2026-06-11"]));
    let longer = hotel.done(&["hold", "extend", &hold, "--minutes", "60"]);
    assert!(longer["hold"]["expires_at"].is_string(), "{longer}");
    hotel.done(&["hold", "release", &hold]);
    hotel
        .run(&["hold", "extend", &hold])
        .refused(3, "already_released");

    let leak = ["--reason", "leak"];
    let outage = ["outage", "add", "C:2026-06-20:2026-06-22:2"];
    let out = number(&hotel.done(&[&outage[..], &leak].concat()));
    hotel
        .run(&[&outage[..], &leak].concat())
        .refused(3, "outage_exceeds_physical");
    hotel.done(&["outage", "end", &out, "--on", "2026-06-21"]);
    assert_eq!(hotel.cell("C", "2026-06-21")["out_of_order"], 0);
    hotel
        .run(&[
            "limits",
            "set",
            "C",
            "2026-06-20",
            "2026-06-21",
            "--physical",
            "1",
        ])
        .refused(3, "outage_exceeds_physical");
    let nobody = "019731c0-0000-7000-8000-000000000000";
    hotel.run(&["undo", nobody]).refused(3, "unknown_command");
    hotel.verified();
}

#[test]
fn the_life_of_a_room_type() {
    let hotel = Hotel::small();
    let life = |hotel: &Hotel| {
        let types = hotel.done(&["room-type", "list"])["room_types"].clone();
        let all = types.as_array().unwrap().clone();
        let found = all.iter().find(|known| known["code"] == "D");
        found.map(|known| json!([known["name"], known["rank"], known["status"]]))
    };
    hotel.done(&["room-type", "add", "D", "--name", "Attic", "--rooms", "2"]);
    hotel
        .run(&["room-type", "add", "D", "--name", "Loft", "--rooms", "2"])
        .refused(3, "duplicate_room_type");
    hotel.done(&["room-type", "rename", "D", "Loft"]);
    hotel.done(&["room-type", "rank", "D", "9"]);
    assert_eq!(life(&hotel), Some(json!(["Loft", 9, "draft"])));
    hotel
        .run(&["room-type", "stop", "D"])
        .refused(3, "illegal_transition");
    hotel.done(&["room-type", "sell", "D"]);
    hotel.done(&["reserve", "D:2026-06-20:2026-06-22", "--guest", "Ada"]);
    let error = hotel
        .run(&["room-type", "retire", "D", "--from", "2026-06-10"])
        .refused(3, "room_type_in_use");
    assert_eq!(error["by"], json!(["A1"]));
    hotel.done(&["room-type", "stop", "D"]);
    hotel
        .run(&["reserve", "D:2026-06-20:2026-06-22", "--guest", "Bo"])
        .refused(3, "restricted");
    hotel.done(&["room-type", "reactivate", "D"]);
    hotel.done(&["room-type", "retire", "D", "--from", "2026-07-01"]);
    assert_eq!(life(&hotel), Some(json!(["Loft", 9, "retired"])));
    hotel.done(&["room-type", "reactivate", "D"]);
    hotel.done(&["nights", "open", "2026-06-01..2026-06-05"]);
    hotel.verified();
}

#[test]
fn a_retirement_that_is_taken_back_gives_each_night_the_rooms_that_it_had() {
    let hotel = Hotel::small();
    hotel.done(&[
        "limits",
        "set",
        "C",
        "2026-06-12",
        "2026-06-14",
        "--physical",
        "1",
        "--overbooking",
        "0",
    ]);
    hotel.done(&["room-type", "retire", "C", "--from", "2026-06-10"]);
    assert_eq!(hotel.cell("C", "2026-06-12")["physical"], 0);
    hotel.done(&["room-type", "rename", "C", "Grand suite"]);
    hotel.done(&["room-type", "reactivate", "C"]);
    for (night, rooms) in [
        ("2026-06-11", 3),
        ("2026-06-12", 1),
        ("2026-06-13", 1),
        ("2026-06-14", 3),
    ] {
        assert_eq!(hotel.cell("C", night)["physical"], rooms, "{night}");
    }
    hotel
        .run(&["reserve", "C:2026-06-12:2026-06-13:2", "--guest", "Ada"])
        .refused(3, "no_availability");
    hotel.verified();
}

#[test]
fn a_type_that_is_not_sold_has_nothing_to_sell_wherever_it_is_shown() {
    let hotel = Hotel::small();
    let nights = ["availability", "2026-06-10", "2026-06-12"];
    let file = hotel.folder.path().join("av.csv");
    let export = ["export", "availability", file.to_str().unwrap(), "--force"];
    // Of B, of C and of the house: with a limit of its own it may sell more than its types.
    let shown = |night: usize| {
        let document = hotel.done(&nights);
        let of = |code: &str| {
            let types = document["room_types"].as_array().unwrap();
            let found = types.iter().find(|one| one["code"] == code).unwrap();
            let cell = &found["cells"][night];
            (
                found["status"].clone(),
                cell["available"].clone(),
                cell["free"].clone(),
            )
        };
        (
            of("B"),
            of("C"),
            document["house"]["cells"][night]["available"].clone(),
        )
    };
    assert_eq!(shown(0).0, (json!("on_sale"), json!(5), json!(5)));
    assert_eq!(shown(0).2, 100_009);
    hotel.done(&["room-type", "stop", "B"]);
    hotel.done(&["room-type", "retire", "C", "--from", "2026-06-11"]);
    hotel.done(&[
        "limits",
        "set",
        "C",
        "2026-06-11",
        "2026-06-12",
        "--physical",
        "9",
    ]);
    assert_eq!(shown(0).0, (json!("stopped"), json!(0), json!(5)));
    assert_eq!(shown(0).1, (json!("retired"), json!(4), json!(4)));
    assert_eq!(shown(1).1, (json!("retired"), json!(0), json!(10)));
    assert_eq!((shown(0).2, shown(1).2), (json!(100_004), json!(100_000)));
    assert_eq!(hotel.cell("B", "2026-06-10")["available"], 0);
    let house = hotel.done(&["explain", "house", "2026-06-10"]);
    assert_eq!(house["cell"]["available"], 100_004, "{house}");
    hotel.done(&export);
    let table = std::fs::read_to_string(&file).unwrap();
    let sold = |start: &str| {
        let line = table.lines().find(|line| line.starts_with(start)).unwrap();
        line.split(',').nth(10).unwrap().to_owned()
    };
    assert_eq!(sold("B,2026-06-10"), "0");
    assert_eq!(sold("C,2026-06-10"), "4");
    assert_eq!(sold("C,2026-06-11"), "0");
    assert_eq!(sold("house,2026-06-10"), "100004");
    let plain = hotel.plain(&nights).output().unwrap();
    let plain = String::from_utf8(plain.stdout).unwrap();
    assert!(plain.contains("B  stopped: not sold"), "{plain}");
    assert!(
        plain.contains("C  retired from 2026-06-11: not sold"),
        "{plain}"
    );
}

#[test]
fn the_houses_own_limit_is_taken_away_and_the_types_decide_again() {
    let hotel = Hotel::small();
    let house = || {
        let open = hotel.done(&["availability", "2026-06-05", "2026-06-06"]);
        open["house"]["cells"][0]["available"].clone()
    };
    let before = house();
    let limits = ["limits", "set", "house", "2026-06-04", "2026-06-08"];
    hotel.done(&[&limits[..], &["--overbooking", "-1000000"]].concat());
    assert_eq!(house(), 0);
    let sale = ["reserve", "B:2026-06-05:2026-06-06", "--guest", "Ada"];
    hotel.run(&sale).refused(3, "no_availability");
    hotel.done(&[&limits[..], &["--no-overbooking"]].concat());
    assert_eq!(house(), before);
    hotel.done(&sale);
    for words in [
        &[
            "limits",
            "set",
            "house",
            "2026-06-04",
            "2026-06-08",
            "--no-overbooking",
            "--overbooking",
            "2",
        ][..],
        &[
            "limits",
            "set",
            "B",
            "2026-06-04",
            "2026-06-08",
            "--no-overbooking",
        ],
    ] {
        hotel.run(words).refused(2, "bad_input");
    }
    hotel.verified();
}
