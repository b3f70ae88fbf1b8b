//! Reservations, holds, outages and allotments that are held, found by id or by number.

use std::collections::HashMap;
use std::hash::Hash;

use keyrack_inventory::model::{Hold, Outage, Reservation};
use keyrack_inventory::{
    Allotment, AllotmentId, HoldId, OutageId, Reference, ReservationId, ShortNumber,
};

/// What has an identity and a number.
pub(super) trait Object: Clone {
    type Id: Copy + Eq + Hash;

    fn id(&self) -> Self::Id;
    fn number(&self) -> &ShortNumber;
}

macro_rules! objects {
    ($($object:ty, $id:ty;)*) => { $(
        impl Object for $object {
            type Id = $id;

            fn id(&self) -> $id {
                self.id
            }

            fn number(&self) -> &ShortNumber {
                &self.number
            }
        }
    )* };
}

objects! {
    Reservation, ReservationId;
    Hold, HoldId;
    Outage, OutageId;
    Allotment, AllotmentId;
}

/// Objects as they are after the commands so far; nothing where there is none.
pub(super) struct Objects<T: Object> {
    rows: HashMap<T::Id, Option<T>>,
    numbers: HashMap<ShortNumber, Option<T::Id>>,
}

impl<T: Object> Default for Objects<T> {
    fn default() -> Self {
        Self {
            rows: HashMap::new(),
            numbers: HashMap::new(),
        }
    }
}

impl<T: Object> Objects<T> {
    /// What is held of it: an outer nothing where the ledger has to be asked.
    pub(super) fn known(&self, asked: &Reference<T::Id>) -> Option<Option<T>> {
        let id = match asked {
            Reference::Id(id) => *id,
            Reference::Number(number) => match self.numbers.get(number)? {
                Some(id) => *id,
                None => return Some(None),
            },
        };
        self.rows.get(&id).cloned()
    }

    /// Takes what the ledger answered. What is held already is newer.
    pub(super) fn learn(&mut self, asked: &Reference<T::Id>, found: Option<T>) {
        match (found, asked) {
            (Some(found), _) => {
                let id = found.id();
                self.numbers.insert(found.number().clone(), Some(id));
                self.rows.entry(id).or_insert(Some(found));
            }
            (None, Reference::Id(id)) => drop(self.rows.entry(*id).or_insert(None)),
            (None, Reference::Number(number)) => {
                self.numbers.entry(number.clone()).or_insert(None);
            }
        }
    }

    /// Takes it as a command left it.
    pub(super) fn put(&mut self, changed: T) {
        let id = changed.id();
        self.numbers.insert(changed.number().clone(), Some(id));
        self.rows.insert(id, Some(changed));
    }

    pub(super) fn get(&self, id: T::Id) -> Option<&T> {
        self.rows.get(&id)?.as_ref()
    }
}
