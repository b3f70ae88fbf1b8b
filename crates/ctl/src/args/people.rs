//! Staff, roles, guests and settings.

use std::path::PathBuf;

use clap::Subcommand;
use keyrack_desk::door::Role;
use keyrack_inventory::Token;
use keyrack_inventory::command::Permission;

use crate::parse::{permission, role};

#[derive(Debug, Subcommand)]
pub enum StaffCmd {
    /// Somebody new; the first one is an admin.
    Add {
        name: Token,
        /// front_desk, night_audit, manager or admin.
        #[arg(long, value_parser = role)]
        role: Role,
    },
    /// Everybody.
    List,
    /// Another role.
    Role {
        name: String,
        #[arg(value_parser = role)]
        role: Role,
    },
    /// May not sign in any more.
    Disable { name: String },
    /// May sign in again.
    Enable { name: String },
    /// Another password, from the machine itself: needs no sign-in.
    Reset { name: String },
}

#[derive(Debug, Subcommand)]
pub enum RolesCmd {
    /// What each may do.
    List,
    /// Set what one may do: all of look, sell, operate, configure, administer that it shall have.
    Set {
        #[arg(value_parser = role)]
        role: Role,
        #[arg(required = true, value_parser = permission)]
        may: Vec<Permission>,
    },
}

#[derive(Debug, Subcommand)]
pub enum GuestCmd {
    /// Guests, the last one first.
    List {
        /// Whose stays ended longer ago than guest_retention_days.
        #[arg(long)]
        past_retention: bool,
        /// Part of the name, phone or e-mail, or a number.
        #[arg(long, value_name = "TEXT")]
        find: Option<String>,
        #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=1000))]
        limit: u32,
    },
    /// Write everything kept of a guest to a file, as JSON.
    Export {
        /// The guest's id, or a reservation's number.
        #[arg(value_name = "ID|NUMBER")]
        guest: String,
        file: PathBuf,
    },
    /// Forget a guest: name, phone, e-mail and the texts of the bookings.
    Erase {
        /// The guest's id, or a reservation's number.
        #[arg(value_name = "ID|NUMBER")]
        guest: String,
        /// Why; it names nobody.
        #[arg(long)]
        reason: String,
    },
}

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
