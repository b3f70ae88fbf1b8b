//! Guests' rows and the index by which they are found. Both are written here alone, so that the index
//! never knows what the rows do not.

use rusqlite::{Connection, params};

use crate::envelope::GuestRow;
use crate::error::StoreError;
use crate::seal::Salt;

/// The country codes that a number may begin with have one to three digits; with an operator's
/// leading zero four are left out at most.
const LEFT_OUT: usize = 4;
/// Fewer digits say nothing.
const FEWEST_DIGITS: usize = 3;

/// The digits of a phone, without the zeros that stand before a country code or an area code: however
/// it is written, the same digits.
pub(crate) fn digits(phone: &str) -> String {
    let all: String = phone.chars().filter(char::is_ascii_digit).collect();
    all.trim_start_matches('0').to_owned()
}

/// What the index has of a phone: its digits, and without the first few, so that it is found without
/// its country code.
fn phone_words(phone: &str) -> String {
    let digits = digits(phone);
    let mut words: Vec<&str> = (0..=LEFT_OUT)
        .filter_map(|from| digits.get(from..))
        .map(|rest| rest.trim_start_matches('0'))
        .filter(|rest| rest.len() >= FEWEST_DIGITS)
        .collect();
    words.dedup();
    words.join(" ")
}

/// Keeps a guest's row, under that salt where the trail seals it, and finds them by it from now on; not
/// one that was erased. Gives whether it is kept.
pub(crate) fn keep(
    connection: &Connection,
    guest: &GuestRow,
    salt: Option<&Salt>,
) -> Result<bool, StoreError> {
    let id = guest.id.0.as_bytes();
    let mut statement = connection.prepare_cached(
        "INSERT INTO guest (id, name, phone, email, salt) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    let kept = statement.execute(params![id, guest.name, guest.phone, guest.email, salt])? > 0;
    if kept {
        let (phone, email) = (guest.phone.as_deref(), guest.email.as_deref());
        index(connection, id, (&guest.name, phone, email))?;
    }
    Ok(kept)
}

fn index(
    connection: &Connection,
    guest: &[u8],
    (name, phone, email): (&str, Option<&str>, Option<&str>),
) -> Result<(), StoreError> {
    connection
        .prepare_cached("INSERT INTO guest_row (guest) VALUES (?1)")?
        .execute([guest])?;
    let number = connection.last_insert_rowid();
    add_words(connection, number, (name, phone, email))?;
    Ok(())
}

/// Puts a guest's words into the index, under that number.
pub(crate) fn add_words(
    connection: &Connection,
    number: i64,
    (name, phone, email): (&str, Option<&str>, Option<&str>),
) -> rusqlite::Result<()> {
    let phone = phone.map(phone_words).filter(|words| !words.is_empty());
    connection
        .prepare_cached(
            "INSERT INTO guest_search (rowid, name, phone, email) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![number, name, phone, email])?;
    Ok(())
}

/// Empties the index and indexes everybody anew. Gives how many they are.
pub(crate) fn index_anew(connection: &Connection) -> Result<u64, StoreError> {
    connection.execute_batch(
        "INSERT INTO guest_search (guest_search) VALUES ('delete-all');
         DELETE FROM guest_row;",
    )?;
    index_all(connection)
}

/// Indexes every guest who is not yet and was not erased, in the order of their ids. Gives how many they are.
pub(crate) fn index_all(connection: &Connection) -> Result<u64, StoreError> {
    let mut statement = connection.prepare(
        "SELECT id, name, phone, email FROM guest
         WHERE id NOT IN (SELECT guest FROM guest_row) AND id NOT IN (SELECT id FROM erased)
         ORDER BY id",
    )?;
    let mut rows = statement.query([])?;
    let mut indexed = 0;
    while let Some(row) = rows.next()? {
        let (id, name): (Vec<u8>, String) = (row.get(0)?, row.get(1)?);
        let (phone, email): (Option<String>, Option<String>) = (row.get(2)?, row.get(3)?);
        index(connection, &id, (&name, phone.as_deref(), email.as_deref()))?;
        indexed += 1;
    }
    Ok(indexed)
}

/// What the index is asked for a text that somebody types: every word of it begins a word of the
/// guest's, or its digits begin the phone. Nothing where there is no word in it.
pub(crate) fn question(text: &str) -> Option<String> {
    let words = text
        .split(|letter: char| letter.is_ascii() && !letter.is_ascii_alphanumeric())
        .flat_map(str::split_whitespace)
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .map(|word| format!("\"{word}\"*"))
        .collect::<Vec<_>>();
    if words.is_empty() {
        return None;
    }
    let words = words.join(" AND ");
    let number = text.chars().all(|letter| !letter.is_alphabetic());
    let digits = digits(text);
    Some(if number && digits.len() >= FEWEST_DIGITS {
        format!("({words}) OR phone : \"{digits}\"*")
    } else {
        words
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_is_found_however_it_is_written() {
        let kept = phone_words("+49 (170) 123-4567");
        assert_eq!(
            kept,
            "491701234567 91701234567 1701234567 701234567 1234567"
        );
        for asked in [
            "+49 170 123",
            "0049 170 1234567",
            "0170 1234567",
            "170/1234",
            "491701",
        ] {
            let digits = digits(asked);
            assert!(
                kept.split(' ').any(|word| word.starts_with(&digits)),
                "{asked}"
            );
        }
        assert_eq!(phone_words("12"), "");
        assert_eq!(phone_words("none"), "");
    }

    #[test]
    fn a_question_has_no_syntax_of_its_own() {
        assert_eq!(
            question("  Ada Mor"),
            Some("\"Ada\"* AND \"Mor\"*".to_owned())
        );
        assert_eq!(
            question("a\"b OR c*"),
            Some("\"a\"* AND \"b\"* AND \"OR\"* AND \"c\"*".to_owned())
        );
        assert_eq!(
            question("+49 170"),
            Some("(\"49\"* AND \"170\"*) OR phone : \"49170\"*".to_owned())
        );
        for empty in ["", "  ", "\"", "-*()", "–"] {
            assert_eq!(question(empty), None, "{empty:?}");
        }
    }
}
