//! Refusals: a rule said no. A value with a code and the facts; its sentence is in `keyrack-words`.

mod fault;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::civil::{Instant, Night};
use crate::ids::{CommandId, RoomTypeCode};
use crate::stay::StayStatus;

pub use fault::{Restriction, StayFault, UndoFault};

/// A room type, or the whole house.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pool {
    /// One type.
    RoomType(RoomTypeCode),
    /// The house.
    House,
}

impl fmt::Display for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RoomType(code) => code.fmt(f),
            Self::House => f.write_str("house"),
        }
    }
}

impl std::str::FromStr for Pool {
    type Err = crate::ids::Malformed;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "house" {
            Ok(Self::House)
        } else {
            text.parse().map(Self::RoomType)
        }
    }
}

impl Serialize for Pool {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Pool {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// Where the same rooms could be had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alternative {
    /// The type.
    pub room_type: RoomTypeCode,
    /// The night of arrival.
    pub arrival: Night,
    /// The date of departure.
    pub departure: Night,
    /// Rooms that could be sold over all of those nights.
    pub available: u32,
    /// How many of them only by overbooking.
    #[serde(default, skip_serializing_if = "crate::serial::is_zero")]
    pub overbooked: u32,
}

/// A rule said no.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "code")]
pub enum Refusal {
    /// Some night lacks rooms.
    NoAvailability {
        /// The type, or the house.
        room_type: Pool,
        /// The first night that lacks rooms.
        night: Night,
        /// Rooms asked for on it.
        required: u32,
        /// Rooms that may be sold on it.
        available: u32,
        /// The nearest alternatives, at most 5.
        alternatives: Vec<Alternative>,
        /// Rooms of that night in other desks' shares.
        in_other_shares: u32,
    },
    /// Not sold under the type's or the house's conditions.
    Restricted {
        /// Which condition.
        restriction: Restriction,
        /// The type, or the house.
        room_type: Pool,
        /// The night.
        night: Night,
        /// The nights that the condition asks for, where it is one of length.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        nights: Option<u16>,
    },
    /// An allotment has too few rooms left to be picked up.
    AllotmentExhausted {
        /// The allotment's number.
        id: String,
        /// The type.
        room_type: RoomTypeCode,
        /// The first night that lacks rooms.
        night: Night,
        /// Rooms asked for on it.
        required: u32,
        /// Rooms of the allotment on it.
        total: u32,
        /// Rooms picked up on it.
        picked_up: u32,
    },
    /// No such allotment.
    UnknownAllotment {
        /// What was asked for.
        id: String,
    },
    /// Something that is due on the business date was not decided.
    Undecided {
        /// The business date.
        date: Night,
        /// What: numbers, at most 20.
        by: Vec<String>,
        /// How many there are.
        count: u64,
    },
    /// Desks have not said that they have nothing left to send of the date.
    DesksMissing {
        /// The business date.
        date: Night,
        /// Their letters.
        desks: Vec<String>,
    },
    /// The date has not begun where the hotel is, or is of today and the one before it ended within twelve hours.
    TooEarly {
        /// The date that should end.
        date: Night,
        /// The date by the hotel's clock.
        local_date: Night,
    },
    /// The business date is another one.
    WrongBusinessDate {
        /// The date that was meant.
        date: Night,
        /// The business date.
        business_date: Night,
    },
    /// No such type.
    UnknownRoomType {
        /// What was asked for.
        id: String,
    },
    /// No such reservation.
    UnknownReservation {
        /// What was asked for.
        id: String,
    },
    /// No such stay.
    UnknownStay {
        /// What was asked for.
        id: String,
    },
    /// No such hold.
    UnknownHold {
        /// What was asked for.
        id: String,
    },
    /// No such outage.
    UnknownOutage {
        /// What was asked for.
        id: String,
    },
    /// No such command.
    UnknownCommand {
        /// What was asked for.
        id: String,
    },
    /// The stay or range itself is wrong.
    InvalidStay {
        /// The first night asked for.
        #[serde(skip_serializing_if = "Option::is_none")]
        arrival: Option<Night>,
        /// The end asked for.
        #[serde(skip_serializing_if = "Option::is_none")]
        departure: Option<Night>,
        /// Rooms asked for.
        #[serde(skip_serializing_if = "Option::is_none")]
        rooms: Option<u64>,
        /// What is wrong.
        why: StayFault,
        /// The night it is about.
        #[serde(skip_serializing_if = "Option::is_none")]
        night: Option<Night>,
    },
    /// The table of the lifecycle has no such step, or not before the arrival.
    IllegalTransition {
        /// The reservation or stay, as asked for.
        id: String,
        /// Where it stands.
        from: String,
        /// What was asked for.
        to: String,
        /// What is allowed.
        allowed: Vec<String>,
        /// The date of arrival, where the step is refused before it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        arrival: Option<Night>,
    },
    /// Another desk placed the hold: its rooms are rights of that desk, which alone changes it.
    HoldOfAnotherDesk {
        /// The hold's number.
        id: String,
        /// The letters of the desk that placed it.
        desk: String,
    },
    /// The hold's time was up.
    HoldExpired {
        /// The hold's number.
        id: String,
        /// When.
        expired_at: Instant,
    },
    /// The hold or allotment has ended.
    AlreadyReleased {
        /// Its number.
        id: String,
        /// How: released, converted or cancelled.
        status: String,
    },
    /// What was seen has changed since.
    Stale {
        /// The version seen.
        seen: i64,
        /// The version now.
        now: i64,
    },
    /// The same command id came with another request.
    IdempotencyConflict {
        /// The command's id.
        id: CommandId,
    },
    /// Somebody is in that room.
    RoomOccupied {
        /// The room.
        room: String,
        /// The reservation that has it.
        id: String,
    },
    /// More rooms out of order, or out of service, than exist: the one that is told.
    OutageExceedsPhysical {
        /// The first night on which that would be so.
        night: Night,
        /// Rooms that exist.
        physical: i32,
        /// Rooms that would be out of order.
        #[serde(default, skip_serializing_if = "crate::serial::is_none")]
        out_of_order: i32,
        /// Rooms that would be out of service.
        #[serde(default, skip_serializing_if = "crate::serial::is_none")]
        out_of_service: i32,
    },
    /// Something lies beyond the night from which the type would go.
    RoomTypeInUse {
        /// The type.
        room_type: RoomTypeCode,
        /// The numbers of bookings, holds and outages, at most 20.
        by: Vec<String>,
        /// How many there are.
        count: u64,
    },
    /// A type of that code is there already.
    DuplicateRoomType {
        /// The code.
        room_type: RoomTypeCode,
    },
    /// The file holds a property already.
    AlreadyInitialised {
        /// Its code.
        property: String,
    },
    /// There is nothing to undo, or the world has moved on.
    CannotUndo {
        /// The command, where one was found.
        #[serde(skip_serializing_if = "Option::is_none")]
        id: Option<CommandId>,
        /// What was done: the command's kind, or an act's.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        what: Option<String>,
        /// What it was about, as people name it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        object: Option<String>,
        /// Why.
        why: UndoFault,
    },
}

impl Refusal {
    /// Whether it says that something is not known here, which somebody else may still bring.
    pub fn is_unknown(&self) -> bool {
        matches!(
            self,
            Self::UnknownReservation { .. }
                | Self::UnknownStay { .. }
                | Self::UnknownHold { .. }
                | Self::UnknownOutage { .. }
                | Self::UnknownAllotment { .. }
                | Self::UnknownRoomType { .. }
                | Self::UnknownCommand { .. }
        )
    }

    /// An invalid stay, or what is asked for like one, of which only the fault is to be told.
    pub(crate) fn fault(why: StayFault, night: Option<Night>) -> Self {
        Self::InvalidStay {
            arrival: None,
            departure: None,
            rooms: None,
            why,
            night,
        }
    }

    /// The code that scripts read.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoAvailability { .. } => "no_availability",
            Self::Restricted { .. } => "restricted",
            Self::UnknownRoomType { .. } => "unknown_room_type",
            Self::UnknownReservation { .. } => "unknown_reservation",
            Self::UnknownStay { .. } => "unknown_stay",
            Self::UnknownHold { .. } => "unknown_hold",
            Self::UnknownOutage { .. } => "unknown_outage",
            Self::UnknownAllotment { .. } => "unknown_allotment",
            Self::AllotmentExhausted { .. } => "allotment_exhausted",
            Self::Undecided { .. } => "undecided",
            Self::DesksMissing { .. } => "desks_missing",
            Self::TooEarly { .. } => "too_early",
            Self::WrongBusinessDate { .. } => "wrong_business_date",
            Self::UnknownCommand { .. } => "unknown_command",
            Self::InvalidStay { .. } => "invalid_stay",
            Self::IllegalTransition { .. } => "illegal_transition",
            Self::HoldOfAnotherDesk { .. } => "hold_of_another_desk",
            Self::HoldExpired { .. } => "hold_expired",
            Self::AlreadyReleased { .. } => "already_released",
            Self::Stale { .. } => "stale",
            Self::IdempotencyConflict { .. } => "idempotency_conflict",
            Self::RoomOccupied { .. } => "room_occupied",
            Self::OutageExceedsPhysical { .. } => "outage_exceeds_physical",
            Self::RoomTypeInUse { .. } => "room_type_in_use",
            Self::DuplicateRoomType { .. } => "duplicate_room_type",
            Self::AlreadyInitialised { .. } => "already_initialised",
            Self::CannotUndo { .. } => "cannot_undo",
        }
    }
}

/// A refusal of an illegal step from a status.
pub(crate) fn illegal(id: String, from: StayStatus, to: &str, allowed: Vec<String>) -> Refusal {
    Refusal::IllegalTransition {
        id,
        from: from.as_str().to_owned(),
        to: to.to_owned(),
        allowed,
        arrival: None,
    }
}
