//! The schema is what was reviewed, and files that older programs wrote still open and verify.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::{Path, PathBuf};
use std::time::Duration;

use keyrack_inventory::share::Holder;
use keyrack_inventory::{DeskId, Event, Instant, Night, NightRange};
use keyrack_store::{CentreState, Creation, Joining, Store};
use keyrack_wire::Cursor;
use rusqlite::Connection;

const WAIT: Duration = Duration::from_secs(5);

fn here(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(name)
}

/// The schema of a file as text, with the versions in its header.
fn schema(path: &Path) -> String {
    let connection = Connection::open(path).unwrap();
    let pragma = |name: &str| -> i64 {
        connection
            .pragma_query_value(None, name, |row| row.get(0))
            .unwrap()
    };
    let mut text = format!(
        "-- What a new file has; `KEYRACK_GOLDEN=write cargo test -p keyrack-store` writes it anew.\n\
         PRAGMA application_id = {};\nPRAGMA user_version = {};\n",
        pragma("application_id"),
        pragma("user_version")
    );
    let mut statement = connection
        .prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY tbl_name, type DESC, name")
        .unwrap();
    let mut rows = statement.query([]).unwrap();
    while let Some(row) = rows.next().unwrap() {
        text.push_str(&format!("\n{};\n", row.get::<_, String>(0).unwrap()));
    }
    text
}

fn event_types(path: &Path) -> Vec<(String, u32)> {
    let connection = Connection::open(path).unwrap();
    let mut statement = connection
        .prepare("SELECT name, version FROM event_type")
        .unwrap();
    let rows = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap();
    let mut types: Vec<(String, u32)> = rows.map(Result::unwrap).collect();
    types.sort();
    types
}

fn known_types() -> Vec<(String, u32)> {
    let versions = |(name, now): &(&str, u32)| -> Vec<(String, u32)> {
        (1..=*now)
            .map(|version| ((*name).to_owned(), version))
            .collect()
    };
    let mut types: Vec<(String, u32)> = Event::TYPES.iter().flat_map(versions).collect();
    types.sort();
    types
}

#[test]
fn a_new_file_has_the_golden_schema_and_knows_every_event() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new.db");
    drop(Store::open(&path, Creation::Create, WAIT).unwrap());
    let golden = here("golden_schema.sql");
    let found = schema(&path);
    if std::env::var("KEYRACK_GOLDEN").is_ok_and(|value| value == "write") {
        std::fs::write(&golden, &found).unwrap();
    }
    assert_eq!(found, std::fs::read_to_string(&golden).unwrap());
    assert_eq!(event_types(&path), known_types());
}

/// What a released program left on the nights of one type, from the first that is named: rooms left.
struct Held {
    room_type: &'static str,
    rooms_left: &'static [i32],
}

/// Opens a file of an older schema, and finds the schema of a new one in it, every check passed, and what that
/// program saw; after a rebuild from its events still.
fn opens(path: &Path, (from, now): (&str, &str), cells: u64, held: &[Held]) {
    let store = Store::open(path, Creation::MustExist, WAIT).unwrap();
    let verified = store.verify().unwrap();
    assert!(verified.ok, "{verified:?}");
    let first: Night = from.parse().unwrap();
    let now: Instant = now.parse().unwrap();
    let looks = || {
        for Held {
            room_type,
            rooms_left,
        } in held
        {
            let nights = NightRange::new(first, first.plus(rooms_left.len().try_into().unwrap()));
            let found = store.read(|reader| reader.cells(room_type.parse().unwrap(), nights, now));
            let found: Vec<i32> = found
                .unwrap()
                .iter()
                .map(|(_, cell)| cell.rooms_left())
                .collect();
            assert_eq!(found, *rooms_left, "{room_type}");
        }
    };
    looks();
    assert_eq!(store.rebuild().unwrap().cells, cells);
    assert!(store.verify().unwrap().ok);
    looks();
    drop(store);
    assert_eq!(
        schema(path),
        std::fs::read_to_string(here("golden_schema.sql")).unwrap()
    );
    assert_eq!(event_types(path), known_types());
}

#[test]
fn a_file_of_schema_1_opens_with_the_golden_schema_verifies_and_holds_what_it_held() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.db");
    std::fs::copy(here("files/schema_1.keyrack"), &path).unwrap();
    // The hold of the file was let go when its last command came, at six.
    let held = [
        Held {
            room_type: "A",
            rooms_left: &[2, 2, 2, 4, 4, 4, 4, 4, 4, 4, 4, 4],
        },
        Held {
            room_type: "B",
            rooms_left: &[1, 2, 1, 2, 2, 2, 2, 2, 2, 1, 1, 2],
        },
    ];
    opens(&path, ("2026-06-01", "2026-06-01T05:30:00Z"), 28, &held);
}

/// With an end of day, groups, conditions, the waitlist, an erased guest, acts and an undo in it.
#[test]
fn a_file_of_schema_9_opens_with_the_golden_schema_verifies_and_holds_what_it_held() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.db");
    let packed = std::fs::File::open(here("files/schema_9.keyrack.gz")).unwrap();
    let mut file = std::fs::File::create(&path).unwrap();
    std::io::copy(&mut flate2::read::GzDecoder::new(packed), &mut file).unwrap();
    drop(file);
    let version: u32 = Connection::open(&path)
        .unwrap()
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap();
    assert_eq!(version, 9, "it stays the file that it was");
    let held = [
        Held {
            room_type: "A",
            rooms_left: &[3, 4, 4, 4, 4, 3, 5, 5, 3, 2, 5, 5, 5],
        },
        Held {
            room_type: "B",
            rooms_left: &[2, 3, 3, 2, 0, 2, 3, 3, 4, 3, 3, 3, 3],
        },
        Held {
            room_type: "C",
            rooms_left: &[2, 2, 2, 2, 2, 2, 2, 2, 0, 0, 0, 0, 0],
        },
    ];
    opens(&path, ("2026-06-02", "2026-06-02T05:30:00Z"), 3_290, &held);
    let store = Store::open(&path, Creation::MustExist, WAIT).unwrap();
    let (guest, day) = store
        .read(|reader| {
            let id = reader.guest_named("A4")?;
            let day = reader.day_end("2026-06-01".parse().unwrap())?;
            Ok::<_, keyrack_store::StoreError>((reader.person(id)?.name, day))
        })
        .unwrap();
    assert_eq!(guest, "Erased guest");
    assert_eq!(day.unwrap().ended_by, "admin");
}

#[test]
fn a_file_of_an_older_program_with_the_same_schema_learns_the_events_it_lacks() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("older.db");
    drop(Store::open(&path, Creation::Create, WAIT).unwrap());
    let connection = Connection::open(&path).unwrap();
    let sql = "DELETE FROM event_type WHERE name IN ('hold_placed', 'hold_ended')";
    assert_eq!(connection.execute(sql, []).unwrap(), 2);
    drop(connection);
    drop(Store::open(&path, Creation::MustExist, WAIT).unwrap());
    assert_eq!(event_types(&path), known_types());
}

#[test]
fn a_program_that_does_not_know_a_files_events_leaves_it_alone_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("newer.db");
    drop(Store::open(&path, Creation::Create, WAIT).unwrap());
    for (name, version) in [("hold_placed", 99), ("room_painted", 1)] {
        let connection = Connection::open(&path).unwrap();
        let sql = "INSERT INTO event_type (name, version) VALUES (?1, ?2)";
        connection.execute(sql, (name, version)).unwrap();
        let refused = Store::open(&path, Creation::MustExist, WAIT).unwrap_err();
        let expected = format!(
            "{} was written by a newer Keyrack (event {name}, version {version}, is not known \
             here). Upgrade this program.",
            path.display()
        );
        assert_eq!(refused.to_string(), expected);
        let sql = "DELETE FROM event_type WHERE name = ?1 AND version = ?2";
        connection.execute(sql, (name, version)).unwrap();
    }
    drop(Store::open(&path, Creation::MustExist, WAIT).unwrap());
}

/// Older programs read the whole queue, and put right nothing of a booking.
fn drop_what_is_newer(connection: &Connection) {
    let sql = "ALTER TABLE reservation DROP COLUMN replaced; DROP INDEX reservation_by_notes;
        DROP INDEX reservation_by_guarantee";
    connection.execute_batch(sql).unwrap();
    for index in ["queue_unheard", "queue_place_untold", "queue_parked"] {
        connection
            .execute(&format!("DROP INDEX {index}"), [])
            .unwrap();
    }
}

#[test]
fn a_desk_of_schema_16_knows_that_its_grants_were_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sixteen.db");
    let store = Store::open(&path, Creation::Create, WAIT).unwrap();
    store.write(|batch| batch.join(&joining(), false)).unwrap();
    drop(store);
    let knows = |before: u64| {
        let connection = Connection::open(&path).unwrap();
        drop_what_is_newer(&connection);
        for dropped in [
            "grants_chain",
            "trail_number",
            "trail_hash",
            "failing",
            "numbers_after",
            "let_go",
        ] {
            let sql = format!("ALTER TABLE centre DROP COLUMN {dropped}");
            connection.execute(&sql, []).unwrap();
        }
        connection
            .execute("UPDATE centre SET grants_at = ?1", [before])
            .unwrap();
        connection.pragma_update(None, "user_version", 16).unwrap();
        drop(connection);
        let store = Store::open(&path, Creation::MustExist, WAIT).unwrap();
        let centre = store.read(|reader| reader.centre()).unwrap().unwrap();
        assert_eq!(centre.granted, None, "all of them are told once more");
        centre.knows_grants
    };
    assert!(knows(40));
    assert!(!knows(0));
}

/// A desk that joins.
fn joining() -> Joining {
    Joining {
        url: "http://localhost".to_owned(),
        property: "H1".to_owned(),
        holder: Holder {
            desk: DeskId(uuid::Uuid::from_u128(7)),
            epoch: 1,
        },
        letters: "A".to_owned(),
        feed: Cursor {
            epoch: 1,
            number: 0,
        },
        fingerprint: "of this machine".to_owned(),
    }
}

#[test]
fn a_desk_of_schema_11_goes_on_where_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("eleven.db");
    let store = Store::open(&path, Creation::Create, WAIT).unwrap();
    store.write(|batch| batch.join(&joining(), false)).unwrap();
    drop(store);
    // What that schema did not have.
    let connection = Connection::open(&path).unwrap();
    for dropped in [
        "over_epoch",
        "fingerprint",
        "chain",
        "since_epoch",
        "grants_at",
        "grants_chain",
        "trail_number",
        "trail_hash",
        "joined_number",
        "day_ended",
        "log_due",
        "failing",
        "numbers_after",
        "let_go",
    ] {
        let sql = format!("ALTER TABLE centre DROP COLUMN {dropped}");
        connection.execute(&sql, []).unwrap();
    }
    drop_what_is_newer(&connection);
    for (table, column) in [
        ("queue_place", "told"),
        ("queue", "sent"),
        ("stay", "ending"),
        ("stay", "kept_from"),
    ] {
        let sql = format!("ALTER TABLE {table} DROP COLUMN {column}");
        connection.execute(&sql, []).unwrap();
    }
    connection.execute("DROP INDEX stay_kept", []).unwrap();
    let erased = uuid::Uuid::from_u128(8);
    let sql = "INSERT INTO erased (id, erased_at) VALUES (?1, 5)";
    connection.execute(sql, [erased.as_bytes()]).unwrap();
    connection.pragma_update(None, "user_version", 11).unwrap();
    drop(connection);
    let store = Store::open(&path, Creation::MustExist, WAIT).unwrap();
    let centre = store.read(|reader| reader.centre()).unwrap().unwrap();
    assert_eq!(centre.holder, joining().holder);
    assert_eq!((centre.chain, centre.since_epoch), (None, 1));
    // What was erased before the trail told of each id is told now.
    let told: String = Connection::open(&path)
        .unwrap()
        .query_row(
            "SELECT detail FROM audit WHERE what = 'erasures_done'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert!(told.contains(&erased.to_string()), "{told}");
    // On which machine it was nobody has said: that of now is believed, and it keeps its share.
    let machine = |name: &str| {
        store.write(|batch| batch.on_machine(name)).unwrap();
        store.read(|reader| reader.centre()).unwrap().unwrap().state
    };
    assert_eq!(machine("of this machine"), CentreState::Joined);
    assert_eq!(machine("of another machine"), CentreState::Frozen);
    store.write(|batch| batch.rejoin()).unwrap();
    let centre = store.read(|reader| reader.centre()).unwrap().unwrap();
    let desk = joining().holder.desk;
    assert_eq!(centre.holder, Holder { desk, epoch: 2 });
}

#[test]
fn a_program_that_has_the_file_open_writes_no_more_once_a_newer_one_brought_it_up_to_date() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("open.db");
    std::fs::copy(here("files/schema_1.keyrack"), &path).unwrap();
    let store = Store::open(&path, Creation::MustExist, WAIT).unwrap();
    let write = || store.write(|batch| batch.reader().catalogue().map(|_| ()));
    write().unwrap();
    let newer = Connection::open(&path).unwrap();
    newer.pragma_update(None, "user_version", 9_999).unwrap();
    let sql = "UPDATE property SET catalogue_version = catalogue_version + 1";
    assert_eq!(newer.execute(sql, []).unwrap(), 1);
    let id = uuid::Uuid::from_u128(9);
    let refused = store.apply(&keyrack_store::Envelope {
        command_id: keyrack_inventory::CommandId(id),
        request_hash: [1; 32],
        request_id: id,
        actor: "Iris".to_owned(),
        now: Instant::from_millis(0),
        if_version: None,
        override_text: None,
        command: keyrack_inventory::Command::SweepHolds { holds: Vec::new() },
        reason: None,
        causation: None,
        gives_back: false,
        guests: Vec::new(),
        texts: Vec::new(),
    });
    let act = keyrack_store::Act::new("Iris", "setting", "paper", Instant::from_millis(0));
    for refused in [
        refused.map(|_| ()),
        store.write(|batch| batch.act(&act)).map(|_| ()),
        store.rebuild().map(|_| ()),
    ] {
        let refused = refused.unwrap_err().to_string();
        assert!(refused.contains("newer"), "{refused}");
    }
}

#[test]
fn every_table_takes_its_types_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new.db");
    drop(Store::open(&path, Creation::Create, WAIT).unwrap());
    let connection = Connection::open(&path).unwrap();
    // The tables of the index of names are the index's own.
    let sql = "SELECT name, strict FROM pragma_table_list
        WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'";
    let mut statement = connection.prepare(sql).unwrap();
    let tables = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
    let tables: Vec<(String, bool)> = tables.unwrap().map(Result::unwrap).collect();
    assert!(tables.len() > 40, "{tables:?}");
    let loose: Vec<_> = tables.iter().filter(|(_, strict)| !strict).collect();
    assert!(loose.is_empty(), "{loose:?}");
}
