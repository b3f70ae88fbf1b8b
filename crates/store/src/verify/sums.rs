//! The counts once more, added up by SQL alone.

use rusqlite::Connection;

use super::Check;
use super::fields::Names;
use crate::rows::{night_at, uuid};

/// From bookings, holds and outages: independent of the fold.
pub(super) fn sums(connection: &Connection) -> Check {
    let mut check = Check::new("sums");
    let names = Names::read(connection);
    let result = (|| {
        for (count, sql) in [
            ("sold", SOLD),
            ("held", HELD),
            ("out_of_order", OUT),
            ("blocked", BLOCKED),
        ] {
            let mut statement = connection.prepare(sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let (code, night) = (row.get::<_, String>(0)?, night_at(row, 1)?);
                let (stored, sum): (i64, i64) = (row.get(2)?, row.get(3)?);
                let cell = names.cell(&code, night);
                check.differ(format_args!(
                    "{cell}: {count} is stored as {stored}, and adds up to {sum}"
                ));
            }
        }
        let mut statement = connection.prepare(MOVEMENTS)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            check.differ(format_args!(
                "arrivals and departures of {} are not those of the stays",
                night_at(row, 0)?
            ));
        }
        let mut statement = connection.prepare(ALLOTMENTS)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (number, code): (String, String) = (row.get(0)?, row.get(1)?);
            let night = night_at(row, 2)?;
            let stored: (i64, i64) = (row.get(3)?, row.get(4)?);
            let sums: (i64, i64) = (row.get(5)?, row.get(6)?);
            let cell = names.cell(&code, night);
            check.differ(format_args!(
                "allotment {number}, {cell}: total {} and picked up {} are stored, and they add up to {} and {}",
                stored.0, stored.1, sums.0, sums.1
            ));
        }
        let mut statement = connection.prepare(
            "SELECT id FROM reservation WHERE id NOT IN (SELECT reservation FROM stay) LIMIT 20",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            check.differ(format_args!("reservation {} has no stay", uuid(row, 0)?));
        }
        Ok(())
    })();
    check.finish(result)
}

const SOLD: &str = "
WITH RECURSIVE taken (reservation, stay, room_type, night, last) AS (
    SELECT reservation, stay, room_type, arrival, leaves_on FROM stay
    WHERE status IN ('tentative', 'confirmed', 'checked_in', 'checked_out') AND arrival < leaves_on
        AND NOT (status = 'tentative' AND takes_none)
    UNION ALL
    SELECT reservation, stay, room_type, night + 1, last FROM taken WHERE night + 1 < last
), placed AS (
    SELECT coalesce(m.room_type, t.room_type) AS room_type, t.night FROM taken AS t
    LEFT JOIN moved_night AS m ON m.reservation = t.reservation AND m.stay = t.stay
        AND m.night = t.night
), sums AS (SELECT room_type, night, count(*) AS rooms FROM placed GROUP BY room_type, night)
SELECT c.room_type, c.night, c.sold, coalesce(s.rooms, 0) FROM cell AS c
LEFT JOIN sums AS s USING (room_type, night) WHERE c.sold <> coalesce(s.rooms, 0) LIMIT 20";

const BLOCKED: &str = "
SELECT c.room_type, c.night, c.blocked, coalesce(sum(max(0, n.total - n.picked_up)), 0)
FROM cell AS c LEFT JOIN (SELECT an.* FROM allotment_night AS an
    JOIN allotment AS a ON a.id = an.allotment
    WHERE a.status = 'open' AND a.kind <> 'tentative') AS n USING (room_type, night)
GROUP BY c.room_type, c.night
HAVING c.blocked <> coalesce(sum(max(0, n.total - n.picked_up)), 0) LIMIT 20";

/// Dates whose counted movements are not those of the stays.
const MOVEMENTS: &str = "
WITH counted (night, arrivals, departures, day_use) AS (
    SELECT night, sum(arrives), sum(leaves), sum(uses) FROM (
        SELECT arrival AS night, 1 AS arrives, 0 AS leaves, departure = arrival AS uses FROM stay
        WHERE status IN ('tentative', 'confirmed', 'checked_in', 'checked_out')
        UNION ALL SELECT leaves_on, 0, 1, 0 FROM stay
        WHERE status IN ('tentative', 'confirmed', 'checked_in', 'checked_out')
    ) GROUP BY night
)
SELECT night FROM (SELECT * FROM counted EXCEPT SELECT * FROM movement)
UNION SELECT night FROM (SELECT * FROM movement EXCEPT SELECT * FROM counted)
ORDER BY night LIMIT 20";

/// Each night of an allotment: its total by its blocks, and what was picked up by the stays.
const ALLOTMENTS: &str = "
WITH RECURSIVE taken (allotment, reservation, stay, room_type, night, last) AS (
    SELECT allotment, reservation, stay, room_type, arrival, leaves_on FROM stay
    WHERE allotment IS NOT NULL AND arrival < leaves_on
        AND status IN ('tentative', 'confirmed', 'checked_in', 'checked_out')
        AND NOT (status = 'tentative' AND takes_none)
    UNION ALL SELECT allotment, reservation, stay, room_type, night + 1, last FROM taken
    WHERE night + 1 < last
), placed AS (
    SELECT t.allotment, coalesce(m.room_type, t.room_type) AS room_type, t.night FROM taken AS t
    LEFT JOIN moved_night AS m ON m.reservation = t.reservation AND m.stay = t.stay
        AND m.night = t.night
), picked AS (
    SELECT allotment, room_type, night, count(*) AS rooms FROM placed
    GROUP BY allotment, room_type, night
)
SELECT a.number, n.room_type, n.night, n.total, n.picked_up,
    (SELECT coalesce(sum(b.rooms), 0) FROM allotment_block AS b
     WHERE b.allotment = n.allotment AND b.room_type = n.room_type
        AND b.arrival <= n.night AND n.night < b.departure) AS blocks,
    coalesce((SELECT p.rooms FROM picked AS p WHERE p.allotment = n.allotment
        AND p.room_type = n.room_type AND p.night = n.night), 0) AS stays
FROM allotment_night AS n JOIN allotment AS a ON a.id = n.allotment
WHERE total <> blocks OR picked_up <> stays LIMIT 20";

const HELD: &str = "
SELECT c.room_type, c.night, c.held, coalesce(sum(s.rooms), 0) FROM cell AS c
LEFT JOIN (SELECT hs.* FROM hold_stay AS hs JOIN hold AS h ON h.id = hs.hold
           WHERE h.status = 'active') AS s
    ON s.room_type = c.room_type AND s.arrival <= c.night AND c.night < s.departure
GROUP BY c.room_type, c.night HAVING c.held <> coalesce(sum(s.rooms), 0) LIMIT 20";

const OUT: &str = "
SELECT c.room_type, c.night, c.out_of_order, coalesce(sum(o.rooms), 0) FROM cell AS c
LEFT JOIN outage AS o ON o.service = 0
    AND o.room_type = c.room_type AND o.from_night <= c.night AND c.night < o.back_on
GROUP BY c.room_type, c.night HAVING c.out_of_order <> coalesce(sum(o.rooms), 0) LIMIT 20";
