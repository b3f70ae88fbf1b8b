//! A desk that books and cancels without a pause, and says what is durable, as a line a command on
//! standard output. Tests kill it, or let several work at one file for a while.
//!
//! `busy-desk FILE SEED` runs until it is killed; `busy-desk FILE SEED SECONDS` ends by itself, and
//! its last line has how long it waited for the lock each time, in microseconds.

use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant as Timer, SystemTime, UNIX_EPOCH};

use keyrack_inventory::command::{NewStay, Reserve};
use keyrack_inventory::model::{BookingDetails, StayRequest};
use keyrack_inventory::{
    Command, CommandId, GuestId, Instant, Night, Outcome, Reference, ReservationId, StayReference,
    Transition,
};
use keyrack_store::{Creation, Envelope, GuestRow, Store};
use uuid::Uuid;

/// Nights over which the bookings are spread.
const NIGHTS: u64 = 40;
/// Every so many commands one cancels the last booking.
const CANCEL_EVERY: u64 = 4;

type Outcomes = Result<(), Box<dyn Error>>;

fn main() -> Outcomes {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (file, seed, seconds) = match arguments.as_slice() {
        [file, seed] => (file, seed.parse()?, None),
        [file, seed, seconds] => (file, seed.parse()?, Some(seconds.parse()?)),
        _ => return Err("busy-desk FILE SEED [SECONDS]".into()),
    };
    let store = Store::open(
        Path::new(file),
        Creation::MustExist,
        keyrack_store::DEFAULT_WAIT,
    )?;
    let first = store
        .read(|reader| reader.catalogue())?
        .property
        .business_date;
    let mut desk = BusyDesk {
        store,
        first,
        random: seed,
        last: None,
        waits_us: Vec::new(),
    };
    let end = seconds.map(|seconds| Timer::now() + Duration::from_secs(seconds));
    let mut turn = 0;
    while end.is_none_or(|end| Timer::now() < end) {
        turn += 1;
        desk.work(turn)?;
    }
    println!("waits {:?}", desk.waits_us);
    Ok(())
}

struct BusyDesk {
    store: Store,
    first: Night,
    random: u64,
    last: Option<ReservationId>,
    waits_us: Vec<u128>,
}

impl BusyDesk {
    fn below(&mut self, bound: u64) -> u64 {
        self.random = self
            .random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.random >> 33) % bound
    }

    /// One command. It is acknowledged only when the store has returned from its commit.
    fn work(&mut self, turn: u64) -> Outcomes {
        let id = CommandId(Uuid::now_v7());
        let cancelled = self.last.take_if(|_| turn.is_multiple_of(CANCEL_EVERY));
        let envelope = match cancelled {
            Some(reservation) => cancel(id, reservation),
            None => self.reserve(id),
        };
        let asked = Timer::now();
        let mut waited = Duration::ZERO;
        let applied = self.store.write(|batch| {
            waited = asked.elapsed();
            batch.apply(&envelope)
        })?;
        self.waits_us.push(waited.as_micros());
        let mut out = std::io::stdout().lock();
        match (applied.result, cancelled) {
            (Ok(Outcome::Reservation { id: made, .. }), _) => {
                self.last = Some(made);
                writeln!(out, "reserved {} {}", id.0.simple(), made.0.simple())?;
            }
            (Ok(_), Some(made)) => {
                writeln!(out, "cancelled {} {}", id.0.simple(), made.0.simple())?;
            }
            (other, _) => return Err(format!("the hotel has room, and yet: {other:?}").into()),
        }
        out.flush()?;
        Ok(())
    }

    fn reserve(&mut self, id: CommandId) -> Envelope {
        let arrival = i32::try_from(self.below(NIGHTS)).unwrap_or(0);
        let nights = i32::try_from(1 + self.below(3)).unwrap_or(1);
        let arrival = self.first.plus(arrival);
        let code = "A".parse().expect("a room type's code");
        let guest = GuestId::derived(id, 0);
        let request = StayRequest {
            room_type: code,
            arrival,
            departure: arrival.plus(nights),
            rooms: 1,
        };
        let mut envelope = envelope(
            id,
            Command::Reserve(Reserve {
                stays: vec![NewStay {
                    request,
                    price: None,
                    cost: None,
                    assigned: None,
                }],
                details: BookingDetails {
                    guest: Some(guest),
                    adults: 2,
                    ..BookingDetails::default()
                },
                ..Reserve::default()
            }),
        );
        envelope.guests.push(GuestRow {
            id: guest,
            name: "Guest".to_owned(),
            phone: None,
            email: None,
        });
        envelope
    }
}

fn cancel(id: CommandId, reservation: ReservationId) -> Envelope {
    let ids = vec![StayReference {
        reservation: Reference::Id(reservation),
        stay: None,
    }];
    envelope(
        id,
        Command::Transition {
            transition: Transition::Cancel,
            ids,
            room: None,
            rooms: Vec::new(),
            reason: None,
        },
    )
}

fn envelope(id: CommandId, command: Command) -> Envelope {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    Envelope {
        command_id: id,
        request_hash: [1; 32],
        request_id: id.0,
        actor: "busy".to_owned(),
        now: Instant::from_millis(i64::try_from(now.as_millis()).unwrap_or(0)),
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
