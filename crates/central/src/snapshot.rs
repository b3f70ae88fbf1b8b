//! A snapshot: everything of a property at one place of its feed, for a desk whose cursor is not kept.

use keyrack_inventory::Instant;
use keyrack_inventory::corrected::{CellRow, HouseRow};
use keyrack_wire::{Fault, List, Protocol, Pull, Snapshot};

use crate::error::CentralError;
use crate::ledger::{DeskRow, Records, Session};

/// How far back a desk is told which of its commands are answered, in milliseconds: twice as far as it may send
/// them again.
const LATELY_MS: i64 = 70 * 86_400_000;

/// Everything, out of one state of the database.
///
/// # Errors
/// A [`Fault`] that the desk is told, or a failure.
pub async fn snapshot(
    session: &mut Session,
    desk: &DeskRow,
    asked: &Pull,
    now: Instant,
) -> Result<Snapshot, CentralError> {
    everything(&session.snapshot().await?, desk, asked, now).await
}

/// The same as a transaction sees it.
///
/// # Errors
/// As [`snapshot`].
pub async fn everything(
    tx: &impl Records,
    desk: &DeskRow,
    asked: &Pull,
    now: Instant,
) -> Result<Snapshot, CentralError> {
    let property = tx.property(desk.property).await?;
    let desk = tx.desk(property.id, desk.holder.desk).await?;
    if asked.holder.desk != desk.holder.desk {
        return Err(Fault::Unauthorised {}.into());
    }
    let Some(catalogue) = property.catalogue.as_deref() else {
        return Err(Fault::Busy {}.into());
    };
    let since = Instant::from_millis(now.millis() - LATELY_MS);
    let answered = tx.answered_since(property.id, desk.holder.desk, since);
    let (stored, refused) = answered.await?;
    let whole = tx.whole(property.id).await?;
    let cells = whole.cells.into_iter();
    let cells = cells.map(|((room_type, night), cell)| CellRow {
        room_type,
        night,
        cell,
    });
    let house = whole.limits.into_iter();
    let house = house.map(|(night, limit)| HouseRow { night, limit });
    let (guests, texts) = tx.people(property.id).await?;
    let too_many = |error| CentralError::damaged("snapshot", error);
    Ok(Snapshot {
        protocol: Protocol,
        cursor: property.cursor(),
        chain: tx.chain(property.id, property.feed_head).await?,
        // A centre that was restored may have gone on from the copy before a desk found it out.
        began: Some(property.feed_from.min(desk.followed)),
        day_ended: tx.day_ended(property.id).await?,
        holder: desk.holder,
        acked_seq: desk.last_seq,
        stored: list(stored.into_iter())?,
        refused: list(refused.into_iter())?,
        catalogue: catalogue.clone(),
        cells: List::try_from(cells.collect::<Vec<_>>()).map_err(too_many)?,
        house: List::try_from(house.collect::<Vec<_>>()).map_err(too_many)?,
        reservations: list(whole.reservations.into_values())?,
        holds: list(whole.holds.into_values())?,
        outages: list(whole.outages.into_values())?,
        allotments: list(whole.allotments.into_values())?,
        guests: list(guests.into_iter())?,
        texts: list(texts.into_iter())?,
        erased: list(tx.erased_since(property.id, 0).await?.into_iter())?,
    })
}

fn list<T, const MOST: usize>(
    rows: impl Iterator<Item = T>,
) -> Result<List<T, MOST>, CentralError> {
    let rows: Vec<T> = rows.collect();
    List::try_from(rows).map_err(|error| CentralError::damaged("snapshot", error))
}
