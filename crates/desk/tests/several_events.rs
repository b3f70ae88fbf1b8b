//! Commands whose events touch the same cells or rows more than once, through the desk on a real file.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use keyrack_desk::answers::{Accepted, AnswerBody};
use keyrack_desk::api::{
    ChangesRequest, Command, CommandRequest, Guest, NewProperty, NewReservation, PropertyRoomType,
    StayRequest, Steps,
};
use keyrack_desk::{Desk, Options};
use keyrack_inventory::Night;
use tempfile::TempDir;
use uuid::Uuid;

struct Hotel {
    desk: Desk,
    _folder: TempDir,
}

fn night(day: &str) -> Night {
    format!("2017-{day}").parse().unwrap()
}

fn stay(from: &str, to: &str, rooms: u32) -> StayRequest {
    let room_type = "B".parse().unwrap();
    StayRequest {
        room_type,
        arrival: night(from),
        departure: night(to),
        rooms,
    }
}

impl Hotel {
    /// Two rooms of one type, on 1 June 2017.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let property = NewProperty {
            name: "Small".parse().unwrap(),
            code: "S".parse().unwrap(),
            time_zone: "Europe/Lisbon".parse().unwrap(),
            currency: "EUR".parse().unwrap(),
            business_date: night("06-01"),
            tentative_takes_inventory: None,
            room_types: vec![PropertyRoomType {
                code: "B".parse().unwrap(),
                name: "Double".parse().unwrap(),
                rank: None,
                rooms: 2,
                overbooking: None,
            }],
        };
        let options = Options::new(&folder.path().join("hotel.db"), "clerk");
        let (desk, _) = Desk::create(&options, &property, None, Uuid::now_v7()).unwrap();
        Self {
            desk,
            _folder: folder,
        }
    }

    fn with_id(&self, command_id: Uuid, command: Command) -> Result<Accepted, &'static str> {
        let (if_version, override_reason) = (None, None);
        let request = CommandRequest {
            command_id,
            if_version,
            override_reason,
            command,
        };
        match self.desk.execute(&request).unwrap().body {
            AnswerBody::Accepted(accepted) => Ok(*accepted),
            AnswerBody::Refused(refused) => Err(refused.error.refusal.code()),
        }
    }

    fn tell(&self, command: Command) -> Result<Accepted, &'static str> {
        self.with_id(Uuid::now_v7(), command)
    }

    fn book(&self, stays: Vec<StayRequest>, hold: Option<&str>) -> Result<Accepted, &'static str> {
        let guest = Guest {
            name: "Ana".to_owned(),
            phone: None,
            email: None,
        };
        self.tell(Command::Reserve(NewReservation {
            hold: hold.map(|hold| hold.parse().unwrap()),
            ..NewReservation::new(stays, guest)
        }))
    }

    fn is_sound(&self) {
        let verification = self.desk.verify().unwrap();
        assert!(verification.ok, "{verification:?}");
    }
}

fn steps(ids: &[&str]) -> Steps {
    let ids = ids.iter().map(|id| id.parse().unwrap()).collect();
    Steps {
        ids,
        room: None,
        rooms: None,
        reason: None,
    }
}

#[test]
fn a_guest_may_take_fewer_nights_than_were_held() {
    let hotel = Hotel::new();
    let (stays, minutes, reference) = (vec![stay("06-10", "06-20", 1)], None, None);
    hotel
        .tell(Command::PlaceHold {
            stays,
            minutes,
            reference,
        })
        .unwrap();
    hotel
        .book(vec![stay("06-12", "06-15", 1)], Some("A-H1"))
        .unwrap();
    hotel.is_sound();
}

#[test]
fn a_batch_over_the_same_nights_is_undone_whole() {
    let hotel = Hotel::new();
    hotel.book(vec![stay("07-01", "07-05", 1)], None).unwrap();
    hotel.book(vec![stay("07-03", "07-08", 1)], None).unwrap();
    hotel.tell(Command::Cancel(steps(&["A1", "A2"]))).unwrap();
    hotel
        .tell(Command::Reinstate(steps(&["A1", "A2"])))
        .unwrap();
    hotel.tell(Command::Undo { command: None }).unwrap();
    hotel.is_sound();
}

#[test]
fn a_split_stay_keeps_its_room_whatever_its_new_id() {
    let hotel = Hotel::new();
    hotel.book(vec![stay("06-01", "06-03", 2)], None).unwrap();
    let mut step = steps(&["A1/2"]);
    step.room = Some("101".parse().unwrap());
    hotel.tell(Command::CheckIn(step)).unwrap();
    // An id that sorts before every other one, as a clock that was set back makes it.
    let early = Uuid::parse_str("00000000-0000-7000-8000-000000000001").unwrap();
    let id = "A1".parse().unwrap();
    hotel
        .with_id(early, Command::Split { id, stay: 2 })
        .unwrap();
    hotel.is_sound();
}

#[test]
fn who_comes_before_the_arrival_takes_no_room_as_a_fact() {
    let hotel = Hotel::new();
    hotel.book(vec![stay("06-01", "06-02", 2)], None).unwrap();
    hotel.book(vec![stay("07-01", "07-02", 1)], None).unwrap();
    let check_in = hotel.tell(Command::CheckIn(steps(&["A2"])));
    assert_eq!(check_in.err(), Some("illegal_transition"));
    // Amended to today, he asks for the rooms of those nights like anybody else.
    let (id, stays) = ("A2".parse().unwrap(), vec![stay("06-01", "07-02", 1)]);
    assert_eq!(
        hotel.tell(Command::Amend { id, stays }).err(),
        Some("no_availability")
    );
    hotel.is_sound();
}

#[test]
fn an_undo_is_not_undone() {
    let hotel = Hotel::new();
    hotel.book(vec![stay("07-01", "07-02", 1)], None).unwrap();
    let undo = Uuid::now_v7();
    hotel
        .with_id(undo, Command::Undo { command: None })
        .unwrap();
    let again = hotel.tell(Command::Undo {
        command: Some(undo),
    });
    assert_eq!(again.err(), Some("cannot_undo"));
}

#[test]
fn a_rebuild_is_told_to_a_window_that_has_seen_every_event() {
    let hotel = Hotel::new();
    hotel.book(vec![stay("07-01", "07-02", 1)], None).unwrap();
    let property = hotel.desk.property().unwrap();
    let (since, generation) = (property.head, Some(property.generation));
    let request = ChangesRequest { since, generation };
    let before = hotel.desk.changes(&request).unwrap();
    assert!(!before.catalogue && before.cells.is_empty());
    hotel.desk.rebuild().unwrap();
    assert!(hotel.desk.changes(&request).unwrap().catalogue);
}
