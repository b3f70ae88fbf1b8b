//! Holds that no desk lets go any more: the centre does it in the place of the desk that placed them.

use std::collections::BTreeSet;
use std::sync::Arc;

use keyrack_inventory::state::Counters;
use keyrack_inventory::{
    Authority, Command, CommandId, Context, Halt, Instant, Night, Reference, State, decide,
};
use keyrack_wire::{Fed, Label};

use crate::entry;
use crate::error::CentralError;
use crate::ledger::{Asker, AuditRow, Covered, PropertyRow, Records};

/// Who is named for it.
const CENTRE: &str = "centre";

/// Releases every active hold of the desk with those letters, each as an entry of the feed, and gives the
/// nights on which rooms became free. The property is locked, and its row is written by the caller.
///
/// # Errors
/// Where the database fails.
pub async fn holds(
    tx: &impl Records,
    property: &mut PropertyRow,
    letters: &Label,
    now: Instant,
) -> Result<BTreeSet<Night>, CentralError> {
    let mut nights = BTreeSet::new();
    let Some(catalogue) = property.catalogue.clone() else {
        return Ok(nights);
    };
    let mut catalogue = Arc::unwrap_or_clone(catalogue);
    letters.as_str().clone_into(&mut catalogue.desk);
    let business_date = catalogue.property.business_date;
    let catalogue = Arc::new(catalogue);
    let asker = Asker {
        property: property.id,
        letters: letters.as_str(),
        actor: CENTRE,
        at: now,
    };
    for hold in tx.active_holds(property.id).await? {
        if hold.number.desk() != letters.as_str() {
            continue;
        }
        let id = Reference::Id(hold.id);
        let command = Command::ReleaseHold { id: id.clone() };
        let context = Context {
            // A hold is let go once: what lets it go can be named by it.
            command_id: CommandId::derived(CommandId(hold.id.0), 0),
            // One whose time is up is let go as well: nobody else sweeps it.
            now: now.min(Instant::from_millis(hold.expires_at.millis() - 1)),
            if_version: None,
            override_given: false,
            authority: Authority::Promised,
        };
        let mut state = State::slice(Some(Arc::clone(&catalogue)), Counters::default());
        state.put_hold(&id, Some(hold));
        let decision = match decide(&state, &context, &command) {
            Ok(decision) => decision,
            Err(Halt::Refused(refusal)) => {
                return Err(CentralError::damaged("hold", refusal.code()));
            }
            Err(Halt::Missing(wants)) => {
                return Err(CentralError::damaged("hold", format!("lacks {wants:?}")));
            }
        };
        let changes = entry::folded(tx, &mut state, asker, &decision, now).await?;
        tx.write(property.id, &changes, &state).await?;
        let fed = Fed {
            number: property.feed_head + 1,
            id: context.command_id,
            desk: letters.clone(),
            actor: entry::label(CENTRE)?,
            at: now,
            business_date,
            request: context.command_id.0,
            kind: entry::label(command.kind())?,
            payload: serde_json::to_value(&command).map_err(entry::unwritten)?,
            events: entry::fed_events(&decision)?,
            outcome: decision.outcome,
            reason: None,
            override_text: None,
        };
        tx.add_entries(property.id, std::slice::from_ref(&fed))
            .await?;
        property.feed_head = fed.number;
        let mut covers = Covered::default();
        covers.entry(&fed)?;
        let act = AuditRow {
            at: now,
            desk: letters.as_str(),
            actor: CENTRE,
            what: command.kind(),
            accepted: true,
            number: Some(fed.number),
            place: None,
            detail: None,
        };
        tx.audit(property, &act, covers).await?;
        nights.extend(changes.nights());
    }
    Ok(nights)
}
