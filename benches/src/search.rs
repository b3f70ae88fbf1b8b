//! Finding one among 50,000 bookings by name, phone, e-mail or number, and by the beginning of a name
//! that many have.

use std::time::Instant;

use keyrack_desk::api::FindRequest;
use keyrack_desk::{Desk, Options, property_file};
use keyrack_inventory::command::{NewStay, Reserve};
use keyrack_inventory::model::{BookingDetails, StayRequest};
use keyrack_inventory::{Command, CommandId, GuestId};
use keyrack_store::{Creation, DEFAULT_WAIT, Envelope, GuestRow, Store};
use uuid::Uuid;

use crate::Failure;
use crate::table::{Table, figure, millis, ms, percentile};

const BOOKINGS: usize = 50_000;
/// Bookings of one commit.
const AT_ONCE: usize = 1_000;
const SAMPLES: usize = 40;
const FIRST: [&str; 8] = [
    "Marta", "Jürgen", "Sofia", "Łukasz", "Claire", "Tomás", "Inês", "Peter",
];
const LAST: [&str; 10] = [
    "Oliveira",
    "Whitfield",
    "Ferreira",
    "Brandt",
    "Dubois",
    "Gallagher",
    "Carvalho",
    "Novák",
    "Müller",
    "Almeida",
];

/// Measures it.
pub fn measure(table: &mut Table) -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("search.db");
    let mut new = property_file::read("samples/resort_hotel.toml".as_ref())?;
    for room_type in &mut new.room_types {
        room_type.rooms = 100_000;
    }
    let options = Options::new(&file, "bench");
    let (desk, _) = Desk::create(&options, &new, None, Uuid::now_v7())?;
    let store = Store::open(&file, Creation::MustExist, DEFAULT_WAIT)?;
    let room_type = new.room_types[0].code;
    for first in (0..BOOKINGS).step_by(AT_ONCE) {
        store.write(|batch| {
            for at in first..first + AT_ONCE {
                let nights = i32::try_from(at % 300).unwrap_or(0);
                let arrival = new.business_date.plus(nights);
                let stay = StayRequest {
                    room_type,
                    arrival,
                    departure: arrival.plus(3),
                    rooms: 1,
                };
                assert!(batch.apply(&booking(at, stay))?.result.is_ok());
            }
            Ok(())
        })?;
    }
    let looked_for = [
        ("a whole name", "Jürgen Brandt-31337".to_owned()),
        ("a phone", "+49 170 0031337".to_owned()),
        ("the end of a phone", "0170 0031337".to_owned()),
        ("an e-mail", "guest31337@example.com".to_owned()),
        ("a number", "A31337".to_owned()),
        ("another system's number", "BDC-31337".to_owned()),
        ("a name that thousands have", "marta".to_owned()),
        ("a letter", "m".to_owned()),
        ("nobody", "Quillfeather".to_owned()),
    ];
    for (what, text) in looked_for {
        let request = FindRequest { text, limit: 50 };
        let mut times = Vec::new();
        let mut found = 0;
        for _ in 0..SAMPLES {
            let started = Instant::now();
            found = desk.find_reservations(&request)?.len();
            times.push(started.elapsed());
        }
        assert_eq!(found == 0, what == "nobody", "{what}");
        let (half, most) = (percentile(&mut times, 0.5), percentile(&mut times, 1.0));
        figure("search.worst", millis(most), "ms");
        table.row(
            &format!("search {BOOKINGS} bookings by {what}"),
            format!("{} (worst {}, {found} found)", ms(half), ms(most)),
        );
    }
    let started = Instant::now();
    let erased = desk.erase_guest("A31337", "measured")?;
    let took = started.elapsed();
    assert_eq!(erased.reservations, ["A31337"]);
    figure("search.erase", took.as_secs_f64(), "s");
    let what = format!("erase one of {BOOKINGS} guests to the last byte");
    table.row(&what, ms(took));
    Ok(())
}

fn booking(at: usize, stay: StayRequest) -> Envelope {
    let command_id = CommandId(Uuid::now_v7());
    let guest = GuestId::derived(command_id, 0);
    let details = BookingDetails {
        guest: Some(guest),
        external_number: format!("BDC-{at}").parse().ok(),
        adults: 2,
        ..BookingDetails::default()
    };
    let command = Command::Reserve(Reserve {
        stays: vec![NewStay {
            request: stay,
            price: None,
            cost: None,
            assigned: None,
        }],
        details,
        ..Reserve::default()
    });
    let name = format!("{} {}-{at}", FIRST[at % FIRST.len()], LAST[at % LAST.len()]);
    Envelope {
        command_id,
        request_hash: [0; 32],
        request_id: command_id.0,
        actor: "bench".to_owned(),
        now: keyrack_inventory::Instant::from_millis(1_780_000_000_000),
        if_version: None,
        override_text: None,
        command,
        reason: None,
        causation: None,
        gives_back: false,
        guests: vec![GuestRow {
            id: guest,
            name: if at == 31_337 {
                "Jürgen Brandt-31337".to_owned()
            } else {
                name
            },
            phone: Some(format!("+49 170 {at:07}")),
            email: Some(format!("guest{at}@example.com")),
        }],
        texts: Vec::new(),
    }
}
