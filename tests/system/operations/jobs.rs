//! Work that waits: once, whoever does it and whoever dies.

use std::io::{BufRead, BufReader};
use std::os::unix::fs::MetadataExt;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use serde_json::Value;

use super::MORNING;
use crate::chance::{Chance, share_of, short_or_long};
use crate::hotel::{Hotel, Run, new_id};

fn state(hotel: &Hotel, id: &str) -> Value {
    let jobs = hotel.done(&["jobs", "list"])["jobs"].clone();
    let mut found = jobs.as_array().unwrap().iter().cloned();
    found.find(|job| job["id"] == id).unwrap_or(Value::Null)
}

#[test]
fn what_recurs_is_scheduled_once_and_done_once_by_eight_processes() {
    let hotel = Hotel::small();
    let words = ["--at", MORNING, "jobs", "run"];
    let runs = hotel.at_once((0..8).map(|_| hotel.command(&words)).collect());
    let mut done: Vec<String> = runs
        .iter()
        .flat_map(|run| run.ends(0)["jobs"].as_array().unwrap().clone())
        .map(|job| job["kind"].as_str().unwrap().to_owned())
        .collect();
    done.sort();
    assert_eq!(done, ["backup", "checkpoint", "health"]);
    let count = |sql: &str| hotel.number(&format!("SELECT count(*) FROM {sql}"));
    assert_eq!(count("job"), 3);
    assert_eq!(count("job WHERE state = 'done' AND tries = 1"), 3);
    assert_eq!(count("upkeep WHERE kind = 'backup'"), 1);
    assert_eq!(count("audit WHERE what = 'backup'"), 1);
    assert_eq!(hotel.backups().len(), 1);
    // Within the quarter nothing is due; after it the health is, and nothing else.
    assert_eq!(
        hotel.done_at("2026-06-01T10:14:59Z", &["jobs", "run"])["jobs"],
        serde_json::json!([])
    );
    let later = hotel.done_at("2026-06-01T10:15:00Z", &["jobs", "run"]);
    assert_eq!(later["jobs"].as_array().unwrap().len(), 1);
    assert_eq!(later["jobs"][0]["kind"], "health");
    // The next day's backup is due at three on the hotel's clock, which is two in June.
    let none = hotel.done_at("2026-06-02T01:59:59Z", &["jobs", "run"]);
    assert!(!none.to_string().contains("backup"), "{none}");
    let next = hotel.done_at("2026-06-02T02:00:00Z", &["jobs", "run"]);
    assert!(next.to_string().contains("backup"), "{next}");
    hotel.verified();
}

/// A process that holds the job, and is killed.
fn claim_and_die(hotel: &Hotel, job: &str, at: &str) {
    let mut claimer = Command::new(env!("CARGO_BIN_EXE_claimer"))
        .arg(&hotel.file)
        .args([job, at])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let mut out = BufReader::new(claimer.stdout.take().unwrap());
    out.read_line(&mut line).unwrap();
    claimer.kill().unwrap();
    claimer.wait().unwrap();
    assert_eq!(line.trim(), "claimed");
}

/// A job that waits: one that failed, because the folder of the backups could not be made.
fn waiting(hotel: &Hotel) -> String {
    hotel.write("in_the_way", "");
    hotel.done(&["settings", "set", "backup_folder", "in_the_way"]);
    let id = new_id();
    let run = hotel.run(&[
        "--at",
        MORNING,
        "--command-id",
        &id,
        "jobs",
        "run",
        "backup",
    ]);
    assert_eq!(run.ends(1)["jobs"][0]["state"], "waiting");
    hotel.done(&["settings", "set", "backup_folder", ""]);
    id
}

#[test]
fn a_lease_holds_for_five_minutes_after_a_kill_and_then_another_takes_over() {
    let hotel = Hotel::small();
    let id = waiting(&hotel);
    claim_and_die(&hotel, &id, "2026-06-01T10:01:00Z");
    assert_eq!(state(&hotel, &id)["claimed_by"], "the claimer");
    for early in ["2026-06-01T10:01:00Z", "2026-06-01T10:05:59.999Z"] {
        let run = hotel.run(&["--at", early, "jobs", "run", &id]);
        let error = run.refused(3, "illegal_transition");
        assert_eq!(
            (&error["from"], &error["allowed"][0]),
            (&"running".into(), &"waiting".into())
        );
        hotel.done_at(early, &["jobs", "run"]);
        assert_eq!(state(&hotel, &id)["state"], "running", "{early}");
    }
    hotel.done_at("2026-06-01T10:06:00Z", &["jobs", "run"]);
    let job = state(&hotel, &id);
    assert_eq!((&job["state"], &job["tries"]), (&"done".into(), &3.into()));
    let made = format!(
        "upkeep WHERE kind = 'backup' AND ok AND hex(job) = upper('{}')",
        id.replace('-', "")
    );
    assert_eq!(hotel.number(&format!("SELECT count(*) FROM {made}")), 1);
    // Done is done: asked for again, it is not done again.
    let again = hotel.done_at("2026-06-01T12:00:00Z", &["jobs", "run", &id]);
    assert_eq!(again["jobs"][0]["tries"], 3);
    assert_eq!(hotel.number(&format!("SELECT count(*) FROM {made}")), 1);
    hotel.verified();
}

#[test]
fn a_copy_that_the_dead_had_finished_is_taken_and_one_cut_short_is_made_anew() {
    for whole in [true, false] {
        let hotel = Hotel::small();
        let id = waiting(&hotel);
        claim_and_die(&hotel, &id, "2026-06-01T10:01:00Z");
        let folder = hotel.folder.path().join("backups");
        std::fs::create_dir_all(&folder).unwrap();
        // The name comes from when the job was scheduled, whoever does it and whenever.
        let name = "MIRA-2026-06-01T10-00-00-000Z.keyrack";
        let place = folder.join(name);
        if whole {
            hotel.done(&["backup", place.to_str().unwrap()]);
        } else {
            std::fs::write(&place, b"SQLite format 3\0 and no more").unwrap();
        }
        std::fs::write(folder.join(format!("{name}.unfinished-7")), "half").unwrap();
        let file = || std::fs::metadata(&place).unwrap().ino();
        let before = file();
        hotel.done_at("2026-06-01T10:06:00Z", &["jobs", "run", &id]);
        assert_eq!(hotel.backups(), [name], "one copy, and nothing half done");
        assert_eq!(file() == before, whole, "whole: {whole}");
        let other = Hotel {
            file: place,
            folder: tempfile::tempdir().unwrap(),
        };
        other.verified();
        let id = id.replace('-', "");
        let noted = format!("SELECT count(*) FROM upkeep WHERE ok AND hex(job) = upper('{id}')");
        assert_eq!(hotel.number(&noted), 1);
    }
}

#[test]
fn a_process_that_dies_again_and_again_parks_its_job() {
    let hotel = Hotel::small();
    let id = waiting(&hotel);
    for minute in [10, 20, 30, 40] {
        claim_and_die(&hotel, &id, &format!("2026-06-01T10:{minute}:00Z"));
    }
    hotel.done_at("2026-06-01T10:50:00Z", &["jobs", "run"]);
    let job = state(&hotel, &id);
    assert_eq!(
        (&job["state"], &job["tries"]),
        (&"parked".into(), &5.into())
    );
    assert!(job["error"].as_str().unwrap().contains("ended"), "{job}");
    let refused = hotel
        .run(&["jobs", "run", &id])
        .refused(3, "illegal_transition");
    assert_eq!(refused["from"], "parked");
    let at = "2026-06-01T11:00:00Z";
    assert_eq!(hotel.alert_at(at, "job_parked")["subject"], id.as_str());
    let retried = hotel.done_at(at, &["jobs", "retry", &id]);
    assert_eq!(
        (&retried["job"]["state"], &retried["job"]["tries"]),
        (&"waiting".into(), &0.into())
    );
    assert_eq!(
        hotel.done_at(at, &["jobs", "run", &id])["jobs"][0]["state"],
        "done"
    );
    assert!(
        !hotel
            .open_at(at)
            .iter()
            .any(|(kind, _)| kind == "job_parked")
    );
}

#[test]
fn a_backup_that_is_killed_anywhere_is_made_once_all_the_same() {
    let hotel = Hotel::small();
    for _booking in 0..20 {
        hotel.reserved("A:2026-06-10:2026-06-12");
    }
    let mut chance = Chance::new("kills of a backup");
    let rounds = short_or_long(12, share_of(100).max(12));
    let mut killed = 0;
    for round in 0..rounds {
        let (day, minute) = (round / 50 + 2, round % 50 + 10);
        let at = format!("2026-06-{day:02}T10:{minute}:00Z");
        let later = format!("2026-06-{day:02}T11:{minute}:00Z");
        let id = new_id();
        let words = ["--at", &at, "--command-id", &id, "jobs", "run", "backup"];
        let mut child = hotel.command(&words).stdout(Stdio::null()).spawn().unwrap();
        thread::sleep(chance.moment(Duration::from_millis(60)));
        child.kill().unwrap();
        killed += u64::from(!child.wait().unwrap().success());
        // Whoever comes later finishes it, or does it where it had not even been scheduled.
        let words = ["--at", &later, "--command-id", &id, "jobs", "run", "backup"];
        let runs = hotel.at_once((0..3).map(|_| hotel.command(&words)).collect());
        assert!(runs.iter().any(|run| run.status == 0), "{runs:?}");
        let job = state(&hotel, &id);
        assert_eq!(job["state"], "done", "round {round}: {job}");
        let id = id.replace('-', "");
        let noted = format!("SELECT count(*) FROM upkeep WHERE ok AND hex(job) = upper('{id}')");
        assert_eq!(hotel.number(&noted), 1, "round {round}");
    }
    println!("{rounds} rounds, {killed} killed while they worked");
    assert!(killed > 0, "nothing was killed in time");
    let names = hotel.backups();
    assert!(
        names.iter().all(|name| name.ends_with("Z.keyrack")),
        "{names:?}"
    );
    hotel.verified();
}

#[test]
fn a_job_that_fails_is_tried_five_times_at_growing_pauses_and_then_parked() {
    let hotel = Hotel::small();
    hotel.write("in_the_way", "");
    hotel.done(&["settings", "set", "backup_folder", "in_the_way"]);
    let id = new_id();
    let at = |minute: u32| format!("2026-06-01T10:{minute:02}:00Z");
    let mut words = vec!["--command-id", &id, "jobs", "run", "backup"];
    let first = at(0);
    words.extend(["--at", &first]);
    let run = hotel.run(&words);
    let error = run.ends(1)["jobs"][0]["error"].as_str().unwrap().to_owned();
    assert!(error.contains("in_the_way"), "{error}");
    // Tried again after one, two, four and eight minutes, and not before.
    let (mut minute, mut tries) = (0, 1);
    for pause in [1, 2, 4, 8] {
        hotel.run(&["--at", &at(minute + pause - 1), "jobs", "run"]);
        assert_eq!(
            state(&hotel, &id)["tries"],
            tries,
            "before {}",
            minute + pause
        );
        minute += pause;
        tries += 1;
        hotel.run(&["--at", &at(minute), "jobs", "run"]);
        assert_eq!(state(&hotel, &id)["tries"], tries, "at {minute}");
    }
    assert_eq!(state(&hotel, &id)["state"], "parked");
    let open = hotel.open_at(&at(20));
    assert!(
        open.contains(&("job_parked".to_owned(), id.clone())),
        "{open:?}"
    );
    assert!(
        open.contains(&("backup_failed".to_owned(), "database".to_owned())),
        "{open:?}"
    );
    hotel.done(&["settings", "set", "backup_folder", ""]);
    hotel.done_at(&at(21), &["jobs", "retry", &id]);
    let done = hotel.run(&["--at", &at(21), "jobs", "run", &id]);
    assert_eq!(done.ends(0)["jobs"][0]["state"], "done");
    // The daily backup was parked beside it, and is for itself.
    let open = hotel.open_at(&at(22));
    assert!(!open.contains(&("job_parked".to_owned(), id)), "{open:?}");
    assert!(
        !open.iter().any(|(kind, _)| kind == "backup_failed"),
        "{open:?}"
    );
}

#[test]
fn a_sweep_as_a_job_lets_each_hold_go_once_and_a_name_again_does_nothing() {
    let hotel = Hotel::small();
    for _hold in 0..3 {
        hotel.done_at(
            MORNING,
            &["hold", "place", "B:2026-06-10:2026-06-11", "--minutes", "1"],
        );
    }
    let id = new_id();
    let words = [
        "--at",
        "2026-06-01T10:02:00Z",
        "--command-id",
        &id,
        "jobs",
        "run",
        "sweep",
    ];
    let runs = hotel.at_once((0..6).map(|_| hotel.command(&words)).collect());
    for run in &runs {
        assert!([0, 3].contains(&run.status), "{run:?}");
    }
    let expired = "SELECT count(*) FROM event WHERE type LIKE 'hold_e%'";
    assert_eq!(
        hotel.number("SELECT count(*) FROM hold WHERE status = 'expired'"),
        3
    );
    let once = hotel.number(expired);
    hotel.done(&words);
    assert_eq!(hotel.number(expired), once);
    assert_eq!(
        hotel.number("SELECT count(*) FROM command WHERE kind = 'sweep_holds'"),
        2
    );
    hotel.verified();
}

#[test]
fn old_done_jobs_are_cleared_after_thirty_days_and_parked_ones_stay() {
    let hotel = Hotel::small();
    let id = waiting(&hotel);
    for minute in [10, 20, 30, 40] {
        claim_and_die(&hotel, &id, &format!("2026-06-01T10:{minute}:00Z"));
    }
    hotel.done_at("2026-06-01T10:50:00Z", &["jobs", "run"]);
    let of_the_first = "SELECT count(*) FROM job WHERE state = 'done' AND finished < 1780358400000";
    assert_eq!(hotel.number(of_the_first), 3);
    hotel.done_at("2026-07-01T10:49:00Z", &["jobs", "run"]);
    assert_eq!(hotel.number(of_the_first), 3);
    hotel.done_at("2026-07-01T11:00:00Z", &["jobs", "run"]);
    assert_eq!(hotel.number(of_the_first), 0);
    assert_eq!(state(&hotel, &id)["state"], "parked");
}

#[test]
fn what_is_no_job_is_told() {
    let hotel = Hotel::small();
    let unknown = new_id();
    hotel
        .run(&["jobs", "run", &unknown])
        .refused(3, "unknown_job");
    hotel
        .run(&["jobs", "retry", &unknown])
        .refused(3, "unknown_job");
    hotel
        .run(&["jobs", "run", "laundry"])
        .refused(2, "bad_input");
    hotel
        .run(&["jobs", "retry", "laundry"])
        .refused(2, "bad_input");
    let id = new_id();
    hotel.done(&["--command-id", &id, "jobs", "run", "verify"]);
    hotel
        .run(&["jobs", "retry", &id])
        .refused(3, "illegal_transition");
    let text = Run::of(hotel.plain(&["jobs", "list"]).output().unwrap());
    assert!(
        text.stdout.contains("verify") && text.stdout.contains("done"),
        "{text:?}"
    );
}
