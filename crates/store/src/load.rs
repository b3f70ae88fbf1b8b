//! Answers what a decision wants, from the transaction it is decided in.

mod day;
mod holds;
mod uses;

use std::sync::Arc;

use keyrack_inventory::ids::{AllotmentId, CommandId, HoldId, OutageId, ReservationId};
use keyrack_inventory::model::{Property, RoomType, RoomTypeStatus};
use keyrack_inventory::state::{Catalogue, Counters, PastCommand};
use keyrack_inventory::{Event, Instant, Night, Reference, RoomTypeCode, State, Want};
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use crate::act;
use crate::centre::load_shares;
use crate::error::StoreError;
use crate::rows::{
    CELL, HOUSE_LIMIT, OUTAGE, cell, command_seq, house_limit, id_of_number, load_allotment,
    load_hold, load_reservation, night, night_at, night_or_none, outage, parsed, uuid,
};

pub(crate) use holds::any_due;

/// How far back `undo` without an id looks for the actor's last command, in commands.
const UNDO_REACH: i64 = 2_000;
/// The longest stay: how far before a night an arrival may lie that covers it.
const LONGEST_STAY: i32 = keyrack_inventory::decide::LONGEST_STAY as i32;

/// The catalogue as it was last read, and the version it had.
pub(crate) type CatalogueCache = Option<(i64, Arc<Catalogue>)>;

/// The property's row and, where they changed since they were cached, its room types.
pub(crate) fn load_base(
    connection: &Connection,
    cache: &mut CatalogueCache,
) -> Result<Option<(Arc<Catalogue>, Counters)>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT catalogue_version, last_reservation, last_hold, last_outage, last_allotment
         FROM property",
    )?;
    let row = statement.query_row([], |row| {
        let counters = Counters {
            reservation: row.get(1)?,
            hold: row.get(2)?,
            outage: row.get(3)?,
            allotment: row.get(4)?,
        };
        Ok((row.get::<_, i64>(0)?, counters))
    });
    let Some((version, counters)) = row.optional()? else {
        return Ok(None);
    };
    match cache {
        Some((cached, catalogue)) if *cached == version => {
            Ok(Some((Arc::clone(catalogue), counters)))
        }
        _ => {
            let catalogue = Arc::new(load_catalogue(connection)?);
            *cache = Some((version, Arc::clone(&catalogue)));
            Ok(Some((catalogue, counters)))
        }
    }
}

pub(crate) fn load_catalogue(connection: &Connection) -> Result<Catalogue, StoreError> {
    const TABLE: &str = "property";
    let mut statement = connection.prepare_cached(
        "SELECT code, name, time_zone, currency, business_date, desk, tentative_takes_none
         FROM property",
    )?;
    let mut rows = statement.query([])?;
    let row = rows
        .next()?
        .ok_or_else(|| StoreError::damaged(TABLE, "no row"))?;
    let property = Property {
        code: parsed(row, 0, TABLE)?,
        name: parsed(row, 1, TABLE)?,
        time_zone: parsed(row, 2, TABLE)?,
        currency: parsed(row, 3, TABLE)?,
        business_date: night_at(row, 4)?,
        tentative_takes_none: row.get(6)?,
    };
    let desk = row.get(5)?;
    let mut statement = connection.prepare_cached(
        "SELECT code, name, rank, rooms, overbooking, status, retired_from FROM room_type
         ORDER BY rank, code",
    )?;
    let mut rows = statement.query([])?;
    let mut room_types = Vec::new();
    while let Some(row) = rows.next()? {
        let status: String = row.get(5)?;
        let life = match (status.as_str(), night_or_none(row, 6)?) {
            ("draft", None) => RoomTypeStatus::Draft,
            ("on_sale", None) => RoomTypeStatus::OnSale,
            ("stopped", None) => RoomTypeStatus::Stopped,
            ("retired", Some(from)) => RoomTypeStatus::Retired { from },
            _ => return Err(StoreError::damaged("room_type", status)),
        };
        room_types.push(RoomType {
            code: parsed(row, 0, "room_type")?,
            name: parsed(row, 1, "room_type")?,
            rank: row.get(2)?,
            rooms: row.get(3)?,
            overbooking: row.get(4)?,
            life,
        });
    }
    Ok(Catalogue {
        property,
        desk,
        room_types,
    })
}

/// For whom and when a decision is made, as far as loading depends on it.
#[derive(Clone, Copy)]
pub(crate) struct Asker<'a> {
    pub actor: &'a str,
    pub now: Instant,
    /// The letters of this desk where it has a centre: it sells out of its share, and lets go its own
    /// holds alone.
    pub letters: Option<&'a str>,
}

/// Loads what is wanted into the state.
pub(crate) fn load(
    connection: &Connection,
    state: &mut State,
    asker: Asker<'_>,
    wants: &[Want],
) -> Result<(), StoreError> {
    for want in wants {
        match want {
            Want::Cells(code, nights) => {
                load_cells(connection, state, *code, *nights)?;
                if asker.letters.is_some() {
                    load_shares(connection, state, *code, *nights)?;
                }
            }
            Want::HouseLimits(nights) => load_house_limits(connection, state, *nights)?,
            Want::Reservation(asked) => load_one_reservation(connection, state, asked)?,
            Want::Hold(asked) => {
                let id = match asked {
                    Reference::Id(id) => Some(*id),
                    Reference::Number(number) => {
                        id_of_number(connection, "hold", number.as_str())?.map(HoldId)
                    }
                };
                let found = id
                    .map(|id| load_hold(connection, id))
                    .transpose()?
                    .flatten();
                state.put_hold(asked, found);
            }
            Want::Outage(asked) => load_one_outage(connection, state, asked)?,
            Want::Allotment(asked) => {
                let id = match asked {
                    Reference::Id(id) => Some(*id),
                    Reference::Number(number) => {
                        id_of_number(connection, "allotment", number.as_str())?.map(AllotmentId)
                    }
                };
                let found = id.map(|id| load_allotment(connection, id)).transpose()?;
                state.put_allotment(asked, found.flatten());
            }
            Want::Waiting => day::load_waiting(connection, state)?,
            Want::Due(date) => state.put_due(*date, day::load_due(connection, *date)?),
            Want::RoomInHouse(room) => {
                let by = load_room_in_house(connection, room.as_str())?;
                state.put_room_in_house(room.clone(), by);
            }
            Want::DueHolds => holds::load_due_holds(connection, state, asker)?,
            Want::Past(id) => state.put_past(*id, load_past(connection, *id)?),
            Want::LastUndoable => match load_last_done(connection, asker.actor)? {
                LastDone::Nothing => state.put_last_undoable(None),
                LastDone::Command(id) => state.put_last_undoable(Some(id)),
                LastDone::Act(what, object) => state.put_last_act(what, object),
            },
            Want::OutOfService(code, nights) => {
                let found = uses::load_out_of_service(connection, *code, *nights)?;
                state.put_out_of_service(*code, *nights, found);
            }
            Want::Retirement(code) => {
                let found = uses::load_retirement(connection, *code)?;
                state.put_retirement(*code, found.as_deref());
            }
            Want::UsesBeyond(code, from) => {
                state.put_uses_beyond(*code, *from, uses::load_uses(connection, *code, *from)?);
            }
        }
    }
    Ok(())
}

fn load_cells(
    connection: &Connection,
    state: &mut State,
    code: RoomTypeCode,
    nights: keyrack_inventory::NightRange,
) -> Result<(), StoreError> {
    let sql = format!(
        "SELECT night, {CELL} FROM cell WHERE room_type = ?1 AND night >= ?2 AND night < ?3"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let range = params![
        code.as_str(),
        nights.from.day_number(),
        nights.to.day_number()
    ];
    let mut rows = statement.query(range)?;
    let mut found = Vec::with_capacity(nights.len().min(512) as usize);
    while let Some(row) = rows.next()? {
        found.push((night_at(row, 0)?, cell(row, 1)?));
    }
    state.put_cells(code, nights, found.into_iter());
    Ok(())
}

fn load_house_limits(
    connection: &Connection,
    state: &mut State,
    nights: keyrack_inventory::NightRange,
) -> Result<(), StoreError> {
    let sql = format!("SELECT {HOUSE_LIMIT} FROM house_limit WHERE night >= ?1 AND night < ?2");
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(params![nights.from.day_number(), nights.to.day_number()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(house_limit(row)?);
    }
    state.put_house_limits(nights, found.into_iter());
    Ok(())
}

fn load_one_reservation(
    connection: &Connection,
    state: &mut State,
    asked: &Reference<ReservationId>,
) -> Result<(), StoreError> {
    let id = match asked {
        Reference::Id(id) => Some(*id),
        Reference::Number(number) => {
            id_of_number(connection, "reservation", number.as_str())?.map(ReservationId)
        }
    };
    let found = id
        .map(|id| load_reservation(connection, id))
        .transpose()?
        .flatten();
    state.put_reservation(asked, found);
    Ok(())
}

fn load_one_outage(
    connection: &Connection,
    state: &mut State,
    asked: &Reference<OutageId>,
) -> Result<(), StoreError> {
    let id = match asked {
        Reference::Id(id) => Some(id.0),
        Reference::Number(number) => id_of_number(connection, "outage", number.as_str())?,
    };
    let sql = format!("SELECT {OUTAGE} FROM outage WHERE id = ?1");
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(params![id.as_ref().map(Uuid::as_bytes)])?;
    let found = rows.next()?.map(outage).transpose()?;
    state.put_outage(asked, found);
    Ok(())
}

type InHouse = (ReservationId, u16, keyrack_inventory::ShortNumber);

pub(crate) fn load_room_in_house(
    connection: &Connection,
    room: &str,
) -> Result<Option<InHouse>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT s.reservation, s.stay, r.number FROM stay AS s JOIN reservation AS r ON r.id = s.reservation
         WHERE s.room = ?1 AND s.status = 'checked_in'",
    )?;
    let mut rows = statement.query([room])?;
    match rows.next()? {
        None => Ok(None),
        Some(row) => Ok(Some((
            ReservationId(uuid(row, 0)?),
            row.get(1)?,
            parsed(row, 2, "reservation")?,
        ))),
    }
}

pub(crate) fn load_past(
    connection: &Connection,
    id: CommandId,
) -> Result<Option<PastCommand>, StoreError> {
    let Some(seq) = command_seq(connection, id)? else {
        return Ok(None);
    };
    let mut statement = connection.prepare_cached(
        "SELECT kind, accepted, first_event, events,
                EXISTS (SELECT 1 FROM undone WHERE undone.command = command.seq)
         FROM command WHERE seq = ?1",
    )?;
    let (kind, accepted, first, count, undone) = statement.query_row([seq], |row| {
        Ok((
            row.get(0)?,
            row.get(1)?,
            row.get::<_, i64>(2)?,
            row.get::<_, i64>(3)?,
            row.get(4)?,
        ))
    })?;
    let events = load_events(connection, first, count)?;
    Ok(Some(PastCommand {
        kind,
        accepted,
        undone,
        events,
    }))
}

fn load_events(connection: &Connection, first: i64, count: i64) -> Result<Vec<Event>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT seq, type, version, payload FROM event WHERE seq >= ?1 AND seq < ?2 ORDER BY seq",
    )?;
    let mut rows = statement.query(params![first, first + count])?;
    let mut events = Vec::new();
    while let Some(row) = rows.next()? {
        events.push(event(row)?);
    }
    Ok(events)
}

/// Reads an event from its number, type, version and payload.
pub(crate) fn event(row: &rusqlite::Row<'_>) -> Result<Event, StoreError> {
    let seq: i64 = row.get(0)?;
    let name = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
    let payload = row.get_ref(3)?.as_str().map_err(rusqlite::Error::from)?;
    Event::from_stored(name, row.get(2)?, payload)
        .map_err(|source| StoreError::Event { seq, source })
}

/// What an undo without a name is about.
pub(crate) enum LastDone {
    Nothing,
    Command(CommandId),
    /// What was done that is no command, and on which object.
    Act(String, String),
}

/// What the actor did last: an accepted command that changed something, was asked of the centre, or did of
/// several things none, that is not undone and is no undo; or an act. Whether a command has an inverse is for the domain to say: an older
/// one is never taken back in its place.
pub(crate) fn load_last_done(connection: &Connection, actor: &str) -> Result<LastDone, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT id, (SELECT audit.seq FROM audit WHERE audit.command = command.seq) FROM command
         WHERE seq > (SELECT coalesce(max(seq), 0) FROM command) - ?2
           AND actor = ?1 AND accepted = 1
           AND (events > 0 OR outcome ->> 'made' IN ('batch', 'asked')) AND kind NOT IN ('undo', 'sweep_holds')
           AND NOT EXISTS (SELECT 1 FROM undone WHERE undone.command = command.seq)
         ORDER BY seq DESC LIMIT 1",
    )?;
    let found: Option<([u8; 16], Option<i64>)> = statement
        .query_row(params![actor, UNDO_REACH], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    let told = found.and_then(|(_, told)| told).unwrap_or(0);
    if let Some((what, object)) = act::last_act(connection, actor, told)? {
        return Ok(LastDone::Act(what, object));
    }
    Ok(found.map_or(LastDone::Nothing, |(bytes, _)| {
        LastDone::Command(CommandId(Uuid::from_bytes(bytes)))
    }))
}

/// The first and last open night of all types, and one past it.
pub(crate) fn open_range(connection: &Connection) -> Result<Option<(Night, Night)>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT min((SELECT min(night) FROM cell WHERE room_type = code)),
                max((SELECT max(night) FROM cell WHERE room_type = code)) FROM room_type",
    )?;
    let (first, last): (Option<i32>, Option<i32>) =
        statement.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    match (first, last) {
        (Some(first), Some(last)) => Ok(Some((night(first)?, night(last)?.plus(1)))),
        _ => Ok(None),
    }
}
