//! An end of day that is asked for again: what it did then, told from what it left.

use keyrack_inventory::{CommandId, Event, Night, Outcome, Reference, Refusal};
use keyrack_store::{Reader, StoreError};
use serde_json::json;

use super::{DayEnded, Decided, Decisions, Ending, TRIES, id_of_day};
use crate::answers::DueDecision;
use crate::desk::{Desk, refused};
use crate::error::DeskError;

impl Desk {
    /// What the same command did before. With a decision that was not taken then it is another command.
    pub(super) fn ended_before(&self, ending: &Ending) -> Result<Option<DayEnded>, DeskError> {
        let Some(id) = ending.command_id else {
            return Ok(None);
        };
        let outcome = self.store.read(|reader| reader.outcome(CommandId(id)))?;
        match outcome {
            None => Ok(None),
            Some(Outcome::Day {
                business_date,
                opened,
            }) => {
                let ended = business_date.plus(-1);
                let pack = self.pack_of(ended)?;
                let (decided, today) = self.store.read(|reader| {
                    let today = reader.catalogue()?.property.business_date;
                    Ok((decided_on(reader, ended)?, today))
                })?;
                // What is said now has to be what was decided then, thing by thing.
                let is_known = |(id, said): (&String, &DueDecision)| {
                    let mut then = decided.iter();
                    then.any(|was| was.id == *id && was.decision == *said)
                };
                if !ending.decisions.iter().all(is_known) {
                    return self.used_for_another(CommandId(id));
                }
                Ok(Some(DayEnded {
                    repeated: Some(true),
                    ended,
                    business_date,
                    decided,
                    opened,
                    lacking: pack.as_deref().and_then(super::ended::lacking_in),
                    pack,
                    command_id: CommandId(id),
                    now: Some(json!({ "business_date": today })),
                }))
            }
            Some(_) => self.used_for_another(CommandId(id)),
        }
    }

    fn used_for_another<T>(&self, id: CommandId) -> Result<T, DeskError> {
        let catalogue = self.store.read(|reader| reader.catalogue())?;
        Err(refused(Refusal::IdempotencyConflict { id }, &catalogue))
    }
}

/// Of what is said now, what the end of this date has carried out already, where it was cut off.
pub(super) fn carried_out(
    reader: &Reader<'_>,
    date: Night,
    said: &Decisions,
) -> Result<Vec<Decided>, StoreError> {
    if said.is_empty() {
        return Ok(Vec::new());
    }
    let mut decided = decided_on(reader, date)?;
    decided.retain(|one| said.get(&one.id) == Some(&one.decision));
    Ok(decided)
}

/// What was decided at the end of a date: the ids of those commands derive from the date, from what
/// they were about, and from what became of it.
fn decided_on(reader: &Reader<'_>, date: Night) -> Result<Vec<Decided>, StoreError> {
    let catalogue = reader.catalogue()?;
    let property = catalogue.property.code.as_str();
    let beginning = id_of_day(property, date, "", 0);
    let mut found = Vec::new();
    for (id, past) in reader.made_at_once_with(beginning)? {
        let Some(decision) = decision(&past.kind) else {
            continue;
        };
        let Some(about) = about(reader, &past.events)? else {
            continue;
        };
        let label = format!("{about} {decision:?}");
        let mut ids = (0..TRIES).map(|index| id_of_day(property, date, &label, index));
        if ids.any(|own| own == id) {
            found.push(Decided {
                id: about,
                decision,
            });
        }
    }
    found.sort_by(|one, other| one.id.cmp(&other.id));
    Ok(found)
}

/// The decision that a command of this kind carries out.
fn decision(kind: &str) -> Option<DueDecision> {
    Some(match kind {
        "check_out" => DueDecision::CheckOut,
        "amend" => DueDecision::StayOn,
        "check_in" => DueDecision::CheckIn,
        "keep_arrivals" | "change_allotment" => DueDecision::Keep,
        "no_show" => DueDecision::NoShow,
        "confirm" => DueDecision::Confirm,
        "cancel" => DueDecision::Cancel,
        "cut_off_allotment" => DueDecision::CutOff,
        _ => return None,
    })
}

/// The stay or allotment of the events, as the list of what is due names it.
fn about(reader: &Reader<'_>, events: &[Event]) -> Result<Option<String>, StoreError> {
    for event in events {
        if let Some(change) = event.stays_changed() {
            let found = reader.reservation(&Reference::Id(change.reservation))?;
            let stay = change.stays.first().and_then(|diff| diff.after.as_ref());
            if let (Some(found), Some(stay)) = (found, stay) {
                return Ok(Some(format!("{}/{}", found.number, stay.stay)));
            }
        }
        let allotment = match event {
            Event::AllotmentChanged(changed) => changed.allotment,
            Event::AllotmentStatusSet(set) => set.allotment,
            _ => continue,
        };
        let found = reader.allotment(&Reference::Id(allotment))?;
        return Ok(found.map(|entry| entry.allotment.number.to_string()));
    }
    Ok(None)
}
