//! A desk: an open file, and who works at it.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use keyrack_inventory::decide::{Failed, HORIZON_NIGHTS, range_refusal};
use keyrack_inventory::state::Catalogue;
use keyrack_inventory::{Command as Domain, CommandId, NightRange, Outcome, Refusal, StayStatus};
use keyrack_store::{Applied, Creation, Envelope, Said, Store, StoreError, private};
use keyrack_words::Words;
use uuid::Uuid;

use crate::answers::{
    Accepted, AllotmentRef, Answer, AnswerBody, FailedOne, HoldRef, OutageRef, RefusalBody,
    RefusedBody, ReservationRef,
};
use crate::api::{Command, CommandRequest, NewProperty};
use crate::door::{Caller, Door, Question, Rule};
use crate::error::DeskError;
use crate::options::{Clock, Options};
use crate::{
    describe, let_go, logs, outage_hit, present, property_file, request, request_id, undone,
};

/// An open file, and who works at it. Every call may block on the disk.
#[derive(Debug)]
pub struct Desk {
    pub(crate) store: Store,
    pub(crate) door: Door,
    pub(crate) clock: Clock,
    /// Whether the centre spoke a later protocol when this process last asked it.
    pub(crate) centre_is_newer: AtomicBool,
}

impl Desk {
    /// Opens a file that is there and holds a property.
    ///
    /// # Errors
    /// Where it is missing, no database of Keyrack's, holds no property, or fails, or the actor is a card's number.
    pub fn open(options: &Options) -> Result<Self, DeskError> {
        let door = options.door()?;
        let store = Store::open(&options.path, Creation::MustExist, options.wait)?;
        if !store.read(|reader| reader.is_initialised())? {
            let path = options.path.clone();
            return Err(StoreError::NotInitialised { path }.into());
        }
        match crate::centre::on_this_machine(&store) {
            // A file that takes no writes can be looked at, and sells nothing.
            Err(DeskError::Store(error)) if error.code() == "storage" => {
                tracing::warn!(%error, "it is not noted on which machine the file is");
            }
            done => done?,
        }
        Ok(Self::at(store, door, options.clock))
    }

    fn at(store: Store, door: Door, clock: Clock) -> Self {
        Self {
            store,
            door,
            clock,
            centre_is_newer: AtomicBool::new(false),
        }
    }

    /// Lets a question through the door, or says why not.
    pub(crate) fn admit(&self, question: Question) -> Result<Caller, DeskError> {
        self.door.admit(&self.store, question)
    }

    /// What anybody may ask passes the door here, so that each method names its question.
    pub(crate) fn open_to_all(&self, question: Question) {
        assert_eq!(question.rule(), Rule::Anyone, "open to all by the table");
    }

    /// Makes the file and the property in it, and opens its nights: the range given, or the horizon
    /// from the business date.
    ///
    /// # Errors
    /// Where the property is not as it must be, the file holds one already (a refusal), or fails.
    pub fn create(
        options: &Options,
        new: &NewProperty,
        nights: Option<NightRange>,
        command_id: Uuid,
    ) -> Result<(Self, Answer), DeskError> {
        let door = options.door()?;
        property_file::check(new)?;
        let from = new.business_date;
        let range = nights.unwrap_or(NightRange::new(from, from.plus(HORIZON_NIGHTS)));
        if let Some(refusal) = range_refusal(from, range) {
            return Err(refused(refusal, &property_file::catalogue(new)));
        }
        if let Some(folder) = options
            .path
            .parent()
            .filter(|path| !path.as_os_str().is_empty())
            && !folder.exists()
        {
            let made = private::folder(folder);
            made.map_err(|source| StoreError::Io {
                path: folder.to_owned(),
                source,
            })?;
        }
        let store = Store::open(&options.path, Creation::Create, options.wait)?;
        let desk = Self::at(store, door, options.clock);
        let caller = desk.admit(Question::SetUp)?;
        let (property, room_types) = property_file::domain(new);
        let opening = Domain::OpenProperty {
            property,
            room_types,
        };
        let open = desk.envelope(caller.name(), command_id, "open_property", opening);
        let range_id = CommandId::derived(CommandId(command_id), 1).0;
        let nights = Domain::OpenNights {
            from: range.from,
            to: range.to,
        };
        let open_nights = desk.envelope(caller.name(), range_id, "open_nights", nights);
        let applied = desk.store.write(|batch| {
            let opened = batch.apply(&open)?;
            if opened.result.is_err() {
                return Ok(opened);
            }
            let nights = batch.apply(&open_nights)?;
            Ok(Applied {
                repeated: opened.repeated,
                changed: opened.changed,
                ..nights
            })
        })?;
        let answer = desk.answer(command_id, open.request_id, &applied)?;
        Ok((desk, answer))
    }

    /// An envelope of the desk's own.
    pub(crate) fn envelope(&self, actor: &str, id: Uuid, label: &str, command: Domain) -> Envelope {
        use sha2::{Digest, Sha256};
        let described = format!("{label} {command:?}");
        Envelope {
            command_id: CommandId(id),
            request_hash: Sha256::digest(described.as_bytes()).into(),
            request_id: request_id::current(),
            actor: actor.to_owned(),
            now: self.clock.now(),
            if_version: None,
            override_text: None,
            command,
            reason: None,
            causation: None,
            gives_back: false,
            guests: Vec::new(),
            texts: Vec::new(),
        }
    }

    /// The one door through which every command goes.
    ///
    /// # Errors
    /// Where the request cannot be read, or the file is busy or fails. A refusal is an answer.
    pub fn execute(&self, request: &CommandRequest) -> Result<Answer, DeskError> {
        logs::command(request.command_id, |logged| {
            let request_id = request_id::current();
            let mut envelope = request::envelope(request, self.clock.now(), request_id)?;
            logged.kind = envelope.command.kind();
            let overrides = envelope.override_text.is_some();
            let caller = self
                .door
                .admit_command(&self.store, &envelope.command, overrides)?;
            logged.role = caller.role().as_str();
            envelope.actor = caller.name().to_owned();
            if !overrides {
                self.check_walked(envelope.command_id, &envelope.command)?;
            }
            let mut applied = self.done_or_asked(envelope.command_id, |tried| {
                let envelope = Envelope {
                    gives_back: tried.gives_back(),
                    ..envelope.clone()
                };
                let mut is_taken_back = false;
                let applied = self.store.apply_and(&envelope, |batch, applied| {
                    is_taken_back = tried.take_back(batch, applied, &envelope.command)?;
                    if caller.behind().is_some() && !applied.repeated {
                        batch.act(&self.act(&caller, "acted_for", caller.name()))?;
                    }
                    Ok(())
                });
                Ok((applied.map_err(of_the_forgotten)?, is_taken_back))
            })?;
            describe::name_stay(&envelope.command, &mut applied);
            let mut answer = self.answer(request.command_id, request_id, &applied)?;
            if let (AnswerBody::Accepted(accepted), Command::Reserve(new)) =
                (&mut answer.body, &request.command)
                && let Some(until) = new.option_until
            {
                accepted.text = describe::option(&accepted.text, until);
            }
            self.tell_let_go(request, &mut answer)?;
            Ok(answer)
        })
    }

    /// Says what of a hold a booking leaves.
    fn tell_let_go(&self, request: &CommandRequest, answer: &mut Answer) -> Result<(), DeskError> {
        let (AnswerBody::Accepted(accepted), Command::Reserve(new)) =
            (&mut answer.body, &request.command)
        else {
            return Ok(());
        };
        let Some(hold) = &new.hold else { return Ok(()) };
        let now = self.clock.now();
        let left = self
            .store
            .read(|reader| let_go::of(reader, hold, &new.stays, now))?;
        if let Some((number, left)) = left {
            accepted.text = describe::let_go(&accepted.text, &number, &left);
            accepted.let_go = Some(left);
        }
        Ok(())
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        self.store.path()
    }

    /// Where "now" comes from.
    pub fn clock(&self) -> Clock {
        self.clock
    }

    pub(crate) fn answer(
        &self,
        command_id: Uuid,
        request_id: Uuid,
        applied: &Applied,
    ) -> Result<Answer, DeskError> {
        let body = match &applied.result {
            Ok(outcome) => AnswerBody::Accepted(Box::new(self.accepted(outcome, applied)?)),
            Err(refusal) => {
                let (refusal, catalogue) = self.store.read(|reader| {
                    let refusal = undone::refused(reader, refusal)?;
                    Ok((refusal, reader.catalogue()?))
                })?;
                let error = refusal_body(&refusal, &catalogue);
                AnswerBody::Refused(RefusedBody { ok: false, error })
            }
        };
        Ok(Answer {
            command_id: CommandId(command_id),
            request_id,
            repeated: applied.repeated.then_some(true),
            head: applied.head,
            body,
        })
    }

    /// What is made is a request as long as the centre has not said otherwise, and no booking.
    fn of_a_request(&self, applied: &Applied, accepted: &mut Accepted) -> Result<(), DeskError> {
        match &applied.said {
            Some(Said::Nothing) => accepted.text = describe::request(&accepted.text, None),
            Some(Said::Declined(refusal)) => {
                let catalogue = self.store.read(|reader| reader.catalogue())?;
                let declined = refusal_body(refusal, &catalogue);
                accepted.text = describe::request(&accepted.text, Some(&declined.message));
                accepted.declined = Some(declined);
            }
            Some(Said::Done) | None => {}
        }
        Ok(())
    }

    fn accepted(&self, outcome: &Outcome, applied: &Applied) -> Result<Accepted, DeskError> {
        let kind = match outcome {
            Outcome::Outage { id, .. } => self
                .store
                .read(|reader| outage_hit::kind(reader, applied.kind, *id))?,
            _ => applied.kind,
        };
        let mut accepted = Accepted {
            ok: true,
            text: describe::applied(applied, kind, outcome),
            undoable: applied.changed && describe::undoable(applied.kind, outcome),
            ..Accepted::default()
        };
        if applied.status == Some(StayStatus::NeedsConfirmation) {
            self.of_a_request(applied, &mut accepted)?;
        }
        match outcome {
            Outcome::Done | Outcome::Swept { .. } => {}
            Outcome::Asked => accepted.asked = Some(true),
            Outcome::Nights { opened } => accepted.opened = Some(*opened),
            Outcome::Reservation { id, number } => {
                let (id, number) = (*id, number.clone());
                accepted.reservation =
                    applied
                        .status
                        .map(|status| ReservationRef { id, number, status });
            }
            Outcome::Hold {
                id,
                number,
                expires_at,
            } => {
                let (id, number, expires_at) = (*id, number.clone(), *expires_at);
                accepted.hold = Some(HoldRef {
                    id,
                    number,
                    expires_at,
                });
            }
            Outcome::Outage { id, number } => {
                accepted.outage = Some(OutageRef {
                    id: *id,
                    number: number.clone(),
                });
                if applied.kind == "add_outage" {
                    let now = self.clock.now();
                    let hit = self.store.read(|reader| outage_hit::of(reader, *id, now))?;
                    if let Some(hit) = &hit {
                        accepted.text = describe::hit(&accepted.text, hit);
                    }
                    accepted.hit = hit;
                }
            }
            Outcome::Allotment { id, number } => {
                let (id, number) = (*id, number.clone());
                accepted.allotment = Some(AllotmentRef { id, number });
            }
            Outcome::Day {
                business_date,
                opened,
            } => {
                accepted.business_date = Some(*business_date);
                accepted.opened = Some(*opened);
            }
            Outcome::RoomType { code } => accepted.room_type = Some(*code),
            Outcome::Batch { done, failed } => {
                let catalogue = self.store.read(|reader| reader.catalogue())?;
                accepted.done = Some(done.clone());
                let one = |failed: &Failed| FailedOne {
                    id: failed.id.clone(),
                    error: refusal_body(&failed.error, &catalogue),
                };
                accepted.failed = Some(failed.iter().map(one).collect());
            }
            Outcome::Undone { .. } => {
                let now = self.clock.now();
                self.store
                    .read(|reader| undone::name(reader, now, outcome, &mut accepted))?;
            }
        }
        if applied.repeated {
            accepted.now = self
                .store
                .read(|reader| present::state(reader, self.clock.now(), outcome))?;
        }
        Ok(accepted)
    }
}

pub(crate) fn refusal_body(refusal: &Refusal, catalogue: &Catalogue) -> RefusalBody {
    RefusalBody {
        refusal: refusal.clone(),
        message: Words::here().refusal(refusal, catalogue),
    }
}

/// A refusal of something that was only to be looked at.
pub(crate) fn refused(refusal: Refusal, catalogue: &Catalogue) -> DeskError {
    let message = Words::here().refusal(&refusal, catalogue);
    DeskError::Refused {
        refusal: Box::new(refusal),
        message,
    }
}

/// That a guest was erased is known to whoever asks of the booking, and no fault of the file.
fn of_the_forgotten(error: StoreError) -> DeskError {
    match error {
        StoreError::Forgotten { .. } => {
            DeskError::BadInput(DeskError::from(error).spoken(Words::here()))
        }
        other => other.into(),
    }
}
