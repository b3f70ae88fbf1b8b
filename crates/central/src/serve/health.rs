//! What an operator asks: is it there, can it work, what has it done.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::{App, admin};
use crate::clock;
use crate::error::CentralError;
use crate::ledger::{Overview, Readiness};

/// The process answers.
pub async fn health() -> Response {
    Json(json!({"status": "ok", "version": env!("CARGO_PKG_VERSION")})).into_response()
}

/// The database answers too, takes what is written, and its schema is this program's; else why not.
pub async fn ready(State(app): State<Arc<App>>) -> Response {
    let ready = match app.ledger.session().await {
        Ok(mut session) => session.readiness().await,
        Err(error) => Err(error),
    };
    let why = match ready {
        Ok(Readiness::Ready) => return Json(json!({"status": "ready"})).into_response(),
        Ok(Readiness::OtherSchema) => "other_schema",
        Ok(Readiness::Standby) => "standby",
        Ok(Readiness::ReadOnly) => "read_only",
        Err(error) => {
            tracing::warn!(%error, "not ready");
            "no_database"
        }
    };
    let body = json!({"status": why});
    (StatusCode::SERVICE_UNAVAILABLE, Json(body)).into_response()
}

/// Counts, for Prometheus. How the properties stand is told to who has the administrator's token, and left
/// out while the database does not answer.
pub async fn metrics(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    let (stands, messages) = if admin::is_let_in(&app, &headers) {
        standing(&app).await.unwrap_or_else(|error| {
            tracing::warn!(%error, "how the properties stand is not known");
            (Vec::new(), None)
        })
    } else {
        (Vec::new(), None)
    };
    let stands = (stands.as_slice(), messages);
    let text = app.measures.text(app.ledger.in_use(), stands, clock::now());
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response()
}

/// How every property stands, and messages of alerts that have not arrived.
async fn standing(app: &App) -> Result<(Vec<Overview>, Option<u64>), CentralError> {
    let mut session = app.ledger.session().await?;
    let tx = session.snapshot().await?;
    let stands = tx.overview(clock::now()).await?;
    Ok((stands, Some(tx.messages_waiting(&app.receivers).await?)))
}

/// How every property stands.
pub(super) async fn overview(app: &App) -> Result<Vec<Overview>, CentralError> {
    let mut session = app.ledger.session().await?;
    session.snapshot().await?.overview(clock::now()).await
}
