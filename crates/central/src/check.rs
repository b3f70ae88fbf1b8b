//! Check: what the rows of a property come to, and what the desk that asks has for rights, for it to compare them with
//! its own.

use keyrack_wire::{Checked, Cursor, List, Protocol, RowDigest};

use crate::error::CentralError;
use crate::ledger::{DeskRow, Session};

/// The rows of the desk's property, out of one snapshot.
///
/// # Errors
/// Where the database fails.
pub async fn check(session: &mut Session, desk: &DeskRow) -> Result<Checked, CentralError> {
    let tx = session.snapshot().await?;
    let property = tx.property(desk.property).await?;
    let whole = tx.whole(property.id).await?;
    let mut rows = Vec::new();
    let cells = whole.cells.iter();
    rows.extend(cells.map(|((code, night), cell)| RowDigest::cell(*code, *night, cell)));
    let limits = whole.limits.iter();
    rows.extend(limits.map(|(night, limit)| RowDigest::house(*night, limit)));
    rows.extend(whole.reservations.values().map(RowDigest::reservation));
    rows.extend(whole.holds.values().map(RowDigest::hold));
    rows.extend(whole.outages.values().map(RowDigest::outage));
    rows.extend(whole.allotments.values().map(RowDigest::allotment));
    let rights = match &property.catalogue {
        Some(catalogue) => {
            let from = catalogue.property.business_date;
            let desk = tx.desk(property.id, desk.holder.desk).await?;
            tx.rights_of(property.id, desk.holder, Some(from)).await?
        }
        None => Vec::new(),
    };
    Ok(Checked {
        protocol: Protocol,
        cursor: Cursor {
            epoch: property.feed_epoch,
            number: property.feed_head,
        },
        rows: List::try_from(rows).map_err(|error| CentralError::damaged("rows", error))?,
        granted: property.granted,
        rights: List::try_from(rights).map_err(|error| CentralError::damaged("share", error))?,
    })
}
