//! A walk on its way to the centre: it is asked for, and waited for a little.

use std::time::{Duration, Instant as Clock};

use keyrack_sync::Link;
use serde::Deserialize;
use serde_json::Value;
use tokio::runtime::Runtime;
use tokio::time::timeout;
use uuid::Uuid;

use super::failed;
use crate::error::{CentreRefusal, DeskError};

/// Between two looks at how far it has come.
const BETWEEN: Duration = Duration::from_millis(500);

/// Whether a walk in that state goes on by itself.
pub(super) fn goes_on(state: &str) -> bool {
    matches!(state, "asked" | "begun" | "reserved" | "giving_back")
}

/// What the centre says.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Said {
    #[serde(default)]
    pub(super) state: String,
    #[serde(default)]
    pub(super) reservation: Option<String>,
    #[serde(default)]
    pub(super) to: Option<String>,
    #[serde(default)]
    pub(super) code: Option<String>,
    #[serde(default)]
    pub(super) status: Option<String>,
    #[serde(default)]
    pub(super) made: Option<Made>,
    #[serde(default)]
    pub(super) refusal: Option<Value>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Made {
    pub(super) number: String,
}

impl Said {
    fn goes_on(&self) -> bool {
        goes_on(&self.state)
    }
}

/// A walk that is asked for: of whom, and for how long.
pub(super) struct Asking<'a> {
    pub(super) runtime: &'a Runtime,
    pub(super) link: &'a Link,
    pub(super) path: String,
    pub(super) until: Clock,
}

impl Asking<'_> {
    /// Asks, and waits for how it ends. Where the centre has not answered in time, nobody knows whether it has heard.
    pub(super) fn ask(&self, id: Uuid, asked: &Value, number: &str) -> Result<Said, DeskError> {
        let shown = format!("{}/{id}", self.path);
        let Some(mut said) = self.told(&self.path, Some(asked))? else {
            return Ok(Said {
                state: "asked".to_owned(),
                ..Said::default()
            });
        };
        if said.code.as_deref() == Some("idempotency_conflict")
            && let Ok(Some(first)) = self.told(&shown, None)
            && first.reservation.as_deref() == Some(number)
        {
            // Something else was asked for this guest before, and its answer was lost: how that ended is what counts.
            said = first;
        }
        while said.goes_on() && Clock::now() + BETWEEN < self.until {
            std::thread::sleep(BETWEEN);
            // It goes on whether it is looked at or not.
            said = self.told(&shown, None).ok().flatten().unwrap_or(said);
        }
        Ok(said)
    }

    /// What the centre says; nothing where it says nothing in time.
    fn told(&self, path: &str, message: Option<&Value>) -> Result<Option<Said>, DeskError> {
        let left = self.until.saturating_duration_since(Clock::now());
        let answer = async { timeout(left, self.link.program(path, message)).await };
        match self.runtime.block_on(answer) {
            Ok(answered) => read(&answered.map_err(failed)?.1).map(Some),
            Err(_) => Ok(None),
        }
    }
}

pub(super) fn read<T: for<'de> Deserialize<'de>>(body: &[u8]) -> Result<T, DeskError> {
    serde_json::from_slice(body).map_err(|error| {
        let why = error.to_string();
        CentreRefusal::Unreachable { why }.into()
    })
}
