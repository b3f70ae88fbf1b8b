//! What is known of a booking beside its stays is put right at several desks, and forgotten at all of them.

use serde_json::Value;

use super::erasing::tells_of;
use super::number;
use super::proxy::Weather;
use super::world::{Centre, Desk, settle};

const STAY: &str = "A:2026-06-12:2026-06-13";

/// Three desks of one hotel that know the same.
fn three(centre: &Centre, seed: u64) -> [Desk; 3] {
    let first = Desk::first(centre, seed);
    let second = Desk::another(centre, "second", seed + 1);
    let third = Desk::another(centre, "third", seed + 2);
    settle(&[&first, &second, &third]);
    [first, second, third]
}

fn all(desks: &[Desk; 3]) -> [&Desk; 3] {
    desks.each_ref()
}

fn book(desk: &Desk, guest: &str, note: &str, more: &[&str]) -> String {
    let sale = ["reserve", STAY, "--guest", guest, "--note", note];
    let (status, sold) = desk.run(&[&sale[..], more].concat());
    assert_eq!(status, 0, "{sold}");
    number(&sold)
}

/// Puts it right; gives the command's id.
fn set(desk: &Desk, id: &str, what: &[&str]) -> String {
    let (status, done) = desk.run(&[&["reservation", "set-details", id], what].concat());
    assert_eq!(status, 0, "{}: {done}", desk.name);
    done["command_id"].as_str().unwrap().to_owned()
}

fn card(desk: &Desk, id: &str) -> Value {
    desk.run(&["reservation", "show", id]).1
}

fn erase(desk: &Desk, guest: &str) {
    let (status, erased) = desk.run(&["guest", "erase", guest, "--reason", "asked for it"]);
    assert_eq!(status, 0, "{}: {erased}", desk.name);
}

fn is_sound(desks: &[Desk; 3]) {
    for desk in desks {
        desk.is_sound();
        desk.is_level();
    }
}

/// None of the words is left anywhere, and the id stands on the list beside each file.
fn is_forgotten(centre: &Centre, desks: &[Desk; 3], words: &[&str]) {
    let kept = centre.database.ask(
        "SELECT concat_ws(' ', name, phone, email) FROM guest UNION ALL SELECT body FROM free_text",
    );
    for word in words {
        for desk in desks {
            assert!(!tells_of(desk, word), "{word} is left at {}", desk.name);
        }
        assert!(!kept.contains(word), "{word} is left at the centre: {kept}");
    }
    is_sound(desks);
}

#[test]
fn desks_without_the_network_put_a_booking_right_and_agree() {
    let centre = Centre::start();
    let desks = three(&centre, 71);
    let [first, second, third] = all(&desks);
    let id = book(first, "Zoe Moraeu", "sea view", &["--adults", "2"]);
    settle(&all(&desks));
    for desk in all(&desks) {
        desk.set(Weather::Cut);
    }
    // One puts the guest right, one the notes, without knowing of each other; the third cancels.
    let renamed = set(
        first,
        &id,
        &["--guest", "Zoe Moreau", "--phone", "+351 289 123 456"],
    );
    set(
        second,
        &id,
        &["--note", "late", "--adults", "1", "--children", "1"],
    );
    let cancel = ["cancel", &id, "--reason", "guest"];
    assert_eq!(third.run(&cancel).0, 0);
    for desk in all(&desks) {
        desk.set(Weather::Fair);
        settle(&[desk]);
    }
    settle(&all(&desks));
    for desk in all(&desks) {
        let card = card(desk, &id);
        assert_eq!(card["status"], "cancelled", "{}: {card}", desk.name);
        assert_eq!(card["guest"]["name"], "Zoe Moreau", "{}: {card}", desk.name);
        assert_eq!(card["guest"]["phone"], "+351 289 123 456");
        // What the second did not know of was put right first: nothing of its own stands, and it is told.
        assert_eq!(
            (&card["notes"], &card["adults"]),
            (&"sea view".into(), &2.into())
        );
    }
    let (_, inbox) = second.run(&["inbox", "list"]);
    assert!(inbox.to_string().contains("stale"), "{inbox}");
    // The text that was refused is nowhere at the centre.
    let kept = centre.database.ask("SELECT body FROM free_text");
    assert!(!kept.contains("late"), "{kept}");
    is_sound(&desks);
    // The search knows the guest as he is called now, and by that alone.
    for (name, found) in [("Moreau", true), ("Moraeu", false)] {
        let (_, guests) = second.run(&["guest", "list", "--find", name]);
        assert_eq!(
            guests.to_string().contains("Zoe"),
            found,
            "{name}: {guests}"
        );
    }
    // Undone, the former guest stands there again, here and elsewhere.
    let (status, undone) = first.run(&["undo", &renamed]);
    assert_eq!(status, 0, "{undone}");
    settle(&all(&desks));
    for desk in all(&desks) {
        assert_eq!(
            card(desk, &id)["guest"]["name"],
            "Zoe Moraeu",
            "{}",
            desk.name
        );
    }
    is_sound(&desks);
}

#[test]
fn who_is_erased_is_so_under_every_name_that_stood_in_the_booking() {
    let centre = Centre::start();
    let desks = three(&centre, 74);
    let [first, second, third] = all(&desks);
    let id = book(first, "Zoe Moraeu", "allergic to nuts", &[]);
    set(
        first,
        &id,
        &["--guest", "Zoe Moreau", "--phone", "+351289123456"],
    );
    settle(&all(&desks));
    set(second, &id, &["--note", "wheelchair"]);
    settle(&all(&desks));
    // The feed goes on in another epoch: the third has the rows alone, and no history of them.
    centre.database.ask("UPDATE property SET feed_epoch = 2");
    settle(&all(&desks));
    erase(third, &id);
    settle(&[third]);
    settle(&all(&desks));
    is_forgotten(
        &centre,
        &desks,
        &["Moraeu", "Moreau", "289123456", "nuts", "wheelchair"],
    );
    // Who asked to be forgotten is not brought back.
    let (status, refused) =
        first.run(&["reservation", "set-details", &id, "--guest", "Zoe Moreau"]);
    assert_eq!(status, 2, "{refused}");
    is_forgotten(&centre, &desks, &["Moreau"]);
}

#[test]
fn an_erasure_and_a_correction_that_do_not_know_of_each_other_end_with_nobody() {
    // Whichever comes first to the centre.
    for erased_first in [true, false] {
        let centre = Centre::start();
        let desks = three(&centre, 77);
        let [first, second, _] = all(&desks);
        let id = book(first, "Zoe Moraeu", "allergic to nuts", &[]);
        settle(&all(&desks));
        for desk in all(&desks) {
            desk.set(Weather::Cut);
        }
        erase(first, &id);
        set(
            second,
            &id,
            &[
                "--guest",
                "Zoe Moreau",
                "--email",
                "zoe@example.com",
                "--note",
                "sea view",
            ],
        );
        set(
            second,
            &id,
            &["--note", "wheelchair", "--override", "Zoe insisted"],
        );
        let cancel = ["cancel", &id, "--reason", "other:Zoe has fallen ill"];
        assert_eq!(second.run(&cancel).0, 0);
        let order = match erased_first {
            true => [first, second],
            false => [second, first],
        };
        for desk in order {
            desk.set(Weather::Fair);
            settle(&[desk]);
        }
        desks[2].set(Weather::Fair);
        settle(&all(&desks));
        let words = [
            "Moraeu",
            "Moreau",
            "zoe@example",
            "nuts",
            "sea view",
            "wheelchair",
            "insisted",
            "fallen ill",
        ];
        is_forgotten(&centre, &desks, &words);
    }
}

#[test]
fn of_a_booking_that_was_split_the_other_half_keeps_its_guest_and_its_notes() {
    let centre = Centre::start();
    let desks = three(&centre, 80);
    let [first, second, _] = all(&desks);
    let sale = [
        "reserve",
        "A:2026-06-12:2026-06-13:2",
        "--guest",
        "Zoe Moreau",
        "--note",
        "sea view",
    ];
    let (status, sold) = first.run(&sale);
    assert_eq!(status, 0, "{sold}");
    let id = number(&sold);
    let (status, split) = first.run(&["reservation", "split", &format!("{id}/2")]);
    assert_eq!(status, 0, "{split}");
    let half = number(&split);
    // The other half is somebody else's.
    set(first, &half, &["--guest", "Ivo Brandt", "--note", "quiet"]);
    settle(&all(&desks));
    erase(second, &half);
    settle(&[second]);
    settle(&all(&desks));
    is_forgotten(&centre, &desks, &["Brandt", "quiet"]);
    for desk in all(&desks) {
        let card = card(desk, &id);
        assert_eq!(card["guest"]["name"], "Zoe Moreau", "{}: {card}", desk.name);
        assert_eq!(card["notes"], "sea view", "{}: {card}", desk.name);
    }
}

/// What one desk does with a booking, of which another erases the guest without having heard of it.
type Deed = fn(&Desk, &str);

#[test]
fn whatever_a_desk_did_with_the_booking_before_the_erasure_was_heard_of_is_forgotten_with_it() {
    let centre = Centre::start();
    let desks = three(&centre, 83);
    let [first, second, _] = all(&desks);
    let deeds: [Deed; 5] = [
        |desk, id| drop(set(desk, id, &["--note", "Aalto is late"])),
        |desk, id| {
            set(desk, id, &["--guarantee", "card of Aalto"]);
            set(desk, id, &["--guarantee", ""]);
        },
        |desk, id| {
            let renamed = set(desk, id, &["--guest", "Aalto Two", "--phone", "0401234567"]);
            assert_eq!(desk.run(&["undo", &renamed]).0, 0);
        },
        |desk, id| {
            set(desk, id, &["--guest", "Aalto Three"]);
            let (status, split) = desk.run(&["reservation", "split", &format!("{id}/2")]);
            assert_eq!(status, 0, "{split}");
            set(
                desk,
                &number(&split),
                &["--guest", "Aalto Four", "--note", "for Aalto"],
            );
        },
        |desk, id| {
            let why = ["cancel", id, "--reason", "other:Aalto is ill"];
            assert_eq!(desk.run(&why).0, 0);
        },
    ];
    let booked = |night: usize| {
        let stay = format!("A:2026-06-{:02}:2026-06-{:02}:2", 10 + night, 11 + night);
        let (status, sold) = first.run(&["reserve", &stay, "--guest", "Aalto One"]);
        assert_eq!(status, 0, "{sold}");
        number(&sold)
    };
    let ids: Vec<String> = (0..deeds.len()).map(booked).collect();
    let other = book(first, "Ivo Brandt", "sea view", &[]);
    settle(&all(&desks));
    for desk in all(&desks) {
        desk.set(Weather::Cut);
    }
    for (deed, id) in deeds.iter().zip(&ids) {
        deed(second, id);
        erase(first, id);
    }
    for desk in [second, first] {
        desk.set(Weather::Fair);
        settle(&[desk]);
    }
    desks[2].set(Weather::Fair);
    settle(&all(&desks));
    is_forgotten(&centre, &desks, &["Aalto", "0401234567"]);
    for desk in all(&desks) {
        for id in &ids {
            assert_eq!(
                card(desk, id)["guest"]["name"],
                "Erased guest",
                "{}: {id}",
                desk.name
            );
        }
    }
    let kept = card(&desks[2], &other);
    assert_eq!(
        (&kept["guest"]["name"], &kept["notes"]),
        (&"Ivo Brandt".into(), &"sea view".into())
    );
}

#[test]
fn what_a_desk_brought_and_what_the_centre_refused_is_left_nowhere() {
    let centre = Centre::start();
    let desks = three(&centre, 86);
    let [first, second, third] = all(&desks);
    let id = book(first, "Zoe Moraeu", "sea view", &[]);
    settle(&all(&desks));
    first.set(Weather::Cut);
    second.set(Weather::Cut);
    set(first, &id, &["--guest", "Zoe Moreau"]);
    set(
        second,
        &id,
        &[
            "--guest",
            "Zoe Marlow",
            "--phone",
            "0401234567",
            "--note",
            "from Marlow",
        ],
    );
    for desk in [first, second] {
        desk.set(Weather::Fair);
        settle(&[desk]);
    }
    settle(&all(&desks));
    is_forgotten(&centre, &desks, &["Marlow", "0401234567"]);
    // The centre's own erasure takes what gave way too.
    let (_, list) = third.run(&["guest", "list", "--find", "Moreau"]);
    let guest = list["guests"][0]["id"].as_str().unwrap().to_owned();
    centre.said(&["erase", "mira", &guest]);
    settle(&all(&desks));
    settle(&all(&desks));
    is_forgotten(&centre, &desks, &["Moraeu", "Moreau", "sea view"]);
}

#[test]
fn of_two_halves_each_keeps_what_is_its_own() {
    let centre = Centre::start();
    let desks = three(&centre, 89);
    let [first, second, _] = all(&desks);
    let stay = "A:2026-06-12:2026-06-13:2";
    let sale = ["reserve", stay, "--guest", "Zoe Moreau", "--adults", "4"];
    let (status, sold) = first.run(&sale);
    assert_eq!(status, 0, "{sold}");
    let id = number(&sold);
    settle(&all(&desks));
    // The people of a booking that was split meanwhile are not told anew by who had not heard of it.
    first.set(Weather::Cut);
    second.set(Weather::Cut);
    let (status, split) = first.run(&["reservation", "split", &format!("{id}/2")]);
    assert_eq!(status, 0, "{split}");
    let half = number(&split);
    set(second, &id, &["--adults", "5", "--children", "0"]);
    for desk in [first, second] {
        desk.set(Weather::Fair);
        settle(&[desk]);
    }
    settle(&all(&desks));
    for desk in all(&desks) {
        let adults = [&id, &half].map(|id| card(desk, id)["adults"].as_u64().unwrap());
        assert_eq!(adults, [2, 2], "{}", desk.name);
    }
    // One half is somebody else's, whose notes change; the other is forgotten.
    let renamed = set(second, &id, &["--guest", "Ivo Brandt"]);
    set(second, &id, &["--note", "quiet"]);
    let other = set(second, &id, &["--note", "very quiet"]);
    settle(&all(&desks));
    erase(first, &half);
    settle(&[first]);
    settle(&all(&desks));
    is_forgotten(&centre, &desks, &["Moreau"]);
    let (status, undone) = second.run(&["undo", &other]);
    assert_eq!(status, 0, "{undone}");
    settle(&all(&desks));
    for desk in all(&desks) {
        let card = card(desk, &id);
        assert_eq!(card["guest"]["name"], "Ivo Brandt", "{}: {card}", desk.name);
        assert_eq!(card["notes"], "quiet", "{}: {card}", desk.name);
    }
    // Who was forgotten is not put back.
    let (status, refused) = second.run(&["undo", &renamed]);
    assert_ne!(status, 0, "{refused}");
    assert_eq!(card(second, &id)["guest"]["name"], "Ivo Brandt");
    is_sound(&desks);
}

#[test]
fn what_waits_for_one_half_stands_where_the_other_half_was_forgotten() {
    let centre = Centre::start();
    let desks = three(&centre, 92);
    let [first, second, _] = all(&desks);
    let stay = "A:2026-06-12:2026-06-13:2";
    let (status, sold) = first.run(&["reserve", stay, "--guest", "Zoe Moreau"]);
    assert_eq!(status, 0, "{sold}");
    let id = number(&sold);
    let (status, split) = first.run(&["reservation", "split", &format!("{id}/2")]);
    assert_eq!(status, 0, "{split}");
    let half = number(&split);
    set(first, &half, &["--guest", "Ivo Kenzo"]);
    settle(&all(&desks));
    second.set(Weather::Cut);
    set(
        second,
        &half,
        &["--guest", "Ivo Kenzosan", "--phone", "0401234567"],
    );
    set(second, &half, &["--note", "quiet"]);
    erase(first, &id);
    settle(&[first]);
    // What it sends is too much for the line, and is parked; what it asks for comes.
    second.set(Weather::Small(700));
    let parked = |desk: &Desk| {
        desk.run(&["parked", "list"]).1["parked"]
            .as_array()
            .unwrap()
            .clone()
    };
    for _ in 0..20 {
        second.sync();
    }
    let waiting = parked(second);
    assert!(!waiting.is_empty());
    assert_eq!(card(second, &id)["guest"]["name"], "Erased guest");
    second.set(Weather::Fair);
    for place in &waiting {
        second.run(&["parked", "retry", place["id"].as_str().unwrap()]);
    }
    settle(&all(&desks));
    settle(&all(&desks));
    for desk in all(&desks) {
        let card = card(desk, &half);
        assert_eq!(
            card["guest"]["name"], "Ivo Kenzosan",
            "{}: {card}",
            desk.name
        );
        assert_eq!(card["notes"], "quiet", "{}: {card}", desk.name);
    }
    is_forgotten(&centre, &desks, &["Moreau"]);
}
