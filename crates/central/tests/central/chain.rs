//! Every property side by side, out of the primary or a replica, and for those alone who may look at all of them.

use std::time::{Duration, Instant};

use keyrack_inventory::Command;
use serde_json::Value;

use crate::database::{Database, own_folder, program};
use crate::desk::{Desk, day, history, opening};
use crate::exchange::opened;
use crate::server::Server;

const ADMIN: &str = "0f3c1a5e7b9d2468ace013579bdf02468ace1357";
const NIGHTS: &str = "/v1/chain/availability?from=2026-06-02&to=2026-06-04";

/// Another property, with a history and its first desk.
pub fn another<'a>(server: &'a Server, code: &str, rooms: i32) -> Desk<'a> {
    another_on(server, code, rooms, 1)
}

/// Another property that has come to a date.
pub fn another_on<'a>(server: &'a Server, code: &str, rooms: i32, date: i32) -> Desk<'a> {
    server.said(&["property", "add", code]);
    let mut desk = Desk::enrol(server, code, "Front desk");
    let mut opening = opening(rooms, 60);
    if let Command::OpenProperty { property, .. } = &mut opening[0] {
        property.business_date = day(date);
    }
    opening[1] = Command::OpenNights {
        from: day(date),
        to: day(61),
    };
    let (_, entries) = history(&opening);
    desk.genesis(&entries, true).unwrap();
    desk.pull();
    desk
}

fn json(server: &Server, path: &str, token: &str) -> Value {
    let reply = server.get(path, Some(token));
    assert_eq!(reply.status, 200, "{reply:?}");
    serde_json::from_str(&reply.body).unwrap()
}

/// Rooms, sold and available of the type A of a property on the second of June.
fn counts(found: &Value, code: &str) -> [i64; 3] {
    let properties = found["properties"].as_array().unwrap();
    let property = properties.iter().find(|one| one["code"] == code).unwrap();
    let cells = property["cells"].as_array().unwrap();
    let cell = cells
        .iter()
        .find(|cell| cell["room_type"] == "A" && cell["night"] == "2026-06-02")
        .unwrap();
    ["rooms", "sold", "available"].map(|count| cell[count].as_i64().unwrap())
}

#[test]
fn the_chain_is_shown_by_property_type_and_night_with_how_current_each_is() {
    let database = Database::start(false);
    let server = Server::start(&database);
    let mut first = opened(&server, 10);
    let mut second = another(&server, "H2", 3);
    server.said(&["property", "add", "H3"]);
    let token = server.said(&["chain", "token", "revenue"]);
    for (desk, times) in [(&mut first, 2), (&mut second, 1)] {
        for _ in 0..times {
            let sale = desk.sell("A", 2, 1);
            desk.answer(&sale);
        }
    }
    first.pull();
    second.waiting = 1;
    second.pull();
    let found = json(&server, NIGHTS, &token);
    assert_eq!(counts(&found, "H1"), [10, 2, 8]);
    assert_eq!(counts(&found, "H2"), [3, 1, 2]);
    assert_eq!(
        (&found["source"], found["lag_seconds"].as_f64()),
        (&Value::from("primary"), Some(0.0))
    );
    let of = |at: usize| &found["properties"][at];
    assert_eq!(of(0)["cells"].as_array().map(Vec::len), Some(4));
    assert_eq!(of(2)["code"], "H3");
    assert_eq!(of(2)["name"], Value::Null, "its history is not here");
    for (at, feed, waiting) in [(0, 4, 0), (1, 3, 1), (2, 0, 0)] {
        assert_eq!(of(at)["feed"]["number"], feed, "{at}");
        assert_eq!(of(at)["feed"]["desks_waiting"], waiting, "{at}");
    }
    // What said that nothing is left, and fell silent, may have sold since.
    database.ask("UPDATE desk SET rested_at = rested_at - 61000");
    let later = json(&server, NIGHTS, &token);
    assert_eq!(later["properties"][0]["feed"]["desks_waiting"], 1);
    let mut codes = Vec::new();
    let mut path = format!("{NIGHTS}&limit=1");
    loop {
        let page = json(&server, &path, &token);
        for property in page["properties"].as_array().unwrap() {
            codes.push(property["code"].as_str().unwrap().to_owned());
        }
        let Some(next) = page["next"].as_str() else {
            break;
        };
        path = format!("{NIGHTS}&limit=1&after={next}");
    }
    assert_eq!(codes, ["H1", "H2", "H3"]);
}

#[test]
fn only_a_token_of_the_chain_looks_at_more_than_one_property() {
    let database = Database::start(false);
    let server = Server::start_with(&database.address(), &["--admin-token", ADMIN]);
    let desk = opened(&server, 10);
    another(&server, "H2", 3);
    let token = server.said(&["chain", "token", "revenue"]);
    for (who, status) in [
        (None, 401),
        (Some("x"), 401),
        (Some(desk.token.as_str()), 401),
        (Some(token.as_str()), 200),
        (Some(ADMIN), 200),
    ] {
        let reply = server.get(NIGHTS, who);
        assert_eq!(reply.status, status, "{who:?}");
        let told = reply.body.contains("H2");
        assert_eq!(told, status == 200, "{who:?}");
    }
    // A desk's token reads of its own property, and one of the chain pushes nothing.
    let own = "availability?from=2026-06-02&to=2026-06-04";
    for (code, status) in [("H1", 200), ("H2", 404)] {
        let path = format!("/v1/properties/{code}/{own}");
        assert_eq!(
            server.get(&path, Some(&desk.token)).status,
            status,
            "{code}"
        );
        assert_eq!(server.get(&path, Some(&token)).status, 401, "{code}");
    }
    assert_eq!(
        server.post("/v1/sync/push", Some(&token), b"{}").status,
        401
    );
    for odd in [
        "",
        "?from=2026-06-02&to=2026-06-02",
        "?from=2026-06-02&to=2026-09-03",
        "?from=2026-06-02&to=2026-06-03&limit=51",
        "?from=2026-06-02&to=2026-06-03&after=%00",
    ] {
        let reply = server.get(&format!("/v1/chain/availability{odd}"), Some(&token));
        assert_eq!(reply.status, 400, "{odd}");
    }
    assert!(!server.run(&["chain", "token", "revenue"]).status.success());
    assert!(!server.run(&["chain", "token", "no name"]).status.success());
    server.said(&["chain", "revoke", "revenue"]);
    assert_eq!(server.get(NIGHTS, Some(&token)).status, 401);
    assert!(server.said(&["chain", "list"]).contains("revoked"));
    for property in ["H1", "H2"] {
        let told = format!(
            "SELECT string_agg(what, ' ' ORDER BY seq) FROM audit JOIN property AS p ON p.id = property
             WHERE p.code = '{property}' AND what LIKE 'chain%'"
        );
        assert_eq!(
            database.ask(&told),
            "chain_token_given chain_token_revoked",
            "{property}"
        );
        assert!(!server.said(&["verify", property]).contains("WRONG"));
    }
    let kept = database.ask("SELECT chain_token::text FROM chain_token");
    assert!(!kept.contains(&token), "a token is kept as a hash");
}

/// A replica of a database, which follows it.
fn replica(of: &Database) -> Database {
    let folder = own_folder();
    let made = program("pg_basebackup")
        .args(["-h", "127.0.0.1", "-p", &of.port.to_string()])
        .args(["-U", "keyrack", "-R", "-X", "stream", "-c", "fast", "-D"])
        .arg(folder.path().join("data"))
        .output()
        .unwrap();
    assert!(
        made.status.success(),
        "{}",
        String::from_utf8_lossy(&made.stderr)
    );
    Database::serve(folder, false)
}

/// Asks until the answer is as it should be.
fn until(server: &Server, token: &str, is: impl Fn(&Value) -> bool) -> Value {
    let began = Instant::now();
    loop {
        let found = json(server, NIGHTS, token);
        if is(&found) {
            return found;
        }
        assert!(began.elapsed() < Duration::from_secs(20), "{found}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn the_chain_is_read_from_a_replica_that_says_how_far_behind_it_is() {
    let database = Database::start(false);
    let server = Server::start(&database);
    let mut desk = opened(&server, 10);
    let token = server.said(&["chain", "token", "revenue"]);
    let replica = replica(&database);
    let reading = Server::start_with(&database.address(), &["--replica", &replica.address()]);
    let sale = desk.sell("A", 2, 1);
    desk.answer(&sale);
    let found = until(&reading, &token, |found| counts(found, "H1")[1] == 1);
    assert_eq!(found["source"], "replica");
    let lag = found["lag_seconds"].as_f64().unwrap();
    assert!(lag > 0.0 && lag < 20.0, "{lag}");
    // What the replica has not replayed is not shown, and the answer says how long that is.
    replica.ask("SELECT pg_wal_replay_pause()");
    let sale = desk.sell("A", 2, 1);
    desk.answer(&sale);
    let behind = until(&reading, &token, |found| {
        found["lag_seconds"].as_f64().unwrap() > 1.0
    });
    assert_eq!(counts(&behind, "H1")[1], 1);
    assert_eq!(counts(&json(&server, NIGHTS, &token), "H1")[1], 2);
    replica.ask("SELECT pg_wal_replay_resume()");
    until(&reading, &token, |found| counts(found, "H1")[1] == 2);
    // Without its replica the centre reads where it writes.
    drop(replica);
    let found = json(&reading, NIGHTS, &token);
    assert_eq!(
        (&found["source"], counts(&found, "H1")[1]),
        (&Value::from("primary"), 2)
    );
}
