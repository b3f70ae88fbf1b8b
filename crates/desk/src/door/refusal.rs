//! What the door says to those whom it does not let through.

use keyrack_inventory::command::Permission;
use keyrack_store::{Reader, StoreError};
use keyrack_words::Words;
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
        let words = Words::here();
        let text = match self {
            Self::NotAllowed {
                why,
                permission,
                staff,
                ..
            } => not_allowed(words, *why, *permission, staff),
            Self::SignInFailed { wait_seconds } => words
                .say("door-sign-in-failed")
                .with("seconds", *wait_seconds)
                .text(),
            Self::SignInDelayed { wait_seconds } => words
                .say("door-sign-in-delayed")
                .with("seconds", *wait_seconds)
                .text(),
            Self::LastAdmin { name } => words
                .say("door-last-admin")
                .with("name", name.as_str())
                .text(),
            Self::FirstIsAdmin => words.plain("door-first-is-admin"),
            Self::AdminAdministers => words.plain("door-admin-administers"),
            Self::UnknownStaff { id } | Self::DuplicateStaff { id } | Self::UnknownGuest { id } => {
                let message = format!("door-{}", self.code().replace('_', "-"));
                words.say(&message).with("id", id.as_str()).text()
            }
        };
        f.write_str(&text)
    }
}

impl std::error::Error for DoorRefusal {}

fn not_allowed(words: Words, why: Why, permission: Option<Permission>, staff: &[String]) -> String {
    let message = match why {
        Why::SignIn => "door-sign-in",
        Why::Ended => "door-ended",
        Why::Locked => "door-locked",
        Why::Fresh => "door-fresh",
        Why::Behalf => "door-behalf",
        Why::UnknownActor => "door-unknown-actor",
        Why::Permission if staff.is_empty() => "door-permission-nobody",
        Why::Permission => "door-permission",
    };
    let permission = permission.map_or("look", Permission::as_str);
    words
        .say(message)
        .with(
            "permission",
            words.plain(&format!("permission-{permission}")),
        )
        .with("staff", staff.join(", "))
        .text()
}
