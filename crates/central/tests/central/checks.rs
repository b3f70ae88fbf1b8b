//! Verify finds what was tampered with, and a rebuild puts right what follows from the feed.

use keyrack_central::ledger::{AuditRow, Covered, Ledger, Session};
use keyrack_central::{clock, reconcile};
use keyrack_inventory::restriction::RestrictionChange;
use keyrack_inventory::{Command, CommandId, ReservationId, Transition};
use keyrack_wire::Fed;
use uuid::Uuid;

use crate::database::Database;
use crate::desk::{Desk, code, day, reserve};
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
            "UPDATE stay SET room = '999' WHERE stay = 1 AND status = 'cancelled'",
            "UPDATE stay SET room = NULL WHERE room = '999'",
            "stays and columns follow",
        ),
        (
            "UPDATE reservation SET created_at = created_at + 1 WHERE number = 'A3'",
            "UPDATE reservation SET created_at = created_at - 1 WHERE number = 'A3'",
            "stays and columns follow",
        ),
        (
            "INSERT INTO guest (property, id, name, seal) VALUES
                (1, '01890000-0000-7000-8000-000000000000', 'Ana', sha256(convert_to(json_build_array(
                    1, '01890000-0000-7000-8000-000000000000', 'Ana', NULL::text, NULL::text)::text, 'UTF8')));
             UPDATE guest SET name = 'Mallory'",
            "DELETE FROM guest",
            "guests are sealed",
        ),
        (
            "UPDATE event SET payload = replace(payload, '2026-06-0', '2026-06-1') WHERE number = 4",
            "UPDATE event SET payload = replace(payload, '2026-06-1', '2026-06-0') WHERE number = 4",
            "the feed comes to what was kept",
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

/// What is said and with which code it ends.
fn ended(server: &Server, arguments: &[&str]) -> (Option<i32>, String) {
    let output = server.run(arguments);
    let said = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(said).unwrap())
}

#[test]
fn a_rebuild_mends_deficits_from_their_entries_and_says_what_it_does_not_mend() {
    let database = Database::start(false);
    let server = Server::start(&database);
    worked(&server);
    // What the night of another property owes is nobody else's.
    server.said(&["property", "add", "H2"]);
    database.ask(
        "INSERT INTO deficit_entry (property, night, pool, rooms, cause, command, at)
         VALUES (1, 20606, 'A', 3, 'fact', '01890000-0000-7000-8000-000000000000', 0),
            (1, 20606, 'A', -1, 'freed', NULL, 0);
         INSERT INTO deficit VALUES (1, 20606, 'A', 2), (2, 20606, 'A', 2);
         INSERT INTO deficit_entry (property, night, pool, rooms, cause, command, at)
         VALUES (2, 20606, 'A', 2, 'fact', '01890000-0000-7000-8000-000000000000', 0)",
    );
    server.said(&["verify", "H1"]);
    for tampered in [
        "DELETE FROM deficit WHERE property = 1",
        "UPDATE deficit SET rooms = 7 WHERE property = 1",
        "INSERT INTO deficit VALUES (1, 20607, 'B', 1)",
    ] {
        database.ask(tampered);
        let (code, said) = ended(&server, &["verify", "H1"]);
        assert_eq!(code, Some(1), "{tampered}: {said}");
        assert!(said.contains("WRONG deficits are explained"), "{said}");
        server.said(&["rebuild", "H1"]);
        server.said(&["verify", "H1"]);
        let owed = database.ask("SELECT night, pool, rooms FROM deficit WHERE property = 1");
        assert_eq!(owed, "20606|A|2", "{tampered}");
    }
    // Where entries are gone, nothing says what was owed.
    database.ask("DELETE FROM deficit_entry WHERE property = 1 AND rooms > 0");
    let (code, said) = ended(&server, &["rebuild", "H1"]);
    assert_eq!(code, Some(1), "{said}");
    assert!(
        said.contains("WRONG deficits are explained, which is not mended so")
            && said.contains("A on 2026-06-02: 0 rooms are stored, its entries come to -1"),
        "{said}"
    );
}

#[test]
fn a_rebuild_writes_nothing_of_a_broken_trail_unless_somebody_has_a_reason() {
    let database = Database::start(false);
    let server = Server::start(&database);
    worked(&server);
    let rows = "SELECT md5(string_agg(s::text, '|' ORDER BY s)) FROM stay AS s";
    let before = database.ask(rows);
    let moved = "UPDATE event SET payload = replace(payload, '2026-06-0', '2026-06-1')
        WHERE name = 'reserved' OR payload LIKE '%arrival%'";
    database.ask(moved);
    let (code, said) = ended(&server, &["rebuild", "H1"]);
    assert_eq!(code, Some(1), "{said}");
    assert!(
        said.contains("the trail of H1 is broken") && said.contains("--of-a-broken-trail"),
        "{said}"
    );
    assert_eq!(database.ask(rows), before, "nothing was written");
    // The trail alone says so too, where what was kept beside the feed was changed with it.
    let (code, _) = ended(
        &server,
        &["rebuild", "H1", "--of-a-broken-trail", "We know"],
    );
    assert_eq!(code, Some(2), "nobody says so");
    let asked = [
        "rebuild",
        "H1",
        "--of-a-broken-trail",
        "No copy is left",
        "--actor",
        "Ines",
    ];
    let (code, said) = ended(&server, &asked);
    assert_eq!(code, Some(1), "the trail stays broken: {said}");
    assert!(
        said.contains("WRONG the trail is whole, which is not mended so"),
        "{said}"
    );
    assert_ne!(database.ask(rows), before);
    let kept = database.ask("SELECT actor, detail FROM audit WHERE what = 'rebuilt'");
    assert_eq!(kept, "Ines|of a broken trail: No copy is left");
}

#[test]
fn who_verifies_by_hand_finds_what_everybody_is_told_of_by_name_and_night() {
    let database = Database::start(false);
    let server = Server::start(&database);
    worked(&server);
    database.ask("UPDATE cell SET sold = sold + 1 WHERE room_type = 'A' AND night = 20606");
    let (code, said) = ended(&server, &["verify", "H1"]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("      A on 2026-06-02\n"), "{said}");
    assert_eq!(database.ask("SELECT wrong_checks FROM property"), "2");
    database.ask(
        "UPDATE reservation SET doc = jsonb_set(doc, '{details,adults}', '3') WHERE number = 'A3'",
    );
    let (_, said) = ended(&server, &["verify", "H1"]);
    assert!(
        said.contains("WRONG reservations follow\n      A3\n"),
        "{said}"
    );
    server.said(&["rebuild", "H1"]);
    assert_eq!(database.ask("SELECT wrong_checks FROM property"), "0");
}

/// Limits of a night.
fn limits() -> Command {
    Command::SetLimits {
        room_type: Some(code("A")),
        from: day(1),
        to: day(2),
        overbooking: Some(1),
        no_overbooking: false,
        physical: None,
        restrictions: RestrictionChange::default(),
    }
}

/// Many entries after the last one, with several events each: as a push writes them, and the row of the trail with each.
async fn grown(session: &mut Session, entries: u64, events: usize) {
    let tx = session.begin_long().await.unwrap();
    let id = tx.property_id("H1").await.unwrap();
    let mut property = tx.lock(id).await.unwrap();
    let last = tx.entries_after(id, property.feed_head - 1, 1).await;
    let last = last.unwrap().remove(0);
    let mut rows = Vec::new();
    let mut all = Vec::new();
    for _ in 0..entries {
        property.feed_head += 1;
        let entry = Fed {
            number: property.feed_head,
            id: CommandId(Uuid::now_v7()),
            events: vec![last.events[0].clone(); events],
            ..last.clone()
        };
        rows.push(told(&entry).follows(&mut property, covers(&entry)));
        all.push(entry);
    }
    tx.add_entries(id, &all).await.unwrap();
    tx.add_trail(id, &rows).await.unwrap();
    tx.put_property(&property).await.unwrap();
    tx.commit().await.unwrap();
}

fn told(entry: &Fed) -> AuditRow<'_> {
    AuditRow {
        at: entry.at,
        desk: entry.desk.as_str(),
        actor: entry.actor.as_str(),
        what: entry.kind.as_str(),
        accepted: true,
        number: Some(entry.number),
        place: None,
        detail: None,
    }
}

fn covers(entry: &Fed) -> Covered {
    let mut covers = Covered::default();
    covers.entry(entry).unwrap();
    covers
}

/// Waits until no program of the centre is at the database: then all that they read is counted.
fn gone(database: &Database) {
    let there = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'keyrack-central'";
    let started = std::time::Instant::now();
    while database.ask(there) != "0" {
        assert!(started.elapsed().as_secs() < 30, "somebody is there");
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
}

/// How many rows and lines of indexes of the feed were read since the counts were set back.
fn read_of_the_feed(database: &Database) -> u64 {
    let sql = "SELECT
        (SELECT sum(seq_tup_read) FROM pg_stat_user_tables WHERE relname IN ('entry', 'event'))
        + (SELECT sum(idx_tup_read) FROM pg_stat_user_indexes WHERE relname IN ('entry', 'event'))";
    database.ask(sql).parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_trail_is_compared_with_the_feed_page_by_page_and_once() {
    const ENTRIES: u64 = 2_000;
    const EVENTS: u64 = 6;
    let database = Database::start(false);
    let mut server = Server::start(&database);
    let mut desk = opened(&server, 10);
    let limits = desk.queue(&limits(), false);
    desk.answer(&limits);
    let ledger = Ledger::new(&database.address(), None, 2).unwrap();
    let mut session = ledger.session().await.unwrap();
    grown(&mut session, ENTRIES, EVENTS as usize).await;
    server.said(&["rebuild", "H1"]);
    drop(session);
    drop(ledger);
    server.kill();
    gone(&database);
    database.ask("SELECT pg_stat_reset()");
    server.said(&["verify", "H1"]);
    gone(&database);
    let (read, there) = (read_of_the_feed(&database), ENTRIES * (1 + EVENTS));
    assert!(read >= 2 * there, "{read} are not all of it, twice");
    assert!(read <= 6 * there, "{read} of {there} were read");

    // What is changed on a later page is named, and nothing else is.
    let said = || String::from_utf8(server.run(&["verify", "H1"]).stdout).unwrap();
    let row = |number: u64| database.ask(&format!("SELECT seq FROM audit WHERE number = {number}"));
    for (sql, undo, named, besides) in [
        (
            "UPDATE entry SET actor = 'Eva' WHERE number = 1990",
            "UPDATE entry SET actor = 'Ana' WHERE number = 1990",
            format!("what row {} covers was changed", row(1990)),
            &["WRONG the feed comes to what was kept", "      entry 1990"][..],
        ),
        (
            "UPDATE audit SET number = 10000 WHERE number = 20",
            "UPDATE audit SET number = 20 WHERE number = 10000",
            format!("row {} was changed", row(20)),
            &[],
        ),
    ] {
        database.ask(sql);
        let found = said();
        let wrong: Vec<_> = found
            .lines()
            .filter(|line| !line.starts_with("ok"))
            .collect();
        let named = format!("      {named}");
        let all = [&["WRONG the trail is whole", &named], besides].concat();
        assert_eq!(wrong, all, "{sql}");
        database.ask(undo);
        server.said(&["verify", "H1"]);
    }
    // A row that covers once more what one before it covers is none that a centre wrote.
    let ledger = Ledger::new(&database.address(), None, 2).unwrap();
    let mut session = ledger.session().await.unwrap();
    let tx = session.begin().await.unwrap();
    let id = tx.property_id("H1").await.unwrap();
    let mut property = tx.lock(id).await.unwrap();
    let entry = tx.entries_after(id, 19, 1).await.unwrap().remove(0);
    let again = told(&entry);
    tx.audit(&mut property, &again, covers(&entry))
        .await
        .unwrap();
    tx.put_property(&property).await.unwrap();
    tx.commit().await.unwrap();
    let named = format!("what row {} covers was changed", property.audit_head);
    assert!(said().contains(&named), "{}", said());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_named_is_found_by_indexes_among_many_reservations() {
    let database = Database::start(false);
    let server = Server::start(&database);
    opened(&server, 10);
    // The tenth has a text on how it is guaranteed, and the eleventh notes.
    database.ask(
        "INSERT INTO reservation (property, id, number, version, status, created_at, doc)
         SELECT 1, md5('r' || n)::uuid, 'R' || n, 1, 'confirmed', n, jsonb_build_object('details',
            jsonb_build_object('guest', md5('g' || n)::uuid,
                'guarantee', CASE n WHEN 10 THEN md5('t10')::uuid END,
                'notes', CASE n WHEN 11 THEN md5('t11')::uuid END))
         FROM generate_series(1, 20000) AS n",
    );
    database.ask("ANALYZE reservation");
    let ledger = Ledger::new(&database.address(), None, 2).unwrap();
    let mut session = ledger.session().await.unwrap();
    let id =
        |of: &str| Uuid::parse_str(&database.ask(&format!("SELECT md5('{of}')::uuid"))).unwrap();
    let besides = ReservationId(id("r9"));
    let tx = session.begin().await.unwrap();
    for (who, named) in [
        ("g9", false),
        ("g8", true),
        ("t10", true),
        ("t11", true),
        ("nobody", false),
    ] {
        let ids = [id("somebody"), id(who)];
        let found = tx.is_named(1, besides, &ids).await.unwrap();
        assert_eq!(found, named, "{who}");
    }
    drop(tx);
    drop(session);
    drop(ledger);
    drop(server);
    gone(&database);
    let scans = database.ask(
        "SELECT string_agg(indexrelname || ' ' || (idx_scan > 0), ', ' ORDER BY indexrelname)
         FROM pg_stat_user_indexes WHERE indexrelname LIKE 'reservation_by_%'",
    );
    assert_eq!(
        scans,
        "reservation_by_guarantee true, reservation_by_guest true, reservation_by_notes true"
    );
    let read = "SELECT seq_tup_read FROM pg_stat_user_tables WHERE relname = 'reservation'";
    // The making of the indexes, and nothing since.
    assert_eq!(database.ask(read), "0");
}
