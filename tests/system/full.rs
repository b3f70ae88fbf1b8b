//! A disk that takes no more: nothing is half done, the sentence says why, and work resumes.

use std::process::Command;

use crate::hotel::{Hotel, Run, keyrackctl, new_id};

/// Runs `keyrackctl` where no file may grow beyond `kilobytes`, as on a full disk.
fn on_a_full_disk(hotel: &Hotel, kilobytes: u32, words: &[&str]) -> Run {
    let script = format!("trap '' XFSZ; ulimit -f {kilobytes}; exec \"$@\"");
    let mut shell = Command::new("bash");
    shell.args(["-c", &script, "bash"]);
    within(shell, hotel, words)
}

/// Runs `keyrackctl` as the last words of a shell's command.
fn within(mut shell: Command, hotel: &Hotel, words: &[&str]) -> Run {
    shell
        .arg(keyrackctl())
        .arg("--db")
        .arg(&hotel.file)
        .arg("--json")
        .args(words)
        .env("KEYRACK_LOG_DIR", "");
    Run::of(shell.output().unwrap())
}

#[test]
fn a_full_disk_refuses_with_a_sentence_and_the_same_command_is_done_later() {
    let hotel = Hotel::small();
    hotel.reserved("B:2026-06-10:2026-06-12");
    let before = hotel.content();
    let id = new_id();
    let words = [
        "--command-id",
        &id,
        "nights",
        "open",
        "2026-08-01..2027-05-01",
    ];
    let mut refused = 0;
    // From where not even the index of the log fits, to where everything does.
    let done = (8..).step_by(8).find_map(|kilobytes| {
        let run = on_a_full_disk(&hotel, kilobytes, &words);
        assert!(!run.stderr.contains("panicked"), "{run:?}");
        if run.status == 0 {
            return Some(run.json());
        }
        let error = run.refused(5, "storage");
        let message = error["message"].as_str().unwrap();
        assert!(message.contains("hotel.db"), "{error}");
        assert_eq!(hotel.content(), before, "{kilobytes} KB");
        hotel.verified();
        refused += 1;
        None
    });
    let done = done.unwrap();
    assert!(refused >= 4, "refused {refused} times");
    assert!(done.get("repeated").is_none(), "{done}");
    assert_eq!(done["opened"], 273 * 3);
    assert_eq!(hotel.done(&words)["repeated"], true);
    hotel.verified();
}

#[test]
fn on_a_full_disk_one_can_still_look() {
    let hotel = Hotel::small();
    hotel.reserved("B:2026-06-10:2026-06-12");
    // The index of the log is 32 KB; nothing is written beside it.
    let run = on_a_full_disk(&hotel, 40, &["availability", "2026-06-10", "2026-06-11"]);
    assert_eq!(run.ends(0)["room_types"][1]["cells"][0]["sold"], 1);
}

#[test]
fn where_nothing_can_be_written_one_can_still_look_and_is_told_that_the_disk_is_full() {
    let hotel = Hotel::small();
    hotel.reserved("B:2026-06-10:2026-06-12");
    let before = hotel.content();
    let look = || {
        for words in [
            &["reservation", "list"][..],
            &["reservation", "show", "A1"],
            &["availability", "2026-06-10", "2026-06-11"],
            &["hold", "list"],
            &["explain", "B", "2026-06-10"],
            &["end-of-day", "--dry-run"],
            &["settings", "list"],
            &["audit"],
            &["events"],
            &["verify"],
        ] {
            let run = on_a_full_disk(&hotel, 0, words);
            assert_eq!(run.status, 0, "{words:?}: {run:?}");
        }
        let alerts = on_a_full_disk(&hotel, 0, &["alerts", "list"]).ends(0);
        assert_eq!(alerts["fresh"], false, "{alerts}");
    };
    look();
    // A command that failed there leaves what it could make of the log; one looks all the same.
    for kilobytes in [0, 8] {
        let words = ["nights", "open", "2026-08-01..2027-05-01"];
        let run = on_a_full_disk(&hotel, kilobytes, &words);
        let error = run.refused(5, "storage");
        let message = error["message"].as_str().unwrap();
        assert!(message.contains("full"), "{kilobytes} KB: {error}");
        look();
    }
    assert_eq!(hotel.content(), before);
    hotel.reserved("B:2026-06-10:2026-06-12");
    hotel.verified();
}

/// Runs `keyrackctl` with the hotel's folder on a file system that is mounted for reading alone: in name spaces of
/// its own, with the rights of the user or of root.
fn on_a_disk_for_reading(hotel: &Hotel, words: &[&str]) -> Run {
    let can = |how: &&str| {
        let done = Command::new("unshare").args([*how, "true"]).output();
        done.is_ok_and(|done| done.status.success())
    };
    let how = ["-rm", "-m"].into_iter().find(can);
    let how = how.expect("this machine lets its users, or root, mount a folder");
    let script = "mount --bind \"$1\" \"$1\" && mount -o remount,bind,ro \"$1\" || exit 99; shift; exec \"$@\"";
    let mut shell = Command::new("unshare");
    shell
        .args([how, "bash", "-c", script, "bash"])
        .arg(hotel.file.parent().unwrap());
    let run = within(shell, hotel, words);
    assert_ne!(run.status, 99, "{run:?}");
    run
}

#[test]
fn on_a_disk_for_reading_alone_one_can_look_and_copy_the_file_elsewhere() {
    let hotel = Hotel::small();
    hotel.reserved("B:2026-06-10:2026-06-12");
    let elsewhere = Hotel::none();
    let copy = elsewhere.file.with_extension("copy");
    let copied = copy.display().to_string();
    let look = || {
        for words in [
            &["reservation", "list"][..],
            &["availability", "2026-06-10", "2026-06-11"],
            &["explain", "B", "2026-06-10"],
            &["alerts", "list"],
            &["audit"],
            &["events"],
            &["verify"],
        ] {
            let run = on_a_disk_for_reading(&hotel, words);
            assert_eq!(run.status, 0, "{words:?}: {run:?}");
        }
        let write = ["reserve", "B:2026-06-10:2026-06-12", "--guest", "Bo"];
        let refused = on_a_disk_for_reading(&hotel, &write);
        refused.refused(5, "storage");
    };
    look();
    // With a log and its index beside it, as a program leaves them that has the file open.
    let writer = hotel.bare();
    writer
        .execute_batch("PRAGMA wal_autocheckpoint = 0; SELECT count(*) FROM sqlite_schema;")
        .unwrap();
    hotel.reserved("B:2026-06-10:2026-06-12");
    look();
    let run = on_a_disk_for_reading(&hotel, &["reservation", "list"]);
    assert_eq!(run.json()["reservations"].as_array().unwrap().len(), 2);
    let run = on_a_disk_for_reading(&hotel, &["backup", &copied]);
    assert_eq!(run.status, 0, "{run:?}");
    assert!(copy.is_file());
}

#[test]
fn on_a_full_disk_with_a_log_that_its_writer_left_one_sees_what_is_in_it() {
    let hotel = Hotel::small();
    // A program that dies leaves its log with what it wrote, and not the index of it.
    let writer = hotel.bare();
    writer
        .execute_batch("PRAGMA wal_autocheckpoint = 0; SELECT 1;")
        .unwrap();
    hotel.reserved("B:2026-06-10:2026-06-12");
    let copy = Hotel::none();
    for suffix in ["", "-wal"] {
        let name = |hotel: &Hotel| format!("{}{suffix}", hotel.file.display());
        std::fs::copy(name(&hotel), name(&copy)).unwrap();
    }
    let list = on_a_full_disk(&copy, 0, &["reservation", "list"]).ends(0);
    assert_eq!(list["reservations"][0]["number"], "A1", "{list}");
    copy.verified();
}
