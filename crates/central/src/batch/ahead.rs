//! What the commands of a push will read, loaded before they are judged. Nothing hangs on its being all of it: what
//! is not here is loaded when it is wanted.

use std::collections::BTreeSet;

use keyrack_inventory::{CommandId, Night, Reference, ShortNumber};
use keyrack_wire::{Push, Queued, Slot, Standing};
use serde_json::Value;
use uuid::Uuid;

use super::Batch;
use crate::error::CentralError;
use crate::ledger::{DeskRow, Records, guests_in, named_in};

/// Of how many nights rows are loaded ahead at most.
const NIGHTS_AT_MOST: usize = 2_000;

/// What commands name.
#[derive(Default)]
struct Named {
    commands: Vec<CommandId>,
    /// Everything that is an id: those of reservations and holds are among them.
    ids: BTreeSet<Uuid>,
    numbers: BTreeSet<ShortNumber>,
    guests: BTreeSet<Uuid>,
    nights: BTreeSet<Night>,
}

impl Named {
    fn of(push: &Push, after: u64) -> Self {
        let mut named = Self::default();
        for slot in push.commands.as_slice() {
            match slot {
                Slot::Command(sealed) => {
                    let queued = sealed.open().ok();
                    if let Some(queued) = queued.filter(|queued| queued.seq > after) {
                        named.add(&queued);
                    }
                }
                Slot::Parked(parked) => {
                    let rights = parked.rights.as_slice().iter();
                    named.nights.extend(rights.map(|right| right.night));
                }
            }
        }
        named
    }

    fn add(&mut self, queued: &Queued) {
        self.commands.push(queued.id);
        self.ids.extend(named_in(&queued.payload));
        self.guests.extend(guests_in(&queued.payload));
        self.numbers_in(&queued.payload);
        let rights = queued.rights.as_slice().iter();
        self.nights.extend(rights.map(|right| right.night));
        if let Standing::Settled { outcome } = &queued.outcome {
            self.numbers.extend(outcome.number().cloned());
        }
    }

    /// Numbers by themselves, or before the number of a stay.
    fn numbers_in(&mut self, value: &Value) {
        match value {
            Value::String(text) => {
                let number = text.split('/').next().unwrap_or_default();
                self.numbers.extend(number.parse::<ShortNumber>().ok());
            }
            Value::Array(list) => list.iter().for_each(|part| self.numbers_in(part)),
            Value::Object(fields) => fields.values().for_each(|part| self.numbers_in(part)),
            _ => {}
        }
    }
}

impl<R: Records> Batch<'_, R> {
    /// Loads what the commands of a push name, and the nights that they touch. The property is locked.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn look_ahead(&self, desk: &DeskRow, push: &Push) -> Result<(), CentralError> {
        let mut named = Named::of(push, desk.last_seq);
        let (ledger, property) = (self.ledger, self.property);
        let ids: Vec<Uuid> = named.ids.iter().copied().collect();
        let numbers: Vec<String> = named.numbers.iter().map(ToString::to_string).collect();
        let guests: Vec<Uuid> = named.guests.iter().copied().collect();
        let of = desk.holder.desk;
        let (accepted, reservations, holds, apart, erased) = tokio::try_join!(
            ledger.accepted_among(property, &named.commands),
            ledger.reservations_among(property, &ids, &numbers),
            ledger.holds_among(property, &ids, &numbers),
            ledger.apart_among(property, of, &named.commands),
            ledger.erased_among(property, &guests),
        )?;
        {
            let mut held = self.held();
            for found in reservations {
                let stays = found.stays.iter();
                named
                    .nights
                    .extend(stays.flat_map(|stay| stay.nights().iter()));
                held.reservations
                    .learn(&Reference::Id(found.id), Some(found));
            }
            for found in holds {
                let stays = found.stays.iter();
                named
                    .nights
                    .extend(stays.flat_map(|stay| stay.nights().iter()));
                held.holds.learn(&Reference::Id(found.id), Some(found));
            }
            // What was asked for and is not there is known not to be there.
            for number in &named.numbers {
                held.reservations
                    .learn(&Reference::Number(number.clone()), None);
                held.holds.learn(&Reference::Number(number.clone()), None);
            }
            for id in &ids {
                held.reservations.learn(&Reference::Id((*id).into()), None);
                held.holds.learn(&Reference::Id((*id).into()), None);
            }
            held.accepted
                .extend(named.commands.iter().map(|id| (*id, None)));
            held.accepted
                .extend(accepted.into_iter().map(|(id, known)| (id, Some(known))));
            held.know_apart(of, &named.commands, &apart);
            let erased: BTreeSet<Uuid> = erased.into_iter().collect();
            held.not_erased.extend(named.guests.difference(&erased));
        }
        let nights = named.nights.iter().take(NIGHTS_AT_MOST);
        let nights: Vec<i32> = nights.map(|night| night.day_number()).collect();
        tokio::try_join!(
            self.counts(property, &nights),
            self.books(property, &nights)
        )?;
        Ok(())
    }
}
