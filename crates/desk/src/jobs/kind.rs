//! What jobs there are, and what a slot of one is called.

use keyrack_inventory::Instant;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// What jobs there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobKind {
    /// Lets go the holds whose time is up.
    Sweep,
    /// Takes in measures, opens and closes alerts, clears old jobs.
    Health,
    /// A copy of the file, verified, and the pruning of old ones.
    Backup,
    /// Verifies the file.
    Verify,
    /// Writes the log back into the file.
    Checkpoint,
}

impl JobKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [
        Self::Sweep,
        Self::Health,
        Self::Backup,
        Self::Verify,
        Self::Checkpoint,
    ];

    /// The word in the file and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sweep => "sweep",
            Self::Health => "health",
            Self::Backup => "backup",
            Self::Verify => "verify",
            Self::Checkpoint => "checkpoint",
        }
    }

    /// The kind of this name.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

pub(super) fn kinds() -> [&'static str; JobKind::ALL.len()] {
    JobKind::ALL.map(JobKind::as_str)
}

/// The identity of a kind's slot: the same in every process.
pub(super) fn slot_id(kind: JobKind, slot: Instant) -> Uuid {
    let mut hasher = Sha256::new();
    hasher.update(kind.as_str());
    hasher.update(slot.millis().to_be_bytes());
    let hash = hasher.finalize();
    let mut bytes = [0; 16];
    bytes[..6].copy_from_slice(&slot.millis().to_be_bytes()[2..]);
    bytes[6..].copy_from_slice(&hash[..10]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slot_has_one_identity_and_no_other_slot_or_kind_has_it() {
        let slot = Instant::from_millis(1_780_000_000_000);
        let id = slot_id(JobKind::Health, slot);
        assert_eq!(id, slot_id(JobKind::Health, slot));
        assert_ne!(id, slot_id(JobKind::Backup, slot));
        assert_ne!(id, slot_id(JobKind::Health, slot.plus_minutes(15)));
    }
}
