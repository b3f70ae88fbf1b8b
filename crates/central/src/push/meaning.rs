//! What a queued command means at the centre: which one it is, what was told of it, and what it explains.

use std::sync::Arc;

use keyrack_inventory::evolve::{evolve, wanted};
use keyrack_inventory::share::Cause;
use keyrack_inventory::state::Counters;
use keyrack_inventory::{Catalogue, Command, Event, Outcome, State, Transition};
use keyrack_wire::{Queued, Standing};

/// The command as the desk meant it: an undo without a name is of what the desk undid.
pub(super) fn resolved(queued: &Queued, command: Command) -> Command {
    match (&command, told(queued)) {
        (
            Command::Undo { command: None },
            Some(Outcome::Undone {
                command: undone, ..
            }),
        ) => Command::Undo {
            command: Some(*undone),
        },
        _ => command,
    }
}

/// What the desk told its caller.
pub(super) fn told(queued: &Queued) -> Option<&Outcome> {
    match &queued.outcome {
        Standing::Settled { outcome } => Some(outcome),
        Standing::Asking { outcome } => outcome.as_ref(),
    }
}

/// The counters, set so that the next number is the one that was told.
pub(super) fn numbered(known: Counters, told: &Outcome) -> Counters {
    let before = |count: u64| count.saturating_sub(1);
    let mut counters = known;
    match told {
        Outcome::Reservation { number, .. } => counters.reservation = before(number.count()),
        Outcome::Hold { number, .. } => counters.hold = before(number.count()),
        Outcome::Outage { number, .. } => counters.outage = before(number.count()),
        Outcome::Allotment { number, .. } => counters.allotment = before(number.count()),
        _ => {}
    }
    counters
}

pub(super) fn highest(one: Counters, other: Counters) -> Counters {
    Counters {
        reservation: one.reservation.max(other.reservation),
        hold: one.hold.max(other.hold),
        outage: one.outage.max(other.outage),
        allotment: one.allotment.max(other.allotment),
    }
}

/// The property's own catalogue after the events: what was decided on had the command's date and letters.
pub(super) fn catalogue(
    known: Option<Arc<Catalogue>>,
    queued: &Queued,
    events: &[Event],
) -> Option<Arc<Catalogue>> {
    let mut own = State::slice(known, Counters::default());
    for event in events {
        let mut scratch = own.clone();
        if wanted(&scratch, event).is_empty()
            && evolve(&mut scratch, event, queued.instant).catalogue
        {
            own = scratch;
        }
    }
    own.catalogue().cloned()
}

/// What falls short after the command is explained by it.
pub(super) fn cause(queued: &Queued) -> Cause {
    match queued.kind.as_str() {
        "set_limits" | "stop_room_type" | "retire_room_type" => Cause::Limit(queued.id),
        _ => Cause::Fact(queued.id),
    }
}

/// What happened, whatever anybody knew; and what the system does by itself.
pub(super) fn is_fact(command: &Command) -> bool {
    match command {
        Command::Transition { transition, .. } => {
            matches!(transition, Transition::CheckIn | Transition::CheckOut)
        }
        Command::SweepHolds | Command::CloseDay { .. } => true,
        Command::ReleaseAllotment { cut_off, .. } => *cut_off,
        _ => false,
    }
}
