//! How a desk is opened: on which file, by whom, and by which clocks.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use keyrack_inventory::Instant;

use crate::card_number;
use crate::door::{Door, MachineTime, Time};
use crate::error::DeskError;

/// Where "now" comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// Set by hand, for replays and tests.
    Fixed(Instant),
}

impl Clock {
    /// The instant it shows.
    pub fn now(self) -> Instant {
        match self {
            Self::System => Instant::from_millis(chrono::Utc::now().timestamp_millis()),
            Self::Fixed(instant) => instant,
        }
    }
}

/// How a desk is opened.
#[derive(Clone, Debug)]
pub struct Options {
    /// The file.
    pub path: PathBuf,
    /// Who acts while the file has no staff.
    pub actor: String,
    /// The token of a sign-in made before, for scripts.
    pub token: Option<String>,
    /// In whose name an admin's script acts.
    pub behalf: Option<String>,
    /// Where "now" comes from.
    pub clock: Clock,
    /// The clocks of the door, which nobody sets by hand.
    pub time: Arc<dyn Time>,
    /// How long a writer waits in line.
    pub wait: Duration,
}

impl Options {
    /// A desk on this file, with the machine's clock.
    pub fn new(path: &Path, actor: &str) -> Self {
        Self {
            path: path.to_owned(),
            actor: actor.to_owned(),
            token: None,
            behalf: None,
            clock: Clock::System,
            time: Arc::new(MachineTime),
            wait: keyrack_store::DEFAULT_WAIT,
        }
    }

    /// The door of a desk that is opened so.
    ///
    /// # Errors
    /// Where the actor is a card's number, which the trail would keep for good.
    pub(crate) fn door(&self) -> Result<Door, DeskError> {
        card_number::refuse("what-actor", &self.actor)?;
        let (token, behalf) = (self.token.as_deref(), self.behalf.clone());
        Ok(Door::new(
            &self.actor,
            token,
            behalf,
            Arc::clone(&self.time),
        ))
    }
}
