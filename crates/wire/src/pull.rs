//! Pull: the centre's feed comes down, and grants with it.

use keyrack_inventory::event::Unreadable;
use keyrack_inventory::{CommandId, Event, Instant, Night, RoomTypeCode};
use serde::{Deserialize, Serialize};

use crate::{EVENTS_AT_MOST, GRANTS_AT_MOST, Label, List, Protocol};

/// A place in the feed. A centre restored from a copy begins a new epoch of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cursor {
    /// The feed's epoch.
    pub epoch: u32,
    /// The number of the last event seen; 0 before the first.
    pub number: u64,
}

/// A desk asks for what comes after its cursor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pull {
    /// The version spoken.
    pub protocol: Protocol,
    /// Its cursor.
    pub after: Cursor,
}

/// An event of the feed, in the centre's bytes, which rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fed {
    /// Its number.
    pub number: u64,
    /// The command that caused it.
    pub command: CommandId,
    /// When the centre decided it.
    pub at: Instant,
    /// Its type.
    pub name: Label,
    /// The version of its payload.
    pub version: u32,
    /// Its payload as it is stored.
    pub payload: String,
}

impl Fed {
    /// The event itself.
    ///
    /// # Errors
    /// Where this program does not know it: the desk stops its cursor there and says so.
    pub fn event(&self) -> Result<Event, Unreadable> {
        Event::from_stored(self.name.as_str(), self.version, &self.payload)
    }
}

/// What the centre ever granted of a right: a total, so that twice is once and late is nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grant {
    /// The type.
    pub room_type: RoomTypeCode,
    /// The night.
    pub night: Night,
    /// The total.
    pub granted: u32,
}

/// What comes with the last page, from the same snapshot as its events.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rest {
    /// The desk's grants that changed.
    pub grants: List<Grant, GRANTS_AT_MOST>,
    /// The number of the desk's last command whose events are all in the feed by now.
    pub acked_seq: u64,
}

/// A page of the feed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// The version spoken.
    pub protocol: Protocol,
    /// The events, in order, without gaps.
    pub events: List<Fed, EVENTS_AT_MOST>,
    /// The cursor after them.
    pub cursor: Cursor,
    /// With the last page alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rest: Option<Rest>,
}
