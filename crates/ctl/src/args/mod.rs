//! The command line, as docs/KEYRACKCTL.md says it.

mod booking;
mod centre;
mod groups;
mod house;
mod log;
mod operations;
mod papers;
mod people;
mod transfer;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use keyrack_desk::api::{ReasonGiven, StayRequest};
use keyrack_inventory::{
    HoldId, Instant, Night, NightRange, Pool, Reference, ReservationId, RoomNumber, RoomTypeCode,
    StayReference,
};
use uuid::Uuid;

pub use booking::{ListArgs, ReserveArgs, Sort};
pub use centre::{EnrolArgs, InboxCmd, ParkedCmd, SyncArgs, SyncCmd, WalkCmd};
pub use groups::{AllotmentCmd, EndOfDayArgs, WaitlistCmd};
pub use house::{LimitsArgs, LimitsCmd, OutageCmd, RoomTypeCmd};
pub use log::{AuditArgs, EventsArgs};
pub use operations::{AlertsCmd, FileArgs, JobsCmd};
pub use papers::{ConfirmationArgs, PaperArgs, RegistrationArgs};
pub use people::{GuestCmd, RolesCmd, SettingsCmd, StaffCmd};
pub use transfer::{ExportCmd, ImportCmd};

use crate::parse::{actor, range, reason, stay};

/// The inventory of a hotel from a shell: every room type and night, sold without overselling.
#[derive(Debug, Parser)]
#[command(name = "keyrackctl", version, disable_help_subcommand = true)]
pub struct Cli {
    /// The database file [default: the desktop application's own].
    #[arg(long, global = true, env = "KEYRACK_DB", value_name = "FILE")]
    pub db: Option<PathBuf>,
    /// Print exactly one JSON document.
    #[arg(long, global = true)]
    pub json: bool,
    /// Who acts [default: admin]; with events and audit, by whom.
    #[arg(long, global = true, value_name = "NAME", value_parser = actor)]
    pub actor: Option<String>,
    /// The command's id, made by the caller: the same id again changes nothing.
    #[arg(long, global = true, value_name = "UUID")]
    pub command_id: Option<Uuid>,
    /// Refuse where the object's version is another one.
    #[arg(long, global = true, value_name = "N")]
    pub if_version: Option<i64>,
    /// Override conditions, for this reason.
    #[arg(long = "override", global = true, value_name = "REASON")]
    pub override_reason: Option<String>,
    /// Set the clock, for replays and tests.
    #[arg(long, global = true, value_name = "INSTANT")]
    pub at: Option<Instant>,
    /// How long to wait for a locked database, in seconds: 1 to 30.
    #[arg(long, global = true, default_value_t = 5, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=30))]
    pub wait: u64,
    #[command(subcommand)]
    pub command: Cmd,
}

#[derive(Debug, Subcommand)]
pub enum Cmd {
    /// Create the file and the property, and open its nights.
    Init {
        /// The property and its room types (docs/PROPERTY.md).
        property: PathBuf,
        /// Nights to open [default: 1,096 from the business date].
        #[arg(long, value_name = "FROM..TO", value_parser = range)]
        nights: Option<NightRange>,
    },
    /// Open nights.
    #[command(subcommand)]
    Nights(NightsCmd),
    /// The counts of every type and the house over [FROM, TO).
    Availability {
        from: Night,
        to: Night,
        /// One type alone.
        #[arg(long = "type", value_name = "CODE")]
        room_type: Option<RoomTypeCode>,
    },
    /// Make a reservation: all of its stays, or none.
    #[command(after_help = booking::RESERVE_EXAMPLES)]
    Reserve(Box<ReserveArgs>),
    /// Look at reservations, split one, move a night, change a room.
    #[command(subcommand)]
    Reservation(ReservationCmd),
    /// Promise tentative or waiting stays.
    Confirm(StepArgs),
    /// Guests are here.
    CheckIn {
        #[command(flatten)]
        step: StepArgs,
        /// The room's number.
        #[arg(long)]
        room: Option<RoomNumber>,
    },
    /// Guests have left.
    CheckOut(StepArgs),
    /// A check-in was a mistake.
    ReverseCheckIn(StepArgs),
    /// A check-out was a mistake.
    ReverseCheckOut(StepArgs),
    /// Guests do not want it any more.
    Cancel(StepArgs),
    /// Guests did not come.
    NoShow(StepArgs),
    /// A cancellation or no-show was a mistake.
    Reinstate(StepArgs),
    /// Put other stays in the place of the open ones.
    Amend {
        id: StayReference,
        /// CODE:ARRIVAL:DEPARTURE[:ROOMS]
        #[arg(required = true, value_name = "STAY", value_parser = stay)]
        stays: Vec<StayRequest>,
    },
    /// Keep rooms for a short time.
    #[command(subcommand)]
    Hold(HoldCmd),
    /// Take rooms out of order or out of service, and bring them back.
    #[command(subcommand)]
    Outage(OutageCmd),
    /// Limits over nights.
    #[command(subcommand)]
    Limits(LimitsCmd),
    /// Room types and their life.
    #[command(subcommand)]
    RoomType(RoomTypeCmd),
    /// Keep rooms back for groups.
    #[command(subcommand)]
    Allotment(AllotmentCmd),
    /// Who waits for a room.
    #[command(subcommand)]
    Waitlist(WaitlistCmd),
    /// Decide what is due, and move the business date on.
    EndOfDay(EndOfDayArgs),
    /// A cell, line by line, down to what makes each count.
    Explain {
        /// A room type's code, or "house".
        #[arg(value_name = "CODE|house")]
        room_type: Pool,
        night: Night,
        /// As it was at this instant.
        #[arg(long, value_name = "INSTANT")]
        at_instant: Option<Instant>,
    },
    /// The event log.
    Events(EventsArgs),
    /// The audit trail.
    Audit(AuditArgs),
    /// Compensate one's last command, or the named one.
    Undo { command: Option<Uuid> },
    /// Load the bookings of a real hotel into a new file.
    Replay {
        /// A file of bookings (docs/FORMATS.md), .csv or .csv.gz.
        bookings: PathBuf,
        /// The property and its room types.
        #[arg(long)]
        property: PathBuf,
        /// Only what is dated before this date.
        #[arg(long, value_name = "DATE")]
        as_of: Option<Night>,
    },
    /// Check that every count equals its events, and that nothing was tampered with.
    Verify {
        /// Compare with the centre too; for a file that is enrolled at one.
        #[arg(long)]
        against_centre: bool,
    },
    /// Write the counts anew from the events.
    Rebuild,
    /// Copy the file while it is in use.
    Backup(FileArgs),
    /// Verify a backup and put it in the file's place.
    Restore {
        file: PathBuf,
        /// Also where it is the file of another hotel.
        #[arg(long)]
        force: bool,
    },
    /// Alerts that are open.
    #[command(subcommand)]
    Alerts(AlertsCmd),
    /// How the desk fares; 1 where something critical is open.
    Health,
    /// Work that waits.
    #[command(subcommand)]
    Jobs(JobsCmd),
    /// What helps support to understand a trouble, without any guest's data.
    SupportBundle(FileArgs),
    /// Who works here. Passwords come from KEYRACK_PASSWORD, or are asked for.
    #[command(subcommand)]
    Staff(StaffCmd),
    /// What each role may do.
    #[command(subcommand)]
    Roles(RolesCmd),
    /// Sign in; prints the token that later calls bring along in KEYRACK_TOKEN.
    SignIn { name: String },
    /// End the sign-in of KEYRACK_TOKEN.
    SignOut,
    /// Guests: who they are, everything kept of one, one forgotten.
    #[command(subcommand)]
    Guest(GuestCmd),
    /// What the hotel set otherwise than the default.
    #[command(subcommand)]
    Settings(SettingsCmd),
    /// Bookings of another system brought in.
    #[command(subcommand)]
    Import(ImportCmd),
    /// Files for other programs, .csv or .jsonl.
    #[command(subcommand)]
    Export(ExportCmd),
    /// Join a property of a centre.
    Enrol(EnrolArgs),
    /// Send the queue up and follow the feed.
    Sync(SyncArgs),
    /// What the centre answered.
    #[command(subcommand)]
    Inbox(InboxCmd),
    /// Commands that the centre could not read.
    #[command(subcommand)]
    Parked(ParkedCmd),
    /// Walk a guest to a sister hotel.
    #[command(subcommand)]
    Walk(WalkCmd),
    /// Commands of the contract that this version does not have yet.
    #[command(external_subcommand)]
    Other(Vec<String>),
}

#[derive(Debug, Subcommand)]
pub enum NightsCmd {
    /// Open nights; again and again without harm.
    Open {
        #[arg(value_name = "FROM..TO", value_parser = range)]
        nights: NightRange,
    },
}

#[derive(Debug, Args)]
pub struct StepArgs {
    /// Reservations, or single stays as ID/N.
    #[arg(required = true, value_name = "ID")]
    pub ids: Vec<StayReference>,
    /// Why: guest, no_payment, duplicate, overbooked, agent, weather, error, other; with :TEXT.
    #[arg(long, value_name = "CODE[:TEXT]", value_parser = reason)]
    pub reason: Option<ReasonGiven>,
}

#[derive(Debug, Subcommand)]
pub enum ReservationCmd {
    /// One reservation.
    Show { id: Reference<ReservationId> },
    /// Reservations, in pages.
    #[command(after_help = booking::LIST_EXAMPLES)]
    List(ListArgs),
    /// Make a reservation of its own of one stay.
    Split { id: StayReference },
    /// Move one night to another type.
    Move {
        id: StayReference,
        night: Night,
        room_type: RoomTypeCode,
    },
    /// Give a guest who is in the house another room.
    Room {
        /// The reservation, or one stay of it.
        id: StayReference,
        /// The number on the door.
        room: RoomNumber,
    },
    /// Put right who comes, and what else is known of a booking beside its stays.
    SetDetails(booking::DetailsArgs),
    /// Write the confirmation for the guest.
    Confirmation(ConfirmationArgs),
    /// Write the card to be signed at check-in.
    RegistrationCard(RegistrationArgs),
}

#[derive(Debug, Subcommand)]
pub enum HoldCmd {
    /// Keep rooms.
    Place {
        /// CODE:ARRIVAL:DEPARTURE[:ROOMS]
        #[arg(required = true, value_name = "STAY", value_parser = stay)]
        stays: Vec<StayRequest>,
        /// 1 to 60 [default: 10].
        #[arg(long)]
        minutes: Option<u32>,
        /// For whom or what.
        #[arg(long, value_name = "TEXT")]
        reference: Option<String>,
    },
    /// Give it more time, from now.
    Extend {
        id: Reference<HoldId>,
        /// 1 to 60 [default: 10].
        #[arg(long)]
        minutes: Option<u32>,
    },
    /// Let it go.
    Release { id: Reference<HoldId> },
    /// Make it a reservation.
    Convert {
        id: Reference<HoldId>,
        /// The guest's name.
        #[arg(long)]
        guest: String,
    },
    /// Active holds.
    List {
        /// Ended ones too.
        #[arg(long)]
        all: bool,
    },
}
