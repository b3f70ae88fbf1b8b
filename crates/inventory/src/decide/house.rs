//! What goes to the house, and comes from it, after an allotment's cut-off (docs/adr/0018).

use std::collections::BTreeMap;

use super::allotment::{changed, runs};
use super::catalogue;
use crate::allotment::{Allotment, AllotmentStatus, Terms};
use crate::civil::Night;
use crate::event::{Event, StayDiff};
use crate::ids::{AllotmentId, Reference, RoomTypeCode};
use crate::state::{Halt, State};
use crate::stay::{MovedNight, Stay};

/// What stays of an allotment give up for good, take again from the house, and change in all on a night.
#[derive(Clone, Copy, Debug, Default)]
struct Settled {
    given_up: i32,
    again: i32,
    net: i32,
}

type ByNight = BTreeMap<(RoomTypeCode, Night), Settled>;

/// Rooms that stays which end give up after the cut-off of their allotment go to the house and not back to it: it
/// then has so many fewer, and each stay notes which. Where such a stay takes them again they come from the house,
/// and it has so many more; what it keeps back for the others is the same after either (docs/adr/0018). A stay with
/// other nights or another type gives back to the allotment and takes from it, as before the cut-off. What a kind
/// that stretches picked up beyond its total is the house's anyway.
pub(super) fn settle_with_house(state: &State, diffs: &mut [StayDiff]) -> Result<Vec<Event>, Halt> {
    let today = catalogue(state).property.business_date;
    let mut events = Vec::new();
    for (id, nights) in by_allotment(diffs) {
        let found = state.allotment(&Reference::Id(id))?;
        let open = |found: &&Allotment| found.status == AllotmentStatus::Open;
        let Some(allotment) = found.filter(open) else {
            continue;
        };
        let mut totals = allotment.terms.totals();
        for ((code, night), settled) in nights {
            let total = totals.entry((code, night)).or_default();
            let given_up = settled.given_up.min(-settled.net);
            let again = settled.again.min(settled.net);
            if given_up > 0 && !allotment.takes_back(today) {
                let picked = allotment.picked(code, night);
                let kept = total.saturating_sub(picked);
                let left = picked.saturating_add_signed(-given_up) + kept;
                let fewer = total.saturating_sub(left);
                *total -= fewer;
                note_given(diffs, (id, code, night), fewer);
            } else if again > 0 {
                *total += again.unsigned_abs();
            }
        }
        let after = Terms {
            blocks: runs(&totals),
            ..allotment.terms.clone()
        };
        if after.totals() != allotment.terms.totals() {
            events.push(changed(allotment, after));
        }
    }
    Ok(events)
}

fn by_allotment(diffs: &[StayDiff]) -> BTreeMap<AllotmentId, ByNight> {
    let mut moves: BTreeMap<AllotmentId, ByNight> = BTreeMap::new();
    for diff in diffs {
        let (before, after) = (diff.before.as_ref(), diff.after.as_ref());
        let ends = !after.is_some_and(|stay| stay.status.is_open());
        let sides = before.map(|stay| (stay, -1)).into_iter();
        for (stay, sign) in sides.chain(after.map(|stay| (stay, 1))) {
            let Some(id) = stay.allotment else { continue };
            for (code, night) in stay.taken() {
                let settled = moves.entry(id).or_default().entry((code, night));
                let settled = settled.or_default();
                settled.net += sign;
                settled.given_up -= if ends { sign } else { 0 };
                let went = before.is_some_and(|before| before.ending.went(code, night));
                settled.again += i32::from(sign > 0 && went);
            }
        }
    }
    moves
}

/// Notes on stays that end which of their rooms went to the house.
fn note_given(
    diffs: &mut [StayDiff],
    (id, room_type, night): (AllotmentId, RoomTypeCode, Night),
    rooms: u32,
) {
    let takes = |stay: &Stay| stay.taken().any(|taken| taken == (room_type, night));
    let gave = diffs.iter_mut().filter_map(|diff| {
        let before = diff.before.as_ref()?;
        let after = diff.after.as_mut()?;
        let gave = before.allotment == Some(id) && takes(before) && !takes(after);
        (gave && !after.status.is_open()).then_some(after)
    });
    for stay in gave.take(usize::try_from(rooms).unwrap_or(usize::MAX)) {
        stay.ending.to_house.push(MovedNight { night, room_type });
    }
}
