//! What uses a type beyond a night.

use keyrack_inventory::ids::CommandId;
use keyrack_inventory::model::Outage;
use keyrack_inventory::state::UsedBy;
use keyrack_inventory::{Event, Night, NightRange, RoomTypeCode};
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use super::{LONGEST_STAY, load_past};
use crate::error::StoreError;
use crate::rows::{OUTAGE, outage};

/// The outages that put rooms of the type out of service on some night of the range.
pub(super) fn load_out_of_service(
    connection: &Connection,
    code: RoomTypeCode,
    nights: NightRange,
) -> Result<Vec<Outage>, StoreError> {
    let sql = format!(
        "SELECT {OUTAGE} FROM outage
         WHERE room_type = ?1 AND back_on > ?2 AND from_night < ?3 AND from_night < back_on AND service"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(params![
        code.as_str(),
        nights.from.day_number(),
        nights.to.day_number()
    ])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(outage(row)?);
    }
    Ok(found)
}

/// The events of the command that retired the type last. Looked for from the log's end.
pub(super) fn load_retirement(
    connection: &Connection,
    code: RoomTypeCode,
) -> Result<Option<Vec<Event>>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT command.id FROM event JOIN command ON command.seq = event.command
         WHERE event.type = 'room_type_changed' AND event.payload ->> '$.after.code' = ?1
           AND event.payload ->> '$.after.life.status' = 'retired'
           AND event.payload ->> '$.before.life.status' <> 'retired'
         ORDER BY event.seq DESC LIMIT 1",
    )?;
    let found: Option<[u8; 16]> = statement
        .query_row([code.as_str()], |row| row.get(0))
        .optional()?;
    let Some(bytes) = found else {
        return Ok(None);
    };
    let past = load_past(connection, CommandId(Uuid::from_bytes(bytes)))?;
    Ok(past.map(|past| past.events))
}

pub(super) fn load_uses(
    connection: &Connection,
    code: RoomTypeCode,
    from: Night,
) -> Result<UsedBy, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT r.number FROM stay AS s JOIN reservation AS r ON r.id = s.reservation
         WHERE s.room_type = ?1 AND s.arrival > ?2 - ?3 AND s.leaves_on > ?2
           AND s.status IN ('tentative', 'confirmed', 'checked_in', 'checked_out')
           AND NOT (s.status = 'tentative' AND s.takes_none)
         UNION SELECT r.number FROM moved_night AS m JOIN reservation AS r ON r.id = m.reservation
         WHERE m.room_type = ?1 AND m.night >= ?2
         UNION SELECT h.number FROM hold AS h JOIN hold_stay AS hs ON hs.hold = h.id
         WHERE h.status = 'active' AND hs.room_type = ?1 AND hs.departure > ?2
         UNION SELECT number FROM outage
         WHERE room_type = ?1 AND back_on > ?2 AND back_on > from_night
         UNION SELECT a.number FROM allotment_night AS n JOIN allotment AS a ON a.id = n.allotment
         WHERE n.room_type = ?1 AND n.night >= ?2 AND n.total > 0 AND a.status = 'open'
         ORDER BY 1",
    )?;
    let rows = statement.query_map(
        params![code.as_str(), from.day_number(), LONGEST_STAY],
        |row| row.get::<_, String>(0),
    )?;
    let mut numbers = rows.collect::<Result<Vec<_>, _>>()?;
    let count = numbers.len() as u64;
    numbers.truncate(20);
    Ok(UsedBy { numbers, count })
}
