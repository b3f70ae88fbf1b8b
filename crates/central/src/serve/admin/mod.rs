//! The page of whoever runs the centre: how properties and desks stand, and what may be done about them.
//!
//! Invariants: without a token of its own in the settings the page is not there; no row of a guest and no
//! desk's token is ever part of an answer; what is done here is done by the same functions as at the console.

use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use keyrack_wire::BYTES_AT_MOST;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::App;
use super::health::overview;
use super::sync::{bearer, read};
use crate::enrol::{self, CODE_MINUTES, Verdict};
use crate::error::CentralError;
use crate::ledger::Overview;
use crate::{clock, secret};

/// What the page may load: its own files alone.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// A desk as the page shows it.
#[derive(Serialize)]
struct DeskShape {
    letters: String,
    name: String,
    standing: &'static str,
    seen_at: Option<String>,
    epoch: u32,
    commands: u64,
    share: u64,
}

/// A property as the page shows it.
#[derive(Serialize)]
struct PropertyShape {
    code: String,
    open: bool,
    feed: u64,
    audit: u64,
    audit_hash: String,
    deficit: u64,
    parked: u64,
    /// Room nights that parked commands promised.
    apart: u64,
    /// What is amiss, in a sentence each.
    alerts: Vec<String>,
    desks: Vec<DeskShape>,
}

impl From<Overview> for PropertyShape {
    fn from(found: Overview) -> Self {
        let desks = found.desks.into_iter().map(|(desk, share)| DeskShape {
            standing: desk.standing(),
            letters: desk.letters.as_str().to_owned(),
            name: desk.name.as_str().to_owned(),
            seen_at: desk.seen_at.map(|at| at.to_string()),
            epoch: desk.holder.epoch,
            commands: desk.last_seq,
            share,
        });
        let (audit, hash) = found.audit_head;
        Self {
            desks: desks.collect(),
            code: found.code,
            open: found.is_open,
            feed: found.feed_head,
            audit,
            audit_hash: hash.iter().map(|byte| format!("{byte:02x}")).collect(),
            deficit: found.deficit,
            parked: found.parked,
            apart: found.apart,
            alerts: Vec::new(),
        }
    }
}

/// What is to be done about a desk.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Deed {
    Revoke,
    Lost,
    Accept,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AboutDesk {
    property: String,
    letters: String,
    deed: Deed,
    /// A desk that was heard of late is lost all the same.
    #[serde(default)]
    sure: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AboutProperty {
    property: String,
}

/// A request that the page cannot have answered.
pub struct Refused(CentralError);

impl<E: Into<CentralError>> From<E> for Refused {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let status = match &self.0 {
            CentralError::UnknownProperty(_) | CentralError::UnknownDesk(_) => {
                StatusCode::NOT_FOUND
            }
            CentralError::PropertyExists(_)
            | CentralError::LetGo(_)
            | CentralError::StillHeard { .. } => StatusCode::CONFLICT,
            CentralError::PropertyCode(_) => StatusCode::BAD_REQUEST,
            _ => return super::answer::Failed(self.0).into_response(),
        };
        let body = match &self.0 {
            CentralError::StillHeard { letters, seconds } => json!({
                "code": "still_heard",
                "message": format!(
                    "Desk {letters} was heard {seconds} seconds ago: what it sells from now on may be sold twice. \
                     If it is lost all the same, add \"sure\": true."
                ),
            }),
            other => json!({"message": other.to_string()}),
        };
        (status, Json(body)).into_response()
    }
}

/// Whether a request carries the administrator's token.
pub(super) fn is_let_in(app: &App, headers: &HeaderMap) -> bool {
    let given = bearer(headers).map(secret::hash);
    given.is_some() && given == app.admin
}

/// Lets in who has the administrator's token, where there is one.
pub async fn gate(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    if app.admin.is_none() {
        return super::answer::nothing_here().await;
    }
    if !is_let_in(&app, request.headers()) {
        let body = Json(json!({"message": "This is not the administrator's token."}));
        return (StatusCode::UNAUTHORIZED, body).into_response();
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Every property with its desks.
pub async fn properties(State(app): State<Arc<App>>) -> Result<Response, Refused> {
    let found = overview(&app).await?;
    let mut shapes: Vec<PropertyShape> = found.into_iter().map(Into::into).collect();
    let mut session = app.ledger.session().await?;
    for alert in session.snapshot().await?.open_alerts(None).await? {
        let (code, what) = (&alert.property, &alert.what);
        let sentence = what.sentence(code);
        let of = shapes.iter_mut().filter(|shape| shape.code == *code);
        of.for_each(|shape| shape.alerts.push(sentence.clone()));
    }
    let waiting = session
        .snapshot()
        .await?
        .messages_waiting(&app.receivers)
        .await?;
    let now = clock::now();
    let body = json!({
        "now": now.to_string(),
        "properties": shapes,
        "messages_waiting": waiting,
        "look_age_seconds": app.measures.looks().age(now),
    });
    Ok(Json(body).into_response())
}

/// A property is added.
pub async fn add(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refused> {
    let asked: AboutProperty = read(&headers, body, BYTES_AT_MOST).await?;
    let mut session = app.ledger.session().await?;
    enrol::add_property(&mut session, &asked.property, clock::now()).await?;
    Ok(Json(json!({})).into_response())
}

/// A code with which one desk can join.
pub async fn code(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refused> {
    let asked: AboutProperty = read(&headers, body, BYTES_AT_MOST).await?;
    let mut session = app.ledger.session().await?;
    let (property, fingerprint) = (&asked.property, app.fingerprint.as_ref());
    let code = enrol::new_code(&mut session, (property, None), fingerprint, clock::now()).await?;
    let body = json!({"code": code.reveal(), "minutes": CODE_MINUTES});
    Ok(Json(body).into_response())
}

/// Something is done about a desk.
pub async fn desk(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refused> {
    let asked: AboutDesk = read(&headers, body, BYTES_AT_MOST).await?;
    let verdict = match asked.deed {
        Deed::Revoke => Verdict::Revoke,
        Deed::Lost => Verdict::Lost { sure: asked.sure },
        Deed::Accept => Verdict::Accept,
    };
    let mut session = app.ledger.session().await?;
    let (property, letters) = (&asked.property, asked.letters.to_ascii_uppercase());
    let rooms = enrol::judge(&mut session, property, &letters, verdict, clock::now()).await?;
    Ok(Json(json!({"room_nights": rooms})).into_response())
}

fn file(app: &App, kind: &'static str, text: &'static str) -> Response {
    if app.admin.is_none() {
        let body = "The administrator's page is off: set `admin_token`, as docs/CENTRE.md says.\n";
        return (StatusCode::NOT_FOUND, body).into_response();
    }
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (headers, text).into_response()
}

/// The page.
pub async fn page(State(app): State<Arc<App>>) -> Response {
    file(&app, "text/html; charset=utf-8", include_str!("page.html"))
}

/// Its script.
pub async fn script(State(app): State<Arc<App>>) -> Response {
    file(
        &app,
        "text/javascript; charset=utf-8",
        include_str!("page.js"),
    )
}

/// The part of its script that shows all properties by night.
pub async fn chain_script(State(app): State<Arc<App>>) -> Response {
    file(
        &app,
        "text/javascript; charset=utf-8",
        include_str!("chain.js"),
    )
}

/// Its looks.
pub async fn style(State(app): State<Arc<App>>) -> Response {
    file(&app, "text/css; charset=utf-8", include_str!("page.css"))
}
