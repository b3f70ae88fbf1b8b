//! Places of the desks' queues, and the answers they got, for good.

use keyrack_inventory::share::Holder;
use keyrack_inventory::{CommandId, DeskId, Instant};
use keyrack_wire::{Answer, Hash};
use tokio_postgres::Row;
use uuid::Uuid;

use super::Tx;
use super::rows::{count, hash32, of_text, stored, text_of};
use crate::error::CentralError;

/// A place in a desk's queue.
#[derive(Clone, Debug)]
pub struct QueuedRow {
    /// Whose queue it is.
    pub holder: Holder,
    /// Its number.
    pub seq: u64,
    /// The command.
    pub id: CommandId,
    /// The hash of its bytes.
    pub hash: Hash,
    /// Its bytes; nothing where the desk parked it.
    pub sealed: Option<String>,
    /// What it got.
    pub answer: Answer,
    /// The entry that it made.
    pub number: Option<u64>,
    /// When, by the centre's clock.
    pub stored_at: Instant,
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

    /// The desk's commands after a place, an epoch and a number in it, at most so many: each its place and its bytes. Those
    /// that were parked are left out.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn sealed_after(
        &self,
        property: i32,
        desk: DeskId,
        (epoch, seq): (u32, u64),
        most: i64,
    ) -> Result<Vec<(u32, u64, String)>, CentralError> {
        let epoch = i32::try_from(epoch).unwrap_or(i32::MAX);
        let sql = "SELECT epoch, seq, sealed FROM queued
            WHERE property = $1 AND desk = $2 AND (epoch, seq) > ($3, $4) AND sealed IS NOT NULL
            ORDER BY epoch, seq LIMIT $5";
        let rows = self
            .rows(sql, &[&property, &desk.0, &epoch, &stored(seq), &most])
            .await?;
        let place = |row: &Row| {
            let epoch: i32 = row.try_get(0)?;
            let epoch =
                u32::try_from(epoch).map_err(|error| CentralError::damaged("queued", error))?;
            Ok((epoch, count(row, 1)?, row.try_get(2)?))
        };
        rows.iter().map(place).collect()
    }

    /// Keeps places and their answers.
    ///
    /// # Errors
    /// Where a number is taken, or the database fails.
    pub async fn add_queued(&self, property: i32, rows: &[QueuedRow]) -> Result<(), CentralError> {
        let desks: Vec<Uuid> = rows.iter().map(|row| row.holder.desk.0).collect();
        let epochs = rows.iter().map(|row| row.holder.epoch);
        let epochs: Vec<i32> = epochs
            .map(|epoch| i32::try_from(epoch).unwrap_or(i32::MAX))
            .collect();
        let seqs: Vec<i64> = rows.iter().map(|row| stored(row.seq)).collect();
        let ids: Vec<Uuid> = rows.iter().map(|row| row.id.0).collect();
        let hashes: Vec<&[u8]> = rows.iter().map(|row| row.hash.0.as_slice()).collect();
        let sealed: Vec<Option<&str>> = rows.iter().map(|row| row.sealed.as_deref()).collect();
        let answers = rows.iter().map(|row| text_of("queued", &row.answer));
        let answers: Vec<String> = answers.collect::<Result<_, _>>()?;
        let numbers: Vec<Option<i64>> = rows.iter().map(|row| row.number.map(stored)).collect();
        let at: Vec<i64> = rows.iter().map(|row| row.stored_at.millis()).collect();
        self.run(
            "INSERT INTO queued (property, desk, epoch, seq, id, hash, sealed, answer, number, stored_at)
             SELECT $1, * FROM unnest($2::uuid[], $3::integer[], $4::bigint[], $5::uuid[], $6::bytea[],
                $7::text[], $8::text[], $9::bigint[], $10::bigint[])",
            &[
                &property, &desks, &epochs, &seqs, &ids, &hashes, &sealed, &answers, &numbers, &at,
            ],
        )
        .await?;
        Ok(())
    }
}
