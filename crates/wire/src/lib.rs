//! What a desk and the centre say to each other, as types: commands go up, events come down.
//!
//! Every message carries the version of the protocol, every field is known and every list has an
//! upper bound, so that what parses is fit to be worked on. What a desk once queued is never written
//! anew: it travels as the text that was hashed ([`Sealed`]).

mod bounded;
mod check;
mod enrol;
mod fault;
mod genesis;
mod invitation;
mod notice;
mod people;
mod pull;
mod push;
mod queued;
mod snapshot;
mod text;

pub use bounded::List;
pub use check::{Checked, ROWS_AT_MOST, RowDigest};
pub use enrol::{Enrol, Enrolled, Renew, Renewed};
pub use fault::Fault;
pub use genesis::{Genesis, Taken};
pub use invitation::{ALPHABET, AUTHORITY_NAME, Fingerprint, grouped, parted};
pub use notice::Notice;
pub use people::{Body, Guest, Line, Text};
pub use pull::{Cursor, Fed, FedEvent, Grant, Granted, Page, Pull, Rest};
pub use push::{Answer, Answered, Parked, Push, Pushed, Slot, Trail};
pub use queued::{Again, Hash, Queued, RightUse, Sealed, Standing, Unsealed};
pub use snapshot::Snapshot;
pub use text::{Label, Secret};

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

/// Most commands of one push.
pub const COMMANDS_AT_MOST: usize = 200;
/// Most texts of one push: notes, guarantee, reason, override and name.
pub const TEXTS_AT_MOST: usize = 5 * COMMANDS_AT_MOST;
/// Most bytes of a message to the centre, and of one queued command.
pub const BYTES_AT_MOST: usize = 256 * 1_024;
/// Most bytes of a part of a history.
pub const GENESIS_BYTES_AT_MOST: usize = 8 * 1_024 * 1_024;
/// Most events of one page.
pub const EVENTS_AT_MOST: usize = 5_000;
/// Most guests or texts of one message.
pub const PEOPLE_AT_MOST: usize = 50_000;
/// Most guests and texts that one notice erases.
pub const ERASED_AT_MOST: usize = 1_000;
/// Most rights that one command uses: a room of 10 types for the longest stay.
pub const RIGHTS_AT_MOST: usize = 3_660;
/// Most grants of one answer: 80 types over three years.
pub const GRANTS_AT_MOST: usize = 90_000;

/// The version of the protocol that this program speaks. Another one is not read as this one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Protocol;

impl Protocol {
    /// Its number.
    pub const NUMBER: u32 = 1;
}

impl Serialize for Protocol {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u32(Self::NUMBER)
    }
}

impl<'de> Deserialize<'de> for Protocol {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match u32::deserialize(deserializer)? {
            Self::NUMBER => Ok(Self),
            other => {
                let spoken = Self::NUMBER;
                let said = format!("protocol {other} is not spoken here, {spoken} is");
                Err(D::Error::custom(said))
            }
        }
    }
}
