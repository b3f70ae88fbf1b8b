//! One JSON document on standard output, or words for a person; messages on standard error.

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use keyrack_desk::answers::{Answer, AnswerBody, OutageHit};
use keyrack_desk::asked::DoneBefore;
use keyrack_desk::{CentreRefusal, DeskError, request_id};
use keyrack_inventory::StayStatus;
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

/// Exit statuses of the contract.
pub mod status {
    /// Done.
    pub const DONE: u8 = 0;
    /// A check found something.
    pub const FOUND: u8 = 1;
    /// What was given cannot be read.
    pub const BAD_INPUT: u8 = 2;
    /// It was read, and a rule refuses it.
    pub const REFUSED: u8 = 3;
    /// Kept as a request until the centre has answered.
    pub const ASKED: u8 = 4;
    /// Busy, or the file failed: nothing was done, or it is not known.
    pub const STORAGE: u8 = 5;
}

/// Whether the reader of standard output has closed its end.
static CLOSED: AtomicBool = AtomicBool::new(false);

/// Where answers go.
#[derive(Clone, Copy, Debug)]
pub struct Output {
    pub json: bool,
    /// What stands in the answer to a command, beside the request's id.
    command_id: Option<Uuid>,
}

impl Output {
    pub fn new(json: bool) -> Self {
        Self {
            json,
            command_id: None,
        }
    }

    /// The same, for what is done under this id.
    pub fn under(self, command_id: Uuid) -> Self {
        Self {
            command_id: Some(command_id),
            ..self
        }
    }

    /// What was done, by its document with the ids of the command and the request, else in words.
    pub fn done(&self, document: &impl Serialize, words: impl FnOnce() -> String) -> u8 {
        if !self.json {
            return self.print(document, words);
        }
        let mut document = serde_json::to_value(document).unwrap_or_default();
        if let (Some(fields), Some(id)) = (document.as_object_mut(), self.command_id) {
            fields.entry("command_id").or_insert_with(|| json!(id));
            let request_id = request_id::current();
            // Whoever asks about it by that id finds it in the log.
            tracing::info!(%request_id, outcome = "done", "done");
            fields.insert("request_id".to_owned(), json!(request_id));
        }
        self.print(&document, String::new)
    }

    /// What was done before under the same id, told again with how it stands now.
    pub fn before(&self, done: &DoneBefore) -> u8 {
        let mut document = done.answer.clone();
        document["repeated"] = Value::Bool(true);
        if let Some(now) = &done.now {
            document["now"] = now.clone();
        }
        self.done(&document, || done.text.clone());
        if done.answer["verified"] == false {
            status::FOUND
        } else {
            status::DONE
        }
    }

    /// Words, on standard output.
    pub fn text(&self, text: &str) {
        self.line(text.trim_end());
    }

    /// A reader that has seen enough closes its end; that is no failure of ours.
    fn line(&self, line: &str) {
        let mut out = io::stdout().lock();
        match writeln!(out, "{line}").and_then(|()| out.flush()) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                CLOSED.store(true, Ordering::Relaxed);
            }
            Err(error) => eprintln!("keyrackctl: {error}"),
        }
    }

    /// Whether nobody reads any more, so that what never ends by itself ends now.
    pub fn is_closed(&self) -> bool {
        CLOSED.load(Ordering::Relaxed)
    }

    /// A document with `--json`, else the words.
    pub fn print(&self, document: &impl Serialize, words: impl FnOnce() -> String) -> u8 {
        if self.json {
            match serde_json::to_string(document) {
                Ok(text) => self.line(&text),
                Err(error) => {
                    eprintln!("keyrackctl: {error}");
                    return status::STORAGE;
                }
            }
        } else {
            self.text(&words());
        }
        status::DONE
    }

    /// The answer to a command.
    pub fn answer(&self, answer: &Answer) -> u8 {
        match &answer.body {
            AnswerBody::Accepted(accepted) => {
                let failed = accepted.failed.as_deref().unwrap_or_default();
                let mut document = serde_json::to_value(answer).unwrap_or_default();
                if !failed.is_empty() {
                    // Of several some were refused, as the exit status says.
                    document["ok"] = Value::Bool(false);
                }
                self.print(&document, || {
                    let again = if answer.repeated.is_some() {
                        " (done before)"
                    } else {
                        ""
                    };
                    let lines = failed
                        .iter()
                        .map(|one| format!("\n{}: {}", one.id, one.error.message));
                    let hit = accepted.hit.as_ref().map_or_else(String::new, hit_lines);
                    let lines = lines.collect::<String>();
                    format!("{}{again}{lines}{hit}", accepted.text)
                });
                if let Some(declined) = accepted.declined.as_ref().filter(|_| !self.json) {
                    eprint!("{}", alternatives(&declined.refusal));
                }
                match accepted.reservation.as_ref().map(|found| found.status) {
                    _ if !failed.is_empty() => status::REFUSED,
                    _ if accepted.asked.is_some() => status::ASKED,
                    Some(StayStatus::NeedsConfirmation) => status::ASKED,
                    _ => status::DONE,
                }
            }
            AnswerBody::Refused(refused) => {
                if self.json {
                    let mut document = json!({
                        "error": refused.error,
                        "command_id": answer.command_id,
                        "request_id": answer.request_id,
                    });
                    if answer.repeated.is_some() {
                        document["repeated"] = Value::Bool(true);
                    }
                    self.print(&document, String::new);
                } else {
                    let again = if answer.repeated.is_some() {
                        " (refused before: the figures are of then)"
                    } else {
                        ""
                    };
                    eprintln!("{}{again}", refused.error.message);
                    eprint!("{}", alternatives(&refused.error.refusal));
                }
                status::REFUSED
            }
        }
    }

    /// No answer: what was given, the file, or the thing asked for is at fault.
    pub fn failed(&self, error: &DeskError, command_id: Option<Uuid>) -> u8 {
        let request_id = request_id::current();
        tracing::info!(%request_id, outcome = error.code(), "failed");
        if self.json {
            let mut body = serde_json::to_value(error.body()).unwrap_or_default();
            if let Some(fields) = body.as_object_mut() {
                fields.remove("request_id");
            }
            if let DeskError::Centre(refusal) = error {
                body = serde_json::to_value(refusal).unwrap_or_default();
                body["message"] = Value::String(refusal.to_string());
            }
            if let DeskError::Work(refusal) = error {
                body = serde_json::to_value(refusal).unwrap_or_default();
                body["message"] = Value::String(refusal.to_string());
            }
            if let DeskError::Refused { refusal, message } = error {
                body = serde_json::to_value(refusal).unwrap_or_default();
                body["message"] = Value::String(message.clone());
            }
            if let DeskError::Door(refusal) = error {
                body = serde_json::to_value(refusal).unwrap_or_default();
                body["message"] = Value::String(refusal.to_string());
            }
            let mut document = json!({ "error": body, "request_id": request_id });
            if let Some(id) = command_id {
                document["command_id"] = json!(id);
            }
            self.print(&document, String::new);
        } else {
            eprintln!("{error}");
        }
        match error {
            DeskError::DoneBefore(_) => status::DONE,
            DeskError::BadInput(_) | DeskError::BadField { .. } => status::BAD_INPUT,
            DeskError::Refused { .. } | DeskError::Door(_) | DeskError::Work(_) => status::REFUSED,
            DeskError::Centre(CentreRefusal::DayAsked { .. }) => status::ASKED,
            DeskError::Centre(refusal) if !refusal.is_passing() => status::REFUSED,
            DeskError::Centre(_)
            | DeskError::Machine(_)
            | DeskError::Store(_)
            | DeskError::Stumbled
            | DeskError::Cancelled
            | DeskError::Stopped(_) => status::STORAGE,
        }
    }
}

/// A list as people read it, with a sentence in the place of an empty one.
pub fn or_none(list: String, none: &str) -> String {
    if list.is_empty() {
        none.to_owned()
    } else {
        list
    }
}

/// Whom an outage hits, a line each.
fn hit_lines(hit: &OutageHit) -> String {
    let mut text = String::new();
    for stay in &hit.stays {
        text.push_str(&format!(
            "\n  {}/{}  {} to {}  {}  {}",
            stay.number, stay.stay, stay.arrival, stay.departure, stay.status, stay.guest
        ));
    }
    let more = (hit.count as usize).saturating_sub(hit.stays.len());
    if more > 0 {
        text.push_str(&format!("\n  and {more} more"));
    }
    text
}

/// What could be had instead, a line each.
pub fn alternatives(refusal: &keyrack_inventory::Refusal) -> String {
    let keyrack_inventory::Refusal::NoAvailability { alternatives, .. } = refusal else {
        return String::new();
    };
    let line = |other: &keyrack_inventory::Alternative| {
        let keyrack_inventory::Alternative {
            room_type,
            arrival,
            departure,
            available,
            overbooked,
        } = other;
        let free = available.saturating_sub(*overbooked);
        let more = match overbooked {
            0 => String::new(),
            rooms => format!(", {rooms} more by overbooking"),
        };
        format!("  {room_type}:{arrival}:{departure}  at least {free} free{more}\n")
    };
    alternatives.iter().map(line).collect()
}
