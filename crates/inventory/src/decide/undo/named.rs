//! What an undo says that it was about.

use crate::decide::Outcome;
use crate::event::Event;
use crate::ids::CommandId;

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
