//! Guests whom the centre walked to a sister hotel: where they are booked now, as the log tells.

use keyrack_inventory::{
    Command as Domain, CommandId, Event, Reference, ReservationId, Stay, StayReference, StayStatus,
    Transition,
};
use keyrack_store::{EventEntry, Reader, StoreError};

use crate::desk::Desk;
use crate::error::{CentreRefusal, DeskError};

/// The letters of what the centre does of its own; no desk has them.
const OF_THE_CENTRE: &str = "Z";
/// Entries of a history in which is looked.
const LOOKED: usize = 200;

/// Where the guest of a stay is booked now, as `CODE NUMBER`, where the centre walked him there and nobody took him back.
/// The history is that of the reservation, newest first.
pub(crate) fn to<'a>(stay: &Stay, history: &'a [EventEntry]) -> Option<&'a str> {
    if stay.status != StayStatus::Cancelled {
        return None;
    }
    let concerns = |entry: &&EventEntry| {
        let change = entry.event.stays_changed();
        change.is_some_and(|change| {
            let mut stays = change.stays.iter().filter_map(|diff| diff.after.as_ref());
            stays.any(|after| after.stay == stay.stay)
        })
    };
    let last = history.iter().find(concerns)?;
    let is_walked = matches!(last.event, Event::Cancelled(_)) && last.desk == OF_THE_CENTRE;
    last.reason.as_deref().filter(|_| is_walked)
}

/// The same of a reservation, or of one stay of it.
pub(crate) fn of(
    reader: &Reader<'_>,
    asked: &Reference<ReservationId>,
    stay: Option<u16>,
) -> Result<Option<String>, StoreError> {
    let Some(found) = reader.reservation(asked)? else {
        return Ok(None);
    };
    let histories = reader.histories(&[found.id], LOOKED)?;
    let history = histories.get(&found.id).map_or(&[][..], Vec::as_slice);
    let meant = |one: &&Stay| stay.is_none_or(|number| one.stay == number);
    let mut walked = found
        .stays
        .iter()
        .filter(meant)
        .filter_map(|stay| to(stay, history));
    Ok(walked.next().map(str::to_owned))
}

/// Whom a command takes back: whom it reinstates, or whose cancellation it undoes.
fn taken_back(reader: &Reader<'_>, command: &Domain) -> Result<Vec<StayReference>, StoreError> {
    match command {
        Domain::Transition {
            transition: Transition::Reinstate,
            ids,
            ..
        } => Ok(ids.clone()),
        Domain::Undo {
            command: Some(undone),
        } => {
            let found = reader.command(*undone)?;
            let of_a_stay = found.and_then(|(_, object)| object.parse().ok());
            Ok(of_a_stay.into_iter().collect())
        }
        _ => Ok(Vec::new()),
    }
}

impl Desk {
    /// Refuses to take a guest back who is booked elsewhere by now: he would have two rooms, and the other hotel an
    /// arrival that does not come. Whoever may override, and says why, does it all the same.
    pub(crate) fn check_walked(&self, id: CommandId, command: &Domain) -> Result<(), DeskError> {
        let walked = self.store.read(|reader| {
            if reader.used(id)?.is_some() {
                return Ok::<_, StoreError>(None);
            }
            let ids = taken_back(reader, command)?;
            for asked in ids {
                if let Some(to) = of(reader, &asked.reservation, asked.stay)? {
                    return Ok(Some((asked.to_string(), to)));
                }
            }
            Ok(None)
        })?;
        match walked {
            None => Ok(()),
            Some((number, to)) => Err(CentreRefusal::Walked { number, to }.into()),
        }
    }
}
