//! Groups, the waitlist and the end of day, as people read them.

use std::path::Path;

use keyrack_desk::answers::{AllotmentRow, DueItem, DueItems};
use keyrack_desk::day::{Decisions, Ending};
use keyrack_desk::{Desk, DeskError};
use serde_json::json;

use crate::args::{AllotmentCmd, Cli, EndOfDayArgs};
use crate::output::{Output, or_none};
use crate::run::checked;

/// A file of decisions larger than this is none.
const LARGEST_FILE: u64 = 1 << 20;

fn line(row: &AllotmentRow) -> String {
    let cut_off = row
        .cut_off
        .map_or_else(String::new, |date| format!("  cut-off {date}"));
    format!(
        "{}  {}  {}  {}/{} room nights{cut_off}  {}\n",
        row.number,
        row.status.as_str(),
        row.allotment_kind.as_str(),
        row.picked_up,
        row.total,
        row.name.as_deref().unwrap_or_default()
    )
}

pub fn allotments(desk: &Desk, output: &Output, words: &AllotmentCmd) -> Result<u8, DeskError> {
    if let AllotmentCmd::Show { id } = words {
        let card = desk.allotment(id)?;
        return Ok(output.print(&card, || {
            let mut text = line(&card.allotment);
            for night in &card.nights {
                text.push_str(&format!(
                    "  {}  {}  {}/{}\n",
                    night.night, night.room_type, night.picked_up, night.total
                ));
            }
            for stay in &card.picked_up_by {
                text.push_str(&format!(
                    "  {}/{}  {}  {}..{}  {}  {}\n",
                    stay.number,
                    stay.stay,
                    stay.room_type,
                    stay.arrival,
                    stay.departure,
                    stay.status,
                    stay.guest
                ));
            }
            text
        }));
    }
    let all = matches!(words, AllotmentCmd::List { all: true });
    let rows = desk.allotments(all)?;
    Ok(output.print(&json!({ "allotments": rows }), || {
        or_none(rows.iter().map(line).collect(), "No group is open.")
    }))
}

pub fn waitlist(desk: &Desk, output: &Output) -> Result<u8, DeskError> {
    let rows = desk.waitlist()?;
    Ok(output.print(&json!({ "waiting": rows }), || {
        let line = |row: &keyrack_desk::answers::WaitingRow| {
            let stay = &row.stay;
            format!(
                "{}/{}  {}  {}..{}  {}  {}\n",
                stay.number,
                stay.stay,
                stay.room_type,
                stay.arrival,
                stay.departure,
                if row.fits { "fits" } else { "full" },
                stay.guest
            )
        };
        or_none(rows.iter().map(line).collect(), "Nobody waits.")
    }))
}

pub fn end_of_day(
    cli: &Cli,
    desk: &Desk,
    output: &Output,
    args: &EndOfDayArgs,
) -> Result<u8, DeskError> {
    let decisions = match &args.decide {
        Some(file) => decisions(file)?,
        None => Decisions::new(),
    };
    let ending = Ending {
        decisions,
        command_id: cli.command_id,
        early: cli.override_reason.clone(),
        without: args.without.clone(),
    };
    if args.dry_run {
        let due = desk.due(&ending)?;
        output.print(&due, || due_text(&due));
        return Ok(checked(due.ready));
    }
    let ended = desk.end_of_day(&ending)?;
    Ok(output.done(&ended, || {
        let mut text = String::new();
        for decided in &ended.decided {
            text.push_str(&format!("{}  {}\n", decided.id, word(&decided.decision)));
        }
        text.push_str(&format!("The business date is {}.\n", ended.business_date));
        match &ended.pack {
            Some(pack) => {
                text.push_str(&format!("The audit pack is in {pack}\n"));
                if let Some(lacking) = &ended.lacking {
                    text.push_str(&format!(
                        "Its report shows question marks for {lacking}: the typeface lacks them.\n"
                    ));
                }
            }
            None => text.push_str("The audit pack could not be written, and is made good later.\n"),
        }
        text
    }))
}

fn due_text(due: &DueItems) -> String {
    let mut text = format!("Business date {}\n", due.business_date);
    due.items
        .iter()
        .for_each(|item| text.push_str(&due_line(item)));
    if due.items.iter().any(|item| item.decision.is_none()) {
        text.push_str("Decide what is marked with a question mark first.\n");
    }
    if let Some(local) = due.local_date {
        let why = if local == due.business_date {
            "The date before it ended less than twelve hours ago, and by the hotel's clock it is still today".to_owned()
        } else {
            format!("It has not begun: by the hotel's clock it is {local}")
        };
        text.push_str(&format!(
            "{why}. Who may \"operate\" ends it early with --override REASON.\n"
        ));
    }
    if due.ready {
        text.push_str("Ready: the day can end.\n");
    }
    text
}

fn due_line(item: &DueItem) -> String {
    let decision = item
        .decision
        .map_or_else(|| "?".to_owned(), |decision| word(&decision));
    let choices: Vec<String> = item.choices.iter().map(word).collect();
    let who = item.stay.as_ref().map(|stay| stay.guest.as_str());
    let group = item.allotment.as_ref().and_then(|row| row.name.as_deref());
    format!(
        "{}  {}  {decision}  ({})  {}\n",
        item.id,
        word(&item.due),
        choices.join(", "),
        who.or(group).unwrap_or_default()
    )
}

/// The word by which a script names it.
fn word(value: &impl serde::Serialize) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}

/// Reads a TOML file of decisions.
fn decisions(file: &Path) -> Result<Decisions, DeskError> {
    let bad = |why: String| DeskError::BadInput(format!("{}: {why}", file.display()));
    let size = std::fs::metadata(file).map_err(|error| bad(error.to_string()))?;
    if size.len() > LARGEST_FILE {
        return Err(bad(
            "this is too large to be a file of decisions.".to_owned()
        ));
    }
    let text = std::fs::read_to_string(file).map_err(|error| bad(error.to_string()))?;
    toml::from_str(&text).map_err(|error| bad(error.to_string()))
}
