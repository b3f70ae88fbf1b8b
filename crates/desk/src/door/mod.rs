//! The one door: every command and every question goes through it, from the window and from scripts
//! alike. It knows who is asking, and whether they may.
//!
//! Invariants: a [`Caller`] is made here alone, by a sign-in or by a file without staff; what a
//! member may do is read from the file for each call, so that a change of role, a new password or the
//! end of a session counts at once, whichever process made it.

mod password;
mod refusal;
mod rights;
mod time;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use keyrack_inventory::command::Permission;
use keyrack_inventory::{Command as Domain, CommandId};
use keyrack_store::{Act, Reader, SessionEntry, Store, StoreError};

pub use password::Password;
pub(crate) use password::{digest, new_token};
pub use refusal::{DoorRefusal, Why};
pub use rights::{Question, Role, Rule};
pub use time::{Idle, MachineTime, Moment, Time};

use crate::error::DeskError;
use crate::settings;

/// How old a sign-in may be for what cannot be taken back.
const FRESH: Duration = Duration::from_secs(5 * 60);

/// Who is asking, and what they may do. Only the door makes one.
#[derive(Clone, Debug)]
pub struct Caller {
    name: String,
    role: Role,
    may: Vec<Permission>,
    /// The admin who acts in this name.
    behind: Option<String>,
}

impl Caller {
    /// The name that stands in the trail.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The role.
    pub fn role(&self) -> Role {
        self.role
    }

    /// What the role may do.
    pub fn may(&self) -> &[Permission] {
        &self.may
    }

    /// The admin who acts in this name, where one does.
    pub fn behind(&self) -> Option<&str> {
        self.behind.as_deref()
    }
}

/// A sign-in, as the door of this process knows it.
#[derive(Clone, Copy, Debug)]
struct SignedIn {
    token: [u8; 32],
    /// When it was made here; nothing where the token was brought along.
    here: Option<Moment>,
    /// The lock of a desk that people sit at; nothing for scripts.
    idle: Option<Idle>,
}

/// The door of a desk.
#[derive(Debug)]
pub(crate) struct Door {
    /// Who acts where the file has no staff.
    actor: String,
    /// In whose name an admin's script acts.
    behalf: Option<String>,
    time: Arc<dyn Time>,
    signed_in: Mutex<Option<SignedIn>>,
}

/// How the door is doing, for the one who looks at it.
#[derive(Clone, Debug)]
pub(crate) enum Standing {
    NoStaff,
    Nobody,
    Locked,
    In(Caller, Option<Duration>),
}

impl Door {
    pub fn new(
        actor: &str,
        token: Option<&str>,
        behalf: Option<String>,
        time: Arc<dyn Time>,
    ) -> Self {
        let signed_in = token.map(|token| SignedIn {
            token: digest(token),
            here: None,
            idle: None,
        });
        Self {
            actor: actor.to_owned(),
            behalf,
            time,
            signed_in: Mutex::new(signed_in),
        }
    }

    pub fn now(&self) -> Moment {
        self.time.now()
    }

    fn lock(&self) -> MutexGuard<'_, Option<SignedIn>> {
        // Each change replaces the whole value.
        self.signed_in
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Somebody has signed in here. Gives the token's hash of who was signed in before.
    pub fn enter(&self, token: &str, sits: bool) -> Option<[u8; 32]> {
        let now = self.now();
        let signed_in = SignedIn {
            token: digest(token),
            here: Some(now),
            idle: sits.then(|| Idle::new(now)),
        };
        self.lock().replace(signed_in).map(|before| before.token)
    }

    /// Whoever was signed in leaves. Gives the token's hash.
    pub fn leave(&self) -> Option<[u8; 32]> {
        self.lock().take().map(|before| before.token)
    }

    /// Locks at once.
    pub fn lock_now(&self) {
        if let Some(idle) = self.lock().as_mut().and_then(|found| found.idle.as_mut()) {
            idle.lock();
        }
    }

    /// Somebody touches the desk.
    pub fn touch(&self, reader: &Reader<'_>) -> Result<(), StoreError> {
        let sits = |found: &SignedIn| found.idle.is_some();
        if !self.lock().as_ref().is_some_and(sits) {
            return Ok(());
        }
        let (now, limit) = (self.now(), idle_limit(reader)?);
        if let Some(idle) = self.lock().as_mut().and_then(|found| found.idle.as_mut()) {
            idle.touch(now, limit);
        }
        Ok(())
    }

    /// Who is here.
    pub fn standing(&self, reader: &Reader<'_>) -> Result<Standing, StoreError> {
        Ok(match self.who(reader)? {
            Ok((caller, None)) if !reader.has_staff()? => {
                debug_assert_eq!(caller.role, Role::Admin);
                Standing::NoStaff
            }
            Ok((caller, _)) => Standing::In(caller, self.left(reader)?),
            Err(Why::Locked) => Standing::Locked,
            Err(_) => Standing::Nobody,
        })
    }

    fn left(&self, reader: &Reader<'_>) -> Result<Option<Duration>, StoreError> {
        let (now, limit) = (self.now(), idle_limit(reader)?);
        let idle = self.lock().as_ref().and_then(|found| found.idle);
        Ok(idle.map(|idle| idle.left(now, limit)))
    }

    /// Who is asking, with the session; or why nobody is.
    fn who(
        &self,
        reader: &Reader<'_>,
    ) -> Result<Result<(Caller, Option<SessionEntry>), Why>, StoreError> {
        if !reader.has_staff()? {
            let caller = Caller {
                name: self.actor.clone(),
                role: Role::Admin,
                may: Permission::ALL.to_vec(),
                behind: None,
            };
            return Ok(Ok((caller, None)));
        }
        let now = self.now();
        let limit = idle_limit(reader)?;
        let (token, locked) = match self.lock().as_mut() {
            None => return Ok(Err(Why::SignIn)),
            Some(found) => {
                let locked = found
                    .idle
                    .as_mut()
                    .is_some_and(|idle| idle.is_locked(now, limit));
                (found.token, locked)
            }
        };
        let Some(session) = reader.session(&token)? else {
            return Ok(Err(Why::Ended));
        };
        if now.wall >= session.expires_at || session.staff.disabled_at.is_some() {
            return Ok(Err(Why::Ended));
        }
        if locked {
            return Ok(Err(Why::Locked));
        }
        let caller = member(reader, &session.staff)?;
        let Some(behalf) = self.behalf.as_ref().filter(|name| **name != caller.name) else {
            return Ok(Ok((caller, Some(session))));
        };
        if !caller.may.contains(&Permission::Administer) {
            return Ok(Err(Why::Behalf));
        }
        let other = reader.staff_named(behalf)?;
        let Some(other) = other.filter(|other| other.disabled_at.is_none()) else {
            return Ok(Err(Why::UnknownActor));
        };
        let other = Caller {
            behind: Some(caller.name),
            ..member(reader, &other)?
        };
        Ok(Ok((other, Some(session))))
    }

    /// Whether the sign-in is minutes old, by both clocks.
    fn is_fresh(&self, session: &SessionEntry) -> bool {
        let now = self.now();
        let here = self.lock().as_ref().and_then(|found| found.here);
        let age = now.wall.millis() - session.signed_in_at.millis();
        let limit = i64::try_from(FRESH.as_millis()).unwrap_or(i64::MAX);
        (0..limit).contains(&age)
            && here.is_none_or(|here| now.running.saturating_sub(here.running) < FRESH)
    }

    /// Lets a question through, or says why not. What a member was refused is told in the trail.
    pub fn admit(&self, store: &Store, question: Question) -> Result<Caller, DeskError> {
        let rule = question.rule();
        let fresh = matches!(rule, Rule::Fresh(_));
        let needs: Vec<Permission> = rule.permission().into_iter().collect();
        let admitted = store.read(|reader| self.check(reader, &needs, fresh))?;
        self.tell(store, question.as_str(), admitted)
    }

    /// Lets a command through, or says why not.
    pub fn admit_command(
        &self,
        store: &Store,
        command: &Domain,
        overrides: bool,
    ) -> Result<Caller, DeskError> {
        let mut needs = vec![command.permission()];
        if overrides {
            needs.push(Permission::Operate);
        }
        let admitted = store.read(|reader| {
            if let Domain::Undo { command } = command {
                // Who takes something back may do it: else an undo would be a way around the door.
                needs.extend(self.undone(reader, *command)?);
            }
            let admitted = self.check(reader, &needs, false)?;
            if admitted.is_ok() {
                // A command is a sign of life; a question may be the window's own.
                self.touch(reader)?;
            }
            Ok(admitted)
        })?;
        self.tell(store, command.kind(), admitted)
    }

    fn undone(
        &self,
        reader: &Reader<'_>,
        named: Option<CommandId>,
    ) -> Result<Option<Permission>, StoreError> {
        let last = match (named, self.who(reader)?) {
            (Some(id), _) => Some(id),
            (None, Ok((caller, _))) => reader.last_undoable(&caller.name)?,
            (None, Err(_)) => None,
        };
        last.map_or(Ok(None), |id| reader.permission_of(id))
    }

    fn check(
        &self,
        reader: &Reader<'_>,
        needs: &[Permission],
        fresh: bool,
    ) -> Result<Result<Caller, Denied>, StoreError> {
        let denied = |why, caller: Option<Caller>, permission: Option<Permission>| {
            let known = caller.is_some();
            let refusal = DoorRefusal::not_allowed(reader, why, permission, known)?;
            let name = caller.map(|caller| caller.name);
            Ok(Err(Denied { refusal, name }))
        };
        let (caller, session) = match self.who(reader)? {
            Ok(found) => found,
            Err(why) => return denied(why, None, needs.first().copied()),
        };
        if let Some(lacks) = needs.iter().find(|need| !caller.may.contains(need)) {
            return denied(Why::Permission, Some(caller), Some(*lacks));
        }
        match session {
            Some(session) if fresh && !self.is_fresh(&session) => {
                denied(Why::Fresh, Some(caller), needs.first().copied())
            }
            _ => Ok(Ok(caller)),
        }
    }

    /// Tells the trail what a member was refused; looking aside, which changes nothing.
    fn tell(
        &self,
        store: &Store,
        what: &str,
        admitted: Result<Caller, Denied>,
    ) -> Result<Caller, DeskError> {
        let denied = match admitted {
            Ok(caller) => return Ok(caller),
            Err(denied) => denied,
        };
        if let (
            Some(name),
            DoorRefusal::NotAllowed {
                permission, why, ..
            },
        ) = (&denied.name, &denied.refusal)
            && *permission != Some(Permission::Look)
        {
            let act = Act::new(name, "not_allowed", what, self.now().wall);
            let act = Act {
                permission: *permission,
                ..act.fact("why", why.as_str())
            };
            store.write(|batch| batch.act(&act))?;
        }
        Err(denied.refusal.into())
    }
}

/// Who was not let through, and why.
struct Denied {
    refusal: DoorRefusal,
    name: Option<String>,
}

fn member(reader: &Reader<'_>, staff: &keyrack_store::StaffEntry) -> Result<Caller, StoreError> {
    let role = role_of(&staff.role)?;
    Ok(Caller {
        name: staff.name.clone(),
        role,
        may: reader.role_permissions(role.as_str())?,
        behind: None,
    })
}

/// The role of a stored word.
pub(crate) fn role_of(word: &str) -> Result<Role, StoreError> {
    Role::from_word(word).ok_or_else(|| StoreError::Damaged {
        table: "staff",
        why: word.to_owned(),
    })
}

pub(crate) fn idle_limit(reader: &Reader<'_>) -> Result<Duration, StoreError> {
    let minutes = settings::IDLE_LOCK_MINUTES.number(reader)?;
    Ok(Duration::from_secs(
        u64::try_from(minutes).unwrap_or(1) * 60,
    ))
}
