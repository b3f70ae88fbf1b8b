//! The index by which guests are found, against the rows that it is of: who has a row is in it, with the words of
//! that row, and nobody else is.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use keyrack_inventory::GuestId;
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use super::Check;
use crate::error::StoreError;
use crate::guest;
use crate::rows::uuid;

/// The words of each entry of an index, by its number: a sum over them, whatever the order in which they stand.
type Words = BTreeMap<i64, u64>;

/// Shows the words of an index, entry by entry. It is a temporary table, and touches no file.
const VIEW: &str =
    "CREATE VIRTUAL TABLE temp.guest_word USING fts5vocab(main, guest_search, instance)";

pub(super) fn index(connection: &Connection) -> Check {
    let mut check = Check::new("guest_index");
    let result = compare(connection, &mut check);
    check.finish(result)
}

fn compare(connection: &Connection, check: &mut Check) -> Result<(), StoreError> {
    let fresh = Connection::open_in_memory()?;
    crate::connection::build(&fresh, 0)?;
    let mut statement = connection.prepare(
        "SELECT w.number, w.guest, g.name, g.phone, g.email
         FROM guest_row AS w LEFT JOIN guest AS g ON g.id = w.guest",
    )?;
    let mut rows = statement.query([])?;
    let mut guests = BTreeMap::new();
    fresh.execute_batch("BEGIN")?;
    while let Some(row) = rows.next()? {
        let (number, id) = (row.get(0)?, GuestId(uuid(row, 1)?));
        let name: Option<String> = row.get(2)?;
        let (phone, email): (Option<String>, Option<String>) = (row.get(3)?, row.get(4)?);
        match name {
            Some(name) => {
                guest::add_words(&fresh, number, (&name, phone.as_deref(), email.as_deref()))?;
                guests.insert(number, id);
            }
            None => check.differ(format_args!(
                "the index of guests has {}, who has no row",
                id.0
            )),
        }
    }
    let (expected, stored) = (words(&fresh)?, words(connection)?);
    for (number, id) in &guests {
        if expected.get(number) != stored.get(number) {
            let guest = named(connection, id.0)?;
            check.differ(format_args!(
                "the index of guests has other words for {guest} than their row"
            ));
        }
    }
    let strangers = stored
        .keys()
        .filter(|number| !guests.contains_key(*number))
        .count();
    if strangers > 0 {
        check.differ(format_args!(
            "the index of guests has words for {strangers} who are not in it"
        ));
    }
    let mut statement = connection.prepare(
        "SELECT id FROM guest WHERE id NOT IN (SELECT guest FROM guest_row)
            AND id NOT IN (SELECT id FROM erased)",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let guest = named(connection, uuid(row, 0)?)?;
        check.differ(format_args!(
            "{guest} is missing in the index of guests, and is not found"
        ));
    }
    Ok(())
}

/// The words of an index, also where the connection only reads.
fn words(connection: &Connection) -> Result<Words, StoreError> {
    let only_reads: bool = connection.pragma_query_value(None, "query_only", |row| row.get(0))?;
    connection.pragma_update(None, "query_only", false)?;
    let found = connection
        .execute_batch(VIEW)
        .and_then(|()| read_words(connection));
    let dropped = connection.execute_batch("DROP TABLE IF EXISTS temp.guest_word");
    connection.pragma_update(None, "query_only", only_reads)?;
    dropped?;
    Ok(found?)
}

fn read_words(connection: &Connection) -> rusqlite::Result<Words> {
    let mut statement =
        connection.prepare("SELECT doc, term, col, \"offset\" FROM temp.guest_word")?;
    let mut rows = statement.query([])?;
    let mut found = Words::new();
    while let Some(row) = rows.next()? {
        let mut hasher = DefaultHasher::new();
        row.get_ref(1)?.as_bytes()?.hash(&mut hasher);
        row.get_ref(2)?.as_bytes()?.hash(&mut hasher);
        row.get::<_, i64>(3)?.hash(&mut hasher);
        let sum = found.entry(row.get(0)?).or_default();
        *sum = sum.wrapping_add(hasher.finish());
    }
    Ok(found)
}

/// A guest by one of their bookings, or by their id; never by their name.
fn named(connection: &Connection, guest: Uuid) -> Result<String, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT number FROM reservation WHERE guest = ?1 ORDER BY id LIMIT 1")?;
    let number = statement.query_row(params![guest.as_bytes()], |row| row.get::<_, String>(0));
    Ok(match number.optional()? {
        Some(number) => format!("the guest of {number}"),
        None => format!("guest {guest}"),
    })
}
