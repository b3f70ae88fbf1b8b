//! What the door says to those whom it does not let through.

use keyrack_inventory::command::Permission;
use keyrack_store::{Reader, StoreError};
use serde::Serialize;

use super::Role;

/// Why somebody was not let through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Nobody has signed in.
    SignIn,
    /// The sign-in has ended: by its time, a sign-out, a new password, or because the member left.
    Ended,
    /// Nobody touched the desk for a while.
    Locked,
    /// The role may not do it.
    Permission,
    /// The sign-in is older than a few minutes.
    Fresh,
    /// Only an admin's script acts in another's name.
    Behalf,
    /// There is nobody of the name in which it was to be done.
    UnknownActor,
}

impl Why {
    /// Its word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::Ended => "ended",
            Self::Locked => "locked",
            Self::Permission => "permission",
            Self::Fresh => "fresh",
            Self::Behalf => "behalf",
            Self::UnknownActor => "unknown_actor",
        }
    }
}

/// The door, or the list of the staff, said no.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "code")]
pub enum DoorRefusal {
    /// Not this person, or not now.
    NotAllowed {
        /// Why.
        why: Why,
        /// The permission that it needs.
        #[serde(skip_serializing_if = "Option::is_none")]
        permission: Option<Permission>,
        /// The roles that have it.
        roles: Vec<Role>,
        /// Who has it; told to members alone.
        staff: Vec<String>,
    },
    /// The name and the password do not go together.
    SignInFailed {
        /// Until the next one is looked at.
        wait_seconds: u64,
    },
    /// Too many failed in a row: this one was not looked at.
    SignInDelayed {
        /// Until the next one is looked at.
        wait_seconds: u64,
    },
    /// Somebody has to be left who can administer.
    LastAdmin {
        /// Who that is.
        name: String,
    },
    /// The first member has to be an admin.
    FirstIsAdmin,
    /// An admin can always administer.
    AdminAdministers,
    /// Nobody of this name works here.
    UnknownStaff {
        /// What was asked for.
        id: String,
    },
    /// Somebody of this name works here already.
    DuplicateStaff {
        /// The name.
        id: String,
    },
    /// No guest of this id or reservation.
    UnknownGuest {
        /// What was asked for.
        id: String,
    },
}

impl DoorRefusal {
    /// Who may instead stands in the refusal, so that people know whom to call.
    pub(super) fn not_allowed(
        reader: &Reader<'_>,
        why: Why,
        permission: Option<Permission>,
        to_member: bool,
    ) -> Result<Self, StoreError> {
        let mut roles = Vec::new();
        for role in Role::ALL {
            let may = reader.role_permissions(role.as_str())?;
            if permission.is_some_and(|permission| may.contains(&permission)) {
                roles.push(role);
            }
        }
        let has = |word: &str| roles.iter().any(|role| role.as_str() == word);
        let staff = if to_member {
            let all = reader.staff()?.into_iter();
            let may = all.filter(|member| member.disabled_at.is_none() && has(&member.role));
            may.map(|member| member.name).collect()
        } else {
            Vec::new()
        };
        Ok(Self::NotAllowed {
            why,
            permission,
            roles,
            staff,
        })
    }

    /// The code that scripts read.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotAllowed { .. } => "not_allowed",
            Self::SignInFailed { .. } => "sign_in_failed",
            Self::SignInDelayed { .. } => "sign_in_delayed",
            Self::LastAdmin { .. } => "last_admin",
            Self::FirstIsAdmin => "first_is_admin",
            Self::AdminAdministers => "admin_administers",
            Self::UnknownStaff { .. } => "unknown_staff",
            Self::DuplicateStaff { .. } => "duplicate_staff",
            Self::UnknownGuest { .. } => "unknown_guest",
        }
    }

    /// Why somebody was not let through, where that is what it says.
    pub fn why(&self) -> Option<Why> {
        match self {
            Self::NotAllowed { why, .. } => Some(*why),
            _ => None,
        }
    }
}

impl std::fmt::Display for DoorRefusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotAllowed {
                why,
                permission,
                staff,
                ..
            } => not_allowed(f, *why, *permission, staff),
            Self::SignInFailed { wait_seconds } => write!(
                f,
                "The name and the password do not go together. Try again in {wait_seconds} s."
            ),
            Self::SignInDelayed { wait_seconds } => write!(
                f,
                "Too many sign-ins under this name failed. Try again in {wait_seconds} s."
            ),
            Self::LastAdmin { name } => write!(
                f,
                "{name} is the last one who can administer. Make somebody else an admin first."
            ),
            Self::FirstIsAdmin => f.write_str("The first member of the staff is an admin."),
            Self::AdminAdministers => f.write_str("An admin can always administer."),
            Self::UnknownStaff { id } => write!(f, "Nobody named \"{id}\" works here."),
            Self::DuplicateStaff { id } => {
                write!(f, "Somebody named \"{id}\" works here already.")
            }
            Self::UnknownGuest { id } => write!(f, "There is no guest \"{id}\"."),
        }
    }
}

impl std::error::Error for DoorRefusal {}

fn not_allowed(
    f: &mut std::fmt::Formatter<'_>,
    why: Why,
    permission: Option<Permission>,
    staff: &[String],
) -> std::fmt::Result {
    let permission = permission.map_or("look", Permission::as_str);
    match why {
        Why::SignIn => f.write_str("Sign in first."),
        Why::Ended => f.write_str("This sign-in has ended. Sign in again."),
        Why::Locked => f.write_str("The desk is locked. Sign in again."),
        Why::Fresh => f.write_str("This needs a sign-in of the last five minutes. Sign in again."),
        Why::Behalf => f.write_str("Only an admin's script acts in another's name."),
        Why::UnknownActor => f.write_str("Nobody of the name in --actor works here."),
        Why::Permission if staff.is_empty() => {
            write!(
                f,
                "This needs the permission \"{permission}\", and nobody has it."
            )
        }
        Why::Permission => write!(
            f,
            "This needs the permission \"{permission}\". Ask {}.",
            staff.join(", ")
        ),
    }
}
