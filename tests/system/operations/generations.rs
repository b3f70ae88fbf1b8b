//! Daily backups: verified, kept by generations, and a bad one never costs a good one.

use std::fs;
use std::process::Command;

use keyrack_inventory::Night;
use rusqlite::Connection;

use crate::hotel::{Hotel, Run, keyrackctl, new_id};

fn day(number: i32) -> String {
    let first: Night = "2026-06-01".parse().unwrap();
    format!("{}T04:00:00Z", first.plus(number))
}

#[test]
fn sixty_days_leave_seven_daily_four_weekly_and_the_months() {
    let hotel = Hotel::small();
    for number in 0..60 {
        hotel.done_at(&day(number), &["jobs", "run"]);
    }
    let dates: Vec<String> = hotel
        .backups()
        .iter()
        .map(|name| name["MIRA-".len()..][..10].to_owned())
        .collect();
    // The sixtieth day is Thursday 30 July: the last of June, three Sundays, seven days.
    let expected = [
        "2026-06-30",
        "2026-07-12",
        "2026-07-19",
        "2026-07-24",
        "2026-07-25",
        "2026-07-26",
        "2026-07-27",
        "2026-07-28",
        "2026-07-29",
        "2026-07-30",
    ];
    assert_eq!(dates, expected);
    // Each is a whole hotel.
    for name in hotel.backups() {
        let other = Hotel {
            file: hotel.folder.path().join("backups").join(name),
            folder: tempfile::tempdir().unwrap(),
        };
        other.verified();
    }
    let health = hotel.run(&["--at", &day(60), "health"]).ends(0);
    assert_eq!(health["last_backup"]["age_hours"], 24.0);
    assert_eq!(health["last_backup"]["ok"], true);
}

#[test]
fn a_backup_that_does_not_verify_is_kept_aside_told_and_costs_no_good_one() {
    let hotel = Hotel::small();
    hotel.reserved("B:2026-06-10:2026-06-12");
    hotel.done(&["settings", "set", "backup_daily", "1"]);
    hotel.done(&["settings", "set", "backup_weekly", "0"]);
    hotel.done(&["settings", "set", "backup_monthly", "0"]);
    hotel.done_at(&day(0), &["jobs", "run"]);
    let good = hotel.backups();
    assert_eq!(good.len(), 1);
    let change = |by: &str| {
        let sql =
            format!("UPDATE cell SET sold = sold {by} 1 WHERE room_type = 'B' AND night = 20614");
        hotel.bare().execute_batch(&sql).unwrap();
    };
    change("+");
    for number in 1..6 {
        hotel.done_at(&day(number), &["jobs", "run"]);
    }
    let names = hotel.backups();
    let failed = names
        .iter()
        .filter(|name| name.ends_with(".failed"))
        .count();
    assert!(
        names.contains(&good[0]),
        "the last good one is gone: {names:?}"
    );
    assert_eq!((failed, names.len()), (5, 6));
    let open = hotel.open_at(&day(6));
    for (kind, subject) in [
        ("backup_failed", "database"),
        ("verify_failed", "database"),
        ("backup_old", "database"),
    ] {
        assert!(
            open.contains(&(kind.to_owned(), subject.to_owned())),
            "{open:?}"
        );
    }
    // When all is well again the old one goes, the last three that failed stay, the alerts close.
    change("-");
    hotel.done_at(&day(6), &["jobs", "run"]);
    let names = hotel.backups();
    assert!(!names.contains(&good[0]), "{names:?}");
    assert_eq!(names.len(), 4, "{names:?}");
    assert_eq!(hotel.open_at(&day(6)), []);
    hotel.verified();
}

#[test]
fn a_backup_by_hand_that_does_not_verify_does_not_take_a_good_ones_name() {
    let hotel = Hotel::small();
    hotel.reserved("B:2026-06-10:2026-06-12");
    let copy = hotel.folder.path().join("copy.db");
    let words = ["backup", copy.to_str().unwrap()];
    assert_eq!(hotel.done(&words)["verified"], true);
    let good = fs::read(&copy).unwrap();
    hotel
        .bare()
        .execute_batch("DELETE FROM audit WHERE seq = 2")
        .unwrap();
    let failed = hotel.run(&[&words[..], &["--force"]].concat()).ends(1);
    assert_eq!(failed["verified"], false);
    let aside = failed["backup"].as_str().unwrap();
    assert!(aside.ends_with("copy.db.failed"), "{aside}");
    assert!(Connection::open(aside).is_ok());
    assert_eq!(fs::read(&copy).unwrap(), good);
}

#[test]
fn a_backup_may_be_called_list_and_the_folder_can_be_set() {
    let hotel = Hotel::small();
    let mut command = hotel.command(&["backup", "list"]);
    let made = Run::of(command.current_dir(hotel.folder.path()).output().unwrap()).ends(0);
    assert_eq!(made["backup"], "list");
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("deep/er");
    hotel.done(&["settings", "set", "backup_folder", place.to_str().unwrap()]);
    hotel.done_at(&day(0), &["jobs", "run"]);
    assert_eq!(fs::read_dir(&place).unwrap().count(), 1);
    assert!(hotel.backups().is_empty());
}

#[test]
fn a_disk_that_is_full_leaves_no_half_backup_and_is_told() {
    let hotel = Hotel::small();
    for _booking in 0..5 {
        hotel.reserved("A:2026-06-10:2026-06-30");
    }
    // The log is written back, so that it begins anew and fits.
    hotel.done(&["jobs", "run", "checkpoint"]);
    let kilobytes = fs::metadata(&hotel.file).unwrap().len() / 1024;
    let id = new_id();
    let mut shell = Command::new("bash");
    shell
        .arg("-c")
        .arg(format!(
            "trap '' XFSZ; ulimit -f {}; exec \"$@\"",
            kilobytes - 8
        ))
        .arg("bash")
        .arg(keyrackctl())
        .args([
            "--json",
            "--at",
            &day(0),
            "--command-id",
            &id,
            "jobs",
            "run",
            "backup",
            "--db",
        ])
        .arg(&hotel.file)
        .env("KEYRACK_LOG_DIR", "");
    let run = Run::of(shell.output().unwrap());
    let job = run.ends(1)["jobs"][0].clone();
    assert_eq!(job["state"], "waiting");
    let error = job["error"].as_str().unwrap();
    assert!(error.contains("backups/MIRA-"), "{error}");
    assert_eq!(hotel.backups(), [""; 0], "nothing half done is left");
    let open = hotel.open_at(&day(0));
    assert!(
        open.contains(&("backup_failed".to_owned(), "database".to_owned())),
        "{open:?}"
    );
    hotel.verified();
    // There is room again, and by itself the job is done at its next try.
    hotel.done_at("2026-06-01T04:05:00Z", &["jobs", "run"]);
    assert_eq!(hotel.open_at("2026-06-01T04:05:00Z"), []);
    assert!(!hotel.backups().is_empty());
}
