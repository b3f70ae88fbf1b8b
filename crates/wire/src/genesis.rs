//! Genesis: the first desk's history goes up into a property that has none.

use serde::{Deserialize, Serialize};

use crate::{EVENTS_AT_MOST, Fed, Guest, List, PEOPLE_AT_MOST, Protocol, Text};

/// A part of a history, in order. Writes at the desk wait until the last part is answered. One without
/// entries, and not the last, asks how far the history has come: after it was cut off, the desk goes on from
/// there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Genesis {
    /// The version spoken.
    pub protocol: Protocol,
    /// The entries; their numbers go on from the last part's, from 1.
    pub entries: List<Fed, EVENTS_AT_MOST>,
    /// The guests that they name.
    pub guests: List<Guest, PEOPLE_AT_MOST>,
    /// The texts that they name.
    pub texts: List<Text, PEOPLE_AT_MOST>,
    /// Whether this is all.
    pub last: bool,
}

/// A part was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Taken {
    /// The version spoken.
    pub protocol: Protocol,
    /// The number of the last entry that is stored.
    pub number: u64,
}
