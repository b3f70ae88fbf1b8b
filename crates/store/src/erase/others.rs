//! Bookings that may be of the same person, under another name row.

use std::collections::BTreeSet;

use keyrack_inventory::GuestId;
use rusqlite::{Connection, OptionalExtension, params};

use super::ERASED_GUEST;
use crate::Reader;
use crate::error::StoreError;
use crate::guest::digits;
use crate::read::Person;

/// Letters of a word of a name by which somebody is known.
const TELLING: usize = 3;
/// Digits of a phone, or of a number in another system, by which somebody is known.
const TELLING_DIGITS: usize = 5;

/// The numbers of the bookings of other guests with the same name, phone or e-mail, however they are written.
pub(super) fn of_the_same(
    connection: &Connection,
    guest: GuestId,
) -> Result<Vec<String>, StoreError> {
    let reader = Reader::new(connection);
    let known = Known::of(&person(&reader, guest)?);
    let mut statement = connection.prepare(
        "SELECT id, name, phone, email FROM guest
         WHERE id <> ?1 AND id NOT IN (SELECT id FROM erased)",
    )?;
    let mut rows = statement.query(params![guest.0.as_bytes()])?;
    let mut numbers = BTreeSet::new();
    while let Some(row) = rows.next()? {
        let other = Person {
            name: row.get(1)?,
            phone: row.get(2)?,
            email: row.get(3)?,
        };
        if known.is(&Known::of(&other)) {
            let id = GuestId(uuid::Uuid::from_bytes(row.get(0)?));
            let of_them = reader.reservations_of(id)?.into_iter();
            numbers.extend(of_them.map(|(_, number)| (number.count(), number.to_string())));
        }
    }
    Ok(numbers.into_iter().map(|(_, number)| number).collect())
}

/// The guest as they are named; what stands in the place of an erased name is none.
fn person(reader: &Reader<'_>, guest: GuestId) -> Result<Person, StoreError> {
    let found = reader.person(Some(guest))?;
    Ok(match found.name.as_str() {
        ERASED_GUEST => Person::default(),
        _ => found,
    })
}

/// By what a person is known, in one spelling.
struct Known {
    name: String,
    phone: Option<String>,
    email: Option<String>,
}

impl Known {
    fn of(person: &Person) -> Self {
        let words = person.name.split_whitespace();
        let phone = person.phone.as_deref().map(digits);
        let email = person
            .email
            .as_deref()
            .map(|email| email.trim().to_lowercase());
        Self {
            name: words.collect::<Vec<_>>().join(" ").to_lowercase(),
            phone: phone.filter(|digits| digits.len() >= TELLING_DIGITS),
            email: email.filter(|email| !email.is_empty()),
        }
    }

    fn is(&self, other: &Self) -> bool {
        let same = |one: &Option<String>, other: &Option<String>| one.is_some() && one == other;
        (!self.name.is_empty() && self.name == other.name)
            || same(&self.phone, &other.phone)
            || same(&self.email, &other.email)
    }
}

/// The words of a text, in lower case, each between two spaces.
fn words_of(text: &str) -> String {
    let text = text.to_lowercase();
    let words = text.split(|sign: char| !sign.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    format!(" {} ", words.join(" "))
}

/// What of the guest the text would keep: a word of the name that tells, the whole name or a whole number in another
/// system however short, the phone or the e-mail.
pub(super) fn named_in(
    connection: &Connection,
    guest: GuestId,
    text: &str,
) -> Result<bool, StoreError> {
    let reader = Reader::new(connection);
    let person = person(&reader, guest)?;
    let text = text.to_lowercase();
    let words: BTreeSet<&str> = text.split(|sign: char| !sign.is_alphanumeric()).collect();
    let name = person.name.to_lowercase();
    let mut of_name = name.split(|sign: char| !sign.is_alphanumeric());
    let said = words_of(&text);
    let whole = |what: &str| !what.trim().is_empty() && said.contains(&words_of(what));
    let named =
        whole(&name) || of_name.any(|word| word.chars().count() >= TELLING && words.contains(word));
    let phone = person.phone.as_deref().map(digits).unwrap_or_default();
    let called = phone.len() >= TELLING_DIGITS && digits(&text).contains(&phone);
    let email = person.email.unwrap_or_default().trim().to_lowercase();
    let written = !email.is_empty() && text.contains(&email);
    if named || called || written {
        return Ok(true);
    }
    for (id, _) in reader.reservations_of(guest)? {
        let number: Option<String> = connection
            .prepare_cached("SELECT external_number FROM reservation WHERE id = ?1")?
            .query_row(params![id.0.as_bytes()], |row| row.get(0))
            .optional()?
            .flatten();
        let number = number.unwrap_or_default().to_lowercase();
        if whole(&number) || (number.chars().count() >= TELLING && text.contains(&number)) {
            return Ok(true);
        }
    }
    Ok(false)
}
