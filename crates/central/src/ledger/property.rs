//! The row of a property: its catalogue and the heads of its feed and trail.

use std::sync::Arc;

use keyrack_inventory::{Catalogue, Instant};
use keyrack_wire::{Cursor, Granted, Hash, Label, Trail};
use tokio_postgres::Row;
use tokio_postgres::error::SqlState;
use tokio_postgres::types::Json;
use uuid::Uuid;

use super::Tx;
use super::rows::{count, hash32, stored};
use crate::error::CentralError;

/// A property as its transaction works on it. What changed is written by [`Tx::put_property`].
#[derive(Clone, Debug)]
pub struct PropertyRow {
    /// Its key.
    pub id: i32,
    /// Its code.
    pub code: Label,
    /// The hotel and its types; nothing while it is empty.
    pub catalogue: Option<Arc<Catalogue>>,
    /// The desk whose history comes in.
    pub genesis_desk: Option<Uuid>,
    /// The feed's epoch.
    pub feed_epoch: u32,
    /// The number of the feed's last entry.
    pub feed_head: u64,
    /// The number of the last entry that the feed had when its epoch began.
    pub feed_from: u64,
    /// How far its grants have come.
    pub granted: Granted,
    /// The number of the trail's last row.
    pub audit_head: u64,
    /// Its hash.
    pub audit_hash: [u8; 32],
}

impl PropertyRow {
    /// How far its trail has come.
    pub fn trail(&self) -> Trail {
        Trail {
            number: self.audit_head,
            hash: Hash(self.audit_hash),
        }
    }

    /// The end of its feed.
    pub fn cursor(&self) -> Cursor {
        Cursor {
            epoch: self.feed_epoch,
            number: self.feed_head,
        }
    }
}

fn property(row: &Row) -> Result<PropertyRow, CentralError> {
    let code: String = row.try_get(1)?;
    let catalogue: Option<Json<Catalogue>> = row.try_get(2)?;
    let epoch: i32 = row.try_get(4)?;
    Ok(PropertyRow {
        id: row.try_get(0)?,
        code: Label::try_from(code).map_err(|error| CentralError::damaged("property", error))?,
        catalogue: catalogue.map(|Json(catalogue)| Arc::new(catalogue)),
        genesis_desk: row.try_get(3)?,
        feed_epoch: u32::try_from(epoch)
            .map_err(|error| CentralError::damaged("property", error))?,
        feed_head: count(row, 5)?,
        audit_head: count(row, 6)?,
        audit_hash: hash32(row, 7, "property")?,
        feed_from: count(row, 8)?,
        granted: Granted {
            number: count(row, 9)?,
            chain: Hash(hash32(row, 10, "property")?),
        },
    })
}

impl Tx<'_> {
    /// Adds a property without a history.
    ///
    /// # Errors
    /// Where its code is taken, or the database fails.
    pub async fn add_property(&self, code: &str, now: Instant) -> Result<(), CentralError> {
        // Whoever names one of two that differ in capital letters alone means either.
        let sql = "SELECT code FROM property WHERE lower(code) = lower($1)";
        if let Some(row) = self.row(sql, &[&code]).await? {
            return Err(CentralError::PropertyExists(row.try_get(0)?));
        }
        let sql = "INSERT INTO property (code, created_at) VALUES ($1, $2)";
        let added = self.run(sql, &[&code, &now.millis()]).await;
        match added {
            Err(CentralError::Database(error))
                if error.code() == Some(&SqlState::UNIQUE_VIOLATION) =>
            {
                Err(CentralError::PropertyExists(code.to_owned()))
            }
            Err(CentralError::Database(error))
                if error.code() == Some(&SqlState::CHECK_VIOLATION) =>
            {
                Err(CentralError::PropertyCode(code.to_owned()))
            }
            other => other.map(drop),
        }
    }

    /// The property, locked until the transaction ends: its commands are applied one after another.
    ///
    /// # Errors
    /// Where the lock is not had in time, or the database fails.
    pub async fn lock(&self, id: i32) -> Result<PropertyRow, CentralError> {
        let sql = "SELECT id, code, catalogue, genesis_desk, feed_epoch, feed_head, audit_head, audit_hash,
            feed_from, granted_number, granted_chain FROM property WHERE id = $1 FOR UPDATE";
        let row = self.row(sql, &[&id]).await?;
        property(&row.ok_or_else(|| CentralError::damaged("property", "it is gone"))?)
    }

    /// The property as this transaction sees it.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn property(&self, id: i32) -> Result<PropertyRow, CentralError> {
        let sql = "SELECT id, code, catalogue, genesis_desk, feed_epoch, feed_head, audit_head, audit_hash,
            feed_from, granted_number, granted_chain FROM property WHERE id = $1";
        let row = self.row(sql, &[&id]).await?;
        property(&row.ok_or_else(|| CentralError::damaged("property", "it is gone"))?)
    }

    /// The key of the property with that code.
    ///
    /// # Errors
    /// Where there is none, or the database fails.
    pub async fn property_id(&self, code: &str) -> Result<i32, CentralError> {
        // The database refuses a text with a NUL as one that it cannot read.
        if code.contains('\0') {
            return Err(CentralError::UnknownProperty(code.replace('\0', " ")));
        }
        let row = self
            .row("SELECT id FROM property WHERE code = $1", &[&code])
            .await?;
        let row = row.ok_or_else(|| CentralError::UnknownProperty(code.to_owned()))?;
        Ok(row.try_get(0)?)
    }

    /// Writes what changed, and wakes whoever waits for the feed once this is committed.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn put_property(&self, property: &PropertyRow) -> Result<(), CentralError> {
        let catalogue = property.catalogue.as_deref().map(Json);
        let head = stored(property.feed_head);
        self.run(
            "UPDATE property SET catalogue = $2, genesis_desk = $3, feed_head = $4, audit_head = $5,
                audit_hash = $6, feed_epoch = $7, feed_from = $8, granted_number = $9, granted_chain = $10
             WHERE id = $1",
            &[
                &property.id,
                &catalogue,
                &property.genesis_desk,
                &head,
                &stored(property.audit_head),
                &property.audit_hash.as_slice(),
                &i32::try_from(property.feed_epoch).unwrap_or(i32::MAX),
                &stored(property.feed_from),
                &stored(property.granted.number),
                &property.granted.chain.0.as_slice(),
            ],
        )
        .await?;
        let said = format!("{} {head}", property.id);
        self.run("SELECT pg_notify('keyrack_feed', $1)", &[&said])
            .await?;
        Ok(())
    }
}
