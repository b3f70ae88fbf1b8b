//! A walk begins: what is asked is looked at, and written down before anything is done.

use keyrack_inventory::command::{NewStay, ReasonCode, Reserve};
use keyrack_inventory::ids::Token;
use keyrack_inventory::model::{BookingDetails, Reservation, StayRequest};
use keyrack_inventory::stay::{Stay, StayStatus};
use keyrack_inventory::{
    Catalogue, Command, CommandId, GuestId, Instant, Night, Refusal, RoomTypeCode, StayReference,
    TextId,
};
use keyrack_wire::{Fault, Label};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Walk, WalkState, Why, root};
use crate::error::CentralError;
use crate::ledger::{AuditRow, Covered, Session};

/// What is asked of a walk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// Made by the caller; the same again changes nothing.
    pub id: Uuid,
    /// The reservation, or one stay of it, by id or number.
    pub reservation: String,
    /// The code of the property to which the guest goes.
    pub to: String,
    /// The type there; of the same code as here where not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room_type: Option<RoomTypeCode>,
    /// Why he is let go here.
    #[serde(default = "overbooked")]
    pub reason: ReasonCode,
    /// In whose name, where a desk asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<Label>,
}

impl Asked {
    /// Whether it is the same that is asked, whoever asks: the answer to one may be lost, and somebody else ask again.
    fn is_same(&self, other: &Self) -> bool {
        let nobodys = |asked: &Self| Self {
            actor: None,
            ..asked.clone()
        };
        nobodys(self) == nobodys(other)
    }
}

fn overbooked() -> ReasonCode {
    ReasonCode::Overbooked
}

/// What came of beginning.
#[derive(Debug)]
pub enum Begun {
    /// The walk, which may have gone on since the same was asked before.
    Walk(Box<Walk>),
    /// It does not go, and nothing was done.
    Refused(Why),
    /// Something else was asked under that id.
    Conflict,
    /// That reservation is on its way already.
    OnItsWay,
}

/// Writes a walk down, in the trail as well.
///
/// # Errors
/// Where there is no such property or none to which guests of this one are walked, or the database fails.
pub async fn begin(
    session: &mut Session,
    code: &str,
    asked: &Asked,
    actor: &Label,
    now: Instant,
) -> Result<Begun, CentralError> {
    let tx = session.begin().await?;
    let from = tx.property_id(code).await?;
    let to = tx.property_id(&asked.to).await?;
    let mut here = tx.lock(from).await?;
    if let Some(known) = tx.walk(from, asked.id).await? {
        return Ok(match known.asked.is_same(asked) {
            true => Begun::Walk(Box::new(known)),
            false => Begun::Conflict,
        });
    }
    if from == to {
        return Err(Fault::Malformed {}.into());
    }
    if !tx.walks_to(from, to).await? {
        return Err(CentralError::UnknownProperty(asked.to.clone()));
    }
    let there = tx.property(to).await?;
    let reference = asked.reservation.parse::<StayReference>();
    let reference = reference.map_err(|_| Fault::Malformed {})?;
    let (Some(own), Some(other)) = (&here.catalogue, &there.catalogue) else {
        return Err(Fault::Busy {}.into());
    };
    let unknown =
        |id: String| Begun::Refused(Why::Rule(Box::new(Refusal::UnknownReservation { id })));
    let Some(found) = tx.reservation(from, &reference.reservation).await? else {
        return Ok(unknown(asked.reservation.clone()));
    };
    let stays = match walkable(&found, reference.stay) {
        // All of it is over: it may have been walked under another id.
        Ok(stays) if stays.is_empty() => {
            let why = Why::standing("not_walkable", found.status());
            return Ok(Begun::Refused(why));
        }
        Ok(stays) => stays,
        Err(status) => return Ok(Begun::Refused(Why::standing("not_walkable", status))),
    };
    let date_there = other.property.business_date;
    if let Some(over) = stays.iter().find(|stay| is_over(stay, date_there)) {
        return Ok(Begun::Refused(Why::standing(
            "nights_are_over",
            over.status,
        )));
    }
    let copies = Copies::of(root(from, asked.id));
    let reserve = reserve(&found, &stays, (asked, &copies), (own, other));
    let reference = StayReference {
        reservation: keyrack_inventory::Reference::Number(found.number.clone()),
        stay: reference.stay,
    };
    let walk = Walk {
        from,
        id: asked.id,
        to,
        asked: asked.clone(),
        actor: actor.clone(),
        reservation: found.id,
        stay: reference.stay,
        number: reference.to_string(),
        version: found.version,
        reserve,
        state: WalkState::Begun,
        made: None,
        refusal: None,
        began_at: now,
    };
    if !tx.add_walk(&walk).await? {
        return Ok(Begun::OnItsWay);
    }
    let detail = format!("{} to {}", walk.number, asked.to);
    let act = AuditRow {
        at: now,
        desk: "",
        actor: actor.as_str(),
        what: "walk_begun",
        accepted: true,
        number: None,
        place: None,
        detail: Some(&detail),
    };
    tx.audit(&mut here, &act, Covered::default()).await?;
    tx.put_property(&here).await?;
    tx.commit().await?;
    Ok(Begun::Walk(Box::new(walk)))
}

/// The stays that are meant and not over; or where one stands that cannot be walked. What is reserved there is a promise, so
/// what is none here does not become one on the way.
fn walkable(found: &Reservation, stay: Option<u16>) -> Result<Vec<&Stay>, StayStatus> {
    let meant = found
        .stays
        .iter()
        .filter(|one| stay.is_none_or(|number| one.stay == number));
    let mut stays = Vec::new();
    for one in meant {
        match one.status {
            StayStatus::Confirmed => stays.push(one),
            StayStatus::Cancelled | StayStatus::NoShow | StayStatus::CheckedOut
                if stay.is_none() => {}
            status => return Err(status),
        }
    }
    Ok(stays)
}

/// Whether a stay has nothing left on that date: it would be day use, with no bed, or none at all.
fn is_over(stay: &Stay, date: Night) -> bool {
    match stay.arrival < stay.departure {
        true => stay.departure <= date,
        false => stay.departure < date,
    }
}

/// What is reserved there: the same rooms on the nights that are not over there, for the same guest, who is another row.
fn reserve(
    found: &Reservation,
    stays: &[&Stay],
    (asked, copies): (&Asked, &Copies),
    (own, other): (&Catalogue, &Catalogue),
) -> Command {
    let today: Night = other.property.business_date;
    let same_money = own.property.currency == other.property.currency;
    let new = stays.iter().map(|stay| NewStay {
        request: StayRequest {
            room_type: asked.room_type.unwrap_or(stay.room_type),
            arrival: stay.arrival.max(today),
            departure: stay.departure,
            rooms: 1,
        },
        price: stay.price.filter(|_| same_money),
        cost: None,
        assigned: None,
    });
    // A code and a number are short enough for a token.
    let token = |text: &str| text.parse::<Token>().ok();
    let code = own.property.code.to_string();
    let details = BookingDetails {
        guest: found.details.guest.map(|_| copies.guest),
        source: token(&code),
        external_number: token(&format!("{code} {}", found.number)),
        guarantee: found.details.guarantee.map(|_| copies.guarantee),
        notes: found.details.notes.map(|_| copies.notes),
        ..found.details.clone()
    };
    Command::Reserve(Reserve {
        stays: new.collect(),
        details,
        ..Reserve::default()
    })
}

/// The rows of people and texts there: copies under ids of their own, so that each property erases its own.
pub(super) struct Copies {
    pub guest: GuestId,
    pub guarantee: TextId,
    pub notes: TextId,
}

impl Copies {
    pub fn of(id: CommandId) -> Self {
        Self {
            guest: GuestId::derived(id, 0),
            guarantee: TextId::derived(id, 0),
            notes: TextId::derived(id, 1),
        }
    }
}
