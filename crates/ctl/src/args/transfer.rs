//! Imports and exports.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use keyrack_inventory::{Night, Pool, StayStatus};

use crate::parse::stay_status;

#[derive(Debug, Subcommand)]
pub enum ImportCmd {
    /// Bookings, one a row, keyed on their external number.
    Reservations {
        /// A CSV file, plain or .gz.
        file: PathBuf,
        /// How it is read (docs/FORMATS.md).
        #[arg(long, value_name = "MAPPING.toml")]
        mapping: PathBuf,
        /// Say what would come in, and write nothing.
        #[arg(long)]
        dry_run: bool,
        /// Bring in the good rows where others are bad.
        #[arg(long)]
        keep_good_rows: bool,
    },
}

#[derive(Debug, Subcommand)]
pub enum ExportCmd {
    /// Stays, one a row, with their guests.
    Reservations {
        #[command(flatten)]
        to: ToArgs,
        /// Stays of this status.
        #[arg(long, value_parser = stay_status)]
        status: Option<StayStatus>,
    },
    /// Every count of the open nights, per type and for the house.
    Availability {
        #[command(flatten)]
        to: ToArgs,
        /// One type, or the house, alone.
        #[arg(long = "type", value_name = "CODE|house")]
        room_type: Option<Pool>,
    },
    /// The event log.
    Events {
        #[command(flatten)]
        to: ToArgs,
        /// After the event of this number.
        #[arg(long, default_value_t = 0, value_name = "N")]
        since: i64,
    },
}

impl ExportCmd {
    /// Where it goes.
    pub fn to(&self) -> &ToArgs {
        match self {
            Self::Reservations { to, .. }
            | Self::Availability { to, .. }
            | Self::Events { to, .. } => to,
        }
    }
}

#[derive(Debug, Args)]
pub struct ToArgs {
    /// The file: .csv or .jsonl.
    pub file: PathBuf,
    /// From this night or date on.
    #[arg(long, value_name = "DATE")]
    pub from: Option<Night>,
    /// Before this night or date.
    #[arg(long = "to", value_name = "DATE")]
    pub before: Option<Night>,
    /// Replace a file that is there.
    #[arg(long)]
    pub force: bool,
}
