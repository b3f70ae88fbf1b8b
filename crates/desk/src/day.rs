//! The end of a business date: what is due is listed and decided, then the date moves on.
//!
//! Each decision is a command of its own and stands once it is committed, so that an end of day that
//! was cut off goes on where it stood: what is decided is due no more.

use std::collections::BTreeMap;

use keyrack_inventory::allotment::TermsChange;
use keyrack_inventory::model::StayRequest;
use keyrack_inventory::{
    Command as Domain, CommandId, Night, Outcome, Reference, Refusal, StayReference, StayStatus,
    Transition,
};
use keyrack_store::{Applied, DueList, Envelope, Reader, StayEntry, StoreError};
use sha2::{Digest, Sha256};

use crate::answers::{DueDecision, DueItem, DueItems, DueKind};
use crate::desk::{Desk, refused};
use crate::door::Question;
use crate::error::DeskError;
use crate::{card, settings};

/// How often one thing is decided anew where it came due again after it had been decided.
const TRIES: u32 = 20;
const DAY_MS: u64 = 86_400_000;

/// What is said of things that are due, by their names: `A12/1`, `A-G3`.
pub type Decisions = BTreeMap<String, DueDecision>;

/// A business date that has ended.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, ts_rs::TS)]
pub struct DayEnded {
    /// The date that ended.
    pub ended: Night,
    /// The business date now.
    pub business_date: Night,
    /// What was decided.
    pub decided: Vec<Decided>,
    /// How many cells were opened.
    pub opened: u64,
}

/// Something that was decided.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, ts_rs::TS)]
pub struct Decided {
    /// A stay or an allotment.
    pub id: String,
    /// What became of it.
    pub decision: DueDecision,
}

/// What things become where nothing is said.
struct Defaults {
    overdue: Option<DueDecision>,
    guaranteed: DueDecision,
    without_guarantee: DueDecision,
}

impl Desk {
    /// What must be decided before the business date can end, with what would become of each.
    ///
    /// # Errors
    /// Where something is decided that is not due, or in a way that is not one of its choices; or
    /// the file fails.
    pub fn due(&self, decisions: &Decisions) -> Result<DueItems, DeskError> {
        self.admit(Question::Due)?;
        let items = self.store.read(|reader| {
            let date = reader.catalogue()?.property.business_date;
            let defaults = Defaults::read(reader)?;
            let mut items = items(reader, reader.due(date)?, &defaults)?;
            for item in &mut items {
                if let Some(said) = decisions.get(&item.id) {
                    item.decision = Some(*said);
                }
            }
            Ok(DueItems {
                business_date: date,
                ready: items.iter().all(|item| item.decision.is_some()),
                items,
            })
        })?;
        check_said(&items.items, decisions)?;
        Ok(items)
    }

    /// Ends the business date: decides what is due, then moves the date on.
    ///
    /// # Errors
    /// Where something is left to be said (a refusal that names it), a decision is refused, or the
    /// file is busy or fails. What was decided before stands.
    pub fn end_of_day(&self, decisions: &Decisions) -> Result<DayEnded, DeskError> {
        let caller = self.admit(Question::EndOfDay)?;
        let due = self.due(decisions)?;
        let date = due.business_date;
        let open: Vec<String> = due
            .items
            .iter()
            .filter(|item| item.decision.is_none())
            .map(|item| item.id.clone())
            .collect();
        let catalogue = self.store.read(|reader| reader.catalogue())?;
        if !open.is_empty() {
            let count = open.len() as u64;
            let by = open.into_iter().take(20).collect();
            return Err(refused(Refusal::Undecided { date, by, count }, &catalogue));
        }
        let mut decided = Vec::new();
        for item in due.items {
            if let Some(decision) = item.decision {
                self.decide_due(caller.name(), date, &item, decision)?;
                let id = item.id;
                decided.push(Decided { id, decision });
            }
        }
        let id = id_of_day(catalogue.property.code.as_str(), date, "close", 0);
        let close = self.envelope(caller.name(), id.0, "close_day", Domain::CloseDay { date });
        match self.store.apply(&close)?.result {
            Ok(Outcome::Day {
                business_date,
                opened,
            }) => Ok(DayEnded {
                ended: date,
                business_date,
                decided,
                opened,
            }),
            Ok(_) => Err(StoreError::Unsafe("closing a day gave no day".to_owned()).into()),
            Err(refusal) => Err(refused(refusal, &catalogue)),
        }
    }

    fn decide_due(
        &self,
        actor: &str,
        date: Night,
        item: &DueItem,
        decision: DueDecision,
    ) -> Result<(), DeskError> {
        let command = command(item, decision, date)?;
        let catalogue = self.store.read(|reader| reader.catalogue())?;
        let property = catalogue.property.code.as_str();
        let label = format!("{} {decision:?}", item.id);
        for index in 0..TRIES {
            let id = id_of_day(property, date, &label, index);
            let envelope = self.envelope(actor, id.0, "end_of_day", command.clone());
            match self.applied(&envelope)? {
                Applied {
                    result: Err(refusal),
                    ..
                } => {
                    return Err(refused(refusal, &catalogue));
                }
                Applied { repeated: true, .. } => {}
                _ => return Ok(()),
            }
        }
        Ok(())
    }

    fn applied(&self, envelope: &Envelope) -> Result<Applied, DeskError> {
        Ok(self.store.apply(envelope)?)
    }
}

/// A command of the end of day of that date: the same one wherever it is given again.
fn id_of_day(property: &str, date: Night, label: &str, index: u32) -> CommandId {
    let mut hasher = Sha256::new();
    for part in ["end of day", property, &date.to_string(), label] {
        hasher.update(part.as_bytes());
        hasher.update([0]);
    }
    let hash = hasher.finalize();
    let day = u64::try_from(date.day_number()).unwrap_or(0) * DAY_MS;
    let mut bytes = [0_u8; 16];
    bytes[..6].copy_from_slice(&day.to_be_bytes()[2..]);
    bytes[6..].copy_from_slice(&hash[..10]);
    let base = CommandId(uuid::Builder::from_custom_bytes(bytes).into_uuid());
    CommandId::derived(base, index)
}

impl Defaults {
    fn read(reader: &Reader<'_>) -> Result<Self, StoreError> {
        let word = |setting: &settings::Setting| -> Result<Option<DueDecision>, StoreError> {
            let value = setting.value(reader)?;
            Ok(serde_json::from_value(value).ok())
        };
        Ok(Self {
            overdue: word(&settings::END_OF_DAY_OVERDUE)?,
            guaranteed: word(&settings::END_OF_DAY_GUARANTEED)?.unwrap_or(DueDecision::Keep),
            without_guarantee: word(&settings::END_OF_DAY_UNGUARANTEED)?
                .unwrap_or(DueDecision::NoShow),
        })
    }
}

fn items(
    reader: &Reader<'_>,
    due: DueList,
    defaults: &Defaults,
) -> Result<Vec<DueItem>, StoreError> {
    let mut items = Vec::new();
    for entry in due.stays {
        items.push(stay_item(reader, entry, defaults)?);
    }
    items.extend(due.allotments.iter().map(|entry| DueItem {
        id: entry.allotment.number.to_string(),
        due: DueKind::AllotmentDue,
        choices: vec![DueDecision::CutOff, DueDecision::Keep],
        decision: Some(DueDecision::CutOff),
        stay: None,
        allotment: Some(card::allotment(entry)),
    }));
    Ok(items)
}

fn stay_item(
    reader: &Reader<'_>,
    entry: StayEntry,
    defaults: &Defaults,
) -> Result<DueItem, StoreError> {
    use DueDecision as D;
    let (due, choices, decision) = match entry.stay.status {
        StayStatus::CheckedIn => (
            DueKind::OverdueDeparture,
            vec![D::CheckOut, D::StayOn],
            defaults.overdue,
        ),
        StayStatus::NeedsConfirmation => (
            DueKind::NeedsConfirmation,
            vec![D::Confirm, D::Cancel],
            None,
        ),
        StayStatus::Tentative => (
            DueKind::OptionDue,
            vec![D::Cancel, D::Confirm],
            Some(D::Cancel),
        ),
        StayStatus::Waitlisted => (DueKind::WaitedInVain, vec![D::Cancel], Some(D::Cancel)),
        _ => {
            let asked = Reference::Id(entry.reservation);
            let found = reader.reservation(&asked)?;
            let guaranteed = found.is_some_and(|found| found.details.guarantee.is_some());
            let default = if guaranteed {
                defaults.guaranteed
            } else {
                defaults.without_guarantee
            };
            let choices = vec![D::NoShow, D::Keep, D::CheckIn, D::Cancel];
            (DueKind::ArrivalNotIn, choices, Some(default))
        }
    };
    Ok(DueItem {
        id: format!("{}/{}", entry.number, entry.stay.stay),
        due,
        choices,
        decision,
        stay: Some(card::sheet_row(entry)),
        allotment: None,
    })
}

/// Refuses decisions about what is not due, and such as are not among the choices.
fn check_said(items: &[DueItem], decisions: &Decisions) -> Result<(), DeskError> {
    for (id, said) in decisions {
        let Some(item) = items.iter().find(|item| item.id == *id) else {
            return Err(DeskError::BadInput(format!(
                "{id} is not due, so there is nothing to decide about it."
            )));
        };
        if !item.choices.contains(said) {
            let choices: Vec<String> = item.choices.iter().map(|choice| word(*choice)).collect();
            return Err(DeskError::BadInput(format!(
                "{id} can become: {}.",
                choices.join(", ")
            )));
        }
    }
    Ok(())
}

fn word(decision: DueDecision) -> String {
    serde_json::to_value(decision)
        .ok()
        .and_then(|value| value.as_str().map(str::to_owned))
        .unwrap_or_default()
}

/// The command that makes the decision so.
fn command(item: &DueItem, decision: DueDecision, date: Night) -> Result<Domain, DeskError> {
    let unreadable = |error: keyrack_inventory::ids::Malformed| DeskError::bad_input(error);
    if item.allotment.is_some() {
        let id = item.id.parse().map_err(unreadable)?;
        return Ok(match decision {
            DueDecision::Keep => Domain::ChangeAllotment {
                id,
                change: TermsChange {
                    cut_off: Some(date.plus(1)),
                    ..TermsChange::default()
                },
            },
            _ => Domain::ReleaseAllotment { id, cut_off: true },
        });
    }
    let id: StayReference = item.id.parse().map_err(unreadable)?;
    let step = |transition| Domain::Transition {
        transition,
        ids: vec![id.clone()],
        room: None,
        reason: None,
    };
    Ok(match (decision, &item.stay) {
        (DueDecision::StayOn, Some(stay)) => Domain::Amend {
            id: id.clone(),
            stays: vec![StayRequest {
                room_type: stay.room_type,
                arrival: stay.arrival,
                departure: date.plus(1),
                rooms: 1,
            }],
        },
        (DueDecision::CheckOut, _) => step(Transition::CheckOut),
        (DueDecision::CheckIn, _) => step(Transition::CheckIn),
        (DueDecision::NoShow, _) => step(Transition::NoShow),
        (DueDecision::Confirm, _) => step(Transition::Confirm),
        (DueDecision::Cancel, _) => step(Transition::Cancel),
        (DueDecision::Keep | DueDecision::StayOn | DueDecision::CutOff, _) => {
            Domain::KeepArrivals { ids: vec![id] }
        }
    })
}
