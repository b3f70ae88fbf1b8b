//! Every reason for which a stay, a range or an undo is refused, as a script sees it: the code, why, a sentence,
//! and that nothing changed.

use serde_json::Value;

use crate::hotel::Hotel;

/// What is asked for, and why it is refused. B has 5 rooms, C has 3; the business date is 1 June.
const FAULTS: [(&str, &str); 26] = [
    (
        "reserve B:2026-06-05:2026-06-03 --guest X",
        "departure_before_arrival",
    ),
    ("reserve B:2026-06-05:2026-06-07:501 --guest X", "rooms"),
    ("reserve B:2026-06-05:2027-07-03 --guest X", "too_long"),
    ("reserve B:2030-06-05:2030-06-06 --guest X", "not_open"),
    (
        "reserve B:2026-06-05:2026-06-06 --guest X --walk-in",
        "walk_in_arrives_today",
    ),
    (
        "reserve B:2026-06-05:2026-06-06 --guest X --option-until 2026-05-05",
        "option_out_of_range",
    ),
    (
        "reserve B:2026-06-12:2026-06-13 --guest X --hold A-H1 --allotment A-G1",
        "picked_up_or_else",
    ),
    (
        "reserve C:2026-06-05:2026-06-07 --guest X --hold A-H1",
        "hold_of_other_rooms",
    ),
    ("amend A1 B:2026-06-02:2026-06-04", "already_arrived"),
    ("amend A3 B:2026-06-02:2026-06-02", "already_arrived"),
    ("no-show A2", "not_due_yet"),
    (
        "reservation move A1/1 2026-06-20 C",
        "not_a_night_of_the_stay",
    ),
    (
        "hold place B:2026-06-05:2026-06-06 --minutes 90",
        "hold_minutes",
    ),
    (
        "outage add B:2026-06-05:2026-06-05:1 --reason X",
        "no_night",
    ),
    (
        "outage add B:2026-06-05:2026-06-07:700 --reason X",
        "outage_rooms",
    ),
    ("outage end A-O1 --on 2026-06-25", "outage_longer"),
    (
        "limits set house 2026-06-05 2026-06-06 --physical 2",
        "house_has_no_rooms",
    ),
    (
        "limits set B 2026-06-05 2026-06-06 --min-stay 5 --max-stay 2",
        "length_out_of_range",
    ),
    ("nights open 2026-06-05..2046-06-06", "too_far"),
    (
        "allotment open G --kind elastic B:2026-06-05:2026-06-07:700",
        "allotment_rooms",
    ),
    (
        "allotment open G --kind elastic B:2026-06-05:2026-06-07 --cut-off 2026-07-01",
        "cut_off_too_late",
    ),
    (
        "allotment open G --kind elastic B:2026-06-05:2026-06-07 --cut-off 2026-05-01",
        "cut_off_past",
    ),
    (
        "allotment open G --kind elastic B:2026-06-05:2026-06-07 --shoulder 400",
        "shoulder_too_long",
    ),
    (
        "allotment pick-up A-G1 C:2026-06-12:2026-06-13 --guest X",
        "outside_allotment",
    ),
    (
        "allotment pick-up A-G1 B:2026-06-22:2026-06-23 --guest X",
        "outside_allotment",
    ),
    (
        "waitlist join B:2026-06-05:2026-06-04 --guest X",
        "departure_before_arrival",
    ),
];

fn words(line: &str) -> Vec<&str> {
    line.split_whitespace().collect()
}

/// A guest in house (A1), one who comes later (A2), another in house (A3), a hold, an outage and a group.
fn busy() -> Hotel {
    let hotel = Hotel::small();
    for line in [
        "reserve B:2026-06-01:2026-06-04 --guest Ada",
        "reserve B:2026-06-05:2026-06-08 --guest Bo",
        "reserve B:2026-06-01:2026-06-03 --guest Cy",
        "check-in A1 A3",
        "hold place C:2026-06-04:2026-06-06 --minutes 60",
        "outage add C:2026-06-10:2026-06-14:1 --reason leak",
        "allotment open G --kind elastic B:2026-06-12:2026-06-14:2",
    ] {
        hotel.done(&words(line));
    }
    hotel
}

#[test]
fn every_fault_of_a_stay_or_a_range_says_why_and_changes_nothing() {
    let hotel = busy();
    let before = hotel.number("SELECT count(*) FROM event");
    for (line, why) in FAULTS {
        let run = hotel.run(&words(line));
        let error = run.refused(3, "invalid_stay");
        assert_eq!(error["why"], why, "{line}: {error}");
        let said = error["message"].as_str().unwrap();
        assert!(said.ends_with('.'), "{line}: {said}");
    }
    assert_eq!(hotel.number("SELECT count(*) FROM event"), before);
    // Nights that were slept, and those of a group that are over.
    hotel.done(&[
        "allotment",
        "open",
        "H",
        "--kind",
        "elastic",
        "C:2026-06-01:2026-06-03:1",
    ]);
    hotel.done(&["end-of-day"]);
    for (line, why) in [
        (
            "reserve B:2026-06-01:2026-06-03 --guest X",
            "before_business_date",
        ),
        ("amend A1 B:2026-06-01:2026-06-01", "already_slept"),
        ("reservation move A1/1 2026-06-01 C", "already_slept"),
        (
            "allotment resize A-G2 C:2026-06-01:2026-06-03:2",
            "night_is_over",
        ),
    ] {
        let error = hotel.run(&words(line)).refused(3, "invalid_stay");
        assert_eq!(error["why"], why, "{line}: {error}");
    }
    hotel.verified();
}

#[test]
fn every_reason_against_an_undo_is_told() {
    let hotel = Hotel::small();
    let why = |hotel: &Hotel, arguments: &[&str]| -> Value {
        hotel.run(arguments).refused(3, "cannot_undo")["why"].clone()
    };
    assert_eq!(why(&hotel, &["undo"]), "no_inverse", "the set-up");
    let id = |made: &Value| made["command_id"].as_str().unwrap().to_owned();
    assert_eq!(
        why(&hotel, &["--actor", "nobody", "undo"]),
        "nothing_to_undo"
    );
    let sold_out = hotel.run(&["reserve", "C:2026-06-05:2026-06-06:9", "--guest", "X"]);
    sold_out.refused(3, "no_availability");
    assert_eq!(why(&hotel, &["undo", &id(&sold_out.json())]), "was_refused");
    let made = hotel.done(&["reserve", "B:2026-06-01:2026-06-04", "--guest", "Ada"]);
    let in_house = hotel.done(&["check-in", "A1"]);
    assert_eq!(why(&hotel, &["undo", &id(&made)]), "changed_since");
    hotel.done(&["end-of-day"]);
    assert_eq!(why(&hotel, &["undo", &id(&in_house)]), "date_moved_on");
    let gone = hotel.done(&["reserve", "B:2026-06-05:2026-06-06", "--guest", "Bo"]);
    hotel.done(&["undo"]);
    assert_eq!(why(&hotel, &["undo", &id(&gone)]), "already_undone");
    hotel.verified();
}
