//! Ten years of a large hotel, lived day by day through the store's own door: bookings up to three
//! months ahead, cancellations, check-ins and check-outs, one transaction a day.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant as Timer};

use keyrack_inventory::command::{NewStay, Reserve};
use keyrack_inventory::model::{BookingDetails, Property, RoomType, RoomTypeStatus, StayRequest};
use keyrack_inventory::{Command, CommandId, GuestId, Instant, Night, Transition};
use keyrack_store::{Batch, Creation, Envelope, GuestRow, Store, StoreError};
use uuid::Uuid;

use crate::Failure;

/// Room types.
pub const TYPES: u64 = 40;
const ROOMS: i32 = 16;
const DAYS: i32 = 3_650;
/// Reservations of the ten years.
pub const RESERVATIONS: u64 = 500_000;
/// Ids that one command names.
const TOGETHER: usize = 50;

/// The files: all of it, and as it was after the first year and the first five.
pub struct Decade {
    /// Ten years.
    pub ten: PathBuf,
    /// Five years.
    pub five: PathBuf,
    /// One year.
    pub one: PathBuf,
}

/// The files in the folder, made where they are not there yet.
pub fn lived(folder: &Path) -> Result<Decade, Failure> {
    let decade = Decade {
        ten: folder.join("ten_years.db"),
        five: folder.join("five_years.db"),
        one: folder.join("one_year.db"),
    };
    let all = [&decade.ten, &decade.five, &decade.one];
    if all.iter().all(|file| file.exists()) {
        return Ok(decade);
    }
    std::fs::create_dir_all(folder)?;
    let unfinished = folder.join("unfinished.db");
    for suffix in ["", "-wal", "-shm", "-heads"] {
        let path = folder.join(format!("unfinished.db{suffix}"));
        if path.exists() {
            std::fs::remove_file(path)?;
        }
    }
    let started = Timer::now();
    let store = Store::open(&unfinished, Creation::Create, Duration::from_secs(5))?;
    let mut hotel = Hotel::new();
    store.write(|batch| hotel.open(batch))?;
    for day in 0..DAYS {
        store.write(|batch| hotel.live(batch, day))?;
        // A file of another time would be in the way.
        for (last, copy) in [(364, &decade.one), (1_824, &decade.five)] {
            if day == last {
                if copy.exists() {
                    std::fs::remove_file(copy)?;
                }
                store.backup(copy)?;
            }
        }
        if day % 365 == 364 {
            let (year, made) = (day / 365 + 1, hotel.made);
            let seconds = started.elapsed().as_secs();
            eprintln!("year {year}: {made} reservations, {seconds} s");
        }
    }
    drop(store);
    std::fs::rename(&unfinished, &decade.ten)?;
    Ok(decade)
}

struct Hotel {
    random: u64,
    today: Night,
    second: i64,
    made: u64,
    arrivals: BTreeMap<Night, Vec<String>>,
    departures: BTreeMap<Night, Vec<String>>,
    leaves: BTreeMap<String, Night>,
}

impl Hotel {
    fn new() -> Self {
        Self {
            random: 11,
            today: Night::from_day_number(17_167).expect("2017-01-01 is a date"),
            second: 0,
            made: 0,
            arrivals: BTreeMap::new(),
            departures: BTreeMap::new(),
            leaves: BTreeMap::new(),
        }
    }

    fn below(&mut self, bound: u64) -> u64 {
        let next = self.random.wrapping_mul(6_364_136_223_846_793_005);
        self.random = next.wrapping_add(1_442_695_040_888_963_407);
        (self.random >> 33) % bound
    }

    fn envelope(&mut self, command: Command, guests: Vec<GuestRow>) -> Envelope {
        self.second += 1;
        let day = i64::from(self.today.day_number()) * 86_400_000;
        let id = Uuid::now_v7();
        Envelope {
            command_id: CommandId(id),
            request_hash: [1; 32],
            request_id: id,
            actor: format!("clerk {}", self.second % 9),
            now: Instant::from_millis(day + 28_800_000 + self.second * 1_000),
            if_version: None,
            override_text: None,
            command,
            reason: None,
            causation: None,
            gives_back: false,
            guests,
            texts: Vec::new(),
        }
    }

    fn open(&mut self, batch: &mut Batch<'_>) -> Result<(), StoreError> {
        let text = |text: &str| text.parse().expect("a short word");
        let property = Property {
            code: text("BIG"),
            name: "The Decade".parse().expect("a name"),
            time_zone: text("Europe/Lisbon"),
            currency: text("EUR"),
            business_date: self.today,
            tentative_takes_none: false,
        };
        let room_types = (0..TYPES).map(|at| RoomType {
            code: code(at),
            name: format!("Type {at}").parse().expect("a name"),
            rank: u32::try_from(at).unwrap_or(0),
            rooms: ROOMS,
            overbooking: 0,
            life: RoomTypeStatus::OnSale,
        });
        let room_types = room_types.collect();
        let open = Command::OpenProperty {
            property,
            room_types,
        };
        let open = self.envelope(open, Vec::new());
        batch.apply(&open)?;
        let (from, to) = (
            self.today,
            self.today.plus(keyrack_inventory::decide::HORIZON_NIGHTS),
        );
        let nights = self.envelope(Command::OpenNights { from, to }, Vec::new());
        batch.apply(&nights)?;
        Ok(())
    }

    fn live(&mut self, batch: &mut Batch<'_>, day: i32) -> Result<(), StoreError> {
        self.second = 0;
        if day > 0 {
            self.roll(batch)?;
        }
        let due =
            RESERVATIONS * u64::try_from(day + 1).unwrap_or(0) / u64::try_from(DAYS).unwrap_or(1);
        while self.made < due {
            self.book(batch)?;
        }
        let today = self.today;
        let (mut come, mut gone) = (Vec::new(), Vec::new());
        for number in self.arrivals.remove(&today).unwrap_or_default() {
            // One in twelve does not come after all.
            if self.below(12) == 0 {
                gone.push(number);
            } else {
                come.push(number);
            }
        }
        self.step(batch, Transition::Cancel, &gone)?;
        self.step(batch, Transition::CheckIn, &come)?;
        for number in come {
            if let Some(leaves) = self.leaves.remove(&number) {
                self.departures.entry(leaves).or_default().push(number);
            }
        }
        Ok(())
    }

    /// The date moves on, a night opens, and who leaves leaves.
    fn roll(&mut self, batch: &mut Batch<'_>) -> Result<(), StoreError> {
        self.today = self.today.plus(1);
        let date = self.envelope(Command::SetBusinessDate { date: self.today }, Vec::new());
        batch.apply(&date)?;
        let to = self.today.plus(keyrack_inventory::decide::HORIZON_NIGHTS);
        let from = to.plus(-1);
        let nights = self.envelope(Command::OpenNights { from, to }, Vec::new());
        batch.apply(&nights)?;
        let leaving = self.departures.remove(&self.today).unwrap_or_default();
        self.step(batch, Transition::CheckOut, &leaving)
    }

    fn step(
        &mut self,
        batch: &mut Batch<'_>,
        transition: Transition,
        numbers: &[String],
    ) -> Result<(), StoreError> {
        for some in numbers.chunks(TOGETHER) {
            let ids = some.iter();
            let ids = ids.map(|number| number.parse().expect("a number that was given"));
            let command = Command::Transition {
                transition,
                ids: ids.collect(),
                room: None,
                rooms: Vec::new(),
                reason: None,
            };
            let step = self.envelope(command, Vec::new());
            batch.apply(&step)?;
        }
        Ok(())
    }

    /// One booking; where a type is full it is asked for another one.
    fn book(&mut self, batch: &mut Batch<'_>) -> Result<(), StoreError> {
        const NIGHTS: [i32; 12] = [1, 1, 2, 2, 2, 3, 3, 3, 4, 5, 6, 7];
        let lead = i32::try_from(self.below(90)).unwrap_or(0);
        let arrival = self.today.plus(lead);
        let departure = arrival.plus(NIGHTS[usize::try_from(self.below(12)).unwrap_or(0)]);
        let guest = GuestId(Uuid::now_v7());
        let stay = NewStay {
            request: StayRequest {
                room_type: code(self.below(TYPES)),
                arrival,
                departure,
                rooms: 1,
            },
            price: Some(i64::try_from(6_000 + self.below(200) * 100).unwrap_or(0)),
            cost: None,
            assigned: None,
        };
        let reserve = Reserve {
            stays: vec![stay],
            details: BookingDetails {
                guest: Some(guest),
                adults: 2,
                ..BookingDetails::default()
            },
            ..Reserve::default()
        };
        let row = GuestRow {
            id: guest,
            name: name(self.below(1_000_000)),
            phone: Some(format!("+351 9{:08}", self.below(100_000_000))),
            email: None,
        };
        let booking = self.envelope(Command::Reserve(reserve), vec![row]);
        let applied = batch.apply(&booking)?;
        if applied.result.is_ok() {
            self.made += 1;
            self.leaves.insert(applied.object.clone(), departure);
            self.arrivals
                .entry(arrival)
                .or_default()
                .push(applied.object);
        }
        Ok(())
    }
}

/// A type's code.
pub fn code(at: u64) -> keyrack_inventory::RoomTypeCode {
    format!("T{at}").parse().expect("a code")
}

/// A name made of syllables: as many as there are guests, and none of a person.
fn name(number: u64) -> String {
    const SYLLABLES: [&str; 10] = ["ba", "do", "fi", "gu", "ke", "la", "mo", "ni", "ra", "su"];
    let syllables = |mut number: u64, count: u32| {
        let mut word = String::new();
        for _ in 0..count {
            word.push_str(SYLLABLES[usize::try_from(number % 10).unwrap_or(0)]);
            number /= 10;
        }
        word
    };
    format!(
        "{} {}",
        syllables(number / 1_000, 3),
        syllables(number % 1_000, 3)
    )
}
