//! What the desk shows: the property, the grid, a cell, a day, a reservation.

use keyrack_inventory::cell::house;
use keyrack_inventory::model::RoomType;
use keyrack_inventory::{Cell, Instant, Night, NightRange, Pool, Refusal};
use keyrack_store::{Reader, ReservationFilter, StoreError};

use crate::answers::{
    CellCounts, CellPanel, DaySheet, HoldRow, OutageRow, PropertyInfo, ReservationCard,
    RoomTypeInfo, SheetRow, UndoInfo,
};
use crate::api::{CellRequest, DaySheetRequest, FindRequest, ReservationRequest};
use crate::desk::{Desk, refused};
use crate::door::Question;
use crate::error::DeskError;
use crate::explain::{When, cell_panel, house_panel};
use crate::money::currency_digits;
use crate::{card, describe};

/// Rows that a search gives at most.
const MOST_FOUND: u32 = 200;

/// A cell, or the house, over a range: every night with its counts.
pub type Counts = Vec<(Night, CellCounts)>;

/// The same before it is known what may be sold.
pub(crate) type Cells = Vec<(Night, Cell)>;

impl Desk {
    /// The hotel and its room types.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn property(&self) -> Result<PropertyInfo, DeskError> {
        let caller = self.admit(Question::Property)?;
        let file = self.store.path().display().to_string();
        let info = self.store.read(|reader| {
            let catalogue = reader.catalogue()?;
            let property = &catalogue.property;
            let today = property.business_date;
            let (open_from, open_to) = reader.open_range()?.unwrap_or((today, today));
            Ok(PropertyInfo {
                name: property.name.to_string(),
                code: property.code.to_string(),
                time_zone: property.time_zone.to_string(),
                currency: property.currency.to_string(),
                currency_digits: currency_digits(property.currency.as_str()),
                business_date: today,
                open_from,
                open_to,
                room_types: catalogue.room_types.iter().map(room_type_info).collect(),
                file,
                sample: false,
                head: reader.head()?,
                generation: reader.generation()?,
                actor: caller.name().to_owned(),
                last_undo: last_undo(reader, caller.name())?,
            })
        })?;
        Ok(info)
    }

    /// The counts of every type over the open nights of a range, and of the house.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn counts(
        &self,
        nights: NightRange,
    ) -> Result<(Vec<(RoomTypeInfo, Counts)>, Counts), DeskError> {
        self.admit(Question::Counts)?;
        let now = self.clock.now();
        let found = self.store.read(|reader| {
            let catalogue = reader.catalogue()?;
            let mut types = Vec::new();
            for room_type in &catalogue.room_types {
                let cells = reader.cells(room_type.code, nights, now)?;
                types.push((room_type, cells));
            }
            let sums = house_counts(reader, nights, types.iter().map(|(_, cells)| cells))?;
            let house = sums.iter().map(|(night, cell)| {
                let rooms = house_to_sell(cell, on_night(&types, *night));
                (*night, CellCounts::of(cell, rooms, false))
            });
            let house = house.collect();
            let counted = types.iter().map(|(room_type, cells)| {
                let counted = cells.iter().map(|(night, cell)| {
                    let rooms = to_sell(room_type, *night, cell);
                    let closed = closed_on(&sums, *night);
                    (*night, CellCounts::of(cell, rooms, closed))
                });
                (room_type_info(room_type), counted.collect())
            });
            Ok((counted.collect(), house))
        })?;
        Ok(found)
    }

    /// A cell, explained down to what makes each count.
    ///
    /// # Errors
    /// Where there is no such type or the night is not open (a refusal), or the file fails.
    pub fn cell(&self, request: &CellRequest) -> Result<CellPanel, DeskError> {
        self.admit(Question::Cell)?;
        self.panel(request, When::Now(self.clock.now()))
    }

    /// A cell as it was at an instant, explained from its events.
    ///
    /// # Errors
    /// Where there is no such type or the night was not open then (a refusal), or the file fails.
    pub fn cell_at(&self, request: &CellRequest, instant: Instant) -> Result<CellPanel, DeskError> {
        self.admit(Question::Cell)?;
        self.panel(request, When::At(instant))
    }

    fn panel(&self, request: &CellRequest, when: When) -> Result<CellPanel, DeskError> {
        let (catalogue, panel) = self.store.read(|reader| {
            let catalogue = reader.catalogue()?;
            let panel = match request.room_type {
                Pool::RoomType(code) => cell_panel(reader, &catalogue, code, request.night, when)?,
                Pool::House => Ok(house_panel(reader, &catalogue, request.night, when)?),
            };
            Ok((catalogue, panel))
        })?;
        panel.map_err(|refusal| refused(refusal, &catalogue))
    }

    /// A day: who comes, goes, stays, and what is held or out.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn day_sheet(&self, request: &DaySheetRequest) -> Result<DaySheet, DeskError> {
        self.admit(Question::DaySheet)?;
        let (night, now) = (request.night, self.clock.now());
        let sheet = self.store.read(|reader| {
            let rows = |entries: Vec<keyrack_store::StayEntry>| {
                entries
                    .into_iter()
                    .map(card::sheet_row)
                    .collect::<Vec<SheetRow>>()
            };
            let holds = reader.holds(now, false)?.into_iter().filter(|entry| {
                entry
                    .hold
                    .stays
                    .iter()
                    .any(|stay| stay.nights().contains(night))
            });
            let outages = reader.outages(Some(night))?.into_iter();
            let outages = outages.filter(|entry| entry.outage.from <= night);
            Ok(DaySheet {
                night,
                arrivals: rows(reader.arrivals(night)?),
                departures: rows(reader.departures(night)?),
                in_house: rows(reader.in_house(night)?),
                holds: holds.map(card::hold).collect(),
                outages: outages.map(card::outage).collect(),
            })
        })?;
        Ok(sheet)
    }

    /// A reservation, whole.
    ///
    /// # Errors
    /// Where there is none (a refusal), or the file fails.
    pub fn reservation(&self, request: &ReservationRequest) -> Result<ReservationCard, DeskError> {
        self.admit(Question::Reservation)?;
        let (catalogue, found) = self.store.read(|reader| {
            let catalogue = reader.catalogue()?;
            let found = reader.reservation(&request.id)?;
            let card = found
                .map(|found| card::reservation(reader, &catalogue, &found))
                .transpose()?;
            Ok((catalogue, card))
        })?;
        let unknown = || {
            let refusal = Refusal::UnknownReservation {
                id: request.id.to_string(),
            };
            refused(refusal, &catalogue)
        };
        found.ok_or_else(unknown)
    }

    /// A page of reservations, and where the next one begins.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn reservations(
        &self,
        filter: &ReservationFilter,
    ) -> Result<(Vec<ReservationCard>, Option<String>), DeskError> {
        if !filter.goes_on() {
            return Err(DeskError::BadInput(format!(
                "\"{}\" is no cursor of a page before of this list, with its filters and order.",
                filter.cursor.as_deref().unwrap_or_default()
            )));
        }
        self.admit(Question::Reservations)?;
        Ok(self.store.read(|reader| {
            let catalogue = reader.catalogue()?;
            let page = reader.reservations(filter)?;
            let found = reader.reservations_by_id(&page.ids)?;
            let cards = card::reservations(reader, &catalogue, &found)?;
            Ok((cards, page.next))
        })?)
    }

    /// Holds, active ones alone or all of them.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn holds(&self, all: bool) -> Result<Vec<HoldRow>, DeskError> {
        self.admit(Question::Holds)?;
        let now = self.clock.now();
        let found = self.store.read(|reader| reader.holds(now, all))?;
        Ok(found.into_iter().map(card::hold).collect())
    }

    /// Outages that have not ended, or all of them.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn outages(&self, all: bool) -> Result<Vec<OutageRow>, DeskError> {
        self.admit(Question::Outages)?;
        let found = self.store.read(|reader| {
            let today = reader.catalogue()?.property.business_date;
            reader.outages(Some(today).filter(|_| !all))
        })?;
        Ok(found.into_iter().map(card::outage).collect())
    }

    /// Stays by part of a guest's name, phone, or a number: those of today first, then those to come.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn find_reservations(&self, request: &FindRequest) -> Result<Vec<SheetRow>, DeskError> {
        self.admit(Question::Find)?;
        if request.text.trim().is_empty() {
            return Ok(Vec::new());
        }
        let limit = request.limit.min(MOST_FOUND);
        let found = self.store.read(|reader| {
            let today = reader.catalogue()?.property.business_date;
            reader.find_stays(&request.text, limit, today)
        })?;
        Ok(found.into_iter().map(card::sheet_row).collect())
    }
}

fn room_type_info(room_type: &RoomType) -> RoomTypeInfo {
    RoomTypeInfo {
        code: room_type.code,
        name: room_type.name.to_string(),
        rank: room_type.rank,
        rooms: room_type.rooms,
        overbooking: room_type.overbooking,
        status: room_type.life.as_str(),
        retired_from: match room_type.life {
            keyrack_inventory::model::RoomTypeStatus::Retired { from } => Some(from),
            _ => None,
        },
    }
}

fn last_undo(reader: &Reader<'_>, actor: &str) -> Result<Option<UndoInfo>, StoreError> {
    let Some(command_id) = reader.last_undoable(actor)? else {
        return Ok(None);
    };
    // What came last and cannot be taken back stands before everything older.
    if !reader.has_inverse(command_id)? {
        return Ok(None);
    }
    let info = reader.command(command_id)?;
    Ok(info.map(|(kind, object)| UndoInfo {
        command_id,
        text: describe::phrase(&kind, &object),
    }))
}

/// The house's row of every night on which some type is open.
pub(crate) fn house_counts<'a>(
    reader: &Reader<'_>,
    nights: NightRange,
    types: impl Iterator<Item = &'a Cells>,
) -> Result<Cells, StoreError> {
    let mut sums: std::collections::BTreeMap<Night, Cell> = Default::default();
    for (night, cell) in types.flatten() {
        sums.entry(*night).or_default().add(cell);
    }
    for (night, limit) in reader.house_limits(nights)? {
        if let Some(sum) = sums.get_mut(&night) {
            *sum = house(std::iter::once(*sum), Some(limit));
        }
    }
    Ok(sums.into_iter().collect())
}

/// Whether the whole house is closed for sale on a night; its row stands in the order of the nights.
fn closed_on(house: &Cells, night: Night) -> bool {
    let at = house.binary_search_by_key(&night, |(of, _)| *of);
    at.is_ok_and(|at| house[at].1.restrictions.stop_sell)
}

/// Rooms of the type that may be sold on the night: none where its status forbids it.
pub(crate) fn to_sell(room_type: &RoomType, night: Night, cell: &Cell) -> i32 {
    if room_type.life.sells_on(night) {
        cell.available()
    } else {
        0
    }
}

/// Each type with its cell of the night, where it has one. Cells stand in the order of their nights.
pub(crate) fn on_night<'a>(
    types: &'a [(&'a RoomType, Cells)],
    night: Night,
) -> impl Iterator<Item = (i32, &'a Cell)> {
    types.iter().filter_map(move |(room_type, cells)| {
        let at = cells.binary_search_by_key(&night, |(of, _)| *of).ok()?;
        let cell = &cells[at].1;
        Some((to_sell(room_type, night, cell), cell))
    })
}

/// Rooms that the house may sell, where its types may sell so many: those of a type that is not sold
/// are not for sale in the house either.
pub(crate) fn house_to_sell<'a>(house: &Cell, types: impl Iterator<Item = (i32, &'a Cell)>) -> i32 {
    let (mut all, mut rooms) = (true, 0);
    for (to_sell, cell) in types {
        all &= to_sell == cell.available();
        rooms += to_sell;
    }
    if all {
        house.available()
    } else {
        house.available().min(rooms)
    }
}
