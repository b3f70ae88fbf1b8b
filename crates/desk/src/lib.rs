//! Use cases of a desk.
//!
//! `keyrackctl` and the window both enter here, so that they are one program. No rule lives here:
//! the domain decides, the store keeps. What this crate adds is reading what people send, keeping
//! names and texts out of events, and saying in words what came of it.

pub mod alerts;
pub mod answers;
pub mod api;
pub mod asked;
pub mod backups;
pub mod bindings;
mod bundle;
mod card;
mod card_number;
pub mod centre;
mod charts;
mod copies;
pub mod day;
mod describe;
mod desk;
pub mod door;
mod error;
mod explain;
pub mod generations;
mod grid;
mod groups;
pub mod guests;
mod health;
mod jobs;
mod let_go;
mod local;
pub mod logs;
mod look;
pub mod money;
mod names;
mod options;
mod outage_hit;
pub mod papers;
pub mod place;
mod present;
pub mod property_file;
pub mod replay;
mod request;
pub mod request_id;
pub mod settings;
pub mod sign_in;
mod spoken;
pub mod staff;
pub mod start;
pub mod thresholds;
pub mod trail;
pub mod transfer;
mod undone;
mod upkeep;
mod walked;
mod watch;

pub use copies::OtherHotel;
pub use desk::Desk;
pub use error::{CentreRefusal, DeskError, ErrorBody, WorkRefusal};
pub use health::{Health, Hour, Last, Latency};
pub use jobs::JobKind;
pub use look::Counts;
pub use options::{Clock, Options};
pub use watch::AlertRow;

/// Reads what a caller sent, as the type that is expected.
///
/// # Errors
/// Where it is not of that shape: nothing was done.
pub fn parse<T: serde::de::DeserializeOwned>(sent: serde_json::Value) -> Result<T, DeskError> {
    serde_json::from_value(sent).map_err(DeskError::bad_input)
}
