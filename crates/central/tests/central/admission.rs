//! Who is let in: codes are used once, tokens reach one property, and a desk can be let go.

use keyrack_wire::{Enrolled, Fault, Push};

use crate::database::Database;
use crate::desk::{Desk, asking, history, opening};
use crate::exchange::opened;
use crate::server::{Server, run};

#[test]
fn a_code_lets_one_desk_in_once_within_ten_minutes() {
    let database = Database::start(false);
    let server = Server::start(&database);
    server.said(&["property", "add", "H1"]);
    let given = server.said(&["desk", "code", "H1"]);
    let typed = given.to_lowercase();
    let enrolled: Enrolled = server
        .exchange("/v1/sync/enrol", None, &asking(&typed, "Desk"))
        .unwrap();
    assert_eq!(enrolled.property.as_str(), "H1");
    assert_eq!(enrolled.holder.epoch, 1);
    let again: Result<Enrolled, Fault> =
        server.exchange("/v1/sync/enrol", None, &asking(&given, "Other"));
    assert_eq!(again, Err(Fault::CodeNotValid {}));
    let late = server.said(&["desk", "code", "H1"]);
    database.ask("UPDATE enrol_code SET expires_at = expires_at - 600001");
    let again: Result<Enrolled, Fault> =
        server.exchange("/v1/sync/enrol", None, &asking(&late, "Late"));
    assert_eq!(again, Err(Fault::CodeNotValid {}));
    let stored = database.ask("SELECT token_hash, hash FROM desk, enrol_code");
    assert!(
        !stored.contains(enrolled.token.reveal()),
        "the token itself is stored nowhere"
    );
}

#[test]
fn a_token_reaches_no_other_desk_and_no_other_property() {
    let database = Database::start(false);
    let server = Server::start(&database);
    let mut here = opened(&server, 10);
    let sale = here.sell("A", 3, 1);
    here.answer(&sale);
    server.said(&["property", "add", "H2"]);
    let mut there = Desk::enrol(&server, "H2", "Elsewhere");
    assert_eq!(there.page().unwrap().entries.as_slice(), []);
    let (_, entries) = history(&opening(3, 10));
    there.genesis(&entries, true).unwrap();
    assert_eq!(there.pull().len(), 2);
    // The token of one with the name of the other.
    let forged: Push = here.push_message(Vec::new());
    let refused: Result<keyrack_wire::Pushed, Fault> = there.exchange("/v1/sync/push", &forged);
    assert_eq!(refused, Err(Fault::Unauthorised {}));
    assert_eq!(here.pull().len(), 1);
    let counts = "SELECT code, feed_head FROM property ORDER BY code";
    assert_eq!(database.ask(counts), "H1|3\nH2|2");
}

#[test]
fn without_a_valid_token_nothing_is_told() {
    let database = Database::start(false);
    let server = Server::start(&database);
    let desk = opened(&server, 10);
    for path in ["/v1/sync/push", "/v1/sync/pull", "/v1/sync/genesis"] {
        for token in [None, Some("0123456789abcdef0123456789abcdef")] {
            let reply = server.post(path, token, b"{}");
            assert_eq!(
                (reply.status, reply.body.as_str()),
                (401, r#"{"code":"unauthorised"}"#)
            );
        }
    }
    assert_eq!(server.get("/v1/sync/poke", None).status, 401);
    assert!(desk.page().is_ok());
    server.said(&["desk", "revoke", "H1", "a"]);
    assert_eq!(desk.page().unwrap_err(), Fault::Unauthorised {});
    let listed = server.said(&["desk", "list", "H1"]);
    assert!(listed.contains("revoked"), "{listed}");
}

#[test]
fn a_wrong_word_at_the_console_is_said_in_a_sentence() {
    let database = Database::start(false);
    let address = database.address();
    let added = run(&address, &["property", "add", "H1"]);
    assert!(added.status.success());
    for (arguments, sentence) in [
        (
            &["property", "add", "H1"][..],
            "there is a property with the code \"H1\" already",
        ),
        (&["property", "add", "No spaces"], "1 to 32 letters"),
        (&["desk", "code", "H9"], "no property has the code \"H9\""),
        (&["desk", "revoke", "H1", "Q"], "has no desk \"Q\""),
        (&["serve", "--listen", "0.0.0.0:0"], "in the clear"),
        (
            &["serve", "--listen", "nowhere"],
            "is not an address and port",
        ),
    ] {
        let output = run(&address, arguments);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(
            !output.status.success() && said.contains(sentence),
            "{arguments:?}: {said}"
        );
    }
    let nowhere = run(
        "postgres://keyrack@127.0.0.1:1/postgres",
        &["desk", "list", "H1"],
    );
    assert!(!nowhere.status.success());
}

#[test]
fn an_operator_sees_whether_it_works_and_what_it_did() {
    let database = Database::start(false);
    let server = Server::start(&database);
    let mut desk = opened(&server, 10);
    let sale = desk.sell("A", 3, 1);
    desk.answer(&sale);
    let health = server.get("/health", None);
    assert!(
        health.status == 200 && health.body.contains("\"ok\""),
        "{health:?}"
    );
    assert_eq!(health.header("x-request-id").map(str::len), Some(36));
    assert_eq!(server.get("/ready", None).status, 200);
    let measures = server.get("/metrics", None).body;
    for line in [
        "keyrack_commands_total{answer=\"applied\"} 1",
        "keyrack_requests_total{route=\"/v1/sync/push\",status=\"200\"} 1",
    ] {
        assert!(measures.contains(line), "{measures}");
    }
    assert_eq!(server.get("/nowhere", None).status, 404);
}
