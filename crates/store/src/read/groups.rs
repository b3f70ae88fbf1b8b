//! Allotments, the waitlist, and what is due at the end of a business date, as lists.

use std::collections::BTreeMap;

use keyrack_inventory::ids::{AllotmentId, ReservationId};
use keyrack_inventory::{
    Allotment, CommandId, Night, NightRange, Outcome, Reference, Refusal, RoomTypeCode, ShortNumber,
};
use rusqlite::params_from_iter;
use rusqlite::types::Value;

use super::{Reader, StayEntry};
use crate::envelope::Envelope;
use crate::error::StoreError;
use crate::rows::{id_of_number, load_allotment, night_at, parsed, uuid};
use crate::weigh::Weighing;

/// An allotment in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AllotmentEntry {
    /// The allotment.
    pub allotment: Allotment,
    /// Its name.
    pub name: Option<String>,
}

/// What an open allotment keeps back of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptBack {
    /// The allotment.
    pub allotment: AllotmentId,
    /// Its number.
    pub number: ShortNumber,
    /// Its name.
    pub name: Option<String>,
    /// The type.
    pub room_type: RoomTypeCode,
    /// Its rooms.
    pub total: u32,
    /// Of those, picked up.
    pub picked_up: u32,
}

/// The rooms of open allotments on a night of a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GroupRooms {
    /// The type.
    pub room_type: RoomTypeCode,
    /// The night.
    pub night: Night,
    /// Rooms of one allotment.
    pub total: i32,
    /// Of those, picked up.
    pub picked_up: i32,
}

/// What must be decided before a business date can end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DueList {
    /// Stays, by number.
    pub stays: Vec<StayEntry>,
    /// Allotments whose cut-off it is.
    pub allotments: Vec<AllotmentEntry>,
}

/// The condition of the index over stays that are not over, word for word.
const OPEN: &str = "s.status IN ('waitlisted', 'tentative', 'needs_confirmation', 'confirmed', \
                    'checked_in')";

fn by_number(entry: &StayEntry) -> (u64, ShortNumber, u16) {
    let number = entry.number.clone();
    (number.count(), number, entry.stay.stay)
}

impl Reader<'_> {
    /// What a command would come to now, without doing it.
    ///
    /// # Errors
    /// Where the file fails. A rule's refusal is in the result.
    pub fn weigh(&self, envelope: &Envelope) -> Result<Result<Outcome, Refusal>, StoreError> {
        let decided = self.weighing()?.decide(envelope)?;
        Ok(decided.map(|decision| decision.outcome))
    }

    /// To weigh commands one after the other, each on what those before it would have come to.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn weighing(&self) -> Result<Weighing<'_>, StoreError> {
        Weighing::new(self.connection)
    }

    /// What came of a command that was done, where it was accepted.
    pub fn outcome(&self, id: CommandId) -> Result<Option<Outcome>, StoreError> {
        let mut statement =
            self.prepare("SELECT outcome FROM command WHERE id = ?1 AND accepted = 1")?;
        let mut rows = statement.query([id.0.as_bytes()])?;
        let Some(row) = rows.next()? else {
            return Ok(None);
        };
        let outcome = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
        serde_json::from_str(outcome)
            .map(Some)
            .map_err(|error| StoreError::damaged("command", error))
    }

    /// The rooms of each open allotment over a range, and how many of them are picked up. A type's night
    /// comes once for each allotment that has rooms on it.
    pub fn group_rooms(&self, nights: NightRange) -> Result<Vec<GroupRooms>, StoreError> {
        let mut statement = self.prepare(
            "SELECT n.room_type, n.night, n.total, n.picked_up
             FROM allotment a JOIN allotment_night n ON n.allotment = a.id
             WHERE a.status = 'open' AND n.night >= ?1 AND n.night < ?2",
        )?;
        let range = [nights.from.day_number(), nights.to.day_number()];
        let mut rows = statement.query(range)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(GroupRooms {
                room_type: parsed(row, 0, "allotment_night")?,
                night: night_at(row, 1)?,
                total: row.get(2)?,
                picked_up: row.get(3)?,
            });
        }
        Ok(found)
    }

    /// The allotment that is meant.
    pub fn allotment(
        &self,
        asked: &Reference<AllotmentId>,
    ) -> Result<Option<AllotmentEntry>, StoreError> {
        let id = match asked {
            Reference::Id(id) => Some(*id),
            Reference::Number(number) => {
                id_of_number(self.connection, "allotment", number.as_str())?.map(AllotmentId)
            }
        };
        let Some(id) = id else { return Ok(None) };
        let Some(allotment) = load_allotment(self.connection, id)? else {
            return Ok(None);
        };
        let name = self.text(allotment.name)?;
        Ok(Some(AllotmentEntry { allotment, name }))
    }

    /// Allotments, open ones alone or all of them, in the order in which they were opened.
    pub fn allotments(&self, all: bool) -> Result<Vec<AllotmentEntry>, StoreError> {
        let sql = if all {
            "SELECT id FROM allotment WHERE status IN ('open', 'released', 'cancelled')"
        } else {
            "SELECT id FROM allotment WHERE status = 'open'"
        };
        let mut found = self.allotments_by(sql, &[])?;
        found.sort_by_key(|entry| entry.allotment.number.count());
        Ok(found)
    }

    fn allotments_by(
        &self,
        sql: &str,
        values: &[&dyn rusqlite::ToSql],
    ) -> Result<Vec<AllotmentEntry>, StoreError> {
        let mut statement = self.prepare(sql)?;
        let mut rows = statement.query(values)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let id = Reference::Id(AllotmentId(uuid(row, 0)?));
            found.extend(self.allotment(&id)?);
        }
        Ok(found)
    }

    /// What open allotments keep back of the type, or of every type, on the night.
    pub fn kept_back(
        &self,
        code: Option<RoomTypeCode>,
        night: Night,
    ) -> Result<Vec<KeptBack>, StoreError> {
        let of = match code {
            Some(_) => "n.room_type = ?2",
            None => "n.room_type IN (SELECT code FROM room_type)",
        };
        let sql = format!(
            "SELECT a.id, a.number, t.body, n.room_type, n.total, n.picked_up
             FROM allotment_night AS n JOIN allotment AS a ON a.id = n.allotment
             LEFT JOIN free_text AS t ON t.id = a.name
             WHERE {of} AND n.night = ?1 AND n.total > n.picked_up AND a.status = 'open'
               AND a.kind <> 'tentative'"
        );
        let mut values = vec![Value::from(night.day_number())];
        values.extend(code.map(|code| Value::from(code.as_str().to_owned())));
        let mut statement = self.prepare(&sql)?;
        let mut rows = statement.query(params_from_iter(values))?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(KeptBack {
                allotment: AllotmentId(uuid(row, 0)?),
                number: parsed(row, 1, "allotment")?,
                name: row.get(2)?,
                room_type: parsed(row, 3, "allotment_night")?,
                total: row.get(4)?,
                picked_up: row.get(5)?,
            });
        }
        found.sort_by_key(|kept: &KeptBack| (kept.room_type, kept.number.count()));
        Ok(found)
    }

    /// The stays that were picked up from an allotment, by number.
    pub fn picked_up(&self, allotment: AllotmentId) -> Result<Vec<StayEntry>, StoreError> {
        let id = Value::from(allotment.0.as_bytes().to_vec());
        let mut found = self.entries("WHERE s.allotment = ?1", &[id])?;
        found.sort_by_key(by_number);
        Ok(found)
    }

    /// Stays that wait, the oldest first.
    pub fn waiting(&self) -> Result<Vec<StayEntry>, StoreError> {
        let mut made: BTreeMap<ReservationId, i64> = BTreeMap::new();
        let sql = format!(
            "SELECT s.reservation, r.created_at FROM stay AS s
             JOIN reservation AS r ON r.id = s.reservation
             WHERE s.status = 'waitlisted' AND {OPEN}"
        );
        let mut statement = self.prepare(&sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            made.insert(ReservationId(uuid(row, 0)?), row.get(1)?);
        }
        let rest = format!("WHERE s.status = 'waitlisted' AND {OPEN}");
        let mut found = self.entries(&rest, &[])?;
        found.sort_by_key(|entry| {
            let id = entry.reservation;
            (made.get(&id).copied(), id, entry.stay.stay)
        });
        Ok(found)
    }

    /// What must be decided before the date can end: just what the domain's `is_due` says.
    pub fn due(&self, date: Night) -> Result<DueList, StoreError> {
        let mut due = DueList::default();
        for condition in [
            "s.status = 'checked_in' AND s.departure <= ?1",
            "s.status = 'confirmed' AND s.arrival <= ?1 AND s.kept_on IS NOT ?1",
            "s.status = 'needs_confirmation' AND s.arrival <= ?1",
            "s.status = 'waitlisted' AND s.arrival <= ?1",
            "s.status = 'tentative' AND (s.arrival <= ?1 OR s.option_until <= ?1)",
        ] {
            let rest = format!("WHERE {condition} AND {OPEN}");
            let mut found = self.entries(&rest, &[Value::from(date.day_number())])?;
            found.sort_by_key(by_number);
            due.stays.extend(found);
        }
        due.allotments = self.allotments_by(
            "SELECT id FROM allotment WHERE status = 'open' AND cut_off <= ?1
               AND kind <> 'committed'",
            &[&date.day_number()],
        )?;
        Ok(due)
    }
}
