//! Joining a centre.

use keyrack_inventory::share::Holder;
use keyrack_wire::{Cursor, Hash};
use rusqlite::Connection;

use super::share::give_up;
use super::{Centre, CentreState, load, save};
use crate::error::StoreError;
use crate::{Batch, Reader};

/// What a desk has of its enrolment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joining {
    /// Where the centre answers.
    pub url: String,
    /// The property's code there.
    pub property: String,
    /// Who this desk is there.
    pub holder: Holder,
    /// The letters with which its short numbers begin from now on.
    pub letters: String,
    /// Where the feed stands.
    pub feed: Cursor,
    /// Of this machine.
    pub fingerprint: String,
}

pub(super) fn freeze(connection: &Connection, over: u32) -> Result<(), StoreError> {
    let Some(mut centre) = load(connection)? else {
        return Ok(());
    };
    centre.state = CentreState::Frozen;
    centre.over_epoch = centre.over_epoch.max(over);
    give_up(connection)?;
    save(connection, &centre)
}

impl Batch<'_> {
    /// Notes why the last exchange failed, or that it went through. While a desk is let in no more it sells nothing out of
    /// its share: another copy of it may have been let in, and what is out to this one gone back to the others.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn exchanged(&mut self, failing: Option<&str>, let_go: bool) -> Result<(), StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("UPDATE centre SET failing = ?1, let_go = ?2")?;
        statement.execute((failing, let_go))?;
        Ok(())
    }

    /// Notes that the file belongs to a centre. Where it has a history, nothing is written until that
    /// has gone up: see [`Batch::joined`].
    ///
    /// # Errors
    /// Where the file fails.
    pub fn join(&mut self, joining: &Joining, has_history: bool) -> Result<(), StoreError> {
        save(
            self.connection,
            &Centre {
                url: joining.url.clone(),
                property: joining.property.clone(),
                holder: joining.holder,
                letters: joining.letters.clone(),
                state: if has_history {
                    CentreState::Joining
                } else {
                    CentreState::Joined
                },
                cursor: Cursor {
                    epoch: joining.feed.epoch,
                    number: 0,
                },
                acked_seq: 0,
                last_seq: 0,
                last_hash: Hash::NONE,
                dirty: false,
                heard: None,
                failing: None,
                let_go: false,
                over_epoch: 0,
                fingerprint: joining.fingerprint.clone(),
                chain: None,
                since_epoch: joining.holder.epoch,
                granted: None,
                trail: None,
                knows_grants: false,
                joined_number: joining.feed.number,
                log_due: false,
                day_ended: None,
                numbers_after: 0,
            },
        )
    }

    /// The last part of the history goes up: from here on the centre may have all of it.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn whole_goes_up(&mut self, number: u64) -> Result<(), StoreError> {
        let Some(mut centre) = load(self.connection)? else {
            return Ok(());
        };
        centre.cursor.number = number;
        save(self.connection, &centre)
    }

    /// The history is up: the desk stands at its last entry.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn joined(&mut self, number: u64) -> Result<(), StoreError> {
        let Some(mut centre) = load(self.connection)? else {
            return Ok(());
        };
        centre.state = CentreState::Joined;
        centre.cursor.number = number;
        save(self.connection, &centre)
    }

    /// The enrolment is taken back: the file decides on its own counts again. Only where nothing was
    /// queued.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn leave(&mut self) -> Result<(), StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("DELETE FROM centre WHERE last_seq = 0")?;
        statement.execute([])?;
        Ok(())
    }

    /// The log was cleared of what was erased.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn log_cleared(&mut self) -> Result<(), StoreError> {
        let sql = "UPDATE centre SET log_due = 0";
        self.connection.prepare_cached(sql)?.execute([])?;
        Ok(())
    }

    /// Freezes the share: nothing is sold out of it until the desk has rejoined in an epoch after `over`.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn freeze(&mut self, over: u32) -> Result<(), StoreError> {
        freeze(self.connection, over)
    }

    /// Freezes the share where the file is on another machine than before: it may be a copy of one that is
    /// still in use.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn on_machine(&mut self, fingerprint: &str) -> Result<(), StoreError> {
        let Some(mut centre) = load(self.connection)? else {
            return Ok(());
        };
        if centre.fingerprint == fingerprint {
            return Ok(());
        }
        let is_known = !centre.fingerprint.is_empty();
        fingerprint.clone_into(&mut centre.fingerprint);
        save(self.connection, &centre)?;
        if !is_known || centre.state != CentreState::Joined {
            return Ok(());
        }
        freeze(self.connection, centre.holder.epoch)
    }
}

impl Reader<'_> {
    /// The centre that the file belongs to, where it has one.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn centre(&self) -> Result<Option<Centre>, StoreError> {
        load(self.connection())
    }
}
