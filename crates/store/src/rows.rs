//! Between rows and the domain's types.

use std::collections::BTreeMap;

use keyrack_inventory::allotment::{Allotment, AllotmentKind, AllotmentStatus, Terms};
use keyrack_inventory::ids::{AllotmentId, CommandId, HoldId, OutageId, ReservationId};
use keyrack_inventory::model::{
    BookingDetails, Hold, HoldStatus, Outage, Reservation, StayRequest,
};
use keyrack_inventory::stay::{Ending, MovedNight, Stay, StayStatus};
use keyrack_inventory::{
    Cell, GuestId, HouseLimit, Instant, Night, Restrictions, RoomTypeCode, TextId,
};
use rusqlite::{Connection, OptionalExtension, Row, params};
use uuid::Uuid;

use crate::error::StoreError;

pub(crate) fn uuid(row: &Row<'_>, at: usize) -> Result<Uuid, StoreError> {
    let bytes = row.get_ref(at)?.as_blob().map_err(rusqlite::Error::from)?;
    Uuid::from_slice(bytes).map_err(|error| StoreError::damaged("an id", error))
}

pub(crate) fn uuid_or_none(row: &Row<'_>, at: usize) -> Result<Option<Uuid>, StoreError> {
    let bytes = row
        .get_ref(at)?
        .as_blob_or_null()
        .map_err(rusqlite::Error::from)?;
    let parsed = bytes.map(Uuid::from_slice).transpose();
    parsed.map_err(|error| StoreError::damaged("an id", error))
}

pub(crate) fn night(day: i32) -> Result<Night, StoreError> {
    Night::from_day_number(day).ok_or_else(|| StoreError::damaged("a night", day))
}

pub(crate) fn night_at(row: &Row<'_>, at: usize) -> Result<Night, StoreError> {
    night(row.get(at)?)
}

pub(crate) fn night_or_none(row: &Row<'_>, at: usize) -> Result<Option<Night>, StoreError> {
    row.get::<_, Option<i32>>(at)?.map(night).transpose()
}

/// A text column that parses into one of the domain's bounded texts.
pub(crate) fn parsed<T: std::str::FromStr>(
    row: &Row<'_>,
    at: usize,
    table: &'static str,
) -> Result<T, StoreError>
where
    T::Err: std::fmt::Display,
{
    let text = row.get_ref(at)?.as_str().map_err(rusqlite::Error::from)?;
    text.parse()
        .map_err(|error| StoreError::damaged(table, error))
}

pub(crate) fn parsed_or_none<T: std::str::FromStr>(
    row: &Row<'_>,
    at: usize,
    table: &'static str,
) -> Result<Option<T>, StoreError>
where
    T::Err: std::fmt::Display,
{
    let text = row
        .get_ref(at)?
        .as_str_or_null()
        .map_err(rusqlite::Error::from)?;
    text.map(str::parse)
        .transpose()
        .map_err(|error: T::Err| StoreError::damaged(table, error))
}

/// The columns of a cell beside its key, in the order of [`cell`].
pub(crate) const CELL: &str =
    "physical, out_of_order, sold, held, blocked, overbooking, restrictions, version";

pub(crate) fn cell(row: &Row<'_>, first: usize) -> rusqlite::Result<Cell> {
    Ok(Cell {
        physical: row.get(first)?,
        out_of_order: row.get(first + 1)?,
        sold: row.get(first + 2)?,
        held: row.get(first + 3)?,
        blocked: row.get(first + 4)?,
        overbooking: row.get(first + 5)?,
        restrictions: Restrictions::from_bits(row.get(first + 6)?),
        version: row.get(first + 7)?,
    })
}

/// The columns of a house limit, its night first, in the order of [`house_limit`].
pub(crate) const HOUSE_LIMIT: &str = "night, overbooking, restrictions, version";

pub(crate) fn house_limit(row: &Row<'_>) -> Result<(Night, HouseLimit), StoreError> {
    let limit = HouseLimit {
        overbooking: row.get(1)?,
        restrictions: Restrictions::from_bits(row.get(2)?),
        version: row.get(3)?,
    };
    Ok((night_at(row, 0)?, limit))
}

/// The columns of a stay, in the order of [`stay`].
pub(crate) const STAY: &str = "stay, room_type, arrival, departure, status, status_before, \
     checked_in_on, checked_out_on, freed_from, assigned, room, price, option_until, takes_none, \
     kept_on, allotment, cost, ending, kept_from";

/// Reads a stay without its moved nights.
pub(crate) fn stay(row: &Row<'_>, first: usize) -> Result<Stay, StoreError> {
    let status = |at: usize| -> Result<Option<StayStatus>, StoreError> {
        let word = row
            .get_ref(at)?
            .as_str_or_null()
            .map_err(rusqlite::Error::from)?;
        let known =
            |word| StayStatus::from_word(word).ok_or_else(|| StoreError::damaged("stay", word));
        word.map(known).transpose()
    };
    Ok(Stay {
        stay: row.get(first)?,
        room_type: parsed(row, first + 1, "stay")?,
        arrival: night_at(row, first + 2)?,
        departure: night_at(row, first + 3)?,
        status: status(first + 4)?.ok_or_else(|| StoreError::damaged("stay", "no status"))?,
        before: status(first + 5)?,
        checked_in_on: night_or_none(row, first + 6)?,
        checked_out_on: night_or_none(row, first + 7)?,
        freed_from: night_or_none(row, first + 8)?,
        assigned: parsed_or_none(row, first + 9, "stay")?,
        room: parsed_or_none(row, first + 10, "stay")?,
        price: row.get(first + 11)?,
        option_until: night_or_none(row, first + 12)?,
        takes_none: row.get(first + 13)?,
        kept_on: night_or_none(row, first + 14)?,
        allotment: uuid_or_none(row, first + 15)?.map(AllotmentId),
        cost: row.get(first + 16)?,
        ending: ending(row, first + 17)?,
        kept_from: night_or_none(row, first + 18)?,
        moved: Vec::new(),
    })
}

fn ending(row: &Row<'_>, at: usize) -> Result<Ending, StoreError> {
    let text: Option<String> = row.get(at)?;
    let read = text.map(|text| serde_json::from_str(&text)).transpose();
    let read = read.map_err(|error| StoreError::damaged("stay", error))?;
    Ok(read.unwrap_or_default())
}

/// The columns of a reservation, in the order of [`reservation`].
pub(crate) const RESERVATION: &str = "id, number, version, created_at, guest, source, \
     external_number, adults, children, meal, guarantee, notes, attributes, replaced";

/// Reads a reservation without its stays.
pub(crate) fn reservation(row: &Row<'_>) -> Result<Reservation, StoreError> {
    const TABLE: &str = "reservation";
    let attributes = document(row, 12)?;
    let replaced = document(row, 13)?;
    Ok(Reservation {
        id: ReservationId(uuid(row, 0)?),
        number: parsed(row, 1, TABLE)?,
        version: row.get(2)?,
        created_at: Instant::from_millis(row.get(3)?),
        details: BookingDetails {
            guest: uuid_or_none(row, 4)?.map(GuestId),
            source: parsed_or_none(row, 5, TABLE)?,
            external_number: parsed_or_none(row, 6, TABLE)?,
            adults: row.get(7)?,
            children: row.get(8)?,
            meal: parsed_or_none(row, 9, TABLE)?,
            guarantee: uuid_or_none(row, 10)?.map(TextId),
            notes: uuid_or_none(row, 11)?.map(TextId),
            attributes: attributes.unwrap_or_default(),
        },
        replaced: replaced.unwrap_or_default(),
        stays: Vec::new(),
    })
}

/// What stands in a reservation's column as JSON, where there is anything.
fn document<T: serde::de::DeserializeOwned>(
    row: &Row<'_>,
    at: usize,
) -> Result<Option<T>, StoreError> {
    let text = row.get_ref(at)?.as_str_or_null();
    let text = text.map_err(rusqlite::Error::from)?;
    let read = text.map(serde_json::from_str).transpose();
    read.map_err(|error| StoreError::damaged("reservation", error))
}

/// A reservation with its stays, by id.
pub(crate) fn load_reservation(
    connection: &Connection,
    id: ReservationId,
) -> Result<Option<Reservation>, StoreError> {
    let sql = format!("SELECT {RESERVATION} FROM reservation WHERE id = ?1");
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(params![id.0.as_bytes()])?;
    let Some(row) = rows.next()? else {
        return Ok(None);
    };
    let mut found = reservation(row)?;
    let sql = format!("SELECT {STAY} FROM stay WHERE reservation = ?1 ORDER BY stay");
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(params![id.0.as_bytes()])?;
    while let Some(row) = rows.next()? {
        found.stays.push(stay(row, 0)?);
    }
    for (number, moved) in load_moved(connection, id)? {
        if let Some(stay) = found.stays.iter_mut().find(|stay| stay.stay == number) {
            stay.moved.push(moved);
        }
    }
    Ok(Some(found))
}

fn load_moved(
    connection: &Connection,
    id: ReservationId,
) -> Result<Vec<(u16, MovedNight)>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT stay, night, room_type FROM moved_night WHERE reservation = ?1 ORDER BY stay, night",
    )?;
    let mut rows = statement.query(params![id.0.as_bytes()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let room_type: RoomTypeCode = parsed(row, 2, "moved_night")?;
        found.push((
            row.get(0)?,
            MovedNight {
                night: night_at(row, 1)?,
                room_type,
            },
        ));
    }
    Ok(found)
}

/// The columns of a hold, of a table called `h`, in the order of [`hold`].
pub(crate) const HOLD: &str = "h.id, h.number, h.version, h.status, h.expires_at, h.reference";
/// How many they are.
pub(crate) const HOLD_COLUMNS: usize = 6;

/// Reads a hold without what it keeps.
pub(crate) fn hold(row: &Row<'_>) -> Result<Hold, StoreError> {
    let word: String = row.get(3)?;
    Ok(Hold {
        id: HoldId(uuid(row, 0)?),
        number: parsed(row, 1, "hold")?,
        version: row.get(2)?,
        stays: Vec::new(),
        status: HoldStatus::from_word(&word).ok_or_else(|| StoreError::damaged("hold", &word))?,
        expires_at: Instant::from_millis(row.get(4)?),
        reference: uuid_or_none(row, 5)?.map(TextId),
    })
}

/// Reads what a hold keeps from its type, nights and rooms.
pub(crate) fn hold_stay(row: &Row<'_>, first: usize) -> Result<StayRequest, StoreError> {
    Ok(StayRequest {
        room_type: parsed(row, first, "hold_stay")?,
        arrival: night_at(row, first + 1)?,
        departure: night_at(row, first + 2)?,
        rooms: row.get(first + 3)?,
    })
}

/// A hold with what it keeps, by id.
pub(crate) fn load_hold(connection: &Connection, id: HoldId) -> Result<Option<Hold>, StoreError> {
    let sql = format!("SELECT {HOLD} FROM hold AS h WHERE id = ?1");
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(params![id.0.as_bytes()])?;
    let Some(row) = rows.next()? else {
        return Ok(None);
    };
    let mut hold = hold(row)?;
    let mut statement = connection.prepare_cached(
        "SELECT room_type, arrival, departure, rooms FROM hold_stay WHERE hold = ?1 ORDER BY position",
    )?;
    let mut rows = statement.query(params![id.0.as_bytes()])?;
    while let Some(row) = rows.next()? {
        hold.stays.push(hold_stay(row, 0)?);
    }
    Ok(Some(hold))
}

/// An allotment with its terms and what was picked up, by id.
pub(crate) fn load_allotment(
    connection: &Connection,
    id: AllotmentId,
) -> Result<Option<Allotment>, StoreError> {
    const TABLE: &str = "allotment";
    let mut statement = connection.prepare_cached(
        "SELECT number, version, name, kind, status, cut_off, shoulder FROM allotment WHERE id = ?1",
    )?;
    let mut rows = statement.query(params![id.0.as_bytes()])?;
    let Some(row) = rows.next()? else {
        return Ok(None);
    };
    let (kind, status): (String, String) = (row.get(3)?, row.get(4)?);
    let mut found = Allotment {
        id,
        number: parsed(row, 0, TABLE)?,
        version: row.get(1)?,
        name: uuid_or_none(row, 2)?.map(TextId),
        kind: AllotmentKind::from_word(&kind).ok_or_else(|| StoreError::damaged(TABLE, &kind))?,
        status: AllotmentStatus::from_word(&status)
            .ok_or_else(|| StoreError::damaged(TABLE, &status))?,
        terms: Terms {
            blocks: Vec::new(),
            cut_off: night_or_none(row, 5)?,
            shoulder: row.get(6)?,
        },
        picked_up: BTreeMap::new(),
    };
    let mut statement = connection.prepare_cached(
        "SELECT room_type, arrival, departure, rooms FROM allotment_block WHERE allotment = ?1
         ORDER BY position",
    )?;
    let mut rows = statement.query(params![id.0.as_bytes()])?;
    while let Some(row) = rows.next()? {
        found.terms.blocks.push(hold_stay(row, 0)?);
    }
    let mut statement = connection.prepare_cached(
        "SELECT room_type, night, picked_up FROM allotment_night
         WHERE allotment = ?1 AND picked_up > 0",
    )?;
    let mut rows = statement.query(params![id.0.as_bytes()])?;
    while let Some(row) = rows.next()? {
        let key = (parsed(row, 0, "allotment_night")?, night_at(row, 1)?);
        found.picked_up.insert(key, row.get(2)?);
    }
    Ok(Some(found))
}

/// The columns of an outage, in the order of [`outage`].
pub(crate) const OUTAGE: &str =
    "id, number, room_type, from_night, back_on, rooms, service, reason, room";

pub(crate) fn outage(row: &Row<'_>) -> Result<Outage, StoreError> {
    Ok(Outage {
        id: OutageId(uuid(row, 0)?),
        number: parsed(row, 1, "outage")?,
        room_type: parsed(row, 2, "outage")?,
        from: night_at(row, 3)?,
        back_on: night_at(row, 4)?,
        rooms: row.get(5)?,
        service: row.get(6)?,
        reason: uuid_or_none(row, 7)?.map(TextId),
        room: parsed_or_none(row, 8, "outage")?,
    })
}

/// The id in a table that a short number names.
pub(crate) fn id_of_number(
    connection: &Connection,
    table: &'static str,
    number: &str,
) -> Result<Option<Uuid>, StoreError> {
    let sql = match table {
        "reservation" => "SELECT id FROM reservation WHERE number = ?1",
        "hold" => "SELECT id FROM hold WHERE number = ?1",
        "allotment" => "SELECT id FROM allotment WHERE number = ?1",
        _ => "SELECT id FROM outage WHERE number = ?1",
    };
    let bytes: Option<[u8; 16]> = connection
        .prepare_cached(sql)?
        .query_row([number], |row| row.get(0))
        .optional()?;
    Ok(bytes.map(Uuid::from_bytes))
}

/// The number of a command's row, by its id.
pub(crate) fn command_seq(
    connection: &Connection,
    id: CommandId,
) -> Result<Option<i64>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT seq FROM command WHERE id = ?1")?;
    Ok(statement
        .query_row(params![id.0.as_bytes()], |row| row.get(0))
        .optional()?)
}
