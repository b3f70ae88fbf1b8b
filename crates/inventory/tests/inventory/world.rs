//! A whole inventory in memory. Every command that runs in it is decided a second time on a slice
//! that is loaded piece by piece, and every event is folded a second time from its stored form, so
//! that each test of the tables proves those two as well.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use keyrack_inventory::cell::{Cell, HouseLimit};
use keyrack_inventory::evolve::wanted;
use keyrack_inventory::model::{Hold, HoldStatus, Outage, Property, Reservation, RoomType};
use keyrack_inventory::model::{RoomTypeStatus, StayRequest};
use keyrack_inventory::state::{Counters, DueItems, PastCommand, UsedBy, is_due};
use keyrack_inventory::{
    Allotment, AllotmentId, Catalogue, Command, CommandId, Context, Decision, Event, Halt, HoldId,
    Instant, Night, OutageId, Reference, Refusal, ReservationId, RoomTypeCode, State, StayStatus,
    Touched, Want, decide, evolve,
};
use uuid::Uuid;

/// What a caller may give beside a command.
#[derive(Clone, Copy, Debug, Default)]
pub struct With {
    pub if_version: Option<i64>,
    pub override_given: bool,
}

/// A command that was run.
#[derive(Clone, Debug)]
pub struct Ran {
    pub id: CommandId,
    pub command: Command,
    pub accepted: bool,
    pub undone: bool,
    pub events: Vec<Event>,
}

pub struct World {
    /// How often the last command was decided before its slice held all that it needs.
    pub goes: std::cell::Cell<u32>,
    pub state: State,
    /// The same inventory, folded from stored payloads.
    folded: State,
    pub now: Instant,
    pub log: Vec<Ran>,
}

/// Everything that a state holds, comparable.
#[derive(Clone, Debug, PartialEq)]
pub struct Everything {
    pub catalogue: Option<Arc<Catalogue>>,
    pub counters: Counters,
    pub cells: BTreeMap<(RoomTypeCode, Night), Cell>,
    pub house_limits: BTreeMap<Night, HouseLimit>,
    pub reservations: BTreeMap<ReservationId, Reservation>,
    pub holds: BTreeMap<HoldId, Hold>,
    pub outages: BTreeMap<OutageId, Outage>,
    pub allotments: BTreeMap<AllotmentId, Allotment>,
}

pub fn everything(state: &State) -> Everything {
    let cells = state.all_cells();
    let reservations = state.all_reservations();
    Everything {
        catalogue: state.catalogue().cloned(),
        counters: state.counters(),
        cells: cells
            .map(|(code, night, cell)| ((code, night), *cell))
            .collect(),
        house_limits: state.all_house_limits().collect(),
        reservations: reservations.map(|one| (one.id, one.clone())).collect(),
        holds: state.all_holds().map(|one| (one.id, one.clone())).collect(),
        outages: state
            .all_outages()
            .map(|one| (one.id, one.clone()))
            .collect(),
        allotments: state
            .all_allotments()
            .map(|one| (one.id, one.clone()))
            .collect(),
    }
}

/// The business date of every test's first day, which scripts call day 1.
pub fn day(number: i32) -> Night {
    "2017-06-01".parse::<Night>().unwrap().plus(number - 1)
}

pub fn code(text: &str) -> RoomTypeCode {
    text.parse().unwrap()
}

pub fn room_type(text: &str, rank: u32, rooms: i32, overbooking: i32) -> RoomType {
    RoomType {
        code: code(text),
        name: text.parse().unwrap(),
        rank,
        rooms,
        overbooking,
        life: RoomTypeStatus::OnSale,
    }
}

pub fn hotel() -> Property {
    Property {
        code: "H1".parse().unwrap(),
        name: "Hotel".parse().unwrap(),
        time_zone: "Europe/Lisbon".parse().unwrap(),
        currency: "EUR".parse().unwrap(),
        business_date: day(1),
        tentative_takes_none: false,
    }
}

/// Whether the event retires the type.
fn is_retirement(event: &Event, code: RoomTypeCode) -> bool {
    let retired = |life| matches!(life, RoomTypeStatus::Retired { .. });
    match event {
        Event::RoomTypeChanged(changed) if changed.after.code == code => {
            retired(changed.after.life) && !retired(changed.before.life)
        }
        _ => false,
    }
}

impl World {
    /// A hotel with the types given, and with no night open yet.
    pub fn new(room_types: Vec<RoomType>) -> Self {
        let mut world = Self::empty();
        let property = hotel();
        let opened = Command::OpenProperty {
            property,
            room_types,
        };
        world.run(&opened, With::default()).unwrap();
        world
    }

    /// No hotel yet.
    pub fn empty() -> Self {
        Self {
            state: State::whole(),
            folded: State::whole(),
            now: "2017-06-01T12:00:00Z".parse().unwrap(),
            log: Vec::new(),
            goes: std::cell::Cell::new(0),
        }
    }

    /// What follows is asked at the desk with those letters.
    pub fn sit_down_at(&mut self, letters: &str) {
        self.state.put_desk(letters);
        self.folded.put_desk(letters);
    }

    /// Decides the command on the whole and on a slice, and folds what happened.
    pub fn run(&mut self, command: &Command, with: With) -> Result<Decision, Refusal> {
        let serial = u128::try_from(self.log.len()).unwrap();
        let id = CommandId(Uuid::from_u128(
            0x0190_0000_0000_7000_8000_0000_0000_0000 + serial,
        ));
        let context = Context {
            command_id: id,
            now: self.now,
            if_version: with.if_version,
            override_given: with.override_given,
            authority: keyrack_inventory::Authority::Counts,
        };
        self.remember();
        let whole = match decide(&self.state, &context, command) {
            Ok(decision) => Ok(decision),
            Err(Halt::Refused(refusal)) => Err(*refusal),
            Err(Halt::Missing(wants)) => panic!("a whole state lacks {wants:?}"),
        };
        let (sliced, slice) = self.decide_sliced(&context, command);
        assert_eq!(sliced, whole, "slice and whole differ on {command:?}");
        if let Ok(decision) = &whole {
            self.fold(decision, slice);
            if let keyrack_inventory::Outcome::Undone { command, .. } = &decision.outcome {
                self.log
                    .iter_mut()
                    .for_each(|ran| ran.undone |= ran.id == *command);
            }
        }
        self.log.push(Ran {
            id,
            command: command.clone(),
            accepted: whole.is_ok(),
            undone: false,
            events: whole
                .as_ref()
                .map(|done| done.events.clone())
                .unwrap_or_default(),
        });
        whole
    }

    /// Folds an event that no command of today makes.
    pub fn happen(&mut self, event: &Event) {
        evolve(&mut self.state, event, self.now);
        evolve(&mut self.folded, event, self.now);
    }

    fn past(&self, id: CommandId) -> Option<PastCommand> {
        let ran = self.log.iter().find(|ran| ran.id == id)?;
        Some(PastCommand {
            kind: ran.command.kind().to_owned(),
            accepted: ran.accepted,
            undone: ran.undone,
            events: ran.events.clone(),
        })
    }

    fn retirement(&self, code: RoomTypeCode) -> Option<Vec<Event>> {
        let retires = |ran: &&Ran| ran.events.iter().any(|event| is_retirement(event, code));
        let found = self.log.iter().rev().find(retires);
        found.map(|ran| ran.events.clone())
    }

    fn last_undoable(&self) -> Option<CommandId> {
        let can = |ran: &&Ran| {
            let is_undo = matches!(ran.command, Command::Undo { .. });
            ran.accepted && !ran.undone && !is_undo && !ran.events.is_empty()
        };
        self.log.iter().rev().find(can).map(|ran| ran.id)
    }

    fn remember(&mut self) {
        for id in self.log.iter().map(|ran| ran.id).collect::<Vec<_>>() {
            self.state.put_past(id, self.past(id));
        }
        let last = self.last_undoable();
        self.state.put_last_undoable(last);
        let types = self.state.catalogue().cloned();
        for room_type in types.iter().flat_map(|known| &known.room_types) {
            let retirement = self.retirement(room_type.code);
            self.state
                .put_retirement(room_type.code, retirement.as_deref());
        }
    }

    fn decide_sliced(
        &self,
        context: &Context,
        command: &Command,
    ) -> (Result<Decision, Refusal>, State) {
        let mut slice = State::slice(self.state.catalogue().cloned(), self.state.counters());
        let mut asked = HashSet::new();
        self.goes.set(0);
        loop {
            self.goes.set(self.goes.get() + 1);
            match decide(&slice, context, command) {
                Ok(decision) => return (Ok(decision), slice),
                Err(Halt::Refused(refusal)) => return (Err(*refusal), slice),
                Err(Halt::Missing(wants)) => {
                    assert!(!wants.is_empty(), "missing, but nothing is wanted");
                    for want in wants {
                        assert!(asked.insert(want.clone()), "{want:?} is asked for again");
                        self.serve(&mut slice, &want);
                    }
                }
            }
        }
    }

    /// Answers as a store would.
    fn serve(&self, slice: &mut State, want: &Want) {
        let whole = &self.state;
        match want {
            Want::Cells(code, nights) => {
                let cell = |night| Some((night, *whole.loaded_cell(*code, night)?));
                slice.put_cells(*code, *nights, nights.iter().filter_map(cell));
            }
            Want::HouseLimits(nights) => {
                let limit = |night| Some((night, whole.loaded_house_limit(night)?));
                slice.put_house_limits(*nights, nights.iter().filter_map(limit));
            }
            Want::Reservation(asked) => {
                let is = |found: &&Reservation| match asked {
                    Reference::Id(id) => found.id == *id,
                    Reference::Number(number) => found.number == *number,
                };
                slice.put_reservation(asked, whole.all_reservations().find(is).cloned());
            }
            Want::Hold(asked) => {
                let is = |found: &&Hold| match asked {
                    Reference::Id(id) => found.id == *id,
                    Reference::Number(number) => found.number == *number,
                };
                slice.put_hold(asked, whole.all_holds().find(is).cloned());
            }
            Want::Outage(asked) => {
                let is = |found: &&Outage| match asked {
                    Reference::Id(id) => found.id == *id,
                    Reference::Number(number) => found.number == *number,
                };
                slice.put_outage(asked, whole.all_outages().find(is).cloned());
            }
            Want::RoomInHouse(room) => {
                let found = whole.all_reservations().find_map(|one| {
                    let here = one.stays.iter().find(|stay| {
                        stay.status == StayStatus::CheckedIn && stay.room.as_ref() == Some(room)
                    })?;
                    Some((one.id, here.stay, one.number.clone()))
                });
                slice.put_room_in_house(room.clone(), found);
            }
            Want::DueHolds => {
                let active = whole
                    .all_holds()
                    .filter(|hold| hold.status == HoldStatus::Active);
                let due = active.filter(|hold| hold.expires_at <= self.now);
                let mut due: Vec<Hold> = due.cloned().collect();
                due.sort_by_key(|hold| (hold.expires_at, hold.id));
                due.truncate(500);
                slice.put_due_holds(due.iter().map(|hold| hold.id).collect());
                for hold in due {
                    slice.put_hold(&Reference::Id(hold.id), Some(hold));
                }
            }
            Want::Allotment(asked) => {
                let is = |found: &&Allotment| match asked {
                    Reference::Id(id) => found.id == *id,
                    Reference::Number(number) => found.number == *number,
                };
                slice.put_allotment(asked, whole.all_allotments().find(is).cloned());
            }
            Want::Waiting => {
                let waits = |stay: &keyrack_inventory::Stay| stay.status == StayStatus::Waitlisted;
                let found = whole
                    .all_reservations()
                    .filter(|one| one.stays.iter().any(waits));
                let mut found: Vec<Reservation> = found.cloned().collect();
                found.sort_by_key(|one| (one.created_at, one.id));
                slice.put_waiting(found.iter().map(|one| one.id).collect());
                for one in found {
                    slice.put_reservation(&Reference::Id(one.id), Some(one));
                }
            }
            Want::Due(date) => slice.put_due(*date, self.due(*date)),
            Want::Past(id) => slice.put_past(*id, self.past(*id)),
            Want::Retirement(code) => {
                slice.put_retirement(*code, self.retirement(*code).as_deref());
            }
            Want::LastUndoable => slice.put_last_undoable(self.last_undoable()),
            Want::OutOfService(code, nights) => {
                let found = whole.all_outages();
                let found = found.filter(|outage| outage.is_out_of_service(*code, *nights));
                slice.put_out_of_service(*code, *nights, found.cloned().collect());
            }
            Want::UsesBeyond(code, from) => {
                slice.put_uses_beyond(*code, *from, self.uses_beyond(*code, *from));
            }
        }
    }

    fn due(&self, date: Night) -> DueItems {
        let mut named = Vec::new();
        for one in self.state.all_reservations() {
            for stay in one.stays.iter().filter(|stay| is_due(stay, date)) {
                named.push(format!("{}/{}", one.number, stay.stay));
            }
        }
        let due = self.state.all_allotments().filter(|one| one.is_due(date));
        named.extend(due.map(|one| one.number.to_string()));
        named.sort();
        let count = u64::try_from(named.len()).unwrap();
        named.truncate(20);
        DueItems { named, count }
    }

    fn uses_beyond(&self, code: RoomTypeCode, from: Night) -> UsedBy {
        let mut numbers = Vec::new();
        for one in self.state.all_reservations() {
            let mut taken = one.stays.iter().flat_map(|stay| stay.taken());
            if taken.any(|(of, night)| of == code && night >= from) {
                numbers.push(one.number.to_string());
            }
        }
        for hold in self.state.all_holds() {
            let over = |stay: &StayRequest| stay.room_type == code && stay.departure > from;
            if hold.status == HoldStatus::Active && hold.stays.iter().any(over) {
                numbers.push(hold.number.to_string());
            }
        }
        for outage in self.state.all_outages() {
            let real = outage.from < outage.back_on;
            if outage.room_type == code && outage.back_on > from && real {
                numbers.push(outage.number.to_string());
            }
        }
        for one in self.state.all_allotments() {
            let beyond = |block: &StayRequest| block.room_type == code && block.departure > from;
            if one.status.as_str() == "open" && one.terms.blocks.iter().any(beyond) {
                numbers.push(one.number.to_string());
            }
        }
        numbers.sort();
        let count = u64::try_from(numbers.len()).unwrap();
        numbers.truncate(20);
        UsedBy { numbers, count }
    }

    /// Folds the events into the whole, into the slice, and from their stored form.
    fn fold(&mut self, decision: &Decision, mut slice: State) {
        for event in &decision.events {
            for want in wanted(&slice, event) {
                self.serve(&mut slice, &want);
            }
            assert_eq!(
                wanted(&slice, event),
                [],
                "what is loaded is wanted no more"
            );
            let before = everything(&self.state);
            let touched = evolve(&mut self.state, event, self.now);
            assert_eq!(evolve(&mut slice, event, self.now), touched);
            self.check_touched(&before, &touched, &slice);
            let name = event.event_type();
            let payload = serde_json::to_string(event).unwrap();
            let stored = Event::from_stored(name, event.schema_version(), &payload).unwrap();
            assert_eq!(&stored, event, "{payload}");
            evolve(&mut self.folded, &stored, self.now);
        }
        assert_eq!(everything(&self.folded), everything(&self.state));
    }

    /// One event raises the version of each cell that it changes by one, and names just those.
    fn check_touched(&self, before: &Everything, touched: &Touched, slice: &State) {
        let after = everything(&self.state);
        let mut changed = Vec::new();
        for (key, cell) in &after.cells {
            let was = before.cells.get(key).copied().unwrap_or_default();
            let counts = |cell: &Cell| Cell {
                version: 0,
                ..*cell
            };
            let opened = !before.cells.contains_key(key);
            let rises = i64::from(opened || counts(&was) != counts(cell));
            assert_eq!(cell.version - was.version, rises, "the version of {key:?}");
            if rises == 1 {
                changed.push(*key);
                assert_eq!(
                    slice.loaded_cell(key.0, key.1),
                    Some(cell),
                    "slice at {key:?}"
                );
            }
            assert!(cell.is_sound(), "{key:?} {cell:?}");
        }
        let mut named = touched.cells.clone();
        named.sort();
        assert_eq!(named, changed, "what is said to be touched is what changed");
        for (id, one) in &after.allotments {
            if before.allotments.get(id) != Some(one) {
                assert!(touched.allotments.contains(id), "{id:?} is not named");
                assert_eq!(slice.loaded_allotment(*id), Some(one));
            }
        }
        for (id, one) in &after.reservations {
            if before.reservations.get(id) != Some(one) {
                assert_eq!(touched.reservation, Some(*id));
                assert_eq!(slice.loaded_reservation(*id), Some(one));
            }
        }
    }
}
