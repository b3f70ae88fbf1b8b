//! A batch: what the commands of one push read is loaded in a few statements before they are judged, and what
//! they change is written in a few statements after it.
//!
//! [`Batch`] lies over a transaction and is [`Records`] itself, so that commands are judged on it by the same code
//! as on the transaction. Invariants:
//!
//! - the property is locked, so that what was loaded stays as it is until the transaction ends;
//! - what is held here is newer than what the ledger has: a command sees what the ones before it changed;
//! - whatever is not held is asked of the ledger only once everything that waits is written;
//! - it writes all or nothing: where a command cannot be stored, the caller throws the transaction away and
//!   judges the commands one by one, so that the others stand.

mod ahead;
mod held;
mod objects;
mod records;

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::error::CentralError;
use crate::ledger::Records;
use held::Held;

/// A batch over a transaction on one property.
pub struct Batch<'a, R> {
    ledger: &'a R,
    property: i32,
    held: Mutex<Held>,
}

impl<'a, R: Records> Batch<'a, R> {
    /// Holds nothing yet.
    pub fn over(ledger: &'a R, property: i32) -> Self {
        let held = Mutex::default();
        Self {
            ledger,
            property,
            held,
        }
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes what waits. What is held stays held: it is now what the ledger has.
    ///
    /// # Errors
    /// Where something cannot be stored, or the database fails; then the transaction is of no more use.
    pub async fn write_all(&self) -> Result<(), CentralError> {
        let (ledger, property) = (self.ledger, self.property);
        let (waiting, state) = self.held().take_waiting();
        if !waiting.changes.is_empty() {
            ledger.write(property, &waiting.changes, &state).await?;
        }
        if !waiting.entries.is_empty() {
            ledger.add_entries(property, &waiting.entries).await?;
        }
        if !waiting.noted.is_empty() {
            ledger.note_changes(property, &waiting.noted).await?;
        }
        if !waiting.rights.is_empty() {
            let changed = waiting.changed_rights();
            let number = waiting.number;
            ledger.put_rights(property, &changed, number).await?;
        }
        if !waiting.queued.is_empty() {
            ledger.add_queued(property, &waiting.queued).await?;
        }
        if !waiting.trail.is_empty() {
            ledger.add_trail(property, &waiting.trail).await?;
        }
        Ok(())
    }
}
