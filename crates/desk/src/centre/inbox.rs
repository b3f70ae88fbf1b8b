//! The inbox: what the centre answered, and what a person does about it.

use keyrack_inventory::{CommandId, Instant, Refusal};
use keyrack_store::{InboxEntry, InboxKind};
use keyrack_words::Words;
use serde::Serialize;
use ts_rs::TS;

use crate::Desk;
use crate::door::Question;
use crate::error::{CentreRefusal, DeskError};

/// An item of the inbox.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(optional_fields)]
pub struct InboxItem {
    /// Its number.
    #[ts(type = "number")]
    pub id: i64,
    /// `confirmed`, `declined`, `refused`, `conflict` or `parked`.
    pub kind: &'static str,
    /// The command that it is about.
    pub command: CommandId,
    /// What that was about: a reservation's number.
    pub object: String,
    /// For a person.
    pub message: String,
    /// Why, with what could be had instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "Record<string, unknown>")]
    pub refusal: Option<Refusal>,
    /// Since when.
    pub opened: Instant,
    /// When somebody dealt with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answered: Option<Instant>,
    /// Who.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answered_by: Option<String>,
}

/// An item that was dealt with.
#[derive(Clone, Copy, Debug, Serialize, TS)]
pub struct InboxAnswer {
    /// Always true.
    pub ok: bool,
    /// Its number.
    #[ts(type = "number")]
    pub id: i64,
}

impl Desk {
    /// The inbox, oldest first: what nobody has dealt with, or all of it.
    ///
    /// # Errors
    /// Where nobody who may is signed in, or the file fails.
    pub fn inbox(&self, all: bool) -> Result<Vec<InboxItem>, DeskError> {
        self.admit(Question::Inbox)?;
        let (entries, catalogue) = self
            .store
            .read(|reader| Ok((reader.inbox(all)?, reader.catalogue()?)))?;
        let item = |entry: InboxEntry| {
            let refusal: Option<Refusal> = serde_json::from_str(&entry.facts).ok();
            let words = Words::here();
            let why = refusal
                .as_ref()
                .map(|refusal| words.refusal(refusal, &catalogue));
            // Some commands are about nothing that has a number: an undo, a limit.
            let named = match entry.object.is_empty() {
                true => words.plain("inbox-nameless"),
                false => entry.object.clone(),
            };
            let said = words.say(sentence(entry.kind)).with("object", named).text();
            InboxItem {
                id: entry.id,
                kind: entry.kind.as_str(),
                command: entry.command,
                object: entry.object,
                message: why.map_or(said.clone(), |why| format!("{said} {why}")),
                refusal,
                opened: Instant::from_millis(entry.opened),
                answered: entry.answered.map(Instant::from_millis),
                answered_by: entry.answered_by,
            }
        };
        Ok(entries.into_iter().map(item).collect())
    }

    /// Notes that a person has dealt with an item.
    ///
    /// # Errors
    /// Where there is no such item, nobody who may is signed in, or the file fails.
    pub fn answer_inbox(&self, id: i64) -> Result<InboxAnswer, DeskError> {
        let caller = self.admit(Question::AnswerInbox)?;
        let now = self.clock.now().millis();
        let act = self.asked_act(&caller, "inbox_answered", &id.to_string())?;
        let answered = self.store.write(|batch| {
            let answered = batch.answer_inbox(id, caller.name(), now)?;
            if answered {
                batch.act(&act)?;
            }
            Ok(answered)
        })?;
        if answered {
            Ok(InboxAnswer { ok: true, id })
        } else {
            Err(CentreRefusal::UnknownItem { id }.into())
        }
    }
}

fn sentence(kind: InboxKind) -> &'static str {
    match kind {
        InboxKind::Confirmed => "inbox-confirmed",
        InboxKind::Declined => "inbox-declined",
        InboxKind::Refused => "inbox-refused",
        InboxKind::Conflict => "inbox-conflict",
        InboxKind::Parked => "inbox-parked",
    }
}
