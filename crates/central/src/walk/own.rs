//! Commands that the centre gives of its own, in no desk's place.

use std::collections::BTreeSet;
use std::sync::Arc;

use keyrack_inventory::decide::decide;
use keyrack_inventory::share::{Cause, Holder};
use keyrack_inventory::state::Counters;
use keyrack_inventory::{
    Authority, Command, CommandId, Context, Decision, DeskId, Halt, Instant, Night, Outcome,
    Reason, Refusal, State,
};
use keyrack_wire::{Fault, Fed, Label};
use uuid::Uuid;

use crate::entry;
use crate::error::CentralError;
use crate::grants::{self, settle};
use crate::ledger::{Asker, AuditRow, Covered, PropertyRow, Records};

/// The letters of what the centre makes of its own. Those of no desk begin with Z, and none of what it makes for a desk
/// that asked are these alone.
pub const LETTERS: &str = "Z";

/// A command of the centre's own.
pub struct Own<'a> {
    /// Its identity: given once, it takes effect once.
    pub id: CommandId,
    /// What is commanded.
    pub command: &'a Command,
    /// In whose name.
    pub actor: &'a Label,
    /// Names the request in logs.
    pub request: Uuid,
    /// What rooms are judged by.
    pub authority: Authority,
    /// The version of what is changed, where it must not have changed since.
    pub if_version: Option<i64>,
    /// The count in the last number that the centre gave of its own.
    pub last_made: u64,
    /// What the trail says of it.
    pub detail: &'a str,
}

/// The centre has no rights: what is in shares is all in those of others.
const NOBODY: Holder = Holder {
    desk: DeskId(Uuid::nil()),
    epoch: 1,
};

impl Own<'_> {
    /// Decides, folds, writes, and appends the entry to the feed. The property is locked; its row is written. A refusal leaves
    /// everything as it was.
    ///
    /// # Errors
    /// Where the database fails, or the property's history is not here.
    pub async fn give(
        &self,
        tx: &impl Records,
        property: &mut PropertyRow,
        now: Instant,
    ) -> Result<Result<Outcome, Refusal>, CentralError> {
        if let Some(known) = tx.accepted(property.id, self.id).await? {
            return Ok(Ok(known.outcome));
        }
        let mut state = self.slice(property)?;
        let decision = match self.decide(tx, property.id, &mut state, now).await? {
            Ok(decision) => decision,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let nights = self.write(tx, property, state, &decision, now).await?;
        let used = settle::Used {
            rights: &[],
            holder: NOBODY,
        };
        settle::nights(tx, property, &nights, used, Cause::Fact(self.id), now).await?;
        grants::touched(tx, property, &nights).await?;
        tx.put_property(property).await?;
        Ok(Ok(decision.outcome))
    }

    fn slice(&self, property: &PropertyRow) -> Result<State, CentralError> {
        let Some(catalogue) = &property.catalogue else {
            return Err(Fault::Busy {}.into());
        };
        let mut seen = catalogue.as_ref().clone();
        LETTERS.clone_into(&mut seen.desk);
        let counters = Counters {
            reservation: self.last_made,
            ..Counters::default()
        };
        Ok(State::slice(Some(Arc::new(seen)), counters))
    }

    fn asker(&self, property: i32, now: Instant) -> Asker<'_> {
        Asker {
            property,
            letters: LETTERS,
            actor: self.actor.as_str(),
            at: now,
        }
    }

    async fn decide(
        &self,
        tx: &impl Records,
        property: i32,
        state: &mut State,
        now: Instant,
    ) -> Result<Result<Decision, Refusal>, CentralError> {
        let context = Context {
            command_id: self.id,
            now,
            if_version: self.if_version,
            override_given: false,
            authority: self.authority,
        };
        loop {
            match decide(state, &context, self.command) {
                Ok(decision) => return Ok(Ok(decision)),
                Err(Halt::Refused(refusal)) => return Ok(Err(*refusal)),
                Err(Halt::Missing(wants)) => {
                    tx.load(state, self.asker(property, now), &wants).await?;
                    entry::load_rights(tx, property, NOBODY, state, &wants).await?;
                }
            }
        }
    }

    async fn write(
        &self,
        tx: &impl Records,
        property: &mut PropertyRow,
        mut state: State,
        decision: &Decision,
        now: Instant,
    ) -> Result<BTreeSet<Night>, CentralError> {
        let asker = self.asker(property.id, now);
        let changes = entry::folded(tx, &mut state, asker, decision, now).await?;
        tx.write(property.id, &changes, &state).await?;
        let fed = self.fed(property, decision, now)?;
        tx.add_entries(property.id, std::slice::from_ref(&fed))
            .await?;
        property.feed_head = fed.number;
        let noted = changes.noted(fed.number, LETTERS);
        if !noted.is_empty() {
            tx.note_changes(property.id, &noted).await?;
        }
        let mut covers = Covered::default();
        covers.entry(&fed)?;
        let act = AuditRow {
            at: now,
            desk: "",
            actor: self.actor.as_str(),
            what: self.command.kind(),
            accepted: true,
            number: Some(fed.number),
            place: None,
            detail: Some(self.detail),
        };
        tx.audit(property, &act, covers).await?;
        Ok(changes.nights())
    }

    fn fed(
        &self,
        property: &PropertyRow,
        decision: &Decision,
        now: Instant,
    ) -> Result<Fed, CentralError> {
        let catalogue = property.catalogue.as_ref();
        let catalogue =
            catalogue.ok_or_else(|| CentralError::damaged("property", "it is empty"))?;
        Ok(Fed {
            number: property.feed_head + 1,
            id: self.id,
            desk: entry::label(LETTERS)?,
            actor: self.actor.clone(),
            at: now,
            business_date: catalogue.property.business_date,
            request: self.request,
            kind: entry::label(self.command.kind())?,
            payload: serde_json::to_value(self.command).map_err(entry::unwritten)?,
            outcome: decision.outcome.clone(),
            reason: self.reason(),
            override_text: None,
            events: entry::fed_events(decision)?,
        })
    }

    fn reason(&self) -> Option<Reason> {
        match self.command {
            Command::Transition { reason, .. } => *reason,
            _ => None,
        }
    }
}
