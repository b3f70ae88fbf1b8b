//! What parked commands promised, kept apart until a person has decided.

use std::collections::{BTreeMap, BTreeSet};

use keyrack_inventory::{CommandId, DeskId, Night, RoomTypeCode};
use uuid::Uuid;

use super::Tx;
use super::rows::{night_at, parsed, rooms};
use crate::error::CentralError;

impl Tx<'_> {
    /// Keeps rooms of nights apart for a command of a desk.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn keep_apart(
        &self,
        property: i32,
        (desk, command): (DeskId, CommandId),
        kept: &[(Night, RoomTypeCode, u32)],
    ) -> Result<(), CentralError> {
        let sql = "INSERT INTO apart (property, night, room_type, desk, command, rooms)
            VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (property, night, room_type, desk, command)
            DO UPDATE SET rooms = apart.rooms + excluded.rooms";
        for (night, code, rooms) in kept {
            self.run(
                sql,
                &[
                    &property,
                    &night.day_number(),
                    &code.as_str(),
                    &desk.0,
                    &command.0,
                    &i64::from(*rooms),
                ],
            )
            .await?;
        }
        Ok(())
    }

    /// The commands of a desk among those ids for which something is kept apart.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn apart_among(
        &self,
        property: i32,
        desk: DeskId,
        ids: &[CommandId],
    ) -> Result<Vec<CommandId>, CentralError> {
        let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
        let sql = "SELECT DISTINCT command FROM apart
            WHERE property = $1 AND desk = $2 AND command = ANY($3)";
        let rows = self.rows(sql, &[&property, &desk.0, &ids]).await?;
        rows.iter()
            .map(|row| Ok(CommandId(row.try_get(0)?)))
            .collect()
    }

    /// Keeps nothing apart any more for the command, and gives the nights on which it did.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn join_apart(
        &self,
        property: i32,
        (desk, command): (DeskId, CommandId),
    ) -> Result<BTreeSet<Night>, CentralError> {
        let sql = "DELETE FROM apart WHERE property = $1 AND desk = $2 AND command = $3
            RETURNING night";
        let rows = self.rows(sql, &[&property, &desk.0, &command.0]).await?;
        rows.iter().map(|row| night_at(row, 0)).collect()
    }

    /// What is kept apart on the nights.
    pub(super) async fn apart(
        &self,
        property: i32,
        nights: &[i32],
    ) -> Result<BTreeMap<Night, Vec<(RoomTypeCode, u32)>>, CentralError> {
        let sql = "SELECT night, room_type, sum(rooms)::bigint FROM apart
            WHERE property = $1 AND night = ANY($2) GROUP BY night, room_type";
        let mut found: BTreeMap<Night, Vec<(RoomTypeCode, u32)>> = BTreeMap::new();
        for row in self.rows(sql, &[&property, &nights]).await? {
            let kept = (parsed(&row, 1, "apart")?, rooms(&row, 2)?);
            found.entry(night_at(&row, 0)?).or_default().push(kept);
        }
        Ok(found)
    }

    /// Room nights that each property keeps apart.
    pub(super) async fn apart_by_property(&self) -> Result<BTreeMap<i32, u64>, CentralError> {
        let sql = "SELECT property, sum(rooms)::bigint FROM apart GROUP BY property";
        let rows = self.rows(sql, &[]).await?;
        rows.iter()
            .map(|row| Ok((row.try_get(0)?, super::rows::count(row, 1)?)))
            .collect()
    }

    /// What parked commands of the property keep apart: the desk's letters, the command, its room nights.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn apart_commands(
        &self,
        property: i32,
    ) -> Result<Vec<(String, Uuid, u64)>, CentralError> {
        let sql = "SELECT d.letters, a.command, sum(a.rooms)::bigint FROM apart AS a
            JOIN desk AS d ON d.property = a.property AND d.id = a.desk
            WHERE a.property = $1 GROUP BY d.letters, a.command ORDER BY d.letters, a.command";
        let rows = self.rows(sql, &[&property]).await?;
        let read = |row: &tokio_postgres::Row| {
            let (letters, command) = (row.try_get(0)?, row.try_get(1)?);
            Ok((letters, command, super::rows::count(row, 2)?))
        };
        rows.iter().map(read).collect()
    }
}
