//! An alert as a sentence for a person.

use keyrack_inventory::state::Catalogue;
use keyrack_inventory::{Instant, Night, RoomTypeCode};
use keyrack_store::AlertEntry;
use keyrack_words::Words;
use serde_json::Value;

use crate::local;

/// What an alert says; room types are called by their names, and times are the hotel's.
pub fn sentence(alert: &AlertEntry, catalogue: &Catalogue) -> String {
    let words = Words::here();
    let facts: Value = serde_json::from_str(&alert.facts).unwrap_or_default();
    let number = |name: &str| facts[name].as_i64().unwrap_or_default();
    let word = |name: &str| facts[name].as_str().unwrap_or_default();
    let one_night = alert.nights.is_some_and(|nights| nights.len() == 1);
    let nights = alert.nights.map_or_else(String::new, |nights| {
        let id = match one_night {
            true => "alert-on-night",
            false => "alert-on-nights",
        };
        words
            .say(id)
            .with("count", nights.len())
            .with("from", words.night(nights.from))
            .text()
    });
    // Of one night the worst one is that night, and need not be said again.
    let id = match alert.kind.as_str() {
        "low" if one_night => "alert-low-night".to_owned(),
        "below_zero" if one_night => "alert-below-zero-night".to_owned(),
        kind => format!("alert-{}", kind.replace('_', "-")),
    };
    let rooms = match alert.kind.as_str() {
        "low" => number("rooms_left"),
        "below_zero" => -number("rooms_left"),
        _ => number("rooms"),
    };
    let worst: Option<Night> = word("night").parse().ok();
    let named = |prefix: &str, name: &str| {
        let known = words.say(&format!("{prefix}-{name}")).known();
        known.unwrap_or_else(|| name.replace('_', " "))
    };
    let kind = match word("kind") {
        "" => alert.kind.replace('_', " "),
        job => named("job", job),
    };
    let with_facts = |id: &str| {
        words
            .say(id)
            .with("subject", subject(alert, catalogue))
            .with("nights", nights.clone())
            .with("rooms", rooms)
            .with("failed", number("failed"))
            .with("refused", number("refused"))
            .with("attempts", number("attempts"))
            .with(
                "night",
                worst.map_or_else(String::new, |night| words.night(night)),
            )
            .with("since", when(word("since"), catalogue))
            .with("about", word("about").to_owned())
            .with("check", named("check", word("check")))
            .with("error", word("error").to_owned())
            .with("kind", kind.clone())
    };
    let known = with_facts(&id).known();
    let said = known.unwrap_or_else(|| with_facts("alert-other").text());
    match cause(&facts) {
        Some(cause) => format!("{said} {cause}"),
        None => said,
    }
}

/// What makes the figure of the worst night; what an earlier program opened does not tell it.
fn cause(facts: &Value) -> Option<String> {
    let words = Words::here();
    let rooms = facts["physical"].as_i64()?;
    let counts = ["out_of_order", "sold", "held", "blocked"];
    let counted = counts.iter().filter_map(|count| {
        let rooms = facts[count].as_i64().filter(|rooms| *rooms != 0)?;
        let id = format!("alert-count-{}", count.replace('_', "-"));
        Some(words.say(&id).with("rooms", rooms).text())
    });
    let counted: Vec<String> = counted.collect();
    if counted.is_empty() {
        return (rooms == 0).then(|| words.say("alert-cause-none").text());
    }
    let of = words.say("alert-cause").with("rooms", rooms);
    Some(of.with("counts", counted.join(", ")).text())
}

/// What it is about: a room type by its name.
fn subject(alert: &AlertEntry, catalogue: &Catalogue) -> String {
    let code: Option<RoomTypeCode> = alert.subject.parse().ok();
    let found = code.and_then(|code| catalogue.room_type(code));
    found.map_or_else(|| alert.subject.clone(), |found| found.name.to_string())
}

/// An instant by the hotel's clock, to the minute; what is none is said as it is written.
fn when(written: &str, catalogue: &Catalogue) -> String {
    let said = || {
        let at: Instant = written.parse().ok()?;
        let (date, time) = (
            local::date(&catalogue.property, at)?,
            local::time(&catalogue.property, at),
        );
        Some(format!(
            "{}, {}",
            Words::here().night(date),
            time.format("%H:%M")
        ))
    };
    said().unwrap_or_else(|| written.to_owned())
}
