//! A check that tells how far it is, and can be stopped.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;
use std::{panic, thread};

use rusqlite::{Connection, ffi};

use super::{Verification, check};
use crate::error::StoreError;

/// How often the caller hears how far the check is.
const TELL_EVERY: Duration = Duration::from_millis(50);

/// How many rows of the trail and events were walked over, and whether somebody wants no more of them.
#[derive(Default)]
pub(super) struct Walked {
    rows: AtomicU64,
    stopped: AtomicBool,
}

impl Walked {
    /// One more. An error where the check was stopped: it goes no further, and what it found is told to nobody.
    pub(super) fn one(&self) -> Result<(), StoreError> {
        self.rows.fetch_add(1, Ordering::Relaxed);
        if self.stopped.load(Ordering::Relaxed) {
            let interrupted = ffi::Error::new(ffi::SQLITE_INTERRUPT);
            return Err(rusqlite::Error::SqliteFailure(interrupted, None).into());
        }
        Ok(())
    }
}

/// Checks the whole file while `hear` is told, on a thread of its own, of how many of how many rows the check is
/// through, and answers whether to go on. Nothing where it was stopped.
///
/// SQLite's own check walks over no rows of ours, so a stop interrupts what runs in SQLite as well.
pub(super) fn verify_heard(
    connection: &Connection,
    mut hear: impl FnMut(u64, u64) -> bool + Send,
) -> Result<Option<Verification>, StoreError> {
    let total = connection.query_row(
        "SELECT (SELECT count(*) FROM audit) + (SELECT count(*) FROM event)",
        [],
        |row| row.get(0),
    )?;
    let (walked, over) = (Walked::default(), AtomicBool::new(false));
    let handle = connection.get_interrupt_handle();
    let found = thread::scope(|scope| {
        let telling = scope.spawn(|| {
            loop {
                let is_over = over.load(Ordering::Acquire);
                if !hear(walked.rows.load(Ordering::Relaxed), total) {
                    walked.stopped.store(true, Ordering::Relaxed);
                }
                if is_over {
                    break;
                }
                // A statement that begins after an interrupt runs on, so each one is interrupted.
                if walked.stopped.load(Ordering::Relaxed) {
                    handle.interrupt();
                }
                thread::park_timeout(TELL_EVERY);
            }
        });
        let found = panic::catch_unwind(panic::AssertUnwindSafe(|| check(connection, &walked)));
        over.store(true, Ordering::Release);
        telling.thread().unpark();
        found.unwrap_or_else(|panicked| panic::resume_unwind(panicked))
    });
    let is_whole = !walked.stopped.load(Ordering::Relaxed);
    Ok(is_whole.then_some(found))
}
