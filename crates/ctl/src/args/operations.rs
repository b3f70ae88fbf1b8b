//! Jobs, alerts and health.

use std::path::PathBuf;

use clap::Subcommand;
use keyrack_desk::papers::Existing;
use uuid::Uuid;

#[derive(Debug, Subcommand)]
pub enum JobsCmd {
    /// Jobs that wait, run, are parked, or were done in the last 30 days.
    List,
    /// Do what is due; or work of one kind, or one job, at once.
    Run {
        /// sweep, health, backup, verify, checkpoint; or a job's id.
        #[arg(value_name = "KIND|ID")]
        which: Option<String>,
    },
    /// Let a parked job be tried anew.
    Retry { id: Uuid },
}

#[derive(Debug, Subcommand)]
pub enum AlertsCmd {
    /// Open alerts, the worst first.
    List {
        /// Closed ones too.
        #[arg(long)]
        all: bool,
    },
    /// Note that one has seen it.
    Ack { id: i64 },
}

/// Where a file goes.
#[derive(Debug, clap::Args)]
pub struct FileArgs {
    /// The file to write.
    pub file: PathBuf,
    /// Replace a file that is there.
    #[arg(long)]
    pub force: bool,
}

impl FileArgs {
    /// What becomes of a file that is there.
    pub fn existing(&self) -> Existing {
        if self.force {
            Existing::Replace
        } else {
            Existing::Keep
        }
    }
}
