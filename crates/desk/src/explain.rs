//! A cell, explained: its counts down to the bookings, holds, outages and limits that make them.

use keyrack_inventory::cell::{house, house_walk_risk};
use keyrack_inventory::model::StayRequest;
use keyrack_inventory::state::Catalogue;
use keyrack_inventory::{Cell, Instant, Night, Pool, Refusal, RoomTypeCode};
use keyrack_store::{
    EventEntry, HoldEntry, KeptBack, OutageEntry, Reader, Scene, StayEntry, StoreError,
};
use keyrack_words::Words;

use crate::answers::{CellCounts, CellPanel, ExplainLine, HistoryLine, Upgrade};
use crate::look::{house_to_sell, to_sell};
use crate::{card, describe};

/// When a cell is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum When {
    /// As it is at this instant, which is now.
    Now(Instant),
    /// As it was.
    At(Instant),
}

impl When {
    fn is_now(self) -> bool {
        matches!(self, Self::Now(_))
    }

    fn scene(
        self,
        reader: &Reader<'_>,
        code: Option<RoomTypeCode>,
        night: Night,
    ) -> Result<Scene, StoreError> {
        match self {
            Self::Now(now) => reader.scene(code, night, now, HISTORY_LINES),
            Self::At(instant) => reader.scene_at(code, night, instant, HISTORY_LINES),
        }
    }
}

/// Lines of history that a cell's panel shows at most.
const HISTORY_LINES: u32 = 50;

/// A cell, now or as it was.
pub(crate) fn cell_panel(
    reader: &Reader<'_>,
    catalogue: &Catalogue,
    code: RoomTypeCode,
    night: Night,
    when: When,
) -> Result<Result<CellPanel, Refusal>, StoreError> {
    let Some(room_type) = catalogue.room_type(code) else {
        return Ok(Err(Refusal::UnknownRoomType {
            id: code.to_string(),
        }));
    };
    let scene = when.scene(reader, Some(code), night)?;
    let Some(cell) = scene.cells.get(&code) else {
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
    let higher = catalogue.room_types.iter().filter(|other| {
        // What was sold then does not say where a guest may be moved now, nor the other way round.
        when.is_now() && other.rank > room_type.rank && other.life.sells_on(night)
    });
    let upgrades = higher.filter_map(|higher| {
        let rooms_left = scene.cells.get(&higher.code)?.rooms_left();
        (rooms_left > 0).then_some(Upgrade {
            room_type: higher.code,
            rooms_left,
        })
    });
    let house_closed = when.is_now() && reader.house_closed(night)?;
    let mut lines = limit_lines(cell, None);
    lines.extend(object_lines(&scene, code, night, None));
    Ok(Ok(CellPanel {
        room_type: Pool::RoomType(code),
        night,
        // What was on sale then is not known from what is on sale now.
        counts: CellCounts::of(
            cell,
            match when.is_now() {
                true => to_sell(room_type, night, cell),
                false => cell.available(),
            },
            house_closed,
        ),
        walk_risk: cell.walk_risk(),
        safe_offline: match when.is_now() {
            true => reader.safe_rooms(code, night)?,
            false => None,
        },
        next_hold_expiry: lines.iter().filter_map(|line| line.expires_at).min(),
        history: card::lines(reader, &scene.history, Some((code, night)))?,
        lines,
        upgrades: upgrades.collect(),
    }))
}

/// The house's row of a night, now or as it was.
pub(crate) fn house_panel(
    reader: &Reader<'_>,
    catalogue: &Catalogue,
    night: Night,
    when: When,
) -> Result<CellPanel, StoreError> {
    let scene = when.scene(reader, None, night)?;
    let mut lines = Vec::new();
    for room_type in &catalogue.room_types {
        if let Some(cell) = scene.cells.get(&room_type.code) {
            lines.extend(limit_lines(cell, Some(room_type.code)));
        }
        let of_type = object_lines(&scene, room_type.code, night, Some(room_type.code));
        lines.extend(of_type);
    }
    let cells: Vec<Cell> = scene.cells.values().copied().collect();
    let own = scene.limit.and_then(|limit| limit.overbooking);
    if let Some(rooms) = own.filter(|_| !cells.is_empty()) {
        lines.retain(|line| line.count != "overbooking");
        let text = Words::here().plain("line-house-limit");
        lines.push(ExplainLine {
            count: "overbooking",
            kind: "limit",
            rooms,
            text,
            ..Default::default()
        });
    }
    let by_rank = catalogue.room_types.iter();
    let by_rank = by_rank.filter_map(|known| scene.cells.get(&known.code).copied());
    let by_rank: Vec<Cell> = by_rank.collect();
    let counts = match cells.is_empty() {
        true => Cell::default(),
        false => house(cells.into_iter(), scene.limit),
    };
    let types = catalogue.room_types.iter().filter_map(|known| {
        let cell = scene.cells.get(&known.code)?;
        Some((to_sell(known, night, cell), cell))
    });
    let available = match when.is_now() {
        true => house_to_sell(&counts, types),
        false => counts.available(),
    };
    Ok(CellPanel {
        room_type: Pool::House,
        night,
        counts: CellCounts::of(&counts, available, false),
        walk_risk: house_walk_risk(&by_rank),
        safe_offline: None,
        next_hold_expiry: lines.iter().filter_map(|line| line.expires_at).min(),
        lines,
        history: house_lines(reader, scene.history, night)?,
        upgrades: Vec::new(),
    })
}

/// The history of a night of the house; what was done to the limits of one type names it.
fn house_lines(
    reader: &Reader<'_>,
    mut history: Vec<EventEntry>,
    night: Night,
) -> Result<Vec<HistoryLine>, StoreError> {
    history
        .iter_mut()
        .for_each(|entry| describe::narrow(&mut entry.event, night));
    let mut lines = card::lines(reader, &history, None)?;
    for (line, entry) in lines.iter_mut().zip(&history) {
        if let Some(code) = describe::limited_type(&entry.event) {
            line.text = format!("{code}: {}", line.text);
        }
    }
    Ok(lines)
}

fn limit_lines(cell: &Cell, room_type: Option<RoomTypeCode>) -> Vec<ExplainLine> {
    let words = Words::here();
    let line = |count, rooms, text: String| ExplainLine {
        count,
        kind: "limit",
        rooms,
        room_type,
        text,
        ..ExplainLine::default()
    };
    let mut lines = vec![line(
        "physical",
        cell.physical,
        words.plain("line-physical"),
    )];
    if cell.overbooking != 0 {
        lines.push(line(
            "overbooking",
            cell.overbooking,
            words.plain("line-overbooking"),
        ));
    }
    if !cell.restrictions.is_free() {
        let text = describe::restricted(cell.restrictions);
        lines.push(line("restrictions", 0, text));
    }
    lines
}

/// The bookings, holds and outages of a cell.
fn object_lines(
    scene: &Scene,
    code: RoomTypeCode,
    night: Night,
    room_type: Option<RoomTypeCode>,
) -> Vec<ExplainLine> {
    let outages = scene.outages.iter();
    let outages = outages.filter(|entry| entry.outage.room_type == code);
    let stays = scene.stays.iter().filter(|(taken, _)| *taken == code);
    let mut lines: Vec<ExplainLine> = outages
        .map(outage_line)
        .chain(
            scene
                .allotments
                .iter()
                .filter(|kept| kept.room_type == code)
                .map(group_line),
        )
        .chain(stays.map(|(_, entry)| stay_line(entry, code)))
        .collect();
    for entry in &scene.holds {
        let stays = entry.hold.stays.iter();
        let over = stays.filter(|stay| stay.room_type == code && stay.nights().contains(night));
        lines.extend(over.map(|stay| hold_line(entry, stay)));
    }
    lines.iter_mut().for_each(|line| line.room_type = room_type);
    lines
}

fn outage_line(entry: &OutageEntry) -> ExplainLine {
    let outage = &entry.outage;
    ExplainLine {
        count: if outage.service {
            "out_of_service"
        } else {
            "out_of_order"
        },
        kind: "outage",
        id: Some(outage.id.0),
        number: Some(outage.number.to_string()),
        rooms: i32::try_from(outage.rooms).unwrap_or(i32::MAX),
        text: entry.reason.clone().unwrap_or_default(),
        arrival: Some(outage.from),
        departure: Some(outage.back_on),
        ..ExplainLine::default()
    }
}

fn group_line(kept: &KeptBack) -> ExplainLine {
    let rooms = kept.total.saturating_sub(kept.picked_up);
    let name = kept.name.as_deref().unwrap_or_default();
    ExplainLine {
        count: "blocked",
        kind: "allotment",
        id: Some(kept.allotment.0),
        number: Some(kept.number.to_string()),
        rooms: i32::try_from(rooms).unwrap_or(i32::MAX),
        text: format!("{name} {}/{}", kept.picked_up, kept.total),
        ..ExplainLine::default()
    }
}

fn stay_line(entry: &StayEntry, code: RoomTypeCode) -> ExplainLine {
    let moved = entry.stay.room_type != code;
    ExplainLine {
        count: "sold",
        kind: "stay",
        id: Some(entry.reservation.0),
        number: Some(entry.number.to_string()),
        stay: Some(entry.stay.stay),
        rooms: 1,
        text: if moved {
            format!("moved from {}", entry.stay.room_type)
        } else {
            String::new()
        },
        guest: Some(entry.guest.clone()),
        status: Some(entry.stay.status),
        arrival: Some(entry.stay.arrival),
        departure: Some(entry.stay.leaves_on()),
        ..ExplainLine::default()
    }
}

fn hold_line(entry: &HoldEntry, stay: &StayRequest) -> ExplainLine {
    ExplainLine {
        count: "held",
        kind: "hold",
        id: Some(entry.hold.id.0),
        number: Some(entry.hold.number.to_string()),
        rooms: i32::try_from(stay.rooms).unwrap_or(i32::MAX),
        text: entry.reference.clone().unwrap_or_default(),
        arrival: Some(stay.arrival),
        departure: Some(stay.departure),
        expires_at: Some(entry.hold.expires_at),
        ..ExplainLine::default()
    }
}
