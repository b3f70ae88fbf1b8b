//! The schema is what was reviewed, and files that older programs wrote still open and verify.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::{Path, PathBuf};
use std::time::Duration;

use keyrack_inventory::share::Holder;
use keyrack_inventory::{DeskId, Event, Instant, NightRange};
use keyrack_store::{CentreState, Creation, Joining, Store};
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

#[test]
fn a_file_of_schema_1_opens_with_the_golden_schema_verifies_and_holds_what_it_held() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.db");
    std::fs::copy(here("files/schema_1.keyrack"), &path).unwrap();
    let store = Store::open(&path, Creation::MustExist, WAIT).unwrap();
    let verified = store.verify().unwrap();
    assert!(verified.ok, "{verified:?}");
    let nights = NightRange::new("2026-06-01".parse().unwrap(), "2026-06-13".parse().unwrap());
    let now: Instant = "2026-06-01T05:30:00Z".parse().unwrap();
    let left = |code: &str| -> Vec<i32> {
        let cells = store.read(|reader| reader.cells(code.parse().unwrap(), nights, now));
        cells
            .unwrap()
            .iter()
            .map(|(_, cell)| cell.rooms_left())
            .collect()
    };
    // The hold of the file was let go when its last command came, at six.
    let expected = (
        vec![2, 2, 2, 4, 4, 4, 4, 4, 4, 4, 4, 4],
        vec![1, 2, 1, 2, 2, 2, 2, 2, 2, 1, 1, 2],
    );
    assert_eq!((left("A"), left("B")), expected);
    let cells = store.rebuild().unwrap();
    assert_eq!(cells, 28);
    assert!(store.verify().unwrap().ok);
    assert_eq!((left("A"), left("B")), expected);
    drop(store);
    assert_eq!(
        schema(&path),
        std::fs::read_to_string(here("golden_schema.sql")).unwrap()
    );
    assert_eq!(event_types(&path), known_types());
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

#[test]
fn a_desk_of_schema_10_goes_on_where_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ten.db");
    let store = Store::open(&path, Creation::Create, WAIT).unwrap();
    let desk = DeskId(uuid::Uuid::from_u128(7));
    let joining = Joining {
        url: "http://localhost".to_owned(),
        property: "H1".to_owned(),
        holder: Holder { desk, epoch: 1 },
        letters: "A".to_owned(),
        feed_epoch: 1,
        fingerprint: "of this machine".to_owned(),
    };
    store.write(|batch| batch.join(&joining, false)).unwrap();
    drop(store);
    // What that schema did not have.
    let connection = Connection::open(&path).unwrap();
    for dropped in ["over_epoch", "fingerprint", "chain", "since_epoch"] {
        let sql = format!("ALTER TABLE centre DROP COLUMN {dropped}");
        connection.execute(&sql, []).unwrap();
    }
    let told = "ALTER TABLE queue_place DROP COLUMN told";
    connection.execute(told, []).unwrap();
    connection.pragma_update(None, "user_version", 10).unwrap();
    drop(connection);
    let store = Store::open(&path, Creation::MustExist, WAIT).unwrap();
    let centre = store.read(|reader| reader.centre()).unwrap().unwrap();
    assert_eq!(centre.holder, joining.holder);
    assert_eq!((centre.chain, centre.since_epoch), (None, 1));
    // On which machine it was nobody has said: that of now is believed, and it keeps its share.
    let machine = |name: &str| {
        store.write(|batch| batch.on_machine(name)).unwrap();
        store.read(|reader| reader.centre()).unwrap().unwrap().state
    };
    assert_eq!(machine("of this machine"), CentreState::Joined);
    assert_eq!(machine("of another machine"), CentreState::Frozen);
    store.write(|batch| batch.rejoin()).unwrap();
    let centre = store.read(|reader| reader.centre()).unwrap().unwrap();
    assert_eq!(centre.holder, Holder { desk, epoch: 2 });
}
