//! A new reservation: who comes, what they pay, and what of it is kept beside the command.

use keyrack_inventory::GuestId;
use keyrack_inventory::command::{NewStay, Reserve};
use keyrack_inventory::model::BookingDetails;
use keyrack_store::GuestRow;

use super::{Beside, DEFAULT_ADULTS, stay};
use crate::api::{Guest, NewReservation};
use crate::card_number;
use crate::error::DeskError;

/// A price a night, in minor units: whole stays add up without a limit being met.
pub(crate) const MOST_PRICE: i64 = 1_000_000_000_000;
const LONGEST_NAME: usize = 200;

/// A new reservation, with its guest's row beside it.
pub(super) fn reserve(new: &NewReservation, beside: &mut Beside) -> Result<Reserve, DeskError> {
    let guest = keep_guest(&new.guest, beside)?;
    // These words stand in events, which are never erased.
    for (what, word) in [("A source", &new.source), ("A meal", &new.meal)] {
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
        return Err(DeskError::BadInput(format!(
            "A price or cost is 0 to {MOST_PRICE} minor units a night."
        )));
    }
    check_priced(prices, new)?;
    if new.adults == Some(0) && new.children.unwrap_or(0) == 0 {
        return Err(DeskError::bad_input(
            "Nobody comes: give at least one adult or one child.",
        ));
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
            guarantee: beside.text("A guarantee", new.guarantee.as_ref())?,
            notes: beside.text("Notes", new.notes.as_ref())?,
            attributes: Default::default(),
        },
        tentative: new.tentative.unwrap_or(false) || new.option_until.is_some(),
        option_until: new.option_until,
        hold: new.hold.clone(),
        allotment: new.allotment.clone(),
        walk_in: new.walk_in.unwrap_or(false),
        waitlist: new.waitlist.unwrap_or(false),
    })
}

/// A price that would be left out is a mistake of whoever gave it.
fn check_priced(prices: &[crate::api::Price], new: &NewReservation) -> Result<(), DeskError> {
    for (at, price) in prices.iter().enumerate() {
        let code = price.room_type;
        if prices[..at].iter().any(|other| other.room_type == code) {
            return Err(DeskError::BadInput(format!(
                "{code} has two prices: give one for each type."
            )));
        }
        if new.stays.iter().all(|stay| stay.room_type != code) {
            return Err(DeskError::BadInput(format!(
                "{code} has a price, and no stay is of that type."
            )));
        }
    }
    Ok(())
}

/// Keeps a guest's row beside the command.
pub(super) fn keep_guest(given: &Guest, beside: &mut Beside) -> Result<GuestId, DeskError> {
    let name = given.name.trim();
    if name.is_empty() || name.chars().count() > LONGEST_NAME {
        return Err(DeskError::BadInput(format!(
            "A guest's name has 1 to {LONGEST_NAME} characters."
        )));
    }
    card_number::refuse("A guest's name", name)?;
    let id = GuestId::derived(beside.id, 0);
    let contact = |text: &Option<String>| {
        text.as_ref()
            .map(|text| text.trim().to_owned())
            .filter(|text| !text.is_empty())
    };
    for text in [&given.phone, &given.email].into_iter().flatten() {
        if text.chars().count() > LONGEST_NAME {
            return Err(DeskError::BadInput(format!(
                "A phone or an e-mail has at most {LONGEST_NAME} characters."
            )));
        }
    }
    let (phone, email) = (contact(&given.phone), contact(&given.email));
    card_number::refuse_phone(phone.as_deref().unwrap_or_default())?;
    card_number::refuse("An e-mail", email.as_deref().unwrap_or_default())?;
    beside.guests.push(GuestRow {
        id,
        name: name.to_owned(),
        phone,
        email,
    });
    Ok(id)
}
