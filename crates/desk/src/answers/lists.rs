//! Days, bookings, holds and outages.

use keyrack_inventory::model::HoldStatus;
use keyrack_inventory::{
    HoldId, Instant, Night, OutageId, ReservationId, RoomNumber, RoomTypeCode, ShortNumber,
    StayStatus,
};
use serde::Serialize;
use ts_rs::TS;

use super::HistoryLine;

/// A day: who comes, goes, stays, and what is held or out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct DaySheet {
    /// The night.
    pub night: Night,
    /// Who comes.
    pub arrivals: Vec<SheetRow>,
    /// Who goes.
    pub departures: Vec<SheetRow>,
    /// Who stays.
    pub in_house: Vec<SheetRow>,
    /// Holds over the night.
    pub holds: Vec<HoldRow>,
    /// Outages over the night.
    pub outages: Vec<OutageRow>,
}

/// A stay in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(optional_fields)]
pub struct SheetRow {
    /// The reservation.
    pub id: ReservationId,
    /// Its number.
    pub number: ShortNumber,
    /// The stay's number in it.
    pub stay: u16,
    /// How many stays it has.
    pub stays: u32,
    /// The guest's name.
    pub guest: String,
    /// The type sold.
    pub room_type: RoomTypeCode,
    /// The type assigned, where it is another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assigned: Option<RoomTypeCode>,
    /// The room.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub room: Option<RoomNumber>,
    /// From.
    pub arrival: Night,
    /// To.
    pub departure: Night,
    /// Nights.
    pub nights: u32,
    /// Adults.
    pub adults: u16,
    /// Children.
    pub children: u16,
    /// Meal plan.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meal: Option<String>,
    /// Where it came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Where it stands.
    pub status: StayStatus,
    /// A night, in minor units.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price: Option<i64>,
}

/// A hold in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(optional_fields)]
pub struct HoldRow {
    /// Its identity.
    pub id: HoldId,
    /// Its number.
    pub number: ShortNumber,
    /// For whom or what.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// Until when.
    pub expires_at: Instant,
    /// Where it stands.
    pub status: HoldStatus,
    /// How many changes it has seen.
    pub version: i64,
    /// What it keeps.
    pub items: Vec<crate::api::StayRequest>,
}

/// An outage in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(optional_fields)]
pub struct OutageRow {
    /// Its identity.
    pub id: OutageId,
    /// Its number.
    pub number: ShortNumber,
    /// The type.
    pub room_type: RoomTypeCode,
    /// The first night.
    pub from: Night,
    /// The first night on which the rooms are back.
    pub back_on: Night,
    /// Rooms.
    pub rooms: u32,
    /// Out of service.
    pub service: bool,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The room.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub room: Option<RoomNumber>,
}

/// A reservation, whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(optional_fields)]
pub struct ReservationCard {
    /// Its identity.
    pub id: ReservationId,
    /// Its number.
    pub number: ShortNumber,
    /// How many changes it has seen.
    pub version: i64,
    /// Derived from its stays.
    pub status: StayStatus,
    /// Who comes.
    pub guest: crate::api::Guest,
    /// Where it came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Its number in another system.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_number: Option<String>,
    /// Meal plan.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meal: Option<String>,
    /// Notes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
    /// The guarantee.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guarantee: Option<String>,
    /// Adults.
    pub adults: u16,
    /// Children.
    pub children: u16,
    /// Further facts by name.
    #[ts(type = "Record<string, string>")]
    pub attributes: std::collections::BTreeMap<String, String>,
    /// When it was made.
    pub created_at: Instant,
    /// Price of the nights that are charged, in minor units, where each of these stays has one: with VAT in it or
    /// without, as prices are given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<i64>,
    /// What is charged, with its VAT, where every stay that is charged has a price.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amounts: Option<crate::money::Amounts>,
    /// Its stays.
    pub stays: Vec<StayCard>,
    /// What may be done with the whole of it.
    #[ts(type = "StayAction[]")]
    pub allowed: Vec<&'static str>,
    /// What happened, the latest first.
    pub history: Vec<HistoryLine>,
}

/// A stay, whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(optional_fields)]
pub struct StayCard {
    /// Its number in the reservation.
    pub stay: u16,
    /// The type sold.
    pub room_type: RoomTypeCode,
    /// From.
    pub arrival: Night,
    /// To.
    pub departure: Night,
    /// The first night that an early check-out gave back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub freed_from: Option<Night>,
    /// Where it stands.
    pub status: StayStatus,
    /// The room.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub room: Option<RoomNumber>,
    /// The type assigned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assigned: Option<RoomTypeCode>,
    /// A night, in minor units.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price: Option<i64>,
    /// The last date of a tentative stay.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub option_until: Option<Night>,
    /// The group from whose rooms it was picked up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allotment: Option<keyrack_inventory::AllotmentId>,
    /// Nights moved to other types.
    pub moved: Vec<MovedNightInfo>,
    /// Where the guest is booked instead, as `CODE NUMBER`, where he was walked to a sister hotel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub walked_to: Option<String>,
    /// What may be done with it.
    #[ts(type = "StayAction[]")]
    pub allowed: Vec<&'static str>,
}

/// A night moved to another type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct MovedNightInfo {
    /// The night.
    pub night: Night,
    /// The type that has it.
    pub room_type: RoomTypeCode,
}
