//! The centre.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use keyrack_desk::api::StayRequest;
use keyrack_desk::centre::TokenStore;
use keyrack_inventory::{Night, RoomTypeCode, StayReference};
use uuid::Uuid;

use crate::parse::{stay, token_store};

/// Joining.
#[derive(Debug, Args)]
pub struct EnrolArgs {
    /// Where the centre answers, like https://centre.example.
    #[arg(required_unless_present = "give_up")]
    pub url: Option<String>,
    /// The one-time code that an administrator of the centre gave out; it is valid for ten minutes.
    #[arg(required_unless_present = "give_up")]
    pub code: Option<String>,
    /// What this desk is called there [default: the machine's name].
    #[arg(long)]
    pub name: Option<String>,
    /// The certificate of the centre's own authority, PEM.
    #[arg(long, value_name = "FILE")]
    pub authority: Option<PathBuf>,
    /// Give up an enrolment that was cut off: the file belongs to no centre again. Where the centre does not answer,
    /// `--override REASON` says that it is gone for good.
    #[arg(long, conflicts_with_all = ["url", "code", "name", "authority"])]
    pub give_up: bool,
}

/// Exchanging.
#[derive(Debug, Args)]
pub struct SyncArgs {
    /// Send the queue up and follow the feed once, instead of until stopped.
    #[arg(long)]
    pub once: bool,
    #[command(subcommand)]
    pub command: Option<SyncCmd>,
}

#[derive(Debug, Subcommand)]
pub enum SyncCmd {
    /// How this desk stands with its centre.
    Status,
    /// How many rooms this desk may sell without its centre, by types and nights.
    Shares {
        /// The first night.
        from: Night,
        /// The night after the last.
        to: Night,
        /// Of this type alone.
        #[arg(long = "type", value_name = "CODE")]
        room_type: Option<RoomTypeCode>,
    },
    /// Move what this desk shows its centre into the system's keyring, or out of it.
    Token {
        /// Where it is kept from now on: keyring or file.
        #[arg(value_parser = token_store)]
        store: TokenStore,
    },
}

/// Walking.
#[derive(Debug, Subcommand)]
pub enum WalkCmd {
    /// The hotels to which the guest may be walked, and what each has on the nights.
    Sisters {
        /// The reservation, or one stay of it: A12, A12/2.
        id: StayReference,
    },
    /// Reserve there and cancel here, or neither.
    Guest {
        /// The reservation, or one stay of it: A12, A12/2.
        id: StayReference,
        /// The code of the hotel to which the guest goes.
        to: String,
        /// The type there [default: of the same code as here].
        #[arg(long = "type", value_name = "CODE")]
        room_type: Option<RoomTypeCode>,
    },
}

#[derive(Debug, Subcommand)]
pub enum InboxCmd {
    /// What nobody has dealt with, the oldest first.
    List {
        /// What somebody has dealt with too.
        #[arg(long)]
        all: bool,
    },
    /// Note that an item is dealt with.
    Answer { id: i64 },
    /// Book what can be had instead of what was declined, and give the request up.
    Take {
        id: i64,
        /// CODE:ARRIVAL:DEPARTURE; as many rooms as were asked for.
        #[arg(value_parser = stay)]
        stay: StayRequest,
    },
}

#[derive(Debug, Subcommand)]
pub enum ParkedCmd {
    /// Commands that the centre could not read.
    List,
    /// Send one again, with what hangs on it: once the centre was upgraded.
    Retry { id: Uuid },
    /// Give one up, with what hangs on it: what it did here is taken back.
    Discard {
        id: Uuid,
        /// Why.
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
}
