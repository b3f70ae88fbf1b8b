//! Stays as they were, and whether they can still be so.

use crate::civil::Night;
use crate::event::StayDiff;
use crate::ids::RoomTypeCode;
use crate::stay::{Ending, Stay, StayStatus};

/// Whether the world has moved on from what would be taken back: steps into the house and out of it
/// are reversed on the same business date only, nights that were slept stay slept, and who should have come before is
/// expected only where that was decided at the end of the last date, or when he was reinstated.
pub(super) fn is_history(now: &Stay, back: &Stay, today: Night) -> bool {
    let was_in =
        |stay: &Stay| matches!(stay.status, StayStatus::CheckedIn | StayStatus::CheckedOut);
    let earlier = |date: Option<Night>| date.is_some_and(|date| date != today);
    let slept = |stay: &Stay| -> Vec<(RoomTypeCode, Night)> {
        stay.taken().filter(|taken| taken.1 < today).collect()
    };
    let came = was_in(now) && !was_in(back) && earlier(now.checked_in_on);
    let left = now.status == StayStatus::CheckedOut && back.status != now.status;
    let forgotten = back.status.takes_inventory()
        && !was_in(back)
        && back.arrival < today
        && back.kept_on < Some(today.plus(-1));
    came || forgotten
        || (left && earlier(now.checked_out_on))
        || (was_in(now) && slept(now) != slept(back))
}

/// The stay as it was; one that was added becomes a cancelled one, for stays are never deleted.
pub(super) fn before(diff: &StayDiff, now: &Stay) -> Stay {
    let status = match now.status {
        StayStatus::CheckedIn => StayStatus::Confirmed,
        status => status,
    };
    diff.before.clone().unwrap_or_else(|| Stay {
        status: StayStatus::Cancelled,
        before: Some(status),
        checked_in_on: None,
        room: None,
        ending: Ending {
            dropped: true,
            ..Ending::default()
        },
        ..now.clone()
    })
}
