//! Settings.

use clap::Subcommand;

#[derive(Debug, Subcommand)]
pub enum SettingsCmd {
    /// Every setting: its value, its default, what it means.
    List,
    /// Set one.
    Set {
        key: String,
        #[arg(allow_negative_numbers = true)]
        value: String,
    },
}
