//! Rules at their edge, each asked alone.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![allow(dead_code, reason = "scripts say more than is asked here")]

#[path = "inventory/script.rs"]
mod script;
#[path = "inventory/world.rs"]
mod world;

use std::sync::Arc;

use keyrack_inventory::corrected::{RowCorrected, Rows, corrections};
use keyrack_inventory::model::{Property, StayRequest};
use keyrack_inventory::state::Counters;
use keyrack_inventory::stay::Stay;
use keyrack_inventory::{
    AllotmentId, Authority, Catalogue, Cell, Command, CommandId, Context, Decision, Event, Halt,
    HoldId, Night, OutageId, Refusal, ReservationId, RoomTypeCode, State, StayStatus, decide,
};
use uuid::Uuid;

use script::{answer, hotel_of_three, stay};
use world::{World, day, hotel};

/// What a desk with such an authority decides.
fn decided(world: &World, authority: Authority, command: &Command) -> Result<Decision, Refusal> {
    let context = Context {
        command_id: CommandId(Uuid::from_u128(7)),
        now: world.now,
        if_version: None,
        override_given: false,
        authority,
    };
    decide(&world.state, &context, command).map_err(|halt| match halt {
        Halt::Refused(refusal) => *refusal,
        Halt::Missing(wants) => panic!("a whole state lacks {wants:?}"),
    })
}

fn stays(world: &World) -> Vec<Stay> {
    let first = world.state.all_reservations().next().unwrap();
    first.stays.clone()
}

fn says(world: &mut World, script: &[(&str, &str)]) {
    for (asked, expected) in script {
        assert_eq!(answer(world, asked), *expected, "{asked}");
    }
}

#[test]
fn a_date_is_ten_signs_of_which_the_fifth_and_eighth_are_hyphens() {
    assert_eq!("2017-06-01".parse::<Night>().unwrap(), day(1));
    for text in [
        "2017/06/01",
        "2017-06.01",
        "2017x06-01",
        "2017-06-1",
        "2017-06-011",
        "2017-06-01 ",
        "2017-0a-01",
        "2017-6-01",
        "",
        "0000-01-01",
        "2017-02-29",
    ] {
        assert!(text.parse::<Night>().is_err(), "{text:?}");
    }
}

#[test]
fn a_code_of_a_room_type_has_one_to_twelve_signs() {
    assert_eq!(
        "ABCDEFGHIJKL".parse::<RoomTypeCode>().unwrap().as_str(),
        "ABCDEFGHIJKL"
    );
    for text in ["", "ABCDEFGHIJKLM", "A B", "House", "Ä"] {
        assert!(text.parse::<RoomTypeCode>().is_err(), "{text:?}");
    }
}

#[test]
fn what_is_made_tells_its_number_and_what_is_not_made_has_none() {
    let world = &hotel_of_three();
    let number = |command: &Command| {
        let decision = decided(world, Authority::Counts, command).unwrap();
        decision.outcome.number().map(ToString::to_string)
    };
    let wish: StayRequest = stay("A:5:7");
    let hold = Command::PlaceHold {
        stays: vec![wish],
        minutes: 10,
        reference: None,
    };
    let outage = Command::AddOutage {
        room_type: wish.room_type,
        from: wish.arrival,
        back_on: wish.departure,
        rooms: 1,
        service: false,
        reason: None,
        room: None,
    };
    assert_eq!(number(&hold).as_deref(), Some("A-H1"));
    assert_eq!(number(&outage).as_deref(), Some("A-O1"));
    let opened = Command::OpenNights {
        from: day(60),
        to: day(61),
    };
    assert_eq!(number(&opened), None);
}

#[test]
fn what_was_called_off_or_has_no_night_is_not_charged() {
    let mut world = hotel_of_three();
    says(&mut world, &[("reserve A:5:7", "A1")]);
    let sold = stays(&world).remove(0);
    let with = |status| Stay {
        status,
        ..sold.clone()
    };
    for status in StayStatus::ALL {
        let is_off = matches!(status, StayStatus::Cancelled | StayStatus::NoShow);
        assert_eq!(with(status).is_charged(), !is_off, "{status:?}");
    }
    let of_a_day = Stay {
        departure: sold.arrival,
        ..sold
    };
    assert!(!of_a_day.is_charged());
}

#[test]
fn a_room_that_is_added_has_the_price_of_its_type_alone() {
    let mut world = hotel_of_three();
    says(
        &mut world,
        &[
            ("reserve B:5:7 price=12000", "A1"),
            ("amend A1 B:5:7 A:5:7 B:5:7", "A1"),
        ],
    );
    let prices = stays(&world).into_iter();
    let mut prices: Vec<_> = prices
        .map(|stay| (stay.room_type.to_string(), stay.price))
        .collect();
    prices.sort();
    let expected = [("A", None), ("B", Some(12_000)), ("B", Some(12_000))];
    assert_eq!(
        prices,
        expected.map(|(code, price)| (code.to_owned(), price))
    );
}

#[test]
fn who_was_checked_in_before_the_arrival_finds_a_room_for_each_night_that_is_added() {
    let mut world = hotel_of_three();
    says(
        &mut world,
        &[
            ("reserve C:2:3", "A1"),
            ("date 2", "done"),
            ("check-in A1/1", "A1"),
            // The date was wrong.
            ("date 1", "done"),
            ("reserve C:3:4:3", "A2"),
        ],
    );
    let answered = answer(&mut world, "amend A1 C:2:4");
    assert!(answered.starts_with("no_availability"), "{answered}");
}

#[test]
fn a_promise_is_kept_whatever_was_closed_or_let_go_since() {
    let mut world = hotel_of_three();
    says(
        &mut world,
        &[("hold A:5:7", "A-H1"), ("limit A 5..6 cta=on", "done")],
    );
    let sale = Command::Reserve(keyrack_inventory::command::Reserve {
        stays: vec![keyrack_inventory::command::NewStay {
            request: stay("A:5:7"),
            price: None,
            cost: None,
            assigned: None,
        }],
        ..keyrack_inventory::command::Reserve::default()
    });
    for authority in [Authority::Counts, Authority::Share, Authority::Beyond] {
        let refused = decided(&world, authority, &sale).unwrap_err();
        assert_eq!(refused.code(), "restricted", "{authority:?}");
    }
    assert!(decided(&world, Authority::Promised, &sale).is_ok());
    let convert = |world: &World, authority| {
        let hold = world.state.all_holds().next().unwrap();
        let command = Command::ConvertHold {
            id: keyrack_inventory::Reference::Id(hold.id),
            details: keyrack_inventory::model::BookingDetails::default(),
        };
        decided(world, authority, &command)
    };
    // One that is there is used up by a promise, too.
    let sold = convert(&world, Authority::Promised).unwrap();
    let used: Vec<_> = sold
        .events
        .iter()
        .filter(|event| match event {
            Event::ReservationMade(made) => made.hold.is_some(),
            _ => false,
        })
        .collect();
    assert_eq!(used.len(), 1, "{:?}", sold.events);
    says(&mut world, &[("release A-H1", "A-H1")]);
    assert!(convert(&world, Authority::Promised).is_ok());
    let refused = convert(&world, Authority::Counts).unwrap_err();
    assert_eq!(refused.code(), "already_released");
}

fn known_as(name: &str) -> State {
    let catalogue = Catalogue {
        property: Property {
            name: name.parse().unwrap(),
            ..hotel()
        },
        desk: "A".to_owned(),
        room_types: Vec::new(),
    };
    State::slice(Some(Arc::new(catalogue)), Counters::default())
}

#[test]
fn the_catalogue_is_put_right_where_it_differs_and_is_asked_for() {
    let rows = |catalogue| Rows {
        catalogue,
        ..Rows::default()
    };
    let (ours, true_one) = (known_as("Ours"), known_as("Palace"));
    let found = corrections(&ours, &true_one, &rows(true));
    let names: Vec<_> = found
        .iter()
        .map(|event| match event {
            Event::RowCorrected(RowCorrected::Catalogue { property, .. }) => {
                property.name.to_string()
            }
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(names, ["Palace"]);
    assert_eq!(corrections(&ours, &known_as("Ours"), &rows(true)), []);
    assert_eq!(corrections(&ours, &true_one, &rows(false)), []);
}

/// Rows of one kind each.
fn rows_of_each_kind() -> Vec<Rows> {
    let id = Uuid::from_u128(1);
    let mut each: Vec<Rows> = std::iter::repeat_with(Rows::default).take(7).collect();
    each[0].catalogue = true;
    each[1].cells.insert((stay("A:5:7").room_type, day(5)));
    each[2].house.insert(day(5));
    each[3].reservations.insert(ReservationId(id));
    each[4].holds.insert(HoldId(id));
    each[5].outages.insert(OutageId(id));
    each[6].allotments.insert(AllotmentId(id));
    each
}

#[test]
fn rows_are_within_others_that_have_each_of_them() {
    let none = Rows::default();
    let each = rows_of_each_kind();
    for (kind, few) in each.iter().enumerate() {
        assert!(few.is_within(few) && none.is_within(few) && !few.is_within(&none));
        assert!(!none.meets(few) && !few.meets(&none) && few.meets(few));
        for (other_kind, other) in each.iter().enumerate() {
            let is_same = kind == other_kind;
            assert_eq!(few.is_within(other), is_same, "{few:?} in {other:?}");
            // The catalogue says what may be sold at all.
            let meets = is_same || few.catalogue;
            assert_eq!(few.meets(other), meets, "{few:?} and {other:?}");
            let mut both = few.clone();
            both.merge(other);
            assert!(few.is_within(&both) && other.is_within(&both) && few.meets(&both));
            assert_eq!(both.is_within(few), is_same, "{both:?} in {few:?}");
        }
    }
    assert!(none.is_within(&none) && !none.meets(&none));
}

#[test]
fn a_cell_is_sound_whose_counts_can_be() {
    let sound = Cell {
        physical: 10,
        out_of_order: 10,
        version: 1,
        ..Cell::default()
    };
    assert!(sound.is_sound());
    let odd: [fn(&mut Cell); 7] = [
        |cell| cell.physical = -1,
        |cell| cell.out_of_order = 11,
        |cell| cell.out_of_order = -1,
        |cell| cell.sold = -1,
        |cell| cell.held = -1,
        |cell| cell.blocked = -1,
        |cell| cell.version = 0,
    ];
    for (number, spoil) in odd.into_iter().enumerate() {
        let mut cell = sound;
        spoil(&mut cell);
        assert!(!cell.is_sound(), "spoilt in way {number}");
    }
}
