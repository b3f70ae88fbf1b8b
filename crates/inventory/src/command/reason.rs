//! Reasons that people give.

use serde::{Deserialize, Serialize};

use crate::ids::TextId;

/// Why something was done, where a person gives a reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReasonCode {
    /// The guest asked for it.
    Guest,
    /// No payment came.
    NoPayment,
    /// Booked twice.
    Duplicate,
    /// The house is too full.
    Overbooked,
    /// The agent asked for it.
    Agent,
    /// The weather.
    Weather,
    /// A mistake is put right.
    Error,
    /// Something else; the text says what.
    Other,
}

/// A reason: a code, and a free text by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// The code.
    pub code: ReasonCode,
    /// The text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<TextId>,
}
