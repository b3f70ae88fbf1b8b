//! Restrictions: stop-sell, closed to arrival and departure, minimum and maximum stay.

use super::script::check_all;

#[test]
fn each_restriction_refuses_what_it_names_and_nothing_else() {
    check_all(&[
        (
            "stop-sell",
            "
            limit A 6..8 stop=on => done
            bits A 5..9 => 0 1 1 0
            reserve A:5:7 => restricted stop_sell A 6
            reserve A:5:6 => A1
            reserve A:8:9 => A2
            reserve B:5:8 => A3
            hold A:7:8 => restricted stop_sell A 7
            reserve A:7:7 => restricted stop_sell A 7
            limit A 6..7 stop=off => done
            reserve A:5:7 => A4
            limit A 6..7 stop=off => done, unchanged",
        ),
        (
            "closed to arrival",
            "
            limit A 6..7 cta=on => done
            reserve A:6:8 => restricted closed_to_arrival A 6
            reserve A:5:8 => A1
            reserve A:6:6 => restricted closed_to_arrival A 6
            amend A1 A:6:8 => restricted closed_to_arrival A 6
            amend A1 A:5:9 => A1",
        ),
        (
            "closed to departure",
            "
            limit A 8..9 ctd=on => done
            reserve A:6:8 => restricted closed_to_departure A 8
            reserve A:6:9 => A1
            amend A1 A:6:8 => restricted closed_to_departure A 8
            amend A1 A:5:9 => A1",
        ),
        (
            "the last open night has no departure rule",
            "reserve A:39:41 => A1",
        ),
        (
            "minimum and maximum stay are those of the night of arrival",
            "
            limit A 5..8 min=3 max=4 => done
            reserve A:5:7 => restricted min_stay A 5 3
            reserve A:5:10 => restricted max_stay A 5 4
            reserve A:4:6 => A1
            reserve A:7:10 => A2
            reserve A:5:5 => A3
            limit A 5..6 min=0 => done
            reserve A:5:6 => A4
            reserve A:5:10 => restricted max_stay A 5 4
            amend A2 A:7:9 => restricted min_stay A 7 3",
        ),
        (
            "lengths that no stay can have",
            "
            limit A 5..8 min=367 => invalid_stay length_out_of_range
            limit A 5..8 min=5 max=4 => invalid_stay length_out_of_range
            limit A 5..8 max=4 => done
            limit A 5..8 min=5 => invalid_stay length_out_of_range",
        ),
        (
            "of the house",
            "
            limit house 6..7 stop=on => done
            reserve B:5:7 => restricted stop_sell house 6
            limit house 6..7 stop=off cta=on => done
            reserve B:6:7 => restricted closed_to_arrival house 6
            reserve B:5:7 => A1
            limit house 6..7 overbooking=0 => done
            reserve A:6:7 => restricted closed_to_arrival house 6
            undo => undone set_limits
            undo => undone reserve
            undo => undone set_limits
            reserve A:6:7 => restricted stop_sell house 6",
        ),
    ]);
}

#[test]
fn what_was_sold_before_and_what_is_a_fact_is_not_refused() {
    check_all(&[
        (
            "overridden by somebody who may",
            "
            limit A 6..8 stop=on min=3 => done
            reserve A:6:7 override => A1
            hold A:6:7 override => A-H1",
        ),
        (
            "what was held is booked",
            "
            hold A:6:8 => A-H1
            limit A 6..8 stop=on cta=on min=3 => done
            reserve A:6:8 hold=A-H1 => A1
            sold A 6..8 => 1 1",
        ),
        (
            "a guest in the house stays longer",
            "
            reserve A:1:3 walk-in => A1
            limit A 3..5 stop=on ctd=on => done
            amend A1 A:1:4 => A1
            check-out A1 => A1",
        ),
        (
            "the life of a booking goes on",
            "
            reserve A:1:3 => A1
            reserve A:1:3 tentative => A2
            limit A 1..5 stop=on cta=on ctd=on => done
            confirm A2 => A2
            check-in A1 => A1
            cancel A2 => A2
            reinstate A2 => restricted stop_sell A 1
            reinstate A2 override => A2
            amend A2 A:1:2 => restricted closed_to_departure A 2",
        ),
        (
            "a group's rooms were agreed",
            "
            group elastic A:5:8 => A-G1
            limit A 5..8 stop=on min=7 => done
            reserve A:5:7 group=A-G1 => A1
            reserve A:5:7 group=A-G1 => restricted stop_sell A 5
            group committed A:5:8 => restricted stop_sell A 5",
        ),
        (
            "a night is moved for the hotel's own sake, but not into a stop-sell",
            "
            reserve A:5:8 => A1
            limit B 6..7 cta=on min=5 => done
            move A1 6 B => A1
            limit B 7..8 stop=on => done
            move A1 7 B => restricted stop_sell B 7",
        ),
        (
            "alternatives are such as can be had",
            "
            reserve C:5:7:3 => A1
            limit A 5..6 cta=on => done
            limit B 7..8 ctd=on => done
            limit C 7..9 stop=on => done
            reserve C:5:7 => no_availability C 5: 1 of 0 C:3:5(3) C:2:4(3)",
        ),
    ]);
}

#[test]
fn restrictions_are_counted_undone_and_guarded_by_the_version() {
    check_all(&[
        (
            "one change of the cell, and back",
            "
            versions A 5..6 => 1
            limit A 5..7 stop=on max=9 => done
            events => restrictions_set
            versions A 5..6 => 2
            limit A 5..6 stop=off overbooking=2 version=2 => done
            events => overbooking_set restrictions_set
            versions A 5..6 => 4
            limit A 5..6 stop=on version=2 => stale 2 4
            undo => undone set_limits
            bits A 5..7 => 9437185 9437185
            overbooking A 5..6 => 0
            limit A 5..6 stop=off => done
            undo -5 => cannot_undo changed_since",
        ),
        (
            "of the house, with a version of its own",
            "
            limit house 5..7 stop=on => done
            bits house 5..8 => 1 1 0
            undo => undone set_limits
            bits house 5..8 => 0 0 0",
        ),
    ]);
}
