//! The rows that are shown, as a check compares them with the centre's.

use keyrack_inventory::ids::{AllotmentId, HoldId, ReservationId};
use keyrack_inventory::model::HoldStatus;
use keyrack_inventory::share::{Right, Totals};
use keyrack_inventory::{AllotmentStatus, HouseLimit};
use keyrack_inventory::{Night, RoomTypeCode};
use keyrack_wire::RowDigest;

use crate::Reader;
use crate::error::StoreError;
use crate::rows::{
    CELL, HOUSE_LIMIT, OUTAGE, cell, house_limit, load_allotment, load_hold, load_reservation,
    night_at, outage, parsed, uuid,
};

/// A row that is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Which, and what it comes to.
    pub row: RowDigest,
    /// Whether it takes nothing: such a one may be here alone, where the centre refused what made it.
    pub void: bool,
}

impl Reader<'_> {
    /// Every row that is shown.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn shown_rows(&self) -> Result<Vec<Shown>, StoreError> {
        let connection = self.connection();
        let mut found = Vec::new();
        let sql = format!("SELECT room_type, night, {CELL} FROM cell");
        let mut statement = connection.prepare_cached(&sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (code, night) = (parsed(row, 0, "cell")?, night_at(row, 1)?);
            let row = RowDigest::cell(code, night, &cell(row, 2)?);
            found.push(Shown { row, void: false });
        }
        let sql = format!("SELECT {HOUSE_LIMIT} FROM house_limit");
        let mut statement = connection.prepare_cached(&sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (night, limit) = house_limit(row)?;
            let version = limit.version;
            let void = limit
                == HouseLimit {
                    version,
                    ..HouseLimit::default()
                };
            let row = RowDigest::house(night, &limit);
            found.push(Shown { row, void });
        }
        let sql = format!("SELECT {OUTAGE} FROM outage");
        let mut statement = connection.prepare_cached(&sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let outage = outage(row)?;
            let void = outage.deducts().is_empty();
            let row = RowDigest::outage(&outage);
            found.push(Shown { row, void });
        }
        self.objects(&mut found)?;
        Ok(found)
    }

    /// Every right of the desk's share from the night on that comes to anything.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn rights(&self, from: Night) -> Result<Vec<(Night, RoomTypeCode, Right)>, StoreError> {
        let mut statement = self.connection().prepare_cached(
            "SELECT night, room_type, granted, consumed, returned FROM share
             WHERE night >= ?1 AND granted > 0 ORDER BY night, room_type",
        )?;
        let mut rows = statement.query([from.day_number()])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let totals = Totals {
                granted: row.get(2)?,
                consumed: row.get(3)?,
                returned: row.get(4)?,
            };
            let right =
                Right::try_from(totals).map_err(|fault| StoreError::damaged("share", fault))?;
            found.push((night_at(row, 0)?, parsed(row, 1, "share")?, right));
        }
        Ok(found)
    }

    fn objects(&self, found: &mut Vec<Shown>) -> Result<(), StoreError> {
        let connection = self.connection();
        for (sql, kind) in [
            ("SELECT id FROM reservation", 'r'),
            ("SELECT id FROM hold", 'h'),
            ("SELECT id FROM allotment", 'a'),
        ] {
            let mut statement = connection.prepare_cached(sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let id = uuid(row, 0)?;
                let shown = match kind {
                    'r' => load_reservation(connection, ReservationId(id))?.map(|found| Shown {
                        row: RowDigest::reservation(&found),
                        void: !found.stays.iter().any(|stay| stay.status.is_open()),
                    }),
                    'h' => load_hold(connection, HoldId(id))?.map(|found| Shown {
                        row: RowDigest::hold(&found),
                        void: found.status != HoldStatus::Active,
                    }),
                    _ => load_allotment(connection, AllotmentId(id))?.map(|found| Shown {
                        row: RowDigest::allotment(&found),
                        void: found.status == AllotmentStatus::Cancelled,
                    }),
                };
                found.extend(shown);
            }
        }
        Ok(())
    }
}
