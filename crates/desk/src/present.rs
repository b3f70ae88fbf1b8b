//! What a command had made, as it is at present: the answer to one that is repeated.

use keyrack_inventory::{Instant, Outcome, Reference, ReservationId, StayReference};
use keyrack_store::{Reader, StoreError};
use serde_json::{Value, json};

use crate::card;

/// The object that the command made or changed; a list of them where it was about several.
pub(crate) fn state(
    reader: &Reader<'_>,
    now: Instant,
    outcome: &Outcome,
) -> Result<Option<Value>, StoreError> {
    match outcome {
        Outcome::Reservation { id, .. }
        | Outcome::Undone {
            reservation: Some(id),
            ..
        } => reservation(reader, &Reference::Id(*id)),
        Outcome::Batch { done, .. } => {
            let named = done
                .iter()
                .filter_map(|id| id.parse().ok())
                .map(|id: StayReference| id.reservation);
            let mut cards = Vec::new();
            for id in named {
                cards.extend(reservation(reader, &id)?);
            }
            Ok(Some(json!({ "reservations": cards })))
        }
        Outcome::Hold { id, .. } => {
            let hold = reader.hold(*id, now)?;
            Ok(hold.map(|entry| json!(card::hold(entry))))
        }
        Outcome::Allotment { id, .. } => {
            let found = reader.allotment(&Reference::Id(*id))?;
            Ok(found.map(|entry| json!(card::allotment(&entry))))
        }
        Outcome::Outage { id, .. } => {
            let outage = reader.outage(*id)?;
            Ok(outage.map(|entry| json!(card::outage(entry))))
        }
        Outcome::Undone { hold: Some(id), .. } => {
            let hold = reader.hold(*id, now)?;
            Ok(hold.map(|entry| json!(card::hold(entry))))
        }
        Outcome::Undone {
            allotment: Some(id),
            ..
        } => {
            let found = reader.allotment(&Reference::Id(*id))?;
            Ok(found.map(|entry| json!(card::allotment(&entry))))
        }
        Outcome::Undone {
            outage: Some(id), ..
        } => {
            let outage = reader.outage(*id)?;
            Ok(outage.map(|entry| json!(card::outage(entry))))
        }
        _ => Ok(None),
    }
}

fn reservation(
    reader: &Reader<'_>,
    asked: &Reference<ReservationId>,
) -> Result<Option<Value>, StoreError> {
    let Some(found) = reader.reservation(asked)? else {
        return Ok(None);
    };
    let card = card::reservation(reader, &*reader.catalogue()?, &found)?;
    Ok(Some(json!(card)))
}
