//! Undo: a compensating command. Each event has an inverse or has none; the inverse is possible
//! only while what the event made is still as it made it, and the world has room for it.

mod earlier;
mod limits;
mod named;

use std::collections::BTreeMap;

use earlier::{before, is_history};
use limits::{state_of_cells, swap_runs, unrestrict, unset_house};

use super::demand::Demand;
use super::limits::check_outages;
use super::sale::{check_conditions, check_rooms};
use super::{Context, Decision, allotment, catalogue, hold, lifecycle, outage, room_type};
use crate::allotment::{AllotmentChanged, AllotmentStatus, Terms};
use crate::civil::Night;
use crate::event::{
    DetailsSet, Event, HoldExtended, LimitSet, ReservationMade, RoomTypeChanged, StayDiff,
    StaysChanged,
};
use crate::ids::{AllotmentId, CommandId, HoldId, OutageId, Reference};
use crate::model::{Hold, HoldStatus, RoomTypeStatus, StayRequest};
use crate::refusal::{Refusal, UndoFault};
use crate::state::{Halt, PastCommand, State};

pub(super) fn undo(
    state: &State,
    context: &Context,
    command: Option<CommandId>,
) -> Result<Decision, Halt> {
    let id = named::target(state, command)?;
    // Which object it is about stands in the trail, and is told from there.
    let cannot = |why| -> Halt {
        let (what, object) = (None, None);
        Refusal::CannotUndo {
            id,
            what,
            object,
            why,
        }
        .into()
    };
    let id = id.ok_or_else(|| cannot(UndoFault::NothingToUndo))?;
    let found = state.past(id)?;
    let past = found.ok_or_else(|| Refusal::UnknownCommand {
        id: id.0.to_string(),
    })?;
    if !past.accepted {
        return Err(cannot(UndoFault::WasRefused));
    }
    if past.undone {
        return Err(cannot(UndoFault::AlreadyUndone));
    }
    // An undo is not undone itself: the command is done again instead.
    if !has_inverse(past) {
        return Err(cannot(UndoFault::NoInverse));
    }
    let mut events = Vec::new();
    // Last first: what was done last is taken back first.
    for event in past.events.iter().rev() {
        let inverse = invert(state, context, event)?;
        events.extend(inverse.map_err(cannot)?);
    }
    check(state, context, &events)?;
    let outcome = named::outcome(id, &past.kind, &events);
    Ok(Decision { events, outcome })
}

/// The terms that allotments have in the end.
fn changed_terms(events: &[Event]) -> BTreeMap<AllotmentId, Terms> {
    let changed = events.iter().filter_map(|event| match event {
        Event::AllotmentChanged(changed) => Some((changed.allotment, changed.after.clone())),
        _ => None,
    });
    changed.collect()
}

/// Whether what a command did has an inverse at all.
pub fn has_inverse(past: &PastCommand) -> bool {
    past.kind != "undo" && !past.events.is_empty() && past.events.iter().all(is_invertible)
}

fn is_invertible(event: &Event) -> bool {
    match event {
        Event::PropertyOpened(_)
        | Event::BusinessDateSet(_)
        | Event::RoomTypeAdded(_)
        | Event::NightsOpened(_)
        | Event::Split(_) => false,
        Event::ReservationMade(made) => made.split_from.is_none(),
        Event::HoldEnded(ended) => ended.status != HoldStatus::Expired,
        _ => true,
    }
}

/// The events that take an event back, or why there are none.
type Inverse = Result<Vec<Event>, UndoFault>;

/// The inverse, as long as what the event made is as it made it.
fn unchanged(inverse: Option<Vec<Event>>) -> Inverse {
    inverse.ok_or(UndoFault::ChangedSince)
}

fn invert(state: &State, context: &Context, event: &Event) -> Result<Inverse, Halt> {
    if limits::is_over(event, catalogue(state).property.business_date) {
        return Ok(Err(UndoFault::DateMovedOn));
    }
    match event {
        Event::ReservationMade(made) => return unmake(state, made),
        Event::OutagePlaced(placed) => {
            let outage = &placed.outage;
            return set_outage_end(state, outage.id, (outage.back_on, outage.from));
        }
        Event::OutageEndSet(set) => {
            return set_outage_end(state, set.outage, (set.after, set.before));
        }
        Event::DetailsSet(set) => return put_back(state, set),
        other => {
            if let Some(change) = other.stays_changed() {
                return restore(state, change);
            }
        }
    }
    Ok(unchanged(of_the_rest(state, context, event)?))
}

/// The inverse of what is neither a stay nor an outage; nothing where it was changed since.
fn of_the_rest(
    state: &State,
    context: &Context,
    event: &Event,
) -> Result<Option<Vec<Event>>, Halt> {
    match event {
        Event::HoldPlaced(placed) => release(state, context, placed.hold),
        Event::HoldExtended(extended) => shorten(state, context, extended),
        Event::HoldEnded(ended) if ended.expires_at <= context.now => {
            Ok((ended.status == HoldStatus::Converted).then(Vec::new))
        }
        Event::HoldEnded(ended) => {
            let again = hold::placed(
                state,
                context,
                &ended.stays,
                ended.expires_at,
                ended.reference,
            );
            Ok(Some(again.events))
        }
        Event::OverbookingSet(set) => {
            let runs = swap_runs(&set.runs);
            state_of_cells(state, set, |cell| cell.overbooking).map(|same| {
                let room_type = set.room_type;
                same.then(|| vec![Event::OverbookingSet(LimitSet { room_type, runs })])
            })
        }
        Event::PhysicalSet(set) => {
            let runs = swap_runs(&set.runs);
            state_of_cells(state, set, |cell| cell.physical).map(|same| {
                let room_type = set.room_type;
                same.then(|| vec![Event::PhysicalSet(LimitSet { room_type, runs })])
            })
        }
        Event::HouseOverbookingSet(set) => unset_house(state, set),
        Event::RestrictionsSet(set) => unrestrict(state, set),
        Event::AllotmentOpened(opened) => {
            let found = state.allotment(&Reference::Id(opened.allotment))?;
            // Who was picked up and put back has left no trace in it.
            let untouched = found.filter(|found| {
                found.status == AllotmentStatus::Open
                    && found.terms == opened.terms
                    && found.picked_up.is_empty()
            });
            Ok(untouched
                .map(|found| vec![allotment::status_set(found, AllotmentStatus::Cancelled)]))
        }
        Event::AllotmentChanged(changed) => {
            let found = state.allotment(&Reference::Id(changed.allotment))?;
            let same = found.filter(|found| found.terms == changed.after);
            let Some(same) = same else { return Ok(None) };
            Ok(Some(vec![Event::AllotmentChanged(AllotmentChanged {
                allotment: same.id,
                before: changed.after.clone(),
                after: changed.before.clone(),
            })]))
        }
        Event::AllotmentStatusSet(set) => {
            let found = state.allotment(&Reference::Id(set.allotment))?;
            let same = found.filter(|found| found.status == set.after);
            Ok(same.map(|found| vec![allotment::status_set(found, set.before)]))
        }
        Event::RoomTypeChanged(changed) => {
            let now = catalogue(state).room_type(changed.after.code).cloned();
            let back = RoomTypeChanged {
                before: changed.after.clone(),
                after: changed.before.clone(),
            };
            let same = now.as_ref() == Some(&changed.after);
            if let (true, RoomTypeStatus::Retired { from }) = (same, changed.before.life) {
                room_type::check_unused(state, changed.before.code, from)?;
            }
            Ok(same.then(|| vec![Event::RoomTypeChanged(back)]))
        }
        Event::BatchPartlyApplied(_) => Ok(Some(Vec::new())),
        _ => Ok(None),
    }
}

/// Whether every stay of the change is as the change left it.
fn are_as_made(state: &State, change: &StaysChanged) -> Result<bool, Halt> {
    let found = state.reservation(&Reference::Id(change.reservation))?;
    Ok(found.is_some_and(|reservation| {
        change.stays.iter().all(|diff| {
            let after = diff.after.as_ref();
            after.is_some_and(|now| reservation.stay(now.stay) == Some(now))
        })
    }))
}

/// A reservation that was made is cancelled, as long as its stays are as they were made.
fn unmake(state: &State, made: &ReservationMade) -> Result<Inverse, Halt> {
    restore(state, &of_made(made))
}

/// A reservation that was made, as a change of all of its stays.
fn of_made(made: &ReservationMade) -> StaysChanged {
    let diffs = made.stays.iter().map(|stay| StayDiff {
        before: None,
        after: Some(stay.clone()),
    });
    StaysChanged {
        reservation: made.reservation,
        stays: diffs.collect(),
        reason: None,
    }
}

fn restore(state: &State, change: &StaysChanged) -> Result<Inverse, Halt> {
    if !are_as_made(state, change)? {
        return Ok(Err(UndoFault::ChangedSince));
    }
    let today = catalogue(state).property.business_date;
    let mut stays = Vec::new();
    let as_made = change
        .stays
        .iter()
        .filter_map(|diff| Some((diff, diff.after.as_ref()?)));
    for (diff, now) in as_made {
        let back = before(diff, now);
        if is_history(now, &back, today) {
            return Ok(Err(UndoFault::DateMovedOn));
        }
        stays.push(StayDiff {
            before: Some(now.clone()),
            after: Some(back),
        });
    }
    Ok(Ok(vec![Event::Restored(StaysChanged {
        reservation: change.reservation,
        stays,
        reason: None,
    })]))
}

/// What was put right stands as it was before, as long as it was not put right again since.
fn put_back(state: &State, set: &DetailsSet) -> Result<Inverse, Halt> {
    let found = state.reservation(&Reference::Id(set.change.reservation))?;
    let same = found.filter(|found| found.details == set.after);
    Ok(unchanged(same.map(|found| {
        let back = DetailsSet::of(found.id, set.after.clone(), set.before.clone());
        vec![Event::DetailsSet(back)]
    })))
}

fn release(state: &State, context: &Context, id: HoldId) -> Result<Option<Vec<Event>>, Halt> {
    let found = own_hold(state, id)?;
    let live = found.filter(|hold| hold.is_live(context.now));
    Ok(live.map(|hold| vec![super::reserve::ended(hold, HoldStatus::Released)]))
}

/// The hold, where there is one; one that another desk placed is not this desk's to change.
fn own_hold(state: &State, id: HoldId) -> Result<Option<&Hold>, Halt> {
    match state.hold(&Reference::Id(id))? {
        Some(_) => hold::find(state, &Reference::Id(id)).map(Some),
        None => Ok(None),
    }
}

fn shorten(
    state: &State,
    context: &Context,
    extended: &HoldExtended,
) -> Result<Option<Vec<Event>>, Halt> {
    let found = own_hold(state, extended.hold)?;
    let same = found
        .is_some_and(|hold| hold.status == HoldStatus::Active && hold.expires_at == extended.after);
    let back = HoldExtended {
        hold: extended.hold,
        before: extended.after,
        after: extended.before,
    };
    Ok((same && extended.before > context.now).then(|| vec![Event::HoldExtended(back)]))
}

fn set_outage_end(
    state: &State,
    id: OutageId,
    (now, back): (Night, Night),
) -> Result<Inverse, Halt> {
    let found = state.outage(&Reference::Id(id))?;
    let Some(outage) = found.filter(|outage| outage.back_on == now) else {
        return Ok(Err(UndoFault::ChangedSince));
    };
    // Nights that are over stay as they were.
    if now.min(back) < catalogue(state).property.business_date {
        return Ok(Err(UndoFault::DateMovedOn));
    }
    Ok(Ok(outage::set_end(state, outage, back)?.events))
}

/// What the compensation takes again has to be there.
fn check(state: &State, context: &Context, events: &[Event]) -> Result<(), Halt> {
    let today = super::catalogue(state).property.business_date;
    let mut demand = Demand::default();
    let mut wishes: Vec<StayRequest> = Vec::new();
    for event in events {
        match event {
            Event::HoldPlaced(placed) => {
                placed
                    .stays
                    .iter()
                    .for_each(|stay| demand.add_request(stay, 1));
                wishes.extend(&placed.stays);
            }
            Event::HoldEnded(ended) => {
                ended
                    .stays
                    .iter()
                    .for_each(|stay| demand.add_request(stay, -1));
            }
            Event::PhysicalSet(set) => {
                for run in &set.runs {
                    check_outages(state, set.room_type, run.nights, run.after)?;
                }
            }
            // All of an allotment's changes are weighed together, below.
            Event::AllotmentChanged(_) => {}
            Event::AllotmentStatusSet(set) => {
                if let Some(found) = state.allotment(&Reference::Id(set.allotment))? {
                    demand.add_terms(found, &found.terms, set.after);
                    wishes.extend(&set.blocks);
                }
            }
            other => {
                for diff in other
                    .stays_changed()
                    .iter()
                    .flat_map(|change| &change.stays)
                {
                    demand.add_change(diff.before.as_ref(), diff.after.as_ref(), today);
                    wishes.extend(diff.after.iter().map(|stay| StayRequest {
                        room_type: stay.room_type,
                        arrival: stay.arrival,
                        departure: stay.departure,
                        rooms: 1,
                    }));
                }
            }
        }
    }
    // Terms that change with their stays were theirs together before.
    let alone = !events.iter().any(|event| event.stays_changed().is_some());
    for (id, terms) in changed_terms(events) {
        if let Some(found) = state.allotment(&Reference::Id(id))? {
            if alone {
                allotment::check_past(state, &found.terms, &terms)?;
                allotment::check_picked(found, &terms)?;
            }
            demand.add_terms(found, &terms, found.status);
            wishes.extend(&terms.blocks);
        }
    }
    check_given_rooms(state, events)?;
    let demand = demand.settled(state)?;
    check_conditions(state, context, &demand)?;
    check_rooms(state, context, &demand, &wishes)
}

/// A guest who is put back into a room must find it empty.
fn check_given_rooms(state: &State, events: &[Event]) -> Result<(), Halt> {
    for change in events.iter().filter_map(Event::stays_changed) {
        let found = state.reservation(&Reference::Id(change.reservation))?;
        if let Some(reservation) = found {
            lifecycle::check_room(state, reservation, &change.stays)?;
        }
    }
    Ok(())
}
