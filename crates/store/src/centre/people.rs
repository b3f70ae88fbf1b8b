//! Guests and texts, which travel beside commands and events.

use std::collections::BTreeSet;

use keyrack_inventory::{GuestId, Instant, TextId};
use keyrack_wire::{Body, Guest, Line, Slot, Text};
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use crate::Reader;
use crate::envelope::GuestRow;
use crate::erase::{erase_ids, ids_in};
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
