//! The end of a business date.

use super::script::check_all;

#[test]
fn a_day_ends_once_all_that_is_due_was_decided() {
    check_all(&[
        (
            "nothing due: the date moves on and the horizon with it",
            "
            close 1 => day 2 nights 3171
            events => business_date_set nights_opened
            close 1 => wrong_business_date 1 is 2
            close 3 => wrong_business_date 3 is 2
            close 2 => day 3 nights 3",
        ),
        (
            "an arrival who has not come",
            "
            reserve A:1:3 => A1
            reserve A:2:3 => A2
            close 1 => undecided 1 1: A1/1
            keep A2 => invalid_stay not_due_yet 2
            keep A1 => A1
            stays A1 => 1 A:1:3 confirmed kept 1
            keep A1 => A1, unchanged
            close 1 => day 2 nights 3171
            close 2 => undecided 2 2: A1/1 A2/1
            no-show A1 => A1
            check-in A2 => A2
            close 2 => day 3 nights 3",
        ),
        (
            "one who was kept for another day and comes on this one",
            "
            reserve A:1:4 => A1
            reserve A:1:4 => A2
            keep A1 A2 => done A1 A2; failed
            check-in A1 => A1
            stays A1 => 1 A:1:4 checked_in
            close 1 => day 2 nights 3171
            keep A2 => A2
            check-in A2 => A2
            stays A2 => 1 A:1:4 checked_in kept 1",
        ),
        (
            "two who come late and of whom one was left out",
            "
            reserve A:1:4:2 => A1
            keep A1 => A1
            close 1 => day 2 nights 3171
            amend A1 A:1:4 => A1
            amend A1 A:1:4:2 => A1
            stays A1 => 1 A:1:4 confirmed kept 1, 2 A:1:4 confirmed kept 1
            amend A1 A:1:4 => A1
            date 3 => done
            amend A1 A:1:4 A:1:2 => invalid_stay before_business_date
            amend A1 A:1:4:2 => A1
            check-in A1 => A1
            amend A1 A:1:4:3 => invalid_stay before_business_date",
        ),
        (
            "one who comes late and in another type: the nights that are over stay where they were",
            "
            reserve A:1:4 => A1
            keep A1 => A1
            limit B 1..3 cta=on min=9 => done
            close 1 => day 2 nights 3171
            amend A1 B:1:4 => A1
            stays A1 => 1 B:1:4 confirmed 1=A kept 1
            sold A 1..4 => 1 0 0
            sold B 1..4 => 0 1 1
            undo => undone amend
            stays A1 => 1 A:1:4 confirmed kept 1
            sold A 1..4 => 1 1 1
            amend A1 B:1:3 => A1
            check-in A1 => A1
            amend A1 A:1:4 => A1
            sold A 1..4 => 1 1 1",
        ),
        (
            "a guest who should have left",
            "
            reserve A:1:2 walk-in => A1
            close 1 => day 2 nights 3171
            close 2 => undecided 2 1: A1/1
            check-out A1 => A1
            close 2 => day 3 nights 3",
        ),
        (
            "or stays on",
            "
            reserve A:1:2 walk-in => A1
            date 2 => done
            amend A1 A:1:3 => A1
            close 2 => day 3 nights 3174",
        ),
        (
            "an option that is over, and one without a date whose guest should come",
            "
            reserve A:5:7 tentative until=1 => A1
            reserve A:1:2 tentative => A2
            reserve A:5:7 tentative until=2 => A3
            close 1 => undecided 1 2: A1/1 A2/1
            cancel A1 => A1
            confirm A2 => A2
            close 1 => undecided 1 1: A2/1
            check-in A2 => A2
            close 1 => day 2 nights 3171",
        ),
        (
            "who waits for a night that is over, and who was never promised one",
            "
            reserve A:1:2 waiting => A1
            made needs_confirmation A:1:2 => A2
            close 1 => undecided 1 2: A1/1 A2/1
            leave A1 => A1
            cancel A2 => A2
            close 1 => day 2 nights 3171",
        ),
        (
            "a decision is taken back before the day ends",
            "
            reserve A:1:3 => A1
            keep A1 => A1
            undo => undone keep_arrivals
            close 1 => undecided 1 1: A1/1
            keep A9 => unknown_reservation A9
            cancel A1 => A1
            keep A1 => illegal_transition cancelled to keep [reinstate]",
        ),
        (
            "retired types and drafts get no new night",
            "
            retire C 20 => C
            add D rooms=2 => D
            close 1 => day 2 nights 2114",
        ),
    ]);
}
