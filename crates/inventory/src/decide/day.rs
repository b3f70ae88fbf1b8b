//! The end of a business date: what is due on it is decided first, then the date moves on.

use super::calendar::new_nights;
use super::lifecycle::refuse_step;
use super::reserve::find;
use super::{Context, Decision, HORIZON_NIGHTS, Outcome, catalogue, check_version};
use crate::civil::{Night, NightRange};
use crate::event::{BusinessDateSet, Event, NightsOpened, StayDiff, StaysChanged};
use crate::ids::StayReference;
use crate::model::RoomTypeStatus;
use crate::refusal::{Refusal, StayFault};
use crate::state::{Halt, State};
use crate::stay::{Stay, StayStatus};

/// Guests who should have come are still expected; all of them, or none.
pub(super) fn keep(
    state: &State,
    context: &Context,
    ids: &[StayReference],
) -> Result<Decision, Halt> {
    let today = catalogue(state).property.business_date;
    let mut events = Vec::new();
    let mut outcome = Outcome::Done;
    for id in ids {
        let (reservation, stays) = find(state, id)?;
        let expected = |stay: &&&Stay| stay.status == StayStatus::Confirmed;
        let mut kept = stays.iter().filter(expected).peekable();
        if kept.peek().is_none() {
            return Err(refuse_step(reservation, id, "keep", today).into());
        }
        let mut diffs = Vec::new();
        for stay in kept {
            if stay.arrival > today {
                return Err(Refusal::fault(StayFault::NotDueYet, Some(stay.arrival)).into());
            }
            diffs.push(StayDiff {
                before: Some((*stay).clone()),
                after: Some(Stay {
                    kept_on: Some(today),
                    ..(*stay).clone()
                }),
            });
        }
        check_version(context, reservation.version)?;
        diffs.retain(|diff| diff.before != diff.after);
        if !diffs.is_empty() {
            events.push(Event::Kept(StaysChanged {
                reservation: reservation.id,
                stays: diffs,
                reason: None,
            }));
        }
        let number = reservation.number.clone();
        let id = reservation.id;
        outcome = Outcome::Reservation { id, number };
    }
    if ids.is_empty() {
        return Err(Refusal::fault(StayFault::NoStay, None).into());
    }
    if ids.len() > 1 {
        outcome = Outcome::Batch {
            done: ids.iter().map(ToString::to_string).collect(),
            failed: Vec::new(),
        };
    }
    Ok(Decision { events, outcome })
}

/// Ends the business date: refused while something that is due on it was not decided. Opens the
/// horizon's next night for every type.
pub(super) fn close(state: &State, date: Night) -> Result<Decision, Halt> {
    let catalogue = catalogue(state);
    let business_date = catalogue.property.business_date;
    if date != business_date {
        return Err(Refusal::WrongBusinessDate {
            date,
            business_date,
        }
        .into());
    }
    let due = state.due(date)?;
    if due.count > 0 {
        let (by, count) = (due.named, due.count);
        return Err(Refusal::Undecided { date, by, count }.into());
    }
    let after = date.plus(1);
    let horizon = NightRange::new(after, after.plus(HORIZON_NIGHTS));
    let mut opened = Vec::new();
    for room_type in &catalogue.room_types {
        let nights = match room_type.life {
            RoomTypeStatus::Draft => continue,
            RoomTypeStatus::Retired { from } => NightRange::new(after, horizon.to.min(from)),
            RoomTypeStatus::OnSale | RoomTypeStatus::Stopped => horizon,
        };
        opened.extend(new_nights(state, room_type, nights)?);
    }
    let count = opened.iter().map(|part| u64::from(part.nights.len())).sum();
    let set = BusinessDateSet {
        before: date,
        after,
    };
    let mut events = vec![Event::BusinessDateSet(set)];
    if count > 0 {
        events.push(Event::NightsOpened(NightsOpened { opened }));
    }
    Ok(Decision {
        events,
        outcome: Outcome::Day {
            business_date: after,
            opened: count,
        },
    })
}
