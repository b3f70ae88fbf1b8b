//! What happened, in a few words of English.

use keyrack_inventory::event::{Event, LimitRun, StaysChanged};
use keyrack_inventory::model::HoldStatus;
use keyrack_inventory::{AllotmentStatus, Night, Outcome, Restrictions, RoomTypeCode, Stay};

/// A command in a few words, for a toast.
pub(crate) fn command(kind: &str, object: &str, outcome: &Outcome) -> String {
    let number = match outcome {
        Outcome::Reservation { number, .. }
        | Outcome::Hold { number, .. }
        | Outcome::Allotment { number, .. }
        | Outcome::Outage { number, .. } => number.to_string(),
        Outcome::Batch { done, failed } => {
            let all = done.len() + failed.len();
            return format!("{} of {all} done: {}", done.len(), phrase(kind, ""));
        }
        Outcome::Undone { kind, .. } => {
            return format!("Undone: {}", phrase(kind, "").to_lowercase());
        }
        Outcome::Day { business_date, .. } => return format!("Business date {business_date}"),
        Outcome::Nights { opened } => return format!("{opened} cells opened"),
        Outcome::Swept { holds } => return format!("{holds} holds expired"),
        Outcome::Done | Outcome::RoomType { .. } => object.to_owned(),
    };
    phrase(kind, &number)
}

/// A kind of command in words, with what it was about.
pub(crate) fn phrase(kind: &str, object: &str) -> String {
    let words = match kind {
        "reserve" | "convert_hold" => "Booking",
        "walk_in" => "Walk-in",
        "confirm" => "Confirmed",
        "check_in" => "Checked in",
        "check_out" => "Checked out",
        "reverse_check_in" => "Check-in reversed",
        "reverse_check_out" => "Check-out reversed",
        "cancel" => "Cancelled",
        "no_show" => "No-show",
        "reinstate" => "Reinstated",
        "amend" => "Amended",
        "split" => "Split off",
        "move_night" => "Night moved",
        "place_hold" => "Hold",
        "extend_hold" => "Hold extended",
        "release_hold" => "Hold released",
        "add_outage" => "Out of order",
        "end_outage" => "Back in order",
        "set_limits" => "Limits",
        "open_nights" => "Nights opened",
        "open_allotment" => "Group",
        "change_allotment" => "Group changed",
        "pick_up" => "Picked up",
        "return_pick_up" => "Returned to the group",
        "release_allotment" => "Group released",
        "cut_off_allotment" => "Group cut off",
        "cancel_allotment" => "Group cancelled",
        "join_waitlist" => "Waiting",
        "offer_waitlist" => "Offered",
        "leave_waitlist" => "Left the waitlist",
        "keep_arrivals" => "Still expected",
        "close_day" => "End of day",
        "undo" => "Undone",
        other => {
            return format!("{} {object}", other.replace('_', " "))
                .trim()
                .to_owned();
        }
    };
    format!("{words} {object}").trim().to_owned()
}

/// Whether a command of this kind has an inverse.
pub(crate) fn undoable(kind: &str, outcome: &Outcome) -> bool {
    let none = [
        "undo",
        "open_nights",
        "open_property",
        "add_room_type",
        "split",
        "set_business_date",
        "close_day",
    ];
    let nothing_done = matches!(outcome, Outcome::Batch { done, .. } if done.is_empty());
    !none.contains(&kind) && !nothing_done
}

/// An event in a few words. `number` names its object; where a cell is given, only what the event
/// did to it is said.
pub(crate) fn event(event: &Event, number: &str, cell: Option<(RoomTypeCode, Night)>) -> String {
    let about = |words: &str| format!("{words} {number}").trim().to_owned();
    match event {
        Event::PropertyOpened(_) => "Property opened".to_owned(),
        Event::BusinessDateSet(set) => format!("Business date {} › {}", set.before, set.after),
        Event::RoomTypeAdded(added) => format!("Room type {} added", added.room_type.code),
        Event::RoomTypeChanged(changed) => format!("Room type {} changed", changed.after.code),
        Event::NightsOpened(_) => "Night opened".to_owned(),
        Event::PhysicalSet(set) => format!("Rooms {}", run(&set.runs, cell, ToString::to_string)),
        Event::OverbookingSet(set) => {
            format!(
                "Overbooking limit {}",
                run(&set.runs, cell, ToString::to_string)
            )
        }
        Event::HouseOverbookingSet(set) => {
            let shown =
                |limit: &Option<i32>| limit.map_or_else(|| "none".to_owned(), |l| l.to_string());
            format!("House limit {}", run(&set.runs, cell, shown))
        }
        Event::ReservationMade(made) => {
            let rooms = rooms_in(made.stays.iter(), cell);
            format!("Booking {}, {}", made.number, plural(rooms))
        }
        Event::Confirmed(_) => about("Confirmed"),
        Event::CheckedIn(_) => about("Checked in"),
        Event::CheckedOut(_) => about("Checked out"),
        Event::CheckInReversed(_) => about("Check-in reversed"),
        Event::CheckOutReversed(_) => about("Check-out reversed"),
        Event::Cancelled(change) => with_rooms(&about("Cancelled"), change, cell),
        Event::NoShow(change) => with_rooms(&about("No-show"), change, cell),
        Event::Reinstated(change) => with_rooms(&about("Reinstated"), change, cell),
        Event::Amended(change) => with_rooms(&about("Amended"), change, cell),
        Event::Split(_) => about("Split off from"),
        Event::NightMoved(change) => with_rooms(&about("Night moved"), change, cell),
        Event::Restored(change) => with_rooms(&about("Undone on"), change, cell),
        Event::HoldPlaced(placed) => {
            let rooms = placed
                .stays
                .iter()
                .map(|stay| stay.rooms)
                .max()
                .unwrap_or(0);
            format!("Hold {}, {}", placed.number, plural(i64::from(rooms)))
        }
        Event::HoldExtended(_) => about("Hold extended"),
        Event::HoldEnded(ended) => about(match ended.status {
            HoldStatus::Released => "Hold released",
            HoldStatus::Converted => "Hold became a booking",
            HoldStatus::Expired => "Hold expired",
            HoldStatus::Active => "Hold",
        }),
        Event::OutagePlaced(placed) => {
            let outage = &placed.outage;
            let what = if outage.service {
                "Out of service"
            } else {
                "Out of order"
            };
            format!(
                "{what} {}, {}",
                outage.number,
                plural(i64::from(outage.rooms))
            )
        }
        Event::OutageEndSet(set) => format!(
            "{} until {} › {}",
            about("Out of order"),
            set.before,
            set.after
        ),
        Event::RestrictionsSet(set) => format!(
            "Restrictions {}",
            run(&set.runs, cell, |restrictions| restricted(*restrictions))
        ),
        Event::Offered(change) => with_rooms(&about("Offered"), change, cell),
        Event::Kept(_) => about("Still expected"),
        Event::AllotmentOpened(opened) => {
            let rooms = opened.terms.blocks.iter().map(|block| block.rooms).max();
            let rooms = plural(i64::from(rooms.unwrap_or(0)));
            format!("Group {}, {rooms}", opened.number)
        }
        Event::AllotmentChanged(_) => about("Group changed"),
        Event::AllotmentStatusSet(set) => about(match set.after {
            AllotmentStatus::Open => "Group opened again",
            AllotmentStatus::Released => "Group released",
            AllotmentStatus::Cancelled => "Group cancelled",
        }),
        Event::BatchPartlyApplied(batch) => {
            format!("{} done, {} refused", batch.done, batch.failed)
        }
    }
}

/// Restrictions in a few words.
pub(crate) fn restricted(restrictions: Restrictions) -> String {
    let mut words = Vec::new();
    for (on, word) in [
        (restrictions.stop_sell, "stop-sell"),
        (restrictions.closed_to_arrival, "closed to arrival"),
        (restrictions.closed_to_departure, "closed to departure"),
    ] {
        words.extend(on.then(|| word.to_owned()));
    }
    words.extend(
        restrictions
            .min_stay
            .map(|nights| format!("minimum {nights} nights")),
    );
    words.extend(
        restrictions
            .max_stay
            .map(|nights| format!("maximum {nights} nights")),
    );
    if words.is_empty() {
        "none".to_owned()
    } else {
        words.join(", ")
    }
}

fn plural(rooms: i64) -> String {
    if rooms == 1 {
        "1 room".to_owned()
    } else {
        format!("{rooms} rooms")
    }
}

fn run<T>(
    runs: &[LimitRun<T>],
    cell: Option<(RoomTypeCode, Night)>,
    shown: impl Fn(&T) -> String,
) -> String {
    let of_cell = |run: &&LimitRun<T>| cell.is_none_or(|(_, night)| run.nights.contains(night));
    let found = runs.iter().find(of_cell);
    found.map_or_else(String::new, |run| {
        format!("{} › {}", shown(&run.before), shown(&run.after))
    })
}

fn rooms_in<'a>(stays: impl Iterator<Item = &'a Stay>, cell: Option<(RoomTypeCode, Night)>) -> i64 {
    match cell {
        None => stays.count() as i64,
        Some(cell) => stays
            .flat_map(Stay::taken)
            .filter(|taken| *taken == cell)
            .count() as i64,
    }
}

/// The words, with the rooms by which the cell's count changed.
fn with_rooms(words: &str, change: &StaysChanged, cell: Option<(RoomTypeCode, Night)>) -> String {
    if cell.is_none() {
        return words.to_owned();
    }
    let before = rooms_in(
        change.stays.iter().filter_map(|diff| diff.before.as_ref()),
        cell,
    );
    let after = rooms_in(
        change.stays.iter().filter_map(|diff| diff.after.as_ref()),
        cell,
    );
    match after - before {
        0 => words.to_owned(),
        rooms if rooms > 0 => format!("{words}, +{}", plural(rooms)),
        rooms => format!("{words}, -{}", plural(-rooms)),
    }
}
