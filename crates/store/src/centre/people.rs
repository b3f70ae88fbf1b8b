//! Guests and texts, which travel beside commands and events.

use std::collections::BTreeSet;

use keyrack_inventory::{GuestId, Instant, ReservationId, TextId};
use keyrack_wire::{Body, Guest, Line, Slot, Text};
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use crate::Reader;
use crate::envelope::GuestRow;
use crate::erase::{ERASED_GUEST, bookings_naming, erase_ids, ids_in, is_erased, rest_of};
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
            // What stands in the place of a name is none.
            if is_erased(self.connection(), id)? {
                continue;
            }
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

/// Erases what this desk's own `set_details` brought that was refused, and what those that wait bring for a guest who was
/// erased meanwhile. Gives whether there was any.
pub(super) fn forget_unused(connection: &Connection, now: Instant) -> Result<bool, StoreError> {
    // What came back down the feed is no part of it; the queue comes first, as its open places are few.
    let mut statement = connection.prepare_cached(
        "SELECT c.seq, c.request, q.state = 'refused' FROM queue AS q INDEXED BY queue_open
         CROSS JOIN command AS c ON c.id = q.id
         WHERE q.in_base = 0 AND c.kind = 'set_details'
           AND q.state IN ('refused', 'waiting', 'parked') ORDER BY c.seq",
    )?;
    let mut rows = statement.query([])?;
    let mut unused = BTreeSet::new();
    while let Some(row) = rows.next()? {
        let (command, request, is_refused): (i64, String, bool) =
            (row.get(0)?, row.get(1)?, row.get(2)?);
        let damaged = |error| StoreError::damaged("command", error);
        let mut brought = BTreeSet::new();
        ids_in(
            &serde_json::from_str(&request).map_err(damaged)?,
            &mut brought,
        );
        let forgotten = match guest_before(connection, command)? {
            Some(guest) => unused.contains(&guest) || is_erased(connection, guest)?,
            None => false,
        };
        for id in brought {
            if forgotten || (is_refused && bookings_naming(connection, id)?.is_empty()) {
                unused.insert(id);
            }
        }
    }
    let reader = Reader::new(connection);
    let (guests, texts) = reader.people_named(unused)?;
    let ids = guests.iter().map(|guest| guest.id.0);
    let ids = ids.chain(texts.iter().map(|text| text.id.0)).collect();
    erase_ids(connection, &ids, now)
}

/// Who stood in the booking when this desk put it right by the command of that number.
fn guest_before(connection: &Connection, command: i64) -> Result<Option<Uuid>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT e.payload ->> '$.before.guest' FROM command AS c
         JOIN event AS e ON e.seq >= c.first_event AND e.seq < c.first_event + c.events
         WHERE c.seq = ?1 AND e.type = 'details_set'",
    )?;
    let found: Option<Option<String>> = statement
        .query_row([command], |row| row.get(0))
        .optional()?;
    let guest = found
        .flatten()
        .map(|text| Uuid::parse_str(&text))
        .transpose();
    guest.map_err(|error| StoreError::damaged("event", error))
}

/// Erases the rest of what is known here of guests whom the page erased: what the centre never had, as the reason of a command
/// that it refused. Gives whether there was any.
pub(super) fn forget_the_rest(
    connection: &Connection,
    erased: &[Uuid],
    now: Instant,
) -> Result<bool, StoreError> {
    let mut rest = BTreeSet::new();
    let mut is_guest = connection.prepare_cached("SELECT 1 FROM guest WHERE id = ?1")?;
    for id in erased {
        if is_guest.exists([id.as_bytes()])? {
            rest.extend(rest_of(connection, GuestId(*id))?);
        }
    }
    erase_ids(connection, &rest, now)
}

/// Gives the guests of these bookings, and those who were just erased, what stands in the place of a name, where they were
/// erased before their rows came.
pub(super) fn name_the_forgotten(
    connection: &Connection,
    reservations: &BTreeSet<ReservationId>,
    erased: &[Uuid],
) -> Result<(), StoreError> {
    let mut of_booking = connection.prepare_cached(
        "INSERT INTO guest (id, name) SELECT r.guest, ?2 FROM reservation AS r
         JOIN erased AS e ON e.id = r.guest
         WHERE r.id = ?1 AND NOT EXISTS (SELECT 1 FROM guest AS g WHERE g.id = r.guest)",
    )?;
    for id in reservations {
        of_booking.execute(params![id.0.as_bytes(), ERASED_GUEST])?;
    }
    let mut own = connection.prepare_cached(
        "INSERT INTO guest (id, name) SELECT ?1, ?2
         WHERE EXISTS (SELECT 1 FROM reservation WHERE guest = ?1)
           AND NOT EXISTS (SELECT 1 FROM guest WHERE id = ?1)",
    )?;
    for id in erased {
        own.execute(params![id.as_bytes(), ERASED_GUEST])?;
    }
    Ok(())
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
