//! Push and pull: applied once, in order, and kept for good.

use std::collections::BTreeSet;

use keyrack_inventory::{Command, Outcome, Refusal, StayReference, Transition};
use keyrack_wire::{Answer, Fault, List, Parked, Slot};

use crate::database::Database;
use crate::desk::{Desk, history, label, opening, reserve};
use crate::server::Server;

/// A property with a history, and its first desk.
pub fn opened<'a>(server: &'a Server, rooms: i32) -> Desk<'a> {
    server.said(&["property", "add", "H1"]);
    let mut desk = Desk::enrol(server, "H1", "Front desk");
    let (_, entries) = history(&opening(rooms, 60));
    desk.genesis(&entries, true).unwrap();
    desk.pull();
    desk
}

fn number(answer: &Answer) -> String {
    match answer {
        Answer::Applied {
            outcome: Outcome::Reservation { number, .. },
        } => number.to_string(),
        other => panic!("{other:?}"),
    }
}

pub fn transition(transition: Transition, id: &str) -> Command {
    Command::Transition {
        transition,
        ids: vec![id.parse::<StayReference>().unwrap()],
        room: None,
        rooms: Vec::new(),
        reason: None,
    }
}

#[test]
fn what_a_desk_pushed_comes_down_to_every_desk_under_the_number_it_told_its_guest() {
    let database = Database::start(false);
    let server = Server::start(&database);
    let mut first = opened(&server, 10);
    let mut second = Desk::enrol(&server, "H1", "Bar");
    second.pull();
    assert_eq!(
        (first.letters.as_str(), second.letters.as_str()),
        ("A", "B")
    );
    let one = first.sell("A", 3, 2);
    let other = second.sell("A", 4, 1);
    assert_eq!(number(&first.answer(&one)), "A1");
    assert_eq!(number(&second.answer(&other)), "B1");
    for desk in [&mut first, &mut second] {
        let followed = desk.pull();
        let desks: Vec<&str> = followed.iter().map(|fed| fed.desk.as_str()).collect();
        assert_eq!(desks, ["A", "B"]);
        assert_eq!(
            [desk.sold("A", 3), desk.sold("A", 4), desk.sold("A", 5)],
            [1, 2, 0]
        );
        assert_eq!(desk.acked_seq, 1);
    }
    let stored = database.ask("SELECT night - 20605, sold FROM cell WHERE sold > 0 ORDER BY night");
    assert_eq!(
        stored, "2|1\n3|2",
        "nights are counted from the first of June"
    );
}

#[test]
fn the_same_push_twice_gets_the_same_answers_and_counts_once() {
    let database = Database::start(false);
    let server = Server::start(&database);
    let mut desk = opened(&server, 10);
    let commands = [
        desk.sell("A", 3, 2),
        desk.queue(&transition(Transition::CheckOut, "A77"), false),
    ];
    let both: Vec<_> = commands.iter().collect();
    let first = desk.push(&both).unwrap();
    let again = desk.push(&both).unwrap();
    assert_eq!(first, again);
    let results = first.answers.as_slice();
    assert!(matches!(results[0].result, Answer::Applied { .. }));
    let refused = Refusal::UnknownReservation {
        id: "A77".to_owned(),
    };
    assert_eq!(results[1].result, Answer::Refused { refusal: refused });
    assert_eq!(first.acked_seq, 2);
    desk.pull();
    assert_eq!(desk.sold("A", 3), 1);
    assert_eq!(database.ask("SELECT count(*) FROM queued"), "2");
    assert_eq!(
        database.ask("SELECT count(*) FROM entry WHERE kind = 'check_out'"),
        "0"
    );
}

#[test]
fn a_gap_is_answered_with_the_number_that_is_expected_and_nothing_is_stored() {
    let database = Database::start(false);
    let server = Server::start(&database);
    let mut desk = opened(&server, 10);
    let lost = desk.sell("A", 3, 1);
    let next = desk.sell("A", 4, 1);
    assert_eq!(desk.push(&[&next]), Err(Fault::Gap { expected: 1 }));
    assert_eq!(database.ask("SELECT count(*) FROM queued"), "0");
    assert_eq!(desk.push(&[&lost, &next]).unwrap().acked_seq, 2);
}

#[test]
fn two_copies_of_a_desk_are_found_out_and_have_no_share_until_a_person_looked() {
    let database = Database::start(false);
    let server = Server::start(&database);
    let mut desk = opened(&server, 10);
    let (seq, hash) = (desk.last_seq, desk.last_hash);
    let one = desk.sell("A", 3, 1);
    assert!(matches!(desk.answer(&one), Answer::Applied { .. }));
    // The copy knows nothing of it.
    (desk.last_seq, desk.last_hash) = (seq, hash);
    let other = desk.sell("A", 9, 1);
    assert_eq!(desk.push(&[&other]), Err(Fault::Fork { seq: 1 }));
    assert_eq!(desk.push(&[&one]), Err(Fault::EpochOver { current: 2 }));
    let listed = server.said(&["desk", "list", "H1"]);
    assert!(listed.contains("exists twice"), "{listed}");
    // It gives a number to its guest that stands on another booking already.
    desk.state
        .put_counters(keyrack_inventory::state::Counters::default());
    desk.holder.epoch = 2;
    (desk.last_seq, desk.last_hash) = (0, keyrack_wire::Hash::NONE);
    desk.rights.clear();
    let asked = desk.queue(&reserve("A", 5, 1, 1), true);
    assert_eq!(
        number(&desk.answer(&asked)),
        "ZA2",
        "and gets one that no desk gives"
    );
    desk.pull();
    assert_eq!(desk.left("A", 5), 0);
    server.said(&["desk", "accept", "H1", "A"]);
    desk.pull();
    assert!(desk.left("A", 5) > 0);
    assert_eq!(database.ask("SELECT sum(sold) FROM cell"), "2");
}

#[test]
fn a_command_that_hangs_on_another_history_is_a_fork() {
    let database = Database::start(false);
    let server = Server::start(&database);
    let mut desk = opened(&server, 10);
    let one = desk.sell("A", 3, 1);
    desk.answer(&one);
    desk.last_hash = keyrack_wire::Hash([7; 32]);
    let other = desk.sell("A", 4, 1);
    assert_eq!(desk.push(&[&other]), Err(Fault::Fork { seq: 2 }));
}

#[test]
fn a_refused_command_takes_nothing_with_it() {
    let database = Database::start(false);
    let server = Server::start(&database);
    let mut desk = opened(&server, 10);
    let commands = [
        desk.sell("A", 3, 1),
        desk.queue(&reserve("C", 3, 1, 1), false),
        desk.sell("B", 3, 1),
    ];
    let pushed = desk.push(&commands.iter().collect::<Vec<_>>()).unwrap();
    let words: Vec<&str> = pushed
        .answers
        .as_slice()
        .iter()
        .map(|answered| match &answered.result {
            Answer::Applied { .. } => "applied",
            Answer::Refused { refusal } => refusal.code(),
            _ => "other",
        })
        .collect();
    assert_eq!(words, ["applied", "unknown_room_type", "applied"]);
    let followed = desk.pull();
    assert_eq!(followed.len(), 2, "what was refused is not in the feed");
    assert_eq!((desk.sold("A", 3), desk.sold("B", 3)), (1, 1));
    assert_eq!(
        database.ask("SELECT count(*) FROM audit WHERE NOT accepted"),
        "1"
    );
}

#[test]
fn one_id_with_other_content_is_a_conflict_and_with_the_same_a_repetition() {
    let database = Database::start(false);
    let server = Server::start(&database);
    let mut first = opened(&server, 10);
    let mut second = Desk::enrol(&server, "H1", "Bar");
    second.pull();
    let id = keyrack_inventory::CommandId(uuid::Uuid::now_v7());
    for desk in [&mut first, &mut second] {
        desk.next_id = Some(id);
    }
    let one = first.sell("A", 3, 2);
    assert_eq!(number(&first.answer(&one)), "A1");
    let other = second.sell("A", 4, 2);
    let refusal = Refusal::IdempotencyConflict { id };
    assert_eq!(second.answer(&other), Answer::Refused { refusal });
    second.next_id = Some(id);
    let same = second.sell("A", 3, 2);
    assert_eq!(number(&second.answer(&same)), "A1");
    assert_eq!(second.pull().len(), 1);
    assert_eq!(
        [3, 4, 5].map(|night| second.sold("A", night)),
        [1, 1, 0],
        "one booking stands"
    );
    crate::shares::sound(&database);
    server.said(&["verify", "H1"]);
}

#[test]
fn what_cannot_be_read_is_said_and_a_parked_place_lets_the_next_one_pass() {
    let database = Database::start(false);
    let server = Server::start(&database);
    let mut desk = opened(&server, 10);
    let good = desk.sell("A", 3, 1);
    let text = good
        .as_str()
        .replace("\"kind\":\"reserve\"", "\"kind\":\"dance\"");
    assert_ne!(text, good.as_str());
    let bad = keyrack_wire::Sealed::try_from(text).unwrap();
    assert_eq!(desk.push(&[&bad]), Err(Fault::Malformed {}));
    let parked = Parked {
        seq: 1,
        id: bad.open().unwrap().id,
        hash: bad.hash(),
        parked: label("malformed"),
        rights: List::default(),
        epoch: None,
    };
    desk.last_hash = bad.hash();
    let next = desk.sell("A", 4, 1);
    let slots = vec![Slot::Parked(parked), Slot::Command(next)];
    let pushed: keyrack_wire::Pushed = desk
        .exchange("/v1/sync/push", &desk.push_message(slots))
        .unwrap();
    assert!(matches!(
        pushed.answers.as_slice()[0].result,
        Answer::Parked { .. }
    ));
    assert!(matches!(
        pushed.answers.as_slice()[1].result,
        Answer::Applied { .. }
    ));
    for body in [&b"{}"[..], b"not json", b"\xff\xfe"] {
        let reply = server.post("/v1/sync/push", Some(&desk.token), body);
        assert_eq!(
            (reply.status, reply.body.as_str()),
            (400, r#"{"code":"malformed"}"#)
        );
    }
    // More than the line holds on its way: the answer is to be had though the sender is not done yet.
    for kibibytes in [300, 7 * 1_024] {
        let large = vec![b' '; kibibytes * 1_024];
        let reply = server.post("/v1/sync/push", Some(&desk.token), &large);
        assert_eq!(
            (reply.status, reply.body.as_str()),
            (413, r#"{"code":"too_large"}"#)
        );
    }
}

#[test]
fn a_centre_that_dies_after_its_commit_answers_the_same_when_it_is_back() {
    let mut database = Database::start(true);
    let mut server = Server::start(&database);
    let mut desk = opened(&server, 10);
    let sale = desk.sell("A", 3, 2);
    let first = desk.push(&[&sale]).unwrap();
    let message = desk.push_message(vec![Slot::Command(sale)]);
    let token = desk.token.clone();
    drop(desk);
    server.kill();
    database.crash();
    let server = Server::start(&database);
    let again: keyrack_wire::Pushed = server
        .exchange("/v1/sync/push", Some(&token), &message)
        .unwrap();
    assert_eq!(first, again);
    assert_eq!(database.ask("SELECT sum(sold) FROM cell"), "2");
}

#[test]
fn people_go_beside_the_feed_and_what_is_erased_is_never_kept_again() {
    use keyrack_inventory::{GuestId, TextId};
    use keyrack_wire::{Body, Guest, Line, Push, Text};

    let database = Database::start(false);
    let server = Server::start(&database);
    let mut desk = opened(&server, 10);
    let mut second = Desk::enrol(&server, "H1", "Bar");
    second.pull();
    let (guest, note) = (GuestId(uuid::Uuid::now_v7()), TextId(uuid::Uuid::now_v7()));
    let mut command = reserve("A", 3, 1, 1);
    if let Command::Reserve(reserve) = &mut command {
        reserve.details.guest = Some(guest);
        reserve.details.notes = Some(note);
    }
    let sealed = desk.queue(&command, true);
    assert!(!sealed.as_str().contains("Moreau"));
    let line = |text: &str| Line::try_from(text.to_owned()).unwrap();
    let guest_row = Guest {
        id: guest,
        name: line("Zoë Moreau\0"),
        phone: Some(line("+33 1 23")),
        email: None,
    };
    let text_row = Text {
        id: note,
        body: Body::try_from("Late".to_owned()).unwrap(),
    };
    let message = Push {
        guests: List::try_from(vec![guest_row]).unwrap(),
        texts: List::try_from(vec![text_row]).unwrap(),
        ..desk.push_message(vec![Slot::Command(sealed)])
    };
    let push = |message: &Push| desk.exchange::<keyrack_wire::Pushed>("/v1/sync/push", message);
    let first = push(&message).unwrap();
    let page = second.page().unwrap();
    let told: Vec<&str> = page
        .guests
        .as_slice()
        .iter()
        .map(|guest| guest.name.as_str())
        .collect();
    assert_eq!(told, ["Zoë Moreau "]);
    assert_eq!(page.texts.as_slice()[0].body.as_str(), "Late");
    let feed = database.ask("SELECT payload FROM event UNION ALL SELECT payload FROM entry");
    assert!(!feed.contains("Moreau"));
    server.said(&["erase", "H1", &guest.to_string()]);
    let page = second.page().unwrap();
    assert_eq!(page.guests.as_slice(), []);
    // The note of the booking goes with the guest.
    let gone: BTreeSet<_> = page.erased.as_slice().iter().copied().collect();
    assert_eq!(gone, BTreeSet::from([guest.0, note.0]));
    assert_eq!(
        push(&message).unwrap().answers,
        first.answers,
        "the desk that has not heard sends it again"
    );
    assert_eq!(database.ask("SELECT count(*) FROM guest"), "0");
    assert_eq!(database.ask("SELECT count(*) FROM free_text"), "0");
    server.said(&["verify", "H1"]);
}

#[test]
fn what_a_desk_erased_is_gone_everywhere_and_outranks_what_comes_later() {
    use keyrack_inventory::{GuestId, TextId};
    use keyrack_wire::{Body, Guest, Line, Notice, Push, Text};

    let database = Database::start(false);
    let server = Server::start(&database);
    let mut first = opened(&server, 10);
    let mut second = Desk::enrol(&server, "H1", "Bar");
    let guest = GuestId(uuid::Uuid::now_v7());
    let brought = |desk: &mut Desk, name: &str| {
        let note = TextId(uuid::Uuid::now_v7());
        let mut command = reserve("A", 3, 1, 1);
        if let Command::Reserve(reserve) = &mut command {
            reserve.details.guest = Some(guest);
            reserve.details.notes = Some(note);
        }
        let sealed = desk.queue(&command, true);
        let guest = Guest {
            id: guest,
            name: Line::try_from(name.to_owned()).unwrap(),
            phone: None,
            email: None,
        };
        let body = Body::try_from(format!("a note on {name}")).unwrap();
        let message = Push {
            guests: List::try_from(vec![guest]).unwrap(),
            texts: List::try_from(vec![Text { id: note, body }]).unwrap(),
            ..desk.push_message(vec![Slot::Command(sealed)])
        };
        let pushed: keyrack_wire::Pushed = desk.exchange("/v1/sync/push", &message).unwrap();
        assert!(matches!(
            pushed.answers.as_slice()[0].result,
            Answer::Applied { .. }
        ));
        note
    };
    let note = brought(&mut first, "Moreau");
    second.pull();
    let ids = List::try_from(vec![guest.0, note.0]).unwrap();
    let erased = first.tell(&Notice::Erase { ids });
    assert!(matches!(first.answer(&erased), Answer::Applied { .. }));
    let people = "SELECT (SELECT count(*) FROM guest) + (SELECT count(*) FROM free_text)";
    assert_eq!(database.ask(people), "0");
    // The other one has not heard, and brings the guest and a note again.
    let late = brought(&mut second, "Moreau");
    assert_eq!(database.ask(people), "0");
    let page = first.page().unwrap();
    assert!(page.guests.as_slice().is_empty() && page.texts.as_slice().is_empty());
    for id in [guest.0, note.0, late.0] {
        assert!(page.erased.as_slice().contains(&id), "{id}");
    }
    server.said(&["verify", "H1"]);
}
