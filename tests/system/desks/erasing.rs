//! A guest who is erased at one desk is erased at all of them.

use std::path::PathBuf;

use serde_json::Value;

use super::proxy::Weather;
use super::world::{Centre, Desk, settle};

fn beside(desk: &Desk, name: &str) -> PathBuf {
    let mut path = desk.hotel.file.as_os_str().to_owned();
    path.push(name);
    path.into()
}

/// Whether a byte of the file or its log tells of it.
pub(super) fn tells_of(desk: &Desk, word: &str) -> bool {
    ["", "-wal"].into_iter().any(|name| {
        let bytes = std::fs::read(beside(desk, name)).unwrap_or_default();
        bytes.windows(word.len()).any(|at| at == word.as_bytes())
    })
}

fn guests(desk: &Desk) -> String {
    desk.run(&["guest", "list"]).1.to_string()
}

#[test]
fn a_guest_who_is_erased_at_a_desk_is_erased_at_all_of_them() {
    let centre = Centre::start();
    let first = Desk::first(&centre, 1);
    let second = Desk::another(&centre, "second", 2);
    settle(&[&first, &second]);
    let stay = "A:2026-06-12:2026-06-13";
    let sale = [
        "reserve",
        stay,
        "--guest",
        "Zoe Moreau",
        "--note",
        "allergic to nuts",
    ];
    let (status, sold) = first.run(&sale);
    assert_eq!(status, 0, "{sold}");
    settle(&[&first, &second]);
    assert!(guests(&second).contains("Moreau"));
    let id = sold["reservation"]["guest"]["id"]
        .as_str()
        .map(str::to_owned);
    let id = id.unwrap_or_else(|| {
        let (_, list) = first.run(&["guest", "list"]);
        let one = list["guests"].as_array().unwrap().iter();
        let mut one = one.filter(|guest| guest["name"] == "Zoe Moreau");
        one.next().unwrap()["id"].as_str().unwrap().to_owned()
    });
    // Without the network, it is gone here at once, and goes from the others later.
    first.set(Weather::Cut);
    assert_eq!(
        first
            .run(&["guest", "erase", &id, "--reason", "asked for it"])
            .0,
        0
    );
    assert!(!guests(&first).contains("Moreau"));
    assert!(guests(&second).contains("Moreau"));
    assert!(tells_of(&second, "Moreau"));
    first.set(Weather::Fair);
    settle(&[&first, &second]);
    // Nor does the log beside the other file, and a backup of before that is put back there has it erased.
    for word in ["Moreau", "allergic"] {
        assert!(
            !tells_of(&second, word),
            "{word} is left at {}",
            second.name
        );
    }
    let list = std::fs::read_to_string(beside(&second, "-erased")).unwrap();
    assert!(list.contains(&id), "{list}");
    let third = Desk::another(&centre, "third", 3);
    for desk in [&first, &second, &third] {
        assert!(!guests(desk).contains("Moreau"), "{}", desk.name);
        let (_, shown): (i32, Value) = desk.run(&["reservation", "list"]);
        assert!(!shown.to_string().contains("nuts"), "{shown}");
        desk.is_sound();
        desk.is_level();
    }
    let kept = centre
        .database
        .ask("SELECT name FROM guest UNION ALL SELECT body FROM free_text");
    assert!(!kept.contains("Moreau") && !kept.contains("nuts"), "{kept}");
}

#[test]
fn an_erasure_where_the_bookings_of_several_came_at_once_takes_nothing_of_the_others() {
    let centre = Centre::start();
    let first = Desk::first(&centre, 61);
    let second = Desk::another(&centre, "second", 62);
    settle(&[&first, &second]);
    let booked = |guest: &str, note: &str| {
        let stay = "A:2026-06-12:2026-06-13";
        let sale = ["reserve", stay, "--guest", guest, "--note", note];
        let sale = [&sale[..], &["--guarantee", "by letter"]].concat();
        let (status, sold) = first.run(&sale);
        assert_eq!(status, 0, "{sold}");
        super::number(&sold)
    };
    let zoe = booked("Zoe Moreau", "allergic to nuts");
    let ivo = booked("Ivo Brandt", "sea view");
    settle(&[&first]);
    // The feed goes on in another epoch: both come to the second as rows, which it lays down as one correction.
    centre.database.ask("UPDATE property SET feed_epoch = 2");
    settle(&[&first, &second]);
    let erase = ["guest", "erase", &zoe, "--reason", "asked for it"];
    let (status, erased) = second.run(&erase);
    assert_eq!(status, 0, "{erased}");
    assert_eq!(erased["erased"]["reservations"], serde_json::json!([zoe]));
    assert_eq!(erased["erased"]["texts"], 2, "{erased}");
    settle(&[&second]);
    settle(&[&first, &second]);
    for desk in [&first, &second] {
        assert!(!tells_of(desk, "allergic"), "{}", desk.name);
        let (_, card) = desk.run(&["reservation", "show", &ivo]);
        assert_eq!(card["guest"]["name"], "Ivo Brandt", "{}", desk.name);
        assert_eq!(card["notes"], "sea view", "{}: {card}", desk.name);
        assert_eq!(card["guarantee"], "by letter", "{}: {card}", desk.name);
        desk.is_sound();
        desk.is_level();
    }
}
