//! The centre with a real PostgreSQL and real processes: what desks push comes down to every desk, once.
//!
//! Invariants: every test has a database server of its own in a temporary folder, and whatever it starts
//! ends with it, also where the test is killed.

#![allow(clippy::unwrap_used, reason = "a test stops at a surprise")]

mod admission;
mod alerts;
mod chain;
mod chance;
mod checks;
mod database;
mod desk;
mod epochs;
mod exchange;
mod history;
mod lines;
mod lists;
mod odd;
mod operator;
mod parked;
mod pooler;
mod race;
mod server;
mod shares;
mod together;
mod tokens;
mod walks;
