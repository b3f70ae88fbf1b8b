//! What another program changed in the file: `verify` ends with 1 and names it, and `rebuild` mends
//! what follows from the events.

use crate::hotel::{Hotel, Run, content};
use crate::people::{as_member, staffed};

/// A hotel with something of everything in it.
fn lived_in() -> Hotel {
    let hotel = Hotel::small();
    let first = hotel.reserved("A:2026-06-01:2026-06-04");
    hotel.reserved("B:2026-06-10:2026-06-13:2");
    let gone = hotel.reserved("C:2026-06-20:2026-06-22");
    hotel.done(&[
        "cancel",
        &gone,
        "--reason",
        "guest:changed their mind",
        "--actor",
        "Iris",
    ]);
    hotel.done(&["check-in", &first, "--room", "101"]);
    hotel.done(&[
        "hold",
        "place",
        "B:2026-06-15:2026-06-16:2",
        "--minutes",
        "60",
    ]);
    hotel.done(&[
        "outage",
        "add",
        "C:2026-07-01:2026-07-03:1",
        "--reason",
        "Leak",
    ]);
    hotel.done(&[
        "limits",
        "set",
        "house",
        "2026-06-10",
        "2026-06-12",
        "--overbooking",
        "3",
    ]);
    hotel.done(&[
        "allotment",
        "open",
        "Miller wedding",
        "--kind",
        "committed",
        "B:2026-06-25:2026-06-27:3",
    ]);
    let group = ["--guest", "Ada", "--allotment", "A-G1"];
    hotel.done(&[&["reserve", "B:2026-06-25:2026-06-27"], &group[..]].concat());
    let moved = hotel.reserved("A:2026-06-05:2026-06-07");
    hotel.done(&[
        "reservation",
        "move",
        &format!("{moved}/1"),
        "2026-06-06",
        "B",
    ]);
    hotel.done(&["settings", "set", "idle_lock_minutes", "6"]);
    let undone = hotel.reserved("A:2026-06-08:2026-06-09");
    hotel.done(&["undo"]);
    assert!(!undone.is_empty());
    hotel
}

/// A change, the check that finds it, what it says of it, and whether a rebuild mends it.
type Change = (&'static str, &'static str, &'static str, bool);

const COUNTS: &[Change] = &[
    (
        "UPDATE cell SET sold = sold + 1 WHERE room_type = 'B' AND night = 20614",
        "counts",
        "Twin (B) on 2026-06-10: sold is stored as 3, and is 2 by its events",
        true,
    ),
    (
        "UPDATE cell SET sold = sold - 1 WHERE room_type = 'B' AND night = 20614",
        "sums",
        "Twin (B) on 2026-06-10: sold is stored as 1, and adds up to 2",
        true,
    ),
    (
        "UPDATE cell SET held = 0 WHERE room_type = 'B' AND night = 20619",
        "counts",
        "Twin (B) on 2026-06-15",
        true,
    ),
    (
        "UPDATE cell SET out_of_order = 3 WHERE room_type = 'C' AND night = 20635",
        "counts",
        "Suite (C) on 2026-07-01",
        true,
    ),
    (
        "UPDATE cell SET blocked = 1 WHERE room_type = 'C' AND night = 20635",
        "counts",
        "Suite (C) on 2026-07-01",
        true,
    ),
    (
        "UPDATE cell SET physical = 6 WHERE room_type = 'B' AND night = 20620",
        "counts",
        "Twin (B) on 2026-06-16",
        true,
    ),
    (
        "UPDATE cell SET overbooking = 2 WHERE room_type = 'B' AND night = 20620",
        "counts",
        "Twin (B) on 2026-06-16",
        true,
    ),
    (
        "UPDATE cell SET version = 9 WHERE room_type = 'B' AND night = 20620",
        "history",
        "Twin (B) on 2026-06-16",
        true,
    ),
    (
        "DELETE FROM cell WHERE room_type = 'B' AND night = 20620",
        "counts",
        "cells are stored",
        true,
    ),
    (
        "INSERT INTO cell SELECT room_type, 30000, physical, 0, 0, 0, 0, 0, 1, 0 FROM cell \
            WHERE room_type = 'B' LIMIT 1",
        "counts",
        "Twin (B) on 2052-02-20",
        true,
    ),
    (
        "UPDATE cell SET blocked = 3 WHERE room_type = 'B' AND night = 20629",
        "counts",
        "Twin (B) on 2026-06-25",
        true,
    ),
    (
        "UPDATE cell SET restrictions = 1 WHERE room_type = 'B' AND night = 20620",
        "counts",
        "Twin (B) on 2026-06-16",
        true,
    ),
    (
        "UPDATE allotment_night SET picked_up = 0 WHERE night = 20629",
        "sums",
        "allotment A-G1, Twin (B) on 2026-06-25: total 3 and picked up 0 are stored",
        true,
    ),
    (
        "UPDATE allotment SET status = 'released'",
        "objects",
        "allotment A-G1",
        true,
    ),
    (
        "UPDATE stay SET allotment = NULL WHERE allotment IS NOT NULL",
        "objects",
        "reservation",
        true,
    ),
    (
        "UPDATE movement SET arrivals = arrivals + 1 WHERE night = 20629",
        "sums",
        "arrivals and departures of 2026-06-25",
        true,
    ),
    (
        "DELETE FROM movement WHERE night = 20629",
        "sums",
        "arrivals and departures of 2026-06-25",
        true,
    ),
    (
        "UPDATE house_limit SET overbooking = 5 WHERE night = 20614",
        "counts",
        "the house's limit on 2026-06-10: overbooking is stored as 5",
        true,
    ),
    (
        "DELETE FROM house_limit WHERE night = 20614",
        "counts",
        "house limits are stored",
        true,
    ),
];

const OBJECTS: &[Change] = &[
    (
        "UPDATE stay SET status = 'cancelled' WHERE room_type = 'B'",
        "objects",
        "reservation A2: stays.1.status is stored as cancelled, and is ",
        true,
    ),
    (
        "UPDATE stay SET departure = departure + 1, leaves_on = leaves_on + 1 \
            WHERE room_type = 'C'",
        "objects",
        "reservation A3",
        true,
    ),
    (
        "UPDATE stay SET leaves_on = leaves_on - 1 WHERE room_type = 'C'",
        "objects",
        "reservation A3",
        true,
    ),
    (
        "DELETE FROM stay WHERE room_type = 'C'",
        "objects",
        "reservation A3",
        true,
    ),
    (
        "UPDATE reservation SET status = 'no_show' WHERE number = 'A3'",
        "objects",
        "reservation A3",
        true,
    ),
    (
        "UPDATE reservation SET adults = 7 WHERE number = 'A2'",
        "objects",
        "reservation A2",
        true,
    ),
    (
        "UPDATE reservation SET number = 'A77' WHERE number = 'A2'",
        "objects",
        "reservation A2",
        true,
    ),
    ("DELETE FROM moved_night", "objects", "reservation A5", true),
    ("UPDATE hold_stay SET rooms = 1", "objects", "hold ", true),
    (
        "UPDATE hold SET expires_at = expires_at + 1",
        "objects",
        "hold ",
        true,
    ),
    ("UPDATE outage SET rooms = 2", "objects", "outage ", true),
    (
        "UPDATE room_type SET overbooking = 4 WHERE code = 'B'",
        "property",
        "room types",
        true,
    ),
    (
        "UPDATE property SET business_date = business_date + 1",
        "property",
        "the property",
        true,
    ),
    (
        "UPDATE property SET last_reservation = 1",
        "property",
        "numbers",
        true,
    ),
    ("UPDATE property SET desk = 'B'", "property", "desk", true),
    (
        "UPDATE cell_event SET event = 1 WHERE room_type = 'B' AND night = 20614 AND version = 2",
        "history",
        "Twin (B) on 2026-06-10",
        true,
    ),
    (
        "DELETE FROM reservation_event WHERE version = 1 AND reservation = \
            (SELECT id FROM reservation WHERE number = 'A2')",
        "history",
        "reservation A2",
        true,
    ),
];

const LOG: &[Change] = &[
    // One byte: 2 adults become 3.
    (
        "UPDATE event SET payload = replace(payload, '\"adults\":2', '\"adults\":3') \
            WHERE type = 'reservation_made' AND seq = (SELECT min(seq) FROM event \
            WHERE type = 'reservation_made')",
        "audit_chain",
        "event 6",
        false,
    ),
    (
        "UPDATE event SET type = 'hold_ended' WHERE type = 'reservation_made'",
        "audit_chain",
        "event 6",
        false,
    ),
    (
        "DELETE FROM event WHERE seq = 4",
        "audit_chain",
        "event 4 of command 1 is missing",
        false,
    ),
    (
        "INSERT INTO event SELECT (SELECT max(seq) + 1 FROM event), command, type, version, payload \
            FROM event WHERE seq = 4",
        "audit_chain",
        "belongs to no command",
        false,
    ),
    (
        "INSERT INTO event SELECT -7, command, type, version, payload FROM event WHERE seq = 2",
        "audit_chain",
        "event -7 belongs to no command",
        false,
    ),
    (
        "UPDATE command SET outcome = replace(outcome, 'A2', 'A9') WHERE kind = 'reserve'",
        "audit_chain",
        "command 4",
        false,
    ),
    (
        "UPDATE command SET actor = 'Rosa' WHERE actor = 'Iris'",
        "audit_chain",
        "command 6",
        false,
    ),
    (
        "DELETE FROM command WHERE seq = 4",
        "audit_chain",
        "command 4",
        false,
    ),
    (
        "UPDATE audit SET actor = 'Rosa' WHERE actor = 'Iris'",
        "audit_chain",
        "audit row 6",
        false,
    ),
    (
        "UPDATE audit SET instant = instant + 1 WHERE seq = 3",
        "audit_chain",
        "audit row 3",
        false,
    ),
    (
        "DELETE FROM audit WHERE seq = 5",
        "audit_chain",
        "audit row 5 is missing",
        false,
    ),
    (
        "DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)",
        "audit_chain",
        "in the audit trail",
        false,
    ),
    (
        "UPDATE audit SET seq = -1 WHERE seq = 5; UPDATE audit SET seq = 5 WHERE seq = 6; \
            UPDATE audit SET seq = 6 WHERE seq = -1",
        "audit_chain",
        "audit row 5 does not follow",
        false,
    ),
    (
        "INSERT INTO audit SELECT (SELECT max(seq) + 1 FROM audit), NULL, actor, permission, desk, \
            what, object, reason_code, reason_text, override_text, instant, request, \
            previous_hash, hash, NULL FROM audit WHERE seq = 5",
        "audit_chain",
        "does not follow",
        false,
    ),
    ("DELETE FROM undone", "undone", "command", true),
    ("UPDATE undone SET command = 4", "undone", "command 4", true),
    (
        "INSERT INTO undone VALUES (4, 5)",
        "undone",
        "command 4",
        true,
    ),
];

/// What follows from no event, and stands outside of the chain so that it can be erased or set.
const TOLD: &[Change] = &[
    (
        "UPDATE guest SET name = 'Eve' WHERE id = (SELECT guest FROM reservation WHERE number = 'A1')",
        "guests_and_texts",
        "a guest's name, phone or e-mail was changed (A1)",
        false,
    ),
    (
        "UPDATE guest SET phone = '+49 1' WHERE id = (SELECT guest FROM reservation WHERE number = 'A1')",
        "guests_and_texts",
        "a guest's name, phone or e-mail was changed (A1)",
        false,
    ),
    (
        "UPDATE guest SET name = 'Eve', salt = NULL",
        "guests_and_texts",
        "a guest's name, phone or e-mail was changed (A1)",
        false,
    ),
    (
        "DELETE FROM guest WHERE id = (SELECT guest FROM reservation WHERE number = 'A1')",
        "guests_and_texts",
        "the guest of A1 is missing",
        false,
    ),
    (
        "INSERT INTO erased SELECT guest, 1 FROM reservation WHERE number = 'A1'",
        "guests_and_texts",
        "a guest who was erased has a name again (A1)",
        false,
    ),
    (
        "UPDATE guest SET name = 'Erased guest', phone = NULL, email = NULL
            WHERE id = (SELECT guest FROM reservation WHERE number = 'A1');
         INSERT INTO erased SELECT guest, 1 FROM reservation WHERE number = 'A1'",
        "guests_and_texts",
        "stands as erased, and no erasure in the trail tells of it",
        false,
    ),
    (
        "INSERT INTO erased SELECT id, 1 FROM free_text WHERE body = 'Leak';
         DELETE FROM free_text WHERE body = 'Leak'",
        "guests_and_texts",
        "stands as erased, and no erasure in the trail tells of it",
        false,
    ),
    (
        "UPDATE free_text SET body = 'no show' WHERE body = 'changed their mind'",
        "guests_and_texts",
        "a text was changed (A3)",
        false,
    ),
    (
        "DELETE FROM free_text WHERE body = 'Leak'",
        "guests_and_texts",
        "is missing, and was not erased (A-O1)",
        false,
    ),
    (
        "UPDATE setting SET value = '7'",
        "settings_and_staff",
        "setting idle_lock_minutes is 7; by the trail it is 6",
        false,
    ),
    (
        "DELETE FROM setting",
        "settings_and_staff",
        "setting idle_lock_minutes is missing",
        false,
    ),
    (
        "INSERT INTO setting VALUES ('horizon_nights', '600')",
        "settings_and_staff",
        "setting horizon_nights is 600; the trail knows nothing of it",
        false,
    ),
    (
        "INSERT INTO role_permission VALUES ('front_desk', 'configure')",
        "settings_and_staff",
        "role front_desk may",
        false,
    ),
];

/// The index by which guests are found: it is of their rows, and a rebuild writes it anew.
const INDEX: &[Change] = &[
    (
        "DELETE FROM guest_row",
        "guest_index",
        "the guest of A1 is missing in the index of guests",
        true,
    ),
    (
        "INSERT INTO guest_search (guest_search) VALUES ('delete-all')",
        "guest_index",
        "the index of guests has other words for the guest of A1 than their row",
        true,
    ),
    (
        "INSERT INTO guest_search (guest_search, rowid, name) VALUES ('delete', 1, 'Ada Moreau');
         INSERT INTO guest_search (rowid, name) VALUES (1, 'Ada Moreau Eve')",
        "guest_index",
        "the index of guests has other words for",
        true,
    ),
    (
        "INSERT INTO guest_row VALUES (777, randomblob(16))",
        "guest_index",
        ", who has no row",
        true,
    ),
    (
        "INSERT INTO guest_search (rowid, name) VALUES (777, 'Eve')",
        "guest_index",
        "the index of guests has words for 1 who are not in it",
        true,
    ),
    (
        "DELETE FROM guest_row WHERE number = 1;
         UPDATE guest_row SET guest = (SELECT guest FROM reservation WHERE number = 'A1')
            WHERE guest = (SELECT guest FROM reservation WHERE number = 'A5')",
        "guest_index",
        "is missing in the index of guests",
        true,
    ),
];

/// What is remembered of acts and of the ends of days; the trail tells which were.
const REMEMBERED: &[Change] = &[
    (
        "DELETE FROM act",
        "acts",
        "setting_set of audit row ",
        false,
    ),
    (
        "UPDATE act SET answer = '{}'",
        "acts",
        "what was said under id ",
        false,
    ),
    (
        "UPDATE act SET request_hash = randomblob(32)",
        "acts",
        "what was said under id ",
        false,
    ),
    (
        "UPDATE act SET id = randomblob(16)",
        "acts",
        "and the trail knows nothing of it",
        false,
    ),
    (
        "UPDATE act SET audit = audit + 1000",
        "acts",
        "and the trail knows nothing of it",
        false,
    ),
    (
        "DELETE FROM day_end",
        "day_ends",
        "2026-06-01 has ended, and is not noted so",
        false,
    ),
    (
        "UPDATE day_end SET ended_by = 'bob'",
        "day_ends",
        "2026-06-01 is noted as ended by bob at ",
        false,
    ),
    (
        "UPDATE day_end SET ended_at = ended_at + 1",
        "day_ends",
        "2026-06-01 is noted as ended by admin at ",
        false,
    ),
    (
        "INSERT INTO day_end VALUES (20615, 1, 'admin', NULL, NULL)",
        "day_ends",
        "2026-06-11 is noted as ended, and no command ended it",
        false,
    ),
];

/// Runs `verify`, and says whether that check names it.
fn finds(run: &Run, check: &str, names: &str) -> bool {
    let document = run.json();
    let says = |line: &serde_json::Value| line.as_str().unwrap().contains(names);
    let found = document["checks"]
        .as_array()
        .into_iter()
        .flatten()
        .any(|found| {
            found["name"] == *check
                && found["ok"] == false
                && found["differences"].as_array().unwrap().iter().any(says)
        });
    run.status == 1 && document["ok"] == false && found
}

#[test]
fn a_changed_role_password_or_member_is_found() {
    let (hotel, rosa) = staffed();
    let roles = ["roles", "set", "night_audit", "look", "sell"];
    as_member(&hotel, &rosa, &roles).ends(0);
    let backup = hotel.folder.path().join("whole.db");
    hotel
        .bare()
        .execute("VACUUM INTO ?1", [backup.to_str().unwrap()])
        .unwrap();
    for (sql, names) in [
        (
            "INSERT INTO staff VALUES (zeroblob(16), 'Eve', 'admin', 'x', 1, NULL)",
            "member of staff Eve is",
        ),
        (
            "UPDATE staff SET role = 'admin' WHERE name = 'Iris'",
            "member of staff Iris is",
        ),
        (
            "UPDATE staff SET disabled_at = 5 WHERE name = 'Iris'",
            "member of staff Iris is",
        ),
        (
            "DELETE FROM staff WHERE name = 'Iris'",
            "member of staff Iris is missing",
        ),
        (
            "UPDATE staff SET password = (SELECT password FROM staff WHERE name = 'Nils') WHERE name = 'Iris'",
            "a password was changed (Iris)",
        ),
        (
            "INSERT INTO role_permission VALUES ('night_audit', 'operate')",
            "role night_audit may",
        ),
    ] {
        let copy = Hotel::none();
        std::fs::copy(&backup, &copy.file).unwrap();
        as_member(&copy, &rosa, &["verify"]).ends(0);
        copy.bare().execute_batch(sql).unwrap();
        let run = as_member(&copy, &rosa, &["verify"]);
        let check = if names.contains("password") {
            "guests_and_texts"
        } else {
            "settings_and_staff"
        };
        assert!(finds(&run, check, names), "{sql}: {run:?}");
    }
}

#[test]
fn every_changed_row_is_found_and_named_and_a_rebuild_mends_what_follows_from_events() {
    let changes = COUNTS.iter().chain(OBJECTS).chain(LOG).chain(TOLD);
    all_are_found(&lived_in(), changes.chain(INDEX));
}

#[test]
fn forgotten_acts_and_ends_of_days_are_found() {
    let hotel = Hotel::small();
    hotel.done(&["--at", "2026-06-01T22:00:00Z", "end-of-day"]);
    hotel.done(&["settings", "set", "low_rooms", "8"]);
    all_are_found(&hotel, REMEMBERED.iter());
}

#[test]
fn who_is_lost_in_the_index_is_found_again_after_a_rebuild_which_says_so() {
    let hotel = Hotel::small();
    hotel.reserved("B:2026-06-10:2026-06-12");
    let find = ["guest", "list", "--find", "moreau"];
    hotel.bare().execute_batch("DELETE FROM guest_row").unwrap();
    assert_eq!(hotel.done(&find)["guests"], serde_json::json!([]));
    assert_eq!(hotel.done(&["rebuild"])["guests"], 1);
    assert_eq!(hotel.done(&find)["guests"][0]["name"], "Ada Moreau");
    hotel.verified();
}

/// Every change is found and named by its check, and a rebuild mends what it says it mends.
#[track_caller]
fn all_are_found<'a>(hotel: &Hotel, changes: impl Iterator<Item = &'a Change>) {
    hotel.verified();
    let whole = content(&hotel.bare());
    let backup = hotel.folder.path().join("whole.db");
    hotel.done(&["backup", backup.to_str().unwrap()]);
    let mut missed = Vec::new();
    for (sql, check, names, mends) in changes {
        let copy = Hotel::none();
        std::fs::copy(&backup, &copy.file).unwrap();
        copy.bare().execute_batch(sql).unwrap();
        assert_ne!(content(&copy.bare()), whole, "{sql} changes nothing");
        let run = copy.run(&["verify"]);
        if !finds(&run, check, names) {
            missed.push(format!("{sql}\n    {}", run.stdout));
        }
        if *mends {
            let run = copy.run(&["rebuild"]);
            assert_eq!(run.status, 0, "{sql}: {run:?}");
            copy.verified();
        }
    }
    assert!(missed.is_empty(), "missed:\n{}", missed.join("\n"));
}

#[test]
fn without_json_verify_names_what_is_wrong_too() {
    let hotel = lived_in();
    hotel
        .bare()
        .execute_batch("UPDATE cell SET sold = 4 WHERE room_type = 'B' AND night = 20614")
        .unwrap();
    let output = hotel.plain(&["verify"]).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text.contains("FAILED") && text.contains("Twin (B) on 2026-06-10"),
        "{text}"
    );
}

#[test]
fn a_damaged_count_stops_a_command_with_a_sentence_and_changes_nothing() {
    let hotel = lived_in();
    hotel
        .bare()
        .execute_batch("UPDATE cell SET sold = 0 WHERE room_type = 'B' AND night = 20614")
        .unwrap();
    let before = hotel.content();
    let run = hotel.run(&["cancel", "A2"]);
    let error = run.refused(5, "storage");
    let message = error["message"].as_str().unwrap();
    assert!(message.contains("verify"), "{message}");
    assert!(!run.stderr.contains("panicked"), "{run:?}");
    assert_eq!(hotel.content(), before);
    hotel.done(&["rebuild"]);
    hotel.done(&["cancel", "A2"]);
    hotel.verified();
}
