//! Who writes next, among all processes on one file.
//!
//! SQLite's busy handler polls, and starves: with several writers the unlucky one waits for seconds.
//! So writers first queue at two advisory file locks beside the database. Whoever holds `-queue`
//! waits for `-writer`; a writer that has just finished finds the queue taken and stands behind.
//! The locks fall with their process, however it dies. They are fairness only: exclusion is
//! SQLite's own.

use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use crate::private;

/// How long who is next looks again and again, before it sleeps until it is woken. Most commands are done by then; `docs/adr/0002`
/// has what it is good for.
const LOOK: Duration = Duration::from_millis(2);

/// The two lock files of a database.
#[derive(Debug)]
pub struct Gate {
    queue: PathBuf,
    writer: PathBuf,
}

/// The right to write next; falls when dropped.
#[derive(Debug)]
pub struct Pass {
    _writer: File,
}

/// Why nobody was let through.
#[derive(Debug)]
pub enum Refused {
    /// The wait was over.
    TimedOut,
    /// The lock files cannot be opened.
    Io(io::Error),
}

impl Gate {
    /// The gate of the database at this path.
    pub fn beside(database: &Path) -> Self {
        let with = |suffix: &str| {
            let mut name = database.as_os_str().to_owned();
            name.push(suffix);
            PathBuf::from(name)
        };
        Self {
            queue: with("-queue"),
            writer: with("-writer"),
        }
    }

    /// Whether anybody ever stood in line here.
    pub fn was_used(&self) -> bool {
        self.writer.exists()
    }

    /// Waits in line, at most `wait`.
    ///
    /// # Errors
    /// Where the wait is over, or the lock files cannot be opened.
    pub fn enter(&self, wait: Duration) -> Result<Pass, Refused> {
        let queue = open(&self.queue).map_err(Refused::Io)?;
        let writer = open(&self.writer).map_err(Refused::Io)?;
        let started = Instant::now();
        let left = || wait.saturating_sub(started.elapsed());
        // Given back when this ends, so that the next one looks.
        let _first = if free(&queue)? {
            queue
        } else {
            locked(queue, left())?
        };
        let next = Instant::now();
        let writer = loop {
            if free(&writer)? {
                break writer;
            }
            if next.elapsed() >= LOOK || left().is_zero() {
                break locked(writer, left())?;
            }
            thread::yield_now();
        };
        Ok(Pass { _writer: writer })
    }
}

/// Takes a lock that nobody has.
fn free(lock: &File) -> Result<bool, Refused> {
    match lock.try_lock() {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(error)) => Err(Refused::Io(error)),
    }
}

/// Waits for a lock in a thread of its own, so that the wait can end. Where nobody waits any more, the lock that the thread gets
/// falls at once.
fn locked(lock: File, wait: Duration) -> Result<File, Refused> {
    let (give, take) = mpsc::sync_channel(0);
    thread::spawn(move || {
        let locked = lock.lock().map(|()| lock);
        // The receiver is gone where the wait was over: the lock falls with the message.
        let _gone = give.send(locked);
    });
    match take.recv_timeout(wait) {
        Ok(Ok(lock)) => Ok(lock),
        Ok(Err(error)) => Err(Refused::Io(error)),
        Err(_) => Err(Refused::TimedOut),
    }
}

fn open(path: &Path) -> io::Result<File> {
    private::options().create(true).truncate(false).open(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn the_wait_ends_and_the_lock_is_not_left_taken() {
        let folder = tempfile::tempdir().unwrap();
        let gate = Gate::beside(&folder.path().join("a.db"));
        let pass = gate.enter(Duration::from_secs(1)).unwrap();
        let started = Instant::now();
        assert!(matches!(
            gate.enter(Duration::from_millis(50)),
            Err(Refused::TimedOut)
        ));
        assert!(started.elapsed() >= Duration::from_millis(50));
        drop(pass);
        gate.enter(Duration::from_secs(5)).unwrap();
    }

    #[test]
    fn nobody_starves_and_nobody_is_in_twice() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let inside = AtomicUsize::new(0);
        thread::scope(|scope| {
            for _ in 0..6 {
                scope.spawn(|| {
                    let gate = Gate::beside(&path);
                    for _ in 0..50 {
                        let pass = gate.enter(Duration::from_secs(10)).unwrap();
                        assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0);
                        thread::sleep(Duration::from_micros(100));
                        inside.fetch_sub(1, Ordering::SeqCst);
                        drop(pass);
                    }
                });
            }
        });
    }
}
