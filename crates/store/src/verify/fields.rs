//! What differs between a stored thing and its fold, field by field, in words that a person can follow.

use std::collections::BTreeMap;
use std::fmt::Display;

use keyrack_inventory::{Night, RoomTypeCode};
use rusqlite::Connection;
use serde::Serialize;
use serde_json::Value;

use super::Check;
use crate::load::load_catalogue;

/// The names of the room types, as they are stored.
pub(super) struct Names(BTreeMap<String, String>);

impl Names {
    /// Those that can be read; where none can, types are called by their codes.
    pub fn read(connection: &Connection) -> Self {
        let types = load_catalogue(connection).map(|catalogue| catalogue.room_types);
        let named = types.unwrap_or_default().into_iter();
        Self(
            named
                .map(|one| (one.code.to_string(), one.name.to_string()))
                .collect(),
        )
    }

    /// A cell: its type and its night.
    pub fn cell(&self, code: &str, night: Night) -> String {
        match self.0.get(code) {
            Some(name) if name != code => format!("{name} ({code}) on {night}"),
            _ => format!("{code} on {night}"),
        }
    }

    /// The same, of a code that was read.
    pub fn cell_of(&self, code: RoomTypeCode, night: Night) -> String {
        self.cell(code.as_str(), night)
    }
}

impl Check {
    /// Tells each field in which what is stored differs from what the events made.
    pub(super) fn compare<T: PartialEq + Serialize>(
        &mut self,
        what: impl Display,
        stored: &T,
        folded: &T,
    ) {
        if stored == folded {
            return;
        }
        match (document(stored), document(folded)) {
            (Value::Null, _) => {
                self.differ(format_args!("{what} is not stored, and events made it"))
            }
            (_, Value::Null) => self.differ(format_args!("{what} is stored, and no event made it")),
            (stored, folded) => {
                let mut found = Vec::new();
                differing("", &stored, &folded, &mut found);
                for (field, stored, folded) in found {
                    self.differ(format_args!(
                        "{what}: {field}{}is stored as {stored}, and is {folded} by its events",
                        if field.is_empty() { "it " } else { " " }
                    ));
                }
            }
        }
    }
}

/// The fields of a thing, in words.
pub(super) fn told<T: Serialize>(thing: &T) -> String {
    match document(thing) {
        Value::Object(fields) => {
            let each = fields.iter();
            let each = each.map(|(name, value)| format!("{name} {}", said(value)));
            each.collect::<Vec<_>>().join(", ")
        }
        other => said(&other),
    }
}

fn document<T: Serialize>(thing: &T) -> Value {
    serde_json::to_value(thing).unwrap_or_default()
}

/// The leaves that differ, each with its path: `stays.2.status`.
fn differing(at: &str, stored: &Value, folded: &Value, found: &mut Vec<(String, String, String)>) {
    let below = |name: &str| match at {
        "" => name.to_owned(),
        at => format!("{at}.{name}"),
    };
    match (stored, folded) {
        _ if stored == folded => {}
        (Value::Object(one), Value::Object(other)) => {
            let missing = other.keys().filter(|name| !one.contains_key(*name));
            for name in one.keys().chain(missing) {
                let of = |fields: &serde_json::Map<String, Value>| fields.get(name).cloned();
                let (stored, folded) = (of(one).unwrap_or_default(), of(other).unwrap_or_default());
                differing(&below(name), &stored, &folded, found);
            }
        }
        (Value::Array(one), Value::Array(other)) => {
            for place in 0..one.len().max(other.len()) {
                let of = |list: &[Value]| list.get(place).cloned().unwrap_or_default();
                differing(
                    &below(&(place + 1).to_string()),
                    &of(one),
                    &of(other),
                    found,
                );
            }
        }
        _ => found.push((at.to_owned(), said(stored), said(folded))),
    }
}

fn said(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
