//! Allotments, the waitlist, and what is due at the end of a business date, as lists.

use keyrack_inventory::ids::AllotmentId;
use keyrack_inventory::{
    Allotment, CommandId, Night, Outcome, Reference, Refusal, RoomTypeCode, ShortNumber,
};
use rusqlite::params;
use rusqlite::types::Value;

use super::{Reader, StayEntry};
use crate::envelope::Envelope;
use crate::error::StoreError;
use crate::rows::{id_of_number, load_allotment, parsed, uuid, uuid_or_none};
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
    /// Its rooms.
    pub total: u32,
    /// Of those, picked up.
    pub picked_up: u32,
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
        let mut statement = self
            .connection
            .prepare_cached("SELECT outcome FROM command WHERE id = ?1 AND accepted = 1")?;
        let mut rows = statement.query([id.0.as_bytes()])?;
        let Some(row) = rows.next()? else {
            return Ok(None);
        };
        let outcome = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
        serde_json::from_str(outcome)
            .map(Some)
            .map_err(|error| StoreError::damaged("command", error))
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
            "SELECT id FROM allotment ORDER BY id"
        } else {
            "SELECT id FROM allotment WHERE status = 'open' ORDER BY cut_off, id"
        };
        self.allotments_by(sql, &[])
    }

    fn allotments_by(
        &self,
        sql: &str,
        values: &[&dyn rusqlite::ToSql],
    ) -> Result<Vec<AllotmentEntry>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query(values)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let id = Reference::Id(AllotmentId(uuid(row, 0)?));
            found.extend(self.allotment(&id)?);
        }
        Ok(found)
    }

    /// What open allotments have of the type on the night; those that keep nothing back, too.
    pub fn kept_back(&self, code: RoomTypeCode, night: Night) -> Result<Vec<KeptBack>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT a.id, a.number, a.name, n.total, n.picked_up
             FROM allotment_night AS n JOIN allotment AS a ON a.id = n.allotment
             WHERE n.room_type = ?1 AND n.night = ?2 AND a.status = 'open'
               AND a.kind <> 'tentative'",
        )?;
        let mut rows = statement.query(params![code.as_str(), night.day_number()])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let name = uuid_or_none(row, 2)?.map(keyrack_inventory::TextId);
            found.push(KeptBack {
                allotment: AllotmentId(uuid(row, 0)?),
                number: parsed(row, 1, "allotment")?,
                name: self.text(name)?,
                total: row.get(3)?,
                picked_up: row.get(4)?,
            });
        }
        Ok(found)
    }

    /// The stays that were picked up from an allotment, by number.
    pub fn picked_up(&self, allotment: AllotmentId) -> Result<Vec<StayEntry>, StoreError> {
        self.entries(
            "WHERE s.allotment = ?1 ORDER BY r.number, s.stay",
            &[Value::from(allotment.0.as_bytes().to_vec())],
        )
    }

    /// Stays that wait, the oldest first.
    pub fn waiting(&self) -> Result<Vec<StayEntry>, StoreError> {
        let rest =
            format!("WHERE s.status = 'waitlisted' AND {OPEN} ORDER BY r.created_at, r.id, s.stay");
        self.entries(&rest, &[])
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
            let rest = format!("WHERE {condition} AND {OPEN} ORDER BY r.number, s.stay");
            due.stays
                .extend(self.entries(&rest, &[Value::from(date.day_number())])?);
        }
        due.allotments = self.allotments_by(
            "SELECT id FROM allotment WHERE status = 'open' AND cut_off <= ?1
               AND kind <> 'committed' ORDER BY cut_off, id",
            &[&date.day_number()],
        )?;
        Ok(due)
    }
}
