//! An alert as a sentence for a person.

use keyrack_store::AlertEntry;
use serde_json::Value;

/// What an alert says.
pub fn sentence(alert: &AlertEntry) -> String {
    let facts: Value = serde_json::from_str(&alert.facts).unwrap_or_default();
    let number = |name: &str| facts[name].as_i64().unwrap_or_default();
    let word = |name: &str| facts[name].as_str().unwrap_or_default();
    let nights = alert.nights.map_or_else(String::new, |nights| {
        if nights.len() == 1 {
            format!("on {}", nights.from)
        } else {
            format!("on the {} nights from {}", nights.len(), nights.from)
        }
    });
    let subject = &alert.subject;
    match alert.kind.as_str() {
        "low" => format!(
            "{subject}: few rooms are left {nights}, {} on {}.",
            number("rooms_left"),
            word("night")
        ),
        "sold_out" => format!("{subject}: no room is left {nights}."),
        "below_zero" => format!(
            "{subject}: more rooms are promised than there are {nights}, {} too many on {}.",
            -number("rooms_left"),
            word("night")
        ),
        "walk_risk" => format!(
            "If all come, {} rooms are missing in the house {nights}, upgrades counted in.",
            number("rooms")
        ),
        "failed_sales" => format!("{} sales failed in the last hour.", number("failed")),
        "refusals" => format!(
            "{} of {} commands were refused in the last hour.",
            number("refused"),
            number("attempts")
        ),
        "backup_old" => format!(
            "The last good backup is too old: nothing is covered since {}.",
            word("since")
        ),
        "backup_failed" => format!("The last backup failed: {}.", word("about")),
        "verify_failed" => format!("The file does not verify: {}.", word("check")),
        "job_parked" => format!(
            "The job {} failed too often: {}",
            word("kind"),
            word("error")
        ),
        other => format!("{other}: {subject} {nights}"),
    }
}
