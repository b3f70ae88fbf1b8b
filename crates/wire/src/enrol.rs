//! Enrolment: a desk shows a one-time code and gets a token.

use keyrack_inventory::DeskId;
use keyrack_inventory::share::Holder;
use serde::{Deserialize, Serialize};

use crate::{Cursor, Label, Protocol, Secret};

/// A desk asks to be taken in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Enrol {
    /// The version spoken.
    pub protocol: Protocol,
    /// The code that an administrator of the centre gave out.
    pub code: Secret,
    /// What the desk is called.
    pub name: Label,
    /// Tells this machine from another, so that a copied file is found out.
    pub fingerprint: Secret,
    /// Whether it brings a history, which goes up only into a property that has none.
    pub has_history: bool,
    /// Which desk it is already, where it has lost its token and shows a code for another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub desk: Option<DeskId>,
}

/// A desk wants to show another token from now on. The one that it shows lets it in until the new one was shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Renew {
    /// The version spoken.
    pub protocol: Protocol,
    /// The new token, which the desk has made and kept.
    pub next: Secret,
}

/// It may. Asked again for the same, the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Renewed {
    /// The version spoken.
    pub protocol: Protocol,
}

/// The desk is taken in. Its share is nothing until its first grant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Enrolled {
    /// The version spoken.
    pub protocol: Protocol,
    /// The property's code.
    pub property: Label,
    /// Which desk it is, and its first epoch.
    pub holder: Holder,
    /// The letters with which its short numbers begin.
    pub letters: Label,
    /// What it shows from now on.
    pub token: Secret,
    /// Where the feed stands.
    pub cursor: Cursor,
}
