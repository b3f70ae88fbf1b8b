//! Allotments.

use keyrack_inventory::Allotment;
use rusqlite::{Connection, params};

use super::blob;
use crate::error::StoreError;

/// Writes the allotment with its blocks, and its nights anew.
pub(super) fn write_allotment(
    connection: &Connection,
    allotment: &Allotment,
) -> Result<(), StoreError> {
    let id = allotment.id.0;
    let terms = &allotment.terms;
    let mut statement = connection.prepare_cached(
        "INSERT INTO allotment (id, number, version, name, kind, status, cut_off, shoulder)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
         ON CONFLICT (id) DO UPDATE SET number = ?2, version = ?3, status = ?6, cut_off = ?7, shoulder = ?8",
    )?;
    statement.execute(params![
        id.as_bytes(),
        allotment.number.as_str(),
        allotment.version,
        blob(allotment.name.as_ref().map(|text| &text.0)),
        allotment.kind.as_str(),
        allotment.status.as_str(),
        terms.cut_off.map(|night| night.day_number()),
        terms.shoulder,
    ])?;
    for sql in [
        "DELETE FROM allotment_block WHERE allotment = ?1",
        "DELETE FROM allotment_night WHERE allotment = ?1",
    ] {
        connection.prepare_cached(sql)?.execute([id.as_bytes()])?;
    }
    for (position, block) in terms.blocks.iter().enumerate() {
        let mut statement = connection.prepare_cached(
            "INSERT INTO allotment_block (allotment, position, room_type, arrival, departure, rooms)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?;
        statement.execute(params![
            id.as_bytes(),
            position,
            block.room_type.as_str(),
            block.arrival.day_number(),
            block.departure.day_number(),
            block.rooms,
        ])?;
    }
    let mut nights = terms.totals();
    for key in allotment.picked_up.keys() {
        nights.entry(*key).or_default();
    }
    for ((code, night), total) in nights {
        let mut statement = connection.prepare_cached(
            "INSERT INTO allotment_night (allotment, room_type, night, total, picked_up)
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        let picked = allotment.picked(code, night);
        let night = night.day_number();
        statement.execute(params![id.as_bytes(), code.as_str(), night, total, picked])?;
    }
    Ok(())
}
