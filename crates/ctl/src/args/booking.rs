//! A booking that is made, and bookings that are listed.

use clap::{Args, ValueEnum};
use keyrack_desk::api::StayRequest;
use keyrack_inventory::{
    AllotmentId, HoldId, Night, Reference, ReservationId, RoomNumber, RoomTypeCode, StayStatus,
    Token,
};

use crate::parse::{price, stay, stay_status};

pub const RESERVE_EXAMPLES: &str = "\
Examples:
  keyrackctl reserve DBL:2026-06-10:2026-06-12 --guest 'Ada Lovelace' --price DBL=120.50
  keyrackctl reserve DBL:2026-06-10:2026-06-12:2 SGL:2026-06-10:2026-06-11 --guest 'Ada Lovelace' \\
    --adults 5 --option-until 2026-06-01";
pub const LIST_EXAMPLES: &str = "\
Examples:
  keyrackctl reservation list --arriving 2026-06-10 --status confirmed
  keyrackctl --json reservation list --min-total 500.00 --sort highest-value --limit 20";

#[derive(Debug, Args)]
pub struct ReserveArgs {
    /// CODE:ARRIVAL:DEPARTURE[:ROOMS]
    #[arg(required = true, value_name = "STAY", value_parser = stay)]
    pub stays: Vec<StayRequest>,
    /// The guest's name.
    #[arg(long)]
    pub guest: String,
    /// The guest's phone.
    #[arg(long, value_name = "TEXT")]
    pub phone: Option<String>,
    /// The guest's e-mail.
    #[arg(long, value_name = "TEXT")]
    pub email: Option<String>,
    /// Adults in all stays together [default: 2].
    #[arg(long, value_name = "N")]
    pub adults: Option<u16>,
    /// Children in all stays together [default: 0].
    #[arg(long, value_name = "N")]
    pub children: Option<u16>,
    /// Price a night, like A=120.50.
    #[arg(long, value_name = "CODE=AMOUNT", value_parser = price)]
    pub price: Vec<(RoomTypeCode, String)>,
    /// What a night costs the hotel, like A=35; for a type that has a price.
    #[arg(long, value_name = "CODE=AMOUNT", value_parser = price)]
    pub cost: Vec<(RoomTypeCode, String)>,
    /// Where the booking came from, like phone or booking.com.
    #[arg(long, value_name = "WORD")]
    pub source: Option<Token>,
    /// Its number in another system.
    #[arg(long, value_name = "WORD")]
    pub external_number: Option<Token>,
    /// The meal plan, like BB or HB.
    #[arg(long, value_name = "WORD")]
    pub meal: Option<Token>,
    /// A note for the desk; the guest does not see it.
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
    /// Tentative: rooms are kept until it is confirmed or its option is over.
    #[arg(long)]
    pub tentative: bool,
    /// The last date of the option; makes it tentative.
    #[arg(long, value_name = "DATE")]
    pub option_until: Option<Night>,
    /// What guarantees it, in words: never the number of a card. A guest who does not come is kept.
    #[arg(long, value_name = "TEXT")]
    pub guarantee: Option<String>,
    /// The hold that becomes it: all of its rooms, or fewer of them.
    #[arg(long, value_name = "ID")]
    pub hold: Option<Reference<HoldId>>,
    /// The allotment from which it is picked up.
    #[arg(long, value_name = "ID")]
    pub allotment: Option<Reference<AllotmentId>>,
    /// Check in at once.
    #[arg(long)]
    pub walk_in: bool,
    /// The room's number of a walk-in.
    #[arg(long, value_name = "TEXT", requires = "walk_in")]
    pub room: Option<RoomNumber>,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum Sort {
    #[default]
    Newest,
    HighestValue,
    Arrival,
}

#[derive(Debug, Args)]
pub struct ListArgs {
    /// With a night in [FROM, TO): the first.
    #[arg(long, value_name = "DATE")]
    pub from: Option<Night>,
    /// With a night in [FROM, TO): the one after the last.
    #[arg(long, value_name = "DATE")]
    pub to: Option<Night>,
    /// Arriving on this date.
    #[arg(long, value_name = "DATE")]
    pub arriving: Option<Night>,
    /// Departing on this date.
    #[arg(long, value_name = "DATE")]
    pub departing: Option<Night>,
    /// Checked in.
    #[arg(long)]
    pub in_house: bool,
    /// In this status, like confirmed or no_show.
    #[arg(long, value_parser = stay_status)]
    pub status: Option<StayStatus>,
    /// Part of the guest's name, or of the number.
    #[arg(long, value_name = "TEXT")]
    pub guest: Option<String>,
    /// Costing at least this in all, like 500.00.
    #[arg(long, value_name = "AMOUNT")]
    pub min_total: Option<String>,
    /// Costing at most this in all.
    #[arg(long, value_name = "AMOUNT")]
    pub max_total: Option<String>,
    /// What comes first.
    #[arg(long, value_enum, default_value_t)]
    pub sort: Sort,
    /// How many a page has, 1 to 1,000.
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub limit: u32,
    /// Where the page before ended: its `next`.
    #[arg(long)]
    pub cursor: Option<String>,
}

/// What shall be known of a booking; what is left out stays as it is, and an empty text is taken away.
#[derive(Debug, Args)]
pub struct DetailsArgs {
    pub id: Reference<ReservationId>,
    /// Who comes. The guest is given whole: with the phone and the e-mail that shall stand there.
    #[arg(long, value_name = "NAME")]
    pub guest: Option<String>,
    /// The guest's phone.
    #[arg(long, value_name = "NUMBER", requires = "guest")]
    pub phone: Option<String>,
    /// The guest's e-mail.
    #[arg(long, value_name = "ADDRESS", requires = "guest")]
    pub email: Option<String>,
    /// Adults; given with --children.
    #[arg(long, value_name = "N", requires = "children")]
    pub adults: Option<u16>,
    /// Children; given with --adults.
    #[arg(long, value_name = "N", requires = "adults")]
    pub children: Option<u16>,
    /// The meal plan, like BB or HB.
    #[arg(long, value_name = "WORD")]
    pub meal: Option<String>,
    /// The guarantee, in words.
    #[arg(long, value_name = "TEXT")]
    pub guarantee: Option<String>,
    /// The note for the desk; the guest does not see it.
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
}
