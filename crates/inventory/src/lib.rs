//! The inventory of a hotel: what may be sold, and what happened.
//!
//! [`decide`] turns a command into events or a refusal; [`evolve`] folds events into state. Desk and
//! centre use the same two functions, so that they cannot disagree.
//!
//! Invariants, by absence: nothing here reads a file, a socket, a clock or a random number, and
//! nothing is asynchronous. Time, ids and everything else that differs between two runs are passed
//! in. The words, formulas and rules are those of docs/DOMAIN.md.

pub mod allotment;
pub mod cell;
pub mod civil;
pub mod command;
pub mod corrected;
pub mod decide;
pub mod event;
pub mod evolve;
pub mod ids;
mod letters;
pub mod model;
pub mod refusal;
pub mod restriction;
#[cfg(feature = "schema")]
pub mod schema;
mod serial;
pub mod share;
pub mod state;
pub mod stay;
mod stored;
#[cfg(feature = "ts")]
mod ts;

pub use allotment::{Allotment, AllotmentKind, AllotmentStatus};
pub use cell::{Cell, HouseLimit};
pub use civil::{Instant, Night, NightRange};
pub use command::{Command, Reason, ReasonCode};
pub use decide::{Authority, Context, Decision, Outcome, decide};
pub use event::Event;
pub use evolve::{Touched, evolve};
pub use ids::{
    AllotmentId, CommandId, DeskId, GuestId, HoldId, Name, OutageId, Reference, ReservationId,
    RoomNumber, RoomTypeCode, ShortNumber, StayReference, TextId, Token,
};
pub use refusal::{Alternative, Pool, Refusal};
pub use restriction::Restrictions;
pub use state::{Catalogue, Halt, State, Want};
pub use stay::{Stay, StayStatus, Transition};
#[cfg(feature = "ts")]
pub use ts::TYPESCRIPT;
