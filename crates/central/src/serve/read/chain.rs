//! Every property of the chain side by side, for who has a token of the chain.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use keyrack_inventory::{Night, NightRange, RoomTypeCode};
use keyrack_wire::Fault;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::shapes::Problem;
use super::{App, Asked, Unanswered, has_more, nights_of, query};
use crate::error::CentralError;
use crate::ledger::{AsOf, ChainCell, ChainProperty, Ledger};
use crate::secret;
use crate::serve::admin;
use crate::serve::sync::bearer;

/// Most nights that are asked for at once.
const NIGHTS_AT_MOST: u32 = 92;
/// Most properties of a page, and how many there are where none are asked for.
const PROPERTIES_AT_MOST: i64 = 50;
const PROPERTIES: i64 = 10;

/// Which nights of which properties.
#[derive(Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ChainNights {
    /// The first night.
    #[param(value_type = String, format = Date, example = "2026-06-01")]
    from: Night,
    /// The night after the last; at most 92 nights later.
    #[param(value_type = String, format = Date, example = "2026-07-01")]
    to: Night,
    /// The code of the last property that is known; nothing for the first page.
    #[serde(default)]
    after: String,
    /// How many properties at most: 1 to 50.
    limit: Option<i64>,
}

/// What may be sold of a type on a night.
#[derive(Serialize, ToSchema)]
pub struct ChainCellShape {
    /// The night, by the date on which it begins.
    #[schema(value_type = String, format = Date, example = "2026-06-03")]
    night: Night,
    /// The type.
    #[schema(value_type = String, example = "DBL")]
    room_type: RoomTypeCode,
    /// Rooms that can be slept in: those out of order are left out.
    rooms: i32,
    /// Rooms sold.
    sold: i32,
    /// Rooms that may still be sold of the type, by all desks together. A limit of the house may leave fewer.
    available: i32,
}

impl From<ChainCell> for ChainCellShape {
    fn from((night, room_type, cell): ChainCell) -> Self {
        Self {
            night,
            room_type,
            rooms: cell.capacity(),
            sold: cell.sold,
            available: cell.available(),
        }
    }
}

/// How current a property is.
#[derive(Serialize, ToSchema)]
pub struct FeedShape {
    /// The feed's epoch: another one begins when the centre was restored from a copy.
    epoch: u32,
    /// The number of its last entry.
    number: u64,
    /// When something was last done there, by the centre's clock.
    #[schema(format = DateTime)]
    changed_at: Option<String>,
    /// Desks that may come.
    desks: u64,
    /// Of these, desks that may have sold what the centre has not heard: they have not said within a minute that
    /// nothing of their queue is left.
    desks_waiting: u64,
    /// When the desk was heard that has been silent for the longest.
    #[schema(format = DateTime)]
    heard_at: Option<String>,
}

/// A property and its nights.
#[derive(Serialize, ToSchema)]
pub struct ChainPropertyShape {
    /// Its code.
    #[schema(example = "H1")]
    code: String,
    /// What it is called; nothing before its history is here.
    name: Option<String>,
    /// Its business date.
    #[schema(value_type = Option<String>, format = Date)]
    business_date: Option<Night>,
    /// How current it is.
    feed: FeedShape,
    /// A row for each open night and type.
    cells: Vec<ChainCellShape>,
}

impl ChainPropertyShape {
    fn of(found: ChainProperty, cells: Vec<ChainCell>) -> Self {
        let hotel = found.catalogue.map(|catalogue| catalogue.property);
        Self {
            name: hotel.as_ref().map(|hotel| hotel.name.to_string()),
            business_date: hotel.map(|hotel| hotel.business_date),
            feed: FeedShape {
                epoch: found.feed_epoch,
                number: found.feed_head,
                changed_at: found.changed_at.map(|at| at.to_string()),
                desks: found.desks,
                desks_waiting: found.waiting,
                heard_at: found.heard_at.map(|at| at.to_string()),
            },
            code: found.code,
            cells: cells.into_iter().map(Into::into).collect(),
        }
    }
}

/// A page of the chain.
#[derive(Serialize, ToSchema)]
pub struct ChainAvailability {
    /// From where it was read.
    #[schema(example = "replica")]
    source: &'static str,
    /// As of when: on a replica, the last change of the primary that is there.
    #[schema(format = DateTime)]
    as_of: String,
    /// How long before this answer that was, in seconds; 0 on the primary. A primary on which nobody changes anything
    /// lets it grow.
    lag_seconds: f64,
    /// In the order of their codes.
    properties: Vec<ChainPropertyShape>,
    /// What to give as `after` for the next page; nothing after the last.
    next: Option<String>,
}

/// Lets in who has a token of the chain, or the administrator's. A desk's token is neither: it reads of its own property.
async fn admitted(app: &App, headers: &HeaderMap) -> Result<(), CentralError> {
    if admin::is_let_in(app, headers) {
        return Ok(());
    }
    let Some(token) = bearer(headers) else {
        return Err(Fault::Unauthorised {}.into());
    };
    let hash = secret::hash(token);
    let mut session = app.ledger.session().await?;
    let found = session.snapshot().await?.chain_token(hash).await?;
    app.limits.note(hash, found.is_some());
    match found {
        Some(_) => Ok(()),
        None => Err(Fault::Unauthorised {}.into()),
    }
}

type Read = (AsOf, Vec<ChainPropertyShape>);

/// One page out of one state of a database.
async fn page(ledger: &Ledger, asked: &ChainNights, most: i64) -> Result<Read, CentralError> {
    let mut session = ledger.session().await?;
    let tx = session.snapshot().await?;
    let as_of = tx.as_of().await?;
    let found = tx.chain_properties(&asked.after, most, as_of.at).await?;
    let ids: Vec<i32> = found.iter().map(|property| property.id).collect();
    let nights = NightRange::new(asked.from, asked.to);
    let mut cells = tx.chain_cells(&ids, nights).await?;
    let shapes = found.into_iter().map(|property| {
        let cells = cells.remove(&property.id).unwrap_or_default();
        ChainPropertyShape::of(property, cells)
    });
    Ok((as_of, shapes.collect()))
}

/// From the replica, where there is one that answers; else from the primary.
async fn read(app: &App, asked: &ChainNights, most: i64) -> Result<Read, CentralError> {
    let Some(replica) = &app.replica else {
        return page(&app.ledger, asked, most).await;
    };
    match page(replica, asked, most).await {
        Err(error) if error.passes() => {
            tracing::warn!(%error, "the replica does not answer: the primary is read");
            page(&app.ledger, asked, most).await
        }
        other => other,
    }
}

/// What may be sold of each type on each open night, of every property of the chain.
#[utoipa::path(
    get,
    path = "/v1/chain/availability",
    params(ChainNights),
    responses(
        (status = 200, body = ChainAvailability),
        (status = 400, body = Problem),
        (status = 401, body = Problem)
    )
)]
pub async fn availability(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    asked: Asked<ChainNights>,
) -> Result<Json<ChainAvailability>, Unanswered> {
    admitted(&app, &headers).await?;
    let asked = query(asked)?;
    let most = asked.limit.unwrap_or(PROPERTIES);
    nights_of(asked.from, asked.to, NIGHTS_AT_MOST)?;
    if asked.after.contains('\0') {
        let why = "after: the code of a property is expected";
        return Err(Unanswered::Odd(why.to_owned()));
    }
    if !(1..=PROPERTIES_AT_MOST).contains(&most) {
        let why = format!("limit: 1 to {PROPERTIES_AT_MOST} is expected");
        return Err(Unanswered::Odd(why));
    }
    let (as_of, mut properties) = read(&app, &asked, most + 1).await?;
    let more = has_more(&mut properties, most);
    let last = properties.last().filter(|_| more);
    Ok(Json(ChainAvailability {
        source: if as_of.is_replica {
            "replica"
        } else {
            "primary"
        },
        as_of: as_of.at.to_string(),
        lag_seconds: as_of.lag_ms as f64 / 1_000.0,
        next: last.map(|last| last.code.clone()),
        properties,
    }))
}
