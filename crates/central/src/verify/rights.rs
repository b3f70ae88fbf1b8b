//! Rights against what desks told of them: each command carries the totals that its desk counted after it, and a right
//! that comes to less than a stored command said was changed by another hand.
//!
//! A right that no command moved is known to its desk and here alone: that the two are the same is looked at by
//! `verify --against-centre` at the desk.

use std::collections::BTreeMap;

use keyrack_inventory::share::{Holder, Totals};
use keyrack_inventory::{Night, RoomTypeCode};
use keyrack_wire::{Again, List, RIGHTS_AT_MOST, RightUse};
use serde::Deserialize;

use crate::error::CentralError;
use crate::ledger::{PropertyRow, Tx};

/// How many places of the queues are read at once.
const PLACES: i64 = 1_000;

/// What of a queued command tells of rights.
#[derive(Deserialize)]
struct Told {
    rights: List<RightUse, RIGHTS_AT_MOST>,
    #[serde(default)]
    again: Option<Again>,
}

type Key = (Night, RoomTypeCode);

/// Rights that are less than a stored command of their desk said.
pub(super) async fn below_what_was_told(
    tx: &Tx<'_>,
    property: &PropertyRow,
) -> Result<Vec<String>, CentralError> {
    let mut wrong = Vec::new();
    for desk in tx.desks(property.id).await? {
        for (epoch, told) in told(tx, property.id, desk.holder).await? {
            // A person took back what was left of it, and what its desk tells later is not followed.
            if epoch <= desk.lost_epoch {
                continue;
            }
            let holder = Holder {
                epoch,
                ..desk.holder
            };
            // Of an epoch before the last copy was restored, grants may be lost.
            let is_of_this_feed =
                epoch == desk.holder.epoch && desk.feed_epoch == property.feed_epoch;
            let stored = tx.rights_of(property.id, holder, None).await?;
            let stored: BTreeMap<Key, Totals> = stored
                .into_iter()
                .map(|right| ((right.night, right.room_type), right.totals.totals()))
                .collect();
            for ((night, code), told) in told {
                let right = stored.get(&(night, code)).copied().unwrap_or_default();
                let lacks = right.consumed < told.consumed
                    || right.returned < told.returned
                    || (is_of_this_feed && right.granted < told.granted);
                if lacks {
                    wrong.push(format!(
                        "{code} on {night}, desk {}: granted {}, sold {}, given back {}; it told {}, {}, {}",
                        desk.letters.as_str(),
                        right.granted,
                        right.consumed,
                        right.returned,
                        told.granted,
                        told.consumed,
                        told.returned
                    ));
                }
            }
        }
    }
    Ok(wrong)
}

/// The highest totals that the desk's commands told, by the epoch whose rights they moved. One that cannot be read any
/// more is found by the trail.
async fn told(
    tx: &Tx<'_>,
    property: i32,
    holder: Holder,
) -> Result<BTreeMap<u32, BTreeMap<Key, Totals>>, CentralError> {
    let mut found: BTreeMap<u32, BTreeMap<Key, Totals>> = BTreeMap::new();
    let mut after = (0, 0);
    loop {
        let places = tx
            .sealed_after(property, holder.desk, after, PLACES)
            .await?;
        let Some((epoch, seq, _)) = places.last() else {
            return Ok(found);
        };
        after = (*epoch, *seq);
        for (epoch, _, sealed) in &places {
            let Ok(told) = serde_json::from_str::<Told>(sealed) else {
                continue;
            };
            let epoch = told.again.map_or(*epoch, |again| again.epoch);
            let rights = found.entry(epoch).or_default();
            for right in told.rights.as_slice() {
                let most = rights.entry((right.night, right.room_type)).or_default();
                let told = right.totals.totals();
                most.granted = most.granted.max(told.granted);
                most.consumed = most.consumed.max(told.consumed);
                most.returned = most.returned.max(told.returned);
            }
        }
    }
}
