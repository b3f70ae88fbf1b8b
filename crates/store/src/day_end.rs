//! Business dates that ended, and what was changed on one.

use keyrack_inventory::{Event, Instant, Night};
use rusqlite::{Connection, OptionalExtension, params};

use crate::centre;
use crate::error::StoreError;
use crate::load::event;
use crate::plan;
use crate::rows::night_at;
use crate::{Batch, Reader};

/// A business date that ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayEnd {
    /// The date.
    pub business_date: Night,
    /// When it ended.
    pub ended_at: Instant,
    /// Who ended it.
    pub ended_by: String,
    /// Where its audit pack is, once it is made.
    pub pack: Option<String>,
    /// Where its backup is, once it is made.
    pub backup: Option<String>,
}

/// Of dates that ended before they were noted nothing was made: an empty text says so.
const DAY_END: &str =
    "SELECT business_date, ended_at, ended_by, nullif(pack, ''), nullif(backup, '')
    FROM day_end";

fn day_end(row: &rusqlite::Row<'_>) -> Result<DayEnd, StoreError> {
    Ok(DayEnd {
        business_date: night_at(row, 0)?,
        ended_at: Instant::from_millis(row.get(1)?),
        ended_by: row.get(2)?,
        pack: row.get(3)?,
        backup: row.get(4)?,
    })
}

impl Reader<'_> {
    /// How a business date ended, where it did.
    pub fn day_end(&self, date: Night) -> Result<Option<DayEnd>, StoreError> {
        let sql = format!("{DAY_END} WHERE business_date = ?1");
        let mut statement = self.connection().prepare_cached(&sql)?;
        let mut rows = statement.query([date.day_number()])?;
        rows.next()?.map(day_end).transpose()
    }

    /// When a business date last ended, whichever desk ended it: as the log tells, or the last snapshot.
    pub fn last_day_end(&self) -> Result<Option<Instant>, StoreError> {
        let mut statement = plan::prepare(
            self.connection(),
            "SELECT c.instant FROM event AS e JOIN command AS c ON c.seq = e.command
             WHERE e.type = 'business_date_set' AND c.kind = 'close_day' ORDER BY e.seq DESC LIMIT 1",
        )?;
        let found: Option<i64> = statement.query_row([], |row| row.get(0)).optional()?;
        let told = centre::load(self.connection())?.and_then(|centre| centre.day_ended);
        Ok(found.max(told).map(Instant::from_millis))
    }

    /// Business dates that ended and have no audit pack yet, in order.
    pub fn day_ends_without_pack(&self) -> Result<Vec<DayEnd>, StoreError> {
        let sql = format!("{DAY_END} WHERE pack IS NULL ORDER BY business_date");
        let mut statement = self.connection().prepare_cached(&sql)?;
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(day_end(row)?);
        }
        Ok(found)
    }

    /// The events of a business date, in order. The log is read from its end back to where the date
    /// begins, so that it costs what was done since.
    pub fn events_of_date(&self, date: Night) -> Result<Vec<Event>, StoreError> {
        let connection = self.connection();
        let mut statement = connection.prepare_cached(
            "SELECT business_date, first_event, events FROM command ORDER BY seq DESC",
        )?;
        let mut commands = statement.query([])?;
        let mut ranges: Vec<(i64, i64)> = Vec::new();
        while let Some(row) = commands.next()? {
            match row.get::<_, Option<i32>>(0)? {
                Some(day) if day > date.day_number() => {}
                Some(day) if day == date.day_number() => ranges.push((row.get(1)?, row.get(2)?)),
                _ => break,
            }
        }
        let mut statement = connection.prepare_cached(
            "SELECT seq, type, version, payload FROM event WHERE seq >= ?1 AND seq < ?2 ORDER BY seq",
        )?;
        let mut found = Vec::new();
        for (first, count) in ranges.into_iter().rev() {
            let mut rows = statement.query([first, first + count])?;
            while let Some(row) = rows.next()? {
                found.push(event(row)?);
            }
        }
        Ok(found)
    }
}

/// Notes that a business date ended, in the transaction that ends it.
pub(crate) fn note(
    connection: &Connection,
    date: Night,
    by: &str,
    now: Instant,
) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO day_end (business_date, ended_at, ended_by) VALUES (?1, ?2, ?3)
         ON CONFLICT DO NOTHING",
    )?;
    statement.execute(params![date.day_number(), now.millis(), by])?;
    Ok(())
}

impl Batch<'_> {
    /// Notes where the audit pack of a date is. Of several that made it the first one is told.
    ///
    /// # Errors
    /// Where the file fails; the whole transaction is then taken back. So with every method here.
    pub fn note_day_pack(&mut self, date: Night, pack: &str) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(
            "UPDATE day_end SET pack = ?2 WHERE business_date = ?1 AND pack IS NULL",
        )?;
        statement.execute(params![date.day_number(), pack])?;
        Ok(())
    }

    /// Notes where the backup of a date is.
    pub fn note_day_backup(&mut self, date: Night, backup: &str) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(
            "UPDATE day_end SET backup = ?2 WHERE business_date = ?1 AND backup IS NULL",
        )?;
        statement.execute(params![date.day_number(), backup])?;
        Ok(())
    }
}
