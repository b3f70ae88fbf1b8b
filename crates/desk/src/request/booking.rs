//! A new reservation: who comes, what they pay, and what of it is kept beside the command.

use std::collections::BTreeSet;

use keyrack_inventory::command::{Detail, DetailsChange, NewStay, Reserve};
use keyrack_inventory::event::Party;
use keyrack_inventory::model::BookingDetails;
use keyrack_inventory::{Command, GuestId, RoomNumber, RoomTypeCode, Token};
use keyrack_store::GuestRow;
use keyrack_words::{Say, Words};

use super::{Beside, DEFAULT_ADULTS, stay};
use crate::api::{Guest, NewDetails, NewReservation};
use crate::card_number;
use crate::error::DeskError;

/// A price a night, in minor units: whole stays add up without a limit being met.
pub(crate) const MOST_PRICE: i64 = 1_000_000_000_000;
const LONGEST_NAME: usize = 200;

/// A new reservation, with its guest's row beside it.
pub(super) fn reserve(new: &NewReservation, beside: &mut Beside) -> Result<Reserve, DeskError> {
    let guest = keep_guest(&new.guest, beside)?;
    // These words stand in events, which are never erased.
    for (what, word) in [("what-source", &new.source), ("what-meal", &new.meal)] {
        card_number::refuse(what, word.as_ref().map_or("", |word| word.as_str()))?;
    }
    let number = new.external_number.as_ref();
    card_number::refuse_issued(number.map_or("", |number| number.as_str()))?;
    let prices = new.prices.as_deref().unwrap_or_default();
    if prices
        .iter()
        .flat_map(|price| [Some(price.amount), price.cost])
        .flatten()
        .any(|amount| !(0..=MOST_PRICE).contains(&amount))
    {
        let range = Words::here().say("bad-price");
        return Err(DeskError::said(range.with("most", MOST_PRICE)));
    }
    check_priced(prices, new)?;
    if new.adults == Some(0) && new.children.unwrap_or(0) == 0 {
        return Err(DeskError::said(Words::here().say("bad-nobody")));
    }
    let price = |code| prices.iter().find(|price| price.room_type == code);
    let stays = new.stays.iter().map(|request| NewStay {
        request: stay(request),
        price: price(request.room_type).map(|price| price.amount),
        cost: price(request.room_type).and_then(|price| price.cost),
        assigned: None,
    });
    Ok(Reserve {
        stays: stays.collect(),
        details: BookingDetails {
            guest: Some(guest),
            source: new.source.clone(),
            external_number: new.external_number.clone(),
            adults: new.adults.unwrap_or(DEFAULT_ADULTS),
            children: new.children.unwrap_or(0),
            meal: new.meal.clone(),
            guarantee: beside.text("what-guarantee", new.guarantee.as_ref())?,
            notes: beside.text("what-notes", new.notes.as_ref())?,
            attributes: Default::default(),
        },
        tentative: new.tentative.unwrap_or(false) || new.option_until.is_some(),
        option_until: new.option_until,
        hold: new.hold.clone(),
        allotment: new.allotment.clone(),
        walk_in: new.walk_in.unwrap_or(false),
        room: walk_in_room(new)?,
        waitlist: new.waitlist.unwrap_or(false),
    })
}

/// What is known of a booking beside its stays, put right; a new guest's row beside it.
pub(super) fn set_details(new: &NewDetails, beside: &mut Beside) -> Result<Command, DeskError> {
    let guest = new.guest.as_ref().map(|guest| keep_guest(guest, beside));
    let people = match (new.adults, new.children) {
        (None, None) => None,
        (Some(0), Some(0)) => return Err(DeskError::said(Words::here().say("bad-nobody"))),
        (Some(adults), Some(children)) => Some(Party { adults, children }),
        _ => return Err(DeskError::said(Words::here().say("bad-half-party"))),
    };
    let mut without = BTreeSet::new();
    let mut is_taken = |detail, given: &Option<String>| {
        if given.as_ref().is_some_and(|text| text.trim().is_empty()) {
            without.insert(detail);
        }
    };
    is_taken(Detail::Meal, &new.meal);
    is_taken(Detail::Guarantee, &new.guarantee);
    is_taken(Detail::Notes, &new.notes);
    let meal = new.meal.as_deref().map(str::trim);
    let meal = meal.filter(|meal| !meal.is_empty());
    let meal = meal.map(|meal| {
        card_number::refuse("what-meal", meal)?;
        meal.parse::<Token>().map_err(DeskError::bad_input)
    });
    let change = DetailsChange {
        guest: guest.transpose()?,
        people,
        meal: meal.transpose()?,
        guarantee: beside.text("what-guarantee", new.guarantee.as_ref())?,
        notes: beside.text("what-notes", new.notes.as_ref())?,
        without,
    };
    if change == DetailsChange::default() {
        return Err(DeskError::said(Words::here().say("bad-no-details")));
    }
    let id = new.id.clone();
    Ok(Command::SetDetails { id, change })
}

/// A room is given to who is in the house.
fn walk_in_room(new: &NewReservation) -> Result<Option<RoomNumber>, DeskError> {
    if new.room.is_some() && new.walk_in != Some(true) {
        return Err(DeskError::said(Words::here().say("bad-room-before")));
    }
    super::rooms::one(new.room.as_ref())
}

/// A price that would be left out is a mistake of whoever gave it.
fn check_priced(prices: &[crate::api::Price], new: &NewReservation) -> Result<(), DeskError> {
    for (at, price) in prices.iter().enumerate() {
        let code = price.room_type;
        if prices[..at].iter().any(|other| other.room_type == code) {
            return Err(DeskError::said(of_type("bad-two-prices", code)));
        }
        if new.stays.iter().all(|stay| stay.room_type != code) {
            return Err(DeskError::said(of_type("bad-price-alone", code)));
        }
    }
    Ok(())
}

fn of_type(message: &str, code: RoomTypeCode) -> Say<'static> {
    Words::here().say(message).with("type", code.to_string())
}

/// Keeps a guest's row beside the command.
pub(super) fn keep_guest(given: &Guest, beside: &mut Beside) -> Result<GuestId, DeskError> {
    let name = given.name.trim();
    if name.is_empty() || name.chars().count() > LONGEST_NAME {
        let range = Words::here().say("bad-guest-name");
        return Err(DeskError::said(range.with("most", LONGEST_NAME)));
    }
    card_number::refuse("what-guest-name", name)?;
    let id = GuestId::derived(beside.id, 0);
    let contact = |text: &Option<String>| {
        text.as_ref()
            .map(|text| text.trim().to_owned())
            .filter(|text| !text.is_empty())
    };
    for (what, text) in [("what-phone", &given.phone), ("what-email", &given.email)] {
        let length = text.as_ref().map_or(0, |text| text.chars().count());
        if length > LONGEST_NAME {
            let long = Words::here().say("bad-contact").of(what);
            return Err(DeskError::said(long.with("most", LONGEST_NAME)));
        }
    }
    let (phone, email) = (contact(&given.phone), contact(&given.email));
    card_number::refuse_phone(phone.as_deref().unwrap_or_default())?;
    card_number::refuse("what-email", email.as_deref().unwrap_or_default())?;
    beside.guests.push(GuestRow {
        id,
        name: name.to_owned(),
        phone,
        email,
    });
    Ok(id)
}
