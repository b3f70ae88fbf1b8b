//! What of a row no command changes: its number, and with what it was made. Only a row that is put right
//! can have another one, where the centre knows something else under the same id.

use keyrack_inventory::Allotment;
use keyrack_inventory::corrected::RowCorrected;
use keyrack_inventory::model::{Hold, Outage, Reservation};
use rusqlite::{Connection, params};

use super::{Listed, blob};
use crate::error::StoreError;

/// Writes it as the row that was put right has it, where there is a row.
pub(crate) fn write_identity(
    connection: &Connection,
    corrected: &RowCorrected,
) -> Result<(), StoreError> {
    match corrected {
        RowCorrected::Reservation { reservation } => of_reservation(connection, reservation),
        RowCorrected::Hold { hold } => of_hold(connection, hold),
        RowCorrected::Outage { outage } => of_outage(connection, outage),
        RowCorrected::Allotment { allotment } => of_allotment(connection, allotment),
        RowCorrected::Catalogue { .. }
        | RowCorrected::Cells { .. }
        | RowCorrected::House { .. } => Ok(()),
    }
}

/// Sets the number of a row aside, where it gets another one.
pub(crate) fn give_up_number(
    connection: &Connection,
    corrected: &RowCorrected,
) -> Result<(), StoreError> {
    let (sql, id, number) = match corrected {
        RowCorrected::Reservation { reservation: row } => (
            "UPDATE reservation SET number = '~' || hex(id) WHERE id = ?1 AND number <> ?2",
            row.id.0,
            &row.number,
        ),
        RowCorrected::Hold { hold: row } => (
            "UPDATE hold SET number = '~' || hex(id) WHERE id = ?1 AND number <> ?2",
            row.id.0,
            &row.number,
        ),
        RowCorrected::Outage { outage: row } => (
            "UPDATE outage SET number = '~' || hex(id) WHERE id = ?1 AND number <> ?2",
            row.id.0,
            &row.number,
        ),
        RowCorrected::Allotment { allotment: row } => (
            "UPDATE allotment SET number = '~' || hex(id) WHERE id = ?1 AND number <> ?2",
            row.id.0,
            &row.number,
        ),
        RowCorrected::Catalogue { .. }
        | RowCorrected::Cells { .. }
        | RowCorrected::House { .. } => return Ok(()),
    };
    connection
        .prepare_cached(sql)?
        .execute(params![id.as_bytes(), number.as_str()])?;
    Ok(())
}

fn of_allotment(connection: &Connection, row: &Allotment) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE allotment SET number = ?2 WHERE id = ?1")?
        .execute(params![row.id.0.as_bytes(), row.number.as_str()])?;
    Ok(())
}

/// A reservation's attributes, and the ids of what stood in its details before, as JSON, where there are any.
pub(super) fn documents(row: &Reservation) -> Result<(Option<String>, Option<String>), StoreError> {
    let attributes = &row.details.attributes;
    let attributes = (!attributes.is_empty()).then(|| serde_json::to_string(attributes));
    let replaced = (!row.replaced.is_empty()).then(|| serde_json::to_string(&row.replaced));
    let damaged = |error| StoreError::damaged("reservation", error);
    Ok((
        attributes.transpose().map_err(damaged)?,
        replaced.transpose().map_err(damaged)?,
    ))
}

pub(super) fn of_reservation(connection: &Connection, row: &Reservation) -> Result<(), StoreError> {
    let details = &row.details;
    let (attributes, replaced) = documents(row)?;
    let mut statement = connection.prepare_cached(
        "UPDATE reservation SET number = ?2, created_at = ?3, guest = ?4, source = ?5,
            external_number = ?6, adults = ?7, children = ?8, meal = ?9, guarantee = ?10, notes = ?11,
            attributes = ?12, serial = ?13, replaced = ?14 WHERE id = ?1",
    )?;
    statement.execute(params![
        row.id.0.as_bytes(),
        row.number.as_str(),
        row.created_at.millis(),
        blob(details.guest.as_ref().map(|guest| &guest.0)),
        details.source.as_ref().map(|token| token.as_str()),
        details.external_number.as_ref().map(|token| token.as_str()),
        details.adults,
        details.children,
        details.meal.as_ref().map(|token| token.as_str()),
        blob(details.guarantee.as_ref().map(|text| &text.0)),
        blob(details.notes.as_ref().map(|text| &text.0)),
        attributes,
        Listed::of(row).serial,
        replaced,
    ])?;
    Ok(())
}

fn of_hold(connection: &Connection, row: &Hold) -> Result<(), StoreError> {
    let mut statement =
        connection.prepare_cached("UPDATE hold SET number = ?2, reference = ?3 WHERE id = ?1")?;
    statement.execute(params![
        row.id.0.as_bytes(),
        row.number.as_str(),
        blob(row.reference.as_ref().map(|text| &text.0)),
    ])?;
    // They are written with the row.
    connection
        .prepare_cached("DELETE FROM hold_stay WHERE hold = ?1")?
        .execute([row.id.0.as_bytes()])?;
    Ok(())
}

fn of_outage(connection: &Connection, row: &Outage) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(
        "UPDATE outage SET number = ?2, room_type = ?3, from_night = ?4, rooms = ?5, service = ?6,
            reason = ?7, room = ?8 WHERE id = ?1",
    )?;
    statement.execute(params![
        row.id.0.as_bytes(),
        row.number.as_str(),
        row.room_type.as_str(),
        row.from.day_number(),
        row.rooms,
        row.service,
        blob(row.reason.as_ref().map(|text| &text.0)),
        row.room.as_ref().map(|room| room.as_str()),
    ])?;
    Ok(())
}
