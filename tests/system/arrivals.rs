//! Nobody is checked in before the arrival: on the command line, in lists, at the end of the day and on the card alike.

use serde_json::{Value, json};

use crate::hotel::Hotel;

fn may(hotel: &Hotel, id: &str, step: &str) -> bool {
    let shown = hotel.done(&["reservation", "show", id]);
    let allowed = shown["allowed"].as_array().unwrap();
    let of_stay = shown["stays"][0]["allowed"].as_array().unwrap();
    assert_eq!(
        allowed.contains(&json!(step)),
        of_stay.contains(&json!(step)),
        "{shown}"
    );
    allowed.contains(&json!(step))
}

fn in_house(hotel: &Hotel) -> usize {
    let list = hotel.done(&["reservation", "list", "--in-house"]);
    list["reservations"].as_array().unwrap().len()
}

#[test]
fn a_check_in_weeks_before_the_arrival_is_refused_and_says_what_to_do() {
    let hotel = Hotel::small();
    let number = hotel.reserved("B:2026-06-20:2026-06-22");
    let before = hotel.content();
    assert!(!may(&hotel, &number, "check_in"));
    for words in [
        &["check-in", &number, "--room", "7"][..],
        &["--override", "he is here", "check-in", &number],
        &["check-in", "A1/1"],
    ] {
        let error = hotel.run(words).refused(3, "illegal_transition");
        assert_eq!(
            (&error["from"], &error["to"], &error["arrival"]),
            (
                &json!("confirmed"),
                &json!("check_in"),
                &json!("2026-06-20")
            ),
            "{error}"
        );
        assert!(
            !error["allowed"]
                .as_array()
                .unwrap()
                .contains(&json!("check_in"))
        );
        let said = error["message"].as_str().unwrap();
        for part in ["Sat 20 Jun 2026", "Mon 1 Jun 2026", "amend", "walk-in"] {
            assert!(said.contains(part), "{said}");
        }
    }
    let cells = |content: &str| {
        let of_stays = content
            .split("CREATE TABLE ")
            .filter(|table| table.starts_with("stay "));
        of_stays.collect::<String>()
    };
    assert_eq!(cells(&hotel.content()), cells(&before));
    assert_eq!(in_house(&hotel), 0);

    // What the sentence says helps: amended to today, he is let in.
    hotel.done(&["amend", &number, "B:2026-06-01:2026-06-22"]);
    assert!(may(&hotel, &number, "check_in"));
    hotel.done(&["check-in", &number, "--room", "7"]);
    assert_eq!(in_house(&hotel), 1);
    hotel.verified();
}

#[test]
fn the_room_of_a_later_guest_stays_free_and_of_several_each_stands_alone() {
    let hotel = Hotel::small();
    let later = hotel.reserved("B:2026-06-20:2026-06-22");
    let now = hotel.reserved("B:2026-06-01:2026-06-03");
    let answer = hotel
        .run(&["check-in", &later, &now, "--room", "7"])
        .ends(3);
    assert_eq!(answer["done"], json!([now]));
    assert_eq!(answer["failed"][0]["id"], json!(later));
    assert_eq!(answer["failed"][0]["error"]["arrival"], "2026-06-20");
    // Two stays, of which one arrives today: that one is in the house.
    let both = hotel.done(&[
        "reserve",
        "C:2026-06-01:2026-06-02",
        "C:2026-06-02:2026-06-03",
        "--guest",
        "Ada",
    ]);
    let both = both["reservation"]["number"].as_str().unwrap().to_owned();
    hotel.done(&["check-in", &both]);
    let shown = hotel.done(&["reservation", "show", &both]);
    let status: Vec<&Value> = (0..2).map(|at| &shown["stays"][at]["status"]).collect();
    assert_eq!(status, ["checked_in", "confirmed"]);
    hotel.verified();
}

#[test]
fn after_midnight_the_business_date_counts_until_it_is_rolled() {
    let hotel = Hotel::small();
    let number = hotel.reserved("B:2026-06-02:2026-06-04");
    // Past midnight by the clock, and still the first by the books.
    let night = ["--at", "2026-06-02T00:30:00Z"];
    let check_in = [night[0], night[1], "check-in", &number];
    hotel.run(&check_in).refused(3, "illegal_transition");
    hotel.done(&[night[0], night[1], "end-of-day"]);
    let morning = ["--at", "2026-06-02T06:00:00Z"];
    assert!(may(&hotel, &number, "check_in"));
    hotel.done(&[morning[0], morning[1], "check-in", &number]);
    // Day use on its date, and not before.
    let day = hotel.reserved("A:2026-06-03:2026-06-03");
    hotel
        .run(&["check-in", &day])
        .refused(3, "illegal_transition");
    hotel.verified();
}
