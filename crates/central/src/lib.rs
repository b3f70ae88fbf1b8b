//! The centre of a property: the authority where several desks sell the same rooms.
//!
//! A desk's commands come up ([`push`]), are judged by the same domain that the desk decided with, and
//! go down to every desk as one numbered feed ([`pull`]). Invariants:
//!
//! - whatever changes a property locks its row first, so that its commands have one order;
//! - a command is applied at most once, and gets the same answer for ever;
//! - every pool covers the rights that are out, or the deficit says why not;
//! - the log holds ids, kinds, codes and durations, and never what a guest is called.

pub mod alerts;
pub mod authority;
pub mod batch;
pub mod chain;
pub mod check;
pub mod clock;
pub mod config;
pub mod enrol;
mod entry;
pub mod epoch;
pub mod error;
pub mod genesis;
pub mod grants;
pub mod ledger;
pub mod let_go;
pub mod pull;
pub mod push;
pub mod reconcile;
pub mod secret;
pub mod serve;
pub mod snapshot;
pub mod tokens;
pub mod verify;
pub mod walk;

pub use error::CentralError;
pub use ledger::Ledger;
