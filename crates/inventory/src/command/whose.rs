//! Which commands a desk with a centre decides by itself.

use super::Command;

impl Command {
    /// Whether only the centre does it: it concerns every desk alike, or rooms of which none has a share.
    pub fn is_the_centres(&self) -> bool {
        match self {
            Self::OpenProperty { .. }
            | Self::SetBusinessDate { .. }
            | Self::OpenNights { .. }
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
            | Self::CancelAllotment { .. }
            | Self::OfferWaitlist { .. }
            | Self::CloseDay { .. } => true,
            Self::Reserve(reserve) => reserve.allotment.is_some(),
            Self::SetLimits { .. }
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
            | Self::AddOutage { .. }
            | Self::EndOutage { .. }
            | Self::ReturnPickUp { .. }
            | Self::LeaveWaitlist { .. }
            | Self::KeepArrivals { .. }
            | Self::Undo { .. } => false,
        }
    }

    /// Whether it may take rooms that nobody has yet, for a guest or a group.
    pub fn may_take_rooms(&self) -> bool {
        match self {
            Self::Reserve(reserve) => !reserve.waitlist,
            Self::Transition { .. }
            | Self::Amend { .. }
            | Self::MoveNight { .. }
            | Self::PlaceHold { .. }
            | Self::ConvertHold { .. }
            | Self::OpenAllotment(_)
            | Self::ChangeAllotment { .. }
            | Self::OfferWaitlist { .. }
            | Self::Undo { .. } => true,
            _ => false,
        }
    }
}
