//! Asking: what decisions read. Each says what is missing.

use super::*;
use std::collections::BTreeSet;

use crate::allotment::AllotmentStatus;
use crate::corrected::Rows;
use crate::refusal::Pool;

impl State {
    pub(crate) fn need_cells(&self, code: RoomTypeCode, nights: NightRange) -> Result<(), Halt> {
        let loaded = |night| self.cells.contains_key(&(code, night));
        if self.whole || nights.iter().all(loaded) {
            return Ok(());
        }
        Err(Halt::Missing(vec![Want::Cells(code, nights)]))
    }

    /// What has to be loaded so that these rows are here.
    pub fn lacking(&self, rows: &Rows) -> Vec<Want> {
        let one = |night: Night| NightRange::new(night, night.plus(1));
        let mut wants = BTreeSet::new();
        let mut ask = |needed: Result<(), Halt>| {
            if let Err(Halt::Missing(missing)) = needed {
                wants.extend(missing);
            }
        };
        for (code, night) in &rows.cells {
            ask(self.need_cells(*code, one(*night)));
        }
        for night in &rows.house {
            ask(self.need_house_limits(one(*night)));
        }
        for id in &rows.reservations {
            ask(self.reservation(&Reference::Id(*id)).map(drop));
        }
        for id in &rows.holds {
            ask(self.hold(&Reference::Id(*id)).map(drop));
        }
        for id in &rows.outages {
            ask(self.outage(&Reference::Id(*id)).map(drop));
        }
        for id in &rows.allotments {
            ask(self.allotment(&Reference::Id(*id)).map(drop));
        }
        wants.into_iter().collect()
    }

    /// The rights of the type on the night; none where nobody told of any.
    pub(crate) fn shares(&self, code: RoomTypeCode, night: Night) -> Shares {
        self.shares.get(&(code, night)).copied().unwrap_or_default()
    }

    /// Rooms that stand in the shares of other desks.
    pub(crate) fn in_other_shares(&self, pool: Pool, night: Night) -> u32 {
        let of = |code: RoomTypeCode| pool == Pool::House || pool == Pool::RoomType(code);
        let shares = self.shares.iter();
        let shares = shares.filter(|((code, at), _)| *at == night && of(*code));
        let rooms: i32 = shares.map(|(_, shares)| shares.others).sum();
        rooms.max(0).unsigned_abs()
    }

    pub(crate) fn need_house_limits(&self, nights: NightRange) -> Result<(), Halt> {
        if self.whole
            || nights
                .iter()
                .all(|night| self.house_limits.contains_key(&night))
        {
            return Ok(());
        }
        Err(Halt::Missing(vec![Want::HouseLimits(nights)]))
    }

    pub(crate) fn reservation(
        &self,
        asked: &Reference<ReservationId>,
    ) -> Result<Option<&Reservation>, Halt> {
        let known = match asked {
            Reference::Id(id) => self.reservations.get(id).map(Option::as_ref),
            Reference::Number(number) => self
                .reservation_numbers
                .get(number)
                .map(|id| id.and_then(|id| self.loaded_reservation(id))),
        };
        self.known_or(known, || Want::Reservation(asked.clone()))
    }

    pub(crate) fn hold(&self, asked: &Reference<HoldId>) -> Result<Option<&Hold>, Halt> {
        let known = match asked {
            Reference::Id(id) => self.holds.get(id).map(Option::as_ref),
            Reference::Number(number) => self
                .hold_numbers
                .get(number)
                .map(|id| id.and_then(|id| self.loaded_hold(id))),
        };
        self.known_or(known, || Want::Hold(asked.clone()))
    }

    pub(crate) fn outage(&self, asked: &Reference<OutageId>) -> Result<Option<&Outage>, Halt> {
        let known = match asked {
            Reference::Id(id) => self.outages.get(id).map(Option::as_ref),
            Reference::Number(number) => self
                .outage_numbers
                .get(number)
                .map(|id| id.and_then(|id| self.loaded_outage(id))),
        };
        self.known_or(known, || Want::Outage(asked.clone()))
    }

    pub(crate) fn allotment(
        &self,
        asked: &Reference<AllotmentId>,
    ) -> Result<Option<&Allotment>, Halt> {
        let known = match asked {
            Reference::Id(id) => self.allotments.get(id).map(Option::as_ref),
            Reference::Number(number) => self
                .allotment_numbers
                .get(number)
                .map(|id| id.and_then(|id| self.loaded_allotment(id))),
        };
        self.known_or(known, || Want::Allotment(asked.clone()))
    }

    fn known_or<'a, T>(
        &self,
        known: Option<Option<&'a T>>,
        want: impl FnOnce() -> Want,
    ) -> Result<Option<&'a T>, Halt> {
        match known {
            Some(found) => Ok(found),
            None if self.whole => Ok(None),
            None => Err(Halt::Missing(vec![want()])),
        }
    }

    pub(crate) fn room_in_house(
        &self,
        room: &RoomNumber,
    ) -> Result<Option<(ReservationId, u16, ShortNumber)>, Halt> {
        let is_in =
            |stay: &Stay| stay.status == StayStatus::CheckedIn && stay.room.as_ref() == Some(room);
        let here = self.all_reservations().find_map(|reservation| {
            let stay = reservation.stays.iter().find(|stay| is_in(stay))?;
            Some((reservation.id, stay.stay, reservation.number.clone()))
        });
        if self.whole || here.is_some() {
            return Ok(here);
        }
        let known = self.rooms_in_house.get(room);
        let known = known.ok_or_else(|| Halt::Missing(vec![Want::RoomInHouse(room.clone())]))?;
        // A reservation that is loaded knows better than what was once answered: a step before
        // this one, in the same command, may have freed the room.
        let elsewhere = known
            .clone()
            .filter(|by| self.loaded_reservation(by.0).is_none());
        Ok(elsewhere)
    }

    pub(crate) fn due_holds(&self, now: Instant) -> Result<Vec<&Hold>, Halt> {
        if !self.whole {
            let due = self.due_holds.as_ref();
            let due = due.ok_or_else(|| Halt::Missing(vec![Want::DueHolds]))?;
            return Ok(due.iter().filter_map(|id| self.loaded_hold(*id)).collect());
        }
        let is_due = |hold: &&Hold| hold.status == HoldStatus::Active && hold.expires_at <= now;
        let mut due: Vec<&Hold> = self.all_holds().filter(is_due).collect();
        due.sort_by_key(|hold| (hold.expires_at, hold.id));
        due.truncate(SWEEP_AT_MOST);
        Ok(due)
    }

    pub(crate) fn past(&self, id: CommandId) -> Result<Option<&PastCommand>, Halt> {
        self.known_or(self.past.get(&id).map(Option::as_ref), || Want::Past(id))
    }

    pub(crate) fn last_done(&self) -> Result<&LastDone, Halt> {
        match &self.last_undoable {
            Some(found) => Ok(found),
            None if self.whole => Ok(&LastDone::Nothing),
            None => Err(Halt::Missing(vec![Want::LastUndoable])),
        }
    }

    /// The outages that put rooms of the type out of service on some night of the range, in no order.
    pub(crate) fn out_of_service(
        &self,
        code: RoomTypeCode,
        nights: NightRange,
    ) -> Result<Vec<&Outage>, Halt> {
        if !self.whole && !self.service_known.contains(&(code, nights)) {
            return Err(Halt::Missing(vec![Want::OutOfService(code, nights)]));
        }
        let over = |outage: &&Outage| outage.is_out_of_service(code, nights);
        Ok(self.all_outages().filter(over).collect())
    }

    pub(crate) fn uses_beyond(&self, code: RoomTypeCode, from: Night) -> Result<UsedBy, Halt> {
        if !self.whole {
            let known = self.uses_beyond.get(&(code, from)).cloned();
            return known.ok_or_else(|| Halt::Missing(vec![Want::UsesBeyond(code, from)]));
        }
        let mut numbers: Vec<String> = Vec::new();
        for reservation in self.all_reservations() {
            let uses = |stay: &Stay| {
                stay.taken()
                    .any(|(taken, night)| taken == code && night >= from)
            };
            if reservation.stays.iter().any(uses) {
                numbers.push(reservation.number.to_string());
            }
        }
        for hold in self
            .all_holds()
            .filter(|hold| hold.status == HoldStatus::Active)
        {
            if hold
                .stays
                .iter()
                .any(|stay| stay.room_type == code && stay.departure > from)
            {
                numbers.push(hold.number.to_string());
            }
        }
        for outage in self.all_outages().filter(|outage| outage.room_type == code) {
            if outage.back_on > from && outage.from < outage.back_on {
                numbers.push(outage.number.to_string());
            }
        }
        for allotment in self.all_allotments() {
            let keeps = allotment
                .terms
                .totals()
                .into_keys()
                .any(|(kept, night)| kept == code && night >= from);
            if allotment.status == AllotmentStatus::Open && keeps {
                numbers.push(allotment.number.to_string());
            }
        }
        numbers.sort();
        let count = numbers.len() as u64;
        numbers.truncate(20);
        Ok(UsedBy { numbers, count })
    }

    /// The rooms that the type's last retirement took, night by night; nothing where nobody knows.
    pub(crate) fn retirement(&self, code: RoomTypeCode) -> Result<Option<&[LimitRun<i32>]>, Halt> {
        match self.retirements.get(&code) {
            Some(known) => Ok(known.as_deref()),
            None if self.whole => Ok(None),
            None => Err(Halt::Missing(vec![Want::Retirement(code)])),
        }
    }

    pub(crate) fn next_number(&self, kind: Numbered, index: u64) -> ShortNumber {
        let last = match kind {
            Numbered::Reservation => self.counters.reservation,
            Numbered::Hold => self.counters.hold,
            Numbered::Outage => self.counters.outage,
            Numbered::Allotment => self.counters.allotment,
        };
        let desk = self
            .catalogue
            .as_ref()
            .map_or("A", |catalogue| catalogue.desk.as_str());
        ShortNumber::new(desk, kind, last + 1 + index)
    }
}
