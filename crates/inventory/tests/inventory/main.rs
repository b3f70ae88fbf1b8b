//! The domain's proofs: tables with one row per case, and sequences of commands against a naive
//! model that shares no code with the fold or the sale.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod allotments;
mod calendar;
mod corrected;
mod day;
mod holds;
mod lifecycle;
mod model;
mod outages;
mod property;
mod refusals;
mod reservations;
mod restrictions;
mod room_types;
mod sale;
mod script;
mod shares;
mod stored_events;
mod undo;
mod waitlist;
mod world;

/// Sequences in `make test`, and in `make torture`.
const CASES: (u32, u32) = (200, 10_000);
/// What they are counted as.
const FIGURE: &str = "sequences.in_memory";
