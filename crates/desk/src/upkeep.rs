//! The file's upkeep: its log and trail, its own check, counts written anew, holds let go.

use std::ops::ControlFlow;

use keyrack_inventory::command::Permission;
use keyrack_inventory::{Command as Domain, Outcome};
use keyrack_store::{
    AuditEntry, AuditFilter, EventEntry, EventFilter, Rebuilt, SYSTEM, UpkeepKind, Verification,
    Watch,
};
use keyrack_words::Words;
use uuid::Uuid;

use crate::copies::note_verification;
use crate::desk::Desk;
use crate::door::Question;
use crate::error::DeskError;
use crate::trail::ACTS;
use crate::watch::look_for_alerts;
use serde_json::json;

impl Desk {
    /// Lets go the holds whose time is up. Gives how many.
    ///
    /// # Errors
    /// Where the file is busy or fails.
    pub fn sweep(&self) -> Result<u64, DeskError> {
        self.open_to_all(Question::Timer);
        let now = self.clock.now();
        let due = self.store.read(|reader| reader.next_expiry())?;
        if due.is_none_or(|expiry| expiry > now) {
            return Ok(0);
        }
        let envelope = self.envelope(
            SYSTEM,
            Uuid::now_v7(),
            "sweep",
            Domain::SweepHolds { holds: Vec::new() },
        );
        match self.store.apply(&envelope)?.result {
            Ok(Outcome::Swept { holds }) => Ok(holds),
            _ => Ok(0),
        }
    }

    /// Checks the whole file. What was found, or was found last time and is gone, is noted.
    ///
    /// # Errors
    /// Where it cannot be read at all.
    pub fn verify(&self) -> Result<Verification, DeskError> {
        self.admit(Question::Verify)?;
        let verification = self.store.verify()?;
        let is_no_news = self.store.read(|reader| {
            let last = reader.last_upkeep(UpkeepKind::Verify, None)?;
            Ok(verification.ok && last.is_none_or(|last| last.ok))
        });
        if !is_no_news.unwrap_or(false) {
            self.note_verified(&verification);
        }
        Ok(verification)
    }

    /// The same, noted in any case; `hear` is told, on another thread, how many of how many rows of the trail and
    /// events it is through, and answers whether to go on.
    ///
    /// # Errors
    /// Where the file cannot be read at all, and where it was stopped: nothing is noted then.
    pub fn verify_heard(
        &self,
        hear: impl FnMut(u64, u64) -> bool + Send,
    ) -> Result<Verification, DeskError> {
        self.admit(Question::Verify)?;
        let verification = self.store.verify_heard(hear)?;
        let verification = verification.ok_or_else(|| DeskError::stopped("stopped-verify"))?;
        self.note_verified(&verification);
        Ok(verification)
    }

    /// What was found is told in any case; where it cannot be noted, no alert stands for it.
    fn note_verified(&self, verification: &Verification) {
        let now = self.clock.now();
        let noted = self.store.write(|batch| {
            note_verification(batch, verification, now)?;
            look_for_alerts(batch, now)
        });
        if let Err(error) = noted {
            tracing::warn!(code = error.code(), "a verification could not be noted");
        }
    }

    /// Writes the counts anew from the events, and the index of guests from their rows.
    ///
    /// # Errors
    /// Where the file is busy or fails, or an event cannot be read.
    pub fn rebuild(&self) -> Result<Rebuilt, DeskError> {
        let caller = self.admit(Question::Rebuild)?;
        let act = self.asked_act(&caller, "rebuild", "")?;
        let act = act.by(Permission::Operate);
        Ok(self.store.write(|batch| {
            let rebuilt = batch.rebuild()?;
            batch.act(&act.answering(json!({
                "ok": true,
                "cells": rebuilt.cells,
                "guests": rebuilt.guests,
            })))?;
            Ok(rebuilt)
        })?)
    }

    /// A watch on the file, to learn of what others write.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn watch(&self) -> Result<Watch, DeskError> {
        self.open_to_all(Question::Timer);
        Ok(self.store.watch()?)
    }

    /// The number of the last event.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn head(&self) -> Result<i64, DeskError> {
        self.open_to_all(Question::Timer);
        Ok(self.store.read(|reader| reader.head())?)
    }

    /// Events in order, each given to `each` as it is read, which says whether to go on. Gives the
    /// number of the last event that there was then.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn events(
        &self,
        filter: &EventFilter,
        mut each: impl FnMut(EventEntry) -> ControlFlow<()>,
    ) -> Result<i64, DeskError> {
        self.admit(Question::Events)?;
        Ok(self.store.read(|reader| {
            reader.events(filter, |entry| Ok(each(entry)))?;
            reader.head()
        })?)
    }

    /// Rows of the audit trail in order, each given to `each` as it is read.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn audit(
        &self,
        filter: &AuditFilter,
        mut each: impl FnMut(AuditEntry) -> ControlFlow<()>,
    ) -> Result<(), DeskError> {
        self.admit(Question::Audit)?;
        if let Some(action) = &filter.action {
            check_action(action)?;
        }
        Ok(self
            .store
            .read(|reader| reader.audit(filter, |entry| Ok(each(entry))))?)
    }
}

/// Says no to an action that nothing has, which would find nothing for ever.
fn check_action(action: &str) -> Result<(), DeskError> {
    let own = Domain::KINDS.iter().chain(&ACTS).copied();
    let known: Vec<&str> = own.chain([keyrack_store::CORRECTION]).collect();
    if known.contains(&action) {
        return Ok(());
    }
    let unknown = Words::here().say("bad-action").with("action", action);
    Err(DeskError::said(unknown.with("list", known.join(", "))))
}
