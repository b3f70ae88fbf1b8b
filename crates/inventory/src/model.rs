//! The other things of the inventory: the property, room types, reservations, holds, outages.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::civil::{Instant, Night, NightRange};
use crate::ids::{
    GuestId, HoldId, Name, OutageId, ReservationId, RoomNumber, RoomTypeCode, ShortNumber, TextId,
    Token,
};
use crate::stay::{Stay, StayStatus, derived_status};

/// The hotel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Property {
    /// Its short code, which names it to other systems.
    pub code: Token,
    /// Its name.
    pub name: Name,
    /// IANA time zone.
    pub time_zone: Token,
    /// ISO 4217 currency.
    pub currency: Token,
    /// The hotel's own date, moved on by the end of day.
    pub business_date: Night,
    /// Tentative stays keep no rooms. Holds for stays made from then on: each remembers it.
    #[serde(default, skip_serializing_if = "crate::serial::is_off")]
    pub tentative_takes_none: bool,
}

/// The life of a room type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", tag = "status", deny_unknown_fields)]
pub enum RoomTypeStatus {
    /// Being prepared; has no nights.
    Draft,
    /// Sold.
    OnSale,
    /// Not sold for now; what is booked stays.
    Stopped,
    /// Not sold any more from this night on.
    Retired {
        /// The first night without it.
        from: Night,
    },
}

impl RoomTypeStatus {
    /// The word used in JSON, the database and the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::OnSale => "on_sale",
            Self::Stopped => "stopped",
            Self::Retired { .. } => "retired",
        }
    }

    /// Whether the type is sold on that night.
    pub fn sells_on(self, night: Night) -> bool {
        match self {
            Self::OnSale => true,
            Self::Retired { from } => night < from,
            Self::Draft | Self::Stopped => false,
        }
    }
}

/// A kind of room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RoomType {
    /// Its identity.
    pub code: RoomTypeCode,
    /// Its name.
    pub name: Name,
    /// Its place in the order of quality: a guest may be moved up to a higher rank.
    pub rank: u32,
    /// Rooms with which new nights open.
    pub rooms: i32,
    /// Overbooking limit with which new nights open.
    pub overbooking: i32,
    /// Where it stands in its life.
    pub life: RoomTypeStatus,
}

/// What is known of a booking beside its stays. Free text and the guest stand elsewhere, by id.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct BookingDetails {
    /// The guest's row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guest: Option<GuestId>,
    /// Where the booking came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Token>,
    /// Its number in another system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_number: Option<Token>,
    /// Adults.
    pub adults: u16,
    /// Children.
    pub children: u16,
    /// Meal plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meal: Option<Token>,
    /// The guarantee's text; a booking with one is kept when its guest does not arrive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guarantee: Option<TextId>,
    /// Notes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<TextId>,
    /// Further facts by name: agent, company, country, ...
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub attributes: BTreeMap<Token, Token>,
}

impl BookingDetails {
    /// The ids of what stands beside the events and can be erased: the guest and the texts.
    pub fn kept_beside(&self) -> impl Iterator<Item = Uuid> {
        let texts = [self.guarantee, self.notes].into_iter().flatten();
        let guest = self.guest.map(|guest| guest.0);
        guest.into_iter().chain(texts.map(|text| text.0))
    }
}

/// A reservation: one or more stays under one number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Reservation {
    /// Its identity.
    pub id: ReservationId,
    /// Its number, to be read aloud.
    pub number: ShortNumber,
    /// How many changes it has seen; 1 when made.
    pub version: i64,
    /// When it was made.
    pub created_at: Instant,
    /// What is known of it beside its stays.
    pub details: BookingDetails,
    /// Guests and texts that stood in its details before, each with the guest who stood there then: who forgets the guest
    /// forgets them too.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub replaced: BTreeMap<Uuid, Option<GuestId>>,
    /// Its stays in the order of their numbers.
    pub stays: Vec<Stay>,
}

impl Reservation {
    /// Puts other details in the place of those that stand, and remembers which guests and texts gave way.
    pub fn put_details(&mut self, details: &BookingDetails) {
        let guest = self.details.guest;
        let before = self.details.kept_beside().map(|id| (id, guest));
        self.replaced.extend(before);
        self.details.clone_from(details);
        for id in details.kept_beside() {
            self.replaced.remove(&id);
        }
    }

    /// Derived from the stays.
    pub fn status(&self) -> StayStatus {
        derived_status(&self.stays)
    }

    /// The stay of that number.
    pub fn stay(&self, number: u16) -> Option<&Stay> {
        self.stays.iter().find(|stay| stay.stay == number)
    }
}

/// Rooms of one type over a range of nights, as asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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

impl StayRequest {
    /// The nights asked for.
    pub fn nights(&self) -> NightRange {
        NightRange::new(self.arrival, self.departure)
    }
}

/// Where a hold stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum HoldStatus {
    /// Takes rooms until its time is up.
    Active,
    /// Let go by a person.
    Released,
    /// Became a reservation.
    Converted,
    /// Its time was up.
    Expired,
}

impl HoldStatus {
    /// The word used in JSON and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Released => "released",
            Self::Converted => "converted",
            Self::Expired => "expired",
        }
    }

    /// The status of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        let all = [Self::Active, Self::Released, Self::Converted, Self::Expired];
        all.into_iter().find(|status| status.as_str() == word)
    }
}

/// Rooms kept for a guest who is deciding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Hold {
    /// Its identity.
    pub id: HoldId,
    /// Its number.
    pub number: ShortNumber,
    /// How many changes it has seen; 1 when placed.
    pub version: i64,
    /// What it keeps.
    pub stays: Vec<StayRequest>,
    /// Where it stands.
    pub status: HoldStatus,
    /// From this instant on it counts nowhere.
    pub expires_at: Instant,
    /// For whom or what, as a free text.
    pub reference: Option<TextId>,
}

impl Hold {
    /// Whether it takes rooms at this instant.
    pub fn is_live(&self, now: Instant) -> bool {
        self.status == HoldStatus::Active && now < self.expires_at
    }
}

/// Rooms out of order, or out of service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Outage {
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
    /// Out of service: noted, and deducts nothing.
    pub service: bool,
    /// Why, as a free text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<TextId>,
    /// The room's number on the door.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room: Option<RoomNumber>,
}

impl Outage {
    /// The nights over which it deducts rooms: none where it is out of service.
    pub fn deducts(&self) -> NightRange {
        let end = if self.service {
            self.from
        } else {
            self.back_on
        };
        NightRange::new(self.from, end)
    }

    /// Whether it puts rooms of the type out of service on some night of the range.
    pub fn is_out_of_service(&self, code: RoomTypeCode, nights: NightRange) -> bool {
        let over = self.from.max(nights.from) < self.back_on.min(nights.to);
        self.service && self.room_type == code && over
    }
}
