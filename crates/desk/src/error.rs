//! What can go wrong at the desk beside a rule's refusal.

use keyrack_inventory::Refusal;
use keyrack_store::StoreError;
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

use crate::door::{DoorRefusal, Why};

/// Why the desk has no answer.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// What was given cannot be read; nothing was done.
    #[error("{0}")]
    BadInput(String),
    /// The file is busy or failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What was asked for is not there.
    #[error("{message}")]
    Refused {
        /// Code and facts.
        refusal: Box<Refusal>,
        /// For a person.
        message: String,
    },
    /// The door, or the list of the staff, said no.
    #[error("{0}")]
    Door(Box<DoorRefusal>),
    /// The machine gives no memory or no random bytes.
    #[error("The machine failed: {0}.")]
    Machine(String),
    /// Stopped on request; what was done before stands.
    #[error("Stopped. What was done so far is kept, and is gone on with next time.")]
    Cancelled,
    /// Stopped on request; the words say what stands.
    #[error("{0}")]
    Stopped(String),
}

/// An error as it crosses: what the window and scripts read.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(optional_fields)]
pub struct ErrorBody {
    /// `bad_input`, `busy`, `storage`, `cancelled`, or a refusal's code.
    pub code: String,
    /// With `not_allowed`, why: `sign_in`, `ended`, `locked`, `fresh`, `permission`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<&'static str>,
    /// For a person.
    pub message: String,
    /// Names the request in logs.
    #[ts(type = "Uuid")]
    pub request_id: Uuid,
}

impl DeskError {
    /// What was given cannot be read.
    pub fn bad_input(why: impl ToString) -> Self {
        Self::BadInput(why.to_string())
    }

    pub(crate) fn machine(why: impl ToString) -> Self {
        Self::Machine(why.to_string())
    }

    /// Why somebody was not let through, where that is what it says.
    pub fn why(&self) -> Option<Why> {
        match self {
            Self::Door(refusal) => refusal.why(),
            _ => None,
        }
    }

    /// The code that scripts read.
    pub fn code(&self) -> &'static str {
        match self {
            Self::BadInput(_) => "bad_input",
            Self::Store(error) => error.code(),
            Self::Refused { refusal, .. } => refusal.code(),
            Self::Door(refusal) => refusal.code(),
            Self::Machine(_) => "storage",
            Self::Cancelled | Self::Stopped(_) => "cancelled",
        }
    }

    /// As it crosses.
    pub fn body(&self) -> ErrorBody {
        ErrorBody {
            code: self.code().to_owned(),
            why: self.why().map(Why::as_str),
            message: self.to_string(),
            request_id: Uuid::now_v7(),
        }
    }
}

impl From<DoorRefusal> for DeskError {
    fn from(refusal: DoorRefusal) -> Self {
        Self::Door(Box::new(refusal))
    }
}
