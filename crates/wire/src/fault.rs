//! Why the centre does not do what a desk asked, as something that the desk can act on.

use serde::{Deserialize, Serialize};

use crate::Cursor;

/// An answer that is none of the expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case", tag = "code", deny_unknown_fields)]
pub enum Fault {
    /// The message cannot be read. Sent again it will not be read either.
    #[error("the centre cannot read the message")]
    Malformed {},
    /// The message is too large.
    #[error("the message is larger than the centre reads")]
    TooLarge {},
    /// The token is unknown or was revoked.
    #[error(
        "the centre does not let this desk in any more: it was let go there, or the centre is a copy from before it \
         joined. What is done here reaches nobody; whoever runs the centre says how to go on"
    )]
    Unauthorised {},
    /// The code is unknown, used, or older than ten minutes.
    #[error("the enrolment code is not valid any more")]
    CodeNotValid {},
    /// Commands are missing before the first one of the push.
    #[error("command {expected} is expected next")]
    Gap {
        /// The number that is expected.
        expected: u64,
    },
    /// The trail that the desk was told of is not there: the centre was restored from a copy.
    #[error("the centre was restored from a copy")]
    Restored {},
    /// Another command is stored under that number: there are two copies of this desk.
    #[error("another command is stored under number {seq}: this desk exists twice")]
    Fork {
        /// The number.
        seq: u64,
    },
    /// The epoch is over: the desk rejoins, without a share.
    #[error("this desk goes on in epoch {current}")]
    EpochOver {
        /// The one that counts.
        current: u32,
    },
    /// Two copies of this desk push each other out: it begins no further epoch until a person has accepted one.
    #[error(
        "this desk exists twice; once one copy is left, accept it at the centre (keyrack-central desk accept)"
    )]
    ExistsTwice {},
    /// The feed is not kept from that cursor on: the desk takes a snapshot.
    #[error("the feed is kept from number {} on", .from.number)]
    CursorGone {
        /// From where it is kept.
        from: Cursor,
    },
    /// A history goes up into a property only where there is none.
    #[error("the property has a history already")]
    NotEmpty {},
    /// Nothing was done; the same again, later.
    #[error("the centre is busy")]
    Busy {},
}
