//! The Keychain of macOS, or the Credential Manager of Windows.

use std::sync::Arc;

#[cfg(target_os = "macos")]
use apple_native_keyring_store::keychain::Store;
use keyring_core::api::CredentialStoreApi;
use keyring_core::{Entry, Error};
#[cfg(windows)]
use windows_native_keyring_store::Store;

use super::{KeyringLack, failed};

const SERVICE: &str = "org.keyrack.desk";

pub(super) fn get(name: &str) -> Result<Vec<u8>, KeyringLack> {
    entry(name)?.get_secret().map_err(lack)
}

pub(super) fn put(name: &str, secret: &[u8]) -> Result<(), KeyringLack> {
    entry(name)?.set_secret(secret).map_err(lack)
}

pub(super) fn remove(name: &str) -> Result<(), KeyringLack> {
    match entry(name)?.delete_credential() {
        Ok(()) | Err(Error::NoEntry) => Ok(()),
        Err(error) => Err(lack(error)),
    }
}

fn entry(name: &str) -> Result<Entry, KeyringLack> {
    let store: Arc<Store> = Store::new().map_err(lack)?;
    store.build(SERVICE, name, None).map_err(lack)
}

fn lack(error: Error) -> KeyringLack {
    match error {
        Error::NoEntry => KeyringLack::Empty,
        Error::NoStorageAccess(_) => KeyringLack::Locked,
        error if is_not_let_ask(&error) => KeyringLack::Locked,
        error => failed(&error),
    }
}

/// A Keychain that would have to ask somebody, where nobody can be asked, is one that nobody has opened
/// (errSecInteractionNotAllowed).
fn is_not_let_ask(error: &Error) -> bool {
    let said = format!("{error} {error:?}");
    cfg!(target_os = "macos")
        && (said.contains("-25308") || said.contains("interaction is not allowed"))
}
