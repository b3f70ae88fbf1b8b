//! A cell as it was: at every instant of a busy file, what is explained of it later is what was
//! explained of it then, line by line.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::Path;
use std::time::Duration;

use keyrack_desk::answers::CellPanel;
use keyrack_desk::api::CellRequest;
use keyrack_desk::{Clock, Desk, Options, property_file};
use keyrack_inventory::{Command, CommandId, Instant, Night, Pool};
use keyrack_store::{Creation, Envelope, Store};
use serde_json::json;
use uuid::Uuid;

const STEPS: usize = 70;
const NIGHTS: i32 = 7;

fn day(number: i32) -> Night {
    "2026-06-01".parse::<Night>().unwrap().plus(number)
}

fn seed() -> u64 {
    match std::env::var("KEYRACK_SEED") {
        Ok(given) => given.parse().unwrap(),
        Err(_) => u64::from_le_bytes(Uuid::now_v7().as_bytes()[8..].try_into().unwrap()),
    }
}

/// Numbers that look random, and how many reservations, holds and outages there are.
struct Chance {
    state: u64,
    made: [usize; 3],
}

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        let next = self.state.wrapping_mul(6_364_136_223_846_793_005);
        self.state = next.wrapping_add(1_442_695);
        usize::try_from(self.state >> 33).unwrap() % most
    }

    /// One of the last few of a kind, and now and then one that is not there.
    fn late(&mut self, kind: usize) -> usize {
        (self.made[kind] + 1).saturating_sub(self.below(5)).max(1)
    }

    fn note(&mut self, object: &str) {
        let kind =
            usize::from(object.starts_with("A-H")) + 2 * usize::from(object.starts_with("A-O"));
        let number = object
            .trim_start_matches(|c: char| !c.is_ascii_digit())
            .parse();
        self.made[kind] = self.made[kind].max(number.unwrap_or(0));
    }

    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }

    fn stay(&mut self) -> serde_json::Value {
        let arrival = i32::try_from(self.below(5)).unwrap();
        let departure = arrival + 1 + i32::try_from(self.below(3)).unwrap();
        json!({
            "room_type": self.of(&["A", "B"]), "arrival": day(arrival), "departure": day(departure),
            "rooms": 1 + self.below(2),
        })
    }

    /// A command that often goes through; what it names may not be there.
    fn command(&mut self) -> Command {
        let reservation = format!("A{}", self.late(0));
        let stay = format!("{reservation}/{}", 1 + self.below(2));
        let hold = format!("A-H{}", self.late(1));
        let (one, other) = (self.stay(), self.stay());
        let value = match self.below(25) {
            0..=5 => json!({
                "kind": "reserve", "stays": [{"request": one}, {"request": other}],
                "details": {"adults": 2, "children": 0}, "tentative": self.below(4) == 0,
            }),
            6..=9 => json!({
                "kind": "transition", "ids": [reservation],
                "transition": self.of(&["confirm", "check_in", "check_out", "reverse_check_in",
                    "reverse_check_out", "cancel", "no_show", "reinstate"]),
            }),
            10 => json!({"kind": "amend", "id": stay, "stays": [one]}),
            11 => json!({"kind": "split", "id": stay}),
            12 => json!({
                "kind": "move_night", "id": stay, "night": one["arrival"],
                "room_type": other["room_type"],
            }),
            13..=14 => {
                json!({"kind": "place_hold", "stays": [one], "minutes": 5 + self.below(50)})
            }
            15 => json!({"kind": "extend_hold", "id": hold, "minutes": 1 + self.below(40)}),
            16 => json!({"kind": "release_hold", "id": hold}),
            17 => json!({
                "kind": "convert_hold", "id": hold, "details": {"adults": 1, "children": 0},
            }),
            18 => json!({
                "kind": "add_outage", "room_type": one["room_type"], "from": one["arrival"],
                "back_on": one["departure"], "rooms": 1, "service": self.below(2) == 0,
            }),
            19 => json!({
                "kind": "end_outage", "id": format!("A-O{}", self.late(2)), "on": one["arrival"],
            }),
            20..=21 => json!({"kind": "undo"}),
            22 => json!({
                "kind": "set_limits", "from": one["arrival"], "to": one["departure"],
                "room_type": (self.below(2) == 0).then(|| one["room_type"].clone()),
                "overbooking": self.below(5),
            }),
            _ => json!({"kind": "extend_hold", "id": hold, "minutes": 1 + self.below(60)}),
        };
        serde_json::from_value(value).unwrap()
    }
}

fn at(path: &Path, now: Instant) -> Desk {
    let mut options = Options::new(path, "Iris");
    options.clock = Clock::Fixed(now);
    Desk::open(&options).unwrap()
}

/// Every cell and the house over the nights. What a guest may be moved to is of its day alone.
fn panels(look: impl Fn(&CellRequest) -> CellPanel) -> Vec<CellPanel> {
    let mut found = Vec::new();
    for number in 0..NIGHTS {
        for pool in ["A", "B", "house"] {
            let room_type: Pool = pool.parse().unwrap();
            let mut panel = look(&CellRequest {
                room_type,
                night: day(number),
            });
            panel.upgrades.clear();
            found.push(panel);
        }
    }
    found
}

fn envelope(command: Command, now: Instant) -> Envelope {
    let id = Uuid::now_v7();
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

#[test]
fn at_every_instant_a_cell_is_explained_later_as_it_was_then() {
    let seed = seed();
    println!("KEYRACK_SEED={seed}");
    let mut chance = Chance {
        state: seed,
        made: [0; 3],
    };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("past.db");
    let property = folder.path().join("property.toml");
    std::fs::write(
        &property,
        "name = \"H\"\ncode = \"H\"\ntime_zone = \"UTC\"\ncurrency = \"EUR\"\n\
         business_date = \"2026-06-01\"\n[[room_type]]\ncode = \"A\"\nname = \"A\"\nrooms = 9\n\
         [[room_type]]\ncode = \"B\"\nname = \"B\"\nrooms = 6\noverbooking = 1\n",
    )
    .unwrap();
    let new = property_file::read(&property).unwrap();
    let mut now: Instant = "2026-06-01T08:00:00Z".parse().unwrap();
    let mut options = Options::new(&path, "Iris");
    options.clock = Clock::Fixed(now);
    Desk::create(&options, &new, None, Uuid::now_v7()).unwrap();
    let store = Store::open(&path, Creation::MustExist, Duration::from_secs(5)).unwrap();
    let mut then = Vec::new();
    let mut accepted = 0;
    for _ in 0..STEPS {
        now = Instant::from_millis(now.millis() + 1_000 + 1_000 * chance.below(600) as i64);
        let command = chance.command();
        let applied = store.apply(&envelope(command, now)).unwrap();
        accepted += usize::from(applied.result.is_ok());
        if applied.result.is_ok() {
            chance.note(&applied.object);
        }
        // At once, and when some holds may be past their time though nobody swept.
        for later in [0, 400_000] {
            let instant = Instant::from_millis(now.millis() + later);
            then.push((
                instant,
                panels(|cell| at(&path, instant).cell(cell).unwrap()),
            ));
        }
        now = Instant::from_millis(now.millis() + 400_000);
    }
    assert!(
        accepted > STEPS / 5,
        "KEYRACK_SEED={seed}: {accepted} of {STEPS} went through"
    );
    let desk = at(&path, now);
    assert!(desk.verify().unwrap().ok);
    for (instant, expected) in then {
        let found = panels(|cell| desk.cell_at(cell, instant).unwrap());
        for (found, expected) in found.iter().zip(&expected) {
            assert_eq!(found, expected, "KEYRACK_SEED={seed} at {instant}");
        }
    }
}

#[test]
fn before_it_was_opened_a_night_is_not_open() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("past.db");
    let new = property_file::read(Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../samples/resort_hotel.toml"
    )))
    .unwrap();
    let made: Instant = "2026-06-01T08:00:00Z".parse().unwrap();
    let mut options = Options::new(&path, "Iris");
    options.clock = Clock::Fixed(made);
    let (desk, _) = Desk::create(&options, &new, None, Uuid::now_v7()).unwrap();
    let night = new.business_date.plus(3);
    let request = CellRequest {
        room_type: "A".parse().unwrap(),
        night,
    };
    let earlier = Instant::from_millis(made.millis() - 1);
    let refused = desk.cell_at(&request, earlier).unwrap_err();
    assert_eq!(refused.body().code, "invalid_stay", "{refused:?}");
    assert_eq!(desk.cell_at(&request, made).unwrap().counts.sold, 0);
}
