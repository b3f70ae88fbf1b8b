//! What a caller asks for is done, told, or refused by name: nothing is dropped in silence.

use std::fs;

use rusqlite::Connection;
use serde_json::{Value, json};

use crate::hotel::{Hotel, new_id};

/// What a person reads.
fn plain(hotel: &Hotel, words: &[&str]) -> String {
    let output = hotel.plain(words).output().unwrap();
    assert!(output.status.success(), "{words:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn message(error: &Value) -> &str {
    error["message"].as_str().unwrap()
}

#[test]
fn an_undo_takes_back_the_last_command_or_says_why_not_and_names_its_object() {
    let hotel = Hotel::small();
    hotel.done(&["reserve", "A:2026-06-10:2026-06-12:2", "--guest", "Ada"]);
    hotel.done(&["reservation", "split", "A1/2"]);
    let error = hotel.run(&["undo"]).refused(3, "cannot_undo");
    assert_eq!(error["why"], "no_inverse");
    assert_eq!(
        hotel.done(&["reservation", "show", "A1"])["status"],
        "confirmed",
        "what was done before the split stands"
    );
    for (words, kind, number, said) in [
        (
            &["hold", "place", "B:2026-06-10:2026-06-11"][..],
            "hold",
            "A-H1",
            "A-H1",
        ),
        (
            &[
                "outage",
                "add",
                "B:2026-06-10:2026-06-11:1",
                "--reason",
                "x",
            ],
            "outage",
            "A-O1",
            "A-O1",
        ),
        (
            &[
                "allotment",
                "open",
                "Fair",
                "--kind",
                "elastic",
                "A:2026-06-20:2026-06-22:1",
            ],
            "allotment",
            "A-G1",
            "A-G1",
        ),
        (&["cancel", "A2"], "reservation", "A2", "A2"),
    ] {
        hotel.done(words);
        let undone = hotel.done(&["undo"]);
        assert_eq!(undone[kind]["number"], number, "{undone}");
        assert!(undone["text"].as_str().unwrap().contains(said), "{undone}");
    }
    hotel.done(&[
        "limits",
        "set",
        "A",
        "2026-06-10",
        "2026-06-12",
        "--overbooking",
        "1",
    ]);
    let undone = hotel.done(&["undo"]);
    assert!(
        undone["text"].as_str().unwrap().contains("Wed 10 Jun 2026"),
        "{undone}"
    );
    hotel.verified();
}

#[test]
fn an_outage_names_whom_it_hits_and_is_listed_when_it_has_ended() {
    let hotel = Hotel::small();
    hotel.done(&["reserve", "C:2026-06-10:2026-06-13:2", "--guest", "Ada"]);
    hotel.done(&["reserve", "C:2026-06-12:2026-06-14", "--guest", "Bo"]);
    let add = [
        "outage",
        "add",
        "C:2026-06-11:2026-06-13:1",
        "--reason",
        "leak",
    ];
    let capacity = hotel.cell("C", "2026-06-12")["physical"].as_i64().unwrap();
    let sold = hotel.cell("C", "2026-06-12")["sold"].as_i64().unwrap();
    let answer = hotel.done(&add);
    let missing = sold + 1 - capacity;
    assert!(missing > 0, "the hotel's type C has {capacity} rooms");
    assert_eq!(answer["hit"]["overbooked_by"], missing);
    assert_eq!(answer["hit"]["night"], "2026-06-12");
    let guests: Vec<_> = answer["hit"]["stays"]
        .as_array()
        .unwrap()
        .iter()
        .map(|stay| stay["guest"].as_str().unwrap())
        .collect();
    assert_eq!(guests, ["Ada", "Ada", "Bo"]);
    let text = answer["text"].as_str().unwrap();
    assert!(text.contains("Overbooked by"), "{text}");
    hotel.done(&["undo"]);
    let said = plain(&hotel, &add);
    assert!(said.contains("A2/1") && said.contains("Bo"), "{said}");
    // One that hits nobody says nothing of it.
    let quiet = hotel.done(&[
        "outage",
        "add",
        "A:2026-06-20:2026-06-21:1",
        "--reason",
        "x",
    ]);
    assert!(quiet.get("hit").is_none(), "{quiet}");
    let ended = quiet["outage"]["number"].as_str().unwrap();
    hotel.done(&["outage", "end", ended, "--on", "2026-06-20"]);
    hotel
        .run(&["outage", "end", ended, "--on", "2026-06-25"])
        .refused(3, "already_released");
    let numbers = |words: &[&str]| {
        let list = hotel.done(words)["outages"].clone();
        let rows = list.as_array().unwrap().iter();
        rows.filter(|row| row["number"] == ended).count()
    };
    assert_eq!(numbers(&["outage", "list"]), 0);
    assert_eq!(numbers(&["outage", "list", "--all"]), 1);
}

#[test]
fn a_guaranteed_guest_who_never_came_is_a_no_show_once_the_stay_is_over() {
    let hotel = Hotel::small();
    hotel.done(&[
        "reserve",
        "A:2026-06-01:2026-06-03",
        "--guest",
        "Ada",
        "--guarantee",
        "a deposit",
    ]);
    let due = |hotel: &Hotel| {
        let item = hotel.done(&["end-of-day", "--dry-run"])["items"][0].clone();
        (item["due"].clone(), item["decision"].clone())
    };
    assert_eq!(due(&hotel), (json!("arrival_not_in"), json!("keep")));
    hotel.done(&["end-of-day"]);
    let at = |date: &str| format!("{date}T22:00:00Z");
    for (date, expected) in [
        ("2026-06-02", ("arrival_not_in", "keep")),
        ("2026-06-03", ("arrival_over", "no_show")),
    ] {
        let found = due(&hotel);
        assert_eq!(found, (json!(expected.0), json!(expected.1)), "{date}");
        let id = new_id();
        let now = at(date);
        let end = ["--at", &now, "--command-id", &id, "end-of-day"];
        let ended = hotel.done(&end);
        assert_eq!(ended["command_id"], id.as_str());
        assert!(ended["request_id"].is_string(), "{ended}");
        // The same again tells what was decided then, and how it stands now.
        let again = hotel.done(&end);
        assert_eq!(again["repeated"], true);
        assert_eq!(again["decided"], ended["decided"]);
        assert_eq!(again["decided"][0]["decision"], expected.1);
        assert_eq!(again["now"]["business_date"], ended["business_date"]);
    }
    assert_eq!(
        hotel.done(&["reservation", "show", "A1"])["status"],
        "no_show"
    );
    hotel.verified();
}

#[test]
fn the_reason_of_an_early_end_is_read_as_every_reason_is() {
    let hotel = Hotel::small();
    hotel.done(&["--at", "2026-06-01T22:00:00Z", "end-of-day"]);
    let early = |reason: &str| {
        hotel.run(&[
            "--at",
            "2026-06-01T22:10:00Z",
            "--override",
            reason,
            "end-of-day",
        ])
    };
    early("  ").refused(2, "bad_input");
    early(&"x".repeat(2_001)).refused(2, "bad_input");
    early("4111 1111 1111 1111").refused(2, "bad_input");
    early(" the auditor comes ").ends(0);
    let kept: String = hotel
        .bare()
        .query_row("SELECT body FROM free_text", [], |row| row.get(0))
        .unwrap();
    assert_eq!(kept, "the auditor comes");
}

#[test]
fn what_cannot_be_meant_is_bad_input_and_named() {
    let hotel = Hotel::small();
    let stay = "A:2026-06-10:2026-06-12";
    let reserve = |more: &[&str]| hotel.run(&[&["reserve", stay, "--guest", "Ada"], more].concat());
    for (more, names) in [
        (&["--price", "B=10"][..], "B"),
        (&["--price", "A=10", "--price", "A=12"], "A"),
        (&["--price", "A=10", "--cost", "A=1", "--cost", "A=2"], "A"),
        (&["--adults", "0", "--children", "0"], "Nobody"),
        (&["--adults", "x"], "--adults"),
    ] {
        let error = reserve(more).refused(2, "bad_input");
        assert!(message(&error).contains(names), "{more:?}: {error}");
    }
    let error = reserve(&["--adults", "x"]).refused(2, "bad_input");
    assert!(message(&error).contains("a whole number"), "{error}");
    for (words, lists) in [
        (&["events", "--type", "guest_came"][..], "reservation_made"),
        (&["audit", "--action", "reserved"], "reserve"),
    ] {
        let error = hotel.run(words).refused(2, "bad_input");
        assert!(message(&error).contains(lists), "{error}");
    }
    for action in ["reserve", "no_show", "backup", "staff_added"] {
        let run = hotel.run(&["audit", "--action", action]);
        assert_eq!(run.status, 0, "{run:?}");
    }
    let error = hotel
        .run(&["verify", "--against-centre"])
        .refused(3, "not_enrolled");
    assert!(message(&error).contains("no centre"), "{error}");
    hotel
        .run(&["--if-version", "1", "waitlist", "offer"])
        .refused(2, "bad_input");
    let many: Vec<String> = (0..501).map(|at| format!("A{at}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    hotel
        .run(&[&["cancel"], &many[..]].concat())
        .refused(2, "bad_input");
    // Only what was asked for is there: nothing was made on the way.
    assert_eq!(hotel.number("SELECT count(*) FROM reservation"), 0);

    let strange = Hotel::none();
    let property = fs::read_to_string(hotel.folder.path().join("property.toml")).unwrap();
    let property = property.replace("\"EUR\"", "\"XXQ\"");
    let property = strange.write("property.toml", property);
    let error = strange
        .run(&["init", property.to_str().unwrap()])
        .refused(2, "bad_input");
    assert!(message(&error).contains("XXQ"), "{error}");
}

#[test]
fn an_option_date_is_told_to_make_it_tentative_and_nobody_who_fits_is_told_too() {
    let hotel = Hotel::small();
    let made = hotel.done(&[
        "reserve",
        "A:2026-06-10:2026-06-12",
        "--guest",
        "Ada",
        "--option-until",
        "2026-06-05",
    ]);
    let text = made["text"].as_str().unwrap();
    assert!(text.contains("tentative until"), "{text}");
    let offered = hotel.done(&["waitlist", "offer"]);
    assert_eq!(offered["text"], "Nobody who waits fits");
    assert!(offered.get("reservation").is_none(), "{offered}");
    assert_eq!(offered["undoable"], false);
}

#[test]
fn a_booking_of_less_than_was_held_says_what_goes_back() {
    let hotel = Hotel::small();
    hotel.done(&["hold", "place", "B:2026-06-10:2026-06-13:2"]);
    let book =
        |stay: &str| ["reserve", stay, "--guest", "Ada", "--hold", "A-H1"].map(str::to_owned);
    let run = |stay: &str| {
        let words = book(stay);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        hotel.run(&words)
    };
    run("A:2026-06-10:2026-06-13:2").refused(3, "invalid_stay");
    assert_eq!(hotel.cell("B", "2026-06-10")["held"], 2);
    let made = run("B:2026-06-10:2026-06-12:2").ends(0);
    let left =
        json!([{"room_type": "B", "arrival": "2026-06-12", "departure": "2026-06-13", "rooms": 2}]);
    assert_eq!(made["let_go"], left);
    let text = made["text"].as_str().unwrap();
    assert!(text.contains("2 room nights were let go"), "{text}");
}

#[test]
fn whatever_changes_something_answers_with_its_ids() {
    let hotel = Hotel::small();
    hotel.done(&["reserve", "A:2026-06-01:2026-06-12", "--guest", "Ada"]);
    let path = |name: &str| hotel.folder.path().join(name).to_str().unwrap().to_owned();
    let (copy, bundle, paper) = (path("copy.db"), path("bundle.zip"), path("a.pdf"));
    for words in [
        &["settings", "set", "paper", "letter"][..],
        &["rebuild"],
        &["backup", &copy],
        &["support-bundle", &bundle],
        &["reservation", "confirmation", "A1", &paper],
        &["jobs", "run", "health"],
        &["guest", "erase", "A1", "--reason", "asked for it"],
        &["--at", "2026-06-01T22:00:00Z", "end-of-day"],
    ] {
        let id = new_id();
        let answer = hotel.done(&[&["--command-id", &id], words].concat());
        assert!(answer["command_id"].is_string(), "{words:?}: {answer}");
        assert!(answer["request_id"].is_string(), "{words:?}: {answer}");
        if words[0] != "jobs" {
            assert_eq!(answer["command_id"], id.as_str(), "{words:?}");
        }
    }
    // A file that is there stays, and is replaced where that is asked for.
    for words in [&["backup", &copy][..], &["support-bundle", &bundle]] {
        let before = fs::read(words[1]).unwrap();
        hotel.run(words).refused(2, "bad_input");
        assert_eq!(fs::read(words[1]).unwrap(), before);
        hotel.done(&[words, &["--force"]].concat());
    }
    // Of several some refused: no success is claimed beside the exit status.
    let partly = hotel.run(&["cancel", "A1", "A99"]).ends(3);
    assert_eq!(partly["ok"], false);
}

#[cfg(unix)]
#[test]
fn what_tells_of_guests_is_read_by_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let hotel = Hotel::small();
    hotel.done(&["reserve", "A:2026-06-01:2026-06-12", "--guest", "Ada"]);
    let copy = hotel.folder.path().join("copy.db");
    let bundle = hotel.folder.path().join("bundle.zip");
    hotel.done(&["backup", copy.to_str().unwrap()]);
    hotel.done(&["support-bundle", bundle.to_str().unwrap()]);
    hotel.done(&["guest", "erase", "A1", "--reason", "x"]);
    let beside = |suffix: &str| format!("{}{suffix}", hotel.file.display()).into();
    for file in [
        hotel.file.clone(),
        copy,
        bundle,
        beside("-heads"),
        beside("-erased"),
    ] {
        let mode = fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{}: {mode:o}", file.display());
    }
}

#[test]
fn a_paper_says_which_characters_it_could_not_print() {
    let hotel = Hotel::small();
    hotel.done(&["reserve", "A:2026-06-01:2026-06-12", "--guest", "Ada 小明"]);
    hotel.done(&["reserve", "A:2026-06-01:2026-06-12", "--guest", "Ada"]);
    let path = |name: &str| hotel.folder.path().join(name).to_str().unwrap().to_owned();
    let paper = hotel.done(&["reservation", "confirmation", "A1", &path("1.pdf")]);
    assert_eq!(paper["lacking"], "小明");
    let said = plain(
        &hotel,
        &["reservation", "registration-card", "A1", &path("2.pdf")],
    );
    assert!(said.contains("小明"), "{said}");
    let whole = hotel.done(&["reservation", "confirmation", "A2", &path("3.pdf")]);
    assert!(whole.get("warning").is_none(), "{whole}");
}

#[test]
fn a_restore_leaves_the_file_of_a_newer_program_alone() {
    let hotel = Hotel::small();
    let copy = hotel.folder.path().join("copy.db");
    let copy = copy.to_str().unwrap().to_owned();
    hotel.done(&["backup", &copy]);
    let bare = Connection::open(&hotel.file).unwrap();
    let version: i64 = bare
        .query_row("PRAGMA user_version", [], |row| row.get(0))
        .unwrap();
    bare.execute_batch(&format!("PRAGMA user_version = {}", version + 1))
        .unwrap();
    drop(bare);
    let before = fs::read(&hotel.file).unwrap();
    let error = hotel.run(&["restore", &copy]).refused(5, "storage");
    assert!(message(&error).contains("newer"), "{error}");
    assert_eq!(fs::read(&hotel.file).unwrap(), before);
    let kept = fs::read_dir(hotel.folder.path()).unwrap();
    let kept = kept.filter(|entry| {
        let name = entry.as_ref().unwrap().file_name();
        name.to_string_lossy().contains(".replaced-")
    });
    assert_eq!(kept.count(), 0);
}

#[test]
fn backups_of_another_course_of_things_are_forgotten_by_a_restore() {
    let hotel = Hotel::small();
    let path = |name: &str| hotel.folder.path().join(name).to_str().unwrap().to_owned();
    let (first, long, other) = (path("1.db"), path("2.db"), path("3.db"));
    hotel.done(&["backup", &first]);
    for _ in 0..6 {
        hotel.reserved("B:2026-06-10:2026-06-12");
        hotel.done(&["undo"]);
    }
    hotel.done(&["backup", &long]);
    hotel.done(&["restore", &first]);
    hotel.reserved("A:2026-06-10:2026-06-12");
    hotel.done(&["backup", &other]);
    // Its trail is shorter than the one that is restored, and another one.
    hotel.done(&["restore", &long]);
    hotel.verified();
}

#[test]
fn a_restore_whose_end_cannot_be_noted_names_what_stands_in_the_way_and_goes_on_once_it_is_gone() {
    let hotel = Hotel::small();
    let copy = hotel.folder.path().join("copy.db");
    let copy = copy.to_str().unwrap().to_owned();
    hotel.done(&["backup", &copy]);
    hotel.reserved("A:2026-06-10:2026-06-12");
    let heads = format!("{}-heads", hotel.file.display());
    fs::remove_file(&heads).unwrap();
    fs::create_dir(&heads).unwrap();
    let restore = ["restore", &copy, "--command-id", &new_id()];
    let error = hotel.run(&restore).refused(5, "storage");
    assert!(
        error["message"].as_str().unwrap().contains("-heads"),
        "{error}"
    );
    fs::remove_dir(&heads).unwrap();
    assert_eq!(hotel.done(&restore)["verified"], true);
    assert_eq!(hotel.number("SELECT count(*) FROM reservation"), 0);
    hotel.verified();
}

#[test]
fn a_torn_line_in_the_list_of_the_erased_swallows_no_id() {
    let hotel = Hotel::small();
    hotel.done(&[
        "reserve",
        "A:2026-06-01:2026-06-12",
        "--guest",
        "Ada Lovelace",
    ]);
    let copy = hotel.folder.path().join("copy.db");
    let copy = copy.to_str().unwrap().to_owned();
    hotel.done(&["backup", &copy]);
    fs::write(format!("{}-erased", hotel.file.display()), "0197f3a2-5c1e").unwrap();
    hotel.done(&["guest", "erase", "A1", "--reason", "x"]);
    // Of a file that is gone only the list knows who was erased.
    fs::remove_file(&hotel.file).unwrap();
    hotel.done(&["restore", &copy]);
    let card = hotel.done(&["reservation", "show", "A1"]);
    assert_eq!(card["guest"]["name"], "Erased guest");
}

#[test]
fn people_read_of_a_booking_and_a_cell_what_makes_them() {
    let hotel = Hotel::small();
    hotel.done(&[
        "allotment",
        "open",
        "Fair",
        "--kind",
        "elastic",
        "A:2026-06-01:2026-06-04:2",
    ]);
    hotel.done(&[
        "reserve",
        "A:2026-06-01:2026-06-04",
        "--guest",
        "Ada",
        "--price",
        "A=120.50",
        "--allotment",
        "A-G1",
        "--phone",
        "0351 1",
    ]);
    hotel.done(&["check-in", "A1", "--room", "12"]);
    let said = plain(&hotel, &["reservation", "show", "A1"]);
    for part in [
        "Ada",
        "0351 1",
        "3 nights",
        "room 12",
        "120.50 a night",
        "361.50",
        "A-G1 Fair",
    ] {
        assert!(said.contains(part), "{part} is missing: {said}");
    }
    let said = plain(&hotel, &["explain", "house", "2026-06-01"]);
    for part in [
        "capacity",
        "committed",
        "A1/1",
        "Ada",
        "2026-06-04",
        "to sell",
    ] {
        assert!(said.contains(part), "{part} is missing: {said}");
    }
    hotel.done(&[
        "limits",
        "set",
        "A",
        "2026-06-02",
        "2026-06-03",
        "--min-stay",
        "2",
    ]);
    let said = plain(&hotel, &["availability", "2026-06-01", "2026-06-04"]);
    for part in ["to sell", "at least 2 nights"] {
        assert!(said.contains(part), "{part} is missing: {said}");
    }
    for (words, examples) in [
        (&["reserve", "--help"][..], 2),
        (&["reservation", "list", "--help"], 2),
    ] {
        let said = plain(&hotel, words);
        assert_eq!(said.matches("  keyrackctl ").count(), examples, "{said}");
    }
}

#[test]
fn an_undo_looks_behind_no_act_and_no_batch_in_which_nothing_was_done() {
    let hotel = Hotel::small();
    hotel.done(&[
        "reserve",
        "A:2026-06-10:2026-06-12",
        "--guest",
        "Ada Moreau",
    ]);
    for (act, what, object) in [
        (
            &["settings", "set", "low_rooms", "3"][..],
            "setting_set",
            json!("low_rooms"),
        ),
        (&["rebuild"], "rebuild", Value::Null),
        (
            &["roles", "set", "front_desk", "look", "sell"],
            "role_set",
            json!("front_desk"),
        ),
    ] {
        hotel.done(act);
        let error = hotel.run(&["undo"]).refused(3, "cannot_undo");
        assert_eq!(error["why"], "no_inverse");
        assert_eq!((&error["what"], &error["object"]), (&json!(what), &object));
        assert_eq!(hotel.cell("A", "2026-06-10")["sold"], 1, "{act:?}");
    }
    // A cancelled booking of somebody who was forgotten stays cancelled.
    hotel.done(&["cancel", "A1"]);
    hotel.done(&["guest", "erase", "A1", "--reason", "by letter"]);
    hotel.run(&["undo"]).refused(3, "cannot_undo");
    assert_eq!(hotel.cell("A", "2026-06-10")["sold"], 0);
    // What only looks, copies or lets in is passed over.
    hotel.done(&["reserve", "B:2026-06-10:2026-06-12", "--guest", "Bo"]);
    let copy = hotel.folder.path().join("copy.db");
    hotel.done(&["backup", copy.to_str().unwrap()]);
    assert_eq!(hotel.done(&["undo"])["reservation"]["number"], "A2");
    // Of several none could be checked out.
    hotel.done(&["reserve", "B:2026-06-10:2026-06-12", "--guest", "Cy"]);
    hotel.run(&["check-out", "A1", "A3"]).ends(3);
    let error = hotel.run(&["undo"]).refused(3, "cannot_undo");
    assert_eq!(
        (&error["what"], &error["object"]),
        (&json!("check_out"), &json!("A1 A3"))
    );
    assert_eq!(hotel.cell("B", "2026-06-10")["sold"], 1);
    hotel.verified();
}

#[test]
fn an_undo_of_a_batch_names_those_alone_that_were_done() {
    let hotel = Hotel::small();
    for guest in ["Ada", "Bo"] {
        hotel.done(&["reserve", "A:2026-06-10:2026-06-12", "--guest", guest]);
    }
    hotel.done(&["cancel", "A1"]);
    hotel.run(&["cancel", "A1", "A2"]).ends(3);
    let undone = hotel.done(&["undo"]);
    let text = undone["text"].as_str().unwrap();
    assert!(text.contains("A2") && !text.contains("A1"), "{text}");
    // A step of one stay names it.
    let text = plain(&hotel, &["cancel", "A2/1"]);
    assert!(text.contains("A2/1"), "{text}");
}

#[test]
fn what_was_done_in_the_house_is_taken_back_with_a_reason_that_the_trail_shows() {
    let hotel = Hotel::small();
    hotel.done(&["reserve", "B:2026-06-01:2026-06-03", "--guest", "Ada"]);
    for (step, back) in [
        ("check-in", "reverse-check-in"),
        ("check-in", ""),
        ("check-out", "reverse-check-out"),
    ] {
        hotel.done(&[step, "A1"]);
        if back.is_empty() {
            continue;
        }
        let error = hotel.run(&[back, "A1"]).refused(2, "bad_input");
        assert!(message(&error).contains("reason"), "{error}");
        hotel.done(&[back, "A1", "--reason", "error:wrong guest"]);
        let action = back.replace('-', "_");
        let trail = hotel.run(&["audit", "--action", &action]).lines();
        assert_eq!(trail[0]["reason_code"], "error");
        assert_eq!(trail[0]["reason"], "wrong guest");
        let read = plain(&hotel, &["audit", "--action", &action]);
        assert!(read.contains("(error: wrong guest)"), "{read}");
    }
    // Who reinstates puts a mistake right, and the trail says so.
    hotel.done(&["reserve", "B:2026-06-01:2026-06-03", "--guest", "Bo"]);
    hotel.done(&["cancel", "A2"]);
    hotel.done(&["reinstate", "A2"]);
    let trail = hotel.run(&["audit", "--action", "reinstate"]).lines();
    assert_eq!(trail[0]["reason_code"], "error");
}

#[test]
fn an_outage_has_a_reason_and_its_end_makes_it_no_longer() {
    let hotel = Hotel::small();
    let outage = "B:2026-06-10:2026-06-12:1";
    for reason in ["", "  "] {
        let error = hotel
            .run(&["outage", "add", outage, "--reason", reason])
            .refused(2, "bad_input");
        assert!(message(&error).contains("reason"), "{error}");
    }
    hotel.done(&["outage", "add", outage, "--reason", "pipes"]);
    let error = hotel
        .run(&["outage", "end", "A-O1", "--on", "2026-06-20"])
        .refused(3, "invalid_stay");
    assert!(message(&error).contains("Add an outage"), "{error}");
    assert_eq!(hotel.cell("B", "2026-06-12")["out_of_order"], 0);
    hotel.done(&["outage", "end", "A-O1", "--on", "2026-06-11"]);
    assert_eq!(hotel.cell("B", "2026-06-11")["out_of_order"], 0);
    // To take the end back is no longer outage than there was.
    hotel.done(&["undo"]);
    assert_eq!(hotel.cell("B", "2026-06-11")["out_of_order"], 1);
}

#[test]
fn what_is_allowed_is_what_would_be_done_on_this_date() {
    let hotel = Hotel::small();
    hotel.done(&["reserve", "B:2026-06-01:2026-06-03", "--guest", "Ada"]);
    hotel.done(&["check-in", "A1"]);
    hotel.done(&["check-out", "A1"]);
    hotel.done(&["reserve", "B:2026-06-10:2026-06-12", "--guest", "Bo"]);
    hotel.done(&["--at", "2026-06-01T22:00:00Z", "end-of-day"]);
    let error = hotel
        .run(&["cancel", "A1"])
        .refused(3, "illegal_transition");
    assert_eq!(error["allowed"], json!([]), "the check-out was yesterday");
    let error = hotel
        .run(&["check-out", "A2"])
        .refused(3, "illegal_transition");
    assert_eq!(
        error["allowed"],
        json!(["cancel"]),
        "nobody has come, nor failed to come"
    );
}

#[test]
fn nights_that_are_over_keep_their_limits() {
    let hotel = Hotel::small();
    hotel.done(&["--at", "2026-06-01T22:00:00Z", "end-of-day"]);
    for pool in ["B", "house"] {
        let error = hotel
            .run(&[
                "limits",
                "set",
                pool,
                "2026-06-01",
                "2026-06-05",
                "--overbooking",
                "2",
            ])
            .refused(3, "invalid_stay");
        assert_eq!(error["why"], "before_business_date");
        hotel.done(&[
            "limits",
            "set",
            pool,
            "2026-06-02",
            "2026-06-05",
            "--overbooking",
            "2",
        ]);
    }
}

#[test]
fn a_draft_says_that_it_is_one() {
    let hotel = Hotel::small();
    hotel.done(&["room-type", "add", "D", "--name", "Den", "--rooms", "2"]);
    let error = hotel
        .run(&["reserve", "D:2026-06-10:2026-06-12", "--guest", "Ada"])
        .refused(3, "restricted");
    assert_eq!(error["restriction"], "draft");
    assert!(message(&error).contains("Put it on sale"), "{error}");
}

#[test]
fn the_file_of_another_hotel_is_restored_only_where_that_is_said() {
    let hotel = Hotel::small();
    let theirs = hotel.write(
        "theirs.toml",
        crate::hotel::SMALL
            .replace("MIRA", "SOLE")
            .replace("Miramar", "Sole"),
    );
    let other = Hotel::none();
    other.done(&[
        "init",
        theirs.to_str().unwrap(),
        "--nights",
        "2026-06-01..2026-07-01",
    ]);
    let copy = other.folder.path().join("copy.db");
    let copy = copy.to_str().unwrap();
    other.done(&["backup", copy]);
    let before = hotel.content();
    let error = hotel.run(&["restore", copy]).refused(2, "bad_input");
    for part in ["Sole", "Miramar", "--force"] {
        assert!(message(&error).contains(part), "{part}: {error}");
    }
    assert_eq!(hotel.content(), before);
    hotel.done(&["restore", copy, "--force"]);
    hotel.verified();
}

#[test]
fn empty_lists_and_unreadable_options_say_so() {
    let hotel = Hotel::small();
    for list in [
        &["hold", "list"][..],
        &["outage", "list"],
        &["waitlist", "list"],
        &["allotment", "list"],
        &["staff", "list"],
        &["guest", "list"],
        &["reservation", "list"],
    ] {
        let text = plain(&hotel, list);
        assert!(text.trim().ends_with('.'), "{list:?}: {text:?}");
    }
    let id = new_id();
    for words in [
        &["--command-id", &id, "reserve", "nonsense"][..],
        &["cancel", "A1", "--none", &format!("--command-id={id}")],
    ] {
        let run = hotel.run(words);
        run.refused(2, "bad_input");
        assert_eq!(run.json()["command_id"], id.as_str());
    }
    assert!(hotel.run(&["cancel"]).json()["command_id"].is_string());
    let property = hotel.write(
        "odd.toml",
        crate::hotel::SMALL.replace("time_zone", "timezone"),
    );
    let error = Hotel::none()
        .run(&["init", property.to_str().unwrap()])
        .refused(2, "bad_input");
    assert!(
        message(&error).contains("`room_type`") && !message(&error).contains("room_types"),
        "{error}"
    );
}

#[cfg(unix)]
#[test]
fn what_is_kept_beside_the_file_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let hotel = Hotel::small();
    hotel.done(&["jobs", "run"]);
    hotel.done(&["--at", "2026-06-01T22:00:00Z", "end-of-day"]);
    let mut seen = 0;
    for entry in fs::read_dir(hotel.folder.path()).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if name == "property.toml" {
            continue;
        }
        let mode = entry.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{name}: {mode:o}");
        seen += 1;
    }
    assert!(seen >= 5, "{seen}");
}

#[test]
fn a_file_of_a_newer_schema_stays_byte_for_byte() {
    let hotel = Hotel::small();
    let bare = hotel.bare();
    bare.execute_batch(
        "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE; PRAGMA user_version = 99",
    )
    .unwrap();
    drop(bare);
    let before = fs::read(&hotel.file).unwrap();
    for words in [
        &["reservation", "list"][..],
        &["reserve", "A:2026-06-10:2026-06-11", "--guest", "Ada"],
    ] {
        let error = hotel.run(words).refused(5, "storage");
        assert!(message(&error).contains("newer Keyrack"), "{error}");
    }
    assert_eq!(fs::read(&hotel.file).unwrap(), before);
}

#[test]
fn dates_that_are_the_wrong_way_round_are_no_empty_answer() {
    let hotel = Hotel::small();
    let csv = hotel.file.with_extension("csv");
    let csv = csv.to_str().unwrap();
    let backwards = ["--from", "2026-06-05", "--to", "2026-06-01"];
    for words in [
        &["availability", "2026-06-05", "2026-06-01"][..],
        &[&["reservation", "list"][..], &backwards].concat(),
        &[&["export", "availability", csv][..], &backwards].concat(),
        &[&["export", "reservations", csv][..], &backwards].concat(),
    ] {
        let error = hotel.run(words).refused(2, "bad_input");
        let message = error["message"].as_str().unwrap();
        assert!(message.contains("wrong way round"), "{message}");
    }
}
