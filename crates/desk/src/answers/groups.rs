//! Groups, the waitlist, and what is due at the end of a business date.

use keyrack_inventory::allotment::{AllotmentKind, AllotmentStatus};
use keyrack_inventory::{AllotmentId, Night, RoomTypeCode, ShortNumber};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::SheetRow;

/// An allotment in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(optional_fields)]
pub struct AllotmentRow {
    /// Its identity.
    pub id: AllotmentId,
    /// Its number.
    pub number: ShortNumber,
    /// How many changes it has seen, pick-ups included.
    pub version: i64,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What it promises.
    pub allotment_kind: AllotmentKind,
    /// Where it stands.
    pub status: AllotmentStatus,
    /// Its rooms, as they were agreed.
    pub stays: Vec<crate::api::StayRequest>,
    /// The last business date on which it keeps its rooms.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cut_off: Option<Night>,
    /// Nights before and after within which an elastic one may be picked up.
    pub shoulder: u16,
    /// Room nights of it.
    pub total: u32,
    /// Room nights picked up.
    pub picked_up: u32,
    /// Room nights that it keeps back now.
    pub kept_back: u32,
}

/// An allotment, whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct AllotmentCard {
    /// The allotment.
    #[serde(flatten)]
    pub allotment: AllotmentRow,
    /// Night by night.
    pub nights: Vec<AllotmentNight>,
    /// The stays that were picked up.
    pub picked_up_by: Vec<SheetRow>,
}

/// One type on one night of an allotment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct AllotmentNight {
    /// The type.
    pub room_type: RoomTypeCode,
    /// The night.
    pub night: Night,
    /// Rooms.
    pub total: u32,
    /// Of those, picked up; more than there are where an elastic one was stretched.
    pub picked_up: u32,
    /// Rooms that it keeps back.
    pub kept_back: i32,
}

/// A stay that waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct WaitingRow {
    /// The stay.
    #[serde(flatten)]
    pub stay: SheetRow,
    /// Whether its reservation could be offered its rooms now.
    pub fits: bool,
}

/// What something that is due may become.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DueDecision {
    /// The guest has left.
    CheckOut,
    /// The guest stays a night longer.
    StayOn,
    /// The guest has come.
    CheckIn,
    /// The guest is still expected tomorrow; an allotment keeps its rooms a day longer.
    Keep,
    /// The guest did not come.
    NoShow,
    /// It is promised.
    Confirm,
    /// It is given up.
    Cancel,
    /// The allotment's rooms go back to the house.
    CutOff,
}

/// Why something is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DueKind {
    /// A guest who should have left.
    OverdueDeparture,
    /// A guest who should have come.
    ArrivalNotIn,
    /// A guest who should have come, and whose stay is over.
    ArrivalOver,
    /// A booking that was never promised.
    NeedsConfirmation,
    /// An option that is over.
    OptionDue,
    /// Somebody who waits for a night that is over.
    WaitedInVain,
    /// An allotment at its cut-off.
    AllotmentDue,
}

/// Something that must be decided before the business date can end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(optional_fields)]
pub struct DueItem {
    /// A stay, `A12/1`, or an allotment, `A-G3`.
    pub id: String,
    /// Why.
    pub due: DueKind,
    /// What it may become.
    pub choices: Vec<DueDecision>,
    /// What it becomes where nothing else is said; nothing where somebody must say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision: Option<DueDecision>,
    /// The stay.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stay: Option<SheetRow>,
    /// The allotment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allotment: Option<AllotmentRow>,
}

/// What must be decided before a business date can end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(optional_fields)]
pub struct DueItems {
    /// The business date.
    pub business_date: Night,
    /// Whether it can end now: nothing is left to be said, and it has begun or ends early with a reason.
    pub ready: bool,
    /// The date by the hotel's clock, where the business date has not begun by it, or is of today and
    /// the date before ended within twelve hours: it ends only with a reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub local_date: Option<Night>,
    /// What is due.
    pub items: Vec<DueItem>,
}
