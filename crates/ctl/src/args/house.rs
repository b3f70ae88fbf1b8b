//! Outages, limits and room types.

use clap::{Args, Subcommand};
use keyrack_desk::api::StayRequest;
use keyrack_inventory::{Name, Night, OutageId, Pool, Reference, RoomNumber, RoomTypeCode};

use crate::parse::{stay, switch};

#[derive(Debug, Subcommand)]
pub enum OutageCmd {
    /// Take rooms out.
    Add {
        /// CODE:FROM:BACK_ON:ROOMS
        #[arg(value_name = "CODE:FROM:BACK_ON:ROOMS", value_parser = stay)]
        outage: StayRequest,
        #[arg(long)]
        reason: String,
        /// Out of service: noted, deducts nothing.
        #[arg(long)]
        service: bool,
        #[arg(long)]
        room: Option<RoomNumber>,
    },
    /// Bring rooms back.
    End {
        id: Reference<OutageId>,
        /// The first night on which they are back [default: the business date].
        #[arg(long, value_name = "DATE")]
        on: Option<Night>,
    },
    /// Outages that have not ended.
    List {
        /// Ended ones too.
        #[arg(long)]
        all: bool,
    },
}

#[derive(Debug, Subcommand)]
pub enum LimitsCmd {
    /// Set limits over [FROM, TO).
    Set(Box<LimitsArgs>),
}

#[derive(Debug, Args)]
pub struct LimitsArgs {
    /// A room type's code, or "house".
    #[arg(value_name = "CODE|house")]
    pub room_type: Pool,
    pub from: Night,
    pub to: Night,
    /// Rooms that may be sold beyond the house; negative keeps rooms back.
    #[arg(long, allow_negative_numbers = true)]
    pub overbooking: Option<i32>,
    /// Take the house's own limit away: the types alone decide again.
    #[arg(long, conflicts_with = "overbooking")]
    pub no_overbooking: bool,
    /// Rooms that exist.
    #[arg(long)]
    pub physical: Option<u32>,
    /// Sell nothing on these nights.
    #[arg(long, value_name = "on|off", value_parser = switch)]
    pub stop_sell: Option<bool>,
    /// The fewest nights of who arrives on them; 0 takes it away.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(0..=366))]
    pub min_stay: Option<u16>,
    /// The most nights of who arrives on them; 0 takes it away.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(0..=366))]
    pub max_stay: Option<u16>,
    /// Let nobody new arrive on them.
    #[arg(long, value_name = "on|off", value_parser = switch)]
    pub closed_to_arrival: Option<bool>,
    /// Let nobody new depart on them.
    #[arg(long, value_name = "on|off", value_parser = switch)]
    pub closed_to_departure: Option<bool>,
}

#[derive(Debug, Subcommand)]
pub enum RoomTypeCmd {
    /// Add a type as a draft.
    Add {
        code: RoomTypeCode,
        #[arg(long)]
        name: Name,
        #[arg(long, value_parser = clap::value_parser!(i32).range(0..=1_000_000))]
        rooms: i32,
        #[arg(long)]
        rank: Option<u32>,
        #[arg(long, allow_negative_numbers = true)]
        overbooking: Option<i32>,
    },
    /// Give it another name.
    Rename { code: RoomTypeCode, name: Name },
    /// Give it another rank.
    Rank { code: RoomTypeCode, rank: u32 },
    /// Put a draft on sale.
    Sell { code: RoomTypeCode },
    /// Stop selling it.
    Stop { code: RoomTypeCode },
    /// Retire it from a night on.
    Retire {
        code: RoomTypeCode,
        /// The first night without it [default: the business date].
        #[arg(long, value_name = "DATE")]
        from: Option<Night>,
    },
    /// Sell a stopped or retired type again.
    Reactivate { code: RoomTypeCode },
    /// Every type.
    List,
}
