//! From the command line to the desk, and the answer back.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use keyrack_desk::api::{
    Command, CommandRequest, Guest, NewLimits, NewOutage, NewReservation, NewRoomType, Price, Steps,
};
use keyrack_desk::{Clock, Desk, DeskError, Options, place, property_file, replay};
use keyrack_inventory::{Night, Pool, Refusal, Transition};
use serde_json::json;
use uuid::Uuid;

use crate::args::{
    Cli, Cmd, HoldCmd, LimitsArgs, LimitsCmd, NightsCmd, OutageCmd, ReservationCmd, ReserveArgs,
    RoomTypeCmd, StepArgs,
};
use crate::output::{Output, status};
use crate::show;

/// Who acts where nobody is named.
const ADMIN: &str = "admin";

/// Commands of the contract that come later.
const LATER: [&str; 17] = [
    "allotment",
    "waitlist",
    "end-of-day",
    "alerts",
    "health",
    "jobs",
    "support-bundle",
    "import",
    "export",
    "enrol",
    "sync",
    "inbox",
    "parked",
    "staff",
    "sign-in",
    "guest",
    "settings",
];

/// Runs a command line; gives its exit status.
pub fn run(cli: &Cli, output: &Output) -> u8 {
    let command_id = cli.command_id.unwrap_or_else(Uuid::now_v7);
    match dispatch(cli, output, command_id) {
        Ok(status) => status,
        Err(error) => output.failed(&error, Some(command_id)),
    }
}

fn options(cli: &Cli) -> Result<Options, DeskError> {
    let named = cli.db.clone().filter(|path| !path.as_os_str().is_empty());
    let path = named.or_else(place::default_file);
    let path = path.ok_or_else(|| DeskError::bad_input("Name the database with --db."))?;
    Ok(Options {
        path,
        actor: cli.actor.clone().unwrap_or_else(|| ADMIN.to_owned()),
        clock: cli.at.map_or(Clock::System, Clock::Fixed),
        wait: Duration::from_secs(cli.wait),
    })
}

fn dispatch(cli: &Cli, output: &Output, command_id: Uuid) -> Result<u8, DeskError> {
    let options = options(cli)?;
    match &cli.command {
        Cmd::Init { property, nights } => {
            let new = property_file::read(property)?;
            let (_, answer) = Desk::create(&options, &new, *nights, command_id)?;
            Ok(output.answer(&answer))
        }
        Cmd::Replay {
            bookings,
            property,
            as_of,
        } => replayed(output, &options, (property, bookings), *as_of),
        Cmd::Restore { file } => restored(output, &options, file),
        Cmd::Other(words) => Err(DeskError::BadInput(not_there(words))),
        other => {
            let desk = Desk::open(&options)?;
            match command(&desk, other)? {
                Some(command) => {
                    let request = CommandRequest {
                        command_id,
                        if_version: cli.if_version,
                        override_reason: cli.override_reason.clone(),
                        command,
                    };
                    Ok(output.answer(&desk.execute(&request)?))
                }
                None => show::show(cli, &desk, output),
            }
        }
    }
}

fn not_there(words: &[String]) -> String {
    let name = words.first().map(String::as_str).unwrap_or_default();
    if LATER.contains(&name) {
        format!("The command \"{name}\" is not there yet in this version.")
    } else {
        format!("There is no command \"{name}\". See keyrackctl --help.")
    }
}

/// The command that the words ask for; nothing where they only look.
fn command(desk: &Desk, words: &Cmd) -> Result<Option<Command>, DeskError> {
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
        Cmd::RoomType(words) => return room_type(desk, words),
        Cmd::Undo { command } => Command::Undo { command: *command },
        _ => return Ok(None),
    };
    Ok(Some(command))
}

fn steps(transition: Transition, step: &StepArgs) -> Command {
    let steps = Steps {
        ids: step.ids.clone(),
        room: None,
        reason: step.reason.clone(),
    };
    Command::of_step(transition, steps)
}

fn reserve(desk: &Desk, new: &ReserveArgs) -> Result<NewReservation, DeskError> {
    if new.allotment.is_some() {
        return Err(DeskError::bad_input(
            "Allotments are not there yet in this version.",
        ));
    }
    let digits = if new.price.is_empty() {
        2
    } else {
        desk.property()?.currency_digits
    };
    let prices = new.price.iter().map(|(room_type, amount)| {
        Ok(Price {
            room_type: *room_type,
            amount: show::minor_units(amount, digits)?,
        })
    });
    let prices = prices.collect::<Result<Vec<_>, DeskError>>()?;
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
        walk_in: new.walk_in.then_some(true),
    })
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
        ReservationCmd::Show { .. } | ReservationCmd::List(_) => None,
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
    let later = [
        &new.stop_sell,
        &new.min_stay,
        &new.max_stay,
        &new.closed_to_arrival,
        &new.closed_to_departure,
    ];
    if later.iter().any(|option| option.is_some()) {
        return Err(DeskError::bad_input(
            "Restrictions are not there yet in this version.",
        ));
    }
    if new.overbooking.is_none() && new.physical.is_none() {
        return Err(DeskError::bad_input(
            "Say what to set: --overbooking or --physical.",
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
        physical,
    }))
}

fn room_type(desk: &Desk, words: &RoomTypeCmd) -> Result<Option<Command>, DeskError> {
    Ok(Some(match words {
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
        RoomTypeCmd::Retire { code, from } => {
            let from = match from {
                Some(from) => *from,
                None => desk.property()?.business_date,
            };
            Command::RetireRoomType { code: *code, from }
        }
        RoomTypeCmd::List => return Ok(None),
    }))
}

fn replayed(
    output: &Output,
    options: &Options,
    (property, bookings): (&Path, &Path),
    as_of: Option<Night>,
) -> Result<u8, DeskError> {
    let terminal = io::stderr().is_terminal();
    let mut shown = 0;
    let mut progress = |now: replay::Progress| {
        let percent = now.done * 100 / now.total.max(1);
        // On a terminal one line that changes; elsewhere a line every ten per cent.
        if terminal && percent > shown {
            eprint!(
                "\r{percent:3} %  {}  {} of {} commands",
                now.date, now.done, now.total
            );
            // A progress line that cannot be shown stops no work.
            let _unseen = io::stderr().flush();
        } else if percent >= shown + 10 {
            eprintln!(
                "{percent:3} %  {}  {} of {} commands",
                now.date, now.done, now.total
            );
        }
        if percent > shown && (terminal || percent >= shown + 10) {
            shown = percent;
        }
        true
    };
    let summary = replay::replay(options, property, bookings, as_of, &mut progress)?;
    if terminal {
        eprintln!();
    }
    Ok(output.print(&summary, || {
        let document = serde_json::to_value(summary).unwrap_or_default();
        let fields = document.as_object().into_iter().flatten();
        fields
            .map(|(name, value)| format!("{name} {value}\n"))
            .collect()
    }))
}

fn restored(output: &Output, options: &Options, file: &Path) -> Result<u8, DeskError> {
    let kept: Option<PathBuf> = Desk::restore(&options.path, file, options.clock, options.wait)?;
    let document = json!({ "restored": options.path, "replaced": kept });
    Ok(output.print(&document, || match &kept {
        Some(kept) => format!(
            "Restored. What was there before is kept at {}",
            kept.display()
        ),
        None => "Restored.".to_owned(),
    }))
}

/// What is not there, as a refusal.
pub fn unknown_type(code: keyrack_inventory::RoomTypeCode) -> DeskError {
    let refusal = Refusal::UnknownRoomType {
        id: code.to_string(),
    };
    let message = format!("There is no room type \"{code}\".");
    DeskError::Refused {
        refusal: Box::new(refusal),
        message,
    }
}

/// The status of a check.
pub fn checked(ok: bool) -> u8 {
    if ok { status::DONE } else { status::FOUND }
}
