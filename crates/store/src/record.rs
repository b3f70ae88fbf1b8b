//! What a command leaves behind: state, history, personal rows, command, events, audit row.

use keyrack_inventory::command::Permission;
use keyrack_inventory::corrected::Rows;
use keyrack_inventory::evolve::wanted;
use keyrack_inventory::{
    Command, CommandId, Decision, Event, Instant, Night, Outcome, Reason, ReasonCode, Refusal,
    State, StayReference, TextId, evolve,
};
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::audit::{self, AuditRow, Fields};
use crate::centre::{self, Centre};
use crate::envelope::Envelope;
use crate::error::StoreError;
use crate::load::{Asker, load};
use crate::seal::Seals;
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
    /// The desk's centre, and whether the command waits for its answer.
    pub centre: Option<(Centre, bool)>,
}

impl Work<'_> {
    /// Writes what the decision changed; gives what it was about.
    pub fn commit(&mut self, decision: &Decision) -> Result<String, StoreError> {
        let mut changes = Changes::default();
        let mut rows = Rows::default();
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
            if self.centre.is_some() {
                rows.add(&touched);
            }
            write_history(self.connection, &self.state, &touched, seq)?;
        }
        self.queue(decision, &rows)?;
        changes.write(self.connection, &self.state)?;
        let seals = self.keep_personal()?;
        let (command, object) = self.record(
            &Stored::Accepted(decision.outcome.clone()),
            &decision.events,
            seals,
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
        if self.centre.is_some() {
            centre::park_if_hanging(self.connection, self.envelope.command_id)?;
        }
        Ok(object)
    }

    /// Where there is a centre: keeps the rows as they were, consumes the rights of what is promised, or gives
    /// back those of what is asked, and queues the command.
    fn queue(&self, decision: &Decision, rows: &Rows) -> Result<(), StoreError> {
        let Some((centre, asking)) = &self.centre else {
            return Ok(());
        };
        if decision.events.is_empty() && !asking {
            return Ok(());
        }
        let mut rows = rows.clone();
        rows.merge(&Rows::set_by(&self.envelope.command));
        let cells = centre::capture(self.connection, &rows)?;
        let rights = match *asking && self.envelope.gives_back {
            true => centre::give_back(self.connection, &self.state, self.asker, self.envelope)?,
            false => centre::use_rights(self.connection, &cells, &self.state)?,
        };
        centre::enqueue(
            self.connection,
            centre,
            self.envelope,
            &self.state,
            decision,
            (*asking, rights),
        )
    }

    fn keep_personal(&self) -> Result<Seals, StoreError> {
        let mut seals = Seals::default();
        for guest in &self.envelope.guests {
            seals.keep_guest(self.connection, guest)?;
        }
        for text in &self.envelope.texts {
            seals.keep_text(self.connection, text.id, &text.body)?;
        }
        Ok(seals)
    }

    /// Appends the command, its events and its audit row; gives the command's number and what it
    /// was about.
    pub fn record(
        &self,
        stored: &Stored,
        events: &[Event],
        seals: Seals,
    ) -> Result<(i64, String), StoreError> {
        let envelope = self.envelope;
        let damaged = |error: serde_json::Error| StoreError::damaged("command", error);
        let catalogue = self.state.catalogue();
        let made = match stored {
            Stored::Accepted(outcome) => Some(outcome),
            Stored::Refused { .. } => None,
        };
        let object = object_of(made, &envelope.command);
        let entry = Entry {
            id: envelope.command_id,
            request_hash: envelope.request_hash,
            kind: envelope.command.kind(),
            request: serde_json::to_string(&envelope.command).map_err(damaged)?,
            accepted: made.is_some(),
            outcome: serde_json::to_string(stored).map_err(damaged)?,
            actor: &envelope.actor,
            desk: catalogue.map_or("A", |catalogue| catalogue.desk.as_str()),
            instant: envelope.now,
            business_date: catalogue.map(|catalogue| catalogue.property.business_date),
            request_id: envelope.request_id,
            causation: envelope.causation,
            permission: permission(envelope),
            object: &object,
            reason: envelope.reason,
            override_text: envelope.override_text,
            detail: seals.into_detail(),
        };
        let command = append(self.connection, self.head, &entry, events)?;
        Ok((command, object))
    }
}

/// A line of the log: a command, how it ended, and who answers for it.
pub(crate) struct Entry<'a> {
    pub id: CommandId,
    pub request_hash: [u8; 32],
    pub kind: &'a str,
    /// The command, JSON.
    pub request: String,
    pub accepted: bool,
    /// A [`Stored`], JSON.
    pub outcome: String,
    pub actor: &'a str,
    /// The letters of the desk at which it was given.
    pub desk: &'a str,
    pub instant: Instant,
    pub business_date: Option<Night>,
    pub request_id: Uuid,
    pub causation: Option<CommandId>,
    pub permission: Permission,
    /// What it was about, as people name it.
    pub object: &'a str,
    pub reason: Option<Reason>,
    pub override_text: Option<TextId>,
    /// What it sealed, JSON.
    pub detail: Option<String>,
}

/// Appends a line, its events after the `head`-th and its audit row; gives the command's number.
pub(crate) fn append(
    connection: &Connection,
    head: i64,
    entry: &Entry<'_>,
    events: &[Event],
) -> Result<i64, StoreError> {
    let first_event = head + 1;
    let end = audit::head(connection)?;
    let business_date = entry.business_date.map(Night::day_number);
    connection
        .prepare_cached(
            "INSERT INTO command (id, request_hash, kind, request, accepted, outcome, actor,
                desk, instant, business_date, correlation, causation, first_event, events)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        )?
        .execute(params![
            entry.id.0.as_bytes(),
            entry.request_hash,
            entry.kind,
            entry.request,
            entry.accepted,
            entry.outcome,
            entry.actor,
            entry.desk,
            entry.instant.millis(),
            business_date,
            entry.request_id.as_bytes(),
            entry.causation.as_ref().map(|id| id.0.as_bytes()),
            first_event,
            events.len() as i64,
        ])?;
    let command = connection.last_insert_rowid();
    let mut fields = Fields::new(&end.1);
    cover(&mut fields, command, entry, (first_event, events.len()));
    for (seq, event) in (first_event..).zip(events) {
        let payload =
            serde_json::to_string(event).map_err(|error| StoreError::damaged("command", error))?;
        let version = event.schema_version();
        let mut statement = connection.prepare_cached(
            "INSERT INTO event (seq, command, type, version, payload) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        statement.execute(params![seq, command, event.event_type(), version, payload])?;
        hash_event(
            &mut fields,
            (seq, command, event.event_type(), version, &payload),
        );
    }
    let row = AuditRow {
        command: Some(command),
        actor: entry.actor,
        permission: entry.permission.as_str(),
        desk: entry.desk,
        what: entry.kind,
        object: entry.object,
        reason_code: entry.reason.map(|reason| code_word(reason.code)),
        reason_text: entry
            .reason
            .and_then(|reason| reason.text)
            .map(|id| *id.0.as_bytes()),
        override_text: entry.override_text.map(|id| *id.0.as_bytes()),
        instant: entry.instant.millis(),
        request: *entry.request_id.as_bytes(),
        detail: entry.detail.as_deref(),
    };
    fields.audit(&row);
    audit::append(connection, &row, end, fields)?;
    Ok(command)
}

/// Feeds the columns of the command's row to the hash, in the order of [`COMMAND_COLUMNS`].
fn cover(fields: &mut Fields, command: i64, entry: &Entry<'_>, (first, events): (i64, usize)) {
    fields.number(command);
    fields.bytes(entry.id.0.as_bytes());
    fields.bytes(&entry.request_hash);
    fields.text(entry.kind);
    fields.text(&entry.request);
    fields.number(i64::from(entry.accepted));
    fields.text(&entry.outcome);
    fields.text(entry.actor);
    fields.text(entry.desk);
    fields.number(entry.instant.millis());
    match entry.business_date {
        Some(night) => fields.number(i64::from(night.day_number())),
        None => fields.optional(None),
    }
    fields.bytes(entry.request_id.as_bytes());
    let causation = entry.causation.as_ref();
    fields.optional(causation.map(|id| id.0.as_bytes().as_slice()));
    fields.number(first);
    fields.number(count(events));
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
            | Outcome::Swept { .. }
            | Outcome::Asked => {}
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
        Command::Amend { id, .. }
        | Command::Split { id }
        | Command::MoveNight { id, .. }
        | Command::GiveRoom { id, .. } => id.to_string(),
        Command::SetDetails { id, .. } => id.to_string(),
        Command::ExtendHold { id, .. } | Command::ReleaseHold { id } => id.to_string(),
        Command::EndOutage { id, .. } => id.to_string(),
        Command::ChangeAllotment { id, .. }
        | Command::ReleaseAllotment { id, .. }
        | Command::CancelAllotment { id } => id.to_string(),
        Command::ReturnPickUp { ids, .. }
        | Command::LeaveWaitlist { ids, .. }
        | Command::KeepArrivals { ids } => named(ids),
        Command::CloseDay { date, .. } => date.to_string(),
        _ => String::new(),
    }
}

fn named(ids: &[StayReference]) -> String {
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    ids.join(" ")
}
