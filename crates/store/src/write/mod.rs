//! Writes what an event changed. What to write is decided by the fold; nothing is computed here.

mod group;
mod identity;
mod room_type;
mod short_lived;
mod stay;

use std::collections::BTreeSet;

use keyrack_inventory::ids::{AllotmentId, HoldId, OutageId, ReservationId};
use keyrack_inventory::model::Reservation;
use keyrack_inventory::{Cell, Night, RoomTypeCode, State, Touched};
use rusqlite::{Connection, ToSql, params};
use uuid::Uuid;

use crate::error::StoreError;
use crate::listed::{Listed, write_listed};
use group::write_allotment;
use identity::{documents, of_reservation};
pub(crate) use identity::{give_up_number, write_identity};
use room_type::write_room_types;
use short_lived::{write_hold, write_outage};
use stay::write_stay;

/// What the events of one command changed, each thing once.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    catalogue: bool,
    cells: BTreeSet<(RoomTypeCode, Night)>,
    house_limits: BTreeSet<Night>,
    reservations: BTreeSet<ReservationId>,
    /// Those of which what is known beside their stays changed.
    details: BTreeSet<ReservationId>,
    stays: BTreeSet<(ReservationId, u16)>,
    moved_nights: bool,
    holds: BTreeSet<HoldId>,
    outages: BTreeSet<OutageId>,
    allotments: BTreeSet<AllotmentId>,
}

impl Changes {
    pub fn add(&mut self, touched: &Touched) {
        self.catalogue |= touched.catalogue;
        self.cells.extend(&touched.cells);
        self.house_limits.extend(&touched.house_limits);
        if let Some(reservation) = touched.reservation {
            self.reservations.insert(reservation);
            if touched.details {
                self.details.insert(reservation);
            }
            self.stays
                .extend(touched.stays.iter().map(|stay| (reservation, *stay)));
        }
        self.moved_nights |= touched.moved_nights;
        self.holds.extend(touched.hold);
        self.outages.extend(touched.outage);
        self.allotments.extend(&touched.allotments);
    }

    /// Everything that a whole state holds, for a rebuild.
    pub fn everything(state: &State) -> Self {
        let stays = state.all_reservations().flat_map(|reservation| {
            reservation
                .stays
                .iter()
                .map(|stay| (reservation.id, stay.stay))
        });
        Self {
            catalogue: true,
            cells: state
                .all_cells()
                .map(|(code, night, _)| (code, night))
                .collect(),
            house_limits: state.all_house_limits().map(|(night, _)| night).collect(),
            reservations: state
                .all_reservations()
                .map(|reservation| reservation.id)
                .collect(),
            details: BTreeSet::new(),
            stays: stays.collect(),
            moved_nights: true,
            holds: state.all_holds().map(|hold| hold.id).collect(),
            outages: state.all_outages().map(|outage| outage.id).collect(),
            allotments: state.all_allotments().map(|found| found.id).collect(),
        }
    }

    /// Writes it all.
    pub fn write(&self, connection: &Connection, state: &State) -> Result<(), StoreError> {
        self.write_property(connection, state)?;
        for (code, night) in &self.cells {
            if let Some(cell) = state.loaded_cell(*code, *night) {
                // The domain's moves are sound; counts that another program changed are not.
                if !cell.is_sound() {
                    let why = format!("cell {code} {night} would be {cell:?}");
                    return Err(StoreError::damaged("cell", why));
                }
                write_cell(connection, *code, *night, cell)?;
            }
        }
        for night in &self.house_limits {
            if let Some(limit) = state.loaded_house_limit(*night) {
                let mut statement = connection.prepare_cached(
                    "INSERT INTO house_limit (night, overbooking, restrictions, version)
                     VALUES (?1, ?2, ?3, ?4)
                     ON CONFLICT DO UPDATE SET overbooking = ?2, restrictions = ?3, version = ?4",
                )?;
                statement.execute(params![
                    night.day_number(),
                    limit.overbooking,
                    limit.restrictions.bits(),
                    limit.version
                ])?;
            }
        }
        // Stays name the allotment they were picked up from.
        for id in &self.allotments {
            if let Some(allotment) = state.loaded_allotment(*id) {
                write_allotment(connection, allotment)?;
            }
        }
        for id in &self.reservations {
            if let Some(reservation) = state.loaded_reservation(*id) {
                write_reservation(connection, reservation)?;
                if self.details.contains(id) {
                    of_reservation(connection, reservation)?;
                }
            }
        }
        // Stays that go to another reservation leave their room before it takes them.
        let goes = |(id, number): &&(ReservationId, u16)| {
            let reservation = state.loaded_reservation(*id);
            reservation.is_some_and(|reservation| reservation.stay(*number).is_none())
        };
        let (gone, kept): (Vec<_>, Vec<_>) = self.stays.iter().partition(goes);
        self.leave_rooms(connection, state)?;
        for (id, number) in gone.into_iter().chain(kept) {
            if let Some(reservation) = state.loaded_reservation(id) {
                write_stay(connection, reservation, number, self.moved_nights)?;
            }
        }
        for id in &self.holds {
            if let Some(hold) = state.loaded_hold(*id) {
                write_hold(connection, hold)?;
            }
        }
        for id in &self.outages {
            if let Some(outage) = state.loaded_outage(*id) {
                write_outage(connection, outage)?;
            }
        }
        Ok(())
    }

    fn write_property(&self, connection: &Connection, state: &State) -> Result<(), StoreError> {
        let counters = state.counters();
        if self.catalogue {
            let Some(catalogue) = state.catalogue() else {
                return Ok(());
            };
            let property = &catalogue.property;
            connection.execute(
                "INSERT INTO property (id, code, name, time_zone, currency, business_date, desk,
                    last_reservation, last_hold, last_outage, last_allotment, tentative_takes_none,
                    catalogue_version)
                 VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 1)
                 ON CONFLICT DO UPDATE SET code = ?1, name = ?2, time_zone = ?3, currency = ?4,
                    business_date = ?5, desk = ?6, last_reservation = ?7, last_hold = ?8,
                    last_outage = ?9, last_allotment = ?10, tentative_takes_none = ?11,
                    catalogue_version = catalogue_version + 1",
                params![
                    property.code.as_str(),
                    property.name.as_str(),
                    property.time_zone.as_str(),
                    property.currency.as_str(),
                    property.business_date.day_number(),
                    catalogue.desk,
                    counters.reservation,
                    counters.hold,
                    counters.outage,
                    counters.allotment,
                    property.tentative_takes_none,
                ],
            )?;
            return write_room_types(connection, state);
        }
        let numbered = [
            self.reservations.is_empty(),
            self.holds.is_empty(),
            self.outages.is_empty(),
            self.allotments.is_empty(),
        ];
        if numbered == [true; 4] {
            return Ok(());
        }
        let mut statement = connection.prepare_cached(
            "UPDATE property SET last_reservation = ?1, last_hold = ?2, last_outage = ?3,
                last_allotment = ?4
             WHERE (last_reservation, last_hold, last_outage, last_allotment)
                IS NOT (?1, ?2, ?3, ?4)",
        )?;
        statement.execute(params![
            counters.reservation,
            counters.hold,
            counters.outage,
            counters.allotment
        ])?;
        Ok(())
    }
}

/// Notes which event led to which version of the cells and the reservation it changed.
pub(crate) fn write_history(
    connection: &Connection,
    state: &State,
    touched: &Touched,
    event: i64,
) -> Result<(), StoreError> {
    for (code, night) in &touched.cells {
        let version = state
            .loaded_cell(*code, *night)
            .map_or(0, |cell| cell.version);
        let mut statement = connection.prepare_cached(
            "INSERT INTO cell_event (room_type, night, version, event) VALUES (?1, ?2, ?3, ?4)",
        )?;
        statement.execute(params![code.as_str(), night.day_number(), version, event])?;
    }
    if let Some(id) = touched.reservation {
        let version = state
            .loaded_reservation(id)
            .map_or(0, |found| found.version);
        let mut statement = connection.prepare_cached(
            "INSERT INTO reservation_event (reservation, version, event) VALUES (?1, ?2, ?3)",
        )?;
        statement.execute(params![id.0.as_bytes(), version, event])?;
    }
    short_lived::write_history(connection, touched, event)
}

fn write_cell(
    connection: &Connection,
    code: RoomTypeCode,
    night: Night,
    cell: &Cell,
) -> Result<(), StoreError> {
    // A new cell is opened with its first version; every other one is there.
    let sql = if cell.version == 1 {
        "INSERT INTO cell (room_type, night, physical, out_of_order, sold, held, blocked,
            overbooking, restrictions, version) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
         ON CONFLICT DO NOTHING"
    } else {
        "UPDATE cell SET physical = ?3, out_of_order = ?4, sold = ?5, held = ?6, blocked = ?7,
            overbooking = ?8, restrictions = ?9, version = ?10 WHERE room_type = ?1 AND night = ?2"
    };
    let restrictions = cell.restrictions.bits();
    let (code, night) = (code.as_str(), night.day_number());
    let values: &[&dyn ToSql] = params![
        code,
        night,
        cell.physical,
        cell.out_of_order,
        cell.sold,
        cell.held,
        cell.blocked,
        cell.overbooking,
        restrictions,
        cell.version,
    ];
    if connection.prepare_cached(sql)?.execute(values)? == 0 {
        // Opened and changed by one command, or written anew by a rebuild.
        let mut statement = connection.prepare_cached(
            "INSERT OR REPLACE INTO cell (room_type, night, physical, out_of_order, sold, held,
                blocked, overbooking, restrictions, version)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?;
        statement.execute(values)?;
    }
    Ok(())
}

fn write_reservation(connection: &Connection, reservation: &Reservation) -> Result<(), StoreError> {
    let id = reservation.id.0;
    if reservation.version > 1 {
        let mut statement = connection.prepare_cached(
            "UPDATE reservation SET version = ?2, status = ?3, adults = ?4, children = ?5
                 WHERE id = ?1",
        )?;
        let details = &reservation.details;
        let changed = statement.execute(params![
            id.as_bytes(),
            reservation.version,
            reservation.status().as_str(),
            details.adults,
            details.children,
        ])?;
        if changed == 1 {
            return write_listed(connection, reservation);
        }
    }
    let details = &reservation.details;
    let (attributes, replaced) = documents(reservation)?;
    let mut statement = connection.prepare_cached(
        "INSERT INTO reservation (id, number, version, created_at, status, guest, source,
            external_number, adults, children, meal, guarantee, notes, attributes, serial, total,
            first_arrival, last_leaving, replaced)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,
            ?19)",
    )?;
    let listed = Listed::of(reservation);
    statement.execute(params![
        id.as_bytes(),
        reservation.number.as_str(),
        reservation.version,
        reservation.created_at.millis(),
        reservation.status().as_str(),
        blob(details.guest.as_ref().map(|guest| &guest.0)),
        details.source.as_ref().map(|token| token.as_str()),
        details.external_number.as_ref().map(|token| token.as_str()),
        details.adults,
        details.children,
        details.meal.as_ref().map(|token| token.as_str()),
        blob(details.guarantee.as_ref().map(|text| &text.0)),
        blob(details.notes.as_ref().map(|text| &text.0)),
        attributes,
        listed.serial,
        listed.total,
        listed.first_arrival,
        listed.last_leaving,
        replaced,
    ])?;
    Ok(())
}

pub(super) fn blob(id: Option<&Uuid>) -> Option<&[u8; 16]> {
    id.map(Uuid::as_bytes)
}
