//! Joining a centre.

use keyrack_inventory::share::Holder;
use keyrack_wire::{Cursor, Hash};

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
    /// The feed's epoch.
    pub feed_epoch: u32,
}

impl Batch<'_> {
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
                    epoch: joining.feed_epoch,
                    number: 0,
                },
                acked_seq: 0,
                last_seq: 0,
                last_hash: Hash::NONE,
                dirty: false,
                heard: None,
            },
        )
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

    /// Freezes the share: nothing is sold out of it until the desk has rejoined.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn freeze(&mut self) -> Result<(), StoreError> {
        let Some(mut centre) = load(self.connection)? else {
            return Ok(());
        };
        centre.state = CentreState::Frozen;
        give_up(self.connection)?;
        save(self.connection, &centre)
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
