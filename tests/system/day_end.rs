//! The end of a business date goes on, whatever was decided or refused before it.

use std::process::Stdio;

use serde_json::{Value, json};

use crate::hotel::{Hotel, Run, new_id};

fn decide(hotel: &Hotel, name: &str, decisions: &str) -> String {
    hotel.write(name, decisions).to_str().unwrap().to_owned()
}

fn due(hotel: &Hotel) -> Vec<(Value, Value)> {
    let list = hotel.done(&["end-of-day", "--dry-run"]);
    let items = list["items"].as_array().unwrap().iter();
    items
        .map(|item| (item["id"].clone(), item["due"].clone()))
        .collect()
}

#[test]
fn a_decision_that_leads_to_another_is_asked_about_and_the_day_ends_then() {
    let hotel = Hotel::small();
    hotel.done(&[
        "reserve",
        "A:2026-06-01:2026-06-03",
        "--guest",
        "Ada",
        "--tentative",
        "--option-until",
        "2026-06-01",
    ]);
    let confirm = decide(&hotel, "confirm.toml", "\"A1/1\" = \"confirm\"\n");
    // The option is an arrival now, and nobody said what becomes of that: it is not made a no-show unasked.
    let error = hotel
        .run(&["end-of-day", "--decide", &confirm])
        .refused(3, "undecided");
    assert_eq!(error["by"], json!(["A1/1"]));
    assert_eq!(
        hotel.done(&["reservation", "show", "A1"])["status"],
        "confirmed"
    );
    assert_eq!(due(&hotel), [(json!("A1/1"), json!("arrival_not_in"))]);

    let keep = decide(&hotel, "keep.toml", "\"A1/1\" = \"keep\"\n");
    let ended = hotel.done(&["end-of-day", "--decide", &keep]);
    assert_eq!(ended["business_date"], "2026-06-02");
    hotel.verified();
}

#[test]
fn a_decision_that_was_carried_out_is_no_error_when_the_same_end_of_day_goes_on() {
    let hotel = Hotel::small();
    let option = ["--tentative", "--option-until", "2026-06-01"];
    let stay = ["reserve", "A:2026-06-01:2026-06-03", "--guest", "Ada"];
    hotel.done(&[&stay[..], &option[..]].concat());
    hotel.done(&stay);
    let said = "\"A1/1\" = \"confirm\"\n\"A2/1\" = \"cancel\"\n";
    let said = decide(&hotel, "said.toml", said);
    let id = new_id();
    let end = || hotel.run(&["--command-id", &id, "end-of-day", "--decide", &said]);
    // The option that was confirmed is an arrival now, which nobody has decided: it stops there, again and again.
    for _ in 0..3 {
        assert_eq!(end().refused(3, "undecided")["by"], json!(["A1/1"]));
        let status = |id| hotel.done(&["reservation", "show", id])["status"].clone();
        assert_eq!(
            (status("A1"), status("A2")),
            (json!("confirmed"), json!("cancelled"))
        );
    }
    hotel
        .run(&["end-of-day", "--dry-run", "--decide", &said])
        .ends(1);
    hotel.done(&["check-in", "A1"]);
    let ended = end().ends(0);
    assert_eq!(ended["business_date"], "2026-06-02");
    let all = [("A1/1", "confirm"), ("A2/1", "cancel")];
    let all = all.map(|(id, decision)| json!({ "id": id, "decision": decision }));
    assert_eq!(ended["decided"], json!(all));
    assert_eq!(end().ends(0)["repeated"], true);
    // What nobody decided is still not due.
    let other = decide(&hotel, "other.toml", "\"A2/1\" = \"keep\"\n");
    let tomorrow = [
        "--at",
        "2026-06-02T22:00:00Z",
        "end-of-day",
        "--decide",
        &other,
    ];
    hotel.run(&tomorrow).refused(2, "bad_input");
    hotel.verified();
}

#[test]
fn an_end_of_day_that_is_killed_goes_on_under_the_same_id_and_decisions() {
    let hotel = Hotel::small();
    let stays = ["A:2026-06-01:2026-06-02:60"];
    hotel.done(&["reserve", stays[0], "--guest", "Ada"]);
    let said: String = (1..=60)
        .map(|at| format!("\"A1/{at}\" = \"cancel\"\n"))
        .collect();
    let said = decide(&hotel, "said.toml", &said);
    let id = new_id();
    let words = ["--command-id", &id, "end-of-day", "--decide", &said];
    let mut child = hotel.command(&words).stdout(Stdio::null()).spawn().unwrap();
    let cancelled = "SELECT count(*) FROM stay WHERE status = 'cancelled'";
    while hotel.number(cancelled) == 0 {
        assert!(child.try_wait().unwrap().is_none(), "nothing was done");
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let done = hotel.number(cancelled);
    assert!(
        (1..60).contains(&done),
        "{done} of 60 were done when it died"
    );
    let ended = hotel.done(&words);
    assert_eq!(ended["business_date"], "2026-06-02");
    assert_eq!(ended["decided"].as_array().unwrap().len(), 60);
    assert_eq!(hotel.done(&words)["repeated"], true);
    hotel.verified();
}

#[test]
fn a_guest_who_comes_late_and_leaves_today_is_asked_about_twice() {
    let hotel = Hotel::small();
    hotel.done(&[
        "reserve",
        "A:2026-06-01:2026-06-02",
        "--guest",
        "Ada",
        "--guarantee",
        "card",
    ]);
    let ended = hotel.done(&["end-of-day"]);
    assert_eq!(
        ended["decided"],
        json!([{"id": "A1/1", "decision": "keep"}])
    );
    let arrives = decide(&hotel, "in.toml", "\"A1/1\" = \"check_in\"\n");
    let at = ["--at", "2026-06-02T22:00:00Z"];
    let with = |more: [&str; 3]| hotel.run(&[at[0], at[1], more[0], more[1], more[2]]);
    with(["end-of-day", "--decide", &arrives]).refused(3, "undecided");
    let leaves = decide(&hotel, "out.toml", "\"A1/1\" = \"check_out\"\n");
    let ended = with(["end-of-day", "--decide", &leaves]).ends(0);
    assert_eq!(ended["business_date"], "2026-06-03");
    hotel.verified();
}

#[test]
fn an_end_that_is_asked_for_again_under_its_id_with_another_decision_is_another() {
    let hotel = Hotel::small();
    let id = new_id();
    hotel.done(&["reserve", "A:2026-06-01:2026-06-03", "--guest", "Ada"]);
    let keep = decide(&hotel, "keep.toml", "\"A1/1\" = \"keep\"\n");
    let cancel = decide(&hotel, "cancel.toml", "\"A1/1\" = \"cancel\"\n");
    let end =
        |decisions: &str| hotel.run(&["--command-id", &id, "end-of-day", "--decide", decisions]);
    assert_eq!(end(&keep).ends(0)["business_date"], "2026-06-02");
    assert_eq!(end(&keep).ends(0)["repeated"], true);
    end(&cancel).refused(3, "idempotency_conflict");
    // A decision about something that was not due then was no part of that request.
    let more = decide(
        &hotel,
        "more.toml",
        "\"A1/1\" = \"keep\"\n\"A9/1\" = \"keep\"\n",
    );
    end(&more).refused(3, "idempotency_conflict");
    let other = decide(&hotel, "other.toml", "\"A9/1\" = \"no_show\"\n");
    end(&other).refused(3, "idempotency_conflict");
    assert_eq!(
        hotel.done(&["reservation", "show", "A1"])["status"],
        "confirmed"
    );
    hotel.verified();
}

#[test]
fn a_date_that_has_not_begun_is_not_ready_and_it_is_said_how_it_ends_all_the_same() {
    let hotel = Hotel::small();
    let early = ["--at", "2026-05-31T20:00:00Z"];
    let end = |more: &[&str]| hotel.run(&[&early[..], more].concat());
    let list = end(&["end-of-day", "--dry-run"]).ends(1);
    assert_eq!(
        (&list["ready"], &list["local_date"]),
        (&json!(false), &json!("2026-05-31")),
        "{list}"
    );
    let error = end(&["end-of-day"]).refused(3, "too_early");
    let said = error["message"].as_str().unwrap();
    assert!(
        said.contains("--override") && said.contains("operate"),
        "{said}"
    );
    let plain = hotel
        .plain(&[&early[..], &["end-of-day", "--dry-run"]].concat())
        .output()
        .unwrap();
    let plain = String::from_utf8(plain.stdout).unwrap();
    assert!(
        plain.contains("--override") && !plain.contains("Ready"),
        "{plain}"
    );
    // With a reason it is ready, as it then does.
    let with = ["--override", "the night audit leaves at eight"];
    let list = end(&[&with[..], &["end-of-day", "--dry-run"]].concat()).ends(0);
    assert_eq!(
        (&list["ready"], &list["local_date"]),
        (&json!(true), &Value::Null)
    );
    let ended = end(&[&with[..], &["end-of-day"]].concat()).ends(0);
    assert_eq!(ended["business_date"], "2026-06-02");
    // Begun by the clock, it is ready without one.
    let list = hotel.done(&["--at", "2026-06-02T20:00:00Z", "end-of-day", "--dry-run"]);
    assert_eq!(
        (&list["ready"], &list["local_date"]),
        (&json!(true), &Value::Null)
    );
    hotel.verified();
}

#[test]
fn a_night_audit_that_runs_twice_ends_one_date_before_midnight_and_after_it() {
    for (first, again, next) in [
        // Local time is two hours ahead.
        (
            "2026-06-01T20:00:00Z",
            "2026-06-01T20:05:00Z",
            "2026-06-02T20:00:00Z",
        ),
        (
            "2026-06-02T00:30:00Z",
            "2026-06-02T00:31:00Z",
            "2026-06-02T21:30:00Z",
        ),
        (
            "2026-06-02T00:30:00Z",
            "2026-06-02T10:00:00Z",
            "2026-06-03T00:30:00Z",
        ),
    ] {
        let hotel = Hotel::small();
        let stay = ["reserve", "A:2026-06-02:2026-06-04", "--guest", "Tomorrow"];
        hotel.done(&[&["--at", "2026-06-01T10:00:00Z"], &stay[..]].concat());
        let end = |at: &str| hotel.run(&["--at", at, "end-of-day"]);
        assert_eq!(end(first).ends(0)["business_date"], "2026-06-02");
        let error = end(again).refused(3, "too_early");
        assert!(
            error["message"].as_str().unwrap().contains("--override"),
            "{error}"
        );
        assert_eq!(
            hotel.done(&["reservation", "show", "A1"])["status"],
            "confirmed"
        );
        assert_eq!(end(next).ends(0)["business_date"], "2026-06-03", "{next}");
        hotel.verified();
    }
    // Days that were left out are caught up with, one after the other.
    let hotel = Hotel::small();
    for date in ["2026-06-02", "2026-06-03", "2026-06-04"] {
        let ended = hotel.done(&["--at", "2026-06-04T06:00:00Z", "end-of-day"]);
        assert_eq!(ended["business_date"], date);
    }
    let again = hotel.run(&["--at", "2026-06-04T06:01:00Z", "end-of-day"]);
    again.refused(3, "too_early");
}

#[test]
fn a_no_show_who_is_reinstated_is_an_arrival_of_the_next_date_until_nothing_is_left_of_the_stay() {
    let hotel = Hotel::small();
    let stay = "B:2026-06-01:2026-06-03";
    for guest in ["Late", "Never", "Off", "Back"] {
        hotel.done(&["reserve", stay, "--guest", guest]);
    }
    hotel.done(&["cancel", "A3"]);
    hotel.done(&["end-of-day"]);
    // Who cancelled, or did not come, is expected on the next date where he is reinstated on it.
    hotel.done(&["reinstate", "A1", "A2", "A4"]);
    hotel.done(&["reinstate", "A3"]);
    hotel.done(&["cancel", "A4"]);
    hotel.done(&["reinstate", "A4"]);
    hotel.done(&["undo"]);
    let arriving = hotel.done(&["reservation", "list", "--arriving", "2026-06-02"]);
    let listed = |list: &Value| -> Vec<String> {
        let numbers = list.as_array().unwrap().iter();
        numbers
            .map(|row| row["number"].as_str().unwrap().to_owned())
            .collect()
    };
    let mut numbers = listed(&arriving["reservations"]);
    numbers.sort();
    assert_eq!(numbers, ["A1", "A2", "A3", "A4"]);
    hotel.done(&["check-in", "A1"]);
    let ended = hotel.done(&["--at", "2026-06-02T22:00:00Z", "end-of-day"]);
    let report = std::path::Path::new(ended["pack"].as_str().unwrap()).join("report.json");
    let report: Value = serde_json::from_slice(&std::fs::read(report).unwrap()).unwrap();
    assert_eq!(listed(&report["no_shows"]), ["A2", "A3"]);
    assert_eq!(listed(&report["cancellations"]), ["A4"]);
    assert_eq!(listed(&report["in_house"]), ["A1"]);
    assert!(
        listed(&report["arrivals"]).contains(&"A1".to_owned()),
        "{report}"
    );
    // On the date of departure he may still come; after it nothing is left of the stay.
    hotel.done(&["--at", "2026-06-03T09:00:00Z", "reinstate", "A2"]);
    hotel.done(&["--at", "2026-06-03T09:00:00Z", "check-out", "A1"]);
    hotel.done(&["--at", "2026-06-03T22:00:00Z", "end-of-day"]);
    let refused = hotel.run(&["--at", "2026-06-04T09:00:00Z", "reinstate", "A2"]);
    assert_eq!(
        refused.refused(3, "invalid_stay")["why"],
        "before_business_date"
    );
    let shown = hotel.done(&["reservation", "show", "A2"]);
    assert_eq!(shown["allowed"], json!(["set_details"]));
    hotel.verified();
}

#[test]
fn dates_that_ended_before_they_were_noted_are_noted_once_the_file_is_brought_up_to_date() {
    let hotel = Hotel::small();
    hotel.reserved("B:2026-06-01:2026-06-03");
    hotel.done(&["end-of-day"]);
    // As an older program left it.
    let bare = hotel.bare();
    assert_eq!(bare.execute("DELETE FROM day_end", []).unwrap(), 1);
    assert_ne!(hotel.run(&["verify"]).status, 0);
    for step in [
        "stay DROP COLUMN ending",
        "stay DROP COLUMN kept_from",
        "reservation DROP COLUMN replaced",
        "centre DROP COLUMN joined_number",
        "centre DROP COLUMN day_ended",
        "centre DROP COLUMN grants_chain",
        "centre DROP COLUMN trail_number",
        "centre DROP COLUMN trail_hash",
        "centre DROP COLUMN failing",
        "centre DROP COLUMN numbers_after",
        "centre DROP COLUMN let_go",
        "centre ADD COLUMN joined_at INTEGER NOT NULL DEFAULT 0",
    ] {
        bare.execute(&format!("ALTER TABLE {step}"), []).unwrap();
    }
    for index in [
        "queue_unheard",
        "queue_place_untold",
        "queue_parked",
        "reservation_by_notes",
        "reservation_by_guarantee",
    ] {
        bare.execute(&format!("DROP INDEX {index}"), []).unwrap();
    }
    bare.pragma_update(None, "user_version", 14).unwrap();
    drop(bare);
    hotel.verified();
    let noted = hotel.number("SELECT count(*) FROM day_end WHERE pack = '' AND ended_by <> ''");
    assert_eq!(noted, 1);
}

#[test]
fn a_date_that_ends_on_both_sides_of_a_restore_has_a_pack_of_each_end() {
    let hotel = Hotel::small();
    let copy = hotel.folder.path().join("copy.db");
    let copy = copy.to_str().unwrap();
    hotel.reserved("B:2026-06-01:2026-06-03");
    hotel.done(&["check-in", "A1"]);
    hotel.done(&["backup", copy]);
    hotel.reserved("B:2026-06-01:2026-06-03");
    hotel.done(&["check-in", "A2"]);
    let end = ["end-of-day", "--override", "as often as it takes"];
    let rooms_in = |pack: &str| {
        let report = std::fs::read(std::path::Path::new(pack).join("report.json")).unwrap();
        let report: Value = serde_json::from_slice(&report).unwrap();
        report["in_house"].as_array().unwrap().len()
    };
    let pack = |ended: Value| ended["pack"].as_str().unwrap().to_owned();
    let first = pack(hotel.done(&end));
    assert_eq!(rooms_in(&first), 2);

    let restored = hotel.done(&["restore", copy]);
    let second = pack(hotel.done(&end));
    assert_eq!((rooms_in(&first), rooms_in(&second)), (2, 1));
    // Taken back, the file names the pack of its own end still.
    let replaced = restored["replaced"].as_str().unwrap();
    hotel.done(&["restore", replaced, "--force"]);
    let noted: String = hotel
        .bare()
        .query_row("SELECT pack FROM day_end", [], |row| row.get(0))
        .unwrap();
    assert_eq!((noted.as_str(), rooms_in(&noted)), (first.as_str(), 2));
    // The same end once more writes where it wrote before.
    hotel.done(&["restore", copy, "--force"]);
    assert_eq!(pack(hotel.done(&end)), second);
    hotel.verified();
}

/// Two ends of day that have both seen which date it is before either ends it.
fn two_ends(hotel: &Hotel, ids: [Option<&str>; 2]) -> Vec<Run> {
    let mut lock = hotel.bare();
    let writing = lock
        .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
        .unwrap();
    let start = |id: Option<&str>| {
        let mut words = vec!["--wait", "30", "end-of-day", "--override", "both at once"];
        words.extend(id.into_iter().flat_map(|id| ["--command-id", id]));
        let mut command = hotel.command(&words);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().unwrap()
    };
    let ends = ids.map(start);
    // One stands at SQLite's lock, and the other behind it: the first has the queue for a moment alone.
    let queue = hotel.file.with_extension("db-queue");
    let waits = || {
        let queue = std::fs::File::open(&queue).ok();
        let tried = queue.map(|queue| queue.try_lock());
        matches!(tried, Some(Err(std::fs::TryLockError::WouldBlock)))
    };
    let started = std::time::Instant::now();
    let mut looks = 0;
    while looks < 20 {
        assert!(started.elapsed().as_secs() < 25, "nobody waits");
        looks = if waits() { looks + 1 } else { 0 };
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    drop(writing);
    let outputs = ends.map(|child| Run::of(child.wait_with_output().unwrap()));
    outputs.into()
}

#[test]
fn two_ends_of_one_date_at_once_end_one_and_one_with_an_id_of_its_own_is_told_that_it_is_over() {
    let hotel = Hotel::small();
    for run in two_ends(&hotel, [None, None]) {
        assert_eq!(run.ends(0)["business_date"], "2026-06-02");
    }
    let (one, other) = (new_id(), new_id());
    let runs = two_ends(&hotel, [Some(&one), Some(&other)]);
    let slower = runs.iter().find(|run| run.status != 0);
    let error = slower
        .expect("one is refused")
        .refused(3, "wrong_business_date");
    assert_eq!(
        (&error["date"], &error["business_date"]),
        (&json!("2026-06-02"), &json!("2026-06-03"))
    );
    assert_eq!(runs.iter().filter(|run| run.status == 0).count(), 1);
    assert_eq!(hotel.number("SELECT count(*) FROM day_end"), 2);
    hotel.verified();
}

#[test]
fn a_group_is_kept_a_day_longer_until_its_last_night_is_over() {
    let hotel = Hotel::small();
    for cut_off in ["2026-06-01", "2026-06-02"] {
        hotel.done(&[
            "allotment",
            "open",
            "G",
            "--kind",
            "elastic",
            "B:2026-06-01:2026-06-02",
            "--cut-off",
            cut_off,
        ]);
    }
    let choices = || {
        let list = hotel.done(&["end-of-day", "--dry-run"]);
        let items = list["items"].as_array().unwrap().clone();
        items
            .iter()
            .map(|item| (item["id"].clone(), item["choices"].clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(choices(), [(json!("A-G1"), json!(["cut_off", "keep"]))]);
    let keep = decide(&hotel, "keep.toml", "\"A-G1\" = \"keep\"\n");
    hotel.done(&["end-of-day", "--decide", &keep]);
    let last = json!(["cut_off"]);
    assert_eq!(
        choices(),
        [(json!("A-G1"), last.clone()), (json!("A-G2"), last)]
    );
    let later = [
        "--at",
        "2026-06-02T22:00:00Z",
        "end-of-day",
        "--decide",
        &keep,
    ];
    hotel.run(&later).refused(2, "bad_input");
    hotel.done(&later[..3]);
    hotel.verified();
}
