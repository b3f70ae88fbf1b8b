//! Rows of the store as what people look at.

use keyrack_inventory::Event;
use keyrack_inventory::decide::lifecycle_steps;
use keyrack_inventory::model::{Reservation, StayRequest};
use keyrack_inventory::state::Catalogue;
use keyrack_inventory::{Allotment, Night, RoomTypeCode, Stay};
use keyrack_store::{
    AllotmentEntry, EventEntry, HoldEntry, OutageEntry, Reader, StayEntry, StoreError,
};

use crate::answers::{
    AllotmentNight, AllotmentRow, HistoryLine, HoldRow, MovedNightInfo, OutageRow, ReservationCard,
    SheetRow, StayCard,
};
use crate::api;
use crate::describe;

/// Lines of history that a card shows at most.
const HISTORY_LINES: u32 = 50;

pub(crate) fn sheet_row(entry: StayEntry) -> SheetRow {
    let StayEntry {
        reservation,
        number,
        stays,
        guest,
        adults,
        children,
        meal,
        source,
        stay,
    } = entry;
    SheetRow {
        id: reservation,
        number,
        stay: stay.stay,
        stays,
        guest,
        room_type: stay.room_type,
        assigned: stay.assigned.filter(|assigned| *assigned != stay.room_type),
        room: stay.room.clone(),
        arrival: stay.arrival,
        departure: stay.leaves_on(),
        nights: stay.nights().len(),
        adults,
        children,
        meal,
        source,
        status: stay.status,
        price: stay.price,
    }
}

fn item(stay: &StayRequest) -> api::StayRequest {
    api::StayRequest {
        room_type: stay.room_type,
        arrival: stay.arrival,
        departure: stay.departure,
        rooms: stay.rooms,
    }
}

pub(crate) fn hold(entry: HoldEntry) -> HoldRow {
    HoldRow {
        id: entry.hold.id,
        number: entry.hold.number,
        reference: entry.reference,
        expires_at: entry.hold.expires_at,
        status: entry.hold.status,
        version: entry.hold.version,
        items: entry.hold.stays.iter().map(item).collect(),
    }
}

pub(crate) fn allotment(entry: &AllotmentEntry) -> AllotmentRow {
    let found = &entry.allotment;
    let nights = allotment_nights(found);
    AllotmentRow {
        id: found.id,
        number: found.number.clone(),
        version: found.version,
        name: entry.name.clone(),
        allotment_kind: found.kind,
        status: found.status,
        stays: found.terms.blocks.iter().map(item).collect(),
        cut_off: found.terms.cut_off,
        shoulder: found.terms.shoulder,
        total: nights.iter().map(|night| night.total).sum(),
        picked_up: nights.iter().map(|night| night.picked_up).sum(),
        kept_back: nights
            .iter()
            .map(|night| night.kept_back.unsigned_abs())
            .sum(),
    }
}

/// An allotment night by night, those on which it was only picked up included.
pub(crate) fn allotment_nights(found: &Allotment) -> Vec<AllotmentNight> {
    let mut nights = found.terms.totals();
    for key in found.picked_up.keys() {
        nights.entry(*key).or_default();
    }
    let night = |((room_type, night), total)| AllotmentNight {
        room_type,
        night,
        total,
        picked_up: found.picked(room_type, night),
        kept_back: found.keeps(room_type, night),
    };
    nights.into_iter().map(night).collect()
}

pub(crate) fn outage(entry: OutageEntry) -> OutageRow {
    OutageRow {
        id: entry.outage.id,
        number: entry.outage.number,
        room_type: entry.outage.room_type,
        from: entry.outage.from,
        back_on: entry.outage.back_on,
        rooms: entry.outage.rooms,
        service: entry.outage.service,
        reason: entry.reason,
        room: entry.outage.room,
    }
}

/// What may be done with a stay today, as the window's buttons are named.
fn allowed(stay: &Stay, alone: bool, today: Night) -> Vec<&'static str> {
    let steps = lifecycle_steps(stay, today);
    let mut words: Vec<&'static str> = steps.into_iter().map(|step| step.as_str()).collect();
    if stay.status.is_open() {
        words.push("amend");
        if !stay.nights().is_empty() && stay.status.takes_inventory() {
            words.push("move");
        }
    }
    if !alone {
        words.push("split");
    }
    words
}

fn stay_card(stay: &Stay, alone: bool, today: Night) -> StayCard {
    let moved = stay.moved.iter().map(|moved| MovedNightInfo {
        night: moved.night,
        room_type: moved.room_type,
    });
    StayCard {
        stay: stay.stay,
        room_type: stay.room_type,
        arrival: stay.arrival,
        departure: stay.departure,
        freed_from: stay.freed_from,
        status: stay.status,
        room: stay.room.clone(),
        assigned: stay.assigned,
        price: stay.price,
        option_until: stay.option_until,
        moved: moved.collect(),
        allowed: allowed(stay, alone, today),
    }
}

pub(crate) fn reservation(
    reader: &Reader<'_>,
    catalogue: &Catalogue,
    found: &Reservation,
) -> Result<ReservationCard, StoreError> {
    let today = catalogue.property.business_date;
    let person = reader.person(found.details.guest)?;
    let alone = found.stays.len() == 1;
    let stays: Vec<StayCard> = found
        .stays
        .iter()
        .map(|stay| stay_card(stay, alone, today))
        .collect();
    let mut whole: Vec<&'static str> = Vec::new();
    for word in stays.iter().flat_map(|stay| &stay.allowed) {
        if !whole.contains(word) && !["split", "move"].contains(word) {
            whole.push(word);
        }
    }
    let price = |stay: &Stay| {
        stay.price
            .map(|price| price * i64::from(stay.nights().len()))
    };
    let details = &found.details;
    let text = |token: &Option<keyrack_inventory::Token>| token.as_ref().map(ToString::to_string);
    Ok(ReservationCard {
        id: found.id,
        number: found.number.clone(),
        version: found.version,
        status: found.status(),
        guest: api::Guest {
            name: person.name,
            phone: person.phone,
            email: person.email,
        },
        source: text(&details.source),
        external_number: text(&details.external_number),
        meal: text(&details.meal),
        notes: reader.text(details.notes)?,
        guarantee: reader.text(details.guarantee)?,
        adults: details.adults,
        children: details.children,
        attributes: details
            .attributes
            .iter()
            .map(|(name, value)| (name.to_string(), value.to_string()))
            .collect(),
        created_at: found.created_at,
        total: found.stays.iter().map(price).sum(),
        stays,
        allowed: whole,
        history: history(reader, found)?,
    })
}

fn history(reader: &Reader<'_>, found: &Reservation) -> Result<Vec<HistoryLine>, StoreError> {
    let entries = reader.reservation_history(found, HISTORY_LINES)?;
    entries
        .into_iter()
        .map(|entry| line(reader, entry, None))
        .collect()
}

/// An event as a line of history.
pub(crate) fn line(
    reader: &Reader<'_>,
    entry: EventEntry,
    cell: Option<(RoomTypeCode, Night)>,
) -> Result<HistoryLine, StoreError> {
    let number = number_of(reader, &entry.event)?;
    Ok(HistoryLine {
        seq: entry.seq,
        instant: entry.instant,
        business_date: entry.business_date,
        actor: entry.actor,
        event: entry.event.event_type().to_owned(),
        text: describe::event(&entry.event, number.as_deref().unwrap_or_default(), cell),
        command_id: entry.command_id,
        number,
        reason: entry.reason,
    })
}

/// The number of the object that the event is about.
fn number_of(reader: &Reader<'_>, event: &Event) -> Result<Option<String>, StoreError> {
    match event {
        Event::ReservationMade(made) => Ok(Some(made.number.to_string())),
        Event::HoldPlaced(placed) => Ok(Some(placed.number.to_string())),
        Event::OutagePlaced(placed) => Ok(Some(placed.outage.number.to_string())),
        Event::HoldExtended(extended) => reader.hold_number(extended.hold),
        Event::HoldEnded(ended) => reader.hold_number(ended.hold),
        Event::OutageEndSet(set) => reader.outage_number(set.outage),
        other => match other.stays_changed() {
            Some(change) => reader.reservation_number(change.reservation),
            None => Ok(None),
        },
    }
}
