//! Writes stays, and the rooms that guests are in.

use keyrack_inventory::model::Reservation;
use keyrack_inventory::{Night, ReservationId, RoomTypeCode, State, Stay, StayStatus};
use rusqlite::{Connection, params};
use uuid::Uuid;

use super::{Changes, blob};
use crate::error::StoreError;

impl Changes {
    /// Where somebody is in a room in which another one was before: everybody leaves his before it is taken.
    pub(super) fn leave_rooms(
        &self,
        connection: &Connection,
        state: &State,
    ) -> Result<(), StoreError> {
        let takes = |(id, number): &(ReservationId, u16)| {
            let reservation = state.loaded_reservation(*id);
            let stay = reservation.and_then(|reservation| reservation.stay(*number));
            stay.is_some_and(|stay| stay.status == StayStatus::CheckedIn && stay.room.is_some())
        };
        if self.stays.len() < 2 || !self.stays.iter().any(takes) {
            return Ok(());
        }
        let mut statement = connection.prepare_cached(
            "UPDATE stay SET room = NULL
             WHERE reservation = ?1 AND stay = ?2 AND status = 'checked_in' AND room IS NOT NULL",
        )?;
        for (id, number) in &self.stays {
            statement.execute(params![id.0.as_bytes(), number])?;
        }
        Ok(())
    }
}

pub(super) fn write_stay(
    connection: &Connection,
    reservation: &Reservation,
    number: u16,
    moved_nights: bool,
) -> Result<(), StoreError> {
    let id = reservation.id.0;
    if moved_nights && reservation.version > 1 {
        let mut statement = connection
            .prepare_cached("DELETE FROM moved_night WHERE reservation = ?1 AND stay = ?2")?;
        statement.execute(params![id.as_bytes(), number])?;
    }
    let Some(stay) = reservation.stay(number) else {
        let mut statement =
            connection.prepare_cached("DELETE FROM stay WHERE reservation = ?1 AND stay = ?2")?;
        statement.execute(params![id.as_bytes(), number])?;
        return Ok(());
    };
    insert_stay(connection, id, stay)?;
    for moved in &stay.moved {
        let mut statement = connection.prepare_cached(
            "INSERT INTO moved_night (reservation, stay, night, room_type) VALUES (?1, ?2, ?3, ?4)",
        )?;
        let (night, code) = (moved.night.day_number(), moved.room_type);
        statement.execute(params![id.as_bytes(), number, night, code.as_str()])?;
    }
    Ok(())
}

fn insert_stay(connection: &Connection, reservation: Uuid, stay: &Stay) -> Result<(), StoreError> {
    let day = |night: Option<Night>| night.map(Night::day_number);
    let mut statement = connection.prepare_cached(
        "INSERT INTO stay (reservation, stay, room_type, arrival, departure, leaves_on, status,
            status_before, checked_in_on, checked_out_on, freed_from, assigned, room, price,
            option_until, takes_none, kept_on, allotment, cost, ending, kept_from)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21)
         ON CONFLICT (reservation, stay) DO UPDATE SET room_type = ?3, arrival = ?4, departure = ?5, leaves_on = ?6,
            status = ?7, status_before = ?8, checked_in_on = ?9, checked_out_on = ?10,
            freed_from = ?11, assigned = ?12, room = ?13, price = ?14, option_until = ?15,
            takes_none = ?16, kept_on = ?17, allotment = ?18, cost = ?19,
            ending = ?20, kept_from = ?21",
    )?;
    let ending = (!stay.ending.is_plain()).then(|| serde_json::to_string(&stay.ending));
    let ending = ending
        .transpose()
        .map_err(|error| StoreError::damaged("stay", error))?;
    statement.execute(params![
        reservation.as_bytes(),
        stay.stay,
        stay.room_type.as_str(),
        stay.arrival.day_number(),
        stay.departure.day_number(),
        stay.leaves_on().day_number(),
        stay.status.as_str(),
        stay.before.map(|status| status.as_str()),
        day(stay.checked_in_on),
        day(stay.checked_out_on),
        day(stay.freed_from),
        stay.assigned.as_ref().map(RoomTypeCode::as_str),
        stay.room.as_ref().map(|room| room.as_str()),
        stay.price,
        day(stay.option_until),
        stay.takes_none,
        day(stay.kept_on),
        blob(stay.allotment.as_ref().map(|allotment| &allotment.0)),
        stay.cost,
        ending,
        day(stay.kept_from),
    ])?;
    Ok(())
}
