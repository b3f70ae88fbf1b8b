//! Files that are no hotel's, damaged ones, and places where nothing can be: each is named, and left as it is.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::hotel::Hotel;

/// Everything in the folder, by name, with its bytes.
fn folder(hotel: &Hotel) -> Vec<(PathBuf, Vec<u8>)> {
    let mut all: Vec<_> = fs::read_dir(hotel.folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .map(|path| (path.clone(), fs::read(&path).unwrap()))
        .collect();
    all.sort();
    all
}

/// A database of another program, in that journal mode, with its mark or without.
fn another_programs(file: &Path, mode: &str, mark: u32) {
    let connection = Connection::open(file).unwrap();
    connection
        .pragma_update(None, "journal_mode", mode)
        .unwrap();
    connection
        .pragma_update(None, "application_id", mark)
        .unwrap();
    connection
        .execute_batch("CREATE TABLE song (name TEXT); INSERT INTO song VALUES ('Air');")
        .unwrap();
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A hotel's backup, and the same folder without the hotel.
fn backup_alone() -> (Hotel, PathBuf) {
    let source = Hotel::small();
    source.reserved("A:2026-06-10:2026-06-12");
    let hotel = Hotel::none();
    let copy = hotel.folder.path().join("copy.db");
    source.done(&["backup", text(&copy)]);
    (hotel, copy)
}

#[test]
fn looking_leaves_an_empty_file_and_another_programs_database_as_they_are() {
    type Maker = fn(&Path);
    let makers: [(&str, Maker); 5] = [
        ("empty", |file| fs::write(file, b"").unwrap()),
        ("plain", |file| fs::write(file, b"a list of songs").unwrap()),
        ("with its mark", |file| another_programs(file, "WAL", 7)),
        ("without one", |file| another_programs(file, "WAL", 0)),
        ("with another journal", |file| {
            another_programs(file, "DELETE", 0);
        }),
    ];
    for (name, make) in makers {
        let hotel = Hotel::none();
        make(&hotel.file);
        let before = folder(&hotel);
        assert_eq!(before.len(), 1, "{name}");
        for words in [
            &["availability", "2026-06-10", "2026-06-12"][..],
            &["health"],
            &["verify"],
            &["reserve", "A:2026-06-10:2026-06-12", "--guest", "Ada"],
        ] {
            hotel.run(words).refused(5, "storage");
            assert_eq!(folder(&hotel), before, "{name}: {words:?}");
        }
    }
}

#[test]
fn a_restore_takes_the_place_of_no_other_file_unless_that_is_said() {
    let (hotel, copy) = backup_alone();
    for (name, mode) in [
        ("WAL", Some("WAL")),
        ("DELETE", Some("DELETE")),
        ("text", None),
    ] {
        match mode {
            Some(mode) => another_programs(&hotel.file, mode, 0),
            None => fs::write(&hotel.file, b"a list of songs").unwrap(),
        }
        let theirs = fs::read(&hotel.file).unwrap();
        let before = folder(&hotel);
        let error = hotel.run(&["restore", text(&copy)]).refused(2, "bad_input");
        assert!(
            error["message"].as_str().unwrap().contains("--force"),
            "{error}"
        );
        assert_eq!(folder(&hotel), before, "{name}");
        let restored = hotel.done(&["restore", text(&copy), "--force"]);
        let kept = restored["replaced"].as_str().unwrap();
        assert_eq!(fs::read(kept).unwrap(), theirs, "{name}");
        hotel.verified();
        for (path, _) in folder(&hotel) {
            if path != copy {
                fs::remove_file(path).unwrap();
            }
        }
    }
}

#[test]
fn another_file_of_the_same_hotel_is_restored_only_where_that_is_said() {
    let hotel = Hotel::small();
    hotel.reserved("A:2026-06-10:2026-06-12");
    let own = hotel.folder.path().join("own.db");
    hotel.done(&["backup", text(&own)]);
    let other = Hotel::small();
    other.reserved("A:2026-06-20:2026-06-22");
    let theirs = hotel.folder.path().join("theirs.db");
    other.done(&["backup", text(&theirs)]);
    let before = hotel.content();
    let error = hotel
        .run(&["restore", text(&theirs)])
        .refused(2, "bad_input");
    let said = error["message"].as_str().unwrap();
    assert!(
        said.contains("--force") && said.contains("no copy"),
        "{said}"
    );
    assert_eq!(hotel.content(), before);
    // A copy of this very file needs no force, whatever happened since, and neither does what a restore kept.
    hotel.reserved("A:2026-06-11:2026-06-12");
    let restored = hotel.done(&["restore", text(&own)]);
    let kept = restored["replaced"].as_str().unwrap();
    hotel.done(&["restore", kept]);
    let forced = hotel.done(&["restore", text(&theirs), "--force"]);
    assert!(Path::new(forced["replaced"].as_str().unwrap()).exists());
    // From now on this is the other file.
    hotel.run(&["restore", text(&own)]).refused(2, "bad_input");
    hotel.done(&["restore", text(&theirs)]);
    hotel.verified();
}

#[test]
fn a_damaged_backup_is_named_and_the_hotel_stays_as_it_was() {
    let hotel = Hotel::small();
    hotel.reserved("A:2026-06-10:2026-06-12");
    let copy = hotel.folder.path().join("copy.db");
    hotel.done(&["backup", text(&copy)]);
    let whole = fs::read(&copy).unwrap();
    let mut torn = whole.clone();
    torn[4_096..40_960].fill(0xa5);
    let mut first = whole.clone();
    first[96..4_096].fill(0xa5);
    let before = hotel.content();
    for (name, bytes) in [
        ("a third of it", &whole[..whole.len() / 3]),
        ("half a page", &whole[..2_048]),
        ("torn in the middle", &torn),
        ("torn at its beginning", &first),
        ("nothing", &[]),
    ] {
        fs::write(&copy, bytes).unwrap();
        let error = hotel.run(&["restore", text(&copy)]).refused(2, "bad_input");
        let message = error["message"].as_str().unwrap();
        assert!(message.contains("copy.db"), "{name}: {message}");
        assert_eq!(hotel.content(), before, "{name}");
        assert_eq!(fs::read(&copy).unwrap(), bytes, "{name}");
    }
    hotel.verified();
}

#[test]
fn a_backup_to_where_no_file_can_be_is_bad_input() {
    let hotel = Hotel::small();
    let before = hotel.content();
    let here = hotel.folder.path();
    for to in [
        here.join("nowhere").join("copy.db"),
        hotel.file.join("copy.db"),
        here.to_owned(),
    ] {
        hotel.run(&["backup", text(&to)]).refused(2, "bad_input");
    }
    assert_eq!(hotel.content(), before);
}

#[test]
fn the_business_date_of_a_property_is_read_quoted_or_not() {
    let hotel = Hotel::none();
    let property = "name = \"Seaview\"\ncode = \"SEA\"\ntime_zone = \"Europe/Lisbon\"\ncurrency = \"EUR\"\n\
                    business_date = 2026-06-01\n[[room_type]]\ncode = \"S\"\nname = \"Single\"\nrooms = 4\n";
    let file = hotel.write("property.toml", property);
    hotel.done(&["init", text(&file)]);
    assert_eq!(hotel.cell("S", "2026-06-01")["physical"], 4);
    let other = Hotel::none();
    let file = other.write(
        "property.toml",
        property.replace("2026-06-01", "2026-06-01T10:00:00"),
    );
    other.run(&["init", text(&file)]).refused(2, "bad_input");
}

#[test]
fn what_finds_everything_as_it_was_to_become_says_so_and_leaves_nothing_to_be_undone() {
    let hotel = Hotel::small();
    hotel.done(&["reserve", "A:2026-06-10:2026-06-12", "--guest", "Ada"]);
    hotel.done(&[
        "outage",
        "add",
        "A:2026-06-20:2026-06-22:1",
        "--reason",
        "paint",
    ]);
    for words in [
        &["amend", "A1", "A:2026-06-10:2026-06-12"][..],
        &[
            "limits",
            "set",
            "A",
            "2026-06-10",
            "2026-06-12",
            "--overbooking",
            "0",
        ],
        &["reservation", "move", "A1/1", "2026-06-10", "A"],
        &["outage", "end", "A-O1", "--on", "2026-06-22"],
    ] {
        let answer = hotel.done(words);
        assert_eq!(answer["undoable"], false, "{words:?}: {answer}");
        let said = answer["text"].as_str().unwrap();
        assert!(said.starts_with("Nothing to change"), "{words:?}: {said}");
    }
    assert_eq!(hotel.done(&["undo"])["outage"]["number"], "A-O1");
    hotel.verified();
}
