//! One command, one transaction: outcome, events, counts and audit row stand together or not at all.

use std::sync::Arc;

use keyrack_inventory::command::Permission;
use keyrack_inventory::evolve::wanted;
use keyrack_inventory::{
    Command, CommandId, Context, Decision, Event, Halt, Instant, Outcome, Reason, Refusal, State,
    StayStatus, TextId, decide, evolve,
};
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::audit::{self, AuditRow, Fields};
use crate::error::StoreError;
use crate::load::{Asker, CatalogueCache, any_due, load, load_base};
use crate::rows::load_reservation;
use crate::write::{Changes, write_history};

/// A guest's row, beside the events, erasable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuestRow {
    /// Its identity.
    pub id: keyrack_inventory::GuestId,
    /// Name.
    pub name: String,
    /// Phone.
    pub phone: Option<String>,
    /// E-mail.
    pub email: Option<String>,
}

/// A free text, beside the events, erasable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextRow {
    /// Its identity.
    pub id: TextId,
    /// The text.
    pub body: String,
}

/// A command on its way to the door, with everything that goes beside it.
#[derive(Clone, Debug)]
pub struct Envelope {
    /// The command's id, made by the caller.
    pub command_id: CommandId,
    /// Over the caller's request, before ids, clock and defaults were filled in.
    pub request_hash: [u8; 32],
    /// Names this request in logs and answers.
    pub request_id: Uuid,
    /// Who.
    pub actor: String,
    /// When.
    pub now: Instant,
    /// The version that the caller saw.
    pub if_version: Option<i64>,
    /// Why conditions are overridden, where they are.
    pub override_text: Option<TextId>,
    /// What.
    pub command: Command,
    /// Why, where a reason is given.
    pub reason: Option<Reason>,
    /// The command that caused this one.
    pub causation: Option<CommandId>,
    /// Guests' rows to keep with it.
    pub guests: Vec<GuestRow>,
    /// Texts to keep with it.
    pub texts: Vec<TextRow>,
}

/// How a command ended.
#[derive(Clone, Debug)]
pub struct Applied {
    /// What was made, or the rule that refused.
    pub result: Result<Outcome, Refusal>,
    /// Whether it had been done before, so that this is the stored outcome.
    pub repeated: bool,
    /// The command's name in the log.
    pub kind: &'static str,
    /// What it was about, as people name it.
    pub object: String,
    /// Where the reservation that was made or changed stands now.
    pub status: Option<StayStatus>,
    /// The number of the last event in the file.
    pub head: i64,
}

/// A stored outcome.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Stored {
    Refused { refused: Refusal },
    Accepted(Outcome),
}

/// Applies a command within the transaction that the connection is in.
pub(crate) fn apply(
    connection: &Connection,
    cache: &mut CatalogueCache,
    envelope: &Envelope,
) -> Result<Applied, StoreError> {
    if let Some(applied) = repeated(connection, envelope)? {
        return Ok(applied);
    }
    while any_due(connection, envelope.now)? {
        let swept = perform(connection, cache, &sweep(connection, envelope)?)?;
        if !matches!(swept.result, Ok(Outcome::Swept { holds: 1.. })) {
            break;
        }
    }
    perform(connection, cache, envelope)
}

/// The outcome that was stored when the same command came before.
fn repeated(connection: &Connection, envelope: &Envelope) -> Result<Option<Applied>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT request_hash, outcome FROM command WHERE id = ?1")?;
    let id = envelope.command_id;
    let found: Option<([u8; 32], String)> = statement
        .query_row(params![id.0.as_bytes()], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    let Some((hash, outcome)) = found else {
        return Ok(None);
    };
    let head = event_head(connection)?;
    if hash != envelope.request_hash {
        let refusal = Refusal::IdempotencyConflict { id };
        return Ok(Some(Applied {
            result: Err(refusal),
            repeated: false,
            kind: envelope.command.kind(),
            object: String::new(),
            status: None,
            head,
        }));
    }
    let stored: Stored =
        serde_json::from_str(&outcome).map_err(|error| StoreError::damaged("command", error))?;
    let result = match stored {
        Stored::Accepted(outcome) => Ok(outcome),
        Stored::Refused { refused } => Err(refused),
    };
    let object = object_of(result.as_ref().ok(), &envelope.command);
    let status = match &result {
        Ok(Outcome::Reservation { id, .. }) => {
            load_reservation(connection, *id)?.map(|found| found.status())
        }
        _ => None,
    };
    Ok(Some(Applied {
        result,
        repeated: true,
        kind: envelope.command.kind(),
        object,
        status,
        head,
    }))
}

/// The command that lets go what is due before another one is decided. Its id derives from that
/// command and from the event it comes after, so that several sweeps before one command differ.
fn sweep(connection: &Connection, cause: &Envelope) -> Result<Envelope, StoreError> {
    let after = u32::try_from(event_head(connection)?).unwrap_or(u32::MAX);
    Ok(Envelope {
        command_id: CommandId::derived(cause.command_id, after),
        request_hash: [0; 32],
        request_id: cause.request_id,
        actor: "system".to_owned(),
        now: cause.now,
        if_version: None,
        override_text: None,
        command: Command::SweepHolds,
        reason: None,
        causation: Some(cause.command_id),
        guests: Vec::new(),
        texts: Vec::new(),
    })
}

pub(crate) fn event_head(connection: &Connection) -> Result<i64, StoreError> {
    let mut statement = connection.prepare_cached("SELECT coalesce(max(seq), 0) FROM event")?;
    Ok(statement.query_row([], |row| row.get(0))?)
}

fn perform(
    connection: &Connection,
    cache: &mut CatalogueCache,
    envelope: &Envelope,
) -> Result<Applied, StoreError> {
    let base = load_base(connection, cache)?;
    let opening = matches!(envelope.command, Command::OpenProperty { .. });
    if base.is_none() && !opening {
        return Err(StoreError::damaged(
            "property",
            "the file holds no property",
        ));
    }
    let (catalogue, counters) = match base {
        Some((catalogue, counters)) => (Some(catalogue), counters),
        None => (None, Default::default()),
    };
    let mut state = State::slice(catalogue.clone(), counters);
    let asker = Asker {
        actor: &envelope.actor,
        now: envelope.now,
    };
    let decided = decide_loaded(connection, &mut state, asker, envelope)?;
    let head = event_head(connection)?;
    let mut work = Work {
        connection,
        envelope,
        state,
        asker,
        head,
    };
    let (result, object) = match decided {
        Ok(decision) => {
            let object = work.commit(&decision)?;
            (Ok(decision), object)
        }
        Err(refusal) => {
            let (_, object) = work.record(
                &Stored::Refused {
                    refused: refusal.clone(),
                },
                &[],
            )?;
            (Err(refusal), object)
        }
    };
    let same = match (work.state.catalogue(), &catalogue) {
        (Some(now), Some(before)) => Arc::ptr_eq(now, before),
        _ => false,
    };
    if !same {
        *cache = None;
    }
    let status = match &result {
        Ok(decision) => match &decision.outcome {
            Outcome::Reservation { id, .. } => work.state.loaded_reservation(*id),
            _ => None,
        },
        Err(_) => None,
    };
    let status = status.map(|found| found.status());
    let events = result.as_ref().map_or(0, |decision| decision.events.len());
    Ok(Applied {
        result: result.map(|decision| decision.outcome),
        repeated: false,
        kind: envelope.command.kind(),
        object,
        status,
        head: head + count(events),
    })
}

fn count(events: usize) -> i64 {
    i64::try_from(events).unwrap_or(i64::MAX)
}

/// Decides, loading what is missing until it can be decided.
fn decide_loaded(
    connection: &Connection,
    state: &mut State,
    asker: Asker<'_>,
    envelope: &Envelope,
) -> Result<Result<Decision, Refusal>, StoreError> {
    let context = Context {
        command_id: envelope.command_id,
        now: envelope.now,
        if_version: envelope.if_version,
        override_given: envelope.override_text.is_some(),
    };
    loop {
        match decide(state, &context, &envelope.command) {
            Ok(decision) => return Ok(Ok(decision)),
            Err(Halt::Refused(refusal)) => return Ok(Err(*refusal)),
            Err(Halt::Missing(wants)) => {
                assert!(
                    !wants.is_empty(),
                    "a decision that lacks nothing is a decision"
                );
                load(connection, state, asker, &wants)?;
            }
        }
    }
}

/// A decision being written.
struct Work<'a> {
    connection: &'a Connection,
    envelope: &'a Envelope,
    state: State,
    asker: Asker<'a>,
    /// The number of the last event before this command.
    head: i64,
}

impl Work<'_> {
    /// Writes what the decision changed; gives what it was about.
    fn commit(&mut self, decision: &Decision) -> Result<String, StoreError> {
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
            let mut statement = self.connection.prepare_cached(
                "INSERT INTO guest (id, name, phone, email) VALUES (?1, ?2, ?3, ?4)",
            )?;
            let id = guest.id.0;
            statement.execute(params![id.as_bytes(), guest.name, guest.phone, guest.email])?;
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
    fn record(&self, stored: &Stored, events: &[Event]) -> Result<(i64, String), StoreError> {
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
            command,
            actor: &envelope.actor,
            permission: permission(envelope).as_str(),
            desk,
            what: envelope.command.kind(),
            object: &object,
            reason_code: envelope.reason.map(|reason| reason_word(reason)),
            reason_text: envelope
                .reason
                .and_then(|reason| reason.text)
                .map(|id| *id.0.as_bytes()),
            override_text: envelope.override_text.map(|id| *id.0.as_bytes()),
            instant: envelope.now.millis(),
            request: *envelope.request_id.as_bytes(),
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

fn reason_word(reason: Reason) -> &'static str {
    use keyrack_inventory::ReasonCode as Code;
    match reason.code {
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
fn object_of(made: Option<&Outcome>, command: &Command) -> String {
    if let Some(outcome) = made {
        match outcome {
            Outcome::Reservation { number, .. }
            | Outcome::Hold { number, .. }
            | Outcome::Outage { number, .. } => return number.to_string(),
            Outcome::RoomType { code } => return code.to_string(),
            Outcome::Undone { command, .. } => return command.to_string(),
            Outcome::Done
            | Outcome::Nights { .. }
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
        Command::Transition { ids, .. } => ids
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(" "),
        Command::Amend { id, .. } | Command::Split { id } | Command::MoveNight { id, .. } => {
            id.to_string()
        }
        Command::ExtendHold { id, .. } | Command::ReleaseHold { id } => id.to_string(),
        Command::EndOutage { id, .. } => id.to_string(),
        _ => String::new(),
    }
}
