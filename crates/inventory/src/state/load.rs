//! Loading: what a store answers to a [`Want`].

use super::*;

impl State {
    /// The cells of a type over a range; nights without a row are not open.
    pub fn put_cells(
        &mut self,
        room_type: RoomTypeCode,
        nights: NightRange,
        rows: impl Iterator<Item = (Night, Cell)>,
    ) {
        // What is loaded already stays: this command may have changed it, and the row is older.
        for (night, cell) in rows {
            self.cells.entry((room_type, night)).or_insert(Some(cell));
        }
        for night in nights.iter() {
            self.cells.entry((room_type, night)).or_insert(None);
        }
    }

    /// The property and its types, in the place of those that are here.
    pub fn put_catalogue(&mut self, catalogue: Catalogue) {
        self.catalogue = Some(Arc::new(catalogue));
    }

    /// The letters with which this desk's short numbers begin.
    pub fn put_desk(&mut self, letters: &str) {
        if let Some(catalogue) = self.catalogue.as_mut()
            && catalogue.desk != letters
        {
            letters.clone_into(&mut Arc::make_mut(catalogue).desk);
        }
    }

    /// The business date on which a command is judged; gives the one that stood there.
    pub fn put_business_date(&mut self, date: Night) -> Option<Night> {
        let catalogue = self.catalogue.as_mut()?;
        let before = catalogue.property.business_date;
        if before != date {
            Arc::make_mut(catalogue).property.business_date = date;
        }
        Some(before)
    }

    /// The numbers that were given last, so that the next ones are those that a desk gave.
    pub fn put_counters(&mut self, counters: Counters) {
        self.counters = counters;
    }

    /// The rights of a type on a night; beside its cell.
    pub fn put_shares(&mut self, room_type: RoomTypeCode, night: Night, shares: Shares) {
        self.shares.insert((room_type, night), shares);
    }

    /// The house's limits over a range; nights without a row have none.
    pub fn put_house_limits(
        &mut self,
        nights: NightRange,
        rows: impl Iterator<Item = (Night, HouseLimit)>,
    ) {
        for (night, limit) in rows {
            self.house_limits.entry(night).or_insert(Some(limit));
        }
        for night in nights.iter() {
            self.house_limits.entry(night).or_insert(None);
        }
    }

    /// A reservation, or that there is none.
    pub fn put_reservation(
        &mut self,
        asked: &Reference<ReservationId>,
        found: Option<Reservation>,
    ) {
        if let Reference::Number(number) = asked {
            self.reservation_numbers
                .insert(number.clone(), found.as_ref().map(|found| found.id));
        }
        match (found, asked) {
            (Some(found), _) => drop(self.reservations.insert(found.id, Some(found))),
            (None, Reference::Id(id)) => drop(self.reservations.insert(*id, None)),
            (None, Reference::Number(_)) => {}
        }
    }

    /// A hold, or that there is none.
    pub fn put_hold(&mut self, asked: &Reference<HoldId>, found: Option<Hold>) {
        if let Reference::Number(number) = asked {
            self.hold_numbers
                .insert(number.clone(), found.as_ref().map(|found| found.id));
        }
        match (found, asked) {
            (Some(found), _) => drop(self.holds.insert(found.id, Some(found))),
            (None, Reference::Id(id)) => drop(self.holds.insert(*id, None)),
            (None, Reference::Number(_)) => {}
        }
    }

    /// An outage, or that there is none.
    pub fn put_outage(&mut self, asked: &Reference<OutageId>, found: Option<Outage>) {
        if let Reference::Number(number) = asked {
            self.outage_numbers
                .insert(number.clone(), found.as_ref().map(|found| found.id));
        }
        match (found, asked) {
            (Some(found), _) => drop(self.outages.insert(found.id, Some(found))),
            (None, Reference::Id(id)) => drop(self.outages.insert(*id, None)),
            (None, Reference::Number(_)) => {}
        }
    }

    /// An allotment, or that there is none.
    pub fn put_allotment(&mut self, asked: &Reference<AllotmentId>, found: Option<Allotment>) {
        if let Reference::Number(number) = asked {
            self.allotment_numbers
                .insert(number.clone(), found.as_ref().map(|found| found.id));
        }
        match (found, asked) {
            (Some(found), _) => drop(self.allotments.insert(found.id, Some(found))),
            (None, Reference::Id(id)) => drop(self.allotments.insert(*id, None)),
            (None, Reference::Number(_)) => {}
        }
    }

    /// The reservations with stays that wait, the oldest first; they themselves are put beside.
    pub fn put_waiting(&mut self, waiting: Vec<ReservationId>) {
        self.waiting = Some(waiting);
    }

    /// What is due on the date and not decided.
    pub fn put_due(&mut self, date: Night, due: DueItems) {
        self.due.insert(date, due);
    }

    /// Who is in the house in that room, or that nobody is.
    pub fn put_room_in_house(
        &mut self,
        room: RoomNumber,
        by: Option<(ReservationId, u16, ShortNumber)>,
    ) {
        self.rooms_in_house.insert(room, by);
    }

    /// The holds whose time is up, oldest first; the holds themselves are put beside.
    pub fn put_due_holds(&mut self, due: Vec<HoldId>) {
        self.due_holds = Some(due);
    }

    /// A command done before, or that there is none.
    pub fn put_past(&mut self, id: CommandId, found: Option<PastCommand>) {
        self.past.insert(id, found);
    }

    /// The actor's last command that can be undone.
    pub fn put_last_undoable(&mut self, id: Option<CommandId>) {
        self.last_undoable = Some(id.map_or(LastDone::Nothing, LastDone::Command));
    }

    /// The actor's last deed is no command: what was done, and on which object.
    pub fn put_last_act(&mut self, what: String, object: String) {
        self.last_undoable = Some(LastDone::Act(what, object));
    }

    /// Every outage that puts rooms of the type out of service on some night of the range.
    pub fn put_out_of_service(
        &mut self,
        room_type: RoomTypeCode,
        nights: NightRange,
        found: Vec<Outage>,
    ) {
        for outage in found {
            self.outages.entry(outage.id).or_insert(Some(outage));
        }
        self.service_known.insert((room_type, nights));
    }

    /// The events of the command that retired the type last, or took its reactivation back.
    pub fn put_retirement(&mut self, room_type: RoomTypeCode, events: Option<&[Event]>) {
        let runs = events.map(|events| {
            let of_type = events.iter().filter_map(|event| match event {
                Event::PhysicalSet(set) if set.room_type == room_type => Some(&set.runs),
                _ => None,
            });
            of_type.flatten().cloned().collect()
        });
        self.retirements.insert(room_type, runs);
    }

    /// What uses the type on or after the night.
    pub fn put_uses_beyond(&mut self, room_type: RoomTypeCode, from: Night, used: UsedBy) {
        self.uses_beyond.insert((room_type, from), used);
    }
}
