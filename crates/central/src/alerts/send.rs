//! Who is told of alerts, and by what.

use serde::Serialize;

use super::{Mail, Webhook};
use crate::error::with_causes;
use crate::ledger::{AlertMessage, AlertState};
use crate::secret;

/// A message did not arrive. What a target is called may be a secret, and is not told.
#[derive(Debug, thiserror::Error)]
pub enum Unsent {
    /// The line, or who is at its other end.
    #[error("{}", with_causes(.0))]
    Webhook(#[from] reqwest::Error),
    /// It was answered, and not taken.
    #[error("it was answered with {0}")]
    Status(u16),
    /// The message cannot be written.
    #[error("the message cannot be written: {0}")]
    Unwritten(String),
    /// The mail server did not take it in time.
    #[error("it was not taken within {0:?}")]
    Late(std::time::Duration),
    /// The mail server.
    #[error("{}", with_causes(.0))]
    Mail(#[from] lettre::transport::smtp::Error),
}

/// One that is told.
#[derive(Clone, Debug)]
pub enum Target {
    /// By HTTP.
    Webhook(Webhook),
    /// By mail.
    Mail(Mail),
}

/// All that are told.
#[derive(Clone, Debug, Default)]
pub struct Targets(Vec<Target>);

/// What is told.
#[derive(Clone, Debug, Serialize)]
pub struct Told {
    /// The message's identity, the same however often it comes.
    pub id: uuid::Uuid,
    /// The alert's identity, the same as it opens and closes.
    pub alert: uuid::Uuid,
    /// `opened` or `closed`; `test` for one that tells of nothing.
    pub state: &'static str,
    /// What is amiss.
    pub kind: &'static str,
    /// The property's code.
    pub property: String,
    /// The letters of the desk that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub desk: Option<String>,
    /// How much it was as it was opened.
    pub count: u64,
    /// Since when.
    pub opened_at: String,
    /// Until when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed_at: Option<String>,
    /// All of it as a sentence.
    pub text: String,
}

/// What messages to somebody are kept under: what the address is may be a secret.
pub(super) fn named(by: &str, address: &str) -> String {
    let hash = secret::hash(address);
    let short: String = hash[..6].iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{by} {short}")
}

impl Told {
    /// What a message tells.
    pub fn of(message: &AlertMessage) -> Self {
        let (alert, what) = (&message.alert, &message.alert.what);
        let sentence = what.sentence(&alert.property);
        let is_closed = message.state == AlertState::Closed;
        Self {
            id: message.id,
            alert: alert.id,
            state: message.state.as_str(),
            kind: what.kind.as_str(),
            property: alert.property.clone(),
            desk: Some(what.desk.clone()).filter(|desk| !desk.is_empty()),
            count: what.count,
            opened_at: alert.opened_at.to_string(),
            closed_at: alert
                .closed_at
                .filter(|_| is_closed)
                .map(|at| at.to_string()),
            text: match is_closed {
                true => format!("{sentence} This is over."),
                false => sentence,
            },
        }
    }

    /// One that tells of nothing, by which it is seen whether messages arrive.
    pub fn test(now: keyrack_inventory::Instant) -> Self {
        Self {
            id: uuid::Uuid::now_v7(),
            alert: uuid::Uuid::nil(),
            state: "test",
            kind: "test",
            property: String::new(),
            desk: None,
            count: 0,
            opened_at: now.to_string(),
            closed_at: None,
            text: "Alerts of this centre arrive here.".to_owned(),
        }
    }
}

impl Target {
    /// What messages to it are kept under: its address may be a secret.
    pub fn name(&self) -> &str {
        match self {
            Self::Webhook(webhook) => webhook.name(),
            Self::Mail(mail) => mail.name(),
        }
    }

    /// Sends, once.
    ///
    /// # Errors
    /// Where it does not arrive, or nobody says that it did.
    pub async fn send(&self, told: &Told) -> Result<(), Unsent> {
        match self {
            Self::Webhook(webhook) => webhook.send(told).await,
            Self::Mail(mail) => mail.send(told).await,
        }
    }
}

impl Targets {
    /// Those webhooks, and who gets mail.
    pub fn new(webhooks: Vec<Webhook>, mail: Vec<Mail>) -> Self {
        let webhooks = webhooks.into_iter().map(Target::Webhook);
        Self(webhooks.chain(mail.into_iter().map(Target::Mail)).collect())
    }

    /// Each of them.
    pub fn each(&self) -> &[Target] {
        &self.0
    }

    /// What messages to them are kept under.
    pub fn names(&self) -> Vec<String> {
        self.0.iter().map(|one| one.name().to_owned()).collect()
    }
}
