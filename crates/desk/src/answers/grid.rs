//! The hotel, its cells, and what makes them.

use keyrack_inventory::{Cell, CommandId, Instant, Night, Restrictions, RoomTypeCode, StayStatus};
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

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
    /// Rises when the property changes, or the counts are written anew.
    pub generation: i64,
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
    /// What may be sold; nothing of a type that is not sold on the night.
    pub available: i32,
    /// The same under the conditions: 0 where the night is closed for sale, in the type or in the whole house.
    pub may_be_sold: i32,
    /// Conditions under which it is not sold, where there are any.
    #[serde(skip_serializing_if = "is_free")]
    #[ts(optional, as = "Option<Restrictions>")]
    pub restrictions: Restrictions,
    /// How many changes it has seen.
    pub version: i64,
}

fn is_free(restrictions: &Restrictions) -> bool {
    restrictions.is_free()
}

impl CellCounts {
    /// Those of a cell, of which so many rooms may be sold where neither it nor the house is closed.
    pub(crate) fn of(cell: &Cell, available: i32, house_closed: bool) -> Self {
        let closed = house_closed || cell.restrictions.stop_sell;
        Self {
            physical: cell.physical,
            out_of_order: cell.out_of_order,
            sold: cell.sold,
            held: cell.held,
            blocked: cell.blocked,
            overbooking: cell.overbooking,
            rooms_left: cell.rooms_left(),
            free: cell.free(),
            available,
            may_be_sold: if closed { 0 } else { available },
            restrictions: cell.restrictions,
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
    /// Bit 0 stop-sell, 1 closed to arrival, 2 closed to departure; from bit 8 the minimum and from
    /// bit 20 the maximum stay.
    pub restrictions: i32,
    /// Rooms of open allotments.
    pub group_rooms: i32,
    /// Of those, picked up.
    pub group_picked_up: i32,
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
    /// Restrictions of the whole house, packed as those of a cell.
    pub house_restrictions: i32,
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
    /// Rooms that this desk may sell without its centre, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub safe_offline: Option<u32>,
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
        type = "\"physical\" | \"out_of_order\" | \"out_of_service\" | \"sold\" | \"held\" | \"blocked\" | \"overbooking\" | \"restrictions\""
    )]
    pub count: &'static str,
    /// What it is.
    #[ts(type = "\"limit\" | \"stay\" | \"hold\" | \"outage\" | \"allotment\"")]
    pub kind: &'static str,
    /// Its identity.
    #[serde(skip_serializing_if = "Option::is_none")]
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
