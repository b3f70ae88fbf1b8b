//! Groups, the waitlist and the end of day.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use keyrack_desk::api::{ReasonGiven, StayRequest};
use keyrack_inventory::{AllotmentId, AllotmentKind, Night, Reference, StayReference};

use crate::parse::{allotment_kind, reason, stay};

#[derive(Debug, Subcommand)]
pub enum AllotmentCmd {
    /// Keep rooms back.
    Open {
        /// The group's name.
        name: String,
        /// elastic, non_elastic, committed or tentative.
        #[arg(long, value_name = "KIND", value_parser = allotment_kind)]
        kind: AllotmentKind,
        /// CODE:ARRIVAL:DEPARTURE[:ROOMS]
        #[arg(required = true, value_name = "STAY", value_parser = stay)]
        stays: Vec<StayRequest>,
        /// The last business date on which it keeps its rooms.
        #[arg(long, value_name = "DATE")]
        cut_off: Option<Night>,
        /// Nights before and after within which an elastic one may be picked up [default: 0].
        #[arg(long, value_name = "N")]
        shoulder: Option<u16>,
    },
    /// Book a guest of the group.
    PickUp {
        id: Reference<AllotmentId>,
        /// CODE:ARRIVAL:DEPARTURE[:ROOMS]
        #[arg(value_name = "STAY", value_parser = stay)]
        stay: StayRequest,
        /// The guest's name.
        #[arg(long)]
        guest: String,
    },
    /// Cancel a booking that was picked up; its rooms go back to the group.
    Return {
        /// Reservations, or single stays as ID/N.
        #[arg(required = true, value_name = "RESERVATION")]
        ids: Vec<StayReference>,
        /// Why: guest, no_payment, duplicate, overbooked, agent, weather, error, other; with :TEXT.
        #[arg(long, value_name = "CODE[:TEXT]", value_parser = reason)]
        reason: Option<ReasonGiven>,
    },
    /// Give it other rooms in the place of all it has, another cut-off or another shoulder.
    Resize {
        id: Reference<AllotmentId>,
        /// CODE:ARRIVAL:DEPARTURE[:ROOMS]
        #[arg(value_name = "STAY", value_parser = stay)]
        stays: Vec<StayRequest>,
        #[arg(long, value_name = "DATE")]
        cut_off: Option<Night>,
        #[arg(long, value_name = "N")]
        shoulder: Option<u16>,
    },
    /// Give its rooms back to the house.
    Release { id: Reference<AllotmentId> },
    /// The group does not come.
    Cancel { id: Reference<AllotmentId> },
    /// One, with who was picked up from it.
    Show { id: Reference<AllotmentId> },
    /// Those that are open.
    List {
        /// Ended ones too.
        #[arg(long)]
        all: bool,
    },
}

#[derive(Debug, Subcommand)]
pub enum WaitlistCmd {
    /// Wait for a room.
    Join {
        /// CODE:ARRIVAL:DEPARTURE[:ROOMS]
        #[arg(value_name = "STAY", value_parser = stay)]
        stay: StayRequest,
        /// The guest's name.
        #[arg(long)]
        guest: String,
        #[arg(long)]
        phone: Option<String>,
        #[arg(long)]
        email: Option<String>,
        #[arg(long)]
        note: Option<String>,
    },
    /// Who waits, the oldest first, and who fits.
    List,
    /// Keep a room for the oldest who fits, or for the one named.
    Offer {
        id: Option<StayReference>,
        /// Until when [default: the day after the business date].
        #[arg(long, value_name = "DATE")]
        option_until: Option<Night>,
    },
    /// Wait no longer.
    Leave {
        #[arg(required = true, value_name = "ID")]
        ids: Vec<StayReference>,
        /// Why: guest, no_payment, duplicate, overbooked, agent, weather, error, other; with :TEXT.
        #[arg(long, value_name = "CODE[:TEXT]", value_parser = reason)]
        reason: Option<ReasonGiven>,
    },
}

#[derive(Debug, Args)]
pub struct EndOfDayArgs {
    /// List what must be decided, and what would become of it. Exit 1 where something is left to say.
    #[arg(long)]
    pub dry_run: bool,
    /// A TOML file of decisions: "A12/1" = "no_show".
    #[arg(long, value_name = "FILE")]
    pub decide: Option<PathBuf>,
    /// Do not wait for the desk with these letters, which cannot be asked; may be given several times.
    #[arg(long, value_name = "LETTERS")]
    pub without: Vec<String>,
}
