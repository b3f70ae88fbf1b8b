//! Commands that the centre cannot read: set apart with what hangs on them, and given up.

use std::collections::BTreeSet;

use keyrack_inventory::{CommandId, Instant};
use keyrack_wire::Notice;
use serde_json::Value;
use uuid::Uuid;

use crate::file::{File, Row, RowState};

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
    fn hanging(&self, seq: u64, stands: fn(RowState) -> bool) -> Vec<u64> {
        let mut objects = self.made_by(self.queue[&seq].queued.id);
        let mut found = Vec::new();
        for (at, row) in self.queue.range(seq + 1..) {
            if stands(row.state) && names(&row.queued.payload, &objects) {
                objects.extend(self.made_by(row.queued.id));
                found.push(*at);
            }
        }
        found
    }

    fn set_parked(&mut self, seq: u64) {
        if let Some(row) = self.queue.get_mut(&seq) {
            row.state = RowState::Parked { told: false };
            row.is_parked = true;
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
            self.set_parked(*last);
        }
    }

    /// Sets a command apart, with all that names what it made or changed.
    pub(crate) fn park(&mut self, seq: u64) {
        self.commits += 1;
        if self
            .queue
            .get(&seq)
            .is_none_or(|row| row.state != RowState::Waiting)
        {
            return;
        }
        self.set_parked(seq);
        for at in self.hanging(seq, |state| state == RowState::Waiting) {
            self.set_parked(at);
        }
    }

    /// The first place that is parked, and that the centre knows of.
    pub(crate) fn parked(&self) -> Option<u64> {
        let mut rows = self.queue.iter();
        let parked = rows.find(|(_, row)| row.state == RowState::Parked { told: true });
        parked.map(|(seq, _)| *seq)
    }

    /// What is given up with a parked command: itself, and what is parked because of it.
    pub(crate) fn family(&self, seq: u64) -> Vec<u64> {
        let mut family = vec![seq];
        family.extend(self.hanging(seq, |state| state == RowState::Parked { told: true }));
        family
    }

    /// A person gives parked commands up; the centre is told each under an id of its own.
    pub(crate) fn discard(&mut self, family: &[(u64, CommandId)], now: Instant) {
        self.dirty = true;
        for (seq, notice_id) in family {
            let Some(row) = self.queue.get_mut(seq) else {
                continue;
            };
            row.state = RowState::Refused;
            let command = row.queued.id;
            self.enqueue_notice(*notice_id, now, &Notice::LetGo { command }, Vec::new());
        }
    }

    /// With a mistake planted: the last command that waits is gone.
    pub(crate) fn forget_last(&mut self) {
        let waits = |row: &Row| row.state == RowState::Waiting;
        if self.queue.get(&self.last_seq).is_some_and(waits)
            && let Some(row) = self.queue.remove(&self.last_seq)
        {
            self.last_seq -= 1;
            self.last_hash = row.queued.prev_hash;
        }
    }
}
