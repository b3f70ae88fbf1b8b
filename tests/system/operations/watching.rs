//! Logs, panics and support bundles: they say what happened, and nothing of any guest.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::hotel::{Hotel, Run, new_id};

/// What no log and no bundle may hold.
const CANARIES: [&str; 10] = [
    "Zyxwine",
    "Qanary",
    "5550199",
    "canary@feathers",
    "a-note-of-hers",
    "ref-feather",
    "guar-feather",
    "reason-feather",
    "override-feather",
    "ext-feather",
];

fn logged(hotel: &Hotel, words: &[&str]) -> Run {
    let mut command = hotel.command(words);
    command.env("KEYRACK_LOG_DIR", hotel.folder.path().join("logs"));
    Run::of(command.output().unwrap())
}

fn lines(folder: &Path) -> Vec<Value> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        all.extend(
            text.lines()
                .map(|line| serde_json::from_str::<Value>(line).unwrap()),
        );
    }
    all
}

/// Whatever a desk does with a guest's data, and what is refused, misspelt or overridden.
fn busy_day(hotel: &Hotel) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut run = |words: &[&str]| runs.push(logged(hotel, words));
    run(&[
        "reserve",
        "B:2026-06-10:2026-06-12",
        "--guest",
        "Zyxwine Qanary",
        "--phone",
        "+351 5550199",
        "--email",
        "canary@feathers.example",
        "--note",
        "a-note-of-hers",
        "--guarantee",
        "guar-feather",
        "--external-number",
        "ext-feather",
    ]);
    run(&[
        "hold",
        "place",
        "B:2026-06-10:2026-06-12",
        "--reference",
        "ref-feather",
    ]);
    run(&["hold", "convert", "A-H1", "--guest", "Zyxwine Qanary"]);
    run(&[
        "outage",
        "add",
        "B:2026-06-20:2026-06-22:1",
        "--reason",
        "reason-feather",
    ]);
    run(&["cancel", "A1", "--reason", "guest:reason-feather"]);
    run(&[
        "--override",
        "override-feather",
        "reserve",
        "B:2026-06-01:2026-06-12:9",
        "--guest",
        "Zyxwine",
    ]);
    run(&["reservation", "list", "--guest", "Qanary"]);
    run(&["cancel", "Zyxwine Qanary"]);
    run(&["reserve", "Zyxwine Qanary", "--guest", "Zyxwine"]);
    run(&[
        "reserve",
        "NOTHERE:2026-06-10:2026-06-12",
        "--guest",
        "Zyxwine",
    ]);
    run(&[
        "reserve",
        "B:2026-06-10:2026-06-12",
        "--guest",
        &"Zyxwine ".repeat(100),
    ]);
    run(&[
        "reserve",
        "B:2026-06-10:2026-06-12",
        "--guest",
        "Ada",
        "--note",
        &"a-note-of-hers ".repeat(2_000),
    ]);
    run(&["Zyxwine"]);
    run(&[
        "--db",
        "/nowhere/Zyx/hotel.db",
        "availability",
        "2026-06-01",
        "2026-06-02",
    ]);
    run(&["undo"]);
    run(&["jobs", "run"]);
    run(&["verify"]);
    run(&["health"]);
    runs
}

#[test]
fn a_busy_day_leaves_a_log_with_kinds_codes_and_durations_and_no_guests_data() {
    let hotel = Hotel::small();
    let runs = busy_day(&hotel);
    let folder = hotel.folder.path().join("logs");
    let log = lines(&folder);
    let text = format!("{log:?}");
    for canary in CANARIES {
        assert!(!text.contains(canary), "{canary} is in the log");
    }
    let commands: Vec<&Value> = log
        .iter()
        .filter(|line| line["message"] == "command")
        .collect();
    let kinds: Vec<&str> = commands
        .iter()
        .map(|line| line["kind"].as_str().unwrap())
        .collect();
    assert!(
        kinds.starts_with(&[
            "reserve",
            "place_hold",
            "convert_hold",
            "add_outage",
            "cancel"
        ]),
        "{kinds:?}"
    );
    for line in &commands {
        for field in [
            "request_id",
            "command_id",
            "outcome",
            "duration_us",
            "role",
            "timestamp",
            "level",
        ] {
            assert!(!line[field].is_null(), "{field}: {line}");
        }
    }
    assert!(
        commands
            .iter()
            .any(|line| line["outcome"] == "no_availability")
    );
    assert!(
        log.iter()
            .any(|line| line["message"] == "job" && line["kind"] == "backup")
    );
    // An answer and an error carry the name that the log has.
    let mut compared = 0;
    for run in &runs {
        let Some(id) = serde_json::from_str::<Value>(&run.stdout)
            .ok()
            .map(|said| said["request_id"].clone())
        else {
            continue;
        };
        if id.is_string() {
            assert!(log.iter().any(|line| line["request_id"] == id), "{run:?}");
            compared += 1;
        }
    }
    assert!(compared >= 10, "{compared} answers named their request");
}

#[test]
fn the_request_of_a_refusal_is_the_one_in_the_trail() {
    let hotel = Hotel::small();
    let refused = hotel
        .run(&["reserve", "B:2026-06-10:2026-06-12:9", "--guest", "Ada"])
        .ends(3);
    let trail = hotel.run(&["audit", "--action", "reserve"]).lines();
    assert_eq!(trail[0]["request_id"], refused["request_id"]);
}

#[test]
fn a_log_that_cannot_be_written_stops_no_work_and_says_nothing() {
    let hotel = Hotel::small();
    let in_the_way = hotel.write("in_the_way", "");
    let mut command = hotel.command(&["reserve", "B:2026-06-10:2026-06-12", "--guest", "Ada"]);
    command.env("KEYRACK_LOG_DIR", in_the_way.join("logs"));
    let run = Run::of(command.output().unwrap());
    run.ends(0);
    assert_eq!(run.stderr, "");
}

#[test]
fn a_panic_is_logged_with_its_place_and_trace_and_the_program_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_stumbler"))
        .arg(folder.path())
        .arg("Zyxwine Qanary")
        .output()
        .unwrap();
    let run = Run::of(output);
    assert_eq!(run.status, 0, "{run:?}");
    assert!(
        run.stdout.contains("stumbled [true, true], and goes on"),
        "{run:?}"
    );
    let log = lines(folder.path());
    assert_eq!(log.len(), 2, "{log:?}");
    assert_eq!(
        (&log[0]["message"], &log[0]["said"]),
        (&"panic".into(), &"a planted stone".into())
    );
    for (line, function) in log.iter().zip(["stumble_over_a_stone", "stumble_over"]) {
        assert_eq!(
            (&line["level"], &line["program"]),
            (&"ERROR".into(), &"stumbler".into())
        );
        assert!(
            line["place"].as_str().unwrap().contains("stumbler.rs"),
            "{line}"
        );
        assert!(
            line["backtrace"].as_str().unwrap().contains(function),
            "{line}"
        );
        assert!(line["request_id"].is_string());
    }
    assert!(
        !format!("{log:?}").contains("Qanary"),
        "what a text was put together from is not logged"
    );
}

#[test]
fn a_support_bundle_says_how_the_desk_fares_and_nothing_of_any_guest() {
    let hotel = Hotel::small();
    busy_day(&hotel);
    // A difference that verify tells of has the reservation's own fields in it.
    let changed = "UPDATE reservation SET external_number = 'ext-feather-2', adults = 3";
    hotel.bare().execute_batch(changed).unwrap();
    assert!(hotel.run(&["verify"]).stdout.contains("ext-feather"));
    let id = new_id();
    let place = hotel.folder.path().join("bundle.zip");
    let made = logged(
        &hotel,
        &[
            "--command-id",
            &id,
            "support-bundle",
            place.to_str().unwrap(),
        ],
    )
    .ends(0);
    let expected = [
        "about.json",
        "health.json",
        "settings.json",
        "rows.json",
        "jobs.json",
        "alerts.json",
        "verify.json",
        "commands.json",
    ];
    for name in expected {
        assert!(
            made["files"].as_array().unwrap().contains(&name.into()),
            "{made}"
        );
    }
    let mut bundle = zip::ZipArchive::new(fs::File::open(&place).unwrap()).unwrap();
    let mut read = |name: &str| -> Value {
        let mut text = String::new();
        bundle
            .by_name(name)
            .unwrap()
            .read_to_string(&mut text)
            .unwrap();
        serde_json::from_str(&text).unwrap()
    };
    assert_eq!(read("verify.json")["ok"], false);
    assert!(read("verify.json").to_string().contains("reservation A1"));
    assert!(read("rows.json")["reservation"].as_u64().unwrap() >= 2);
    assert_eq!(
        read("health.json")["schema_version"],
        read("health.json")["schema_version"]
    );
    let commands = read("commands.json");
    let first = commands
        .as_array()
        .unwrap()
        .iter()
        .find(|command| command["kind"] == "place_hold")
        .unwrap();
    assert_eq!(first["outcome"], "done");
    assert!(first["duration_us"].as_u64().unwrap() > 0, "{first}");
    let names: Vec<String> = bundle
        .file_names()
        .map(|name| name.unwrap().into_owned())
        .collect();
    assert!(
        names.iter().any(|name| name.starts_with("logs/keyrack-")),
        "{names:?}"
    );
    for name in names {
        let mut bytes = Vec::new();
        bundle
            .by_name(&name)
            .unwrap()
            .read_to_end(&mut bytes)
            .unwrap();
        let text = String::from_utf8_lossy(&bytes);
        for canary in CANARIES {
            assert!(!text.contains(canary), "{canary} is in {name}");
        }
    }
    let trail = hotel.run(&["audit", "--action", "support_bundle"]).lines();
    assert_eq!(trail.len(), 1);
    let nowhere = hotel.run(&["support-bundle", "/nowhere/bundle.zip"]);
    nowhere.refused(5, "storage");
}
