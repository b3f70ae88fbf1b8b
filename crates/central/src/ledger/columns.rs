//! Columns beside documents: what a row is found by says the same as its document, or other rows are found than there are.

use std::collections::BTreeMap;

use keyrack_inventory::model::{Hold, Outage, Reservation};
use keyrack_inventory::{Allotment, Night, State, Stay};

use super::Tx;
use super::objects::letters_of;
use crate::error::CentralError;

/// The columns of rows, by what the rows are called.
pub type Columns = BTreeMap<String, Vec<Option<String>>>;

/// The columns of every table that has documents, and of stays, as the tables have them.
const STORED: [(&str, &str); 5] = [
    (
        "reservation",
        "SELECT number, ARRAY[id::text, version::text, status, created_at::text]
         FROM reservation WHERE property = $1",
    ),
    (
        "stay",
        "SELECT r.number || '/' || s.stay, ARRAY[s.room_type, s.arrival::text, s.departure::text,
            s.leaves_on::text, s.status, s.takes_none::text, s.option_until::text, s.kept_on::text, s.room,
            (SELECT string_agg(m.night || ' ' || m.room_type, ',' ORDER BY m.night) FROM moved_night AS m
             WHERE m.property = $1 AND m.reservation = s.reservation AND m.stay = s.stay)]
         FROM stay AS s JOIN reservation AS r ON r.property = $1 AND r.id = s.reservation
         WHERE s.property = $1",
    ),
    (
        "hold",
        "SELECT number, ARRAY[id::text, letters, status, expires_at::text] FROM hold WHERE property = $1",
    ),
    (
        "outage",
        "SELECT number, ARRAY[id::text, room_type, from_night::text, back_on::text]
         FROM outage WHERE property = $1",
    ),
    (
        "allotment",
        "SELECT number, ARRAY[id::text, kind, status, cut_off::text] FROM allotment WHERE property = $1",
    ),
];

fn day(night: Night) -> Option<String> {
    Some(night.day_number().to_string())
}

fn word(text: impl ToString) -> Option<String> {
    Some(text.to_string())
}

fn stay(stay: &Stay) -> Vec<Option<String>> {
    let moved = stay.moved.iter().map(|moved| {
        let (night, code) = (moved.night.day_number(), moved.room_type);
        (night, format!("{night} {code}"))
    });
    let moved: BTreeMap<i32, String> = moved.collect();
    let moved: Vec<String> = moved.into_values().collect();
    vec![
        word(stay.room_type),
        day(stay.arrival),
        day(stay.departure),
        day(stay.leaves_on()),
        word(stay.status.as_str()),
        word(stay.takes_none),
        stay.option_until.and_then(day),
        stay.kept_on.and_then(day),
        stay.room.as_ref().and_then(|room| word(room.as_str())),
        (!moved.is_empty()).then(|| moved.join(",")),
    ]
}

fn reservation(one: &Reservation) -> Vec<Option<String>> {
    vec![
        word(one.id),
        word(one.version),
        word(one.status().as_str()),
        word(one.created_at.millis()),
    ]
}

fn hold(one: &Hold) -> Vec<Option<String>> {
    vec![
        word(one.id),
        word(letters_of(one)),
        word(one.status.as_str()),
        word(one.expires_at.millis()),
    ]
}

fn outage(one: &Outage) -> Vec<Option<String>> {
    vec![
        word(one.id),
        word(one.room_type),
        day(one.from),
        day(one.back_on),
    ]
}

fn allotment(one: &Allotment) -> Vec<Option<String>> {
    vec![
        word(one.id),
        word(one.kind.as_str()),
        word(one.status.as_str()),
        one.terms.cut_off.and_then(day),
    ]
}

/// The columns as they follow from a fold, one row after another.
pub fn columns_of(state: &State) -> impl Iterator<Item = (String, Vec<Option<String>>)> + '_ {
    let reservations = state.all_reservations().flat_map(|one| {
        let stays = one.stays.iter();
        let stays = stays.map(|of| (format!("stay {}/{}", one.number, of.stay), stay(of)));
        std::iter::once((format!("reservation {}", one.number), reservation(one))).chain(stays)
    });
    let holds = state.all_holds();
    let holds = holds.map(|one| (format!("hold {}", one.number), hold(one)));
    let outages = state.all_outages();
    let outages = outages.map(|one| (format!("outage {}", one.number), outage(one)));
    let allotments = state.all_allotments();
    let allotments = allotments.map(|one| (format!("allotment {}", one.number), allotment(one)));
    reservations.chain(holds).chain(outages).chain(allotments)
}

impl Tx<'_> {
    /// The columns as the tables have them.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn columns(&self, property: i32) -> Result<Columns, CentralError> {
        let mut found = Columns::new();
        for (table, sql) in STORED {
            for row in self.rows(sql, &[&property]).await? {
                let name: String = row.try_get(0)?;
                found.insert(format!("{table} {name}"), row.try_get(1)?);
            }
        }
        Ok(found)
    }

    /// Guests and texts that something else than this program changed: they are not what they were sealed as.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn broken_seals(&self, property: i32) -> Result<Vec<String>, CentralError> {
        let rows = self
            .rows(
                "SELECT 'guest ' || id FROM guest WHERE property = $1 AND seal <> sha256(convert_to(
                    json_build_array(property, id, name, phone, email)::text, 'UTF8'))
                 UNION ALL
                 SELECT 'text ' || id FROM free_text WHERE property = $1 AND seal <> sha256(convert_to(
                    json_build_array(property, id, body)::text, 'UTF8'))
                 ORDER BY 1",
                &[&property],
            )
            .await?;
        rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
    }
}
