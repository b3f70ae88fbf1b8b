//! Whom an outage hits: the stays of nights on which fewer rooms are left than are promised.

use std::collections::BTreeSet;

use keyrack_inventory::{Instant, NightRange, OutageId};
use keyrack_store::{Reader, StoreError};

use crate::answers::OutageHit;
use crate::card;

/// Stays that are named; the others are counted.
const NAMED: usize = 50;

/// Who is hit; nothing where every promised room is there.
pub(crate) fn of(
    reader: &Reader<'_>,
    id: OutageId,
    now: Instant,
) -> Result<Option<OutageHit>, StoreError> {
    let Some(entry) = reader.outage(id)? else {
        return Ok(None);
    };
    let outage = entry.outage;
    if outage.service {
        return Ok(None);
    }
    let nights = NightRange::new(outage.from, outage.back_on);
    let short = reader.cells(outage.room_type, nights, now)?.into_iter();
    let short = short.map(|(night, cell)| (night, -cell.rooms_left()));
    let short: Vec<_> = short.filter(|(_, missing)| *missing > 0).collect();
    let Some((night, overbooked_by)) = short.iter().copied().reduce(worse) else {
        return Ok(None);
    };
    let mut known = BTreeSet::new();
    let mut found = Vec::new();
    for (night, _) in short {
        for (_, entry) in reader.stays_on(Some(outage.room_type), night)? {
            if known.insert((entry.reservation, entry.stay.stay)) {
                found.push(entry);
            }
        }
    }
    found.sort_by_key(|entry| (entry.stay.arrival, entry.number.count(), entry.stay.stay));
    let count = u32::try_from(found.len()).unwrap_or(u32::MAX);
    found.truncate(NAMED);
    Ok(Some(OutageHit {
        overbooked_by,
        night,
        count,
        stays: found.into_iter().map(card::sheet_row).collect(),
    }))
}

/// Of two nights the one that lacks more; of equals the earlier.
fn worse<N>(one: (N, i32), other: (N, i32)) -> (N, i32) {
    if other.1 > one.1 { other } else { one }
}

/// What a command about the outage is called: of rooms out of service, which can be sold, by words of its own.
pub(crate) fn kind<'a>(
    reader: &Reader<'_>,
    kind: &'a str,
    id: OutageId,
) -> Result<&'a str, StoreError> {
    let found = reader.outage(id)?;
    let service = found.is_some_and(|entry| entry.outage.service);
    Ok(match kind {
        "add_outage" if service => "add_service",
        "end_outage" if service => "end_service",
        kind => kind,
    })
}
