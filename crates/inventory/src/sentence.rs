//! Refusals as sentences for a person, in English.

use crate::civil::Night;
use crate::ids::RoomTypeCode;
use crate::refusal::{Pool, Refusal, Restriction, StayFault, UndoFault, words};
use crate::state::Catalogue;

/// The sentence of a refusal; room types are called by their names.
pub fn sentence(refusal: &Refusal, catalogue: &Catalogue) -> String {
    let name = |code: &RoomTypeCode| named(*code, catalogue);
    match refusal {
        Refusal::NoAvailability {
            room_type,
            night,
            required,
            available,
            alternatives,
            ..
        } => {
            let pool = pool(room_type, catalogue);
            let left = match available {
                0 => "nothing left to sell".to_owned(),
                n => format!("only {n} of {required} rooms left to sell"),
            };
            let more = if alternatives.is_empty() {
                ""
            } else {
                " There are alternatives."
            };
            format!("{pool} has {left} on {}.{more}", spoken(*night))
        }
        Refusal::Restricted {
            restriction,
            room_type,
            night,
            nights,
        } => restricted(
            &pool(room_type, catalogue),
            *restriction,
            *night,
            nights.unwrap_or(0),
        ),
        Refusal::AllotmentExhausted {
            id,
            room_type,
            night,
            required,
            total,
            picked_up,
        } => format!(
            "Allotment {id} has {total} {} on {}, of which {picked_up} are picked up: {required} more are not left.",
            name(room_type),
            spoken(*night)
        ),
        Refusal::UnknownAllotment { id } => format!("There is no allotment \"{id}\"."),
        Refusal::Undecided { date, by, count } => format!(
            "{count} still to be decided before {} can end: {}{}.",
            spoken(*date),
            by.join(", "),
            more(by, *count)
        ),
        Refusal::TooEarly { date, local_date } => format!(
            "{} has not begun: by the hotel's clock it is {}. End a day early with a reason.",
            spoken(*date),
            spoken(*local_date)
        ),
        Refusal::WrongBusinessDate {
            date,
            business_date,
        } => format!(
            "The business date is {}, and not {}.",
            spoken(*business_date),
            spoken(*date)
        ),
        Refusal::UnknownRoomType { id } => format!("There is no room type \"{id}\"."),
        Refusal::UnknownReservation { id } => format!("There is no reservation \"{id}\"."),
        Refusal::UnknownStay { id } => format!("There is no stay \"{id}\"."),
        Refusal::UnknownHold { id } => format!("There is no hold \"{id}\"."),
        Refusal::UnknownOutage { id } => format!("There is no outage \"{id}\"."),
        Refusal::UnknownCommand { id } => format!("There is no command \"{id}\"."),
        Refusal::InvalidStay { why, night, .. } => stay_fault(*why, *night, catalogue),
        Refusal::IllegalTransition {
            id,
            from,
            to,
            allowed,
        } => format!(
            "{id} is {}: it cannot {}. Possible: {}.",
            from.replace('_', " "),
            to.replace('_', " "),
            words(allowed)
        ),
        Refusal::HoldExpired { id, .. } => format!("The time of hold {id} is up."),
        Refusal::AlreadyReleased { id, status } => {
            format!("{id} has ended already: it is {status}.")
        }
        Refusal::Stale { .. } => {
            "Somebody changed this since you looked. Look again and repeat.".to_owned()
        }
        Refusal::IdempotencyConflict { id } => {
            format!("Command {id} was used before for another request.")
        }
        Refusal::RoomOccupied { room, id } => format!("Room {room} is taken by {id}."),
        Refusal::OutageExceedsPhysical {
            night,
            physical,
            out_of_order,
        } => format!(
            "{out_of_order} rooms would be out of order on {}, and only {physical} exist.",
            spoken(*night)
        ),
        Refusal::RoomTypeInUse {
            room_type,
            by,
            count,
        } => format!(
            "{} is still in use beyond that night by {count}: {}{}.",
            name(room_type),
            by.join(", "),
            more(by, *count)
        ),
        Refusal::DuplicateRoomType { room_type } => {
            format!("There is a room type \"{room_type}\" already.")
        }
        Refusal::AlreadyInitialised { property } => {
            format!("This file holds the property {property} already.")
        }
        Refusal::CannotUndo { why, .. } => undo_fault(*why).to_owned(),
    }
}

fn more(listed: &[String], count: u64) -> &'static str {
    if u64::try_from(listed.len()).is_ok_and(|listed| listed < count) {
        ", ..."
    } else {
        ""
    }
}

fn pool(pool: &Pool, catalogue: &Catalogue) -> String {
    match pool {
        Pool::RoomType(code) => named(*code, catalogue),
        Pool::House => "The house".to_owned(),
    }
}

fn restricted(pool: &str, restriction: Restriction, night: Night, nights: u16) -> String {
    let night = spoken(night);
    match restriction {
        Restriction::Draft => format!("{pool} is a draft and not sold yet."),
        Restriction::Stopped => format!("{pool} is stopped: it is not sold."),
        Restriction::Retired => format!("{pool} is retired and not sold on {night}."),
        Restriction::StopSell => format!("{pool} is not sold on {night}: stop-sell."),
        Restriction::ClosedToArrival => format!("{pool} is closed to arrival on {night}."),
        Restriction::ClosedToDeparture => format!("{pool} is closed to departure on {night}."),
        Restriction::MinStay => {
            format!("Who arrives on {night} stays {nights} nights or more ({pool}).")
        }
        Restriction::MaxStay => {
            format!("Who arrives on {night} stays {nights} nights or fewer ({pool}).")
        }
    }
}

fn named(code: RoomTypeCode, catalogue: &Catalogue) -> String {
    catalogue
        .room_type(code)
        .map_or_else(|| code.to_string(), |found| found.name.to_string())
}

/// A night as people read it: "Fri 27 Nov 2026".
pub fn spoken(night: Night) -> String {
    night.date().format("%a %-d %b %Y").to_string()
}

fn stay_fault(why: StayFault, night: Option<Night>, catalogue: &Catalogue) -> String {
    match why {
        StayFault::NoStay => "No stay was given.".to_owned(),
        StayFault::Rooms => "A stay has 1 to 500 rooms.".to_owned(),
        StayFault::DepartureBeforeArrival => "The departure lies before the arrival.".to_owned(),
        StayFault::NoNight => "The range has no night.".to_owned(),
        StayFault::BeforeBusinessDate => format!(
            "That lies before the business date, {}.",
            spoken(catalogue.property.business_date)
        ),
        StayFault::TooLong => "A stay has at most 366 nights.".to_owned(),
        StayFault::NotOpen => match night {
            Some(night) => format!("The night of {} is not open.", spoken(night)),
            None => "A night is not open.".to_owned(),
        },
        StayFault::AlreadyArrived => {
            "The guest has arrived: the arrival stays as it was.".to_owned()
        }
        StayFault::AlreadySlept => format!(
            "The guest has slept here up to {}: an earlier departure is not possible.",
            spoken(catalogue.property.business_date)
        ),
        StayFault::LimitOutOfRange => {
            "Rooms are 0 to 1,000,000, an overbooking limit -1,000,000 to 1,000,000.".to_owned()
        }
        StayFault::WalkInArrivesToday => "Who walks in arrives today.".to_owned(),
        StayFault::TooFar => {
            "Nights can be opened up to ten years from the business date.".to_owned()
        }
        StayFault::HouseHasNoRooms => {
            "The house has no rooms of its own; set them by type.".to_owned()
        }
        StayFault::HoldMinutes => "A hold lasts 1 to 60 minutes.".to_owned(),
        StayFault::NotANightOfTheStay => "That night is not one of the stay's.".to_owned(),
        StayFault::LengthOutOfRange => {
            "A minimum or maximum stay is 1 to 366 nights, and the minimum not above the maximum."
                .to_owned()
        }
        StayFault::OutsideAllotment => match night {
            Some(night) => format!("The allotment has no such rooms around {}.", spoken(night)),
            None => "The allotment has no rooms of that type.".to_owned(),
        },
        StayFault::CutOffTooLate => "The cut-off lies after the group's last night.".to_owned(),
        StayFault::OptionOutOfRange => "An option ends today or later.".to_owned(),
        StayFault::WaitsForNothing => {
            "Who waits takes no hold, no allotment, and does not walk in.".to_owned()
        }
        StayFault::PickedUpOrElse => {
            "Rooms of an allotment are picked up without a hold.".to_owned()
        }
        StayFault::NotDueYet => "The guest is not expected yet.".to_owned(),
    }
}

fn undo_fault(why: UndoFault) -> &'static str {
    match why {
        UndoFault::NothingToUndo => "There is nothing of yours to undo.",
        UndoFault::NoInverse => "This cannot be undone: it has no inverse.",
        UndoFault::WasRefused => "It was refused, so there is nothing to undo.",
        UndoFault::AlreadyUndone => "It was undone already.",
        UndoFault::ChangedSince => "It cannot be undone: it was changed again since.",
    }
}
