//! The exchange with desks: enrolment, push, pull and genesis.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::body::{Body, BodyDataStream};
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::Response;
use futures_util::StreamExt;
use keyrack_wire::{
    BYTES_AT_MOST, Enrol, Enrolled, Fault, GENESIS_BYTES_AT_MOST, Genesis, Pull, Push, Pushed,
    Renew, Renewed, Taken,
};
use serde::de::DeserializeOwned;

use super::App;
use super::answer::Failed;
use super::packed::packed;
use crate::error::CentralError;
use crate::ledger::DeskRow;
use crate::{
    check as rows, clock, enrol as desks, genesis as history, pull as feed, push as queue, secret,
    snapshot as whole, tokens,
};

/// What is read of a message that is too large, so that its sender gets to the answer.
const THROWN_AWAY_AT_MOST: usize = 8 * 1_024 * 1_024;
const READ_ON_AT_MOST: Duration = Duration::from_secs(2);

/// The message in a body, if it is no larger than may be.
pub(super) async fn read<T: DeserializeOwned>(
    headers: &HeaderMap,
    body: Body,
    most: usize,
) -> Result<T, CentralError> {
    let told = headers
        .get(header::CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse().ok());
    let mut chunks = body.into_data_stream();
    let mut bytes = Vec::new();
    let mut is_too_large = told.is_some_and(|told: usize| told > most);
    while !is_too_large {
        match chunks.next().await {
            None => return Ok(serde_json::from_slice(&bytes).map_err(|_| Fault::Malformed {})?),
            Some(Ok(chunk)) => bytes.extend_from_slice(&chunk),
            Some(Err(_)) => return Err(Fault::Malformed {}.into()),
        }
        is_too_large = bytes.len() > most;
    }
    drop(bytes);
    let_finish(chunks).await;
    Err(Fault::TooLarge {}.into())
}

/// Reads on for a while and throws away: whoever is still sending when the line is closed is told of a
/// broken line, and never sees the answer.
async fn let_finish(mut chunks: BodyDataStream) {
    let read_on = async {
        let mut left = THROWN_AWAY_AT_MOST;
        while let Some(Ok(chunk)) = chunks.next().await {
            let Some(rest) = left.checked_sub(chunk.len()) else {
                break;
            };
            left = rest;
        }
    };
    // An answer is given either way.
    drop(tokio::time::timeout(READ_ON_AT_MOST, read_on).await);
}

/// The token that the request carries.
pub(super) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let given = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    given.strip_prefix("Bearer ")
}

/// The desk whose token the request carries.
pub(super) async fn admitted(app: &App, headers: &HeaderMap) -> Result<DeskRow, CentralError> {
    let Some(token) = bearer(headers) else {
        return Err(Fault::Unauthorised {}.into());
    };
    let hash = secret::hash(token);
    let mut session = app.ledger.session().await?;
    let tx = session.snapshot().await?;
    let found = tx.desk_by_token(hash).await?;
    drop(tx);
    let desk = match found {
        None => tokens::shown(&mut session, hash, clock::now()).await?,
        found => found,
    };
    let desk = desk.filter(|desk| !desk.is_revoked);
    app.limits.note(hash, desk.is_some());
    desk.ok_or_else(|| Fault::Unauthorised {}.into())
}

/// A desk is taken in.
#[utoipa::path(
    post,
    path = "/v1/sync/enrol",
    request_body = Object,
    responses(
        (status = 200, body = Object),
        (status = 400, body = Object),
        (status = 401, body = Object),
        (status = 409, body = Object),
        (status = 413, body = Object)
    )
)]
pub async fn enrol(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Enrolled>, Failed> {
    let asked: Enrol = read(&headers, body, BYTES_AT_MOST).await?;
    let mut session = app.ledger.session().await?;
    Ok(Json(
        desks::enrol(&mut session, &asked, clock::now()).await?,
    ))
}

/// A desk's queue comes up.
#[utoipa::path(
    post,
    path = "/v1/sync/push",
    request_body = Object,
    responses(
        (status = 200, body = Object),
        (status = 400, body = Object),
        (status = 401, body = Object),
        (status = 409, body = Object),
        (status = 410, body = Object),
        (status = 413, body = Object)
    )
)]
pub async fn push(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Pushed>, Failed> {
    let desk = admitted(&app, &headers).await?;
    let pushed: Push = read(&headers, body, BYTES_AT_MOST).await?;
    let mut session = app.ledger.session().await?;
    let answered = queue::push(&mut session, &desk, &pushed, clock::now()).await?;
    for answer in answered.answers.as_slice() {
        app.measures.command(&answer.result);
    }
    Ok(Json(answered))
}

/// The feed goes down.
#[utoipa::path(
    post,
    path = "/v1/sync/pull",
    request_body = Object,
    responses(
        (status = 200, body = Object),
        (status = 400, body = Object),
        (status = 401, body = Object),
        (status = 409, body = Object),
        (status = 410, body = Object),
        (status = 413, body = Object)
    )
)]
pub async fn pull(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Failed> {
    let desk = admitted(&app, &headers).await?;
    let asked: Pull = read(&headers, body, BYTES_AT_MOST).await?;
    let mut session = app.ledger.session().await?;
    let page = feed::pull(&mut session, &desk, &asked, clock::now()).await?;
    if let Err(error) = feed::seen(&mut session, &desk, &asked, clock::now()).await {
        tracing::debug!(%error, "when the desk was heard is not noted");
    }
    packed(&headers, page).await
}

/// A desk takes everything at one place of the feed.
#[utoipa::path(
    post,
    path = "/v1/sync/snapshot",
    request_body = Object,
    responses(
        (status = 200, body = Object),
        (status = 400, body = Object),
        (status = 401, body = Object),
        (status = 413, body = Object)
    )
)]
pub async fn snapshot(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Failed> {
    let desk = admitted(&app, &headers).await?;
    let asked: Pull = read(&headers, body, BYTES_AT_MOST).await?;
    let mut session = app.ledger.session().await?;
    let all = whole::snapshot(&mut session, &desk, &asked, clock::now()).await?;
    packed(&headers, all).await
}

/// A desk compares its rows.
#[utoipa::path(
    post,
    path = "/v1/sync/check",
    request_body = Object,
    responses(
        (status = 200, body = Object),
        (status = 400, body = Object),
        (status = 401, body = Object),
        (status = 413, body = Object)
    )
)]
pub async fn check(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Failed> {
    let desk = admitted(&app, &headers).await?;
    let _asked: Pull = read(&headers, body, BYTES_AT_MOST).await?;
    let mut session = app.ledger.session().await?;
    packed(&headers, rows::check(&mut session, &desk).await?).await
}

/// The first desk's history comes in.
#[utoipa::path(
    post,
    path = "/v1/sync/genesis",
    request_body = Object,
    responses(
        (status = 200, body = Object),
        (status = 400, body = Object),
        (status = 401, body = Object),
        (status = 409, body = Object),
        (status = 413, body = Object)
    )
)]
pub async fn genesis(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Taken>, Failed> {
    let desk = admitted(&app, &headers).await?;
    let part: Genesis = read(&headers, body, GENESIS_BYTES_AT_MOST).await?;
    let mut session = app.ledger.session().await?;
    Ok(Json(
        history::take(&mut session, &desk, &part, clock::now()).await?,
    ))
}

/// A desk shows another token from now on.
#[utoipa::path(
    post,
    path = "/v1/sync/token",
    request_body = Object,
    responses(
        (status = 200, body = Object),
        (status = 400, body = Object),
        (status = 401, body = Object),
        (status = 413, body = Object)
    )
)]
pub async fn token(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Renewed>, Failed> {
    let desk = admitted(&app, &headers).await?;
    let asked: Renew = read(&headers, body, BYTES_AT_MOST).await?;
    let mut session = app.ledger.session().await?;
    Ok(Json(tokens::renew(&mut session, &desk, &asked).await?))
}
