//! Lists from the command line: what narrows and sorts them, cursors, events that are followed, and a
//! cell as it was.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::hotel::Hotel;

/// Reservations of different totals, dates and statuses.
fn lived_in() -> Hotel {
    let hotel = Hotel::small();
    for (stay, price) in [
        ("A:2026-06-01:2026-06-03", "100.00"), // A1: 200
        ("A:2026-06-05:2026-06-06", "500.50"), // A2: 500.50
        ("B:2026-06-03:2026-06-07", "10.00"),  // A3: 40
        ("C:2026-06-20:2026-06-22", "100.00"), // A4: 200
    ] {
        let code = &stay[..1];
        let price = format!("{code}={price}");
        hotel.done(&["reserve", stay, "--guest", "Ada", "--price", &price]);
    }
    hotel.done(&["check-in", "A1"]);
    hotel.done(&["cancel", "A4"]);
    hotel
}

fn numbers(list: &Value) -> String {
    let all = list["reservations"].as_array().unwrap().iter();
    let all: Vec<&str> = all.map(|one| one["number"].as_str().unwrap()).collect();
    all.join(" ")
}

#[test]
fn a_list_is_narrowed_and_sorted_by_what_is_asked() {
    let hotel = lived_in();
    for (words, expected) in [
        ("", "A4 A3 A2 A1"),
        // Nothing is charged of what was cancelled.
        ("--sort highest-value", "A2 A1 A3 A4"),
        ("--sort arrival", "A1 A3 A2 A4"),
        ("--from 2026-06-05", "A4 A3 A2"),
        ("--to 2026-06-04", "A3 A1"),
        ("--from 2026-06-03 --to 2026-06-05", "A3"),
        ("--arriving 2026-06-05", "A2"),
        ("--departing 2026-06-07", "A3"),
        ("--in-house", "A1"),
        ("--status checked_in", "A1"),
        ("--status cancelled", "A4"),
        ("--status confirmed --sort arrival", "A3 A2"),
        ("--min-total 200.00", "A2 A1"),
        ("--max-total 200.00 --sort highest-value", "A1 A3 A4"),
        ("--min-total 100 --max-total 499.99", "A1"),
        ("--max-total 0 --status cancelled", "A4"),
        ("--in-house --arriving 2026-06-02", ""),
    ] {
        let mut all = vec!["reservation", "list"];
        all.extend(words.split_whitespace());
        assert_eq!(numbers(&hotel.done(&all)), expected, "{words}");
    }
}

#[test]
fn the_total_of_a_booking_is_what_is_charged_and_the_paper_says_so_too() {
    let hotel = Hotel::small();
    let stays = ["B:2026-06-10:2026-06-12", "C:2026-06-10:2026-06-12"];
    let prices = ["--price", "B=100", "--price", "C=50", "--guest", "Tom"];
    hotel.done(&[&["reserve"], &stays[..], &prices[..]].concat());
    let total = || {
        let shown = hotel.done(&["reservation", "show", "A1"]);
        let listed = hotel.done(&["reservation", "list"]);
        assert_eq!(listed["reservations"][0]["total"], shown["total"]);
        (shown["total"].clone(), shown["amounts"]["gross"].clone())
    };
    assert_eq!(total(), (30_000.into(), 30_000.into()));
    hotel.done(&["cancel", "A1/2"]);
    assert_eq!(total(), (20_000.into(), 20_000.into()));
    let found = |least| hotel.done(&["reservation", "list", "--min-total", least]);
    assert_eq!(numbers(&found("200")), "A1");
    assert_eq!(numbers(&found("200.01")), "");
    hotel.done(&["settings", "set", "vat_rates", "2024-01-01=19"]);
    hotel.done(&["settings", "set", "prices_include_vat", "off"]);
    assert_eq!(total(), (20_000.into(), 23_800.into()));
    let plain = hotel
        .plain(&["reservation", "show", "A1"])
        .output()
        .unwrap();
    let plain = String::from_utf8(plain.stdout).unwrap();
    assert!(
        plain.contains("total         200.00") && plain.contains("with VAT      238.00"),
        "{plain}"
    );
    let file = hotel.folder.path().join("all.jsonl");
    hotel.done(&["export", "reservations", file.to_str().unwrap()]);
    let rows = std::fs::read_to_string(&file).unwrap();
    let rows = rows
        .lines()
        .map(|row| serde_json::from_str::<Value>(row).unwrap());
    let mut exported: Vec<(String, String)> = rows
        .map(|row| (row["id"].to_string(), row["total"].to_string()))
        .collect();
    exported.sort();
    let row = |id: &str, total: &str| (format!("\"{id}\""), format!("\"{total}\""));
    assert_eq!(exported, [row("A1/1", "200.00"), row("A1/2", "0.00")]);
    hotel.done(&["cancel", "A1"]);
    assert_eq!(total(), (0.into(), Value::Null));
    hotel.done(&["undo"]);
    assert_eq!(total(), (20_000.into(), 23_800.into()));
    hotel.verified();
}

#[test]
fn a_kept_guest_is_among_the_arrivals_of_the_day_on_which_he_comes() {
    let hotel = Hotel::small();
    let stay = "B:2026-06-01:2026-06-05";
    for guarantee in ["letter", "card", "fax"] {
        hotel.done(&["reserve", stay, "--guest", "Late", "--guarantee", guarantee]);
    }
    let arriving = |date: &str| {
        let list = [
            "reservation",
            "list",
            "--sort",
            "arrival",
            "--arriving",
            date,
        ];
        numbers(&hotel.done(&list))
    };
    let at = |instant: &str, words: &[&str]| hotel.done(&[&["--at", instant], words].concat());
    assert_eq!(arriving("2026-06-01"), "A1 A2 A3");
    assert_eq!(arriving("2026-06-02"), "");
    at("2026-06-01T22:00:00Z", &["end-of-day"]);
    assert_eq!(arriving("2026-06-02"), "A1 A2 A3");
    at("2026-06-02T09:00:00Z", &["check-in", "A1"]);
    let moved = "B:2026-06-03:2026-06-05";
    at("2026-06-02T09:00:00Z", &["amend", "A3", moved]);
    assert_eq!(arriving("2026-06-02"), "A1 A2");
    let ended = at("2026-06-02T22:00:00Z", &["end-of-day"]);
    let report = std::path::Path::new(ended["pack"].as_str().unwrap()).join("report.json");
    let report: Value = serde_json::from_slice(&std::fs::read(report).unwrap()).unwrap();
    let listed = |name: &str| -> Vec<(String, String)> {
        let text = |one: &Value, key: &str| one[key].as_str().unwrap().to_owned();
        let all = report[name].as_array().unwrap().iter();
        all.map(|one| (text(one, "number"), text(one, "status")))
            .collect()
    };
    let told = |number: &str, status: &str| (number.to_owned(), status.to_owned());
    assert_eq!(
        listed("arrivals"),
        [told("A1", "checked_in"), told("A2", "confirmed")]
    );
    assert_eq!(listed("in_house"), [told("A1", "checked_in")]);
    // Kept once more, he is expected on the third; the others are not.
    assert_eq!(arriving("2026-06-03"), "A2 A3");
    hotel.verified();
}

#[test]
fn a_cursor_goes_on_with_its_own_list_and_with_no_other() {
    let hotel = lived_in();
    let first = hotel.done(&["reservation", "list", "--sort", "arrival", "--limit", "2"]);
    assert_eq!(numbers(&first), "A1 A3");
    let cursor = first["next"].as_str().unwrap();
    let with =
        |words: &[&str]| hotel.run(&[&["reservation", "list", "--cursor", cursor], words].concat());
    let last = with(&["--sort", "arrival"]).ends(0);
    assert_eq!(
        (numbers(&last).as_str(), &last["next"]),
        ("A2 A4", &Value::Null)
    );
    for other in [
        &["--sort", "newest"][..],
        &["--sort", "arrival", "--in-house"],
        &["--sort", "arrival", "--from", "2026-06-02"],
    ] {
        with(other).refused(2, "bad_input");
    }
    for cursor in ["", "x", "12.A3", "0.0.0.A1"] {
        let words = [
            "reservation",
            "list",
            "--sort",
            "arrival",
            "--cursor",
            cursor,
        ];
        hotel.run(&words).refused(2, "bad_input");
    }
}

#[test]
fn the_trail_goes_on_from_a_cursor_and_is_narrowed() {
    let hotel = lived_in();
    let seqs = |words: &[&str]| -> Vec<i64> {
        let rows = hotel.run(&[&["audit"], words].concat()).lines();
        rows.iter()
            .map(|row| row["seq"].as_i64().unwrap())
            .collect()
    };
    assert_eq!(seqs(&[]), [1, 2, 3, 4, 5, 6, 7, 8]);
    assert_eq!(seqs(&["--limit", "3", "--cursor", "2"]), [3, 4, 5]);
    assert_eq!(seqs(&["--action", "reserve", "--cursor", "4"]), [5, 6]);
    assert_eq!(seqs(&["--object", "A4"]), [6, 8]);
    assert_eq!(
        seqs(&["--from", "2000-01-01", "--limit", "2", "--cursor", "6"]),
        [7, 8]
    );
    assert_eq!(seqs(&["--to", "2000-01-01"]), [0_i64; 0]);
    assert_eq!(seqs(&["--actor", "nobody"]), [0_i64; 0]);
}

fn following(hotel: &Hotel, words: &[&str]) -> Child {
    let words = [&["events", "--follow"], words].concat();
    hotel
        .command(&words)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Its exit status, where it ends soon.
fn ended(child: &mut Child) -> Option<i32> {
    let until = Instant::now() + Duration::from_secs(20);
    while Instant::now() < until {
        if let Some(status) = child.try_wait().unwrap() {
            return status.code();
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    panic!("it goes on");
}

#[test]
fn who_follows_one_type_or_one_actor_sees_just_that_soon_after_it_happened() {
    let hotel = Hotel::small();
    let mut by_type = following(&hotel, &["--type", "stays_cancelled"]);
    let mut by_actor = following(&hotel, &["--actor", "Iris"]);
    let mut first = BufReader::new(by_type.stdout.take().unwrap());
    let mut second = BufReader::new(by_actor.stdout.take().unwrap());
    hotel.reserved("B:2026-06-10:2026-06-12");
    hotel.done(&[
        "reserve",
        "B:2026-06-10:2026-06-12",
        "--guest",
        "Ada",
        "--actor",
        "Iris",
    ]);
    hotel.done(&["cancel", "A1"]);
    let happened = Instant::now();
    let mut line = String::new();
    first.read_line(&mut line).unwrap();
    println!("seen after {:?}", happened.elapsed());
    assert!(
        happened.elapsed() < Duration::from_secs(2),
        "{:?}",
        happened.elapsed()
    );
    let event: Value = serde_json::from_str(&line).unwrap();
    assert_eq!(event["type"], "stays_cancelled");
    line.clear();
    second.read_line(&mut line).unwrap();
    let event: Value = serde_json::from_str(&line).unwrap();
    assert_eq!(
        (&event["actor"], &event["type"]),
        (&"Iris".into(), &"reservation_made".into())
    );
    for (mut child, mut rest) in [(by_type, first), (by_actor, second)] {
        let kill = Command::new("kill")
            .args(["-INT", &child.id().to_string()])
            .status();
        assert!(kill.unwrap().success());
        assert_eq!(
            ended(&mut child),
            Some(0),
            "an interruption is its regular end"
        );
        let mut left = String::new();
        rest.read_to_string(&mut left).unwrap();
        assert_eq!(left, "", "nothing else was printed");
    }
}

#[test]
fn who_follows_ends_when_its_reader_has_gone_though_nothing_happens() {
    let hotel = Hotel::small();
    let mut child = following(&hotel, &["--since", "5"]);
    drop(child.stdout.take());
    assert_eq!(ended(&mut child), Some(0));
    let mut said = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut said)
        .unwrap();
    assert_eq!(said, "");
}

#[test]
fn who_follows_with_a_limit_ends_after_so_many() {
    let hotel = Hotel::small();
    let mut child = following(&hotel, &["--type", "reservation_made", "--limit", "2"]);
    for _ in 0..3 {
        hotel.reserved("A:2026-06-10:2026-06-12");
    }
    assert_eq!(ended(&mut child), Some(0));
    let mut text = String::new();
    child
        .stdout
        .take()
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    assert_eq!(text.lines().count(), 2, "{text}");
}

#[test]
fn a_cell_is_explained_as_it_was_at_an_instant() {
    let hotel = Hotel::small();
    let at = |instant: &str, words: &[&str]| {
        hotel.done(&[&["--at", instant], words].concat());
    };
    let stay = "B:2026-06-10:2026-06-12";
    at(
        "2099-06-01T10:00:00Z",
        &["reserve", stay, "--guest", "Ada Moreau"],
    );
    at(
        "2099-06-01T11:00:00Z",
        &["hold", "place", stay, "--minutes", "30"],
    );
    at("2099-06-01T12:00:00Z", &["cancel", "A1"]);
    for (instant, sold, held, lines, history) in [
        ("2099-06-01T09:59:59Z", 0, 0, 0, 1),
        ("2099-06-01T10:00:00Z", 1, 0, 1, 2),
        ("2099-06-01T11:00:00Z", 1, 1, 2, 3),
        // Past its time, though nobody swept before noon.
        ("2099-06-01T11:30:00Z", 1, 0, 1, 3),
        ("2099-06-01T12:00:00Z", 0, 0, 0, 5),
    ] {
        for pool in ["B", "house"] {
            let words = ["explain", pool, "2026-06-10", "--at-instant", instant];
            let found = hotel.done(&words);
            assert_eq!(
                (&found["cell"]["sold"], &found["cell"]["held"]),
                (&sold.into(), &held.into())
            );
            let objects = found["lines"].as_array().unwrap().iter();
            assert_eq!(
                objects.filter(|line| line["kind"] != "limit").count(),
                lines,
                "{instant}"
            );
            if pool == "B" {
                assert_eq!(
                    found["history"].as_array().unwrap().len(),
                    history,
                    "{instant}"
                );
            }
            assert_eq!(found["upgrades"].as_array().unwrap().len(), 0);
            assert!(found["at_instant"].is_string());
        }
    }
    let early = [
        "explain",
        "B",
        "2026-06-10",
        "--at-instant",
        "2001-01-01T00:00:00Z",
    ];
    hotel.run(&early).refused(3, "invalid_stay");
    let bad = ["explain", "B", "2026-06-10", "--at-instant", "yesterday"];
    hotel.run(&bad).refused(2, "bad_input");
}
