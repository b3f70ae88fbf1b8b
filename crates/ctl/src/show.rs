//! What is only looked at.

use std::collections::BTreeMap;

use keyrack_desk::answers::ReservationCard;
use keyrack_desk::api::{CellRequest, ReservationRequest};
use keyrack_desk::{Counts, Desk, DeskError};
use keyrack_inventory::{AllotmentId, Instant, Night, NightRange, Pool, Reference};
use keyrack_store::{Rebuilt, ReservationFilter, ReservationSort};
use serde_json::{Value, json};

use crate::args::{Cli, Cmd, HoldCmd, ListArgs, OutageCmd, ReservationCmd, RoomTypeCmd, Sort};
use crate::groups;
use crate::log::{audit, events};
use crate::output::{Output, or_none, status};
use crate::run::{checked, unknown_type};
use crate::{papers, plain};

/// Refuses a range whose end lies before its beginning: nothing in it would look like an answer.
pub fn in_order(from: Option<Night>, to: Option<Night>) -> Result<(), DeskError> {
    match (from, to) {
        (Some(from), Some(to)) if to < from => Err(DeskError::bad_input(format!(
            "The dates are the wrong way round: {to} is before {from}."
        ))),
        _ => Ok(()),
    }
}

/// Shows what the words ask for.
pub fn show(cli: &Cli, desk: &Desk, output: &Output) -> Result<u8, DeskError> {
    match &cli.command {
        Cmd::Availability {
            from,
            to,
            room_type,
        } => {
            in_order(Some(*from), Some(*to))?;
            availability(desk, output, NightRange::new(*from, *to), *room_type)
        }
        Cmd::Reservation(ReservationCmd::Show { id }) => {
            let card = desk.reservation(&ReservationRequest { id: id.clone() })?;
            if output.json {
                return Ok(output.print(&card, String::new));
            }
            let groups = groups_of(desk, &card)?;
            let digits = desk.property()?.currency_digits;
            output.text(&plain::card(&card, &groups, digits));
            Ok(status::DONE)
        }
        Cmd::Reservation(ReservationCmd::List(list)) => {
            in_order(list.from, list.to)?;
            reservations(desk, output, list)
        }
        Cmd::Reservation(ReservationCmd::Confirmation(args)) => {
            papers::confirmation(desk, output, args)
        }
        Cmd::Reservation(ReservationCmd::RegistrationCard(args)) => {
            papers::registration_card(desk, output, args)
        }
        Cmd::Hold(HoldCmd::List { all }) => {
            let holds = desk.holds(*all)?;
            Ok(output.print(&json!({ "holds": holds }), || {
                let line = |hold: &keyrack_desk::answers::HoldRow| {
                    let reference = hold.reference.as_deref().unwrap_or_default();
                    let stays = hold.items.iter().map(|stay| {
                        let (arrival, departure) = (stay.arrival, stay.departure);
                        format!("{}:{arrival}:{departure}:{}", stay.room_type, stay.rooms)
                    });
                    let stays = stays.collect::<Vec<_>>().join(" ");
                    format!(
                        "{}  {}  until {}  {stays}  {reference}\n",
                        hold.number,
                        hold.status.as_str(),
                        hold.expires_at
                    )
                };
                or_none(holds.iter().map(line).collect(), "No hold is active.")
            }))
        }
        Cmd::Outage(OutageCmd::List { all }) => {
            let outages = desk.outages(*all)?;
            Ok(output.print(&json!({ "outages": outages }), || {
                let line = |outage: &keyrack_desk::answers::OutageRow| {
                    let what = if outage.service {
                        "out of service"
                    } else {
                        "out of order"
                    };
                    let reason = outage.reason.as_deref().unwrap_or_default();
                    let room = outage.room.as_ref();
                    let room = room.map_or_else(String::new, |room| format!("  room {room}"));
                    format!(
                        "{}  {}  {}..{}  {} {what}{room}  {reason}\n",
                        outage.number, outage.room_type, outage.from, outage.back_on, outage.rooms
                    )
                };
                or_none(outages.iter().map(line).collect(), "No outage is open.")
            }))
        }
        Cmd::Allotment(words) => groups::allotments(desk, output, words),
        Cmd::Waitlist(_) => groups::waitlist(desk, output),
        Cmd::EndOfDay(args) => groups::end_of_day(cli, desk, output, args),
        Cmd::RoomType(RoomTypeCmd::List) => {
            let types = desk.property()?.room_types;
            Ok(output.print(&json!({ "room_types": types }), || {
                let line = |known: &keyrack_desk::answers::RoomTypeInfo| {
                    format!(
                        "{:12} {:4} rooms  rank {:3}  {:8} {}\n",
                        known.code.as_str(),
                        known.rooms,
                        known.rank,
                        known.status,
                        known.name
                    )
                };
                types.iter().map(line).collect()
            }))
        }
        Cmd::Explain {
            room_type,
            night,
            at_instant,
        } => explain(desk, output, (*room_type, *night), *at_instant),
        Cmd::Events(args) => events(cli, desk, output, args),
        Cmd::Audit(args) => audit(cli, desk, output, args),
        Cmd::Verify { against_centre } => verify(desk, output, *against_centre),
        Cmd::Rebuild => {
            let Rebuilt { cells, guests } = desk.rebuild()?;
            let document = json!({ "cells": cells, "guests": guests });
            Ok(output.done(&document, || {
                format!("{cells} cells and the index of {guests} guests written anew.")
            }))
        }
        _ => Err(DeskError::bad_input(
            "This command is not there yet in this version.",
        )),
    }
}

/// An amount like 120.50 in minor units.
///
/// # Errors
/// Where it is no amount, is negative, or has more digits than the currency.
pub fn minor_units(amount: &str, digits: u8) -> Result<i64, DeskError> {
    let bad = || {
        DeskError::BadInput(format!(
            "\"{amount}\" is not an amount with up to {digits} decimals."
        ))
    };
    let (whole, decimals) = amount.split_once('.').unwrap_or((amount, ""));
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty()
        || !all_digits(whole)
        || !all_digits(decimals)
        || decimals.len() > usize::from(digits)
    {
        return Err(bad());
    }
    let padded = format!("{whole}{decimals:0<width$}", width = usize::from(digits));
    padded.parse().map_err(|_| bad())
}

/// The names of the groups from which a reservation was picked up.
fn groups_of(
    desk: &Desk,
    card: &ReservationCard,
) -> Result<BTreeMap<AllotmentId, String>, DeskError> {
    let mut named = BTreeMap::new();
    for id in card.stays.iter().filter_map(|stay| stay.allotment) {
        if named.contains_key(&id) {
            continue;
        }
        let group = desk.allotment(&Reference::Id(id))?.allotment;
        let name = group.name.unwrap_or_default();
        named.insert(id, format!("{} {name}", group.number));
    }
    Ok(named)
}

fn availability(
    desk: &Desk,
    output: &Output,
    nights: NightRange,
    only: Option<keyrack_inventory::RoomTypeCode>,
) -> Result<u8, DeskError> {
    let (mut types, house) = desk.counts(nights)?;
    if let Some(code) = only {
        types.retain(|(info, _)| info.code == code);
        if types.is_empty() {
            return Err(unknown_type(code));
        }
    }
    let cells = |counts: &Counts| -> Vec<Value> {
        counts
            .iter()
            .map(|(night, cell)| {
                let mut value = serde_json::to_value(cell).unwrap_or_default();
                value["night"] = json!(night);
                value
            })
            .collect()
    };
    let document = json!({
        "nights": house.iter().map(|(night, _)| night).collect::<Vec<_>>(),
        "room_types": types.iter().map(|(info, counts)| json!({
            "code": info.code, "name": info.name, "status": info.status,
            "retired_from": info.retired_from, "cells": cells(counts),
        })).collect::<Vec<_>>(),
        "house": { "cells": cells(&house) },
    });
    Ok(output.print(&document, || plain::availability(&types, &house)))
}

fn reservations(desk: &Desk, output: &Output, list: &ListArgs) -> Result<u8, DeskError> {
    let amounts = list.min_total.is_some() || list.max_total.is_some();
    let digits = if amounts {
        desk.property()?.currency_digits
    } else {
        2
    };
    let amount = |text: &Option<String>| {
        text.as_deref()
            .map(|text| minor_units(text, digits))
            .transpose()
    };
    let filter = ReservationFilter {
        from: list.from,
        to: list.to,
        arriving: list.arriving,
        departing: list.departing,
        in_house: list.in_house,
        status: list.status,
        guest: list.guest.clone(),
        min_total: amount(&list.min_total)?,
        max_total: amount(&list.max_total)?,
        sort: match list.sort {
            Sort::Newest => ReservationSort::Newest,
            Sort::HighestValue => ReservationSort::HighestValue,
            Sort::Arrival => ReservationSort::Arrival,
        },
        limit: list.limit,
        cursor: list.cursor.clone(),
    };
    let (cards, next) = desk.reservations(&filter)?;
    let document = json!({ "reservations": cards, "next": next });
    Ok(output.print(&document, || {
        let mut text: String = cards.iter().map(|card| plain::row(card) + "\n").collect();
        if let Some(next) = &next {
            text.push_str(&format!("more: --cursor {next}"));
        }
        or_none(text, "No reservation is like that.")
    }))
}

fn explain(
    desk: &Desk,
    output: &Output,
    (room_type, night): (Pool, Night),
    at_instant: Option<Instant>,
) -> Result<u8, DeskError> {
    let request = CellRequest { room_type, night };
    let panel = match at_instant {
        Some(instant) => desk.cell_at(&request, instant)?,
        None => desk.cell(&request)?,
    };
    let mut cell = serde_json::to_value(panel.counts).unwrap_or_default();
    cell["room_type"] = json!(panel.room_type);
    cell["night"] = json!(panel.night);
    cell["walk_risk"] = json!(panel.walk_risk);
    let mut document = json!({
        "cell": cell, "lines": panel.lines, "history": panel.history, "upgrades": panel.upgrades,
    });
    if let Some(instant) = at_instant {
        document["at_instant"] = json!(instant);
    }
    Ok(output.print(&document, || plain::cell(&panel)))
}

fn verify(desk: &Desk, output: &Output, against_centre: bool) -> Result<u8, DeskError> {
    let result = match against_centre {
        true => desk.verify_against_centre()?,
        false => desk.verify()?,
    };
    output.print(&result, || {
        let mut text = String::new();
        for check in &result.checks {
            text.push_str(&format!(
                "{:18} {}\n",
                check.name,
                if check.ok { "ok" } else { "FAILED" }
            ));
            for difference in &check.differences {
                text.push_str(&format!("  {difference}\n"));
            }
        }
        text
    });
    Ok(checked(result.ok))
}
