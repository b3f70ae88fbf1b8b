//! PROPERTY.toml: a hotel and its room types. docs/PROPERTY.md lists every key.

use std::path::Path;

use keyrack_inventory::model::{Property, RoomType, RoomTypeStatus};
use keyrack_inventory::state::Catalogue;
use keyrack_words::Words;
use serde::Deserialize;

use crate::api::{NewProperty, PropertyRoomType};
use crate::error::DeskError;

const MOST_ROOMS: u32 = 1_000_000;
const LARGEST_FILE: u64 = 1 << 20;

/// Reads a PROPERTY.toml.
///
/// # Errors
/// Where it is missing, is no TOML, has a key that is not known, or a value that is not allowed.
pub fn read(path: &Path) -> Result<NewProperty, DeskError> {
    let bad = |why: String| DeskError::BadInput(format!("{}: {why}", path.display()));
    let size = std::fs::metadata(path)
        .map_err(|error| bad(error.to_string()))?
        .len();
    if size > LARGEST_FILE {
        return Err(bad(Words::here().plain("property-too-large")));
    }
    let text = std::fs::read_to_string(path).map_err(|error| bad(error.to_string()))?;
    let file: NewProperty =
        File::parse(&text).map_err(|error| bad(in_the_files_words(&error.to_string())))?;
    check(&file).map_err(|error| bad(error.to_string()))?;
    Ok(file)
}

/// The types are read as a list from elsewhere too; in this file each is a table `room_type`.
fn in_the_files_words(error: &str) -> String {
    let one = "`room_type`";
    error
        .replace("`room_types`, `room_type`", one)
        .replace("`room_type`, `room_types`", one)
        .replace("`room_types`", one)
}

struct File;

impl File {
    fn parse(text: &str) -> Result<NewProperty, toml::de::Error> {
        let mut table: toml::Table = text.parse()?;
        // A date may be written as TOML has dates, or in quotes.
        if let Some(date @ toml::Value::Datetime(_)) = table.get_mut("business_date") {
            *date = toml::Value::String(date.to_string());
            return NewProperty::deserialize(table);
        }
        // Read from the text, an error knows its line.
        NewProperty::deserialize(toml::Deserializer::parse(text)?)
    }
}

/// Checks what the types of the fields do not.
pub(crate) fn check(new: &NewProperty) -> Result<(), DeskError> {
    let zone = new.time_zone.as_str();
    if zone.parse::<chrono_tz::Tz>().is_err() {
        let unknown = Words::here().say("bad-time-zone");
        return Err(DeskError::said(unknown.with("zone", zone.to_owned())));
    }
    let currency = new.currency.as_str();
    if iso_currency::Currency::from_code(currency).is_none() {
        let unknown = Words::here().say("bad-currency");
        return Err(DeskError::said(
            unknown.with("currency", currency.to_owned()),
        ));
    }
    if new.room_types.is_empty() {
        return Err(DeskError::said(Words::here().say("bad-no-room-type")));
    }
    for room_type in &new.room_types {
        check_room_type(room_type)?;
    }
    for (at, room_type) in new.room_types.iter().enumerate() {
        if new.room_types[..at]
            .iter()
            .any(|other| other.code == room_type.code)
        {
            let twice = Words::here().say("bad-type-twice");
            return Err(DeskError::said(
                twice.with("type", room_type.code.to_string()),
            ));
        }
    }
    Ok(())
}

fn check_room_type(room_type: &PropertyRoomType) -> Result<(), DeskError> {
    let code = room_type.code;
    if room_type.rooms > MOST_ROOMS {
        return Err(bounded("bad-type-rooms", code));
    }
    if room_type.overbooking.unwrap_or(0).unsigned_abs() > MOST_ROOMS {
        return Err(bounded("bad-type-overbooking", code));
    }
    Ok(())
}

fn bounded(message: &str, code: keyrack_inventory::RoomTypeCode) -> DeskError {
    let range = Words::here().say(message).with("type", code.to_string());
    DeskError::said(range.with("most", MOST_ROOMS))
}

/// The domain's terms of a new hotel.
pub(crate) fn domain(new: &NewProperty) -> (Property, Vec<RoomType>) {
    let property = Property {
        code: new.code.clone(),
        name: new.name.clone(),
        time_zone: new.time_zone.clone(),
        currency: new.currency.clone(),
        business_date: new.business_date,
        tentative_takes_none: !new.tentative_takes_inventory.unwrap_or(true),
    };
    let room_type = |(place, room_type): (u32, &PropertyRoomType)| RoomType {
        code: room_type.code,
        name: room_type.name.clone(),
        rank: room_type.rank.unwrap_or(place),
        rooms: i32::try_from(room_type.rooms).unwrap_or(i32::MAX),
        overbooking: room_type.overbooking.unwrap_or(0),
        life: RoomTypeStatus::OnSale,
    };
    (
        property,
        (1..).zip(&new.room_types).map(room_type).collect(),
    )
}

/// The catalogue of a new hotel, to say what is wrong before there is a file.
pub(crate) fn catalogue(new: &NewProperty) -> Catalogue {
    let (property, room_types) = domain(new);
    Catalogue {
        property,
        desk: String::new(),
        room_types,
    }
}
