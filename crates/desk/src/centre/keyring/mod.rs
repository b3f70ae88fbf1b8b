//! The system's keyring: the Secret Service, the Keychain of macOS, the Credential Manager of Windows. Each desk that
//! has joined a centre has one entry there.
//!
//! Nobody is asked to open it: where it is locked, or does not answer at once, it counts as not there.

#[cfg(any(target_os = "macos", windows))]
mod native;
#[cfg(not(any(target_os = "macos", windows)))]
mod secret_service;

#[cfg(any(target_os = "macos", windows))]
use native as system;
#[cfg(not(any(target_os = "macos", windows)))]
use secret_service as system;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

/// How long the keyring has for an answer.
const PATIENCE: Duration = Duration::from_secs(2);
/// Questions that may be without an answer; the next one is not asked.
const UNANSWERED_AT_MOST: usize = 2;

/// Why the keyring does not give or take something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum KeyringLack {
    /// None answers here.
    Absent,
    /// It is there, and nobody has opened it.
    Locked,
    /// It is there and says nothing.
    Silent,
    /// It is open, and has no entry of this desk.
    Empty,
    /// It failed; the log says how.
    Failed,
}

impl KeyringLack {
    /// Its word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Locked => "locked",
            Self::Silent => "silent",
            Self::Empty => "empty",
            Self::Failed => "failed",
        }
    }
}

/// What the entry holds.
pub(super) fn get(entry: Uuid) -> Result<String, KeyringLack> {
    let bytes = within(PATIENCE, move || system::get(&entry.to_string()))?;
    String::from_utf8(bytes).map_err(|_| KeyringLack::Empty)
}

/// Has the entry hold that from now on, and reads it again.
pub(super) fn put(entry: Uuid, secret: String) -> Result<(), KeyringLack> {
    within(PATIENCE, move || {
        let name = entry.to_string();
        system::put(&name, secret.as_bytes())?;
        let kept = system::get(&name)?;
        (kept == secret.as_bytes())
            .then_some(())
            .ok_or(KeyringLack::Failed)
    })
}

/// Takes the entry away.
pub(super) fn remove(entry: Uuid) -> Result<(), KeyringLack> {
    within(PATIENCE, move || system::remove(&entry.to_string()))
}

/// The answer, where it comes in time. What asks goes on by itself: nothing can stop it.
fn within<T: Send + 'static>(
    patience: Duration,
    ask: impl FnOnce() -> Result<T, KeyringLack> + Send + 'static,
) -> Result<T, KeyringLack> {
    static UNANSWERED: AtomicUsize = AtomicUsize::new(0);
    if UNANSWERED.load(Ordering::SeqCst) >= UNANSWERED_AT_MOST {
        return Err(KeyringLack::Silent);
    }
    UNANSWERED.fetch_add(1, Ordering::SeqCst);
    let (tell, told) = mpsc::channel();
    let asked = thread::Builder::new()
        .name("keyring".to_owned())
        .spawn(move || {
            let answer = ask();
            UNANSWERED.fetch_sub(1, Ordering::SeqCst);
            // Whoever waited may have given up.
            drop(tell.send(answer));
        });
    if asked.is_err() {
        UNANSWERED.fetch_sub(1, Ordering::SeqCst);
        return Err(KeyringLack::Failed);
    }
    told.recv_timeout(patience)
        .unwrap_or(Err(KeyringLack::Silent))
}

/// Notes how it failed: whoever asked is told in few words.
fn failed(error: &dyn std::error::Error) -> KeyringLack {
    tracing::warn!(%error, "the system's keyring fails");
    KeyringLack::Failed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_keyring_that_says_nothing_is_waited_for_once_and_not_by_everybody() {
        let (answer, wait) = mpsc::channel::<()>();
        let patience = Duration::from_millis(20);
        let mut waiting = Some(wait);
        for _ in 0..UNANSWERED_AT_MOST {
            let wait = waiting.take();
            let silent = within(patience, move || {
                wait.map_or_else(
                    || thread::sleep(Duration::from_millis(500)),
                    |wait| {
                        let _ended = wait.recv();
                    },
                );
                Ok(())
            });
            assert_eq!(silent, Err(KeyringLack::Silent));
        }
        let asked = within(Duration::from_secs(60), || -> Result<(), _> {
            panic!("it is not asked while others wait")
        });
        assert_eq!(asked, Err(KeyringLack::Silent));
        drop(answer);
        thread::sleep(Duration::from_millis(800));
        assert_eq!(within(PATIENCE, || Ok(7)), Ok(7), "it answers again");
    }
}
