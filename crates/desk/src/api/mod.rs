//! The table of commands and questions that the window and keyrackctl share, as they cross.
//!
//! Adding a command takes a variant here, a variant of the domain's command, and an arm of the
//! translation in `request`; a missing one does not compile.

mod questions;

use keyrack_inventory::{
    HoldId, Night, OutageId, ReasonCode, Reference, RoomNumber, RoomTypeCode, StayReference, Token,
    Transition,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

pub use questions::{
    CellRequest, ChangesRequest, DaySheetRequest, FindRequest, GridRequest, NewProperty,
    PropertyRoomType, ReservationRequest,
};

/// A command with what belongs to its caller.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields)]
pub struct CommandRequest {
    /// Made by the caller, a UUIDv7; the same id again gives the same outcome again.
    #[ts(type = "Uuid")]
    pub command_id: Uuid,
    /// The version that the caller saw.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub if_version: Option<i64>,
    /// Why conditions are overridden.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub override_reason: Option<String>,
    /// What shall be done.
    pub command: Command,
}

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
pub struct Price {
    /// The type.
    pub room_type: RoomTypeCode,
    /// A night, in minor units.
    pub amount: i64,
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
    /// Check in at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub walk_in: Option<bool>,
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
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<ReasonGiven>,
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
    /// Rooms that exist.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub physical: Option<i32>,
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

/// What can be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "kind", deny_unknown_fields)]
#[ts(optional_fields)]
pub enum Command {
    /// Makes a reservation.
    Reserve(NewReservation),
    /// Promises tentative or waiting stays.
    Confirm(Steps),
    /// Guests are here.
    CheckIn(Steps),
    /// Guests have left.
    CheckOut(Steps),
    /// A check-in was a mistake.
    ReverseCheckIn(Steps),
    /// A check-out was a mistake.
    ReverseCheckOut(Steps),
    /// Guests do not want it any more.
    Cancel(Steps),
    /// Guests did not come.
    NoShow(Steps),
    /// A cancellation or no-show was a mistake.
    Reinstate(Steps),
    /// Other stays in the place of the open ones.
    Amend {
        /// The reservation, or one stay.
        id: StayReference,
        /// What it shall have.
        stays: Vec<StayRequest>,
    },
    /// A reservation of its own for one stay.
    Split {
        /// The reservation.
        id: Reference<keyrack_inventory::ReservationId>,
        /// The stay's number.
        stay: u16,
    },
    /// One night to another type.
    MoveNight {
        /// The reservation.
        id: Reference<keyrack_inventory::ReservationId>,
        /// The stay's number.
        stay: u16,
        /// The night.
        night: Night,
        /// The type that takes it.
        room_type: RoomTypeCode,
    },
    /// Keeps rooms for a short time.
    PlaceHold {
        /// What is kept.
        stays: Vec<StayRequest>,
        /// For how long, 1 to 60; 10 where not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        minutes: Option<u32>,
        /// For whom or what.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reference: Option<String>,
    },
    /// Gives a hold more time, from now.
    ExtendHold {
        /// The hold.
        id: Reference<HoldId>,
        /// For how long, 1 to 60; 10 where not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        minutes: Option<u32>,
    },
    /// Makes a hold a reservation: what it kept is what is booked.
    ConvertHold {
        /// The hold.
        id: Reference<HoldId>,
        /// Who comes.
        guest: Guest,
    },
    /// Lets a hold go.
    ReleaseHold {
        /// The hold.
        id: Reference<HoldId>,
    },
    /// Takes rooms out.
    AddOutage(NewOutage),
    /// Brings rooms back.
    EndOutage {
        /// The outage.
        id: Reference<OutageId>,
        /// The first night on which they are back; today where not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        on: Option<Night>,
    },
    /// Sets limits.
    SetLimits(NewLimits),
    /// Opens nights.
    OpenNights {
        /// The first night.
        from: Night,
        /// The night after the last.
        to: Night,
    },
    /// Adds a room type as a draft.
    AddRoomType(NewRoomType),
    /// Gives a room type another name.
    RenameRoomType {
        /// The type.
        code: RoomTypeCode,
        /// The new name.
        name: keyrack_inventory::Name,
    },
    /// Gives a room type another rank.
    RankRoomType {
        /// The type.
        code: RoomTypeCode,
        /// The new rank.
        rank: u32,
    },
    /// Puts a draft on sale.
    SellRoomType {
        /// The type.
        code: RoomTypeCode,
    },
    /// Stops selling a type.
    StopRoomType {
        /// The type.
        code: RoomTypeCode,
    },
    /// Sells a stopped or retired type again.
    ReactivateRoomType {
        /// The type.
        code: RoomTypeCode,
    },
    /// Retires a type.
    RetireRoomType {
        /// The type.
        code: RoomTypeCode,
        /// The first night without it; the business date where not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Night>,
    },
    /// Compensates a command.
    Undo {
        /// Which; the last one of one's own where not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        command: Option<Uuid>,
    },
}

impl Command {
    /// The step of a stay's life that it is, where it is one, with its objects.
    pub fn step(&self) -> Option<(Transition, &Steps)> {
        match self {
            Self::Confirm(steps) => Some((Transition::Confirm, steps)),
            Self::CheckIn(steps) => Some((Transition::CheckIn, steps)),
            Self::CheckOut(steps) => Some((Transition::CheckOut, steps)),
            Self::ReverseCheckIn(steps) => Some((Transition::ReverseCheckIn, steps)),
            Self::ReverseCheckOut(steps) => Some((Transition::ReverseCheckOut, steps)),
            Self::Cancel(steps) => Some((Transition::Cancel, steps)),
            Self::NoShow(steps) => Some((Transition::NoShow, steps)),
            Self::Reinstate(steps) => Some((Transition::Reinstate, steps)),
            _ => None,
        }
    }

    /// The command that takes this step.
    pub fn of_step(transition: Transition, steps: Steps) -> Self {
        match transition {
            Transition::Confirm => Self::Confirm(steps),
            Transition::CheckIn => Self::CheckIn(steps),
            Transition::CheckOut => Self::CheckOut(steps),
            Transition::ReverseCheckIn => Self::ReverseCheckIn(steps),
            Transition::ReverseCheckOut => Self::ReverseCheckOut(steps),
            Transition::Cancel => Self::Cancel(steps),
            Transition::NoShow => Self::NoShow(steps),
            Transition::Reinstate => Self::Reinstate(steps),
        }
    }
}
