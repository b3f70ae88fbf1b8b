//! Whole-system tests: `keyrackctl` as a person or a script runs it, several processes on one file,
//! processes that die, and files that were tampered with.
//!
//! Invariants: every test has a folder of its own; whatever it starts ends with it; what is random
//! comes from a seed that is printed, and `KEYRACK_SEED` sets it again. `KEYRACK_TORTURE=1` makes the
//! long versions of `make torture`.

#![allow(clippy::unwrap_used, reason = "a test stops at a surprise")]

mod alone;
mod arrivals;
mod asked;
mod chance;
mod commands;
mod copies;
mod day_end;
mod desks;
mod disk;
mod full;
mod groups;
mod guests;
mod holds;
mod hotel;
mod input;
mod lifecycle;
mod lists;
mod matrix;
mod operations;
mod papers;
mod people;
mod refused;
mod replay;
mod said;
mod same_command;
mod shapes;
mod shell;
mod strangers;
mod sweeps;
mod tampered;
mod transfer;
