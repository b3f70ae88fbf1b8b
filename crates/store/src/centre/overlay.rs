//! Laying the commands that wait over the base.

use keyrack_inventory::corrected::Rows;
use keyrack_inventory::model::HoldStatus;
use keyrack_inventory::state::PastCommand;
use keyrack_inventory::{
    Authority, Command, CommandId, Context, Decision, Halt, Refusal, State, decide, evolve,
};
use keyrack_wire::{Queued, Standing};
use rusqlite::Connection;

use super::follow::Following;
use super::inbox;
use super::loading::{asker_at, load_for, load_over};
use crate::error::StoreError;
use crate::load::{Asker, load_past};

impl Following<'_> {
    /// Lays a queued command over the state. One that does not fit any more is put before a person,
    /// and lies over nothing: the centre answers it.
    pub(super) fn lay(&mut self, target: &mut State, queued: &Queued) -> Result<Rows, StoreError> {
        let mut rows = Rows::default();
        let outcome = match &queued.outcome {
            Standing::Settled { outcome } => Some(outcome),
            Standing::Asking { outcome } => outcome.as_ref(),
        };
        let Some(outcome) = outcome else {
            return Ok(rows);
        };
        let command = queued.command();
        let command = command.map_err(|error| StoreError::damaged("queue", error))?;
        target.put_counters(target.counters().before(outcome));
        target.put_desk(&queued.laid_letters(self.letters));
        // It is judged by the business date that it carries, here as at the centre.
        let today = target.put_business_date(queued.business_date);
        let authority = match queued.outcome {
            Standing::Settled { .. } => Authority::Promised,
            Standing::Asking { .. } => Authority::Beyond,
        };
        let context = Context {
            command_id: queued.id,
            now: queued.instant,
            if_version: None,
            override_given: queued.override_text.is_some(),
            authority,
        };
        self.as_it_was(target, queued, &command)?;
        match self.decide(target, &context, &command, queued.actor.as_str())? {
            Ok(decision) => {
                rows.merge(&Rows::set_by(&command));
                self.done.unfit |= decision.does_less();
                for event in &decision.events {
                    load_for(
                        self.connection,
                        target,
                        asker_at(self.now),
                        event,
                        &self.kept,
                    )?;
                    rows.add(&evolve(target, event, queued.instant));
                }
                self.laid.insert(queued.id, decision.events);
            }
            Err(refusal) => {
                // Others may make room for it, or bring what it names after the centre was restored from a copy.
                self.done.unfit = true;
                if !refusal.is_unknown() || queued.again.is_none() {
                    inbox::conflict(self.connection, queued.id, &refusal, self.now.millis())?;
                }
            }
        }
        if let Some(today) = today {
            target.put_business_date(today);
        }
        target.put_desk(self.letters);
        Ok(rows)
    }

    /// What this command itself did to the tables is no reason against it: that it undid another one, and
    /// let go the holds that were due.
    fn as_it_was(
        &self,
        target: &mut State,
        queued: &Queued,
        command: &Command,
    ) -> Result<(), StoreError> {
        match command {
            Command::Undo { command: Some(id) } => {
                let own = undid(self.connection, queued.id, *id)?;
                // What it undoes may have come to something else, laid anew.
                let laid = self.laid.get(id);
                let past = load_past(self.connection, *id)?.map(|past| PastCommand {
                    undone: past.undone && !own,
                    events: laid.unwrap_or(&past.events).clone(),
                    ..past
                });
                target.put_past(*id, past);
            }
            Command::SweepHolds { .. } => {
                let due = target.all_holds().filter(|hold| {
                    let is_due = hold.expires_at <= queued.instant;
                    let is_own = hold.number.desk() == self.letters;
                    hold.status == HoldStatus::Active && is_due && is_own
                });
                let mut due: Vec<_> = due.map(|hold| (hold.expires_at, hold.id)).collect();
                due.sort_unstable();
                target.put_due_holds(due.into_iter().map(|(_, id)| id).collect());
            }
            _ => {}
        }
        Ok(())
    }

    fn decide(
        &self,
        state: &mut State,
        context: &Context,
        command: &Command,
        actor: &str,
    ) -> Result<Result<Decision, Refusal>, StoreError> {
        let asker = Asker {
            actor,
            now: context.now,
            letters: Some(self.letters),
        };
        loop {
            match decide(state, context, command) {
                Ok(decision) => return Ok(Ok(decision)),
                Err(Halt::Refused(refusal)) => return Ok(Err(*refusal)),
                Err(Halt::Missing(wants)) => {
                    load_over(self.connection, state, asker, &wants, &self.kept)?;
                }
            }
        }
    }
}

/// Whether the one command undid the other.
fn undid(connection: &Connection, by: CommandId, undone: CommandId) -> Result<bool, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM undone AS u JOIN command AS c ON c.seq = u.command
            JOIN command AS b ON b.seq = u.undone_by WHERE c.id = ?1 AND b.id = ?2)",
    )?;
    let ids = [undone.0.as_bytes(), by.0.as_bytes()];
    Ok(statement.query_row(ids, |row| row.get(0))?)
}
