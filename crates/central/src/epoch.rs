//! Epochs of desks and of the feed: where one ends, and what of it is taken back.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use keyrack_inventory::share::{Cause, Holder};
use keyrack_inventory::{DeskId, Instant, Night};
use keyrack_wire::{Fault, Hash, Pull, Trail};

use crate::error::CentralError;
use crate::ledger::{AuditRow, Covered, DeskRow, PropertyRow, Records, Session};
use crate::{grants, let_go};

/// The epoch in which a desk speaks is its own, or one that it begins itself: its file was an older copy, it
/// was declared lost and is back, or the centre was restored. It has no rights in it yet. Gives whether the property's
/// row changed, which the caller writes.
///
/// A file that was set back leaves one epoch with rights behind it. Where it leaves the next one as well, and
/// nobody has decided about the first, two copies push each other on: it is granted nothing more and begins no
/// further epoch until a person has accepted it.
///
/// # Errors
/// Where the epoch is over, the desk exists twice, or the database fails.
pub async fn enter(
    tx: &impl Records,
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
    let id = desk.holder.desk;
    // Of the copies that there were, the one that is heard first after a person has looked is the one that is left.
    let is_back = desk.is_lost || desk.is_awaited;
    if desk.is_awaited {
        tx.found_desk(property.id, id).await?;
        desk.is_awaited = false;
        if epoch == current && !desk.is_lost {
            grants::everywhere(tx, property).await?;
            return Ok(true);
        }
    }
    if epoch == current && !desk.is_lost {
        return Ok(false);
    }
    // After a restored centre every desk begins an epoch, and closes the one before by itself.
    let is_told = is_back || desk.feed_epoch < property.feed_epoch;
    if desk.is_forked && !is_told {
        return Err(Fault::ExistsTwice {}.into());
    }
    let left_behind = tx.nights_with_rights(property.id, id, current - 1).await?;
    desk.holder.epoch = epoch;
    desk.feed_epoch = property.feed_epoch;
    desk.last_seq = 0;
    desk.last_hash = Hash::NONE;
    if desk.is_lost {
        tx.found_desk(property.id, id).await?;
        desk.is_lost = false;
    }
    // Rights on nights that are over sell nothing.
    let today = property.catalogue.as_ref();
    let today = today.map_or(i32::MIN, |hotel| hotel.property.business_date.day_number());
    let are_out = left_behind.iter().any(|night| *night >= today);
    if !is_told && !desk.is_forked && are_out {
        tx.fork_desk(property.id, id, now).await?;
        desk.is_forked = true;
        tx.audit(property, &told(desk, FORKED, now), Covered::default())
            .await?;
    }
    let detail = epoch.to_string();
    let act = AuditRow {
        detail: Some(&detail),
        ..told(desk, "epoch_begun", now)
    };
    tx.audit(property, &act, Covered::default()).await?;
    tx.put_desk(desk, now).await?;
    if !desk.is_forked {
        grants::everywhere(tx, property).await?;
    }
    Ok(true)
}

/// What the trail tells of a desk that may exist twice.
pub const FORKED: &str = "desk_forked";

/// A row of the trail about a desk, which the centre writes by itself.
pub fn told<'a>(desk: &'a DeskRow, what: &'a str, now: Instant) -> AuditRow<'a> {
    AuditRow {
        at: now,
        desk: desk.letters.as_str(),
        actor: "system",
        what,
        accepted: true,
        number: None,
        place: None,
        detail: None,
    }
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
    if pull.holder.epoch == desk.holder.epoch && !desk.is_lost && !desk.is_awaited {
        return Ok(());
    }
    let tx = session.begin().await?;
    entered_by_pull(&tx, desk, pull, now).await?;
    tx.commit().await
}

/// The same within a transaction, which the caller ends.
///
/// # Errors
/// As [`enter_by_pull`].
pub async fn entered_by_pull(
    tx: &impl Records,
    desk: &DeskRow,
    pull: &Pull,
    now: Instant,
) -> Result<(), CentralError> {
    let mut property = tx.lock(desk.property).await?;
    let mut desk = tx.desk(property.id, desk.holder.desk).await?;
    if enter(tx, &mut property, &mut desk, pull.holder.epoch, now).await? {
        tx.put_property(&property).await?;
    }
    Ok(())
}

/// Whether the trail has come as far as a desk was told, and the same way: where it has not, the centre was restored from
/// a copy since.
///
/// # Errors
/// Where the database fails.
pub async fn had_come_to(
    tx: &impl Records,
    property: &PropertyRow,
    told: Trail,
) -> Result<bool, CentralError> {
    if told.number == property.audit_head {
        return Ok(told.hash.0 == property.audit_hash);
    }
    Ok(told.number < property.audit_head
        && tx.trail_hash(property.id, told.number).await? == Some(told.hash))
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
    feed_begun(&tx, desk, pull, now).await?;
    tx.commit().await
}

/// The same within a transaction, which the caller ends.
///
/// # Errors
/// As [`begin_feed`].
pub async fn feed_begun(
    tx: &impl Records,
    desk: &DeskRow,
    pull: &Pull,
    now: Instant,
) -> Result<(), CentralError> {
    let property = tx.lock(desk.property).await?;
    if pull.after.epoch < property.feed_epoch {
        return Ok(());
    }
    tracing::warn!(
        property = property.id,
        "a desk has seen what is not here: restored from a copy"
    );
    let by = (desk.letters.as_str(), "system");
    go_on(tx, property, pull.after.epoch + 1, by, now).await
}

/// Whoever restored the database from a copy says so, before a desk finds it out by what it had seen. Gives the epoch in
/// which the feed goes on.
///
/// # Errors
/// Where there is no such property, or the database fails.
pub async fn restored(
    session: &mut Session,
    code: &str,
    now: Instant,
) -> Result<u32, CentralError> {
    let tx = session.begin().await?;
    let id = tx.property_id(code).await?;
    let property = tx.lock(id).await?;
    let epoch = property.feed_epoch + 1;
    go_on(&tx, property, epoch, ("", "centre"), now).await?;
    tx.commit().await?;
    Ok(epoch)
}

/// The feed goes on in that epoch.
async fn go_on(
    tx: &impl Records,
    mut property: PropertyRow,
    epoch: u32,
    (letters, actor): (&str, &str),
    now: Instant,
) -> Result<(), CentralError> {
    property.feed_epoch = epoch;
    property.feed_from = property.feed_head;
    let detail = epoch.to_string();
    let act = AuditRow {
        at: now,
        desk: letters,
        actor,
        what: "feed_begun",
        accepted: true,
        number: None,
        place: None,
        detail: Some(&detail),
    };
    tx.audit(&mut property, &act, Covered::default()).await?;
    tx.put_property(&property).await
}

/// A person declares a desk lost: its holds are let go, what is left of its rights goes back to the pool, and
/// its epoch ends. The property is locked, and its row is written by the caller. Gives how many rooms.
///
/// # Errors
/// Where the database fails.
pub async fn lose(
    tx: &impl Records,
    property: &mut PropertyRow,
    desk: &DeskRow,
    now: Instant,
) -> Result<u32, CentralError> {
    let freed = let_go::holds(tx, property, &desk.letters, now).await?;
    let why = (Cause::LostDesk(desk.holder.desk), now);
    let rooms = write_off(
        tx,
        property,
        (desk.holder.desk, 1..=desk.holder.epoch),
        &freed,
        why,
    )
    .await?;
    let Holder { desk, epoch } = desk.holder;
    tx.take_epochs_back(property.id, desk, epoch).await?;
    tx.lose_desk(property.id, desk, now).await?;
    Ok(rooms)
}

/// A person says that of a desk one copy is left: it has rights again once it is heard, and what the other one may
/// have had of earlier epochs is had by nobody. Gives how many rooms that was.
///
/// # Errors
/// Where the database fails.
pub async fn accept(
    tx: &impl Records,
    property: &PropertyRow,
    desk: &DeskRow,
    now: Instant,
) -> Result<u32, CentralError> {
    tx.accept_desk(property.id, desk.holder.desk.0).await?;
    let Holder { desk, epoch } = desk.holder;
    let why = (Cause::LostDesk(desk), now);
    let earlier = (desk, 1..=epoch - 1);
    let rooms = write_off(tx, property, earlier, &BTreeSet::new(), why).await?;
    tx.take_epochs_back(property.id, desk, epoch - 1).await?;
    Ok(rooms)
}

/// Takes back what is left of a desk's rights in some of its epochs, and settles those nights and some more.
/// Gives how many rooms.
///
/// # Errors
/// Where the database fails.
pub async fn write_off(
    tx: &impl Records,
    property: &PropertyRow,
    (desk, epochs): (DeskId, RangeInclusive<u32>),
    more: &BTreeSet<Night>,
    (cause, now): (Cause, Instant),
) -> Result<u32, CentralError> {
    let mut nights = tx
        .nights_with_rights(property.id, desk, *epochs.end())
        .await?;
    nights.extend(more.iter().map(|night| night.day_number()));
    nights.sort_unstable();
    nights.dedup();
    let counts = tx.counts(property.id, &nights).await?;
    let (mut rooms, mut changed) = (0, Vec::new());
    for (night, mut book) in tx.books(property.id, &nights).await? {
        let held: Vec<_> = book
            .rights()
            .filter(|(_, of, _)| of.desk == desk && epochs.contains(&of.epoch))
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
    tx.put_rights(property.id, &changed, property.granted.number)
        .await?;
    Ok(rooms)
}
