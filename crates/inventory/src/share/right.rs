//! One right: what one desk, in one epoch, may sell of one room type on one night.

use serde::{Deserialize, Serialize};

use crate::ids::DeskId;

/// Who holds rights: a desk in one epoch. A desk whose file was an older copy, or which is a copy
/// of another, begins a new epoch without any right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holder {
    /// The desk.
    pub desk: DeskId,
    /// Its epoch, from 1.
    pub epoch: u32,
}

/// The three counts of a right as they are sent and stored, in rooms.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(deny_unknown_fields)]
pub struct Totals {
    /// All that the centre ever granted.
    pub granted: u32,
    /// All that the desk ever sold out of it.
    pub consumed: u32,
    /// All that the desk ever gave back.
    pub returned: u32,
}

/// A right. Its counts only grow, and never is more consumed and returned than was granted.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(try_from = "Totals", into = "Totals")]
pub struct Right(Totals);

/// Why a right does not change so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ShareFault {
    /// More is asked for than is left.
    #[error("{asked} rooms are asked for, and {left} are left of the share")]
    Lacking {
        /// Rooms asked for.
        asked: u32,
        /// Rooms left.
        left: u32,
    },
    /// A count that only grows is told to be lower than before.
    #[error("a count of a share went back")]
    WentBack,
    /// A desk used more than is known to have been granted to it.
    #[error("{rooms} rooms of a share were used that are not known to be granted")]
    NeverGranted {
        /// Rooms beyond.
        rooms: u32,
    },
    /// Counts so high that no hotel has them.
    #[error("the counts of a share are out of range")]
    OutOfRange,
}

/// By how much a right was used since the centre last heard of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    /// Rooms sold.
    pub consumed: u32,
    /// Rooms given back.
    pub returned: u32,
}

impl Right {
    /// The counts.
    pub fn totals(self) -> Totals {
        self.0
    }

    /// What may still be sold.
    pub fn left(self) -> u32 {
        self.0.granted - self.0.consumed - self.0.returned
    }

    /// The desk learns a total of the centre's. A lower one is an older message, and changes nothing.
    pub fn learn(&mut self, granted: u32) {
        self.0.granted = self.0.granted.max(granted);
    }

    /// The centre grants more.
    ///
    /// # Errors
    /// [`ShareFault::OutOfRange`] where the total would not fit.
    pub fn grant(&mut self, rooms: u32) -> Result<(), ShareFault> {
        let total = self.0.granted.checked_add(rooms);
        self.0.granted = total.ok_or(ShareFault::OutOfRange)?;
        Ok(())
    }

    /// The desk sells within its share.
    ///
    /// # Errors
    /// [`ShareFault::Lacking`] where less is left; then nothing changes.
    pub fn consume(&mut self, rooms: u32) -> Result<(), ShareFault> {
        self.afford(rooms)?;
        self.0.consumed += rooms;
        Ok(())
    }

    /// The desk gives rooms back. It loses them here, before anybody else has them.
    ///
    /// # Errors
    /// [`ShareFault::Lacking`] where less is left; then nothing changes.
    pub fn give_back(&mut self, rooms: u32) -> Result<(), ShareFault> {
        self.afford(rooms)?;
        self.0.returned += rooms;
        Ok(())
    }

    /// Takes what is left away, and says how many rooms that was. The one place where a count goes
    /// down: by a person's word, for a desk that is lost; if it comes back, its own counts are believed.
    pub(super) fn write_off(&mut self) -> u32 {
        let left = self.left();
        self.0.granted -= left;
        left
    }

    fn afford(self, rooms: u32) -> Result<(), ShareFault> {
        let left = self.left();
        if rooms > left {
            let asked = rooms;
            return Err(ShareFault::Lacking { asked, left });
        }
        Ok(())
    }

    /// The centre follows the desk's counts, which came with a command in its order.
    ///
    /// # Errors
    /// Where a count went back, or more is used than was granted; then nothing changes.
    pub fn follow(&mut self, consumed: u32, returned: u32) -> Result<Moved, ShareFault> {
        let moved = Moved {
            consumed: consumed
                .checked_sub(self.0.consumed)
                .ok_or(ShareFault::WentBack)?,
            returned: returned
                .checked_sub(self.0.returned)
                .ok_or(ShareFault::WentBack)?,
        };
        let used = consumed
            .checked_add(returned)
            .ok_or(ShareFault::OutOfRange)?;
        if let Some(rooms) = used
            .checked_sub(self.0.granted)
            .filter(|beyond| *beyond > 0)
        {
            return Err(ShareFault::NeverGranted { rooms });
        }
        self.0.consumed = consumed;
        self.0.returned = returned;
        Ok(moved)
    }
}

impl From<Right> for Totals {
    fn from(right: Right) -> Self {
        right.0
    }
}

impl TryFrom<Totals> for Right {
    type Error = ShareFault;

    fn try_from(totals: Totals) -> Result<Self, ShareFault> {
        let used = totals.consumed.checked_add(totals.returned);
        let used = used.ok_or(ShareFault::OutOfRange)?;
        match used.checked_sub(totals.granted) {
            Some(rooms) if rooms > 0 => Err(ShareFault::NeverGranted { rooms }),
            _ => Ok(Self(totals)),
        }
    }
}
