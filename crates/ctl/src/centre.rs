//! The centre: joining it, exchanging with it, and what it answered.

use std::io::{self, IsTerminal};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use keyrack_desk::centre::{
    CentreStatus, CentreWork, Exchanged, Invitation, Reach, SistersRequest, TakeRequest,
    WalkRequest,
};
use keyrack_desk::{CentreRefusal, Desk, DeskError, Options};
use keyrack_inventory::{CommandId, NightRange, RoomTypeCode};
use serde_json::json;
use signal_hook::consts::{SIGINT, SIGTERM};
use uuid::Uuid;

use crate::args::{Cmd, EnrolArgs, InboxCmd, ParkedCmd, SyncArgs, SyncCmd, WalkCmd};
use crate::output::{Output, alternatives, or_none, status};
use crate::run::unknown_type;

/// How often is looked whether to stop.
const LOOK: Duration = Duration::from_millis(100);
/// How many of those pass until it is looked again how the desk stands.
const LOOKS_BETWEEN: u32 = 10;

/// Joins a centre.
pub fn enrol(
    options: &Options,
    output: &Output,
    words: &EnrolArgs,
    reason: Option<&str>,
) -> Result<u8, DeskError> {
    let (Some(url), Some(code)) = (&words.url, &words.code) else {
        let done = Desk::give_up_enrolment(options, reason)?;
        return Ok(output.print(&done, || {
            format!(
                "This file does not belong to the centre at {} any more.",
                done.url
            )
        }));
    };
    let name = match &words.name {
        Some(name) => name.clone(),
        None => gethostname::gethostname().to_string_lossy().into_owned(),
    };
    let invitation = Invitation {
        url: url.clone(),
        code: code.clone(),
        name,
        authority: words.authority.clone(),
    };
    let terminal = io::stderr().is_terminal();
    let mut shown = false;
    let done = Desk::enrol(options, &invitation, &mut |entries| {
        if terminal {
            eprint!("\r{entries} entries");
            shown = true;
        }
        true
    })?;
    if shown {
        eprintln!();
    }
    Ok(output.print(&done, || {
        format!(
            "This desk is {} of {} now; its numbers begin with {}.\n{} entries went up, {} came down.\n\
             {}",
            url,
            done.property,
            done.letters,
            done.sent,
            done.followed,
            done.token.message
        )
    }))
}

/// Answers what is one of these; nothing where it is another.
pub fn run(
    desk: &Desk,
    output: &Output,
    words: &Cmd,
    command_id: Uuid,
) -> Result<Option<u8>, DeskError> {
    Ok(Some(match words {
        Cmd::Sync(SyncArgs {
            command: Some(SyncCmd::Status),
            ..
        }) => standing(desk, output)?,
        Cmd::Sync(SyncArgs {
            command: Some(SyncCmd::Token { store }),
            ..
        }) => {
            let place = desk.keep_token(*store)?;
            let document = json!({ "ok": true, "token": place });
            output.print(&document, || place.message.clone())
        }
        Cmd::Sync(SyncArgs {
            command:
                Some(SyncCmd::Shares {
                    from,
                    to,
                    room_type,
                }),
            ..
        }) => shares(desk, output, NightRange::new(*from, *to), *room_type)?,
        Cmd::Inbox(words) => inbox(desk, output, words, command_id)?,
        Cmd::Parked(words) => parked(desk, output, words)?,
        Cmd::Walk(words) => walk(desk, output, words, command_id)?,
        _ => return Ok(None),
    }))
}

/// Exchanges once, or until it is stopped.
pub fn sync(options: &Options, output: &Output, words: &SyncArgs) -> Result<u8, DeskError> {
    let desk = Desk::open(options)?;
    if words.once {
        let done = desk.exchange()?;
        return Ok(output.print(&done, || moved(&done)));
    }
    if desk.centre_standing()?.is_none() {
        return Err(CentreRefusal::NotEnrolled.into());
    }
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        signal_hook::flag::register(signal, Arc::clone(&stop))
            .map_err(|error| DeskError::Machine(format!("signals cannot be heard: {error}")))?;
    }
    let desk = Arc::new(desk);
    let work = CentreWork::start(&desk)?;
    // Whoever watches it, or keeps what it says, is told how the desk stands whenever that changes.
    let mut told = None;
    while !stop.load(Ordering::Relaxed) {
        if let Some(found) = desk.centre_standing()? {
            let failing = found.failing.as_ref().map(|failing| failing.code);
            let standing = Some((found.reach, failing));
            if told != standing {
                told = standing;
                output.print(&json!({ "centre": found }), || words_of(&found));
            }
        }
        for _ in 0..LOOKS_BETWEEN {
            if !stop.load(Ordering::Relaxed) {
                thread::sleep(LOOK);
            }
        }
    }
    drop(work);
    Ok(status::DONE)
}

fn moved(done: &Exchanged) -> String {
    format!(
        "{} commands answered, {} entries followed up to {}, {} rows put right.",
        done.pushed, done.entries, done.cursor, done.corrections
    )
}

fn standing(desk: &Desk, output: &Output) -> Result<u8, DeskError> {
    let found = desk.centre_status()?;
    Ok(output.print(&json!({ "centre": found }), || match &found {
        None => "This file belongs to no centre.".to_owned(),
        Some(found) => words_of(found),
    }))
}

/// What can be sold without the centre, by types and nights.
fn shares(
    desk: &Desk,
    output: &Output,
    nights: NightRange,
    only: Option<RoomTypeCode>,
) -> Result<u8, DeskError> {
    let mut types = desk.safe_rooms(nights)?;
    if let Some(code) = only {
        types.retain(|(known, _)| *known == code);
        if types.is_empty() {
            return Err(unknown_type(code));
        }
    }
    let document = json!({
        "nights": nights.iter().collect::<Vec<_>>(),
        "room_types": types.iter().map(|(code, rooms)| json!({ "code": code, "rooms": rooms }))
            .collect::<Vec<_>>(),
    });
    Ok(output.print(&document, || {
        let mut text = format!("{:24}", "sold without the centre");
        for night in nights.iter() {
            text.push_str(&format!(" {:>5}", &night.to_string()[5..]));
        }
        for (code, rooms) in &types {
            text.push_str(&format!("\n{:24}", code.as_str()));
            for rooms in rooms {
                text.push_str(&format!(" {rooms:>5}"));
            }
        }
        text
    }))
}

fn words_of(found: &CentreStatus) -> String {
    let reach = match found.reach {
        Reach::Online => "online",
        Reach::Offline => "offline",
        Reach::Frozen => "frozen: this desk has to join anew",
        Reach::LetGo => "let go: the centre does not let this desk in any more",
    };
    let failing = found.failing.as_ref();
    let failing = failing.map_or_else(String::new, |why| format!("\n{}", why.message));
    let heard = found
        .heard
        .map_or_else(|| "never".to_owned(), |at| at.to_string());
    let oldest = found
        .oldest
        .map(|at| format!(", the oldest since {at}"))
        .unwrap_or_default();
    let token = found.token.as_ref();
    let token = token.map_or_else(String::new, |place| format!("\n{}", place.message));
    format!(
        "{} at {}: {reach}, last heard {heard}{failing}\nletters {}  entry {}\n{} queued{oldest}\n{} parked  \
         {} in the inbox\n{} room nights can be sold without it{token}",
        found.property,
        found.url,
        found.letters,
        found.cursor,
        found.queued,
        found.parked,
        found.inbox,
        found.safe_room_nights
    )
}

fn inbox(
    desk: &Desk,
    output: &Output,
    words: &InboxCmd,
    command_id: Uuid,
) -> Result<u8, DeskError> {
    match words {
        InboxCmd::List { all } => {
            let items = desk.inbox(*all)?;
            Ok(output.print(&json!({ "inbox": items }), || {
                if items.is_empty() {
                    return "Nothing waits for you.".to_owned();
                }
                let line = |item: &keyrack_desk::centre::InboxItem| {
                    let dealt = if item.answered.is_some() {
                        " (dealt with)"
                    } else {
                        ""
                    };
                    let is_open = item.answered.is_none();
                    let refusal = item.refusal.as_ref().filter(|_| is_open);
                    let instead = refusal.map(alternatives);
                    format!(
                        "{}  {}  {}{dealt}\n{}",
                        item.id,
                        item.opened,
                        item.message,
                        instead.unwrap_or_default()
                    )
                };
                items.iter().map(line).collect()
            }))
        }
        InboxCmd::Answer { id } => {
            let done = desk.answer_inbox(*id)?;
            Ok(output.print(&done, || format!("Item {id} is dealt with.")))
        }
        InboxCmd::Take { id, stay } => {
            if stay.rooms != 1 {
                return Err(DeskError::bad_input(
                    "As many rooms are taken as were asked for: give CODE:ARRIVAL:DEPARTURE.",
                ));
            }
            let done = desk.take_alternative(&TakeRequest {
                command_id,
                id: *id,
                room_type: stay.room_type,
                arrival: stay.arrival,
                departure: stay.departure,
            })?;
            Ok(output.answer(&done))
        }
    }
}

fn walk(desk: &Desk, output: &Output, words: &WalkCmd, command_id: Uuid) -> Result<u8, DeskError> {
    match words {
        WalkCmd::Sisters { id } => {
            let found = desk.sisters(&SistersRequest { id: id.clone() })?;
            Ok(output.print(&found, || {
                let lines = found.sisters.iter().map(|sister| {
                    let types = sister.room_types.iter();
                    let types = types
                        .map(|each| format!("  {} {}: {}\n", each.code, each.name, each.rooms));
                    format!(
                        "{} {}\n{}",
                        sister.property,
                        sister.name,
                        types.collect::<String>()
                    )
                });
                or_none(
                    lines.collect(),
                    "There is no hotel to which guests of this one are walked.",
                )
            }))
        }
        WalkCmd::Guest { id, to, room_type } => {
            let walked = desk.walk(&WalkRequest {
                command_id,
                id: id.clone(),
                to: to.clone(),
                room_type: *room_type,
            })?;
            let mut document = serde_json::to_value(&walked).unwrap_or_default();
            if !walked.ok && !walked.goes_on() {
                document["error"] = json!({ "code": walked.code, "message": walked.message });
            }
            output.print(&document, || walked.message.clone());
            Ok(match walked.ok {
                true => status::DONE,
                false if walked.goes_on() => status::ASKED,
                false => status::REFUSED,
            })
        }
    }
}

fn parked(desk: &Desk, output: &Output, words: &ParkedCmd) -> Result<u8, DeskError> {
    match words {
        ParkedCmd::List => {
            let rows = desk.parked()?;
            Ok(output.print(&json!({ "parked": rows }), || {
                if rows.is_empty() {
                    return "Nothing is parked.".to_owned();
                }
                let line = |row: &keyrack_desk::centre::ParkedRow| {
                    format!(
                        "{}  {}  {}  {}\n",
                        row.id, row.kind, row.actor, row.queued_at
                    )
                };
                rows.iter().map(line).collect()
            }))
        }
        ParkedCmd::Retry { id } => {
            let row = desk.retry_parked(CommandId(*id))?;
            let document = json!({ "ok": true, "retried": row });
            Ok(output.print(&document, || format!("{id} is sent again.")))
        }
        ParkedCmd::Discard { id, reason } => {
            let row = desk.discard_parked(CommandId(*id), reason)?;
            let document = json!({ "ok": true, "discarded": row });
            Ok(output.print(&document, || format!("{id} is given up.")))
        }
    }
}
