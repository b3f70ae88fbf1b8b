//! Pull: the feed comes down in pages, and with the last one the grants.

use keyrack_inventory::Instant;
use keyrack_wire::{Cursor, EVENTS_AT_MOST, Fault, List, Page, Protocol, Pull, Rest};

use crate::error::CentralError;
use crate::ledger::{DeskRow, PropertyRow, Records, Session, named};
use crate::{epoch, grants};

/// A desk without any entry takes a snapshot where the feed is longer than this.
const SNAPSHOT_ABOVE: u64 = 2_000;

/// The page after the desk's cursor, out of one snapshot.
///
/// # Errors
/// A [`Fault`] that the desk is told, or a failure.
pub async fn pull(
    session: &mut Session,
    desk: &DeskRow,
    pull: &Pull,
    now: Instant,
) -> Result<Page, CentralError> {
    epoch::enter_by_pull(session, desk, pull, now).await?;
    let found = page(&session.snapshot().await?, desk, pull).await?;
    match found {
        Some(page) => Ok(page),
        None => {
            epoch::begin_feed(session, desk, pull, now).await?;
            let tx = session.snapshot().await?;
            Err(gone(&tx.property(desk.property).await?, 0))
        }
    }
}

/// That the cursor leads nowhere: the feed is in another epoch, or a snapshot is shorter.
pub fn gone(property: &PropertyRow, number: u64) -> CentralError {
    let epoch = property.feed_epoch;
    let from = Cursor { epoch, number };
    Fault::CursorGone { from }.into()
}

/// The page after the desk's cursor, as a transaction sees it; nothing where the desk has seen entries that
/// are not here.
///
/// # Errors
/// As [`pull`].
pub async fn page(
    tx: &impl Records,
    desk: &DeskRow,
    pull: &Pull,
) -> Result<Option<Page>, CentralError> {
    let property = tx.property(desk.property).await?;
    let desk = tx.desk(property.id, desk.holder.desk).await?;
    // Another copy of it may have begun an epoch since this one was let in: its share is that copy's.
    if pull.holder.epoch != desk.holder.epoch {
        return Err(Fault::EpochOver {
            current: desk.holder.epoch,
        }
        .into());
    }
    let after = pull.after;
    if after.epoch < property.feed_epoch {
        return Err(gone(&property, 0));
    }
    let chain = tx.chain(property.id, after.number).await?;
    let same = match (pull.chain, chain) {
        (Some(there), Some(here)) => there == here,
        _ => true,
    };
    let forgot = match pull.trail {
        Some(told) => !epoch::had_come_to(tx, &property, told).await?,
        None => false,
    };
    let granted_else = match pull.granted {
        Some(told) => !grants::had_come_to(tx, &property, told).await?,
        None => false,
    };
    let is_behind = after.epoch > property.feed_epoch || after.number > property.feed_head;
    if is_behind || !same || forgot || granted_else {
        // Only who names what it has seen is believed.
        return match pull.chain {
            None if !forgot && !granted_else => Err(gone(&property, 0)),
            _ => Ok(None),
        };
    }
    if after.number == 0 && property.feed_head > SNAPSHOT_ABOVE && property.catalogue.is_some() {
        return Err(gone(&property, property.feed_head));
    }
    // A history that still comes in is nobody's to read.
    let is_open = property.catalogue.is_some();
    let entries = if is_open {
        tx.entries_after(property.id, after.number, EVENTS_AT_MOST)
            .await?
    } else {
        Vec::new()
    };
    let ids = named(&entries);
    let number = entries.last().map_or(after.number, |entry| entry.number);
    let is_last = !is_open || number == property.feed_head;
    let rest = if is_last {
        let told = pull.granted.map_or(0, |told| told.number);
        Some(rest(tx, &property, &desk, told).await?)
    } else {
        None
    };
    let too_many = |error| CentralError::damaged("entry", error);
    Ok(Some(Page {
        protocol: Protocol,
        guests: List::try_from(tx.guests(property.id, &ids).await?).map_err(too_many)?,
        texts: List::try_from(tx.texts(property.id, &ids).await?).map_err(too_many)?,
        erased: List::try_from(tx.erased_since(property.id, after.number).await?)
            .map_err(too_many)?,
        entries: List::try_from(entries).map_err(too_many)?,
        cursor: Cursor {
            epoch: property.feed_epoch,
            number,
        },
        chain: match number == after.number {
            true => chain,
            false => tx.chain(property.id, number).await?,
        },
        rest,
    }))
}

async fn rest(
    tx: &impl Records,
    property: &PropertyRow,
    desk: &DeskRow,
    told: u64,
) -> Result<Rest, CentralError> {
    let grants = match &property.catalogue {
        Some(catalogue) => {
            let from = catalogue.property.business_date;
            tx.grants_since(property.id, desk.holder, told, from)
                .await?
        }
        None => Vec::new(),
    };
    Ok(Rest {
        grants: List::try_from(grants).map_err(|error| CentralError::damaged("share", error))?,
        granted: property.granted,
        acked_seq: desk.last_seq,
        trail: property.trail(),
    })
}

/// When a desk was heard is noted no more often than this, in milliseconds.
const NOTED_EVERY_MS: i64 = 5_000;

/// Notes that the desk was heard, whether it has anything left to send, and how far it has followed the feed.
///
/// # Errors
/// Where the database fails.
pub async fn seen(
    session: &mut Session,
    desk: &DeskRow,
    pull: &Pull,
    now: Instant,
) -> Result<(), CentralError> {
    let known = desk.seen_at.map_or(0, Instant::millis);
    let rests = pull.waiting == 0;
    let same = rests == desk.rested_at.is_some();
    if same && (0..NOTED_EVERY_MS).contains(&(now.millis() - known)) {
        return Ok(());
    }
    let tx = session.begin().await?;
    tx.desk_seen(desk, pull, now).await?;
    tx.commit().await
}
