//! What the lists answer. Guests and texts are ids: their rows are for desks.

use keyrack_inventory::model::Reservation;
use keyrack_inventory::{Cell, Night, RoomTypeCode};
use keyrack_wire::Fed;
use serde::Serialize;
use utoipa::ToSchema;

use crate::ledger::TrailLine;

/// What may be sold of a type on a night.
#[derive(Serialize, ToSchema)]
pub struct Availability {
    /// The night, by the date on which it begins.
    #[schema(value_type = String, format = Date, example = "2026-06-03")]
    night: Night,
    /// The type.
    #[schema(value_type = String, example = "DBL")]
    room_type: RoomTypeCode,
    /// Rooms that exist.
    physical: i32,
    /// Rooms out of order.
    out_of_order: i32,
    /// Rooms sold.
    sold: i32,
    /// Rooms kept by holds.
    held: i32,
    /// Rooms kept back for groups.
    blocked: i32,
    /// Rooms that may be sold beyond the house.
    overbooking: i32,
    /// Rooms that may still be sold, by all desks together.
    available: i32,
    /// Of these, rooms that stand in shares of desks.
    in_shares: i64,
}

impl From<(Night, RoomTypeCode, Cell, i64)> for Availability {
    fn from((night, room_type, cell, in_shares): (Night, RoomTypeCode, Cell, i64)) -> Self {
        Self {
            night,
            room_type,
            physical: cell.physical,
            out_of_order: cell.out_of_order,
            sold: cell.sold,
            held: cell.held,
            blocked: cell.blocked,
            overbooking: cell.overbooking,
            available: cell.available(),
            in_shares,
        }
    }
}

/// Availability over a range of nights.
#[derive(Serialize, ToSchema)]
pub struct AvailabilityList {
    /// A row for each open night and type.
    pub cells: Vec<Availability>,
}

/// One room of a reservation.
#[derive(Serialize, ToSchema)]
pub struct StayShape {
    /// Its number in the reservation.
    stay: u16,
    /// The type sold.
    #[schema(value_type = String)]
    room_type: RoomTypeCode,
    /// The night of arrival.
    #[schema(value_type = String, format = Date)]
    arrival: Night,
    /// The date of departure.
    #[schema(value_type = String, format = Date)]
    departure: Night,
    /// Where it stands.
    #[schema(example = "confirmed")]
    status: &'static str,
    /// The room's number on the door.
    room: Option<String>,
    /// Price a night in minor units.
    price: Option<i64>,
}

/// A reservation.
#[derive(Serialize, ToSchema)]
pub struct ReservationShape {
    /// Its identity.
    id: uuid::Uuid,
    /// Its short number.
    #[schema(example = "A12")]
    number: String,
    /// How often it was changed, from 1.
    version: i64,
    /// Where it stands as a whole.
    status: &'static str,
    /// When it was made.
    #[schema(format = DateTime)]
    created_at: String,
    /// The guest's id.
    guest: Option<uuid::Uuid>,
    /// Its number in another system.
    external_number: Option<String>,
    /// Its rooms.
    stays: Vec<StayShape>,
}

impl From<Reservation> for ReservationShape {
    fn from(found: Reservation) -> Self {
        let stays = found.stays.iter().map(|stay| StayShape {
            stay: stay.stay,
            room_type: stay.room_type,
            arrival: stay.arrival,
            departure: stay.departure,
            status: stay.status.as_str(),
            room: stay.room.as_ref().map(ToString::to_string),
            price: stay.price,
        });
        Self {
            id: found.id.0,
            number: found.number.to_string(),
            version: found.version,
            status: found.status().as_str(),
            created_at: found.created_at.to_string(),
            guest: found.details.guest.map(|guest| guest.0),
            external_number: found
                .details
                .external_number
                .as_ref()
                .map(ToString::to_string),
            stays: stays.collect(),
        }
    }
}

/// A page of reservations.
#[derive(Serialize, ToSchema)]
pub struct ReservationPage {
    /// In the order in which they were made.
    pub reservations: Vec<ReservationShape>,
    /// What to give as `after` for the next page; nothing after the last.
    pub next: Option<String>,
}

/// An event.
#[derive(Serialize, ToSchema)]
pub struct EventShape {
    /// The number of the command in the feed.
    number: u64,
    /// The command's id.
    command: uuid::Uuid,
    /// The letters of the desk.
    desk: String,
    /// Who.
    actor: String,
    /// When, by the desk's clock.
    #[schema(format = DateTime)]
    at: String,
    /// The event's type.
    name: String,
    /// The version of its payload; docs/schema has its shape.
    version: u32,
    /// The payload as it is stored.
    payload: String,
}

/// A page of events; a command's events are never divided.
#[derive(Serialize, ToSchema)]
pub struct EventPage {
    /// In the order of the feed.
    pub events: Vec<EventShape>,
    /// What to give as `after` for the next page.
    pub next: u64,
    /// Whether there are more now.
    pub more: bool,
}

impl EventShape {
    /// The events of an entry.
    pub fn of(entry: &Fed) -> impl Iterator<Item = Self> + '_ {
        entry.events.iter().map(|event| Self {
            number: entry.number,
            command: entry.id.0,
            desk: entry.desk.as_str().to_owned(),
            actor: entry.actor.as_str().to_owned(),
            at: entry.at.to_string(),
            name: event.name.as_str().to_owned(),
            version: event.version,
            payload: event.payload.clone(),
        })
    }
}

/// A row of the trail.
#[derive(Serialize, ToSchema)]
pub struct AuditShape {
    /// Its number.
    seq: u64,
    /// When, by the centre's clock.
    #[schema(format = DateTime)]
    at: String,
    /// The letters of the desk; empty where it was done at the centre.
    desk: String,
    /// Who.
    actor: String,
    /// What.
    what: String,
    /// Whether it was accepted.
    accepted: bool,
    /// The entry of the feed that it made.
    number: Option<u64>,
    /// Its hash, over the row before it too.
    hash: String,
}

impl From<TrailLine> for AuditShape {
    fn from(line: TrailLine) -> Self {
        Self {
            seq: line.seq,
            at: line.at.to_string(),
            desk: line.desk,
            actor: line.actor,
            what: line.what,
            accepted: line.accepted,
            number: line.number,
            hash: line.hash.iter().map(|byte| format!("{byte:02x}")).collect(),
        }
    }
}

/// A page of the trail.
#[derive(Serialize, ToSchema)]
pub struct AuditPage {
    /// In order.
    pub rows: Vec<AuditShape>,
    /// What to give as `after` for the next page; nothing after the last.
    pub next: Option<u64>,
}

/// Why there is no answer.
#[derive(Serialize, ToSchema)]
pub struct Problem {
    /// A code that a program can act on.
    #[schema(example = "unauthorised")]
    pub code: &'static str,
    /// Of what is malformed, which parameter and what is expected of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "limit: 1 to 1000 is expected")]
    pub detail: Option<String>,
}
