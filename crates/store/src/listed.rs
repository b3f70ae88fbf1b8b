//! What a reservation is listed by: columns that repeat what its number and its stays say.

use keyrack_inventory::Night;
use keyrack_inventory::model::Reservation;

/// The columns that lists are found and sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub(crate) struct Listed {
    /// The count in the number.
    pub serial: u64,
    /// The price of all nights that have one, in minor units.
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
        let day = |night: Option<Night>| night.map_or(0, Night::day_number);
        Self {
            serial: reservation.number.count(),
            total: stays.iter().map(price).sum(),
            first_arrival: day(stays.iter().map(|stay| stay.arrival).min()),
            last_leaving: day(stays.iter().map(|stay| stay.leaves_on()).max()),
        }
    }
}
