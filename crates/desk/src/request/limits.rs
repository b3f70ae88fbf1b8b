//! Limits and conditions over nights, within their bounds.

use keyrack_inventory::Command as Domain;
use keyrack_inventory::restriction::RestrictionChange;
use keyrack_words::Words;

use crate::api::NewLimits;
use crate::error::DeskError;

/// Rooms that may exist or be sold beyond the house.
pub(super) const MOST_ROOMS: i32 = 1_000_000;

pub(super) fn set(new: &NewLimits) -> Result<Domain, DeskError> {
    Ok(Domain::SetLimits {
        room_type: new.room_type,
        from: new.from,
        to: new.to,
        overbooking: bounded("what-overbooking", new.overbooking, -MOST_ROOMS)?,
        no_overbooking: taken_away(new)?,
        physical: bounded("what-physical", new.physical, 0)?,
        restrictions: RestrictionChange {
            stop_sell: new.stop_sell,
            closed_to_arrival: new.closed_to_arrival,
            closed_to_departure: new.closed_to_departure,
            min_stay: new.min_stay,
            max_stay: new.max_stay,
        },
    })
}

/// Whether the house's own limit is taken away; a type always has one.
fn taken_away(new: &NewLimits) -> Result<bool, DeskError> {
    let taken = new.no_overbooking == Some(true);
    if taken && (new.room_type.is_some() || new.overbooking.is_some()) {
        return Err(DeskError::said(Words::here().say("bad-house-limit")));
    }
    Ok(taken)
}

pub(super) fn bounded(
    what: &str,
    value: Option<i32>,
    least: i32,
) -> Result<Option<i32>, DeskError> {
    match value {
        Some(rooms) if !(least..=MOST_ROOMS).contains(&rooms) => {
            let range = Words::here().say("bad-rooms-range").of(what);
            Err(DeskError::said(
                range.with("least", least).with("most", MOST_ROOMS),
            ))
        }
        other => Ok(other),
    }
}
