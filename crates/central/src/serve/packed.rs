//! Large answers, packed for who can unpack them: a snapshot of a large house over a hotel's line.

use std::io::Write;

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Serialize;

use super::answer::Failed;
use crate::error::CentralError;

/// What is smaller goes as it is, in bytes.
const LARGE: usize = 16 * 1_024;

/// The value as JSON, packed where it is large and the headers of the request say that it may be.
///
/// # Errors
/// Where it cannot be written.
pub(super) async fn packed<T: Serialize + Send + 'static>(
    headers: &HeaderMap,
    value: T,
) -> Result<Response, Failed> {
    let asked = headers.get(header::ACCEPT_ENCODING);
    let asked = asked.and_then(|value| value.to_str().ok()).unwrap_or("");
    let may = asked.split(',').any(|word| word.trim() == "gzip");
    // It takes a while, and others are answered meanwhile.
    let made = tokio::task::spawn_blocking(move || written(&value, may)).await;
    let (bytes, is_packed) =
        made.map_err(|error| CentralError::io("an answer")(std::io::Error::other(error)))??;
    let json = [(header::CONTENT_TYPE, "application/json")];
    let mut response = (json, bytes).into_response();
    let headers = response.headers_mut();
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if is_packed {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    Ok(response)
}

fn written(value: &impl Serialize, may: bool) -> Result<(Vec<u8>, bool), CentralError> {
    let plain =
        serde_json::to_vec(value).map_err(|error| CentralError::damaged("an answer", error))?;
    if !may || plain.len() < LARGE {
        return Ok((plain, false));
    }
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    let packed = packer.write_all(&plain).and_then(|()| packer.finish());
    Ok((packed.map_err(CentralError::io("an answer"))?, true))
}
