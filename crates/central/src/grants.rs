//! Grants: the pool is divided into shares, by a policy that decides nothing about safety.

use std::collections::BTreeSet;

use keyrack_inventory::share::{Claim, Counts, Holder, NightBook, Right, targets};
use keyrack_inventory::{Catalogue, RoomTypeCode};
use keyrack_inventory::{Night, Pool};
use keyrack_wire::{Granted, Hash};
use sha2::{Digest, Sha256};

use crate::error::CentralError;
use crate::ledger::{Changed, PropertyRow, Records};

/// How far ahead shares reach.
pub const NIGHTS_AHEAD: i32 = 400;

/// Grants what each desk lacks of its share on every open night within reach. The property is locked.
///
/// # Errors
/// Where the database fails.
pub async fn everywhere(tx: &impl Records, property: &mut PropertyRow) -> Result<(), CentralError> {
    let Some(catalogue) = property.catalogue.clone() else {
        return Ok(());
    };
    let first = catalogue.property.business_date;
    let nights = tx.open_nights(property.id, first, NIGHTS_AHEAD).await?;
    on(tx, property, &catalogue, &nights).await
}

/// Grants what each desk lacks of its share on those of the nights that are within reach.
///
/// # Errors
/// Where the database fails.
pub async fn touched(
    tx: &impl Records,
    property: &mut PropertyRow,
    nights: &BTreeSet<Night>,
) -> Result<(), CentralError> {
    let Some(catalogue) = property.catalogue.clone() else {
        return Ok(());
    };
    let first = catalogue.property.business_date;
    let within = first..first.plus(NIGHTS_AHEAD);
    let nights = nights.iter().filter(|night| within.contains(night));
    let nights: Vec<i32> = nights.map(|night| night.day_number()).collect();
    on(tx, property, &catalogue, &nights).await
}

async fn on(
    tx: &impl Records,
    property: &mut PropertyRow,
    catalogue: &Catalogue,
    nights: &[i32],
) -> Result<(), CentralError> {
    let desks = tx.desks(property.id).await?;
    let holders: Vec<Holder> = desks
        .iter()
        .filter(|desk| desk.may_have_rights())
        .map(|desk| desk.holder)
        .collect();
    if holders.is_empty() || nights.is_empty() {
        return Ok(());
    }
    let counts = tx.counts(property.id, nights).await?;
    let mut changed = Vec::new();
    for (night, mut book) in tx.books(property.id, nights).await? {
        let Some(counts) = counts.get(&night) else {
            continue;
        };
        let ahead = catalogue.property.business_date.nights_until(night);
        let ahead = u32::try_from(ahead).unwrap_or(0);
        for room_type in &catalogue.room_types {
            if room_type.life.sells_on(night) {
                let granted = divide(&mut book, counts, room_type.code, ahead, &holders)?;
                changed.extend(granted.into_iter().map(|(holder, right, keep)| {
                    (night, room_type.code, holder, right, Some(keep))
                }));
            }
        }
    }
    if changed.is_empty() {
        return Ok(());
    }
    tx.note_granted(property.id, property.granted).await?;
    property.granted = further(property.granted, &changed);
    tx.put_rights(property.id, &changed, property.granted.number)
        .await
}

/// How far grants have come with these. Where a centre that was restored from a copy grants the very same again, it has
/// lost nothing.
fn further(before: Granted, changed: &[Changed]) -> Granted {
    let mut sum = Sha256::new();
    sum.update(before.chain.0);
    for (night, code, holder, right, keep) in changed {
        sum.update(night.day_number().to_le_bytes());
        sum.update(code.as_str().as_bytes());
        sum.update([0]);
        sum.update(holder.desk.0.as_bytes());
        let counts = [
            holder.epoch,
            right.totals().granted,
            keep.unwrap_or(u32::MAX),
        ];
        sum.update(counts.map(u32::to_le_bytes).as_flattened());
    }
    Granted {
        number: before.number + 1,
        chain: Hash(sum.finalize().into()),
    }
}

/// Whether the grants had come to that once, or have now: else the centre was restored from a copy since.
///
/// # Errors
/// Where the database fails.
pub async fn had_come_to(
    tx: &impl Records,
    property: &PropertyRow,
    told: Granted,
) -> Result<bool, CentralError> {
    if told == property.granted {
        return Ok(true);
    }
    let chain = tx.granted_chain(property.id, told.number).await?;
    Ok(chain == Some(told.chain))
}

/// Tops up each desk's right of one type on one night, and says how much each should keep of what it
/// does not use. Gives the rights that changed, and those of which something should come back.
fn divide(
    book: &mut NightBook,
    counts: &Counts,
    code: RoomTypeCode,
    ahead: u32,
    holders: &[Holder],
) -> Result<Vec<(Holder, Right, u32)>, CentralError> {
    let claims: Vec<Claim> = holders
        .iter()
        .map(|holder| Claim {
            holder: *holder,
            sales: book.right(code, *holder).totals().consumed,
        })
        .collect();
    let left: u32 = holders
        .iter()
        .map(|holder| book.right(code, *holder).left())
        .sum();
    let rooms = book.grantable(code, counts) + left;
    let mut changed = Vec::new();
    for (claim, target) in claims.iter().zip(targets(rooms, ahead, &claims)) {
        // A deficit is paid by what nobody has sold yet: all of it comes back.
        let owed = book.deficit(Pool::RoomType(code)) + book.deficit(Pool::House);
        let target = if owed > 0 { 0 } else { target };
        let left = book.right(code, claim.holder).left();
        let lacking = target.saturating_sub(left);
        let granted = book.grant(code, claim.holder, lacking, counts);
        let granted = granted.map_err(|error| CentralError::damaged("share", error))?;
        if granted > 0 || left > target {
            changed.push((claim.holder, book.right(code, claim.holder), target));
        }
    }
    Ok(changed)
}

/// Puts the books of nights right after counts or limits moved, follows what a desk says it used, and
/// keeps every deficit with its cause.
pub mod settle {
    use keyrack_inventory::share::{Cause, Moved, ShareFault};
    use keyrack_inventory::{CommandId, Instant};
    use keyrack_wire::RightUse;

    use super::*;

    /// What a desk says it used, and whose word it is.
    #[derive(Clone, Copy)]
    pub struct Used<'a> {
        /// The rights.
        pub rights: &'a [RightUse],
        /// Their holder.
        pub holder: Holder,
    }

    /// Follows the totals, then settles each night.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn nights(
        tx: &impl Records,
        property: &PropertyRow,
        touched: &BTreeSet<Night>,
        used: Used<'_>,
        cause: Cause,
        now: Instant,
    ) -> Result<(), CentralError> {
        let mut all = touched.clone();
        all.extend(used.rights.iter().map(|right| right.night));
        let days: Vec<i32> = all.iter().map(|night| night.day_number()).collect();
        let counts = tx.counts(property.id, &days).await?;
        let mut changed = Vec::new();
        for (night, mut book) in tx.books(property.id, &days).await? {
            let mut cause = cause;
            for right in used.rights.iter().filter(|right| right.night == night) {
                if follow(&mut book, right, used.holder).1 {
                    cause = Cause::Restored(used.holder.desk);
                }
                let now = book.right(right.room_type, used.holder);
                changed.push((night, right.room_type, used.holder, now, None));
            }
            let Some(counts) = counts.get(&night) else {
                continue;
            };
            let entries = book.settle(counts, cause);
            tx.put_deficits(property.id, night, &book, &entries, now)
                .await?;
        }
        tx.put_rights(property.id, &changed, property.granted.number)
            .await
    }

    /// Follows the totals of a command that nobody could read. What it consumed is kept apart: it is in no
    /// count, and was promised.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn apart(
        tx: &impl Records,
        property: &PropertyRow,
        command: CommandId,
        used: Used<'_>,
        now: Instant,
    ) -> Result<BTreeSet<Night>, CentralError> {
        let nights: BTreeSet<Night> = used.rights.iter().map(|right| right.night).collect();
        let days: Vec<i32> = nights.iter().map(|night| night.day_number()).collect();
        let counts = tx.counts(property.id, &days).await?;
        let (mut changed, mut kept) = (Vec::new(), Vec::new());
        for (night, mut book) in tx.books(property.id, &days).await? {
            let mut cause = Cause::Fact(command);
            for right in used.rights.iter().filter(|right| right.night == night) {
                let (moved, restored) = follow(&mut book, right, used.holder);
                if restored {
                    cause = Cause::Restored(used.holder.desk);
                }
                if moved.consumed > 0 {
                    book.keep_apart(right.room_type, moved.consumed);
                    kept.push((night, right.room_type, moved.consumed));
                }
                let now = book.right(right.room_type, used.holder);
                changed.push((night, right.room_type, used.holder, now, None));
            }
            if let Some(counts) = counts.get(&night) {
                let entries = book.settle(counts, cause);
                tx.put_deficits(property.id, night, &book, &entries, now)
                    .await?;
            }
        }
        tx.put_rights(property.id, &changed, property.granted.number)
            .await?;
        tx.keep_apart(property.id, (used.holder.desk, command), &kept)
            .await?;
        Ok(nights)
    }

    /// Follows a right; gives what moved, and whether the desk was granted it by a centre that is not any
    /// more.
    fn follow(book: &mut NightBook, right: &RightUse, holder: Holder) -> (Moved, bool) {
        let totals = right.totals.totals();
        match book.follow(right.room_type, holder, totals) {
            Ok(moved) => (moved, false),
            Err(ShareFault::NeverGranted { .. }) => {
                let believed = book.believe(right.room_type, holder, totals);
                if let Err(error) = &believed {
                    tracing::warn!(desk = %holder.desk, %error, "a right is not believed");
                }
                (believed.unwrap_or_default(), true)
            }
            // An older total says nothing new.
            Err(error) => {
                tracing::warn!(desk = %holder.desk, %error, "a right is not followed");
                (Moved::default(), false)
            }
        }
    }
}
