//! Holds and outages.

use keyrack_inventory::Touched;
use keyrack_inventory::model::{Hold, Outage};
use rusqlite::{Connection, params};

use super::blob;
use crate::error::StoreError;

/// Notes which events a hold and an outage went through.
pub(super) fn write_history(
    connection: &Connection,
    touched: &Touched,
    event: i64,
) -> Result<(), StoreError> {
    if let Some(id) = touched.hold {
        let sql = "INSERT INTO hold_event (hold, event) VALUES (?1, ?2)";
        connection
            .prepare_cached(sql)?
            .execute(params![id.0.as_bytes(), event])?;
    }
    if let Some(id) = touched.outage {
        let sql = "INSERT INTO outage_event (outage, event) VALUES (?1, ?2)";
        connection
            .prepare_cached(sql)?
            .execute(params![id.0.as_bytes(), event])?;
    }
    Ok(())
}

pub(super) fn write_hold(connection: &Connection, hold: &Hold) -> Result<(), StoreError> {
    let id = hold.id.0;
    let mut statement = connection.prepare_cached(
        "INSERT INTO hold (id, number, version, status, expires_at, reference)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (id) DO UPDATE SET number = ?2, version = ?3, status = ?4, expires_at = ?5",
    )?;
    statement.execute(params![
        id.as_bytes(),
        hold.number.as_str(),
        hold.version,
        hold.status.as_str(),
        hold.expires_at.millis(),
        blob(hold.reference.as_ref().map(|text| &text.0)),
    ])?;
    for (position, stay) in hold.stays.iter().enumerate() {
        let mut statement = connection.prepare_cached(
            "INSERT INTO hold_stay (hold, position, room_type, arrival, departure, rooms)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING",
        )?;
        statement.execute(params![
            id.as_bytes(),
            position,
            stay.room_type.as_str(),
            stay.arrival.day_number(),
            stay.departure.day_number(),
            stay.rooms,
        ])?;
    }
    Ok(())
}

pub(super) fn write_outage(connection: &Connection, outage: &Outage) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO outage (id, number, room_type, from_night, back_on, rooms, service, reason, room)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
         ON CONFLICT (id) DO UPDATE SET number = ?2, back_on = ?5",
    )?;
    statement.execute(params![
        outage.id.0.as_bytes(),
        outage.number.as_str(),
        outage.room_type.as_str(),
        outage.from.day_number(),
        outage.back_on.day_number(),
        outage.rooms,
        outage.service,
        blob(outage.reason.as_ref().map(|text| &text.0)),
        outage.room.as_ref().map(|room| room.as_str()),
    ])?;
    Ok(())
}
