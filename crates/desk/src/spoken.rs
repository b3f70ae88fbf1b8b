//! What went wrong, as a sentence in the language of the window. Scripts and logs read the English one, which is what
//! an error displays.

use keyrack_store::StoreError;
use keyrack_wire::Fault;
use keyrack_words::Words;

use crate::error::{CentreRefusal, DeskError, WorkRefusal};

impl DeskError {
    /// The sentence for a person who reads that language. What a system or a network says itself stays as it is said.
    pub fn spoken(&self, words: Words) -> String {
        match self {
            Self::Store(error) => of_the_file(error, words),
            Self::Work(refusal) => of_work(refusal, words),
            Self::Centre(refusal) => of_the_centre(refusal, words),
            Self::Stumbled => words.plain("failed-unexpected"),
            Self::Machine(why) => words.say("failed-machine").with("why", why.as_str()).text(),
            Self::Cancelled => words.plain("failed-cancelled"),
            // These are made of words already.
            Self::BadInput(_)
            | Self::BadField { .. }
            | Self::Refused { .. }
            | Self::Door(_)
            | Self::DoneBefore(_)
            | Self::Stopped(_) => self.to_string(),
        }
    }

    /// What was given cannot be read: a message that is said in the language of this process.
    pub(crate) fn said(why: keyrack_words::Say<'_>) -> Self {
        match field_of(why.about()) {
            Some(field) => Self::BadField {
                field,
                why: why.text(),
            },
            None => Self::BadInput(why.text()),
        }
    }

    /// The field of the request that it is about, where it is about one.
    pub fn field(&self) -> Option<&'static str> {
        match self {
            Self::BadField { field, .. } => Some(field),
            _ => None,
        }
    }

    /// The same as a fault of what was given, in the language of this process.
    pub(crate) fn as_input(&self) -> Self {
        Self::BadInput(self.spoken(Words::here()))
    }
}

/// The field of a request that a message about bad input is about.
fn field_of(message: &str) -> Option<&'static str> {
    Some(match message {
        "bad-guest-name" | "what-guest-name" | "bad-group-name" | "what-group-name" => "name",
        "what-phone" => "phone",
        "what-email" => "email",
        "what-source" => "source",
        "what-meal" => "meal",
        "what-guarantee" => "guarantee",
        "what-notes" => "notes",
        "bad-card-issued" => "external_number",
        "bad-price" => "price",
        "bad-nobody" => "adults",
        "bad-room-before" | "what-room" => "room",
        "bad-group-shoulder" => "shoulder",
        "what-overbooking" | "bad-house-limit" => "overbooking",
        "what-physical" => "physical",
        "what-rooms" => "rooms",
        "what-reason" | "what-outage" | "bad-override-reason" => "reason",
        "bad-erasure-reason" | "bad-erasure-names" | "what-erasure-reason" => "reason",
        "bad-password-length" | "bad-password-guessed" => "password",
        _ => return None,
    })
}

fn of_the_file(error: &StoreError, words: Words) -> String {
    use StoreError as E;
    let about =
        |id: &str, path: &std::path::Path| words.say(id).with("path", path.display().to_string());
    match error {
        E::Busy { waited_ms } => words
            .say("failed-busy")
            .with("waited", waited_ms.to_string())
            .text(),
        E::Missing { path } => about("failed-missing", path).text(),
        E::NotADatabase { path } => about("failed-not-a-database", path).text(),
        E::TooNew { path, found, known } => about("failed-too-new", path)
            .with("found", found.to_string())
            .with("known", known.to_string())
            .text(),
        E::UnknownEvent {
            path,
            name,
            version,
        } => about("failed-unknown-event", path)
            .with("name", name.as_str())
            .with("version", version.to_string())
            .text(),
        E::Forgotten { number } => {
            let said = words.say("bad-forgotten");
            said.with("number", number.to_string()).text()
        }
        E::Joining => words.plain("failed-joining"),
        E::OutOfStep(why) => words
            .say("failed-out-of-step")
            .with("why", why.as_str())
            .text(),
        E::NotInitialised { path } => about("failed-not-initialised", path).text(),
        E::NotWritable { path, why } => about("failed-not-writable", path)
            .with("why", why.as_str())
            .text(),
        E::Failed { path, why } => about("failed-disk", path).with("why", why.as_str()).text(),
        E::Damaged { table, why } => words
            .say("failed-damaged")
            .with("table", *table)
            .with("why", why.as_str())
            .text(),
        E::BadBackup { path, why } => about("failed-bad-backup", path)
            .with("why", why.as_str())
            .text(),
        E::Event { seq, source } => words
            .say("failed-event")
            .with("seq", seq.to_string())
            .with("why", source.to_string())
            .text(),
        E::NoChance(_) | E::Unsafe(_) | E::Sqlite(_) | E::Io { .. } => error.to_string(),
    }
}

fn of_work(refusal: &WorkRefusal, words: Words) -> String {
    match refusal {
        WorkRefusal::UnknownJob { id } => words
            .say("refused-unknown-job")
            .with("id", id.to_string())
            .text(),
        WorkRefusal::UnknownAlert { id } => words
            .say("refused-unknown-alert")
            .with("id", id.to_string())
            .text(),
        WorkRefusal::IllegalTransition { id, from, allowed } => {
            let allowed: Vec<String> = allowed.iter().map(|state| (*state).to_owned()).collect();
            words
                .say("refused-job-state")
                .with("id", id.to_string())
                .with("from", words.word(from))
                .with("allowed", words.choice(&allowed))
                .text()
        }
    }
}

fn of_the_centre(refusal: &CentreRefusal, words: Words) -> String {
    use CentreRefusal as R;
    match refusal {
        R::NotEnrolled => words.plain("centre-not-enrolled"),
        R::Enrolled { url } => words
            .say("centre-enrolled")
            .with("url", url.as_str())
            .text(),
        R::Address { why } => why.clone(),
        R::NoToken { path } => words
            .say("centre-no-token")
            .with("path", path.display().to_string())
            .text(),
        R::Keyring { lack } => words
            .say("centre-keyring")
            .with("lack", lack.as_str())
            .text(),
        R::Unreachable { why } => words
            .say("centre-unreachable")
            .with("why", why.as_str())
            .text(),
        R::Distrusted { why } => words
            .say("centre-distrusted")
            .with("why", why.as_str())
            .text(),
        R::Fault { fault, .. } => words
            .say("centre-fault")
            .with("fault", fault_of(fault, words))
            .text(),
        R::Newer { spoken } => words
            .say("centre-newer")
            .with("spoken", spoken.to_string())
            .text(),
        R::File { why } => words.say("centre-file").with("why", why.as_str()).text(),
        R::OutOfStep => words.plain("centre-out-of-step"),
        R::Joining { url } => words.say("centre-joining").with("url", url.as_str()).text(),
        R::Moving => words.plain("centre-moving"),
        R::DayAsked { date } => words
            .say("centre-day-asked")
            .with("date", words.night(*date))
            .text(),
        R::Rejoin => words.plain("centre-rejoin"),
        R::Walked { number, to } => words
            .say("walk-taken-back")
            .with("number", number.as_str())
            .with("to", to.as_str())
            .text(),
        R::UnknownItem { id } => words
            .say("centre-unknown-item")
            .with("id", id.to_string())
            .text(),
        R::UnknownParked { id } => words
            .say("centre-unknown-parked")
            .with("id", id.0.to_string())
            .text(),
    }
}

fn fault_of(fault: &Fault, words: Words) -> String {
    match fault {
        Fault::Malformed {} => words.plain("fault-malformed"),
        Fault::TooLarge {} => words.plain("fault-too-large"),
        Fault::Unauthorised {} => words.plain("fault-unauthorised"),
        Fault::CodeNotValid {} => words.plain("fault-code-not-valid"),
        Fault::Gap { expected } => words
            .say("fault-gap")
            .with("number", expected.to_string())
            .text(),
        Fault::Restored {} => words.plain("fault-restored"),
        Fault::Fork { seq } => words
            .say("fault-fork")
            .with("number", seq.to_string())
            .text(),
        Fault::EpochOver { current } => words
            .say("fault-epoch-over")
            .with("epoch", current.to_string())
            .text(),
        Fault::ExistsTwice {} => words.plain("fault-exists-twice"),
        Fault::CursorGone { from } => words
            .say("fault-cursor-gone")
            .with("number", from.number.to_string())
            .text(),
        Fault::NotEmpty {} => words.plain("fault-not-empty"),
        Fault::Busy {} => words.plain("fault-busy"),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::PathBuf;

    use keyrack_inventory::CommandId;
    use keyrack_sync::Distrust;
    use keyrack_wire::Cursor;
    use keyrack_words::{ENGLISH, Language};
    use uuid::Uuid;

    use super::*;
    use crate::centre::KeyringLack;

    #[test]
    fn bad_input_names_its_field() {
        let said = |id: &str| Words::here().say(id).with("most", 1);
        let table = [
            (said("bad-guest-name"), Some("name")),
            (said("bad-price"), Some("price")),
            (said("bad-contact").of("what-phone"), Some("phone")),
            (said("bad-card-number").of("what-notes"), Some("notes")),
            (said("bad-not-due").with("id", "A1"), None),
        ];
        for (said, field) in table {
            let error = DeskError::said(said);
            assert_eq!((error.code(), error.field()), ("bad_input", field));
            assert_eq!(error.body().message, error.to_string());
        }
    }

    fn all() -> Vec<DeskError> {
        let path = || PathBuf::from("/hotel/miramar.db");
        let why = || "disk full".to_owned();
        let url = || "https://centre.example".to_owned();
        let files = [
            StoreError::Busy { waited_ms: 5_000 },
            StoreError::Missing { path: path() },
            StoreError::NotADatabase { path: path() },
            StoreError::TooNew {
                path: path(),
                found: 18,
                known: 17,
            },
            StoreError::UnknownEvent {
                path: path(),
                name: "stays_sung".to_owned(),
                version: 3,
            },
            StoreError::Joining,
            StoreError::OutOfStep("entry 7".to_owned()),
            StoreError::NotInitialised { path: path() },
            StoreError::NotWritable {
                path: path(),
                why: why(),
            },
            StoreError::Failed {
                path: path(),
                why: why(),
            },
            StoreError::Damaged {
                table: "stay",
                why: why(),
            },
            StoreError::BadBackup {
                path: path(),
                why: why(),
            },
        ];
        let work = [
            WorkRefusal::UnknownJob { id: Uuid::nil() },
            WorkRefusal::UnknownAlert { id: 1_234 },
            WorkRefusal::IllegalTransition {
                id: Uuid::nil(),
                from: "running",
                allowed: vec!["waiting", "parked"],
            },
        ];
        let cursor: Cursor =
            serde_json::from_value(serde_json::json!({"epoch": 1, "number": 12_345})).unwrap();
        let faults = [
            Fault::Malformed {},
            Fault::TooLarge {},
            Fault::Unauthorised {},
            Fault::CodeNotValid {},
            Fault::Gap { expected: 1_234 },
            Fault::Restored {},
            Fault::Fork { seq: 1_234 },
            Fault::EpochOver { current: 2 },
            Fault::ExistsTwice {},
            Fault::CursorGone { from: cursor },
            Fault::NotEmpty {},
            Fault::Busy {},
        ];
        let centre = [
            CentreRefusal::NotEnrolled,
            CentreRefusal::Enrolled { url: url() },
            CentreRefusal::NoToken { path: path() },
            CentreRefusal::Unreachable { why: why() },
            CentreRefusal::Newer { spoken: 9 },
            CentreRefusal::File { why: why() },
            CentreRefusal::OutOfStep,
            CentreRefusal::Joining { url: url() },
            CentreRefusal::Moving,
            CentreRefusal::Rejoin,
            CentreRefusal::DayAsked {
                date: "2026-06-01".parse().unwrap(),
            },
            CentreRefusal::Walked {
                number: "A12".to_owned(),
                to: "H2 Z1".to_owned(),
            },
            CentreRefusal::UnknownItem { id: 1_234 },
            CentreRefusal::UnknownParked {
                id: CommandId(Uuid::nil()),
            },
        ];
        let lacks = [
            KeyringLack::Absent,
            KeyringLack::Locked,
            KeyringLack::Silent,
            KeyringLack::Empty,
            KeyringLack::Failed,
        ];
        let distrusts = [
            Distrust::Authority,
            Distrust::Name,
            Distrust::Expired,
            Distrust::NotYet,
            Distrust::Certificate,
        ];
        let distrusts = distrusts.map(|why| CentreRefusal::Distrusted { why });
        let lacks = lacks.map(|lack| CentreRefusal::Keyring { lack });
        let faults = faults.map(CentreRefusal::says);
        let centre = centre
            .into_iter()
            .chain(lacks)
            .chain(distrusts)
            .chain(faults)
            .map(DeskError::from);
        let alone = [
            DeskError::Stumbled,
            DeskError::Cancelled,
            DeskError::machine("no memory"),
        ];
        let files = files.into_iter().map(DeskError::from);
        let work = work.into_iter().map(DeskError::from);
        files.chain(work).chain(centre).chain(alone).collect()
    }

    #[test]
    fn english_is_what_scripts_read_and_every_other_language_says_it_otherwise() {
        for error in all() {
            assert_eq!(error.spoken(ENGLISH), error.to_string());
        }
        for language in Language::ALL {
            let said: Vec<String> = all()
                .iter()
                .map(|error| error.spoken(Words::of(language)))
                .collect();
            let apart: BTreeSet<&String> = said.iter().collect();
            assert_eq!(apart.len(), said.len(), "{language:?}: two are said as one");
            for (error, said) in all().iter().zip(&said) {
                let differs = language == Language::En || *said != error.to_string();
                assert!(differs && said.ends_with('.'), "{language:?}: {said}");
            }
        }
    }
}
