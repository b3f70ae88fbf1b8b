//! A check that tells how far it is, and can be stopped.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;
use std::{panic, thread};

use rusqlite::Connection;

use super::{Verification, check};
use crate::error::StoreError;

/// How often the caller hears how far the check is.
const TELL_EVERY: Duration = Duration::from_millis(50);

/// How many rows of the trail and events were walked over.
#[derive(Default)]
pub(super) struct Walked(AtomicU64);

impl Walked {
    pub(super) fn one(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
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
    let (walked, over, stopped) = (
        Walked::default(),
        AtomicBool::new(false),
        AtomicBool::new(false),
    );
    let handle = connection.get_interrupt_handle();
    let found = thread::scope(|scope| {
        let telling = scope.spawn(|| {
            loop {
                let is_over = over.load(Ordering::Acquire);
                if !hear(walked.0.load(Ordering::Relaxed), total) {
                    stopped.store(true, Ordering::Release);
                }
                if is_over {
                    break;
                }
                // A statement that begins after an interrupt runs on, so each one is interrupted.
                if stopped.load(Ordering::Acquire) {
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
    Ok((!stopped.load(Ordering::Acquire)).then_some(found))
}
