//! How many statements SQLite ran, for tests.

use std::cell::Cell;

use rusqlite::Connection;
use rusqlite::trace::{TraceEvent, TraceEventCodes};

thread_local! {
    static RUN: Cell<u64> = const { Cell::new(0) };
}

/// How many statements this thread has run so far.
pub fn statements_run() -> u64 {
    RUN.get()
}

pub(crate) fn watch(connection: &mut Connection) -> rusqlite::Result<()> {
    // What the index of guests does within itself is no statement of ours: it grows with its parts.
    let count = |event: TraceEvent<'_>| {
        if matches!(event, TraceEvent::Stmt(_, sql) if !sql.contains("guest_search_")) {
            RUN.set(RUN.get() + 1);
        }
    };
    connection.trace_v2(TraceEventCodes::SQLITE_TRACE_STMT, Some(count))
}
