//! Reservations, holds, outages and allotments: whole as documents, with the columns they are found by.

use keyrack_inventory::model::{Hold, Outage, Reservation};
use keyrack_inventory::{
    Allotment, AllotmentId, HoldId, Night, OutageId, Reference, ReservationId, Stay,
};
use keyrack_wire::Queued;
use tokio_postgres::types::Json;
use uuid::Uuid;

use super::rows::{doc, stored};
use super::{Noted, Tx};
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

/// The letters of the desk whose hold it is.
pub(super) fn letters_of(hold: &Hold) -> &str {
    hold.number.as_str().split('-').next().unwrap_or_default()
}

impl Tx<'_> {
    found!(reservation, ReservationId, Reservation, "reservation");
    found!(hold, HoldId, Hold, "hold");
    found!(outage, OutageId, Outage, "outage");
    found!(allotment, AllotmentId, Allotment, "allotment");

    /// The reservations of those ids and numbers.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn reservations_among(
        &self,
        property: i32,
        ids: &[Uuid],
        numbers: &[String],
    ) -> Result<Vec<Reservation>, CentralError> {
        let sql = "SELECT doc FROM reservation WHERE property = $1 AND id = ANY($2)
            UNION ALL SELECT doc FROM reservation WHERE property = $1 AND number = ANY($3)";
        let rows = self.rows(sql, &[&property, &ids, &numbers]).await?;
        rows.iter().map(|row| doc(row, 0)).collect()
    }

    /// The holds of those ids and numbers.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn holds_among(
        &self,
        property: i32,
        ids: &[Uuid],
        numbers: &[String],
    ) -> Result<Vec<Hold>, CentralError> {
        let sql = "SELECT doc FROM hold WHERE property = $1 AND id = ANY($2)
            UNION ALL SELECT doc FROM hold WHERE property = $1 AND number = ANY($3)";
        let rows = self.rows(sql, &[&property, &ids, &numbers]).await?;
        rows.iter().map(|row| doc(row, 0)).collect()
    }

    /// Writes reservations with their stays; those that they had were taken away before.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn put_reservations(
        &self,
        property: i32,
        all: &[&Reservation],
    ) -> Result<(), CentralError> {
        if all.is_empty() {
            return Ok(());
        }
        let ids: Vec<Uuid> = all.iter().map(|one| one.id.0).collect();
        let numbers: Vec<&str> = all.iter().map(|one| one.number.as_str()).collect();
        let versions: Vec<i64> = all.iter().map(|one| one.version).collect();
        let statuses: Vec<&str> = all.iter().map(|one| one.status().as_str()).collect();
        let created: Vec<i64> = all.iter().map(|one| one.created_at.millis()).collect();
        let docs: Vec<Json<&Reservation>> = all.iter().copied().map(Json).collect();
        self.run(
            "INSERT INTO reservation (property, id, number, version, status, created_at, doc)
             SELECT $1, * FROM unnest($2::uuid[], $3::text[], $4::bigint[], $5::text[], $6::bigint[],
                $7::jsonb[])
             ON CONFLICT (property, id) DO UPDATE
                SET version = excluded.version, status = excluded.status, doc = excluded.doc",
            &[
                &property, &ids, &numbers, &versions, &statuses, &created, &docs,
            ],
        )
        .await?;
        let stays = all.iter();
        let stays = stays.flat_map(|one| one.stays.iter().map(|stay| (one.id.0, stay)));
        let stays: Vec<(Uuid, &Stay)> = stays.collect();
        self.put_stays(property, &stays).await
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
        if reservations.is_empty() {
            return Ok(());
        }
        let sql = "DELETE FROM stay WHERE property = $1 AND reservation = ANY($2)";
        self.run(sql, &[&property, &reservations]).await?;
        Ok(())
    }

    async fn put_stays(&self, property: i32, all: &[(Uuid, &Stay)]) -> Result<(), CentralError> {
        if all.is_empty() {
            return Ok(());
        }
        let day = |of: fn(&Stay) -> Night| -> Vec<i32> {
            all.iter().map(|(_, stay)| of(stay).day_number()).collect()
        };
        let may = |of: fn(&Stay) -> Option<Night>| -> Vec<Option<i32>> {
            let nights = all.iter().map(|(_, stay)| of(stay));
            nights.map(|night| night.map(Night::day_number)).collect()
        };
        let reservations: Vec<Uuid> = all.iter().map(|(id, _)| *id).collect();
        let numbers: Vec<i32> = all.iter().map(|(_, stay)| stay.stay.into()).collect();
        let types: Vec<&str> = all
            .iter()
            .map(|(_, stay)| stay.room_type.as_str())
            .collect();
        let statuses: Vec<&str> = all.iter().map(|(_, stay)| stay.status.as_str()).collect();
        let takes_none: Vec<bool> = all.iter().map(|(_, stay)| stay.takes_none).collect();
        let rooms = all.iter().map(|(_, stay)| stay.room.as_ref());
        let rooms: Vec<Option<&str>> = rooms.map(|room| Some(room?.as_str())).collect();
        self.run(
            "INSERT INTO stay (property, reservation, stay, room_type, arrival, departure, leaves_on,
                status, takes_none, option_until, kept_on, room)
             SELECT $1, * FROM unnest($2::uuid[], $3::integer[], $4::text[], $5::integer[],
                $6::integer[], $7::integer[], $8::text[], $9::boolean[], $10::integer[],
                $11::integer[], $12::text[])",
            &[
                &property,
                &reservations,
                &numbers,
                &types,
                &day(|stay| stay.arrival),
                &day(|stay| stay.departure),
                &day(Stay::leaves_on),
                &statuses,
                &takes_none,
                &may(|stay| stay.option_until),
                &may(|stay| stay.kept_on),
                &rooms,
            ],
        )
        .await?;
        for (reservation, stay) in all {
            for moved in &stay.moved {
                let sql = "INSERT INTO moved_night (property, reservation, stay, night, room_type)
                    VALUES ($1, $2, $3, $4, $5)";
                let (night, code) = (moved.night.day_number(), moved.room_type);
                let (number, code) = (i32::from(stay.stay), code.as_str());
                self.run(sql, &[&property, reservation, &number, &night, &code])
                    .await?;
            }
        }
        Ok(())
    }

    /// Notes which entries changed which reservations, with the letters of their desks.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn note_changes(&self, property: i32, noted: &[Noted]) -> Result<(), CentralError> {
        let ids: Vec<Uuid> = noted.iter().map(|one| one.reservation.0).collect();
        let numbers: Vec<i64> = noted.iter().map(|one| stored(one.number)).collect();
        let desks: Vec<&str> = noted.iter().map(|one| one.desk.as_str()).collect();
        let stays: Vec<bool> = noted.iter().map(|one| one.stays).collect();
        let details: Vec<bool> = noted.iter().map(|one| one.details).collect();
        let sql = "INSERT INTO reservation_change
                (property, reservation, number, desk, stays, details)
            SELECT $1, * FROM unnest(
                $2::uuid[], $3::bigint[], $4::text[], $5::boolean[], $6::boolean[])
            ON CONFLICT DO NOTHING";
        self.run(sql, &[&property, &ids, &numbers, &desks, &stays, &details])
            .await?;
        Ok(())
    }

    /// The last entry of another desk after `seen` that changed the reservation: what is known beside its stays, or
    /// anything else of it.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn changed_by_others(
        &self,
        property: i32,
        (id, details): (ReservationId, bool),
        seen: u64,
        desk: &str,
    ) -> Result<Option<i64>, CentralError> {
        let sql = "SELECT max(number) FROM reservation_change WHERE property = $1
            AND reservation = $2 AND number > $3 AND desk <> $4 AND CASE WHEN $5 THEN details ELSE stays END";
        let row = self
            .row(sql, &[&property, &id.0, &stored(seen), &desk, &details])
            .await?;
        Ok(row.map(|row| row.try_get(0)).transpose()?.flatten())
    }

    /// Writes holds.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn put_holds(&self, property: i32, all: &[&Hold]) -> Result<(), CentralError> {
        if all.is_empty() {
            return Ok(());
        }
        let ids: Vec<Uuid> = all.iter().map(|hold| hold.id.0).collect();
        let numbers: Vec<&str> = all.iter().map(|hold| hold.number.as_str()).collect();
        let letters: Vec<&str> = all.iter().map(|hold| letters_of(hold)).collect();
        let statuses: Vec<&str> = all.iter().map(|hold| hold.status.as_str()).collect();
        let expire: Vec<i64> = all.iter().map(|hold| hold.expires_at.millis()).collect();
        let docs: Vec<Json<&Hold>> = all.iter().copied().map(Json).collect();
        self.run(
            "INSERT INTO hold (property, id, number, letters, status, expires_at, doc)
             SELECT $1, * FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::bigint[],
                $7::jsonb[])
             ON CONFLICT (property, id) DO UPDATE
                SET status = excluded.status, expires_at = excluded.expires_at, doc = excluded.doc",
            &[
                &property, &ids, &numbers, &letters, &statuses, &expire, &docs,
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
