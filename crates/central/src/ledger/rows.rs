//! Columns as values: what is stored is read as its type, or is damaged.

use std::str::FromStr;

use keyrack_inventory::Night;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio_postgres::Row;
use tokio_postgres::types::Json;

use crate::error::CentralError;

pub(super) fn parsed<T: FromStr>(
    row: &Row,
    at: usize,
    table: &'static str,
) -> Result<T, CentralError>
where
    T::Err: ToString,
{
    let text: &str = row.try_get(at)?;
    text.parse()
        .map_err(|error: T::Err| CentralError::damaged(table, error.to_string()))
}

pub(super) fn night(day: i32) -> Result<Night, CentralError> {
    Night::from_day_number(day).ok_or_else(|| CentralError::damaged("night", day))
}

pub(super) fn night_at(row: &Row, at: usize) -> Result<Night, CentralError> {
    night(row.try_get(at)?)
}

/// A count that is never negative.
pub(super) fn count(row: &Row, at: usize) -> Result<u64, CentralError> {
    let number: i64 = row.try_get(at)?;
    u64::try_from(number).map_err(|error| CentralError::damaged("count", error))
}

/// A count of rooms.
pub(super) fn rooms(row: &Row, at: usize) -> Result<u32, CentralError> {
    let number: i64 = row.try_get(at)?;
    u32::try_from(number).map_err(|error| CentralError::damaged("share", error))
}

pub(super) fn hash32(row: &Row, at: usize, table: &'static str) -> Result<[u8; 32], CentralError> {
    let bytes: &[u8] = row.try_get(at)?;
    bytes
        .try_into()
        .map_err(|error| CentralError::damaged(table, error))
}

pub(super) fn doc<T: DeserializeOwned>(row: &Row, at: usize) -> Result<T, CentralError> {
    let Json(doc): Json<T> = row.try_get(at)?;
    Ok(doc)
}

/// A number as PostgreSQL keeps it.
pub(super) fn stored(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// What is kept as text, byte for byte.
pub fn text_of<T: Serialize>(table: &'static str, value: &T) -> Result<String, CentralError> {
    serde_json::to_string(value).map_err(|error| CentralError::damaged(table, error))
}

pub(super) fn of_text<T: DeserializeOwned>(
    table: &'static str,
    text: &str,
) -> Result<T, CentralError> {
    serde_json::from_str(text).map_err(|error| CentralError::damaged(table, error))
}
