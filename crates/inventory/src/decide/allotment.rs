//! Allotments: opened, changed, picked up, released, cancelled.

use std::collections::BTreeMap;

use super::demand::{Demand, Pick};
use super::sale::{check_conditions, check_known, check_rooms, check_shape, invalid};
use super::{Context, Decision, Outcome, catalogue, check_version};
use crate::allotment::{
    Allotment, AllotmentChanged, AllotmentOpened, AllotmentStatus, AllotmentStatusSet,
    NewAllotment, Terms, TermsChange, keeps, totals,
};
use crate::civil::Night;
use crate::decide::LONGEST_STAY;
use crate::event::Event;
use crate::ids::{AllotmentId, Numbered, Reference, RoomTypeCode};
use crate::model::StayRequest;
use crate::refusal::{Refusal, StayFault};
use crate::state::{Halt, State};

pub(super) fn open(state: &State, context: &Context, new: &NewAllotment) -> Result<Decision, Halt> {
    check_named(&new.terms.blocks)?;
    check_terms(state, &new.terms)?;
    check_cut_off(state, new.terms.cut_off)?;
    for block in &new.terms.blocks {
        super::sale::validate_arrival(state, block)?;
    }
    let mut demand = Demand::default();
    for ((code, night), total) in new.terms.totals() {
        let kept = keeps(new.allotment_kind, AllotmentStatus::Open, total, 0);
        demand.add_blocked(code, night, kept);
    }
    if context.if_version.is_some() {
        check_version(context, demand.version(state)?)?;
    }
    check_conditions(state, context, &demand)?;
    check_rooms(state, context, &demand, &new.terms.blocks)?;
    let id = AllotmentId::derived(context.command_id, 0);
    let number = state.next_number(Numbered::Allotment, 0);
    let opened = AllotmentOpened {
        allotment: id,
        number: number.clone(),
        name: new.name,
        allotment_kind: new.allotment_kind,
        terms: new.terms.clone(),
    };
    Ok(Decision {
        events: vec![Event::AllotmentOpened(opened)],
        outcome: Outcome::Allotment { id, number },
    })
}

fn check_named(blocks: &[StayRequest]) -> Result<(), Halt> {
    match blocks {
        [] => Err(Refusal::fault(StayFault::NoStay, None).into()),
        _ => Ok(()),
    }
}

/// Checks what is wrong with the terms in themselves. Where all its rooms went to the house it has none any more.
fn check_terms(state: &State, terms: &Terms) -> Result<(), Halt> {
    if u32::from(terms.shoulder) > LONGEST_STAY {
        return Err(Refusal::fault(StayFault::ShoulderTooLong, None).into());
    }
    let Some(first) = terms.blocks.first() else {
        return Ok(());
    };
    check_known(state, &terms.blocks)?;
    for block in &terms.blocks {
        if !(1..=super::MOST_ROOMS).contains(&block.rooms) {
            return Err(invalid(block, StayFault::AllotmentRooms, None));
        }
    }
    check_shape(state, &terms.blocks)?;
    for block in &terms.blocks {
        if block.nights().is_empty() {
            return Err(invalid(block, StayFault::NoNight, None));
        }
    }
    let most = terms.totals().into_values().max().unwrap_or(0);
    if most > super::MOST_ROOMS {
        return Err(invalid(first, StayFault::AllotmentRooms, None));
    }
    let last = terms.blocks.iter().map(|block| block.departure).max();
    match terms.cut_off {
        Some(cut_off) if last.is_some_and(|last| cut_off > last) => {
            Err(invalid(first, StayFault::CutOffTooLate, Some(cut_off)))
        }
        _ => Ok(()),
    }
}

/// One that is over already would give the rooms back at the next end of day, unseen.
fn check_cut_off(state: &State, cut_off: Option<Night>) -> Result<(), Halt> {
    let today = catalogue(state).property.business_date;
    match cut_off {
        Some(date) if date < today => Err(Refusal::fault(StayFault::CutOffPast, Some(date)).into()),
        _ => Ok(()),
    }
}

pub(super) fn find<'a>(
    state: &'a State,
    id: &Reference<AllotmentId>,
) -> Result<&'a Allotment, Halt> {
    let found = state.allotment(id)?;
    found.ok_or_else(|| Refusal::UnknownAllotment { id: id.to_string() }.into())
}

/// Refuses one that keeps nothing back any more.
pub(super) fn check_open(allotment: &Allotment) -> Result<(), Halt> {
    match allotment.status {
        AllotmentStatus::Open => Ok(()),
        status => Err(Refusal::AlreadyReleased {
            id: allotment.number.to_string(),
            status: status.as_str().to_owned(),
        }
        .into()),
    }
}

pub(super) fn change(
    state: &State,
    context: &Context,
    id: &Reference<AllotmentId>,
    change: &TermsChange,
) -> Result<Decision, Halt> {
    let allotment = find(state, id)?;
    let before = &allotment.terms;
    let blocks = change.blocks.as_ref();
    blocks.map_or(Ok(()), |blocks| check_named(blocks))?;
    let after = Terms {
        blocks: blocks.map_or_else(
            || before.blocks.clone(),
            |blocks| with_past(state, before, blocks),
        ),
        cut_off: change.cut_off.or(before.cut_off),
        shoulder: change.shoulder.unwrap_or(before.shoulder),
    };
    check_terms(state, &after)?;
    check_cut_off(state, change.cut_off)?;
    check_open(allotment)?;
    check_version(context, allotment.version)?;
    check_past(state, before, &after)?;
    check_picked(allotment, &after)?;
    let mut demand = Demand::default();
    demand.add_terms(allotment, &after, allotment.status);
    check_conditions(state, context, &demand)?;
    check_rooms(state, context, &demand, &after.blocks)?;
    let events = if after == *before {
        Vec::new()
    } else {
        vec![changed(allotment, after)]
    };
    Ok(Decision {
        events,
        outcome: outcome(allotment),
    })
}

/// The new rooms, with those of nights that are over and that they do not speak of.
fn with_past(state: &State, before: &Terms, blocks: &[StayRequest]) -> Vec<StayRequest> {
    let today = catalogue(state).property.business_date;
    let mut totals = totals(blocks);
    let given = totals.len();
    let over = before.totals().into_iter().filter(|(key, _)| key.1 < today);
    for (key, rooms) in over {
        totals.entry(key).or_insert(rooms);
    }
    if totals.len() == given {
        return blocks.to_vec();
    }
    runs(&totals)
}

pub(super) fn changed(allotment: &Allotment, after: Terms) -> Event {
    Event::AllotmentChanged(AllotmentChanged {
        allotment: allotment.id,
        before: allotment.terms.clone(),
        after,
    })
}

fn outcome(allotment: &Allotment) -> Outcome {
    Outcome::Allotment {
        id: allotment.id,
        number: allotment.number.clone(),
    }
}

/// Nights that are over stay as they were.
pub(super) fn check_past(state: &State, before: &Terms, after: &Terms) -> Result<(), Halt> {
    let today = catalogue(state).property.business_date;
    let (was, is) = (before.totals(), after.totals());
    let nights = was.keys().chain(is.keys());
    let mut past = nights.filter(|key| key.1 < today && was.get(key) != is.get(key));
    match past.next() {
        Some((_, night)) => Err(Refusal::fault(StayFault::NightIsOver, Some(*night)).into()),
        None => Ok(()),
    }
}

/// What was picked up of a kind that does not stretch has to have room in the new terms.
pub(super) fn check_picked(allotment: &Allotment, after: &Terms) -> Result<(), Halt> {
    if allotment.kind.stretches() {
        return Ok(());
    }
    for ((code, night), picked_up) in &allotment.picked_up {
        let total = after.total(*code, *night);
        if total < *picked_up && total < allotment.terms.total(*code, *night) {
            return Err(Refusal::AllotmentExhausted {
                id: allotment.number.to_string(),
                room_type: *code,
                night: *night,
                required: picked_up - total,
                total,
                picked_up: *picked_up,
            }
            .into());
        }
    }
    Ok(())
}

/// Gives the rooms back to the house: at the cut-off, where the kind says so, or by a person.
pub(super) fn release(
    state: &State,
    context: &Context,
    id: &Reference<AllotmentId>,
    cut_off: bool,
) -> Result<Decision, Halt> {
    let allotment = find(state, id)?;
    check_open(allotment)?;
    let today = catalogue(state).property.business_date;
    if cut_off && !allotment.is_due(today) {
        return Err(Refusal::IllegalTransition {
            id: allotment.number.to_string(),
            from: allotment.status.as_str().to_owned(),
            to: "cut_off".to_owned(),
            allowed: vec!["release".to_owned(), "cancel".to_owned()],
            arrival: None,
        }
        .into());
    }
    check_version(context, allotment.version)?;
    Ok(ended(allotment, AllotmentStatus::Released))
}

pub(super) fn cancel(
    state: &State,
    context: &Context,
    id: &Reference<AllotmentId>,
) -> Result<Decision, Halt> {
    let allotment = find(state, id)?;
    if allotment.status == AllotmentStatus::Cancelled {
        check_open(allotment)?;
    }
    check_version(context, allotment.version)?;
    Ok(ended(allotment, AllotmentStatus::Cancelled))
}

fn ended(allotment: &Allotment, status: AllotmentStatus) -> Decision {
    Decision {
        events: vec![status_set(allotment, status)],
        outcome: outcome(allotment),
    }
}

pub(super) fn status_set(allotment: &Allotment, after: AllotmentStatus) -> Event {
    Event::AllotmentStatusSet(AllotmentStatusSet {
        allotment: allotment.id,
        before: allotment.status,
        after,
        blocks: allotment.terms.blocks.clone(),
    })
}

/// Whether so many rooms may be picked up on the night: beyond the total only where the kind
/// stretches, and then within the shoulder dates (docs/DOMAIN.md). One that is not open any more
/// has no say: what was picked up from it takes rooms of the house.
pub(super) fn check_pick(
    allotment: &Allotment,
    terms: &Terms,
    (code, night): (RoomTypeCode, Night),
    pick: Pick,
) -> Result<(), Halt> {
    if allotment.status != AllotmentStatus::Open || pick.rooms <= 0 || pick.rooms <= pick.unasked {
        return Ok(());
    }
    if allotment.kind.stretches() {
        let within = terms.window().is_some_and(|window| window.contains(night));
        if within && terms.has(code) {
            return Ok(());
        }
        return Err(Refusal::fault(StayFault::OutsideAllotment, Some(night)).into());
    }
    let (total, picked_up) = (terms.total(code, night), allotment.picked(code, night));
    let required = pick.rooms.unsigned_abs();
    if picked_up + required <= total {
        return Ok(());
    }
    Err(Refusal::AllotmentExhausted {
        id: allotment.number.to_string(),
        room_type: code,
        night,
        required,
        total,
        picked_up,
    }
    .into())
}

/// Totals as requests: one for each run of nights with equally many rooms.
pub(super) fn runs(totals: &BTreeMap<(RoomTypeCode, Night), u32>) -> Vec<StayRequest> {
    let mut runs: Vec<StayRequest> = Vec::new();
    for ((code, night), rooms) in totals.iter().filter(|(_, rooms)| **rooms > 0) {
        match runs.last_mut() {
            Some(run)
                if run.room_type == *code && run.departure == *night && run.rooms == *rooms =>
            {
                run.departure = night.plus(1);
            }
            _ => runs.push(StayRequest {
                room_type: *code,
                arrival: *night,
                departure: night.plus(1),
                rooms: *rooms,
            }),
        }
    }
    runs
}
