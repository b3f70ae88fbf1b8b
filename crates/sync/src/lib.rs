//! The desk's side of the exchange with a centre: what to send next, and what an answer means.
//!
//! Nothing here opens a socket, reads a clock or draws a random number: what happened is passed in,
//! what is to be done comes out, and the caller stores and sends. So each order of losses can be
//! played through in a test.

mod outbox;
mod retry;

pub use outbox::{Heard, Outbox, Queue, Step, TRIES};
pub use retry::{LONGEST_MS, SHORTEST_MS, wait_ms};
