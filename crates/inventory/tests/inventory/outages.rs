//! Rooms out of order, and out of service.

use super::script::check_all;

#[test]
fn an_outage_is_a_fact_within_the_rooms_that_exist() {
    check_all(&[
        (
            "out of order deducts",
            "
            outage A:5:7:2 => A-O1
            broken A 4..8 => 0 2 2 0
            left A 4..8 => 10 8 8 10
            versions A 4..8 => 1 2 2 1",
        ),
        (
            "out of service does not",
            "
            outage A:5:7:2 service => A-O1
            broken A 5..7 => 0 0
            versions A 5..7 => 1 1
            outage A:5:7:8 service => A-O2
            outage A:5:7:10 => A-O3",
        ),
        (
            "never more out of service than exist, whatever else is so, and counted night by night",
            "
            outage A:5:7:11 service => outage_exceeds_physical 5: 11 of 10 in service
            outage A:5:7:7 service => A-O1
            outage A:6:9:4 service => outage_exceeds_physical 6: 11 of 10 in service
            outage A:7:9:4 service => A-O2
            outage B:5:9:4 service => A-O3
            end A-O1 on=6 => A-O1
            outage A:6:9:7 service => outage_exceeds_physical 7: 11 of 10 in service
            outage A:6:7:10 service => A-O4
            end A-O4 on=6 => A-O4
            outage A:6:7:9 service => A-O5",
        ),
        (
            "an end that is undone asks again",
            "
            outage A:5:8:6 service => A-O1
            end A-O1 on=6 => A-O1
            outage A:6:8:5 service => A-O2
            undo -2 => outage_exceeds_physical 6: 11 of 10 in service",
        ),
        (
            "never refused for want of rooms",
            "
            reserve A:5:7:10 => A1
            outage A:5:7:3 => A-O1
            left A 5..7 => -3 -3
            available A 5..7 => 0 0",
        ),
        (
            "never more than exist",
            "
            outage A:5:7:9 => A-O1
            outage A:6:8:2 => outage_exceeds_physical 6: 11 of 10
            outage A:6:8:1 => A-O2
            broken A 5..8 => 9 10 1",
        ),
        (
            "what is wrong in itself",
            "
            outage A:5:5 => invalid_stay no_night
            outage A:6:5 => invalid_stay departure_before_arrival
            outage A:5:6:0 => invalid_stay outage_rooms
            outage A:5:6:501 => invalid_stay outage_rooms
            outage A:40:42 => invalid_stay not_open 41
            outage X:5:6 => unknown_room_type X",
        ),
        (
            "not in the past",
            "
            date 5 => done
            outage A:4:6 => invalid_stay before_business_date
            outage A:5:6 => A-O1",
        ),
    ]);
}

#[test]
fn an_outage_ends_earlier_and_never_later() {
    check_all(&[
        (
            "earlier",
            "
            outage A:5:9:2 => A-O1
            end A-O1 on=7 => A-O1
            broken A 5..9 => 2 2 0 0
            versions A 5..9 => 2 2 3 3",
        ),
        (
            "later",
            "
            outage A:5:7:2 => A-O1
            end A-O1 on=9 => invalid_stay outage_longer 7
            broken A 5..10 => 2 2 0 0 0",
        ),
        (
            "an end taken back for more rooms than exist",
            "
            outage A:5:9:6 => A-O1
            end A-O1 on=7 => A-O1
            outage A:7:9:5 => A-O2
            undo -2 => outage_exceeds_physical 7: 11 of 10",
        ),
        (
            "before it began",
            "
            outage A:5:7 => A-O1
            end A-O1 on=4 => invalid_stay departure_before_arrival
            end A-O1 on=5 => A-O1
            broken A 5..7 => 0 0",
        ),
        (
            "today, where no date is given",
            "
            outage A:1:9 => A-O1
            date 4 => done
            end A-O1 => A-O1
            broken A 1..6 => 1 1 1 0 0",
        ),
        (
            "before it began or after it ended there is nothing to end",
            "
            outage A:5:9 => A-O1
            end A-O1 => A-O1
            broken A 5..6 => 0
            outage A:1:3 => A-O2
            date 6 => done
            end A-O2 => already_released A-O2 back_in_order",
        ),
        (
            "what has ended is not ended again, and nights that are over stay as they were",
            "
            outage A:1:4:2 => A-O1
            outage A:5:9 => A-O2
            date 6 => done
            end A-O1 on=8 => already_released A-O1 back_in_order
            end A-O1 on=2 => already_released A-O1 back_in_order
            undo -4 => cannot_undo date_moved_on
            broken A 1..10 => 2 2 2 0 1 1 1 1 0
            end A-O2 => A-O2
            end A-O2 on=9 => already_released A-O2 back_in_order
            undo -2 => undone end_outage
            broken A 5..10 => 1 1 1 1 0",
        ),
        (
            "to the same date",
            "
            outage A:5:9 => A-O1
            end A-O1 on=9 => A-O1, unchanged",
        ),
        (
            "out of service, which takes no room",
            "
            outage A:5:7:10 => A-O1
            outage A:5:6:5 service => A-O2
            end A-O2 on=5 => A-O2
            broken A 5..8 => 10 10 0",
        ),
        ("no such outage", "end A-O9 on=7 => unknown_outage A-O9"),
    ]);
}
