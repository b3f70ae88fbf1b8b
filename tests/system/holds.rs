//! Holds end on the instant, and each is let go once.

use std::sync::Barrier;
use std::thread;

use keyrack_desk::{Clock, Desk, Options};

use crate::hotel::Hotel;

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
