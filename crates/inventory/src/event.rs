//! Events: what happened, in the log's words. Payloads hold ids only, never a name or a free text.
//!
//! A change carries what was before and what is after it, so that it explains itself, can be
//! undone, and is audited without a second copy. The fold of a released version never changes.

mod described;
mod split;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::allotment::{AllotmentChanged, AllotmentOpened, AllotmentStatusSet};
use crate::civil::{Instant, Night, NightRange};
use crate::command::Reason;
use crate::corrected::RowCorrected;
use crate::ids::{HoldId, OutageId, ReservationId, RoomTypeCode, ShortNumber, TextId};
use crate::model::{BookingDetails, HoldStatus, Outage, Property, RoomType, StayRequest};
use crate::restriction::RestrictionsSet;
use crate::stay::Stay;
use crate::stored::events;
pub use crate::stored::{STEPS, Step, Unreadable};
pub use described::DetailsSet;
pub use split::{Party, SplitOff};

/// The hotel was set up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PropertyOpened {
    /// The hotel.
    pub property: Property,
    /// The letters with which this desk's short numbers begin.
    pub desk: String,
}

/// The business date moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct BusinessDateSet {
    /// The date before.
    pub before: Night,
    /// The date now.
    pub after: Night,
}

/// A type was added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RoomTypeAdded {
    /// The type.
    pub room_type: RoomType,
}

/// A type was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RoomTypeChanged {
    /// The type before.
    pub before: RoomType,
    /// The type now.
    pub after: RoomType,
}

/// Nights of one type that were opened together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OpenedNights {
    /// The type.
    pub room_type: RoomTypeCode,
    /// The nights.
    pub nights: NightRange,
    /// Rooms that exist.
    pub physical: i32,
    /// Overbooking limit.
    pub overbooking: i32,
}

/// Nights were opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NightsOpened {
    /// By type.
    pub opened: Vec<OpenedNights>,
}

/// A run of nights over which a limit changed from one value to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LimitRun<T> {
    /// The nights.
    pub nights: NightRange,
    /// The value before.
    pub before: T,
    /// The value now.
    pub after: T,
}

/// A limit of one type was set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LimitSet {
    /// The type.
    pub room_type: RoomTypeCode,
    /// Runs of equal nights.
    pub runs: Vec<LimitRun<i32>>,
}

/// The house's overbooking limit was set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct HouseLimitSet {
    /// Runs of equal nights; no value is no limit of the house's own.
    pub runs: Vec<LimitRun<Option<i32>>>,
}

/// A reservation was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ReservationMade {
    /// Its identity.
    pub reservation: ReservationId,
    /// Its number.
    pub number: ShortNumber,
    /// What is known beside the stays.
    pub details: BookingDetails,
    /// Its stays.
    pub stays: Vec<Stay>,
    /// The hold that became it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hold: Option<HoldId>,
    /// The reservation from which it was split.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub split_from: Option<ReservationId>,
}

/// One stay before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct StayDiff {
    /// The stay before; nothing where it was added.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Stay>,
    /// The stay now; nothing where it went to another reservation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Stay>,
}

/// Stays of a reservation changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct StaysChanged {
    /// The reservation.
    pub reservation: ReservationId,
    /// Which, and how.
    pub stays: Vec<StayDiff>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
}

/// A hold was placed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct HoldPlaced {
    /// Its identity.
    pub hold: HoldId,
    /// Its number.
    pub number: ShortNumber,
    /// What it keeps.
    pub stays: Vec<StayRequest>,
    /// Until when.
    pub expires_at: Instant,
    /// For whom or what.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<TextId>,
}

/// A hold got another time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct HoldExtended {
    /// The hold.
    pub hold: HoldId,
    /// Its end before.
    pub before: Instant,
    /// Its end now.
    pub after: Instant,
}

/// A hold ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct HoldEnded {
    /// The hold.
    pub hold: HoldId,
    /// How.
    pub status: HoldStatus,
    /// What it had kept, and until when: undoing a release places it anew.
    pub stays: Vec<StayRequest>,
    /// When it would have ended by itself.
    pub expires_at: Instant,
    /// For whom or what.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<TextId>,
}

/// Rooms were taken out of order, or out of service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OutagePlaced {
    /// The outage.
    pub outage: Outage,
}

/// An outage's end changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OutageEndSet {
    /// The outage.
    pub outage: OutageId,
    /// Its end before.
    pub before: Night,
    /// Its end now.
    pub after: Night,
}

/// Of a command on several objects some were refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct BatchPartlyApplied {
    /// How many were done.
    pub done: u32,
    /// How many were refused.
    pub failed: u32,
}

events! {
    /// The hotel was set up.
    PropertyOpened(PropertyOpened) = "property_opened", version 2;
    /// The business date moved.
    BusinessDateSet(BusinessDateSet) = "business_date_set", version 1;
    /// A type was added.
    RoomTypeAdded(RoomTypeAdded) = "room_type_added", version 1;
    /// A type got another name, rank or status.
    RoomTypeChanged(RoomTypeChanged) = "room_type_changed", version 1;
    /// Nights were opened.
    NightsOpened(NightsOpened) = "nights_opened", version 1;
    /// Rooms that exist were set.
    PhysicalSet(LimitSet) = "physical_set", version 1;
    /// A type's overbooking limit was set.
    OverbookingSet(LimitSet) = "overbooking_set", version 1;
    /// The house's overbooking limit was set.
    HouseOverbookingSet(HouseLimitSet) = "house_overbooking_set", version 1;
    /// A reservation was made.
    ReservationMade(ReservationMade) = "reservation_made", version 2;
    /// Stays were confirmed.
    Confirmed(StaysChanged) = "stays_confirmed", version 2;
    /// Guests checked in.
    CheckedIn(StaysChanged) = "stays_checked_in", version 2;
    /// Guests checked out.
    CheckedOut(StaysChanged) = "stays_checked_out", version 2;
    /// A check-in was reversed.
    CheckInReversed(StaysChanged) = "check_in_reversed", version 2;
    /// A check-out was reversed.
    CheckOutReversed(StaysChanged) = "check_out_reversed", version 2;
    /// Stays were cancelled.
    Cancelled(StaysChanged) = "stays_cancelled", version 2;
    /// Guests did not come.
    NoShow(StaysChanged) = "stays_no_show", version 2;
    /// A cancellation or no-show was taken back.
    Reinstated(StaysChanged) = "stays_reinstated", version 2;
    /// Dates, types or rooms changed.
    Amended(StaysChanged) = "reservation_amended", version 2;
    /// A stay went to a reservation of its own.
    Split(SplitOff) = "reservation_split", version 2;
    /// A night moved to another type.
    NightMoved(StaysChanged) = "night_moved", version 2;
    /// A guest in the house got another room.
    RoomGiven(StaysChanged) = "room_given", version 1;
    /// What is known of a booking beside its stays was put right.
    DetailsSet(DetailsSet) = "details_set", version 1;
    /// An undo put stays back.
    Restored(StaysChanged) = "stays_restored", version 2;
    /// A hold was placed.
    HoldPlaced(HoldPlaced) = "hold_placed", version 1;
    /// A hold got another time.
    HoldExtended(HoldExtended) = "hold_extended", version 1;
    /// A hold ended.
    HoldEnded(HoldEnded) = "hold_ended", version 1;
    /// Rooms were taken out.
    OutagePlaced(OutagePlaced) = "outage_placed", version 1;
    /// An outage's end changed.
    OutageEndSet(OutageEndSet) = "outage_end_set", version 1;
    /// Restrictions of a type or of the house were set.
    RestrictionsSet(RestrictionsSet) = "restrictions_set", version 1;
    /// A room was found for guests who wait.
    Offered(StaysChanged) = "waitlist_offered", version 1;
    /// Guests who had not come are still expected.
    Kept(StaysChanged) = "arrivals_kept", version 1;
    /// Rooms were kept back for a group.
    AllotmentOpened(AllotmentOpened) = "allotment_opened", version 1;
    /// What was agreed with a group changed.
    AllotmentChanged(AllotmentChanged) = "allotment_changed", version 1;
    /// An allotment was released or cancelled, or that was taken back.
    AllotmentStatusSet(AllotmentStatusSet) = "allotment_status_set", version 1;
    /// Of several objects some were refused.
    BatchPartlyApplied(BatchPartlyApplied) = "batch_partly_applied", version 1;
    /// A row was put right after what the centre decided.
    RowCorrected(RowCorrected) = "row_corrected", version 1;
}

impl Event {
    /// The reservation, hold, outage or allotment that it made or changed, where there is one.
    pub fn object(&self) -> Option<Uuid> {
        match self {
            Self::ReservationMade(made) => Some(made.reservation.0),
            Self::HoldPlaced(placed) => Some(placed.hold.0),
            Self::HoldExtended(extended) => Some(extended.hold.0),
            Self::HoldEnded(ended) => Some(ended.hold.0),
            Self::OutagePlaced(placed) => Some(placed.outage.id.0),
            Self::OutageEndSet(set) => Some(set.outage.0),
            Self::AllotmentOpened(opened) => Some(opened.allotment.0),
            Self::AllotmentChanged(changed) => Some(changed.allotment.0),
            Self::AllotmentStatusSet(set) => Some(set.allotment.0),
            other => other.stays_changed().map(|change| change.reservation.0),
        }
    }

    /// The change of stays in it, where it is one; of none where only what is beside them changed.
    pub fn stays_changed(&self) -> Option<&StaysChanged> {
        match self {
            Self::Confirmed(change)
            | Self::CheckedIn(change)
            | Self::CheckedOut(change)
            | Self::CheckInReversed(change)
            | Self::CheckOutReversed(change)
            | Self::Cancelled(change)
            | Self::NoShow(change)
            | Self::Reinstated(change)
            | Self::Amended(change)
            | Self::NightMoved(change)
            | Self::RoomGiven(change)
            | Self::Restored(change)
            | Self::Offered(change)
            | Self::Kept(change) => Some(change),
            Self::Split(split) => Some(&split.change),
            Self::DetailsSet(set) => Some(&set.change),
            _ => None,
        }
    }
}
