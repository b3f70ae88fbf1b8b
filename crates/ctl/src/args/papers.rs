//! Printed papers.

use std::path::PathBuf;

use clap::Args;
use keyrack_inventory::{Reference, ReservationId, StayReference};

#[derive(Debug, Args)]
pub struct ConfirmationArgs {
    pub id: Reference<ReservationId>,
    #[command(flatten)]
    pub paper: PaperArgs,
}

#[derive(Debug, Args)]
pub struct RegistrationArgs {
    /// A reservation, for a page for each of its stays, or ID/N.
    pub id: StayReference,
    #[command(flatten)]
    pub paper: PaperArgs,
}

#[derive(Debug, Args)]
pub struct PaperArgs {
    /// The PDF to write.
    #[arg(value_name = "FILE.pdf")]
    pub file: PathBuf,
    /// Replace a file that is there.
    #[arg(long)]
    pub force: bool,
}
