//! Single arguments: stays, ranges, prices, reasons.

use std::fmt;

use keyrack_desk::api::{ReasonGiven, StayRequest};
use keyrack_desk::centre::TokenStore;
use keyrack_desk::door::Role;
use keyrack_inventory::command::Permission;
use keyrack_inventory::{AllotmentKind, NightRange, ReasonCode, RoomTypeCode, StayStatus, Token};

/// Why a text is not the argument it should be.
#[derive(Debug)]
pub struct NotAnArgument(String);

impl fmt::Display for NotAnArgument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NotAnArgument {}

/// What the domain says of a text that it cannot read.
fn unreadable<T: fmt::Display>(error: T) -> NotAnArgument {
    NotAnArgument(error.to_string())
}

pub fn actor(text: &str) -> Result<String, NotAnArgument> {
    let token: Token = text
        .parse()
        .map_err(unreadable::<keyrack_inventory::ids::Malformed>)?;
    Ok(token.to_string())
}

pub fn token_store(text: &str) -> Result<TokenStore, NotAnArgument> {
    TokenStore::from_word(text).ok_or_else(|| unreadable("it is keyring or file"))
}

pub fn stay(text: &str) -> Result<StayRequest, NotAnArgument> {
    let parts: Vec<&str> = text.split(':').collect();
    let (code, arrival, departure, rooms) = match parts.as_slice() {
        [code, arrival, departure] => (code, arrival, departure, "1"),
        [code, arrival, departure, rooms] => (code, arrival, departure, *rooms),
        _ => return Err(unreadable("a stay is CODE:ARRIVAL:DEPARTURE[:ROOMS]")),
    };
    Ok(StayRequest {
        room_type: code
            .parse()
            .map_err(unreadable::<keyrack_inventory::ids::Malformed>)?,
        arrival: arrival
            .parse()
            .map_err(unreadable::<keyrack_inventory::civil::NotADate>)?,
        departure: departure
            .parse()
            .map_err(unreadable::<keyrack_inventory::civil::NotADate>)?,
        rooms: rooms
            .parse()
            .map_err(|_| unreadable(format!("\"{rooms}\" is not a number of rooms")))?,
    })
}

pub fn range(text: &str) -> Result<NightRange, NotAnArgument> {
    let (from, to) = text
        .split_once("..")
        .ok_or_else(|| unreadable("a range of nights is FROM..TO"))?;
    Ok(NightRange::new(
        from.parse()
            .map_err(unreadable::<keyrack_inventory::civil::NotADate>)?,
        to.parse()
            .map_err(unreadable::<keyrack_inventory::civil::NotADate>)?,
    ))
}

pub fn price(text: &str) -> Result<(RoomTypeCode, String), NotAnArgument> {
    let (code, amount) = text
        .split_once('=')
        .ok_or_else(|| unreadable("a price is CODE=AMOUNT"))?;
    let code = code
        .parse()
        .map_err(unreadable::<keyrack_inventory::ids::Malformed>)?;
    Ok((code, amount.to_owned()))
}

pub fn reason(text: &str) -> Result<ReasonGiven, NotAnArgument> {
    let (code, words) = match text.split_once(':') {
        Some((code, words)) => (code, Some(words.to_owned())),
        None => (text, None),
    };
    let known: ReasonCode = serde_json::from_value(serde_json::Value::String(code.to_owned()))
        .map_err(|_| {
            unreadable(
                "a reason is guest, no_payment, duplicate, overbooked, agent, weather, error or \
                 other, with :TEXT",
            )
        })?;
    Ok(ReasonGiven {
        code: known,
        text: words,
    })
}

pub fn stay_status(text: &str) -> Result<StayStatus, NotAnArgument> {
    let words = || StayStatus::ALL.map(StayStatus::as_str).join(", ");
    StayStatus::from_word(text).ok_or_else(|| unreadable(format!("a status is one of {}", words())))
}

pub fn allotment_kind(text: &str) -> Result<AllotmentKind, NotAnArgument> {
    let words = || AllotmentKind::ALL.map(AllotmentKind::as_str).join(", ");
    AllotmentKind::from_word(&text.replace('-', "_"))
        .ok_or_else(|| unreadable(format!("a kind is one of {}", words())))
}

pub fn switch(text: &str) -> Result<bool, NotAnArgument> {
    match text {
        "on" => Ok(true),
        "off" => Ok(false),
        _ => Err(unreadable("it is on or off")),
    }
}

pub fn role(text: &str) -> Result<Role, NotAnArgument> {
    let words = || Role::ALL.map(Role::as_str).join(", ");
    Role::from_word(text).ok_or_else(|| unreadable(format!("a role is one of {}", words())))
}

pub fn permission(text: &str) -> Result<Permission, NotAnArgument> {
    let words = || Permission::ALL.map(Permission::as_str).join(", ");
    let known = Permission::from_word(text);
    known.ok_or_else(|| unreadable(format!("a permission is one of {}", words())))
}
