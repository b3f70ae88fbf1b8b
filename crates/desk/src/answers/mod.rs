//! What the desk answers, as it crosses to the window and to scripts.

mod charts;
mod grid;
mod groups;
mod lists;

use keyrack_inventory::{
    AllotmentId, CommandId, HoldId, Instant, Night, OutageId, Refusal, ReservationId, RoomTypeCode,
    ShortNumber, StayStatus,
};
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

use crate::api::StayRequest;

pub use charts::{ChartType, Charts};
pub use grid::{
    CellCounts, CellPanel, CellPatch, Changes, DayPatch, ExplainLine, HistoryLine, PropertyInfo,
    RoomTypeInfo, UndoInfo, Upgrade,
};
pub use groups::{
    AllotmentCard, AllotmentNight, AllotmentRow, DueDecision, DueItem, DueItems, DueKind,
    WaitingRow,
};
pub use lists::{
    DaySheet, HoldRow, MovedNightInfo, OutageRow, ReservationCard, SheetRow, StayCard,
};

/// The answer to a command.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(optional_fields)]
pub struct Answer {
    /// The command's id.
    pub command_id: CommandId,
    /// Names this request in logs.
    #[ts(type = "Uuid")]
    pub request_id: Uuid,
    /// The same command had been done before: this is its stored outcome.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repeated: Option<bool>,
    /// The number of the last event in the file.
    pub head: i64,
    /// What came of it.
    #[serde(flatten)]
    pub body: AnswerBody,
}

impl Answer {
    /// `done`, or the refusal's code.
    pub fn code(&self) -> &'static str {
        match &self.body {
            AnswerBody::Accepted(_) => "done",
            AnswerBody::Refused(refused) => refused.error.refusal.code(),
        }
    }
}

/// What came of a command.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(untagged)]
pub enum AnswerBody {
    /// It was done.
    Accepted(Box<Accepted>),
    /// A rule refused it.
    Refused(RefusedBody),
}

/// A command that was done.
#[derive(Clone, Debug, Default, Serialize, TS)]
#[ts(optional_fields)]
pub struct Accepted {
    /// Always true.
    #[ts(type = "true")]
    pub ok: bool,
    /// What was done, in a few words.
    pub text: String,
    /// Whether it can be undone.
    pub undoable: bool,
    /// The reservation that was made or changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reservation: Option<ReservationRef>,
    /// The hold that was placed or changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hold: Option<HoldRef>,
    /// The outage that was placed or changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outage: Option<OutageRef>,
    /// What of the hold was not booked, and goes back to the house.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub let_go: Option<Vec<StayRequest>>,
    /// Whom the outage hits, where fewer rooms are left than are promised.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hit: Option<OutageHit>,
    /// The allotment that was opened, changed or ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allotment: Option<AllotmentRef>,
    /// The business date now, where it moved on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub business_date: Option<Night>,
    /// The room type that was added or changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub room_type: Option<RoomTypeCode>,
    /// How many cells were opened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opened: Option<u64>,
    /// The centre is asked, and nothing is changed here until it has answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asked: Option<bool>,
    /// Why the centre has no rooms for what was asked, which stays a request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub declined: Option<RefusalBody>,
    /// The command that was undone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undone: Option<CommandId>,
    /// Of several objects, those that were done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub done: Option<Vec<String>>,
    /// Of several objects, those that were refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failed: Option<Vec<FailedOne>>,
    /// Of a command that had been done before, the object as it is at present.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(skip)]
    pub now: Option<serde_json::Value>,
}

/// A command that was refused.
#[derive(Clone, Debug, Serialize, TS)]
pub struct RefusedBody {
    /// Always false.
    #[ts(type = "false")]
    pub ok: bool,
    /// Why.
    pub error: RefusalBody,
}

/// A refusal: its code and facts, and the sentence.
#[derive(Clone, Debug, Serialize)]
pub struct RefusalBody {
    /// Code and facts.
    #[serde(flatten)]
    pub refusal: Refusal,
    /// For a person.
    pub message: String,
}

/// One of several objects that was refused.
#[derive(Clone, Debug, Serialize, TS)]
pub struct FailedOne {
    /// As it was named.
    pub id: String,
    /// Why.
    pub error: RefusalBody,
}

/// A reservation by name.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ReservationRef {
    /// Its identity.
    pub id: ReservationId,
    /// Its number.
    pub number: ShortNumber,
    /// Where it stands.
    pub status: StayStatus,
}

/// A hold by name.
#[derive(Clone, Debug, Serialize, TS)]
pub struct HoldRef {
    /// Its identity.
    pub id: HoldId,
    /// Its number.
    pub number: ShortNumber,
    /// Until when.
    pub expires_at: Instant,
}

/// Whom an outage hits.
#[derive(Clone, Debug, Serialize, TS)]
pub struct OutageHit {
    /// Rooms that are missing on the worst night.
    pub overbooked_by: i32,
    /// That night.
    pub night: Night,
    /// How many stays have a night on which rooms are missing.
    pub count: u32,
    /// Those stays, by arrival: the first fifty.
    pub stays: Vec<SheetRow>,
}

/// An allotment by name.
#[derive(Clone, Debug, Serialize, TS)]
pub struct AllotmentRef {
    /// Its identity.
    pub id: AllotmentId,
    /// Its number.
    pub number: ShortNumber,
}

/// An outage by name.
#[derive(Clone, Debug, Serialize, TS)]
pub struct OutageRef {
    /// Its identity.
    pub id: OutageId,
    /// Its number.
    pub number: ShortNumber,
}
