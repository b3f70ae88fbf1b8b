//! Verify finds what was tampered with, and a rebuild puts right what follows from the feed.

use keyrack_central::ledger::Ledger;
use keyrack_central::{clock, reconcile};
use keyrack_inventory::Transition;

use crate::database::Database;
use crate::desk::{Desk, reserve};
use crate::exchange::{opened, transition};
use crate::server::Server;

const SHARES_AS_THEY_WERE: &str = "UPDATE share AS s SET granted = w.granted, consumed = w.consumed FROM was AS w
    WHERE (s.night, s.room_type, s.desk, s.epoch) = (w.night, w.room_type, w.desk, w.epoch); DROP TABLE was";

/// A property on which two desks worked.
fn worked(server: &Server) {
    let mut first = opened(server, 10);
    let mut second = Desk::enrol(server, "H1", "Bar");
    second.pull();
    for arrival in 1..6 {
        let sale = first.sell("A", arrival, 2);
        first.answer(&sale);
    }
    let asked = second.queue(&reserve("B", 2, 3, 4), true);
    second.answer(&asked);
    first.pull();
    for (step, id) in [(Transition::CheckIn, "A1"), (Transition::Cancel, "A2")] {
        let command = first.queue(&transition(step, id), false);
        first.answer(&command);
    }
    let refused = first.queue(&transition(Transition::CheckOut, "A3"), false);
    first.answer(&refused);
}

#[test]
fn what_was_not_tampered_with_is_well_and_a_rebuild_changes_nothing() {
    let database = Database::start(false);
    let server = Server::start(&database);
    worked(&server);
    let rows = "SELECT md5(string_agg(c::text, '|' ORDER BY c)) FROM cell AS c";
    let before = database.ask(rows);
    server.said(&["verify", "H1"]);
    server.said(&["rebuild", "H1"]);
    assert_eq!(database.ask(rows), before);
    let said = server.said(&["verify", "H1"]);
    assert!(
        said.lines().count() >= 12 && !said.contains("WRONG"),
        "{said}"
    );
}

#[test]
fn whatever_is_tampered_with_is_found_by_its_name() {
    let database = Database::start(false);
    let server = Server::start(&database);
    worked(&server);
    for (sql, undo, name) in [
        (
            "UPDATE cell SET sold = sold + 1 WHERE room_type = 'A' AND night = 20606",
            "UPDATE cell SET sold = sold - 1 WHERE room_type = 'A' AND night = 20606",
            "rooms sold are those of the stays",
        ),
        (
            "UPDATE queued SET sealed = replace(sealed, 'Ana', 'Eva') WHERE seq = 3",
            "UPDATE queued SET sealed = replace(sealed, 'Eva', 'Ana') WHERE seq = 3",
            "the trail is whole",
        ),
        (
            "UPDATE entry SET actor = 'Eva' WHERE number = 1",
            "UPDATE entry SET actor = 'Ana' WHERE number = 1",
            "the trail is whole",
        ),
        (
            "UPDATE audit SET actor = 'Eva' WHERE seq = 8",
            "UPDATE audit SET actor = 'Ana' WHERE seq = 8",
            "the trail is whole",
        ),
        (
            "UPDATE reservation SET doc = jsonb_set(doc, '{details,adults}', '3') WHERE number = 'A3'",
            "UPDATE reservation SET doc = jsonb_set(doc, '{details,adults}', '2') WHERE number = 'A3'",
            "reservations follow",
        ),
        (
            "UPDATE share SET granted = granted + 100 WHERE night = 20610",
            "UPDATE share SET granted = granted - 100 WHERE night = 20610",
            "rights are covered",
        ),
        (
            "CREATE TABLE was AS SELECT * FROM share; UPDATE share SET granted = consumed + returned",
            SHARES_AS_THEY_WERE,
            "rights are what desks told",
        ),
        (
            "CREATE TABLE was AS SELECT * FROM share;
             UPDATE share SET consumed = consumed - 1 WHERE night = 20606 AND consumed > 0",
            SHARES_AS_THEY_WERE,
            "rights are what desks told",
        ),
        (
            "INSERT INTO deficit VALUES (1, 20611, 'A', 2)",
            "DELETE FROM deficit WHERE night = 20611",
            "deficits are explained",
        ),
    ] {
        database.ask(sql);
        let output = server.run(&["verify", "H1"]);
        let said = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(1), "{sql}: {said}");
        assert!(said.contains(&format!("WRONG {name}")), "{sql}: {said}");
        database.ask(undo);
        server.said(&["verify", "H1"]);
    }
    database.ask("UPDATE cell SET sold = 0 WHERE room_type = 'A'");
    server.said(&["rebuild", "H1"]);
    server.said(&["verify", "H1"]);
}

#[tokio::test]
async fn what_is_stored_is_compared_with_the_feed_once_in_so_many_hours_by_one_process() {
    let database = Database::start(false);
    let server = Server::start(&database);
    worked(&server);
    let ledger = Ledger::new(&database.address(), None, 2).unwrap();
    let mut session = ledger.session().await.unwrap();
    let now = clock::now();
    let looked = async |session: &mut keyrack_central::ledger::Session, hours: u32| {
        let later = now.plus_minutes(60 * hours + 5);
        reconcile::due(session, 24, later).await.unwrap()
    };
    let wrong = || database.ask("SELECT wrong_checks FROM property");
    assert_eq!(looked(&mut session, 0).await, 0, "it was added just now");
    assert_eq!(looked(&mut session, 24).await, 1);
    assert_eq!(looked(&mut session, 24).await, 0, "somebody has looked");
    assert_eq!(wrong(), "0");
    database.ask("UPDATE cell SET sold = sold + 1 WHERE room_type = 'A' AND night = 20606");
    assert_eq!(looked(&mut session, 48).await, 1);
    assert_eq!(wrong(), "2", "the cell, and the rooms of the stays");
    server.said(&["rebuild", "H1"]);
    assert_eq!(looked(&mut session, 72).await, 1);
    assert_eq!(wrong(), "0");
    // A program that starts looks at once at what is due.
    database.ask("UPDATE property SET verified_at = 0, wrong_checks = 7");
    let _other = Server::start(&database);
    let started = std::time::Instant::now();
    while wrong() != "0" {
        assert!(started.elapsed().as_secs() < 30, "nobody looks");
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
}
