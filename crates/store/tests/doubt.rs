//! A desk's file that is an older copy, from its new epoch until it has heard of all that the centre has.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::time::Duration;

use keyrack_inventory::share::Holder;
use keyrack_inventory::{Command, CommandId, DeskId, Instant, Outcome};
use keyrack_store::{Creation, Envelope, Joining, Store};
use keyrack_wire::{Cursor, Page};
use serde_json::{Value, json};
use uuid::Uuid;

fn now() -> Instant {
    Instant::from_millis(1_767_225_600_000)
}

fn reserve() -> Value {
    let request =
        json!({"room_type": "DBL", "arrival": "2026-01-04", "departure": "2026-01-06", "rooms": 1});
    json!({"kind": "reserve", "stays": [{"request": request}], "details": {"adults": 0, "children": 0},
        "tentative": false, "walk_in": false})
}

/// An entry of the feed, with an id of its number.
fn entry(number: u64, desk: &str, payload: &Value, outcome: &Value, events: &[Value]) -> Value {
    json!({"number": number, "id": Uuid::from_u128(u128::from(number)), "desk": desk, "actor": "Ana",
        "at": "2026-01-01T00:00:00.000Z", "business_date": "2026-01-01", "request": Uuid::nil(),
        "kind": payload["kind"], "payload": payload, "outcome": outcome, "events": events})
}

fn event(name: &str, version: u32, payload: &Value) -> Value {
    json!({"name": name, "version": version, "payload": payload.to_string()})
}

/// The page that ends with that entry, the last one where `rest` is.
fn page(entries: &[Value], number: u64, is_last: bool) -> Page {
    let rest = is_last.then(|| {
        json!({"grants": [], "granted": {"number": 1, "chain": "00".repeat(32)},
        "acked_seq": 0, "trail": {"number": 1, "hash": "00".repeat(32)}})
    });
    let mut page = json!({"protocol": 1, "entries": entries, "guests": [], "texts": [], "erased": [],
        "cursor": {"epoch": 1, "number": number}});
    if let Some(rest) = rest {
        page["rest"] = rest;
    }
    serde_json::from_value(page).unwrap()
}

fn opened() -> Vec<Value> {
    let property = json!({"code": "H1", "name": "Hotel", "time_zone": "Europe/Lisbon", "currency": "EUR",
        "business_date": "2026-01-01"});
    let room_type = json!({"code": "DBL", "name": "DBL", "rank": 1, "rooms": 6, "overbooking": 0,
        "life": {"status": "on_sale"}});
    let nights = json!({"from": "2026-01-01", "to": "2026-01-10"});
    let night = json!({"room_type": "DBL", "nights": nights, "physical": 6, "overbooking": 0});
    let open = json!({"kind": "open_property", "property": property, "room_types": [room_type]});
    let open_nights = json!({"kind": "open_nights", "from": "2026-01-01", "to": "2026-01-10"});
    vec![
        entry(
            1,
            "X",
            &open,
            &json!({"made": "done"}),
            &[
                event(
                    "property_opened",
                    2,
                    &json!({"property": property, "desk": "X"}),
                ),
                event("room_type_added", 1, &json!({"room_type": room_type})),
            ],
        ),
        entry(
            2,
            "X",
            &open_nights,
            &json!({"made": "nights", "opened": 9}),
            &[event("nights_opened", 1, &json!({"opened": [night]}))],
        ),
    ]
}

/// What the lost file had sold as A1.
fn sold() -> Value {
    let id = Uuid::from_u128(700);
    let stay = json!({"stay": 1, "room_type": "DBL", "arrival": "2026-01-04", "departure": "2026-01-06",
        "status": "confirmed"});
    let made = json!({"reservation": id, "number": "A1", "details": {"adults": 0, "children": 0},
        "stays": [stay]});
    let outcome = json!({"made": "reservation", "id": id, "number": "A1"});
    entry(
        3,
        "A",
        &reserve(),
        &outcome,
        &[event("reservation_made", 2, &made)],
    )
}

fn asked(store: &Store, id: u128) -> String {
    let command: Command = serde_json::from_value(reserve()).unwrap();
    let envelope = Envelope {
        command_id: CommandId(Uuid::from_u128(id)),
        request_hash: [0; 32],
        request_id: Uuid::nil(),
        actor: "Ana".to_owned(),
        now: now(),
        if_version: None,
        override_text: None,
        command,
        reason: None,
        causation: None,
        gives_back: false,
        guests: Vec::new(),
        texts: Vec::new(),
    };
    match store.apply(&envelope).unwrap().result.unwrap() {
        Outcome::Reservation { number, .. } => number.to_string(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_older_copy_gives_no_number_again_before_it_has_heard_what_was_given() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let store = Store::open(&path, Creation::Create, Duration::from_secs(5)).unwrap();
    let joining = Joining {
        url: "http://localhost".to_owned(),
        property: "H1".to_owned(),
        holder: Holder {
            desk: DeskId(Uuid::from_u128(7)),
            epoch: 1,
        },
        letters: "A".to_owned(),
        feed: Cursor {
            epoch: 1,
            number: 0,
        },
        fingerprint: String::new(),
    };
    store.write(|batch| batch.join(&joining, false)).unwrap();
    let follow = |page: Page| store.write(|batch| batch.follow(&page, now())).unwrap();
    follow(page(&opened(), 2, true));
    store.write(|batch| batch.freeze(1)).unwrap();
    assert_eq!(store.write(|batch| batch.rejoin()).unwrap(), 2);
    assert_eq!(asked(&store, 11), "ZZA1001");
    // Not the last page: more may have been given.
    follow(page(&[sold()], 3, false));
    assert_eq!(asked(&store, 12), "ZZA1002");
    follow(page(&[], 3, true));
    assert_eq!(asked(&store, 13), "A1003");
    let rows = store.read(|reader| reader.shown_rows()).unwrap();
    let rows = rows.into_iter().map(|shown| shown.row.row);
    let mut booked: Vec<String> = rows.filter(|row| row.starts_with("reservation")).collect();
    booked.sort();
    let numbers = ["A1", "A1003", "ZZA1001", "ZZA1002"];
    assert_eq!(
        booked,
        numbers.map(|number| format!("reservation {number}"))
    );
    let verified = store.verify().unwrap();
    assert!(verified.ok, "{verified:?}");
}
