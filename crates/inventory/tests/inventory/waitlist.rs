//! The waitlist, options that keep no room, and who is let in without a promise.

use super::script::check_all;

#[test]
fn the_oldest_who_fits_is_offered_a_room() {
    check_all(&[
        (
            "joined, offered, confirmed",
            "
            reserve C:5:8:3 => A1
            reserve C:5:7 waiting => A2
            wait 1
            reserve C:5:6 waiting => A3
            stays A2 => 1 C:5:7 waitlisted
            sold C 5..7 => 3 3
            offer => done, unchanged
            cancel A1/1 => A1
            offer => A2
            stays A2 => 1 C:5:7 tentative until 2
            events => waitlist_offered
            sold C 5..7 => 3 3
            offer => done, unchanged
            confirm A2 => A2
            stays A2 => 1 C:5:7 confirmed",
        ),
        (
            "one who does not fit is passed over",
            "
            reserve C:5:7:3 => A1
            reserve C:5:7:2 waiting => A2
            wait 1
            reserve C:6:7 waiting => A3
            cancel A1/1 => A1
            offer until=4 => A3
            stays A3 => 1 C:6:7 tentative until 4
            stays A2 => 1 C:5:7 waitlisted, 2 C:5:7 waitlisted",
        ),
        (
            "nobody is offered a night that is over",
            "
            reserve C:1:3 waiting => A1
            date 2 => done
            offer => done, unchanged
            offer A1 => invalid_stay before_business_date 1
            amend A1 C:2:3 => A1
            offer A1 => A1",
        ),
        (
            "a named one",
            "
            reserve C:5:7 waiting => A1
            reserve C:5:7 waiting => A2
            offer A2 => A2
            offer A2 => illegal_transition tentative to offer [confirm cancel]
            offer A9 => unknown_reservation A9
            reserve C:5:7:2 => A3
            offer A1 => no_availability C 5: 1 of 0 B:5:7(6-1) C:3:5(3) A:5:7(10) C:7:9(3) C:2:4(3)
            offer A1 until=0 => invalid_stay option_out_of_range 0",
        ),
        (
            "under a stop-sell nobody is offered anything",
            "
            reserve C:5:7 waiting => A1
            limit C 6..7 stop=on => done
            offer => done, unchanged
            confirm A1 => restricted stop_sell C 6
            limit C 5..7 stop=off cta=on => done
            offer A1 => restricted closed_to_arrival C 5",
        ),
        (
            "taken back",
            "
            reserve C:5:7 waiting => A1
            offer => A1
            undo => undone offer_waitlist
            stays A1 => 1 C:5:7 waitlisted
            sold C 5..6 => 0
            undo => undone join_waitlist
            stays A1 => 1 C:5:7 cancelled",
        ),
        (
            "left",
            "
            reserve C:5:7 waiting => A1
            reserve C:5:7 => A2
            leave A1 => A1
            stays A1 => 1 C:5:7 cancelled
            leave A1 => illegal_transition cancelled to leave_waitlist [reinstate]
            leave A2 => illegal_transition confirmed to leave_waitlist [cancel]
            reinstate A1 => A1
            stays A1 => 1 C:5:7 waitlisted",
        ),
        (
            "who waits takes nothing else at once",
            "
            hold C:5:7 => A-H1
            group committed A:5:7 => A-G1
            reserve C:5:7 waiting hold=A-H1 => invalid_stay waits_for_nothing
            reserve A:5:7 waiting group=A-G1 => invalid_stay waits_for_nothing
            reserve C:1:7 waiting walk-in => invalid_stay waits_for_nothing
            reserve C:5:4 waiting => invalid_stay departure_before_arrival
            reserve X:5:7 waiting => unknown_room_type X",
        ),
        (
            "who should have come is offered nothing",
            "
            reserve C:1:7 waiting => A1
            date 2 => done
            offer => done, unchanged",
        ),
    ]);
}

#[test]
fn who_was_never_promised_a_room_is_let_in_by_somebody_who_may() {
    check_all(&[(
        "a fact, whatever is free",
        "
        reserve C:1:3:3 => A1
        made needs_confirmation C:1:3 => A2
        sold C 1..3 => 3 3
        check-in A2 => illegal_transition needs_confirmation to check_in [confirm cancel]
        check-in A2 override => A2
        sold C 1..3 => 4 4
        left C 1..2 => -1",
    )]);
}

#[test]
fn an_option_ends_on_the_business_date_or_later() {
    check_all(&[(
        "not in the past",
        "
        date 3 => done
        reserve A:5:7 tentative until=2 => invalid_stay option_out_of_range 2
        reserve A:5:7 tentative until=3 => A1",
    )]);
}
