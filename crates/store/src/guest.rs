//! Guests' rows and the index by which they are found. Both are written here alone, so that the index
//! never knows what the rows do not.

use rusqlite::{Connection, params};

use crate::envelope::GuestRow;
use crate::error::StoreError;
use crate::seal::Salt;
use crate::spelling::spellings_of;

/// Country codes of one digit, and of two; every other one has three (ITU-T E.164, list of assigned codes).
const ONE_DIGIT: [&str; 2] = ["1", "7"];
const TWO_DIGITS: [&str; 44] = [
    "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47",
    "48", "49", "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65",
    "66", "81", "82", "84", "86", "90", "91", "92", "93", "94", "95", "98",
];
/// Fewer digits say nothing.
const FEWEST_DIGITS: usize = 3;
/// No number within a country has as many digits.
const WITH_COUNTRY: usize = 11;

/// The digits of a phone, without the zeros that stand before a country code or an area code: however
/// it is written, the same digits.
pub(crate) fn digits(phone: &str) -> String {
    let all: String = phone.chars().filter(char::is_ascii_digit).collect();
    all.trim_start_matches('0').to_owned()
}

/// The country code with which the digits begin, and what is dialled after it.
fn by_country(digits: &str) -> (&str, &str) {
    let begins = |codes: &[&str], length| {
        digits
            .get(..length)
            .is_some_and(|code| codes.contains(&code))
    };
    let length = if begins(&ONE_DIGIT, 1) {
        1
    } else if begins(&TWO_DIGITS, 2) {
        2
    } else {
        3
    };
    let (code, within) = digits.split_at_checked(length).unwrap_or((digits, ""));
    // "+49 (0)170": the zero is dialled within the country alone.
    (code, within.trim_start_matches('0'))
}

/// The digits by which a phone is found: with its country code, where it has one, and without.
pub(crate) fn phone_words(phone: &str) -> Vec<String> {
    let typed: String = phone.chars().filter(char::is_ascii_digit).collect();
    let sign = phone.split(|letter: char| letter.is_ascii_digit()).next();
    let abroad = sign.unwrap_or_default().contains('+') || typed.starts_with("00");
    // Other systems write a whole number without the sign before its country code.
    let perhaps = !typed.starts_with('0') && typed.len() >= WITH_COUNTRY;
    let all = digits(phone);
    let mut words = if abroad || perhaps {
        let (code, within) = by_country(&all);
        vec![format!("{code}{within}"), within.to_owned()]
    } else {
        vec![all]
    };
    words.retain(|word| word.len() > 1 && typed.len() >= FEWEST_DIGITS);
    words
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
    let phone = phone.map(|phone| phone_words(phone).join(" "));
    let phone = phone.filter(|words| !words.is_empty());
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
/// guest's, in whichever spelling, or its digits begin the phone. Nothing where there is no word in it.
pub(crate) fn question(text: &str) -> Option<String> {
    let words = text
        .split(|letter: char| letter.is_ascii() && !letter.is_ascii_alphanumeric())
        .flat_map(str::split_whitespace)
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .map(begins_with)
        .collect::<Vec<_>>();
    if words.is_empty() {
        return None;
    }
    let words = words.join(" AND ");
    let number = text.chars().all(|letter| !letter.is_alphabetic());
    if !number {
        return Some(words);
    }
    let phones = phone_words(text).into_iter();
    let phones = phones.map(|digits| format!(" OR phone : \"{digits}\"*"));
    Some(format!("({words}){}", phones.collect::<String>()))
}

fn begins_with(word: &str) -> String {
    let ways = spellings_of(word).into_iter();
    let ways: Vec<String> = ways.map(|way| format!("\"{way}\"*")).collect();
    match ways.as_slice() {
        [one] => one.clone(),
        several => format!("({})", several.join(" OR ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_is_found_however_it_is_written() {
        // (kept, asked, found)
        let table = [
            ("+49 (170) 123-4567", "+49 170 123", true),
            ("+49 (170) 123-4567", "0049 170 1234567", true),
            ("+49 (170) 123-4567", "0170 1234567", true),
            ("+49 (170) 123-4567", "170/1234", true),
            ("+49 (170) 123-4567", "491701", true),
            ("+49 (0)170 1234567", "0170 123", true),
            ("0170 1234567", "+49 170 123", true),
            ("0170 1234567", "0043 170 123", true),
            ("089 1234567", "089", true),
            ("+351 289 123 456", "289 123", true),
            ("+1 202 555 0143", "202", true),
            ("+351 289 123 456", "0891234", false),
            ("+351 289 123 456", "51289", false),
            ("+351 289 123 456", "1289", false),
            ("089 1234567", "9123456", false),
            ("089 1234567", "123456", false),
            ("089 1234567", "8", false),
            ("+49 (0)30 777888", "4930777", true),
            ("+49 30 777888", "49 30 777888", true),
            ("(+351) 289 123 456", "289 123", true),
            ("491701234567", "0170 123", true),
            ("+49 170 1234567", "007", false),
            ("12", "12", false),
            ("none", "none", false),
        ];
        for (kept, asked, found) in table {
            let words = phone_words(kept);
            let begins = |digits: &String| words.iter().any(|word| word.starts_with(digits));
            assert_eq!(
                phone_words(asked).iter().any(begins),
                found,
                "{asked} of {kept}"
            );
        }
    }

    #[test]
    fn a_question_has_no_syntax_of_its_own() {
        assert_eq!(
            question("  Ada Mor"),
            Some("\"ada\"* AND \"mor\"*".to_owned())
        );
        assert_eq!(
            question("a\"b OR c*"),
            Some("\"a\"* AND \"b\"* AND \"or\"* AND \"c\"*".to_owned())
        );
        assert_eq!(
            question("+49 170"),
            Some("(\"49\"* AND \"170\"*) OR phone : \"49170\"* OR phone : \"170\"*".to_owned())
        );
        assert_eq!(
            question("Fürst A"),
            Some("(\"fürst\"* OR \"fuerst\"*) AND \"a\"*".to_owned())
        );
        for empty in ["", "  ", "\"", "-*()", "–"] {
            assert_eq!(question(empty), None, "{empty:?}");
        }
    }

    #[test]
    fn a_name_is_found_in_either_spelling() -> rusqlite::Result<()> {
        // (kept, asked, found)
        let table = [
            ("Fürst", "Fuerst", true),
            ("Fuerst", "Fürst", true),
            ("Anna Müller", "mueller an", true),
            ("Anna Mueller", "Müll", true),
            ("Müller", "Muller", true),
            ("Müller", "Mue", true),
            ("Straßer", "Strasser", true),
            ("Strasser", "Straße", true),
            ("Jørgensen", "Joergensen", true),
            ("Jørgensen", "Jörgen", true),
            ("Lecœur", "Lecoeur", true),
            ("Åse", "Aase", true),
            ("Manuel", "Manuel", true),
            ("Manuel", "Mänuel", true),
            ("Bauer", "Brauer", false),
            ("Muster", "Muester", true),
            ("Müller", "Moeller", false),
        ];
        for (kept, asked, found) in table {
            let connection = Connection::open_in_memory()?;
            connection.execute_batch(
                "CREATE VIRTUAL TABLE guest_search USING fts5 (
                    name, phone, email, content = '', tokenize = \"unicode61 remove_diacritics 2\"
                 )",
            )?;
            add_words(&connection, 1, (kept, None, None))?;
            let count: i64 = connection.query_row(
                "SELECT count(*) FROM guest_search WHERE guest_search MATCH ?1",
                [question(asked)],
                |row| row.get(0),
            )?;
            assert_eq!(count == 1, found, "{asked} of {kept}");
        }
        Ok(())
    }
}
