//! Commands that the centre could not read: a person has them sent again, or gives them up.

use keyrack_inventory::{CommandId, Instant};
use keyrack_store::{Act, Waiting};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Desk;
use crate::door::Question;
use crate::error::{CentreRefusal, DeskError};

/// A command that is parked.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ParkedRow {
    /// Its number in the queue.
    #[ts(type = "number")]
    pub seq: u64,
    /// Its identity.
    pub id: CommandId,
    /// Its kind.
    pub kind: String,
    /// Who gave it.
    pub actor: String,
    /// When.
    pub queued_at: Instant,
}

impl From<Waiting> for ParkedRow {
    fn from(row: Waiting) -> Self {
        Self {
            seq: row.seq,
            id: row.id,
            kind: row.kind,
            actor: row.actor,
            queued_at: Instant::from_millis(row.queued_at),
        }
    }
}

/// Which parked command is given up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DiscardRequest {
    /// Its identity.
    pub id: CommandId,
    /// Why, for the audit trail.
    pub reason: String,
}

/// Commands that are listed at most.
const LISTED: u32 = 500;

impl Desk {
    /// The commands that are parked.
    ///
    /// # Errors
    /// Where nobody who may is signed in, or the file fails.
    pub fn parked(&self) -> Result<Vec<ParkedRow>, DeskError> {
        self.admit(Question::Parked)?;
        let rows = self.store.read(|reader| reader.queue(LISTED))?;
        let parked = rows.into_iter().filter(|row| row.state == "parked");
        Ok(parked.map(ParkedRow::from).collect())
    }

    /// Sends a parked command again, with what hangs on it.
    ///
    /// # Errors
    /// Where no such command is parked, nobody who may is signed in, or the file fails.
    pub fn retry_parked(&self, id: CommandId) -> Result<ParkedRow, DeskError> {
        let caller = self.admit(Question::RetryParked)?;
        // What was done before under the same id is told again: it is not parked any more.
        let act = self.asked_act(&caller, "parked_retried", &id.to_string())?;
        let unknown = || DeskError::from(CentreRefusal::UnknownParked { id });
        let row = self.parked()?.into_iter().find(|row| row.id == id);
        let row = row.ok_or_else(unknown)?;
        let now = self.clock.now().millis();
        let retried = self.store.write(|batch| {
            let retried = batch.retry(id, caller.name(), now)?;
            if retried {
                batch.act(&act)?;
            }
            Ok(retried)
        })?;
        if retried { Ok(row) } else { Err(unknown()) }
    }

    /// Gives up a parked command, with what hangs on it: what it did here is put right with the next page of the feed.
    ///
    /// # Errors
    /// Where no such command is parked, nobody who may is signed in, or the file fails.
    pub fn discard_parked(&self, id: CommandId, reason: &str) -> Result<ParkedRow, DeskError> {
        let caller = self.admit(Question::DiscardParked)?;
        let act = Act {
            reason: Some(reason.to_owned()),
            ..self.asked_act(&caller, "parked_discarded", &id.to_string())?
        };
        let unknown = || DeskError::from(CentreRefusal::UnknownParked { id });
        let row = self.parked()?.into_iter().find(|row| row.id == id);
        let row = row.ok_or_else(unknown)?;
        let now = self.clock.now();
        let given_up = self.store.write(|batch| {
            let given_up = batch.discard(id, caller.name(), now)?;
            if given_up {
                batch.act(&act)?;
            }
            Ok(given_up)
        })?;
        if given_up { Ok(row) } else { Err(unknown()) }
    }
}
