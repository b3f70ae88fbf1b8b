//! The feed as desks read it.

use keyrack_wire::{EVENTS_AT_MOST, Fed};

use super::Tx;
use super::entries::fed;
use super::rows::{count, stored};
use crate::error::CentralError;

impl Tx<'_> {
    /// The entries after the number, in order, with at most `most` events together, unless the first
    /// alone has more. The events are with them.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn entries_after(
        &self,
        property: i32,
        after: u64,
        most: usize,
    ) -> Result<Vec<Fed>, CentralError> {
        let Some(last) = self.last_of_page(property, after, most).await? else {
            return Ok(Vec::new());
        };
        let rows = self
            .rows(
                "SELECT number, id, desk, actor, at, business_date, request, kind, payload, outcome,
                    reason, override_text
                 FROM entry WHERE property = $1 AND number > $2 AND number <= $3 ORDER BY number",
                &[&property, &stored(after), &stored(last)],
            )
            .await?;
        let mut entries = rows.iter().map(fed).collect::<Result<Vec<_>, _>>()?;
        let mut events = self
            .events(property, (after + 1, last))
            .await?
            .into_iter()
            .peekable();
        for entry in &mut entries {
            while let Some((_, event)) = events.next_if(|(number, _)| *number == entry.number) {
                entry.events.push(event);
            }
        }
        Ok(entries)
    }

    /// The number of the last entry that the page takes.
    async fn last_of_page(
        &self,
        property: i32,
        after: u64,
        most: usize,
    ) -> Result<Option<u64>, CentralError> {
        let at_most = i64::try_from(EVENTS_AT_MOST).unwrap_or(i64::MAX);
        let rows = self
            .rows(
                "SELECT e.number, (SELECT count(*) FROM event AS v
                    WHERE v.property = e.property AND v.number = e.number)
                 FROM entry AS e WHERE e.property = $1 AND e.number > $2 ORDER BY e.number LIMIT $3",
                &[&property, &stored(after), &at_most],
            )
            .await?;
        let (mut last, mut events) = (None, 0);
        for row in &rows {
            events += usize::try_from(count(row, 1)?).unwrap_or(usize::MAX);
            if last.is_some() && events > most {
                break;
            }
            last = Some(count(row, 0)?);
        }
        Ok(last)
    }
}
