//! The state machine on a real file: the domain's random sequences of every command, run through the
//! store, against the domain's naive model; `verify` at the end of each sequence.
//!
//! Generator, model and scripts are the domain's own files, so that a command which is added there is
//! walked here as well. Only the world is another one: a file.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../../../inventory/tests/inventory/model.rs"]
mod model;
#[path = "../../../inventory/tests/inventory/property.rs"]
mod property;
#[path = "../../../inventory/tests/inventory/script.rs"]
#[allow(
    dead_code,
    reason = "the tables of the domain's tests say more than sequences do"
)]
mod script;
mod world;

/// Sequences in `make test`, and in `make torture`.
const CASES: (u32, u32) = (500, 10_000);
/// What they are counted as.
const FIGURE: &str = "sequences.on_files";
