//! A long list takes as many statements as a short one, and a large house as many as a small one.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::ops::ControlFlow;

use keyrack_desk::api::{
    CellRequest, Command, CommandRequest, DaySheetRequest, FindRequest, Guest, NewOutage,
    NewProperty, NewReservation, StayRequest,
};
use keyrack_desk::{Desk, Options, property_file};
use keyrack_inventory::{Night, Pool};
use keyrack_store::ReservationFilter;
use keyrack_store::trace::statements_run;
use uuid::Uuid;

const DAY: &str = "2026-06-01";

fn night() -> Night {
    DAY.parse().unwrap()
}

fn property(types: usize) -> NewProperty {
    let mut text = String::from(
        "name = \"H\"\ncode = \"H\"\ntime_zone = \"UTC\"\ncurrency = \"EUR\"\n\
         business_date = \"2026-06-01\"\n",
    );
    for at in 0..types {
        text.push_str(&format!(
            "[[room_type]]\ncode = \"T{at}\"\nname = \"T{at}\"\nrooms = 5000\n"
        ));
    }
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), text).unwrap();
    property_file::read(file.path()).unwrap()
}

/// A desk with so many bookings, holds and outages on one day, over so many types.
fn desk(folder: &tempfile::TempDir, types: usize, objects: usize) -> Desk {
    let path = folder.path().join(format!("{types}_{objects}.db"));
    let (desk, _) = Desk::create(
        &Options::new(&path, "Iris"),
        &property(types),
        None,
        Uuid::now_v7(),
    )
    .unwrap();
    let done = |command: Command| {
        let request = CommandRequest {
            command_id: Uuid::now_v7(),
            if_version: None,
            override_reason: None,
            command,
        };
        desk.execute(&request).unwrap();
    };
    for at in 0..objects {
        let room_type = format!("T{}", at % types).parse().unwrap();
        let stay = StayRequest {
            room_type,
            arrival: night(),
            departure: night().plus(2),
            rooms: 1,
        };
        let guest = Guest {
            name: format!("Guest {at}"),
            phone: None,
            email: None,
        };
        done(Command::Reserve(NewReservation {
            notes: Some("By the window".to_owned()),
            walk_in: (at % 2 == 0).then_some(true),
            ..NewReservation::new(vec![stay.clone()], guest)
        }));
        done(Command::PlaceHold {
            stays: vec![stay],
            minutes: Some(60),
            reference: Some("Ada".to_owned()),
        });
        done(Command::AddOutage(NewOutage {
            room_type,
            from: night(),
            back_on: night().plus(3),
            rooms: 1,
            service: None,
            reason: "Leak".to_owned(),
            room: None,
        }));
    }
    desk
}

/// What is looked at, and how many rows it gave.
type Look = fn(&Desk) -> usize;

const LISTS: [(&str, Look); 10] = [
    ("reservations", |desk| {
        let filter = ReservationFilter {
            limit: 1_000,
            ..Default::default()
        };
        desk.reservations(&filter).unwrap().0.len()
    }),
    ("arriving", |desk| {
        let filter = ReservationFilter {
            limit: 1_000,
            arriving: Some(night()),
            ..Default::default()
        };
        desk.reservations(&filter).unwrap().0.len()
    }),
    ("holds", |desk| desk.holds(false).unwrap().len()),
    ("all holds", |desk| desk.holds(true).unwrap().len()),
    ("outages", |desk| desk.outages(false).unwrap().len()),
    ("day sheet", |desk| {
        desk.day_sheet(&DaySheetRequest { night: night() })
            .unwrap()
            .arrivals
            .len()
    }),
    ("find", |desk| {
        let request = FindRequest {
            text: "Guest".to_owned(),
            limit: 200,
        };
        desk.find_reservations(&request).unwrap().len()
    }),
    ("house", |desk| {
        let request = CellRequest {
            room_type: Pool::House,
            night: night(),
        };
        desk.cell(&request).unwrap().lines.len()
    }),
    ("cell", |desk| {
        let request = CellRequest {
            room_type: "T0".parse().unwrap(),
            night: night(),
        };
        desk.cell(&request).unwrap().lines.len()
    }),
    ("events and audit", |desk| {
        let mut rows = 0;
        desk.events(&Default::default(), |_| {
            rows += 1;
            ControlFlow::Continue(())
        })
        .unwrap();
        desk.audit(&Default::default(), |_| {
            rows += 1;
            ControlFlow::Continue(())
        })
        .unwrap();
        rows
    }),
];

#[test]
fn a_list_of_a_thousand_takes_as_many_statements_as_one_of_ten() {
    let folder = tempfile::tempdir().unwrap();
    let (short, long) = (desk(&folder, 2, 10), desk(&folder, 2, 1_000));
    for (name, look) in LISTS {
        let counted = |desk: &Desk| {
            // Once before, so that the check of its plan is not counted.
            look(desk);
            let before = statements_run();
            let rows = look(desk);
            (rows, statements_run() - before)
        };
        let ((few, taken), (many, taken_by_many)) = (counted(&short), counted(&long));
        assert!(many >= few * 4, "{name}: {few} and {many} rows");
        assert_eq!(taken_by_many, taken, "{name}: of {many} and of {few} rows");
        assert!(taken > 0, "{name}: counted nothing");
    }
}

#[test]
fn a_house_of_forty_types_is_explained_with_as_many_statements_as_one_of_two() {
    let folder = tempfile::tempdir().unwrap();
    let (small, large) = (desk(&folder, 2, 40), desk(&folder, 40, 40));
    let request = CellRequest {
        room_type: Pool::House,
        night: night(),
    };
    let counted = |desk: &Desk| {
        desk.cell(&request).unwrap();
        let before = statements_run();
        desk.cell(&request).unwrap();
        statements_run() - before
    };
    assert_eq!(counted(&large), counted(&small));
}
