//! What a writer remembers between transactions is what was committed.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::Duration;

use keyrack_inventory::command::{NewStay, Reserve};
use keyrack_inventory::model::StayRequest;
use keyrack_inventory::{Command, CommandId, Instant, Refusal};
use keyrack_store::{Creation, Envelope, Store, StoreError};
use uuid::Uuid;

fn envelope(command: Command) -> Envelope {
    let id = Uuid::now_v7();
    let now: Instant = "2026-06-01T07:00:00Z".parse().unwrap();
    Envelope {
        command_id: CommandId(id),
        request_hash: [1; 32],
        request_id: id,
        actor: "Iris".to_owned(),
        now,
        if_version: None,
        override_text: None,
        command,
        reason: None,
        causation: None,
        gives_back: false,
        guests: Vec::new(),
        texts: Vec::new(),
    }
}

fn rename(name: &str) -> Envelope {
    envelope(Command::RenameRoomType {
        code: "A".parse().unwrap(),
        name: name.parse().unwrap(),
    })
}

fn reserve() -> Envelope {
    let request = StayRequest {
        room_type: "A".parse().unwrap(),
        arrival: "2026-06-13".parse().unwrap(),
        departure: "2026-06-14".parse().unwrap(),
        rooms: 1,
    };
    envelope(Command::Reserve(Reserve {
        stays: vec![NewStay {
            request,
            price: None,
            cost: None,
            assigned: None,
        }],
        ..Reserve::default()
    }))
}

#[test]
fn what_was_read_in_a_transaction_that_was_taken_back_is_forgotten() {
    let ends: [fn() -> StoreError; 3] = [
        || StoreError::Busy { waited_ms: 1 },
        || StoreError::Unsafe("for the test".to_owned()),
        || panic!("for the test"),
    ];
    for end in ends {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let stored = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files/schema_1.keyrack");
        std::fs::copy(stored, &path).unwrap();
        let open = || Store::open(&path, Creation::MustExist, Duration::from_secs(5)).unwrap();
        let (first, second) = (open(), open());
        let taken_back = catch_unwind(AssertUnwindSafe(|| {
            first.write::<()>(|batch| {
                assert!(batch.apply(&rename("Loft"))?.result.is_ok());
                // Reads the renamed type, and would keep it.
                assert!(batch.apply(&reserve())?.result.is_ok());
                Err(end())
            })
        }));
        assert!(taken_back.map_or(true, |result| result.is_err()));
        // Another process moves the catalogue on by as much.
        let stop = envelope(Command::StopRoomType {
            code: "A".parse().unwrap(),
        });
        assert!(second.apply(&stop).unwrap().result.is_ok());
        let refused = first.apply(&reserve()).unwrap().result;
        assert!(
            matches!(refused, Err(Refusal::Restricted { .. })),
            "sold by what was taken back: {refused:?}"
        );
        assert!(first.verify().unwrap().ok);
    }
}
