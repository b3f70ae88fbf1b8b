//! Lists for other programs: complete by pages, and of one property.

use serde_json::Value;

use crate::database::Database;
use crate::desk::Desk;
use crate::exchange::opened;
use crate::server::Server;

fn json(server: &Server, path: &str, token: &str) -> Value {
    let reply = server.get(path, Some(token));
    assert_eq!(reply.status, 200, "{reply:?}");
    serde_json::from_str(&reply.body).unwrap()
}

#[test]
fn every_list_is_complete_by_its_pages() {
    let database = Database::start(false);
    let server = Server::start(&database);
    let mut desk = opened(&server, 10);
    for arrival in 1..6 {
        let sale = desk.sell("A", arrival, 2);
        desk.answer(&sale);
    }
    let token = desk.token.as_str();
    let grid = json(
        &server,
        "/v1/properties/H1/availability?from=2026-06-02&to=2026-06-04",
        token,
    );
    let cells = grid["cells"].as_array().unwrap();
    assert_eq!(cells.len(), 4, "two types over two nights");
    assert_eq!(
        (cells[0]["room_type"].as_str(), cells[0]["sold"].as_i64()),
        (Some("A"), Some(2))
    );
    assert_eq!(cells[0]["available"], 8);
    let mut numbers = Vec::new();
    let mut path = "/v1/properties/H1/reservations?limit=2".to_owned();
    loop {
        let page = json(&server, &path, token);
        let found = page["reservations"].as_array().unwrap();
        numbers.extend(
            found
                .iter()
                .map(|one| one["number"].as_str().unwrap().to_owned()),
        );
        let Some(next) = page["next"].as_str() else {
            break;
        };
        path = format!("/v1/properties/H1/reservations?limit=2&after={next}");
    }
    assert_eq!(numbers, ["A1", "A2", "A3", "A4", "A5"]);
    let (mut after, mut names) = (0, Vec::new());
    loop {
        let page = json(
            &server,
            &format!("/v1/properties/H1/events?limit=1&after={after}"),
            token,
        );
        let found = page["events"].as_array().unwrap();
        names.extend(
            found
                .iter()
                .map(|event| event["name"].as_str().unwrap().to_owned()),
        );
        after = page["next"].as_u64().unwrap();
        if page["more"] == false {
            break;
        }
    }
    assert_eq!(after, 7);
    assert_eq!(
        names
            .iter()
            .filter(|name| *name == "reservation_made")
            .count(),
        5
    );
    let trail = json(&server, "/v1/properties/H1/audit", token);
    let rows = trail["rows"].as_array().unwrap();
    assert_eq!(
        rows.iter().filter(|row| row["what"] == "reserve").count(),
        5
    );
    assert_eq!(trail["next"], Value::Null);
}

#[test]
fn a_list_is_told_to_desks_of_its_property_alone() {
    let database = Database::start(false);
    let server = Server::start(&database);
    let desk = opened(&server, 10);
    server.said(&["property", "add", "H2"]);
    let other = Desk::enrol(&server, "H2", "Elsewhere");
    for list in [
        "availability?from=2026-06-01&to=2026-06-02",
        "reservations",
        "events",
        "audit",
    ] {
        let path = format!("/v1/properties/H1/{list}");
        assert_eq!(server.get(&path, None).status, 401, "{list}");
        assert_eq!(server.get(&path, Some(&other.token)).status, 404, "{list}");
        assert_eq!(server.get(&path, Some(&desk.token)).status, 200, "{list}");
    }
    for odd in [
        "availability",
        "availability?from=2026-06-02&to=2026-06-02",
        "availability?from=2026-06-01&to=2036-06-02",
        "reservations?limit=0",
        "reservations?after=x",
        "events?after=-1",
        "audit?limit=1001",
    ] {
        let reply = server.get(&format!("/v1/properties/H1/{odd}"), Some(&desk.token));
        assert_eq!(reply.status, 400, "{odd}");
        let told: Value = serde_json::from_str(&reply.body).unwrap();
        assert_eq!(told["code"], "malformed", "{odd}");
    }
    let described = server.get("/v1/openapi.json", None);
    assert!(described.status == 200 && described.body.contains("\"openapi\": \"3.1.0\""));
}

#[test]
fn what_is_wrong_with_a_question_is_named_and_the_last_page_says_that_it_is_the_last() {
    let database = Database::start(false);
    let server = Server::start(&database);
    let mut desk = opened(&server, 10);
    for arrival in 1..5 {
        let sale = desk.sell("A", arrival, 2);
        desk.answer(&sale);
    }
    let token = desk.token.as_str();
    for (asked, named) in [
        ("availability?from=2026-06-02", "`to`"),
        ("availability?from=2026-06-02&to=x", "to"),
        ("availability?from=2026-06-02&to=2026-06-02", "to:"),
        ("reservations?limit=0", "limit:"),
        ("reservations?after=x", "after:"),
        ("reservations?status=confirmed", "`status`"),
        ("holds?after=x", "after"),
        ("events?after=-1", "after"),
        ("audit?limit=1001", "limit: 1 to 1000 is expected"),
    ] {
        let reply = server.get(&format!("/v1/properties/H1/{asked}"), Some(token));
        assert_eq!(reply.status, 400, "{asked}: {}", reply.body);
        let body: Value = serde_json::from_str(&reply.body).unwrap();
        assert_eq!(body["code"], "malformed", "{asked}");
        let detail = body["detail"].as_str().unwrap();
        assert!(detail.contains(named), "{asked}: {detail}");
    }
    let full = json(&server, "/v1/properties/H1/reservations?limit=4", token);
    assert_eq!(full["reservations"].as_array().map(Vec::len), Some(4));
    assert_eq!(
        full["next"],
        Value::Null,
        "nothing is behind a page that is just full"
    );
    let first = json(&server, "/v1/properties/H1/reservations?limit=3", token);
    assert!(first["next"].is_string());
    let rows = database.ask("SELECT count(*) FROM audit");
    let trail = json(
        &server,
        &format!("/v1/properties/H1/audit?limit={rows}"),
        token,
    );
    assert_eq!(trail["next"], Value::Null);

    let other = server.post("/v1/properties/H1/audit", Some(token), b"{}");
    assert_eq!(other.status, 405);
    let body: Value = serde_json::from_str(&other.body).unwrap();
    assert_eq!(body["code"], "method_not_allowed");
    let described = server.get("/v1/openapi.json", None);
    let described: Value = serde_json::from_str(&described.body).unwrap();
    for (path, operations) in described["paths"].as_object().unwrap() {
        for operation in operations.as_object().unwrap().values() {
            for status in ["429", "503"] {
                assert!(
                    operation["responses"][status].is_object(),
                    "{path}: {status}"
                );
            }
        }
    }
}
