//! The names of commands in the log and the audit trail.

use super::Command;

impl Command {
    /// The command's name in the log and the audit trail.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::OpenProperty { .. } => "open_property",
            Self::SetBusinessDate { .. } => "set_business_date",
            Self::OpenNights { .. } => "open_nights",
            Self::SetLimits { .. } => "set_limits",
            Self::AddRoomType { .. } => "add_room_type",
            Self::RenameRoomType { .. } => "rename_room_type",
            Self::RankRoomType { .. } => "rank_room_type",
            Self::SellRoomType { .. } => "sell_room_type",
            Self::StopRoomType { .. } => "stop_room_type",
            Self::RetireRoomType { .. } => "retire_room_type",
            Self::ReactivateRoomType { .. } => "reactivate_room_type",
            Self::Reserve(reserve) if reserve.walk_in => "walk_in",
            Self::Reserve(reserve) if reserve.waitlist => "join_waitlist",
            Self::Reserve(reserve) if reserve.allotment.is_some() => "pick_up",
            Self::Reserve(_) => "reserve",
            Self::Transition { transition, .. } => transition.as_str(),
            Self::Amend { .. } => "amend",
            Self::Split { .. } => "split",
            Self::MoveNight { .. } => "move_night",
            Self::GiveRoom { .. } => "give_room",
            Self::SetDetails { .. } => "set_details",
            Self::PlaceHold { .. } => "place_hold",
            Self::ExtendHold { .. } => "extend_hold",
            Self::ConvertHold { .. } => "convert_hold",
            Self::ReleaseHold { .. } => "release_hold",
            Self::SweepHolds { .. } => "sweep_holds",
            Self::AddOutage { .. } => "add_outage",
            Self::EndOutage { .. } => "end_outage",
            Self::OpenAllotment(_) => "open_allotment",
            Self::ChangeAllotment { .. } => "change_allotment",
            Self::ReleaseAllotment { cut_off: true, .. } => "cut_off_allotment",
            Self::ReleaseAllotment { .. } => "release_allotment",
            Self::CancelAllotment { .. } => "cancel_allotment",
            Self::ReturnPickUp { .. } => "return_pick_up",
            Self::OfferWaitlist { .. } => "offer_waitlist",
            Self::LeaveWaitlist { .. } => "leave_waitlist",
            Self::KeepArrivals { .. } => "keep_arrivals",
            Self::CloseDay { .. } => "close_day",
            Self::Undo { .. } => "undo",
        }
    }

    /// Every name that [`Command::kind`] gives.
    pub const KINDS: [&str; 47] = [
        "add_outage",
        "add_room_type",
        "amend",
        "cancel",
        "cancel_allotment",
        "change_allotment",
        "check_in",
        "check_out",
        "close_day",
        "confirm",
        "convert_hold",
        "cut_off_allotment",
        "end_outage",
        "extend_hold",
        "give_room",
        "join_waitlist",
        "keep_arrivals",
        "leave_waitlist",
        "move_night",
        "no_show",
        "offer",
        "offer_waitlist",
        "open_allotment",
        "open_nights",
        "open_property",
        "pick_up",
        "place_hold",
        "rank_room_type",
        "reactivate_room_type",
        "reinstate",
        "release_allotment",
        "release_hold",
        "rename_room_type",
        "reserve",
        "retire_room_type",
        "return_pick_up",
        "reverse_check_in",
        "reverse_check_out",
        "sell_room_type",
        "set_business_date",
        "set_details",
        "set_limits",
        "split",
        "stop_room_type",
        "sweep_holds",
        "undo",
        "walk_in",
    ];
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stay::Transition;

    #[test]
    fn every_kind_is_among_the_names() {
        let source = include_str!("kinds.rs");
        let kinds = source.split_once("pub fn kind(").unwrap().1;
        let arms = kinds.split("=> \"").skip(1);
        let arms = arms.map(|arm| arm.split_once('"').unwrap().0);
        let steps = Transition::ALL.map(Transition::as_str);
        let mut found: Vec<&str> = arms.chain(steps).collect();
        found.sort_unstable();
        found.dedup();
        assert_eq!(found, Command::KINDS);
    }
}
