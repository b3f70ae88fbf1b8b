//! The table of commands and questions that the window and keyrackctl share, as they cross.
//!
//! Adding a command takes a variant here, a variant of the domain's command, and an arm of the
//! translation in `request`; a missing one does not compile.

mod parts;
mod questions;

use keyrack_inventory::{
    AllotmentId, HoldId, Night, OutageId, Reference, RoomTypeCode, StayReference, Transition,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

pub use parts::{
    AllotmentChange, Guest, NewAllotment, NewDetails, NewLimits, NewOutage, NewReservation,
    NewRoomType, Price, ReasonGiven, RoomFor, StayRequest, Steps,
};
pub use questions::{
    AlertRequest, AlertsRequest, AllotmentRequest, AllotmentsRequest, CellAtRequest, CellRequest,
    ChangesRequest, ChartsRequest, DaySheetRequest, DueRequest, EndOfDayRequest, FindRequest,
    GridRequest, NewProperty, PropertyRoomType, ReservationRequest,
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
    /// Another room for a guest in the house.
    GiveRoom {
        /// The reservation, or one stay.
        id: StayReference,
        /// The number on the door.
        room: keyrack_inventory::RoomNumber,
    },
    /// Puts right what is known of a booking beside its stays.
    SetDetails(NewDetails),
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
    /// Keeps rooms back for a group.
    OpenAllotment(NewAllotment),
    /// Changes what was agreed with a group.
    ChangeAllotment(AllotmentChange),
    /// Gives an allotment's rooms back to the house.
    ReleaseAllotment {
        /// The allotment.
        id: Reference<AllotmentId>,
    },
    /// The group does not come.
    CancelAllotment {
        /// The allotment.
        id: Reference<AllotmentId>,
    },
    /// Cancels stays that were picked up, back to their allotment.
    ReturnPickUp(Steps),
    /// Keeps a room for somebody who waits.
    OfferWaitlist {
        /// Whom; the oldest who fits where not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<StayReference>,
        /// Until when; the day after the business date where not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        option_until: Option<Night>,
    },
    /// Guests wait no longer.
    LeaveWaitlist(Steps),
    /// Guests who have not come are still expected, for another day.
    KeepArrivals {
        /// Who.
        ids: Vec<StayReference>,
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
            Transition::Offer => Self::OfferWaitlist {
                id: steps.ids.into_iter().next(),
                option_until: None,
            },
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
