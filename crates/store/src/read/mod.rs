//! Reading: what people and programs look at, in one snapshot of the file.

mod cells;
mod groups;
mod lists;
mod log;
mod many;
mod pace;
mod past;
mod reservations;
mod scene;
mod search;
mod transfer;

use std::sync::Arc;

use keyrack_inventory::decide;
use keyrack_inventory::ids::{CommandId, ReservationId};
use keyrack_inventory::model::Reservation;
use keyrack_inventory::state::{Catalogue, PastCommand};
use keyrack_inventory::{Night, Reference, TextId};
use rusqlite::{CachedStatement, Connection, OptionalExtension, params};
use uuid::Uuid;

use crate::error::StoreError;
use crate::load::{LastDone, load_catalogue, load_last_done, load_past, open_range};
use crate::plan;
use crate::rows::{command_seq, id_of_number, load_reservation};

pub use cells::{CellChange, DayCounts};
pub use groups::{AllotmentEntry, DueList, GroupRooms, KeptBack};
pub use lists::{HoldEntry, OutageEntry, StayEntry};
pub use log::{AuditEntry, AuditFilter, EventEntry, EventFilter};
pub use many::Numbers;
pub use reservations::{ReservationFilter, ReservationPage, ReservationSort};
pub use scene::Scene;
pub use search::{GuestEntry, GuestFilter, GuestText};
pub use transfer::{TransferFilter, TransferRow};

/// A snapshot of the file.
#[derive(Debug)]
pub struct Reader<'a> {
    connection: &'a Connection,
}

/// A guest's name and ways to reach them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// Name; empty where the guest was erased or never named.
    pub name: String,
    /// Phone.
    pub phone: Option<String>,
    /// E-mail.
    pub email: Option<String>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(connection: &'a Connection) -> Self {
        Self { connection }
    }

    pub(crate) fn connection(&self) -> &'a Connection {
        self.connection
    }

    /// Prepares a statement that people wait for: see [`crate::plan`].
    fn prepare(&self, sql: &str) -> Result<CachedStatement<'a>, StoreError> {
        Ok(plan::prepare(self.connection, sql)?)
    }

    /// Whether the file holds a property.
    ///
    /// # Errors
    /// Where the file fails; so with every method here.
    pub fn is_initialised(&self) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM property)";
        Ok(self.prepare(sql)?.query_row([], |row| row.get(0))?)
    }

    /// The property and its room types.
    pub fn catalogue(&self) -> Result<Arc<Catalogue>, StoreError> {
        load_catalogue(self.connection).map(Arc::new)
    }

    /// Rises with every change of the property or a room type, and whenever the counts were written
    /// anew: by a rebuild, or by a restore.
    pub fn generation(&self) -> Result<i64, StoreError> {
        let sql = "SELECT catalogue_version FROM property";
        Ok(self.prepare(sql)?.query_row([], |row| row.get(0))?)
    }

    /// The number of the last event.
    pub fn head(&self) -> Result<i64, StoreError> {
        crate::apply::event_head(self.connection)
    }

    /// The first open night and the one after the last, of all types.
    pub fn open_range(&self) -> Result<Option<(Night, Night)>, StoreError> {
        open_range(self.connection)
    }

    /// The reservation that is meant.
    pub fn reservation(
        &self,
        asked: &Reference<ReservationId>,
    ) -> Result<Option<Reservation>, StoreError> {
        let id = match asked {
            Reference::Id(id) => Some(*id),
            Reference::Number(number) => {
                id_of_number(self.connection, "reservation", number.as_str())?.map(ReservationId)
            }
        };
        Ok(id
            .map(|id| load_reservation(self.connection, id))
            .transpose()?
            .flatten())
    }

    /// The guest of a reservation.
    pub fn person(&self, id: Option<keyrack_inventory::GuestId>) -> Result<Person, StoreError> {
        let Some(id) = id else {
            return Ok(Person::default());
        };
        let mut statement = self.prepare("SELECT name, phone, email FROM guest WHERE id = ?1")?;
        let found = statement.query_row(params![id.0.as_bytes()], |row| {
            Ok(Person {
                name: row.get(0)?,
                phone: row.get(1)?,
                email: row.get(2)?,
            })
        });
        Ok(found.optional()?.unwrap_or_default())
    }

    /// A free text, where it is not erased.
    pub fn text(&self, id: Option<TextId>) -> Result<Option<String>, StoreError> {
        let Some(id) = id else { return Ok(None) };
        let mut statement = self.prepare("SELECT body FROM free_text WHERE id = ?1")?;
        Ok(statement
            .query_row(params![id.0.as_bytes()], |row| row.get(0))
            .optional()?)
    }

    /// The actor's last command, where an undo without a name is about one.
    pub fn last_undoable(&self, actor: &str) -> Result<Option<CommandId>, StoreError> {
        Ok(match load_last_done(self.connection, actor)? {
            LastDone::Command(id) => Some(id),
            LastDone::Nothing | LastDone::Act(..) => None,
        })
    }

    /// Whether what the command did has an inverse.
    pub fn has_inverse(&self, id: CommandId) -> Result<bool, StoreError> {
        let past = load_past(self.connection, id)?;
        Ok(past.is_some_and(|past| decide::has_inverse(&past)))
    }

    /// The accepted commands whose ids begin with the same instant as this one, in order.
    pub fn made_at_once_with(
        &self,
        id: CommandId,
    ) -> Result<Vec<(CommandId, PastCommand)>, StoreError> {
        let (mut first, mut last) = (*id.0.as_bytes(), *id.0.as_bytes());
        first[6..].fill(0);
        last[6..].fill(0xff);
        let mut statement =
            self.prepare("SELECT id FROM command WHERE id BETWEEN ?1 AND ?2 AND accepted = 1")?;
        let ids = statement.query_map([first, last], |row| row.get::<_, [u8; 16]>(0))?;
        let mut found = Vec::new();
        for id in ids {
            let id = CommandId(Uuid::from_bytes(id?));
            let past = load_past(self.connection, id)?;
            found.extend(past.map(|past| (id, past)));
        }
        Ok(found)
    }

    /// A command's kind and what it was about.
    pub fn command(&self, id: CommandId) -> Result<Option<(String, String)>, StoreError> {
        let Some(seq) = command_seq(self.connection, id)? else {
            return Ok(None);
        };
        let mut statement = self.prepare("SELECT what, object FROM audit WHERE command = ?1")?;
        Ok(statement
            .query_row([seq], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?)
    }
}
