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

use std::sync::{Condvar, Mutex, PoisonError, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// How long the keyring has for an answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// Why the keyring does not give or take something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
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

    /// Whether the entry may be there all the same.
    pub(super) fn is_passing(self) -> bool {
        matches!(self, Self::Absent | Self::Locked | Self::Silent)
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

/// The answer, where it comes in time. What asks goes on by itself, as nothing can stop it, and until it has ended nobody
/// else asks: what it writes would come after what was written later. The others wait for it within their own time.
fn within<T: Send + 'static>(
    patience: Duration,
    ask: impl FnOnce() -> Result<T, KeyringLack> + Send + 'static,
) -> Result<T, KeyringLack> {
    let until = Instant::now() + patience;
    let turn = Turn::within(patience).ok_or(KeyringLack::Silent)?;
    let (tell, told) = mpsc::channel();
    thread::Builder::new()
        .name("keyring".to_owned())
        .spawn(move || {
            let answer = ask();
            drop(turn);
            // Whoever waited may have given up.
            drop(tell.send(answer));
        })
        .map_err(|error| failed(&error))?;
    told.recv_timeout(until.saturating_duration_since(Instant::now()))
        .unwrap_or(Err(KeyringLack::Silent))
}

/// Whether somebody asks.
static ASKS: Mutex<bool> = Mutex::new(false);
static ENDED: Condvar = Condvar::new();

/// The right to ask, of one at a time. It is given back when it is dropped, by a question that panics as well.
struct Turn;

impl Turn {
    fn within(patience: Duration) -> Option<Self> {
        let asks = ASKS.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut asks, waited) = ENDED
            .wait_timeout_while(asks, patience, |asks| *asks)
            .unwrap_or_else(PoisonError::into_inner);
        if waited.timed_out() {
            return None;
        }
        *asks = true;
        Some(Self)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        *ASKS.lock().unwrap_or_else(PoisonError::into_inner) = false;
        ENDED.notify_one();
    }
}

/// Notes how it failed: whoever asked is told in few words.
fn failed(error: &dyn std::error::Error) -> KeyringLack {
    tracing::warn!(%error, "the system's keyring fails");
    KeyringLack::Failed
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The turn is one for the whole program, so this is one test.
    #[test]
    fn one_asks_at_a_time_and_what_is_late_comes_before_what_follows() {
        // Many at once are all answered.
        thread::scope(|scope| {
            let all: Vec<_> = (0..8)
                .map(|at| {
                    let ask = move || {
                        thread::sleep(Duration::from_millis(10));
                        Ok(at)
                    };
                    scope.spawn(move || within(PATIENCE, ask))
                })
                .collect();
            for (at, asked) in all.into_iter().enumerate() {
                assert_eq!(asked.join().unwrap(), Ok(at));
            }
        });

        // One that hangs is given up, and nobody asks before it has ended.
        let (go_on, wait) = mpsc::channel::<()>();
        let (done, order) = mpsc::channel();
        let late = done.clone();
        let soon = Duration::from_millis(20);
        let hung = within(soon, move || {
            let _let_go = wait.recv();
            let _ = late.send("late");
            Ok(())
        });
        assert_eq!(hung, Err(KeyringLack::Silent));
        let asked = within(soon, || -> Result<(), _> {
            panic!("it is not asked while another one is")
        });
        assert_eq!(asked, Err(KeyringLack::Silent));
        go_on.send(()).unwrap();
        let next = within(PATIENCE, move || {
            let _ = done.send("next");
            Ok(())
        });
        assert_eq!(next, Ok(()), "it answers again");
        assert_eq!(order.iter().collect::<Vec<_>>(), ["late", "next"]);

        // One that panics keeps nobody else waiting.
        let panicked = within(PATIENCE, || -> Result<(), _> {
            panic!("as it was asked to")
        });
        assert_eq!(panicked, Err(KeyringLack::Silent));
        assert_eq!(within(PATIENCE, || Ok(7)), Ok(7));
    }
}
