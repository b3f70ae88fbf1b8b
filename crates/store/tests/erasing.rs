//! What SQLite leaves behind of a row that moved is gone after an erasure, too.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::Path;
use std::time::Duration;

use keyrack_inventory::{GuestId, Instant};
use keyrack_store::{Act, Creation, Store};
use rusqlite::{Connection, params};
use uuid::Uuid;

const WAIT: Duration = Duration::from_secs(5);
const CANARY: &str = "Quillfeather Quillfeather Quillfeather";

/// Numbers that look like chance and are the same each time.
struct Seed(u64);

impl Seed {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn among(&mut self, from: u64, to: u64) -> usize {
        usize::try_from(from + self.next() % (to - from)).unwrap()
    }

    fn id(&mut self) -> Uuid {
        Uuid::from_u64_pair(self.next(), self.next())
    }
}

/// How often the canary stands in the file.
fn copies(path: &Path) -> usize {
    let bytes = std::fs::read(path).unwrap();
    let at = |window: &&[u8]| *window == CANARY.as_bytes();
    bytes.windows(CANARY.len()).filter(at).count()
}

/// Texts of all lengths among which the guest's is written, so that pages split around it.
fn fill(path: &Path, seed: &mut Seed, guest: Uuid) {
    let connection = Connection::open(path).unwrap();
    connection
        .execute_batch("PRAGMA secure_delete = ON; PRAGMA synchronous = OFF;")
        .unwrap();
    let write = |id: Uuid, body: &str| {
        let sql = "INSERT INTO free_text (id, body) VALUES (?1, ?2)";
        connection
            .execute(sql, params![id.as_bytes(), body])
            .unwrap();
    };
    for _ in 0..seed.among(20, 60) {
        write(seed.id(), &"x".repeat(seed.among(20, 400)));
    }
    let notes = seed.id();
    write(notes, CANARY);
    for _ in 0..seed.among(3, 40) {
        write(seed.id(), &"y".repeat(seed.among(20, 900)));
    }
    connection
        .execute(
            "INSERT INTO guest (id, name) VALUES (?1, 'Somebody')",
            [guest.as_bytes()],
        )
        .unwrap();
    connection
        .execute(
            "INSERT INTO reservation (id, number, version, created_at, status, guest, adults,
                children, notes) VALUES (?1, 'A1', 1, 0, 'confirmed', ?2, 1, 0, ?3)",
            params![seed.id().as_bytes(), guest.as_bytes(), notes.as_bytes()],
        )
        .unwrap();
}

#[test]
fn a_copy_that_a_split_page_kept_of_a_text_goes_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().join("empty.db");
    drop(Store::open(&empty, Creation::Create, WAIT).unwrap());
    let mut seed = Seed(0x9E37_79B9_7F4A_7C15);
    let (mut kept, mut tried) = (0, 0);
    while kept < 3 {
        tried += 1;
        assert!(
            tried < 1_000,
            "no split page kept a copy: is this still so?"
        );
        let path = folder.path().join(format!("{tried}.db"));
        std::fs::copy(&empty, &path).unwrap();
        let guest = seed.id();
        fill(&path, &mut seed, guest);
        if copies(&path) < 2 {
            continue;
        }
        kept += 1;
        let store = Store::open(&path, Creation::MustExist, WAIT).unwrap();
        let act = Act::new("admin", "guest_erased", guest, Instant::from_millis(0));
        let erased = store.erase_guest(GuestId(guest), act).unwrap();
        assert_eq!((erased.guest, erased.texts), (true, 1));
        drop(store);
        assert_eq!(copies(&path), 0, "seed {tried}");
    }
}
