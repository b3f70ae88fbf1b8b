//! Answers what a decision wants, from the transaction it is decided in.

use keyrack_inventory::decide::LONGEST_STAY;
use keyrack_inventory::model::Outage;
use keyrack_inventory::state::{DueItems, SWEEP_AT_MOST, UsedBy, WAITING_AT_MOST};
use keyrack_inventory::{
    Instant, Night, NightRange, Reference, ReservationId, RoomTypeCode, State, Want,
};

use super::Tx;
use super::rows::{doc, parsed};
use crate::error::CentralError;

/// How many numbers a refusal names.
const NAMED: usize = 20;

/// On whose behalf something is decided.
#[derive(Clone, Copy, Debug)]
pub struct Asker<'a> {
    /// The property.
    pub property: i32,
    /// The letters of the desk: only it lets its holds go.
    pub letters: &'a str,
    /// Who gave the command.
    pub actor: &'a str,
    /// As of when holds are due.
    pub at: Instant,
}

impl Tx<'_> {
    /// Loads what is wanted into the state.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn load(
        &self,
        state: &mut State,
        asker: Asker<'_>,
        wants: &[Want],
    ) -> Result<(), CentralError> {
        let property = asker.property;
        for want in wants {
            match want {
                Want::Cells(code, nights) => {
                    let cells = self.cells(property, *code, *nights).await?;
                    state.put_cells(*code, *nights, cells.into_iter());
                }
                Want::HouseLimits(nights) => {
                    let limits = self.house_limits(property, *nights).await?;
                    state.put_house_limits(*nights, limits.into_iter());
                }
                Want::Reservation(asked) => {
                    state.put_reservation(asked, self.reservation(property, asked).await?);
                }
                Want::Hold(asked) => state.put_hold(asked, self.hold(property, asked).await?),
                Want::Outage(asked) => state.put_outage(asked, self.outage(property, asked).await?),
                Want::Allotment(asked) => {
                    state.put_allotment(asked, self.allotment(property, asked).await?);
                }
                Want::Waiting => self.load_waiting(state, property).await?,
                Want::Due(date) => state.put_due(*date, self.due(property, *date).await?),
                Want::RoomInHouse(room) => {
                    let by = self.room_in_house(property, room.as_str()).await?;
                    state.put_room_in_house(room.clone(), by);
                }
                Want::DueHolds => self.load_due_holds(state, asker).await?,
                Want::Past(id) => state.put_past(*id, self.past(property, *id).await?),
                Want::LastUndoable => {
                    let found = self
                        .last_undoable(property, asker.letters, asker.actor)
                        .await?;
                    state.put_last_undoable(found);
                }
                Want::OutOfService(code, nights) => {
                    let found = self.out_of_service(property, *code, *nights).await?;
                    state.put_out_of_service(*code, *nights, found);
                }
                Want::Retirement(code) => {
                    let found = self.retirement(property, *code).await?;
                    state.put_retirement(*code, found.as_deref());
                }
                Want::UsesBeyond(code, from) => {
                    state.put_uses_beyond(*code, *from, self.uses(property, *code, *from).await?);
                }
            }
        }
        Ok(())
    }

    async fn load_due_holds(
        &self,
        state: &mut State,
        asker: Asker<'_>,
    ) -> Result<(), CentralError> {
        let most = i64::try_from(SWEEP_AT_MOST).unwrap_or(i64::MAX);
        let holds = self
            .due_holds(asker.property, asker.letters, asker.at.millis(), most)
            .await?;
        let due = holds.iter().map(|hold| hold.id).collect();
        for hold in holds {
            state.put_hold(&Reference::Id(hold.id), Some(hold));
        }
        state.put_due_holds(due);
        Ok(())
    }

    async fn out_of_service(
        &self,
        property: i32,
        code: RoomTypeCode,
        nights: NightRange,
    ) -> Result<Vec<Outage>, CentralError> {
        let range = (nights.from.day_number(), nights.to.day_number());
        let rows = self
            .rows(
                "SELECT doc FROM outage WHERE property = $1 AND room_type = $2
                   AND back_on > $3 AND from_night < $4 AND from_night < back_on
                   AND (doc ->> 'service')::boolean",
                &[&property, &code.as_str(), &range.0, &range.1],
            )
            .await?;
        rows.iter().map(|row| doc(row, 0)).collect()
    }

    async fn load_waiting(&self, state: &mut State, property: i32) -> Result<(), CentralError> {
        let most = i64::try_from(WAITING_AT_MOST).unwrap_or(i64::MAX);
        let rows = self
            .rows(
                "SELECT r.id FROM reservation AS r WHERE r.property = $1 AND EXISTS (
                    SELECT 1 FROM stay AS s WHERE s.property = $1 AND s.reservation = r.id
                        AND s.status = 'waitlisted')
                 ORDER BY r.created_at, r.id LIMIT $2",
                &[&property, &most],
            )
            .await?;
        let mut waiting = Vec::new();
        for row in &rows {
            let id = ReservationId(row.try_get(0)?);
            let asked = Reference::Id(id);
            state.put_reservation(&asked, self.reservation(property, &asked).await?);
            waiting.push(id);
        }
        state.put_waiting(waiting);
        Ok(())
    }

    async fn due(&self, property: i32, date: Night) -> Result<DueItems, CentralError> {
        let rows = self
            .rows(
                "SELECT r.number || '/' || s.stay FROM stay AS s
                 JOIN reservation AS r ON r.property = s.property AND r.id = s.reservation
                 WHERE s.property = $1
                   AND s.status IN ('waitlisted', 'tentative', 'needs_confirmation', 'confirmed', 'checked_in')
                   AND ((s.status = 'checked_in' AND s.departure <= $2)
                     OR (s.status = 'confirmed' AND s.arrival <= $2 AND s.kept_on IS DISTINCT FROM $2)
                     OR (s.status IN ('needs_confirmation', 'waitlisted') AND s.arrival <= $2)
                     OR (s.status = 'tentative' AND (s.arrival <= $2 OR s.option_until <= $2)))
                 UNION ALL SELECT number FROM allotment
                 WHERE property = $1 AND status = 'open' AND cut_off <= $2 AND kind <> 'committed'",
                &[&property, &date.day_number()],
            )
            .await?;
        let named = rows
            .iter()
            .map(|row| row.try_get(0))
            .collect::<Result<Vec<String>, _>>()?;
        let (numbers, count) = first_named(named);
        Ok(DueItems {
            named: numbers,
            count,
        })
    }

    async fn room_in_house(
        &self,
        property: i32,
        room: &str,
    ) -> Result<Option<(ReservationId, u16, keyrack_inventory::ShortNumber)>, CentralError> {
        let row = self
            .row(
                "SELECT s.reservation, s.stay, r.number FROM stay AS s
                 JOIN reservation AS r ON r.property = s.property AND r.id = s.reservation
                 WHERE s.property = $1 AND s.room = $2 AND s.status = 'checked_in'",
                &[&property, &room],
            )
            .await?;
        let Some(row) = row else {
            return Ok(None);
        };
        let stay: i32 = row.try_get(1)?;
        let stay = u16::try_from(stay).map_err(|error| CentralError::damaged("stay", error))?;
        Ok(Some((
            ReservationId(row.try_get(0)?),
            stay,
            parsed(&row, 2, "reservation")?,
        )))
    }

    async fn uses(
        &self,
        property: i32,
        code: RoomTypeCode,
        from: Night,
    ) -> Result<UsedBy, CentralError> {
        let longest = i32::try_from(LONGEST_STAY).unwrap_or(i32::MAX);
        let rows = self
            .rows(
                "SELECT r.number FROM stay AS s
                 JOIN reservation AS r ON r.property = s.property AND r.id = s.reservation
                 WHERE s.property = $1 AND s.room_type = $2 AND s.arrival > $3 - $4 AND s.leaves_on > $3
                   AND s.status IN ('tentative', 'confirmed', 'checked_in', 'checked_out')
                   AND NOT (s.status = 'tentative' AND s.takes_none)
                 UNION SELECT r.number FROM moved_night AS m
                 JOIN reservation AS r ON r.property = m.property AND r.id = m.reservation
                 WHERE m.property = $1 AND m.room_type = $2 AND m.night >= $3
                 UNION SELECT number FROM outage
                 WHERE property = $1 AND room_type = $2 AND back_on > $3 AND back_on > from_night",
                &[&property, &code.as_str(), &from.day_number(), &longest],
            )
            .await?;
        let mut numbers = rows
            .iter()
            .map(|row| row.try_get(0))
            .collect::<Result<Vec<String>, _>>()?;
        for hold in self.active_holds(property).await? {
            let mut stays = hold.stays.iter();
            if stays.any(|stay| stay.room_type == code && stay.departure > from) {
                numbers.push(hold.number.to_string());
            }
        }
        for allotment in self.open_allotments(property).await? {
            let mut kept = allotment.terms.totals().into_keys();
            if kept.any(|(kept, night)| kept == code && night >= from) {
                numbers.push(allotment.number.to_string());
            }
        }
        let (numbers, count) = first_named(numbers);
        Ok(UsedBy { numbers, count })
    }
}

/// The first few in order, and how many there are.
fn first_named(mut numbers: Vec<String>) -> (Vec<String>, u64) {
    numbers.sort();
    let count = numbers.len() as u64;
    numbers.truncate(NAMED);
    (numbers, count)
}
