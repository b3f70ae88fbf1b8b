//! Backups, and what is put back.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use keyrack_desk::{Desk, Options, parse};
use rusqlite::Connection;
use serde_json::json;

use crate::hotel::{Hotel, content, new_id};

fn backup(hotel: &Hotel, name: &str) -> String {
    let path = hotel.folder.path().join(name);
    let path = path.to_str().unwrap().to_owned();
    hotel.done(&["backup", &path]);
    path
}

fn names(hotel: &Hotel) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(hotel.folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_backup_restores_what_was_and_the_replaced_content_is_kept() {
    let hotel = Hotel::small();
    hotel.reserved("B:2026-06-10:2026-06-12");
    let then = hotel.content();
    let copy = backup(&hotel, "copy.db");
    assert!(
        !Path::new(&format!("{copy}-wal")).exists(),
        "one file, which needs none beside it"
    );
    hotel.reserved("B:2026-06-10:2026-06-12");
    let now = hotel.content();
    let restored = hotel.done(&["restore", &copy]);
    assert_eq!(without_version(&hotel.content()), without_version(&then));
    let kept = restored["replaced"].as_str().unwrap();
    assert_eq!(content(&Connection::open(kept).unwrap()), now);
    assert_eq!(restored["verified"], true);
    let trail = hotel.run(&["audit", "--action", "restore"]).lines();
    assert_eq!(
        (trail.len(), &trail[0]["object"]),
        (1, &copy.as_str().into())
    );
    hotel.verified();
    let before = names(&hotel);
    hotel.done(&["restore", kept]);
    assert_eq!(
        without_version(&hotel.content()),
        without_version(&now),
        "and back again"
    );
    assert_eq!(
        names(&hotel).len(),
        before.len() + 1,
        "one more is kept, and nothing else: {before:?}"
    );
    hotel.verified();
    hotel.reserved("B:2026-06-10:2026-06-12");
}

/// The content but for the catalogue's version, which a restore moves on, and the trail and the
/// notes, which tell of the backup and of the restore themselves.
fn without_version(content: &str) -> String {
    let told = ["act", "act_count", "alert", "audit", "upkeep"];
    let tables = content.split("CREATE TABLE ").filter(|table| {
        let name = table.split([' ', '(']).next().unwrap_or_default();
        !told.contains(&name.trim_matches('"'))
    });
    let lines = tables
        .flat_map(str::lines)
        .filter(|line| !line.starts_with("Integer(1);Text([77, 73, 82, 65])"));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn two_restores_in_one_instant_keep_both_contents() {
    let hotel = Hotel::small();
    let copy = backup(&hotel, "copy.db");
    let at = ["--at", "2026-06-01T10:00:00Z", "restore", &copy];
    let number = hotel.reserved("B:2026-06-10:2026-06-12");
    let first = hotel.done(&at);
    let second = hotel.done(&at);
    assert_ne!(first["replaced"], second["replaced"]);
    let kept = Connection::open(first["replaced"].as_str().unwrap()).unwrap();
    assert!(content(&kept).contains(&format!("{:?}", number.as_bytes())));
}

#[test]
fn a_restore_makes_the_file_where_there_was_none() {
    let hotel = Hotel::small();
    let copy = backup(&hotel, "copy.db");
    let other = Hotel::none();
    let restored = other.done(&["restore", &copy]);
    assert!(restored["replaced"].is_null());
    other.verified();
    assert_eq!(other.done(&["verify"])["ok"], true);
}

#[test]
fn a_backup_that_was_tampered_with_is_refused_and_nothing_is_replaced() {
    let changes = [
        "UPDATE cell SET sold = sold + 1 WHERE room_type = 'B' AND night = 20614",
        "UPDATE event SET payload = replace(payload, '\"adults\":2', '\"adults\":3')",
        "DELETE FROM audit WHERE seq = 2",
    ];
    for change in changes {
        let hotel = Hotel::small();
        hotel.reserved("B:2026-06-10:2026-06-12");
        let copy = backup(&hotel, "copy.db");
        let tampered = Connection::open(&copy).unwrap();
        tampered
            .execute_batch(&format!("PRAGMA foreign_keys = OFF; {change}"))
            .unwrap();
        drop(tampered);
        let (before, bytes, beside) = (hotel.content(), fs::read(&copy).unwrap(), names(&hotel));
        let error = hotel.run(&["restore", &copy]).refused(2, "bad_input");
        assert!(
            error["message"]
                .as_str()
                .unwrap()
                .contains("does not verify"),
            "{error}"
        );
        assert_eq!(hotel.content(), before, "{change}");
        assert_eq!(fs::read(&copy).unwrap(), bytes);
        assert_eq!(names(&hotel), beside, "nothing is left behind");
    }
}

#[test]
fn what_is_no_backup_is_refused() {
    let hotel = Hotel::small();
    let before = hotel.content();
    for (name, bytes, status, code) in [
        (
            "letter.txt",
            Some("Dear Sirs, this is a letter"),
            2,
            "bad_input",
        ),
        ("none.db", None, 2, "bad_input"),
    ] {
        if let Some(bytes) = bytes {
            hotel.write(name, bytes);
        }
        let path = hotel.folder.path().join(name);
        let error = hotel
            .run(&["restore", path.to_str().unwrap()])
            .refused(status, code);
        let message = error["message"].as_str().unwrap();
        assert!(
            message.contains(name) && !message.contains(".restoring"),
            "{message}"
        );
    }
    assert_eq!(hotel.content(), before);
}

#[test]
fn a_backup_onto_the_file_itself_and_a_restore_from_it_are_refused() {
    let hotel = Hotel::small();
    hotel.reserved("B:2026-06-10:2026-06-12");
    // The log holds the last changes while somebody has the file open.
    let open = hotel.bare();
    let opened = content(&open);
    let number = hotel.reserved("B:2026-06-10:2026-06-12");
    let before = hotel.content();
    let link = hotel.folder.path().join("link.db");
    std::os::unix::fs::symlink(&hotel.file, &link).unwrap();
    for path in [&hotel.file, &link] {
        for verb in ["backup", "restore"] {
            let error = hotel
                .run(&[verb, path.to_str().unwrap()])
                .refused(2, "bad_input");
            assert!(
                error["message"].as_str().unwrap().contains("itself"),
                "{error}"
            );
        }
    }
    assert_ne!(opened, before);
    assert_eq!(content(&open), before);
    hotel.done(&["reservation", "show", &number]);
    hotel.verified();
}

#[test]
fn a_backup_that_is_still_in_use_is_restored_with_its_last_changes() {
    let source = Hotel::small();
    let open = source.bare();
    let opened = content(&open);
    let number = source.reserved("B:2026-06-10:2026-06-12");
    assert!(
        fs::metadata(format!("{}-wal", source.file.display()))
            .unwrap()
            .len()
            > 0
    );
    let hotel = Hotel::none();
    hotel.done(&["restore", source.file.to_str().unwrap()]);
    hotel.done(&["reservation", "show", &number]);
    hotel.verified();
    assert_ne!(content(&open), opened);
}

#[test]
fn a_damaged_file_is_moved_aside_whole_by_a_restore() {
    let hotel = Hotel::small();
    let copy = backup(&hotel, "copy.db");
    let ruin = b"SQLite format 3\0 and then nothing that follows, for as long as it may well be. "
        .repeat(40);
    for suffix in ["-wal", "-shm"] {
        assert!(!Path::new(&format!("{}{suffix}", hotel.file.display())).exists());
    }
    fs::write(&hotel.file, &ruin).unwrap();
    hotel.run(&["verify"]).refused(5, "storage");
    let restored = hotel.done(&["restore", &copy]);
    assert_eq!(
        fs::read(restored["replaced"].as_str().unwrap()).unwrap(),
        ruin
    );
    hotel.verified();
}

#[test]
fn a_backup_taken_while_desks_write_is_whole() {
    let hotel = Hotel::small();
    let words = ["reserve", "A:2026-06-10:2026-06-12", "--guest", "Ada"];
    let mut commands: Vec<_> = (0..10).map(|_| hotel.command(&words)).collect();
    let copies: Vec<_> = (0..4)
        .map(|at| hotel.folder.path().join(format!("copy{at}.db")))
        .collect();
    commands.extend(
        copies
            .iter()
            .map(|copy| hotel.command(&["backup", copy.to_str().unwrap()])),
    );
    commands.extend((0..3).map(|_| hotel.command(&["verify"])));
    commands.extend((0..3).map(|_| hotel.command(&["availability", "2026-06-01", "2026-07-01"])));
    commands.reverse();
    for run in hotel.at_once(commands) {
        run.ends(0);
    }
    assert_eq!(hotel.cell("A", "2026-06-10")["sold"], 10);
    for copy in copies {
        let other = Hotel {
            file: copy,
            folder: tempfile::tempdir().unwrap(),
        };
        other.verified();
    }
}

#[test]
fn eight_processes_that_set_up_one_file_make_one_hotel() {
    let hotel = Hotel::none();
    let property = hotel.write("property.toml", crate::hotel::SMALL);
    let words = [
        "init",
        property.to_str().unwrap(),
        "--nights",
        "2026-06-01..2026-06-10",
    ];
    let runs = hotel.at_once((0..8).map(|_| hotel.command(&words)).collect());
    let done = runs.iter().filter(|run| run.status == 0).count();
    for run in runs.iter().filter(|run| run.status != 0) {
        run.refused(3, "already_initialised");
    }
    assert_eq!(done, 1);
    hotel.verified();
}

#[test]
fn an_open_desk_sells_by_the_restored_room_types_and_not_by_those_it_remembers() {
    let hotel = Hotel::small();
    let copy = backup(&hotel, "copy.db");
    hotel.done(&["room-type", "rename", "C", "Loft"]);
    let desk = Desk::open(&Options::new(&hotel.file, "Iris")).unwrap();
    let reserve = || {
        let words = json!({
            "command_id": new_id(),
            "command": { "kind": "reserve", "guest": { "name": "Ada" }, "stays": [
                { "room_type": "B", "arrival": "2026-06-10", "departure": "2026-06-11", "rooms": 1 },
            ] },
        });
        let answer = desk.execute(&parse(words).unwrap()).unwrap();
        serde_json::to_value(answer).unwrap()
    };
    assert_eq!(reserve()["ok"], true);
    hotel.done(&["restore", &copy]);
    hotel.done(&["room-type", "stop", "B"]);
    let refused = reserve();
    assert_eq!(refused["ok"], false, "{refused}");
    assert_eq!(refused["error"]["code"], "restricted", "{refused}");
    hotel.verified();
}

/// Copies that are being made, or were when somebody died over them.
fn half(hotel: &Hotel) -> Vec<String> {
    let mut names = names(hotel);
    names.retain(|name| name.contains(".copying-") || name.contains(".restoring-"));
    names
}

/// Kills backups and restores until each has left something behind.
fn left_behind(hotel: &Hotel, copy: &str, words: &[&str], mark: &str) {
    for wait in (1..400).cycle() {
        let mut command = hotel.command(words);
        let mut child = command
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(std::time::Duration::from_millis(wait));
        child.kill().unwrap();
        child.wait().unwrap();
        if half(hotel).iter().any(|name| name.contains(mark)) {
            return;
        }
    }
    unreachable!("{copy}: nothing was left behind");
}

#[test]
fn what_killed_backups_and_restores_leave_is_swept_and_has_no_erased_guest() {
    let hotel = Hotel::small();
    let guest = "Zebedee Quillfeather";
    hotel.done(&["reserve", "B:2026-06-10:2026-06-12", "--guest", guest]);
    let copy = backup(&hotel, "copy.db");
    let other = hotel.folder.path().join("other.db");
    let copying = ["backup", other.to_str().unwrap(), "--force"];
    left_behind(&hotel, &copy, &copying, ".copying-");
    hotel.done(&copying);
    assert_eq!(half(&hotel), [""; 0], "a backup sweeps");
    let restoring = ["restore", &copy];
    left_behind(&hotel, &copy, &restoring, ".restoring-");
    hotel.done(&restoring);
    assert_eq!(half(&hotel), [""; 0], "a restore sweeps");
    left_behind(&hotel, &copy, &restoring, ".restoring-");
    hotel.done(&["jobs", "run", "backup"]);
    assert_eq!(half(&hotel), [""; 0], "the daily backup sweeps");
    left_behind(&hotel, &copy, &restoring, ".restoring-");
    left_behind(&hotel, &copy, &copying, ".copying-");
    hotel.done(&["guest", "erase", "A1", "--reason", "asked for it"]);
    assert_eq!(half(&hotel), [""; 0], "an erasure sweeps");
    hotel.verified();
}

#[test]
fn a_copy_that_somebody_is_making_is_not_swept() {
    let hotel = Hotel::small();
    let to = hotel.folder.path().join("slow.db");
    // Many at once, each of which sweeps: none takes another's away.
    let words = |at: usize| format!("{}-{at}", to.display());
    let commands = (0..8)
        .map(|at| hotel.command(&["backup", &words(at)]))
        .collect();
    for run in hotel.at_once(commands) {
        assert_eq!(run.ends(0)["verified"], true, "{run:?}");
    }
    assert_eq!(half(&hotel), [""; 0]);
}
