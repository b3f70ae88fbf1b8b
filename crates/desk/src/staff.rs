//! Who works here, and what roles may do.

use keyrack_inventory::Instant;
use keyrack_inventory::Token;
use keyrack_inventory::command::Permission;
use keyrack_store::{Act, Batch, Reader, StaffEntry, StoreError};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use ts_rs::TS;
use uuid::Uuid;

use crate::desk::Desk;
use crate::door::{Caller, DoorRefusal, Password, Question, Role, role_of};
use crate::error::DeskError;
use crate::request_id;
use crate::{asked, card_number};

/// A member of the staff, as it crosses.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(optional_fields)]
pub struct StaffRow {
    /// Name.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Whether they may sign in.
    pub enabled: bool,
    /// Since when.
    pub created_at: Instant,
    /// Since when not any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disabled_at: Option<Instant>,
}

/// What a role may do, as it crosses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RoleRow {
    /// The role.
    pub role: Role,
    /// What it may do.
    #[ts(type = "string[]")]
    pub may: Vec<Permission>,
}

/// A change of the staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "kind", deny_unknown_fields)]
pub enum StaffChange {
    /// Somebody new.
    Add {
        /// By which to sign in.
        name: Token,
        /// As what.
        role: Role,
        /// The first password.
        #[ts(type = "string")]
        password: Password,
    },
    /// Another role.
    Role {
        /// Whose.
        name: String,
        /// Which.
        role: Role,
    },
    /// May not sign in any more; what is signed in ends.
    Disable {
        /// Who.
        name: String,
    },
    /// May sign in again.
    Enable {
        /// Who.
        name: String,
    },
    /// Another password; what is signed in ends.
    Reset {
        /// Whose.
        name: String,
        /// Which.
        #[ts(type = "string")]
        password: Password,
    },
}

/// What the list of the staff says to a change.
type Changed = Result<StaffRow, DoorRefusal>;

impl Desk {
    /// Everybody who works here, or did.
    ///
    /// # Errors
    /// Where that is not allowed, or the file fails.
    pub fn staff(&self) -> Result<Vec<StaffRow>, DeskError> {
        self.admit(Question::Staff)?;
        Ok(self.store.read(|reader| {
            let staff = reader.staff()?;
            staff.iter().map(row).collect::<Result<_, _>>()
        })?)
    }

    /// Changes the staff. Gives the member as they are then.
    ///
    /// # Errors
    /// Where that is not allowed, the name is taken or unknown, nobody would be left who can
    /// administer (refusals), the password is no good, or the file is busy or fails.
    pub fn change_staff(&self, change: &StaffChange) -> Result<StaffRow, DeskError> {
        // Told before the door is asked: what cannot be read is bad input for everybody.
        if let StaffChange::Add { name, .. } = change {
            card_number::refuse("what-staff-name", name.as_str())?;
        }
        let hash = password(change)?;
        let caller = self.admit(Question::ChangeStaff)?;
        let act = self.asked_act(&caller, "", "")?.by(Permission::Administer);
        let changed = self
            .store
            .write(|batch| apply(batch, change, hash.as_deref(), &act))?;
        Ok(changed?)
    }

    /// Gives a member another password from the machine itself, without a sign-in: for when nobody
    /// is left who knows one. Who can write the file can do so; the trail says that it was done.
    ///
    /// # Errors
    /// Where the name is unknown (a refusal), the password is no good, or the file is busy or fails.
    pub fn reset_from_machine(&self, name: &str, given: &Password) -> Result<StaffRow, DeskError> {
        self.open_to_all(Question::ResetFromMachine);
        let change = StaffChange::Reset {
            name: name.to_owned(),
            password: given.clone(),
        };
        let hash = password(&change)?;
        asked::check(&self.store)?;
        let act = Act {
            asked: asked::current(),
            ..Act::new("machine", "", "", self.door.now().wall).fact("from", "machine")
        };
        let changed = self
            .store
            .write(|batch| apply(batch, &change, hash.as_deref(), &act))?;
        Ok(changed?)
    }

    /// What each role may do.
    ///
    /// # Errors
    /// Where that is not allowed, or the file fails.
    pub fn roles(&self) -> Result<Vec<RoleRow>, DeskError> {
        self.admit(Question::Roles)?;
        Ok(self.store.read(|reader| {
            let row = |role: Role| {
                let may = reader.role_permissions(role.as_str())?;
                Ok(RoleRow { role, may })
            };
            Role::ALL
                .into_iter()
                .map(row)
                .collect::<Result<_, StoreError>>()
        })?)
    }

    /// Sets what a role may do.
    ///
    /// # Errors
    /// Where that is not allowed, an admin could not administer any more (a refusal), or the file is
    /// busy or fails.
    pub fn set_role(&self, wanted: &RoleRow) -> Result<RoleRow, DeskError> {
        let caller = self.admit(Question::SetRole)?;
        let RoleRow { role, may } = wanted;
        if *role == Role::Admin && !may.contains(&Permission::Administer) {
            return Err(DoorRefusal::AdminAdministers.into());
        }
        let act = self.asked_act(&caller, "role_set", role.as_str())?;
        let act = act.by(Permission::Administer);
        Ok(self.store.write(|batch| {
            let before = batch.reader().role_permissions(role.as_str())?;
            batch.put_role(role.as_str(), may)?;
            let after = batch.reader().role_permissions(role.as_str())?;
            let act = act.changed(words(&before), words(&after));
            let done = RoleRow {
                role: *role,
                may: after,
            };
            batch.act(&act.answering(json!({ "role": done })))?;
            Ok(done)
        })?)
    }

    /// An act of this caller, by the door's clock.
    pub(crate) fn act(&self, caller: &Caller, what: &'static str, object: &str) -> Act {
        let act = Act {
            request_id: request_id::current(),
            ..Act::new(caller.name(), what, object, self.door.now().wall)
        };
        match caller.behind() {
            Some(behind) => act.fact("run_by", behind),
            None => act,
        }
    }
}

fn words(may: &[Permission]) -> Value {
    may.iter().map(|permission| permission.as_str()).collect()
}

/// The hash of a change's password, where it has one; made before the file is held.
fn password(change: &StaffChange) -> Result<Option<String>, DeskError> {
    let (name, password) = match change {
        StaffChange::Add { name, password, .. } => (name.as_str(), password),
        StaffChange::Reset { name, password } => (name.as_str(), password),
        StaffChange::Role { .. } | StaffChange::Disable { .. } | StaffChange::Enable { .. } => {
            return Ok(None);
        }
    };
    password.check(name)?;
    password.hash().map(Some)
}

pub(crate) fn row(entry: &StaffEntry) -> Result<StaffRow, StoreError> {
    Ok(StaffRow {
        name: entry.name.clone(),
        role: role_of(&entry.role)?,
        enabled: entry.disabled_at.is_none(),
        created_at: entry.created_at,
        disabled_at: entry.disabled_at,
    })
}

fn apply(
    batch: &mut Batch<'_>,
    change: &StaffChange,
    hash: Option<&str>,
    act: &Act,
) -> Result<Changed, StoreError> {
    let now = act.now;
    let (what, name) = match change {
        StaffChange::Add { name, .. } => ("staff_added", name.as_str()),
        StaffChange::Role { name, .. } => ("staff_role_set", name.as_str()),
        StaffChange::Disable { name } => ("staff_disabled", name.as_str()),
        StaffChange::Enable { name } => ("staff_enabled", name.as_str()),
        StaffChange::Reset { name, .. } => ("staff_password_reset", name.as_str()),
    };
    let known = batch.reader().staff_named(name)?;
    let next = match next(change, known.as_ref(), hash, now) {
        Ok(next) => next,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if known.is_none() && next.role != Role::Admin.as_str() && !batch.reader().has_staff()? {
        return Ok(Err(DoorRefusal::FirstIsAdmin));
    }
    if !administers(&next) && is_last_admin(&batch.reader(), &next)? {
        return Ok(Err(DoorRefusal::LastAdmin { name: next.name }));
    }
    batch.put_staff(&next)?;
    if matches!(
        change,
        StaffChange::Disable { .. } | StaffChange::Reset { .. }
    ) {
        batch.end_sessions_of(next.id)?;
    }
    let act = Act {
        what,
        object: next.name.clone(),
        password: hash.map(|hash| (next.id, hash.to_owned())),
        ..act.clone()
    };
    let done = row(&next)?;
    let act = act.changed(
        known.as_ref().map_or(Value::Null, StaffEntry::told),
        next.told(),
    );
    batch.act(&act.answering(json!({ "staff": done })))?;
    Ok(Ok(done))
}

/// The member as the change leaves them.
fn next(
    change: &StaffChange,
    known: Option<&StaffEntry>,
    hash: Option<&str>,
    now: Instant,
) -> Result<StaffEntry, DoorRefusal> {
    let known = |name: &str| {
        let id = name.to_owned();
        known.cloned().ok_or(DoorRefusal::UnknownStaff { id })
    };
    Ok(match change {
        StaffChange::Add { name, role, .. } => {
            if let Ok(known) = known(name.as_str()) {
                return Err(DoorRefusal::DuplicateStaff { id: known.name });
            }
            StaffEntry {
                id: Uuid::now_v7(),
                name: name.to_string(),
                role: role.as_str().to_owned(),
                password: hash.unwrap_or_default().to_owned(),
                created_at: now,
                disabled_at: None,
            }
        }
        StaffChange::Role { name, role } => StaffEntry {
            role: role.as_str().to_owned(),
            ..known(name)?
        },
        StaffChange::Disable { name } => StaffEntry {
            disabled_at: Some(now),
            ..known(name)?
        },
        StaffChange::Enable { name } => StaffEntry {
            disabled_at: None,
            ..known(name)?
        },
        StaffChange::Reset { name, .. } => StaffEntry {
            password: hash.unwrap_or_default().to_owned(),
            ..known(name)?
        },
    })
}

fn administers(entry: &StaffEntry) -> bool {
    entry.role == Role::Admin.as_str() && entry.disabled_at.is_none()
}

/// Whether nobody else is left who can administer, and this one could until now.
fn is_last_admin(reader: &Reader<'_>, changed: &StaffEntry) -> Result<bool, StoreError> {
    let staff = reader.staff()?;
    let other = |entry: &&StaffEntry| entry.id != changed.id && administers(entry);
    let was = staff
        .iter()
        .any(|entry| entry.id == changed.id && administers(entry));
    Ok(was && !staff.iter().any(|entry| other(&entry)))
}
