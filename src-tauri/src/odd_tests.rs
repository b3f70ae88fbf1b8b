//! What no page would ask: each command of the window answers it, nothing panics, and what could not be read or was
//! not done changed nothing.
//!
//! From a seed; `KEYRACK_ODD_REQUESTS` says how many.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use keyrack_desk::door::Password;
use keyrack_desk::sign_in::SignInRequest;
use keyrack_desk::{Desk, Options};
use rusqlite::Connection;
use serde_json::Value;

use crate::matrix_tests::{PASSWORD, Shell, requests};

#[path = "../../tests/support/spoil.rs"]
mod spoil;

use spoil::spoiled;

const REQUESTS: u64 = 2_000;

macro_rules! names {
    ($($command:ident)*) => { [$(stringify!($command)),*] };
}

fn number(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(text.parse().expect("a number"))
}

/// What stands in a file, but for who is signed in since when.
struct Kept {
    file: Connection,
    tables: Vec<String>,
    version: i64,
    hashes: BTreeMap<String, u64>,
}

impl Kept {
    fn of(file: &Path) -> Self {
        let file = Connection::open(file).unwrap();
        let tables: Vec<String> = file
            .prepare(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'session'
                    AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name",
            )
            .unwrap()
            .query_map([], |row| row.get(0))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        assert!(tables.len() > 30, "{tables:?}");
        Self {
            file,
            tables,
            version: -1,
            hashes: BTreeMap::new(),
        }
    }

    /// Of each table a hash over all of its rows. They are read only where anything was written since.
    fn hashes(&mut self) -> BTreeMap<String, u64> {
        let version = self
            .file
            .query_row("PRAGMA data_version", [], |row| row.get(0))
            .unwrap();
        if version != self.version {
            let of = |table: &String| (table.clone(), hash(&self.file, table));
            self.hashes = self.tables.iter().map(of).collect();
            self.version = version;
        }
        self.hashes.clone()
    }
}

fn hash(file: &Connection, table: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    let mut all = file
        .prepare_cached(&format!("SELECT * FROM \"{table}\""))
        .unwrap();
    let columns = all.column_count();
    let mut rows = all.query([]).unwrap();
    while let Some(row) = rows.next().unwrap() {
        for column in 0..columns {
            format!("{:?}", row.get_ref(column).unwrap()).hash(&mut hasher);
        }
    }
    hasher.finish()
}

#[test]
fn what_nobody_would_ask_the_window_is_answered_and_changes_nothing() {
    let shell = Shell::new();
    shell.sign_in("admin");
    let desk = Desk::open(&Options::new(&shell.file(), "admin")).unwrap();
    let request = SignInRequest {
        name: "admin".to_owned(),
        password: Password::new(PASSWORD),
    };
    desk.sign_in(&request, false).unwrap();
    // A wrong sign-in is noted, and the hash of a password takes its time.
    let asking: Vec<(&str, Value)> = command_table!(names)
        .into_iter()
        .filter(|name| *name != "sign_in")
        .flat_map(|name| {
            requests(name)
                .into_iter()
                .map(move |request| (name, request))
        })
        .filter(|(_, request)| !request.is_null())
        .collect();
    let clock = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap()
        .as_nanos() as u64;
    let seed = number("KEYRACK_SEED").unwrap_or(clock).max(1);
    println!("KEYRACK_SEED={seed}");
    let mut state = seed;
    let mut below = |most: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % most as u64) as usize
    };
    let wanted = number("KEYRACK_ODD_REQUESTS").unwrap_or(REQUESTS);
    let mut tried = 0;
    let mut codes: BTreeMap<String, u32> = BTreeMap::new();
    let mut kept = Kept::of(&shell.file());
    let mut before = kept.hashes();
    while tried < wanted {
        let (name, request) = &asking[below(asking.len())];
        let mut request = spoiled(request, &mut below);
        if below(3) == 0 {
            request = spoiled(&request, &mut below);
        }
        let asked = format!("{name} {request}");
        let answer = shell.call(name, request);
        let now = kept.hashes();
        let code = answer.map_or_else(|failure| failure.code, |()| "done".to_owned());
        assert_ne!(code, "unexpected", "it stumbled over {asked}");
        if code != "done" {
            assert_eq!(now, before, "{code}, and it changed something: {asked}");
            // What was done was no odd request.
            tried += 1;
        }
        if code == "not_allowed" {
            shell.sign_in("admin");
        }
        before = if code == "not_allowed" {
            kept.hashes()
        } else {
            now
        };
        *codes.entry(code).or_default() += 1;
    }
    println!("{codes:?}");
    let count = |code: &str| codes.get(code).copied().unwrap_or(0);
    // Some of it is understood, and most is not.
    assert!(
        count("bad_input") > count("done") && count("done") > 0,
        "{codes:?}"
    );
    println!("figure: malformed_window.tried {tried} times");
}
