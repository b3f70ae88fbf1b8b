//! What nobody would ask: every address answers it with what the description names, never with a 5xx, and
//! nothing changes by it.
//!
//! From a seed, a few thousand requests with the other tests, or `KEYRACK_ODD_REQUESTS`; `KEYRACK_SCHEMATHESIS` names the
//! program of that name, which then makes `KEYRACK_REQUESTS` of its own along the description. What these change is not
//! looked at: some of them are what a desk may ask.

use std::collections::BTreeMap;
use std::process::Command;

use keyrack_wire::Slot;
use serde_json::{Value, json};

use crate::chance::{Chance, seed};
use crate::database::Database;
use crate::desk::{Desk, asking};
use crate::exchange::opened;
use crate::server::Server;

#[path = "../../../../tests/support/spoil.rs"]
mod spoil;

use spoil::spoiled;

const REQUESTS: u32 = 2_000;

/// What is asked here is asked as fast as it goes.
const NO_LIMITS: [&str; 4] = [
    "--desk-requests",
    "1000000",
    "--address-requests",
    "1000000",
];

const WORDS: [&str; 22] = [
    "",
    "0",
    "1",
    "-1",
    "1000",
    "1001",
    "18446744073709551615",
    "18446744073709551616",
    "1e9",
    "NaN",
    "2026-06-01",
    "2026-06-31",
    "9999-12-31",
    "-9999-01-01",
    "%00",
    "%F0%9F%8F%A8",
    "'; --",
    "A",
    "01890000-0000-7000-8000-000000000000",
    "1.01890000-0000-7000-8000-000000000000",
    "null",
    "..",
];

fn at(chance: &mut Chance, most: usize) -> usize {
    usize::try_from(chance.below(u64::try_from(most).unwrap())).unwrap()
}

fn word(chance: &mut Chance) -> &'static str {
    WORDS[at(chance, WORDS.len())]
}

fn number(name: &str) -> Option<u32> {
    let text = std::env::var(name).ok()?;
    Some(
        text.parse()
            .unwrap_or_else(|_| panic!("{name} is a number, not {text}")),
    )
}

/// All rows of all tables: of each its name, how many it has, and a hash over them. Left out is when a desk was last
/// heard of and had nothing waiting, which whatever it asks changes.
fn kept(database: &Database) -> String {
    let tables = "SELECT table_name FROM information_schema.tables
        WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY table_name";
    let of = |table: &str| {
        format!(
            "SELECT '{table}', count(*), md5(string_agg(line, '' ORDER BY line))
            FROM (SELECT (to_jsonb(kept) - '{{seen_at,rested_at}}'::text[])::text AS line FROM {table} AS kept) AS lines"
        )
    };
    let tables = database.ask(tables);
    let each: Vec<String> = tables.lines().map(of).collect();
    assert!(each.len() > 20, "{tables}");
    database.ask(&each.join(" UNION ALL "))
}

/// What a desk could send: of its queue only what the centre cannot take yet, as what comes before is missing.
fn messages(desk: &mut Desk) -> Vec<(&'static str, Value)> {
    desk.sell("A", 3, 1);
    let second = desk.sell("A", 4, 1);
    let push = desk.push_message(vec![Slot::Command(second)]);
    let holder = serde_json::to_value(desk.holder).unwrap();
    let after = json!({"epoch": 1, "number": 0});
    let cursor = json!({"protocol": 1, "holder": holder, "after": after, "waiting": 0});
    let code = asking("AAAAA-AAAAA-AAAAA-AAAAA-AAAAA", "Desk");
    let genesis = json!({"protocol": 1, "entries": [], "guests": [], "texts": [], "last": true});
    let walk = json!({
        "id": desk.holder.desk, "reservation": "A1", "to": "H2", "room_type": "A",
        "reason": "overbooked", "actor": "Ana"
    });
    vec![
        ("/v1/properties/H1/walks", walk),
        ("/v1/sync/push", serde_json::to_value(push).unwrap()),
        ("/v1/sync/pull", cursor.clone()),
        ("/v1/sync/check", cursor.clone()),
        ("/v1/sync/snapshot", cursor),
        ("/v1/sync/enrol", serde_json::to_value(code).unwrap()),
        ("/v1/sync/genesis", genesis),
    ]
}

fn list(chance: &mut Chance) -> String {
    let lists = [
        "availability",
        "reservations",
        "holds",
        "allotments",
        "events",
        "audit",
        "walks/A1",
        "nothing",
    ];
    let code = if chance.below(4) == 0 {
        word(chance)
    } else {
        "H1"
    };
    let mut path = format!("/v1/properties/{code}/{}?", lists[at(chance, lists.len())]);
    for name in ["from", "to", "after", "limit", "other"] {
        if chance.below(2) == 0 {
            path.push_str(&format!("{name}={}&", word(chance)));
        }
    }
    path.replace(' ', "%20")
}

#[test]
fn what_nobody_would_ask_is_answered_and_changes_nothing() {
    let database = Database::start(false);
    let server = Server::start_with(&database.address(), &NO_LIMITS);
    let mut desk = opened(&server, 10);
    let messages = messages(&mut desk);
    let before = kept(&database);
    let mut chance = Chance(seed());
    let mut statuses = BTreeMap::new();
    let requests = number("KEYRACK_ODD_REQUESTS").unwrap_or(REQUESTS);
    for _ in 0..requests {
        let (reply, asked) = if chance.below(2) == 0 {
            let path = list(&mut chance);
            (server.get(&path, Some(desk.token.as_str())), path)
        } else {
            let (path, message) = &messages[at(&mut chance, messages.len())];
            let mut below = |most| at(&mut chance, most);
            let mut message = spoiled(message, &mut below);
            if below(3) == 0 {
                message = spoiled(&message, &mut below);
            }
            let mut text = message.to_string();
            if chance.below(8) == 0 {
                text.truncate(text.floor_char_boundary(at(&mut chance, text.len() + 1)));
            }
            let reply = server.post(path, Some(desk.token.as_str()), text.as_bytes());
            (reply, format!("{path} {text}"))
        };
        assert!(reply.status < 500, "{asked}: {reply:?}");
        *statuses.entry(reply.status).or_insert(0) += 1;
    }
    println!("{statuses:?}");
    assert!(
        statuses.len() >= 4,
        "some of it is understood: {statuses:?}"
    );
    let after = kept(&database);
    let changed: Vec<_> = before
        .lines()
        .zip(after.lines())
        .filter(|(before, after)| before != after)
        .collect();
    assert!(before == after, "{changed:?}");
    assert!(desk.page().is_ok());
    println!("figure: malformed_centre.tried {requests} times");
}

#[test]
fn schemathesis_finds_nothing_where_it_is_named() {
    let database = Database::start(false);
    let server = Server::start_with(&database.address(), &NO_LIMITS);
    let desk = opened(&server, 10);
    let described = server.get("/v1/openapi.json", None);
    let paths: Value = serde_json::from_str(&described.body).unwrap();
    let paths = paths["paths"].as_object().unwrap();
    assert_eq!(
        paths.len(),
        17,
        "every address of a desk, every list and every walk is described"
    );
    let Ok(program) = std::env::var("KEYRACK_SCHEMATHESIS") else {
        return;
    };
    let requests = number("KEYRACK_REQUESTS").unwrap() as usize;
    let each = (requests / paths.len()).to_string();
    let folder = tempfile::tempdir().unwrap();
    let settings = "[parameters]\ncode = \"H1\"\n";
    std::fs::write(folder.path().join("schemathesis.toml"), settings).unwrap();
    let ended = Command::new(program)
        .args(["run", &format!("{}/v1/openapi.json", server.base)])
        .args([
            "-H",
            &format!("Authorization: Bearer {}", desk.token.as_str()),
        ])
        .args(["--seed", &seed().to_string(), "--max-examples", &each])
        .args([
            "--phases",
            "examples,coverage,fuzzing",
            "--checks",
            "not_a_server_error",
        ])
        .args(["--continue-on-failure", "--no-color"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ended.stdout);
    println!("{said}");
    assert!(ended.status.success());
    // As it counts them itself: `12345 generated, ...`.
    let mut lines = said.lines().map(str::trim);
    let made = lines.find_map(|line| line.split_once(" generated, "));
    let made: u32 = made.unwrap().0.parse().unwrap();
    println!("figure: described_centre.tried {made} times");
}
