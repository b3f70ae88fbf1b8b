//! What is due, what may become of it, and the command that makes it so.

use keyrack_inventory::allotment::{Allotment, TermsChange};
use keyrack_inventory::model::StayRequest;
use keyrack_inventory::{
    Command as Domain, Night, Reference, StayReference, StayStatus, Transition,
};
use keyrack_store::{DueList, Reader, StayEntry, StoreError};
use keyrack_words::Words;

use super::{Decided, Decisions};
use crate::answers::{DueDecision, DueItem, DueKind};
use crate::error::DeskError;
use crate::{card, settings};

/// What things become where nothing is said.
pub(super) struct Defaults {
    overdue: Option<DueDecision>,
    guaranteed: DueDecision,
    without_guarantee: DueDecision,
}

impl Defaults {
    pub fn read(reader: &Reader<'_>) -> Result<Self, StoreError> {
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

pub(super) fn items(
    reader: &Reader<'_>,
    due: DueList,
    date: Night,
    defaults: &Defaults,
) -> Result<Vec<DueItem>, StoreError> {
    let mut items = Vec::new();
    for entry in due.stays {
        items.push(stay_item(reader, entry, date, defaults)?);
    }
    items.extend(due.allotments.iter().map(|entry| DueItem {
        id: entry.allotment.number.to_string(),
        due: DueKind::AllotmentDue,
        choices: choices_of_group(&entry.allotment, date),
        decision: Some(DueDecision::CutOff),
        stay: None,
        allotment: Some(card::allotment(entry)),
    }));
    Ok(items)
}

/// It can be kept a day longer until its last night is over.
fn choices_of_group(allotment: &Allotment, date: Night) -> Vec<DueDecision> {
    let blocks = allotment.terms.blocks.iter();
    let last = blocks.map(|block| block.departure).max();
    let keep = last
        .is_some_and(|last| date < last)
        .then_some(DueDecision::Keep);
    [DueDecision::CutOff].into_iter().chain(keep).collect()
}

fn stay_item(
    reader: &Reader<'_>,
    entry: StayEntry,
    date: Night,
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
            let over = entry.stay.leaves_on() <= date;
            let default = match guaranteed {
                true => defaults.guaranteed,
                false => defaults.without_guarantee,
            };
            // Nobody comes to a stay that is over: kept again, it would be due for ever.
            let default = match default {
                D::Keep if over => D::NoShow,
                other => other,
            };
            let mut choices = vec![D::NoShow, D::Keep, D::CheckIn, D::Cancel];
            choices.retain(|choice| !over || *choice != D::Keep);
            let kind = if over {
                DueKind::ArrivalOver
            } else {
                DueKind::ArrivalNotIn
            };
            (kind, choices, Some(default))
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

/// Makes what is said the decision. What this end of day has carried out already led to what is due of the same name
/// now: that is asked about anew.
pub(super) fn say(items: &mut [DueItem], decisions: &Decisions, carried_out: &[Decided]) {
    for item in items {
        if let Some(said) = decisions.get(&item.id) {
            let spent = !item.choices.contains(said) && is_among(carried_out, &item.id, *said);
            item.decision = (!spent).then_some(*said);
        }
    }
}

fn is_among(decided: &[Decided], id: &str, said: DueDecision) -> bool {
    decided
        .iter()
        .any(|one| one.id == id && one.decision == said)
}

/// Refuses decisions about what is not due, and such as are not among the choices; but for those that this end of day
/// has carried out already.
pub(super) fn check_said(
    items: &[DueItem],
    decisions: &Decisions,
    carried_out: &[Decided],
) -> Result<(), DeskError> {
    let left = |(id, said): &(&String, &DueDecision)| !is_among(carried_out, id, **said);
    for (id, said) in decisions.iter().filter(left) {
        let Some(item) = items.iter().find(|item| item.id == *id) else {
            let not_due = Words::here().say("bad-not-due");
            return Err(DeskError::said(not_due.with("id", id.as_str())));
        };
        if !item.choices.contains(said) {
            let choices: Vec<String> = item.choices.iter().map(|choice| word(*choice)).collect();
            let choice = Words::here().say("bad-choice").with("id", id.as_str());
            return Err(DeskError::said(choice.with("choices", choices.join(", "))));
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
pub(super) fn command(
    item: &DueItem,
    decision: DueDecision,
    date: Night,
) -> Result<Domain, DeskError> {
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
        rooms: Vec::new(),
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
