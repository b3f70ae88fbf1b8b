//! What can go wrong at the desk beside a rule's refusal.

use std::path::PathBuf;

use keyrack_inventory::{CommandId, Night, Refusal};
use keyrack_store::StoreError;
use keyrack_sync::Distrust;
use keyrack_wire::Fault;
use keyrack_words::{ENGLISH, Words};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use crate::asked::DoneBefore;
use crate::centre::KeyringLack;
use crate::door::{DoorRefusal, Why};
use crate::request_id;

/// Why the desk has no answer.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// What was given cannot be read; nothing was done.
    #[error("{0}")]
    BadInput(String),
    /// The same, where it stands in one field of a form.
    #[error("{why}")]
    BadField {
        /// Which, by its name in the request.
        field: &'static str,
        /// For a person.
        why: String,
    },
    /// The file is busy or failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What was asked for is not there.
    #[error("{message}")]
    Refused {
        /// Code and facts.
        refusal: Box<Refusal>,
        /// For a person.
        message: String,
    },
    /// A rule of jobs or alerts refused it.
    #[error(transparent)]
    Work(#[from] WorkRefusal),
    /// The centre, or the way to it, said no.
    #[error(transparent)]
    Centre(#[from] CentreRefusal),
    /// The program itself stumbled; whether something was done is not known.
    #[error(
        "The program came upon something it did not expect. Look whether your change is there before you repeat it."
    )]
    Stumbled,
    /// The door, or the list of the staff, said no.
    #[error("{0}")]
    Door(Box<DoorRefusal>),
    /// The machine gives no memory or no random bytes.
    #[error("The machine failed: {0}.")]
    Machine(String),
    /// It was done before under the same id, and is not done again.
    #[error("{}", .0.text)]
    DoneBefore(Box<DoneBefore>),
    /// Stopped on request; what was done before stands.
    #[error("Stopped. What was done so far is kept, and is gone on with next time.")]
    Cancelled,
    /// Stopped on request; the words say what stands.
    #[error("{0}")]
    Stopped(String),
}

/// The centre, or the way to it, said no: code and facts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum CentreRefusal {
    /// The file has no centre.
    #[error(
        "This file belongs to no centre. Join one under Places, Centre, or run `keyrackctl enrol URL CODE`."
    )]
    NotEnrolled,
    /// The file has a centre already.
    #[error("This file belongs to the centre at {url} already.")]
    Enrolled {
        /// Which.
        url: String,
    },
    /// The line to the centre cannot be made.
    #[error("{why}")]
    Address {
        /// Why.
        why: String,
    },
    /// The token is not where it should be.
    #[error("{}", ENGLISH.say("centre-no-token").with("path", path.display().to_string()).text())]
    NoToken {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// The keyring has the token, and does not give it.
    #[error("{}", ENGLISH.say("centre-keyring").with("lack", lack.as_str()).text())]
    Keyring {
        /// Why.
        lack: KeyringLack,
    },
    /// The centre does not answer; what is queued stays queued.
    #[error("The centre cannot be reached: {why}. Nothing is lost; try again when it answers.")]
    Unreachable {
        /// What the network says.
        why: String,
    },
    /// What answers at the centre's address does not prove that it is the centre.
    #[error("{}", ENGLISH.say("centre-distrusted").with("why", why.as_str()).text())]
    Distrusted {
        /// Why it is not believed.
        why: Distrust,
    },
    /// The centre says why not.
    #[error("The centre says no: {fault}.")]
    Fault {
        /// Which.
        fault: Fault,
        /// When it wants to be asked again, in milliseconds, where it says so.
        #[serde(skip)]
        retry_after_ms: Option<u64>,
    },
    /// The centre speaks as this program does not yet.
    #[error(
        "The centre is newer than this program (it speaks protocol {spoken}). Update this program; what is queued \
         stays queued until then."
    )]
    Newer {
        /// Which.
        spoken: u32,
    },
    /// This desk's own file fails at what goes up or comes down.
    #[error("{}", ENGLISH.say("centre-file").with("why", why.as_str()).text())]
    File {
        /// Why.
        why: String,
    },
    /// What the centre has is not what was sent.
    #[error(
        "The centre does not have what was sent. Nothing was joined; try again with a new code."
    )]
    OutOfStep,
    /// Its history is on its way up.
    #[error(
        "This file's history is on its way to the centre at {url}. Join once more, and it goes on."
    )]
    Joining {
        /// Which.
        url: String,
    },
    /// The feed moved on with every look.
    #[error("The centre moved on each time it was looked at. Ask again when less is sold.")]
    Moving,
    /// The end of a date is queued, and the centre has not answered.
    #[error("{}", ENGLISH.say("centre-day-asked").with("date", ENGLISH.night(*date)).text())]
    DayAsked {
        /// The date that ends once the centre has heard of it.
        date: Night,
    },
    /// The desk exists twice, or its file is an older copy.
    #[error(
        "This desk exists twice, or its file is an older copy: nothing is sold out of its share until it has joined anew."
    )]
    Rejoin,
    /// The guest was walked to a sister hotel, and is booked there.
    #[error("{}", ENGLISH.say("walk-taken-back").with("number", number.as_str()).with("to", to.as_str()).text())]
    Walked {
        /// The reservation that he left.
        number: String,
        /// Where he is booked now, as `CODE NUMBER`.
        to: String,
    },
    /// There is no such item of the inbox, or somebody has dealt with it.
    #[error("No item {id} of the inbox is open.")]
    UnknownItem {
        /// What was asked for.
        id: i64,
    },
    /// No such command is parked.
    #[error("No command {id} is parked.")]
    UnknownParked {
        /// What was asked for.
        id: CommandId,
    },
}

impl CentreRefusal {
    /// The centre says so, and not when to ask again.
    pub fn says(fault: Fault) -> Self {
        Self::Fault {
            fault,
            retry_after_ms: None,
        }
    }

    /// When the centre wants to be asked again, in milliseconds, where it said so.
    pub fn retry_after_ms(&self) -> Option<u64> {
        match self {
            Self::Fault { retry_after_ms, .. } => *retry_after_ms,
            _ => None,
        }
    }

    /// The code that scripts read.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotEnrolled => "not_enrolled",
            Self::Enrolled { .. } => "enrolled",
            Self::Address { .. } => "address",
            Self::NoToken { .. } => "no_token",
            Self::Keyring { .. } => "keyring",
            Self::Unreachable { .. } => "unreachable",
            Self::Distrusted { .. } => "distrusted",
            Self::Fault { .. } => "fault",
            Self::Newer { .. } => "newer_centre",
            Self::File { .. } => "storage",
            Self::OutOfStep => "out_of_step",
            Self::Joining { .. } => "joining",
            Self::Moving => "moving",
            Self::DayAsked { .. } => "day_asked",
            Self::Rejoin => "rejoin",
            Self::Walked { .. } => "walked",
            Self::UnknownItem { .. } => "unknown_item",
            Self::UnknownParked { .. } => "unknown_parked",
        }
    }

    /// Whether the same may be done later, as nothing is known to be wrong with it.
    pub fn is_passing(&self) -> bool {
        matches!(
            self,
            Self::Unreachable { .. }
                | Self::Distrusted { .. }
                | Self::Keyring { .. }
                | Self::Moving
                | Self::Fault {
                    fault: Fault::Busy {},
                    ..
                }
        )
    }
}

/// A rule about jobs or alerts said no: code and facts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum WorkRefusal {
    /// There is no such job.
    #[error("There is no job {id}.")]
    UnknownJob {
        /// What was asked for.
        id: Uuid,
    },
    /// There is no such alert, or it is closed.
    #[error("No alert {id} is open.")]
    UnknownAlert {
        /// What was asked for.
        id: i64,
    },
    /// The job does not stand where that could be done.
    #[error("The job {id} is {from}; that can be done with one that is {}.", allowed.join(" or "))]
    IllegalTransition {
        /// The job.
        id: Uuid,
        /// Where it stands.
        from: &'static str,
        /// Where it would have to stand.
        allowed: Vec<&'static str>,
    },
}

impl WorkRefusal {
    /// The code that scripts read.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownJob { .. } => "unknown_job",
            Self::UnknownAlert { .. } => "unknown_alert",
            Self::IllegalTransition { .. } => "illegal_transition",
        }
    }
}

/// An error as it crosses: what the window and scripts read.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(optional_fields)]
pub struct ErrorBody {
    /// `bad_input`, `busy`, `storage`, `unexpected`, `cancelled`, or a refusal's code.
    pub code: String,
    /// With `not_allowed`, why: `sign_in`, `ended`, `locked`, `fresh`, `permission`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<&'static str>,
    /// With `bad_input`, the field of the request that it is about, where it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<&'static str>,
    /// For a person.
    pub message: String,
    /// Names the request in logs.
    #[ts(type = "Uuid")]
    pub request_id: Uuid,
}

impl DeskError {
    /// What was given cannot be read.
    pub fn bad_input(why: impl ToString) -> Self {
        Self::BadInput(why.to_string())
    }

    /// It was stopped on request; the message says what stands.
    pub(crate) fn stopped(message: &str) -> Self {
        Self::Stopped(Words::here().plain(message))
    }

    /// A version was given that nothing can be compared with: a guard that nobody looks at is none.
    pub fn no_version() -> Self {
        Self::bad_input("This command has no version to compare with.")
    }

    pub(crate) fn machine(why: impl ToString) -> Self {
        Self::Machine(why.to_string())
    }

    /// Why somebody was not let through, where that is what it says.
    pub fn why(&self) -> Option<Why> {
        match self {
            Self::Door(refusal) => refusal.why(),
            _ => None,
        }
    }

    /// The code that scripts read.
    pub fn code(&self) -> &'static str {
        match self {
            Self::BadInput(_) | Self::BadField { .. } => "bad_input",
            Self::Store(error) => error.code(),
            Self::Refused { refusal, .. } => refusal.code(),
            Self::Work(refusal) => refusal.code(),
            Self::Centre(refusal) => refusal.code(),
            Self::Stumbled => "unexpected",
            Self::Door(refusal) => refusal.code(),
            Self::DoneBefore(_) => "repeated",
            Self::Machine(_) => "storage",
            Self::Cancelled | Self::Stopped(_) => "cancelled",
        }
    }

    /// Whether a newer program wrote what this one cannot read.
    pub fn is_of_a_newer_program(&self) -> bool {
        matches!(
            self,
            Self::Store(StoreError::TooNew { .. } | StoreError::UnknownEvent { .. })
                | Self::Centre(CentreRefusal::Newer { .. })
        )
    }

    /// What a log may say of it: a sentence about files and the system, never what people typed or
    /// what a row held.
    pub fn for_the_log(&self) -> String {
        match self {
            Self::Store(StoreError::Damaged { table, .. }) => {
                format!("a row of {table} is damaged")
            }
            Self::Store(StoreError::Event { seq, .. }) => format!("event {seq} cannot be read"),
            Self::Store(StoreError::BadBackup { path, .. }) => {
                format!("{} does not verify", path.display())
            }
            Self::Store(error) => error.to_string(),
            other => other.code().to_owned(),
        }
    }

    /// As it crosses.
    pub fn body(&self) -> ErrorBody {
        ErrorBody {
            code: self.code().to_owned(),
            why: self.why().map(Why::as_str),
            field: self.field(),
            message: self.spoken(Words::here()),
            request_id: request_id::current(),
        }
    }
}

impl From<DoorRefusal> for DeskError {
    fn from(refusal: DoorRefusal) -> Self {
        Self::Door(Box::new(refusal))
    }
}
