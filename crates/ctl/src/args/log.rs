//! What is asked of the event log and the audit trail.

use clap::Args;
use keyrack_inventory::Night;

#[derive(Debug, Args)]
pub struct EventsArgs {
    /// After the event of this number.
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub since: i64,
    /// Of this type.
    #[arg(long = "type", value_name = "TYPE")]
    pub event_type: Option<String>,
    #[arg(long)]
    pub limit: Option<u32>,
    /// Where the page before ended.
    #[arg(long)]
    pub cursor: Option<i64>,
    /// Go on as events come.
    #[arg(long)]
    pub follow: bool,
}

#[derive(Debug, Args)]
pub struct AuditArgs {
    /// About this object, by its number.
    #[arg(long, value_name = "ID")]
    pub object: Option<String>,
    /// Of this kind: reserve, cancel, ...
    #[arg(long)]
    pub action: Option<String>,
    /// From this date on (UTC).
    #[arg(long, value_name = "DATE")]
    pub from: Option<Night>,
    /// Before this date (UTC).
    #[arg(long, value_name = "DATE")]
    pub to: Option<Night>,
    #[arg(long)]
    pub limit: Option<u32>,
    /// Where the page before ended.
    #[arg(long)]
    pub cursor: Option<i64>,
}
