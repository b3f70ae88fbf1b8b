//! Rooms sold as they stood when an earlier business date began.
//!
//! The counts of today are taken back by what the events since then did to them, so that only the events
//! that changed one of the asked nights are read, and no figure is kept beside the log.

use std::collections::BTreeSet;

use keyrack_inventory::{Event, Night, NightRange, Stay};
use rusqlite::params;

use super::Reader;
use crate::error::StoreError;
use crate::load::event;

/// Event numbers in one question at most, so that a year of events does not become one parameter.
const AT_ONCE: usize = 2_000;

impl Reader<'_> {
    /// The number of the event with which a business date began. Nothing where the date is before the
    /// hotel's first, or the hotel began on it: no earlier state is known then.
    pub fn began(&self, date: Night) -> Result<Option<i64>, StoreError> {
        let mut statement = self.prepare(
            "SELECT seq, type, version, payload FROM event INDEXED BY event_by_type
             WHERE type = 'business_date_set' ORDER BY seq DESC",
        )?;
        let mut rows = statement.query([])?;
        let mut began = None;
        while let Some(row) = rows.next()? {
            let Event::BusinessDateSet(set) = event(row)? else {
                continue;
            };
            if set.after < date {
                break;
            }
            // Nothing is known of the hotel's first date before it began. Where dates were skipped, the
            // asked one began with the next.
            began = (set.before < date).then_some(row.get(0)?);
        }
        Ok(began)
    }

    /// By how many rooms of the house each night's sales grew with the event of that number and all that
    /// followed it, in order.
    pub fn sold_since(&self, nights: NightRange, seq: i64) -> Result<Vec<i32>, StoreError> {
        let mut grown = vec![0; nights.len() as usize];
        let mut count = |stay: &Stay, sign: i32| {
            for (_, night) in stay.taken().filter(|(_, night)| nights.contains(*night)) {
                let at = usize::try_from(nights.from.nights_until(night));
                if let Some(rooms) = at.ok().and_then(|at| grown.get_mut(at)) {
                    *rooms += sign;
                }
            }
        };
        let asked: Vec<i64> = self.events_of_nights(nights, seq)?.into_iter().collect();
        for some in asked.chunks(AT_ONCE) {
            let list = serde_json::json!(some).to_string();
            let mut statement = self.prepare(
                "SELECT seq, type, version, payload FROM event
                 WHERE seq IN (SELECT value FROM json_each(?1))",
            )?;
            let mut rows = statement.query([list])?;
            while let Some(row) = rows.next()? {
                let event = event(row)?;
                if let Event::ReservationMade(made) = &event {
                    made.stays.iter().for_each(|stay| count(stay, 1));
                }
                let diffs = event.stays_changed().into_iter();
                for diff in diffs.flat_map(|change| &change.stays) {
                    diff.before.iter().for_each(|stay| count(stay, -1));
                    diff.after.iter().for_each(|stay| count(stay, 1));
                }
            }
        }
        Ok(grown)
    }

    /// The events from that number on that changed a count of the nights.
    fn events_of_nights(&self, nights: NightRange, seq: i64) -> Result<BTreeSet<i64>, StoreError> {
        let mut statement = self.prepare(
            "SELECT event FROM cell_event
             WHERE room_type IN (SELECT code FROM room_type) AND night >= ?1 AND night < ?2
               AND event >= ?3",
        )?;
        let (from, to) = (nights.from.day_number(), nights.to.day_number());
        let mut rows = statement.query(params![from, to, seq])?;
        let mut found = BTreeSet::new();
        while let Some(row) = rows.next()? {
            found.insert(row.get(0)?);
        }
        Ok(found)
    }
}
