//! The steps of a stay's life, by the table in [`crate::stay::LIFECYCLE`].

use super::reserve::find;
use super::sale::{Demand, check_conditions, check_rooms};
use super::{Context, Decision, Failed, Outcome, advance, catalogue, check_version};
use crate::civil::Night;
use crate::command::{Reason, ReasonCode};
use crate::event::{BatchPartlyApplied, Event, StayDiff, StaysChanged};
use crate::ids::{RoomNumber, StayReference};
use crate::model::{Reservation, StayRequest};
use crate::refusal::{Refusal, StayFault, illegal};
use crate::state::{Halt, State};
use crate::stay::{Stay, StayStatus, Target, Transition, allowed, target};

/// A step to take.
pub(super) struct Step<'a> {
    pub transition: Transition,
    pub room: Option<&'a RoomNumber>,
    pub reason: Option<Reason>,
}

/// Takes the step on each of the references; of several, each stands alone.
pub(super) fn transition(
    state: &State,
    context: &Context,
    step: &Step<'_>,
    ids: &[StayReference],
) -> Result<Decision, Halt> {
    match ids {
        [] => {
            let why = StayFault::NoStay;
            let (arrival, departure, rooms, night) = (None, None, None, None);
            Err(Refusal::InvalidStay {
                arrival,
                departure,
                rooms,
                why,
                night,
            }
            .into())
        }
        [id] => {
            let (event, reservation) = one(state, context, step, id)?;
            let number = reservation.number.clone();
            let outcome = Outcome::Reservation {
                id: reservation.id,
                number,
            };
            Ok(Decision {
                events: vec![event],
                outcome,
            })
        }
        ids => batch(state, context, step, ids),
    }
}

fn batch(
    state: &State,
    context: &Context,
    step: &Step<'_>,
    ids: &[StayReference],
) -> Result<Decision, Halt> {
    let mut state = state.clone();
    let (mut events, mut done, mut failed) = (Vec::new(), Vec::new(), Vec::new());
    for id in ids {
        match one(&state, context, step, id).map(|(event, _)| event) {
            Ok(event) => {
                advance(&mut state, context, &event)?;
                events.push(event);
                done.push(id.to_string());
            }
            Err(Halt::Refused(error)) => failed.push(Failed {
                id: id.to_string(),
                error: *error,
            }),
            Err(missing) => return Err(missing),
        }
    }
    if !done.is_empty() && !failed.is_empty() {
        let count = |list: usize| u32::try_from(list).unwrap_or(u32::MAX);
        let (done, failed) = (count(done.len()), count(failed.len()));
        events.push(Event::BatchPartlyApplied(BatchPartlyApplied {
            done,
            failed,
        }));
    }
    Ok(Decision {
        events,
        outcome: Outcome::Batch { done, failed },
    })
}

fn one<'a>(
    state: &'a State,
    context: &Context,
    step: &Step<'_>,
    id: &StayReference,
) -> Result<(Event, &'a Reservation), Halt> {
    let (reservation, stays) = find(state, id)?;
    let chosen = choose(&stays, id, step.transition);
    let today = catalogue(state).property.business_date;
    let mut diffs = Vec::new();
    for stay in chosen {
        let after = next(stay, step, today).ok_or_else(|| refused(stay, id, step, today))?;
        diffs.push(StayDiff {
            before: Some(stay.clone()),
            after: Some(after),
        });
    }
    if diffs.is_empty() {
        return Err(refuse_all(reservation, id, step).into());
    }
    check_version(context, reservation.version)?;
    check_room(state, reservation, &diffs)?;
    check_taken(state, context, &diffs)?;
    let reversal = matches!(
        step.transition,
        Transition::ReverseCheckIn | Transition::ReverseCheckOut | Transition::Reinstate
    );
    // A reversal puts a mistake right, and says so where no other reason is given.
    let default = reversal.then_some(Reason {
        code: ReasonCode::Error,
        text: None,
    });
    let reason = step.reason.or(default);
    let change = StaysChanged {
        reservation: reservation.id,
        stays: diffs,
        reason,
    };
    Ok((event(step.transition, change), reservation))
}

/// On a whole reservation a step takes those of its stays that can take it.
fn choose<'a>(stays: &[&'a Stay], id: &StayReference, transition: Transition) -> Vec<&'a Stay> {
    if id.stay.is_some() {
        return stays.to_vec();
    }
    let can = |stay: &&&Stay| target(stay.status, transition).is_some();
    stays.iter().filter(can).copied().collect()
}

/// The stay after the step; nothing where the table or the date forbids it.
fn next(stay: &Stay, step: &Step<'_>, today: Night) -> Option<Stay> {
    let to = match target(stay.status, step.transition)? {
        Target::To(status) => status,
        Target::Before => stay.before?,
    };
    let mut after = Stay {
        status: to,
        ..stay.clone()
    };
    match step.transition {
        Transition::Confirm => after.option_until = None,
        Transition::CheckIn => {
            after.checked_in_on = Some(today);
            after.room = step.room.cloned().or(after.room);
        }
        Transition::CheckOut => {
            after.checked_out_on = Some(today);
            after.freed_from = (today < stay.departure).then_some(today.max(stay.arrival));
        }
        Transition::ReverseCheckIn => {
            if stay.checked_in_on != Some(today) {
                return None;
            }
            after.checked_in_on = None;
            after.room = None;
        }
        Transition::ReverseCheckOut => {
            if stay.checked_out_on != Some(today) {
                return None;
            }
            after.checked_out_on = None;
            after.freed_from = None;
        }
        Transition::Cancel | Transition::NoShow => after.before = Some(stay.status),
        Transition::Reinstate => after.before = None,
    }
    Some(after)
}

fn event(transition: Transition, change: StaysChanged) -> Event {
    match transition {
        Transition::Confirm => Event::Confirmed(change),
        Transition::CheckIn => Event::CheckedIn(change),
        Transition::CheckOut => Event::CheckedOut(change),
        Transition::ReverseCheckIn => Event::CheckInReversed(change),
        Transition::ReverseCheckOut => Event::CheckOutReversed(change),
        Transition::Cancel => Event::Cancelled(change),
        Transition::NoShow => Event::NoShow(change),
        Transition::Reinstate => Event::Reinstated(change),
    }
}

/// What the table allows from the stay's status on this business date: reversals only on the same.
pub fn steps(stay: &Stay, today: Night) -> Vec<Transition> {
    let same_date = |step: &Transition| match step {
        Transition::ReverseCheckIn => stay.checked_in_on == Some(today),
        Transition::ReverseCheckOut => stay.checked_out_on == Some(today),
        _ => true,
    };
    allowed(stay.status).filter(same_date).collect()
}

fn refused(stay: &Stay, id: &StayReference, step: &Step<'_>, today: Night) -> Refusal {
    let steps = steps(stay, today)
        .iter()
        .map(|step| step.as_str().to_owned())
        .collect();
    illegal(id.to_string(), stay.status, step.transition.as_str(), steps)
}

fn refuse_all(reservation: &Reservation, id: &StayReference, step: &Step<'_>) -> Refusal {
    let status = reservation.status();
    let steps = allowed(status)
        .map(|step| step.as_str().to_owned())
        .collect();
    illegal(id.to_string(), status, step.transition.as_str(), steps)
}

/// A room's number is unique among the guests in house.
pub(super) fn check_room(
    state: &State,
    reservation: &Reservation,
    diffs: &[StayDiff],
) -> Result<(), Halt> {
    let rooms = diffs.iter().filter_map(|diff| diff.after.as_ref());
    let in_house = rooms.filter(|stay| stay.status == StayStatus::CheckedIn);
    let mut given: Vec<&RoomNumber> = Vec::new();
    for stay in in_house {
        let Some(room) = stay.room.as_ref() else {
            continue;
        };
        let taken_by = match state.room_in_house(room)? {
            Some((other, number, by)) if (other, number) != (reservation.id, stay.stay) => Some(by),
            _ => given.contains(&room).then(|| reservation.number.clone()),
        };
        if let Some(by) = taken_by {
            return Err(Refusal::RoomOccupied {
                room: room.to_string(),
                id: by.to_string(),
            }
            .into());
        }
        given.push(room);
    }
    Ok(())
}

/// What a step takes again has to be there; what a guest in the house takes is a fact.
fn check_taken(state: &State, context: &Context, diffs: &[StayDiff]) -> Result<(), Halt> {
    let today = catalogue(state).property.business_date;
    let mut demand = Demand::default();
    let mut wishes = Vec::new();
    for diff in diffs {
        demand.add_change(diff.before.as_ref(), diff.after.as_ref(), today);
        wishes.extend(diff.after.as_ref().map(|stay| StayRequest {
            room_type: stay.room_type,
            arrival: stay.arrival,
            departure: stay.departure,
            rooms: 1,
        }));
    }
    check_conditions(state, context, &demand)?;
    check_rooms(state, &demand, &wishes)
}
