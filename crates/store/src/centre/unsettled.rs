//! What is shown and the centre has not answered yet.

use keyrack_inventory::{Night, ReservationId, RoomTypeCode};
use rusqlite::{Row, params};

use crate::Reader;
use crate::error::StoreError;
use crate::rows::{night_at, parsed, uuid};

/// A stay that the centre has not settled: a command about it waits, or it needs confirmation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsettled {
    /// Its reservation.
    pub reservation: ReservationId,
    /// Its room type.
    pub room_type: RoomTypeCode,
    /// Its first night.
    pub arrival: Night,
    /// The morning on which it leaves.
    pub leaves_on: Night,
}

impl Reader<'_> {
    /// The stays that the centre has not settled, at most `limit` of each kind; one may be there twice.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn unsettled(&self, limit: u32) -> Result<Vec<Unsettled>, StoreError> {
        let queued = "SELECT s.reservation, s.room_type, s.arrival, s.leaves_on
             FROM queue AS q
             JOIN command AS c ON c.id = q.id
             JOIN audit AS a ON a.command = c.seq
             JOIN reservation AS r ON r.number = CASE instr(a.object, '/')
                WHEN 0 THEN a.object ELSE substr(a.object, 1, instr(a.object, '/') - 1) END
             JOIN stay AS s ON s.reservation = r.id
             WHERE q.state = 'waiting' OR q.state = 'parked' LIMIT ?1";
        let asking = "SELECT s.reservation, s.room_type, s.arrival, s.leaves_on
             FROM reservation AS r
             JOIN stay AS s ON s.reservation = r.id
             WHERE r.status = 'needs_confirmation' LIMIT ?1";
        let mut found = Vec::new();
        for sql in [queued, asking] {
            let mut statement = self.connection().prepare_cached(sql)?;
            let mut rows = statement.query([limit])?;
            while let Some(row) = rows.next()? {
                found.push(read(row)?);
            }
        }
        Ok(found)
    }

    /// Rooms of a type that this desk may sell on a night without the centre; nothing where the file
    /// has no centre.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn safe_rooms(&self, code: RoomTypeCode, night: Night) -> Result<Option<u32>, StoreError> {
        let mut statement = self.connection().prepare_cached(
            "SELECT coalesce((SELECT granted - consumed - returned FROM share
                WHERE room_type = ?1 AND night = ?2 AND centre.let_go = 0), 0) FROM centre",
        )?;
        let mut rows = statement.query(params![code.as_str(), night.day_number()])?;
        Ok(rows.next()?.map(|row| row.get(0)).transpose()?)
    }
}

fn read(row: &Row<'_>) -> Result<Unsettled, StoreError> {
    Ok(Unsettled {
        reservation: ReservationId(uuid(row, 0)?),
        room_type: parsed(row, 1, "stay")?,
        arrival: night_at(row, 2)?,
        leaves_on: night_at(row, 3)?,
    })
}
