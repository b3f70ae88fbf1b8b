//! A command that asks the centre: what became of it.

use std::time::Duration;

use keyrack_inventory::{Command, CommandId, Outcome, Reference, StayStatus};
use keyrack_store::{Applied, Batch, Said, Standing, StoreError};
use keyrack_wire::Answer;

use super::{exchange, runtime};
use crate::Desk;
use crate::error::DeskError;

/// How long a command that asks waits for its answer.
const ASKED_FOR: Duration = Duration::from_secs(5);

/// How a command is tried that the centre may have to decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Try {
    /// Nothing of it stands where the centre has to be asked.
    First,
    /// The centre does not answer: it is queued, and the desk keeps its share.
    Alone,
    /// The centre answers: what the command would take of the share is given back with it.
    Reached,
}

impl Try {
    /// Whether the desk gives back what the command would take of its share.
    pub(crate) fn gives_back(self) -> bool {
        self == Self::Reached
    }

    /// Takes back what was done where that was only to find out whether the centre has to be asked. Gives whether it
    /// has.
    pub(crate) fn take_back(
        self,
        batch: &mut Batch<'_>,
        applied: &Applied,
        command: &Command,
    ) -> Result<bool, StoreError> {
        let asks = matches!(applied.result, Ok(Outcome::Asked))
            || applied.status == Some(StayStatus::NeedsConfirmation) && applied.kind == "reserve";
        let is_first = self == Self::First && !applied.repeated;
        let finds_out = is_first && asks && command.may_take_rooms();
        if !finds_out || batch.reader().centre()?.is_none() {
            return Ok(false);
        }
        batch.take_back();
        Ok(true)
    }
}

/// Whether it stands only once the centre has answered.
fn is_asked(applied: &Applied) -> bool {
    matches!(applied.result, Ok(Outcome::Asked))
        || applied.status == Some(StayStatus::NeedsConfirmation)
}

impl Desk {
    /// Does a command, or asks the centre. Before one is asked that may take rooms, the centre is heard: only where it
    /// answers does the desk give back of its share what it asks for.
    pub(crate) fn done_or_asked(
        &self,
        id: CommandId,
        tried: impl Fn(Try) -> Result<(Applied, bool), DeskError>,
    ) -> Result<Applied, DeskError> {
        let (applied, is_taken_back) = tried(Try::First)?;
        if !is_taken_back {
            return self.ask(id, applied);
        }
        if self.is_reached() {
            return self.ask(id, tried(Try::Reached)?.0);
        }
        let mut applied = tried(Try::Alone)?.0;
        // What came down before the line broke may have made a share of it.
        if is_asked(&applied) {
            applied.said = Some(Said::Nothing);
        }
        Ok(applied)
    }

    /// One exchange, for a little while; gives whether the centre answered. What it granted meanwhile is here then.
    fn is_reached(&self) -> bool {
        let reached = runtime()
            .and_then(|runtime| exchange::exchange_within(&self.store, &runtime, ASKED_FOR));
        match reached {
            Ok(_) => true,
            Err(error) => {
                crate::logs::centre(&error);
                false
            }
        }
    }

    /// What became of a command that asks the centre: asked now, and waited for a little. Where no
    /// answer comes it stays as it stands, and the answer goes into the inbox.
    pub(crate) fn ask(&self, id: CommandId, applied: Applied) -> Result<Applied, DeskError> {
        if !is_asked(&applied) || self.store.read(|reader| reader.centre())?.is_none() {
            return Ok(applied);
        }
        let waiting = |standing: &Option<Standing>| *standing == Some(Standing::Waiting);
        let mut standing = self.store.read(|reader| reader.standing(id))?;
        if waiting(&standing) && !applied.repeated {
            // It is stored and stays queued, whatever is wrong with the way to the centre or with what came from
            // there; a file that fails here fails below as well.
            self.is_reached();
            standing = self.store.read(|reader| reader.standing(id))?;
        }
        let with = |said| Applied {
            said,
            ..applied.clone()
        };
        let answer = match standing {
            None => return Ok(applied),
            Some(Standing::Waiting) => return Ok(with(Some(Said::Nothing))),
            Some(Standing::Answered(answer)) => *answer,
        };
        let result = match answer {
            Answer::Applied { outcome } => Ok(outcome),
            Answer::Refused { refusal } => Err(refusal),
            Answer::Kept { refusal, .. } => {
                return Ok(with(Some(Said::Declined(Box::new(refusal)))));
            }
            Answer::Parked { .. } => return Ok(with(Some(Said::Nothing))),
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
        // Whoever asked hears it here. Where the answer came and the page with what it made did not, that is in the inbox.
        let is_shown = status != Some(StayStatus::NeedsConfirmation);
        if is_shown && !applied.repeated {
            self.store.write(|batch| batch.told_at_once(id))?;
        }
        Ok(Applied {
            said: result.is_ok().then_some(Said::Done),
            result,
            status,
            ..applied
        })
    }
}
