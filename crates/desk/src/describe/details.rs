//! What was put right of what is known of a booking beside its stays.

use keyrack_inventory::event::DetailsSet;
use keyrack_words::Words;

/// What is other than before, in a few words; with who stood there, where another guest does.
pub(crate) fn details(number: &str, set: &DetailsSet, former: Option<&str>) -> String {
    let words = Words::here();
    let (before, after) = (&set.before, &set.after);
    let people =
        |details: &keyrack_inventory::model::BookingDetails| (details.adults, details.children);
    let guest = words.say("detail-guest");
    let guest = match former {
        Some(former) => guest.with("before", former),
        None => guest.with("before", "none"),
    };
    let all = [
        (before.guest != after.guest, guest.text()),
        (
            people(before) != people(after),
            words.plain("detail-people"),
        ),
        (before.meal != after.meal, words.plain("detail-meal")),
        (
            before.guarantee != after.guarantee,
            words.plain("detail-guarantee"),
        ),
        (before.notes != after.notes, words.plain("detail-notes")),
    ];
    let changed = all
        .into_iter()
        .filter_map(|(is_other, what)| is_other.then_some(what));
    words
        .say("event-details")
        .with("number", number)
        .with("what", changed.collect::<Vec<_>>().join(", "))
        .text()
}
