//! Guests are walked to a sister hotel: by a desk of the one that they leave, a token of the chain that may, or an
//! administrator.

use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use keyrack_wire::{BYTES_AT_MOST, Fault, Label};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::App;
use super::answer::Failed;
use super::read::{Problem, Unanswered};
use super::sync::{admitted, bearer, read};
use crate::error::CentralError;
use crate::serve::admin;
use crate::walk::{self, Asked, Begun, Walk, WalkState, Why};
use crate::{clock, secret};

/// A walk is asked for.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it describes what `Asked` reads")]
pub struct WalkAsked {
    /// Made by the caller; the same again changes nothing, and is answered with how far it has come.
    id: Uuid,
    /// The reservation, or one stay of it, by number or id: `A12`, `A12/2`.
    #[schema(example = "A12")]
    reservation: String,
    /// The code of the property to which the guest goes; one to which guests of this one are not walked is not found.
    #[schema(example = "H2")]
    to: String,
    /// The type there; of the same code as here where not given.
    room_type: Option<String>,
    /// Why he is let go here; `overbooked` where not given.
    #[schema(example = "overbooked")]
    reason: Option<String>,
    /// In whose name, where a desk asks; others ask in their own.
    actor: Option<String>,
}

/// What was reserved there.
#[derive(Serialize, ToSchema)]
struct MadeShape {
    /// The reservation's identity.
    id: Uuid,
    /// Its number, to be told to the guest.
    #[schema(example = "Z1")]
    number: String,
}

/// How far a walk has come.
#[derive(Serialize, ToSchema)]
pub struct WalkShape {
    /// Its identity.
    id: Uuid,
    /// `walked`: the guest is there. `refused`: it could not be reserved there. `given_back`: he could not be let go here, and
    /// what was reserved there is cancelled. `left`: neither could be cancelled, or another booking there names
    /// him, and people have to see to it. `begun`, `reserved`, `giving_back`: it goes on by itself.
    #[schema(example = "walked")]
    state: &'static str,
    /// The number of the reservation that he leaves, or of the stay in it.
    #[schema(example = "A12")]
    reservation: String,
    /// The code of the property to which he goes.
    to: String,
    /// What was reserved there.
    made: Option<MadeShape>,
    /// Why it did not go, by `code` and facts.
    #[schema(value_type = Option<Object>)]
    refusal: Option<Why>,
}

impl From<Walk> for WalkShape {
    fn from(found: Walk) -> Self {
        Self {
            id: found.id,
            state: found.state.as_str(),
            reservation: found.number,
            to: found.asked.to,
            made: found.made.map(|(id, number)| MadeShape {
                id: id.0,
                number: number.to_string(),
            }),
            refusal: found.refusal,
        }
    }
}

/// Who may walk guests out of the property.
pub(super) enum Caller {
    /// Somebody at one of its desks, whose name is the desk's to tell.
    Desk(Label),
    /// A token of the chain or the administrator, in its own name.
    Chain(Label),
}

impl Caller {
    /// In whose name it asks.
    fn actor(self, asked: &Asked) -> Label {
        match self {
            Self::Desk(name) => asked.actor.clone().unwrap_or(name),
            Self::Chain(name) => name,
        }
    }
}

/// Who asks, if he may walk guests out of the property. A desk walks those of its own alone; another's is not told to be
/// there.
pub(super) async fn caller(
    app: &App,
    headers: &HeaderMap,
    code: &str,
) -> Result<Caller, Unanswered> {
    let label = |text: &str| {
        let label = Label::try_from(text.to_owned());
        label.map_err(|error| CentralError::damaged("chain_token", error))
    };
    if admin::is_let_in(app, headers) {
        return Ok(Caller::Chain(label("centre")?));
    }
    let Some(token) = bearer(headers) else {
        return Err(Fault::Unauthorised {}.into());
    };
    let hash = secret::hash(token);
    let mut session = app.ledger.session().await?;
    let tx = session.snapshot().await?;
    let of_chain = tx.chain_token(hash).await?;
    let id = tx.property_id(code).await;
    drop(tx);
    drop(session);
    match of_chain {
        Some((name, true)) => {
            app.limits.note(hash, true);
            Ok(Caller::Chain(label(&name)?))
        }
        Some((_, false)) => Err(Fault::Unauthorised {}.into()),
        None => {
            let desk = admitted(app, headers).await?;
            match id {
                Ok(id) if id == desk.property => Ok(Caller::Desk(desk.name)),
                Ok(_) | Err(CentralError::UnknownProperty(_)) => Err(Unanswered::Unknown),
                Err(error) => Err(error.into()),
            }
        }
    }
}

fn answer(walk: Walk) -> Response {
    let status = match walk.state {
        WalkState::Walked => StatusCode::OK,
        state if state.goes_on() => StatusCode::ACCEPTED,
        _ => StatusCode::CONFLICT,
    };
    (status, Json(WalkShape::from(walk))).into_response()
}

fn problem(code: &'static str) -> Response {
    (StatusCode::CONFLICT, Json(Problem { code, detail: None })).into_response()
}

pub(super) fn unknown(error: CentralError) -> Unanswered {
    match error {
        CentralError::UnknownProperty(_) => Unanswered::Unknown,
        error => Unanswered::Failed(Failed(error)),
    }
}

/// Walks a guest to a sister hotel: reserves there, then cancels here. Where he cannot be let go here, what was reserved
/// there is cancelled. Where it is cut off, it goes on by itself; asked again under the same id it is answered with how far it
/// has come.
#[utoipa::path(
    post,
    path = "/v1/properties/{code}/walks",
    params(("code" = String, Path, description = "The code of the property that the guest leaves.")),
    request_body = WalkAsked,
    responses(
        (status = 200, description = "The guest is walked.", body = WalkShape),
        (status = 202, description = "It goes on by itself.", body = WalkShape),
        (status = 400, body = Problem),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
        (status = 409, description = "It does not go. Without a `state` nothing was done: another request has that id \
         (`idempotency_conflict`), the reservation is on its way already (`on_its_way`), or a rule says no.",
         body = WalkShape),
        (status = 413, body = Problem)
    )
)]
pub async fn begin(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Path(code): Path<String>,
    body: Body,
) -> Result<Response, Unanswered> {
    let caller = caller(&app, &headers, &code).await?;
    let asked: Asked = read(&headers, body, BYTES_AT_MOST).await?;
    let actor = caller.actor(&asked);
    let mut session = app.ledger.session().await?;
    let begun = walk::begin(&mut session, &code, &asked, &actor, clock::now()).await;
    let begun = match begun.map_err(unknown)? {
        Begun::Walk(walk) => walk,
        Begun::Refused(why) => return Ok((StatusCode::CONFLICT, Json(why)).into_response()),
        Begun::Conflict => return Ok(problem("idempotency_conflict")),
        Begun::OnItsWay => return Ok(problem("on_its_way")),
    };
    match walk::go_on(&mut session, begun.from, begun.id).await {
        Ok(walk) => Ok(answer(walk)),
        // It is written down, and goes on.
        Err(error) if error.passes() => {
            tracing::warn!(walk = %begun.id, %error, "a walk goes on later");
            Ok(answer(*begun))
        }
        Err(error) => Err(error.into()),
    }
}

/// How far a walk has come.
#[utoipa::path(
    get,
    path = "/v1/properties/{code}/walks/{id}",
    params(
        ("code" = String, Path, description = "The code of the property that the guest leaves."),
        ("id" = Uuid, Path, description = "The walk's identity.")
    ),
    responses(
        (status = 200, body = WalkShape),
        (status = 401, body = Problem),
        (status = 404, body = Problem)
    )
)]
pub async fn shown(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Path((code, id)): Path<(String, String)>,
) -> Result<Json<WalkShape>, Unanswered> {
    caller(&app, &headers, &code).await?;
    let id = Uuid::try_parse(&id).map_err(|_| Unanswered::Unknown)?;
    let mut session = app.ledger.session().await?;
    let tx = session.snapshot().await?;
    let property = tx.property_id(&code).await.map_err(unknown)?;
    let found = tx.walk(property, id).await?;
    found
        .map(|walk| Json(walk.into()))
        .ok_or(Unanswered::Unknown)
}
