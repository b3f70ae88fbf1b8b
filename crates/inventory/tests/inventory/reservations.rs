//! Reservations that change: amended as one swap, split, moved for a night.

use super::script::check_all;

#[test]
fn an_amendment_is_one_swap() {
    check_all(&[
        ("the same", "
            reserve A:5:7:2 => A1
            amend A1 A:5:7:2 => A1, unchanged
            version A1 => 1"),
        ("shifted by a night in a full type", "
            reserve A:5:7:10 => A1
            amend A1 A:6:8:10 => A1
            sold A 4..9 => 0 0 10 10 0
            versions A 4..9 => 1 3 2 2 1"),
        ("shifted onto a night that lacks rooms", "
            reserve A:5:6:2 => A1
            reserve A:6:7:9 => A2
            amend A1 A:5:7:2 => no_availability A 6: 2 of 1 B:5:7(6-1) A:4:6(8) C:5:7(3) A:3:5(10) A:7:9(10)
            amend A1/1 A:5:7 => A1
            sold A 5..7 => 2 10"),
        ("shorter and longer", "
            reserve A:5:9 => A1
            amend A1 A:5:6 => A1
            sold A 5..9 => 1 0 0 0
            amend A1 A:4:8 => A1
            sold A 4..9 => 1 1 1 1 0
            stays A1 => 1 A:4:8 confirmed"),
        ("another type", "
            reserve A:5:7 => A1
            amend A1 C:5:7 => A1
            sold A 5..7 => 0 0
            sold C 5..7 => 1 1
            stays A1 => 1 C:5:7 confirmed"),
        ("another type that lacks rooms keeps what was", "
            reserve A:5:7 => A1
            reserve C:6:7:3 => A2
            amend A1 C:5:7 => no_availability C 6: 1 of 0 B:5:7(6-1) C:4:6(3) A:5:7(9) C:3:5(3) C:7:9(3)
            sold A 5..7 => 1 1"),
        ("two types change places in a full house", "
            limit house 5..7 overbooking=-15 => done
            reserve B:5:7 C:5:7:2 => A1
            amend A1 B:5:7:2 C:5:7 => A1
            sold house 5..7 => 3 3
            stays A1 => 1 B:5:7 confirmed, 2 C:5:7 confirmed, 3 B:5:7 confirmed"),
        ("more rooms", "
            reserve A:5:7:2 => A1
            amend A1 A:5:7:3 => A1
            stays A1 => 1 A:5:7 confirmed, 2 A:5:7 confirmed, 3 A:5:7 confirmed
            versions A 5..7 => 3 3
            amend A1 A:5:7:11 => no_availability A 5: 8 of 7"),
        ("fewer rooms", "
            reserve A:5:7:3 => A1
            amend A1 A:5:7 => A1
            stays A1 => 1 A:5:7 confirmed, 2 A:5:7 cancelled, 3 A:5:7 cancelled
            sold A 5..7 => 1 1
            reinstate A1/3 => A1
            sold A 5..7 => 2 2"),
        ("one stay of it alone", "
            reserve A:5:7:2 => A1
            amend A1/2 B:8:9 => A1
            stays A1 => 1 A:5:7 confirmed, 2 B:8:9 confirmed
            amend A1/2 A:5:7:2 => invalid_stay one_room"),
        ("a stay added to an option has its date too", "
            reserve A:5:7 tentative until=3 => A1
            amend A1 A:5:7:2 => A1
            stays A1 => 1 A:5:7 tentative until 3, 2 A:5:7 tentative until 3"),
        ("stays that take none ask for none", "
            made waitlisted A:5:7 => A1
            reserve A:5:9:10 => A2
            amend A1 A:5:9 => A1
            sold A 5..9 => 10 10 10 10"),
        ("into day use and back", "
            reserve A:5:7 => A1
            amend A1 A:5:5 => A1
            sold A 5..7 => 0 0
            amend A1 A:5:6 => A1
            sold A 5..7 => 1 0"),
        ("what has ended stays as it was", "
            reserve A:5:7:3 => A1
            cancel A1/1 => A1
            amend A1 A:5:8:2 => A1
            stays A1 => 1 A:5:7 cancelled, 2 A:5:8 confirmed, 3 A:5:8 confirmed
            amend A1/1 A:5:8 => illegal_transition confirmed to amend [check_in cancel no_show]
            cancel A1 => A1
            amend A1 A:5:8 => illegal_transition cancelled to amend [reinstate]"),
        ("what is wrong in itself", "
            reserve A:5:7 => A1
            amend A1 => invalid_stay no_stay
            amend A1 A:5:7:0 => invalid_stay rooms
            amend A1 A:5:7:300 B:5:7:201 => invalid_stay rooms
            amend A1 A:7:5 => invalid_stay departure_before_arrival
            amend A1 A:5:42 => invalid_stay not_open 41
            amend A1 X:5:7 => unknown_room_type X
            amend A1/2 A:5:7 => unknown_stay A1/2"),
        ("an arrival moves to the business date or later; one that is overdue may stay", "
            reserve A:2:7 => A1
            date 4 => done
            amend A1 A:3:7 => invalid_stay before_business_date
            amend A1 A:2:8 => A1
            amend A1 A:2:8 A:3:8 => invalid_stay before_business_date
            amend A1 A:4:8 => A1"),
    ]);
}

#[test]
fn a_guest_in_house_keeps_what_he_slept_and_stays_longer_as_a_fact() {
    check_all(&[
        (
            "longer, where no room is left",
            "
            reserve A:1:3 => A1
            check-in A1 => A1
            reserve A:3:5:10 => A2
            limit house 3..5 overbooking=-8 => done
            amend A1 A:1:5 => A1
            left A 1..6 => 9 9 -1 -1 10
            free house 3..5 => -1 -1",
        ),
        (
            "longer, in a type that is stopped",
            "
            reserve A:1:3 => A1
            check-in A1 => A1
            stop A => A
            amend A1 A:1:5 => A1",
        ),
        (
            "longer, but not beyond the open nights",
            "
            reserve A:1:3 => A1
            check-in A1 => A1
            amend A1 A:1:42 => invalid_stay not_open 41",
        ),
        (
            "a guest who is not here yet is no fact",
            "
            reserve A:1:3 => A1
            reserve A:3:5:10 => A2
            amend A1 A:1:5 => no_availability A 3: 1 of 0 B:1:5(6-1) C:1:5(3)",
        ),
        (
            "the arrival stays",
            "
            reserve A:1:3 => A1
            check-in A1 => A1
            amend A1 A:2:3 => invalid_stay already_arrived",
        ),
        (
            "shorter, down to today and no more",
            "
            reserve A:1:6 => A1
            check-in A1 => A1
            date 4 => done
            amend A1 A:1:3 => invalid_stay already_slept
            amend A1 A:1:4 => A1
            sold A 1..6 => 1 1 1 0 0",
        ),
        (
            "another type takes the nights from today on",
            "
            reserve A:1:5 => A1
            check-in A1 room=7 => A1
            date 3 => done
            amend A1 B:1:5 => A1
            stays A1 => 1 A:1:5 checked_in 3=B 4=B
            sold A 1..5 => 1 1 0 0
            sold B 1..5 => 0 0 1 1
            amend A1 B:1:5 => A1, unchanged",
        ),
        (
            "another type that lacks rooms is no fact",
            "
            reserve A:1:5 => A1
            check-in A1 => A1
            reserve C:3:4:3 => A2
            amend A1 C:1:5 => no_availability C 3: 1 of 0 B:1:5(6-1) C:4:8(3) A:1:5(9)",
        ),
        (
            "another type and longer asks for all of it",
            "
            reserve A:1:3 => A1
            check-in A1 => A1
            reserve C:4:5:3 => A2
            amend A1 C:1:5 => no_availability C 4: 1 of 0 B:1:5(6-1) A:1:5(9)",
        ),
        (
            "longer after another type, where he sleeps or where he booked",
            "
            reserve A:1:4 => A1
            check-in A1 => A1
            date 3 => done
            amend A1 B:1:4 => A1
            reserve A:4:6:10 B:4:6:6 => A2
            amend A1 B:1:5 => A1
            left B 4..5 => -2
            amend A1 A:1:6 => A1
            left A 4..6 => 0 -1",
        ),
        (
            "moved to another type, and back to the one sold",
            "
            reserve A:1:4 => A1
            check-in A1 room=7 => A1
            date 2 => done
            amend A1 B:1:4 => A1
            stays A1 => 1 A:1:4 checked_in 2=B 3=B
            amend A1 A:1:4 => A1
            stays A1 => 1 A:1:4 checked_in
            sold A 1..4 => 1 1 1
            sold B 1..4 => 0 0 0
            amend A1 A:1:4 => A1, unchanged",
        ),
        (
            "what he slept elsewhere stays, and the room goes with the type",
            "
            reserve A:1:4 => A1
            check-in A1 => A1
            amend A1 B:1:4 => A1
            date 2 => done
            amend A1 A:1:4 => A1
            stays A1 => 1 A:1:4 checked_in 1=B
            sold B 1..4 => 1 0 0",
        ),
        (
            "back only where the type sold has the room",
            "
            reserve A:1:4 => A1
            check-in A1 => A1
            amend A1 B:1:4 => A1
            reserve A:2:3:10 => A2
            amend A1 A:1:4 => no_availability A 2: 1 of 0 B:1:4(5-1) A:3:6(10) C:1:4(3) A:4:7(10)
            stays A1 => 1 A:1:4 checked_in 1=B 2=B 3=B",
        ),
        (
            "room is kept where only the departure changes",
            "
            reserve A:1:4 => A1
            check-in A1 room=7 => A1
            amend A1 A:1:5 => A1
            stays A1 => 1 A:1:5 checked_in room 7",
        ),
        (
            "he cannot be left out",
            "
            reserve A:1:4:2 => A1
            check-in A1 => A1
            amend A1 A:1:4 => illegal_transition checked_in to cancel [check_out reverse_check_in]
            sold A 1..4 => 2 2 2",
        ),
        (
            "of several the one in house stays",
            "
            reserve A:1:4:2 => A1
            check-in A1/2 => A1
            amend A1 A:1:4 => A1
            stays A1 => 1 A:1:4 cancelled, 2 A:1:4 checked_in",
        ),
        (
            "rooms added beside him are booked, not in house",
            "
            reserve A:1:4 => A1
            check-in A1 => A1
            amend A1 A:1:4:2 => A1
            stays A1 => 1 A:1:4 checked_in, 2 A:1:4 confirmed",
        ),
    ]);
}

#[test]
fn a_night_moves_to_another_type() {
    check_all(&[
        ("one night of three", "
            reserve A:5:8 => A1
            move A1 6 B => A1
            stays A1 => 1 A:5:8 confirmed 6=B
            sold A 5..8 => 1 0 1
            sold B 5..8 => 0 1 0
            events => night_moved"),
        ("and back", "
            reserve A:5:8 => A1
            move A1 6 B => A1
            move A1 6 A => A1
            stays A1 => 1 A:5:8 confirmed
            sold A 5..8 => 1 1 1"),
        ("to where it is already", "
            reserve A:5:8 => A1
            move A1 6 A => A1, unchanged
            version A1 => 1"),
        ("no room there", "
            reserve A:5:8 => A1
            reserve C:6:7:3 => A2
            move A1 6 C => no_availability C 6: 1 of 0 B:6:7(6-1) C:5:6(3) A:6:7(9) C:7:8(3) C:4:5(3)"),
        ("not sold there", "
            reserve A:5:8 => A1
            stop C => C
            move A1 6 C => restricted stopped C 6"),
        ("no night of it, no single stay, nothing open", "
            reserve A:5:8:2 => A1
            move A1/1 8 B => invalid_stay not_a_night_of_the_stay 8
            move A1/1 4 B => invalid_stay not_a_night_of_the_stay 4
            move A1 6 B => unknown_stay A1
            move A1/1 6 X => unknown_room_type X
            move A9 6 B => unknown_reservation A9
            cancel A1 => A1
            move A1/1 6 B => illegal_transition cancelled to move [reinstate]"),
        ("a night that is over, of who came and of who did not", "
            reserve A:5:8 => A1
            reserve A:5:8 => A2
            date 5 => done
            check-in A1 => A1
            date 6 => done
            move A1 5 B => invalid_stay already_slept 5
            move A2 5 B => invalid_stay before_business_date 5
            move A2 6 B => A2"),
        ("cancelling gives both types back, reinstating takes both", "
            reserve A:5:7 => A1
            move A1 6 B => A1
            cancel A1 => A1
            sold house 5..7 => 0 0
            reinstate A1 => A1
            sold B 6..7 => 1"),
        ("other dates keep the moved nights that they cover", "
            reserve A:5:8 => A1
            move A1 6 B => A1
            amend A1 A:6:9 => A1
            stays A1 => 1 A:6:9 confirmed 6=B
            amend A1 A:7:9 => A1
            stays A1 => 1 A:7:9 confirmed
            sold B 6..7 => 0"),
        ("just what was sold moves them back", "
            reserve A:5:8 => A1
            move A1 6 B => A1
            amend A1 A:5:8 => A1
            stays A1 => 1 A:5:8 confirmed
            sold B 6..7 => 0
            undo => undone amend
            stays A1 => 1 A:5:8 confirmed 6=B"),
    ]);
}

#[test]
fn a_stay_is_split_off_into_a_reservation_of_its_own() {
    check_all(&[
        (
            "no room changes hands",
            "
            reserve A:5:7:10 => A1
            split A1/2 => A2
            sold A 5..7 => 10 10
            stays A2 => 1 A:5:7 confirmed
            events => reservation_split reservation_made
            cancel A2 => A2
            sold A 5..7 => 9 9",
        ),
        (
            "in its status",
            "
            reserve A:1:3:2 => A1
            check-in A1/2 room=7 => A1
            split A1/2 => A2
            stays A1 => 1 A:1:3 confirmed
            stays A2 => 1 A:1:3 checked_in room 7
            check-in A1 room=7 => room_occupied 7 A2",
        ),
        (
            "not the only one, not all of them, not what is not there",
            "
            reserve A:5:7 => A1
            split A1/1 => illegal_transition confirmed to split [check_in cancel no_show]
            split A1 => unknown_stay A1
            split A1/2 => unknown_stay A1/2
            split A9/1 => unknown_reservation A9/1",
        ),
    ]);
}
