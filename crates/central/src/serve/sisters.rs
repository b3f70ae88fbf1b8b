//! Where a guest may be walked to: for who may walk guests of the property, and of those hotels alone.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use keyrack_inventory::{Night, RoomTypeCode};
use serde::Serialize;
use utoipa::ToSchema;

use super::App;
use super::read::{Asked, NIGHTS_AT_MOST, Nights, Problem, Unanswered, nights_of, query};
use super::walks::{caller, unknown};
use crate::walk::{self, Offer};

/// A type of a sister hotel.
#[derive(Serialize, ToSchema)]
struct SisterTypeShape {
    /// Its code there.
    #[schema(value_type = String, example = "DBL")]
    code: RoomTypeCode,
    /// What it is called.
    name: String,
    /// Rooms that can be reserved by a walk on every one of the nights. Rooms in the shares of desks there are not among
    /// them, and a restriction of a night may still say no.
    rooms: u32,
}

/// A hotel to which guests may be walked.
#[derive(Serialize, ToSchema)]
pub struct SisterShape {
    /// Its code.
    #[schema(example = "H2")]
    property: String,
    /// What it is called.
    name: String,
    /// Its business date: nights before that are over there, and not counted.
    #[schema(value_type = String, format = Date)]
    business_date: Night,
    /// Its types.
    room_types: Vec<SisterTypeShape>,
}

impl From<Offer> for SisterShape {
    fn from(offer: Offer) -> Self {
        let types = offer.room_types.into_iter();
        Self {
            property: offer.code,
            name: offer.name,
            business_date: offer.business_date,
            room_types: types
                .map(|each| SisterTypeShape {
                    code: each.code,
                    name: each.name,
                    rooms: each.rooms,
                })
                .collect(),
        }
    }
}

/// Hotels to which guests of the property may be walked.
#[derive(Serialize, ToSchema)]
pub struct SisterList {
    /// In the order of their codes.
    sisters: Vec<SisterShape>,
}

/// The hotels to which an administrator lets guests of this one be walked, and what each has on those nights.
#[utoipa::path(
    get,
    path = "/v1/properties/{code}/sisters",
    params(("code" = String, Path, description = "The code of the property that the guest leaves."), Nights),
    responses(
        (status = 200, body = SisterList),
        (status = 400, body = Problem),
        (status = 401, body = Problem),
        (status = 404, body = Problem)
    )
)]
pub async fn sisters(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Path(code): Path<String>,
    asked: Asked<Nights>,
) -> Result<Json<SisterList>, Unanswered> {
    caller(&app, &headers, &code).await?;
    let asked = query(asked)?;
    let nights = nights_of(asked.from, asked.to, NIGHTS_AT_MOST)?;
    let mut session = app.ledger.session().await?;
    let tx = session.snapshot().await?;
    let from = tx.property_id(&code).await.map_err(unknown)?;
    let found = walk::offers(&tx, from, nights).await?;
    let sisters = found.into_iter().map(Into::into).collect();
    Ok(Json(SisterList { sisters }))
}
