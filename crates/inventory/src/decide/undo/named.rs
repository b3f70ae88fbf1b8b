//! What an undo is about, and what it says that it was about.

use crate::decide::Outcome;
use crate::event::Event;
use crate::ids::CommandId;
use crate::refusal::{Refusal, UndoFault};
use crate::state::{Halt, LastDone, State};

/// The command that is named, or the actor's last one. What came after it and is no command has no inverse,
/// and is not looked behind.
pub(super) fn target(state: &State, command: Option<CommandId>) -> Result<Option<CommandId>, Halt> {
    if command.is_some() {
        return Ok(command);
    }
    match state.last_done()? {
        LastDone::Nothing => Ok(None),
        LastDone::Command(id) => Ok(Some(*id)),
        LastDone::Act(what, object) => Err(Refusal::CannotUndo {
            id: None,
            what: Some(what.clone()),
            object: Some(object.clone()).filter(|object| !object.is_empty()),
            why: UndoFault::NoInverse,
        }
        .into()),
    }
}

/// What was undone, and what it was about: of several of a kind, the first that the command named.
pub(super) fn outcome(command: CommandId, kind: &str, events: &[Event]) -> Outcome {
    let (mut reservation, mut hold, mut outage, mut allotment, mut room_type) =
        (None, None, None, None, None);
    for event in events {
        match event {
            Event::HoldPlaced(placed) => hold = Some(placed.hold),
            Event::HoldExtended(extended) => hold = Some(extended.hold),
            Event::HoldEnded(ended) => hold = Some(ended.hold),
            Event::OutageEndSet(set) => outage = Some(set.outage),
            Event::AllotmentChanged(changed) => allotment = Some(changed.allotment),
            Event::AllotmentStatusSet(set) => allotment = Some(set.allotment),
            Event::RoomTypeChanged(changed) => room_type = Some(changed.after.code),
            other => {
                let about = other.stays_changed().map(|change| change.reservation);
                reservation = about.or(reservation);
            }
        }
    }
    Outcome::Undone {
        command,
        kind: kind.to_owned(),
        reservation,
        hold,
        outage,
        allotment,
        room_type,
    }
}
