//! Places of the desks' queues, and the answers they got, for good.

use keyrack_inventory::share::Holder;
use keyrack_inventory::{CommandId, DeskId, Instant};
use keyrack_wire::{Answer, Hash};

use super::Tx;
use super::rows::{hash32, of_text, stored, text_of};
use crate::error::CentralError;

/// A place in a desk's queue.
#[derive(Clone, Debug)]
pub struct QueuedRow<'a> {
    /// Whose queue it is.
    pub holder: Holder,
    /// Its number.
    pub seq: u64,
    /// The command.
    pub id: CommandId,
    /// The hash of its bytes.
    pub hash: Hash,
    /// Its bytes; nothing where the desk parked it.
    pub sealed: Option<&'a str>,
    /// What it got.
    pub answer: &'a Answer,
    /// The entry that it made.
    pub number: Option<u64>,
}

impl Tx<'_> {
    /// The hash and the answer under a number of a desk's queue.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn answered(
        &self,
        property: i32,
        holder: Holder,
        seq: u64,
    ) -> Result<Option<(Hash, Answer)>, CentralError> {
        let epoch = i32::try_from(holder.epoch).unwrap_or(i32::MAX);
        let sql = "SELECT hash, answer FROM queued
            WHERE property = $1 AND desk = $2 AND epoch = $3 AND seq = $4";
        let row = self
            .row(sql, &[&property, &holder.desk.0, &epoch, &stored(seq)])
            .await?;
        let Some(row) = row else {
            return Ok(None);
        };
        let hash = Hash(hash32(&row, 0, "queued")?);
        Ok(Some((hash, of_text("queued", row.try_get(1)?)?)))
    }

    /// The answer with which a command was accepted, under whatever number that was; or else with which it was
    /// refused to the desk.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn first_answer(
        &self,
        property: i32,
        (desk, id): (DeskId, CommandId),
    ) -> Result<Option<Answer>, CentralError> {
        let sql =
            "SELECT answer FROM queued WHERE property = $1 AND id = $2 AND (number IS NOT NULL
                OR desk = $3 AND answer LIKE '{\"answer\":\"refused\"%')
            ORDER BY number IS NULL, epoch, seq LIMIT 1";
        let row = self.row(sql, &[&property, &id.0, &desk.0]).await?;
        row.map(|row| of_text("queued", row.try_get(0)?))
            .transpose()
    }

    /// The commands of a desk that took effect since, and those that were refused.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn answered_since(
        &self,
        property: i32,
        desk: DeskId,
        since: Instant,
    ) -> Result<(Vec<CommandId>, Vec<CommandId>), CentralError> {
        let sql = "SELECT id, bool_or(answer NOT LIKE '{\"answer\":\"refused\"%') FROM queued
            WHERE property = $1 AND desk = $2 AND stored_at >= $3
                AND answer NOT LIKE '{\"answer\":\"parked\"%'
            GROUP BY id";
        let rows = self
            .rows(sql, &[&property, &desk.0, &since.millis()])
            .await?;
        let (mut stored, mut refused) = (Vec::new(), Vec::new());
        for row in rows {
            let id = CommandId(row.try_get(0)?);
            match row.try_get(1)? {
                true => stored.push(id),
                false => refused.push(id),
            }
        }
        Ok((stored, refused))
    }

    /// Keeps a place and its answer.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn add_queued(
        &self,
        property: i32,
        row: &QueuedRow<'_>,
        now: Instant,
    ) -> Result<(), CentralError> {
        let epoch = i32::try_from(row.holder.epoch).unwrap_or(i32::MAX);
        let answer = text_of("queued", row.answer)?;
        self.run(
            "INSERT INTO queued (property, desk, epoch, seq, id, hash, sealed, answer, number, stored_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            &[
                &property,
                &row.holder.desk.0,
                &epoch,
                &stored(row.seq),
                &row.id.0,
                &row.hash.0.as_slice(),
                &row.sealed,
                &answer,
                &row.number.map(stored),
                &now.millis(),
            ],
        )
        .await?;
        Ok(())
    }
}
