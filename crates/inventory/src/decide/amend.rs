//! Amending: other stays in the place of a reservation's open ones, as one swap.

use super::lifecycle::expect_from;
use super::reserve::{find, new_stay, no_stay, swap, unchanged};
use super::sale::{invalid, validate, validate_arrival};
use super::{Context, Decision, catalogue, check_version};
use crate::civil::Night;
use crate::command::NewStay;
use crate::event::{Event, StayDiff};
use crate::ids::{RoomTypeCode, StayReference};
use crate::model::{Reservation, StayRequest};
use crate::refusal::{StayFault, illegal};
use crate::state::{Halt, State};
use crate::stay::{Ending, MovedNight, Stay, StayStatus, Transition, allowed, target};

/// Puts other stays in the place of the open ones, as one swap: what is given back and what is
/// taken are weighed together.
pub(super) fn amend(
    state: &State,
    context: &Context,
    id: &StayReference,
    wishes: &[StayRequest],
) -> Result<Decision, Halt> {
    let (reservation, stays) = find(state, id)?;
    let open: Vec<&Stay> = stays
        .into_iter()
        .filter(|stay| stay.status.is_open())
        .collect();
    if wishes.is_empty() {
        return Err(no_stay());
    }
    validate(state, wishes)?;
    let rooms: u32 = wishes.iter().map(|wish| wish.rooms).sum();
    if rooms > super::MOST_ROOMS {
        return Err(invalid(&wishes[0], StayFault::Rooms, None));
    }
    if id.stay.is_some() && rooms != 1 {
        return Err(invalid(&wishes[0], StayFault::OneRoom, None));
    }
    let Some(first) = open.first() else {
        let status = reservation.status();
        let steps = allowed(status)
            .map(|step| step.as_str().to_owned())
            .collect();
        return Err(illegal(id.to_string(), status, "amend", steps).into());
    };
    let diffs = amendments(state, reservation, &open, wishes, first)?;
    check_version(context, reservation.version)?;
    if diffs.is_empty() {
        return Ok(unchanged(reservation));
    }
    swap(state, context, reservation, (diffs, wishes), Event::Amended)
}

/// What becomes of the open stays. Wishes left over become new stays, in the status of the first;
/// stays left over are cancelled.
fn amendments(
    state: &State,
    reservation: &Reservation,
    open: &[&Stay],
    wishes: &[StayRequest],
    first: &Stay,
) -> Result<Vec<StayDiff>, Halt> {
    let (pairs, left, added) = paired(open, wishes);
    let mut diffs = Vec::new();
    for (stay, wish) in pairs.iter().filter(|(stay, wish)| !same(stay, wish)) {
        let after = amended(state, stay, wish)?;
        diffs.extend(diff(stay, after));
    }
    let last = reservation.stays.iter().map(|stay| stay.stay).max();
    let mut numbers = usize::from(last.unwrap_or(0)) + 1..;
    let mut gone: Vec<&Stay> = reservation
        .stays
        .iter()
        .filter(|stay| stay.ending.dropped)
        .collect();
    let today = catalogue(state).property.business_date;
    for wish in added {
        // What an amendment took out before comes back under its number: of the same type, else the first.
        gone.sort_by_key(|stay| (stay.room_type != wish.room_type, stay.stay));
        let back = (!gone.is_empty()).then(|| gone.remove(0));
        let number = match back {
            Some(stay) => usize::from(stay.stay),
            None => numbers.next().unwrap_or_default(),
        };
        // Who comes late with the others is not refused for his arrival, which is theirs.
        let is_late = back.is_some_and(|stay| stay.arrival == wish.arrival);
        if !is_late || wish.departure < today {
            validate_arrival(state, &wish)?;
        }
        let added = added_stay(reservation, wish, number, first);
        diffs.push(StayDiff {
            before: back.cloned(),
            after: Some(match back {
                Some(stay) => brought_back(stay, added, today),
                None => added,
            }),
        });
    }
    for stay in left {
        diffs.push(StayDiff {
            before: Some(stay.clone()),
            after: Some(dropped(reservation, stay)?),
        });
    }
    // Who asks for just what was sold wants the nights back that were moved away from it.
    if diffs.is_empty() {
        let sold = pairs.iter().filter(|(stay, wish)| same(stay, wish));
        let stays = sold.map(|(stay, _)| *stay);
        diffs.extend(stays.filter_map(|stay| diff(stay, moved_back(stay, today))));
    }
    diffs.sort_by_key(|diff| {
        diff.before
            .as_ref()
            .or(diff.after.as_ref())
            .map(|stay| stay.stay)
    });
    Ok(diffs)
}

/// The change of a stay, where it is one.
fn diff(before: &Stay, after: Stay) -> Option<StayDiff> {
    (after != *before).then(|| StayDiff {
        before: Some(before.clone()),
        after: Some(after),
    })
}

/// The stay with the nights to come in the type sold; a guest who leaves another type for it leaves
/// the room as well.
fn moved_back(stay: &Stay, today: Night) -> Stay {
    let mut after = stay.clone();
    after.moved.retain(|moved| moved.night < today);
    let in_house = stay.status == StayStatus::CheckedIn;
    if in_house && sleeps_in(stay, today) != stay.room_type {
        after.room = None;
    }
    after
}

/// The type in which a guest sleeps on the business date, or slept last.
fn sleeps_in(stay: &Stay, today: Night) -> RoomTypeCode {
    stay.type_on(today.min(stay.leaves_on().plus(-1)))
}

fn same(stay: &Stay, wish: &StayRequest) -> bool {
    let dates = (stay.arrival, stay.departure) == (wish.arrival, wish.departure);
    stay.room_type == wish.room_type && dates
}

/// Pairs wishes with open stays: equal ones first, then those of the same type, then the rest in
/// order, guests in house before others, for they cannot be left out. Also what is left of each.
#[expect(clippy::type_complexity, reason = "three lists that are used once")]
fn paired<'a>(
    open: &[&'a Stay],
    wishes: &[StayRequest],
) -> (
    Vec<(&'a Stay, StayRequest)>,
    Vec<&'a Stay>,
    Vec<StayRequest>,
) {
    let mut wanted: Vec<StayRequest> = Vec::new();
    for wish in wishes {
        let rooms = usize::try_from(wish.rooms).unwrap_or(0);
        wanted.extend(std::iter::repeat_n(
            StayRequest { rooms: 1, ..*wish },
            rooms,
        ));
    }
    let mut left: Vec<&Stay> = open.to_vec();
    left.sort_by_key(|stay| stay.status != StayStatus::CheckedIn);
    let mut pairs: Vec<(&Stay, StayRequest)> = Vec::new();
    let same_type = |stay: &Stay, wish: &StayRequest| stay.room_type == wish.room_type;
    let any = |_: &Stay, _: &StayRequest| true;
    let passes: [&dyn Fn(&Stay, &StayRequest) -> bool; 3] = [&same, &same_type, &any];
    for fits in passes {
        wanted.retain(|wish| match left.iter().position(|stay| fits(stay, wish)) {
            Some(at) => {
                pairs.push((left.remove(at), *wish));
                false
            }
            None => true,
        });
    }
    (pairs, left, wanted)
}

/// A stay that was added: booked, also where the first guest is in house already, at the price for which the
/// reservation has its type.
fn added_stay(reservation: &Reservation, wish: StayRequest, number: usize, first: &Stay) -> Stay {
    let status = match first.status {
        StayStatus::CheckedIn => StayStatus::Confirmed,
        status => status,
    };
    let of_type = |stay: &&Stay| stay.room_type == wish.room_type && stay.price.is_some();
    let sold = reservation.stays.iter().find(of_type);
    let new = NewStay {
        request: wish,
        price: sold.and_then(|stay| stay.price),
        cost: sold.and_then(|stay| stay.cost),
        assigned: None,
    };
    Stay {
        option_until: first.option_until,
        takes_none: first.takes_none,
        allotment: first.allotment,
        ..new_stay(&new, number, status)
    }
}

/// A stay that an amendment had taken out: what is known of it beside what is asked for now.
fn brought_back(before: &Stay, added: Stay, today: Night) -> Stay {
    let mut after = Stay {
        price: added.price.or(before.price),
        cost: added.cost.or(before.cost),
        kept_on: before.kept_on,
        kept_from: before.kept_from,
        ..added
    };
    expect_from(&mut after, today);
    after.ending = before.ending.after_taking(&after);
    after
}

/// A stay that is left out is cancelled, where the table of the lifecycle lets it be.
fn dropped(reservation: &Reservation, stay: &Stay) -> Result<Stay, Halt> {
    if target(stay.status, Transition::Cancel).is_none() {
        let id = format!("{}/{}", reservation.number, stay.stay);
        let steps = allowed(stay.status)
            .map(|step| step.as_str().to_owned())
            .collect();
        let cancel = Transition::Cancel.as_str();
        return Err(illegal(id, stay.status, cancel, steps).into());
    }
    Ok(Stay {
        status: StayStatus::Cancelled,
        before: Some(stay.status),
        ending: Ending {
            dropped: true,
            ..stay.ending.clone()
        },
        ..stay.clone()
    })
}

/// The stay with other dates or another type. A guest in house keeps the arrival and the nights
/// already slept; another type takes the nights from the business date on, and what was sold stays.
fn amended(state: &State, stay: &Stay, wish: &StayRequest) -> Result<Stay, Halt> {
    let today = catalogue(state).property.business_date;
    let mut after = stay.clone();
    after.departure = wish.departure;
    after.arrival = wish.arrival;
    if stay.status == StayStatus::CheckedIn {
        if wish.arrival != stay.arrival {
            return Err(invalid(wish, StayFault::AlreadyArrived, None));
        }
        if wish.departure < today.min(stay.departure) {
            return Err(invalid(wish, StayFault::AlreadySlept, None));
        }
        if wish.room_type != stay.room_type {
            let slept = stay
                .moved
                .iter()
                .filter(|moved| moved.night < today)
                .copied();
            let ahead = after.nights().iter().filter(|night| *night >= today);
            let room_type = wish.room_type;
            after.moved = slept
                .chain(ahead.map(|night| MovedNight { night, room_type }))
                .collect();
            if sleeps_in(stay, today) != room_type {
                after.room = None;
            }
        }
    } else {
        if wish.arrival != stay.arrival {
            validate_arrival(state, wish)?;
        }
        after.room_type = wish.room_type;
        if wish.room_type != stay.room_type {
            // Nights that are over, of a guest who comes late, stay where they were.
            let over = stay.nights().iter().filter(|night| *night < today);
            after.moved = over
                .map(|night| (night, stay.type_on(night)))
                .filter(|(_, room_type)| *room_type != wish.room_type)
                .map(|(night, room_type)| MovedNight { night, room_type })
                .collect();
            after.assigned = None;
        }
    }
    let nights = after.nights();
    after.moved.retain(|moved| nights.contains(moved.night));
    after.ending = stay.ending.after_taking(&after);
    Ok(after)
}
