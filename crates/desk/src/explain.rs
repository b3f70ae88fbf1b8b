//! A cell, explained: its counts down to the bookings, holds, outages and limits that make them.

use keyrack_inventory::cell::house_walk_risk;
use keyrack_inventory::state::Catalogue;
use keyrack_inventory::{Cell, Instant, Night, NightRange, Pool, Refusal, RoomTypeCode};
use keyrack_store::{Reader, StoreError};

use crate::answers::{CellPanel, ExplainLine, Upgrade};
use crate::look::house_counts;
use crate::{card, describe};

/// Lines of history that a cell's panel shows at most.
const HISTORY_LINES: u32 = 50;

fn one(night: Night) -> NightRange {
    NightRange::new(night, night.plus(1))
}

pub(crate) fn cell_panel(
    reader: &Reader<'_>,
    catalogue: &Catalogue,
    code: RoomTypeCode,
    night: Night,
    now: Instant,
) -> Result<Result<CellPanel, Refusal>, StoreError> {
    let Some(room_type) = catalogue.room_type(code) else {
        return Ok(Err(Refusal::UnknownRoomType {
            id: code.to_string(),
        }));
    };
    let cells = reader.cells(code, one(night), now)?;
    let Some((_, cell)) = cells.first().copied() else {
        let why = keyrack_inventory::refusal::StayFault::NotOpen;
        let (arrival, departure, rooms) = (Some(night), None, None);
        let refusal = Refusal::InvalidStay {
            arrival,
            departure,
            rooms,
            why,
            night: Some(night),
        };
        return Ok(Err(refusal));
    };
    let mut upgrades = Vec::new();
    for higher in catalogue
        .room_types
        .iter()
        .filter(|other| other.rank > room_type.rank)
    {
        let cells = reader.cells(higher.code, one(night), now)?;
        let left = cells.first().map_or(0, |(_, cell)| cell.rooms_left());
        if left > 0 && higher.life.sells_on(night) {
            upgrades.push(Upgrade {
                room_type: higher.code,
                rooms_left: left,
            });
        }
    }
    let mut lines = limit_lines(&cell, None);
    lines.extend(object_lines(reader, code, night, now, None)?);
    let history = reader.cell_history(code, night, HISTORY_LINES)?;
    let history = history
        .into_iter()
        .map(|entry| card::line(reader, entry, Some((code, night))));
    Ok(Ok(CellPanel {
        room_type: Pool::RoomType(code),
        night,
        counts: cell.into(),
        walk_risk: cell.walk_risk(),
        next_hold_expiry: lines.iter().filter_map(|line| line.expires_at).min(),
        history: history.collect::<Result<_, _>>()?,
        lines,
        upgrades,
    }))
}

pub(crate) fn house_panel(
    reader: &Reader<'_>,
    catalogue: &Catalogue,
    night: Night,
    now: Instant,
) -> Result<CellPanel, StoreError> {
    let (mut types, mut lines, mut cells) = (Vec::new(), Vec::new(), Vec::new());
    for room_type in &catalogue.room_types {
        let counts = reader.cells(room_type.code, one(night), now)?;
        for (_, cell) in &counts {
            cells.push(*cell);
            lines.extend(limit_lines(cell, Some(room_type.code)));
        }
        types.push(counts);
        lines.extend(object_lines(
            reader,
            room_type.code,
            night,
            now,
            Some(room_type.code),
        )?);
    }
    let counts = house_counts(reader, one(night), types.iter())?;
    let house = counts.first().map(|(_, cell)| *cell).unwrap_or_default();
    if let Some((_, limit)) = reader.house_limits(one(night))?.first()
        && let Some(rooms) = limit.overbooking
    {
        lines.retain(|line| line.count != "overbooking");
        let text = "The house's own limit".to_owned();
        lines.push(ExplainLine {
            count: "overbooking",
            kind: "limit",
            rooms,
            text,
            ..Default::default()
        });
    }
    Ok(CellPanel {
        room_type: Pool::House,
        night,
        counts: house.into(),
        walk_risk: house_walk_risk(&cells),
        next_hold_expiry: lines.iter().filter_map(|line| line.expires_at).min(),
        lines,
        history: Vec::new(),
        upgrades: Vec::new(),
    })
}

fn limit_lines(cell: &Cell, room_type: Option<RoomTypeCode>) -> Vec<ExplainLine> {
    let line = |count, rooms, text: &str| ExplainLine {
        count,
        kind: "limit",
        rooms,
        room_type,
        text: text.to_owned(),
        ..ExplainLine::default()
    };
    let mut lines = vec![line("physical", cell.physical, "Rooms that exist")];
    if cell.overbooking != 0 {
        lines.push(line("overbooking", cell.overbooking, "Overbooking limit"));
    }
    if !cell.restrictions.is_free() {
        let text = describe::restricted(cell.restrictions);
        lines.push(line("restrictions", 0, &text));
    }
    lines
}

/// The bookings, holds and outages of a cell.
fn object_lines(
    reader: &Reader<'_>,
    code: RoomTypeCode,
    night: Night,
    now: Instant,
    room_type: Option<RoomTypeCode>,
) -> Result<Vec<ExplainLine>, StoreError> {
    let mut lines = Vec::new();
    for entry in reader.outages(Some(night))? {
        let outage = entry.outage;
        if outage.room_type != code || outage.from > night {
            continue;
        }
        let reason = entry.reason.unwrap_or_default();
        lines.push(ExplainLine {
            count: if outage.service {
                "out_of_service"
            } else {
                "out_of_order"
            },
            kind: "outage",
            id: Some(outage.id.0),
            number: Some(outage.number.to_string()),
            room_type,
            rooms: i32::try_from(outage.rooms).unwrap_or(i32::MAX),
            text: reason,
            arrival: Some(outage.from),
            departure: Some(outage.back_on),
            ..ExplainLine::default()
        });
    }
    for kept in reader.kept_back(code, night)? {
        let rooms = kept.total.saturating_sub(kept.picked_up);
        lines.push(ExplainLine {
            count: "blocked",
            kind: "allotment",
            id: Some(kept.allotment.0),
            number: Some(kept.number.to_string()),
            room_type,
            rooms: i32::try_from(rooms).unwrap_or(i32::MAX),
            text: format!(
                "{} {}/{}",
                kept.name.unwrap_or_default(),
                kept.picked_up,
                kept.total
            ),
            ..ExplainLine::default()
        });
    }
    let taking = reader.stays_on(code, night)?.into_iter();
    for entry in taking.filter(|entry| entry.stay.takes_inventory()) {
        let moved = entry.stay.room_type != code;
        lines.push(ExplainLine {
            count: "sold",
            kind: "stay",
            id: Some(entry.reservation.0),
            number: Some(entry.number.to_string()),
            stay: Some(entry.stay.stay),
            room_type,
            rooms: 1,
            text: if moved {
                format!("moved from {}", entry.stay.room_type)
            } else {
                String::new()
            },
            guest: Some(entry.guest),
            status: Some(entry.stay.status),
            arrival: Some(entry.stay.arrival),
            departure: Some(entry.stay.leaves_on()),
            ..ExplainLine::default()
        });
    }
    for entry in reader.holds(now, false)? {
        for stay in entry
            .hold
            .stays
            .iter()
            .filter(|stay| stay.room_type == code)
        {
            if stay.nights().contains(night) {
                lines.push(ExplainLine {
                    count: "held",
                    kind: "hold",
                    id: Some(entry.hold.id.0),
                    number: Some(entry.hold.number.to_string()),
                    room_type,
                    rooms: i32::try_from(stay.rooms).unwrap_or(i32::MAX),
                    text: entry.reference.clone().unwrap_or_default(),
                    arrival: Some(stay.arrival),
                    departure: Some(stay.departure),
                    expires_at: Some(entry.hold.expires_at),
                    ..ExplainLine::default()
                });
            }
        }
    }
    Ok(lines)
}
