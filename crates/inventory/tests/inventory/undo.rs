//! Undo: what each command's inverse is, and when there is none.

use super::script::{answer, check_all, hotel_of_three, refused};
use super::world::With;
use keyrack_inventory::{Command, CommandId};

#[test]
fn every_kind_of_command_is_taken_back() {
    check_all(&[
        (
            "reserve",
            "
            reserve A:5:7:2 => A1
            undo => undone reserve
            stays A1 => 1 A:5:7 cancelled, 2 A:5:7 cancelled
            sold A 5..7 => 0 0
            events => stays_restored
            reinstate A1 => A1
            sold A 5..7 => 2 2",
        ),
        (
            "reserve as an option, which it is again when reinstated",
            "
            reserve A:5:7 tentative => A1
            undo => undone reserve
            reinstate A1 => A1
            stays A1 => 1 A:5:7 tentative",
        ),
        (
            "reserve of a hold: what was kept is kept again until its time",
            "
            hold A:5:7:2 => A-H1
            reserve A:5:7:2 hold=A-H1 => A1
            undo => undone reserve
            sold A 5..7 => 0 0
            held A 5..7 => 2 2
            hold? A-H1 => converted
            hold? A-H2 => active",
        ),
        (
            "walk-in",
            "
            reserve A:1:3 walk-in => A1
            undo => undone walk_in
            stays A1 => 1 A:1:3 cancelled
            reinstate A1 => A1
            stays A1 => 1 A:1:3 confirmed",
        ),
        (
            "confirm",
            "
            reserve A:5:7 tentative until=3 => A1
            confirm A1 => A1
            undo => undone confirm
            stays A1 => 1 A:5:7 tentative until 3",
        ),
        (
            "check-in",
            "
            reserve A:1:3 => A1
            check-in A1 room=7 => A1
            undo => undone check_in
            stays A1 => 1 A:1:3 confirmed",
        ),
        (
            "check-out",
            "
            reserve A:1:3 => A1
            check-in A1 room=7 => A1
            check-out A1 => A1
            undo => undone check_out
            stays A1 => 1 A:1:3 checked_in room 7
            sold A 1..3 => 1 1",
        ),
        (
            "a reversed check-in",
            "
            reserve A:1:3 => A1
            check-in A1 room=7 => A1
            reverse-check-in A1 => A1
            undo => undone reverse_check_in
            stays A1 => 1 A:1:3 checked_in room 7",
        ),
        (
            "a reversed check-out",
            "
            reserve A:1:3 => A1
            check-in A1 => A1
            check-out A1 => A1
            reverse-check-out A1 => A1
            undo => undone reverse_check_out
            stays A1 => 1 A:1:3 checked_out freed 1
            sold A 1..3 => 0 0",
        ),
        (
            "cancel",
            "
            reserve A:5:7 => A1
            cancel A1 => A1
            undo => undone cancel
            stays A1 => 1 A:5:7 confirmed
            sold A 5..7 => 1 1",
        ),
        (
            "no-show",
            "
            reserve A:1:7 => A1
            no-show A1 => A1
            undo => undone no_show
            stays A1 => 1 A:1:7 confirmed",
        ),
        (
            "reinstate",
            "
            reserve A:5:7 => A1
            cancel A1 => A1
            reinstate A1 => A1
            undo => undone reinstate
            stays A1 => 1 A:5:7 cancelled
            sold A 5..7 => 0 0",
        ),
        (
            "several at once",
            "
            reserve A:5:7 => A1
            reserve A:5:7:2 => A2
            cancel A1 A2/2 A9 => done A1 A2/2; failed A9: unknown_reservation A9
            undo => undone cancel
            sold A 5..7 => 3 3",
        ),
        (
            "amend",
            "
            reserve A:5:7:2 => A1
            amend A1 B:6:8 A:5:7:2 => A1
            undo => undone amend
            stays A1 => 1 A:5:7 confirmed, 2 A:5:7 confirmed, 3 B:6:8 cancelled
            sold A 5..7 => 2 2
            sold B 6..8 => 0 0",
        ),
        (
            "a moved night",
            "
            reserve A:5:7 => A1
            move A1 6 B => A1
            undo => undone move_night
            stays A1 => 1 A:5:7 confirmed
            sold B 6..7 => 0",
        ),
        (
            "hold",
            "
            hold A:5:7 => A-H1
            undo => undone place_hold
            hold? A-H1 => released
            held A 5..7 => 0 0",
        ),
        (
            "extend",
            "
            hold A:5:7 minutes=10 => A-H1
            extend A-H1 minutes=60 => A-H1
            undo => undone extend_hold
            wait 10
            sweep => swept 1",
        ),
        (
            "release: held anew under another number",
            "
            hold A:5:7 => A-H1
            release A-H1 => A-H1
            undo => undone release_hold
            hold? A-H2 => active
            held A 5..7 => 1 1
            wait 10
            sweep => swept 1",
        ),
        (
            "outage",
            "
            outage A:5:7 => A-O1
            undo => undone add_outage
            broken A 5..7 => 0 0",
        ),
        (
            "end of an outage",
            "
            outage A:5:9 => A-O1
            end A-O1 on=7 => A-O1
            undo => undone end_outage
            broken A 5..9 => 1 1 1 1
            end A-O1 on=5 => A-O1
            undo => undone end_outage
            broken A 5..11 => 1 1 1 1 0 0",
        ),
        (
            "limits",
            "
            limit A 5..6 overbooking=2 => done
            limit A 5..7 overbooking=3 physical=12 => done
            undo => undone set_limits
            overbooking A 5..7 => 2 0
            physical A 5..7 => 10 10",
        ),
        (
            "the house's limit: none again",
            "
            limit house 5..7 overbooking=-18 => done
            undo => undone set_limits
            free house 5..7 => 19 19
            reserve A:5:7 => A1",
        ),
        (
            "name, rank, stop",
            "
            rename A Sea => A
            undo => undone rename_room_type
            rank A 9 => A
            undo => undone rank_room_type
            stop A => A
            undo => undone stop_room_type
            life A => A 1 on_sale",
        ),
        (
            "retire",
            "
            limit A 10..11 physical=12 => done
            retire A 10 => A
            undo => undone retire_room_type
            life A => A 1 on_sale
            physical A 9..13 => 10 12 10 10",
        ),
        (
            "reactivate of a stopped one",
            "
            stop A => A
            reactivate A => A
            undo => undone reactivate_room_type
            life A => A 1 stopped",
        ),
        (
            "a group whose pick-up was taken back",
            "
            group elastic A:5:8:4 => A-G1
            reserve A:5:8 group=A-G1 => A1
            undo => undone pick_up
            undo => undone open_allotment
            blocked A 5..8 => 0 0 0",
        ),
        (
            "one named, not the last",
            "
            reserve A:5:7 => A1
            reserve B:5:7 => A2
            undo -2 => undone reserve
            stays A1 => 1 A:5:7 cancelled
            stays A2 => 1 B:5:7 confirmed",
        ),
        (
            "the last one, then the one before",
            "
            reserve A:5:7 => A1
            cancel A1 => A1
            undo => undone cancel
            undo => undone reserve
            sold A 5..7 => 0 0",
        ),
        (
            "an undo, by name",
            "
            reserve A:5:7 => A1
            cancel A1 => A1
            undo => undone cancel
            undo -1 => cannot_undo no_inverse
            stays A1 => 1 A:5:7 confirmed",
        ),
    ]);
}

#[test]
fn what_cannot_be_taken_back_says_why() {
    check_all(&[
        (
            "no inverse: nights, date, a new type, a split, a sweep",
            "
            open 41..42 => nights 3
            undo => cannot_undo no_inverse
            date 2 => done
            undo => cannot_undo no_inverse
            add D => D
            undo => cannot_undo no_inverse
            sell D => D
            undo => cannot_undo no_inverse
            reserve A:5:6:2 => A1
            split A1/2 => A2
            undo => cannot_undo no_inverse
            hold A:5:6 => A-H1
            wait 10
            sweep => swept 1
            undo => cannot_undo no_inverse",
        ),
        (
            "nights that are over, of a group",
            "
            group elastic A:3:6:2 => A-G1
            resize A-G1 A:3:6:3 => A-G1
            date 5 => done
            undo -2 => invalid_stay night_is_over 3",
        ),
        (
            "nothing happened",
            "
            limit A 5..6 overbooking=0 => done, unchanged
            undo -1 => cannot_undo no_inverse",
        ),
        (
            "of what changed nothing the last is looked behind",
            "
            reserve A:5:6 => A1
            limit A 5..6 overbooking=0 => done, unchanged
            undo => undone reserve",
        ),
        (
            "refused",
            "
            reserve A:6:5 => invalid_stay departure_before_arrival
            undo -1 => cannot_undo was_refused",
        ),
        (
            "undone before",
            "
            reserve A:5:6 => A1
            undo => undone reserve
            undo -2 => cannot_undo already_undone",
        ),
        (
            "a stay changed since",
            "
            reserve A:5:6 => A1
            amend A1 A:5:7 => A1
            undo -2 => cannot_undo changed_since",
        ),
        (
            "a stay split off since",
            "
            reserve A:5:6:2 => A1
            split A1/2 => A2
            undo -2 => cannot_undo changed_since",
        ),
        (
            "a hold that ended or ran out since",
            "
            hold A:5:6 => A-H1
            release A-H1 => A-H1
            undo -2 => cannot_undo changed_since
            hold A:5:6 => A-H2
            wait 10
            undo -1 => cannot_undo changed_since",
        ),
        (
            "a release whose time is up",
            "
            hold A:5:6 => A-H1
            release A-H1 => A-H1
            wait 10
            undo => cannot_undo changed_since",
        ),
        (
            "an extension that is used up",
            "
            hold A:5:6 minutes=10 => A-H1
            extend A-H1 minutes=60 => A-H1
            wait 10
            undo => cannot_undo changed_since",
        ),
        (
            "an outage ended since",
            "
            outage A:5:9 => A-O1
            end A-O1 on=7 => A-O1
            undo -2 => cannot_undo changed_since",
        ),
        (
            "limits set since",
            "
            limit A 5..7 overbooking=2 => done
            limit A 6..7 overbooking=3 => done
            undo -2 => cannot_undo changed_since
            limit A 5..7 physical=12 => done
            limit A 6..7 physical=13 => done
            undo -2 => cannot_undo changed_since
            limit house 5..7 overbooking=2 => done
            limit house 6..7 overbooking=3 => done
            undo -2 => cannot_undo changed_since",
        ),
        (
            "a type changed since",
            "
            rename A Sea => A
            rank A 9 => A
            undo -2 => cannot_undo changed_since",
        ),
        (
            "no room left",
            "
            reserve A:5:6 => A1
            cancel A1 => A1
            reserve A:5:6:10 => A2
            undo -2 => no_availability A 5: 1 of 0 B:5:6(6-1) A:4:5(10) C:5:6(3) A:6:7(10) A:3:4(10)",
        ),
        (
            "no room left for an amendment's undo",
            "
            reserve A:5:6 => A1
            amend A1 B:5:6 => A1
            reserve A:5:6:10 => A2
            undo -2 => no_availability A 5: 1 of 0 B:5:6(5-1) A:4:5(10) C:5:6(3) A:6:7(10) A:3:4(10)",
        ),
        (
            "no room left for a hold's",
            "
            hold A:5:6 => A-H1
            release A-H1 => A-H1
            reserve A:5:6:10 => A1
            undo -2 => no_availability A 5: 1 of 0 B:5:6(6-1) A:4:5(10) C:5:6(3) A:6:7(10) A:3:4(10)",
        ),
        (
            "not on sale any more",
            "
            reserve A:5:6 => A1
            cancel A1 => A1
            stop A => A
            undo -2 => restricted stopped A 5",
        ),
        (
            "more rooms broken than there were",
            "
            limit A 5..6 physical=12 => done
            outage A:5:6:11 => A-O1
            undo -2 => outage_exceeds_physical 5: 11 of 10",
        ),
        (
            "a longer outage than rooms exist",
            "
            outage A:5:9:6 => A-O1
            end A-O1 on=7 => A-O1
            outage A:7:9:5 => A-O2
            undo -2 => outage_exceeds_physical 7: 11 of 10",
        ),
        (
            "a check-in of yesterday",
            "
            reserve A:1:3 => A1
            check-in A1 => A1
            date 2 => done
            undo -2 => cannot_undo date_moved_on",
        ),
        (
            "a check-out of yesterday",
            "
            reserve A:1:3 => A1
            check-in A1 => A1
            check-out A1 => A1
            date 2 => done
            undo -2 => cannot_undo date_moved_on",
        ),
        (
            "a walk-in of yesterday",
            "
            reserve A:1:3 walk-in => A1
            date 2 => done
            undo -2 => cannot_undo date_moved_on",
        ),
        (
            "nights that were slept since",
            "
            reserve A:1:3 => A1
            check-in A1 => A1
            amend A1 A:1:6 => A1
            date 5 => done
            undo -2 => cannot_undo date_moved_on",
        ),
        (
            "limits and restrictions of nights that are over",
            "
            limit A 1..4 physical=9 => done
            limit A 1..4 overbooking=2 => done
            limit house 1..4 overbooking=-3 => done
            limit A 1..4 stop=on => done
            date 2 => done
            undo -2 => cannot_undo date_moved_on
            undo -4 => cannot_undo date_moved_on
            undo -6 => cannot_undo date_moved_on
            undo -8 => cannot_undo date_moved_on",
        ),
        (
            "an arrival that would lie before the business date; who was kept until it is expected still",
            "
            reserve A:1:4 => A1
            reserve A:1:4 => A2
            amend A1 A:2:4 => A1
            keep A2 => A2
            date 2 => done
            undo -3 => cannot_undo date_moved_on
            amend A2 A:2:4 => A2
            undo => undone amend
            stays A2 => 1 A:1:4 confirmed kept 1",
        ),
        (
            "a cancellation of yesterday's arrival, which is reinstated instead",
            "
            reserve A:1:4 => A1
            cancel A1 => A1
            date 2 => done
            undo -2 => cannot_undo date_moved_on
            reinstate A1 => A1
            cancel A1 => A1
            undo => undone cancel",
        ),
        (
            "a room that was given away since",
            "
            reserve A:1:3 => A1
            reserve A:1:3 => A2
            check-in A1 room=7 => A1
            check-out A1 => A1
            check-in A2 room=7 => A2
            undo -2 => room_occupied 7 A2",
        ),
        (
            "a retired type that is used again",
            "
            retire A 10 => A
            open 41..1097 => nights 2112
            undo -2 => undone retire_room_type
            open 41..1097 => nights 1056
            retire A 10 => A
            reactivate A => A
            reserve A:20:21 => A1
            undo -2 => room_type_in_use A 1: A1
            cancel A1 => A1
            undo -4 => undone reactivate_room_type
            life A => A 1 retired",
        ),
    ]);
}

#[test]
fn nothing_to_undo_and_nothing_of_that_name() {
    let mut world = hotel_of_three();
    let unknown = CommandId(uuid::Uuid::from_u128(7));
    let named = Command::Undo {
        command: Some(unknown),
    };
    let refusal = world.run(&named, With::default()).unwrap_err();
    assert_eq!(refused(&refusal), format!("unknown_command {unknown}"));
    world.log.clear();
    assert_eq!(answer(&mut world, "undo"), "cannot_undo nothing_to_undo");
}
