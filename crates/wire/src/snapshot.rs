//! A snapshot: everything of a property at one place of its feed, for a desk that is new, or whose cursor is
//! not kept.

use keyrack_inventory::corrected::{CellRow, HouseRow};
use keyrack_inventory::model::{Hold, Outage, Reservation};
use keyrack_inventory::share::Holder;
use keyrack_inventory::{Allotment, Catalogue, CommandId, Instant};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Cursor, Guest, Hash, List, Protocol, ROWS_AT_MOST, Text};

/// Every row of the property, and how far the desk's own commands have come in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Snapshot {
    /// The version spoken.
    pub protocol: Protocol,
    /// Where the feed stands.
    pub cursor: Cursor,
    /// What the feed comes to there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chain: Option<Hash>,
    /// The number of an entry that the feed had before its epoch began and that the desk had followed it to: of what the
    /// desk had seen before, what came after it may be another here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub began: Option<u64>,
    /// When a business date last ended; nothing where none has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day_ended: Option<Instant>,
    /// The desk, and the epoch in which the centre knows it.
    pub holder: Holder,
    /// The number of its last command of that epoch that is stored.
    pub acked_seq: u64,
    /// Its commands of late that took effect, in whatever epoch: applied or kept as a request.
    pub stored: List<CommandId, ROWS_AT_MOST>,
    /// Those that were refused.
    pub refused: List<CommandId, ROWS_AT_MOST>,
    /// The hotel and its types.
    pub catalogue: Catalogue,
    /// Every open night of every type.
    pub cells: List<CellRow, ROWS_AT_MOST>,
    /// What is set for the house.
    pub house: List<HouseRow, ROWS_AT_MOST>,
    /// Reservations.
    pub reservations: List<Reservation, ROWS_AT_MOST>,
    /// Holds.
    pub holds: List<Hold, ROWS_AT_MOST>,
    /// Outages.
    pub outages: List<Outage, ROWS_AT_MOST>,
    /// Allotments.
    pub allotments: List<Allotment, ROWS_AT_MOST>,
    /// The guests that are named.
    pub guests: List<Guest, ROWS_AT_MOST>,
    /// The texts.
    pub texts: List<Text, ROWS_AT_MOST>,
    /// Guests and texts that were ever erased.
    pub erased: List<Uuid, ROWS_AT_MOST>,
}
