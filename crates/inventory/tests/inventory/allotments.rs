//! Allotments, kind by kind: what they keep back, how far they are picked up, what the cut-off does.

use super::script::{answer, check_all, hotel_of_three};

const KINDS: [&str; 4] = ["elastic", "non_elastic", "committed", "tentative"];

/// Runs one script in a hotel of its own; gives every answer.
fn answers(script: &[String]) -> Vec<String> {
    let mut world = hotel_of_three();
    script
        .iter()
        .map(|line| answer(&mut world, line).trim().to_owned())
        .collect()
}

/// For each kind, what one question answers after the same steps.
fn by_kind(steps: &[&str], expected: [&str; 4]) {
    for (kind, expected) in KINDS.into_iter().zip(expected) {
        let script: Vec<String> = steps
            .iter()
            .map(|step| step.replace("KIND", kind))
            .collect();
        let said = answers(&script);
        let last = said.last().expect("a step");
        assert_eq!(last, expected, "{kind}: {script:#?} answered {said:#?}");
    }
}

#[test]
fn what_each_kind_keeps_back() {
    let open = "group KIND A:5:8:4 shoulder=1 cutoff=3";
    by_kind(
        &[open, "blocked A 4..9"],
        ["0 4 4 4 0", "0 4 4 4 0", "0 4 4 4 0", "0 0 0 0 0"],
    );
    by_kind(&[open, "left A 5..6"], ["6", "6", "6", "10"]);
    // A pick-up moves a room from blocked to sold; what is left of the house stays.
    by_kind(
        &[open, "reserve A:5:8 group=A-G1", "blocked A 5..8"],
        ["3 3 3", "3 3 3", "3 3 3", "0 0 0"],
    );
    by_kind(
        &[open, "reserve A:5:8 group=A-G1", "left A 5..6"],
        ["6", "6", "6", "9"],
    );
}

#[test]
fn picking_up_beyond_the_total() {
    let open = "group KIND A:5:8:2 shoulder=1 cutoff=3";
    let all = "reserve A:5:8:2 group=A-G1";
    let none = "allotment_exhausted A 5: 1 of 2 less 2";
    by_kind(
        &[open, all, "reserve A:5:8 group=A-G1"],
        ["A2", none, none, none],
    );
    // From a full house nothing more is had, but what is kept back is.
    let full = "reserve A:4:9:8";
    let short_beyond = "no_availability A 5: 1 of 0 B:5:8(6-1) A:2:5(2) C:5:8(3) A:8:11(2)";
    by_kind(&[open, full, all], ["A2", "A2", "A2", "A2"]);
    by_kind(
        &[open, full, all, "reserve A:5:8 group=A-G1"],
        [short_beyond, none, none, none],
    );
    // An intention keeps nothing back: the house may be gone before it is picked up.
    let gone = "reserve A:4:9:10";
    let refused = "no_availability A 5: 2 of 0 B:5:8(6-1) C:5:8(3)";
    by_kind(&[open, gone, all], ["A1", "A1", "A1", refused]);
}

#[test]
fn shoulder_dates() {
    let open = "group KIND A:5:8:4 shoulder=1";
    let outside = "allotment_exhausted A 4: 1 of 0 less 0";
    // One night before: within the shoulder of a kind that stretches, beyond the others.
    by_kind(
        &[open, "reserve A:4:8 group=A-G1"],
        ["A1", outside, outside, outside],
    );
    by_kind(
        &[open, "reserve A:4:8 group=A-G1", "group? A-G1"],
        [
            "open A4=1/0 A5=1/4 A6=1/4 A7=1/4",
            "open A5=0/4 A6=0/4 A7=0/4",
            "open A5=0/4 A6=0/4 A7=0/4",
            "open A5=0/4 A6=0/4 A7=0/4",
        ],
    );
    let late = "allotment_exhausted A 8: 1 of 0 less 0";
    by_kind(
        &[open, "reserve A:5:9 group=A-G1"],
        ["A1", late, late, late],
    );
    // Two nights before, or another type: outside of every kind.
    let early = "allotment_exhausted A 3: 1 of 0 less 0";
    by_kind(
        &[open, "reserve A:3:8 group=A-G1"],
        ["invalid_stay outside_allotment 3", early, early, early],
    );
    let other = "allotment_exhausted B 5: 1 of 0 less 0";
    by_kind(
        &[open, "reserve B:5:8 group=A-G1"],
        ["invalid_stay outside_allotment 5", other, other, other],
    );
    // The shoulder comes from the house, which may be full there.
    by_kind(
        &[open, "reserve A:4:5:10", "reserve A:4:8 group=A-G1"],
        [
            "no_availability A 4: 1 of 0 B:4:8(6-1) A:5:9(6) C:4:8(3) A:6:10(6) A:7:11(6)",
            outside,
            outside,
            outside,
        ],
    );
}

#[test]
fn the_cut_off() {
    let open = "group KIND A:5:8:4 cutoff=3";
    // Not before its date.
    let early = "illegal_transition open to cut_off [release cancel]";
    by_kind(&[open, "cut-off A-G1"], [early; 4]);
    // At its date, but a guaranteed one is released by a person alone.
    by_kind(
        &[open, "date 3", "cut-off A-G1"],
        ["A-G1", "A-G1", early, "A-G1"],
    );
    by_kind(&[open, "date 3", "let-go A-G1"], ["A-G1"; 4]);
    by_kind(
        &[
            open,
            "reserve A:5:8 group=A-G1",
            "let-go A-G1",
            "left A 5..8",
        ],
        ["9 9 9"; 4],
    );
    // The end of the day waits for those that are due.
    let due = "undecided 3 1: A-G1";
    by_kind(
        &[open, "date 3", "close 3"],
        [due, due, "day 4 nights 3177", due],
    );
    // What has ended is picked up no more.
    by_kind(
        &[open, "let-go A-G1", "reserve A:5:8 group=A-G1"],
        ["already_released A-G1 released"; 4],
    );
}

#[test]
fn a_pick_up_that_is_given_up_goes_back_before_the_cut_off_and_to_the_house_after_it() {
    let open = "group KIND A:5:8:4 cutoff=3";
    let picked = "reserve A:5:8 group=A-G1";
    by_kind(
        &[open, picked, "cancel A1", "blocked A 5..8"],
        ["4 4 4", "4 4 4", "4 4 4", "0 0 0"],
    );
    by_kind(
        &[open, picked, "date 3", "cancel A1", "blocked A 5..6"],
        ["4", "4", "4", "0"],
    );
    by_kind(
        &[open, picked, "date 4", "cancel A1", "blocked A 5..6"],
        ["3", "3", "3", "0"],
    );
    by_kind(
        &[open, picked, "date 4", "cancel A1", "group? A-G1"],
        ["open A5=0/3 A6=0/3 A7=0/3"; 4],
    );
    by_kind(
        &[open, picked, "date 4", "cancel A1", "left A 5..6"],
        ["7", "7", "7", "10"],
    );
    // Taken back, it has its room again.
    by_kind(
        &[open, picked, "date 4", "cancel A1", "undo", "group? A-G1"],
        ["open A5=1/4 A6=1/4 A7=1/4"; 4],
    );
    // Beyond the total it came from the house, and goes back to it.
    by_kind(
        &[
            "group KIND A:5:8:1 cutoff=3",
            picked,
            picked,
            "date 4",
            "cancel A2",
            "group? A-G1",
        ],
        [
            "open A5=1/1 A6=1/1 A7=1/1",
            "open A5=1/1 A6=1/1 A7=1/1",
            "open A5=1/1 A6=1/1 A7=1/1",
            "open A5=1/1 A6=1/1 A7=1/1",
        ],
    );
}

#[test]
fn opening_changing_and_ending() {
    check_all(&[
        (
            "numbers, counts and versions of one change each",
            "
            group committed A:5:7:4 B:6:8:2 => A-G1
            blocked A 4..8 => 0 4 4 0
            blocked B 5..8 => 0 2 2
            versions A 4..6 => 1 2
            reserve A:5:7 group=A-G1 => A1
            versions A 5..7 => 3 3
            events => reservation_made
            stays A1 => 1 A:5:7 confirmed
            group committed A:9:10 => A-G2",
        ),
        (
            "rooms that overlap add up",
            "
            group elastic A:5:8:2 A:6:7:3 => A-G1
            blocked A 5..8 => 2 5 2",
        ),
        (
            "a room that was dropped comes back from the house by way of other nights as well",
            "
            group committed A:5:9:3 cutoff=1 => A-G1
            reserve A:5:7:2 group=A-G1 => A1
            date 2 => done
            amend A1 A:5:7 => A1
            group? A-G1 => open A5=1/2 A6=1/2 A7=0/3 A8=0/3
            amend A1 A:7:9:2 => A1
            amend A1 A:5:7:2 => A1
            group? A-G1 => open A5=2/3 A6=2/3 A7=0/3 A8=0/3
            cancel A1/1 => A1
            reinstate A1/1 => A1
            group? A-G1 => open A5=2/3 A6=2/3 A7=0/3 A8=0/3",
        ),
        (
            "of which nothing is left after its cut-off, it can still be changed",
            "
            group committed A:5:7 cutoff=1 => A-G1
            reserve A:5:7 group=A-G1 => A1
            date 2 => done
            cancel A1 => A1
            group? A-G1 => open
            resize A-G1 shoulder=2 => A-G1
            resize A-G1 A:5:7:3 => A-G1
            blocked A 5..7 => 3 3",
        ),
        (
            "a night that is over keeps no guest of it out",
            "
            group non_elastic A:1:4 => A-G1
            reserve A:1:4 group=A-G1 => A1
            no-show A1 => A1
            reserve A:1:2 group=A-G1 walk-in => A2
            date 2 => done
            reinstate A1 => A1
            group? A-G1 => open A1=2/1 A2=1/1 A3=1/1
            blocked A 2..4 => 0 0",
        ),
        (
            "no room, and no such thing",
            "
            group committed C:5:7:4 => no_availability C 5: 4 of 3 B:5:7(6-1) A:5:7(10)
            group tentative C:5:7:4 => A-G1
            group committed => invalid_stay no_stay
            group committed X:5:7 => unknown_room_type X
            group committed A:5:5 => invalid_stay no_night
            group committed A:7:5 => invalid_stay departure_before_arrival
            group committed A:5:7:0 => invalid_stay allotment_rooms
            group committed A:5:7 cutoff=8 => invalid_stay cut_off_too_late 8
            group committed A:5:7 cutoff=0 => invalid_stay cut_off_past 0
            group committed A:5:7 shoulder=400 => invalid_stay shoulder_too_long
            group committed A:39:42 => invalid_stay not_open 41
            reserve A:5:6 group=A-G9 => unknown_allotment A-G9
            resize A-G9 A:5:6 => unknown_allotment A-G9
            let-go A-G9 => unknown_allotment A-G9
            cancel-group A-G9 => unknown_allotment A-G9
            date 2 => done
            group committed A:1:3 => invalid_stay before_business_date",
        ),
        (
            "resized",
            "
            group non_elastic A:5:8:4 => A-G1
            resize A-G1 A:5:8:9 => A-G1
            blocked A 5..8 => 9 9 9
            resize A-G1 A:5:8:11 => no_availability A 5: 2 of 1
            reserve A:5:8:3 group=A-G1 => A1
            resize A-G1 A:5:8:2 => allotment_exhausted A 5: 1 of 2 less 3
            resize A-G1 A:5:8:3 => A-G1
            blocked A 5..8 => 0 0 0
            resize A-G1 A:5:8:3 => A-G1, unchanged
            resize A-G1 cutoff=4 => A-G1
            undo => undone change_allotment
            blocked A 5..8 => 0 0 0
            resize A-G1 A:5:8:4 version=1 => stale 1 6",
        ),
        (
            "nights that are over stay as they were",
            "
            group elastic A:2:8:4 => A-G1
            date 5 => done
            resize A-G1 A:2:8:2 => invalid_stay night_is_over 2
            resize A-G1 A:2:5:4 A:5:8:2 => A-G1
            blocked A 2..8 => 4 4 4 2 2 2
            resize A-G1 A:5:8:3 => A-G1
            blocked A 2..8 => 4 4 4 3 3 3
            resize A-G1 A:6:8:1 B:7:9:2 => A-G1
            blocked A 2..8 => 4 4 4 0 1 1
            blocked B 7..9 => 2 2",
        ),
        (
            "an elastic one may have fewer rooms than were picked up",
            "
            group elastic A:5:8:4 => A-G1
            reserve A:5:8:3 group=A-G1 => A1
            resize A-G1 A:5:8:2 => A-G1
            blocked A 5..6 => 0
            left A 5..6 => 7",
        ),
        (
            "released and cancelled, and taken back",
            "
            group committed A:5:8:4 => A-G1
            reserve A:5:8 group=A-G1 => A1
            let-go A-G1 => A-G1
            blocked A 5..8 => 0 0 0
            let-go A-G1 => already_released A-G1 released
            resize A-G1 A:5:8:2 => already_released A-G1 released
            undo => undone release_allotment
            blocked A 5..8 => 3 3 3
            cancel-group A-G1 => A-G1
            cancel-group A-G1 => already_released A-G1 cancelled
            sold A 5..8 => 1 1 1
            undo => undone cancel_allotment
            blocked A 5..8 => 3 3 3
            let-go A-G1 => A-G1
            reserve A:5:8:8 => A2
            undo -2 => no_availability A 5: 3 of 1 B:5:8(6-1) A:2:5(10) A:8:11(10)",
        ),
        (
            "opened by mistake",
            "
            group committed A:5:8:4 => A-G1
            undo => undone open_allotment
            group? A-G1 => cancelled A5=0/4 A6=0/4 A7=0/4
            group committed A:5:8:4 => A-G2
            reserve A:5:8 group=A-G2 => A1
            undo -2 => cannot_undo changed_since
            undo => undone pick_up
            group? A-G2 => open A5=0/4 A6=0/4 A7=0/4",
        ),
        (
            "returned",
            "
            group committed A:5:8:4 => A-G1
            reserve A:5:8:2 group=A-G1 => A1
            return A1/2 => A1
            stays A1 => 1 A:5:8 confirmed, 2 A:5:8 cancelled
            blocked A 5..6 => 3
            reserve A:5:8 => A2
            return A2 => illegal_transition confirmed to return_pick_up [cancel]
            let-go A-G1 => A-G1
            return A1 => already_released A-G1 released
            cancel A1 => A1
            blocked A 5..6 => 0",
        ),
        (
            "after the cut-off what is reinstated comes from the house, as it went there",
            "
            group committed A:5:8:4 cutoff=3 => A-G1
            reserve A:5:8:2 group=A-G1 => A1
            date 4 => done
            cancel A1/2 => A1
            group? A-G1 => open A5=1/3 A6=1/3 A7=1/3
            cancel A1 => A1
            group? A-G1 => open A5=0/2 A6=0/2 A7=0/2
            left A 5..8 => 8 8 8
            reinstate A1 => A1
            group? A-G1 => open A5=2/4 A6=2/4 A7=2/4
            blocked A 5..8 => 2 2 2
            left A 5..8 => 6 6 6
            undo => undone reinstate
            group? A-G1 => open A5=0/2 A6=0/2 A7=0/2
            left A 5..8 => 8 8 8
            reserve A:6:7:7 => A2
            reinstate A1 => no_availability A 6: 2 of 1 B:5:8(6-1) A:4:7(1) C:5:8(3) A:6:9(1) A:7:10(8)
            blocked A 5..8 => 2 2 2",
        ),
        (
            "also of a group that was picked up whole, and with its undo",
            "
            group committed A:5:8:2 cutoff=3 => A-G1
            reserve A:5:8:2 group=A-G1 => A1
            date 4 => done
            cancel A1/2 => A1
            cancel A1/1 => A1
            reinstate A1 => A1
            group? A-G1 => open A5=2/2 A6=2/2 A7=2/2
            undo => undone reinstate
            left A 5..8 => 10 10 10",
        ),
        (
            "an undo gives nothing to the house: it puts back what was",
            "
            group committed A:5:8:4 cutoff=3 => A-G1
            reserve A:5:8 group=A-G1 => A1
            cancel A1 => A1
            group? A-G1 => open A5=0/4 A6=0/4 A7=0/4
            date 4 => done
            reserve A:5:8 group=A-G1 => A2
            undo => undone pick_up
            group? A-G1 => open A5=0/4 A6=0/4 A7=0/4
            reinstate A1 => A1
            group? A-G1 => open A5=1/4 A6=1/4 A7=1/4
            undo => undone reinstate
            group? A-G1 => open A5=0/4 A6=0/4 A7=0/4",
        ),
        (
            "also of a night that is over",
            "
            group committed A:2:8:4 cutoff=1 => A-G1
            reserve A:2:8 group=A-G1 => A1
            date 2 => done
            keep A1 => A1
            date 3 => done
            cancel A1 => A1
            undo => undone cancel
            group? A-G1 => open A2=1/4 A3=1/4 A4=1/4 A5=1/4 A6=1/4 A7=1/4",
        ),
        (
            "a night moved to another type takes a room of the house",
            "
            group non_elastic A:5:7:2 => A-G1
            group committed B:5:7:5 => A-G2
            reserve A:5:7 group=A-G1 => A1
            reserve B:5:7 group=A-G2 => A2
            move A1/1 5 C => A1
            group? A-G1 => open A5=0/2 A6=1/2 C5=1/0
            blocked A 5..7 => 2 1
            left C 5..7 => 2 3
            move A1/1 6 B => A1
            left B 5..7 => 0 -1
            undo => undone move_night
            left B 5..7 => 0 0
            amend A2 C:5:7 => allotment_exhausted C 5: 1 of 0 less 0
            cancel A1 => A1
            group? A-G1 => open A5=0/2 A6=0/2
            left C 5..7 => 3 3",
        ),
        (
            "after the cut-off a move keeps the group's room, and the way back takes it again",
            "
            group committed A:5:7:3 cutoff=1 => A-G1
            reserve A:5:7 group=A-G1 => A1
            date 2 => done
            move A1/1 5 B => A1
            group? A-G1 => open A5=0/3 A6=1/3 B5=1/0
            left A 5..7 => 7 7
            move A1/1 5 A => A1
            group? A-G1 => open A5=1/3 A6=1/3
            move A1/1 6 B => A1
            reserve A:6:7:7 => A2
            amend A1 A:5:7 => A1
            group? A-G1 => open A5=1/3 A6=1/3",
        ),
        (
            "so does a move to another type of the group",
            "
            group committed A:5:6:2 B:5:6:2 cutoff=1 => A-G1
            reserve A:5:6 group=A-G1 => A1
            date 2 => done
            move A1/1 5 B => A1
            group? A-G1 => open A5=0/2 B5=1/2
            move A1/1 5 A => A1
            group? A-G1 => open A5=1/2 B5=0/2
            move A1/1 5 B => A1
            amend A1 A:5:6 => A1
            group? A-G1 => open A5=1/2 B5=0/2",
        ),
        (
            "so does an amendment to fewer nights; only a room that is dropped goes to the house",
            "
            group committed A:5:7:3 cutoff=1 => A-G1
            reserve A:5:7:2 group=A-G1 => A1
            date 2 => done
            amend A1/1 A:5:6 => A1
            group? A-G1 => open A5=2/3 A6=1/3
            left A 5..7 => 7 7
            amend A1/1 A:5:7 => A1
            group? A-G1 => open A5=2/3 A6=2/3
            amend A1 A:5:7 => A1
            group? A-G1 => open A5=1/2 A6=1/2
            left A 5..7 => 8 8
            amend A1 A:5:7:2 => A1
            group? A-G1 => open A5=2/3 A6=2/3
            left A 5..7 => 7 7
            stays A1 => 1 A:5:7 confirmed, 2 A:5:7 confirmed
            reserve A:5:7:7 => A2
            amend A1 A:5:7 => A1
            reserve A:5:7 => A3
            amend A1 A:5:7:2 => no_availability A 5: 1 of 0 B:5:7(6-1) A:3:5(10) C:5:7(3) A:7:9(10) A:2:4(10)",
        ),
        (
            "what went back to the group before the cut-off comes from it afterwards",
            "
            group committed C:5:7:3 cutoff=1 => A-G1
            reserve C:5:7:2 group=A-G1 => A1
            cancel A1/2 => A1
            date 2 => done
            reinstate A1/2 => A1
            group? A-G1 => open C5=2/3 C6=2/3
            blocked C 5..7 => 1 1",
        ),
        (
            "no room that was never the group's becomes its own on the way back",
            "
            group committed A:5:7:3 cutoff=1 => A-G1
            reserve A:5:7 group=A-G1 => A1
            date 2 => done
            move A1/1 5 C => A1
            cancel A1 => A1
            group? A-G1 => open A5=0/3 A6=0/2
            reinstate A1 => A1
            group? A-G1 => open A5=0/3 A6=1/3 C5=1/0
            move A1/1 5 A => A1
            group? A-G1 => open A5=1/3 A6=1/3
            left C 5..6 => 3",
        ),
        (
            "a room that is dropped while another takes its nights stays the group's",
            "
            group committed A:5:7:3 cutoff=1 => A-G1
            reserve A:5:6 A:6:7 group=A-G1 => A1
            date 2 => done
            amend A1 A:5:7 => A1
            group? A-G1 => open A5=1/3 A6=1/3
            stays A1 => 1 A:5:7 confirmed, 2 A:6:7 cancelled",
        ),
        (
            "a check-out that is reversed as well",
            "
            group committed A:2:8:3 cutoff=1 => A-G1
            reserve A:2:8 group=A-G1 => A1
            date 2 => done
            check-in A1 => A1
            date 3 => done
            check-out A1 => A1
            group? A-G1 => open A2=1/3 A3=0/2 A4=0/2 A5=0/2 A6=0/2 A7=0/2
            reverse-check-out A1 => A1
            blocked A 2..8 => 2 2 2 2 2 2
            left A 2..8 => 7 7 7 7 7 7",
        ),
        (
            "before the cut-off it goes to the group and comes from it",
            "
            group committed A:5:8:4 cutoff=3 => A-G1
            reserve A:5:8:2 group=A-G1 => A1
            cancel A1 => A1
            reinstate A1 => A1
            group? A-G1 => open A5=2/4 A6=2/4 A7=2/4",
        ),
        (
            "amended with what the group has",
            "
            group non_elastic A:5:8:2 => A-G1
            reserve A:5:7 group=A-G1 => A1
            reserve A:4:9:8 => A2
            amend A1 A:6:8 => A1
            group? A-G1 => open A5=0/2 A6=1/2 A7=1/2
            blocked A 5..8 => 2 1 1
            amend A1 A:6:9 => allotment_exhausted A 8: 1 of 0 less 0
            amend A1 A:5:8:2 => A1
            blocked A 5..8 => 0 0 0
            left A 4..9 => 2 0 0 0 2",
        ),
        (
            "a guest of a group who stays longer is a fact",
            "
            group non_elastic A:1:3 => A-G1
            reserve A:1:3 group=A-G1 walk-in => A1
            reserve A:3:5:10 => A2
            amend A1 A:1:4 => A1
            group? A-G1 => open A1=1/1 A2=1/1 A3=1/0
            left A 3..4 => -1",
        ),
        (
            "cancelled and reinstated while another took its place",
            "
            group non_elastic A:5:8 => A-G1
            reserve A:5:8 group=A-G1 => A1
            cancel A1 => A1
            reserve A:5:8 group=A-G1 => A2
            reinstate A1 => allotment_exhausted A 5: 1 of 1 less 1
            cancel A2 => A2
            reinstate A1 => A1
            cancel A1 => A1
            let-go A-G1 => A-G1
            reinstate A1 => A1
            left A 5..6 => 9",
        ),
        (
            "a type with a group beyond is not retired",
            "
            group tentative C:5:8 => A-G1
            retire C 6 => room_type_in_use C 1: A-G1
            retire C 8 => C
            let-go A-G1 => A-G1
            reactivate C => C
            retire C 6 => C",
        ),
        (
            "the house's own limit holds for groups",
            "
            limit house 5..8 overbooking=-10 => done
            group committed A:5:8:9 => no_availability house 5: 9 of 8 A:2:5(10) A:8:11(10)
            group committed A:5:8:8 => A-G1
            reserve A:5:8 group=A-G1 => A1
            reserve B:5:6 => no_availability house 5: 1 of 0 B:4:5(6-1) B:3:4(6-1) B:2:3(6-1) B:8:9(6-1)",
        ),
        (
            "a hold and a group at once",
            "
            group committed A:5:8:4 => A-G1
            hold A:5:8 => A-H1
            reserve A:5:8 group=A-G1 hold=A-H1 => invalid_stay picked_up_or_else",
        ),
    ]);
}
