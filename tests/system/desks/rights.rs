//! Rights that somebody changed by hand: the desk counts its share as the centre does, or says where not.

use super::world::{Centre, Desk, settle};

/// What the comparison says of the share, and how it ended.
fn compared(desk: &Desk) -> (i32, Vec<String>) {
    let (status, document) = desk.run(&["verify", "--against-centre"]);
    let checks = document["checks"].as_array().unwrap();
    let shares = checks.iter().find(|check| check["name"] == "shares");
    let told = shares.unwrap()["differences"].as_array().unwrap();
    let told = told.iter().map(|line| line.as_str().unwrap().to_owned());
    (status, told.collect())
}

#[test]
fn a_right_that_was_changed_here_or_at_the_centre_is_named_with_its_counts() {
    let centre = Centre::start();
    let first = Desk::first(&centre, 5);
    let second = Desk::another(&centre, "second", 6);
    first
        .hotel
        .done(&["reserve", "A:2026-06-03:2026-06-05", "--guest", "Ana Reis"]);
    settle(&[&first, &second]);
    for desk in [&first, &second] {
        assert_eq!(compared(desk), (0, Vec::new()), "{}", desk.name);
    }
    // Nothing of that night was sold: no command told of the right.
    let of = "WHERE night = DATE '2026-06-10' - DATE '1970-01-01' AND room_type = 'A'
        AND desk = (SELECT id FROM desk WHERE letters = 'B')";
    let granted: u32 = centre
        .database
        .ask(&format!("SELECT granted FROM share {of}"))
        .parse()
        .unwrap();
    assert!(granted > 0);
    centre.database.ask(&format!(
        "UPDATE share SET granted = consumed + returned {of}"
    ));
    let (status, told) = compared(&second);
    assert_eq!(status, 1, "{told:?}");
    let [one] = told.as_slice() else {
        panic!("one right differs: {told:?}");
    };
    let here = format!("share A 2026-06-10: granted {granted}, sold 0, given back ");
    assert!(one.starts_with(&here), "{one}");
    assert!(one.ends_with(" at the centre"), "{one}");
    assert_eq!(compared(&first).0, 0, "it is not its right");
    centre
        .database
        .ask(&format!("UPDATE share SET granted = {granted} {of}"));
    assert_eq!(compared(&second), (0, Vec::new()));
    // The desk helps itself.
    let bare = second.hotel.bare();
    let nights = bare
        .execute(
            "UPDATE share SET granted = granted + 8 WHERE night >= 20609",
            [],
        )
        .unwrap();
    let (status, told) = compared(&second);
    assert_eq!(status, 1, "{told:?}");
    assert!(nights > 20 && told.len() == 20, "{nights}: {told:?}");
}
