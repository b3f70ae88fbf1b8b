//! Desks that go on in a new epoch: lost and back, an older copy, and a centre that was restored from a copy.

use keyrack_central::ledger::Ledger;
use keyrack_central::{CentralError, pull, secret};
use keyrack_inventory::{Command, Outcome, Refusal, Transition};
use keyrack_wire::{Answer, Fault, Notice, Sealed, Standing};

use crate::database::Database;
use crate::desk::{Desk, reserve};
use crate::exchange::{opened, transition};
use crate::race::through;
use crate::server::Server;
use crate::shares::sound;

fn is_applied(answer: &Answer) -> bool {
    matches!(answer, Answer::Applied { .. })
}

/// Sells what is left of the third night.
fn sell_out(desk: &mut Desk) {
    desk.pull();
    while desk.left("A", 3) > 0 {
        let sale = desk.sell("A", 3, 1);
        assert!(is_applied(&desk.answer(&sale)));
        desk.pull();
    }
    loop {
        let asked = desk.queue(&reserve("A", 3, 1, 1), true);
        match desk.answer(&asked) {
            Answer::Applied { .. } => {}
            Answer::Kept { .. } => break,
            other => panic!("{other:?}"),
        }
    }
}

fn causes(database: &Database) -> String {
    database
        .ask("SELECT DISTINCT cause FROM deficit_entry WHERE rooms > 0 AND pool = 'A' ORDER BY 1")
}

#[test]
fn a_lost_desk_that_comes_back_goes_on_in_a_new_epoch_and_what_it_promised_stands() {
    let database = Database::start(false);
    let server = Server::start(&database);
    let mut lost = opened(&server, 10);
    let mut other = Desk::enrol(&server, "H1", "Bar");
    let held = lost.hold("A", 3, 1);
    assert!(is_applied(&lost.answer(&held)));
    let (sale, booked) = (lost.sell("A", 3, 1), lost.queue(&convert("A-H1"), false));
    server.said(&["desk", "lost", "H1", "A", "--yes"]);
    sell_out(&mut other);
    assert_eq!(database.ask("SELECT max(sold) FROM cell"), "10");
    sound(&database);

    assert_eq!(lost.push(&[&sale]), Err(Fault::EpochOver { current: 2 }));
    assert_eq!(lost.page(), Err(Fault::EpochOver { current: 2 }));
    lost.rejoin(2);
    for first in [&sale, &booked] {
        let again = lost.queue_again(first, false);
        assert!(is_applied(&lost.answer(&again)), "promised");
        assert!(is_applied(&lost.answer(&again)), "and once");
    }
    assert_eq!(database.ask("SELECT max(sold) FROM cell"), "12");
    assert_eq!(causes(&database), "lost_desk");
    sound(&database);
    lost.pull();
    assert!(lost.left("A", 9) > 0, "it has a share again");
    assert!(server.said(&["desk", "list", "H1"]).contains("joined"));
    server.said(&["verify", "H1"]);
}

fn convert(id: &str) -> Command {
    Command::ConvertHold {
        id: id.parse().unwrap(),
        details: keyrack_inventory::model::BookingDetails::default(),
    }
}

#[test]
fn what_an_epoch_left_behind_is_nobodys_until_a_person_says_so() {
    let database = Database::start(false);
    let server = Server::start(&database);
    let mut desk = opened(&server, 10);
    let out = "SELECT coalesce(sum(granted - consumed - returned), 0) FROM share WHERE epoch = 1";
    let before = database.ask(out);
    let sale = desk.sell("A", 3, 1);
    desk.rejoin(1);
    desk.pull();
    assert!(desk.left("A", 3) > 0);
    let again = desk.queue_again(&sale, false);
    assert!(is_applied(&desk.answer(&again)));
    let left: i64 = before.parse::<i64>().unwrap() - 1;
    assert_eq!(
        database.ask(out),
        left.to_string(),
        "but for what was sold of it"
    );
    sound(&database);
    let said = server.said(&["desk", "accept", "H1", "A"]);
    assert!(said.contains(&format!("{left} room nights")), "{said}");
    assert_eq!(database.ask(out), "0");
    sound(&database);
}

#[test]
fn two_copies_that_push_each_other_on_drain_no_pool() {
    let database = Database::start(false);
    let server = Server::start(&database);
    let mut desk = opened(&server, 10);
    let mut other = Desk::enrol(&server, "H1", "Bar");
    desk.pull();
    // A file that was set back goes on with a share; two that run push each other on at each exchange.
    desk.rejoin(1);
    desk.pull();
    assert!(desk.left("A", 3) > 0);
    sound(&database);
    let sale = desk.sell("A", 4, 1);
    desk.rejoin(2);
    desk.pull();
    assert_eq!(desk.left("A", 3), 0, "nobody has looked yet");
    sound(&database);
    let (epoch, trail) = (
        "SELECT epoch FROM desk WHERE letters = 'A'",
        "SELECT count(*) FROM audit",
    );
    let (begun, told) = (database.ask(epoch), database.ask(trail));
    for over in 3..=8 {
        desk.rejoin(over);
        let again = desk.queue_again(&sale, false);
        assert_eq!(desk.page(), Err(Fault::ExistsTwice {}));
        assert_eq!(desk.push(&[&again]), Err(Fault::ExistsTwice {}));
    }
    assert_eq!((begun, told), (database.ask(epoch), database.ask(trail)));
    desk.rejoin(8);
    let again = desk.queue_again(&sale, false);
    assert!(
        server
            .said(&["desk", "list", "H1"])
            .contains("exists twice")
    );
    let free = "SELECT 10 - sum(granted - consumed - returned) FROM share AS s
        WHERE room_type = 'A' AND night = (SELECT min(night) + 2 FROM cell)";
    assert!(database.ask(free).parse::<i32>().unwrap() > 0);
    other.pull();
    let asked = other.queue(&reserve("A", 3, 1, 1), true);
    assert!(is_applied(&other.answer(&asked)), "others sell on");
    server.said(&["desk", "accept", "H1", "A"]);
    let of_a = "SELECT coalesce(sum(granted - consumed - returned), 0) FROM share
        WHERE desk = (SELECT id FROM desk WHERE letters = 'A')";
    assert_eq!(database.ask(of_a), "0", "nobody was heard since");
    assert!(is_applied(&desk.answer(&again)), "what it sold comes up");
    desk.pull();
    assert!(desk.left("A", 3) > 0);
    desk.rejoin(9);
    desk.pull();
    assert!(desk.left("A", 3) > 0, "and may be set back once more");
    sound(&database);
    server.said(&["verify", "H1"]);
}

#[test]
fn a_desk_that_comes_back_after_an_upgrade_to_a_restored_centre_is_not_taken_for_two() {
    let database = Database::start(false);
    let server = Server::start(&database);
    let mut first = opened(&server, 10);
    let mut second = Desk::enrol(&server, "H1", "Bar");
    first.rejoin(1);
    for desk in [&mut first, &mut second] {
        desk.pull();
    }
    let copy = database.copy();
    assert!(is_applied(&{
        let sale = second.sell("A", 3, 1);
        second.answer(&sale)
    }));
    second.pull();
    database.restore(&copy);
    let restored = Server::start(&database);
    let (mut first, mut second) = (through(&restored, first), through(&restored, second));
    assert!(is_gone(&second.page()));
    second.rejoin(1);
    (second.cursor.epoch, second.cursor.number, second.chain) = (2, 0, None);
    second.state = keyrack_inventory::State::whole();
    second.pull();
    // As the step of the schema before left it: every desk is said to have begun its epoch in this feed.
    database.ask("UPDATE desk SET feed_epoch = 2");
    for undone in [
        "ALTER TABLE desk DROP COLUMN is_awaited, DROP COLUMN next_token_hash,
            DROP COLUMN token_reused_at",
        "DROP TABLE retired_token, chain_token, alert_message, alert, walk, sister",
        "ALTER TABLE property DROP COLUMN verified_at, DROP COLUMN compared_at,
            DROP COLUMN wrong_checks, DROP COLUMN granted_number, DROP COLUMN granted_chain",
        "DROP TABLE granted",
        "ALTER TABLE enrol_code DROP COLUMN desk",
        "ALTER TABLE guest DROP COLUMN seal",
        "ALTER TABLE free_text DROP COLUMN seal",
        "DROP INDEX reservation_by_guest, reservation_by_guarantee, reservation_by_notes,
            reservation_replaced",
        "ALTER TABLE reservation_change DROP COLUMN stays, DROP COLUMN details",
        "ALTER TABLE desk DROP COLUMN followed",
        "DELETE FROM schema_step WHERE step >= 4",
    ] {
        database.ask(undone);
    }
    let upgraded = Server::start(&database);
    first = through(&upgraded, first);
    let began = "SELECT string_agg(letters || feed_epoch, ' ' ORDER BY letters) FROM desk";
    assert_eq!(database.ask(began), "A1 B2");
    first.rejoin(2);
    (first.cursor.epoch, first.cursor.number, first.chain) = (2, 0, None);
    first.state = keyrack_inventory::State::whole();
    first.pull();
    assert!(first.left("A", 9) > 0, "it has a share");
    assert_eq!(database.ask("SELECT count(forked_at) FROM desk"), "0");
}

/// A command that was answered as done, as it is sent to a centre that lost it.
fn promised(first: &Sealed, answer: &Answer) -> Sealed {
    let mut queued = first.open().unwrap();
    if let Answer::Applied { outcome } = answer {
        queued.outcome = Standing::Settled {
            outcome: outcome.clone(),
        };
    }
    queued.seal().unwrap()
}

fn resent(desk: &mut Desk, first: &Sealed, answer: &Answer) {
    let again = desk.queue_again(&promised(first, answer), true);
    assert!(is_applied(&desk.answer(&again)), "promised and taken back");
}

#[test]
fn a_centre_that_was_restored_from_a_copy_takes_back_no_promise() {
    let database = Database::start(false);
    let server = Server::start(&database);
    let mut first = opened(&server, 10);
    let mut second = Desk::enrol(&server, "H1", "Bar");
    second.pull();
    let kept = first.sell("A", 5, 1);
    assert!(is_applied(&first.answer(&kept)));
    let copy = database.copy();
    // Two sales, one asked for, and a change that saw another desk's; then all of that is lost.
    second.pull();
    let sale = first.sell("A", 3, 1);
    let asked = second.queue(&reserve("A", 3, 1, 1), true);
    let sold = first.answer(&sale);
    let told = second.answer(&asked);
    assert!(is_applied(&sold) && is_applied(&told));
    second.pull();
    let cancel = second.queue(&transition(Transition::Cancel, "A2"), false);
    let cancelled = second.answer(&cancel);
    first.pull();
    second.pull();
    database.restore(&copy);
    let restored = Server::start(&database);
    let (mut first, mut second) = (through(&restored, first), through(&restored, second));

    // Whoever has seen more finds it out, and the feed goes on in a new epoch.
    let gone = second.page();
    assert!(
        matches!(gone, Err(Fault::CursorGone { from }) if from.epoch == 2),
        "{gone:?}"
    );
    for desk in [&mut first, &mut second] {
        let over = desk.holder.epoch;
        desk.rejoin(over);
        (desk.cursor.epoch, desk.cursor.number, desk.chain) = (2, 0, None);
        desk.state = keyrack_inventory::State::whole();
        desk.pull();
    }
    // What the second desk did to the first one's booking waits until that is here.
    let again = second.queue_again(&promised(&cancel, &cancelled), true);
    let answer = second.answer(&again);
    assert!(
        matches!(&answer, Answer::Parked { reason } if reason.as_str() == "waits"),
        "{answer:?}"
    );
    // Meanwhile a limit was lowered under what was promised.
    let limit = Command::SetLimits {
        room_type: Some(crate::desk::code("A")),
        from: crate::desk::day(3),
        to: crate::desk::day(4),
        overbooking: Some(-10),
        no_overbooking: false,
        physical: None,
        restrictions: keyrack_inventory::restriction::RestrictionChange::default(),
    };
    let limit = first.queue(&limit, false);
    assert!(is_applied(&first.answer(&limit)));
    resent(&mut second, &asked, &told);
    resent(&mut first, &sale, &sold);
    resent(&mut first, &kept, &sold);
    let again = second.queue_again(&promised(&cancel, &cancelled), true);
    assert!(is_applied(&second.answer(&again)));
    for desk in [&mut first, &mut second] {
        let closed = desk.tell(&Notice::CloseEpoch { epoch: 1 });
        assert_eq!(
            desk.answer(&closed),
            Answer::Applied {
                outcome: Outcome::Done
            }
        );
    }
    assert_eq!(
        database.ask(
            "SELECT coalesce(sum(granted - consumed - returned), 0) FROM share WHERE epoch = 1"
        ),
        "0"
    );
    assert_eq!(database.ask("SELECT sum(sold) FROM cell"), "2");
    assert!(
        causes(&database).contains("restored"),
        "{}",
        causes(&database)
    );
    let numbers = database.ask("SELECT number FROM reservation ORDER BY number");
    assert_eq!(numbers, "A1\nA2\nB2");
    sound(&database);
    server.said(&["verify", "H1"]);
}

fn is_gone(answer: &Result<keyrack_wire::Page, Fault>) -> bool {
    matches!(answer, Err(Fault::CursorGone { from }) if from.epoch == 2)
}

/// The guest of the first sale leaves later.
fn amended(departure: i32) -> Command {
    Command::Amend {
        id: "A1".parse().unwrap(),
        stays: vec![keyrack_inventory::model::StayRequest {
            room_type: crate::desk::code("A"),
            arrival: crate::desk::day(3),
            departure: crate::desk::day(departure),
            rooms: 1,
        }],
    }
}

#[test]
fn what_a_restored_centre_took_before_it_was_found_out_is_nothing_that_a_desk_had_seen() {
    let database = Database::start(false);
    let server = Server::start(&database);
    let mut first = opened(&server, 10);
    let mut second = Desk::enrol(&server, "H1", "Bar");
    let sale = first.sell("A", 3, 1);
    assert!(is_applied(&first.answer(&sale)));
    for desk in [&mut first, &mut second] {
        desk.pull();
        let head = desk.cursor.number.to_string();
        let known = desk.chain.take();
        for (chain, is_noted) in [(None, false), (known, true)] {
            desk.chain = chain;
            // When it was heard is noted every so often.
            database.ask("UPDATE desk SET seen_at = 0");
            desk.page().unwrap();
            let letters = &desk.letters;
            let sql = format!("SELECT followed FROM desk WHERE letters = '{letters}'");
            assert_eq!(
                database.ask(&sql) == head,
                is_noted,
                "where it says what it saw"
            );
        }
    }
    let head = first.cursor.number;
    let followed = format!("{head}\n{head}");
    let noted = || database.ask("SELECT followed FROM desk ORDER BY letters");
    let copy = database.copy();
    // One sells on, and changes the booking while the network is away. The other has heard of nothing since the copy.
    for _ in 0..2 {
        let sale = first.sell("A", 5, 1);
        assert!(is_applied(&first.answer(&sale)));
    }
    first.pull();
    let unsent = first.queue(&amended(5), true);
    assert_eq!(unsent.open().unwrap().seen, head + 2);
    database.restore(&copy);
    let restored = Server::start(&database);
    let (mut first, mut second) = (through(&restored, first), through(&restored, second));
    let sent = second.queue(&amended(6), true);
    assert!(is_applied(&second.answer(&sent)));
    database.ask("UPDATE desk SET seen_at = 0");
    assert!(is_gone(&first.page()));
    assert_eq!(noted(), followed, "another feed was not followed");
    let from = database.ask("SELECT feed_from FROM property");
    assert_eq!(from, (head + 1).to_string());

    let all: Result<keyrack_wire::Snapshot, Fault> =
        first.exchange("/v1/sync/snapshot", &first.pulling());
    let began = all.unwrap().began.unwrap();
    assert_eq!(began, head, "what the copy knew that it had followed");
    first.rejoin(1);
    (first.cursor.epoch, first.cursor.number, first.chain) = (2, 0, None);
    first.state = keyrack_inventory::State::whole();
    first.pull();
    let again = first.queue_again(&unsent, false);
    let mut queued = again.open().unwrap();
    queued.seen = unsent.open().unwrap().seen.min(began);
    let answer = first.answer(&queued.seal().unwrap());
    let stale = Refusal::Stale {
        seen: i64::try_from(head).unwrap(),
        now: i64::try_from(head + 1).unwrap(),
    };
    assert_eq!(answer, Answer::Refused { refusal: stale });
    let departs = "SELECT departure - arrival FROM stay WHERE reservation =
        (SELECT id FROM reservation WHERE number = 'A1')";
    assert_eq!(database.ask(departs), "3", "as the other one left it");
}

#[test]
fn a_centre_that_lost_an_answer_alone_is_found_out() {
    let database = Database::start(false);
    let server = Server::start(&database);
    let mut desk = opened(&server, 10);
    desk.pull();
    let copy = database.copy();
    // Refused: it is in no entry of the feed.
    let refused = desk.queue(&transition(Transition::Cancel, "A99"), false);
    let pushed = desk.push(&[&refused]).unwrap();
    let answer = &pushed.answers.as_slice()[0].result;
    assert!(matches!(answer, Answer::Refused { .. }), "{answer:?}");
    desk.trail = Some(pushed.trail);
    assert!(desk.page().is_ok());
    assert_eq!(desk.push(&[&refused]).unwrap().answers, pushed.answers);
    database.restore(&copy);
    let restored = Server::start(&database);
    let mut desk = through(&restored, desk);
    assert_eq!(desk.push(&[&refused]), Err(Fault::Restored {}));
    // A copy of the message that was long on its way is judged anew, and comes to the same place.
    let told = desk.trail.take();
    assert_eq!(desk.answer(&refused), *answer);
    desk.trail = told;
    assert_eq!(desk.push(&[&refused]), Err(Fault::Restored {}));
    let answer = desk.page();
    assert!(is_gone(&answer), "{answer:?}");
}

#[test]
fn a_centre_that_judged_the_same_anew_is_found_out() {
    let database = Database::start(false);
    let server = Server::start(&database);
    let first = opened(&server, 10);
    let mut second = Desk::enrol(&server, "H1", "Bar");
    let mut first = first;
    second.pull();
    let copy = database.copy();
    let place = Command::PlaceHold {
        stays: vec![keyrack_inventory::model::StayRequest {
            room_type: crate::desk::code("A"),
            arrival: crate::desk::day(3),
            departure: crate::desk::day(4),
            rooms: 1,
        }],
        minutes: 30,
        reference: None,
    };
    let asked = second.queue(&place, true);
    assert!(is_applied(&second.answer(&asked)));
    first.pull();
    let (at, known) = (first.cursor, first.chain);
    database.restore(&copy);
    let restored = Server::start(&database);
    let (mut first, second) = (through(&restored, first), through(&restored, second));
    // The same command, as the same entry under the same number, but by another clock.
    assert!(is_applied(&second.answer(&asked)));
    let answer = first.page();
    assert!(is_gone(&answer), "{at:?} {known:?} {answer:?}");
    first.chain = None;
    assert!(first.page().is_err(), "the feed is in its next epoch");
}

#[tokio::test]
async fn a_copy_that_was_let_in_before_another_one_began_an_epoch_hears_nothing_of_its_share() {
    let database = Database::start(false);
    let server = Server::start(&database);
    let mut desk = opened(&server, 10);
    let ledger = Ledger::new(&database.address(), None, 2).unwrap();
    let mut session = ledger.session().await.unwrap();
    let token = secret::hash(&desk.token);
    let admitted = {
        let tx = session.snapshot().await.unwrap();
        tx.desk_by_token(token).await.unwrap().unwrap()
    };
    let asked = desk.pulling();
    // Between the two the other copy begins the next epoch, and is granted its share.
    desk.rejoin(1);
    desk.pull();
    assert!(desk.left("A", 3) > 0);
    let answer = pull::pull(&mut session, &admitted, &asked, crate::desk::at(0)).await;
    assert!(
        matches!(
            answer,
            Err(CentralError::Fault(Fault::EpochOver { current: 2 }))
        ),
        "{answer:?}"
    );
}

#[test]
fn grants_of_before_a_snapshot_or_an_earlier_page_are_told_with_the_last_page() {
    let database = Database::start(false);
    let server = Server::start(&database);
    let mut first = opened(&server, 10);
    let mut second = Desk::enrol(&server, "H1", "Bar");
    let told = |desk: &Desk| {
        let rest = desk.page().unwrap().rest.unwrap();
        rest.grants.as_slice().len()
    };
    let all = told(&second);
    assert!(all > 0);
    // An entry of another desk, and then everything at the feed's end.
    let sale = first.sell("B", 40, 1);
    assert!(is_applied(&first.answer(&sale)));
    first.pull();
    second.cursor = first.cursor;
    second.chain = first.chain;
    assert_eq!(told(&second), all, "it has heard of none");
    second.granted = first.granted;
    assert_eq!(told(&second), 0, "it says that it has heard of all");
}
