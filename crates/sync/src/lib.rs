//! The desk's side of the exchange with a centre.
//!
//! [`Outbox`] decides what is sent next and what an answer means. It opens no socket, reads no clock
//! and draws no random number: what happened is passed in, what is to be done comes out, and the
//! caller stores and sends. So each order of losses can be played through in a test. [`Link`] is the
//! line on which messages go out and answers come back; it decides nothing.

mod failure;
mod link;
mod outbox;
mod pokes;
mod retry;
mod trust;

pub use failure::Failure;
pub use link::{Link, LinkFault, SILENCE};
pub use outbox::{Heard, Outbox, Queue, Step, TRIES};
pub use pokes::Pokes;
pub use retry::{LONGEST_MS, SHORTEST_MS, wait_ms};
pub use trust::Distrust;
