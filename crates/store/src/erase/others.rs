//! Bookings that may be of the same person, under another name row.

use std::collections::BTreeSet;

use keyrack_inventory::GuestId;
use rusqlite::{Connection, OptionalExtension, params};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::ERASED_GUEST;
use super::plan::plan;
use crate::Reader;
use crate::error::StoreError;
use crate::guest::{digits, phone_words};
use crate::read::Person;
use crate::spelling::in_two_letters;

/// Letters of a word of a name by which somebody is known.
const TELLING: usize = 3;
/// Digits of a phone, or of a number in another system, by which somebody is known.
const TELLING_DIGITS: usize = 5;
/// Digits at the end of a phone that are dialled within a town.
const LOCAL_DIGITS: usize = 7;

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
    phones: Vec<String>,
    email: Option<String>,
}

impl Known {
    fn of(person: &Person) -> Self {
        let words = person.name.split_whitespace();
        let phones = person.phone.as_deref().map(phone_words);
        let email = person
            .email
            .as_deref()
            .map(|email| email.trim().to_lowercase());
        Self {
            name: words.collect::<Vec<_>>().join(" ").to_lowercase(),
            phones: phones.unwrap_or_default(),
            email: email.filter(|email| !email.is_empty()),
        }
    }

    fn is(&self, other: &Self) -> bool {
        let tells = |phone: &&String| phone.len() >= TELLING_DIGITS;
        let mut phones = self.phones.iter().filter(tells);
        (!self.name.is_empty() && self.name == other.name)
            || phones.any(|phone| other.phones.contains(phone))
            || (self.email.is_some() && self.email == other.email)
    }
}

/// A text without its accents and in lower case, as the index of guests has it.
fn folded(text: &str) -> String {
    let plain = text.nfd().filter(|letter| !is_combining_mark(*letter));
    plain.collect::<String>().to_lowercase()
}

/// The spellings in which a name is written: as it is, its umlauts as two letters, without its apostrophes and hyphens.
fn spellings(text: &str) -> [String; 3] {
    let joined = text.replace(['\'', '’', '-'], "");
    [text.to_owned(), in_two_letters(text), joined]
}

/// The words of a text, folded, each between two spaces.
fn words_of(text: &str) -> String {
    let text = folded(text);
    let words = text.split(|sign: char| !sign.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    format!(" {} ", words.join(" "))
}

/// Whether it stands in the text as whole words, in one of its spellings.
fn whole(said: &[String], what: &str) -> bool {
    let words = words_of(what);
    !what.trim().is_empty() && said.iter().any(|said| said.contains(&words))
}

/// Whether the text, which is given in its spellings and folded, names the person.
fn is_named(person: &Person, said: &[String], text: &str) -> bool {
    let named = spellings(&person.name).iter().any(|name| {
        let name = words_of(name);
        let mut words = name.split_whitespace();
        whole(said, &name) || words.any(|word| word.chars().count() >= TELLING && whole(said, word))
    });
    let mut phones = person.phone.as_deref().map(phone_words).unwrap_or_default();
    let locals = phones.clone().into_iter();
    phones.extend(locals.filter_map(|phone| {
        let area = phone.len().checked_sub(LOCAL_DIGITS)?;
        phone.get(area..).map(str::to_owned)
    }));
    let dialled = digits(text);
    let told = |phone: &String| phone.len() >= TELLING_DIGITS && dialled.contains(phone.as_str());
    let called = phones.iter().any(told);
    let email = folded(person.email.as_deref().unwrap_or_default().trim());
    let written = !email.is_empty() && text.contains(&email);
    named || called || written
}

/// What of the guest, as they are named or were before, the text would keep: a word of the name that tells, the whole
/// name or a whole number in another system however short, the phone or the e-mail.
pub(super) fn named_in(
    connection: &Connection,
    guest: GuestId,
    text: &str,
) -> Result<bool, StoreError> {
    let reader = Reader::new(connection);
    let said = spellings(text).map(|text| words_of(&text));
    let text = folded(text);
    for name in plan(connection, guest)?.guests() {
        if is_named(&person(&reader, GuestId(*name))?, &said, &text) {
            return Ok(true);
        }
    }
    for (id, _) in reader.reservations_of(guest)? {
        let number: Option<String> = connection
            .prepare_cached("SELECT external_number FROM reservation WHERE id = ?1")?
            .query_row(params![id.0.as_bytes()], |row| row.get(0))
            .optional()?
            .flatten();
        let number = folded(&number.unwrap_or_default());
        if whole(&said, &number) || (number.chars().count() >= TELLING && text.contains(&number)) {
            return Ok(true);
        }
    }
    Ok(false)
}
