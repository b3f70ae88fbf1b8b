//! Nights, limits, the business date, the property itself.

use super::script::{answer, check_all, hotel_of_three, refused};
use super::world::{With, World, code, hotel, room_type};
use keyrack_inventory::Command;

#[test]
fn nights_open_again_and_again_without_harm() {
    check_all(&[
        (
            "the same again",
            "
            reserve A:5:6 => A1
            limit A 5..6 physical=12 overbooking=1 => done
            open 1..41 => nights 0, unchanged
            physical A 5..6 => 12
            sold A 5..6 => 1
            versions A 5..6 => 4",
        ),
        (
            "some of them new",
            "
            open 39..43 => nights 6
            physical A 39..44 => 10 10 10 10 closed
            overbooking B 41..42 => 1
            versions A 39..43 => 1 1 1 1",
        ),
        (
            "on both sides of what is open",
            "
            open 43..44 => nights 3
            open 1..46 => nights 12
            versions A 40..46 => 1 1 1 1 1 1",
        ),
        (
            "nights that are over, but for those that are open",
            "
            open -1..46 => invalid_stay before_business_date -1
            date 5 => done
            open 2..42 => nights 3",
        ),
        (
            "what is no range",
            "
            open 6..5 => invalid_stay departure_before_arrival
            open 5..5 => invalid_stay no_night",
        ),
        (
            "ten years, and one night more",
            "
            open 3660..3661 => nights 3
            open 3661..3662 => invalid_stay too_far 3661
            open -3660..-3658 => invalid_stay too_far -3660
            open -3659..-3658 => invalid_stay before_business_date -3659",
        ),
    ]);
}

#[test]
fn limits_are_set_over_open_nights() {
    check_all(&[
        ("overbooking", "
            limit A 5..7 overbooking=2 => done
            overbooking A 4..8 => 0 2 2 0
            versions A 4..8 => 1 2 2 1
            reserve A:5:6:12 => A1"),
        ("what it is already", "
            limit A 5..7 overbooking=0 physical=10 => done, unchanged
            limit A 5..7 => done, unchanged
            limit house 5..7 => done, unchanged
            versions A 5..7 => 1 1"),
        ("only the nights that change", "
            limit A 6..7 overbooking=2 => done
            limit A 5..8 overbooking=2 => done
            versions A 5..8 => 2 2 2"),
        ("both at once", "
            limit A 5..6 overbooking=2 physical=8 => done
            events => physical_set overbooking_set
            available A 5..6 => 10"),
        ("fewer rooms than are sold is a fact", "
            reserve A:5:6:10 => A1
            limit A 5..6 physical=7 => done
            left A 5..6 => -3"),
        ("fewer rooms than are broken is not", "
            outage A:5:7:4 => A-O1
            limit A 4..7 physical=3 => outage_exceeds_physical 5: 4 of 3
            physical A 4..7 => 10 10 10"),
        ("of the house, on nights of its own", "
            limit house 5..7 overbooking=2 => done
            free house 4..8 => 19 20 20 19
            limit house 5..7 overbooking=2 => done, unchanged
            limit house 5..7 overbooking=0 => done
            free house 5..6 => 18"),
        ("of the house, taken away: the types alone decide again", "
            limit house 5..8 overbooking=-18 => done
            reserve A:5:6 => no_availability house 5: 1 of 0 A:4:5(10) A:3:4(10) A:2:3(10) A:8:9(10)
            limit house 5..7 unlimited => done
            free house 4..8 => 19 19 19 0
            reserve A:5:6 => A1
            limit house 5..7 unlimited => done, unchanged
            undo -3 => undone set_limits
            free house 5..8 => -1 0 0
            limit A 5..6 unlimited => invalid_stay limit_out_of_range
            limit house 5..6 unlimited overbooking=2 => invalid_stay limit_out_of_range
            limit house 5..6 unlimited stop=on => done
            reserve A:5:6 => restricted stop_sell house 5"),
        ("the house has no rooms of its own", "limit house 5..7 physical=3 => invalid_stay house_has_no_rooms"),
        ("nights that are not open", "limit A 40..42 overbooking=1 => invalid_stay not_open 41"),
        ("what is no range", "
            limit A 6..5 overbooking=1 => invalid_stay departure_before_arrival
            limit A 5..5 overbooking=1 => invalid_stay no_night
            limit house 5..5 overbooking=1 => invalid_stay no_night"),
        ("what no hotel has", "
            limit A 5..6 physical=1000000 overbooking=1000000 => done
            limit A 5..6 physical=1000001 => invalid_stay limit_out_of_range
            limit A 5..6 physical=2000000000 overbooking=2000000000 => invalid_stay limit_out_of_range
            limit A 5..6 physical=-1 => invalid_stay limit_out_of_range
            limit A 5..6 overbooking=-2000000000 => invalid_stay limit_out_of_range
            limit house 5..6 overbooking=2000000000 => invalid_stay limit_out_of_range
            limit house 5..6 overbooking=-1000000 => done"),
    ]);
}

#[test]
fn the_business_date_moves() {
    check_all(&[
        (
            "on",
            "
            date 2 => done
            reserve A:1:3 => invalid_stay before_business_date
            reserve A:2:3 => A1
            events => reservation_made",
        ),
        ("to where it is", "date 1 => done, unchanged"),
    ]);
}

#[test]
fn a_file_holds_one_property() {
    let mut world = hotel_of_three();
    assert_eq!(answer(&mut world, "init A"), "already_initialised H1");
}

#[test]
fn the_types_of_a_new_property_are_sound() {
    let table = [
        (
            vec![room_type("A", 1, 5, 0), room_type("A", 2, 5, 0)],
            "duplicate_room_type A",
        ),
        (
            vec![room_type("A", 1, -1, 0)],
            "invalid_stay limit_out_of_range",
        ),
        (
            vec![room_type("A", 1, 2_000_000_000, 0)],
            "invalid_stay limit_out_of_range",
        ),
        (
            vec![room_type("A", 1, 5, -2_000_000_000)],
            "invalid_stay limit_out_of_range",
        ),
        (vec![room_type("A", 1, 0, 0)], "opened"),
        (vec![], "opened"),
    ];
    for (room_types, expected) in table {
        let command = Command::OpenProperty {
            property: hotel(),
            room_types,
        };
        let got = World::empty().run(&command, With::default());
        let got = got.map_or_else(|refusal| refused(&refusal), |_| "opened".to_owned());
        assert_eq!(got, expected);
    }
}

#[test]
fn a_type_without_rooms_sells_none() {
    let mut world = World::new(vec![room_type("A", 1, 0, 0)]);
    answer(&mut world, "open 1..41");
    assert_eq!(
        answer(&mut world, "reserve A:5:6"),
        "no_availability A 5: 1 of 0"
    );
    assert!(
        world
            .state
            .loaded_cell(code("A"), super::script::night("5"))
            .is_some()
    );
}
