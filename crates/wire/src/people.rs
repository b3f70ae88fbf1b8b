//! Guests and free texts: rows beside commands and events, which can be erased.

use std::fmt;

use keyrack_inventory::{GuestId, TextId};
use serde::{Deserialize, Serialize};

/// The longest line of a person, in characters.
const LINE_AT_MOST: usize = 200;
/// The longest free text, in characters.
const BODY_AT_MOST: usize = 4_000;

/// A name, a phone or an e-mail: 1 to 200 characters. It is never printed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Line(String);

/// A free text: at most 4,000 characters. It is never printed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Body(String);

/// A text that is too long, or a line that is empty; the text itself is not told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a person's line has 1 to {LINE_AT_MOST} characters, a text at most {BODY_AT_MOST}")]
pub struct TooLong;

/// A guest as he is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guest {
    /// His identity.
    pub id: GuestId,
    /// His name.
    pub name: Line,
    /// His phone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Line>,
    /// His e-mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Line>,
}

/// A free text that a command or an event names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// Its identity.
    pub id: TextId,
    /// What it says.
    pub body: Body,
}

impl Line {
    /// The line.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Body {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Line {
    type Error = TooLong;

    fn try_from(text: String) -> Result<Self, TooLong> {
        if (1..=LINE_AT_MOST).contains(&text.chars().count()) {
            Ok(Self(text))
        } else {
            Err(TooLong)
        }
    }
}

impl TryFrom<String> for Body {
    type Error = TooLong;

    fn try_from(text: String) -> Result<Self, TooLong> {
        if text.chars().count() <= BODY_AT_MOST {
            Ok(Self(text))
        } else {
            Err(TooLong)
        }
    }
}

impl fmt::Debug for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Line")
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Body")
    }
}
