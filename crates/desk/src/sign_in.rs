//! Signing in and out.

use std::time::Duration;

use keyrack_inventory::Instant;
use keyrack_inventory::command::Permission;
use keyrack_store::{Act, Batch, FailureEntry, StaffEntry, StoreError};
use keyrack_words::Words;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::desk::Desk;
use crate::door::{DoorRefusal, Password, Question, Role, Standing, digest, new_token, role_of};
use crate::error::DeskError;
use crate::settings;

/// The longest that somebody waits after failures in a row.
const LONGEST_WAIT: Duration = Duration::from_secs(5 * 60);
/// After so long without another, failures are forgotten.
const FORGOTTEN_AFTER: Duration = Duration::from_secs(24 * 60 * 60);

/// Who signs in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SignInRequest {
    /// The name.
    pub name: String,
    /// The password.
    #[ts(type = "string")]
    pub password: Password,
}

/// A sign-in that was made.
#[derive(Clone, Debug, Serialize)]
pub struct SignedIn {
    /// What later calls bring along; told once.
    pub token: String,
    /// Who.
    pub name: String,
    /// As what.
    pub role: Role,
    /// Until when.
    pub expires_at: Instant,
}

/// How the door stands, for the window's lock screen. It tells nothing of the hotel but its name.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum LockState {
    /// The file has no staff: whoever runs the program acts as admin.
    NoStaff,
    /// Nobody has signed in, or the sign-in has ended.
    SignIn {
        /// The hotel's name.
        hotel: String,
    },
    /// Nobody touched the desk for a while.
    Locked {
        /// The hotel's name.
        hotel: String,
    },
    /// Somebody is signed in.
    In {
        /// Who.
        name: String,
        /// As what.
        role: Role,
        /// What the role may do.
        #[ts(type = "string[]")]
        may: Vec<Permission>,
        /// Until it locks.
        locks_in_seconds: u64,
    },
}

/// What is kept of a name that was typed.
fn name_hash(name: &str) -> [u8; 32] {
    digest(&name.trim().to_lowercase())
}

/// How long is waited after so many failures in a row: 1 s, 2 s, 4 s, up to five minutes.
fn wait_after(failures: u32) -> Duration {
    let doubled = 1_u64
        .checked_shl(failures.saturating_sub(1).min(32))
        .unwrap_or(u64::MAX);
    Duration::from_secs(doubled).min(LONGEST_WAIT)
}

fn seconds_up(millis: i64) -> u64 {
    u64::try_from(millis).unwrap_or(0).div_ceil(1_000)
}

impl Desk {
    /// Signs in. `sits` says that a person sits at it, so that it locks when nobody touches it.
    ///
    /// # Errors
    /// Where the file has no staff, name and password do not go together, too many failed before
    /// (refusals), or the file is busy or fails.
    pub fn sign_in(&self, request: &SignInRequest, sits: bool) -> Result<SignedIn, DeskError> {
        self.open_to_all(Question::LockState);
        let (name, now) = (request.name.trim(), self.door.now().wall);
        let hash = name_hash(name);
        // The failure is noted first and taken back by a success: tries at once from many processes
        // wait like tries one after another.
        let noted = self.store.write(|batch| {
            if !batch.reader().has_staff()? {
                return Ok(Err(None));
            }
            match note_try(batch, &hash, now)? {
                Ok(failures) => Ok(Ok((failures, batch.reader().staff_named(name)?))),
                Err(wait) => Ok(Err(Some(wait))),
            }
        })?;
        let (failures, member) = match noted {
            Ok(noted) => noted,
            Err(Some(wait_seconds)) => {
                return Err(DoorRefusal::SignInDelayed { wait_seconds }.into());
            }
            Err(None) => {
                return Err(DeskError::said(Words::here().say("bad-no-staff")));
            }
        };
        let member = member.filter(|member| member.disabled_at.is_none());
        let stored = member.as_ref().map(|member| member.password.as_str());
        let matches = request.password.matches(stored);
        match member.filter(|_| matches) {
            Some(member) => self.let_in(&member, &hash, sits),
            None => {
                self.failed(name, failures, now)?;
                let wait_seconds = wait_after(failures).as_secs();
                Err(DoorRefusal::SignInFailed { wait_seconds }.into())
            }
        }
    }

    fn let_in(
        &self,
        member: &StaffEntry,
        hash: &[u8; 32],
        sits: bool,
    ) -> Result<SignedIn, DeskError> {
        let role = role_of(&member.role)?;
        let token = new_token()?;
        let now = self.door.now().wall;
        let expires_at = self.store.write(|batch| {
            let hours = settings::SIGN_IN_HOURS.number(&batch.reader())?;
            let expires_at = Instant::from_millis(now.millis() + hours * 3_600_000);
            batch.forget_sign_in_failures(hash)?;
            batch.begin_session(&digest(&token), member.id, (now, expires_at))?;
            batch.act(&Act::new(&member.name, "sign_in", &member.name, now))?;
            Ok(expires_at)
        })?;
        // Whoever sat there before has left; a script's token is its own to end.
        if let Some(before) = self.door.enter(&token, sits).filter(|_| sits) {
            self.store.write(|batch| batch.end_session(&before))?;
        }
        Ok(SignedIn {
            token,
            name: member.name.clone(),
            role,
            expires_at,
        })
    }

    /// Tells the trail of a failure; what was typed as a name stands there only where it is one.
    fn failed(&self, name: &str, failures: u32, now: Instant) -> Result<(), DeskError> {
        Ok(self.store.write(|batch| {
            let known = batch.reader().staff_named(name)?;
            let name = known.map_or_else(|| "unknown".to_owned(), |member| member.name);
            let act = Act::new(&name, "sign_in_failed", &name, now);
            batch.act(&act.fact("failures", failures))
        })?)
    }

    /// Signs out: the token is worth nothing any more.
    ///
    /// # Errors
    /// Where the file is busy or fails.
    pub fn sign_out(&self) -> Result<(), DeskError> {
        self.open_to_all(Question::LockState);
        let Some(token) = self.door.leave() else {
            return Ok(());
        };
        let now = self.door.now().wall;
        Ok(self.store.write(|batch| {
            let session = batch.reader().session(&token)?;
            if let Some(session) = session {
                batch.end_session(&token)?;
                let name = session.staff.name;
                batch.act(&Act::new(&name, "sign_out", &name, now))?;
            }
            Ok(())
        })?)
    }

    /// How the door stands.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn lock_state(&self) -> Result<LockState, DeskError> {
        self.open_to_all(Question::LockState);
        Ok(self.store.read(|reader| {
            let hotel = || Ok::<_, StoreError>(reader.catalogue()?.property.name.to_string());
            Ok(match self.door.standing(reader)? {
                Standing::NoStaff => LockState::NoStaff,
                Standing::Nobody => LockState::SignIn { hotel: hotel()? },
                Standing::Locked => LockState::Locked { hotel: hotel()? },
                Standing::In(caller, left) => LockState::In {
                    name: caller.name().to_owned(),
                    role: caller.role(),
                    may: caller.may().to_vec(),
                    locks_in_seconds: left.unwrap_or_default().as_secs(),
                },
            })
        })?)
    }

    /// A person touches the desk: it does not lock for a while. That opens no lock.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn touch(&self) -> Result<(), DeskError> {
        self.open_to_all(Question::LockState);
        Ok(self.store.read(|reader| self.door.touch(reader))?)
    }

    /// Locks the desk at once.
    pub fn lock(&self) {
        self.open_to_all(Question::LockState);
        self.door.lock_now();
    }
}

/// Notes one more try, or gives the seconds to wait until one is looked at.
///
/// A clock that was set back must not make the wait longer than it is: the failure then counts as
/// made now.
fn note_try(
    batch: &mut Batch<'_>,
    name: &[u8; 32],
    now: Instant,
) -> Result<Result<u32, u64>, StoreError> {
    let millis = |wait: Duration| i64::try_from(wait.as_millis()).unwrap_or(i64::MAX);
    let forget = Instant::from_millis(now.millis() - millis(FORGOTTEN_AFTER));
    let known = batch.reader().sign_in_failure(name)?;
    let known = known.filter(|entry| entry.last_at >= forget);
    if let Some(entry) = known {
        let wait = millis(wait_after(entry.failures));
        if entry.last_at > now {
            let entry = FailureEntry {
                last_at: now,
                ..entry
            };
            batch.put_sign_in_failure(name, entry, forget)?;
            return Ok(Err(seconds_up(wait)));
        }
        let left = entry.last_at.millis() + wait - now.millis();
        if left > 0 {
            return Ok(Err(seconds_up(left)));
        }
    }
    let failures = known.map_or(0, |entry| entry.failures).saturating_add(1);
    let entry = FailureEntry {
        failures,
        last_at: now,
    };
    batch.put_sign_in_failure(name, entry, forget)?;
    Ok(Ok(failures))
}
