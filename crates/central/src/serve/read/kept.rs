//! What keeps rooms beside reservations: holds and allotments.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use keyrack_inventory::model::{Hold, StayRequest};
use keyrack_inventory::{Allotment, Night, RoomTypeCode};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::shapes::Problem;
use super::{App, Asked, Unanswered, has_more, property, query, rows};

/// From where on, by id.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AfterId {
    /// The id of the last row that is known.
    after: Option<Uuid>,
    /// How many at most: 1 to 1,000.
    limit: Option<i64>,
}

/// Rooms of a type over a range of nights.
#[derive(Serialize, ToSchema)]
pub struct RoomsShape {
    /// The type.
    #[schema(value_type = String)]
    room_type: RoomTypeCode,
    /// The first night.
    #[schema(value_type = String, format = Date)]
    arrival: Night,
    /// The date of departure.
    #[schema(value_type = String, format = Date)]
    departure: Night,
    /// Rooms.
    rooms: u32,
}

impl From<&StayRequest> for RoomsShape {
    fn from(asked: &StayRequest) -> Self {
        Self {
            room_type: asked.room_type,
            arrival: asked.arrival,
            departure: asked.departure,
            rooms: asked.rooms,
        }
    }
}

/// A hold.
#[derive(Serialize, ToSchema)]
pub struct HoldShape {
    /// Its identity.
    id: Uuid,
    /// Its short number.
    number: String,
    /// How often it was changed, from 1.
    version: i64,
    /// Where it stands.
    #[schema(example = "active")]
    status: &'static str,
    /// From this instant on it keeps nothing.
    #[schema(format = DateTime)]
    expires_at: String,
    /// What it keeps.
    rooms: Vec<RoomsShape>,
}

impl From<Hold> for HoldShape {
    fn from(found: Hold) -> Self {
        Self {
            id: found.id.0,
            number: found.number.to_string(),
            version: found.version,
            status: found.status.as_str(),
            expires_at: found.expires_at.to_string(),
            rooms: found.stays.iter().map(Into::into).collect(),
        }
    }
}

/// A page of holds.
#[derive(Serialize, ToSchema)]
pub struct HoldPage {
    /// In the order of their ids.
    holds: Vec<HoldShape>,
    /// What to give as `after` for the next page; nothing after the last.
    next: Option<Uuid>,
}

/// Rooms picked up of a type on a night.
#[derive(Serialize, ToSchema)]
pub struct PickedUpShape {
    /// The type.
    #[schema(value_type = String)]
    room_type: RoomTypeCode,
    /// The night.
    #[schema(value_type = String, format = Date)]
    night: Night,
    /// Rooms.
    rooms: u32,
}

/// An allotment.
#[derive(Serialize, ToSchema)]
pub struct AllotmentShape {
    /// Its identity.
    id: Uuid,
    /// Its short number.
    number: String,
    /// How often it was changed, from 1; pick-ups count.
    version: i64,
    /// What it promises.
    #[schema(example = "elastic")]
    kind: &'static str,
    /// Where it stands.
    #[schema(example = "open")]
    status: &'static str,
    /// The last business date on which it keeps its rooms.
    #[schema(value_type = Option<String>, format = Date)]
    cut_off: Option<Night>,
    /// What was agreed; requests that overlap add up.
    rooms: Vec<RoomsShape>,
    /// What was picked up.
    picked_up: Vec<PickedUpShape>,
}

impl From<Allotment> for AllotmentShape {
    fn from(found: Allotment) -> Self {
        let picked_up = found.picked_up.iter();
        let picked_up = picked_up.map(|(&(room_type, night), &rooms)| PickedUpShape {
            room_type,
            night,
            rooms,
        });
        Self {
            picked_up: picked_up.collect(),
            id: found.id.0,
            number: found.number.to_string(),
            version: found.version,
            kind: found.kind.as_str(),
            status: found.status.as_str(),
            cut_off: found.terms.cut_off,
            rooms: found.terms.blocks.iter().map(Into::into).collect(),
        }
    }
}

/// A page of allotments.
#[derive(Serialize, ToSchema)]
pub struct AllotmentPage {
    /// In the order of their ids.
    allotments: Vec<AllotmentShape>,
    /// What to give as `after` for the next page; nothing after the last.
    next: Option<Uuid>,
}

/// What to give for the next page, where there is one; the row beyond this one is taken away.
fn next<T>(found: &mut Vec<T>, most: i64, id: impl Fn(&T) -> Uuid) -> Option<Uuid> {
    let more = has_more(found, most);
    found.last().filter(|_| more).map(id)
}

/// Holds, those that ended too.
#[utoipa::path(
    get,
    path = "/v1/properties/{code}/holds",
    params(("code" = String, Path, description = "The property's code."), AfterId),
    responses(
        (status = 200, body = HoldPage),
        (status = 400, body = Problem),
        (status = 401, body = Problem),
        (status = 404, body = Problem)
    )
)]
pub async fn holds(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Path(code): Path<String>,
    asked: Asked<AfterId>,
) -> Result<Json<HoldPage>, Unanswered> {
    let (mut session, id) = property(&app, &headers, &code).await?;
    let asked = query(asked)?;
    let most = rows(asked.limit)?;
    let after = asked.after.unwrap_or_default();
    let mut found = session
        .snapshot()
        .await?
        .holds_after(id, after, most + 1)
        .await?;
    Ok(Json(HoldPage {
        next: next(&mut found, most, |hold| hold.id.0),
        holds: found.into_iter().map(Into::into).collect(),
    }))
}

/// Allotments, those that ended too.
#[utoipa::path(
    get,
    path = "/v1/properties/{code}/allotments",
    params(("code" = String, Path, description = "The property's code."), AfterId),
    responses(
        (status = 200, body = AllotmentPage),
        (status = 400, body = Problem),
        (status = 401, body = Problem),
        (status = 404, body = Problem)
    )
)]
pub async fn allotments(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Path(code): Path<String>,
    asked: Asked<AfterId>,
) -> Result<Json<AllotmentPage>, Unanswered> {
    let (mut session, id) = property(&app, &headers, &code).await?;
    let asked = query(asked)?;
    let most = rows(asked.limit)?;
    let after = asked.after.unwrap_or_default();
    let mut found = session
        .snapshot()
        .await?
        .allotments_after(id, after, most + 1)
        .await?;
    Ok(Json(AllotmentPage {
        next: next(&mut found, most, |allotment| allotment.id.0),
        allotments: found.into_iter().map(Into::into).collect(),
    }))
}
