//! What a desk tells the centre in its queue that is no command of the inventory.

use keyrack_inventory::CommandId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{ERASED_AT_MOST, List, Queued};

/// An entry of the queue that commands nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "notice", deny_unknown_fields)]
pub enum Notice {
    /// Rights are given back: the desk lost them when it queued this.
    ReturnShare {},
    /// A command that was parked is given up: what it promised is let go.
    LetGo {
        /// Which.
        command: CommandId,
    },
    /// Guests and texts are erased: everywhere, for good, whoever brings them later.
    Erase {
        /// Their identities.
        ids: List<Uuid, ERASED_AT_MOST>,
    },
    /// The desk has nothing left of that epoch: all that it sold there has gone up, and its file is the only
    /// one.
    CloseEpoch {
        /// Which.
        epoch: u32,
    },
}

impl Notice {
    /// Its kind.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::ReturnShare {} => "return_share",
            Self::LetGo { .. } => "let_go",
            Self::Erase { .. } => "erase",
            Self::CloseEpoch { .. } => "close_epoch",
        }
    }
}

impl Queued {
    /// What it tells, where it is no command.
    pub fn notice(&self) -> Option<Notice> {
        let notice: Notice = serde_json::from_value(self.payload.clone()).ok()?;
        (notice.kind() == self.kind.as_str()).then_some(notice)
    }
}
