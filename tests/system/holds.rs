//! Holds end on the instant, and each is let go once.

use std::sync::Barrier;
use std::thread;

use keyrack_desk::{Clock, Desk, Options};

use crate::hotel::{Hotel, SMALL};

const PLACED: &str = "2026-06-01T10:00:00Z";

fn placed(hotel: &Hotel, stay: &str) -> String {
    let made = hotel.done(&["--at", PLACED, "hold", "place", stay, "--minutes", "10"]);
    made["hold"]["number"].as_str().unwrap().to_owned()
}

#[test]
fn past_its_time_a_hold_counts_nowhere_swept_or_not() {
    let hotel = Hotel::small();
    let number = placed(&hotel, "B:2026-06-10:2026-06-12:5");
    let before = hotel.content();
    for (at, held) in [
        ("2026-06-01T10:09:59.999Z", 5),
        ("2026-06-01T10:10:00Z", 0),
        ("2026-06-01T11:00:00Z", 0),
    ] {
        let cell = hotel.cell_with("B", "2026-06-10", &["--at", at]);
        assert_eq!(cell["held"], held, "{at}");
        assert_eq!(cell["available"], 5 - held, "{at}");
        let explained = hotel.done(&["--at", at, "explain", "B", "2026-06-10"]);
        assert_eq!(explained["cell"]["held"], held, "{at}");
        let lines = explained["lines"].as_array().unwrap();
        let held_lines = lines.iter().filter(|line| line["count"] == "held").count();
        assert_eq!(held_lines, usize::from(held > 0), "{at}");
        let house = hotel.done(&["--at", at, "availability", "2026-06-10", "2026-06-11"]);
        assert_eq!(house["house"]["cells"][0]["held"], held, "{at}");
    }
    assert_eq!(hotel.content(), before, "looking changes nothing");
    let reserve = ["reserve", "B:2026-06-10:2026-06-12:5", "--guest", "Ada"];
    hotel
        .run(&[&["--at", "2026-06-01T10:09:59.999Z"], &reserve[..]].concat())
        .refused(3, "no_availability");
    hotel.done(&[&["--at", "2026-06-01T10:10:00Z"], &reserve[..]].concat());
    hotel
        .run(&[
            "--at",
            "2026-06-01T10:10:00Z",
            "hold",
            "convert",
            &number,
            "--guest",
            "Ada",
        ])
        .refused(3, "hold_expired");
    // The clock goes back: it does not come back.
    let cell = hotel.cell_with("B", "2026-06-10", &["--at", PLACED]);
    assert_eq!((&cell["held"], &cell["sold"]), (&0.into(), &5.into()));
    hotel.verified();
}

#[test]
fn a_hold_becomes_a_reservation_without_letting_go_of_its_rooms() {
    let hotel = Hotel::small();
    let number = placed(&hotel, "B:2026-06-10:2026-06-12:5");
    let made = hotel.done(&["--at", PLACED, "hold", "convert", &number, "--guest", "Ada"]);
    assert!(made["reservation"]["number"].is_string(), "{made}");
    let cell = hotel.cell("B", "2026-06-10");
    assert_eq!((&cell["held"], &cell["sold"]), (&0.into(), &5.into()));
    hotel.verified();
}

#[test]
fn eight_processes_at_once_let_each_due_hold_go_exactly_once() {
    let hotel = Hotel::small();
    for day in 10..22 {
        placed(&hotel, &format!("A:2026-06-{day}:2026-06-25:2"));
    }
    let later = "2026-06-01T12:00:00Z";
    let words = [
        "--at",
        later,
        "reserve",
        "A:2026-06-10:2026-06-11",
        "--guest",
        "Ada",
    ];
    let runs = hotel.at_once((0..8).map(|_| hotel.command(&words)).collect());
    for run in runs {
        run.ends(0);
    }
    let ended = hotel.run(&["events", "--type", "hold_ended"]).lines();
    assert_eq!(ended.len(), 12);
    for event in &ended {
        assert_eq!(event["actor"], "system");
        assert!(
            event["causation_id"].is_string(),
            "by which command: {event}"
        );
    }
    assert_eq!(hotel.number("SELECT sum(held) FROM cell"), 0);
    assert_eq!(
        hotel.number("SELECT count(*) FROM hold WHERE status = 'expired'"),
        12
    );
    hotel.verified();
}

#[test]
fn eight_desks_that_sweep_at_once_share_the_due_holds_between_them() {
    let hotel = Hotel::small();
    for day in 10..22 {
        placed(&hotel, &format!("A:2026-06-{day}:2026-06-25:2"));
    }
    let mut options = Options::new(&hotel.file, "Iris");
    options.clock = Clock::Fixed("2026-06-01T12:00:00Z".parse().unwrap());
    let barrier = Barrier::new(8);
    let swept: Vec<u64> = thread::scope(|scope| {
        let desks: Vec<_> = (0..8)
            .map(|_| {
                scope.spawn(|| {
                    let desk = Desk::open(&options).unwrap();
                    barrier.wait();
                    desk.sweep().unwrap()
                })
            })
            .collect();
        desks.into_iter().map(|desk| desk.join().unwrap()).collect()
    });
    assert_eq!(swept.iter().sum::<u64>(), 12, "{swept:?}");
    assert_eq!(
        hotel.run(&["events", "--type", "hold_ended"]).lines().len(),
        12
    );
    assert_eq!(hotel.number("SELECT sum(held) FROM cell"), 0);
    hotel.verified();
}

#[test]
fn no_hold_ends_twice_whatever_the_clock_does() {
    let hotel = Hotel::small();
    for stay in ["B:2026-06-10:2026-06-12:2", "C:2026-06-10:2026-06-12"] {
        placed(&hotel, stay);
    }
    let ended = || hotel.number("SELECT count(*) FROM event WHERE type = 'hold_ended'");
    // Forward by years, back by hours, back by years, and forward again: each time somebody works.
    for at in [
        "2036-06-01T10:00:00Z",
        "2026-06-01T06:00:00Z",
        "1999-12-31T23:59:59Z",
        "2026-06-01T10:05:00Z",
        "2036-06-01T10:00:00Z",
    ] {
        hotel.done(&[
            "--at",
            at,
            "reserve",
            "A:2026-06-10:2026-06-11",
            "--guest",
            "Ada",
        ]);
        assert_eq!(ended(), 2, "{at}");
        let cell = hotel.cell_with("B", "2026-06-10", &["--at", at]);
        assert_eq!(cell["held"], 0, "{at}");
        let extend = ["--at", at, "hold", "extend", "A-H1", "--minutes", "10"];
        hotel.run(&extend).refused(3, "hold_expired");
        let listed = hotel.done(&["--at", at, "hold", "list"]);
        assert_eq!(listed["holds"].as_array().unwrap().len(), 0, "{at}");
    }
    assert_eq!(hotel.cell("A", "2026-06-10")["sold"], 5);
    hotel.verified();
}

#[test]
fn no_night_is_lost_and_no_hold_is_longer_when_the_clocks_change() {
    for (date, next, last) in [
        ("2026-03-28", "2026-03-29", "2026-03-31"),
        ("2026-10-24", "2026-10-25", "2026-10-27"),
    ] {
        let hotel = Hotel::none();
        let property = hotel.write("property.toml", SMALL.replace("2026-06-01", date));
        let nights = format!("{date}..2026-12-01");
        hotel.done(&["init", property.to_str().unwrap(), "--nights", &nights]);
        // The clocks of Lisbon change at 01:00 UTC: ten minutes over it are ten minutes.
        let at = |minute: &str| format!("{next}T{minute}Z");
        let stay = format!("B:{date}:{last}");
        let hold = ["hold", "place", &stay, "--minutes", "10"];
        hotel.done(&[&["--at", &at("00:55:00")], &hold[..]].concat());
        for (minute, held) in [("01:04:59", 1), ("01:05:00", 0)] {
            let cell = hotel.cell_with("B", next, &["--at", &at(minute)]);
            assert_eq!(cell["held"], held, "{next} {minute}");
        }
        hotel.done(&["--at", &at("01:10:00"), "reserve", &stay, "--guest", "Ada"]);
        for night in [date, next] {
            assert_eq!(hotel.cell("B", night)["sold"], 1, "{night}");
        }
        assert_eq!(hotel.cell("B", last)["sold"], 0);
        hotel.done(&["--at", &at("12:00:00"), "check-in", "A1"]);
        // Each date ends once: in the night of the change, and in the one after it.
        hotel.done(&["--at", &at("03:00:00"), "end-of-day"]);
        let again = ["--at", &at("04:00:00"), "end-of-day"];
        hotel.run(&again).refused(3, "too_early");
        let evening = at("23:30:00");
        let ended = hotel.done(&["--at", &evening, "end-of-day"]);
        assert_ne!(ended["business_date"], next);
        hotel.verified();
    }
}
