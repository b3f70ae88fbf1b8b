//! Joining over a line that breaks: the same again goes on.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use serde_json::Value;

use super::proxy::{Proxy, Weather};
use super::world::{Centre, Desk, HOTEL, settle};
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

#[test]
fn an_enrolment_that_was_cut_off_is_given_up_unless_the_centre_has_it_all() {
    let centre = Centre::start();
    let hotel = worked();
    let proxy = Proxy::to(centre.address, 2);
    let url = format!("http://{}", proxy.address);
    let code = centre.code();
    let enrol = ["enrol", &url, &code, "--name", "first"];
    let give_up = ["enrol", "--give-up"];
    let hold = ["hold", "place", "A:2015-11-20:2015-11-21"];
    proxy.set(Weather::After(2));
    assert_eq!(asked(&hotel, &enrol).0, 5);
    assert_eq!(asked(&hotel, &hold).0, 5, "nothing is written meanwhile");
    // The last part was never sent: nobody has to be asked.
    proxy.set(Weather::Cut);
    let (status, said) = asked(&hotel, &give_up);
    assert_eq!(status, 0, "{said}");
    let (status, said) = asked(&hotel, &hold);
    assert_eq!(status, 0, "{said}");
    let (_, said) = asked(&hotel, &give_up);
    assert_eq!(said["error"]["code"], "not_enrolled", "{said}");

    // Once more, until the centre has all of it and the desk has not heard so.
    centre.said(&["desk", "revoke", "mira", "A"]);
    let code = centre.code();
    let enrol = ["enrol", &url, &code, "--name", "first"];
    proxy.set(Weather::After(2));
    assert_eq!(asked(&hotel, &enrol).0, 5);
    let whole = "SELECT count(*) FROM property WHERE catalogue IS NOT NULL";
    proxy.set(Weather::After(1));
    while centre.database.ask(whole) == "0" {
        let (status, said) = asked(&hotel, &enrol);
        assert_eq!(status, 5, "{said}");
    }
    proxy.set(Weather::Cut);
    assert_eq!(asked(&hotel, &give_up).0, 5, "it may have it all");
    proxy.set(Weather::Fair);
    let (status, said) = asked(&hotel, &give_up);
    let code = &said["error"]["code"];
    assert_eq!((status, code), (3, &Value::from("joining")), "{said}");
    let (status, said) = asked(&hotel, &enrol);
    assert_eq!(status, 0, "{said}");
    let (status, said) = asked(&hotel, &give_up);
    let code = &said["error"]["code"];
    assert_eq!((status, code), (3, &Value::from("enrolled")), "{said}");
}

#[test]
fn a_proxy_that_takes_less_than_the_centre_is_sent_smaller_parts() {
    let centre = Centre::start();
    let hotel = worked();
    let proxy = Proxy::to(centre.address, 3);
    let url = format!("http://{}", proxy.address);
    proxy.set(Weather::Small(60_000));
    let code = centre.code();
    let (status, said) = asked(&hotel, &["enrol", &url, &code, "--name", "first"]);
    assert_eq!(status, 0, "{said}");
    let first = Desk {
        hotel,
        proxy,
        name: "first",
    };
    settle(&[&first]);
    first.is_level();
    centre.is_sound();
}

#[test]
fn what_was_held_under_other_letters_is_let_go_when_a_history_has_come_in() {
    let centre = Centre::start();
    let (unused, hotel) = (Hotel::none(), worked());
    let url = format!("http://{}", centre.address);
    let enrol = |hotel: &Hotel, name: &str| {
        let code = centre.code();
        asked(hotel, &["enrol", &url, &code, "--name", name])
    };
    let (status, said) = enrol(&unused, "unused");
    assert_eq!((status, &said["letters"]), (0, &Value::from("A")), "{said}");
    let hold = [
        "hold",
        "place",
        "A:2015-11-20:2015-11-21",
        "--minutes",
        "60",
    ];
    let (status, held) = asked(&hotel, &hold);
    assert_eq!(
        (status, &held["hold"]["number"]),
        (0, &Value::from("A-H1")),
        "{held}"
    );
    let (status, said) = enrol(&hotel, "first");
    assert_eq!((status, &said["letters"]), (0, &Value::from("B")), "{said}");
    let active = "SELECT count(*) FROM hold WHERE status = 'active'";
    assert_eq!(centre.database.ask(active), "0");
    let (_, shown) = asked(&hotel, &["hold", "list"]);
    assert!(!shown.to_string().contains("\"active\""), "{shown}");
    centre.is_sound();
}

#[test]
fn a_desk_that_lost_what_it_shows_is_let_in_again_and_keeps_its_queue_and_who_found_it_is_not() {
    let centre = Centre::start();
    let desk = Desk::first(&centre, 91);
    settle(&[&desk]);
    desk.set(Weather::Cut);
    let (status, sold) = desk.run(&["reserve", "A:2026-06-03:2026-06-04", "--guest", "Ana"]);
    assert_eq!(status, 0, "{sold}");
    // An exchange that failed is told at once, though the centre was heard a moment ago.
    assert_eq!(desk.run(&["sync", "--once"]).0, 5);
    let standing = || desk.run(&["sync", "status"]).1["centre"].clone();
    let away = standing();
    assert_eq!(
        (&away["reach"], &away["failing"]["code"]),
        (&"offline".into(), &"unreachable".into())
    );
    desk.set(Weather::Fair);
    let mut token = desk.hotel.file.clone().into_os_string();
    token.push("-centre");
    let found = std::fs::read(&token).unwrap();
    std::fs::remove_file(&token).unwrap();
    let (status, lost) = desk.run(&["sync", "--once"]);
    assert_eq!(
        (status, &lost["error"]["code"]),
        (3, &"no_token".into()),
        "{lost}"
    );
    assert!(
        lost["error"]["message"]
            .as_str()
            .unwrap()
            .contains("--desk"),
        "{lost}"
    );
    // A code for a new desk is none for this one, and is not used up by it.
    let url = format!("http://{}", desk.proxy.address);
    let any = centre.code();
    let (status, refused) = desk.run(&["enrol", &url, &any]);
    assert_eq!(
        (status, &refused["error"]["code"]),
        (3, &"fault".into()),
        "{refused}"
    );
    let said = centre.said(&["desk", "code", "mira", "--desk", "a"]);
    let own = said.lines().last().unwrap().trim();
    let (status, refused) = asked(&Hotel::none(), &["enrol", &url, own]);
    assert_eq!(status, 3, "nor is its code one for another: {refused}");
    let (status, joined) = desk.run(&["enrol", &url, own]);
    assert_eq!((status, &joined["letters"]), (0, &"A".into()), "{joined}");
    let there = standing();
    assert_eq!(
        (&there["reach"], &there["queued"]),
        (&"online".into(), &0.into()),
        "{there}"
    );
    assert_eq!(centre.database.ask("SELECT count(*) FROM desk"), "1");
    let another = asked(&Hotel::none(), &["enrol", &url, &any]);
    assert_eq!(another.0, 0, "{another:?}");
    settle(&[&desk]);
    desk.is_sound();
    desk.is_level();

    // What it showed before lets nobody in any more, and the desk that shows it is told.
    let kept = std::fs::read(&token).unwrap();
    std::fs::write(&token, found).unwrap();
    assert_eq!(desk.run(&["sync", "--once"]).0, 3);
    let gone = standing();
    assert_eq!(gone["reach"], "let_go", "{gone}");
    assert!(
        gone["failing"]["message"]
            .as_str()
            .unwrap()
            .contains("let this desk in"),
        "{gone}"
    );
    // Another copy of it may have been let in, and its share gone back to the others: nothing is promised out of it.
    assert_eq!(gone["safe_room_nights"], 0, "{gone}");
    let shares = ["sync", "shares", "2026-06-05", "2026-06-06", "--type", "A"];
    assert_eq!(desk.run(&shares).1["room_types"][0]["rooms"][0], 0);
    let (status, sold) = desk.run(&["reserve", "A:2026-06-05:2026-06-06", "--guest", "Ivo"]);
    let state = &sold["reservation"]["status"];
    assert_eq!((status, state), (4, &"needs_confirmation".into()), "{sold}");
    std::fs::write(&token, kept).unwrap();
    settle(&[&desk]);
    let back = standing();
    assert_eq!(back["reach"], "online");
    assert!(back["safe_room_nights"].as_u64() > Some(0), "{back}");
    let (_, list) = desk.run(&["reservation", "list", "--guest", "Ivo"]);
    assert_eq!(list["reservations"][0]["status"], "confirmed", "{list}");
    desk.is_sound();
    desk.is_level();
}

#[test]
fn who_exchanges_without_a_pause_needs_nobody_to_sign_in() {
    let centre = Centre::start();
    let desk = Desk::first(&centre, 92);
    let added = ["staff", "add", "Rui", "--role", "admin"];
    let mut add = desk.hotel.command(&added);
    add.env("KEYRACK_PASSWORD", "a long enough word");
    assert!(add.output().unwrap().status.success());
    assert_eq!(desk.run(&["sync", "status"]).0, 3, "it is asked who looks");
    let mut work = desk.hotel.command(&["sync"]);
    let mut work = work.stdout(Stdio::piped()).spawn().unwrap();
    let mut said = BufReader::new(work.stdout.take().unwrap());
    let mut line = String::new();
    said.read_line(&mut line).unwrap();
    assert!(!line.is_empty(), "it did not begin");
    assert!(work.try_wait().unwrap().is_none(), "it goes on: {line}");
    work.kill().unwrap();
    work.wait().unwrap();
}

#[test]
fn a_desk_joins_a_centre_that_vouches_for_itself_and_believes_no_other() {
    let mut centre = Centre::start_with(Some(tempfile::tempdir().unwrap()));
    let hotel = Hotel::with(HOTEL);
    let url = format!("https://{}", centre.address);
    let code = centre.code();
    let (bare, _) = code.split_at(29);
    let (status, said) = asked(&hotel, &["enrol", &url, bare, "--name", "desk"]);
    assert_eq!(status, 5, "nobody vouches for it: {said}");
    let (status, said) = asked(&hotel, &["enrol", &url, &code, "--name", "desk"]);
    assert_eq!(status, 0, "{said}");
    let (status, said) = asked(
        &hotel,
        &["reserve", "A:2026-06-03:2026-06-04", "--guest", "Ana"],
    );
    assert_eq!(status, 0, "{said}");
    centre.kill();
    centre.up();
    let (status, said) = asked(&hotel, &["sync", "--once"]);
    assert_eq!((status, &said["pushed"]), (0, &Value::from(1)), "{said}");

    // Somebody else answers at its address.
    centre.kill();
    centre.own_tls = Some(tempfile::tempdir().unwrap());
    centre.up();
    let (status, said) = asked(
        &hotel,
        &["reserve", "A:2026-06-04:2026-06-05", "--guest", "Ivo"],
    );
    assert_eq!(status, 0, "it goes on within its share: {said}");
    let (status, said) = asked(&hotel, &["sync", "--once"]);
    assert_eq!(
        (status, &said["error"]["code"]),
        (5, &"distrusted".into()),
        "{said}"
    );
    assert_eq!(said["error"]["why"], "authority", "{said}");
    let stored = centre.database.ask("SELECT count(*) FROM queued");
    assert_eq!(stored, "1", "nothing is told to it");
}
