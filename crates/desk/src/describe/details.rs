//! What was put right of what is known of a booking beside its stays.

use keyrack_inventory::event::DetailsSet;
use keyrack_inventory::model::BookingDetails;
use keyrack_store::{Numbers, Person};
use keyrack_words::Words;

/// Letters of a former text that are shown.
const SHOWN: usize = 80;

/// What is other than before, in a few words, each with what stood there where that is known.
pub(crate) fn details(number: &str, set: &DetailsSet, known: Option<&Numbers>) -> String {
    let words = Words::here();
    let (before, after) = (&set.before, &set.after);
    let mut changed = Vec::new();
    let mut tell = |is_other: bool, what: &str, was: Option<&str>| {
        if is_other {
            changed.push(told(what, was));
        }
    };
    let person = |details: &BookingDetails| known.and_then(|known| known.person(details.guest));
    match (person(before), person(after)) {
        (Some(was), Some(is)) if before.guest != after.guest => {
            let other = |of: fn(&Person) -> &str| of(was) != of(is);
            let phone = |person: &Person| -> String { person.phone.clone().unwrap_or_default() };
            let email = |person: &Person| -> String { person.email.clone().unwrap_or_default() };
            tell(
                other(|person| &person.name),
                "detail-guest",
                Some(&was.name),
            );
            tell(
                phone(was) != phone(is),
                "detail-phone",
                was.phone.as_deref(),
            );
            tell(
                email(was) != email(is),
                "detail-email",
                was.email.as_deref(),
            );
        }
        (was, _) => {
            let name = was.map(|was| was.name.as_str());
            tell(before.guest != after.guest, "detail-guest", name);
        }
    }
    let people = |details: &BookingDetails| format!("{} + {}", details.adults, details.children);
    let (were, are) = (people(before), people(after));
    tell(were != are, "detail-people", Some(&were));
    let meal = before.meal.as_ref().map(|meal| meal.as_str());
    tell(before.meal != after.meal, "detail-meal", meal);
    let text = |id| known.and_then(|known| known.text(id));
    let guarantee = text(before.guarantee);
    tell(
        before.guarantee != after.guarantee,
        "detail-guarantee",
        guarantee,
    );
    tell(
        before.notes != after.notes,
        "detail-notes",
        text(before.notes),
    );
    words
        .say("event-details")
        .with("number", number)
        .with("what", changed.join(", "))
        .text()
}

fn told(what: &str, was: Option<&str>) -> String {
    let words = Words::here();
    let what = words.plain(what);
    let Some(was) = was.filter(|was| !was.is_empty()) else {
        return what;
    };
    let mut shown: String = was.chars().take(SHOWN).collect();
    if shown.len() < was.len() {
        shown.push('…');
    }
    let told = words.say("detail-was").with("what", what);
    told.with("before", shown).text()
}
