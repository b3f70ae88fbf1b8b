//! What somebody does to a closed file with SQLite's own shell: `verify` ends with 1 and names it, or
//! the file is refused by name where it is not that of this program any more.

use std::path::Path;
use std::process::Command;

use crate::hotel::Hotel;

/// A hotel with something of everything in it, closed.
fn lived_in() -> Hotel {
    let hotel = Hotel::small();
    let first = hotel.reserved("A:2026-06-01:2026-06-04");
    hotel.reserved("B:2026-06-10:2026-06-13:2");
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
    let house = [
        "limits",
        "set",
        "house",
        "2026-06-10",
        "2026-06-12",
        "--overbooking",
        "3",
    ];
    hotel.done(&house);
    let gone = hotel.reserved("A:2026-06-08:2026-06-09");
    hotel.done(&["cancel", &gone, "--reason", "guest:ill"]);
    hotel
}

fn shell(file: &Path, script: &str) {
    let output = Command::new("sqlite3")
        .arg("-bail")
        .arg(file)
        .arg(script)
        .output();
    let output = output.expect("sqlite3 is installed: make deps");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{script}: {said}");
}

/// What is typed, and what `verify` says of it.
const TYPED: &[(&str, &str)] = &[
    // Rows of commands, events and the trail: changed, removed, inserted, in another order.
    (
        "UPDATE command SET actor = 'Rosa' WHERE seq = 4",
        "audit row 4 was changed, or its command 4",
    ),
    (
        "UPDATE command SET request = json_set(request, '$.walk_in', json('true')) WHERE seq = 4",
        "audit row 4 was changed, or its command 4",
    ),
    ("DELETE FROM command WHERE seq = 5", "command 5 of audit row 5 is missing"),
    (
        "INSERT INTO command SELECT seq + 100, randomblob(16), request_hash, kind, request, accepted,
            outcome, actor, desk, instant, business_date, correlation, causation, first_event, events
            FROM command WHERE seq = 3",
        "11 commands, and 10 in the audit trail",
    ),
    (
        "UPDATE event SET payload = replace(payload, '\"rooms\":2', '\"rooms\":1') WHERE type = 'hold_placed'",
        "audit row 6 was changed",
    ),
    (
        "UPDATE event SET payload = payload || ' ' WHERE seq = 6",
        "audit row 3 was changed",
    ),
    (
        "DELETE FROM event WHERE type = 'outage_placed'",
        "of command 7 is missing",
    ),
    (
        "INSERT INTO event SELECT (SELECT max(seq) + 1 FROM event), command, type, version, payload
            FROM event WHERE type = 'reservation_made' LIMIT 1",
        "belongs to no command",
    ),
    (
        "UPDATE event SET seq = -6 WHERE seq = 6; UPDATE event SET seq = 6 WHERE seq = 7;
            UPDATE event SET seq = 7 WHERE seq = -6",
        "audit row 3 was changed",
    ),
    (
        "UPDATE audit SET what = 'no_show' WHERE what = 'cancel'",
        "audit row 10 was changed",
    ),
    ("DELETE FROM audit WHERE seq = 6", "audit row 6 is missing"),
    (
        "UPDATE audit SET hash = zeroblob(32) WHERE seq = 2",
        "audit row 3 does not follow",
    ),
    (
        "CREATE TEMP TABLE swapped AS SELECT * FROM audit WHERE seq IN (4, 5);
            DELETE FROM audit WHERE seq IN (4, 5);
            INSERT INTO audit SELECT 9 - seq, command, actor, permission, desk, what, object, reason_code,
                reason_text, override_text, instant, request, previous_hash, hash, detail FROM swapped",
        "audit row 4 does not follow",
    ),
    // Counts, stays, holds, and the history of cells.
    (
        "UPDATE cell SET sold = sold - 1 WHERE room_type = 'B' AND night = 20614",
        "Twin (B) on 2026-06-10: sold is stored as 1, and adds up to 2",
    ),
    (
        "UPDATE cell SET blocked = 2 WHERE room_type = 'A' AND night = 20614",
        "Double (A) on 2026-06-10",
    ),
    (
        "DELETE FROM cell WHERE room_type = 'A' AND night = 20614",
        "cells are stored",
    ),
    ("UPDATE stay SET status = 'confirmed' WHERE status = 'checked_in'", "reservation A1"),
    (
        "DELETE FROM stay WHERE stay = 2",
        "reservation A2",
    ),
    (
        "UPDATE reservation SET total = 100 WHERE number = 'A2'",
        "reservation A2, as it is listed",
    ),
    (
        "UPDATE hold SET status = 'released'",
        "hold A-H1",
    ),
    (
        "DELETE FROM hold_stay",
        "hold A-H1",
    ),
    (
        "UPDATE outage SET back_on = back_on + 1",
        "outage A-O1",
    ),
    (
        "DELETE FROM cell_event WHERE room_type = 'B' AND night = 20614 AND version = 2",
        "version 2 of Twin (B) on 2026-06-10",
    ),
    (
        "UPDATE cell_event SET version = version + 7 WHERE room_type = 'B' AND night = 20614",
        "Twin (B) on 2026-06-10",
    ),
    (
        "UPDATE house_limit SET overbooking = NULL",
        "the house's limit on 2026-06-10",
    ),
    (
        "INSERT INTO undone VALUES (3, 4)",
        "command 3 is noted as undone by command 4",
    ),
    // The schema itself.
    ("DROP INDEX hold_by_end", "the index hold_by_end is missing"),
    (
        "DROP INDEX stay_room_in_house; CREATE INDEX stay_room_in_house ON stay (room)",
        "the index stay_room_in_house was changed",
    ),
    (
        "CREATE TRIGGER quiet AFTER INSERT ON audit BEGIN DELETE FROM audit WHERE seq = new.seq; END",
        "the trigger quiet is no part",
    ),
    (
        "PRAGMA writable_schema = ON;
            UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (sold >= 0)', '') WHERE name = 'cell'",
        "the table cell was changed",
    ),
    (
        "PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE name = 'audit_by_object'",
        "audit_by_object is missing",
    ),
    ("CREATE TABLE notes (text)", "the table notes is no part"),
    ("ALTER TABLE guest ADD COLUMN card TEXT", "the table guest was changed"),
];

/// What makes the file another one than this program's: every command says so.
const REFUSED: &[(&str, &str)] = &[
    ("PRAGMA application_id = 7", "is not a Keyrack database"),
    (
        "PRAGMA user_version = 99",
        "was written by a newer Keyrack (schema 99",
    ),
    (
        "PRAGMA user_version = 1",
        "it calls itself version 1, and is not",
    ),
    (
        "INSERT INTO event_type VALUES ('room_painted', 1)",
        "was written by a newer Keyrack (event room_painted, version 1",
    ),
    (
        "PRAGMA foreign_keys = OFF; UPDATE event_type SET version = 9 WHERE name = 'hold_placed'",
        "was written by a newer Keyrack (event hold_placed, version 9",
    ),
];

#[test]
fn what_is_typed_into_the_shell_is_found_and_named() {
    let hotel = lived_in();
    hotel.verified();
    let backup = hotel.folder.path().join("whole.db");
    hotel.done(&["backup", backup.to_str().unwrap()]);
    let mut missed = Vec::new();
    let rows = TYPED.iter().map(|(script, names)| (script, names, 1));
    let refused = REFUSED.iter().map(|(script, names)| (script, names, 5));
    for (script, names, status) in rows.chain(refused) {
        let copy = Hotel::none();
        std::fs::copy(&backup, &copy.file).unwrap();
        shell(&copy.file, script);
        let run = copy.run(&["verify"]);
        let said = run.stdout.contains(&names.replace('"', "\\\""));
        if run.status != status || !said || run.stderr.contains("panicked") {
            missed.push(format!("{script}\n  {names}\n    {run:?}"));
        }
    }
    assert!(missed.is_empty(), "missed:\n{}", missed.join("\n"));
}

/// Everything after a row of the trail, taken out so that the rest agrees with itself.
fn cut_after(hotel: &Hotel, row: i64) {
    shell(
        &hotel.file,
        &format!(
            "DELETE FROM event WHERE command IN (SELECT command FROM audit WHERE seq > {row});
            DELETE FROM command WHERE seq IN (SELECT command FROM audit WHERE seq > {row});
            DELETE FROM audit WHERE seq > {row};
            UPDATE act_count SET acts = (SELECT count(*) FROM audit WHERE command IS NULL)"
        ),
    );
}

#[test]
fn a_cut_tail_is_found_while_a_backup_knows_better() {
    let hotel = lived_in();
    let backup = |name: &str| {
        let path = hotel.folder.path().join(name);
        hotel.done(&["backup", path.to_str().unwrap()]);
        path
    };
    let first = backup("first.db");
    hotel.reserved("A:2026-06-19:2026-06-20");
    let whole = backup("whole.db");
    let end = |file: &Path| -> i64 {
        let opened = rusqlite::Connection::open(file).unwrap();
        let sql = "SELECT max(seq) FROM audit";
        opened.query_row(sql, [], |row| row.get(0)).unwrap()
    };
    let seen = end(&whole);
    hotel.reserved("A:2026-06-20:2026-06-21");
    // What no backup has seen can be cut, and nobody can tell.
    cut_after(&hotel, seen);
    hotel.done(&["rebuild"]);
    hotel.verified();
    cut_after(&hotel, seen - 1);
    let left = end(&hotel.file);
    let found = hotel.run(&["verify"]).ends(1).to_string();
    let expected = format!("the audit trail ends with row {left}; the backup");
    assert!(found.contains(&expected), "{found}");
    assert!(
        found.contains(&format!("whole.db has row {seen} too")),
        "{found}"
    );
    // Other rows in the place of those that were cut are other rows.
    while end(&hotel.file) < seen {
        hotel.reserved("A:2026-06-20:2026-06-21");
    }
    let found = hotel.run(&["verify"]).ends(1).to_string();
    let expected = format!("audit row {seen} is another one than in the backup");
    assert!(found.contains(&expected), "{found}");
    // A backup that was cut as well is not as it was made.
    shell(&whole, &format!("DELETE FROM audit WHERE seq >= {seen}"));
    let found = hotel.run(&["verify"]).ends(1).to_string();
    assert!(
        found.contains(&format!("and not with row {seen} as it was made")),
        "{found}"
    );
    // A backup that is gone is still known of, and a restore says where the trail ends from now on.
    std::fs::remove_file(&whole).unwrap();
    hotel.run(&["verify"]).ends(1);
    hotel.done(&["restore", first.to_str().unwrap()]);
    hotel.verified();
}

#[test]
fn a_restore_of_an_earlier_backup_is_no_cut() {
    let hotel = Hotel::small();
    let early = hotel.folder.path().join("early.db");
    hotel.done(&["backup", early.to_str().unwrap()]);
    hotel.reserved("A:2026-06-20:2026-06-21");
    let late = hotel.folder.path().join("late.db");
    hotel.done(&["backup", late.to_str().unwrap()]);
    hotel.done(&["restore", early.to_str().unwrap()]);
    hotel.verified();
    hotel.done(&["restore", late.to_str().unwrap()]);
    hotel.verified();
}
