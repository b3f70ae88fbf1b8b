//! Answers: a body that a program can act on, with a fitting status.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use keyrack_wire::Fault;

use crate::error::CentralError;

/// An error on its way out.
pub struct Failed(pub CentralError);

impl<E: Into<CentralError>> From<E> for Failed {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

/// The status that goes with a fault.
fn status(fault: &Fault) -> StatusCode {
    match fault {
        Fault::Malformed {} => StatusCode::BAD_REQUEST,
        Fault::TooLarge {} => StatusCode::PAYLOAD_TOO_LARGE,
        Fault::Unauthorised {} | Fault::CodeNotValid {} => StatusCode::UNAUTHORIZED,
        Fault::Gap { .. }
        | Fault::Restored {}
        | Fault::Fork { .. }
        | Fault::EpochOver { .. }
        | Fault::ExistsTwice {}
        | Fault::NotEmpty {} => StatusCode::CONFLICT,
        Fault::CursorGone { .. } => StatusCode::GONE,
        Fault::Busy {} => StatusCode::SERVICE_UNAVAILABLE,
    }
}

impl IntoResponse for Failed {
    fn into_response(self) -> Response {
        let (status, fault) = match &self.0 {
            CentralError::Fault(fault) => (status(fault), *fault),
            error if error.passes() => {
                tracing::warn!(%error, "nothing was done");
                (StatusCode::SERVICE_UNAVAILABLE, Fault::Busy {})
            }
            error => {
                tracing::error!(%error, "a request failed");
                (StatusCode::INTERNAL_SERVER_ERROR, Fault::Busy {})
            }
        };
        let mut response = (status, Json(fault)).into_response();
        if matches!(fault, Fault::Busy {}) {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        response
    }
}

/// What an address without a page answers.
pub async fn nothing_here() -> Response {
    let body = serde_json::json!({"code": "not_found"});
    (StatusCode::NOT_FOUND, Json(body)).into_response()
}

/// What an address answers that is asked in another way than it can be.
pub async fn not_so() -> Response {
    let body = serde_json::json!({"code": "method_not_allowed"});
    (StatusCode::METHOD_NOT_ALLOWED, Json(body)).into_response()
}
