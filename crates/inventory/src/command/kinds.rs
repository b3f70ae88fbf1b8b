//! The names of commands in the log and the audit trail.

use super::Command;

impl Command {
    /// Every name that [`Command::kind`] gives.
    pub const KINDS: [&str; 46] = [
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
        let source = include_str!("../command.rs");
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
