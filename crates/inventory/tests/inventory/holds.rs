//! Holds: placed, extended, released, converted, run out.

use keyrack_inventory::model::StayRequest;
use keyrack_inventory::{Command, HoldId, Outcome};

use super::script::{answer, check_all, hotel_of_three};
use super::world::{With, code, day};

#[test]
fn a_hold_keeps_rooms_until_it_ends() {
    check_all(&[
        (
            "placed and released",
            "
            hold A:5:7:2 B:5:6 => A-H1
            held A 5..8 => 2 2 0
            held B 5..7 => 1 0
            versions A 5..8 => 2 2 1
            release A-H1 => A-H1
            held A 5..7 => 0 0
            hold? A-H1 => released
            release A-H1 => already_released A-H1 released
            extend A-H1 => already_released A-H1 released",
        ),
        (
            "no room",
            "hold C:5:7:2 C:6:7:2 => no_availability C 6: 4 of 3 B:5:7(6-1) C:4:6(3) A:5:7(10) C:6:8(3) C:3:5(3)",
        ),
        (
            "1 to 60 minutes",
            "
            hold A:5:7 minutes=0 => invalid_stay hold_minutes
            hold A:5:7 minutes=61 => invalid_stay hold_minutes
            hold A:5:7 minutes=4294967295 => invalid_stay hold_minutes
            hold A:5:7 minutes=1 => A-H1
            hold A:5:7 minutes=60 => A-H2
            extend A-H1 minutes=0 => invalid_stay hold_minutes
            extend A-H1 minutes=61 => invalid_stay hold_minutes",
        ),
        (
            "no stay, no such hold",
            "
            hold => invalid_stay no_stay
            release A-H9 => unknown_hold A-H9
            extend A-H9 => unknown_hold A-H9
            reserve A:5:6 hold=A-H9 => unknown_hold A-H9",
        ),
        (
            "longer, counted from now",
            "
            hold A:5:7 minutes=10 => A-H1
            wait 9
            extend A-H1 minutes=10 => A-H1
            wait 9
            release A-H1 => A-H1",
        ),
        (
            "numbers of their own",
            "
            hold A:5:7 => A-H1
            reserve A:5:7 => A1
            hold A:5:7 => A-H2
            outage A:5:7 => A-O1",
        ),
    ]);
}

#[test]
fn a_hold_becomes_a_reservation() {
    check_all(&[
        ("its rooms are the reservation's, in a full type", "
            hold A:5:7:10 => A-H1
            reserve A:5:7:10 hold=A-H1 => A1
            held A 5..7 => 0 0
            sold A 5..7 => 10 10
            hold? A-H1 => converted
            events => reservation_made hold_ended
            release A-H1 => already_released A-H1 converted
            reserve A:5:7 hold=A-H1 => already_released A-H1 converted"),
        ("undone, it is a hold again until its time, under a number of its own", "
            hold A:5:7:2 minutes=10 => A-H1
            wait 4
            reserve A:5:7:1 hold=A-H1 => A1
            held A 5..7 => 0 0
            undo => undone reserve
            sold A 5..7 => 0 0
            held A 5..7 => 2 2
            hold? A-H1 => converted
            hold? A-H2 => active
            wait 6
            sweep => swept 1
            hold? A-H2 => expired"),
        ("undone, it is not there again where its time is over", "
            hold A:5:7:2 minutes=10 => A-H1
            reserve A:5:7:2 hold=A-H1 => A1
            wait 10
            undo => undone reserve
            held A 5..7 => 0 0"),
        ("undone, what it kept beyond the booking has to be there", "
            hold A:5:7:10 minutes=10 => A-H1
            reserve A:5:7:9 hold=A-H1 => A1
            reserve A:5:7:1 => A2
            undo -2 => no_availability A 5: 1 of 0 A:3:5(10) A:7:9(10) A:2:4(10) A:8:10(10)
            cancel A2 => A2
            undo -4 => undone reserve
            held A 5..7 => 10 10"),
        ("made a booking of all that it keeps, by its own command", "
            hold A:5:7:2 B:6:8 minutes=10 => A-H1
            reserve A:5:7:8 => A1
            limit A 5..7 stop=on => done
            convert A-H1 => A2
            stays A2 => 1 A:5:7 confirmed, 2 A:5:7 confirmed, 3 B:6:8 confirmed
            held A 5..7 => 0 0
            sold A 5..7 => 10 10
            hold? A-H1 => converted
            convert A-H1 => already_released A-H1 converted
            convert A-H9 => unknown_hold A-H9
            undo => undone convert_hold
            held A 5..7 => 2 2
            hold? A-H2 => active
            wait 10
            convert A-H2 => hold_expired A-H2"),
        ("more than it keeps needs the difference", "
            reserve A:5:7:6 => A1
            hold A:5:7:2 => A-H1
            reserve A:5:7:5 hold=A-H1 => no_availability A 5: 3 of 2 B:5:7(6-1) A:3:5(10) A:7:9(10) A:2:4(10) A:8:10(10)
            reserve A:5:7:4 hold=A-H1 => A2"),
        ("other nights are weighed for themselves", "
            hold A:5:6:10 => A-H1
            reserve A:6:7:10 => A1
            reserve A:5:7:10 hold=A-H1 => no_availability A 6: 10 of 0 A:3:5(10) A:7:9(10) A:2:4(10) A:8:10(10)
            reserve A:4:6:10 hold=A-H1 => A2
            held A 5..6 => 0"),
        ("in the house", "
            limit house 5..7 overbooking=-15 => done
            hold A:5:7:3 => A-H1
            reserve A:5:7:3 B:5:7 hold=A-H1 => no_availability house 5: 1 of 0 A:3:5(10) A:7:9(10) A:2:4(10) A:8:10(10)
            reserve A:5:7:3 hold=A-H1 => A1
            available house 5..7 => 0 0"),
        ("fewer than it keeps, and what is left goes to the house", "
            hold A:5:8:2 => A-H1
            reserve A:5:7 hold=A-H1 => A1
            held A 5..8 => 0 0 0
            sold A 5..8 => 1 1 0"),
        ("what it keeps is not let go for other rooms", "
            hold A:5:8:2 => A-H1
            reserve A:4:7:2 hold=A-H1 => invalid_stay hold_of_other_rooms
            reserve A:5:8 B:5:8 hold=A-H1 => invalid_stay hold_of_other_rooms
            reserve B:5:8:2 hold=A-H1 => invalid_stay hold_of_other_rooms
            held A 5..8 => 2 2 2
            reserve A:5:8 A:5:8 hold=A-H1 => A1"),
        ("not past its time, even if nobody has swept", "
            hold A:5:7 minutes=10 => A-H1
            wait 10
            reserve A:5:7 hold=A-H1 => hold_expired A-H1
            extend A-H1 => hold_expired A-H1
            release A-H1 => hold_expired A-H1
            hold? A-H1 => active
            sweep => swept 1
            hold? A-H1 => expired
            reserve A:5:7 hold=A-H1 => hold_expired A-H1"),
        ("a minute before its time", "
            hold A:5:7 minutes=10 => A-H1
            wait 9
            reserve A:5:7 hold=A-H1 => A1"),
    ]);
}

#[test]
fn what_is_due_is_swept_once() {
    check_all(&[
        (
            "only what is due",
            "
            hold A:5:7 minutes=10 => A-H1
            hold A:5:7 minutes=11 => A-H2
            sweep => swept 0
            wait 10
            sweep => swept 1
            held A 5..7 => 1 1
            sweep => swept 0
            wait 1
            sweep => swept 1
            held A 5..7 => 0 0",
        ),
        (
            "not what was released or converted",
            "
            hold A:5:7 => A-H1
            release A-H1 => A-H1
            hold A:5:7 => A-H2
            reserve A:5:7 hold=A-H2 => A1
            wait 60
            sweep => swept 0",
        ),
    ]);
}

#[test]
fn a_sweep_lets_go_five_hundred_at_most_and_the_oldest_first() {
    let mut world = hotel_of_three();
    answer(&mut world, "limit A 5..6 physical=1000");
    for at in 1..=503 {
        // The later ones are due earlier.
        let minutes = if at <= 3 { 30 } else { 20 };
        let line = format!("hold A:5:6 minutes={minutes}");
        assert_eq!(answer(&mut world, &line), format!("A-H{at}"));
    }
    answer(&mut world, "wait 30");
    assert_eq!(answer(&mut world, "sweep"), "swept 500");
    for at in 1..=3 {
        assert_eq!(answer(&mut world, &format!("hold? A-H{at}")), "active");
    }
    assert_eq!(answer(&mut world, "held A 5..6"), "3");
    assert_eq!(answer(&mut world, "sweep"), "swept 3");
    assert_eq!(answer(&mut world, "held A 5..6"), "0");
}

#[test]
fn only_the_desk_that_placed_a_hold_changes_it() {
    check_all(&[
        (
            "extended, released and booked there alone",
            "
            hold A:5:7 => A-H1
            desk B
            extend A-H1 minutes=20 => hold_of_another_desk A-H1 A
            release A-H1 => hold_of_another_desk A-H1 A
            reserve A:5:7 hold=A-H1 => hold_of_another_desk A-H1 A
            undo -4 => hold_of_another_desk A-H1 A
            hold? A-H1 => active
            desk A
            extend A-H1 minutes=20 => A-H1
            desk B
            undo -1 => hold_of_another_desk A-H1 A
            desk A
            reserve A:5:7 hold=A-H1 => A1",
        ),
        (
            "what the centre placed for a desk is that desk's",
            "
            desk ZB
            hold A:5:7 => ZB-H1
            desk A
            release ZB-H1 => hold_of_another_desk ZB-H1 B
            desk B
            release ZB-H1 => ZB-H1",
        ),
        (
            "swept there alone",
            "
            hold A:5:7 minutes=10 => A-H1
            wait 10
            desk B
            sweep => swept 0
            hold? A-H1 => active
            desk A
            sweep => swept 1",
        ),
    ]);
}

#[test]
fn a_sweep_that_names_its_holds_lets_go_of_no_other() {
    let mut world = hotel_of_three();
    let place = Command::PlaceHold {
        stays: vec![StayRequest {
            room_type: code("A"),
            arrival: day(5),
            departure: day(6),
            rooms: 1,
        }],
        minutes: 10,
        reference: None,
    };
    let mut holds = Vec::new();
    for _ in 0..2 {
        let placed = world.run(&place, With::default()).unwrap();
        let Outcome::Hold { id, .. } = placed.outcome else {
            panic!("{placed:?}");
        };
        holds.push(id);
    }
    world.now = world.now.plus_minutes(11);
    let mut swept = |holds: Vec<HoldId>| {
        let sweep = Command::SweepHolds { holds };
        let decision = world.run(&sweep, With::default()).unwrap();
        // As it is told to a centre.
        (sweep.as_done(&decision.outcome, &decision.events), decision)
    };
    let (_, one) = swept(vec![holds[1]]);
    assert_eq!(one.outcome, Outcome::Swept { holds: 1 });
    let (told, rest) = swept(Vec::new());
    assert_eq!(rest.outcome, Outcome::Swept { holds: 1 });
    assert_eq!(
        told,
        Command::SweepHolds {
            holds: vec![holds[0]]
        }
    );
}
