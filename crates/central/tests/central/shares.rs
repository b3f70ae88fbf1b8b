//! Shares: what is granted is never sold by anybody else.

use keyrack_inventory::model::BookingDetails;
use keyrack_inventory::{Command, Outcome, Reference, Refusal, Transition};
use keyrack_wire::Answer;

use crate::database::Database;
use crate::desk::{Desk, code, day, reserve};
use crate::exchange::{opened, transition};
use crate::server::Server;

/// Free rooms and the deficit cover every right that is out, on every night and for every type.
pub fn sound(database: &Database) {
    let broken = database.ask(
        "SELECT c.night, c.room_type FROM cell AS c
         LEFT JOIN (SELECT property, night, room_type, sum(granted - consumed - returned) AS rooms
            FROM share GROUP BY 1, 2, 3) AS s USING (property, night, room_type)
         LEFT JOIN (SELECT property, night, room_type, sum(rooms) AS rooms FROM apart GROUP BY 1, 2, 3) AS p
            USING (property, night, room_type)
         LEFT JOIN deficit AS d ON d.property = c.property AND d.night = c.night AND d.pool = c.room_type
         WHERE c.physical - c.out_of_order + c.overbooking - c.sold - c.held - c.blocked
            + coalesce(d.rooms, 0) < coalesce(s.rooms, 0) + coalesce(p.rooms, 0)",
    );
    assert_eq!(broken, "");
    let unexplained = database.ask(
        "SELECT d.night FROM deficit AS d WHERE d.rooms <>
            (SELECT sum(e.rooms) FROM deficit_entry AS e
             WHERE e.property = d.property AND e.night = d.night AND e.pool = d.pool)",
    );
    assert_eq!(unexplained, "");
}

#[test]
fn grants_come_with_the_history_and_to_whoever_joins_and_the_last_room_has_one_owner() {
    let database = Database::start(false);
    let server = Server::start(&database);
    let mut first = opened(&server, 10);
    assert_eq!(first.left("A", 3), 5, "half of a near night");
    assert_eq!(first.left("A", 30), 2, "a quarter of a later one");
    let mut second = Desk::enrol(&server, "H1", "Bar");
    second.pull();
    first.pull();
    assert!(second.left("A", 3) > 0);
    assert!(first.left("A", 3) + second.left("A", 3) <= 10);
    sound(&database);
    // The same totals again are harmless.
    first.pull();
    assert_eq!(first.left("A", 3), 5);
    for _ in 0..40 {
        for desk in [&mut first, &mut second] {
            if desk.left("A", 5) > 0 {
                let sale = desk.sell("A", 5, 1);
                assert!(matches!(desk.answer(&sale), Answer::Applied { .. }));
            }
            desk.pull();
        }
        sound(&database);
    }
    assert_eq!(
        first.sold("A", 5),
        10,
        "every room was sold, and none twice"
    );
}

#[test]
fn the_centre_sells_what_is_in_no_share_and_keeps_the_rest_as_a_request() {
    let database = Database::start(false);
    let server = Server::start(&database);
    let mut first = opened(&server, 10);
    let mut second = Desk::enrol(&server, "H1", "Bar");
    second.pull();
    let others = first.left("A", 3);
    let own = second.left("A", 3);
    let pool = 10 - others - own;
    assert!(pool > 0);
    let asked = second.queue(&reserve("A", 3, 1, pool), true);
    assert!(matches!(second.answer(&asked), Answer::Applied { .. }));
    second.pull();
    let beyond = second.queue(&reserve("A", 3, 1, 8), true);
    let answer = second.answer(&beyond);
    let Answer::Kept { refusal, .. } = &answer else {
        panic!("{answer:?}");
    };
    let Refusal::NoAvailability {
        in_other_shares,
        alternatives,
        ..
    } = refusal
    else {
        panic!("{refusal:?}");
    };
    assert_eq!(*in_other_shares, others);
    assert!(
        alternatives
            .iter()
            .all(|other| other.arrival != day(3) || other.room_type != code("A"))
    );
    first.pull();
    assert_eq!(
        first.sold("A", 3),
        i32::try_from(pool).unwrap(),
        "a request takes no room"
    );
    assert_eq!(
        database.ask("SELECT status FROM stay ORDER BY status LIMIT 1"),
        "confirmed"
    );
    let requests = "SELECT count(*) FROM stay WHERE status = 'needs_confirmation'";
    assert_eq!(database.ask(requests), "8");
    sound(&database);
}

#[test]
fn what_a_desk_gives_back_with_what_it_asks_for_is_sold_to_it_and_to_nobody_else() {
    let database = Database::start(false);
    let server = Server::start(&database);
    let mut first = opened(&server, 10);
    let mut second = Desk::enrol(&server, "H1", "Bar");
    second.pull();
    first.pull();
    let others = first.left("A", 3);
    let wanted = 10 - others;
    // Without what it gives back it is declined.
    let alone = second.queue(&reserve("A", 3, 1, wanted), true);
    assert!(matches!(second.answer(&alone), Answer::Kept { .. }));
    let given = second.give_back("A", 3);
    let asked = second.queue_with(&reserve("A", 3, 1, wanted), true, given);
    assert!(matches!(second.answer(&asked), Answer::Applied { .. }));
    // The same again is no second give-back.
    assert!(matches!(second.answer(&asked), Answer::Applied { .. }));
    sound(&database);
    let one = second.queue(&reserve("A", 3, 1, 1), true);
    assert!(matches!(second.answer(&one), Answer::Kept { .. }));
    for _ in 0..others {
        let sale = first.sell("A", 3, 1);
        assert!(matches!(first.answer(&sale), Answer::Applied { .. }));
    }
    first.pull();
    assert_eq!(first.sold("A", 3), 10, "every room, and none twice");
    sound(&database);
}

#[test]
fn a_promise_is_kept_though_rooms_broke_and_the_shortage_has_a_cause() {
    let database = Database::start(false);
    let server = Server::start(&database);
    let mut first = opened(&server, 10);
    let mut second = Desk::enrol(&server, "H1", "Bar");
    second.pull();
    let outage = Command::AddOutage {
        room_type: code("A"),
        from: day(3),
        back_on: day(4),
        rooms: 9,
        service: false,
        reason: None,
        room: None,
    };
    let broken = second.queue(&outage, false);
    assert!(matches!(second.answer(&broken), Answer::Applied { .. }));
    sound(&database);
    let sale = first.sell("A", 3, 1);
    assert!(
        matches!(first.answer(&sale), Answer::Applied { .. }),
        "a sale within the share"
    );
    sound(&database);
    let causes = database.ask("SELECT DISTINCT cause FROM deficit_entry WHERE pool = 'A'");
    assert_eq!(causes, "fact");
    let owed: i64 = database
        .ask("SELECT rooms FROM deficit WHERE pool = 'A'")
        .parse()
        .unwrap();
    assert!(owed > 0);
    first.pull();
    let cancelled = first.queue(&transition(Transition::Cancel, "A1"), false);
    assert!(matches!(first.answer(&cancelled), Answer::Applied { .. }));
    let paid: i64 = database
        .ask("SELECT rooms FROM deficit WHERE pool = 'A'")
        .parse()
        .unwrap();
    assert_eq!(paid, owed - 1, "a room that became free pays");
    sound(&database);
}

#[test]
fn of_two_changes_to_one_stay_the_second_is_told_that_it_is_stale() {
    let database = Database::start(false);
    let server = Server::start(&database);
    let mut first = opened(&server, 10);
    let mut second = Desk::enrol(&server, "H1", "Bar");
    let sale = first.sell("A", 3, 2);
    first.answer(&sale);
    first.pull();
    second.pull();
    let one = first.queue(&transition(Transition::Cancel, "A1"), false);
    assert!(matches!(first.answer(&one), Answer::Applied { .. }));
    let other = second.queue(&transition(Transition::CheckIn, "A1"), false);
    let Answer::Refused { refusal } = second.answer(&other) else {
        panic!("a cancelled stay is checked in");
    };
    assert_eq!(refusal.code(), "illegal_transition");
    first.pull();
    let back = first.queue(&transition(Transition::Reinstate, "A1"), false);
    assert!(matches!(first.answer(&back), Answer::Applied { .. }));
    let late = second.queue(&transition(Transition::Cancel, "A1"), false);
    let answer = second.answer(&late);
    assert!(
        matches!(
            &answer,
            Answer::Refused {
                refusal: Refusal::Stale { .. }
            }
        ),
        "{answer:?}"
    );
    second.pull();
    let seen = second.queue(&transition(Transition::Cancel, "A1"), false);
    assert!(matches!(second.answer(&seen), Answer::Applied { .. }));
    sound(&database);
}

#[test]
fn a_lost_desk_gives_its_rooms_back_by_a_persons_word_alone() {
    let database = Database::start(false);
    let server = Server::start(&database);
    let first = opened(&server, 10);
    let out = "SELECT sum(granted - consumed - returned) FROM share";
    let before = database.ask(out);
    server.said(&["desk", "revoke", "H1", "A"]);
    assert_eq!(
        database.ask(out),
        before,
        "what it may still sell stays out"
    );
    let said = server.said(&["desk", "lost", "H1", "A", "--yes"]);
    assert!(said.contains(&before), "{said} {before}");
    assert_eq!(database.ask(out), "0");
    drop(first);
    sound(&database);
}

#[test]
fn a_hold_is_its_desks_alone_until_that_desk_is_lost() {
    let database = Database::start(false);
    let server = Server::start(&database);
    let mut first = opened(&server, 10);
    let mut second = Desk::enrol(&server, "H1", "Bar");
    second.pull();
    let held = first.hold("A", 3, 2);
    assert!(matches!(first.answer(&held), Answer::Applied { .. }));
    second.pull();
    let id = Reference::Number("A-H1".parse().unwrap());
    let release = Command::ReleaseHold { id: id.clone() };
    let convert = Command::ConvertHold {
        id,
        details: BookingDetails::default(),
    };
    let sweep = Command::SweepHolds { holds: Vec::new() };
    for command in [&release, &convert, &sweep] {
        let asked = second.queue(command, false);
        let answer = second.answer(&asked);
        match (command, &answer) {
            (Command::SweepHolds { .. }, Answer::Applied { outcome }) => {
                assert_eq!(*outcome, Outcome::Swept { holds: 0 });
            }
            (_, Answer::Refused { refusal }) => assert_eq!(refusal.code(), "hold_of_another_desk"),
            other => panic!("{other:?}"),
        }
    }
    let held = "SELECT coalesce(sum(held), 0) FROM cell";
    assert_eq!(database.ask(held), "2");
    server.said(&["desk", "lost", "H1", "A", "--yes"]);
    assert_eq!(database.ask(held), "0");
    let told = second.pull().pop().unwrap();
    assert_eq!(
        (told.kind.as_str(), told.actor.as_str()),
        ("release_hold", "centre")
    );
    sound(&database);
    server.said(&["verify", "H1"]);
}
