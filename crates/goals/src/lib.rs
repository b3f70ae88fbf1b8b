//! The goals of docs/GOALS.md beside the figures that measurements and tests printed.
//!
//! A goal is a row of a table there, and is held by conditions such as `reserve.p99 <= 20 ms`. A part of a run, as
//! `reserve`, leaves a record; a line with `figure: reserve.p99 1.6 ms` in it is a figure. Whether a goal is met follows
//! from the figures alone, and never from what a log says in words. A goal that is missed may have a limit: what was measured
//! beside it, and forbids it on such a machine; it has figures that must hold as well.

mod condition;
mod goal;
mod log;
mod report;

pub use condition::{Bound, Condition};
pub use goal::{Chapter, Goal, Limit, limits, read};
pub use log::{Ended, Figure, Log};
pub use report::{Report, Verdict};

/// What cannot be read.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum Fault {
    /// A condition is none.
    #[error(
        "{0:?} is no condition: write `part.name <= 5 ms`, or `part.name ms` for what is only told"
    )]
    Condition(String),
    /// A row of the table has other columns.
    #[error("{0:?} is no row of what, goal and conditions")]
    Row(String),
    /// A goal is held by nothing.
    #[error("{0:?} is held by no condition")]
    Unheld(String),
}
