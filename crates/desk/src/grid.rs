//! The grid's window of cells, as the bytes that the window's typed arrays are made of.
//!
//! Little-endian 32-bit words. Header: magic, first day number, nights N, types T, the last event's
//! number (low word, high word), 0, 0. Then T x N words each, all nights of the first type first:
//! physical, out of order, sold, held, blocked, overbooking, version, flags, restrictions, rooms of open
//! allotments, of those picked up. Then N words each: arrivals, departures, in house, day use, the house's
//! restrictions, its own limit (the least word where not set).

use keyrack_inventory::model::RoomType;
use keyrack_inventory::state::Catalogue;
use keyrack_inventory::{Cell, HouseLimit, Night, NightRange, RoomTypeCode};
use keyrack_store::{GroupRooms, Reader, StoreError};

use crate::answers::{CellPatch, Changes, DayPatch};
use crate::api::{ChangesRequest, GridRequest};
use crate::desk::Desk;
use crate::door::Question;
use crate::error::DeskError;

/// "KRG1".
const MAGIC: u32 = 0x3147_524B;
const HEADER_WORDS: usize = 8;
const CELL_COLUMNS: usize = 11;
const DAY_COLUMNS: usize = 6;
/// Nights of one window at most: ten years.
const MOST_NIGHTS: u32 = 3_660;
/// Dates that a list of changes names at most.
const MOST_DAYS: usize = 1_000;
/// The night is open.
const OPEN: i32 = 1;
/// The type is not sold on it.
const NOT_ON_SALE: i32 = 2;
/// The house has no limit of its own.
const NOT_SET: i32 = i32::MIN;

impl Desk {
    /// The cells of every type over a range of nights, as bytes.
    ///
    /// # Errors
    /// Where more than ten years are asked for, or the file fails.
    pub fn grid(&self, request: &GridRequest) -> Result<Vec<u8>, DeskError> {
        if request.nights > MOST_NIGHTS {
            return Err(DeskError::BadInput(format!(
                "A window has at most {MOST_NIGHTS} nights."
            )));
        }
        self.admit(Question::Counts)?;
        let count = i32::try_from(request.nights).unwrap_or(0);
        let nights = NightRange::new(request.from, request.from.plus(count));
        let now = self.clock.now();
        Ok(self.store.read(|reader| {
            let catalogue = reader.catalogue()?;
            let types = catalogue.room_types.len();
            let mut words = Words::new(types, request.nights as usize);
            words.header(nights.from, types, reader.head()?);
            for (at, room_type) in catalogue.room_types.iter().enumerate() {
                reader.each_cell(room_type.code, nights, |night, cell| {
                    words.cell(
                        at,
                        nights.from.nights_until(night),
                        &cell,
                        flags(room_type, night),
                    );
                })?;
            }
            for (code, range, rooms) in reader.due_holds(now)? {
                let Some(at) = place_of(&catalogue, code) else {
                    continue;
                };
                for night in range.iter().filter(|night| nights.contains(*night)) {
                    words.not_held(at, nights.from.nights_until(night), rooms);
                }
            }
            for group in reader.group_rooms(nights)? {
                if let Some(at) = place_of(&catalogue, group.room_type) {
                    words.group(at, nights.from.nights_until(group.night), &group);
                }
            }
            for (at, day) in reader.days(nights)?.into_iter().enumerate() {
                words.day(
                    at,
                    [day.arrivals, day.departures, day.in_house, day.day_use],
                );
            }
            for (night, limit) in reader.house_limits(nights)? {
                words.house_limit(nights.from.nights_until(night), &limit);
            }
            Ok(words.into_bytes())
        })?)
    }

    /// What changed after an event, as it is now.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn changes(&self, request: &ChangesRequest) -> Result<Changes, DeskError> {
        self.admit(Question::Changes)?;
        let now = self.clock.now();
        Ok(self.store.read(|reader| {
            let found = reader.changes_since(request.since)?;
            let catalogue = reader.catalogue()?;
            let generation = reader.generation()?;
            let anew = request.generation.is_some_and(|seen| seen != generation);
            let mut changes = Changes {
                since: request.since,
                head: found.head,
                reread: found.reread || found.days.len() > MOST_DAYS,
                catalogue: found.catalogue || anew,
                cells: Vec::new(),
                days: Vec::new(),
            };
            if changes.reread {
                return Ok(changes);
            }
            let due = reader.due_holds(now)?;
            for (code, night) in found.cells {
                let Some(room_type) = catalogue.room_type(code) else {
                    continue;
                };
                let one = NightRange::new(night, night.plus(1));
                let over = due
                    .iter()
                    .filter(|(of, nights, _)| *of == code && nights.contains(night));
                let not_held: i32 = over.map(|(_, _, rooms)| rooms).sum();
                reader.each_cell(code, one, |night, mut cell| {
                    cell.held -= not_held;
                    changes
                        .cells
                        .push(patch(code, night, &cell, flags(room_type, night)));
                })?;
            }
            add_groups(reader, &mut changes.cells)?;
            if let (Some(first), Some(last)) = (found.days.first(), found.days.last()) {
                let range = NightRange::new(*first, last.plus(1));
                let counts = reader.days(range)?;
                let limits = reader.house_limits(range)?;
                for night in found.days {
                    let at = usize::try_from(range.from.nights_until(night)).unwrap_or(0);
                    let limit = limits.iter().find(|(of, _)| *of == night);
                    changes.days.push(DayPatch {
                        night: night.day_number(),
                        arrivals: counts[at].arrivals,
                        departures: counts[at].departures,
                        in_house: counts[at].in_house,
                        day_use: counts[at].day_use,
                        house_restrictions: limit
                            .map_or(0, |(_, limit)| limit.restrictions.bits() as i32),
                        house_overbooking: limit.and_then(|(_, limit)| limit.overbooking),
                    });
                }
            }
            Ok(changes)
        })?)
    }
}

fn place_of(catalogue: &Catalogue, code: RoomTypeCode) -> Option<usize> {
    let mut types = catalogue.room_types.iter();
    types.position(|known| known.code == code)
}

/// The rooms of allotments on the nights of the patches, in one read.
fn add_groups(reader: &Reader<'_>, cells: &mut [CellPatch]) -> Result<(), StoreError> {
    let nights = cells.iter().map(|cell| cell.night);
    let first = nights.clone().min().and_then(Night::from_day_number);
    let last = nights.max().and_then(Night::from_day_number);
    let (Some(first), Some(last)) = (first, last) else {
        return Ok(());
    };
    let range = NightRange::new(first, last.plus(1));
    for group in reader.group_rooms(range)? {
        let of_group = |cell: &&mut CellPatch| {
            cell.room_type == group.room_type && cell.night == group.night.day_number()
        };
        for cell in cells.iter_mut().filter(of_group) {
            cell.group_rooms += group.total;
            cell.group_picked_up += group.picked_up;
        }
    }
    Ok(())
}

fn flags(room_type: &RoomType, night: Night) -> i32 {
    if room_type.life.sells_on(night) {
        OPEN
    } else {
        OPEN | NOT_ON_SALE
    }
}

fn patch(room_type: RoomTypeCode, night: Night, cell: &Cell, flags: i32) -> CellPatch {
    CellPatch {
        room_type,
        night: night.day_number(),
        physical: cell.physical,
        out_of_order: cell.out_of_order,
        sold: cell.sold,
        held: cell.held,
        blocked: cell.blocked,
        overbooking: cell.overbooking,
        flags,
        restrictions: cell.restrictions.bits() as i32,
        group_rooms: 0,
        group_picked_up: 0,
        version: cell.version,
    }
}

/// The words of a window, filled in place.
struct Words {
    words: Vec<i32>,
    types: usize,
    nights: usize,
}

impl Words {
    fn new(types: usize, nights: usize) -> Self {
        let cells = types * nights;
        let mut words = vec![0; HEADER_WORDS + CELL_COLUMNS * cells + DAY_COLUMNS * nights];
        let limits = words.len() - nights;
        words[limits..].fill(NOT_SET);
        Self {
            words,
            types,
            nights,
        }
    }

    fn header(&mut self, from: Night, types: usize, head: i64) {
        let [low, high] = [head as u32, (head >> 32) as u32];
        let nights = self.nights as u32;
        let header = [
            MAGIC,
            from.day_number() as u32,
            nights,
            types as u32,
            low,
            high,
        ];
        for (at, word) in header.into_iter().enumerate() {
            self.words[at] = word as i32;
        }
    }

    fn at(&self, column: usize, room_type: usize, night: usize) -> usize {
        HEADER_WORDS + (column * self.types + room_type) * self.nights + night
    }

    fn cell(&mut self, room_type: usize, night: i32, cell: &Cell, flags: i32) {
        let Ok(night) = usize::try_from(night) else {
            return;
        };
        let version = i32::try_from(cell.version).unwrap_or(i32::MAX);
        let columns = [
            cell.physical,
            cell.out_of_order,
            cell.sold,
            cell.held,
            cell.blocked,
            cell.overbooking,
            version,
            flags,
            cell.restrictions.bits() as i32,
        ];
        for (column, word) in columns.into_iter().enumerate() {
            let at = self.at(column, room_type, night);
            self.words[at] = word;
        }
    }

    fn group(&mut self, room_type: usize, night: i32, group: &GroupRooms) {
        const ROOMS: usize = 9;
        const PICKED_UP: usize = 10;
        if let Ok(night) = usize::try_from(night) {
            let rooms = self.at(ROOMS, room_type, night);
            self.words[rooms] += group.total;
            let picked_up = self.at(PICKED_UP, room_type, night);
            self.words[picked_up] += group.picked_up;
        }
    }

    /// Takes rooms of holds whose time is up out of what is held.
    fn not_held(&mut self, room_type: usize, night: i32, rooms: i32) {
        const HELD: usize = 3;
        if let Ok(night) = usize::try_from(night) {
            let at = self.at(HELD, room_type, night);
            self.words[at] -= rooms;
        }
    }

    fn day(&mut self, night: usize, counts: [i32; 4]) {
        let first = HEADER_WORDS + CELL_COLUMNS * self.types * self.nights;
        for (column, count) in counts.into_iter().enumerate() {
            self.words[first + column * self.nights + night] = count;
        }
    }

    fn house_limit(&mut self, night: i32, limit: &HouseLimit) {
        if let Ok(night) = usize::try_from(night) {
            let limits = self.words.len() - self.nights;
            self.words[limits + night] = limit.overbooking.unwrap_or(NOT_SET);
            self.words[limits - self.nights + night] = limit.restrictions.bits() as i32;
        }
    }

    fn into_bytes(self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.words.len() * 4);
        for word in &self.words {
            bytes.extend_from_slice(&word.to_le_bytes());
        }
        bytes
    }
}
