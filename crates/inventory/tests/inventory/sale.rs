//! What may be sold, and what is offered where it may not.

use super::script::check_all;

#[test]
fn a_sale_needs_rooms_on_every_night_for_the_type() {
    check_all(&[
        ("as many as there are", "
            reserve A:5:7:10 => A1
            sold A 4..8 => 0 10 10 0
            left A 4..8 => 10 0 0 10
            versions A 4..8 => 1 2 2 1"),
        ("one more than there are", "
            reserve A:5:7:11 => no_availability A 5: 11 of 10
            versions A 4..8 => 1 1 1 1"),
        ("the departure's night is not taken", "
            reserve A:5:7:10 => A1
            reserve A:7:8:10 => A2
            reserve A:4:5:10 => A3"),
        ("the overbooking limit is sold too", "
            reserve B:5:6:6 => A1
            left B 5..6 => -1
            available B 5..6 => 0
            reserve B:5:6 => no_availability B 5: 1 of 0 C:5:6(3) B:4:5(6-1) A:5:6(10) B:6:7(6-1) B:3:4(6-1)"),
        ("a negative limit keeps rooms back", "
            limit A 5..6 overbooking=-3 => done
            available A 4..7 => 10 7 10
            reserve A:5:6:8 => no_availability A 5: 8 of 7 A:4:5(10) A:6:7(10) A:3:4(10) A:7:8(10) A:2:3(10)
            reserve A:5:6:7 => A1"),
        ("the first night that lacks rooms is named", "
            reserve A:6:7:10 => A1
            reserve A:5:8 => no_availability A 6: 1 of 0 B:5:8(6-1) A:3:6(10) C:5:8(3) A:7:10(10) A:2:5(10)"),
        ("the last night counts", "
            reserve A:7:8:10 => A1
            reserve A:5:8 => no_availability A 7: 1 of 0 B:5:8(6-1) A:4:7(10) C:5:8(3) A:3:6(10) A:2:5(10)"),
        ("held rooms are not sold", "
            hold A:5:6:10 => A-H1
            reserve A:5:6 => no_availability A 5: 1 of 0 B:5:6(6-1) A:4:5(10) C:5:6(3) A:6:7(10) A:3:4(10)"),
        ("broken rooms are not sold", "
            outage A:5:6:10 => A-O1
            reserve A:5:6 => no_availability A 5: 1 of 0 B:5:6(6-1) A:4:5(10) C:5:6(3) A:6:7(10) A:3:4(10)"),
        ("tentative stays take rooms", "
            reserve A:5:6:10 tentative => A1
            reserve A:5:6 => no_availability A 5: 1 of 0 B:5:6(6-1) A:4:5(10) C:5:6(3) A:6:7(10) A:3:4(10)"),
        ("an oversold night has nothing to sell, not less than nothing", "
            reserve A:5:6:10 => A1
            outage A:5:6:4 => A-O1
            left A 5..6 => -4
            reserve A:5:6 => no_availability A 5: 1 of 0 B:5:6(6-1) A:4:5(10) C:5:6(3) A:6:7(10) A:3:4(10)"),
    ]);
}

#[test]
fn a_sale_needs_rooms_of_the_house_where_its_limit_is_set() {
    check_all(&[
        ("not set: the types alone decide", "
            reserve A:5:6:10 B:5:6:6 C:5:6:3 => A1
            left house 5..6 => -1"),
        ("nothing beyond the house, though a type would allow it", "
            limit house 5..6 overbooking=0 => done
            reserve A:5:6:10 B:5:6:5 C:5:6:3 => A1
            available B 5..6 => 1
            available house 5..6 => 0
            reserve B:5:6 => no_availability house 5: 1 of 0 B:4:5(6-1) B:6:7(6-1) B:3:4(6-1) B:7:8(6-1) B:2:3(6-1)"),
        ("negative: rooms of the house are kept back", "
            limit house 5..6 overbooking=-10 => done
            reserve A:5:6:8 => A1
            available A 5..6 => 2
            reserve C:5:6 => no_availability house 5: 1 of 0 C:4:5(3) C:6:7(3) C:3:4(3) C:7:8(3) C:2:3(3)"),
        ("beyond the types: they decide", "
            limit house 5..6 overbooking=50 => done
            available house 5..6 => 68
            reserve A:5:6:11 => no_availability A 5: 11 of 10"),
        ("several types of one command add up for the house", "
            limit house 5..6 overbooking=-15 => done
            reserve A:5:6:2 B:5:6:2 => no_availability house 5: 4 of 3 B:5:6(3) A:4:5(10) C:5:6(3) A:6:7(10) A:3:4(10)
            reserve A:5:6:2 B:5:6 => A1"),
        ("only the nights of the limit", "
            limit house 5..6 overbooking=-18 => done
            reserve A:4:5 A:6:7 => A1
            reserve A:4:6 => no_availability house 5: 1 of 0 A:3:5(9) A:2:4(10) A:6:8(9) A:1:3(10) A:7:9(10)"),
        ("held rooms count for the house", "
            limit house 5..6 overbooking=-15 => done
            hold C:5:6:3 => A-H1
            reserve A:5:6 => no_availability house 5: 1 of 0 A:4:5(10) A:6:7(10) A:3:4(10) A:7:8(10) A:2:3(10)"),
        ("a hold needs the house as well", "
            limit house 5..6 overbooking=-17 => done
            hold A:5:6:2 => no_availability house 5: 2 of 1 A:4:5(10) A:6:7(10) A:3:4(10) A:7:8(10) A:2:3(10)"),
        ("a swap within a full house asks nothing of it", "
            limit house 5..6 overbooking=-17 => done
            reserve A:5:6 => A1
            amend A1 B:5:6 => A1
            sold house 5..6 => 1"),
        ("a limit changes the house's version", "
            versions house 5..6 => 3
            limit house 5..6 overbooking=1 => done
            versions house 5..6 => 4"),
    ]);
}

#[test]
fn the_stays_of_one_command_are_taken_together_or_not_at_all() {
    check_all(&[
        ("demand adds up", "
            reserve C:5:7:2 C:6:8:2 => no_availability C 6: 4 of 3 B:5:7(6-1) C:4:6(3) A:5:7(10) C:6:8(3) C:3:5(3)
            sold C 5..8 => 0 0 0
            versions C 5..8 => 1 1 1"),
        ("demand that fits", "
            reserve C:5:7:2 C:6:8:1 A:5:6:3 => A1
            sold C 5..8 => 2 3 1
            stays A1 => 1 C:5:7 confirmed, 2 C:5:7 confirmed, 3 C:6:8 confirmed, 4 A:5:6 confirmed, 5 A:5:6 confirmed, 6 A:5:6 confirmed"),
        ("one that lacks rooms refuses all", "
            reserve A:5:6 C:5:6:4 => no_availability C 5: 4 of 3 B:5:6(6-1) A:5:6(10)
            sold A 5..6 => 0"),
        ("a refused number is not lost", "
            reserve C:5:6:4 => no_availability C 5: 4 of 3 B:5:6(6-1) A:5:6(10)
            reserve C:5:6:3 => A1"),
        ("500 in all, as in one", "
            reserve A:5:6:300 A:7:8:201 => invalid_stay rooms"),
    ]);
}

#[test]
fn alternatives_are_in_order_few_and_possible() {
    check_all(&[
        ("types and dates in turn, types by rank and not by code", "
            rank B 9 => B
            reserve A:5:6:10 => A1
            reserve A:5:6 => no_availability A 5: 1 of 0 C:5:6(3) A:4:5(10) B:5:6(6-1) A:6:7(10) A:3:4(10)"),
        ("upwards before downwards, each with what is of it by overbooking", "
            reserve B:5:6:6 => A1
            reserve B:5:6 => no_availability B 5: 1 of 0 C:5:6(3) B:4:5(6-1) A:5:6(10) B:6:7(6-1) B:3:4(6-1)
            reserve B:6:7:5 => A2
            reserve C:6:7:3 => A3
            reserve C:6:7 => no_availability C 6: 1 of 0 B:6:7(1-1) C:5:6(3) A:6:7(10) C:7:8(3) C:4:5(3)"),
        ("a stopped type is not offered", "
            stop B => B
            reserve A:5:6:10 => A1
            reserve A:5:6 => no_availability A 5: 1 of 0 C:5:6(3) A:4:5(10) A:6:7(10) A:3:4(10) A:7:8(10)"),
        ("nothing before the business date", "
            date 6 => done
            reserve A:6:7:10 => A1
            reserve A:6:7 => no_availability A 6: 1 of 0 B:6:7(6-1) A:7:8(10) C:6:7(3) A:8:9(10) A:9:10(10)"),
        ("nothing beyond the open nights", "
            reserve A:40:41:10 => A1
            reserve A:40:41 => no_availability A 40: 1 of 0 B:40:41(6-1) A:39:40(10) C:40:41(3) A:38:39(10) A:37:38(10)"),
        ("three nights of shift, and no more", "
            reserve A:2:9:10 B:1:20:6 C:1:20:3 => A1
            reserve A:5:6 => no_availability A 5: 1 of 0"),
        ("the nearest shift first, the earlier of two", "
            reserve A:5:6:10 B:5:6:6 C:5:6:3 => A1
            reserve A:5:6 => no_availability A 5: 1 of 0 A:4:5(10) A:6:7(10) A:3:4(10) A:7:8(10) A:2:3(10)"),
        ("enough rooms for all that was asked", "
            reserve A:5:6:7 => A1
            reserve A:5:6:4 => no_availability A 5: 4 of 3 B:5:6(6-1) A:4:5(10) A:6:7(10) A:3:4(10) A:7:8(10)"),
        ("what the house allows", "
            reserve A:5:6:10 => A1
            limit house 5..6 overbooking=-6 => done
            limit house 4..5 overbooking=-20 => done
            reserve A:5:6 => no_availability A 5: 1 of 0 B:5:6(2) A:6:7(10) C:5:6(2) A:3:4(10) A:7:8(10)"),
    ]);
}

#[test]
fn what_is_wrong_in_itself_is_refused() {
    check_all(&[
        ("no stay", "reserve => invalid_stay no_stay"),
        ("no room", "reserve A:5:6:0 => invalid_stay rooms"),
        (
            "the most rooms",
            "
            limit A 5..6 physical=500 => done
            reserve A:5:6:500 => A1",
        ),
        (
            "more than the most rooms",
            "reserve A:5:6:501 => invalid_stay rooms",
        ),
        (
            "two thousand million rooms",
            "
            reserve A:5:6:2000000000 => invalid_stay rooms
            reserve A:5:6:2000000000 A:5:6:2000000000 A:5:6:2000000000 => invalid_stay rooms
            hold A:5:6:2000000000 => invalid_stay rooms
            outage A:5:6:2000000000 => invalid_stay outage_rooms
            reserve A:5:6 => A1
            amend A1 A:5:6:2000000000 A:5:6:2000000000 A:5:6:2000000000 => invalid_stay rooms",
        ),
        (
            "a departure before the arrival",
            "reserve A:6:5 => invalid_stay departure_before_arrival",
        ),
        (
            "before the business date",
            "
            date 3 => done
            reserve A:2:4 => invalid_stay before_business_date
            hold A:2:4 => invalid_stay before_business_date",
        ),
        (
            "beyond the open nights",
            "
            reserve A:40:41 => A1
            reserve A:40:42 => invalid_stay not_open 41
            hold A:41:42 => invalid_stay not_open 41",
        ),
        (
            "the year 9999",
            "
            reserve A:9999-12-30:9999-12-31 => invalid_stay not_open 9999-12-30
            reserve A:9999-12-31:9999-12-31 => invalid_stay not_open 9999-12-31
            reserve A:5:9999-12-31 => invalid_stay too_long
            hold A:9999-12-30:9999-12-31 => invalid_stay not_open 9999-12-30
            open 9999-12-30..9999-12-31 => invalid_stay too_far 9999-12-30
            limit A 5..9999-12-31 overbooking=1 => invalid_stay too_far 9999-12-30
            limit house 5..9999-12-31 overbooking=1 => invalid_stay too_far 9999-12-30
            outage A:9999-12-30:9999-12-31 => invalid_stay not_open 9999-12-30
            outage A:5:9999-12-31 => invalid_stay not_open 41
            outage A:5:6 => A-O1
            end A-O1 on=9999-12-31 => invalid_stay outage_longer 6
            retire B 9999-12-31 => B",
        ),
        (
            "366 nights, and one more",
            "
            open 1..500 => nights 1377
            reserve A:5:371 => A1
            reserve A:5:372 => invalid_stay too_long
            sold A 5..6 => 1
            sold A 370..372 => 1 0",
        ),
        (
            "an unknown type",
            "
            reserve X:5:6 => unknown_room_type X
            hold X:5:6 => unknown_room_type X
            outage X:5:6 => unknown_room_type X
            limit X 5..6 overbooking=1 => unknown_room_type X",
        ),
    ]);
}

#[test]
fn errors_come_by_precedence() {
    check_all(&[
        ("unknown before wrong", "
            reserve X:6:5:0 => unknown_room_type X
            reserve A:6:5 X:5:6 => unknown_room_type X
            reserve A:6:5 hold=A-H9 => unknown_hold A-H9
            amend A9 A:6:5 => unknown_reservation A9
            amend A9 X:5:6 => unknown_reservation A9
            extend A-H9 minutes=0 => unknown_hold A-H9"),
        ("wrong before status", "
            reserve A:5:6 => A1
            cancel A1 => A1
            amend A1 A:6:5 => invalid_stay departure_before_arrival
            hold A:5:6 => A-H1
            release A-H1 => A-H1
            extend A-H1 minutes=0 => invalid_stay hold_minutes
            reserve A:6:5 hold=A-H1 => invalid_stay departure_before_arrival"),
        ("status before version", "
            reserve A:5:6 => A1
            cancel A1 => A1
            amend A1 A:5:7 version=9 => illegal_transition cancelled to amend [reinstate]
            check-in A1 version=9 => illegal_transition cancelled to check_in [reinstate]
            hold A:5:6 => A-H1
            release A-H1 => A-H1
            extend A-H1 version=9 => already_released A-H1 released
            release A-H1 version=9 => already_released A-H1 released
            reserve A:5:6 hold=A-H1 version=9 => already_released A-H1 released"),
        ("wrong dates of an amendment before version", "
            reserve A:1:6 => A1
            check-in A1 => A1
            amend A1 A:2:6 version=9 => invalid_stay already_arrived"),
        ("version before conditions", "
            stop A => A
            reserve A:5:6 version=9 => stale 9 1
            hold A:5:6 version=9 => stale 9 1"),
        ("version before an occupied room", "
            reserve A:1:6:2 => A1
            check-in A1/1 room=7 => A1
            check-in A1/2 room=7 version=9 => stale 9 2
            check-in A1/2 room=7 => room_occupied 7 A1"),
        ("conditions before rooms", "
            reserve A:5:6:10 => A1
            stop A => A
            reserve A:5:6 => restricted stopped A 5
            hold A:5:6 => restricted stopped A 5"),
        ("version before rooms", "
            reserve A:5:6:10 => A1
            reserve A:5:6 version=1 => stale 1 2
            reserve A:5:6 version=2 => no_availability A 5: 1 of 0 B:5:6(6-1) A:4:5(10) C:5:6(3) A:6:7(10) A:3:4(10)"),
    ]);
}

#[test]
fn conditions_forbid_what_a_person_may_overrule() {
    check_all(&[
        ("stopped", "
            stop A => A
            reserve A:5:6 => restricted stopped A 5
            reserve A:5:6 override => A1"),
        ("retired from a night on", "
            retire A 10 => A
            reserve A:8:10 => A1
            reserve A:8:11 => restricted retired A 10"),
        ("an override buys no room", "
            reserve A:5:6:10 => A1
            reserve A:5:6 override => no_availability A 5: 1 of 0 B:5:6(6-1) A:4:5(10) C:5:6(3) A:6:7(10) A:3:4(10)"),
        ("what is booked may shrink, leave and be confirmed", "
            reserve A:5:9:2 tentative => A1
            stop A => A
            confirm A1 => A1
            amend A1 A:6:8 => A1
            amend A1 A:5:8 => restricted stopped A 5
            cancel A1 => A1
            reinstate A1/1 => restricted stopped A 6"),
    ]);
}

#[test]
fn a_version_seen_before_a_change_is_stale() {
    check_all(&[
        (
            "of stays: the highest of their cells",
            "
            reserve A:6:7 => A1
            reserve A:5:8 version=1 => stale 1 2
            reserve A:5:8 version=2 => A2
            hold A:5:8 version=2 => stale 2 3
            hold A:5:8 version=3 => A-H1",
        ),
        (
            "of limits: the highest of their cells",
            "
            limit A 5..8 overbooking=1 version=2 => stale 2 1
            limit A 5..8 overbooking=1 version=1 => done
            limit house 5..8 overbooking=1 version=1 => stale 1 0
            limit house 5..8 overbooking=1 version=0 => done
            limit house 5..8 overbooking=2 version=1 => done",
        ),
        (
            "of a reservation",
            "
            reserve A:5:8 => A1
            amend A1 A:5:7 version=2 => stale 2 1
            amend A1 A:5:7 version=1 => A1
            cancel A1 version=1 => stale 1 2
            move A1 5 B version=1 => stale 1 2
            cancel A1 version=2 => A1
            version A1 => 3",
        ),
        (
            "of a hold",
            "
            hold A:5:8 => A-H1
            extend A-H1 version=2 => stale 2 1
            extend A-H1 version=1 => A-H1
            release A-H1 version=1 => stale 1 2
            release A-H1 version=2 => A-H1",
        ),
        (
            "of an outage: the highest of its cells",
            "
            reserve A:6:7 => A1
            outage A:5:8 version=1 => stale 1 2
            outage A:5:8 version=2 => A-O1",
        ),
        (
            "a part to split off",
            "
            reserve A:5:8:2 => A1
            split A1/2 version=3 => stale 3 1
            split A1/2 version=1 => A2",
        ),
    ]);
}

#[test]
fn day_use_takes_no_night_but_an_open_date() {
    check_all(&[
        (
            "no night",
            "
            reserve A:5:5 => A1
            sold A 4..7 => 0 0 0
            versions A 4..7 => 1 1 1
            stays A1 => 1 A:5:5 confirmed",
        ),
        (
            "in a full house",
            "
            reserve A:5:6:10 => A1
            reserve A:5:5:3 => A2
            date 5 => done
            check-in A2 => A2
            check-out A2 => A2",
        ),
        (
            "its date is open",
            "reserve A:41:41 => invalid_stay not_open 41",
        ),
        (
            "its type is sold",
            "
            stop A => A
            reserve A:5:5 => restricted stopped A 5
            reserve A:5:5 override => A1",
        ),
        (
            "a hold keeps at least a night",
            "hold A:5:5 => invalid_stay no_night",
        ),
        (
            "a guest of the day who stays the night is a fact",
            "
            reserve A:1:1 => A1
            check-in A1 => A1
            reserve A:1:2:10 => A2
            amend A1 A:1:2 => A1
            left A 1..2 => -1",
        ),
    ]);
}
