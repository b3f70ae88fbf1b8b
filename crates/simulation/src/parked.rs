//! Commands that the centre cannot read: set apart with what hangs on them, sent again, and given up.

use std::collections::BTreeSet;

use keyrack_inventory::{CommandId, Instant};
use keyrack_wire::{List, Notice, Queued};
use serde_json::Value;
use uuid::Uuid;

use crate::file::{File, Row, RowState, Spot, label};

/// Why something is parked that hangs on a parked command.
const DEPENDS: &str = "depends";
/// Why the centre parks what it does not know yet.
const WAITS: &str = "waits";
/// How often that is sent again with whatever others bring, and with something that it names.
const TRIES: usize = 3;
const TRIES_BY_NAME: usize = 30;

/// Whether a command names one of these: as it is, or one stay of it.
fn names(payload: &Value, objects: &BTreeSet<String>) -> bool {
    match payload {
        Value::String(text) => {
            let name = text.split('/').next();
            name.is_some_and(|name| objects.contains(name))
        }
        Value::Array(values) => values.iter().any(|value| names(value, objects)),
        Value::Object(fields) => fields.values().any(|value| names(value, objects)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

impl File {
    /// By what other commands can mean what a command made or changed here: ids and numbers.
    fn made_by(&self, id: CommandId) -> BTreeSet<String> {
        let mut names = BTreeSet::from([id.0.to_string()]);
        let events = self.log.get(&id).into_iter().flatten();
        for object in events.filter_map(keyrack_inventory::Event::object) {
            names.insert(object.to_string());
            names.extend(self.number_of(object));
        }
        names
    }

    fn number_of(&self, object: Uuid) -> Option<String> {
        let tables = &self.shown;
        let reservation = tables
            .reservations
            .get(&object.into())
            .map(|one| &one.number);
        let hold = tables.holds.get(&object.into()).map(|one| &one.number);
        let outage = tables.outages.get(&object.into()).map(|one| &one.number);
        let allotment = tables.allotments.get(&object.into()).map(|one| &one.number);
        let found = reservation.or(hold).or(outage).or(allotment);
        found.map(ToString::to_string)
    }

    /// What stands so behind a command and hangs on it, or on something that does.
    fn hanging(&self, spot: Spot, stands: fn(RowState) -> bool) -> Vec<Spot> {
        let mut objects = self.made_by(self.queue[&spot].queued.id);
        let mut found = Vec::new();
        for (at, row) in self.queue.range(spot..).skip(1) {
            if stands(row.state) && names(&row.queued.payload, &objects) {
                objects.extend(self.made_by(row.queued.id));
                found.push(*at);
            }
        }
        found
    }

    pub(crate) fn set_parked(&mut self, spot: Spot, reason: &str) {
        if let Some(row) = self.queue.get_mut(&spot) {
            row.state = RowState::Parked { told: false };
            row.parked = Some(label(reason));
            row.answer = None;
        }
    }

    /// Parks a command that was just queued where it names something of a parked one.
    pub(crate) fn park_if_hanging(&mut self, id: CommandId) {
        let Some((last, row)) = self.queue.last_key_value() else {
            return;
        };
        let parked = self
            .queue
            .values()
            .filter(|row| matches!(row.state, RowState::Parked { .. }));
        let mut objects = parked.map(|row| self.made_by(row.queued.id));
        let hangs =
            row.queued.id == id && objects.any(|objects| names(&row.queued.payload, &objects));
        if hangs {
            self.set_parked(*last, DEPENDS);
        }
    }

    /// Sets a command apart, with all that names what it made or changed.
    pub(crate) fn park(&mut self, seq: u64) {
        self.commits += 1;
        let spot = (self.holder.epoch, seq);
        if self
            .queue
            .get(&spot)
            .is_none_or(|row| row.state != RowState::Waiting)
        {
            return;
        }
        self.set_parked(spot, "malformed");
        for at in self.hanging(spot, |state| state == RowState::Waiting) {
            self.set_parked(at, DEPENDS);
        }
    }

    /// The first place that is parked, and that the centre knows of; what waits for another desk is not among
    /// them until its time is up.
    pub(crate) fn parked(&self, waits_too: bool) -> Option<Spot> {
        let mut rows = self.queue.iter();
        let parked = rows.find(|(_, row)| {
            let waits = row.parked.as_ref().is_some_and(|why| why.as_str() == WAITS);
            row.state == RowState::Parked { told: true } && (waits_too || !waits)
        });
        parked.map(|(spot, _)| *spot)
    }

    /// A parked command, and what is parked because of it.
    pub(crate) fn family(&self, spot: Spot) -> Vec<Spot> {
        let mut family = vec![spot];
        family.extend(self.hanging(spot, |state| matches!(state, RowState::Parked { .. })));
        family
    }

    /// A person gives parked commands up; the centre is told each under an id of its own.
    pub(crate) fn discard(&mut self, family: &[(Spot, CommandId)], now: Instant) {
        self.dirty = true;
        for (spot, notice_id) in family {
            let Some(row) = self.queue.get_mut(spot) else {
                continue;
            };
            row.state = RowState::Refused;
            let command = row.queued.id;
            self.enqueue_notice(*notice_id, now, &Notice::LetGo { command }, Vec::new());
        }
    }

    /// The first parked command on which a parked one hangs: itself, where it hangs on none.
    pub(crate) fn root(&self, spot: Spot) -> Spot {
        let mut before = self.queue.range(..spot);
        let root = before.find(|(_, row)| {
            let names_it = || {
                names(
                    &self.queue[&spot].queued.payload,
                    &self.made_by(row.queued.id),
                )
            };
            matches!(row.state, RowState::Parked { .. }) && names_it()
        });
        root.map_or(spot, |(root, _)| self.root(*root))
    }

    /// A person has parked commands sent again: at the end of the queue, and under their own ids.
    pub(crate) fn retry(&mut self, spot: Spot) {
        self.commits += 1;
        // They lie over the base in another order.
        self.dirty = true;
        let is_known = self.queue[&spot].state == RowState::Parked { told: true };
        for spot in self.family(spot) {
            match (is_known, self.queue.get_mut(&spot)) {
                (true, _) => self.queue_again(spot),
                (false, Some(row)) => {
                    row.state = RowState::Waiting;
                    row.parked = None;
                    row.answer = None;
                }
                (false, None) => {}
            }
        }
    }

    /// Sends again what waits for something that another desk brings, which has brought what is named here.
    /// Gives whether there was any.
    pub(crate) fn retry_what_waits(&mut self, named: &BTreeSet<String>) -> bool {
        let waits = self.queue.iter().filter(|(_, row)| {
            let waits = row.parked.as_ref().is_some_and(|why| why.as_str() == WAITS);
            waits && row.state == RowState::Parked { told: true }
        });
        let waits: Vec<Spot> = waits.map(|(spot, _)| *spot).collect();
        let (mut any, mut objects) = (false, named.clone());
        for spot in waits {
            let queued = &self.queue[&spot].queued;
            let most = match names(&queued.payload, &objects) {
                true => TRIES_BY_NAME,
                false => TRIES,
            };
            let places = self.places.values();
            if places.filter(|(place, _)| place.id == queued.id).count() < most {
                objects.extend(self.made_by(queued.id));
                self.queue_again(spot);
                any = true;
            }
        }
        self.dirty |= any;
        self.commits += u64::from(any);
        any
    }

    fn queue_again(&mut self, spot: Spot) {
        let Some(row) = self.queue.remove(&spot) else {
            return;
        };
        if let Some(place) = row.place() {
            let is_told = row.state == RowState::Parked { told: true };
            self.places.insert(spot, (place, is_told));
        }
        let queued = Queued {
            epoch: self.holder.epoch,
            seq: self.last_seq + 1,
            prev_hash: self.last_hash,
            // The centre has followed them, and keeps apart what they promised.
            rights: List::default(),
            ..Queued::clone(&row.queued)
        };
        self.push_back(queued);
        if row.in_base
            && let Some(row) = self.queue.get_mut(&(self.holder.epoch, self.last_seq))
        {
            row.in_base = true;
        }
    }

    /// With a mistake planted: the last command that waits is gone.
    pub(crate) fn forget_last(&mut self) {
        let waits = |row: &Row| row.state == RowState::Waiting;
        let last = (self.holder.epoch, self.last_seq);
        if self.queue.get(&last).is_some_and(waits)
            && let Some(row) = self.queue.remove(&last)
        {
            self.last_seq -= 1;
            self.last_hash = row.queued.prev_hash;
        }
    }
}
