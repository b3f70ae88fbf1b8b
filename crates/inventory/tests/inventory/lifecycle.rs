//! The steps of a stay's life.

use keyrack_inventory::command::{NewStay, Reserve};
use keyrack_inventory::decide::decide;
use keyrack_inventory::model::StayRequest;
use keyrack_inventory::state::{Halt, Shares};
use keyrack_inventory::{
    Authority, Command, CommandId, Context, Event, Outcome, RoomNumber, StayReference, StayStatus,
    Transition,
};

use super::script::{answer, check_all, hotel_of_three};
use super::world::{code, day};

/// Every status by every step: where it leads, or what is allowed instead.
#[test]
fn every_row_of_the_lifecycle_and_every_step_that_is_not_in_it() {
    let steps = [
        "confirm",
        "check-in",
        "check-out",
        "reverse-check-in",
        "reverse-check-out",
        "cancel",
        "no-show",
        "reinstate",
        "offer",
    ];
    let no = "";
    // (from, how it came there, what is allowed, where each of the steps leads)
    let table = [
        (
            "waitlisted",
            "made waitlisted A:1:3",
            "offer confirm cancel",
            [
                "confirmed",
                no,
                no,
                no,
                no,
                "cancelled",
                no,
                no,
                "tentative until 2",
            ],
        ),
        (
            "tentative",
            "reserve A:1:3 tentative",
            "confirm cancel",
            ["confirmed", no, no, no, no, "cancelled", no, no, no],
        ),
        (
            "needs_confirmation",
            "made needs_confirmation A:1:3",
            "confirm cancel",
            ["confirmed", no, no, no, no, "cancelled", no, no, no],
        ),
        (
            "confirmed",
            "reserve A:1:3",
            "check_in cancel no_show",
            [no, "checked_in", no, no, no, "cancelled", "no_show", no, no],
        ),
        (
            "checked_in",
            "reserve A:1:3\ncheck-in A1",
            "check_out reverse_check_in",
            [
                no,
                no,
                "checked_out freed 1",
                "confirmed",
                no,
                no,
                no,
                no,
                no,
            ],
        ),
        (
            "checked_out",
            "reserve A:1:3\ncheck-in A1\ncheck-out A1",
            "reverse_check_out",
            [no, no, no, no, "checked_in", no, no, no, no],
        ),
        (
            "cancelled",
            "reserve A:1:3\ncancel A1",
            "reinstate",
            [no, no, no, no, no, no, no, "confirmed", no],
        ),
        (
            "no_show",
            "reserve A:1:3\nno-show A1",
            "reinstate",
            [no, no, no, no, no, no, no, "confirmed", no],
        ),
    ];
    for (from, before, allowed, leads) in table {
        for (step, to) in steps.into_iter().zip(leads) {
            for id in ["A1", "A1/1"] {
                let answer = match to {
                    "" => format!(
                        "illegal_transition {from} to {} [{allowed}]",
                        step.replace('-', "_")
                    ),
                    _ => "A1".to_owned(),
                };
                let status = if to.is_empty() { from } else { to };
                let freed = if status == "checked_out" {
                    " freed 1"
                } else {
                    ""
                };
                let before = before.replace('\n', " => A1\n");
                let script = format!(
                    "{before} => A1\n{step} {id} => {answer}\nstays A1 => 1 A:1:3 {status}{freed}"
                );
                check_all(&[(&format!("{from}, {step} of {id}"), &script)]);
            }
        }
    }
}

#[test]
fn what_a_status_takes() {
    check_all(&[
        ("waitlisted and unconfirmed take none until confirmed", "
            made waitlisted A:5:6 => A1
            made needs_confirmation A:5:6 => A2
            sold A 5..6 => 0
            confirm A1 A2 => done A1 A2; failed
            sold A 5..6 => 2"),
        ("confirming one that takes none needs rooms", "
            made waitlisted A:5:6 => A1
            made needs_confirmation A:5:6 => A2
            reserve A:5:6:10 => A3
            confirm A1 => no_availability A 5: 1 of 0 B:5:6(6-1) A:4:5(10) C:5:6(3) A:6:7(10) A:3:4(10)
            confirm A2 => no_availability A 5: 1 of 0 B:5:6(6-1) A:4:5(10) C:5:6(3) A:6:7(10) A:3:4(10)"),
        ("confirming a tentative stay asks for nothing", "
            reserve A:5:6:10 tentative until=3 => A1
            stays A1 => 1 A:5:6 tentative until 3, 2 A:5:6 tentative until 3, 3 A:5:6 tentative until 3, 4 A:5:6 tentative until 3, 5 A:5:6 tentative until 3, 6 A:5:6 tentative until 3, 7 A:5:6 tentative until 3, 8 A:5:6 tentative until 3, 9 A:5:6 tentative until 3, 10 A:5:6 tentative until 3
            confirm A1/1 => A1
            sold A 5..6 => 10
            versions A 5..6 => 2"),
        ("checking in and out takes what was taken", "
            reserve A:1:3 => A1
            check-in A1 => A1
            date 3 => done
            check-out A1 => A1
            sold A 1..4 => 1 1 0
            versions A 1..4 => 2 2 1
            stays A1 => 1 A:1:3 checked_out"),
        ("cancelled and not come take none", "
            reserve A:5:6:2 => A1
            cancel A1/1 => A1
            sold A 5..6 => 1
            no-show A1/2 => invalid_stay not_due_yet 5
            no-show A1 => invalid_stay not_due_yet 5
            no-show A1/2 override => A1
            undo => undone no_show
            date 5 => done
            no-show A1/2 => A1
            sold A 5..6 => 0
            stays A1 => 1 A:5:6 cancelled, 2 A:5:6 no_show"),
    ]);
}

#[test]
fn an_early_check_out_frees_the_nights_from_that_date_on() {
    check_all(&[
        (
            "two nights slept, three given back",
            "
            reserve A:1:6 => A1
            check-in A1 => A1
            date 3 => done
            check-out A1 => A1
            sold A 1..6 => 1 1 0 0 0
            versions A 1..6 => 2 2 3 3 3
            stays A1 => 1 A:1:6 checked_out freed 3
            reserve A:3:6:10 => A2",
        ),
        (
            "before the first night",
            "
            reserve A:1:6 => A1
            check-in A1 => A1
            check-out A1 => A1
            sold A 1..6 => 0 0 0 0 0",
        ),
        (
            "after the departure nothing is freed",
            "
            reserve A:1:3 => A1
            check-in A1 => A1
            date 5 => done
            check-out A1 => A1
            sold A 1..6 => 1 1 0 0 0",
        ),
    ]);
}

#[test]
fn nobody_is_checked_in_before_the_arrival() {
    check_all(&[
        (
            "whatever is said, and an amended arrival or the date helps",
            "
            reserve A:3:6 => A1
            check-in A1 => illegal_transition confirmed to check_in [cancel] before 3
            check-in A1/1 room=7 => illegal_transition confirmed to check_in [cancel] before 3
            check-in A1 override => illegal_transition confirmed to check_in [cancel] before 3
            amend A1 A:1:6 => A1
            check-in A1 => A1
            reserve B:3:6 => A2
            date 3 => done
            check-in A2 => A2",
        ),
        (
            "of a whole reservation those come who are to be here, and of several each stands alone",
            "
            reserve A:1:3 A:3:6 => A1
            check-in A1 => A1
            stays A1 => 1 A:1:3 checked_in, 2 A:3:6 confirmed
            check-in A1 => illegal_transition confirmed to check_in [check_out reverse_check_in cancel] before 3
            check-in A1/2 => illegal_transition confirmed to check_in [cancel] before 3
            reserve A:1:2 => A2
            check-in A1/2 A2 => done A2; failed A1/2: illegal_transition confirmed to check_in [cancel] before 3",
        ),
        (
            "day use, and who was never promised a room",
            "
            reserve A:3:3 => A1
            check-in A1 => illegal_transition confirmed to check_in [cancel] before 3
            made needs_confirmation A:3:5 => A2
            check-in A2 override => illegal_transition needs_confirmation to check_in [confirm cancel] before 3
            date 3 => done
            check-in A1 => A1
            check-in A2 override => A2",
        ),
        (
            "a late guest is checked in",
            "
            reserve A:1:6 => A1
            date 3 => done
            check-in A1 => A1",
        ),
    ]);
}

/// What a desk did while it was offline happened: the centre takes it, whatever the arrival is by now.
#[test]
fn a_check_in_that_happened_is_a_fact_whatever_the_arrival_is() {
    let mut world = hotel_of_three();
    assert_eq!(answer(&mut world, "reserve A:3:6"), "A1");
    let id: StayReference = "A1".parse().unwrap();
    let check_in = Command::Transition {
        transition: Transition::CheckIn,
        ids: vec![id],
        room: None,
        rooms: Vec::new(),
        reason: None,
    };
    for (authority, taken) in [
        (Authority::Counts, false),
        (Authority::Share, false),
        (Authority::Beyond, false),
        (Authority::Promised, true),
    ] {
        let decided = decide(&world.state, &context(authority), &check_in);
        assert_eq!(decided.is_ok(), taken, "{authority:?}: {decided:?}");
    }
}

/// A share of one room covers one of two who wait, whether each is named, or the second with the whole that he is part of.
#[test]
fn several_steps_of_one_command_take_no_room_of_a_share_twice() {
    let mut world = hotel_of_three();
    for made in ["A1", "A2"] {
        assert_eq!(answer(&mut world, "reserve C:5:6 waiting"), made);
    }
    let two = answer(&mut world, "reserve C:5:6:2 waiting");
    assert_eq!(two, "A3");
    for (ids, rooms, taken) in [
        (["A1", "A2"], 1, 1),
        (["A1", "A2"], 2, 2),
        (["A3/1", "A3"], 1, 1),
        (["A3/1", "A3"], 2, 2),
    ] {
        let mut state = world.state.clone();
        let shares = Shares {
            left: rooms,
            others: 0,
        };
        state.put_shares(code("C"), day(5), shares);
        let confirm = Command::Transition {
            transition: Transition::Confirm,
            ids: ids.iter().map(|id| id.parse().unwrap()).collect(),
            room: None,
            rooms: Vec::new(),
            reason: None,
        };
        let decided = decide(&state, &context(Authority::Share), &confirm).unwrap();
        let Outcome::Batch { done, failed } = decided.outcome else {
            panic!("{:?}", decided.outcome);
        };
        assert_eq!((done.len(), failed.len()), (taken, 2 - taken), "{ids:?}");
    }
}

fn context(authority: Authority) -> Context {
    Context {
        command_id: CommandId(uuid::Uuid::from_u128(7)),
        now: "2017-06-01T12:00:00Z".parse().unwrap(),
        if_version: None,
        override_given: false,
        authority,
    }
}

#[test]
fn reversals_are_for_the_same_business_date() {
    check_all(&[
        (
            "a check-in of today",
            "
            reserve A:1:3 => A1
            check-in A1 room=7 => A1
            reverse-check-in A1 => A1
            stays A1 => 1 A:1:3 confirmed
            events => check_in_reversed
            sold A 1..3 => 1 1",
        ),
        (
            "a check-in of yesterday",
            "
            reserve A:1:3 => A1
            check-in A1 => A1
            date 2 => done
            reverse-check-in A1 => illegal_transition checked_in to reverse_check_in [check_out]",
        ),
        (
            "a check-out of today takes the nights again",
            "
            reserve A:1:5 => A1
            check-in A1 => A1
            date 2 => done
            check-out A1 => A1
            reverse-check-out A1 => A1
            stays A1 => 1 A:1:5 checked_in
            sold A 1..5 => 1 1 1 1",
        ),
        (
            "a check-out of yesterday",
            "
            reserve A:1:5 => A1
            check-in A1 => A1
            check-out A1 => A1
            date 2 => done
            reverse-check-out A1 => illegal_transition checked_out to reverse_check_out []",
        ),
        (
            "a guest who is still there is a fact, even in a full house",
            "
            reserve A:1:5 => A1
            check-in A1 => A1
            check-out A1 => A1
            reserve A:1:5:10 => A2
            reverse-check-out A1 => A1
            left A 1..5 => -1 -1 -1 -1",
        ),
        (
            "also where his nights were in two types",
            "
            reserve A:1:5 => A1
            move A1 2 C => A1
            check-in A1 => A1
            date 2 => done
            check-out A1 => A1
            reserve C:2:3:3 => A2
            reverse-check-out A1 => A1
            left C 2..3 => -1",
        ),
    ]);
}

#[test]
fn reinstating_takes_inventory_again_or_is_refused() {
    check_all(&[
        ("back to what it was", "
            reserve A:5:6 tentative until=3 => A1
            cancel A1 => A1
            reinstate A1 => A1
            stays A1 => 1 A:5:6 tentative until 3
            sold A 5..6 => 1"),
        ("a no-show that came", "
            reserve A:1:6 => A1
            no-show A1 => A1
            sold A 1..2 => 0
            reinstate A1 => A1
            check-in A1 => A1
            sold A 1..2 => 1"),
        ("no rooms any more", "
            reserve A:5:6 => A1
            cancel A1 => A1
            reserve A:5:6:10 => A2
            reinstate A1 => no_availability A 5: 1 of 0 B:5:6(6-1) A:4:5(10) C:5:6(3) A:6:7(10) A:3:4(10)"),
        ("all of its stays, or none", "
            reserve A:5:6:2 => A1
            cancel A1 => A1
            reserve A:5:6:9 => A2
            reinstate A1 => no_availability A 5: 2 of 1 B:5:6(6-1) A:4:5(10) C:5:6(3) A:6:7(10) A:3:4(10)
            reinstate A1/2 => A1
            stays A1 => 1 A:5:6 cancelled, 2 A:5:6 confirmed"),
        ("one that took none takes none again", "
            made waitlisted A:5:6 => A1
            cancel A1 => A1
            reserve A:5:6:10 => A2
            reinstate A1 => A1
            stays A1 => 1 A:5:6 waitlisted"),
        ("no rooms in the house", "
            reserve A:5:6 => A1
            cancel A1 => A1
            limit house 5..6 overbooking=-18 => done
            reinstate A1 => no_availability house 5: 1 of 0 A:4:5(10) A:6:7(10) A:3:4(10) A:7:8(10) A:2:3(10)"),
    ]);
}

#[test]
fn a_step_on_a_reservation_takes_those_of_its_stays_that_can_take_it() {
    check_all(&[
        (
            "the rest of them",
            "
            reserve A:1:3:3 => A1
            cancel A1/2 => A1
            check-in A1 => A1
            stays A1 => 1 A:1:3 checked_in, 2 A:1:3 cancelled, 3 A:1:3 checked_in
            cancel A1 => illegal_transition checked_in to cancel [check_out reverse_check_in reinstate]",
        ),
        (
            "a stay that is not there",
            "
            reserve A:1:3 => A1
            check-in A1/2 => unknown_stay A1/2
            check-in A9 => unknown_reservation A9",
        ),
        ("nothing named", "check-in => invalid_stay no_stay"),
    ]);
}

#[test]
fn of_several_ids_each_stands_alone() {
    check_all(&[
        ("some fail, with an event that says so", "
            reserve A:1:3 => A1
            reserve A:1:3 => A2
            cancel A2 => A2
            check-in A1 A2 A9 => done A1; failed A2: illegal_transition cancelled to check_in [reinstate]; A9: unknown_reservation A9
            events => stays_checked_in batch_partly_applied
            stays A1 => 1 A:1:3 checked_in"),
        ("all done", "
            reserve A:1:3 => A1
            reserve A:1:3 => A2
            cancel A1 A2 => done A1 A2; failed
            events => stays_cancelled stays_cancelled
            sold A 1..3 => 0 0"),
        ("all fail, and nothing happens", "
            cancel A1 A2 => done ; failed A1: unknown_reservation A1; A2: unknown_reservation A2
            events =>"),
        ("the same twice", "
            reserve A:1:3 => A1
            cancel A1 A1 => done A1; failed A1: illegal_transition cancelled to cancel [reinstate]"),
        ("two stays of one", "
            reserve A:1:3:2 => A1
            check-in A1/1 A1/2 => done A1/1 A1/2; failed
            version A1 => 3"),
        ("the second sees what the first took", "
            reserve C:5:6:2 => A1
            cancel A1 => A1
            reserve C:5:6:2 => A2
            reinstate A1/1 A1/2 => done A1/1; failed A1/2: no_availability C 5: 1 of 0 B:5:6(6-1) C:4:5(3) A:5:6(10) C:6:7(3) C:3:4(3)"),
        ("the second sees the room that the first took", "
            reserve A:1:3 => A1
            reserve A:1:3 => A2
            check-in A1 A2 room=7 => done A1; failed A2: room_occupied 7 A1"),
        ("several at once, each in a room of its own", "
            reserve A:1:3:2 => A1
            reserve A:1:3 => A2
            check-in A1/1 A1/2 A2 rooms=A1/1:7,A2:7,A1/2:8 => done A1/1 A1/2; failed A2: room_occupied 7 A1
            check-in A2 rooms=A2:9 => A2
            room A2 8 => room_occupied 8 A1"),
        ("a guest in the house gets another room, and back", "
            reserve A:1:3 => A1
            room A1 7 => illegal_transition confirmed to give_room [check_in cancel no_show]
            check-in A1 => A1
            room A1 7 => A1
            events => room_given
            room A1 7 => A1, unchanged
            room A1 8 version=9 => stale 9 3
            reserve A:1:3 walk-in room=7 => room_occupied 7 A1
            room A1 8 => A1
            reserve A:1:3 walk-in room=7 => A2
            undo -2 => room_occupied 7 A2
            room A2 9 => A2
            undo => undone give_room"),
        ("what is known beside the stays is put right, wherever they stand", "
            reserve A:1:3 => A1
            details A1 adults=3 meal=BB => A1
            events => details_set
            details A1 adults=3 => A1, unchanged
            details A1 adults=1 version=9 => stale 9 2
            cancel A1 => A1
            details A1 without=meal => A1
            version A1 => 4
            undo => undone set_details
            details A1 adults=2 => A1
            undo -7 => cannot_undo changed_since
            details A9 adults=1 => unknown_reservation A9"),
        ("of several in the house the stay is named", "
            reserve A:1:3:2 walk-in room=7 => invalid_stay room_of_one
            reserve A:1:3 room=7 => invalid_stay room_of_one
            reserve A:1:3:2 walk-in => A1
            room A1 7 => invalid_stay room_of_one
            room A1/2 7 => A1
            room A1/3 7 => unknown_stay A1/3
            room A1/1 7 => room_occupied 7 A1
            room A9 7 => unknown_reservation A9"),
        ("the second sees the room that the first left", "
            reserve A:1:3:2 => A1
            check-in A1/1 room=7 => A1
            reverse-check-in A1/1 A9 => done A1/1; failed A9: unknown_reservation A9
            check-in A1/2 room=7 => A1"),
    ]);
}

#[test]
fn a_room_is_given_to_one_guest_in_house() {
    check_all(&[
        (
            "taken",
            "
            reserve A:1:3 => A1
            reserve A:1:3 => A2
            check-in A1 room=7 => A1
            stays A1 => 1 A:1:3 checked_in room 7
            check-in A2 room=7 => room_occupied 7 A1
            check-in A2 room=8 => A2",
        ),
        (
            "free again",
            "
            reserve A:1:3 => A1
            reserve A:1:3 => A2
            check-in A1 room=7 => A1
            check-out A1 => A1
            check-in A2 room=7 => A2
            reverse-check-out A1 => room_occupied 7 A2",
        ),
        (
            "two stays of one reservation",
            "
            reserve A:1:3:2 => A1
            check-in A1 room=7 => invalid_stay room_of_one",
        ),
    ]);
}

#[test]
fn a_walk_in_is_reserved_and_checked_in_at_once() {
    check_all(&[
        ("with rooms", "
            reserve A:1:3 walk-in => A1
            stays A1 => 1 A:1:3 checked_in
            sold A 1..3 => 1 1
            reverse-check-in A1 => A1"),
        ("of another date than today", "
            reserve A:2:3 walk-in => invalid_stay walk_in_arrives_today
            reserve A:1:3 A:2:3 walk-in override => invalid_stay walk_in_arrives_today
            date 2 => done
            reserve A:2:3 walk-in => A1"),
        ("without rooms", "
            reserve A:1:3:10 => A1
            reserve A:1:3 walk-in => no_availability A 1: 1 of 0 B:1:3(6-1) A:3:5(10) C:1:3(3) A:4:6(10)"),
        ("let in by somebody who may", "
            reserve A:1:3:10 => A1
            limit house 1..3 overbooking=-8 => done
            reserve A:1:3 walk-in override => A2
            left A 1..3 => -1 -1
            free house 1..3 => -1 -1"),
        ("an override opens no night", "reserve A:40:42 walk-in override => invalid_stay not_open 41"),
    ]);
}

#[test]
fn a_long_batch_is_loaded_in_as_few_goes_as_a_short_one() {
    let goes = |count: usize| {
        let mut world = hotel_of_three();
        let mut ids = Vec::new();
        for at in 0..count {
            let day = 2 + at;
            answer(&mut world, &format!("reserve A:{day}:{}", day + 1));
            ids.push(format!("A{}", at + 1));
        }
        let said = answer(&mut world, &format!("cancel {}", ids.join(" ")));
        assert!(said.starts_with("done"), "{said}");
        world.goes.get()
    };
    assert_eq!(goes(30), goes(2));
}

#[test]
fn who_was_let_in_elsewhere_is_in_the_house_though_his_room_is_taken() {
    let mut world = hotel_of_three();
    for said in ["reserve A:1:3", "reserve A:1:3", "check-in A1 room=7"] {
        answer(&mut world, said);
    }
    let walk_in: Command = Command::Reserve(Reserve {
        stays: vec![NewStay {
            request: StayRequest {
                room_type: code("A"),
                arrival: day(1),
                departure: day(3),
                rooms: 1,
            },
            price: None,
            cost: None,
            assigned: None,
        }],
        walk_in: true,
        room: Some("7".parse().unwrap()),
        ..Reserve::default()
    });
    let check_in = Command::Transition {
        transition: Transition::CheckIn,
        ids: vec!["A2".parse().unwrap()],
        room: Some("7".parse().unwrap()),
        rooms: Vec::new(),
        reason: None,
    };
    for command in [walk_in, check_in] {
        let refused = decide(&world.state, &context(Authority::Counts), &command);
        assert!(
            matches!(&refused, Err(Halt::Refused(refusal)) if refusal.code() == "room_occupied"),
            "{refused:?}"
        );
        let decision = decide(&world.state, &context(Authority::Promised), &command).unwrap();
        let rooms: Vec<_> = stays_of(&decision.events).collect();
        assert_eq!(rooms, [(StayStatus::CheckedIn, None)]);
    }
}

fn stays_of(events: &[Event]) -> impl Iterator<Item = (StayStatus, Option<RoomNumber>)> {
    events.iter().flat_map(|event| {
        let made = match event {
            Event::ReservationMade(made) => made.stays.clone(),
            _ => Vec::new(),
        };
        let changed = event.stays_changed().map(|change| change.stays.clone());
        let after = changed.into_iter().flatten().filter_map(|diff| diff.after);
        let all: Vec<_> = made.into_iter().chain(after).collect();
        all.into_iter().map(|stay| (stay.status, stay.room))
    })
}

#[test]
fn a_room_for_a_stay_that_is_not_named_is_refused() {
    check_all(&[(
        "of another one, and two for one",
        "
        reserve A:1:3 => A1
        check-in A1 rooms=A1/1:7 => invalid_stay room_of_one
        check-in A1 rooms=A1:7,A1:8 => invalid_stay room_of_one
        check-in A1 rooms=A1:7 => A1",
    )]);
}
