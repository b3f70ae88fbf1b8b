//! The history of a file on its way up, from where it was cut off.

use keyrack_store::{CentreState, Part, Store};
use keyrack_sync::{Failure, Link};
use keyrack_wire::{Fault, GENESIS_BYTES_AT_MOST, Genesis, List, Protocol};
use tokio::runtime::Runtime;

use super::enrol::Progress;
use super::failed;
use super::outgoing::alone;
use crate::error::{CentreRefusal, DeskError};

/// Events of a part: what is lost with it is sent again soon.
const EVENTS_OF_A_PART: usize = 500;

/// Sends the history of the file up, part by part, where it is not up yet. Nothing is written here
/// meanwhile.
pub(super) fn upload(
    store: &Store,
    runtime: &Runtime,
    progress: Progress<'_>,
) -> Result<u64, DeskError> {
    let _alone = alone(store)?;
    let centre = store.read(|reader| reader.centre())?;
    if centre.is_none_or(|centre| centre.state != CentreState::Joining) {
        return Ok(0);
    }
    let link = super::line(store)?.ok_or(DeskError::Stumbled)?;
    let total = store.read(|reader| reader.history_length())?;
    let mut number = reached(runtime, &link, total)?;
    let mut after = store.read(|reader| reader.history_at(number))?;
    let mut most = EVENTS_OF_A_PART;
    loop {
        let next = store.read(|reader| reader.history(after, number, most))?;
        let (entries, events) = (next.entries.len(), events_of(&next));
        let halved = (events / 2).max(1);
        let last_command = next.last_command.unwrap_or(after);
        let upto = number + entries as u64;
        let part = part(next, upto == total)?;
        if entries > 1 && is_too_large(&part)? {
            most = halved;
            continue;
        }
        if part.last {
            store.write(|batch| batch.whole_goes_up(upto))?;
        }
        match runtime.block_on(link.genesis(&part)) {
            Ok(taken) if taken.number == upto => {}
            Ok(_) => return Err(CentreRefusal::OutOfStep.into()),
            Err(Failure::Fault {
                fault: Fault::TooLarge {},
                ..
            }) if entries > 1 => {
                most = halved;
                continue;
            }
            Err(failure) => return Err(failed(failure)),
        }
        (number, after) = (upto, last_command);
        let goes_on = progress(number);
        if number == total {
            store.write(|batch| batch.joined(number))?;
            return Ok(number);
        }
        if !goes_on {
            return Err(DeskError::stopped("stopped-upload"));
        }
    }
}

/// Whether the centre may have all of the history, so that it grants rooms out of it. One that does not answer
/// is asked only where the last part was ever sent.
pub(super) fn may_be_whole(store: &Store, runtime: &Runtime) -> Result<bool, DeskError> {
    let centre = store.read(|reader| reader.centre())?;
    if centre.is_none_or(|centre| centre.cursor.number == 0) {
        return Ok(false);
    }
    let link = super::line(store)?.ok_or(DeskError::Stumbled)?;
    match runtime.block_on(link.genesis(&part(Part::default(), false)?)) {
        Ok(_)
        | Err(Failure::Fault {
            fault: Fault::Gap { .. } | Fault::Unauthorised {},
            ..
        }) => Ok(false),
        Err(Failure::Fault {
            fault: Fault::NotEmpty {},
            ..
        }) => Ok(true),
        Err(failure) => Err(failed(failure)),
    }
}

/// How many entries of the history are up already.
fn reached(runtime: &Runtime, link: &Link, total: u64) -> Result<u64, DeskError> {
    let asked = part(Part::default(), false)?;
    let number = match runtime.block_on(link.genesis(&asked)) {
        Ok(taken) => taken.number,
        Err(Failure::Fault {
            fault: Fault::Gap { .. },
            ..
        }) => 0,
        // It may be this desk's, whole: the last entry is sent once more, and the centre knows it.
        Err(Failure::Fault {
            fault: Fault::NotEmpty {},
            ..
        }) => total.saturating_sub(1),
        Err(failure) => return Err(failed(failure)),
    };
    // All is there but for the word that it is all: the last entry says it.
    Ok(number.min(total.saturating_sub(1)))
}

fn part(part: Part, last: bool) -> Result<Genesis, DeskError> {
    Ok(Genesis {
        protocol: Protocol,
        entries: List::try_from(part.entries).map_err(DeskError::machine)?,
        guests: List::try_from(part.guests).map_err(DeskError::machine)?,
        texts: List::try_from(part.texts).map_err(DeskError::machine)?,
        last,
    })
}

fn events_of(part: &Part) -> usize {
    part.entries
        .iter()
        .map(|entry| entry.events.len().max(1))
        .sum()
}

/// Whether the centre would not read it.
fn is_too_large(part: &Genesis) -> Result<bool, DeskError> {
    let bytes = serde_json::to_vec(part).map_err(DeskError::machine)?;
    Ok(bytes.len() > GENESIS_BYTES_AT_MOST)
}
