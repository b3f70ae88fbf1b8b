//! The steps of a stay's life, by the table in [`crate::stay::LIFECYCLE`].

mod batch;
mod left_out;
mod rooms;
mod taken;

use self::left_out::{leave_early_out, leave_gone_out};
pub(super) use self::rooms::check_room;
use self::rooms::leave_taken_rooms;
use self::taken::check_taken;
use super::allotment::{check_open, find as find_allotment};
use super::house::settle_with_house;
use super::reserve::find;
use super::{Authority, Context, Decision, Outcome, catalogue, check_version};
use crate::civil::Night;
use crate::command::{GivenRoom, Reason, ReasonCode};
use crate::event::{Event, StayDiff, StaysChanged};
use crate::ids::{Reference, RoomNumber, StayReference};
use crate::model::Reservation;
use crate::refusal::{Refusal, StayFault, illegal};
use crate::state::{Halt, State};
use crate::stay::{Stay, StayStatus, Target, Transition, allowed, target};

/// A step to take.
#[derive(Clone, Copy)]
pub(super) struct Step<'a> {
    pub transition: Transition,
    pub room: Option<&'a RoomNumber>,
    /// Rooms of some of those that are named, each of its own.
    pub rooms: &'a [GivenRoom],
    pub reason: Option<Reason>,
    /// The last date of what is offered.
    pub option_until: Option<Night>,
    /// Whom alone it concerns, where not everybody who can take it.
    pub only: Option<Only>,
}

/// Stays that a narrower command is about.
#[derive(Clone, Copy)]
pub(super) enum Only {
    /// Those that wait.
    Waiting,
    /// Those that were picked up from an allotment which is open.
    PickedUp,
}

impl Step<'_> {
    pub fn new(transition: Transition, reason: Option<Reason>) -> Self {
        Self {
            transition,
            room: None,
            rooms: &[],
            reason,
            option_until: None,
            only: None,
        }
    }

    /// The same for one of those that are named.
    fn of(&self, id: &StayReference) -> Self {
        let own = self.rooms.iter().find(|given| given.id == *id);
        let room = own.map(|given| &given.room).or(self.room);
        Self { room, ..*self }
    }

    /// The name of the command in a refusal.
    fn word(&self) -> &'static str {
        match self.only {
            None => self.transition.as_str(),
            Some(Only::Waiting) => "leave_waitlist",
            Some(Only::PickedUp) => "return_pick_up",
        }
    }
}

/// Takes the step on each of the references; of several, each stands alone.
pub(super) fn transition(
    state: &State,
    context: &Context,
    step: &Step<'_>,
    ids: &[StayReference],
) -> Result<Decision, Halt> {
    let is_twice =
        |given: &GivenRoom| step.rooms.iter().filter(|one| one.id == given.id).count() > 1;
    if step
        .rooms
        .iter()
        .any(|given| !ids.contains(&given.id) || is_twice(given))
    {
        return Err(Refusal::fault(StayFault::RoomOfOne, None).into());
    }
    match ids {
        [] => Err(Refusal::fault(StayFault::NoStay, None).into()),
        [id] => {
            let (events, reservation) = one(state, context, step, id)?;
            let number = reservation.number.clone();
            let outcome = Outcome::Reservation {
                id: reservation.id,
                number,
            };
            Ok(Decision { events, outcome })
        }
        ids => batch::batch(state, context, step, ids),
    }
}

fn one<'a>(
    state: &'a State,
    context: &Context,
    step: &Step<'_>,
    id: &StayReference,
) -> Result<(Vec<Event>, &'a Reservation), Halt> {
    let step = &step.of(id);
    let (reservation, stays) = find(state, id)?;
    let stays = concerned(state, reservation, stays, id, step)?;
    let today = catalogue(state).property.business_date;
    let mut chosen = choose(&stays, id, step.transition);
    if step.transition == Transition::Reinstate {
        leave_gone_out(&mut chosen, today)?;
    }
    if waits_for_arrival(context, step.transition)
        && let Some(first) = leave_early_out(&mut chosen, id, step.transition, today)
        && context.authority != Authority::Promised
    {
        return Err(early(reservation, id, step.transition, first, today).into());
    }
    let mut diffs = Vec::new();
    for stay in chosen {
        let step_in = (stay.status, step.transition);
        // Who was never promised a room is let in by somebody who may, as a fact.
        let unpromised = step_in == (StayStatus::NeedsConfirmation, Transition::CheckIn);
        let next = next(stay, step, today).filter(|_| !unpromised || context.override_given);
        let after = next.ok_or_else(|| refused(stay, id, step, today))?;
        diffs.push(StayDiff {
            before: Some(stay.clone()),
            after: Some(after),
        });
    }
    if diffs.is_empty() {
        return Err(refuse_step(reservation, id, step.word(), today).into());
    }
    check_version(context, reservation.version)?;
    if context.authority == Authority::Promised {
        leave_taken_rooms(state, reservation, &mut diffs)?;
    }
    check_room(state, reservation, &diffs)?;
    let settled = settle_with_house(state, &mut diffs)?;
    check_taken(state, context, &diffs, &settled)?;
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
    let mut events = vec![event(step.transition, change)];
    events.extend(settled);
    Ok((events, reservation))
}

/// The stays that the command is about: all that are named, or those that wait or were picked up.
fn concerned<'a>(
    state: &State,
    reservation: &Reservation,
    stays: Vec<&'a Stay>,
    id: &StayReference,
    step: &Step<'_>,
) -> Result<Vec<&'a Stay>, Halt> {
    let Some(only) = step.only else {
        return Ok(stays);
    };
    let concerned: Vec<&Stay> = match only {
        Only::Waiting => {
            let waits = |stay: &&Stay| stay.status == StayStatus::Waitlisted;
            stays.into_iter().filter(waits).collect()
        }
        Only::PickedUp => {
            let picked = |stay: &&Stay| stay.allotment.is_some();
            stays.into_iter().filter(picked).collect()
        }
    };
    if concerned.is_empty() {
        let today = catalogue(state).property.business_date;
        return Err(refuse_step(reservation, id, step.word(), today).into());
    }
    for allotment in concerned.iter().filter_map(|stay| stay.allotment) {
        if matches!(only, Only::PickedUp) {
            check_open(find_allotment(state, &Reference::Id(allotment))?)?;
        }
    }
    Ok(concerned)
}

/// On a whole reservation a step takes those of its stays that can take it.
fn choose<'a>(stays: &[&'a Stay], id: &StayReference, transition: Transition) -> Vec<&'a Stay> {
    if id.stay.is_some() {
        return stays.to_vec();
    }
    let can = |stay: &&&Stay| target(stay.status, transition).is_some();
    stays.iter().filter(can).copied().collect()
}

/// Whether the step is for the date of arrival and later. Nobody is in the house before it, whatever is said; what a
/// desk has done already is a fact, for those it was done to. Nobody has failed to come before it, unless somebody who
/// may says so.
fn waits_for_arrival(context: &Context, transition: Transition) -> bool {
    match transition {
        Transition::CheckIn => true,
        Transition::NoShow => !context.override_given,
        _ => false,
    }
}

/// The step is for the date of arrival and later.
fn early(
    reservation: &Reservation,
    id: &StayReference,
    transition: Transition,
    first: &Stay,
    today: Night,
) -> Refusal {
    if transition != Transition::CheckIn {
        return Refusal::fault(StayFault::NotDueYet, Some(first.arrival));
    }
    Refusal::IllegalTransition {
        id: id.to_string(),
        from: first.status.as_str().to_owned(),
        to: transition.as_str().to_owned(),
        allowed: possible(reservation, id, today),
        arrival: Some(first.arrival),
    }
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
        Transition::Offer => {
            after.option_until = step.option_until;
            after.takes_none = false;
        }
        Transition::Confirm => after.option_until = None,
        Transition::CheckIn => {
            after.checked_in_on = Some(today);
            // Who was kept for another day and comes on this one all the same arrives on this one.
            if stay.kept_on == Some(today) {
                after.kept_on = (stay.arrival < today).then_some(today.plus(-1));
            }
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
            after.ending = stay.ending.after_taking(&after);
        }
        Transition::Cancel | Transition::NoShow => after.before = Some(stay.status),
        Transition::Reinstate => {
            after.before = None;
            after.ending = stay.ending.after_taking(&after);
            expect_from(&mut after, today);
        }
    }
    Some(after)
}

/// Who should have come before is expected from this date on, as one who was kept until it.
pub(super) fn expect_from(stay: &mut Stay, today: Night) {
    let before = today.plus(-1);
    let is_late = stay.status.takes_inventory() && stay.arrival < today;
    if is_late && stay.kept_on < Some(before) {
        (stay.kept_on, stay.kept_from) = (Some(before), Some(today));
    }
}

fn event(transition: Transition, change: StaysChanged) -> Event {
    match transition {
        Transition::Offer => Event::Offered(change),
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

/// What the table allows from the status without an override, which it takes to let somebody in who
/// was never promised a room.
fn offhand(status: StayStatus) -> impl Iterator<Item = Transition> {
    let unpromised = status == StayStatus::NeedsConfirmation;
    allowed(status).filter(move |step| !unpromised || *step != Transition::CheckIn)
}

/// What the table allows from the stay's status on this business date: reversals only on the same, before the arrival
/// nobody is checked in nor has failed to come, and what is wholly over is not reinstated.
pub fn steps(stay: &Stay, today: Night) -> Vec<Transition> {
    let same_date = |step: &Transition| match step {
        Transition::ReverseCheckIn => stay.checked_in_on == Some(today),
        Transition::ReverseCheckOut => stay.checked_out_on == Some(today),
        Transition::CheckIn | Transition::NoShow => stay.arrival <= today,
        Transition::Reinstate => stay.departure >= today,
        _ => true,
    };
    offhand(stay.status).filter(same_date).collect()
}

fn refused(stay: &Stay, id: &StayReference, step: &Step<'_>, today: Night) -> Refusal {
    let steps = steps(stay, today)
        .iter()
        .map(|step| step.as_str().to_owned())
        .collect();
    illegal(id.to_string(), stay.status, step.transition.as_str(), steps)
}

/// A step that none of the reservation's stays can take, with those that some of them can on this date.
pub(super) fn refuse_step(
    reservation: &Reservation,
    id: &StayReference,
    step: &str,
    today: Night,
) -> Refusal {
    let possible = possible(reservation, id, today);
    illegal(id.to_string(), reservation.status(), step, possible)
}

/// The steps that some stay of those that are named can take on this date.
fn possible(reservation: &Reservation, id: &StayReference, today: Night) -> Vec<String> {
    let named = |stay: &&Stay| id.stay.is_none_or(|number| number == stay.stay);
    let mut possible = Vec::new();
    for stay in reservation.stays.iter().filter(named) {
        let more = steps(stay, today).into_iter();
        let new: Vec<Transition> = more.filter(|step| !possible.contains(step)).collect();
        possible.extend(new);
    }
    let words = possible.iter().map(|step| step.as_str().to_owned());
    words.collect()
}
