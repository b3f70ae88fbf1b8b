//! Rows of the store as what people look at.

use std::collections::HashMap;

use keyrack_inventory::decide::lifecycle_steps;
use keyrack_inventory::model::{Reservation, StayRequest};
use keyrack_inventory::state::Catalogue;
use keyrack_inventory::{
    Allotment, Event, GuestId, Night, ReservationId, RoomTypeCode, Stay, StayStatus, TextId,
    Transition,
};
use keyrack_store::{
    AllotmentEntry, ERASED_GUEST, EventEntry, HoldEntry, Numbers, OutageEntry, Person, Reader,
    StayEntry, StoreError,
};

use crate::answers::{
    AllotmentNight, AllotmentRow, HistoryLine, HoldRow, MovedNightInfo, OutageRow, ReservationCard,
    SheetRow, StayCard,
};
use crate::api;
use crate::describe;
use crate::money::{self, Taxes};
use crate::walked;

/// Lines of history that a card shows at most.
const HISTORY_LINES: usize = 50;

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
    // A request is the centre's to confirm: whoever could do it here would promise what nobody has.
    let request = stay.status == StayStatus::NeedsConfirmation;
    let steps = lifecycle_steps(stay, today)
        .into_iter()
        .filter(|step| !(request && *step == Transition::Confirm));
    let mut words: Vec<&'static str> = steps.map(|step| step.as_str()).collect();
    if stay.status.is_open() {
        words.push("amend");
        // One of its nights is to come.
        if today.max(stay.arrival) < stay.nights().to {
            words.push("move");
        }
    }
    if stay.status == StayStatus::CheckedIn {
        words.push("give_room");
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
        allotment: stay.allotment,
        moved: moved.collect(),
        walked_to: None,
        allowed: allowed(stay, alone, today),
    }
}

/// One reservation's card.
pub(crate) fn reservation(
    reader: &Reader<'_>,
    catalogue: &Catalogue,
    found: &Reservation,
) -> Result<ReservationCard, StoreError> {
    let beside = Beside::load(reader, std::slice::from_ref(found))?;
    Ok(beside.card(catalogue, found))
}

/// The cards of many reservations, with as many statements as for one.
pub(crate) fn reservations(
    reader: &Reader<'_>,
    catalogue: &Catalogue,
    found: &[Reservation],
) -> Result<Vec<ReservationCard>, StoreError> {
    let beside = Beside::load(reader, found)?;
    let cards = found.iter().map(|one| beside.card(catalogue, one));
    Ok(cards.collect())
}

/// What stands beside reservations in tables of its own.
struct Beside {
    people: HashMap<GuestId, Person>,
    texts: HashMap<TextId, String>,
    histories: HashMap<ReservationId, Vec<EventEntry>>,
    numbers: Numbers,
    taxes: Taxes,
}

impl Beside {
    fn load(reader: &Reader<'_>, found: &[Reservation]) -> Result<Self, StoreError> {
        let details = || found.iter().map(|one| &one.details);
        let texts = details().flat_map(|details| [details.notes, details.guarantee]);
        let ids: Vec<ReservationId> = found.iter().map(|one| one.id).collect();
        let histories = reader.histories(&ids, HISTORY_LINES)?;
        let events = histories.values().flatten().map(|entry| &entry.event);
        Ok(Self {
            people: reader.people(details().filter_map(|details| details.guest))?,
            texts: reader.texts(texts.flatten())?,
            numbers: reader.numbers(events)?,
            taxes: Taxes::read(reader)?,
            histories,
        })
    }

    fn card(&self, catalogue: &Catalogue, found: &Reservation) -> ReservationCard {
        let guest = found.details.guest;
        let person = guest.and_then(|id| self.people.get(&id));
        let text = |id: Option<TextId>| id.and_then(|id| self.texts.get(&id)).cloned();
        let entries = self.histories.get(&found.id).map_or(&[][..], Vec::as_slice);
        let history = entries.iter().map(|entry| line(&self.numbers, entry, None));
        let mut card = ReservationCard {
            notes: text(found.details.notes),
            guarantee: text(found.details.guarantee),
            history: history.collect(),
            amounts: money::amounts(found.stays.iter(), &self.taxes),
            ..plain(catalogue, found, person.cloned().unwrap_or_default())
        };
        for (stay, shown) in found.stays.iter().zip(&mut card.stays) {
            shown.walked_to = walked::to(stay, entries).map(str::to_owned);
        }
        card
    }
}

/// A card without what stands in tables of its own, but for the guest.
fn plain(catalogue: &Catalogue, found: &Reservation, person: Person) -> ReservationCard {
    let today = catalogue.property.business_date;
    let alone = found.stays.len() == 1;
    let stays: Vec<StayCard> = found
        .stays
        .iter()
        .map(|stay| stay_card(stay, alone, today))
        .collect();
    let mut whole: Vec<&'static str> = Vec::new();
    for word in stays.iter().flat_map(|stay| &stay.allowed) {
        if !whole.contains(word) && !["split", "move", "give_room"].contains(word) {
            whole.push(word);
        }
    }
    if !["", ERASED_GUEST].contains(&person.name.as_str()) || found.details.guest.is_none() {
        whole.push("set_details");
    }
    let details = &found.details;
    let text = |token: &Option<keyrack_inventory::Token>| token.as_ref().map(ToString::to_string);
    ReservationCard {
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
        notes: None,
        guarantee: None,
        adults: details.adults,
        children: details.children,
        attributes: details
            .attributes
            .iter()
            .map(|(name, value)| (name.to_string(), value.to_string()))
            .collect(),
        created_at: found.created_at,
        total: money::total(found.stays.iter()),
        amounts: None,
        stays,
        allowed: whole,
        history: Vec::new(),
    }
}

/// An event as a line of history.
pub(crate) fn line(
    numbers: &Numbers,
    entry: &EventEntry,
    cell: Option<(RoomTypeCode, Night)>,
) -> HistoryLine {
    let number = numbers.of(&entry.event);
    let named = number.as_deref().unwrap_or_default();
    let text = match &entry.event {
        Event::DetailsSet(set) => describe::details(named, set, Some(numbers)),
        event => describe::event(event, named, cell),
    };
    HistoryLine {
        seq: entry.seq,
        instant: entry.instant,
        business_date: entry.business_date,
        actor: entry.actor.clone(),
        event: entry.event.event_type().to_owned(),
        text,
        command_id: entry.command_id,
        number,
        reason: entry.reason.clone(),
    }
}

/// The lines of a history.
pub(crate) fn lines(
    reader: &Reader<'_>,
    entries: &[EventEntry],
    cell: Option<(RoomTypeCode, Night)>,
) -> Result<Vec<HistoryLine>, StoreError> {
    let numbers = reader.numbers(entries.iter().map(|entry| &entry.event))?;
    let lines = entries.iter().map(|entry| line(&numbers, entry, cell));
    Ok(lines.collect())
}
