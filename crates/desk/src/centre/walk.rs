//! Walking a guest to a sister hotel, which the centre does: it reserves there and then cancels here, or does neither.

use std::time::{Duration, Instant as Clock};

use keyrack_inventory::model::Reservation;
use keyrack_inventory::stay::Stay;
use keyrack_inventory::{
    Catalogue, Night, Reference, Refusal, RoomTypeCode, StayReference, StayStatus,
};
use keyrack_sync::Link;
use keyrack_words::{Say, Words};
use serde::{Deserialize, Serialize};
use serde_json::json;
use ts_rs::TS;
use uuid::Uuid;

use super::walk_asked::{Asking, Said, goes_on, read};
use super::{exchange, failed, line, runtime};
use crate::Desk;
use crate::desk::refused;
use crate::door::Question;
use crate::error::{CentreRefusal, DeskError};
use crate::walked;

/// How long whoever asks for a walk waits: it goes on by itself.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long the queue and the feed have of that.
const EXCHANGE: Duration = Duration::from_secs(4);

/// Who is to be walked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SistersRequest {
    /// The reservation, or one stay of it.
    #[ts(type = "string")]
    pub id: StayReference,
}

/// A guest is to be walked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields)]
pub struct WalkRequest {
    /// Made by the caller, a UUIDv7; the same id again tells how far it has come.
    #[ts(type = "Uuid")]
    pub command_id: Uuid,
    /// The reservation, or one stay of it.
    #[ts(type = "string")]
    pub id: StayReference,
    /// The code of the hotel to which the guest goes.
    pub to: String,
    /// The type there; of the same code as here where not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room_type: Option<RoomTypeCode>,
}

/// A type of a sister hotel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SisterType {
    /// Its code there.
    pub code: RoomTypeCode,
    /// What it is called.
    pub name: String,
    /// Rooms that the centre may reserve there on each of the nights.
    pub rooms: u32,
}

/// A hotel to which guests of this one may be walked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Sister {
    /// Its code.
    pub property: String,
    /// What it is called.
    pub name: String,
    /// Its business date: nights before that are over there.
    pub business_date: Night,
    /// Its types.
    pub room_types: Vec<SisterType>,
}

/// Where a guest may be walked to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Sisters {
    /// The first night that is walked.
    pub from: Night,
    /// The night after the last.
    pub to: Night,
    /// Rooms that are needed there.
    pub rooms: u32,
    /// The hotels, in the order of their codes.
    pub sisters: Vec<Sister>,
}

/// How far a walk has come, or why there is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(optional_fields)]
pub struct Walked {
    /// Whether the guest is booked there, and here no more.
    pub ok: bool,
    /// Its identity.
    #[ts(type = "Uuid")]
    pub id: Uuid,
    /// `walked`, `begun`, `reserved`, `giving_back`, `refused`, `given_back`, `left`; `none`, where none was begun; or
    /// `asked`, where the centre has not said in time whether one was.
    pub state: String,
    /// The reservation, or the stay of it.
    pub reservation: String,
    /// The code of the hotel to which the guest was to go.
    pub to: String,
    /// The number there, for the guest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub made: Option<String>,
    /// Why not, as a code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// All of that for a person.
    pub message: String,
}

impl Walked {
    /// Whether the centre goes on with it by itself.
    pub fn goes_on(&self) -> bool {
        goes_on(&self.state)
    }
}

#[derive(Deserialize)]
struct Listed {
    sisters: Vec<Sister>,
}

impl Desk {
    /// The hotels to which the guest may be walked, and what each has on the nights.
    ///
    /// # Errors
    /// Where there is no such reservation or none of its stays is confirmed, the file has no centre, it does not answer or
    /// says no, nobody who may is signed in, or the file fails.
    pub fn sisters(&self, request: &SistersRequest) -> Result<Sisters, DeskError> {
        self.admit(Question::Sisters)?;
        let (found, _) = self.to_be_walked(&request.id)?;
        let stays = confirmed(&found, request.id.stay);
        let from = stays.iter().map(|stay| stay.arrival).min();
        let to = stays
            .iter()
            .map(|stay| stay.departure.max(stay.arrival.plus(1)));
        let (Some(from), Some(to)) = (from, to.max()) else {
            let say = not_walkable(&found, request.id.stay);
            return Err(DeskError::said(say));
        };
        let runtime = runtime()?;
        let (link, property) = self.walks()?;
        let path = format!("v1/properties/{property}/sisters?from={from}&to={to}");
        let (status, body) = runtime
            .block_on(link.program::<()>(&path, None))
            .map_err(failed)?;
        let sisters = match status {
            // An older centre does not know of sisters.
            404 => Vec::new(),
            _ => read::<Listed>(&body)?.sisters,
        };
        Ok(Sisters {
            from,
            to,
            rooms: u32::try_from(stays.len()).unwrap_or(u32::MAX),
            sisters,
        })
    }

    /// Walks a guest to a sister hotel: the centre reserves there, and then cancels here. What was done here is sent
    /// before, and the answer is followed after, so that this desk shows it. The trail has it before the centre is asked.
    ///
    /// # Errors
    /// Where there is no such reservation, the file has no centre, it does not answer (asked again under the same id it tells
    /// how far it has come), nobody who may is signed in, or the file fails. That the walk does not go, or goes on for longer
    /// than is waited, is an answer.
    pub fn walk(&self, request: &WalkRequest) -> Result<Walked, DeskError> {
        let caller = self.admit(Question::Walk)?;
        let (found, catalogue) = self.to_be_walked(&request.id)?;
        let until = Clock::now() + PATIENCE;
        let runtime = runtime()?;
        exchange::exchange_within(&self.store, &runtime, EXCHANGE)?;
        let (link, property) = self.walks()?;
        let of = |reservation| StayReference {
            reservation,
            stay: request.id.stay,
        };
        let named = of(Reference::Id(found.id));
        let number = of(Reference::Number(found.number.clone())).to_string();
        let mut act = self.act(&caller, "walk_asked", &number);
        act.after = json!({
            "to": request.to, "room_type": request.room_type, "walk": request.command_id,
        });
        self.store.write(|batch| batch.act(&act))?;
        let asked = json!({
            "id": request.command_id,
            "reservation": named.to_string(),
            "to": request.to,
            "room_type": request.room_type,
            "actor": caller.name(),
        });
        let asking = Asking {
            runtime: &runtime,
            link: &link,
            path: format!("v1/properties/{property}/walks"),
            until,
        };
        let said = asking.ask(request.command_id, &asked, &number)?;
        if let Err(error) = exchange::exchange_within(&self.store, &runtime, EXCHANGE) {
            crate::logs::centre(&error);
        }
        let walked = match said.code.as_deref() {
            Some("not_walkable") => self.walked_before(&found, request)?,
            _ => None,
        };
        let walked = walked.unwrap_or_else(|| walked_as(said, request, &number, &catalogue));
        let mut act = self.act(&caller, "walk_told", &walked.reservation);
        act.after = json!({
            "to": walked.to, "state": walked.state, "made": walked.made, "code": walked.code, "walk": walked.id,
        });
        // The guest is walked by now, and who asked is to hear it.
        if let Err(error) = self.store.write(|batch| batch.act(&act)) {
            crate::logs::centre(&error.into());
        }
        Ok(walked)
    }

    /// That the guest was walked under another id, where he was.
    fn walked_before(
        &self,
        found: &Reservation,
        request: &WalkRequest,
    ) -> Result<Option<Walked>, DeskError> {
        let asked = Reference::Id(found.id);
        let stay = request.id.stay;
        let Some(to) = self.store.read(|reader| walked::of(reader, &asked, stay))? else {
            return Ok(None);
        };
        let reservation = StayReference {
            reservation: Reference::Number(found.number.clone()),
            stay,
        };
        let words = Words::here();
        let said = words
            .say("walk-before")
            .with("number", reservation.to_string());
        Ok(Some(Walked {
            ok: false,
            id: request.command_id,
            state: "none".to_owned(),
            reservation: reservation.to_string(),
            to: request.to.clone(),
            made: None,
            code: Some("walked".to_owned()),
            message: said.with("to", to).text(),
        }))
    }

    fn to_be_walked(
        &self,
        id: &StayReference,
    ) -> Result<(Reservation, std::sync::Arc<Catalogue>), DeskError> {
        let (found, catalogue) = self
            .store
            .read(|reader| Ok((reader.reservation(&id.reservation)?, reader.catalogue()?)))?;
        let found = found.filter(|found| {
            id.stay
                .is_none_or(|number| found.stays.iter().any(|one| one.stay == number))
        });
        let unknown = || {
            let id = id.to_string();
            refused(Refusal::UnknownReservation { id }, &catalogue)
        };
        let found = found.ok_or_else(unknown)?;
        Ok((found, catalogue))
    }

    fn walks(&self) -> Result<(Link, String), DeskError> {
        let centre = self.store.read(|reader| reader.centre())?;
        let centre = centre.ok_or(CentreRefusal::NotEnrolled)?;
        let link = line(&self.store)?.ok_or(CentreRefusal::NotEnrolled)?;
        Ok((link, centre.property))
    }
}

/// The stays that a walk takes along.
fn confirmed(found: &Reservation, stay: Option<u16>) -> Vec<&Stay> {
    let meant = |one: &&Stay| stay.is_none_or(|number| one.stay == number);
    let stays = found.stays.iter().filter(meant);
    stays
        .filter(|one| one.status == StayStatus::Confirmed)
        .collect()
}

fn not_walkable(found: &Reservation, stay: Option<u16>) -> Say<'static> {
    let one = found
        .stays
        .iter()
        .find(|one| stay.is_none_or(|number| one.stay == number));
    let status = one.map_or(found.status(), |one| one.status);
    let words = Words::here();
    words
        .say("walk-not-walkable")
        .with("number", found.number.to_string())
        .with("status", words.word(status.as_str()))
}

/// What came of it, in words.
fn walked_as(said: Said, request: &WalkRequest, number: &str, catalogue: &Catalogue) -> Walked {
    let to = said.to.unwrap_or_else(|| request.to.clone());
    let made = said.made.map(|made| made.number);
    let rule = said.refusal.clone();
    let rule = rule.and_then(|refusal| serde_json::from_value::<Refusal>(refusal).ok());
    let of_refusal = |field: &str| {
        let refusal = said.refusal.as_ref();
        let text = refusal.and_then(|refusal| refusal[field].as_str());
        text.map(str::to_owned)
    };
    let code = said.code.or_else(|| of_refusal("code"));
    let status = said.status.or_else(|| of_refusal("status"));
    let state = match said.state.as_str() {
        "" => "none".to_owned(),
        state => state.to_owned(),
    };
    let words = Words::here();
    let message = match (state.as_str(), code.as_deref()) {
        ("walked", _) => "walk-walked",
        ("begun" | "reserved" | "giving_back", _) => "walk-goes-on",
        ("asked", _) => "walk-asked",
        ("given_back", _) => "walk-given-back",
        ("left", _) => "walk-left",
        (_, Some("not_walkable")) => "walk-not-walkable",
        (_, Some("nights_are_over")) => "walk-nights-over",
        (_, Some("on_its_way")) => "walk-on-its-way",
        (_, Some("not_found")) => "walk-no-sister",
        (_, Some("idempotency_conflict")) => "refused-idempotency-conflict",
        _ => "walk-refused",
    };
    let why = match (&rule, &code) {
        (Some(rule), _) => words.refusal(rule, catalogue),
        (None, Some(code)) => format!("{}.", words.word(code)),
        (None, None) => String::new(),
    };
    let status = status.unwrap_or_default();
    let said = words
        .say(message)
        .with("number", number)
        .with("to", to.as_str())
        .with("made", made.clone().unwrap_or_default())
        .with("status", words.word(&status))
        .with("id", request.command_id.to_string())
        .with("why", why);
    Walked {
        ok: state == "walked",
        id: request.command_id,
        reservation: number.to_owned(),
        message: said.text(),
        to,
        code: code.filter(|_| state != "walked"),
        state,
        made,
    }
}
