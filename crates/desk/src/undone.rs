//! What an undo was about: the objects that it names are as they are after it.

use keyrack_inventory::{Instant, Outcome, Reference, Refusal};
use keyrack_store::{Reader, StoreError};

use crate::answers::{Accepted, AllotmentRef, HoldRef, OutageRef, ReservationRef};
use crate::{describe, outage_hit};

/// Names what was undone, and on what.
pub(crate) fn name(
    reader: &Reader<'_>,
    now: Instant,
    outcome: &Outcome,
    accepted: &mut Accepted,
) -> Result<(), StoreError> {
    let Outcome::Undone {
        command,
        kind,
        reservation,
        hold,
        outage,
        allotment,
        room_type,
    } = outcome
    else {
        return Ok(());
    };
    accepted.undone = Some(*command);
    accepted.room_type = *room_type;
    // The trail has what the command was about in words, for those too that made no object.
    // Of several, only those are named that were done then.
    let object = match reader.outcome(*command)? {
        Some(Outcome::Batch { done, .. }) => Some(done.join(" ")),
        _ => reader.command(*command)?.map(|(_, object)| object),
    };
    let called = match outage {
        Some(id) => outage_hit::kind(reader, kind, *id)?,
        None => kind,
    };
    accepted.text = describe::undone(called, object.as_deref().unwrap_or_default());
    if let Some(id) = reservation {
        let found = reader.reservation(&Reference::Id(*id))?;
        accepted.reservation = found.map(|found| ReservationRef {
            id: *id,
            number: found.number.clone(),
            status: found.status(),
        });
    }
    if let Some(id) = hold {
        let found = reader.hold(*id, now)?;
        // What was let go is not brought back: another hold stands in its place, under a number of its own.
        let anew = !matches!(kind.as_str(), "place_hold" | "extend_hold");
        if let Some(entry) = found.as_ref().filter(|_| anew) {
            accepted.text = describe::placed_anew(&accepted.text, entry.hold.number.as_str());
        }
        accepted.hold = found.map(|entry| HoldRef {
            id: *id,
            number: entry.hold.number,
            expires_at: entry.hold.expires_at,
        });
    }
    if let Some(id) = outage {
        accepted.outage = reader.outage(*id)?.map(|entry| OutageRef {
            id: *id,
            number: entry.outage.number,
        });
    }
    if let Some(id) = allotment {
        let found = reader.allotment(&Reference::Id(*id))?;
        accepted.allotment = found.map(|entry| AllotmentRef {
            id: *id,
            number: entry.allotment.number,
        });
    }
    Ok(())
}

/// A refused undo, with what the command was and what it was about, as the trail has it.
pub(crate) fn refused(reader: &Reader<'_>, refusal: &Refusal) -> Result<Refusal, StoreError> {
    if let Refusal::CannotUndo {
        id: Some(command),
        what: None,
        object: None,
        why,
    } = refusal
        && let Some((what, object)) = reader.command(*command)?
    {
        return Ok(Refusal::CannotUndo {
            id: Some(*command),
            what: Some(what),
            object: Some(object).filter(|object| !object.is_empty()),
            why: *why,
        });
    }
    Ok(refusal.clone())
}
