//! The life of a room type.

use super::script::{answer, check_all, hotel_of_three};

#[test]
fn a_room_type_lives_from_draft_to_retired_and_back() {
    check_all(&[
        (
            "a draft has no nights",
            "
            add D rooms=4 => D
            life D => D 4 draft
            open 1..41 => nights 0, unchanged
            reserve D:5:6 => restricted draft D 5
            stop D => illegal_transition draft to stop [sell retire]
            reactivate D => illegal_transition draft to reactivate [sell retire]",
        ),
        (
            "put on sale it has them up to the horizon",
            "
            add D rooms=4 rank=9 overbooking=1 => D
            sell D => D
            life D => D 9 on_sale
            physical D 0..3 => closed 4 4
            physical D 1096..1098 => 4 closed
            reserve D:5:6:5 => A1
            sell D => illegal_transition on_sale to sell [stop retire]",
        ),
        (
            "stopped and sold again",
            "
            stop A => A
            life A => A 1 stopped
            stop A => illegal_transition stopped to stop [reactivate retire]
            reserve A:5:6 => restricted stopped A 5
            open 41..42 => nights 3
            reactivate A => A
            reserve A:5:6 => A1",
        ),
        (
            "retired: no rooms from that night on, and no nights",
            "
            reserve A:5:9 => A1
            retire A 9 => A
            life A => A 1 retired
            physical A 7..11 => 10 10 0 0
            versions A 7..11 => 2 2 2 2
            reserve A:8:9 => A2
            reserve A:9:10 => restricted retired A 9
            open 41..43 => nights 4
            retire A 20 => illegal_transition retired to retire [reactivate]
            stop A => illegal_transition retired to stop [reactivate]",
        ),
        (
            "sold again with its rooms, and with the nights it missed",
            "
            retire A 9 => A
            reactivate A => A
            physical A 7..11 => 10 10 10 10
            physical A 40..42 => 10 10
            physical A 1096..1098 => 10 closed
            reserve A:9:10:10 => A1",
        ),
        (
            "sold again with the rooms that each night had",
            "
            limit A 10..12 physical=1 => done
            limit A 14..15 physical=0 => done
            retire A 9 => A
            physical A 8..16 => 10 0 0 0 0 0 0 0
            limit A 12..13 physical=3 => done
            reactivate A => A
            physical A 8..16 => 10 10 1 1 3 10 0 10
            reserve A:10:12:2 => no_availability A 10: 2 of 1 B:10:12(6-1) A:8:10(10) C:10:12(3) A:12:14(3) A:7:9(10)
            retire A 9 => A
            reactivate A => A
            physical A 8..16 => 10 10 1 1 3 10 0 10",
        ),
        (
            "a stopped one is retired at once: until a later night it would be sold again",
            "
            stop A => A
            retire A 9 => invalid_stay sold_until_then 9
            retire A 1 => A
            life A => A 1 retired",
        ),
        (
            "a draft may be retired",
            "
            add D => D
            retire D 5 => D
            reactivate D => D
            physical D 1..2 => 4",
        ),
    ]);
}

#[test]
fn a_type_in_use_is_not_retired() {
    check_all(&[
        (
            "bookings, holds and outages beyond are listed",
            "
            reserve A:5:12 => A1
            hold A:11:12 => A-H1
            outage A:12:13 => A-O1
            retire A 11 => room_type_in_use A 3: A-H1 A-O1 A1
            retire A 12 => room_type_in_use A 1: A-O1
            retire A 13 => A",
        ),
        (
            "what has ended is no use",
            "
            reserve A:5:12 => A1
            cancel A1 => A1
            hold A:5:12 => A-H1
            release A-H1 => A-H1
            outage A:5:12 => A-O1
            end A-O1 on=5 => A-O1
            retire A 6 => A",
        ),
        (
            "a night moved to it is a use, one moved away is none",
            "
            reserve B:5:7 => A1
            move A1 6 A => A1
            retire A 6 => room_type_in_use A 1: A1
            retire B 6 => B",
        ),
        (
            "not in the past, which is as it was",
            "
            date 5 => done
            retire A 4 => invalid_stay before_business_date 4
            retire A 0001-01-01 => invalid_stay before_business_date 0001-01-01
            retire A 5 => A
            physical A 4..6 => 10 0",
        ),
    ]);
}

#[test]
fn a_refusal_lists_twenty_uses_and_counts_the_rest() {
    let mut world = hotel_of_three();
    answer(&mut world, "limit A 5..6 physical=30");
    for at in 1..=23 {
        assert_eq!(answer(&mut world, "reserve A:5:6"), format!("A{at}"));
    }
    let said = answer(&mut world, "retire A 5");
    assert!(said.starts_with("room_type_in_use A 23: A1 A10 "), "{said}");
    assert_eq!(said.split_whitespace().count(), 3 + 20);
}

#[test]
fn names_ranks_and_codes() {
    check_all(&[
        (
            "another name",
            "
            rename A Sea => A
            life A => Sea 1 on_sale
            rename A Sea => A, unchanged",
        ),
        (
            "another rank",
            "
            rank A 7 => A
            life A => A 7 on_sale
            rank A 7 => A, unchanged",
        ),
        (
            "a code is given once",
            "
            add A => duplicate_room_type A
            add D => D
            add D => duplicate_room_type D",
        ),
        (
            "the highest rank there is, and one more",
            "
            rank A 4294967295 => A
            add D => D
            life D => D 4294967295 draft",
        ),
        (
            "rooms that no hotel has",
            "
            add D rooms=-1 => invalid_stay limit_out_of_range
            add D rooms=2000000000 => invalid_stay limit_out_of_range
            add D overbooking=-2000000000 => invalid_stay limit_out_of_range",
        ),
        (
            "no such type",
            "
            rename X Sea => unknown_room_type X
            rank X 1 => unknown_room_type X
            sell X => unknown_room_type X
            stop X => unknown_room_type X
            retire X 5 => unknown_room_type X
            reactivate X => unknown_room_type X",
        ),
    ]);
}
