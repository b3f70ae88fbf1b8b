//! What the window shows of the centre: how the desk stands, what waits, and which bookings and nights
//! that is about.

use std::collections::BTreeSet;

use keyrack_inventory::{Night, NightRange, ReservationId, RoomTypeCode};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{CentreStatus, ParkedRow};
use crate::Desk;
use crate::door::Question;
use crate::error::{CentreRefusal, DeskError};

/// Stays of each kind that are marked at most: a desk that was cut off for long says how many wait.
const MARKED: u32 = 2_000;
/// Commands of the queue that are listed at most.
const LISTED: u32 = 100;

/// Which items of the inbox are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct InboxRequest {
    /// Those that were dealt with too.
    pub all: bool,
}

/// Which item of the inbox was dealt with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct InboxAnswerRequest {
    /// Its number.
    #[ts(type = "number")]
    pub id: i64,
}

/// A night of a room type about which something waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
pub struct NightMark {
    /// The type.
    pub room_type: RoomTypeCode,
    /// The night.
    pub night: Night,
}

/// A desk and its centre, as the window shows them.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CentreView {
    /// How the desk stands.
    pub status: CentreStatus,
    /// The first commands that wait for the centre, in their order.
    pub waiting: Vec<ParkedRow>,
    /// Commands that wait for a person.
    pub parked: Vec<ParkedRow>,
    /// Bookings that the centre has not settled.
    #[ts(type = "Uuid[]")]
    pub reservations: BTreeSet<ReservationId>,
    /// The nights of those.
    #[ts(type = "NightMark[]")]
    pub nights: BTreeSet<NightMark>,
}

impl Desk {
    /// Rooms of each type that this desk may sell without the centre on each of the nights, in their order.
    ///
    /// # Errors
    /// Where the file has no centre, nobody who may is signed in, or the file fails.
    pub fn safe_rooms(
        &self,
        nights: NightRange,
    ) -> Result<Vec<(RoomTypeCode, Vec<u32>)>, DeskError> {
        self.admit(Question::CentreStatus)?;
        let found = self.store.read(|reader| {
            let catalogue = reader.catalogue()?;
            let mut types = Vec::new();
            for room_type in &catalogue.room_types {
                let code = room_type.code;
                let mut rooms = Vec::new();
                for night in nights.iter() {
                    match reader.safe_rooms(code, night)? {
                        Some(left) => rooms.push(left),
                        None => return Ok(None),
                    }
                }
                types.push((code, rooms));
            }
            Ok(Some(types))
        })?;
        found.ok_or_else(|| CentreRefusal::NotEnrolled.into())
    }

    /// How the desk and its centre stand and what is not settled; nothing where it has none.
    ///
    /// # Errors
    /// Where nobody who may is signed in, or the file fails.
    pub fn centre_view(&self) -> Result<Option<CentreView>, DeskError> {
        self.admit(Question::CentreStatus)?;
        let Some(status) = self.centre_status()? else {
            return Ok(None);
        };
        let (unsettled, queue) = self
            .store
            .read(|reader| Ok((reader.unsettled(MARKED)?, reader.queue(LISTED)?)))?;
        let nights = unsettled.iter().flat_map(|stay| {
            let days = stay.arrival.day_number()..stay.leaves_on.day_number();
            let nights = days.filter_map(Night::from_day_number);
            nights.map(|night| NightMark {
                room_type: stay.room_type,
                night,
            })
        });
        let waiting = queue.into_iter().filter(|row| row.state == "waiting");
        Ok(Some(CentreView {
            status,
            waiting: waiting.map(ParkedRow::from).collect(),
            parked: self.parked()?,
            nights: nights.collect(),
            reservations: unsettled.iter().map(|stay| stay.reservation).collect(),
        }))
    }
}
