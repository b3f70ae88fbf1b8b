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

/// Whether the centre decides, and nothing was promised.
pub(super) fn asks(queued: &Queued) -> bool {
    matches!(queued.outcome, Standing::Asking { .. })
}

/// What the desk told its caller.
pub(super) fn told(queued: &Queued) -> Option<&Outcome> {
    match &queued.outcome {
        Standing::Settled { outcome } => Some(outcome),
        Standing::Asking { outcome } => outcome.as_ref(),
    }
}

/// The higher of each two.
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

/// What falls short after the command is explained by it; or, where it comes again, by what happened to its
/// desk or to the centre.
pub(super) fn cause(queued: &Queued, lost_epoch: u32) -> Cause {
    match queued.again {
        Some(again) if again.epoch <= lost_epoch => return Cause::LostDesk(queued.desk),
        Some(again) if again.sure => return Cause::Restored(queued.desk),
        _ => {}
    }
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
        Command::GiveRoom { .. } | Command::SweepHolds { .. } | Command::CloseDay { .. } => true,
        Command::ReleaseAllotment { cut_off, .. } => *cut_off,
        _ => false,
    }
}
