//! Guests on their way from one property to another.

use std::collections::BTreeMap;

use keyrack_inventory::{Instant, ReservationId, ShortNumber};
use tokio_postgres::Row;
use tokio_postgres::error::SqlState;
use uuid::Uuid;

use super::Tx;
use super::entries::label;
use super::rows::{count, of_text, parsed, stored, text_of};
use crate::error::CentralError;
use crate::walk::{Walk, WalkState, due};

macro_rules! walk_columns {
    ($rest:literal) => {
        concat!(
            "SELECT property, id, to_property, asked, actor, reservation, stay, number, version, reserve,
                state, made, made_number, refusal, began_at
             FROM walk ",
            $rest
        )
    };
}

fn walk(row: &Row) -> Result<Walk, CentralError> {
    let damaged = |why: String| CentralError::damaged("walk", why);
    let state: String = row.try_get(10)?;
    let stay: Option<i32> = row.try_get(6)?;
    let stay = stay.map(|stay| u16::try_from(stay).map_err(|error| damaged(error.to_string())));
    let made: Option<Uuid> = row.try_get(11)?;
    let made: Option<(ReservationId, ShortNumber)> = match made {
        Some(id) => Some((ReservationId(id), parsed(row, 12, "walk")?)),
        None => None,
    };
    let refusal: Option<&str> = row.try_get(13)?;
    Ok(Walk {
        from: row.try_get(0)?,
        id: row.try_get(1)?,
        to: row.try_get(2)?,
        asked: of_text("walk", row.try_get(3)?)?,
        actor: label(row.try_get(4)?)?,
        reservation: ReservationId(row.try_get(5)?),
        stay: stay.transpose()?,
        number: row.try_get(7)?,
        version: row.try_get(8)?,
        reserve: of_text("walk", row.try_get(9)?)?,
        state: WalkState::named(&state).ok_or_else(|| damaged(state))?,
        made,
        refusal: refusal.map(|text| of_text("walk", text)).transpose()?,
        began_at: Instant::from_millis(row.try_get(14)?),
    })
}

impl Tx<'_> {
    /// The walk of that id out of the property.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn walk(&self, from: i32, id: Uuid) -> Result<Option<Walk>, CentralError> {
        let sql = walk_columns!("WHERE property = $1 AND id = $2");
        let row = self.row(sql, &[&from, &id]).await?;
        row.as_ref().map(walk).transpose()
    }

    /// The walk of that id, for this transaction alone to take its next step; nothing where it has ended, or another one
    /// takes that step.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn claim_walk(&self, from: i32, id: Uuid) -> Result<Option<Walk>, CentralError> {
        let sql = walk_columns!(
            "WHERE property = $1 AND id = $2 AND state IN ('begun', 'reserved', 'giving_back')
             FOR UPDATE SKIP LOCKED"
        );
        let row = self.row(sql, &[&from, &id]).await?;
        row.as_ref().map(walk).transpose()
    }

    /// Walks that have not ended and are due, the longest first, and how often each was tried since it last went on.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn walks_due(&self, now: Instant) -> Result<Vec<(i32, Uuid, i32)>, CentralError> {
        let sql = "SELECT property, id, tries FROM walk
            WHERE state IN ('begun', 'reserved', 'giving_back') AND next_at <= $1
            ORDER BY next_at LIMIT 100";
        let rows = self.rows(sql, &[&now.millis()]).await?;
        rows.iter()
            .map(|row| Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?)))
            .collect()
    }

    /// Counts a try of a walk that is due, which is due again at an instant. Gives whether nobody else tries it.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn try_walk(
        &self,
        from: i32,
        id: Uuid,
        now: Instant,
        next: Instant,
    ) -> Result<bool, CentralError> {
        let sql = "UPDATE walk SET tries = tries + 1, next_at = $4
            WHERE (property, id) = (
                SELECT property, id FROM walk WHERE property = $1 AND id = $2 AND next_at <= $3
                    AND state IN ('begun', 'reserved', 'giving_back') FOR UPDATE SKIP LOCKED)";
        let values: [&(dyn tokio_postgres::types::ToSql + Sync); 4] =
            [&from, &id, &now.millis(), &next.millis()];
        Ok(self.run(sql, &values).await? > 0)
    }

    /// Of each property that guests leave, walks that were tried so often without going on, and walks that were left to
    /// people since an instant.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn walks_amiss(
        &self,
        tries: i32,
        since: Instant,
    ) -> Result<BTreeMap<i32, (u64, u64)>, CentralError> {
        let sql = "SELECT property, count(*) FILTER (WHERE state <> 'left'), count(*) FILTER (WHERE state = 'left')
            FROM walk
            WHERE state IN ('begun', 'reserved', 'giving_back') AND tries >= $1
                OR state = 'left' AND changed_at >= $2
            GROUP BY property";
        let rows = self.rows(sql, &[&tries, &since.millis()]).await?;
        rows.iter()
            .map(|row| Ok((row.try_get(0)?, (count(row, 1)?, count(row, 2)?))))
            .collect()
    }

    /// Keeps a walk that begins. Gives whether nobody else walks with that reservation.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn add_walk(&self, new: &Walk) -> Result<bool, CentralError> {
        let added = self
            .run(
                "INSERT INTO walk (property, id, to_property, asked, actor, reservation, stay, number,
                    version, reserve, state, began_at, changed_at, next_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12, $13)",
                &[
                    &new.from,
                    &new.id,
                    &new.to,
                    &text_of("walk", &new.asked)?,
                    &new.actor.as_str(),
                    &new.reservation.0,
                    &new.stay.map(i32::from),
                    &new.number,
                    &new.version,
                    &text_of("walk", &new.reserve)?,
                    &new.state.as_str(),
                    &new.began_at.millis(),
                    &due(new.began_at, 0).millis(),
                ],
            )
            .await;
        match added {
            Err(CentralError::Database(error))
                if error.code() == Some(&SqlState::UNIQUE_VIOLATION) =>
            {
                Ok(false)
            }
            other => other.map(|_| true),
        }
    }

    /// Writes how far a walk has come.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn put_walk(&self, row: &Walk, now: Instant) -> Result<(), CentralError> {
        let (made, number) = row.made.as_ref().map(|(id, number)| (id.0, number)).unzip();
        let refusal = row.refusal.as_ref();
        let refusal = refusal
            .map(|refusal| text_of("walk", refusal))
            .transpose()?;
        self.run(
            "UPDATE walk SET state = $3, made = $4, made_number = $5, made_count = $6, refusal = $7,
                changed_at = $8, tries = 0, next_at = $9
             WHERE property = $1 AND id = $2",
            &[
                &row.from,
                &row.id,
                &row.state.as_str(),
                &made,
                &number.map(ShortNumber::as_str),
                &number.map(|number| stored(number.count())),
                &refusal,
                &now.millis(),
                &due(now, 0).millis(),
            ],
        )
        .await?;
        Ok(())
    }

    /// The highest count in a number that the centre gave of its own in the property, which is locked.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn last_made(&self, property: i32) -> Result<u64, CentralError> {
        let sql = "SELECT coalesce(max(made_count), 0) FROM walk WHERE to_property = $1";
        let row = self.row(sql, &[&property]).await?;
        row.map_or(Ok(0), |row| count(&row, 0))
    }
}
