//! Limits and conditions in a few words, and of which type and night they are.

use keyrack_inventory::event::{Event, LimitRun};
use keyrack_inventory::{Night, Pool, Restrictions, RoomTypeCode};
use keyrack_words::Words;

/// Restrictions in a few words.
pub(crate) fn restricted(restrictions: Restrictions) -> String {
    let words = Words::here();
    let mut said = Vec::new();
    for (on, id) in [
        (restrictions.stop_sell, "condition-stop-sell"),
        (
            restrictions.closed_to_arrival,
            "condition-closed-to-arrival",
        ),
        (
            restrictions.closed_to_departure,
            "condition-closed-to-departure",
        ),
    ] {
        said.extend(on.then(|| words.plain(id)));
    }
    for (nights, id) in [
        (restrictions.min_stay, "condition-min-stay"),
        (restrictions.max_stay, "condition-max-stay"),
    ] {
        said.extend(nights.map(|nights| words.say(id).with("nights", nights).text()));
    }
    if said.is_empty() {
        words.plain("none")
    } else {
        said.join(", ")
    }
}

/// Leaves of what an event set on many nights that of one.
pub(crate) fn narrow(event: &mut Event, night: Night) {
    fn keep<T>(runs: &mut Vec<LimitRun<T>>, night: Night) {
        runs.retain(|run| run.nights.contains(night));
    }
    match event {
        Event::PhysicalSet(set) | Event::OverbookingSet(set) => keep(&mut set.runs, night),
        Event::HouseOverbookingSet(set) => keep(&mut set.runs, night),
        Event::RestrictionsSet(set) => keep(&mut set.runs, night),
        _ => {}
    }
}

/// The room type of which an event set a limit or a condition.
pub(crate) fn limited_type(event: &Event) -> Option<RoomTypeCode> {
    match event {
        Event::PhysicalSet(set) | Event::OverbookingSet(set) => Some(set.room_type),
        Event::RestrictionsSet(set) => match set.room_type {
            Pool::RoomType(code) => Some(code),
            Pool::House => None,
        },
        _ => None,
    }
}
