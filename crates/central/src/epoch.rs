//! Epochs of desks and of the feed: where one ends, and what of it is taken back.

use std::collections::BTreeSet;

use keyrack_inventory::share::{Cause, Holder};
use keyrack_inventory::{DeskId, Instant, Night};
use keyrack_wire::{Fault, Hash, Pull};

use crate::error::CentralError;
use crate::grants;
use crate::ledger::{AuditRow, Covered, DeskRow, PropertyRow, Session, Tx};

/// The epoch in which a desk speaks is its own, or one that it begins itself: its file was an older copy, it
/// was declared lost and is back, or the centre was restored. It has no rights in it yet. Gives whether it
/// begins here.
///
/// # Errors
/// Where the epoch is over, or the database fails.
pub async fn enter(
    tx: &Tx<'_>,
    property: &mut PropertyRow,
    desk: &mut DeskRow,
    epoch: u32,
    now: Instant,
) -> Result<bool, CentralError> {
    let current = desk.holder.epoch;
    if epoch < current {
        return Err(Fault::EpochOver { current }.into());
    }
    if i32::try_from(epoch).is_err() {
        return Err(Fault::Malformed {}.into());
    }
    if epoch == current && !desk.is_lost {
        return Ok(false);
    }
    desk.holder.epoch = epoch;
    desk.last_seq = 0;
    desk.last_hash = Hash::NONE;
    if desk.is_lost {
        tx.found_desk(property.id, desk.holder.desk).await?;
        desk.is_lost = false;
    }
    let detail = epoch.to_string();
    let act = AuditRow {
        at: now,
        desk: desk.letters.as_str(),
        actor: "system",
        what: "epoch_begun",
        accepted: true,
        number: None,
        place: None,
        detail: Some(&detail),
    };
    tx.audit(property, &act, Covered::default()).await?;
    tx.put_desk(desk, now).await?;
    grants::everywhere(tx, property).await?;
    Ok(true)
}

/// A desk that asks in a new epoch, before it has anything to send in it.
///
/// # Errors
/// Where the epoch is over, or the database fails.
pub async fn enter_by_pull(
    session: &mut Session,
    desk: &DeskRow,
    pull: &Pull,
    now: Instant,
) -> Result<(), CentralError> {
    if pull.holder.desk != desk.holder.desk {
        return Err(Fault::Unauthorised {}.into());
    }
    if pull.holder.epoch == desk.holder.epoch && !desk.is_lost {
        return Ok(());
    }
    let tx = session.begin().await?;
    let mut property = tx.lock(desk.property).await?;
    let mut desk = tx.desk(property.id, desk.holder.desk).await?;
    if enter(&tx, &mut property, &mut desk, pull.holder.epoch, now).await? {
        tx.put_property(&property).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// A desk has seen entries that are not here: the centre was restored from a copy. Its feed goes on in a new
/// epoch, and every desk sends again what is missing.
///
/// # Errors
/// Where the database fails.
pub async fn begin_feed(
    session: &mut Session,
    desk: &DeskRow,
    pull: &Pull,
    now: Instant,
) -> Result<(), CentralError> {
    let tx = session.begin().await?;
    let mut property = tx.lock(desk.property).await?;
    if pull.after.epoch < property.feed_epoch {
        return Ok(());
    }
    property.feed_epoch = pull.after.epoch + 1;
    let detail = property.feed_epoch.to_string();
    let act = AuditRow {
        at: now,
        desk: desk.letters.as_str(),
        actor: "system",
        what: "feed_begun",
        accepted: true,
        number: None,
        place: None,
        detail: Some(&detail),
    };
    tracing::warn!(
        property = property.id,
        "a desk has seen what is not here: restored from a copy"
    );
    tx.audit(&mut property, &act, Covered::default()).await?;
    tx.put_property(&property).await?;
    tx.commit().await
}

/// Takes back what is left of a desk's rights in its epochs up to one, and settles those nights and some
/// more. Gives how many rooms.
///
/// # Errors
/// Where the database fails.
pub async fn write_off(
    tx: &Tx<'_>,
    property: &PropertyRow,
    upto: Holder,
    more: &BTreeSet<Night>,
    (cause, now): (Cause, Instant),
) -> Result<u32, CentralError> {
    let (desk, epoch): (DeskId, u32) = (upto.desk, upto.epoch);
    let mut nights = tx.nights_with_rights(property.id, desk, epoch).await?;
    nights.extend(more.iter().map(|night| night.day_number()));
    nights.sort_unstable();
    nights.dedup();
    let counts = tx.counts(property.id, &nights).await?;
    let (mut rooms, mut changed) = (0, Vec::new());
    for (night, mut book) in tx.books(property.id, &nights).await? {
        let held: Vec<_> = book
            .rights()
            .filter(|(_, of, _)| of.desk == desk && of.epoch <= epoch)
            .collect();
        for (_, holder, _) in &held {
            rooms += book.write_off(*holder);
        }
        for (code, holder, _) in held {
            changed.push((night, code, holder, book.right(code, holder), None));
        }
        if let Some(counts) = counts.get(&night) {
            let entries = book.settle(counts, cause);
            tx.put_deficits(property.id, night, &book, &entries, now)
                .await?;
        }
    }
    tx.put_rights(property.id, &changed, property.feed_head)
        .await?;
    Ok(rooms)
}
