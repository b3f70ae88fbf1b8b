//! What happened, in a few words.

mod details;
mod limits;

use keyrack_inventory::event::{Event, LimitRun, StaysChanged};
use keyrack_inventory::model::HoldStatus;
use keyrack_inventory::{
    AllotmentStatus, Command, Night, Outcome, RoomNumber, RoomTypeCode, Stay, StayReference,
};
use keyrack_store::{Applied, Said};
use keyrack_words::{Language, Words};

use crate::answers::OutageHit;
use crate::api::StayRequest;
pub(crate) use details::details;
pub(crate) use limits::{limited_type, narrow, restricted};

/// A step of one stay is told of that stay, and not of its whole reservation.
pub(crate) fn name_stay(command: &Command, applied: &mut Applied) {
    if let (Command::Transition { ids, .. }, Ok(Outcome::Reservation { number, .. })) =
        (command, &applied.result)
        && let [
            StayReference {
                stay: Some(stay), ..
            },
        ] = ids.as_slice()
    {
        applied.object = format!("{number}/{stay}");
    }
}

/// What a command did, in a few words; of one that found everything as it was to become, that. `kind` is what it is
/// called.
pub(crate) fn applied(applied: &Applied, kind: &str, outcome: &Outcome) -> String {
    let names_it = matches!(
        outcome,
        Outcome::Done
            | Outcome::Reservation { .. }
            | Outcome::Outage { .. }
            | Outcome::Allotment { .. }
            | Outcome::RoomType { .. }
    );
    let by_centre = applied.said == Some(Said::Done);
    if applied.changed || by_centre || !names_it || applied.kind == "offer_waitlist" {
        return command(kind, &applied.object, outcome);
    }
    let words = Words::here();
    let what = words.object(&applied.object);
    words.say("done-unchanged").with("what", what).text()
}

/// A request that the centre has not answered, or has declined.
pub(crate) fn request(what: &str, why: Option<&str>) -> String {
    let words = Words::here();
    match why {
        None => words.say("done-waits").with("what", what).text(),
        Some(why) => words
            .say("done-declined")
            .with("what", what)
            .with("why", why)
            .text(),
    }
}

/// A command in a few words, for a toast.
pub(crate) fn command(kind: &str, object: &str, outcome: &Outcome) -> String {
    let words = Words::here();
    let number = match outcome {
        // A step of one stay names it.
        Outcome::Reservation { number, .. } if object.starts_with(number.as_str()) => {
            object.to_owned()
        }
        Outcome::Reservation { number, .. }
        | Outcome::Hold { number, .. }
        | Outcome::Allotment { number, .. }
        | Outcome::Outage { number, .. } => number.to_string(),
        Outcome::Batch { done, failed } => {
            return words
                .say("done-batch")
                .with("done", done.len())
                .with("all", done.len() + failed.len())
                .with("what", phrase(kind, ""))
                .text();
        }
        Outcome::Undone { kind, .. } => return undone(kind, ""),
        Outcome::Day { business_date, .. } => {
            let date = words.night(*business_date);
            return words.say("done-day").with("date", date).text();
        }
        Outcome::Nights { opened } => {
            return words.say("done-nights").with("count", *opened).text();
        }
        Outcome::Swept { holds } => {
            return words.say("done-swept").with("count", *holds).text();
        }
        Outcome::Asked => {
            let what = phrase(kind, object);
            return words.say("done-asked").with("what", what).text();
        }
        Outcome::Done if kind == "offer_waitlist" => return words.plain("done-nobody-fits"),
        Outcome::Done | Outcome::RoomType { .. } => object.to_owned(),
    };
    phrase(kind, &number)
}

/// An outage that was placed, and whom it hits.
pub(crate) fn hit(what: &str, hit: &OutageHit) -> String {
    let words = Words::here();
    words
        .say("done-outage-hits")
        .with("what", what.to_owned())
        .with("rooms", hit.overbooked_by)
        .with("night", words.night(hit.night))
        .with("count", hit.count)
        .text()
}

/// A booking that takes less than its hold kept.
pub(crate) fn let_go(what: &str, hold: &str, left: &[StayRequest]) -> String {
    let nights = left.iter().map(|run| {
        let nights = run.departure.day_number() - run.arrival.day_number();
        i64::from(nights) * i64::from(run.rooms)
    });
    let words = Words::here();
    words
        .say("done-let-go")
        .with("what", what.to_owned())
        .with("hold", hold.to_owned())
        .with("nights", nights.sum::<i64>())
        .text()
}

/// A booking with an option date, which makes it tentative whether or not that was said.
pub(crate) fn option(what: &str, until: Night) -> String {
    let words = Words::here();
    words
        .say("done-option")
        .with("what", what.to_owned())
        .with("date", words.night(until))
        .text()
}

/// An undo that placed another hold.
pub(crate) fn placed_anew(what: &str, hold: &str) -> String {
    let words = Words::here();
    words
        .say("done-undone-hold")
        .with("what", what.to_owned())
        .with("hold", hold.to_owned())
        .text()
}

/// A command that was undone, in a few words, with what it was about.
pub(crate) fn undone(kind: &str, object: &str) -> String {
    // The object keeps its letters as they are: it is a number or a code.
    let what = small(&phrase(kind, ""));
    let words = Words::here();
    let what = format!("{what} {}", words.object(object));
    words.say("done-undone").with("what", what.trim()).text()
}

/// English writes its nouns small within a sentence; German does not.
fn small(words: &str) -> String {
    if Words::here().language() == Language::De {
        words.to_owned()
    } else {
        words.to_lowercase()
    }
}

/// A kind of command in words, with what it was about.
pub(crate) fn phrase(kind: &str, object: &str) -> String {
    let words = Words::here();
    words.did(kind, &words.object(object))
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
    let nothing_done = match outcome {
        Outcome::Batch { done, .. } => done.is_empty(),
        Outcome::Asked => true,
        _ => false,
    };
    !none.contains(&kind) && !nothing_done
}

/// An event in a few words. `number` names its object; where a cell is given, only what the event
/// did to it is said.
pub(crate) fn event(event: &Event, number: &str, cell: Option<(RoomTypeCode, Night)>) -> String {
    let words = Words::here();
    let did = |kind: &str| phrase(kind, number);
    let numbered = |id: &str| words.say(id).with("number", number).text();
    let counted = |id: &str, number: &dyn ToString, rooms: i64| {
        words
            .say(id)
            .with("number", number.to_string())
            .with("rooms", words.rooms(rooms))
            .text()
    };
    let limit = |to: &i32| words.number(i64::from(*to));
    let set = |id: &str, run: String| words.say(id).with("run", run).text();
    match event {
        Event::PropertyOpened(_) => words.plain("event-property-opened"),
        Event::BusinessDateSet(set) => words
            .say("event-business-date")
            .with("before", words.night(set.before))
            .with("after", words.night(set.after))
            .text(),
        Event::RoomTypeAdded(added) => words
            .say("event-room-type-added")
            .with("code", added.room_type.code.to_string())
            .text(),
        Event::RoomTypeChanged(changed) => words
            .say("event-room-type-changed")
            .with("code", changed.after.code.to_string())
            .text(),
        Event::NightsOpened(_) => words.plain("event-night-opened"),
        Event::PhysicalSet(to) => set("event-rooms", run(&to.runs, cell, limit)),
        Event::OverbookingSet(to) => set("event-overbooking", run(&to.runs, cell, limit)),
        Event::HouseOverbookingSet(to) => {
            let shown = |to: &Option<i32>| to.map_or_else(|| words.plain("none"), |to| limit(&to));
            set("event-house-limit", run(&to.runs, cell, shown))
        }
        Event::ReservationMade(made) => counted(
            "event-booking",
            &made.number,
            rooms_in(made.stays.iter(), cell),
        ),
        Event::Confirmed(_) => did("confirm"),
        Event::CheckedIn(_) => did("check_in"),
        Event::CheckedOut(_) => did("check_out"),
        Event::CheckInReversed(_) => did("reverse_check_in"),
        Event::CheckOutReversed(_) => did("reverse_check_out"),
        Event::Cancelled(change) => with_rooms(did("cancel"), change, cell),
        Event::NoShow(change) => with_rooms(did("no_show"), change, cell),
        Event::Reinstated(change) => with_rooms(did("reinstate"), change, cell),
        Event::Amended(change) => with_rooms(did("amend"), change, cell),
        Event::Split(_) => numbered("event-split-off-from"),
        Event::NightMoved(change) => with_rooms(did("move_night"), change, cell),
        Event::RoomGiven(change) => given_room(number, change),
        Event::DetailsSet(set) => details(number, set, None),
        Event::Restored(change) => with_rooms(numbered("event-undone-on"), change, cell),
        Event::HoldPlaced(placed) => {
            let rooms = placed.stays.iter().map(|stay| stay.rooms).max();
            counted("event-hold", &placed.number, i64::from(rooms.unwrap_or(0)))
        }
        Event::HoldExtended(_) => did("extend_hold"),
        Event::HoldEnded(ended) => match ended.status {
            HoldStatus::Released => did("release_hold"),
            HoldStatus::Converted => numbered("event-hold-converted"),
            HoldStatus::Expired => numbered("event-hold-expired"),
            HoldStatus::Active => did("place_hold"),
        },
        Event::OutagePlaced(placed) => {
            let outage = &placed.outage;
            let id = if outage.service {
                "event-out-of-service"
            } else {
                "event-out-of-order"
            };
            counted(id, &outage.number, i64::from(outage.rooms))
        }
        Event::OutageEndSet(set) => words
            .say("event-outage-end")
            .with("number", number)
            .with("before", words.night(set.before))
            .with("after", words.night(set.after))
            .text(),
        Event::RestrictionsSet(to) => set(
            "event-restrictions",
            run(&to.runs, cell, |restrictions| restricted(*restrictions)),
        ),
        Event::Offered(change) => with_rooms(did("offer_waitlist"), change, cell),
        Event::Kept(_) => did("keep_arrivals"),
        Event::AllotmentOpened(opened) => {
            let rooms = opened.terms.blocks.iter().map(|block| block.rooms).max();
            counted("event-group", &opened.number, i64::from(rooms.unwrap_or(0)))
        }
        Event::AllotmentChanged(_) => did("change_allotment"),
        Event::AllotmentStatusSet(set) => match set.after {
            AllotmentStatus::Open => numbered("event-group-reopened"),
            AllotmentStatus::Released => did("release_allotment"),
            AllotmentStatus::Cancelled => did("cancel_allotment"),
        },
        Event::RowCorrected(_) => words.say("event-corrected").text(),
        Event::BatchPartlyApplied(batch) => words
            .say("event-batch")
            .with("done", batch.done)
            .with("failed", batch.failed)
            .text(),
    }
}

/// Which room the guest has now, and which before.
fn given_room(number: &str, change: &StaysChanged) -> String {
    let room = |stay: Option<&Stay>| stay.and_then(|stay| stay.room.clone());
    let diff = change.stays.first();
    let before = diff.and_then(|diff| room(diff.before.as_ref()));
    let after = diff.and_then(|diff| room(diff.after.as_ref()));
    let said = |room: Option<RoomNumber>| room.map_or("none".to_owned(), |room| room.to_string());
    let words = Words::here();
    words
        .say("event-room-given")
        .with("number", number)
        .with("before", said(before))
        .with("after", said(after))
        .text()
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

/// What happened, with the rooms by which the cell's count changed.
fn with_rooms(what: String, change: &StaysChanged, cell: Option<(RoomTypeCode, Night)>) -> String {
    if cell.is_none() {
        return what;
    }
    let befores = change.stays.iter().filter_map(|diff| diff.before.as_ref());
    let afters = change.stays.iter().filter_map(|diff| diff.after.as_ref());
    let rooms = rooms_in(afters, cell) - rooms_in(befores, cell);
    if rooms == 0 {
        return what;
    }
    let words = Words::here();
    words
        .say("event-with-rooms")
        .with("what", what)
        .with("sign", if rooms > 0 { "+" } else { "-" })
        .with("rooms", words.rooms(rooms.abs()))
        .text()
}
