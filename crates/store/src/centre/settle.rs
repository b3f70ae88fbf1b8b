//! What is shown is brought to the base and what still lies over it.

use keyrack_inventory::command::Permission;
use keyrack_inventory::corrected::{Rows, corrections};
use keyrack_inventory::{CommandId, Event, Outcome, State};
use uuid::Uuid;

use super::follow::{CENTRE, CORRECTION, Following};
use super::loading::load_rows;
use super::{base, queue};
use crate::error::StoreError;
use crate::record::{Entry, Stored};
use crate::write::{give_up_number, write_identity};

impl Following<'_> {
    /// Brings what is shown to the base and what still lies over it, and keeps the base of just that.
    pub(super) fn settle(&mut self) -> Result<(), StoreError> {
        let named = |state: &State| {
            let catalogue = state.catalogue();
            catalogue.is_none_or(|catalogue| catalogue.desk == self.letters)
        };
        let letters_differ = !named(&self.shown);
        if !self.over_base && !self.dirty && !letters_differ {
            return Ok(());
        }
        let over = queue::overlay(self.connection)?;
        let mut target = if self.over_base {
            self.ruled.clone()
        } else {
            self.shown.clone()
        };
        target.put_desk(self.letters);
        let mut rows = self.fed.clone();
        rows.merge(&self.kept);
        rows.catalogue |= letters_differ;
        if !self.dirty && !over.is_empty() && !letters_differ {
            // Nothing that lies over the base was met: its rows are shown as they should be.
            return base::update(self.connection, &self.ruled, &self.kept);
        }
        let mut laid = Rows::default();
        let mut base_state = target.clone();
        for queued in &over {
            laid.merge(&self.lay(&mut target, queued)?);
        }
        rows.merge(&laid);
        for state in [&mut base_state, &mut target, &mut self.shown] {
            load_rows(self.connection, state, &rows)?;
        }
        let events = corrections(&self.shown, &target, &rows);
        if !events.is_empty() {
            self.done.corrections += events.len() as u64;
            self.correct(&events)?;
        }
        base::replace(self.connection, &base_state, &laid)
    }

    /// Appends what puts the rows right.
    fn correct(&mut self, events: &[Event]) -> Result<(), StoreError> {
        let after = u32::try_from(self.head).unwrap_or(u32::MAX);
        let desk = self.letters.to_owned();
        let business_date = self
            .shown
            .catalogue()
            .map(|found| found.property.business_date);
        let damaged = |error: serde_json::Error| StoreError::damaged("feed", error);
        let line = Entry {
            id: CommandId::derived(CommandId(Uuid::now_v7()), after),
            request_hash: [0; 32],
            kind: CORRECTION,
            request: "null".to_owned(),
            accepted: true,
            outcome: serde_json::to_string(&Stored::Accepted(Outcome::Done)).map_err(damaged)?,
            actor: CENTRE,
            desk: &desk,
            instant: self.now,
            business_date,
            request_id: Uuid::now_v7(),
            causation: None,
            permission: Permission::Look,
            object: "",
            reason: None,
            override_text: None,
            detail: None,
        };
        let now = self.now;
        let rows = || {
            events.iter().filter_map(|event| match event {
                Event::RowCorrected(row) => Some(row),
                _ => None,
            })
        };
        // One may get the number that another one has until then.
        for row in rows() {
            give_up_number(self.connection, row)?;
        }
        for row in rows() {
            write_identity(self.connection, row)?;
        }
        self.log(&line, events, now)?;
        Ok(())
    }
}
