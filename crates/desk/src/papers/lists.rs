//! The day's lists on paper, each by itself, or all of them in one for an outage of the machines.

use keyrack_inventory::state::Catalogue;
use keyrack_inventory::{Instant, Night, NightRange, RoomTypeCode, StayStatus};
use keyrack_store::{Reader, StayEntry, StoreError};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::face::Style;
use super::figures::{PackStay, row};
use super::pack::{Last, none, outages, stays};
use super::sheet::{Align, MARGIN, Sheet};
use super::table::{BEGINNING, Column, Row, figures, table, words};
use super::{House, counted, long, say, short, short_of};
use keyrack_words::Words;

use crate::answers::{HoldRow, OutageRow};
use crate::card;
use crate::error::DeskError;

/// Nights of the list of what is left.
const NIGHTS: i32 = 31;
/// Types side by side on a page at most.
const MOST_TYPES: usize = 12;

/// A list of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DayPaper {
    /// Who comes.
    Arrivals,
    /// Who leaves.
    Departures,
    /// Who is here.
    InHouse,
    /// What is left of each type, a month on.
    Availability,
    /// All of them, holds and outages, and who comes the day after: to work on without machines.
    EmergencyPack,
}

impl DayPaper {
    fn title(self) -> String {
        say(match self {
            Self::Arrivals => "paper-arrivals",
            Self::Departures => "paper-departures",
            Self::InHouse => "paper-in-house",
            Self::Availability => "paper-availability",
            Self::EmergencyPack => "paper-emergency-pack",
        })
    }

    fn holds(self, part: Self) -> bool {
        self == part || self == Self::EmergencyPack
    }
}

/// What the lists say, read in one snapshot.
pub(super) struct DayLists {
    paper: DayPaper,
    date: Night,
    /// When it was read: a list is of a moment.
    at: String,
    arrivals: Vec<PackStay>,
    departures: Vec<PackStay>,
    in_house: Vec<PackStay>,
    next_arrivals: Vec<PackStay>,
    holds: Vec<HoldRow>,
    outages: Vec<OutageRow>,
    left: Vec<Left>,
}

/// What is left of a type, night by night.
struct Left {
    code: RoomTypeCode,
    rooms: Vec<Option<i32>>,
}

impl DayLists {
    pub fn read(
        reader: &Reader<'_>,
        catalogue: &Catalogue,
        paper: DayPaper,
        date: Night,
        now: Instant,
    ) -> Result<Self, StoreError> {
        let rows = |entries: Vec<StayEntry>| {
            let rows = entries.iter().map(|entry| row(entry, date));
            rows.collect::<Vec<PackStay>>()
        };
        let pack = paper == DayPaper::EmergencyPack;
        let mut lists = Self {
            paper,
            date,
            at: local(now, catalogue),
            arrivals: Vec::new(),
            departures: Vec::new(),
            in_house: Vec::new(),
            next_arrivals: Vec::new(),
            holds: Vec::new(),
            outages: Vec::new(),
            left: Vec::new(),
        };
        if paper.holds(DayPaper::Arrivals) {
            lists.arrivals = rows(reader.arrivals(date)?);
        }
        if paper.holds(DayPaper::Departures) {
            lists.departures = rows(reader.departures(date)?);
        }
        if paper.holds(DayPaper::InHouse) {
            let mut here = rows(reader.in_house(date)?);
            here.retain(|stay| stay.status == StayStatus::CheckedIn);
            lists.in_house = here;
        }
        if paper.holds(DayPaper::Availability) {
            lists.left = left(reader, catalogue, date, now)?;
        }
        if pack {
            lists.next_arrivals = rows(reader.arrivals(date.plus(1))?);
            let holds = reader.holds(now, false)?.into_iter();
            lists.holds = holds.map(card::hold).collect();
            let outages = reader.outages(Some(date))?.into_iter();
            lists.outages = outages.map(card::outage).collect();
        }
        Ok(lists)
    }
}

/// When it is, by the hotel's clock.
fn local(now: Instant, catalogue: &Catalogue) -> String {
    let here = crate::local::time(&catalogue.property, now);
    format!("{}, {}", short_of(here.date_naive()), here.format("%H:%M"))
}

fn left(
    reader: &Reader<'_>,
    catalogue: &Catalogue,
    date: Night,
    now: Instant,
) -> Result<Vec<Left>, StoreError> {
    let nights = NightRange::new(date, date.plus(NIGHTS));
    let mut all = Vec::new();
    for known in &catalogue.room_types {
        let mut rooms = vec![None; nights.len() as usize];
        for (night, cell) in reader.cells(known.code, nights, now)? {
            let at = usize::try_from(date.nights_until(night)).unwrap_or(0);
            rooms[at] = Some(cell.rooms_left());
        }
        all.push(Left {
            code: known.code,
            rooms,
        });
    }
    Ok(all)
}

/// Writes the paper.
pub(super) fn day_lists(house: &House, found: &DayLists) -> Result<Vec<u8>, DeskError> {
    let title = found.paper.title();
    let frame = house.frame(&format!("{title} {}", short(found.date)), found.date);
    let mut sheet = Sheet::new(house.format, frame);
    head(&mut sheet, house, &title, found);
    let paper = found.paper;
    if paper.holds(DayPaper::Availability) {
        availability(&mut sheet, found);
    }
    if paper.holds(DayPaper::Arrivals) {
        stays(
            &mut sheet,
            &say("paper-arrivals"),
            &found.arrivals,
            Last::Status,
        );
    }
    if paper.holds(DayPaper::Departures) {
        let departures = &found.departures;
        stays(
            &mut sheet,
            &say("paper-departures"),
            departures,
            Last::Status,
        );
    }
    if paper.holds(DayPaper::InHouse) {
        stays(
            &mut sheet,
            &say("paper-in-house"),
            &found.in_house,
            Last::Price(house),
        );
    }
    if paper == DayPaper::EmergencyPack {
        let date = short(found.date.plus(1));
        let next = Words::here()
            .say("paper-arrivals-on")
            .with("date", date)
            .text();
        stays(&mut sheet, &next, &found.next_arrivals, Last::Status);
        holds(&mut sheet, &found.holds);
        outages(&mut sheet, &found.outages);
    }
    sheet.pdf()
}

fn head(sheet: &mut Sheet, house: &House, title: &str, found: &DayLists) {
    let room = sheet.room();
    let right = room * 0.36;
    let at = MARGIN + room - right;
    sheet.y = MARGIN + 12.0;
    let name = Style::sized(14.0).strong();
    sheet.put(MARGIN, room - right, Align::Left, name, title);
    let date = Style::sized(12.0);
    sheet.put(at, right, Align::Right, date, &long(found.date));
    sheet.y += 15.0;
    let quiet = Style::TEXT.quiet();
    sheet.put(MARGIN, room - right, Align::Left, quiet, &house.name);
    let as_of = Words::here().say("paper-as-of");
    let as_of = as_of.with("at", found.at.as_str()).text();
    sheet.put(at, right, Align::Right, quiet, &as_of);
    sheet.y += 14.0;
    sheet.rule(MARGIN, room, 120);
    sheet.y += 6.0;
}

/// A row a night, a column a type; the house in the last column of the last table.
fn availability(sheet: &mut Sheet, found: &DayLists) {
    sheet.section(&say("paper-rooms-left"), BEGINNING);
    let codes: Vec<String> = found
        .left
        .iter()
        .map(|left| left.code.to_string())
        .collect();
    let tables = found.left.chunks(MOST_TYPES).count();
    let parts = found.left.chunks(MOST_TYPES).zip(codes.chunks(MOST_TYPES));
    for (at, (types, names)) in parts.enumerate() {
        let last = at + 1 == tables;
        let mut columns = vec![words(&say("paper-night"), 20.0)];
        columns.extend(names.iter().map(|name| figures(name, 7.0)));
        if last {
            columns.push(figures(&say("paper-house"), 8.0));
        }
        let rows: Vec<Row> = (0..NIGHTS)
            .zip(0_usize..)
            .map(|(day, at)| night(found, types, (day, at), last))
            .collect();
        table(sheet, 0.0, &columns, &rows);
        sheet.y += 10.0;
    }
}

fn night(found: &DayLists, types: &[Left], (day, at): (i32, usize), last: bool) -> Row {
    let count = |rooms: Option<i32>| rooms.map_or("–".to_owned(), |rooms| rooms.to_string());
    let mut cells = vec![long(found.date.plus(day))];
    cells.extend(types.iter().map(|left| count(left.rooms[at])));
    if last {
        let known = found.left.iter().filter_map(|left| left.rooms[at]);
        let house = known.reduce(|all, rooms| all + rooms);
        cells.push(count(house));
    }
    Row::from(cells)
}

fn holds(sheet: &mut Sheet, holds: &[HoldRow]) {
    sheet.section(&counted("paper-holds", holds.len()), BEGINNING);
    if holds.is_empty() {
        return none(sheet);
    }
    let columns: [Column; 3] = [
        words(&say("paper-number"), 12.0),
        words(&say("paper-for"), 40.0),
        words(&say("paper-rooms"), 48.0),
    ];
    let rooms = |hold: &HoldRow| {
        let stays = hold.items.iter().map(|stay| {
            let (from, to) = (short(stay.arrival), short(stay.departure));
            Words::here()
                .say("paper-hold-run")
                .with("rooms", stay.rooms)
                .with("type", stay.room_type.to_string())
                .with("from", from)
                .with("to", to)
                .text()
        });
        stays.collect::<Vec<_>>().join(", ")
    };
    let rows: Vec<Row> = holds
        .iter()
        .map(|hold| {
            let reference = hold.reference.clone().unwrap_or_default();
            Row::from(vec![hold.number.to_string(), reference, rooms(hold)])
        })
        .collect();
    table(sheet, 0.0, &columns, &rows);
}
