//! Erasing a guest with all that a property has of their bookings.

use std::collections::BTreeSet;

use keyrack_inventory::model::Reservation;
use keyrack_inventory::{Instant, ReservationId};
use tokio_postgres::types::Json;
use uuid::Uuid;

use super::Tx;
use super::people::collect;
use super::rows::stored;
use crate::error::CentralError;

/// Bookings in which one of the guests stands or stood, and whether another desk than that put right who they are after
/// a number of the feed.
const BOOKINGS: &str = "SELECT r.id, r.doc, EXISTS (
        SELECT 1 FROM reservation_change AS c WHERE c.property = $1 AND c.reservation = r.id
        AND c.number > $3 AND c.desk <> $4 AND c.details)
    FROM reservation AS r WHERE r.property = $1 AND r.id IN (
        SELECT id FROM reservation WHERE property = $1
            AND doc #>> '{details,guest}' IS NOT NULL AND doc #>> '{details,guest}' = ANY ($2)
        UNION SELECT id FROM reservation WHERE property = $1
            AND doc ? 'replaced' AND doc -> 'replaced' ?| $2)";
/// What commands and events say of bookings.
const SAID: &str = "SELECT payload, reason, override_text FROM entry WHERE property = $1
        AND number IN (SELECT number FROM reservation_change WHERE property = $1 AND reservation = ANY ($2))
    UNION ALL SELECT payload, NULL, NULL FROM event WHERE property = $1
        AND number IN (SELECT number FROM reservation_change WHERE property = $1 AND reservation = ANY ($2))";
/// Those of the ids that are guests or texts.
const PEOPLE: &str = "SELECT id FROM guest WHERE property = $1 AND id = ANY ($2)
    UNION ALL SELECT id FROM free_text WHERE property = $1 AND id = ANY ($2)";
/// Those of the ids that another booking than these names. Each place has an index of its own.
const OF_OTHERS: &str = "SELECT a.id::uuid FROM unnest($2::text[]) AS a (id) WHERE EXISTS (
        SELECT 1 FROM reservation WHERE property = $1 AND id <> ALL ($3)
            AND doc #>> '{details,guest}' IS NOT NULL AND doc #>> '{details,guest}' = a.id)
    OR EXISTS (SELECT 1 FROM reservation WHERE property = $1 AND id <> ALL ($3)
            AND doc #>> '{details,guarantee}' IS NOT NULL AND doc #>> '{details,guarantee}' = a.id)
    OR EXISTS (SELECT 1 FROM reservation WHERE property = $1 AND id <> ALL ($3)
            AND doc #>> '{details,notes}' IS NOT NULL AND doc #>> '{details,notes}' = a.id)";

/// All that a property has of guests.
#[derive(Debug, Default)]
pub struct WholeGuests {
    /// Their bookings.
    pub bookings: BTreeSet<ReservationId>,
    /// The ids of what goes with them, theirs and others that were asked for included.
    pub ids: BTreeSet<Uuid>,
    /// What stood in their bookings, or is said of them: another booking may name it too.
    beside: BTreeSet<Uuid>,
}

impl Tx<'_> {
    /// All that there is of guests and texts: of the bookings in which those guests stand what stands there, what gave
    /// way, and what was said; not what another booking names. `told` is a number of the feed and the letters of the desk that
    /// knows it: who stands in the place of one of the guests since, and was put there by another desk, is the same
    /// guest; so is whoever does where none of them stands anywhere any more.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn whole_guests(
        &self,
        property: i32,
        ids: &[Uuid],
        told: (u64, &str),
    ) -> Result<WholeGuests, CentralError> {
        let mut found = WholeGuests {
            ids: ids.iter().copied().collect(),
            ..WholeGuests::default()
        };
        while self.add_bookings(property, told, &mut found).await? {}
        let bookings: Vec<Uuid> = found.bookings.iter().map(|id| id.0).collect();
        let said = self.said_of(property, &bookings).await?;
        found.beside.extend(said);
        let beside: Vec<String> = found.beside.iter().map(Uuid::to_string).collect();
        let others = self
            .rows(OF_OTHERS, &[&property, &beside, &bookings])
            .await?;
        for row in others {
            found.beside.remove(&row.try_get(0)?);
        }
        found.ids.append(&mut found.beside);
        Ok(found)
    }

    /// Erases what [`Tx::whole_guests`] finds. Gives whether there was any.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn erase_whole(
        &self,
        property: i32,
        ids: &[Uuid],
        told: (u64, &str),
        (number, now): (u64, Instant),
    ) -> Result<bool, CentralError> {
        let mut any = false;
        for id in self.whole_guests(property, ids, told).await?.ids {
            any |= self.erase(property, id, number, now).await?;
        }
        Ok(any)
    }

    /// Adds the bookings of the guests that are not found yet; gives whether there were any.
    async fn add_bookings(
        &self,
        property: i32,
        (seen, desk): (u64, &str),
        found: &mut WholeGuests,
    ) -> Result<bool, CentralError> {
        let guests = found.ids.clone();
        let asked: Vec<String> = guests.iter().map(Uuid::to_string).collect();
        let rows = self
            .rows(BOOKINGS, &[&property, &asked, &stored(seen), &desk])
            .await?;
        let mut bookings: Vec<(Reservation, bool)> = Vec::new();
        for row in rows {
            let Json(booking) = row.try_get(1)?;
            bookings.push((booking, row.try_get(2)?));
        }
        let stands = |booking: &Reservation| {
            let guest = booking.details.guest;
            guest.is_some_and(|guest| guests.contains(&guest.0))
        };
        let nowhere = !bookings.iter().any(|(booking, _)| stands(booking));
        let mut any = false;
        for (booking, since) in bookings {
            if stands(&booking) || since || nowhere {
                any |= found.bookings.insert(booking.id);
                found.ids.extend(booking.details.kept_beside());
                found.beside.extend(booking.replaced.into_keys());
            } else {
                let own = booking.replaced.into_iter();
                let own = own.filter(|(_, of)| of.is_some_and(|of| guests.contains(&of.0)));
                found.beside.extend(own.map(|(id, _)| id));
            }
        }
        Ok(any)
    }

    /// The guests and texts that commands and events name which changed the bookings.
    async fn said_of(&self, property: i32, bookings: &[Uuid]) -> Result<Vec<Uuid>, CentralError> {
        let mut named = BTreeSet::new();
        for row in self.rows(SAID, &[&property, &bookings]).await? {
            let documents: [Option<&str>; 2] = [row.try_get(0)?, row.try_get(1)?];
            for document in documents.into_iter().flatten() {
                let value = serde_json::from_str(document);
                let value = value.map_err(|error| CentralError::damaged("entry", error))?;
                collect(&value, &mut named);
            }
            named.extend(row.try_get::<_, Option<Uuid>>(2)?);
        }
        let named: Vec<Uuid> = named.into_iter().collect();
        let rows = self.rows(PEOPLE, &[&property, &named]).await?;
        rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
    }
}
