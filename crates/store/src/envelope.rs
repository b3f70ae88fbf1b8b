//! A command on its way to the door, and how it ended.

use keyrack_inventory::{
    Command, CommandId, Instant, Outcome, Reason, Refusal, StayStatus, TextId,
};
use uuid::Uuid;

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
    /// Where the centre decides: what the command would take of the desk's own share is given back with it, so that
    /// the centre has it to give. Only where the centre answers; else the share is gone until it does.
    pub gives_back: bool,
    /// Guests' rows to keep with it.
    pub guests: Vec<GuestRow>,
    /// Texts to keep with it.
    pub texts: Vec<TextRow>,
}

/// What the centre said of a command that it was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// Nothing yet.
    Nothing,
    /// It is done.
    Done,
    /// It has no rooms for a request, which is kept.
    Declined(Box<Refusal>),
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
    /// Whether it changed anything when it was done.
    pub changed: bool,
    /// Where the reservation that was made or changed stands now.
    pub status: Option<StayStatus>,
    /// What the centre said, where it was asked.
    pub said: Option<Said>,
    /// The number of the last event in the file.
    pub head: i64,
}
