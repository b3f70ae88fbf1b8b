//! The figures of a business date that ended, taken from what is stored by date: the same whenever they
//! are read afterwards, but for what is changed about that date later (docs/DOMAIN.md).

use std::collections::BTreeMap;

use keyrack_inventory::state::Catalogue;
use keyrack_inventory::{Event, Night, NightRange, Reference, ReservationId, Stay, StayStatus};
use keyrack_store::{Reader, StayEntry, StoreError};
use serde::Serialize;

use crate::answers::{AllotmentRow, OutageRow};
use crate::card;
use crate::money::{Amounts, charge};

use super::House;

/// A stay in the pack.
#[derive(Clone, Debug, Serialize)]
pub(super) struct PackStay {
    pub number: String,
    pub guest: String,
    pub room: Option<String>,
    pub room_type: String,
    pub arrival: Night,
    pub departure: Night,
    pub nights: u32,
    pub adults: u16,
    pub children: u16,
    /// As it was when the date ended.
    pub status: StayStatus,
    pub price: Option<i64>,
}

/// Rooms of a type, or of the house, over the night.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct PackRooms {
    pub room_type: String,
    pub name: String,
    pub rooms: i64,
    pub out_of_order: i64,
    pub sold: i64,
    pub unsold: i64,
    /// In tenths of a per cent of what can be sold; nothing where nothing can.
    pub occupancy: Option<i64>,
}

/// What the night brought.
#[derive(Clone, Debug, Serialize)]
pub(super) struct PackRevenue {
    pub currency: String,
    #[serde(flatten)]
    pub amounts: Amounts,
    /// Rooms in the house with a price.
    pub rooms: u64,
    /// Rooms in the house without one, which are not in the amounts.
    pub without_price: u64,
    /// Net, for each room with a price.
    pub average: Option<i64>,
}

/// The figures of a business date.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Figures {
    pub hotel: String,
    pub business_date: Night,
    pub house: PackRooms,
    pub room_types: Vec<PackRooms>,
    pub revenue: PackRevenue,
    pub arrivals: Vec<PackStay>,
    pub departures: Vec<PackStay>,
    pub in_house: Vec<PackStay>,
    pub no_shows: Vec<PackStay>,
    pub cancellations: Vec<PackStay>,
    pub outages: Vec<OutageRow>,
    pub groups: Vec<AllotmentRow>,
}

impl Figures {
    pub fn read(
        reader: &Reader<'_>,
        catalogue: &Catalogue,
        hotel: &House,
        date: Night,
    ) -> Result<Self, StoreError> {
        let status = |entry: &StayEntry| status_on(&entry.stay, date);
        let rows = |entries: Vec<StayEntry>, keep: &dyn Fn(StayStatus) -> bool| {
            let kept = entries.into_iter().filter(|entry| keep(status(entry)));
            kept.map(|entry| row(&entry, date)).collect::<Vec<_>>()
        };
        let in_house: Vec<StayEntry> = reader
            .in_house(date)?
            .into_iter()
            .filter(|entry| status(entry) == StayStatus::CheckedIn)
            .collect();
        let revenue = revenue(hotel, date, &in_house);
        let (room_types, house) = rooms(reader, catalogue, date)?;
        let outages = reader.outages(Some(date))?.into_iter();
        let (no_shows, cancellations) = given_up(reader, date)?;
        Ok(Self {
            hotel: hotel.name.clone(),
            business_date: date,
            house,
            room_types,
            revenue,
            arrivals: rows(reader.arrivals(date)?, &StayStatus::takes_inventory),
            departures: rows(reader.departures(date)?, &|status| {
                status == StayStatus::CheckedOut
            }),
            in_house: in_house.iter().map(|entry| row(entry, date)).collect(),
            no_shows,
            cancellations,
            outages: outages
                .filter(|entry| entry.outage.from <= date)
                .map(card::outage)
                .collect(),
            groups: reader
                .allotments(false)?
                .iter()
                .map(card::allotment)
                .collect(),
        })
    }
}

/// The status that the stay had when the date ended, as far as its own dates tell.
fn status_on(stay: &Stay, date: Night) -> StayStatus {
    let later = |day: Option<Night>| day.is_some_and(|day| day > date);
    match stay.status {
        StayStatus::CheckedIn | StayStatus::CheckedOut if later(stay.checked_in_on) => {
            StayStatus::Confirmed
        }
        StayStatus::CheckedOut if later(stay.checked_out_on) => StayStatus::CheckedIn,
        status => status,
    }
}

/// A stay as a list says it.
pub(super) fn row(entry: &StayEntry, date: Night) -> PackStay {
    let stay = &entry.stay;
    // Who left early on a later date was to stay until the departure.
    let status = status_on(stay, date);
    let departure = match status {
        StayStatus::CheckedIn | StayStatus::Confirmed => stay.departure,
        _ => stay.leaves_on(),
    };
    let number = if entry.stays > 1 {
        format!("{}/{}", entry.number, stay.stay)
    } else {
        entry.number.to_string()
    };
    PackStay {
        number,
        guest: entry.guest.clone(),
        room: stay.room.as_ref().map(ToString::to_string),
        room_type: stay.room_type.to_string(),
        arrival: stay.arrival,
        departure,
        nights: NightRange::new(stay.arrival, departure).len(),
        adults: entry.adults,
        children: entry.children,
        status,
        price: stay.price,
    }
}

fn revenue(hotel: &House, date: Night, in_house: &[StayEntry]) -> PackRevenue {
    let prices: Vec<i64> = in_house
        .iter()
        .filter_map(|entry| entry.stay.price)
        .collect();
    let amounts = charge(prices.iter().map(|price| (date, *price)), &hotel.taxes);
    let rooms = prices.len() as u64;
    let average = i64::try_from(rooms).ok().filter(|rooms| *rooms > 0);
    PackRevenue {
        currency: hotel.currency.clone(),
        average: average.map(|rooms| (2 * amounts.net + rooms).div_euclid(2 * rooms)),
        amounts,
        rooms,
        without_price: in_house.len() as u64 - rooms,
    }
}

fn rooms(
    reader: &Reader<'_>,
    catalogue: &Catalogue,
    date: Night,
) -> Result<(Vec<PackRooms>, PackRooms), StoreError> {
    let night = NightRange::new(date, date.plus(1));
    let mut house = PackRooms {
        name: "House".to_owned(),
        ..PackRooms::default()
    };
    let mut types = Vec::new();
    for known in &catalogue.room_types {
        let mut own = PackRooms {
            room_type: known.code.to_string(),
            name: known.name.to_string(),
            ..PackRooms::default()
        };
        let mut open = false;
        reader.each_cell(known.code, night, |_, cell| {
            open = true;
            for rooms in [&mut own, &mut house] {
                rooms.rooms += i64::from(cell.physical);
                rooms.out_of_order += i64::from(cell.out_of_order);
                rooms.sold += i64::from(cell.sold);
            }
        })?;
        if open {
            own.settle();
            types.push(own);
        }
    }
    house.settle();
    Ok((types, house))
}

impl PackRooms {
    fn settle(&mut self) {
        let capacity = self.rooms - self.out_of_order;
        self.unsold = capacity - self.sold;
        let share = (2_000 * self.sold + capacity).checked_div(2 * capacity);
        self.occupancy = share.filter(|_| capacity > 0);
    }
}

/// Stays that did not come or were cancelled on the date, and were still so when it ended.
fn given_up(
    reader: &Reader<'_>,
    date: Night,
) -> Result<(Vec<PackStay>, Vec<PackStay>), StoreError> {
    // Of each stay what it was on the date, one after the other; an undo takes it back to what it was before.
    let mut lived: BTreeMap<(ReservationId, u16), Vec<Stay>> = BTreeMap::new();
    for event in reader.events_of_date(date)? {
        let Some(change) = event.stays_changed() else {
            continue;
        };
        for diff in &change.stays {
            let (Some(before), Some(after)) = (&diff.before, &diff.after) else {
                continue;
            };
            let known = lived.entry((change.reservation, after.stay));
            let known = known.or_insert_with(|| vec![before.clone()]);
            let earlier = known.iter().rposition(|stay| stay == after);
            match earlier.filter(|_| matches!(event, Event::Restored(_))) {
                Some(at) => known.truncate(at + 1),
                None => known.push(after.clone()),
            }
        }
    }
    let (mut no_shows, mut cancelled) = (Vec::new(), Vec::new());
    for ((id, _), mut lived) in lived {
        // Whatever else of it was changed, it ended on the date where its status came to be so on it.
        let Some(stay) = lived.pop() else { continue };
        if lived.iter().all(|earlier| earlier.status == stay.status) {
            continue;
        }
        let list = match stay.status {
            StayStatus::NoShow => &mut no_shows,
            StayStatus::Cancelled => &mut cancelled,
            _ => continue,
        };
        let Some(found) = reader.reservation(&Reference::Id(id))? else {
            continue;
        };
        let entry = StayEntry {
            reservation: id,
            number: found.number.clone(),
            stays: u32::try_from(found.stays.len()).unwrap_or(u32::MAX),
            guest: reader.person(found.details.guest)?.name,
            adults: found.details.adults,
            children: found.details.children,
            meal: None,
            source: None,
            stay,
        };
        list.push(row(&entry, date));
    }
    Ok((no_shows, cancelled))
}
