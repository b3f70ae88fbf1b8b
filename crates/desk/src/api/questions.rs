//! A new hotel, and what is only looked at.

use keyrack_inventory::{Night, Reference, RoomTypeCode, Token};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A new hotel, as typed into the window; PROPERTY.toml has the same fields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields)]
pub struct NewProperty {
    /// Its name.
    pub name: keyrack_inventory::Name,
    /// Its short code.
    pub code: Token,
    /// IANA time zone.
    pub time_zone: Token,
    /// ISO 4217 currency.
    pub currency: Token,
    /// The hotel's own date.
    pub business_date: Night,
    /// Whether tentative bookings take rooms; true where not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tentative_takes_inventory: Option<bool>,
    /// Its room types.
    #[serde(rename = "room_types", alias = "room_type")]
    pub room_types: Vec<PropertyRoomType>,
}

/// A room type of a new hotel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields)]
pub struct PropertyRoomType {
    /// Its code.
    pub code: RoomTypeCode,
    /// Its name.
    pub name: keyrack_inventory::Name,
    /// Its rank; its place in the list where not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rank: Option<u32>,
    /// Rooms, 0 to 1,000,000.
    pub rooms: u32,
    /// Overbooking limit; 0 where not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overbooking: Option<i32>,
}

/// Which cells the window wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct GridRequest {
    /// The first night.
    pub from: Night,
    /// How many.
    pub nights: u32,
}

/// Of which nights the figures are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ChartsRequest {
    /// The first night.
    pub from: Night,
    /// How many, up to two years.
    pub nights: u32,
}

/// From where on changes are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields)]
pub struct ChangesRequest {
    /// The number of the last event that the window has seen.
    pub since: i64,
    /// The property's generation when it was read; another one means that counts were written anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub generation: Option<i64>,
}

/// Which cell is to be explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CellRequest {
    /// The type, or "house".
    #[ts(type = "RoomTypeCode | \"house\"")]
    pub room_type: keyrack_inventory::Pool,
    /// The night.
    pub night: Night,
}

/// Which cell is to be explained as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CellAtRequest {
    /// The type, or "house".
    #[ts(type = "RoomTypeCode | \"house\"")]
    pub room_type: keyrack_inventory::Pool,
    /// The night.
    pub night: Night,
    /// The instant.
    pub at: keyrack_inventory::Instant,
}

/// Which alerts are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AlertsRequest {
    /// Closed ones too.
    pub all: bool,
}

/// Which alert was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AlertRequest {
    /// Its number.
    pub id: i64,
}

/// Which day's sheet is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DaySheetRequest {
    /// The night.
    pub night: Night,
}

/// Which reservation is wanted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReservationRequest {
    /// By id or number.
    pub id: Reference<keyrack_inventory::ReservationId>,
}

/// Which allotments are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AllotmentsRequest {
    /// Ended ones too.
    pub all: bool,
}

/// Which allotment is wanted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AllotmentRequest {
    /// By id or number.
    pub id: Reference<keyrack_inventory::AllotmentId>,
}

/// What is said of things that are due at the end of the business date.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DueRequest {
    /// By their names: `A12/1`, `A-G3`. What is not named becomes what the settings say.
    #[ts(type = "Record<string, DueDecision>")]
    pub decisions: crate::day::Decisions,
}

/// How the business date is to end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields)]
pub struct EndOfDayRequest {
    /// Made by the caller, a UUIDv7; the same again ends no second day.
    #[ts(type = "Uuid")]
    pub command_id: uuid::Uuid,
    /// What is said of things that are due, by their names.
    #[ts(type = "Record<string, DueDecision>")]
    pub decisions: crate::day::Decisions,
    /// Why it ends before it has begun by the hotel's clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub override_reason: Option<String>,
}

/// What is looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct FindRequest {
    /// Part of a name, or a number.
    pub text: String,
    /// At most so many.
    pub limit: u32,
}
