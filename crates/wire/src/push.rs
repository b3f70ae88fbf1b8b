//! Push: a desk's queue goes up, and stored outcomes come back.

use keyrack_inventory::share::Holder;
use keyrack_inventory::{CommandId, Outcome, Refusal};
use serde::{Deserialize, Serialize};

use crate::{
    COMMANDS_AT_MOST, Guest, Hash, Label, List, Protocol, RIGHTS_AT_MOST, RightUse, Sealed,
    TEXTS_AT_MOST, Text,
};

/// How far the centre's trail of a hotel has come. A centre restored from a copy has another row there, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trail {
    /// The number of its last row, from 1 on.
    pub number: u64,
    /// The hash of that row, and so of all before it.
    pub hash: Hash,
}

/// The next commands of a desk's queue, in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Push {
    /// The version spoken.
    pub protocol: Protocol,
    /// Whose they are.
    pub holder: Holder,
    /// How far the trail had come when the desk was last told, of this feed: what it was told may be in no entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trail: Option<Trail>,
    /// The commands.
    pub commands: List<Slot, COMMANDS_AT_MOST>,
    /// The guests that they name, as they are known now: beside what is sealed, so that an erasure
    /// reaches them.
    pub guests: List<Guest, COMMANDS_AT_MOST>,
    /// The texts that they name.
    pub texts: List<Text, TEXTS_AT_MOST>,
}

/// A place in a desk's queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Slot {
    /// A command.
    Command(Sealed),
    /// One that was never read: its number is kept, so that what follows can go on.
    Parked(Parked),
}

/// A command that waits for a person at its desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parked {
    /// Its number.
    pub seq: u64,
    /// Its identity.
    pub id: CommandId,
    /// The hash of its bytes.
    pub hash: Hash,
    /// The code of what failed.
    pub parked: Label,
    /// The rights that it moved at its desk: what it promised is kept apart until a person has decided.
    pub rights: List<RightUse, RIGHTS_AT_MOST>,
    /// The epoch in which it moved them, where that was an earlier one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub epoch: Option<u32>,
}

/// What became of a command, kept for good: the same command again gets the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "answer", deny_unknown_fields)]
pub enum Answer {
    /// It took effect.
    Applied {
        /// What was made.
        outcome: Outcome,
    },
    /// A sale beyond the share for which the centre has no rooms: it stands everywhere as a request
    /// that needs confirmation.
    Kept {
        /// What was made.
        outcome: Outcome,
        /// Why it is not confirmed, with what could be had instead.
        refusal: Refusal,
    },
    /// A rule said no.
    Refused {
        /// Which.
        refusal: Refusal,
    },
    /// It failed again and again, and waits for a person.
    Parked {
        /// The code of what failed.
        reason: Label,
    },
}

/// A command's answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answered {
    /// Its number.
    pub seq: u64,
    /// Its identity.
    pub id: CommandId,
    /// The hash of what was answered.
    pub hash: Hash,
    /// What became of it.
    pub result: Answer,
}

/// The answers to a push, in its order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pushed {
    /// The version spoken.
    pub protocol: Protocol,
    /// One for each command.
    pub answers: List<Answered, COMMANDS_AT_MOST>,
    /// The number of the last command that is stored.
    pub acked_seq: u64,
    /// How far the trail has come with them.
    pub trail: Trail,
}
