//! Pull: the centre's feed comes down, and grants with it.

use keyrack_inventory::event::Unreadable;
use keyrack_inventory::share::Holder;
use keyrack_inventory::{CommandId, Event, Instant, Night, Outcome, Reason, RoomTypeCode, TextId};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{
    EVENTS_AT_MOST, GRANTS_AT_MOST, Guest, Hash, Label, List, PEOPLE_AT_MOST, Protocol, Text, Trail,
};

/// A place in the feed. A centre restored from a copy begins a new epoch of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cursor {
    /// The feed's epoch.
    pub epoch: u32,
    /// The number of the last entry seen; 0 before the first.
    pub number: u64,
}

/// How far the grants of a centre have come. A centre restored from a copy has granted otherwise since: it has another
/// chain there, or has not come so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Granted {
    /// How often something was granted, from 1 on; what a property begins with is 1.
    pub number: u64,
    /// What all of it comes to: a hash over every right that was granted.
    pub chain: Hash,
}

/// A desk asks for what comes after its cursor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pull {
    /// The version spoken.
    pub protocol: Protocol,
    /// Who it is, and in which epoch: rights of another one are not told.
    pub holder: Holder,
    /// Its cursor.
    pub after: Cursor,
    /// What the feed comes to at its cursor: another one there tells of a centre that was restored from a copy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chain: Option<Hash>,
    /// How far the trail had come when the desk was last told, of this feed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trail: Option<Trail>,
    /// How far the grants had come when it was last told of its own, in this epoch; without it, all of them are told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub granted: Option<Granted>,
    /// How many of its commands are not answered yet: a date ends once no desk has any.
    pub waiting: u64,
}

/// An entry of the feed: a command that was accepted, and what came of it, in the centre's bytes,
/// which rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fed {
    /// Its number, without gaps from 1.
    pub number: u64,
    /// The command's identity.
    pub id: CommandId,
    /// The letters of the desk that gave it.
    pub desk: Label,
    /// Who gave it.
    pub actor: Label,
    /// When, by the clock of the desk that gave it.
    pub at: Instant,
    /// On which business date.
    pub business_date: Night,
    /// Names the request in logs.
    pub request: Uuid,
    /// The command's kind.
    pub kind: Label,
    /// The command itself.
    pub payload: serde_json::Value,
    /// What was made.
    pub outcome: Outcome,
    /// Why it was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// Why conditions were overridden.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub override_text: Option<TextId>,
    /// Its events, in order.
    pub events: Vec<FedEvent>,
}

impl Fed {
    /// By what other commands can mean it, or what it made or changed: ids and numbers. `events` are its own.
    pub fn names(&self, events: &[Event]) -> Vec<String> {
        let objects = events.iter().filter_map(Event::object);
        let mut names: Vec<String> = objects.map(|id| id.to_string()).collect();
        names.push(self.id.0.to_string());
        names.extend(self.outcome.number().map(ToString::to_string));
        names
    }

    /// What the feed comes to with this entry, after what it came to before: a hash over all entries up to it.
    ///
    /// # Errors
    /// Where it cannot be written as JSON.
    pub fn chained(&self, before: Hash) -> Result<Hash, serde_json::Error> {
        let mut sum = Sha256::new();
        sum.update(before.0);
        sum.update(serde_json::to_vec(self)?);
        Ok(Hash(sum.finalize().into()))
    }
}

/// An event of the feed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FedEvent {
    /// Its type.
    pub name: Label,
    /// The version of its payload.
    pub version: u32,
    /// Its payload as it is stored.
    pub payload: String,
}

impl FedEvent {
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
    /// How many rooms of it the desk should keep at most: what it has beyond, unused, it gives back,
    /// so that another desk may sell it.
    pub keep: u32,
}

/// What comes with the last page, from the same snapshot as its events.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rest {
    /// The desk's grants that changed.
    pub grants: List<Grant, GRANTS_AT_MOST>,
    /// How far the grants have come with them.
    pub granted: Granted,
    /// The number of the desk's last command whose events are all in the feed by now.
    pub acked_seq: u64,
    /// How far the trail has come.
    pub trail: Trail,
}

/// A page of the feed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// The version spoken.
    pub protocol: Protocol,
    /// The entries, in order, without gaps. Together they have at most [`EVENTS_AT_MOST`] events,
    /// unless the first alone has more.
    pub entries: List<Fed, EVENTS_AT_MOST>,
    /// The guests that they name, as they are known now.
    pub guests: List<Guest, PEOPLE_AT_MOST>,
    /// The texts that they name.
    pub texts: List<Text, PEOPLE_AT_MOST>,
    /// Guests and texts that were erased since the cursor: what is here of them goes as well.
    pub erased: List<Uuid, PEOPLE_AT_MOST>,
    /// The cursor after them.
    pub cursor: Cursor,
    /// What the feed comes to there, where the centre knows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chain: Option<Hash>,
    /// With the last page alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rest: Option<Rest>,
}
