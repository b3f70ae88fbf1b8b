//! From what a caller sends to what the store applies: names and texts are taken out of the command
//! and kept beside it by id, defaults are filled in, and the request is hashed as it came.

mod booking;
mod groups;
mod limits;
mod rooms;

use keyrack_inventory::model::{BookingDetails, StayRequest};
use keyrack_inventory::{
    Command as Domain, CommandId, Instant, Name, Reason, ReasonCode, Reference, ReservationId,
    StayReference, TextId, Transition,
};
use keyrack_store::{Envelope, GuestRow, TextRow};
use keyrack_words::Words;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::api::{Command, CommandRequest, NewReservation, ReasonGiven};
use crate::card_number;
use crate::error::DeskError;
use limits::bounded;

pub(crate) use booking::MOST_PRICE;

/// Minutes of a hold where none are given.
pub const DEFAULT_HOLD_MINUTES: u32 = 10;
/// Adults where none are given.
const DEFAULT_ADULTS: u16 = 2;
/// Reservations and stays that one command names.
const MOST_NAMED: usize = 500;
const LONGEST_TEXT: usize = 2_000;

/// The parts of a command that go beside it.
struct Beside {
    id: CommandId,
    guests: Vec<GuestRow>,
    texts: Vec<TextRow>,
    reason: Option<Reason>,
}

impl Beside {
    fn new(id: CommandId) -> Self {
        Self {
            id,
            guests: Vec::new(),
            texts: Vec::new(),
            reason: None,
        }
    }

    fn text(&mut self, what: &str, body: Option<&String>) -> Result<Option<TextId>, DeskError> {
        let Some(body) = body.map(|body| body.trim()).filter(|body| !body.is_empty()) else {
            return Ok(None);
        };
        if body.chars().count() > LONGEST_TEXT {
            let long = Words::here().say("bad-too-long").of(what);
            return Err(DeskError::said(long.with("most", LONGEST_TEXT)));
        }
        card_number::refuse(what, body)?;
        let index = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        let id = TextId::derived(self.id, index);
        self.texts.push(TextRow {
            id,
            body: body.to_owned(),
        });
        Ok(Some(id))
    }

    /// A reason without which nothing is done.
    fn needed(&mut self, what: &str, body: &str) -> Result<Option<TextId>, DeskError> {
        let text = self.text("what-reason", Some(&body.to_owned()))?;
        if text.is_none() {
            let needs = Words::here().say("bad-needs-reason");
            return Err(DeskError::said(needs.of(what)));
        }
        Ok(text)
    }

    fn reason(&mut self, given: Option<&ReasonGiven>) -> Result<Option<Reason>, DeskError> {
        let Some(given) = given else { return Ok(None) };
        let text = self.text("what-reason", given.text.as_ref())?;
        let reason = Reason {
            code: given.code,
            text,
        };
        self.reason = Some(reason);
        Ok(Some(reason))
    }
}

/// The reason of an override that goes with a command of the desk's own, and the row it stands in.
///
/// # Errors
/// Where it is empty, too long, or holds the number of a card.
pub(crate) fn override_text(
    id: CommandId,
    given: Option<&String>,
) -> Result<(Option<TextId>, Vec<TextRow>), DeskError> {
    let mut beside = Beside::new(id);
    let text = beside.text("what-reason", given)?;
    check_reasoned(given, text)?;
    Ok((text, beside.texts))
}

fn check_reasoned(given: Option<&String>, text: Option<TextId>) -> Result<(), DeskError> {
    if given.is_some() && text.is_none() {
        return Err(DeskError::said(Words::here().say("bad-override-reason")));
    }
    Ok(())
}

/// Makes the envelope of a request.
///
/// # Errors
/// Where a text is too long or a number out of its bounds: nothing was done.
pub fn envelope(
    request: &CommandRequest,
    now: Instant,
    request_id: Uuid,
) -> Result<Envelope, DeskError> {
    check_versioned(request)?;
    let id = CommandId(request.command_id);
    check_named(&request.command)?;
    let mut beside = Beside::new(id);
    let command = translate(&request.command, &mut beside)?;
    let override_text = beside.text("what-reason", request.override_reason.as_ref())?;
    check_reasoned(request.override_reason.as_ref(), override_text)?;
    Ok(Envelope {
        command_id: id,
        request_hash: hash(request)?,
        request_id,
        // The door says whose it is.
        actor: String::new(),
        now,
        if_version: request.if_version,
        override_text,
        command,
        reason: beside.reason,
        causation: None,
        gives_back: false,
        guests: beside.guests,
        texts: beside.texts,
    })
}

/// A version can be asked for only where the object has one to compare.
fn check_versioned(request: &CommandRequest) -> Result<(), DeskError> {
    let without = matches!(
        &request.command,
        Command::EndOutage { .. }
            | Command::OpenNights { .. }
            | Command::AddRoomType(_)
            | Command::RenameRoomType { .. }
            | Command::RankRoomType { .. }
            | Command::SellRoomType { .. }
            | Command::StopRoomType { .. }
            | Command::ReactivateRoomType { .. }
            | Command::RetireRoomType { .. }
            | Command::Undo { .. }
            // Whoever it will be offered to is not known before.
            | Command::OfferWaitlist { id: None, .. }
            // Who waits takes no room of a night.
            | Command::Reserve(NewReservation { waitlist: Some(true), .. })
    );
    if without && request.if_version.is_some() {
        return Err(DeskError::no_version());
    }
    Ok(())
}

/// A batch stands in one transaction, in which nobody else writes.
fn check_named(command: &Command) -> Result<(), DeskError> {
    let named = match command {
        Command::ReturnPickUp(steps) | Command::LeaveWaitlist(steps) => steps.ids.len(),
        Command::KeepArrivals { ids } => ids.len(),
        other => other.step().map_or(0, |(_, steps)| steps.ids.len()),
    };
    if named > MOST_NAMED {
        let many = Words::here().say("bad-named").with("named", named);
        return Err(DeskError::said(many.with("most", MOST_NAMED)));
    }
    Ok(())
}

/// Over what the caller sent, beside the id: the same for the window and for scripts.
fn hash(request: &CommandRequest) -> Result<[u8; 32], DeskError> {
    let sent = (
        &request.command,
        &request.override_reason,
        request.if_version,
    );
    let bytes = serde_json::to_vec(&sent).map_err(DeskError::bad_input)?;
    Ok(Sha256::digest(&bytes).into())
}

// What stands in events is never erased: a card number must not come there.

fn type_name(name: &Name) -> Result<Name, DeskError> {
    card_number::refuse("what-type-name", name.as_str())?;
    Ok(name.clone())
}

fn translate(command: &Command, beside: &mut Beside) -> Result<Domain, DeskError> {
    if let Some((transition, steps)) = command.step() {
        let reason = beside.reason(
            steps
                .reason
                .as_ref()
                .or(default_reason(transition).as_ref()),
        )?;
        if reason.is_none() && reversal(transition) {
            return Err(DeskError::said(Words::here().say("bad-reversal-reason")));
        }
        return Ok(Domain::Transition {
            transition,
            ids: steps.ids.clone(),
            room: rooms::one(steps.room.as_ref())?,
            rooms: rooms::of_several(steps.rooms.as_deref().unwrap_or_default())?,
            reason,
        });
    }
    let domain = match command {
        Command::Reserve(new) => Domain::Reserve(booking::reserve(new, beside)?),
        Command::Amend { id, stays } => Domain::Amend {
            id: id.clone(),
            stays: stays.iter().map(stay).collect(),
        },
        Command::Split { id, stay } => Domain::Split {
            id: one_stay(id, *stay),
        },
        Command::MoveNight {
            id,
            stay,
            night,
            room_type,
        } => Domain::MoveNight {
            id: one_stay(id, *stay),
            night: *night,
            room_type: *room_type,
        },
        Command::GiveRoom { id, room } => rooms::give(id, room)?,
        Command::SetDetails(new) => booking::set_details(new, beside)?,
        Command::PlaceHold {
            stays,
            minutes,
            reference,
        } => Domain::PlaceHold {
            stays: stays.iter().map(stay).collect(),
            minutes: minutes.unwrap_or(DEFAULT_HOLD_MINUTES),
            reference: beside.text("what-hold-reference", reference.as_ref())?,
        },
        Command::ExtendHold { id, minutes } => Domain::ExtendHold {
            id: id.clone(),
            minutes: minutes.unwrap_or(DEFAULT_HOLD_MINUTES),
        },
        Command::ConvertHold { id, guest } => {
            let guest = Some(booking::keep_guest(guest, beside)?);
            let adults = DEFAULT_ADULTS;
            let details = BookingDetails {
                guest,
                adults,
                ..BookingDetails::default()
            };
            Domain::ConvertHold {
                id: id.clone(),
                details,
            }
        }
        Command::ReleaseHold { id } => Domain::ReleaseHold { id: id.clone() },
        Command::AddOutage(new) => Domain::AddOutage {
            room_type: new.room_type,
            from: new.from,
            back_on: new.back_on,
            rooms: new.rooms,
            service: new.service.unwrap_or(false),
            reason: beside.needed("what-outage", &new.reason)?,
            room: rooms::one(new.room.as_ref())?,
        },
        Command::EndOutage { id, on } => Domain::EndOutage {
            id: id.clone(),
            on: *on,
        },
        Command::SetLimits(new) => limits::set(new)?,
        Command::OpenNights { from, to } => Domain::OpenNights {
            from: *from,
            to: *to,
        },
        Command::AddRoomType(new) => Domain::AddRoomType {
            code: new.code,
            name: type_name(&new.name)?,
            rank: new.rank,
            rooms: bounded("what-rooms", Some(new.rooms), 0)?.unwrap_or(0),
            overbooking: bounded("what-overbooking", new.overbooking, -limits::MOST_ROOMS)?
                .unwrap_or(0),
        },
        Command::RenameRoomType { code, name } => Domain::RenameRoomType {
            code: *code,
            name: type_name(name)?,
        },
        Command::RankRoomType { code, rank } => Domain::RankRoomType {
            code: *code,
            rank: *rank,
        },
        Command::SellRoomType { code } => Domain::SellRoomType { code: *code },
        Command::StopRoomType { code } => Domain::StopRoomType { code: *code },
        Command::ReactivateRoomType { code } => Domain::ReactivateRoomType { code: *code },
        Command::RetireRoomType { code, from } => Domain::RetireRoomType {
            code: *code,
            from: *from,
        },
        Command::OpenAllotment(_)
        | Command::ChangeAllotment(_)
        | Command::ReleaseAllotment { .. }
        | Command::CancelAllotment { .. }
        | Command::ReturnPickUp(_)
        | Command::OfferWaitlist { .. }
        | Command::LeaveWaitlist(_)
        | Command::KeepArrivals { .. } => groups::translate(command, beside)?,
        Command::Undo { command } => Domain::Undo {
            command: command.map(CommandId),
        },
        Command::Confirm(_)
        | Command::CheckIn(_)
        | Command::CheckOut(_)
        | Command::ReverseCheckIn(_)
        | Command::ReverseCheckOut(_)
        | Command::Cancel(_)
        | Command::NoShow(_)
        | Command::Reinstate(_) => unreachable!("answered as a step above"),
    };
    Ok(domain)
}

/// Whether a step takes back what was done in the house.
fn reversal(transition: Transition) -> bool {
    matches!(
        transition,
        Transition::ReverseCheckIn | Transition::ReverseCheckOut
    )
}

/// Who reinstates puts a mistake right, where nothing else is said.
fn default_reason(transition: Transition) -> Option<ReasonGiven> {
    (transition == Transition::Reinstate).then_some(ReasonGiven {
        code: ReasonCode::Error,
        text: None,
    })
}

fn stay(request: &crate::api::StayRequest) -> StayRequest {
    StayRequest {
        room_type: request.room_type,
        arrival: request.arrival,
        departure: request.departure,
        rooms: request.rooms,
    }
}

fn one_stay(id: &Reference<ReservationId>, stay: u16) -> StayReference {
    StayReference {
        reservation: id.clone(),
        stay: Some(stay),
    }
}
