//! From the command line to the desk, and the answer back.

use std::io::{self, IsTerminal, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::Duration;

use keyrack_desk::api::CommandRequest;
use keyrack_desk::{
    Clock, Desk, DeskError, Options, OtherHotel, asked, place, property_file, replay, request_id,
};
use keyrack_inventory::{Night, Refusal};
use uuid::Uuid;

use crate::args::{Cli, Cmd};
use crate::command::{check, command};
use crate::output::{Output, status};
use crate::{centre, operations, people, show, transfer};

/// Who acts where nobody is named.
const ADMIN: &str = "admin";

/// Runs a command line; gives its exit status.
pub fn run(cli: &Cli, output: &Output) -> u8 {
    let command_id = cli.command_id.unwrap_or_else(Uuid::now_v7);
    request_id::under(Uuid::now_v7(), || {
        // A panic is in the log, with its trace; what it left undone is not known.
        let output = &output.under(command_id);
        let done = catch_unwind(AssertUnwindSafe(|| {
            asked::under(command_id, &cli.command, || {
                dispatch(cli, output, command_id)
            })
        }));
        match done.unwrap_or(Err(DeskError::Stumbled)) {
            Ok(status) => status,
            Err(DeskError::DoneBefore(done)) => output.before(&done),
            Err(error) => output.failed(&error, Some(command_id)),
        }
    })
}

fn options(cli: &Cli) -> Result<Options, DeskError> {
    let named = cli.db.clone().filter(|path| !path.as_os_str().is_empty());
    let path = named.or_else(place::default_file);
    let path = path.ok_or_else(|| DeskError::bad_input("Name the database with --db."))?;
    Ok(Options {
        token: std::env::var("KEYRACK_TOKEN")
            .ok()
            .filter(|token| !token.is_empty()),
        // The log is asked for what somebody did, not in somebody's name.
        behalf: match cli.command {
            Cmd::Events(_) | Cmd::Audit(_) => None,
            _ => cli.actor.clone(),
        },
        clock: cli.at.map_or(Clock::System, Clock::Fixed),
        wait: Duration::from_secs(cli.wait),
        ..Options::new(&path, cli.actor.as_deref().unwrap_or(ADMIN))
    })
}

fn dispatch(cli: &Cli, output: &Output, command_id: Uuid) -> Result<u8, DeskError> {
    let options = options(cli)?;
    if cli.if_version.is_some() && !is_for_desk(&cli.command) {
        return Err(DeskError::no_version());
    }
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
        Cmd::Import(words) => transfer::import(&options, output, words),
        Cmd::Export(words) => transfer::export(&options, output, words),
        Cmd::Restore { file, force } => {
            operations::restore(&options, output, file, OtherHotel::accepted(*force))
        }
        Cmd::Enrol(words) => centre::enrol(&options, output, words, cli.override_reason.as_deref()),
        Cmd::Sync(words) if words.command.is_none() => centre::sync(&options, output, words),
        Cmd::Other(words) => Err(DeskError::BadInput(not_there(words))),
        other => {
            check(other)?;
            let secret = people::secret(other)?;
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
                None if cli.if_version.is_some() => Err(DeskError::no_version()),
                None => {
                    if let Some(status) = people::run(&desk, output, other, secret.as_ref())? {
                        return Ok(status);
                    }
                    if let Some(status) = centre::run(&desk, output, other, command_id)? {
                        return Ok(status);
                    }
                    match operations::run(&desk, output, other, command_id)? {
                        Some(status) => Ok(status),
                        None => show::show(cli, &desk, output),
                    }
                }
            }
        }
    }
}

/// Whether it is asked of an open desk: what makes, fills or replaces a file changes no single object.
fn is_for_desk(words: &Cmd) -> bool {
    match words {
        Cmd::Init { .. } | Cmd::Replay { .. } | Cmd::Import(_) | Cmd::Export(_) => false,
        Cmd::Restore { .. } | Cmd::Enrol(_) => false,
        Cmd::Sync(words) => words.command.is_some(),
        _ => true,
    }
}

fn not_there(words: &[String]) -> String {
    let name = words.first().map(String::as_str).unwrap_or_default();
    format!("There is no command \"{name}\". See keyrackctl --help.")
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
