//! What cannot be read, or what no rule allows: the right exit status and code, one document, a
//! sentence, and nothing changed.

use std::fs;
use std::path::Path;
use std::process::Command;

use rusqlite::Connection;

use crate::hotel::{Hotel, Run, SMALL, content, keyrack};
use crate::replay::{CITY, HEADER, csv, row};

/// Words, the exit status, the code, and what the sentence names.
type Case = (&'static [&'static str], i32, &'static str, &'static str);

const FAR: &str = "2026-06-10";

const CASES: &[Case] = &[
    // What cannot be read.
    (&["reserve"], 2, "bad_input", "STAY"),
    (
        &["reserve", "B:2026-06-10", "--guest", "Ada"],
        2,
        "bad_input",
        "CODE:ARRIVAL:DEPARTURE",
    ),
    (
        &["reserve", "B:2026-06-31:2026-07-02", "--guest", "Ada"],
        2,
        "bad_input",
        "2026-06-31",
    ),
    (
        &["reserve", "B:10000-01-01:10000-01-02", "--guest", "Ada"],
        2,
        "bad_input",
        "10000-01-01",
    ),
    (
        &["reserve", "B:2026-06-10:2026-06-11:-1", "--guest", "Ada"],
        2,
        "bad_input",
        "-1",
    ),
    (
        &[
            "reserve",
            "B:2026-06-10:2026-06-11:99999999999",
            "--guest",
            "Ada",
        ],
        2,
        "bad_input",
        "99999999999",
    ),
    (
        &["reserve", "B:2026-06-10:2026-06-11:x", "--guest", "Ada"],
        2,
        "bad_input",
        "x",
    ),
    (
        &["reserve", "B:2026-06-10:2026-06-11", "--guest", ""],
        2,
        "bad_input",
        "name",
    ),
    (
        &[
            "reserve",
            "B:2026-06-10:2026-06-11",
            "--guest",
            "Ada",
            "--price",
            "B=-1",
        ],
        2,
        "bad_input",
        "-1",
    ),
    (
        &[
            "reserve",
            "B:2026-06-10:2026-06-11",
            "--guest",
            "Ada",
            "--price",
            "B=1.005",
        ],
        2,
        "bad_input",
        "1.005",
    ),
    (
        &[
            "reserve",
            "B:2026-06-10:2026-06-11",
            "--guest",
            "Ada",
            "--command-id",
            "7",
        ],
        2,
        "bad_input",
        "command-id",
    ),
    (
        &[
            "reserve",
            "B:2026-06-10:2026-06-11",
            "--guest",
            "Ada",
            "--at",
            "noon",
        ],
        2,
        "bad_input",
        "noon",
    ),
    (
        &["limits", "set", "B", FAR, "2026-06-11", "--physical", "-1"],
        2,
        "bad_input",
        "-1",
    ),
    (
        &[
            "limits",
            "set",
            "B",
            FAR,
            "2026-06-11",
            "--physical",
            "1000001",
        ],
        2,
        "bad_input",
        "1000000",
    ),
    (
        &["limits", "set", "B", FAR, "2026-06-11"],
        2,
        "bad_input",
        "--physical",
    ),
    (
        &["room-type", "add", "D", "--name", "Deluxe", "--rooms", "-1"],
        2,
        "bad_input",
        "-1",
    ),
    (&["cancel", "A 1"], 2, "bad_input", "A 1"),
    (
        &["cancel", "A1", "--reason", "boredom"],
        2,
        "bad_input",
        "no_payment",
    ),
    (
        &["nights", "open", "2026-08-01"],
        2,
        "bad_input",
        "FROM..TO",
    ),
    (
        &["availability", "today", "2026-06-11"],
        2,
        "bad_input",
        "today",
    ),
    (&["verify", "--sideways"], 2, "bad_input", "--sideways"),
    (&["dance"], 2, "bad_input", "dance"),
    // What belongs to no centre.
    (&["sync", "--once"], 3, "not_enrolled", "no centre"),
    (
        &["verify", "--against-centre"],
        3,
        "not_enrolled",
        "no centre",
    ),
    (&["inbox", "answer", "7"], 3, "unknown_item", "7"),
    (
        &["enrol", "http://centre.example", "ABCDE-FGHJK-MNPQR-STUVW"],
        2,
        "bad_input",
        "in the clear",
    ),
    (
        &[
            "enrol",
            "gopher://centre.example",
            "ABCDE-FGHJK-MNPQR-STUVW",
        ],
        2,
        "bad_input",
        "https://",
    ),
    (
        &["enrol", "https://centre.example", "code"],
        2,
        "bad_input",
        "16 to 128",
    ),
    // What a rule refuses.
    (
        &["reserve", "Z:2026-06-10:2026-06-11", "--guest", "Ada"],
        3,
        "unknown_room_type",
        "Z",
    ),
    (
        &["reserve", "B:2026-06-11:2026-06-10", "--guest", "Ada"],
        3,
        "invalid_stay",
        "before",
    ),
    (
        &["reserve", "B:2026-06-10:2026-06-11:0", "--guest", "Ada"],
        3,
        "invalid_stay",
        "500",
    ),
    (
        &["reserve", "B:2026-06-10:2026-06-11:501", "--guest", "Ada"],
        3,
        "invalid_stay",
        "500",
    ),
    (
        &[
            "reserve",
            "B:2026-06-10:2026-06-11:2000000000",
            "--guest",
            "Ada",
        ],
        3,
        "invalid_stay",
        "500",
    ),
    (
        &["reserve", "B:9999-12-30:9999-12-31", "--guest", "Ada"],
        3,
        "invalid_stay",
        "9999",
    ),
    (
        &["reserve", "B:0001-01-01:0001-01-02", "--guest", "Ada"],
        3,
        "invalid_stay",
        "0001",
    ),
    (
        &["reserve", "B:2026-06-10:9999-12-31", "--guest", "Ada"],
        3,
        "invalid_stay",
        "366",
    ),
    (
        &["reserve", "B:2026-05-31:2026-06-02", "--guest", "Ada"],
        3,
        "invalid_stay",
        "31 May 2026",
    ),
    (
        &[
            "hold",
            "place",
            "B:2026-06-10:2026-06-11",
            "--minutes",
            "61",
        ],
        3,
        "invalid_stay",
        "60",
    ),
    (
        &["hold", "place", "B:2026-06-10:2026-06-11", "--minutes", "0"],
        3,
        "invalid_stay",
        "60",
    ),
    (&["hold", "release", "A-H9"], 3, "unknown_hold", "A-H9"),
    (&["outage", "end", "A-O9"], 3, "unknown_outage", "A-O9"),
    (
        &[
            "outage",
            "add",
            "B:2026-06-10:2026-06-12:6",
            "--reason",
            "Leak",
        ],
        3,
        "",
        "5",
    ),
    (&["cancel", "A9/1"], 3, "unknown_reservation", "A9"),
    (
        &["reservation", "show", "A9"],
        3,
        "unknown_reservation",
        "A9",
    ),
    (
        &["amend", "A9", "B:2026-06-10:2026-06-11"],
        3,
        "unknown_reservation",
        "A9",
    ),
    (
        &["availability", "2026-06-01", "2026-06-02", "--type", "Z"],
        3,
        "unknown_room_type",
        "Z",
    ),
    (&["explain", "Z", "2026-06-01"], 3, "unknown_room_type", "Z"),
    (
        &["undo", "01920000-0000-7000-8000-000000000000"],
        3,
        "",
        "01920000",
    ),
    (
        &["nights", "open", "2026-06-01..9999-12-31"],
        3,
        "invalid_stay",
        "ten years",
    ),
    (
        &[
            "limits",
            "set",
            "house",
            FAR,
            "2026-06-11",
            "--physical",
            "3",
        ],
        3,
        "invalid_stay",
        "type",
    ),
    (&["init", "property.toml"], 3, "already_initialised", ""),
];

/// The sentence of a run without `--json`, which printed nothing else.
#[track_caller]
fn sentence(run: &Run) -> String {
    assert_eq!(run.stdout, "", "{run:?}");
    assert!(!run.stderr.trim().is_empty(), "{run:?}");
    unpanicked(run);
    run.stderr.clone()
}

#[track_caller]
fn unpanicked(run: &Run) {
    assert!(!run.stderr.contains("panicked"), "{run:?}");
    assert_ne!(run.status, 101, "{run:?}");
    assert_ne!(run.status, -1, "{run:?}");
}

/// What the hotel is, beside the trail of what was asked and refused.
fn state(hotel: &Hotel) -> String {
    let whole = hotel.content();
    let trail = ["command", "audit"].map(|table| format!("CREATE TABLE {table} "));
    let mut tables = Vec::new();
    for table in whole.split("CREATE TABLE ").filter(|text| !text.is_empty()) {
        let text = format!("CREATE TABLE {table}");
        if !trail.iter().any(|name| text.starts_with(name)) {
            tables.push(text);
        }
    }
    tables.concat()
}

#[test]
fn bad_input_has_its_status_code_and_sentence_and_changes_nothing() {
    let hotel = Hotel::small();
    let before = state(&hotel);
    let mut wrong = Vec::new();
    for (words, status, code, names) in CASES {
        let commands = hotel.number("SELECT count(*) FROM command");
        let mut command = hotel.command(words);
        let run = Run::of(command.current_dir(hotel.folder.path()).output().unwrap());
        unpanicked(&run);
        let document = run.json();
        let error = &document["error"];
        let message = error["message"].as_str().unwrap_or_default();
        let coded = if code.is_empty() {
            error["code"].is_string() && error["code"] != "bad_input"
        } else {
            error["code"] == *code
        };
        if run.status != *status
            || !coded
            || !message.contains(names)
            || run.stdout.lines().count() != 1
        {
            wrong.push(format!("{words:?} -> {} {}", run.status, run.stdout));
        }
        let mut command = hotel.plain(words);
        let run = Run::of(command.current_dir(hotel.folder.path()).output().unwrap());
        if run.status != *status || !sentence(&run).contains(names) {
            wrong.push(format!("without --json {words:?} -> {run:?}"));
        }
        if *status == 2 {
            let after = hotel.number("SELECT count(*) FROM command");
            assert_eq!(after, commands, "{words:?} reached the database");
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(state(&hotel), before);
    hotel.verified();
}

/// A property file with one fault, and what the sentence names.
#[test]
fn a_bad_property_file_makes_no_database() {
    let broken = |from: &str, to: &str| SMALL.replacen(from, to, 1);
    let cases = [
        (broken("name = \"Hotel Miramar\"", "name = "), "line 2"),
        (broken("rooms = 5", "rooms = -5"), "-5"),
        (broken("rooms = 5", "rooms = 1000001"), "1000000"),
        (broken("rooms = 5", "rooms = 5\nfloor = 2"), "floor"),
        (
            broken("code = \"MIRA\"", "code = \"MIRA\"\nstars = 4"),
            "stars",
        ),
        (broken("code = \"B\"", "code = \"A\""), "twice"),
        (broken("Europe/Lisbon", "Europe/Nowhere"), "Europe/Nowhere"),
        (broken("\"EUR\"", "\"euro\""), "euro"),
        (broken("2026-06-01", "2026-06-31"), "2026-06-31"),
        (broken("2026-06-01", "10000-01-01"), "10000-01-01"),
        (broken("rooms = 5", ""), "rooms"),
        ("name = \"x\"".to_owned(), "code"),
        ("\u{0}\u{1}".to_owned(), "property.toml"),
    ];
    for (text, names) in cases {
        let hotel = Hotel::none();
        let property = hotel.write("property.toml", &text);
        let property = property.to_str().unwrap();
        let error = hotel.run(&["init", property]).refused(2, "bad_input");
        let message = error["message"].as_str().unwrap();
        assert!(
            message.contains(names) && message.contains(property),
            "{names}: {message}"
        );
        let run = Run::of(hotel.plain(&["init", property]).output().unwrap());
        assert_eq!(run.status, 2);
        assert!(sentence(&run).contains(names));
        let left: Vec<_> = fs::read_dir(hotel.folder.path()).unwrap().collect();
        assert_eq!(left.len(), 1, "{left:?}");
    }
    let hotel = Hotel::none();
    let error = hotel.run(&["init", "nowhere.toml"]).refused(2, "bad_input");
    assert!(error["message"].as_str().unwrap().contains("nowhere.toml"));
}

#[test]
fn a_bad_row_is_named_by_its_line_and_makes_no_database() {
    let good = (5, 10, 2, "KNG", "Check-Out", "2016-06-12");
    let file = csv(&[good, good, good]);
    let third = |from: &str, to: &str| {
        let bad = row(good).replacen(from, to, 1);
        assert_ne!(bad, row(good), "{from}");
        format!("{}\n{}\n{}\n{bad}\n", HEADER, row(good), row(good))
    };
    let cases = [
        (third("KNG", "ZZZ"), "line 4"),
        (third("June", "Juno"), "line 4"),
        (third(",10,0,2,", ",31,0,2,"), "line 4"),
        (third(",0,2,2,", ",0,two,2,"), "line 4"),
        (third(",0,2,2,", ",0,-2,2,"), "line 4"),
        // More nights than a stay may have, or an end before the booking: no rule would take them.
        (third(",0,2,2,", ",0,400,2,"), "line 4"),
        (third("2016-06-12", "2016-06-04"), "line 4"),
        (third("2016-06-12", "12 June"), "line 4"),
        (third("Check-Out", "Left"), "line 4"),
        (third("98.55", "free"), "line 4"),
        (third(",0,2,2,0.0", ",0,2,2"), "line: 4"),
        (file.replacen("lead_time", "lead", 1), "lead_time"),
        (format!("{HEADER}\n"), "no booking"),
        (String::new(), ""),
    ];
    for (text, names) in cases {
        let hotel = Hotel::none();
        let bookings = hotel.write("bookings.csv", &text);
        let property = hotel.write("city.toml", CITY);
        let words = [
            "replay",
            bookings.to_str().unwrap(),
            "--property",
            property.to_str().unwrap(),
        ];
        let error = hotel.run(&words).refused(2, "bad_input");
        let message = error["message"].as_str().unwrap();
        assert!(message.contains(names), "{names}: {message}");
        assert!(message.contains("bookings.csv"), "{message}");
        let run = Run::of(hotel.plain(&words).output().unwrap());
        assert!(sentence(&run).contains(names));
        assert!(!hotel.file.exists(), "{names}");
    }
    let hotel = Hotel::none();
    let property = hotel.write("city.toml", CITY);
    let property = property.to_str().unwrap();
    for (name, bytes) in [
        ("none.csv", None),
        ("torn.csv.gz", Some(&b"\x1f\x8b\x08torn"[..])),
    ] {
        if let Some(bytes) = bytes {
            hotel.write(name, bytes);
        }
        let path = hotel.folder.path().join(name);
        let run = hotel.run(&["replay", path.to_str().unwrap(), "--property", property]);
        assert!(
            run.refused(2, "bad_input")["message"]
                .as_str()
                .unwrap()
                .contains(name)
        );
        assert!(!hotel.file.exists());
    }
}

/// Every way to ask something of a file.
const ASKED: &[&[&str]] = &[
    &["verify"],
    &["availability", "2026-06-01", "2026-06-02"],
    &["reserve", "B:2026-06-10:2026-06-11", "--guest", "Ada"],
    &["events"],
    &["rebuild"],
    &["nights", "open", "2026-06-01..2026-06-02"],
];

#[track_caller]
fn storage(hotel: &Hotel, words: &[&str], names: &str) {
    let run = hotel.run(words);
    unpanicked(&run);
    let message = run.refused(5, "storage")["message"].clone();
    assert!(
        message.as_str().unwrap().contains(names),
        "{words:?}: {message}"
    );
    let run = Run::of(hotel.plain(words).output().unwrap());
    assert_eq!(run.status, 5, "{run:?}");
    assert!(sentence(&run).contains(names), "{run:?}");
}

#[test]
fn a_file_that_is_missing_or_none_of_ours_is_left_as_it_is() {
    let hotel = Hotel::none();
    for words in ASKED {
        storage(&hotel, words, "hotel.db");
    }
    assert_eq!(
        fs::read_dir(hotel.folder.path()).unwrap().count(),
        0,
        "nothing was made"
    );

    let contents: [&[u8]; 4] = [
        b"Dear Sirs, this is a letter and no database, as long as it may well be.",
        b"x",
        &[0; 8192],
        b"SQLite format 3\0 and then nothing that follows",
    ];
    for bytes in contents {
        let hotel = Hotel::none();
        hotel.write("hotel.db", bytes);
        let property = hotel.write("property.toml", SMALL);
        for words in ASKED {
            storage(&hotel, words, "hotel.db");
        }
        storage(&hotel, &["init", property.to_str().unwrap()], "hotel.db");
        assert_eq!(fs::read(&hotel.file).unwrap(), bytes);
    }
}

/// What another program does with its file: its settings, and what it wrote last.
type Foreign = (&'static str, bool);

#[test]
fn another_programs_database_is_left_as_it_is_byte_for_byte() {
    // In WAL mode with the last change still in the log, as a program leaves it that was killed.
    let cases: [Foreign; 3] = [("DELETE", false), ("WAL", false), ("WAL", true)];
    for (mode, killed) in cases {
        let hotel = Hotel::none();
        let property = hotel.write("property.toml", SMALL);
        let made = hotel.folder.path().join("theirs.db");
        let connection = Connection::open(&made).unwrap();
        connection
            .execute_batch(&format!(
                "PRAGMA journal_mode = {mode}; PRAGMA application_id = 77; PRAGMA user_version = 1;
                 CREATE TABLE invoice (id INTEGER PRIMARY KEY, amount); INSERT INTO invoice VALUES (1, 2);"
            ))
            .unwrap();
        if !killed {
            drop(connection);
        }
        fs::copy(&made, &hotel.file).unwrap();
        let log = hotel.folder.path().join("hotel.db-wal");
        if killed {
            fs::copy(hotel.folder.path().join("theirs.db-wal"), &log).unwrap();
        }
        // An empty log beside it says nothing.
        let logged = || fs::read(&log).unwrap_or_default();
        let (before, log_before) = (fs::read(&hotel.file).unwrap(), logged());
        for words in ASKED {
            storage(&hotel, words, "not a Keyrack database");
        }
        storage(
            &hotel,
            &["init", property.to_str().unwrap()],
            "not a Keyrack database",
        );
        assert_eq!(fs::read(&hotel.file).unwrap(), before, "{mode} {killed}");
        assert_eq!(logged(), log_before, "{mode} {killed}");
        let theirs = content(&Connection::open(&hotel.file).unwrap());
        assert!(
            theirs.contains("invoice") && theirs.contains("Integer(2)"),
            "{theirs}"
        );
    }
}

#[test]
fn a_database_of_a_newer_version_says_so_and_is_left_alone() {
    let hotel = Hotel::small();
    hotel
        .bare()
        .pragma_update(None, "user_version", 99)
        .unwrap();
    let before = hotel.content();
    for words in ASKED {
        storage(&hotel, words, "newer Keyrack");
    }
    assert_eq!(hotel.content(), before);
}

#[test]
fn where_nothing_can_be_written_the_sentence_says_so() {
    // Rights do not stop an administrator; a file where a folder should be, and /proc, stop anybody.
    let hotel = Hotel::none();
    let property = hotel.write("property.toml", SMALL);
    let property = property.to_str().unwrap();
    let in_the_way = hotel.write("plain", "a file");
    let before = fs::read(&in_the_way).unwrap();
    let places = [
        in_the_way.join("hotel.db"),
        in_the_way.join("deep/hotel.db"),
        "/proc/hotel.db".into(),
    ];
    for place in places {
        let elsewhere = |words: &[&str]| {
            let mut command = Command::new(crate::hotel::keyrackctl());
            command.arg("--db").arg(&place).arg("--json").args(words);
            command.env("KEYRACK_LOG_DIR", "");
            Run::of(command.output().unwrap())
        };
        for words in ASKED.iter().copied().chain([&["init", property][..]]) {
            let run = elsewhere(words);
            unpanicked(&run);
            let error = run.refused(5, "storage");
            let message = error["message"].as_str().unwrap();
            assert!(
                message.contains(place.parent().unwrap().to_str().unwrap()),
                "{message}"
            );
        }
        assert!(!Path::new(&place).exists());
    }
    assert_eq!(fs::read(&in_the_way).unwrap(), before);
}

#[test]
fn a_folder_where_the_database_should_be_is_no_database() {
    let hotel = Hotel::none();
    fs::create_dir(&hotel.file).unwrap();
    let property = hotel.write("property.toml", SMALL);
    for words in ASKED {
        storage(&hotel, words, "hotel.db");
    }
    storage(&hotel, &["init", property.to_str().unwrap()], "hotel.db");
    assert_eq!(fs::read_dir(&hotel.file).unwrap().count(), 0);
}

#[test]
fn a_window_that_finds_no_display_says_so_in_a_sentence() {
    let mut window = Command::new(keyrack());
    window.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
    let run = window.output().unwrap();
    let said = String::from_utf8(run.stderr).unwrap();
    assert_eq!(run.status.code(), Some(1), "{said}");
    assert!(
        said.starts_with("keyrack: the window cannot be opened: "),
        "{said}"
    );
    assert!(!said.contains("panicked"), "{said}");
}
