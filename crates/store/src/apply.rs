//! One command, one transaction: outcome, events, counts and audit row stand together or not at all.

use std::sync::Arc;

use keyrack_inventory::{
    Authority, Command, CommandId, Context, Decision, Event, Halt, Outcome, Refusal, State, decide,
};
use rusqlite::{Connection, OptionalExtension, params};

use crate::act;
use crate::centre;
use crate::day_end;
use crate::envelope::{Applied, Envelope};
use crate::erase::is_erased;
use crate::error::StoreError;
use crate::load::{Asker, CatalogueCache, any_due, load, load_base};
use crate::record::{Stored, Work, count, object_of};
use crate::rows::load_reservation;
use crate::seal::Seals;

/// Applies a command within the transaction that the connection is in.
pub(crate) fn apply(
    connection: &Connection,
    cache: &mut CatalogueCache,
    envelope: &Envelope,
) -> Result<Applied, StoreError> {
    if let Some(applied) = repeated(connection, envelope)? {
        return Ok(applied);
    }
    // A sweep lets go what is due itself, and says how much it was.
    let sweeps = matches!(envelope.command, Command::SweepHolds { .. });
    let letters = centre::load(connection)?.map(|centre| centre.letters);
    while !sweeps && any_due(connection, envelope.now, letters.as_deref())? {
        let swept = perform(connection, cache, &sweep(connection, envelope)?)?;
        if !matches!(swept.result, Ok(Outcome::Swept { holds: 1.. })) {
            break;
        }
    }
    perform(connection, cache, envelope)
}

/// The outcome that was stored when the same command came before.
fn repeated(connection: &Connection, envelope: &Envelope) -> Result<Option<Applied>, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT request_hash, outcome, events > 0 FROM command WHERE id = ?1")?;
    let id = envelope.command_id;
    let found: Option<([u8; 32], String, bool)> = statement
        .query_row(params![id.0.as_bytes()], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .optional()?;
    // What an act was asked for under is no command's any more.
    let used_by_act = found.is_none() && act::is_acts(connection, id)?;
    if found.is_none() && !used_by_act {
        return Ok(None);
    }
    let head = event_head(connection)?;
    let known = found.filter(|(hash, ..)| *hash == envelope.request_hash);
    let Some((_, outcome, changed)) = known else {
        let refusal = Refusal::IdempotencyConflict { id };
        return Ok(Some(Applied {
            result: Err(refusal),
            repeated: false,
            kind: envelope.command.kind(),
            object: String::new(),
            changed: false,
            status: None,
            said: None,
            head,
        }));
    };
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
        changed,
        status,
        said: None,
        head,
    }))
}

/// That a business date ended is noted in the transaction that ends it.
fn note_day_end(
    envelope: &Envelope,
    outcome: &Outcome,
    connection: &Connection,
) -> Result<(), StoreError> {
    match (&envelope.command, outcome) {
        (Command::CloseDay { date, .. }, Outcome::Day { .. }) => {
            day_end::note(connection, *date, &envelope.actor, envelope.now)
        }
        _ => Ok(()),
    }
}

/// The command that lets go what is due before another one is decided. Its id derives from that
/// command and from the event it comes after, so that several sweeps before one command differ.
pub(crate) fn sweep(connection: &Connection, cause: &Envelope) -> Result<Envelope, StoreError> {
    let after = u32::try_from(event_head(connection)?).unwrap_or(u32::MAX);
    Ok(Envelope {
        command_id: CommandId::derived(cause.command_id, after),
        request_hash: [0; 32],
        request_id: cause.request_id,
        actor: act::SYSTEM.to_owned(),
        now: cause.now,
        if_version: None,
        override_text: None,
        command: Command::SweepHolds { holds: Vec::new() },
        reason: None,
        causation: Some(cause.command_id),
        gives_back: false,
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
    let centre = centre::load(connection)?;
    let after = centre.as_ref().map_or(0, |centre| centre.numbers_after);
    let mut state = State::slice(catalogue.clone(), counters.after(after));
    let asker = Asker {
        actor: &envelope.actor,
        now: envelope.now,
        letters: centre.as_ref().map(|centre| centre.letters.as_str()),
    };
    let (decided, asking) = match &centre {
        None => (
            decide_loaded(connection, &mut state, asker, envelope)?,
            false,
        ),
        Some(centre) => {
            let decided = centre::decide(connection, &mut state, asker, centre, envelope)?;
            (decided.result, decided.asking)
        }
    };
    // What was passed over is noted with the number that comes after it.
    state.put_counters(counters);
    let head = event_head(connection)?;
    let mut work = Work {
        connection,
        envelope,
        state,
        asker,
        head,
        centre: centre.clone().map(|centre| (centre, asking)),
    };
    let (result, object) = match decided {
        Ok(decision) => {
            check_forgotten(connection, &work.state, &decision)?;
            let object = work.commit(&decision)?;
            note_day_end(envelope, &decision.outcome, connection)?;
            (Ok(decision), object)
        }
        Err(refusal) => {
            let (_, object) = work.record(
                &Stored::Refused {
                    refused: refusal.clone(),
                },
                &[],
                Seals::default(),
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
        changed: events > 0,
        status,
        said: None,
        head: head + count(events),
    })
}

/// Refuses to put right what is known of a booking whose guest was erased, and to put back one who was.
fn check_forgotten(
    connection: &Connection,
    state: &State,
    decision: &Decision,
) -> Result<(), StoreError> {
    for event in &decision.events {
        let Event::DetailsSet(set) = event else {
            continue;
        };
        let found = state.loaded_reservation(set.change.reservation);
        for guest in set.before.guest.into_iter().chain(set.after.guest) {
            if let (true, Some(found)) = (is_erased(connection, guest.0)?, found) {
                let number = found.number.clone();
                return Err(StoreError::Forgotten { number });
            }
        }
    }
    Ok(())
}

/// Decides on the counts, loading what is missing until it can be decided.
pub(crate) fn decide_loaded(
    connection: &Connection,
    state: &mut State,
    asker: Asker<'_>,
    envelope: &Envelope,
) -> Result<Result<Decision, Refusal>, StoreError> {
    decide_by(connection, state, asker, envelope, Authority::Counts)
}

/// Decides by that authority, loading what is missing until it can be decided.
pub(crate) fn decide_by(
    connection: &Connection,
    state: &mut State,
    asker: Asker<'_>,
    envelope: &Envelope,
    authority: Authority,
) -> Result<Result<Decision, Refusal>, StoreError> {
    let context = Context {
        command_id: envelope.command_id,
        now: envelope.now,
        if_version: envelope.if_version,
        override_given: envelope.override_text.is_some(),
        authority,
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
