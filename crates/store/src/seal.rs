//! What the trail keeps of a row that can be erased: a hash under a salt that stands in the row and is
//! erased with it. Whoever changes a name, a text or a password behind Keyrack's back is found by it,
//! and once the row is erased nobody learns from the hash what stood there.

use keyrack_inventory::TextId;
use keyrack_wire::Hash;
use rusqlite::{Connection, params};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::audit::Fields;
use crate::envelope::GuestRow;
use crate::error::StoreError;
use crate::guest;

/// The name under which seals stand in the detail of a row of the trail.
pub(crate) const SEALED: &str = "sealed";

/// Of a row; stands beside what it covers.
pub(crate) type Salt = [u8; 16];

/// A salt of chance.
///
/// # Errors
/// Where the machine has none.
pub(crate) fn new_salt() -> Result<Salt, StoreError> {
    let mut salt = Salt::default();
    getrandom::fill(&mut salt).map_err(StoreError::NoChance)?;
    Ok(salt)
}

/// The seal of a guest's row.
pub(crate) fn of_guest(salt: &Salt, guest: &GuestRow) -> [u8; 32] {
    let mut fields = Fields::new(salt);
    fields.bytes(guest.id.0.as_bytes());
    fields.text(&guest.name);
    fields.optional(guest.phone.as_deref().map(str::as_bytes));
    fields.optional(guest.email.as_deref().map(str::as_bytes));
    fields.finish()
}

/// The seal of a free text.
pub(crate) fn of_text(salt: &Salt, id: Uuid, body: &str) -> [u8; 32] {
    let mut fields = Fields::new(salt);
    fields.bytes(id.as_bytes());
    fields.text(body);
    fields.finish()
}

/// The seal of a member's password, whose hash (a PHC string) has a salt of its own.
pub(crate) fn of_password(hash: &str) -> [u8; 32] {
    Sha256::digest(hash).into()
}

/// The seal of what is kept under the id at which an act was asked for. It has no salt: there are ids and figures in it.
pub(crate) fn of_asked(id: Uuid, request_hash: &[u8; 32], answer: &str) -> [u8; 32] {
    let mut fields = Fields::new(request_hash);
    fields.bytes(id.as_bytes());
    fields.text(answer);
    fields.finish()
}

/// The seals of a row of the trail, by what they cover.
#[derive(Debug, Default)]
pub(crate) struct Seals(Map<String, Value>);

impl Seals {
    /// Keeps a free text, and seals it; not one that was erased.
    pub fn keep_text(
        &mut self,
        connection: &Connection,
        id: TextId,
        body: &str,
    ) -> Result<(), StoreError> {
        let salt = new_salt()?;
        let mut statement = connection
            .prepare_cached("INSERT INTO free_text (id, body, salt) VALUES (?1, ?2, ?3)")?;
        if statement.execute(params![id.0.as_bytes(), body, salt])? > 0 {
            self.add(id.0, &of_text(&salt, id.0, body));
        }
        Ok(())
    }

    /// Keeps a guest's row, and seals it; not one that was erased.
    pub fn keep_guest(
        &mut self,
        connection: &Connection,
        guest: &GuestRow,
    ) -> Result<(), StoreError> {
        let salt = new_salt()?;
        if guest::keep(connection, guest, Some(&salt))? {
            self.add(guest.id.0, &of_guest(&salt, guest));
        }
        Ok(())
    }

    pub fn add(&mut self, id: Uuid, seal: &[u8; 32]) {
        self.0
            .insert(id.to_string(), Hash(*seal).to_string().into());
    }

    /// As a value of the detail; nothing where nothing was sealed.
    pub fn into_value(self) -> Option<Value> {
        (!self.0.is_empty()).then_some(Value::Object(self.0))
    }

    /// The detail of a command's row.
    pub fn into_detail(self) -> Option<String> {
        let sealed = self.into_value()?;
        Some(Value::Object(Map::from_iter([(SEALED.to_owned(), sealed)])).to_string())
    }
}
