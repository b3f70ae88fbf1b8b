//! The end of a business date: what is due is listed and decided, then the date moves on.
//!
//! Each decision is a command of its own and stands once it is committed, so that an end of day that
//! was cut off goes on where it stood: what is decided is due no more.

mod due;
mod ended;
mod repeated;

use std::collections::BTreeMap;

use keyrack_inventory::model::Property;
use keyrack_inventory::state::Catalogue;
use keyrack_inventory::{Command as Domain, CommandId, Instant, Night, Outcome, Refusal};
use keyrack_store::{Applied, Envelope, StoreError};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::answers::{DueDecision, DueItem, DueItems};
use crate::desk::{Desk, refused};
use crate::door::Question;
use crate::error::{CentreRefusal, DeskError};
use crate::{local, request};
use due::{Defaults, check_said, command, items, say};
use repeated::carried_out;

/// How often one thing is decided anew where it came due again after it had been decided.
const TRIES: u32 = 20;
const DAY_MS: u64 = 86_400_000;

/// What is said of things that are due, by their names: `A12/1`, `A-G3`.
pub type Decisions = BTreeMap<String, DueDecision>;

/// How a business date is to end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ending {
    /// What is said of things that are due.
    pub decisions: Decisions,
    /// Made by the caller; the same again ends no second day.
    pub command_id: Option<Uuid>,
    /// Why it ends before it has begun by the hotel's clock, or within twelve hours of the date before it.
    pub early: Option<String>,
    /// Desks of the centre that are not waited for, by their letters: a manager names them.
    pub without: Vec<String>,
}

/// A business date that has ended.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, ts_rs::TS)]
#[ts(optional_fields)]
pub struct DayEnded {
    /// It had ended before: this is what came of it then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repeated: Option<bool>,
    /// The date that ended.
    pub ended: Night,
    /// The business date now.
    pub business_date: Night,
    /// What was decided, by the names of what it was about.
    pub decided: Vec<Decided>,
    /// How many cells were opened.
    pub opened: u64,
    /// The folder of its audit pack, where that is made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pack: Option<String>,
    /// Characters that the typeface of its report lacks.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(skip)]
    pub lacking: Option<String>,
    /// The command that moved the date on.
    #[ts(skip)]
    pub command_id: CommandId,
    /// Where it had ended before, the business date at present.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(skip)]
    pub now: Option<serde_json::Value>,
}

/// Something that was decided.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, ts_rs::TS)]
pub struct Decided {
    /// A stay or an allotment.
    pub id: String,
    /// What became of it.
    pub decision: DueDecision,
}

impl Desk {
    /// What must be decided before the business date can end so, with what would become of each.
    ///
    /// # Errors
    /// Where something is decided that is not due, or in a way that is not one of its choices; or
    /// the file fails.
    pub fn due(&self, ending: &Ending) -> Result<DueItems, DeskError> {
        self.admit(Question::Due)?;
        self.try_packs();
        let decisions = &ending.decisions;
        let now = self.clock.now();
        let (items, carried_out) = self.store.read(|reader| {
            let property = &reader.catalogue()?.property;
            let date = property.business_date;
            let defaults = Defaults::read(reader)?;
            let mut items = items(reader, reader.due(date)?, date, &defaults)?;
            let carried_out = carried_out(reader, date, decisions)?;
            say(&mut items, decisions, &carried_out);
            let before = reader.last_day_end()?;
            let local_date = too_early(property, now, before).filter(|_| ending.early.is_none());
            let decided = items.iter().all(|item| item.decision.is_some());
            let items = DueItems {
                business_date: date,
                ready: decided && local_date.is_none(),
                local_date,
                items,
            };
            Ok((items, carried_out))
        })?;
        check_said(&items.items, decisions, &carried_out)?;
        Ok(items)
    }

    /// Ends the business date: decides what is due, then moves the date on.
    ///
    /// # Errors
    /// Where the date has not begun, something is left to be said (refusals), a decision is refused,
    /// or the file is busy or fails. What was decided before stands.
    pub fn end_of_day(&self, ending: &Ending) -> Result<DayEnded, DeskError> {
        let caller = match ending.without.is_empty() {
            true => self.admit(Question::EndOfDay)?,
            false => self.admit(Question::EndOfDayWithout)?,
        };
        // Read before anything is decided, as every other text is.
        request::override_text(CommandId(Uuid::nil()), ending.early.as_ref())?;
        self.try_packs();
        if let Some(before) = self.ended_before(ending)? {
            return Ok(before);
        }
        let due = self.due(ending)?;
        let date = due.business_date;
        if let Some(local_date) = due.local_date {
            let catalogue = self.store.read(|reader| reader.catalogue())?;
            return Err(refused(Refusal::TooEarly { date, local_date }, &catalogue));
        }
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
        // Where it was cut off it goes on, and tells of all of it.
        let mut decided = self
            .store
            .read(|reader| carried_out(reader, date, &ending.decisions))?;
        for item in due.items {
            if let Some(decision) = item.decision {
                self.decide_due(caller.name(), date, &item, decision)?;
                let id = item.id;
                decided.push(Decided { id, decision });
            }
        }
        decided.sort_by(|one, other| one.id.cmp(&other.id));
        decided.dedup();
        // What was decided may lead to another decision: an option that was confirmed is an arrival now.
        self.check_decided(date, &catalogue)?;
        let (command_id, closed) = self.close(caller.name(), date, ending, &catalogue)?;
        match closed {
            Ok(Outcome::Day {
                business_date,
                opened,
            }) => {
                // The date has ended, whatever becomes of its pack: that is made good later.
                self.try_packs();
                let pack = self.pack_of(date)?;
                Ok(DayEnded {
                    lacking: pack.as_deref().and_then(ended::lacking_in),
                    repeated: None,
                    ended: date,
                    business_date,
                    decided,
                    opened,
                    pack,
                    command_id,
                    now: None,
                })
            }
            Ok(_) => Err(StoreError::Unsafe("closing a day gave no day".to_owned()).into()),
            Err(refusal) => Err(refused(refusal, &catalogue)),
        }
    }

    /// Refuses where something is still due.
    fn check_decided(&self, date: Night, catalogue: &Catalogue) -> Result<(), DeskError> {
        let left = self.store.read(|reader| {
            let defaults = Defaults::read(reader)?;
            items(reader, reader.due(date)?, date, &defaults)
        })?;
        if left.is_empty() {
            return Ok(());
        }
        let count = left.len() as u64;
        let by = left.into_iter().map(|item| item.id).take(20).collect();
        Err(refused(Refusal::Undecided { date, by, count }, catalogue))
    }

    /// Moves the date on.
    ///
    /// Without a command of the caller's own the id derives from the date, so that a day that was cut off ends
    /// once. A refusal that is stored under it was for what stood in the way then: another is asked for.
    fn close(
        &self,
        actor: &str,
        date: Night,
        ending: &Ending,
        catalogue: &Catalogue,
    ) -> Result<(CommandId, Result<Outcome, Refusal>), DeskError> {
        for index in 0..TRIES {
            let id = match ending.command_id {
                Some(id) => CommandId(id),
                None => id_of_day(catalogue.property.code.as_str(), date, "close", index),
            };
            let close = self.closing(actor, date, id, ending)?;
            let applied = self.store.apply(&close)?;
            let applied = match applied.result {
                // The note stands beside what the feed brings of it.
                Ok(Outcome::Asked) => self.closed_by_centre(id, date, applied)?,
                _ => applied,
            };
            let spent = match &applied.result {
                Ok(_) => false,
                Err(Refusal::IdempotencyConflict { .. }) => true,
                Err(_) => applied.repeated,
            };
            if !spent || ending.command_id.is_some() {
                return Ok((id, applied.result));
            }
        }
        Err(StoreError::Unsafe("the end of a day was refused too often".to_owned()).into())
    }

    fn closing(
        &self,
        actor: &str,
        date: Night,
        id: CommandId,
        ending: &Ending,
    ) -> Result<Envelope, DeskError> {
        let without = ending.without.iter();
        let without = without.map(|letters| letters.to_ascii_uppercase());
        let command = Domain::CloseDay {
            date,
            without: without.collect(),
        };
        let mut close = self.envelope(actor, id.0, "close_day", command);
        (close.override_text, close.texts) = request::override_text(id, ending.early.as_ref())?;
        Ok(close)
    }

    /// Where there is a centre, it alone rolls the date. One that does not answer rolls it when it has heard of
    /// it; the same again tells.
    fn closed_by_centre(
        &self,
        id: CommandId,
        date: Night,
        applied: Applied,
    ) -> Result<Applied, DeskError> {
        if applied.repeated {
            match self.exchange() {
                // It stays queued, whatever is wrong with the way to the centre.
                Err(DeskError::Centre(_)) | Ok(_) => {}
                Err(error) => return Err(error),
            }
        }
        let answered = self.ask(id, applied)?;
        match answered.result {
            Ok(Outcome::Asked) => Err(CentreRefusal::DayAsked { date }.into()),
            _ => Ok(answered),
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
                    repeated: false,
                    ..
                } => return Err(refused(refusal, &catalogue)),
                // Done or refused before, and due again: the world has moved on since.
                Applied { repeated: true, .. } => {}
                _ => return Ok(()),
            }
        }
        Err(StoreError::Unsafe(format!("{} came due again too often", item.id)).into())
    }

    fn applied(&self, envelope: &Envelope) -> Result<Applied, DeskError> {
        Ok(self.store.apply(envelope)?)
    }
}

/// Between two ends of day, while the date that ends is still the day of the hotel's clock.
const BETWEEN_ENDS_MS: i64 = 12 * 60 * 60 * 1000;

/// The date by the hotel's clock, where the business date ends only with a reason, for a script that is run twice
/// would end two: it has not begun by that clock, or it is of today and the date before it ended within
/// twelve hours. A night audit may run before midnight or after it.
fn too_early(property: &Property, now: Instant, before: Option<Instant>) -> Option<Night> {
    let local = local::date(property, now)?;
    let again = before
        // Another desk's clock may be ahead of this one.
        .is_some_and(|before| (now.millis() - before.millis()).abs() < BETWEEN_ENDS_MS);
    let early = property.business_date > local || (property.business_date == local && again);
    early.then_some(local)
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
