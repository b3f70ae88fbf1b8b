//! Lists for other programs, by pages, and their description as OpenAPI.

mod chain;
mod everywhere;
mod kept;
mod shapes;

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use keyrack_inventory::{Night, NightRange};
use serde::Deserialize;
use utoipa::{IntoParams, OpenApi};
use uuid::Uuid;

use super::App;
use super::answer::Failed;
use super::sync::{self, admitted};
use super::{sisters, walks};
use crate::error::CentralError;
use crate::ledger::Session;
pub use chain::availability as chain_availability;
use everywhere::{Anywhere, Token};
pub use kept::{allotments, holds};
pub(super) use shapes::Problem;
use shapes::{AuditPage, Availability, AvailabilityList, EventPage, EventShape, ReservationPage};

/// Most rows of a page, and how many there are where none are asked for.
const ROWS_AT_MOST: i64 = 1_000;
const ROWS: i64 = 100;
/// Most nights that are asked for at once.
pub(super) const NIGHTS_AT_MOST: u32 = 400;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Keyrack centre",
        description = "What a centre knows of a property, for other programs; guests who are walked to a sister hotel; and \
                       the exchange with desks, whose messages docs/SYNC.md describes."
    ),
    paths(
        chain::availability,
        availability,
        reservations,
        kept::holds,
        kept::allotments,
        events,
        audit,
        sync::enrol,
        sync::push,
        sync::pull,
        sync::check,
        sync::snapshot,
        sync::genesis,
        sync::token,
        walks::begin,
        walks::shown,
        sisters::sisters
    ),
    modifiers(&Token, &Anywhere),
    security(("token" = []))
)]
struct Description;

/// The description, as it is served and as it stands in docs/openapi.json.
pub fn description() -> String {
    let text = Description::openapi().to_pretty_json();
    format!(
        "{}\n",
        text.expect("a description of plain types can be written")
    )
}

/// The description.
pub async fn openapi() -> Response {
    ([("content-type", "application/json")], description()).into_response()
}

/// Which nights.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Nights {
    /// The first night.
    #[param(value_type = String, format = Date, example = "2026-06-01")]
    pub(super) from: Night,
    /// The night after the last; at most 400 nights later.
    #[param(value_type = String, format = Date, example = "2026-07-01")]
    pub(super) to: Night,
}

/// From where on, by number.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct After {
    /// The number of the last row that is known; 0 for the first page.
    #[serde(default)]
    after: u64,
    /// How many at most: 1 to 1,000.
    limit: Option<i64>,
}

/// From where on, by a mark.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AfterMark {
    /// The mark that the page before gave.
    after: Option<String>,
    /// How many at most: 1 to 1,000.
    limit: Option<i64>,
}

/// A question that cannot be answered.
pub enum Unanswered {
    /// The token, the database, or a desk's own fault.
    Failed(Failed),
    /// It is not a question: what of it is wrong.
    Odd(String),
    /// What it is about is not there, or not this caller's.
    Unknown,
}

impl<E: Into<CentralError>> From<E> for Unanswered {
    fn from(error: E) -> Self {
        Self::Failed(Failed(error.into()))
    }
}

impl IntoResponse for Unanswered {
    fn into_response(self) -> Response {
        let (status, code, detail) = match self {
            Self::Failed(failed) => return failed.into_response(),
            Self::Odd(detail) => (StatusCode::BAD_REQUEST, "malformed", Some(detail)),
            Self::Unknown => (StatusCode::NOT_FOUND, "not_found", None),
        };
        (status, Json(Problem { code, detail })).into_response()
    }
}

pub(super) type Asked<T> = Result<Query<T>, QueryRejection>;

pub(super) fn query<T>(asked: Asked<T>) -> Result<T, Unanswered> {
    let odd = |rejected: QueryRejection| {
        let why = rejected.body_text();
        let bare = why.strip_prefix("Failed to deserialize query string: ");
        Unanswered::Odd(bare.unwrap_or(&why).to_owned())
    };
    asked.map(|Query(found)| found).map_err(odd)
}

/// The nights, where there are any and not too many.
pub(super) fn nights_of(from: Night, to: Night, most: u32) -> Result<NightRange, Unanswered> {
    let nights = NightRange::new(from, to);
    if to <= from || nights.len() > most {
        let why = format!("to: 1 to {most} nights after `from` are expected");
        return Err(Unanswered::Odd(why));
    }
    Ok(nights)
}

fn rows(limit: Option<i64>) -> Result<i64, Unanswered> {
    let limit = limit.unwrap_or(ROWS);
    if (1..=ROWS_AT_MOST).contains(&limit) {
        Ok(limit)
    } else {
        let why = format!("limit: 1 to {ROWS_AT_MOST} is expected");
        Err(Unanswered::Odd(why))
    }
}

/// One row more than the page has is asked for: takes it away, and says whether it was there.
fn has_more<T>(found: &mut Vec<T>, most: i64) -> bool {
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let has_more = found.len() > most;
    found.truncate(most);
    has_more
}

/// The property, where the token is of one of its desks. Another's is not told to be there.
async fn property(
    app: &App,
    headers: &HeaderMap,
    code: &str,
) -> Result<(Session, i32), Unanswered> {
    let desk = admitted(app, headers).await?;
    let mut session = app.ledger.session().await?;
    let tx = session.snapshot().await?;
    let found = tx.property_id(code).await;
    tx.commit().await?;
    match found {
        Ok(id) if id == desk.property => Ok((session, id)),
        Ok(_) | Err(CentralError::UnknownProperty(_)) => Err(Unanswered::Unknown),
        Err(error) => Err(error.into()),
    }
}

/// What may be sold of each type on each open night.
#[utoipa::path(
    get,
    path = "/v1/properties/{code}/availability",
    params(("code" = String, Path, description = "The property's code."), Nights),
    responses(
        (status = 200, body = AvailabilityList),
        (status = 400, body = Problem),
        (status = 401, body = Problem),
        (status = 404, body = Problem)
    )
)]
pub async fn availability(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Path(code): Path<String>,
    asked: Asked<Nights>,
) -> Result<Json<AvailabilityList>, Unanswered> {
    let (mut session, id) = property(&app, &headers, &code).await?;
    let asked = query(asked)?;
    let nights = nights_of(asked.from, asked.to, NIGHTS_AT_MOST)?;
    let cells = session.snapshot().await?.grid(id, nights).await?;
    let cells = cells.into_iter().map(Availability::from).collect();
    Ok(Json(AvailabilityList { cells }))
}

/// Reservations, in the order in which they were made.
#[utoipa::path(
    get,
    path = "/v1/properties/{code}/reservations",
    params(("code" = String, Path, description = "The property's code."), AfterMark),
    responses(
        (status = 200, body = ReservationPage),
        (status = 400, body = Problem),
        (status = 401, body = Problem),
        (status = 404, body = Problem)
    )
)]
pub async fn reservations(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Path(code): Path<String>,
    asked: Asked<AfterMark>,
) -> Result<Json<ReservationPage>, Unanswered> {
    let (mut session, id) = property(&app, &headers, &code).await?;
    let asked = query(asked)?;
    let most = rows(asked.limit)?;
    let after = match &asked.after {
        None => (i64::MIN, Uuid::nil()),
        Some(mark) => place(mark).ok_or_else(|| {
            Unanswered::Odd("after: what a page gave as `next` is expected".to_owned())
        })?,
    };
    let mut found = session
        .snapshot()
        .await?
        .reservations_after(id, after, most + 1)
        .await?;
    let more = has_more(&mut found, most);
    let last = found.last().filter(|_| more);
    let next = last.map(|last| format!("{}.{}", last.created_at.millis(), last.id));
    let reservations = found.into_iter().map(Into::into).collect();
    Ok(Json(ReservationPage { reservations, next }))
}

/// The place that a mark names.
fn place(mark: &str) -> Option<(i64, Uuid)> {
    let (made, id) = mark.split_once('.')?;
    Some((made.parse().ok()?, Uuid::try_parse(id).ok()?))
}

/// Events in the order of the feed, with the commands that made them.
#[utoipa::path(
    get,
    path = "/v1/properties/{code}/events",
    params(("code" = String, Path, description = "The property's code."), After),
    responses(
        (status = 200, body = EventPage),
        (status = 400, body = Problem),
        (status = 401, body = Problem),
        (status = 404, body = Problem)
    )
)]
pub async fn events(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Path(code): Path<String>,
    asked: Asked<After>,
) -> Result<Json<EventPage>, Unanswered> {
    let (mut session, id) = property(&app, &headers, &code).await?;
    let asked = query(asked)?;
    let most = usize::try_from(rows(asked.limit)?).unwrap_or(1);
    let tx = session.snapshot().await?;
    let row = tx.property(id).await?;
    // A history that still comes in is nobody's to read.
    let head = if row.catalogue.is_some() {
        row.feed_head
    } else {
        0
    };
    let entries = if asked.after < head {
        tx.entries_after(id, asked.after, most).await?
    } else {
        Vec::new()
    };
    let next = entries.last().map_or(asked.after, |last| last.number);
    Ok(Json(EventPage {
        events: entries.iter().flat_map(EventShape::of).collect(),
        next,
        more: next < head,
    }))
}

/// The trail: every command and act, refusals too.
#[utoipa::path(
    get,
    path = "/v1/properties/{code}/audit",
    params(("code" = String, Path, description = "The property's code."), After),
    responses(
        (status = 200, body = AuditPage),
        (status = 400, body = Problem),
        (status = 401, body = Problem),
        (status = 404, body = Problem)
    )
)]
pub async fn audit(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Path(code): Path<String>,
    asked: Asked<After>,
) -> Result<Json<AuditPage>, Unanswered> {
    let (mut session, id) = property(&app, &headers, &code).await?;
    let asked = query(asked)?;
    let most = rows(asked.limit)?;
    let mut lines = session
        .snapshot()
        .await?
        .trail_lines(id, asked.after, most + 1)
        .await?;
    let more = has_more(&mut lines, most);
    let next = lines.last().filter(|_| more).map(|line| line.seq);
    let rows = lines.into_iter().map(Into::into).collect();
    Ok(Json(AuditPage { rows, next }))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_description_in_docs_is_the_one_that_is_served() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/openapi.json");
        let served = super::description();
        if std::env::var_os("KEYRACK_WRITE_OPENAPI").is_some() {
            std::fs::write(path, &served).unwrap();
        }
        let kept = std::fs::read_to_string(path).unwrap_or_default();
        assert!(
            kept == served,
            "docs/openapi.json is another: KEYRACK_WRITE_OPENAPI=1 writes it"
        );
    }
}
