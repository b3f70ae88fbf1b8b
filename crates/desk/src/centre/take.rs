//! What can be had instead of what the centre declined: booked, and the request given up, in one change.

use keyrack_inventory::{
    CommandId, Night, Outcome, Reference, RoomTypeCode, Stay, StayReference, StayStatus,
};
use keyrack_store::{Applied, Batch, InboxKind, Used};
use keyrack_words::Words;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use ts_rs::TS;
use uuid::Uuid;

use super::ask::Try;
use crate::answers::{Answer, AnswerBody};
use crate::api::{Command, CommandRequest, NewReservation, Price, StayRequest, Steps};
use crate::card;
use crate::desk::{Desk, refused};
use crate::door::{Caller, Question};
use crate::error::{CentreRefusal, DeskError};
use crate::{logs, request, request_id};

/// What is taken instead of what was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TakeRequest {
    /// Made by the caller, a UUIDv7; the same id again gives the same outcome again.
    #[ts(type = "Uuid")]
    pub command_id: Uuid,
    /// The number of the item that says what was declined.
    #[ts(type = "number")]
    pub id: i64,
    /// The type that is taken.
    pub room_type: RoomTypeCode,
    /// The night of arrival.
    pub arrival: Night,
    /// The date of departure.
    pub departure: Night,
}

impl Desk {
    /// Books what can be had instead of what the centre declined: as many rooms as were asked for, for the same guest and
    /// at the price that was agreed. The request is given up and the item dealt with in the same transaction, so that the
    /// guest has either the request or what is in its place. What the desk may not promise by itself is a request again,
    /// and the centre answers it.
    ///
    /// # Errors
    /// Where the item is none that was declined, somebody has dealt with it, the rooms that were asked for differ, nobody
    /// who may is signed in, or the file is busy or fails. A refusal of the booking is an answer, and changes nothing.
    pub fn take_alternative(&self, taken: &TakeRequest) -> Result<Answer, DeskError> {
        logs::command(taken.command_id, |logged| {
            logged.kind = "reserve";
            let caller = self.admit(Question::AnswerInbox)?;
            logged.role = caller.role().as_str();
            let applied = self.done_or_asked(CommandId(taken.command_id), |tried| {
                self.store.write(|batch| {
                    match self.take_within(batch, taken, (&caller, tried)) {
                        Err(DeskError::Store(error)) => Err(error),
                        Err(error) => {
                            batch.take_back();
                            Ok(Err(error))
                        }
                        done => Ok(done),
                    }
                })?
            })?;
            let mut answer = self.answer(taken.command_id, request_id::current(), &applied)?;
            if let AnswerBody::Accepted(accepted) = &mut answer.body {
                // An undo of the booking would leave the guest with nothing.
                accepted.undoable = false;
            }
            Ok(answer)
        })
    }

    fn take_within(
        &self,
        batch: &mut Batch<'_>,
        taken: &TakeRequest,
        (caller, tried): (&Caller, Try),
    ) -> Result<(Applied, bool), DeskError> {
        let id = CommandId(taken.command_id);
        let again = matches!(batch.reader().used(id)?, Some(Used::Command));
        let (booking, given_up) = what_it_becomes(batch, taken, again)?;
        let booking = CommandRequest {
            command_id: taken.command_id,
            if_version: None,
            override_reason: None,
            command: Command::Reserve(booking),
        };
        let mut envelope = request::envelope(&booking, self.clock.now(), request_id::current())?;
        // What was asked for is told apart by what the caller sent, not by what the request was like.
        let sent = serde_json::to_vec(taken).map_err(DeskError::bad_input)?;
        envelope.request_hash = Sha256::digest(&sent).into();
        envelope.actor = caller.name().to_owned();
        envelope.gives_back = tried.gives_back();
        let booked = batch.apply(&envelope)?;
        let is_taken_back = tried.take_back(batch, &booked, &envelope.command)?;
        if booked.repeated || booked.result.is_err() || is_taken_back {
            return Ok((booked, is_taken_back));
        }
        let giving_up = CommandRequest {
            command_id: CommandId::derived(id, 1).0,
            if_version: None,
            override_reason: None,
            command: Command::Cancel(given_up),
        };
        let mut envelope = request::envelope(&giving_up, self.clock.now(), request_id::current())?;
        envelope.actor = caller.name().to_owned();
        let refusal = match batch.apply(&envelope)?.result {
            Ok(Outcome::Batch { failed, .. }) => failed.into_iter().next().map(|one| one.error),
            Ok(_) => None,
            Err(refusal) => Some(refusal),
        };
        if let Some(refusal) = refusal {
            return Err(refused(refusal, &*batch.reader().catalogue()?));
        }
        batch.answer_inbox(taken.id, caller.name(), self.clock.now().millis())?;
        batch.act(&self.act(caller, "inbox_answered", &taken.id.to_string()))?;
        if caller.behind().is_some() {
            batch.act(&self.act(caller, "acted_for", caller.name()))?;
        }
        Ok((booked, false))
    }
}

/// The booking that stands in the place of the request, and what is given up for it.
fn what_it_becomes(
    batch: &Batch<'_>,
    taken: &TakeRequest,
    again: bool,
) -> Result<(NewReservation, Steps), DeskError> {
    let reader = batch.reader();
    let unknown = || CentreRefusal::UnknownItem { id: taken.id };
    let entry = reader
        .inbox(true)?
        .into_iter()
        .find(|item| item.id == taken.id && (again || item.answered.is_none()));
    let entry = entry.ok_or_else(unknown)?;
    if entry.kind != InboxKind::Declined {
        let nothing = Words::here().say("inbox-nothing-to-take");
        return Err(DeskError::said(nothing.with("id", taken.id.to_string())));
    }
    let asked = entry.object.parse().map_err(|_| unknown())?;
    let found = reader.reservation(&asked)?.ok_or_else(unknown)?;
    // Those that were asked for. The second time they are given up already, and what was done is told from the store.
    let asked = |stay: &&Stay| again || stay.status == StayStatus::NeedsConfirmation;
    let stays: Vec<&Stay> = found.stays.iter().filter(asked).collect();
    let first = stays.first().ok_or_else(unknown)?;
    let alike = stays.iter().all(|stay| {
        (stay.room_type, stay.arrival, stay.departure, stay.price)
            == (first.room_type, first.arrival, first.departure, first.price)
    });
    if !alike && !again {
        return Err(DeskError::said(Words::here().say("bad-rooms-differ")));
    }
    let card = card::reservation(&reader, &*reader.catalogue()?, &found)?;
    let price = first.price.map(|amount| Price {
        room_type: taken.room_type,
        amount,
        cost: None,
    });
    let booking = NewReservation {
        adults: Some(found.details.adults),
        children: Some(found.details.children),
        prices: price.map(|price| vec![price]),
        source: found.details.source.clone(),
        external_number: found.details.external_number.clone(),
        meal: found.details.meal.clone(),
        notes: card.notes,
        guarantee: card.guarantee,
        ..NewReservation::new(
            vec![StayRequest {
                room_type: taken.room_type,
                arrival: taken.arrival,
                departure: taken.departure,
                rooms: u32::try_from(stays.len()).unwrap_or(u32::MAX),
            }],
            card.guest,
        )
    };
    let reference = |stay| StayReference {
        reservation: Reference::Id(found.id),
        stay,
    };
    let whole = stays.len() == found.stays.len();
    let ids = match whole {
        true => vec![reference(None)],
        false => stays
            .iter()
            .map(|stay| reference(Some(stay.stay)))
            .collect(),
    };
    let given_up = Steps {
        ids,
        room: None,
        rooms: None,
        reason: None,
    };
    Ok((booking, given_up))
}
