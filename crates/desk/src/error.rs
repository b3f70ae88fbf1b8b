//! What can go wrong at the desk beside a rule's refusal.

use keyrack_inventory::Refusal;
use keyrack_store::StoreError;
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

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
    /// Stopped on request; what was done before stands.
    #[error("Stopped. What was done so far is kept, and is gone on with next time.")]
    Cancelled,
}

/// An error as it crosses: what the window and scripts read.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ErrorBody {
    /// `bad_input`, `busy`, `storage`, `cancelled`, or a refusal's code.
    pub code: String,
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

    /// The code that scripts read.
    pub fn code(&self) -> &'static str {
        match self {
            Self::BadInput(_) => "bad_input",
            Self::Store(error) => error.code(),
            Self::Refused { refusal, .. } => refusal.code(),
            Self::Cancelled => "cancelled",
        }
    }

    /// As it crosses.
    pub fn body(&self) -> ErrorBody {
        ErrorBody {
            code: self.code().to_owned(),
            message: self.to_string(),
            request_id: Uuid::now_v7(),
        }
    }
}
