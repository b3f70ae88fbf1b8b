//! Guests and texts, which travel beside commands and events.

use std::collections::BTreeSet;

use keyrack_inventory::{Command, GuestId, Instant, Reference, ReservationId, TextId};
use keyrack_wire::{Body, Guest, Line, Slot, Text};
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use crate::Reader;
use crate::envelope::GuestRow;
use crate::erase::{ERASED_GUEST, erase_ids, ids_in, is_erased};
use crate::error::StoreError;
use crate::guest;

impl Reader<'_> {
    /// The guests and texts that a queued command names, as they are known now.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn people_of(&self, slot: &Slot) -> Result<(Vec<Guest>, Vec<Text>), StoreError> {
        let Slot::Command(sealed) = slot else {
            return Ok(Default::default());
        };
        let queued = sealed
            .open()
            .map_err(|error| StoreError::damaged("queue", error))?;
        let mut ids = BTreeSet::new();
        ids_in(&queued.payload, &mut ids);
        ids.extend(queued.override_text.map(|id| id.0));
        ids.extend(queued.reason.and_then(|reason| reason.text).map(|id| id.0));
        self.people_named(ids)
    }

    /// The rows of those ids that are guests or texts.
    pub(super) fn people_named(
        &self,
        ids: BTreeSet<Uuid>,
    ) -> Result<(Vec<Guest>, Vec<Text>), StoreError> {
        let (mut guests, mut texts) = (Vec::new(), Vec::new());
        for id in ids {
            guests.extend(self.guest_row(id)?);
            texts.extend(self.text_row(id)?);
        }
        Ok((guests, texts))
    }

    fn guest_row(&self, id: Uuid) -> Result<Option<Guest>, StoreError> {
        let mut statement = self
            .connection()
            .prepare_cached("SELECT name, phone, email FROM guest WHERE id = ?1")?;
        let found: Option<(String, Option<String>, Option<String>)> = statement
            .query_row([id.as_bytes()], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })
            .optional()?;
        let line = |text: String| {
            Line::try_from(text).map_err(|error| StoreError::damaged("guest", error))
        };
        let Some((name, phone, email)) = found else {
            return Ok(None);
        };
        Ok(Some(Guest {
            id: GuestId(id),
            name: line(name)?,
            phone: phone.map(line).transpose()?,
            email: email.map(line).transpose()?,
        }))
    }

    fn text_row(&self, id: Uuid) -> Result<Option<Text>, StoreError> {
        let mut statement = self
            .connection()
            .prepare_cached("SELECT body FROM free_text WHERE id = ?1")?;
        let found: Option<String> = statement
            .query_row([id.as_bytes()], |row| row.get(0))
            .optional()?;
        let body = found.map(Body::try_from).transpose();
        let body = body.map_err(|error| StoreError::damaged("free_text", error))?;
        let id = TextId(id);
        Ok(body.map(|body| Text { id, body }))
    }
}

/// Erases what commands of this desk brought that came to nothing, and what those that wait bring for a guest who was erased
/// meanwhile: no booking will name it. Gives whether there was any.
pub(super) fn forget_unused(connection: &Connection, now: Instant) -> Result<bool, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT c.request, q.state FROM command AS c JOIN queue AS q ON q.id = c.id
         WHERE c.kind = 'set_details' AND q.state IN ('refused', 'waiting', 'parked')",
    )?;
    let mut rows = statement.query([])?;
    let mut unused = BTreeSet::new();
    while let Some(row) = rows.next()? {
        let (request, state): (String, String) = (row.get(0)?, row.get(1)?);
        let damaged = |error| StoreError::damaged("command", error);
        let payload = serde_json::from_str(&request).map_err(damaged)?;
        let mut brought = BTreeSet::new();
        ids_in(&payload, &mut brought);
        match (state.as_str(), serde_json::from_value(payload)) {
            ("refused", _) => {
                for id in brought {
                    if !is_named(connection, id)? {
                        unused.insert(id);
                    }
                }
            }
            (_, Ok(Command::SetDetails { id, .. })) if of_the_forgotten(connection, &id)? => {
                unused.extend(brought);
            }
            _ => {}
        }
    }
    let reader = Reader::new(connection);
    let (guests, texts) = reader.people_named(unused)?;
    let ids = guests.iter().map(|guest| guest.id.0);
    let ids = ids.chain(texts.iter().map(|text| text.id.0)).collect();
    erase_ids(connection, &ids, now)
}

/// Gives the guests of bookings who were erased before their rows came what stands in the place of a name.
pub(super) fn name_the_forgotten(connection: &Connection) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO guest (id, name) SELECT DISTINCT r.guest, ?1
         FROM erased AS e JOIN reservation AS r ON r.guest = e.id
         WHERE NOT EXISTS (SELECT 1 FROM guest AS g WHERE g.id = e.id)",
    )?;
    statement.execute([ERASED_GUEST])?;
    Ok(())
}

fn is_named(connection: &Connection, id: Uuid) -> Result<bool, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT 1 FROM reservation WHERE guest = ?1
         UNION ALL SELECT 1 FROM reservation WHERE notes IS NOT NULL AND notes = ?1
         UNION ALL SELECT 1 FROM reservation WHERE guarantee IS NOT NULL AND guarantee = ?1",
    )?;
    Ok(statement.exists([id.as_bytes()])?)
}

/// Whether the guest of the booking was erased, or one who stood there before.
fn of_the_forgotten(
    connection: &Connection,
    id: &Reference<ReservationId>,
) -> Result<bool, StoreError> {
    let Some(found) = Reader::new(connection).reservation(id)? else {
        return Ok(false);
    };
    let guest = found.details.guest.map(|guest| guest.0);
    for id in guest.into_iter().chain(found.replaced.into_keys()) {
        if is_erased(connection, id)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Guests and texts of the page; erased ones go first, so that nothing of them comes back. Gives whether any was
/// erased here by that.
pub(super) fn keep_people(
    connection: &Connection,
    (guests, texts): (&[Guest], &[Text]),
    erased: &[Uuid],
    now: Instant,
) -> Result<bool, StoreError> {
    let erased: BTreeSet<Uuid> = erased.iter().copied().collect();
    let any = erase_ids(connection, &erased, now)?;
    for found in guests {
        let known: bool = connection
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM guest WHERE id = ?1)")?
            .query_row([found.id.0.as_bytes()], |row| row.get(0))?;
        if known || erased.contains(&found.id.0) {
            continue;
        }
        let row = GuestRow {
            id: found.id,
            name: found.name.as_str().to_owned(),
            phone: found.phone.as_ref().map(|line| line.as_str().to_owned()),
            email: found.email.as_ref().map(|line| line.as_str().to_owned()),
        };
        guest::keep(connection, &row, None)?;
    }
    for text in texts {
        if erased.contains(&text.id.0) {
            continue;
        }
        connection
            .prepare_cached(
                "INSERT INTO free_text (id, body) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
            )?
            .execute(params![text.id.0.as_bytes(), text.body.as_str()])?;
    }
    Ok(any)
}
