//! What a command leaves behind: state, history, personal rows, command, events, audit row.

use keyrack_inventory::command::Permission;
use keyrack_inventory::evolve::wanted;
use keyrack_inventory::{
    Command, Decision, Event, Outcome, ReasonCode, Refusal, State, StayReference, evolve,
};
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};

use crate::audit::{self, AuditRow, Fields};
use crate::envelope::Envelope;
use crate::error::StoreError;
use crate::guest;
use crate::load::{Asker, load};
use crate::write::{Changes, write_history};

/// A stored outcome.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum Stored {
    Refused { refused: Refusal },
    Accepted(Outcome),
}

pub(crate) fn count(events: usize) -> i64 {
    i64::try_from(events).unwrap_or(i64::MAX)
}

/// A decision being written.
pub(crate) struct Work<'a> {
    pub connection: &'a Connection,
    pub envelope: &'a Envelope,
    pub state: State,
    pub asker: Asker<'a>,
    /// The number of the last event before this command.
    pub head: i64,
}

impl Work<'_> {
    /// Writes what the decision changed; gives what it was about.
    pub fn commit(&mut self, decision: &Decision) -> Result<String, StoreError> {
        let mut changes = Changes::default();
        let first = self.head + 1;
        for (seq, event) in (first..).zip(&decision.events) {
            let wants = wanted(&self.state, event);
            if !wants.is_empty() {
                load(self.connection, &mut self.state, self.asker, &wants)?;
                let more = wanted(&self.state, event);
                load(self.connection, &mut self.state, self.asker, &more)?;
            }
            let touched = evolve(&mut self.state, event, self.envelope.now);
            changes.add(&touched);
            write_history(self.connection, &self.state, &touched, seq)?;
        }
        changes.write(self.connection, &self.state)?;
        self.keep_personal()?;
        let (command, object) = self.record(
            &Stored::Accepted(decision.outcome.clone()),
            &decision.events,
        )?;
        if let Outcome::Undone {
            command: undone, ..
        } = &decision.outcome
        {
            self.connection.execute(
                "INSERT INTO undone (command, undone_by) SELECT seq, ?2 FROM command WHERE id = ?1",
                params![undone.0.as_bytes(), command],
            )?;
        }
        Ok(object)
    }

    fn keep_personal(&self) -> Result<(), StoreError> {
        for guest in &self.envelope.guests {
            guest::keep(self.connection, guest)?;
        }
        for text in &self.envelope.texts {
            let mut statement = self
                .connection
                .prepare_cached("INSERT INTO free_text (id, body) VALUES (?1, ?2)")?;
            statement.execute(params![text.id.0.as_bytes(), text.body])?;
        }
        Ok(())
    }

    /// Appends the command, its events and its audit row; gives the command's number and what it
    /// was about.
    pub fn record(&self, stored: &Stored, events: &[Event]) -> Result<(i64, String), StoreError> {
        let envelope = self.envelope;
        let damaged = |error: serde_json::Error| StoreError::damaged("command", error);
        let request = serde_json::to_string(&envelope.command).map_err(damaged)?;
        let outcome = serde_json::to_string(stored).map_err(damaged)?;
        let accepted = matches!(stored, Stored::Accepted(_));
        let catalogue = self.state.catalogue();
        let desk = catalogue.map_or("A", |catalogue| catalogue.desk.as_str());
        let business_date =
            catalogue.map(|catalogue| catalogue.property.business_date.day_number());
        let first_event = self.head + 1;
        let end = audit::head(self.connection)?;
        self.connection
            .prepare_cached(
                "INSERT INTO command (id, request_hash, kind, request, accepted, outcome, actor,
                    desk, instant, business_date, correlation, causation, first_event, events)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
            )?
            .execute(params![
                envelope.command_id.0.as_bytes(),
                envelope.request_hash,
                envelope.command.kind(),
                request,
                accepted,
                outcome,
                envelope.actor,
                desk,
                envelope.now.millis(),
                business_date,
                envelope.request_id.as_bytes(),
                envelope.causation.as_ref().map(|id| id.0.as_bytes()),
                first_event,
                events.len() as i64,
            ])?;
        let command = self.connection.last_insert_rowid();
        let mut fields = Fields::new(&end.1);
        fields.number(command);
        fields.bytes(envelope.command_id.0.as_bytes());
        fields.bytes(&envelope.request_hash);
        fields.text(envelope.command.kind());
        fields.text(&request);
        fields.number(i64::from(accepted));
        fields.text(&outcome);
        fields.text(&envelope.actor);
        fields.text(desk);
        fields.number(envelope.now.millis());
        match business_date {
            Some(day) => fields.number(i64::from(day)),
            None => fields.optional(None),
        }
        fields.bytes(envelope.request_id.as_bytes());
        fields.optional(
            envelope
                .causation
                .as_ref()
                .map(|id| id.0.as_bytes().as_slice()),
        );
        fields.number(first_event);
        fields.number(count(events.len()));
        for (seq, event) in (first_event..).zip(events) {
            let payload = serde_json::to_string(event).map_err(damaged)?;
            let version = event.schema_version();
            let mut statement = self.connection.prepare_cached(
                "INSERT INTO event (seq, command, type, version, payload) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?;
            statement.execute(params![seq, command, event.event_type(), version, payload])?;
            hash_event(
                &mut fields,
                (seq, command, event.event_type(), version, &payload),
            );
        }
        let made = match stored {
            Stored::Accepted(outcome) => Some(outcome),
            Stored::Refused { .. } => None,
        };
        let object = object_of(made, &envelope.command);
        let row = AuditRow {
            command: Some(command),
            actor: &envelope.actor,
            permission: permission(envelope).as_str(),
            desk,
            what: envelope.command.kind(),
            object: &object,
            reason_code: envelope.reason.map(|reason| code_word(reason.code)),
            reason_text: envelope
                .reason
                .and_then(|reason| reason.text)
                .map(|id| *id.0.as_bytes()),
            override_text: envelope.override_text.map(|id| *id.0.as_bytes()),
            instant: envelope.now.millis(),
            request: *envelope.request_id.as_bytes(),
            detail: None,
        };
        fields.audit(&row);
        audit::append(self.connection, &row, end, fields)?;
        Ok((command, object))
    }
}

/// The columns of a command that the chain covers: all of them.
pub(crate) const COMMAND_COLUMNS: &str = "seq, id, request_hash, kind, request, accepted, outcome, \
     actor, desk, instant, business_date, correlation, causation, first_event, events";
/// How many there are.
pub(crate) const COMMAND_COLUMN_COUNT: usize = 15;

/// Feeds the columns of an event to the hash, as [`Fields::row`] does with a stored row.
fn hash_event(fields: &mut Fields, event: (i64, i64, &str, u32, &str)) {
    fields.number(event.0);
    fields.number(event.1);
    fields.text(event.2);
    fields.number(i64::from(event.3));
    fields.text(event.4);
}

fn permission(envelope: &Envelope) -> Permission {
    let needed = envelope.command.permission();
    if needed == Permission::Sell && envelope.override_text.is_some() {
        return Permission::Operate;
    }
    needed
}

/// A reason's code, as the audit trail has it.
pub(crate) fn code_word(code: ReasonCode) -> &'static str {
    use keyrack_inventory::ReasonCode as Code;
    match code {
        Code::Guest => "guest",
        Code::NoPayment => "no_payment",
        Code::Duplicate => "duplicate",
        Code::Overbooked => "overbooked",
        Code::Agent => "agent",
        Code::Weather => "weather",
        Code::Error => "error",
        Code::Other => "other",
    }
}

/// What the command was about, as people name it.
pub(crate) fn object_of(made: Option<&Outcome>, command: &Command) -> String {
    if let Some(outcome) = made {
        match outcome {
            Outcome::Reservation { number, .. }
            | Outcome::Hold { number, .. }
            | Outcome::Allotment { number, .. }
            | Outcome::Outage { number, .. } => return number.to_string(),
            Outcome::RoomType { code } => return code.to_string(),
            Outcome::Undone { command, .. } => return command.to_string(),
            Outcome::Done
            | Outcome::Nights { .. }
            | Outcome::Day { .. }
            | Outcome::Batch { .. }
            | Outcome::Swept { .. } => {}
        }
    }
    match command {
        Command::SetLimits {
            room_type,
            from,
            to,
            ..
        } => match room_type {
            Some(code) => format!("{code} {from}..{to}"),
            None => format!("house {from}..{to}"),
        },
        Command::OpenNights { from, to } => format!("{from}..{to}"),
        Command::SetBusinessDate { date } => date.to_string(),
        Command::Transition { ids, .. } => named(ids),
        Command::Amend { id, .. } | Command::Split { id } | Command::MoveNight { id, .. } => {
            id.to_string()
        }
        Command::ExtendHold { id, .. } | Command::ReleaseHold { id } => id.to_string(),
        Command::EndOutage { id, .. } => id.to_string(),
        Command::ChangeAllotment { id, .. }
        | Command::ReleaseAllotment { id, .. }
        | Command::CancelAllotment { id } => id.to_string(),
        Command::ReturnPickUp { ids, .. }
        | Command::LeaveWaitlist { ids, .. }
        | Command::KeepArrivals { ids } => named(ids),
        Command::CloseDay { date } => date.to_string(),
        _ => String::new(),
    }
}

fn named(ids: &[StayReference]) -> String {
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    ids.join(" ")
}
