//! Reservations, holds, outages and allotments: whole as documents, with the columns they are found by.

use keyrack_inventory::model::{Hold, Outage, Reservation};
use keyrack_inventory::{Allotment, AllotmentId, HoldId, OutageId, Reference, ReservationId, Stay};
use keyrack_wire::Queued;
use tokio_postgres::types::Json;
use uuid::Uuid;

use super::Tx;
use super::rows::{doc, stored};
use crate::error::CentralError;

macro_rules! found {
    ($name:ident, $id:ident, $object:ty, $table:literal) => {
        /// The object of that id or number.
        ///
        /// # Errors
        /// Where the database fails.
        pub async fn $name(
            &self,
            property: i32,
            asked: &Reference<$id>,
        ) -> Result<Option<$object>, CentralError> {
            let row = match asked {
                Reference::Id(id) => {
                    let sql = concat!(
                        "SELECT doc FROM ",
                        $table,
                        " WHERE property = $1 AND id = $2"
                    );
                    self.row(sql, &[&property, &id.0]).await?
                }
                Reference::Number(number) => {
                    let sql = concat!(
                        "SELECT doc FROM ",
                        $table,
                        " WHERE property = $1 AND number = $2"
                    );
                    self.row(sql, &[&property, &number.as_str()]).await?
                }
            };
            row.as_ref().map(|row| doc(row, 0)).transpose()
        }
    };
}

impl Tx<'_> {
    found!(reservation, ReservationId, Reservation, "reservation");
    found!(hold, HoldId, Hold, "hold");
    found!(outage, OutageId, Outage, "outage");
    found!(allotment, AllotmentId, Allotment, "allotment");

    /// Writes the reservation with its stays.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn put_reservation(
        &self,
        property: i32,
        found: &Reservation,
    ) -> Result<(), CentralError> {
        self.run(
            "INSERT INTO reservation (property, id, number, version, status, created_at, doc)
             VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (property, id) DO UPDATE
                SET version = excluded.version, status = excluded.status, doc = excluded.doc",
            &[
                &property,
                &found.id.0,
                &found.number.as_str(),
                &found.version,
                &found.status().as_str(),
                &found.created_at.millis(),
                &Json(found),
            ],
        )
        .await?;
        for stay in &found.stays {
            self.put_stay(property, found.id.0, stay).await?;
        }
        Ok(())
    }

    /// Takes the stays of reservations away before they are written anew: one may have gone to another
    /// reservation, and two may have changed rooms.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn clear_stays(
        &self,
        property: i32,
        reservations: &[Uuid],
    ) -> Result<(), CentralError> {
        let sql = "DELETE FROM stay WHERE property = $1 AND reservation = ANY($2)";
        self.run(sql, &[&property, &reservations]).await?;
        Ok(())
    }

    async fn put_stay(
        &self,
        property: i32,
        reservation: Uuid,
        stay: &Stay,
    ) -> Result<(), CentralError> {
        let number = i32::from(stay.stay);
        self.run(
            "INSERT INTO stay (property, reservation, stay, room_type, arrival, departure, leaves_on,
                status, takes_none, option_until, kept_on, room)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            &[
                &property,
                &reservation,
                &number,
                &stay.room_type.as_str(),
                &stay.arrival.day_number(),
                &stay.departure.day_number(),
                &stay.leaves_on().day_number(),
                &stay.status.as_str(),
                &stay.takes_none,
                &stay.option_until.map(|night| night.day_number()),
                &stay.kept_on.map(|night| night.day_number()),
                &stay.room.as_ref().map(|room| room.as_str()),
            ],
        )
        .await?;
        for moved in &stay.moved {
            let sql = "INSERT INTO moved_night (property, reservation, stay, night, room_type)
                VALUES ($1, $2, $3, $4, $5)";
            let (night, code) = (moved.night.day_number(), moved.room_type);
            self.run(
                sql,
                &[&property, &reservation, &number, &night, &code.as_str()],
            )
            .await?;
        }
        Ok(())
    }

    /// Notes that the entry changed the reservation.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn note_change(
        &self,
        property: i32,
        id: ReservationId,
        number: u64,
        desk: &str,
    ) -> Result<(), CentralError> {
        let sql = "INSERT INTO reservation_change (property, reservation, number, desk)
            VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
        self.run(sql, &[&property, &id.0, &stored(number), &desk])
            .await?;
        Ok(())
    }

    /// The last entry of another desk after `seen` that changed the reservation.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn changed_by_others(
        &self,
        property: i32,
        id: ReservationId,
        seen: u64,
        desk: &str,
    ) -> Result<Option<i64>, CentralError> {
        let sql = "SELECT max(number) FROM reservation_change
            WHERE property = $1 AND reservation = $2 AND number > $3 AND desk <> $4";
        let row = self
            .row(sql, &[&property, &id.0, &stored(seen), &desk])
            .await?;
        Ok(row.map(|row| row.try_get(0)).transpose()?.flatten())
    }

    /// Writes the hold.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn put_hold(&self, property: i32, hold: &Hold) -> Result<(), CentralError> {
        let letters = hold.number.as_str().split('-').next().unwrap_or_default();
        self.run(
            "INSERT INTO hold (property, id, number, letters, status, expires_at, doc)
             VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (property, id) DO UPDATE
                SET status = excluded.status, expires_at = excluded.expires_at, doc = excluded.doc",
            &[
                &property,
                &hold.id.0,
                &hold.number.as_str(),
                &letters,
                &hold.status.as_str(),
                &hold.expires_at.millis(),
                &Json(hold),
            ],
        )
        .await?;
        Ok(())
    }

    /// Writes the outage.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn put_outage(&self, property: i32, outage: &Outage) -> Result<(), CentralError> {
        self.run(
            "INSERT INTO outage (property, id, number, room_type, from_night, back_on, doc)
             VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (property, id) DO UPDATE SET back_on = excluded.back_on, doc = excluded.doc",
            &[
                &property,
                &outage.id.0,
                &outage.number.as_str(),
                &outage.room_type.as_str(),
                &outage.from.day_number(),
                &outage.back_on.day_number(),
                &Json(outage),
            ],
        )
        .await?;
        Ok(())
    }

    /// Writes the allotment.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn put_allotment(
        &self,
        property: i32,
        found: &Allotment,
    ) -> Result<(), CentralError> {
        self.run(
            "INSERT INTO allotment (property, id, number, kind, status, cut_off, doc)
             VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (property, id) DO UPDATE
                SET status = excluded.status, cut_off = excluded.cut_off, doc = excluded.doc",
            &[
                &property,
                &found.id.0,
                &found.number.as_str(),
                &found.kind.as_str(),
                &found.status.as_str(),
                &found.terms.cut_off.map(|night| night.day_number()),
                &Json(found),
            ],
        )
        .await?;
        Ok(())
    }

    /// The active holds of a desk whose time is up at the instant, the oldest first.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn due_holds(
        &self,
        property: i32,
        letters: &str,
        at: i64,
        most: i64,
    ) -> Result<Vec<Hold>, CentralError> {
        let sql = "SELECT doc FROM hold WHERE property = $1 AND letters = ANY($2)
            AND status = 'active' AND expires_at <= $3 ORDER BY expires_at, id LIMIT $4";
        let own = [letters.to_owned(), Queued::asked_letters(letters)];
        let own = own.as_slice();
        let rows = self.rows(sql, &[&property, &own, &at, &most]).await?;
        rows.iter().map(|row| doc(row, 0)).collect()
    }

    /// Every hold that still keeps rooms.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn active_holds(&self, property: i32) -> Result<Vec<Hold>, CentralError> {
        let sql = "SELECT doc FROM hold WHERE property = $1 AND status = 'active'";
        let rows = self.rows(sql, &[&property]).await?;
        rows.iter().map(|row| doc(row, 0)).collect()
    }

    /// Every allotment that is open.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn open_allotments(&self, property: i32) -> Result<Vec<Allotment>, CentralError> {
        let sql = "SELECT doc FROM allotment WHERE property = $1 AND status = 'open'";
        let rows = self.rows(sql, &[&property]).await?;
        rows.iter().map(|row| doc(row, 0)).collect()
    }
}
