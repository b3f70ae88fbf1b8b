//! Many things by id, with as many statements for a thousand as for one.

use std::collections::HashMap;
use std::hash::Hash;

use keyrack_inventory::ids::{GuestId, HoldId, OutageId, ReservationId};
use keyrack_inventory::model::{Reservation, StayRequest};
use keyrack_inventory::stay::MovedNight;
use keyrack_inventory::{Event, TextId};
use rusqlite::Row;
use uuid::Uuid;

use super::log::{EventEntry, LOG, entry};
use super::{Person, Reader};
use crate::error::StoreError;
use crate::rows::{RESERVATION, STAY, hold_stay, night_at, parsed, reservation, stay, uuid};

/// The ids of a parameter, as rows.
pub(super) const ASKED: &str = "(SELECT unhex(value) FROM json_each(?1))";

/// Ids as one parameter.
pub(super) fn asked(ids: impl Iterator<Item = Uuid>) -> String {
    let mut json = String::from("[");
    for id in ids {
        if json.len() > 1 {
            json.push(',');
        }
        json.push_str(&format!("\"{}\"", id.simple()));
    }
    json.push(']');
    json
}

impl Reader<'_> {
    fn each(
        &self,
        sql: &str,
        ids: &str,
        mut each: impl FnMut(&Row<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut statement = self.prepare(sql)?;
        let mut rows = statement.query([ids])?;
        while let Some(row) = rows.next()? {
            each(row)?;
        }
        Ok(())
    }

    /// The reservations of these ids, in their order; what is not there is left out.
    pub fn reservations_by_id(
        &self,
        ids: &[ReservationId],
    ) -> Result<Vec<Reservation>, StoreError> {
        let list = asked(ids.iter().map(|id| id.0));
        let mut found: HashMap<ReservationId, Reservation> = HashMap::with_capacity(ids.len());
        let sql = format!("SELECT {RESERVATION} FROM reservation WHERE id IN {ASKED}");
        self.each(&sql, &list, |row| {
            let one = reservation(row)?;
            found.insert(one.id, one);
            Ok(())
        })?;
        let sql = format!("SELECT reservation, {STAY} FROM stay WHERE reservation IN {ASKED}");
        self.each(&sql, &list, |row| {
            if let Some(one) = found.get_mut(&ReservationId(uuid(row, 0)?)) {
                one.stays.push(stay(row, 1)?);
            }
            Ok(())
        })?;
        let sql = format!(
            "SELECT reservation, stay, night, room_type FROM moved_night WHERE reservation IN {ASKED}"
        );
        self.each(&sql, &list, |row| {
            let number: u16 = row.get(1)?;
            let moved = MovedNight {
                night: night_at(row, 2)?,
                room_type: parsed(row, 3, "moved_night")?,
            };
            let one = found.get_mut(&ReservationId(uuid(row, 0)?));
            let stays = one.into_iter().flat_map(|one| &mut one.stays);
            for stay in stays.filter(|stay| stay.stay == number) {
                stay.moved.push(moved);
            }
            Ok(())
        })?;
        for one in found.values_mut() {
            one.stays.sort_by_key(|stay| stay.stay);
            for stay in &mut one.stays {
                stay.moved.sort_by_key(|moved| moved.night);
            }
        }
        Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
    }

    /// Guests by id; an erased one is left out.
    pub fn people(
        &self,
        ids: impl Iterator<Item = GuestId>,
    ) -> Result<HashMap<GuestId, Person>, StoreError> {
        let mut found = HashMap::new();
        let sql = format!("SELECT id, name, phone, email FROM guest WHERE id IN {ASKED}");
        self.each(&sql, &asked(ids.map(|id| id.0)), |row| {
            let person = Person {
                name: row.get(1)?,
                phone: row.get(2)?,
                email: row.get(3)?,
            };
            found.insert(GuestId(uuid(row, 0)?), person);
            Ok(())
        })?;
        Ok(found)
    }

    /// Free texts by id; an erased one is left out.
    pub fn texts(
        &self,
        ids: impl Iterator<Item = TextId>,
    ) -> Result<HashMap<TextId, String>, StoreError> {
        let mut found = HashMap::new();
        let sql = format!("SELECT id, body FROM free_text WHERE id IN {ASKED}");
        self.each(&sql, &asked(ids.map(|id| id.0)), |row| {
            found.insert(TextId(uuid(row, 0)?), row.get(1)?);
            Ok(())
        })?;
        Ok(found)
    }

    pub(super) fn hold_stays(
        &self,
        ids: impl Iterator<Item = HoldId>,
    ) -> Result<HashMap<HoldId, Vec<StayRequest>>, StoreError> {
        let mut found: HashMap<HoldId, Vec<(u32, StayRequest)>> = HashMap::new();
        let sql = format!(
            "SELECT hold, position, room_type, arrival, departure, rooms FROM hold_stay
             WHERE hold IN {ASKED}"
        );
        self.each(&sql, &asked(ids.map(|id| id.0)), |row| {
            let of = found.entry(HoldId(uuid(row, 0)?)).or_default();
            of.push((row.get(1)?, hold_stay(row, 2)?));
            Ok(())
        })?;
        let in_order = |mut stays: Vec<(u32, StayRequest)>| {
            stays.sort_by_key(|(position, _)| *position);
            stays.into_iter().map(|(_, stay)| stay).collect()
        };
        let found = found.into_iter();
        Ok(found.map(|(id, stays)| (id, in_order(stays))).collect())
    }

    /// What happened to each of these reservations, the latest first, at most so much of each.
    pub fn histories(
        &self,
        ids: &[ReservationId],
        limit: usize,
    ) -> Result<HashMap<ReservationId, Vec<EventEntry>>, StoreError> {
        let mut found: HashMap<ReservationId, Vec<EventEntry>> = HashMap::new();
        let sql = format!(
            "{LOG}, h.reservation FROM reservation_event AS h JOIN event AS e ON e.seq = h.event
             {LOG_JOINS} WHERE h.reservation IN {ASKED}",
            LOG_JOINS = super::log::JOINS
        );
        self.each(&sql, &asked(ids.iter().map(|id| id.0)), |row| {
            let of = ReservationId(uuid(row, super::log::BESIDE)?);
            found.entry(of).or_default().push(entry(row)?);
            Ok(())
        })?;
        for entries in found.values_mut() {
            entries.sort_unstable_by_key(|entry| std::cmp::Reverse(entry.seq));
            entries.truncate(limit);
        }
        Ok(found)
    }

    /// The numbers of what events are about, where the events do not say them themselves.
    pub fn numbers<'a>(
        &self,
        events: impl Iterator<Item = &'a Event> + Clone,
    ) -> Result<Numbers, StoreError> {
        let hold = |event: &Event| match event {
            Event::HoldExtended(extended) => Some(extended.hold.0),
            Event::HoldEnded(ended) => Some(ended.hold.0),
            _ => None,
        };
        let outage = |event: &Event| match event {
            Event::OutageEndSet(set) => Some(set.outage.0),
            _ => None,
        };
        let changed = |event: &Event| event.stays_changed().map(|change| change.reservation.0);
        let put_right = events.clone().filter_map(|event| match event {
            Event::DetailsSet(set) => Some(set),
            _ => None,
        });
        let guests = put_right
            .clone()
            .flat_map(|set| [set.before.guest, set.after.guest]);
        let texts = put_right.flat_map(|set| [set.before.guarantee, set.before.notes]);
        Ok(Numbers {
            people: self.people(guests.flatten())?,
            texts: self.texts(texts.flatten())?,
            reservations: self.numbered_by("reservation", events.clone().filter_map(changed))?,
            holds: self.numbered_by("hold", events.clone().filter_map(hold))?,
            outages: self.numbered_by("outage", events.filter_map(outage))?,
        })
    }

    fn numbered_by<Id: Eq + Hash + From<Uuid>>(
        &self,
        table: &'static str,
        ids: impl Iterator<Item = Uuid>,
    ) -> Result<HashMap<Id, String>, StoreError> {
        let mut found = HashMap::new();
        let list = asked(ids);
        if list != "[]" {
            let sql = format!("SELECT id, number FROM {table} WHERE id IN {ASKED}");
            self.each(&sql, &list, |row| {
                found.insert(Id::from(uuid(row, 0)?), row.get(1)?);
                Ok(())
            })?;
        }
        Ok(found)
    }
}

/// Numbers by id, and what stood in bookings before it was put right.
#[derive(Clone, Debug, Default)]
pub struct Numbers {
    people: HashMap<GuestId, Person>,
    texts: HashMap<TextId, String>,
    reservations: HashMap<ReservationId, String>,
    holds: HashMap<HoldId, String>,
    outages: HashMap<OutageId, String>,
}

impl Numbers {
    /// A guest who stands in a booking that was put right, or stood there before.
    pub fn person(&self, id: Option<GuestId>) -> Option<&Person> {
        self.people.get(&id?)
    }

    /// A text that stood in a booking before it was put right, where it is not erased.
    pub fn text(&self, id: Option<TextId>) -> Option<&str> {
        self.texts.get(&id?).map(String::as_str)
    }

    /// The number of what the event is about.
    pub fn of(&self, event: &Event) -> Option<String> {
        match event {
            Event::ReservationMade(made) => Some(made.number.to_string()),
            Event::HoldPlaced(placed) => Some(placed.number.to_string()),
            Event::OutagePlaced(placed) => Some(placed.outage.number.to_string()),
            Event::HoldExtended(extended) => self.holds.get(&extended.hold).cloned(),
            Event::HoldEnded(ended) => self.holds.get(&ended.hold).cloned(),
            Event::OutageEndSet(set) => self.outages.get(&set.outage).cloned(),
            other => {
                let change = other.stays_changed()?;
                self.reservations.get(&change.reservation).cloned()
            }
        }
    }
}
