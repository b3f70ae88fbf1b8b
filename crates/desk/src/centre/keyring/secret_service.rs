//! The Secret Service of a desktop's session: the default collection, where it is open.

use std::collections::HashMap;

use secret_service::blocking::{Collection, SecretService};
use secret_service::{EncryptionType, Error};

use super::{KeyringLack, failed};

const CONTENT: &str = "application/json";

pub(super) fn get(name: &str) -> Result<Vec<u8>, KeyringLack> {
    open(|collection| {
        let found = collection.search_items(attributes(name)).map_err(lack)?;
        let item = found.first().ok_or(KeyringLack::Empty)?;
        item.ensure_unlocked().map_err(lack)?;
        item.get_secret().map_err(lack)
    })
}

pub(super) fn put(name: &str, secret: &[u8]) -> Result<(), KeyringLack> {
    let label = format!("Keyrack: {name}");
    open(|collection| {
        let made = collection.create_item(&label, attributes(name), secret, true, CONTENT);
        made.map(drop).map_err(lack)
    })
}

pub(super) fn remove(name: &str) -> Result<(), KeyringLack> {
    open(|collection| {
        for item in collection.search_items(attributes(name)).map_err(lack)? {
            item.delete().map_err(lack)?;
        }
        Ok(())
    })
}

fn attributes(name: &str) -> HashMap<&str, &str> {
    HashMap::from([("application", "keyrack"), ("desk", name)])
}

/// A locked collection is left alone: to open it would ask somebody for a password.
fn open<T>(ask: impl FnOnce(&Collection<'_>) -> Result<T, KeyringLack>) -> Result<T, KeyringLack> {
    let service = SecretService::connect(EncryptionType::Dh).map_err(|error| {
        tracing::debug!(%error, "no keyring answers");
        KeyringLack::Absent
    })?;
    let collection = service.get_default_collection().map_err(lack)?;
    collection.ensure_unlocked().map_err(lack)?;
    ask(&collection)
}

fn lack(error: Error) -> KeyringLack {
    match error {
        Error::Locked | Error::Prompt => KeyringLack::Locked,
        Error::NoResult | Error::Unavailable => KeyringLack::Absent,
        error => failed(&error),
    }
}
