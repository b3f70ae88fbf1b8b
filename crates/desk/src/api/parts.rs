//! What commands are made of.

use keyrack_inventory::{
    AllotmentId, AllotmentKind, HoldId, Night, ReasonCode, Reference, ReservationId, RoomNumber,
    RoomTypeCode, StayReference, Token,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Rooms of one type over a range of nights.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct StayRequest {
    /// The type.
    pub room_type: RoomTypeCode,
    /// The night of arrival.
    pub arrival: Night,
    /// The date of departure.
    pub departure: Night,
    /// Rooms, 1 to 500.
    pub rooms: u32,
}

/// Who comes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields)]
pub struct Guest {
    /// Name, 1 to 200 characters.
    pub name: String,
    /// Phone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// E-mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

/// The price of a type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields)]
pub struct Price {
    /// The type.
    pub room_type: RoomTypeCode,
    /// A night, in minor units.
    pub amount: i64,
    /// What it costs the hotel a night, in minor units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<i64>,
}

/// Why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields)]
pub struct ReasonGiven {
    /// The code.
    pub code: ReasonCode,
    /// In words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// What shall be known of a booking beside its stays; what is left out stays as it is, and a text that is empty is
/// taken away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields)]
pub struct NewDetails {
    /// The reservation.
    pub id: Reference<ReservationId>,
    /// Who comes, whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guest: Option<Guest>,
    /// Adults; given with the children, or not at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adults: Option<u16>,
    /// Children; given with the adults, or not at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub children: Option<u16>,
    /// Meal plan, a word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meal: Option<String>,
    /// The guarantee, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guarantee: Option<String>,
    /// Notes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
}

/// A new reservation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields)]
pub struct NewReservation {
    /// What is booked.
    pub stays: Vec<StayRequest>,
    /// Who comes.
    pub guest: Guest,
    /// Adults; 2 where not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adults: Option<u16>,
    /// Children.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub children: Option<u16>,
    /// Prices by type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prices: Option<Vec<Price>>,
    /// Where the booking came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Token>,
    /// Its number in another system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_number: Option<Token>,
    /// Meal plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meal: Option<Token>,
    /// Notes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
    /// The guarantee, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guarantee: Option<String>,
    /// Take it as tentative.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tentative: Option<bool>,
    /// The last date of a tentative booking.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub option_until: Option<Night>,
    /// The hold that becomes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hold: Option<Reference<HoldId>>,
    /// The allotment from which it is picked up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allotment: Option<Reference<AllotmentId>>,
    /// Check in at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub walk_in: Option<bool>,
    /// The room of a walk-in of one room.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room: Option<RoomNumber>,
    /// Wait for a room.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waitlist: Option<bool>,
}

impl NewReservation {
    /// A booking of which nothing else is known.
    pub fn new(stays: Vec<StayRequest>, guest: Guest) -> Self {
        Self {
            stays,
            guest,
            adults: None,
            children: None,
            prices: None,
            source: None,
            external_number: None,
            meal: None,
            notes: None,
            guarantee: None,
            tentative: None,
            option_until: None,
            hold: None,
            allotment: None,
            walk_in: None,
            room: None,
            waitlist: None,
        }
    }
}

/// A step for several reservations or stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields)]
pub struct Steps {
    /// Which: `A12`, `A12/2`, or by id.
    pub ids: Vec<StayReference>,
    /// The room given at check-in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room: Option<RoomNumber>,
    /// The rooms given at the check-in of several, each to its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rooms: Option<Vec<RoomFor>>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<ReasonGiven>,
}

/// The room of one that a list names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RoomFor {
    /// As the list names it.
    pub id: StayReference,
    /// The number on the door.
    pub room: RoomNumber,
}

/// A new outage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields)]
pub struct NewOutage {
    /// The type.
    pub room_type: RoomTypeCode,
    /// The first night.
    pub from: Night,
    /// The first night on which the rooms are back.
    pub back_on: Night,
    /// Rooms.
    pub rooms: u32,
    /// Out of service: noted, deducts nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<bool>,
    /// Why.
    pub reason: String,
    /// The room's number on the door.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room: Option<RoomNumber>,
}

/// Limits over a range of nights.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields)]
pub struct NewLimits {
    /// The type; the house where not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room_type: Option<RoomTypeCode>,
    /// The first night.
    pub from: Night,
    /// The night after the last.
    pub to: Night,
    /// Rooms that may be sold beyond the house; negative keeps rooms back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overbooking: Option<i32>,
    /// Take the house's own overbooking limit away: the types alone decide again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_overbooking: Option<bool>,
    /// Rooms that exist.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub physical: Option<i32>,
    /// Whether nothing is sold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stop_sell: Option<bool>,
    /// Whether nobody new arrives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_to_arrival: Option<bool>,
    /// Whether nobody new departs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_to_departure: Option<bool>,
    /// The fewest nights of who arrives, 1 to 366; 0 takes it away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_stay: Option<u16>,
    /// The most nights of who arrives, 1 to 366; 0 takes it away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_stay: Option<u16>,
}

/// A new allotment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields)]
pub struct NewAllotment {
    /// Its name.
    pub name: String,
    /// What it promises.
    pub allotment_kind: AllotmentKind,
    /// Its rooms.
    pub stays: Vec<StayRequest>,
    /// The last business date on which it keeps its rooms.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cut_off: Option<Night>,
    /// Nights before and after within which an elastic one may be picked up; 0 where not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shoulder: Option<u16>,
}

/// What of an allotment shall change; what is not given stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields)]
pub struct AllotmentChange {
    /// The allotment.
    pub id: Reference<AllotmentId>,
    /// Its rooms, all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stays: Option<Vec<StayRequest>>,
    /// The last business date on which it keeps its rooms.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cut_off: Option<Night>,
    /// Nights before and after within which an elastic one may be picked up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shoulder: Option<u16>,
}

/// A new room type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields)]
pub struct NewRoomType {
    /// Its code.
    pub code: RoomTypeCode,
    /// Its name.
    pub name: keyrack_inventory::Name,
    /// Its rank; above all others where not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rank: Option<u32>,
    /// Rooms.
    pub rooms: i32,
    /// Overbooking limit; 0 where not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overbooking: Option<i32>,
}
