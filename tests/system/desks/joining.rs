//! Joining over a line that breaks: the same again goes on.

use std::process::Command;

use serde_json::Value;

use super::proxy::{Proxy, Weather};
use super::world::{Centre, Desk, settle};
use crate::hotel::{Hotel, Run, sample};

/// A hotel that has sold for some days: several parts of a history.
fn worked() -> Hotel {
    let hotel = Hotel::none();
    let (bookings, property) = (
        sample("resort_hotel_bookings.csv.gz"),
        sample("resort_hotel.toml"),
    );
    let arguments = [
        "replay",
        bookings.to_str().unwrap(),
        "--property",
        property.to_str().unwrap(),
        "--as-of",
        "2015-07-15",
    ];
    let mut command: Command = hotel.command(&arguments);
    let run = Run::of(command.output().unwrap());
    assert_eq!(run.status, 0, "{run:?}");
    hotel
}

fn asked(hotel: &Hotel, arguments: &[&str]) -> (i32, Value) {
    let run = Run::of(hotel.command(arguments).output().unwrap());
    (run.status, serde_json::from_str(&run.stdout).unwrap())
}

#[test]
fn a_history_that_is_cut_off_on_its_way_up_goes_on_when_it_is_asked_again() {
    let centre = Centre::start();
    let hotel = worked();
    let proxy = Proxy::to(centre.address, 1);
    let url = format!("http://{}", proxy.address);
    let code = centre.code();
    let enrol = ["enrol", &url, &code, "--name", "first"];
    let entries = "SELECT count(*) FROM entry";
    let hold = ["hold", "place", "A:2015-11-20:2015-11-21"];
    let mut reached = Vec::new();
    // Each time the line breaks a little later; the first answer lets the desk in.
    for answers in 2..4 {
        proxy.set(Weather::After(answers));
        let (status, said) = asked(&hotel, &enrol);
        assert_eq!(status, 5, "{said}");
        reached.push(centre.database.ask(entries).parse::<u64>().unwrap());
        // Nothing is written meanwhile.
        let (status, said) = asked(&hotel, &hold);
        let code = &said["error"]["code"];
        assert_eq!((status, code), (5, &Value::from("storage")), "{said}");
        let (status, said) = asked(&hotel, &["sync", "--once"]);
        assert_eq!(
            (status, &said["error"]["code"]),
            (3, &Value::from("joining")),
            "{said}"
        );
    }
    assert!(
        reached.is_sorted() && reached[0] < reached[1],
        "{reached:?}"
    );
    proxy.set(Weather::Fair);
    let (status, said) = asked(&hotel, &enrol);
    assert_eq!(status, 0, "{said}");
    assert_eq!(said["letters"], "A");
    let (status, said) = asked(&hotel, &hold);
    assert_eq!(status, 0, "{said}");
    let first = Desk {
        hotel,
        proxy,
        name: "first",
    };
    let second = Desk::another(&centre, "second", 2);
    settle(&[&first, &second]);
    for desk in [&first, &second] {
        desk.is_sound();
        desk.is_level();
    }
    centre.is_sound();
    let listed = centre.said(&["desk", "list", "mira"]);
    assert_eq!(listed.lines().count(), 2, "no desk twice: {listed}");
}
