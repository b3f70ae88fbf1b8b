//! Bounded texts of the protocol.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A name of something: 1 to 64 characters, none of them a control character.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Label(String);

/// A code or token: 16 to 128 letters, digits, `-` or `_`. It is never printed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Secret(String);

/// A text that is not what it should be; the text itself is not told, as it may be a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// Not a name.
    #[error("a name has 1 to 64 characters, none of them a control character")]
    Label,
    /// Not a code or token.
    #[error("a code or token has 16 to 128 letters, digits, - or _")]
    Secret,
}

impl Label {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Secret {
    /// The text, for a header or a hash.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Label {
    type Error = Unfit;

    fn try_from(text: String) -> Result<Self, Unfit> {
        let fits = (1..=64).contains(&text.chars().count()) && !text.chars().any(char::is_control);
        if fits {
            Ok(Self(text))
        } else {
            Err(Unfit::Label)
        }
    }
}

impl TryFrom<String> for Secret {
    type Error = Unfit;

    fn try_from(text: String) -> Result<Self, Unfit> {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        let fits = (16..=128).contains(&text.len()) && text.bytes().all(allowed);
        if fits {
            Ok(Self(text))
        } else {
            Err(Unfit::Secret)
        }
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}
