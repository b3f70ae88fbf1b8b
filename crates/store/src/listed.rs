//! What a reservation is listed by: columns that repeat what its number and its stays say.

use keyrack_inventory::Night;
use keyrack_inventory::model::Reservation;
use rusqlite::{Connection, params};

use crate::error::StoreError;

/// The columns that lists are found and sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub(crate) struct Listed {
    /// The count in the number.
    pub serial: u64,
    /// The price of all nights that are charged and have one, in minor units: none of a stay that was cancelled, or
    /// whose guest did not come.
    pub total: i64,
    /// The day number of the first arrival.
    pub first_arrival: i32,
    /// The day number of the last leaving.
    pub last_leaving: i32,
}

impl Listed {
    /// Those of a reservation.
    pub fn of(reservation: &Reservation) -> Self {
        let stays = &reservation.stays;
        let price = |stay: &keyrack_inventory::Stay| {
            stay.price.unwrap_or(0) * i64::from(stay.nights().len())
        };
        let charged = stays.iter().filter(|stay| stay.is_charged());
        let day = |night: Option<Night>| night.map_or(0, Night::day_number);
        Self {
            serial: reservation.number.count(),
            total: charged.map(price).sum(),
            first_arrival: day(stays.iter().map(|stay| stay.arrival).min()),
            last_leaving: day(stays.iter().map(|stay| stay.leaves_on()).max()),
        }
    }
}

/// Most steps change nothing that a reservation is listed by: then no index of the lists is written.
pub(crate) fn write_listed(
    connection: &Connection,
    reservation: &Reservation,
) -> Result<(), StoreError> {
    let listed = Listed::of(reservation);
    let mut statement = connection.prepare_cached(
        "UPDATE reservation SET total = ?2, first_arrival = ?3, last_leaving = ?4
         WHERE id = ?1 AND (total, first_arrival, last_leaving) IS NOT (?2, ?3, ?4)",
    )?;
    statement.execute(params![
        reservation.id.0.as_bytes(),
        listed.total,
        listed.first_arrival,
        listed.last_leaving,
    ])?;
    Ok(())
}
