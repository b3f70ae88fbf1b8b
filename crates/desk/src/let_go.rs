//! What a booking from a hold lets go: rooms that were held and that its stays do not take.

use std::collections::BTreeMap;

use keyrack_inventory::{HoldId, Instant, Night, Reference, RoomTypeCode};
use keyrack_store::{Reader, StoreError};

use crate::api::StayRequest;

/// The hold's number and what of it goes back to the house; nothing where all was taken.
pub(crate) fn of(
    reader: &Reader<'_>,
    hold: &Reference<HoldId>,
    stays: &[StayRequest],
    now: Instant,
) -> Result<Option<(String, Vec<StayRequest>)>, StoreError> {
    let id = match hold {
        Reference::Id(id) => Some(*id),
        Reference::Number(number) => reader.hold_named(number)?,
    };
    let Some(id) = id else { return Ok(None) };
    let Some(entry) = reader.hold(id, now)? else {
        return Ok(None);
    };
    let mut left: BTreeMap<(RoomTypeCode, Night), i64> = BTreeMap::new();
    for stay in &entry.hold.stays {
        for night in stay.nights().iter() {
            *left.entry((stay.room_type, night)).or_default() += i64::from(stay.rooms);
        }
    }
    for stay in stays {
        for night in keyrack_inventory::NightRange::new(stay.arrival, stay.departure).iter() {
            *left.entry((stay.room_type, night)).or_default() -= i64::from(stay.rooms);
        }
    }
    let left = runs(left);
    Ok((!left.is_empty()).then(|| (entry.hold.number.to_string(), left)))
}

/// One line for each run of nights with equally many rooms.
fn runs(left: BTreeMap<(RoomTypeCode, Night), i64>) -> Vec<StayRequest> {
    let mut runs: Vec<StayRequest> = Vec::new();
    for ((room_type, night), rooms) in left {
        let Some(rooms) = u32::try_from(rooms).ok().filter(|rooms| *rooms > 0) else {
            continue;
        };
        match runs.last_mut() {
            Some(run) if (run.room_type, run.departure, run.rooms) == (room_type, night, rooms) => {
                run.departure = night.plus(1);
            }
            _ => runs.push(StayRequest {
                room_type,
                arrival: night,
                departure: night.plus(1),
                rooms,
            }),
        }
    }
    runs
}
