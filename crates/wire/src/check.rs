//! Check: whether a desk's rows are those of the centre, row for row.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use keyrack_inventory::model::{Hold, Outage, Reservation};
use keyrack_inventory::{Allotment, Cell, HouseLimit, Night, RoomTypeCode};

use crate::{Cursor, GRANTS_AT_MOST, Granted, List, Protocol, RightUse};

/// Most rows of a check: 400 cells a night over ten years, and as many bookings.
pub const ROWS_AT_MOST: usize = 3_000_000;

/// What the rows of the centre come to, at a place of its feed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Checked {
    /// The version spoken.
    pub protocol: Protocol,
    /// Where the feed stands.
    pub cursor: Cursor,
    /// The rows, in no order.
    pub rows: List<RowDigest, ROWS_AT_MOST>,
    /// How far its grants have come.
    pub granted: Granted,
    /// The asking desk's rights from the business date on, as the centre counts them.
    pub rights: List<RightUse, GRANTS_AT_MOST>,
}

/// A row, and the beginning of the hash of what stands in it: two that are equal have the same rows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RowDigest {
    /// Which row.
    pub row: String,
    /// The first 16 hexadecimal digits of the hash.
    pub digest: String,
}

impl RowDigest {
    /// Of a cell. Versions are left out everywhere: each side counts the changes that it saw.
    pub fn cell(room_type: RoomTypeCode, night: Night, cell: &Cell) -> Self {
        let bare = Cell {
            version: 0,
            ..*cell
        };
        Self::new(format!("cell {room_type} {night}"), &bare)
    }

    /// Of a limit of the house.
    pub fn house(night: Night, limit: &HouseLimit) -> Self {
        let bare = HouseLimit {
            version: 0,
            ..*limit
        };
        Self::new(format!("house {night}"), &bare)
    }

    /// Whether it is the row of a house without a limit, which is the same as none.
    pub fn is_open_house(&self) -> bool {
        let open = Self::new(String::new(), &HouseLimit::default());
        self.row.starts_with("house ") && self.digest == open.digest
    }

    /// Of a reservation.
    pub fn reservation(row: &Reservation) -> Self {
        let bare = Reservation {
            version: 0,
            ..row.clone()
        };
        Self::new(format!("reservation {}", row.number), &bare)
    }

    /// Of a hold.
    pub fn hold(row: &Hold) -> Self {
        let bare = Hold {
            version: 0,
            ..row.clone()
        };
        Self::new(format!("hold {}", row.number), &bare)
    }

    /// Of an outage.
    pub fn outage(row: &Outage) -> Self {
        Self::new(format!("outage {}", row.number), row)
    }

    /// Of an allotment.
    pub fn allotment(row: &Allotment) -> Self {
        let mut bare = Allotment {
            version: 0,
            ..row.clone()
        };
        bare.picked_up.retain(|_, rooms| *rooms > 0);
        Self::new(format!("allotment {}", row.number), &bare)
    }

    fn new<T: Serialize>(row: String, bare: &T) -> Self {
        // The domain's rows are plain data: they are always written.
        let text = serde_json::to_vec(bare).unwrap_or_default();
        let hash = Sha256::digest(text);
        let digest = hash
            .iter()
            .take(8)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        Self { row, digest }
    }
}
