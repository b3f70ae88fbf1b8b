//! What a decision comes to: rows that change, and an entry of the feed.

use keyrack_inventory::evolve::{evolve, wanted};
use keyrack_inventory::share::Holder;
use keyrack_inventory::{Decision, Instant, State, Want};
use keyrack_wire::{FedEvent, Label};

use crate::error::CentralError;
use crate::ledger::{Asker, Changes, Records};

/// Folds the decision's events into the state, loading what they touch, and gives the rows that changed.
///
/// # Errors
/// Where the database fails.
pub async fn folded(
    tx: &impl Records,
    state: &mut State,
    asker: Asker<'_>,
    decision: &Decision,
    at: Instant,
) -> Result<Changes, CentralError> {
    let mut changes = Changes::default();
    for event in &decision.events {
        let mut wants = wanted(state, event);
        while !wants.is_empty() {
            tx.load(state, asker, &wants).await?;
            wants = wanted(state, event);
        }
        changes.add(&evolve(state, event, at));
    }
    Ok(changes)
}

/// Loads how much of what is wanted stands in shares, the holder's own and others': rooms that do are not there for the
/// centre to sell.
///
/// # Errors
/// Where the database fails.
pub async fn load_rights(
    tx: &impl Records,
    property: i32,
    holder: Holder,
    state: &mut State,
    wants: &[Want],
) -> Result<(), CentralError> {
    for want in wants {
        if let Want::Cells(_, nights) = want {
            for (code, night, shares) in tx.rights_left(property, *nights, holder).await? {
                state.put_shares(code, night, shares);
            }
        }
    }
    Ok(())
}

/// The decision's events as the feed has them.
///
/// # Errors
/// Where one cannot be written as JSON.
pub fn fed_events(decision: &Decision) -> Result<Vec<FedEvent>, CentralError> {
    let fed = decision.events.iter().map(|event| {
        Ok(FedEvent {
            name: label(event.event_type())?,
            version: event.schema_version(),
            payload: serde_json::to_string(event).map_err(unwritten)?,
        })
    });
    fed.collect()
}

/// A text of this program's own as a label.
///
/// # Errors
/// Where it is none.
pub fn label(text: &str) -> Result<Label, CentralError> {
    Label::try_from(text.to_owned()).map_err(|error| CentralError::damaged("entry", error))
}

/// That something of an entry cannot be written as JSON.
pub fn unwritten(error: serde_json::Error) -> CentralError {
    CentralError::damaged("event", error)
}
