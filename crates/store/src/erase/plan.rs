//! What there is of a guest in the file.

use std::collections::{BTreeMap, BTreeSet};

use keyrack_inventory::{GuestId, ReservationId, ShortNumber};
use rusqlite::{Connection, params};
use uuid::Uuid;

use super::redact;
use crate::Reader;
use crate::centre::CORRECTION;
use crate::error::StoreError;
use crate::rows::load_reservation;

/// What there is of a guest.
pub(super) struct Plan {
    pub guest: Uuid,
    pub reservations: Vec<(ReservationId, String)>,
    /// Rows that stood for the guest of those before they were put right, and that no booking names any more.
    pub former: BTreeSet<Uuid>,
    /// Commands that tell of those.
    pub commands: BTreeSet<i64>,
    pub texts: BTreeSet<Uuid>,
    /// What stands for their numbers in other systems, once they are taken.
    pub numbers: Vec<Uuid>,
}

impl Plan {
    /// What goes on the list of what was erased.
    pub fn ids(&self) -> impl Iterator<Item = &Uuid> {
        self.guests().chain(&self.texts).chain(&self.numbers)
    }

    /// The guest's row, and those that stood for it before.
    pub fn guests(&self) -> impl Iterator<Item = &Uuid> {
        std::iter::once(&self.guest).chain(&self.former)
    }

    /// Whether all of it was taken away before.
    pub fn is_done(&self, connection: &Connection) -> Result<bool, StoreError> {
        let mut erased = connection.prepare_cached("SELECT 1 FROM erased WHERE id = ?1")?;
        if !self.texts.is_empty() {
            return Ok(false);
        }
        for guest in self.guests() {
            if !erased.exists(params![guest.as_bytes()])? {
                return Ok(false);
            }
        }
        let mut numbered = connection.prepare_cached(
            "SELECT 1 FROM reservation WHERE id = ?1 AND external_number IS NOT NULL",
        )?;
        for (id, _) in &self.reservations {
            if numbered.exists(params![id.0.as_bytes()])? {
                return redact::stays(connection);
            }
        }
        Ok(true)
    }
}

/// All that the file has of the guest: of the bookings in which they stand, or, where they stand in none any more, of
/// those in which somebody has since put right who they are.
pub(super) fn plan(connection: &Connection, guest: GuestId) -> Result<Plan, StoreError> {
    let reader = Reader::new(connection);
    let mut guests = vec![guest];
    let mut known = reader.reservations_of(guest)?;
    if known.is_empty() {
        guests.extend(since(connection, guest)?);
        for guest in &guests {
            known.extend(reader.reservations_of(*guest)?);
        }
    }
    let mut ids: BTreeSet<Uuid> = guests.iter().map(|guest| guest.0).collect();
    for guest in &guests {
        ids.extend(given_way(connection, *guest)?);
    }
    let mut commands = BTreeSet::new();
    for (id, _) in &known {
        let found = load_reservation(connection, *id)?;
        let found = found.ok_or_else(|| StoreError::damaged("reservation", "it is gone"))?;
        ids.extend(
            found
                .details
                .kept_beside()
                .chain(found.replaced.into_keys()),
        );
        let mut statement = connection.prepare_cached(
            "SELECT e.command, c.kind, e.payload FROM reservation_event AS v
             JOIN event AS e ON e.seq = v.event JOIN command AS c ON c.seq = e.command
             WHERE v.reservation = ?1",
        )?;
        let mut rows = statement.query(params![id.0.as_bytes()])?;
        while let Some(row) = rows.next()? {
            let (command, kind, payload): (i64, String, String) =
                (row.get(0)?, row.get(1)?, row.get(2)?);
            read_ids(&payload, &mut ids)?;
            // A correction lays down the rows of many, whoever they are of.
            if commands.insert(command) && kind != CORRECTION {
                ids.extend(named_by(connection, command)?);
            }
        }
    }
    // A hold that became a booking was placed, and perhaps extended, by commands of its own.
    let holds = holds_among(connection, &ids)?;
    for command in holds_commands(connection, &holds)? {
        ids.extend(named_by(connection, command)?);
    }
    ids.remove(&guest.0);
    let (former, texts) = rows_among(connection, &known, &ids)?;
    let reservations = known.into_iter();
    Ok(Plan {
        guest: guest.0,
        reservations: reservations
            .map(|(id, number)| (id, number.to_string()))
            .collect(),
        former,
        commands,
        texts,
        numbers: Vec::new(),
    })
}

/// Who stands now where the guest stood before.
fn since(connection: &Connection, guest: GuestId) -> Result<Vec<GuestId>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT guest FROM reservation WHERE replaced IS NOT NULL AND guest IS NOT NULL
         AND EXISTS (SELECT 1 FROM json_each(replaced) WHERE key = ?1)",
    )?;
    let rows = statement.query_map([guest.0.to_string()], |row| row.get(0))?;
    let guests = rows.map(|row| row.map(|bytes| GuestId(Uuid::from_bytes(bytes))));
    Ok(guests.collect::<Result<_, _>>()?)
}

/// What gave way while the guest stood there, in bookings of whomever.
fn given_way(connection: &Connection, guest: GuestId) -> Result<BTreeSet<Uuid>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT r.replaced FROM reservation AS r WHERE r.replaced IS NOT NULL
         AND EXISTS (SELECT 1 FROM json_each(r.replaced) WHERE value = ?1)",
    )?;
    let mut rows = statement.query([guest.0.to_string()])?;
    let mut found = BTreeSet::new();
    while let Some(row) = rows.next()? {
        let replaced: BTreeMap<Uuid, Option<GuestId>> =
            serde_json::from_str(&row.get::<_, String>(0)?)
                .map_err(|error| StoreError::damaged("reservation", error))?;
        let own = replaced.into_iter().filter(|(_, of)| *of == Some(guest));
        found.extend(own.map(|(id, _)| id));
    }
    Ok(found)
}

/// The guests and the texts among the ids, but for those that a booking besides these names and none of them does.
fn rows_among(
    connection: &Connection,
    own: &[(ReservationId, ShortNumber)],
    ids: &BTreeSet<Uuid>,
) -> Result<(BTreeSet<Uuid>, BTreeSet<Uuid>), StoreError> {
    let (mut guests, mut texts) = (BTreeSet::new(), BTreeSet::new());
    let mut is_guest = connection.prepare_cached("SELECT 1 FROM guest WHERE id = ?1")?;
    let mut is_text = connection.prepare_cached("SELECT 1 FROM free_text WHERE id = ?1")?;
    for id in ids {
        let key = params![id.as_bytes()];
        let (person, text) = (is_guest.exists(key)?, is_text.exists(key)?);
        if !person && !text {
            continue;
        }
        let named = bookings_naming(connection, *id)?;
        let is_own = own.iter().any(|(own, _)| named.contains(&own.0));
        if named.is_empty() || is_own {
            if person { &mut guests } else { &mut texts }.insert(*id);
        }
    }
    Ok((guests, texts))
}

/// The bookings in which the guest or text of that id stands.
pub(crate) fn bookings_naming(
    connection: &Connection,
    id: Uuid,
) -> Result<BTreeSet<Uuid>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT id FROM reservation WHERE guest = ?1
         UNION ALL SELECT id FROM reservation WHERE notes IS NOT NULL AND notes = ?1
         UNION ALL SELECT id FROM reservation WHERE guarantee IS NOT NULL AND guarantee = ?1",
    )?;
    let named = statement.query_map([id.as_bytes()], |row| row.get(0).map(Uuid::from_bytes))?;
    Ok(named.collect::<Result<_, _>>()?)
}

/// Every id that a command, its events and its audit row name, whatever it is the id of.
fn named_by(connection: &Connection, command: i64) -> Result<BTreeSet<Uuid>, StoreError> {
    let mut ids = BTreeSet::new();
    let mut statement = connection.prepare_cached(
        "SELECT request FROM command WHERE seq = ?1
         UNION ALL SELECT e.payload FROM command AS c JOIN event AS e
            ON e.seq >= c.first_event AND e.seq < c.first_event + c.events WHERE c.seq = ?1",
    )?;
    let mut rows = statement.query([command])?;
    while let Some(row) = rows.next()? {
        read_ids(&row.get::<_, String>(0)?, &mut ids)?;
    }
    let mut statement = connection
        .prepare_cached("SELECT reason_text, override_text FROM audit WHERE command = ?1")?;
    let mut rows = statement.query([command])?;
    while let Some(row) = rows.next()? {
        let texts: [Option<[u8; 16]>; 2] = [row.get(0)?, row.get(1)?];
        ids.extend(texts.into_iter().flatten().map(Uuid::from_bytes));
    }
    Ok(ids)
}

fn read_ids(document: &str, ids: &mut BTreeSet<Uuid>) -> Result<(), StoreError> {
    let value = serde_json::from_str(document);
    let value = value.map_err(|error| StoreError::damaged("command", error))?;
    ids_in(&value, ids);
    Ok(())
}

/// Every id in a document, whatever it is the id of.
pub(crate) fn ids_in(value: &serde_json::Value, ids: &mut BTreeSet<Uuid>) {
    use serde_json::Value;
    match value {
        Value::String(text) => ids.extend(Uuid::parse_str(text).ok()),
        Value::Array(values) => values.iter().for_each(|value| ids_in(value, ids)),
        Value::Object(fields) => fields.values().for_each(|value| ids_in(value, ids)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn holds_among(
    connection: &Connection,
    ids: &BTreeSet<Uuid>,
) -> Result<BTreeSet<String>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT 1 FROM hold WHERE id = ?1")?;
    let mut holds = BTreeSet::new();
    for id in ids {
        if statement.exists(params![id.as_bytes()])? {
            holds.insert(id.to_string());
        }
    }
    Ok(holds)
}

fn holds_commands(
    connection: &Connection,
    holds: &BTreeSet<String>,
) -> Result<BTreeSet<i64>, StoreError> {
    let mut commands = BTreeSet::new();
    if holds.is_empty() {
        return Ok(commands);
    }
    let mut statement = connection.prepare_cached(
        "SELECT command, payload ->> '$.hold' FROM event
         WHERE type IN ('hold_placed', 'hold_extended', 'hold_ended')",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let hold: Option<String> = row.get(1)?;
        if hold.is_some_and(|hold| holds.contains(&hold)) {
            commands.insert(row.get(0)?);
        }
    }
    Ok(commands)
}
