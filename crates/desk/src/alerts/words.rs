//! An alert as a sentence for a person.

use keyrack_store::AlertEntry;
use keyrack_words::Words;
use serde_json::Value;

/// What an alert says.
pub fn sentence(alert: &AlertEntry) -> String {
    let words = Words::here();
    let facts: Value = serde_json::from_str(&alert.facts).unwrap_or_default();
    let number = |name: &str| facts[name].as_i64().unwrap_or_default();
    let word = |name: &str| facts[name].as_str().unwrap_or_default();
    let nights = alert.nights.map_or_else(String::new, |nights| {
        let id = if nights.len() == 1 {
            "alert-on-night"
        } else {
            "alert-on-nights"
        };
        words
            .say(id)
            .with("count", nights.len())
            .with("from", nights.from.to_string())
            .text()
    });
    let id = format!("alert-{}", alert.kind.replace('_', "-"));
    let rooms = match alert.kind.as_str() {
        "low" => number("rooms_left"),
        "below_zero" => -number("rooms_left"),
        _ => number("rooms"),
    };
    let with_facts = |id: &str| {
        let mut say = words
            .say(id)
            .with("subject", alert.subject.as_str())
            .with("nights", nights.clone())
            .with("rooms", rooms)
            .with("failed", number("failed"))
            .with("refused", number("refused"))
            .with("attempts", number("attempts"));
        for fact in ["night", "since", "about", "check", "error"] {
            say = say.with(fact, word(fact).to_owned());
        }
        let kind = match word("kind") {
            "" => alert.kind.as_str(),
            job => job,
        };
        say.with("kind", kind.to_owned())
    };
    with_facts(&id)
        .known()
        .unwrap_or_else(|| with_facts("alert-other").text())
}
