//! What it takes to give a command.

use serde::{Deserialize, Serialize};

use super::Command;

impl Command {
    /// The permission it needs (docs/DOMAIN.md, roles).
    pub fn permission(&self) -> Permission {
        match self {
            Self::Reserve(_)
            | Self::Transition { .. }
            | Self::Amend { .. }
            | Self::Split { .. }
            | Self::MoveNight { .. }
            | Self::GiveRoom { .. }
            | Self::SetDetails { .. }
            | Self::PlaceHold { .. }
            | Self::ExtendHold { .. }
            | Self::ConvertHold { .. }
            | Self::ReleaseHold { .. }
            | Self::SweepHolds { .. }
            | Self::ReturnPickUp { .. }
            | Self::OfferWaitlist { .. }
            | Self::LeaveWaitlist { .. }
            | Self::Undo { .. } => Permission::Sell,
            Self::AddOutage { .. }
            | Self::EndOutage { .. }
            | Self::SetBusinessDate { .. }
            | Self::KeepArrivals { .. }
            | Self::CloseDay { .. }
            | Self::ReleaseAllotment { cut_off: true, .. } => Permission::Operate,
            Self::OpenNights { .. }
            | Self::SetLimits { .. }
            | Self::AddRoomType { .. }
            | Self::RenameRoomType { .. }
            | Self::RankRoomType { .. }
            | Self::SellRoomType { .. }
            | Self::StopRoomType { .. }
            | Self::RetireRoomType { .. }
            | Self::ReactivateRoomType { .. }
            | Self::OpenAllotment(_)
            | Self::ChangeAllotment { .. }
            | Self::ReleaseAllotment { .. }
            | Self::CancelAllotment { .. } => Permission::Configure,
            Self::OpenProperty { .. } => Permission::Administer,
        }
    }
}

/// What a person must be allowed to do; roles are sets of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Permission {
    /// Look, search, explain, print.
    Look,
    /// Reserve, amend, cancel, hold, check in and out.
    Sell,
    /// Out of order, end of day, override with a reason.
    Operate,
    /// Limits, room types, nights, export.
    Configure,
    /// Staff, restore, settings, erase a guest.
    Administer,
}

impl Permission {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Look,
        Self::Sell,
        Self::Operate,
        Self::Configure,
        Self::Administer,
    ];

    /// The word used in the audit trail.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Look => "look",
            Self::Sell => "sell",
            Self::Operate => "operate",
            Self::Configure => "configure",
            Self::Administer => "administer",
        }
    }

    /// The permission of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.as_str() == word)
    }
}
