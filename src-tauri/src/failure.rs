//! What a call that could not be carried out tells the page.

use keyrack_desk::{DeskError, request_id};
use keyrack_words::Words;
use serde::Serialize;
use uuid::Uuid;

/// Code for programs, sentence for people, and a name for the log.
#[derive(Debug, Clone, Serialize)]
pub struct Failure {
    /// `bad_input`, `busy`, `storage`, `window`, `not_open`, `unexpected`, or a refusal's code.
    pub code: String,
    /// With `not_allowed`, why: `sign_in`, `ended`, `locked`, `fresh`, `permission`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<&'static str>,
    /// With `bad_input`, the field that it is about, where it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<&'static str>,
    /// For a person.
    pub message: String,
    /// Names this call in the log.
    pub request_id: Uuid,
}

impl Failure {
    fn new(code: &str, message: impl ToString) -> Self {
        Self {
            code: code.to_owned(),
            why: None,
            field: None,
            message: message.to_string(),
            request_id: request_id::current(),
        }
    }

    /// The page asked before a hotel was open.
    pub fn not_open() -> Self {
        Self::new("not_open", Words::here().plain("failed-not-open"))
    }

    /// The window system failed.
    pub fn window(error: impl std::fmt::Display) -> Self {
        Self::new("window", error)
    }

    /// The program itself stumbled; whether something was done is not known.
    pub fn unexpected() -> Self {
        Self::new("unexpected", DeskError::Stumbled.spoken(Words::here()))
    }
}

impl From<DeskError> for Failure {
    fn from(error: DeskError) -> Self {
        let body = error.body();
        tracing::info!(request_id = %body.request_id, outcome = error.code(), "failed");
        Self {
            why: body.why,
            field: body.field,
            ..Self::new(&body.code, body.message)
        }
    }
}
