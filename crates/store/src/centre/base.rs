//! The base: rows as the centre has them, kept where commands of this desk lie over them.

use keyrack_inventory::corrected::Rows;
use keyrack_inventory::ids::{AllotmentId, HoldId, OutageId, ReservationId};
use keyrack_inventory::model::{Hold, Outage, Reservation};
use keyrack_inventory::state::Catalogue;
use keyrack_inventory::{
    Allotment, Cell, HouseLimit, Night, NightRange, Reference, RoomTypeCode, State,
};
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::error::StoreError;
use crate::load::load_catalogue;
use crate::rows::{
    CELL, HOUSE_LIMIT, OUTAGE, cell, house_limit, load_allotment, load_hold, load_reservation,
    night, outage,
};

const CATALOGUE: &str = "catalogue";
const CELLS: &str = "cell";
const HOUSE: &str = "house";
const RESERVATION: &str = "reservation";
const HOLD: &str = "hold";
const OUTAGES: &str = "outage";
const ALLOTMENT: &str = "allotment";

/// Keeps the rows as they stand in the tables, before a command of this desk changes them; a row that
/// is kept already stays as it is. Gives the cells as they stand.
pub(crate) fn capture(
    connection: &Connection,
    rows: &Rows,
) -> Result<Vec<(RoomTypeCode, Night, Cell)>, StoreError> {
    let mut cells = Vec::new();
    if rows.catalogue {
        keep(connection, CATALOGUE, "", || {
            Ok(Some(load_catalogue(connection)?))
        })?;
    }
    for (code, night) in &rows.cells {
        let found = table_cell(connection, *code, *night)?;
        cells.push((*code, *night, found.unwrap_or_default()));
        keep(connection, CELLS, &cell_key(*code, *night), || Ok(found))?;
    }
    for night in &rows.house {
        keep(connection, HOUSE, &night.day_number().to_string(), || {
            table_house(connection, *night)
        })?;
    }
    for id in &rows.reservations {
        keep(connection, RESERVATION, &id.0.to_string(), || {
            load_reservation(connection, *id)
        })?;
    }
    for id in &rows.holds {
        keep(connection, HOLD, &id.0.to_string(), || {
            load_hold(connection, *id)
        })?;
    }
    for id in &rows.outages {
        keep(connection, OUTAGES, &id.0.to_string(), || {
            table_outage(connection, *id)
        })?;
    }
    for id in &rows.allotments {
        keep(connection, ALLOTMENT, &id.0.to_string(), || {
            load_allotment(connection, *id)
        })?;
    }
    Ok(cells)
}

/// Writes the kept rows as they are in `base`, in the place of all that were kept.
pub(super) fn replace(
    connection: &Connection,
    base: &State,
    rows: &Rows,
) -> Result<(), StoreError> {
    connection
        .prepare_cached("DELETE FROM base_row")?
        .execute([])?;
    update(connection, base, rows)
}

/// Writes these kept rows as they are in `base`.
pub(super) fn update(connection: &Connection, base: &State, rows: &Rows) -> Result<(), StoreError> {
    if rows.catalogue {
        put(
            connection,
            CATALOGUE,
            "",
            base.catalogue().map(|found| &**found),
        )?;
    }
    for (code, night) in &rows.cells {
        put(
            connection,
            CELLS,
            &cell_key(*code, *night),
            base.loaded_cell(*code, *night),
        )?;
    }
    for night in &rows.house {
        let limit = base.loaded_house_limit(*night);
        put(
            connection,
            HOUSE,
            &night.day_number().to_string(),
            limit.as_ref(),
        )?;
    }
    for id in &rows.reservations {
        put(
            connection,
            RESERVATION,
            &id.0.to_string(),
            base.loaded_reservation(*id),
        )?;
    }
    for id in &rows.holds {
        put(connection, HOLD, &id.0.to_string(), base.loaded_hold(*id))?;
    }
    for id in &rows.outages {
        put(
            connection,
            OUTAGES,
            &id.0.to_string(),
            base.loaded_outage(*id),
        )?;
    }
    for id in &rows.allotments {
        put(
            connection,
            ALLOTMENT,
            &id.0.to_string(),
            base.loaded_allotment(*id),
        )?;
    }
    Ok(())
}

/// Loads every kept row into `base`, and says which they are.
pub(super) fn load_kept(connection: &Connection, base: &mut State) -> Result<Rows, StoreError> {
    let mut statement = connection.prepare_cached("SELECT kind, key, document FROM base_row")?;
    let mut found = statement.query([])?;
    let mut rows = Rows::default();
    while let Some(row) = found.next()? {
        let (kind, key): (String, String) = (row.get(0)?, row.get(1)?);
        let document: Option<String> = row.get(2)?;
        let document = document.as_deref();
        match kind.as_str() {
            CATALOGUE => {
                if let Some(catalogue) = read::<Catalogue>(document)? {
                    base.put_catalogue(catalogue);
                }
                rows.catalogue = true;
            }
            CELLS => {
                let (code, at) = key.split_once('/').ok_or_else(|| odd(&key))?;
                let code: RoomTypeCode = code.parse().map_err(|_| odd(&key))?;
                let at = day(at)?;
                let one = NightRange::new(at, at.plus(1));
                let cell = read::<Cell>(document)?;
                base.put_cells(code, one, cell.map(|cell| (at, cell)).into_iter());
                rows.cells.insert((code, at));
            }
            HOUSE => {
                let at = day(&key)?;
                let one = NightRange::new(at, at.plus(1));
                let limit = read::<HouseLimit>(document)?;
                base.put_house_limits(one, limit.map(|limit| (at, limit)).into_iter());
                rows.house.insert(at);
            }
            RESERVATION => {
                let id = ReservationId(parse(&key)?);
                let kept = read::<Reservation>(document)?;
                if let Some(kept) = &kept {
                    base.put_reservation(
                        &Reference::Number(kept.number.clone()),
                        Some(kept.clone()),
                    );
                }
                base.put_reservation(&Reference::Id(id), kept);
                rows.reservations.insert(id);
            }
            HOLD => {
                let id = HoldId(parse(&key)?);
                let kept = read::<Hold>(document)?;
                if let Some(kept) = &kept {
                    base.put_hold(&Reference::Number(kept.number.clone()), Some(kept.clone()));
                }
                base.put_hold(&Reference::Id(id), kept);
                rows.holds.insert(id);
            }
            OUTAGES => {
                let id = OutageId(parse(&key)?);
                let kept = read::<Outage>(document)?;
                if let Some(kept) = &kept {
                    base.put_outage(&Reference::Number(kept.number.clone()), Some(kept.clone()));
                }
                base.put_outage(&Reference::Id(id), kept);
                rows.outages.insert(id);
            }
            ALLOTMENT => {
                let id = AllotmentId(parse(&key)?);
                let kept = read::<Allotment>(document)?;
                if let Some(kept) = &kept {
                    base.put_allotment(&Reference::Number(kept.number.clone()), Some(kept.clone()));
                }
                base.put_allotment(&Reference::Id(id), kept);
                rows.allotments.insert(id);
            }
            other => return Err(StoreError::damaged("base_row", other)),
        }
    }
    Ok(rows)
}

fn keep<T: Serialize>(
    connection: &Connection,
    kind: &str,
    key: &str,
    row: impl FnOnce() -> Result<Option<T>, StoreError>,
) -> Result<(), StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM base_row WHERE kind = ?1 AND key = ?2)")?;
    let kept: bool = statement.query_row([kind, key], |row| row.get(0))?;
    if kept {
        return Ok(());
    }
    put(connection, kind, key, row()?.as_ref())
}

fn put<T: Serialize>(
    connection: &Connection,
    kind: &str,
    key: &str,
    row: Option<&T>,
) -> Result<(), StoreError> {
    let document = row.map(serde_json::to_string).transpose();
    let document = document.map_err(|error| StoreError::damaged("base_row", error))?;
    let mut statement = connection.prepare_cached(
        "INSERT INTO base_row (kind, key, document) VALUES (?1, ?2, ?3)
         ON CONFLICT DO UPDATE SET document = ?3",
    )?;
    statement.execute(params![kind, key, document])?;
    Ok(())
}

fn read<T: DeserializeOwned>(document: Option<&str>) -> Result<Option<T>, StoreError> {
    let read = document.map(serde_json::from_str).transpose();
    read.map_err(|error| StoreError::damaged("base_row", error))
}

fn odd(key: &str) -> StoreError {
    StoreError::damaged("base_row", key)
}

fn day(text: &str) -> Result<Night, StoreError> {
    night(text.parse().map_err(|_| odd(text))?)
}

fn parse(text: &str) -> Result<Uuid, StoreError> {
    Uuid::try_parse(text).map_err(|_| odd(text))
}

fn cell_key(code: RoomTypeCode, night: Night) -> String {
    format!("{code}/{}", night.day_number())
}

pub(super) fn table_cell(
    connection: &Connection,
    code: RoomTypeCode,
    night: Night,
) -> Result<Option<Cell>, StoreError> {
    let sql = format!("SELECT {CELL} FROM cell WHERE room_type = ?1 AND night = ?2");
    let mut statement = connection.prepare_cached(&sql)?;
    let found = statement.query_row(params![code.as_str(), night.day_number()], |row| {
        cell(row, 0)
    });
    Ok(found.optional()?)
}

fn table_house(connection: &Connection, night: Night) -> Result<Option<HouseLimit>, StoreError> {
    let sql = format!("SELECT {HOUSE_LIMIT} FROM house_limit WHERE night = ?1");
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query([night.day_number()])?;
    let found = rows.next()?.map(house_limit).transpose()?;
    Ok(found.map(|(_, limit)| limit))
}

fn table_outage(connection: &Connection, id: OutageId) -> Result<Option<Outage>, StoreError> {
    let sql = format!("SELECT {OUTAGE} FROM outage WHERE id = ?1");
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query([id.0.as_bytes()])?;
    rows.next()?.map(outage).transpose()
}
