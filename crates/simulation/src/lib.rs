//! Desks and a centre in one thread, driven from a seed.
//!
//! A schedule is drawn from its seed: what people do at two to four desks, what becomes of each message
//! on the way, when a desk or the centre dies, when a desk's file is put back to an older copy. The
//! centre judges, grants and feeds with its own code; desks decide, fold and correct with the
//! inventory's, and send with their own outbox; messages go over as the bytes that they are. What stands
//! in PostgreSQL or SQLite else is kept in memory. After every step the invariants of docs/SYNC.md are
//! looked at; at the end the network heals, and everything has to come to rest.
//!
//! Nothing here reads a clock, a socket or a random number: the same seed gives the same trace, byte for
//! byte.

mod acts;
mod centre;
mod check;
mod dice;
mod file;
mod follow;
mod heal;
mod kept;
mod mistake;
mod parked;
mod rejoin;
mod restore;
mod scenario;
mod step;
mod tables;
mod trace;
mod watch;
mod world;

pub use mistake::Mistake;
pub use trace::{Ended, Facts, Violation};
pub use watch::{Deed, Happened, Look, Watcher};

/// Runs the schedule of a seed; with a mistake planted in it, where one is given.
pub fn run(seed: u64, mistake: Option<Mistake>) -> Ended {
    scenario::run(seed, mistake, false, None)
}

/// The same, with every line of the trace kept.
pub fn told(seed: u64, mistake: Option<Mistake>) -> Ended {
    scenario::run(seed, mistake, true, None)
}

/// The same, with somebody who watches; nothing is planted.
pub fn watched(seed: u64, watcher: &mut dyn Watcher) -> Ended {
    scenario::run(seed, None, true, Some(watcher))
}
