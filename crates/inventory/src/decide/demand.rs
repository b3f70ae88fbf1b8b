//! What a command asks for, night by night: rooms of types, and rooms picked up from allotments.

use std::collections::BTreeMap;

use super::{allotment, catalogue};
use crate::allotment::{Allotment, AllotmentStatus, Terms, keeps};
use crate::civil::{Night, NightRange};
use crate::event::Event;
use crate::ids::{AllotmentId, Reference, RoomTypeCode};
use crate::model::StayRequest;
use crate::state::{Halt, State};
use crate::stay::{Stay, StayStatus};

/// Rooms asked for (positive) and given back (negative), by night and type. Nights come first, so
/// that the first night that lacks rooms is found first.
#[derive(Debug, Default)]
pub(super) struct Demand {
    rooms: BTreeMap<(Night, RoomTypeCode), i32>,
    picks: BTreeMap<(AllotmentId, Night, RoomTypeCode), Pick>,
    /// Allotments whose terms or status the command changes as well.
    terms: BTreeMap<AllotmentId, (Terms, AllotmentStatus)>,
}

/// Rooms picked up from an allotment on a night, or given up.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Pick {
    /// By how many the allotment's count moves.
    pub rooms: i32,
    /// How many of those the allotment is not asked for.
    pub unasked: i32,
    /// How many of those are facts.
    facts: i32,
}

impl Demand {
    pub fn add_request(&mut self, request: &StayRequest, sign: i32) {
        let rooms = sign * i32::try_from(request.rooms).unwrap_or(i32::MAX);
        for night in request.nights().iter() {
            *self.rooms.entry((night, request.room_type)).or_default() += rooms;
        }
    }

    /// Rooms of a request that come from an allotment.
    pub fn add_pick_up(&mut self, request: &StayRequest, allotment: AllotmentId) {
        self.add_request(request, 1);
        let rooms = i32::try_from(request.rooms).unwrap_or(i32::MAX);
        for night in request.nights().iter() {
            let key = (allotment, night, request.room_type);
            self.picks.entry(key).or_default().rooms += rooms;
        }
    }

    /// What other terms or another status of an allotment keep back more, or less.
    pub fn add_terms(&mut self, allotment: &Allotment, terms: &Terms, status: AllotmentStatus) {
        for (code, night) in allotment.terms.totals().into_keys() {
            self.add_blocked(code, night, -allotment.keeps(code, night));
        }
        for ((code, night), total) in terms.totals() {
            let picked = allotment.picked(code, night);
            self.add_blocked(code, night, keeps(allotment.kind, status, total, picked));
        }
        self.terms.insert(allotment.id, (terms.clone(), status));
    }

    /// What allotments whose terms the events change keep back more, or less.
    pub fn add_changed(&mut self, state: &State, events: &[Event]) -> Result<(), Halt> {
        for event in events {
            let Event::AllotmentChanged(changed) = event else {
                continue;
            };
            if let Some(found) = state.allotment(&Reference::Id(changed.allotment))? {
                self.add_terms(found, &changed.after, found.status);
            }
        }
        Ok(())
    }

    /// Rooms that an allotment keeps back, or gives back.
    pub fn add_blocked(&mut self, code: RoomTypeCode, night: Night, rooms: i32) {
        *self.rooms.entry((night, code)).or_default() += rooms;
    }

    pub fn add_stay(&mut self, stay: &Stay, sign: i32) {
        for (code, night) in stay.taken() {
            *self.rooms.entry((night, code)).or_default() += sign;
            self.pick(stay, (code, night), sign, false);
        }
    }

    fn pick(&mut self, stay: &Stay, (code, night): (RoomTypeCode, Night), sign: i32, fact: bool) {
        if let Some(id) = stay.allotment {
            let pick = self.picks.entry((id, night, code)).or_default();
            pick.rooms += sign;
            // A night moved to another type asks the house where the allotment has no such room.
            let unasked = fact || code != stay.room_type;
            pick.unasked += if unasked { sign } else { 0 };
            pick.facts += if fact { sign } else { 0 };
        }
    }

    /// What a change of one stay asks for. An in-house guest who stays longer where he is, is a
    /// fact: the nights that he adds are not asked for (docs/DOMAIN.md). One who was checked in
    /// before his arrival is not there yet.
    pub fn add_change(&mut self, before: Option<&Stay>, after: Option<&Stay>, today: Night) {
        before.into_iter().for_each(|stay| self.add_stay(stay, -1));
        let Some(after) = after else { return };
        let stays_on = before.filter(|before| {
            let was_in = matches!(
                before.status,
                StayStatus::CheckedIn | StayStatus::CheckedOut
            );
            was_in && after.status == StayStatus::CheckedIn && before.arrival <= today
        });
        for (code, night) in after.taken() {
            let longer = stays_on.is_some_and(|before| {
                let sleeps_in = before.type_on(before.leaves_on().plus(-1));
                let his = code == before.type_on(night) || code == sleeps_in;
                night >= before.leaves_on() && his
            });
            if !longer {
                *self.rooms.entry((night, code)).or_default() += 1;
            }
            self.pick(after, (code, night), 1, longer);
        }
    }

    /// The demand on the house, once what is picked up from allotments, or goes back to them, is
    /// weighed: a room that an allotment kept back is not asked for a second time. Of nights that are over no room
    /// can be wanting.
    pub fn settled(mut self, state: &State) -> Result<Self, Halt> {
        let today = catalogue(state).property.business_date;
        for ((id, night, code), pick) in std::mem::take(&mut self.picks) {
            if pick.rooms == 0 || night < today {
                continue;
            }
            let Some(found) = state.allotment(&Reference::Id(id))? else {
                continue;
            };
            let changed = self.terms.get(&id);
            let (terms, status) = changed
                .map_or((&found.terms, found.status), |(terms, status)| {
                    (terms, *status)
                });
            allotment::check_pick(found, terms, (code, night), pick)?;
            let picked = found.picked(code, night);
            let total = terms.total(code, night);
            let kept = |picked| keeps(found.kind, status, total, picked);
            let more = kept(picked.saturating_add_signed(pick.rooms)) - kept(picked);
            self.add_blocked(code, night, more);
        }
        self.rooms.retain(|(night, _), _| *night >= today);
        Ok(self)
    }

    /// Whether more rooms are picked up from an allotment on a night to come than go back to it, but for facts.
    pub fn picks_up(&self, today: Night) -> bool {
        let mut picks = self.picks.iter();
        picks.any(|((_, night, _), pick)| *night >= today && pick.rooms > pick.facts.max(0))
    }

    /// Whether no more is asked for than is given back.
    pub fn is_met(&self) -> bool {
        self.rooms.values().all(|rooms| *rooms <= 0)
    }

    /// What more is asked for, night by night.
    pub fn asked(&self) -> impl Iterator<Item = (Night, RoomTypeCode, i32)> + '_ {
        let asked = self.rooms.iter().filter(|entry| *entry.1 > 0);
        asked.map(|((night, code), rooms)| (*night, *code, *rooms))
    }

    /// Rooms of all types on the night.
    pub fn of_house(&self, night: Night) -> i32 {
        let span = (night, RoomTypeCode::LOWEST)..=(night, RoomTypeCode::HIGHEST);
        self.rooms.range(span).map(|entry| *entry.1).sum()
    }

    pub fn nights(&self) -> Option<NightRange> {
        let first = self.rooms.first_key_value()?.0.0;
        let last = self.rooms.last_key_value()?.0.0;
        Some(NightRange::new(first, last.plus(1)))
    }

    /// The highest version of the cells it touches.
    pub fn version(&self, state: &State) -> Result<i64, Halt> {
        self.need(state)?;
        let cells = self
            .rooms
            .keys()
            .filter_map(|(night, code)| state.loaded_cell(*code, *night));
        Ok(cells.map(|cell| cell.version).max().unwrap_or(0))
    }

    /// Asks for every cell at once, as runs of nights by type.
    pub fn need(&self, state: &State) -> Result<(), Halt> {
        let mut ranges: BTreeMap<RoomTypeCode, NightRange> = BTreeMap::new();
        for (night, code) in self.rooms.keys() {
            let range = ranges
                .entry(*code)
                .or_insert(NightRange::new(*night, *night));
            range.to = night.plus(1);
        }
        let mut wants = Vec::new();
        for (code, range) in ranges {
            if let Err(Halt::Missing(missing)) = state.need_cells(code, range) {
                wants.extend(missing);
            }
        }
        if let Some(Err(Halt::Missing(missing))) = self.nights().map(|n| state.need_house_limits(n))
        {
            wants.extend(missing);
        }
        if wants.is_empty() {
            Ok(())
        } else {
            Err(Halt::Missing(wants))
        }
    }
}
