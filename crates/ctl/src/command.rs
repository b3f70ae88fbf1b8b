//! From words to the command that they ask for.

mod groups;

use keyrack_desk::api::{
    Command, Guest, NewDetails, NewLimits, NewOutage, NewReservation, NewRoomType, Price, Steps,
};
use keyrack_desk::settings::Setting;
use keyrack_desk::{Desk, DeskError};
use keyrack_inventory::{Pool, RoomTypeCode, Transition};

use crate::args::{
    Cmd, HoldCmd, LimitsArgs, LimitsCmd, NightsCmd, OutageCmd, ReservationCmd, ReserveArgs,
    RoomTypeCmd, SettingsCmd, StepArgs,
};
use crate::{log, operations, show};

/// Reads what can be read without a file, so that bad input is told before one is touched.
pub fn check(words: &Cmd) -> Result<(), DeskError> {
    match words {
        Cmd::Limits(LimitsCmd::Set(new)) => limits(new).map(drop),
        Cmd::Reservation(words) => reservation(words).map(drop),
        Cmd::Jobs(words) => operations::check(words),
        Cmd::Events(words) => log::check_type(words),
        Cmd::Settings(SettingsCmd::Set { key, value }) => {
            Setting::named(key)?.read(value).map(drop)
        }
        _ => Ok(()),
    }
}

/// The command that the words ask for; nothing where they only look.
pub fn command(desk: &Desk, words: &Cmd) -> Result<Option<Command>, DeskError> {
    let command = match words {
        Cmd::Nights(NightsCmd::Open { nights }) => Command::OpenNights {
            from: nights.from,
            to: nights.to,
        },
        Cmd::Reserve(new) => Command::Reserve(reserve(desk, new)?),
        Cmd::Reservation(words) => return reservation(words),
        Cmd::Confirm(step) => steps(Transition::Confirm, step),
        Cmd::CheckIn { step, room } => Command::CheckIn(Steps {
            ids: step.ids.clone(),
            room: room.clone(),
            rooms: None,
            reason: step.reason.clone(),
        }),
        Cmd::CheckOut(step) => steps(Transition::CheckOut, step),
        Cmd::ReverseCheckIn(step) => steps(Transition::ReverseCheckIn, step),
        Cmd::ReverseCheckOut(step) => steps(Transition::ReverseCheckOut, step),
        Cmd::Cancel(step) => steps(Transition::Cancel, step),
        Cmd::NoShow(step) => steps(Transition::NoShow, step),
        Cmd::Reinstate(step) => steps(Transition::Reinstate, step),
        Cmd::Amend { id, stays } => Command::Amend {
            id: id.clone(),
            stays: stays.clone(),
        },
        Cmd::Hold(words) => return Ok(hold(words)),
        Cmd::Outage(words) => return Ok(outage(words)),
        Cmd::Limits(LimitsCmd::Set(new)) => limits(new)?,
        Cmd::RoomType(words) => return Ok(room_type(words)),
        Cmd::Allotment(words) => return Ok(groups::allotment(words)),
        Cmd::Waitlist(words) => return Ok(groups::waitlist(words)),
        Cmd::Undo { command } => Command::Undo { command: *command },
        _ => return Ok(None),
    };
    Ok(Some(command))
}

fn steps(transition: Transition, step: &StepArgs) -> Command {
    let steps = Steps {
        ids: step.ids.clone(),
        room: None,
        rooms: None,
        reason: step.reason.clone(),
    };
    Command::of_step(transition, steps)
}

fn reserve(desk: &Desk, new: &ReserveArgs) -> Result<NewReservation, DeskError> {
    let digits = if new.price.is_empty() {
        2
    } else {
        desk.property()?.currency_digits
    };
    if let Some((code, _)) = twice(&new.price).or_else(|| twice(&new.cost)) {
        return Err(DeskError::BadInput(format!(
            "{code} is given twice: give one price and one cost for each type."
        )));
    }
    let cost = |code| new.cost.iter().find(|(of, _)| *of == code);
    let prices = new.price.iter().map(|(room_type, amount)| {
        let cost = cost(*room_type).map(|(_, cost)| show::minor_units(cost, digits));
        Ok(Price {
            room_type: *room_type,
            amount: show::minor_units(amount, digits)?,
            cost: cost.transpose()?,
        })
    });
    let prices = prices.collect::<Result<Vec<_>, DeskError>>()?;
    let priced = |code| new.price.iter().any(|(of, _)| *of == code);
    if let Some((code, _)) = new.cost.iter().find(|(code, _)| !priced(*code)) {
        return Err(DeskError::BadInput(format!(
            "{code} has a cost and no price: give --price {code}=AMOUNT too."
        )));
    }
    Ok(NewReservation {
        stays: new.stays.clone(),
        guest: Guest {
            name: new.guest.clone(),
            phone: new.phone.clone(),
            email: new.email.clone(),
        },
        adults: new.adults,
        children: new.children,
        prices: (!prices.is_empty()).then_some(prices),
        source: new.source.clone(),
        external_number: new.external_number.clone(),
        meal: new.meal.clone(),
        notes: new.note.clone(),
        guarantee: new.guarantee.clone(),
        tentative: new.tentative.then_some(true),
        option_until: new.option_until,
        hold: new.hold.clone(),
        allotment: new.allotment.clone(),
        walk_in: new.walk_in.then_some(true),
        room: new.room.clone(),
        waitlist: None,
    })
}

/// What is given for a type that had one already.
fn twice<T>(given: &[(RoomTypeCode, T)]) -> Option<&(RoomTypeCode, T)> {
    let mut each = given.iter().enumerate();
    let known = |at: usize, code| given[..at].iter().any(|(other, _)| *other == code);
    each.find(|(at, (code, _))| known(*at, *code))
        .map(|(_, found)| found)
}

fn reservation(words: &ReservationCmd) -> Result<Option<Command>, DeskError> {
    let one = |id: &keyrack_inventory::StayReference| {
        let stay = id
            .stay
            .ok_or_else(|| DeskError::BadInput(format!("Name one stay, like {id}/1.")))?;
        Ok::<_, DeskError>((id.reservation.clone(), stay))
    };
    Ok(match words {
        ReservationCmd::Split { id } => {
            let (id, stay) = one(id)?;
            Some(Command::Split { id, stay })
        }
        ReservationCmd::Move {
            id,
            night,
            room_type,
        } => {
            let (id, stay) = one(id)?;
            Some(Command::MoveNight {
                id,
                stay,
                night: *night,
                room_type: *room_type,
            })
        }
        ReservationCmd::Room { id, room } => Some(Command::GiveRoom {
            id: id.clone(),
            room: room.clone(),
        }),
        ReservationCmd::SetDetails(new) => Some(Command::SetDetails(NewDetails {
            id: new.id.clone(),
            guest: new.guest.as_ref().map(|name| Guest {
                name: name.clone(),
                phone: new.phone.clone(),
                email: new.email.clone(),
            }),
            adults: new.adults,
            children: new.children,
            meal: new.meal.clone(),
            guarantee: new.guarantee.clone(),
            notes: new.note.clone(),
        })),
        ReservationCmd::Show { .. }
        | ReservationCmd::List(_)
        | ReservationCmd::Confirmation(_)
        | ReservationCmd::RegistrationCard(_) => None,
    })
}

fn hold(words: &HoldCmd) -> Option<Command> {
    match words {
        HoldCmd::Place {
            stays,
            minutes,
            reference,
        } => Some(Command::PlaceHold {
            stays: stays.clone(),
            minutes: *minutes,
            reference: reference.clone(),
        }),
        HoldCmd::Extend { id, minutes } => Some(Command::ExtendHold {
            id: id.clone(),
            minutes: *minutes,
        }),
        HoldCmd::Release { id } => Some(Command::ReleaseHold { id: id.clone() }),
        HoldCmd::Convert { id, guest } => Some(Command::ConvertHold {
            id: id.clone(),
            guest: Guest {
                name: guest.clone(),
                phone: None,
                email: None,
            },
        }),
        HoldCmd::List { .. } => None,
    }
}

fn outage(words: &OutageCmd) -> Option<Command> {
    match words {
        OutageCmd::Add {
            outage,
            reason,
            service,
            room,
        } => Some(Command::AddOutage(NewOutage {
            room_type: outage.room_type,
            from: outage.arrival,
            back_on: outage.departure,
            rooms: outage.rooms,
            service: service.then_some(true),
            reason: reason.clone(),
            room: room.clone(),
        })),
        OutageCmd::End { id, on } => Some(Command::EndOutage {
            id: id.clone(),
            on: *on,
        }),
        OutageCmd::List { .. } => None,
    }
}

fn limits(new: &LimitsArgs) -> Result<Command, DeskError> {
    let given = [
        new.overbooking.is_some(),
        new.no_overbooking,
        new.physical.is_some(),
        new.stop_sell.is_some(),
        new.min_stay.is_some(),
        new.max_stay.is_some(),
        new.closed_to_arrival.is_some(),
        new.closed_to_departure.is_some(),
    ];
    if given == [false; 8] {
        return Err(DeskError::bad_input(
            "Say what to set: --overbooking, --no-overbooking, --physical, --stop-sell, \
             --min-stay, --max-stay, --closed-to-arrival or --closed-to-departure.",
        ));
    }
    let room_type = match new.room_type {
        Pool::RoomType(code) => Some(code),
        Pool::House => None,
    };
    let physical = new
        .physical
        .map(|rooms| i32::try_from(rooms).unwrap_or(i32::MAX));
    let (from, to, overbooking) = (new.from, new.to, new.overbooking);
    Ok(Command::SetLimits(NewLimits {
        room_type,
        from,
        to,
        overbooking,
        no_overbooking: new.no_overbooking.then_some(true),
        physical,
        stop_sell: new.stop_sell,
        closed_to_arrival: new.closed_to_arrival,
        closed_to_departure: new.closed_to_departure,
        min_stay: new.min_stay,
        max_stay: new.max_stay,
    }))
}

fn room_type(words: &RoomTypeCmd) -> Option<Command> {
    Some(match words {
        RoomTypeCmd::Add {
            code,
            name,
            rooms,
            rank,
            overbooking,
        } => Command::AddRoomType(NewRoomType {
            code: *code,
            name: name.clone(),
            rank: *rank,
            rooms: *rooms,
            overbooking: *overbooking,
        }),
        RoomTypeCmd::Rename { code, name } => Command::RenameRoomType {
            code: *code,
            name: name.clone(),
        },
        RoomTypeCmd::Rank { code, rank } => Command::RankRoomType {
            code: *code,
            rank: *rank,
        },
        RoomTypeCmd::Sell { code } => Command::SellRoomType { code: *code },
        RoomTypeCmd::Stop { code } => Command::StopRoomType { code: *code },
        RoomTypeCmd::Reactivate { code } => Command::ReactivateRoomType { code: *code },
        RoomTypeCmd::Retire { code, from } => Command::RetireRoomType {
            code: *code,
            from: *from,
        },
        RoomTypeCmd::List => return None,
    })
}
