//! What the desk answers, as it crosses to the window and to scripts.

use keyrack_inventory::model::HoldStatus;
use keyrack_inventory::{
    Cell, CommandId, HoldId, Instant, Night, OutageId, Refusal, ReservationId, RoomNumber,
    RoomTypeCode, ShortNumber, StayStatus,
};
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

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
    #[ts(type = "true")]
    pub repeated: Option<bool>,
    /// The number of the last event in the file.
    pub head: i64,
    /// What came of it.
    #[serde(flatten)]
    pub body: AnswerBody,
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
    /// The room type that was added or changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub room_type: Option<RoomTypeCode>,
    /// How many cells were opened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opened: Option<u64>,
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
    #[ts(type = "unknown")]
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

/// An outage by name.
#[derive(Clone, Debug, Serialize, TS)]
pub struct OutageRef {
    /// Its identity.
    pub id: OutageId,
    /// Its number.
    pub number: ShortNumber,
}

/// The hotel and its room types.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(optional_fields)]
pub struct PropertyInfo {
    /// Its name.
    pub name: String,
    /// Its short code.
    pub code: String,
    /// IANA time zone.
    pub time_zone: String,
    /// ISO 4217 currency.
    pub currency: String,
    /// Digits of the currency's minor unit.
    pub currency_digits: u8,
    /// The hotel's own date.
    pub business_date: Night,
    /// The first open night.
    pub open_from: Night,
    /// The night after the last open one.
    pub open_to: Night,
    /// Its types in ascending rank.
    pub room_types: Vec<RoomTypeInfo>,
    /// Where the file is.
    pub file: String,
    /// Whether this is the sample hotel.
    pub sample: bool,
    /// The number of the last event.
    pub head: i64,
    /// Who is working here.
    pub actor: String,
    /// What Undo would undo.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_undo: Option<UndoInfo>,
}

/// What Undo would undo.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct UndoInfo {
    /// The command.
    pub command_id: CommandId,
    /// In a few words.
    pub text: String,
}

/// A room type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(optional_fields)]
pub struct RoomTypeInfo {
    /// Its code.
    pub code: RoomTypeCode,
    /// Its name.
    pub name: String,
    /// Its rank.
    pub rank: u32,
    /// Rooms with which new nights open.
    pub rooms: i32,
    /// Overbooking with which new nights open.
    pub overbooking: i32,
    /// Where it stands in its life.
    #[ts(type = "\"draft\" | \"on_sale\" | \"stopped\" | \"retired\"")]
    pub status: &'static str,
    /// The first night without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retired_from: Option<Night>,
}

/// Every count of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct CellCounts {
    /// Rooms that exist.
    pub physical: i32,
    /// Rooms out of order.
    pub out_of_order: i32,
    /// Rooms sold.
    pub sold: i32,
    /// Rooms held.
    pub held: i32,
    /// Rooms kept for groups.
    pub blocked: i32,
    /// Rooms that may be sold beyond the house.
    pub overbooking: i32,
    /// Real rooms left, signed.
    pub rooms_left: i32,
    /// With overbooking, signed.
    pub free: i32,
    /// What may be sold.
    pub available: i32,
    /// How many changes it has seen.
    pub version: i64,
}

impl From<Cell> for CellCounts {
    fn from(cell: Cell) -> Self {
        Self {
            physical: cell.physical,
            out_of_order: cell.out_of_order,
            sold: cell.sold,
            held: cell.held,
            blocked: cell.blocked,
            overbooking: cell.overbooking,
            rooms_left: cell.rooms_left(),
            free: cell.free(),
            available: cell.available(),
            version: cell.version,
        }
    }
}

/// What changed since an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Changes {
    /// The event that was asked from.
    pub since: i64,
    /// The number of the last event.
    pub head: i64,
    /// Too much changed to be listed: read the range again.
    pub reread: bool,
    /// The property or a room type changed.
    pub catalogue: bool,
    /// Cells as they are now.
    pub cells: Vec<CellPatch>,
    /// Dates as they are now.
    pub days: Vec<DayPatch>,
}

/// A cell as it is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct CellPatch {
    /// The type.
    pub room_type: RoomTypeCode,
    /// The night, in days since 1970-01-01.
    pub night: i32,
    /// Rooms that exist.
    pub physical: i32,
    /// Rooms out of order.
    pub out_of_order: i32,
    /// Rooms sold.
    pub sold: i32,
    /// Rooms held.
    pub held: i32,
    /// Rooms kept for groups.
    pub blocked: i32,
    /// Rooms that may be sold beyond the house.
    pub overbooking: i32,
    /// Bit 0: open. Bit 1: not on sale.
    pub flags: i32,
    /// How many changes it has seen.
    pub version: i64,
}

/// A date as it is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(optional_fields)]
pub struct DayPatch {
    /// The night, in days since 1970-01-01.
    pub night: i32,
    /// Stays that arrive.
    pub arrivals: i32,
    /// Stays that leave.
    pub departures: i32,
    /// Rooms in the house that stay over.
    pub in_house: i32,
    /// Stays without a night.
    pub day_use: i32,
    /// The house's own limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub house_overbooking: Option<i32>,
}

/// A cell, explained.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(optional_fields)]
pub struct CellPanel {
    /// The type, or the house.
    #[ts(type = "RoomTypeCode | \"house\"")]
    pub room_type: keyrack_inventory::Pool,
    /// The night.
    pub night: Night,
    /// Its counts.
    pub counts: CellCounts,
    /// Guests without a bed if all come.
    pub walk_risk: i32,
    /// When the next hold on it ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_hold_expiry: Option<Instant>,
    /// What makes each count.
    pub lines: Vec<ExplainLine>,
    /// Its last changes, the latest first.
    pub history: Vec<HistoryLine>,
    /// Types of higher rank with rooms left.
    pub upgrades: Vec<Upgrade>,
}

/// A type of higher rank with rooms left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Upgrade {
    /// The type.
    pub room_type: RoomTypeCode,
    /// Real rooms left.
    pub rooms_left: i32,
}

/// One thing that makes a count.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[ts(optional_fields)]
pub struct ExplainLine {
    /// Which count.
    #[ts(
        type = "\"physical\" | \"out_of_order\" | \"out_of_service\" | \"sold\" | \"held\" | \"blocked\" | \"overbooking\""
    )]
    pub count: &'static str,
    /// What it is.
    #[ts(type = "\"limit\" | \"stay\" | \"hold\" | \"outage\"")]
    pub kind: &'static str,
    /// Its identity.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(type = "Uuid")]
    pub id: Option<Uuid>,
    /// Its number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The stay's number in its reservation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stay: Option<u16>,
    /// The type, where the line is of the whole house.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub room_type: Option<RoomTypeCode>,
    /// Rooms that it adds to the count.
    pub rooms: i32,
    /// In a few words.
    pub text: String,
    /// Who.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guest: Option<String>,
    /// Where a stay stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<StayStatus>,
    /// From.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arrival: Option<Night>,
    /// To.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub departure: Option<Night>,
    /// When a hold ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Instant>,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(optional_fields)]
pub struct HistoryLine {
    /// The event's number.
    pub seq: i64,
    /// When.
    pub instant: Instant,
    /// On which business date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub business_date: Option<Night>,
    /// Who.
    pub actor: String,
    /// The event's type.
    pub event: String,
    /// In a few words.
    pub text: String,
    /// The command.
    #[ts(type = "Uuid")]
    pub command_id: Uuid,
    /// The object's number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

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
    /// Price of all nights, in minor units, where every stay has a price.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<i64>,
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
    /// Nights moved to other types.
    pub moved: Vec<MovedNightInfo>,
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
