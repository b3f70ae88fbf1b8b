//! Alerts: opened once, kept while their cause lasts, seen by a person, closed by themselves.

use super::MORNING;
use crate::hotel::Hotel;

fn few(hotel: &Hotel, from: &str, to: &str, rooms: &str) {
    hotel.done(&[
        "outage",
        "add",
        &format!("B:{from}:{to}:{rooms}"),
        "--reason",
        "paint",
    ]);
}

#[test]
fn a_type_for_which_no_room_is_set_is_sold_out_and_the_alert_says_so() {
    let hotel = Hotel::small();
    hotel.done(&[
        "limits",
        "set",
        "B",
        "2026-06-05",
        "2026-06-07",
        "--physical",
        "0",
    ]);
    let alert = hotel.alert_at(MORNING, "sold_out");
    assert_eq!(
        alert["message"],
        "Twin: no room is left on the 2 nights from Fri 5 Jun 2026. No room is set for it."
    );
}

#[test]
fn a_run_of_nights_is_one_alert_that_grows_moves_is_seen_and_closes() {
    let hotel = Hotel::small();
    assert_eq!(hotel.open_at(MORNING), []);
    let taken = |stay: &str| {
        hotel.done(&["reserve", stay, "--guest", "Ada"])["reservation"]["number"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let first = taken("B:2026-06-05:2026-06-07:5");
    let alert = hotel.alert_at(MORNING, "sold_out");
    let id = alert["id"].to_string();
    assert_eq!(
        (
            &alert["subject"],
            &alert["from"],
            &alert["to"],
            &alert["level"]
        ),
        (
            &"B".into(),
            &"2026-06-05".into(),
            &"2026-06-07".into(),
            &"warning".into()
        )
    );
    assert!(
        alert["message"].as_str().unwrap().contains(
            "Twin: no room is left on the 2 nights from Fri 5 Jun 2026. Of 5 rooms: 5 sold."
        ),
        "{alert}"
    );
    // It grows, and is looked at again and again: the same alert.
    taken("B:2026-06-07:2026-06-09:5");
    for _look in 0..3 {
        let grown = hotel.alert_at("2026-06-01T11:00:00Z", "sold_out");
        assert_eq!(grown["id"].to_string(), id);
        assert_eq!(grown["to"], "2026-06-09");
        assert_eq!(grown["opened"], alert["opened"]);
    }
    let seen = hotel.done_at(
        "2026-06-01T11:30:00Z",
        &["--actor", "rosa", "alerts", "ack", &id],
    );
    assert_eq!(
        (
            &seen["alert"]["acknowledged_by"],
            &seen["alert"]["acknowledged"]
        ),
        (&"rosa".into(), &"2026-06-01T11:30:00.000Z".into())
    );
    // The first one who saw it stands.
    let again = hotel.done_at(
        "2026-06-01T11:40:00Z",
        &["--actor", "ines", "alerts", "ack", &id],
    );
    assert_eq!(again["alert"]["acknowledged_by"], "rosa");
    let trail = hotel
        .run(&["audit", "--action", "alert_acknowledged"])
        .lines();
    assert_eq!((trail.len(), &trail[0]["actor"]), (1, &"rosa".into()));
    // It moves: its first nights are free again. Still the same, and still seen.
    hotel.done(&["cancel", &first]);
    let moved = hotel.alert_at("2026-06-01T12:00:00Z", "sold_out");
    assert_eq!(moved["id"].to_string(), id);
    assert_eq!(
        (&moved["from"], &moved["acknowledged_by"]),
        (&"2026-06-07".into(), &"rosa".into())
    );
    // Another run is another alert.
    taken("B:2026-06-11:2026-06-12:5");
    let open = hotel.open_at("2026-06-01T12:10:00Z");
    assert_eq!(open.len(), 2, "{open:?}");
    // The cause goes: closed by itself, kept as history.
    let all = hotel.done(&["reservation", "list"]);
    for reservation in all["reservations"].as_array().unwrap() {
        if reservation["status"] == "confirmed" {
            hotel.done(&["cancel", reservation["number"].as_str().unwrap()]);
        }
    }
    let closing = "2026-06-01T13:00:00Z";
    assert_eq!(hotel.open_at(closing), []);
    let history = hotel.done_at(closing, &["alerts", "list", "--all"])["alerts"].clone();
    let closed: Vec<_> = history
        .as_array()
        .unwrap()
        .iter()
        .map(|alert| &alert["closed"])
        .collect();
    assert_eq!(closed, ["2026-06-01T13:00:00.000Z"; 2]);
    hotel
        .run(&["alerts", "ack", &id])
        .refused(3, "unknown_alert");
    // The same again later is another one.
    taken("B:2026-06-07:2026-06-09:5");
    assert_ne!(
        hotel.alert_at("2026-06-01T14:00:00Z", "sold_out")["id"].to_string(),
        id
    );
    assert_eq!(hotel.number("SELECT count(*) FROM alert"), 3);
    hotel.verified();
}

#[test]
fn a_worse_level_asks_to_be_seen_anew() {
    let hotel = Hotel::small();
    // Of ten rooms two are a fifth, and one is a tenth.
    hotel.done(&[
        "limits",
        "set",
        "A",
        "2026-06-05",
        "2026-06-06",
        "--physical",
        "10",
    ]);
    hotel.reserved("A:2026-06-05:2026-06-06:8");
    let low = hotel.alert_at(MORNING, "low");
    assert_eq!(
        (&low["level"], &low["subject"]),
        (&"info".into(), &"A".into())
    );
    let id = low["id"].to_string();
    hotel.done_at(MORNING, &["alerts", "ack", &id]);
    assert_eq!(hotel.run(&["--at", MORNING, "health"]).ends(0)["ok"], true);
    hotel.reserved("A:2026-06-05:2026-06-06");
    let worse = hotel.alert_at(MORNING, "low");
    assert_eq!(worse["id"].to_string(), id);
    assert_eq!(
        (&worse["level"], &worse["acknowledged_by"]),
        (&"warning".into(), &serde_json::Value::Null)
    );
    let health = hotel.run(&["--at", MORNING, "health"]).ends(0);
    assert_eq!(health["alerts"][0]["id"].to_string(), id);
}

#[test]
fn nights_are_looked_at_up_to_fourteen_ahead() {
    let hotel = Hotel::small();
    hotel.reserved("B:2026-06-16:2026-06-17:5");
    assert_eq!(hotel.open_at(MORNING), []);
    hotel.reserved("B:2026-06-15:2026-06-16:5");
    let alert = hotel.alert_at(MORNING, "sold_out");
    assert_eq!(
        (&alert["from"], &alert["to"]),
        (&"2026-06-15".into(), &"2026-06-16".into())
    );
    hotel.done(&["settings", "set", "alert_nights_ahead", "15"]);
    assert_eq!(hotel.alert_at(MORNING, "sold_out")["to"], "2026-06-17");
}

#[test]
fn more_promised_than_there_is_is_told_and_of_tonight_who_has_no_bed() {
    let hotel = Hotel::small();
    hotel.reserved("C:2026-06-01:2026-06-03:3");
    few(&hotel, "2026-06-05", "2026-06-06", "2");
    assert_eq!(
        hotel.open_at(MORNING),
        [("sold_out".to_owned(), "C".to_owned())]
    );
    hotel.done(&[
        "outage",
        "add",
        "C:2026-06-02:2026-06-03:1",
        "--reason",
        "a burst pipe",
    ]);
    let below = hotel.alert_at(MORNING, "below_zero");
    assert_eq!(
        (&below["from"], &below["facts"]["rooms_left"]),
        (&"2026-06-02".into(), &(-1).into())
    );
    assert!(
        !hotel
            .open_at(MORNING)
            .iter()
            .any(|(kind, _)| kind == "walk_risk")
    );
    hotel.done(&[
        "outage",
        "add",
        "C:2026-06-01:2026-06-02:2",
        "--reason",
        "a burst pipe",
    ]);
    let risk = hotel.alert_at(MORNING, "walk_risk");
    assert_eq!(
        (&risk["subject"], &risk["facts"]["rooms"]),
        (&"house".into(), &2.into())
    );
    assert_eq!(hotel.run(&["--at", MORNING, "health"]).status, 1);
}

#[test]
fn failed_sales_and_refusals_of_an_hour_are_told_and_forgotten() {
    let hotel = Hotel::small();
    hotel.done_at(
        MORNING,
        &["reserve", "B:2026-06-25:2026-06-26:5", "--guest", "Ada"],
    );
    let refused = |minute: u32| {
        let at = format!("2026-06-01T10:{minute:02}:00Z");
        let words = [
            "--at",
            &at,
            "reserve",
            "B:2026-06-25:2026-06-26",
            "--guest",
            "Ada",
        ];
        hotel.run(&words).refused(3, "no_availability");
    };
    (1..=5).for_each(refused);
    let soon = "2026-06-01T10:30:00Z";
    assert_eq!(hotel.open_at(soon), []);
    refused(6);
    assert_eq!(
        hotel.open_at(soon),
        [("failed_sales".to_owned(), "house".to_owned())]
    );
    // Seven attempts are too few to speak of a share.
    for minute in 7..=20 {
        let at = format!("2026-06-01T10:{minute:02}:00Z");
        hotel.done_at(
            &at,
            &["reserve", "A:2026-06-25:2026-06-26", "--guest", "Ada"],
        );
    }
    let share = hotel.alert_at(soon, "refusals");
    assert_eq!(
        (&share["facts"]["refused"], &share["facts"]["attempts"]),
        (&6.into(), &21.into())
    );
    let hour = hotel.run(&["--at", soon, "health"]).ends(0)["last_hour"].clone();
    assert_eq!(
        (&hour["attempts"], &hour["failed_sales"]),
        (&21.into(), &6.into())
    );
    assert_eq!(hour["refusals"]["no_availability"], 6);
    let read = hotel.plain(&["--at", soon, "health"]).output().unwrap();
    let read = String::from_utf8(read.stdout).unwrap();
    for line in [
        "21 commands, 6 refused (6 no_availability), 6 sales failed\n",
        "  failed_sales   6 sales failed in the last hour.",
    ] {
        assert!(read.contains(line), "{read}");
    }
    // The sixth refusal is an hour old.
    assert_eq!(hotel.open_at("2026-06-01T11:06:00Z"), []);
}

#[test]
fn a_backup_that_is_a_day_old_is_told_until_there_is_one() {
    let hotel = Hotel::small();
    let first = hotel.number("SELECT instant FROM command ORDER BY seq LIMIT 1");
    let after = |millis: i64| keyrack_inventory::Instant::from_millis(first + millis).to_string();
    assert_eq!(hotel.open_at(&after(86_400_000)), []);
    let old = after(86_400_001);
    assert_eq!(
        hotel.open_at(&old),
        [("backup_old".to_owned(), "database".to_owned())]
    );
    let copy = hotel.folder.path().join("copy.db");
    hotel.done_at(&old, &["backup", copy.to_str().unwrap()]);
    assert_eq!(hotel.open_at(&old), []);
    let health = hotel
        .run(&["--at", &after(2 * 86_400_001), "health"])
        .ends(0);
    assert_eq!(health["last_backup"]["about"], "copy.db");
    let age = health["last_backup"]["age_hours"].as_f64().unwrap();
    assert!((age - 24.0).abs() < 0.01, "{age}");
}

#[test]
fn a_file_that_does_not_verify_is_critical_until_it_does() {
    let hotel = Hotel::small();
    hotel.reserved("B:2026-06-10:2026-06-12");
    let change = |by: &str| {
        let sql =
            format!("UPDATE cell SET sold = sold {by} 1 WHERE room_type = 'B' AND night = 20614");
        hotel.bare().execute_batch(&sql).unwrap();
    };
    change("+");
    hotel.run(&["verify"]).ends(1);
    let alert = hotel.alert_at(MORNING, "verify_failed");
    assert_eq!(
        (&alert["level"], &alert["facts"]["check"]),
        (&"critical".into(), &"counts".into())
    );
    assert_eq!(
        hotel.run(&["--at", MORNING, "health"]).ends(1)["last_verify"]["ok"],
        false
    );
    change("-");
    hotel.verified();
    assert!(
        !hotel
            .open_at(MORNING)
            .iter()
            .any(|(kind, _)| kind == "verify_failed")
    );
}

#[test]
fn many_looks_at_once_open_an_alert_once() {
    let hotel = Hotel::small();
    hotel.reserved("B:2026-06-05:2026-06-07:5");
    let words = ["--at", MORNING, "alerts", "list"];
    for run in hotel.at_once((0..8).map(|_| hotel.command(&words)).collect()) {
        assert_eq!(run.ends(0)["alerts"].as_array().unwrap().len(), 1);
    }
    assert_eq!(hotel.number("SELECT count(*) FROM alert"), 1);
}
