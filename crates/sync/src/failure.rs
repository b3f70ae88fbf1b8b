//! Why there is no answer, and what one of no success means.

use keyrack_wire::{Fault, Protocol, Pushed};
use reqwest::StatusCode;

use crate::{Distrust, Heard};

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// Nothing came back that can be read. Whether the centre heard is not known.
    #[error("the centre does not answer: {0}")]
    Network(String),
    /// What answers does not prove that it is the centre.
    #[error("what answers is not known to be the centre ({})", .0.as_str())]
    Distrusted(Distrust),
    /// The centre speaks a later protocol. Asked again it will not be understood either.
    #[error("the centre speaks protocol {spoken}, which is newer than this program")]
    Newer {
        /// Which.
        spoken: u32,
    },
    /// The centre says why not.
    #[error("{fault}")]
    Fault {
        /// Which.
        fault: Fault,
        /// When it wants to be asked again, in milliseconds.
        retry_after_ms: Option<u64>,
    },
}

impl Failure {
    /// Whether the centre read what was sent and says what is wrong with it: it is not the network's, and not busy.
    pub fn is_about_what_was_sent(&self) -> bool {
        matches!(self, Self::Fault { fault, .. } if *fault != Fault::Busy {})
    }
}

impl From<&Result<Pushed, Failure>> for Heard {
    fn from(answer: &Result<Pushed, Failure>) -> Self {
        match answer {
            Ok(pushed) => Self::Pushed(pushed.clone()),
            Err(Failure::Fault { fault, .. }) => Self::Fault(*fault),
            Err(Failure::Network(_) | Failure::Distrusted(_) | Failure::Newer { .. }) => {
                Self::Nothing
            }
        }
    }
}

/// Whether an answer is of a later protocol than is spoken here. Whatever else one says, it says which it is of.
pub(crate) fn newer(body: &[u8]) -> Option<Failure> {
    #[derive(serde::Deserialize)]
    struct Spoken {
        protocol: u32,
    }
    let Spoken { protocol: spoken } = serde_json::from_slice(body).ok()?;
    (spoken > Protocol::NUMBER).then_some(Failure::Newer { spoken })
}

/// What an answer of no success means. One that is none of the centre's is the network's.
pub(crate) fn fault(status: StatusCode, body: &[u8], retry_after_ms: Option<u64>) -> Failure {
    match serde_json::from_slice(body) {
        Ok(fault) => Failure::Fault {
            fault,
            retry_after_ms,
        },
        // A proxy on the way takes less than the centre.
        Err(_) if status == StatusCode::PAYLOAD_TOO_LARGE => Failure::Fault {
            fault: Fault::TooLarge {},
            retry_after_ms,
        },
        Err(_) => Failure::Network(format!("it answers {status}")),
    }
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "it stands where an error is mapped"
)]
pub(crate) fn network(error: reqwest::Error) -> Failure {
    match Distrust::of(&error) {
        Some(why) => Failure::Distrusted(why),
        None => Failure::Network(said(&error)),
    }
}

/// The error and what is behind it, without the address, which may carry a path of the machine.
pub(crate) fn said(error: &reqwest::Error) -> String {
    use std::error::Error;
    let mut text = String::new();
    let mut source: Option<&dyn Error> = error.source();
    while let Some(cause) = source {
        text = cause.to_string();
        source = cause.source();
    }
    if text.is_empty() {
        error.to_string()
    } else {
        text
    }
}
