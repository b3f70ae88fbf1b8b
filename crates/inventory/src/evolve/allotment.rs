//! The fold of allotments: what they keep back moves with their terms and with what is picked up.

use std::collections::BTreeSet;

use super::{Count, Delta, Touched, move_counts};
use crate::allotment::{Allotment, AllotmentOpened, AllotmentStatus};
use crate::civil::Night;
use crate::ids::{AllotmentId, RoomTypeCode};
use crate::state::State;
use crate::stay::Stay;

pub(super) fn open(state: &mut State, opened: &AllotmentOpened, touched: &mut Touched) {
    let allotment = Allotment {
        id: opened.allotment,
        number: opened.number.clone(),
        version: 1,
        name: opened.name,
        kind: opened.allotment_kind,
        status: AllotmentStatus::Open,
        terms: opened.terms.clone(),
        picked_up: Default::default(),
    };
    let deltas = kept(&allotment, 1);
    let counter = &mut state.counters.allotment;
    *counter = opened.number.count().max(*counter);
    state
        .allotment_numbers
        .insert(opened.number.clone(), Some(opened.allotment));
    state.allotments.insert(opened.allotment, Some(allotment));
    touched.allotments.push(opened.allotment);
    move_counts(state, deltas, touched);
}

/// What it keeps back on all of its nights, with a sign.
fn kept(allotment: &Allotment, sign: i32) -> Vec<Delta> {
    let totals = allotment.terms.totals().into_keys();
    totals
        .map(|(code, night)| {
            let rooms = sign * allotment.keeps(code, night);
            (code, night, Count::Blocked, rooms)
        })
        .collect()
}

/// Changes terms or status, and moves what is kept back by the difference.
pub(super) fn change(
    state: &mut State,
    id: AllotmentId,
    touched: &mut Touched,
    change: impl FnOnce(&mut Allotment),
) {
    let Some(Some(allotment)) = state.allotments.get_mut(&id) else {
        return;
    };
    let mut deltas = kept(allotment, -1);
    change(allotment);
    deltas.extend(kept(allotment, 1));
    allotment.version += 1;
    touched.allotments.push(id);
    move_counts(state, deltas, touched);
}

/// Counts what stays take of the allotments they were picked up from; gives by how much less, or
/// more, those keep back.
pub(super) fn pick<'a>(
    state: &mut State,
    stays: impl Iterator<Item = (&'a Stay, i32)>,
    touched: &mut Touched,
) -> Vec<Delta> {
    let mut picks: Vec<(AllotmentId, RoomTypeCode, Night, i32)> = Vec::new();
    for (stay, sign) in stays {
        if let Some(id) = stay.allotment {
            picks.extend(stay.taken().map(|(code, night)| (id, code, night, sign)));
        }
    }
    picks.sort_unstable();
    let mut deltas = Vec::new();
    let mut changed = BTreeSet::new();
    for cell in picks.chunk_by(|one, next| (one.0, one.1, one.2) == (next.0, next.1, next.2)) {
        let (id, code, night, _) = cell[0];
        let rooms: i32 = cell.iter().map(|pick| pick.3).sum();
        let Some(Some(allotment)) = state.allotments.get_mut(&id) else {
            continue;
        };
        if rooms == 0 {
            continue;
        }
        let before = allotment.keeps(code, night);
        let picked = allotment.picked(code, night).saturating_add_signed(rooms);
        if picked == 0 {
            allotment.picked_up.remove(&(code, night));
        } else {
            allotment.picked_up.insert((code, night), picked);
        }
        let after = allotment.keeps(code, night);
        deltas.push((code, night, Count::Blocked, after - before));
        changed.insert(id);
    }
    for id in changed {
        if let Some(Some(allotment)) = state.allotments.get_mut(&id) {
            allotment.version += 1;
            touched.allotments.push(id);
        }
    }
    deltas
}
