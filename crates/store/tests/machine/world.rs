//! A hotel in a file. What sequences look at is read from the file's rows after every command.

use std::path::Path;
use std::time::Duration;

use keyrack_inventory::model::{Property, RoomType, RoomTypeStatus};
use keyrack_inventory::state::Counters;
use keyrack_inventory::{
    Command, CommandId, Decision, Event, Instant, Night, NightRange, Reference, Refusal,
    RoomTypeCode, State,
};
use keyrack_store::{Creation, Envelope, ReservationFilter, Store};
use tempfile::TempDir;
use uuid::Uuid;

/// What a caller may give beside a command.
#[derive(Clone, Copy, Debug, Default)]
pub struct With {
    pub if_version: Option<i64>,
    pub override_given: bool,
}

/// A command that was run.
#[derive(Clone, Debug)]
pub struct Ran {
    pub id: CommandId,
    pub accepted: bool,
    pub events: Vec<Event>,
}

pub struct World {
    pub state: State,
    pub now: Instant,
    pub log: Vec<Ran>,
    store: Store,
    _folder: TempDir,
}

/// The business date of every test's first day, which scripts call day 1.
pub fn day(number: i32) -> Night {
    "2017-06-01".parse::<Night>().unwrap().plus(number - 1)
}

pub fn code(text: &str) -> RoomTypeCode {
    text.parse().unwrap()
}

pub fn room_type(text: &str, rank: u32, rooms: i32, overbooking: i32) -> RoomType {
    RoomType {
        code: code(text),
        name: text.parse().unwrap(),
        rank,
        rooms,
        overbooking,
        life: RoomTypeStatus::OnSale,
    }
}

pub fn hotel() -> Property {
    Property {
        code: "H1".parse().unwrap(),
        name: "Hotel".parse().unwrap(),
        time_zone: "Europe/Lisbon".parse().unwrap(),
        currency: "EUR".parse().unwrap(),
        business_date: day(1),
        tentative_takes_none: false,
    }
}

/// A folder in memory where there is one: thousands of files, each synced as in earnest.
fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    match memory.is_dir() {
        true => tempfile::tempdir_in(memory).unwrap(),
        false => tempfile::tempdir().unwrap(),
    }
}

impl World {
    pub fn new(room_types: Vec<RoomType>) -> Self {
        let folder = folder();
        let path = folder.path().join("machine.db");
        let store = Store::open(&path, Creation::Create, Duration::from_secs(5)).unwrap();
        let mut world = Self {
            state: State::slice(None, Counters::default()),
            now: "2017-06-01T12:00:00Z".parse().unwrap(),
            log: Vec::new(),
            store,
            _folder: folder,
        };
        let opened = Command::OpenProperty {
            property: hotel(),
            room_types,
        };
        world.run(&opened, With::default()).unwrap();
        world
    }

    /// A file is of one desk.
    pub fn sit_down_at(&mut self, letters: &str) {
        panic!("this file is not of the desk {letters}");
    }

    /// Runs the command through the store's door, now and then twice.
    pub fn run(&mut self, command: &Command, with: With) -> Result<Decision, Refusal> {
        let serial = u128::try_from(self.log.len()).unwrap();
        let id = Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + serial);
        let mut hash = [0; 32];
        hash[..16].copy_from_slice(id.as_bytes());
        let text = Uuid::from_u128(u128::MAX - serial);
        let envelope = Envelope {
            command_id: CommandId(id),
            request_hash: hash,
            request_id: id,
            actor: "Iris".to_owned(),
            now: self.now,
            if_version: with.if_version,
            override_text: with.override_given.then_some(text.into()),
            command: command.clone(),
            reason: None,
            causation: None,
            gives_back: false,
            guests: Vec::new(),
            texts: Vec::new(),
        };
        let before = self.head();
        let applied = self.store.apply(&envelope).unwrap();
        assert!(!applied.repeated);
        let events = self.events_after(before);
        if serial % 7 == 3 {
            let again = self.store.apply(&envelope).unwrap();
            assert!(again.repeated, "{command:?}");
            assert_eq!(again.result, applied.result, "{command:?}");
            assert_eq!(self.events_after(before), events, "{command:?} came twice");
        }
        self.look();
        self.log.push(Ran {
            id: CommandId(id),
            accepted: applied.result.is_ok(),
            events: events.clone(),
        });
        applied.result.map(|outcome| Decision { events, outcome })
    }

    /// Sequences only do what commands do.
    pub fn happen(&mut self, event: &Event) {
        panic!("no command makes {event:?} happen");
    }

    fn head(&self) -> i64 {
        self.store.read(|reader| reader.head()).unwrap()
    }

    fn events_after(&self, since: i64) -> Vec<Event> {
        let filter = keyrack_store::EventFilter {
            since,
            ..Default::default()
        };
        let mut events = Vec::new();
        let read = self.store.read(|reader| {
            reader.events(&filter, |entry| {
                events.push(entry.event);
                Ok(std::ops::ControlFlow::Continue(()))
            })
        });
        read.unwrap();
        events
    }

    /// Reads what stands in the file now.
    fn look(&mut self) {
        let nights = NightRange::new(day(1), day(42));
        let state = self.store.read(|reader| {
            let catalogue = reader.catalogue()?;
            let mut state = State::slice(Some(catalogue.clone()), Counters::default());
            for room_type in &catalogue.room_types {
                let mut cells = Vec::new();
                reader.each_cell(room_type.code, nights, |night, cell| {
                    cells.push((night, cell));
                })?;
                state.put_cells(room_type.code, nights, cells.into_iter());
            }
            let limits = reader.house_limits(nights)?;
            state.put_house_limits(nights, limits.into_iter());
            let everything = ReservationFilter {
                limit: 1_000,
                ..Default::default()
            };
            let ids = reader.reservations(&everything)?.ids;
            for one in reader.reservations_by_id(&ids)? {
                state.put_reservation(&Reference::Id(one.id), Some(one));
            }
            for entry in reader.allotments(true)? {
                let id = Reference::Id(entry.allotment.id);
                state.put_allotment(&id, Some(entry.allotment));
            }
            Ok(state)
        });
        self.state = state.unwrap();
    }
}

impl Drop for World {
    /// At the end of its sequence every file verifies.
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let verified = self.store.verify().unwrap();
            assert!(verified.ok, "the file does not verify: {verified:#?}");
        }
    }
}
