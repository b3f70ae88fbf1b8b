//! The protocol as it was spoken and must go on being spoken: golden samples, and what is not read.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fmt::Debug;
use std::path::PathBuf;

use keyrack_inventory::corrected::CellRow;
use keyrack_inventory::model::Property;
use keyrack_inventory::share::{Holder, Totals};
use keyrack_inventory::{
    Catalogue, Cell, Command, CommandId, DeskId, GuestId, Instant, Night, Outcome, Refusal, TextId,
};
use keyrack_wire::{
    Again, Answer, Answered, Body, Cursor, Enrol, Enrolled, Fault, Fed, FedEvent, Genesis, Grant,
    Granted, Guest, Hash, Label, Line, List, Notice, Page, Parked, Protocol, Pull, Push, Pushed,
    Queued, Renew, Renewed, Rest, RightUse, Sealed, Secret, Slot, Snapshot, Standing, Taken, Text,
    Trail, Unsealed,
};
use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use uuid::Uuid;

fn holder() -> Holder {
    let desk = DeskId(Uuid::from_u128(2));
    Holder { desk, epoch: 3 }
}

fn id() -> CommandId {
    CommandId(Uuid::from_u128(1))
}

fn label(text: &str) -> Label {
    Label::try_from(text.to_owned()).unwrap()
}

fn secret(text: &str) -> Secret {
    Secret::try_from(text.to_owned()).unwrap()
}

fn night(text: &str) -> Night {
    text.parse().unwrap()
}

fn list<T: Debug, const MOST: usize>(entries: Vec<T>) -> List<T, MOST> {
    List::try_from(entries).unwrap()
}

fn queued() -> Queued {
    let totals = Totals {
        granted: 5,
        consumed: 2,
        returned: 1,
    };
    Queued {
        id: id(),
        desk: holder().desk,
        epoch: holder().epoch,
        seq: 7,
        prev_hash: Hash::NONE,
        version: Queued::VERSION,
        kind: label("open_nights"),
        payload: json!({"kind": "open_nights", "from": "2026-12-24", "to": "2026-12-26"}),
        actor: label("Ana"),
        request: Uuid::from_u128(9),
        reason: None,
        override_text: None,
        seen: 11,
        instant: Instant::from_millis(1_766_000_000_000),
        business_date: night("2026-12-20"),
        outcome: Standing::Settled {
            outcome: Outcome::Nights { opened: 2 },
        },
        rights: list(vec![
            RightUse::new("A".parse().unwrap(), night("2026-12-24"), totals).unwrap(),
        ]),
        again: None,
    }
}

fn parked() -> Slot {
    Slot::Parked(Parked {
        seq: 8,
        id: id(),
        hash: Hash([0xab; 32]),
        parked: label("malformed"),
        rights: queued().rights,
        epoch: None,
    })
}

fn snapshot() -> Snapshot {
    let property = Property {
        code: "H1".parse().unwrap(),
        name: "Hotel".parse().unwrap(),
        time_zone: "Europe/Lisbon".parse().unwrap(),
        currency: "EUR".parse().unwrap(),
        business_date: night("2026-12-20"),
        tentative_takes_none: false,
    };
    let cell = Cell {
        physical: 10,
        sold: 1,
        version: 2,
        ..Cell::default()
    };
    Snapshot {
        protocol: Protocol,
        cursor: Cursor {
            epoch: 2,
            number: 12,
        },
        chain: Some(Hash([3; 32])),
        began: Some(10),
        day_ended: Some(Instant::from_millis(1_767_225_600_000)),
        holder: holder(),
        acked_seq: 7,
        stored: list(vec![id()]),
        refused: list(vec![CommandId(Uuid::from_u128(8))]),
        catalogue: Catalogue {
            property,
            desk: "A".to_owned(),
            room_types: Vec::new(),
        },
        cells: list(vec![CellRow {
            room_type: "A".parse().unwrap(),
            night: night("2026-12-24"),
            cell,
        }]),
        house: List::default(),
        reservations: List::default(),
        holds: List::default(),
        outages: List::default(),
        allotments: List::default(),
        guests: list(vec![guest()]),
        texts: list(vec![text()]),
        erased: list(vec![Uuid::from_u128(6)]),
    }
}

fn pushed() -> Pushed {
    let answered = |seq, result| Answered {
        seq,
        id: id(),
        hash: Hash([0xab; 32]),
        result,
    };
    let unknown = Refusal::UnknownRoomType { id: "X".to_owned() };
    Pushed {
        protocol: Protocol,
        answers: list(vec![
            answered(
                7,
                Answer::Applied {
                    outcome: Outcome::Done,
                },
            ),
            answered(
                8,
                Answer::Refused {
                    refusal: unknown.clone(),
                },
            ),
            answered(
                9,
                Answer::Parked {
                    reason: label("storage"),
                },
            ),
            answered(
                10,
                Answer::Kept {
                    outcome: Outcome::Done,
                    refusal: unknown,
                },
            ),
        ]),
        acked_seq: 10,
        trail: trail(),
    }
}

fn trail() -> Trail {
    Trail {
        number: 12,
        hash: Hash([4; 32]),
    }
}

fn guest() -> Guest {
    let line = |text: &str| Line::try_from(text.to_owned()).unwrap();
    Guest {
        id: GuestId(Uuid::from_u128(4)),
        name: line("Ana Sousa"),
        phone: Some(line("+351 21 000 000")),
        email: None,
    }
}

fn text() -> Text {
    Text {
        id: TextId(Uuid::from_u128(5)),
        body: Body::try_from("late arrival".to_owned()).unwrap(),
    }
}

fn fed_event(payload: &str) -> FedEvent {
    FedEvent {
        name: label("business_date_set"),
        version: 1,
        payload: payload.to_owned(),
    }
}

fn page() -> Page {
    let payload = r#"{"before":"2026-12-20","after":"2026-12-21"}"#;
    let grant = Grant {
        room_type: "A".parse().unwrap(),
        night: night("2026-12-24"),
        granted: 5,
        keep: 3,
    };
    Page {
        protocol: Protocol,
        entries: list(vec![Fed {
            number: 12,
            id: id(),
            desk: label("A"),
            actor: label("Ana"),
            at: Instant::from_millis(1_766_000_000_000),
            business_date: night("2026-12-20"),
            request: Uuid::from_u128(9),
            kind: label("set_business_date"),
            payload: json!({"kind": "set_business_date", "date": "2026-12-21"}),
            outcome: Outcome::Done,
            reason: None,
            override_text: None,
            events: vec![fed_event(payload)],
        }]),
        guests: list(vec![guest()]),
        texts: list(vec![text()]),
        erased: list(vec![Uuid::from_u128(6)]),
        cursor: Cursor {
            epoch: 1,
            number: 12,
        },
        chain: Some(Hash([3; 32])),
        rest: Some(Rest {
            trail: trail(),
            grants: list(vec![grant]),
            granted: granted(),
            acked_seq: 9,
        }),
    }
}

fn granted() -> Granted {
    Granted {
        number: 5,
        chain: Hash([4; 32]),
    }
}

/// Compares with the sample that was kept, both ways, and tries the message with a field too many
/// in each of its objects.
fn kept<T: Serialize + DeserializeOwned + PartialEq + Debug>(name: &str, message: &T) {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/{name}.json"));
    let written = serde_json::to_string_pretty(message).unwrap() + "\n";
    if std::env::var("KEYRACK_GOLDEN").is_ok_and(|value| value == "write") {
        std::fs::write(&file, &written).unwrap();
    }
    let golden = std::fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(written, golden, "{name}: what is spoken has changed");
    assert_eq!(
        &serde_json::from_str::<T>(&golden).unwrap(),
        message,
        "{name}"
    );
    let value: Value = serde_json::from_str(&golden).unwrap();
    for path in objects(&value, "") {
        // What a command carries is the inventory's, read by its version and not here.
        if path.contains("/payload") || path.ends_with("/outcome") || path.ends_with("/refusal") {
            continue;
        }
        let mut more = value.clone();
        let object = more.pointer_mut(&path).unwrap().as_object_mut().unwrap();
        object.insert("surplus".to_owned(), Value::Null);
        let read = serde_json::from_value::<T>(more);
        assert!(
            read.is_err(),
            "{name}: a field too many is read at \"{path}\""
        );
    }
}

fn objects(value: &Value, path: &str) -> Vec<String> {
    let own = value.is_object().then(|| path.to_owned());
    let below: Vec<String> = match value {
        Value::Object(fields) => {
            let fields = fields.iter();
            fields
                .flat_map(|(key, value)| objects(value, &format!("{path}/{key}")))
                .collect()
        }
        Value::Array(values) => {
            let values = values.iter().enumerate();
            values
                .flat_map(|(at, value)| objects(value, &format!("{path}/{at}")))
                .collect()
        }
        _ => Vec::new(),
    };
    own.into_iter().chain(below).collect()
}

#[test]
fn every_message_is_spoken_as_its_golden_sample() {
    let cursor = Cursor {
        epoch: 1,
        number: 12,
    };
    kept(
        "enrol",
        &Enrol {
            protocol: Protocol,
            code: secret("ABCD-EFGH-JKLM-NPQR"),
            name: label("Front desk 2"),
            fingerprint: secret("3f9a1c0d5e7b2468"),
            has_history: true,
            desk: None,
        },
    );
    kept(
        "renew",
        &Renew {
            protocol: Protocol,
            next: secret("7c0b1d2e3f405162738495a6b7c8d9e0"),
        },
    );
    kept("renewed", &Renewed { protocol: Protocol });
    kept(
        "enrolled",
        &Enrolled {
            protocol: Protocol,
            property: label("resort"),
            holder: holder(),
            letters: label("B"),
            token: secret("q3VdT0k9-Zp1_sWxYb7LmA"),
            cursor,
        },
    );
    kept("queued", &queued());
    kept(
        "asking",
        &Queued {
            outcome: Standing::Asking {
                outcome: Some(Outcome::Done),
            },
            ..queued()
        },
    );
    assert_eq!(queued().notice(), None);
    for (name, notice) in [
        ("returned", Notice::ReturnShare {}),
        ("let_go", Notice::LetGo { command: id() }),
        (
            "erase",
            Notice::Erase {
                ids: list(vec![Uuid::from_u128(4), Uuid::from_u128(5)]),
            },
        ),
        ("close_epoch", Notice::CloseEpoch { epoch: 2 }),
    ] {
        let told = Queued {
            kind: label(notice.kind()),
            payload: serde_json::to_value(&notice).unwrap(),
            ..queued()
        };
        assert_eq!(told.notice(), Some(notice));
        kept(name, &told);
    }
    kept(
        "push",
        &Push {
            protocol: Protocol,
            holder: holder(),
            trail: Some(trail()),
            commands: list(vec![Slot::Command(queued().seal().unwrap()), parked()]),
            guests: list(vec![guest()]),
            texts: list(vec![text()]),
        },
    );
    kept("pushed", &pushed());
    kept(
        "pull",
        &Pull {
            protocol: Protocol,
            holder: holder(),
            after: cursor,
            chain: Some(Hash([3; 32])),
            trail: Some(trail()),
            granted: Some(granted()),
            waiting: 2,
        },
    );
    let again = Some(Again {
        epoch: 2,
        sure: true,
    });
    kept("again", &Queued { again, ..queued() });
    kept("snapshot", &snapshot());
    kept("page", &page());
    kept(
        "genesis",
        &Genesis {
            protocol: Protocol,
            entries: page().entries,
            guests: page().guests,
            texts: page().texts,
            last: true,
        },
    );
    let number = 12;
    let protocol = Protocol;
    kept("taken", &Taken { protocol, number });
    kept(
        "page_with_more_to_come",
        &Page {
            rest: None,
            ..page()
        },
    );
}

#[test]
fn every_fault_is_spoken_as_its_golden_sample() {
    let faults = [
        ("malformed", Fault::Malformed {}),
        ("too_large", Fault::TooLarge {}),
        ("unauthorised", Fault::Unauthorised {}),
        ("code_not_valid", Fault::CodeNotValid {}),
        ("gap", Fault::Gap { expected: 8 }),
        ("restored", Fault::Restored {}),
        ("fork", Fault::Fork { seq: 7 }),
        ("epoch_over", Fault::EpochOver { current: 4 }),
        ("exists_twice", Fault::ExistsTwice {}),
        (
            "cursor_gone",
            Fault::CursorGone {
                from: Cursor {
                    epoch: 1,
                    number: 900,
                },
            },
        ),
        ("not_empty", Fault::NotEmpty {}),
        ("busy", Fault::Busy {}),
    ];
    for (code, fault) in faults {
        let value = serde_json::to_value(fault).unwrap();
        assert_eq!(value["code"], code);
        kept(&format!("fault_{code}"), &fault);
    }
}

#[test]
fn a_sealed_command_keeps_its_bytes_and_its_hash() {
    let sealed = queued().seal().unwrap();
    let sent = serde_json::to_string(&sealed).unwrap();
    let back: Sealed = serde_json::from_str(&sent).unwrap();
    assert_eq!(
        (back.as_str(), back.hash()),
        (sealed.as_str(), sealed.hash())
    );
    assert_eq!(back.open().unwrap(), queued());
    assert_eq!(queued().holder(), holder());
    let nights = Command::OpenNights {
        from: night("2026-12-24"),
        to: night("2026-12-26"),
    };
    assert_eq!(queued().command().unwrap(), nights);
    let other = Queued { seq: 8, ..queued() }.seal().unwrap();
    assert_ne!(other.hash(), sealed.hash());
    assert_eq!(sealed.hash().to_string().parse(), Ok(sealed.hash()));
    // Written with other spaces it is another text, so the hash is not one of its meaning.
    let spaced = serde_json::to_string_pretty(&queued()).unwrap();
    let spaced = Sealed::try_from(spaced).unwrap();
    assert_eq!(spaced.open().unwrap(), queued());
    assert_ne!(spaced.hash(), sealed.hash());
}

#[test]
fn a_command_of_another_version_or_kind_is_not_read_as_this_one() {
    let newer = Queued {
        version: 2,
        ..queued()
    };
    assert!(matches!(newer.command(), Err(Unsealed::Version(2))));
    let other = Queued {
        kind: label("reserve"),
        ..queued()
    };
    assert!(matches!(other.command(), Err(Unsealed::Kind)));
    let broken = Queued {
        payload: json!({"kind": "open_nights"}),
        ..queued()
    };
    assert!(matches!(broken.command(), Err(Unsealed::Malformed(_))));
    let large = Queued {
        payload: json!("x".repeat(300_000)),
        ..queued()
    };
    assert!(matches!(large.seal(), Err(Unsealed::TooLarge(_))));
}

#[test]
fn a_page_gives_its_events_and_stops_at_one_it_does_not_know() {
    let fed = page().entries.into_vec().remove(0).events.remove(0);
    assert_eq!(fed.event().unwrap().event_type(), "business_date_set");
    let newer = FedEvent {
        version: 99,
        ..fed.clone()
    };
    assert!(newer.event().is_err());
    let unknown = FedEvent {
        name: label("room_painted"),
        ..fed
    };
    assert!(unknown.event().is_err());
}

#[test]
fn what_is_out_of_bounds_is_not_read() {
    let with = |message: Value, path: &str, value: Value| {
        let mut message = message;
        *message.pointer_mut(path).unwrap() = value;
        message
    };
    let queued = serde_json::to_value(queued()).unwrap();
    let entry = queued["rights"][0].clone();
    let table = [
        ("/prev_hash", json!("00")),
        ("/prev_hash", json!("AB".repeat(32))),
        ("/prev_hash", json!("zz".repeat(32))),
        ("/kind", json!("")),
        ("/actor", json!("a".repeat(65))),
        ("/actor", json!("a\u{7}")),
        ("/seq", json!(-1)),
        ("/epoch", json!(4_294_967_296_u64)),
        ("/business_date", json!("2026-02-30")),
        ("/rights/0/totals/consumed", json!(5)),
        (
            "/rights",
            json!(vec![entry; keyrack_wire::RIGHTS_AT_MOST + 1]),
        ),
    ];
    for (path, value) in table {
        let bad = with(queued.clone(), path, value);
        assert!(serde_json::from_value::<Queued>(bad).is_err(), "{path}");
    }
    let push = json!({"protocol": 1, "holder": holder(), "guests": [], "texts": [], "commands": vec![""; 201]});
    let fewer = with(push.clone(), "/commands", json!(vec![""; 200]));
    assert!(serde_json::from_value::<Push>(fewer.clone()).is_ok());
    assert!(serde_json::from_value::<Push>(push).is_err());
    let newer = with(fewer, "/protocol", json!(2));
    let why = serde_json::from_value::<Push>(newer)
        .unwrap_err()
        .to_string();
    assert!(why.contains("protocol 2 is not spoken here, 1 is"), "{why}");
    for text in ["short", "with spaces in it, long", &"x".repeat(129)] {
        let read = serde_json::from_value::<Secret>(json!(text));
        let why = read.unwrap_err().to_string();
        assert!(!why.contains(text), "a secret is told: {why}");
    }
    assert_eq!(format!("{:?}", secret("q3VdT0k9-Zp1_sWxYb7LmA")), "Secret");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn garbled_bytes_are_refused_or_read_and_never_a_panic(
        message in 0_usize..3, flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)
    ) {
        let text = match message {
            0 => queued().seal().unwrap().as_str().to_owned(),
            1 => serde_json::to_string(&page()).unwrap(),
            _ => serde_json::to_string(&pushed()).unwrap(),
        };
        let mut bytes = text.into_bytes();
        for (at, byte) in flips {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Ok(queued) = serde_json::from_slice::<Queued>(&bytes) {
            let again = queued.seal().unwrap().open().unwrap();
            prop_assert_eq!(again, queued.clone());
            drop(queued.command());
        }
        if let Ok(page) = serde_json::from_slice::<Page>(&bytes) {
            page.entries.as_slice().iter().flat_map(|fed| &fed.events).for_each(|event| drop(event.event()));
        }
        drop(serde_json::from_slice::<Pushed>(&bytes));
    }
}
