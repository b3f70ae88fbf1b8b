//! What is read from outside, each as a target: any bytes may be given to it, and none makes it panic. What can be
//! read is written again and read again, and is the same.
//!
//! `fuzz/` gives them to cargo-fuzz; `tests/corpus.rs` gives them the files of `corpus/`, and seeded changes of those.

// The arguments of keyrackctl are its own; they are read here as it reads them.
#[path = "../../ctl/src/args/mod.rs"]
#[expect(dead_code, unused_imports, reason = "only read here")]
mod args;
#[path = "../../ctl/src/parse.rs"]
mod parse;

mod imports;
mod messages;

use std::fmt::{Debug, Display};
use std::str::FromStr;

use clap::Parser;
use keyrack_desk::money::Rates;
use keyrack_inventory::{
    Event, Instant, Name, Night, Reference, RoomNumber, RoomTypeCode, ShortNumber, StayReference,
    Token,
};

pub use imports::{imports, property};
pub use messages::messages;

/// A target: gives whether the bytes could be read.
pub type Target = fn(&[u8]) -> bool;

/// Every target, by the name of its folder in `corpus/`.
pub const TARGETS: [(&str, Target); 6] = [
    ("arguments", arguments),
    ("events", events),
    ("imports", imports),
    ("messages", messages),
    ("property", property),
    ("values", values),
];

/// A text whose lines are the arguments of `keyrackctl`.
pub fn arguments(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let words = std::iter::once("keyrackctl").chain(text.lines());
    let read = args::Cli::try_parse_from(words);
    // What was read can be told.
    read.is_ok_and(|read| !format!("{read:?}").is_empty())
}

/// A stored event: its type, its version, and in the next line its payload.
pub fn events(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let (head, payload) = text.split_once('\n').unwrap_or((&text, ""));
    let (name, version) = head.split_once(' ').unwrap_or((head, "1"));
    let Ok(event) = Event::from_stored(name, version.parse().unwrap_or(1), payload) else {
        return false;
    };
    let written = serde_json::to_string(&event).expect("an event can be written");
    let again = Event::from_stored(event.event_type(), event.schema_version(), &written);
    assert_eq!(again.as_ref(), Ok(&event), "{written}");
    true
}

/// A text, as any of the small values that people and messages write. Nearly any text is a name; that one is does not
/// count as read.
pub fn values(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let _any = [
        same::<Token>(&text),
        same::<Name>(&text),
        Rates::read(&text).is_ok(),
    ];
    let read = [
        same::<Night>(&text),
        same::<Instant>(&text),
        same::<RoomTypeCode>(&text),
        same::<RoomNumber>(&text),
        same::<ShortNumber>(&text),
        same::<StayReference>(&text),
        same::<Reference<keyrack_inventory::ReservationId>>(&text),
        parse::stay(&text).is_ok(),
        parse::range(&text).is_ok(),
    ];
    read.contains(&true)
}

/// What can be read is written so that the same is read again. Gives whether it could.
fn same<T: FromStr + Display + PartialEq + Debug>(text: &str) -> bool {
    let Ok(read) = text.parse::<T>() else {
        return false;
    };
    let written = read.to_string();
    let again = written.parse::<T>().ok();
    assert_eq!(
        again.as_ref(),
        Some(&read),
        "{text:?} is written as {written:?}"
    );
    true
}
