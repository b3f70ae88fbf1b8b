//! Commands: what can be asked of the inventory. One variant each; `decide` has one arm for it.

mod details;
mod kinds;
mod permission;
mod reason;
mod whose;

use serde::{Deserialize, Serialize};

pub use details::{Detail, DetailsChange};
pub use permission::Permission;
pub use reason::{Reason, ReasonCode};

use crate::allotment::{NewAllotment, TermsChange};
use crate::civil::Night;
use crate::ids::{
    AllotmentId, CommandId, HoldId, Name, OutageId, Reference, ReservationId, RoomNumber,
    RoomTypeCode, StayReference, TextId,
};
use crate::model::{BookingDetails, Property, RoomType, StayRequest};
use crate::restriction::RestrictionChange;
use crate::stay::Transition;

/// One stay request of a new reservation, with what belongs to it alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewStay {
    /// Type, nights and rooms; each room becomes a stay.
    pub request: StayRequest,
    /// Price a night in minor units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<i64>,
    /// What a night costs the hotel, in minor units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<i64>,
    /// The type in which the guest will sleep, where it is known to be another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assigned: Option<RoomTypeCode>,
}

/// The number on a door, for one of the stays that a command names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GivenRoom {
    /// The stay, as the command names it.
    pub id: StayReference,
    /// Its room.
    pub room: RoomNumber,
}

/// Makes a reservation; all of its stays, or none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reserve {
    /// What is booked.
    pub stays: Vec<NewStay>,
    /// What is known beside it.
    pub details: BookingDetails,
    /// Take it as tentative.
    #[serde(default)]
    pub tentative: bool,
    /// The last date of a tentative stay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub option_until: Option<Night>,
    /// The hold that becomes this reservation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hold: Option<Reference<HoldId>>,
    /// The allotment from which it is picked up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allotment: Option<Reference<AllotmentId>>,
    /// Check in at once.
    #[serde(default)]
    pub walk_in: bool,
    /// The room of a walk-in of one room.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room: Option<RoomNumber>,
    /// Wait for a room: takes none, and is not refused for want of one.
    #[serde(default, skip_serializing_if = "crate::serial::is_off")]
    pub waitlist: bool,
}

/// What can be asked of the inventory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", deny_unknown_fields)]
pub enum Command {
    /// The first command of a file: the hotel and its room types.
    OpenProperty {
        /// The hotel.
        property: Property,
        /// Its types, on sale at once.
        room_types: Vec<RoomType>,
    },
    /// Moves the business date on.
    SetBusinessDate {
        /// The new date.
        date: Night,
    },
    /// Opens nights for every type that has them; again and again without harm.
    OpenNights {
        /// The first night.
        from: Night,
        /// The night after the last.
        to: Night,
    },
    /// Sets limits over a range of nights.
    SetLimits {
        /// The type, or the house.
        room_type: Option<RoomTypeCode>,
        /// The first night.
        from: Night,
        /// The night after the last.
        to: Night,
        /// Rooms that may be sold beyond the house; negative keeps rooms back.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        overbooking: Option<i32>,
        /// Take the house's own overbooking limit away (the house only): the types alone decide again.
        #[serde(default, skip_serializing_if = "crate::serial::is_off")]
        no_overbooking: bool,
        /// Rooms that exist (types only).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        physical: Option<i32>,
        /// Restrictions to set.
        #[serde(default, skip_serializing_if = "RestrictionChange::is_empty")]
        restrictions: RestrictionChange,
    },
    /// Adds a type as a draft.
    AddRoomType {
        /// Its code.
        code: RoomTypeCode,
        /// Its name.
        name: Name,
        /// Its rank; above all others where not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rank: Option<u32>,
        /// Rooms.
        rooms: i32,
        /// Overbooking limit.
        #[serde(default)]
        overbooking: i32,
    },
    /// Gives a type another name.
    RenameRoomType {
        /// The type.
        code: RoomTypeCode,
        /// The new name.
        name: Name,
    },
    /// Gives a type another rank.
    RankRoomType {
        /// The type.
        code: RoomTypeCode,
        /// The new rank.
        rank: u32,
    },
    /// Puts a draft on sale: its nights open.
    SellRoomType {
        /// The type.
        code: RoomTypeCode,
    },
    /// Stops selling a type.
    StopRoomType {
        /// The type.
        code: RoomTypeCode,
    },
    /// Retires a type from a night on.
    RetireRoomType {
        /// The type.
        code: RoomTypeCode,
        /// The first night without it; the business date where not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Night>,
    },
    /// Sells a stopped or retired type again.
    ReactivateRoomType {
        /// The type.
        code: RoomTypeCode,
    },
    /// Makes a reservation.
    Reserve(Reserve),
    /// Takes reservations or single stays a step on in their life; each stands alone.
    Transition {
        /// The step.
        transition: Transition,
        /// On which.
        ids: Vec<StayReference>,
        /// The room given at check-in.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        room: Option<RoomNumber>,
        /// The rooms given at the check-in of several, each to its own.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        rooms: Vec<GivenRoom>,
        /// Why.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Reason>,
    },
    /// Puts other stays in the place of a reservation's open ones, as one swap.
    Amend {
        /// The reservation, or one stay of it.
        id: StayReference,
        /// The stays it shall have.
        stays: Vec<StayRequest>,
    },
    /// Makes a reservation of its own of one stay.
    Split {
        /// The stay.
        id: StayReference,
    },
    /// Moves one night of a stay to another type's inventory; the type sold stays.
    MoveNight {
        /// The stay.
        id: StayReference,
        /// The night.
        night: Night,
        /// The type that takes it.
        room_type: RoomTypeCode,
    },
    /// Gives a guest who is in the house another room of it, or the first one.
    GiveRoom {
        /// The reservation, where one of its stays is in the house, or one stay.
        id: StayReference,
        /// The number on the door.
        room: RoomNumber,
    },
    /// Puts right what is known of a booking beside its stays.
    SetDetails {
        /// The reservation.
        id: Reference<ReservationId>,
        /// What shall change.
        change: DetailsChange,
    },
    /// Keeps rooms for a guest who is deciding.
    PlaceHold {
        /// What is kept.
        stays: Vec<StayRequest>,
        /// For how long: 1 to 60.
        minutes: u32,
        /// For whom or what.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reference: Option<TextId>,
    },
    /// Gives a hold more time, counted from now.
    ExtendHold {
        /// The hold.
        id: Reference<HoldId>,
        /// For how long: 1 to 60.
        minutes: u32,
    },
    /// Makes a hold a reservation: what it kept is what is booked.
    ConvertHold {
        /// The hold.
        id: Reference<HoldId>,
        /// What is known beside the stays.
        details: BookingDetails,
    },
    /// Lets a hold go.
    ReleaseHold {
        /// The hold.
        id: Reference<HoldId>,
    },
    /// Lets go the holds whose time is up.
    SweepHolds {
        /// These alone, as a desk has let them go: another one may have become a booking there of which nothing is known
        /// yet. Empty for all.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        holds: Vec<HoldId>,
    },
    /// Takes rooms out of order, or out of service.
    AddOutage {
        /// The type.
        room_type: RoomTypeCode,
        /// The first night.
        from: Night,
        /// The first night on which they are back.
        back_on: Night,
        /// Rooms.
        rooms: u32,
        /// Out of service: noted, deducts nothing.
        #[serde(default)]
        service: bool,
        /// Why.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<TextId>,
        /// The room's number on the door.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        room: Option<RoomNumber>,
    },
    /// Brings rooms back earlier, or later.
    EndOutage {
        /// The outage.
        id: Reference<OutageId>,
        /// The first night on which they are back; the business date where not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        on: Option<Night>,
    },
    /// Keeps rooms back for a group.
    OpenAllotment(NewAllotment),
    /// Changes what was agreed with a group.
    ChangeAllotment {
        /// The allotment.
        id: Reference<AllotmentId>,
        /// What shall change.
        change: TermsChange,
    },
    /// Gives an allotment's rooms back to the house.
    ReleaseAllotment {
        /// The allotment.
        id: Reference<AllotmentId>,
        /// At its cut-off, as the end of day does; else a person wants it so.
        #[serde(default, skip_serializing_if = "crate::serial::is_off")]
        cut_off: bool,
    },
    /// The group does not come.
    CancelAllotment {
        /// The allotment.
        id: Reference<AllotmentId>,
    },
    /// Cancels stays that were picked up, and gives their rooms back to their allotment.
    ReturnPickUp {
        /// Which.
        ids: Vec<StayReference>,
        /// Why.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Reason>,
    },
    /// Keeps a room for somebody who waits, until an option date.
    OfferWaitlist {
        /// Whom; the oldest who fits where not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<StayReference>,
        /// Until when; the day after the business date where not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        option_until: Option<Night>,
    },
    /// Guests wait no longer.
    LeaveWaitlist {
        /// Who.
        ids: Vec<StayReference>,
        /// Why.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Reason>,
    },
    /// Guests who have not come are still expected, for another day.
    KeepArrivals {
        /// Who.
        ids: Vec<StayReference>,
    },
    /// Ends the business date, once all that is due on it was decided.
    CloseDay {
        /// The business date that ends.
        date: Night,
        /// The letters of desks that are not waited for, because nobody can ask them.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        without: Vec<String>,
    },
    /// Compensates a command.
    Undo {
        /// Which; the actor's last one that can be undone where not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        command: Option<CommandId>,
    },
}
