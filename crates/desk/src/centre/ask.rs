//! A command that asks the centre: what became of it.

use std::time::Duration;

use keyrack_inventory::{CommandId, Outcome, Reference, StayStatus};
use keyrack_store::{Applied, Standing};
use keyrack_wire::Answer;

use super::exchange::Line;
use super::runtime;
use crate::Desk;
use crate::error::DeskError;

/// How long a command that asks waits for its answer.
const ASKED_FOR: Duration = Duration::from_secs(5);

impl Desk {
    /// What became of a command that asks the centre: asked now, and waited for a little. Where no
    /// answer comes it stays as it stands, and the answer goes into the inbox.
    pub(crate) fn ask(&self, id: CommandId, applied: Applied) -> Result<Applied, DeskError> {
        let asks = matches!(applied.result, Ok(Outcome::Asked))
            || applied.status == Some(StayStatus::NeedsConfirmation);
        if !asks || self.store.read(|reader| reader.centre())?.is_none() {
            return Ok(applied);
        }
        let waiting = |standing: &Option<Standing>| *standing == Some(Standing::Waiting);
        let mut standing = self.store.read(|reader| reader.standing(id))?;
        if waiting(&standing) && !applied.repeated {
            let runtime = runtime()?;
            let line = Line::new(&self.store, &runtime, None, Some(ASKED_FOR));
            // It is stored and stays queued, whatever is wrong with the way to the centre or with what came from
            // there; a file that fails here fails below as well.
            if let Err(error) = line.and_then(|line| line.exchange(&mut |_| true)) {
                crate::logs::centre(&error);
            }
            standing = self.store.read(|reader| reader.standing(id))?;
        }
        let Some(Standing::Answered(answer)) = standing else {
            return Ok(applied);
        };
        let result = match *answer {
            Answer::Applied { outcome } => Ok(outcome),
            Answer::Refused { refusal } => Err(refusal),
            Answer::Kept { .. } | Answer::Parked { .. } => return Ok(applied),
        };
        let status = match &result {
            Ok(Outcome::Reservation { id, .. }) => {
                let found = self
                    .store
                    .read(|reader| reader.reservation(&Reference::Id(*id)))?;
                found.map(|found| found.status())
            }
            _ => None,
        };
        Ok(Applied {
            result,
            status,
            ..applied
        })
    }
}
