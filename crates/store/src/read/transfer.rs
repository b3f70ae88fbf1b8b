//! What leaves for other programs, and what came from them: stays row by row, and reservations by
//! their numbers there.

use keyrack_inventory::model::Reservation;
use keyrack_inventory::{Instant, Night, ReservationId, ShortNumber, Stay, StayStatus, Token};
use rusqlite::params;
use rusqlite::types::Value;

use super::{Person, Reader};
use crate::error::StoreError;
use crate::plan;
use crate::rows::{load_reservation, parsed, parsed_or_none, stay, uuid};

/// Which stays leave; what is not given does not narrow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TransferFilter {
    /// Stays that touch a night from here on.
    pub from: Option<Night>,
    /// Stays that begin before this night.
    pub to: Option<Night>,
    /// Stays of this status.
    pub status: Option<StayStatus>,
}

/// A stay with everything that is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransferRow {
    /// The reservation's number.
    pub number: ShortNumber,
    /// When it was made.
    pub created_at: Instant,
    /// Who comes.
    pub guest: Person,
    /// Where it came from.
    pub source: Option<Token>,
    /// Its number there.
    pub external_number: Option<Token>,
    /// Adults.
    pub adults: u16,
    /// Children.
    pub children: u16,
    /// Meal plan.
    pub meal: Option<Token>,
    /// The guarantee, in words.
    pub guarantee: Option<String>,
    /// Notes.
    pub notes: Option<String>,
    /// The stay; nights that were moved stand in `moved`.
    pub stay: Stay,
    /// Nights moved to other types, like `2026-06-11:B`, a space between them.
    pub moved: Option<String>,
}

const ROW: &str = "SELECT s.stay, s.room_type, s.arrival, s.departure, s.status,
    s.status_before, s.checked_in_on, s.checked_out_on, s.freed_from, s.assigned, s.room, s.price,
    s.option_until, s.takes_none, s.kept_on, s.allotment, s.cost, s.ending, s.kept_from, r.number, r.created_at,
    coalesce(g.name, ''), g.phone, g.email, r.source, r.external_number, r.adults, r.children, r.meal,
    u.body, n.body,
    (SELECT group_concat(date(m.night * 86400, 'unixepoch') || ':' || m.room_type, ' ')
     FROM moved_night AS m WHERE m.reservation = s.reservation AND m.stay = s.stay)";
const JOINED: &str = "FROM stay AS s CROSS JOIN reservation AS r ON r.id = s.reservation
    LEFT JOIN guest AS g ON g.id = r.guest LEFT JOIN free_text AS u ON u.id = r.guarantee
    LEFT JOIN free_text AS n ON n.id = r.notes";
/// A stay without a night touches the night on which it begins.
const WHERE: &str =
    "WHERE (?1 IS NULL OR s.leaves_on > ?1 OR s.arrival = s.leaves_on AND s.arrival >= ?1)
    AND (?2 IS NULL OR s.arrival < ?2) AND (?3 IS NULL OR s.status = ?3)";

const BY_NUMBER: &str = "SELECT id FROM reservation WHERE external_number = ?1 AND source IS ?2";

fn all() -> String {
    format!("{ROW} {JOINED} {WHERE} ORDER BY s.reservation, s.stay")
}

impl Reader<'_> {
    /// How many stays leave.
    ///
    /// # Errors
    /// Where the file fails; so with every method here.
    pub fn count_transfer(&self, filter: &TransferFilter) -> Result<u64, StoreError> {
        let sql = format!("SELECT count(*) FROM stay AS s {WHERE}");
        let mut statement = plan::prepare_whole(self.connection, &sql)?;
        Ok(statement.query_row(bound(filter), |row| row.get(0))?)
    }

    /// Gives each of them as it is read, in the order in which they stand in the file: one statement,
    /// and nothing is sorted or kept, however many they are.
    pub fn transfer(
        &self,
        filter: &TransferFilter,
        mut each: impl FnMut(TransferRow) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        const TABLE: &str = "reservation";
        let mut statement = plan::prepare_whole(self.connection, &all())?;
        let mut rows = statement.query(bound(filter))?;
        while let Some(row) = rows.next()? {
            each(TransferRow {
                stay: stay(row, 0)?,
                number: parsed(row, 19, TABLE)?,
                created_at: Instant::from_millis(row.get(20)?),
                guest: Person {
                    name: row.get(21)?,
                    phone: row.get(22)?,
                    email: row.get(23)?,
                },
                source: parsed_or_none(row, 24, TABLE)?,
                external_number: parsed_or_none(row, 25, TABLE)?,
                adults: row.get(26)?,
                children: row.get(27)?,
                meal: parsed_or_none(row, 28, TABLE)?,
                guarantee: row.get(29)?,
                notes: row.get(30)?,
                moved: row.get(31)?,
            })?;
        }
        Ok(())
    }

    /// Reservations of this number in that other system.
    pub fn by_external_number(
        &self,
        source: Option<&Token>,
        number: &Token,
    ) -> Result<Vec<Reservation>, StoreError> {
        let mut statement = self.prepare(BY_NUMBER)?;
        let mut rows = statement.query(params![number.as_str(), source.map(Token::as_str)])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.extend(load_reservation(
                self.connection,
                ReservationId(uuid(row, 0)?),
            )?);
        }
        Ok(found)
    }
}

fn bound(filter: &TransferFilter) -> [Value; 3] {
    let day = |night: Option<Night>| night.map_or(Value::Null, |night| night.day_number().into());
    let status = filter.status.map(StayStatus::as_str);
    let status = status.map_or(Value::Null, |word| word.to_owned().into());
    [day(filter.from), day(filter.to), status]
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{BY_NUMBER, all};
    use crate::connection::{self, Creation};
    use crate::plan::faults;

    #[test]
    fn a_number_is_looked_up_by_an_index_and_an_export_goes_once_through_the_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("hotel.db");
        let connection = connection::open(&path, Creation::Create, Duration::from_secs(5)).unwrap();
        assert!(faults(&connection, BY_NUMBER).unwrap().is_empty());
        assert_eq!(faults(&connection, &all()).unwrap(), ["SCAN s"]);
    }
}
