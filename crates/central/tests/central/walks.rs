//! A guest is walked to a sister hotel: both or neither, once, whoever dies between the steps.

use std::time::{Duration, Instant as Clock};

use keyrack_central::alerts::{Bounds, Targets, look};
use keyrack_central::walk::{Asked, Begun, begin, left};
use keyrack_central::{Ledger, clock, push};
use keyrack_inventory::command::Reserve;
use keyrack_inventory::model::StayRequest;
use keyrack_inventory::{Command, GuestId, Instant, TextId, Transition};
use keyrack_wire::{Answer, Body, Guest, Line, List, Pushed, Slot, Text};
use serde_json::{Value, json};
use tokio::runtime::Runtime;
use uuid::Uuid;

use crate::chain::{another, another_on};
use crate::database::Database;
use crate::desk::{Desk, code, day, label, reserve};
use crate::exchange::{opened, transition};
use crate::server::Server;

const ADMIN: &str = "0f3c1a5e7b9d2468ace013579bdf02468ace1357";
const NAME: &str = "Wilhelmina Featherstonehaugh";
const NOTE: &str = "a quiet room";

/// A booking of the first desk for a guest with a note: two nights of type A from the third of June.
fn booked(desk: &mut Desk) {
    books(desk, 1, false);
}

/// The same of several rooms, or for an option alone.
fn books(desk: &mut Desk, rooms: u32, tentative: bool) {
    let (guest, notes) = (GuestId(Uuid::now_v7()), TextId(Uuid::now_v7()));
    let Command::Reserve(mut new) = reserve("A", 3, 2, rooms) else {
        panic!("it reserves");
    };
    new.tentative = tentative;
    new.details.guest = Some(guest);
    new.details.notes = Some(notes);
    let asked = desk.queue(&Command::Reserve(Reserve { ..new }), true);
    let mut message = desk.push_message(vec![Slot::Command(asked)]);
    let name = Line::try_from(NAME.to_owned()).unwrap();
    let guest = Guest {
        id: guest,
        name,
        phone: None,
        email: None,
    };
    message.guests = List::try_from(vec![guest]).unwrap();
    let body = Body::try_from(NOTE.to_owned()).unwrap();
    message.texts = List::try_from(vec![Text { id: notes, body }]).unwrap();
    let pushed: Pushed = desk.exchange("/v1/sync/push", &message).unwrap();
    let answer = &pushed.answers.as_slice()[0].result;
    assert!(matches!(answer, Answer::Applied { .. }), "{answer:?}");
    desk.pull();
}

/// An administrator lets guests be walked.
fn allow(server: &Server, from: &str, to: &str) {
    server.said(&["chain", "allow", from, to]);
}

/// The number of the only booking of the property.
fn number(database: &Database, property: &str) -> String {
    database.ask(&format!(
        "SELECT r.number FROM reservation AS r JOIN property AS p ON p.id = r.property
         WHERE p.code = '{property}'"
    ))
}

/// Where the bookings of the property stand, and rooms sold over all nights.
fn stands(database: &Database, property: &str) -> String {
    database.ask(&format!(
        "SELECT coalesce((SELECT string_agg(status, ' ') FROM reservation WHERE property = p.id), '-') || ' ' ||
            (SELECT sum(sold) FROM cell WHERE property = p.id)
         FROM property AS p WHERE p.code = '{property}'"
    ))
}

/// What the trail of the property says of walks, and of what they did.
fn trail(database: &Database, property: &str) -> String {
    database.ask(&format!(
        "SELECT coalesce(string_agg(what || ': ' || detail, '; ' ORDER BY seq), '')
         FROM audit JOIN property AS p ON p.id = property
         WHERE p.code = '{property}' AND detail LIKE '%H_%' AND what NOT LIKE 'desk%' AND what NOT LIKE 'walks_%'"
    ))
}

fn post(server: &Server, token: &str, body: &Value) -> (u16, Value) {
    let path = "/v1/properties/H1/walks";
    let reply = server.post(path, Some(token), body.to_string().as_bytes());
    (reply.status, serde_json::from_str(&reply.body).unwrap())
}

fn well(server: &Server) {
    for property in ["H1", "H2"] {
        let said = server.said(&["verify", property]);
        assert!(!said.contains("WRONG"), "{property}: {said}");
    }
}

#[test]
fn a_guest_is_walked_with_one_request_and_told_of_at_both_hotels() {
    let database = Database::start(false);
    let server = Server::start(&database);
    let mut here = opened(&server, 10);
    let mut there = another(&server, "H2", 10);
    allow(&server, "H1", "H2");
    booked(&mut here);
    let left = number(&database, "H1");
    let asked = json!({"id": Uuid::now_v7(), "reservation": left, "to": "H2", "actor": "Ana"});
    let (status, walked) = post(&server, &here.token, &asked);
    assert_eq!(status, 200, "{walked}");
    assert_eq!(
        (&walked["state"], &walked["made"]["number"], &walked["to"]),
        (&json!("walked"), &json!("Z1"), &json!("H2"))
    );
    assert_eq!(stands(&database, "H1"), "cancelled 0");
    assert_eq!(stands(&database, "H2"), "confirmed 2");
    // The same again is the same walk, and something else under its id is none.
    assert_eq!(post(&server, &here.token, &asked), (200, walked.clone()));
    let mut other = asked.clone();
    other["room_type"] = json!("B");
    let conflict = (409, json!({"code": "idempotency_conflict"}));
    assert_eq!(post(&server, &here.token, &other), conflict);
    assert_eq!(stands(&database, "H2"), "confirmed 2");
    // Both hotels hear of it as of what any desk did.
    let cancelled = here.pull().pop().unwrap();
    assert_eq!(
        (cancelled.desk.as_str(), cancelled.kind.as_str()),
        ("Z", "cancel")
    );
    assert_eq!(here.sold("A", 3), 0);
    let page = there.page().unwrap();
    let names: Vec<_> = page
        .guests
        .as_slice()
        .iter()
        .map(|guest| guest.name.as_str())
        .collect();
    assert_eq!(names, [NAME]);
    assert_eq!(page.texts.as_slice()[0].body.as_str(), NOTE);
    let reserved = there.pull().pop().unwrap();
    assert_eq!(
        (reserved.actor.as_str(), reserved.kind.as_str()),
        ("Ana", "reserve")
    );
    assert_eq!(
        [there.sold("A", 3), there.sold("A", 4), there.sold("A", 5)],
        [1, 1, 0]
    );
    let told = format!("walk_begun: {left} to H2; cancel: walked to H2 Z1");
    assert_eq!(trail(&database, "H1"), told);
    assert_eq!(
        trail(&database, "H2"),
        format!("reserve: walked from H1 {left}")
    );
    let reason = database.ask(
        "SELECT body FROM free_text JOIN entry ON (reason::jsonb ->> 'text') = free_text.id::text
         WHERE reason::jsonb ->> 'code' = 'overbooked'",
    );
    assert_eq!(reason, "H2 Z1");
    let id = asked["id"].as_str().unwrap();
    let path = format!("/v1/properties/H1/walks/{id}");
    let shown = server.get(&path, Some(&here.token));
    let shown: Value = serde_json::from_str(&shown.body).unwrap();
    assert_eq!(shown, walked);
    well(&server);
}

#[test]
fn where_there_is_no_room_everything_stays_as_it_was_and_both_trails_say_so() {
    let database = Database::start(false);
    let server = Server::start(&database);
    let mut here = opened(&server, 10);
    // The last room of a night stands in the share of its desk.
    another(&server, "H2", 1);
    allow(&server, "H1", "H2");
    booked(&mut here);
    let left = number(&database, "H1");
    let asked = json!({"id": Uuid::now_v7(), "reservation": left, "to": "H2"});
    let (status, refused) = post(&server, &here.token, &asked);
    assert_eq!(status, 409, "{refused}");
    assert_eq!(refused["state"], "refused");
    assert_eq!(refused["refusal"]["code"], "no_availability");
    assert_eq!(stands(&database, "H1"), "confirmed 2");
    assert_eq!(stands(&database, "H2"), "- 0");
    let why = format!("walk_refused: {left} to H2: no_availability");
    assert_eq!(trail(&database, "H2"), why);
    assert_eq!(
        trail(&database, "H1"),
        format!("walk_begun: {left} to H2; {why}")
    );
    assert_eq!(
        database.ask("SELECT count(*) FROM guest"),
        "1",
        "nobody is known there"
    );
    // With another type, under another id, it goes.
    let asked = json!({"id": Uuid::now_v7(), "reservation": left, "to": "H2", "room_type": "B"});
    assert_eq!(post(&server, &here.token, &asked).0, 200);
    assert_eq!(stands(&database, "H2"), "confirmed 2");
    // What is gone cannot go again; nor can what is not there, or what is in the house.
    let again = json!({"id": Uuid::now_v7(), "reservation": left, "to": "H2"});
    assert_eq!(post(&server, &here.token, &again).1["code"], "not_walkable");
    let (one, none) = (format!("{left}/1"), "A99");
    for (reservation, code) in [
        (one.as_str(), "not_walkable"),
        (none, "unknown_reservation"),
    ] {
        let asked = json!({"id": Uuid::now_v7(), "reservation": reservation, "to": "H2"});
        let (status, body) = post(&server, &here.token, &asked);
        assert_eq!(
            (status, &body["code"]),
            (409, &json!(code)),
            "{reservation}"
        );
    }
    let itself = json!({"id": Uuid::now_v7(), "reservation": left, "to": "H1"});
    assert_eq!(post(&server, &here.token, &itself).0, 400);
    let nowhere = json!({"id": Uuid::now_v7(), "reservation": left, "to": "H9"});
    assert_eq!(post(&server, &here.token, &nowhere).0, 404);
    well(&server);
}

#[test]
fn a_desk_walks_guests_of_its_own_hotel_and_a_token_of_the_chain_those_of_all_where_it_may() {
    let database = Database::start(false);
    let server = Server::start_with(&database.address(), &["--admin-token", ADMIN]);
    let mut here = opened(&server, 10);
    let there = another(&server, "H2", 10);
    allow(&server, "H1", "H2");
    booked(&mut here);
    let looks = server.said(&["chain", "token", "revenue"]);
    let walks = server.said(&["chain", "token", "duty", "--walks"]);
    let left = number(&database, "H1");
    let asked = json!({"id": Uuid::now_v7(), "reservation": left, "to": "H2", "actor": "Eva"});
    for (token, status) in [(there.token.as_str(), 404), (&looks, 401), ("x", 401)] {
        assert_eq!(post(&server, token, &asked).0, status);
    }
    assert_eq!(database.ask("SELECT count(*) FROM walk"), "0");
    assert_eq!(post(&server, &walks, &asked).0, 200);
    assert_eq!(post(&server, ADMIN, &asked).0, 200, "it is the same walk");
    let who = "SELECT DISTINCT actor FROM entry WHERE desk = 'Z'";
    assert_eq!(database.ask(who), "duty", "it names nobody else");
    // The same id out of another hotel is another walk, and another guest.
    let mut third = another(&server, "H3", 10);
    allow(&server, "H3", "H2");
    booked(&mut third);
    let body = asked.to_string();
    let reply = server.post("/v1/properties/H3/walks", Some(&walks), body.as_bytes());
    assert!(reply.body.contains("\"Z2\""), "{reply:?}");
    assert_eq!(stands(&database, "H3"), "cancelled 0");
    assert_eq!(stands(&database, "H2"), "confirmed confirmed 4");
    let path = format!("/v1/properties/H1/walks/{}", asked["id"].as_str().unwrap());
    assert_eq!(server.get(&path, Some(&there.token)).status, 404);
    assert_eq!(server.get(&path, Some(&looks)).status, 401);
}

#[test]
fn sisters_are_shown_to_who_may_walk_guests_and_no_others_are() {
    let database = Database::start(false);
    let server = Server::start_with(&database.address(), &["--admin-token", ADMIN]);
    let mut here = opened(&server, 40);
    let there = another(&server, "H2", 10);
    another(&server, "H3", 10);
    allow(&server, "H1", "H2");
    booked(&mut here);
    let looks = server.said(&["chain", "token", "revenue"]);
    let walks = server.said(&["chain", "token", "duty", "--walks"]);
    let path = "/v1/properties/H1/sisters?from=2026-06-03&to=2026-06-05";
    for (token, status) in [(there.token.as_str(), 404), (&looks, 401), ("x", 401)] {
        assert_eq!(server.get(path, Some(token)).status, status);
    }
    for odd in [
        "from=2026-06-03&to=2026-06-03",
        "from=2026-06-03&to=2028-06-03",
        "from=1",
    ] {
        let odd = format!("/v1/properties/H1/sisters?{odd}");
        assert_eq!(server.get(&odd, Some(&here.token)).status, 400, "{odd}");
    }
    let shown = |token: &str| -> Value {
        let reply = server.get(path, Some(token));
        assert_eq!(reply.status, 200, "{reply:?}");
        serde_json::from_str(&reply.body).unwrap()
    };
    let found = shown(&here.token);
    assert_eq!(found["sisters"].as_array().unwrap().len(), 1, "{found}");
    assert_eq!(found["sisters"][0]["property"], "H2");
    for token in [walks.as_str(), ADMIN] {
        assert_eq!(shown(token), found);
    }
    // What is said to be free is what a walk takes, and not a room more.
    let free = |found: &Value| {
        let types = found["sisters"][0]["room_types"].as_array().unwrap();
        let one = types.iter().find(|each| each["code"] == "A").unwrap();
        one["rooms"].as_u64().unwrap()
    };
    let first = free(&found);
    assert!(
        (1..10).contains(&first),
        "a desk there has its share: {found}"
    );
    books(&mut here, u32::try_from(first).unwrap() + 1, false);
    let all = database.ask("SELECT number FROM reservation ORDER BY created_at DESC LIMIT 1");
    let asked = |number: &str| json!({"id": Uuid::now_v7(), "reservation": number, "to": "H2"});
    assert_eq!(post(&server, &here.token, &asked(&all)).0, 409);
    let stay = format!("{all}/1");
    for rooms in (0..first).rev() {
        let stay = stay.replace("/1", &format!("/{}", rooms + 1));
        let (status, walked) = post(&server, &here.token, &asked(&stay));
        assert_eq!(status, 200, "{walked}");
    }
    let last = format!("{all}/{}", first + 1);
    assert_eq!(post(&server, &here.token, &asked(&last)).0, 409);
    assert_eq!(free(&shown(&here.token)), 0);
    server.said(&["chain", "deny", "H1", "H2"]);
    assert_eq!(shown(&here.token), json!({"sisters": []}));
}

fn seconds_after(now: Instant, seconds: i64) -> Instant {
    Instant::from_millis(now.millis() + seconds * 1_000)
}

/// Waits until it is so.
fn until(what: &str, is: impl Fn() -> bool) {
    let began = Clock::now();
    while !is() {
        assert!(began.elapsed() < Duration::from_secs(40), "{what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// A walk whose centre is killed once it has reserved there, and before it cancelled here. No centre runs then.
struct CutOff<'a> {
    database: &'a Database,
    runtime: Runtime,
    ledger: Ledger,
    left: String,
}

impl<'a> CutOff<'a> {
    fn new(database: &'a Database, server: &Server, here: &mut Desk) -> Self {
        Self::of(database, server, here, 1)
    }

    /// The same of a booking of several rooms.
    fn of(database: &'a Database, server: &Server, here: &mut Desk, rooms: u32) -> Self {
        books(here, rooms, false);
        let cut = Self {
            runtime: Runtime::new().unwrap(),
            ledger: Ledger::new(&database.address(), None, 4).unwrap(),
            left: number(database, "H1"),
            database,
        };
        let asked = json!({"id": Uuid::now_v7(), "reservation": cut.left, "to": "H2"});
        let (base, token) = (server.base.clone(), here.token.clone());
        cut.between_the_steps(server, move || {
            let answer = ureq::post(format!("{base}/v1/properties/H1/walks"))
                .header("authorization", format!("Bearer {token}"))
                .send(asked.to_string().as_bytes());
            assert!(answer.is_err(), "nobody answers");
        });
        assert_eq!(cut.state(), "reserved");
        let confirmed = format!("confirmed {}", 2 * rooms);
        assert_eq!(stands(database, "H1"), confirmed);
        assert_eq!(stands(database, "H2"), confirmed);
        cut
    }

    fn state(&self) -> String {
        self.database.ask("SELECT state FROM walk")
    }

    /// Whoever holds the lock of a property keeps the walk from its step there.
    fn between_the_steps(&self, server: &Server, ask: impl FnOnce() + Send + 'static) {
        self.runtime.block_on(async {
            let mut one = self.ledger.session().await.unwrap();
            let mut other = self.ledger.session().await.unwrap();
            let there = one.begin().await.unwrap();
            let id = there.property_id("H2").await.unwrap();
            there.lock(id).await.unwrap();
            let asking = std::thread::spawn(ask);
            until("the walk begins", || self.state() == "begun");
            let here = other.begin().await.unwrap();
            let id = here.property_id("H1").await.unwrap();
            here.lock(id).await.unwrap();
            there.commit().await.unwrap();
            until("it is reserved there", || self.state() == "reserved");
            server.die();
            here.commit().await.unwrap();
            asking.join().unwrap();
        });
    }

    /// What a desk does meanwhile, judged as by a centre.
    fn done(&self, desk: &mut Desk, property: &str, command: &Command) {
        let command = desk.queue(command, false);
        let message = desk.push_message(vec![Slot::Command(command)]);
        self.runtime.block_on(async {
            let mut session = self.ledger.session().await.unwrap();
            let tx = session.begin().await.unwrap();
            let id = tx.property_id(property).await.unwrap();
            let row = tx.desk(id, desk.holder.desk).await.unwrap();
            drop(tx);
            let pushed = push::push(&mut session, &row, &message, clock::now()).await;
            let pushed = pushed.unwrap();
            let answer = &pushed.answers.as_slice()[0].result;
            assert!(matches!(answer, Answer::Applied { .. }), "{answer:?}");
        });
    }

    /// The alerts of walks that are open.
    fn alerts(&self, now: Instant) -> String {
        let bounds = Bounds {
            silent_minutes: 60,
            verify_hours: 24,
        };
        self.runtime.block_on(async {
            let mut session = self.ledger.session().await.unwrap();
            let looked = look(&mut session, &Targets::default(), bounds, now).await;
            looked.unwrap();
        });
        self.database.ask(
            "SELECT coalesce(string_agg(kind, ' '), '') FROM alert
             WHERE closed_at IS NULL AND kind LIKE 'walk%'",
        )
    }

    /// Two centres start, and one of them goes on.
    fn goes_on(&self, end: &str) -> Server {
        let server = Server::start(self.database);
        let _other = Server::start(self.database);
        until("the walk ends", || self.state() == end);
        server
    }
}

#[test]
fn a_walk_whose_centre_is_killed_between_the_steps_goes_on_with_the_next_one() {
    let database = Database::start(false);
    let server = Server::start(&database);
    let mut here = opened(&server, 10);
    another(&server, "H2", 10);
    allow(&server, "H1", "H2");
    let cut = CutOff::new(&database, &server, &mut here);
    // Nobody walks with that reservation besides.
    let asked = Asked {
        id: Uuid::now_v7(),
        reservation: cut.left.clone(),
        to: "H2".to_owned(),
        room_type: None,
        reason: keyrack_inventory::ReasonCode::Overbooked,
        actor: None,
    };
    let begun = cut.runtime.block_on(async {
        let mut session = cut.ledger.session().await.unwrap();
        begin(&mut session, "H1", &asked, &label("duty"), clock::now()).await
    });
    assert!(matches!(begun.unwrap(), Begun::OnItsWay));
    let server = cut.goes_on("walked");
    assert_eq!(stands(&database, "H1"), "cancelled 0");
    assert_eq!(stands(&database, "H2"), "confirmed 2");
    let twice = "SELECT count(*), count(DISTINCT id) FROM entry WHERE desk = 'Z'";
    assert_eq!(database.ask(twice), "2|2");
    well(&server);
}

#[test]
fn a_guest_who_is_in_the_house_meanwhile_stays_and_what_was_reserved_goes_back() {
    let database = Database::start(false);
    let server = Server::start(&database);
    let mut here = opened(&server, 10);
    another(&server, "H2", 10);
    allow(&server, "H1", "H2");
    let cut = CutOff::new(&database, &server, &mut here);
    assert_eq!(database.ask("SELECT count(*) FROM guest"), "2");
    let check_in = transition(Transition::CheckIn, &cut.left);
    cut.done(&mut here, "H1", &check_in);
    let server = cut.goes_on("given_back");
    assert_eq!(stands(&database, "H1"), "checked_in 2");
    assert_eq!(stands(&database, "H2"), "cancelled 0");
    let left = &cut.left;
    let told = format!("walk_begun: {left} to H2; walk_refused: {left} to H2: illegal_transition");
    assert_eq!(trail(&database, "H1"), told);
    let told = format!("reserve: walked from H1 {left}; cancel: not walked from H1 {left}");
    assert_eq!(trail(&database, "H2"), told);
    let known =
        "SELECT count(*) FROM guest AS g JOIN property AS p ON p.id = g.property WHERE code = 'H2'";
    assert_eq!(database.ask(known), "0", "he does not come");
    well(&server);
}

#[test]
fn a_booking_that_was_changed_meanwhile_stays_as_it_is_now() {
    let database = Database::start(false);
    let server = Server::start(&database);
    let mut here = opened(&server, 10);
    another(&server, "H2", 10);
    allow(&server, "H1", "H2");
    let cut = CutOff::new(&database, &server, &mut here);
    let longer = Command::Amend {
        id: cut.left.parse().unwrap(),
        stays: vec![StayRequest {
            room_type: code("A"),
            arrival: day(3),
            departure: day(6),
            rooms: 1,
        }],
    };
    cut.done(&mut here, "H1", &longer);
    let server = cut.goes_on("given_back");
    assert_eq!(stands(&database, "H1"), "confirmed 3");
    assert_eq!(stands(&database, "H2"), "cancelled 0");
    assert!(trail(&database, "H1").ends_with("H2: stale"));
    well(&server);
}

#[test]
fn a_guest_who_is_in_both_houses_is_left_to_people() {
    let database = Database::start(false);
    let server = Server::start(&database);
    let mut here = opened(&server, 10);
    let mut there = another(&server, "H2", 10);
    allow(&server, "H1", "H2");
    let cut = CutOff::new(&database, &server, &mut here);
    let check_in = transition(Transition::CheckIn, &cut.left);
    cut.done(&mut here, "H1", &check_in);
    cut.done(&mut there, "H2", &transition(Transition::CheckIn, "Z1"));
    let server = cut.goes_on("left");
    assert_eq!(stands(&database, "H1"), "checked_in 2");
    assert_eq!(stands(&database, "H2"), "checked_in 2");
    assert!(trail(&database, "H2").contains("walk_refused"));
    let now = clock::now();
    assert_eq!(cut.alerts(now), "walk_left");
    assert_eq!(cut.alerts(seconds_after(now, 86_400)), "");
    well(&server);
}

#[test]
fn nobody_is_walked_to_where_his_nights_are_over() {
    let database = Database::start(false);
    let server = Server::start(&database);
    let mut here = opened(&server, 10);
    // It has gone on to the day on which he leaves.
    another_on(&server, "H2", 10, 5);
    allow(&server, "H1", "H2");
    another_on(&server, "H3", 10, 4);
    allow(&server, "H1", "H3");
    booked(&mut here);
    let left = number(&database, "H1");
    let asked = json!({"id": Uuid::now_v7(), "reservation": left, "to": "H2"});
    let (status, refused) = post(&server, &here.token, &asked);
    assert_eq!(
        (status, &refused["code"]),
        (409, &json!("nights_are_over")),
        "{refused}"
    );
    assert_eq!(stands(&database, "H1"), "confirmed 2");
    assert_eq!(stands(&database, "H2"), "- 0");
    assert_eq!(database.ask("SELECT count(*) FROM walk"), "0");
    // Where a night is left of him he goes for that one.
    let asked = json!({"id": Uuid::now_v7(), "reservation": left, "to": "H3"});
    assert_eq!(post(&server, &here.token, &asked).0, 200);
    assert_eq!(stands(&database, "H3"), "confirmed 1");
}

#[test]
fn an_option_is_not_walked() {
    let database = Database::start(false);
    let server = Server::start(&database);
    let mut here = opened(&server, 10);
    another(&server, "H2", 10);
    allow(&server, "H1", "H2");
    books(&mut here, 1, true);
    let asked = json!({"id": Uuid::now_v7(), "reservation": number(&database, "H1"), "to": "H2"});
    let (status, refused) = post(&server, &here.token, &asked);
    let why = json!({"code": "not_walkable", "status": "tentative"});
    assert_eq!((status, refused), (409, why));
    assert_eq!(stands(&database, "H1"), "tentative 2");
    assert_eq!(stands(&database, "H2"), "- 0");
}

#[test]
fn a_guest_whom_another_booking_names_is_not_erased_where_a_walk_gives_back() {
    let database = Database::start(false);
    let server = Server::start(&database);
    let mut here = opened(&server, 10);
    let mut there = another(&server, "H2", 10);
    allow(&server, "H1", "H2");
    let cut = CutOff::of(&database, &server, &mut here, 2);
    cut.done(&mut here, "H1", &transition(Transition::CheckIn, &cut.left));
    let id = "Z1/2".parse().unwrap();
    // It has seen that booking.
    there.cursor.number += 1;
    cut.done(&mut there, "H2", &Command::Split { id });
    let server = cut.goes_on("left");
    assert_eq!(database.ask("SELECT sum(sold) FROM cell AS c JOIN property AS p ON p.id = c.property WHERE code = 'H2'"), "2");
    let known =
        "SELECT count(*) FROM guest AS g JOIN property AS p ON p.id = g.property WHERE code = 'H2'";
    assert_eq!(database.ask(known), "1", "his other booking stands");
    assert_eq!(database.ask("SELECT count(*) FROM erased"), "0");
    well(&server);
}

#[test]
fn a_restored_property_does_not_give_a_number_again() {
    let database = Database::start(false);
    let server = Server::start(&database);
    let mut here = opened(&server, 10);
    another(&server, "H2", 10);
    allow(&server, "H1", "H2");
    // The copy may be older than a guest who was told Z1.
    server.said(&["property", "restored", "H2"]);
    booked(&mut here);
    let asked = json!({"id": Uuid::now_v7(), "reservation": number(&database, "H1"), "to": "H2"});
    let (status, walked) = post(&server, &here.token, &asked);
    assert_eq!(
        (status, &walked["made"]["number"]),
        (200, &json!("Z10001")),
        "{walked}"
    );
}

#[test]
fn guests_are_walked_where_an_administrator_lets_them_and_nowhere_else() {
    let database = Database::start(false);
    let server = Server::start_with(&database.address(), &["--admin-token", ADMIN]);
    let mut here = opened(&server, 10);
    another(&server, "H2", 10);
    booked(&mut here);
    let left = number(&database, "H1");
    let ask = |token: &str, to: &str| {
        let asked = json!({"id": Uuid::now_v7(), "reservation": left, "to": to});
        post(&server, token, &asked)
    };
    let unknown = ask(&here.token, "H9");
    assert_eq!(unknown.0, 404);
    // The other way is another pair.
    allow(&server, "H2", "H1");
    let walks = server.said(&["chain", "token", "duty", "--walks"]);
    for token in [here.token.as_str(), &walks, ADMIN] {
        assert_eq!(ask(token, "H2"), unknown, "nobody learns that it is there");
    }
    allow(&server, "H1", "H2");
    server.said(&["chain", "deny", "H1", "H2"]);
    assert_eq!(ask(&here.token, "H2"), unknown);
    assert!(!server.run(&["chain", "deny", "H1", "H2"]).status.success());
    assert!(!server.run(&["chain", "allow", "H1", "H1"]).status.success());
    let listed = server.said(&["chain", "list"]);
    assert!(
        listed.contains("H2 to H1\t") && !listed.contains("H1 to H2"),
        "{listed}"
    );
    assert_eq!(database.ask("SELECT count(*) FROM walk"), "0");
    assert_eq!(stands(&database, "H2"), "- 0");
    allow(&server, "H1", "H2");
    assert_eq!(ask(&here.token, "H2").0, 200);
    let told = "SELECT string_agg(what || ' ' || detail, ', ' ORDER BY property, seq) FROM audit
        WHERE what LIKE 'walks_%' AND detail = 'H1 to H2'";
    let each = "walks_allowed H1 to H2, walks_ended H1 to H2, walks_allowed H1 to H2";
    assert_eq!(database.ask(told), format!("{each}, {each}"));
    well(&server);
}

#[test]
fn a_walk_that_cannot_go_on_is_tried_later_and_later_and_told_of() {
    let database = Database::start(false);
    let server = Server::start(&database);
    let mut here = opened(&server, 10);
    another(&server, "H2", 10);
    allow(&server, "H1", "H2");
    let cut = CutOff::new(&database, &server, &mut here);
    let tried = || database.ask("SELECT tries FROM walk");
    let go_on = |now| cut.runtime.block_on(left(&cut.ledger, now)).unwrap();
    let now = seconds_after(clock::now(), 10);
    let mut session = cut.runtime.block_on(cut.ledger.session()).unwrap();
    cut.runtime.block_on(async {
        // Somebody holds the lock of the property that he leaves.
        let held = session.begin().await.unwrap();
        let id = held.property_id("H1").await.unwrap();
        held.lock(id).await.unwrap();
        left(&cut.ledger, now).await.unwrap();
        assert_eq!(tried(), "1");
        left(&cut.ledger, seconds_after(now, 9)).await.unwrap();
        assert_eq!(tried(), "1", "it is not due");
        left(&cut.ledger, seconds_after(now, 10)).await.unwrap();
        assert_eq!(tried(), "2");
        left(&cut.ledger, seconds_after(now, 29)).await.unwrap();
        assert_eq!(tried(), "2", "the delay grows");
    });
    assert_eq!(cut.alerts(now), "");
    database.ask("UPDATE walk SET tries = 3");
    assert_eq!(cut.alerts(now), "walk_stuck");
    go_on(seconds_after(now, 30));
    assert_eq!(
        (cut.state(), tried()),
        ("walked".to_owned(), "0".to_owned())
    );
    assert_eq!(cut.alerts(now), "");
}
