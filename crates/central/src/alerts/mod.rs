//! Alerts: what is amiss with a property is opened once, told to who wants to hear of it, and closes by itself.
//!
//! Invariants: an alert is open once for a property, a kind and a desk, whatever number of processes look, and a deficit that
//! grew, or is of another night, closes it and opens another, as more walks do; each of those
//! who are told gets each message at least once, under the same id, the opening before the close; no message holds what a
//! guest is called, or what a person typed.

mod mail;
mod send;
mod webhook;
mod work;

use keyrack_inventory::{Instant, Night};

use crate::ledger::{AlertRow, DeskRow, Overview};

pub use mail::Mail;
pub use send::{Target, Targets, Told, Unsent};
pub use webhook::{Webhook, WebhookSecret};
pub use work::{deliver, forever, look};

/// For how long a command counts that a desk parked, and that keeps no room apart.
const PARKED_MS: i64 = 3_600_000;
/// What was not compared for so long, in hours, is amiss however rarely it should be.
const COMPARED_HOURS: u32 = 72;

/// What can be amiss.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AlertKind {
    /// More is promised than there is.
    Deficit,
    /// A desk has what the centre could not read.
    CommandsParked,
    /// A desk was not heard for long.
    DeskSilent,
    /// A desk was declared lost and has not come back.
    DeskLost,
    /// Two copies of a desk are in use.
    DeskExistsTwice,
    /// Somebody has an old token of a desk.
    DeskTokenReused,
    /// What is stored does not follow from the feed.
    StoredWrong,
    /// Nobody has looked for long whether it does.
    NotCompared,
    /// A guest is on his way to another property, and it does not go on.
    WalkStuck,
    /// A walk was left to people.
    WalkLeft,
}

impl AlertKind {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Deficit,
        Self::CommandsParked,
        Self::DeskSilent,
        Self::DeskLost,
        Self::DeskExistsTwice,
        Self::DeskTokenReused,
        Self::StoredWrong,
        Self::NotCompared,
        Self::WalkStuck,
        Self::WalkLeft,
    ];

    /// Its name, in messages and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Deficit => "deficit",
            Self::CommandsParked => "commands_parked",
            Self::DeskSilent => "desk_silent",
            Self::DeskLost => "desk_lost",
            Self::DeskExistsTwice => "desk_exists_twice",
            Self::DeskTokenReused => "desk_token_reused",
            Self::StoredWrong => "stored_wrong",
            Self::NotCompared => "not_compared",
            Self::WalkStuck => "walk_stuck",
            Self::WalkLeft => "walk_left",
        }
    }

    /// The kind of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// Whether more of it is told of again: each room, and each guest, is one that somebody has to see to.
    pub fn is_told_again(self) -> bool {
        matches!(self, Self::Deficit | Self::WalkStuck | Self::WalkLeft)
    }

    /// What is amiss, as a sentence.
    fn sentence(self, property: &str, desk: &str, count: u64) -> String {
        match self {
            Self::Deficit => {
                let nights = counted(count, "room night", "room nights");
                format!("{property} has promised {nights} more than there are.")
            }
            Self::CommandsParked => {
                let nights = counted(count, "room night is", "room nights are");
                format!("A desk of {property} gave up sending commands; {nights} kept apart.")
            }
            Self::DeskSilent => {
                let minutes = counted(count, "minute", "minutes");
                format!("Desk {desk} of {property} was last heard {minutes} ago.")
            }
            Self::DeskLost => format!("Desk {desk} of {property} is lost."),
            Self::DeskExistsTwice => format!("Two copies of desk {desk} of {property} are in use."),
            Self::DeskTokenReused => {
                format!("Somebody showed an old token of desk {desk} of {property}.")
            }
            Self::StoredWrong => {
                let checks = counted(count, "check", "checks");
                format!(
                    "What is stored of {property} does not follow from its feed: {checks} failed."
                )
            }
            Self::NotCompared => {
                let hours = counted(count, "hour", "hours");
                format!("{property} was last compared with its feed {hours} ago.")
            }
            Self::WalkStuck => {
                let walks = counted(count, "walk", "walks");
                format!("Guests who are walked from {property} do not get on: {walks}.")
            }
            Self::WalkLeft => {
                let walks = counted(count, "walk", "walks");
                format!(
                    "Guests of {property} have bookings in two houses, which people have to see to: {walks}."
                )
            }
        }
    }
}

/// How many there are, in words.
fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// From when on something is amiss.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// A desk may be silent for so many minutes.
    pub silent_minutes: u32,
    /// Each property should be compared with its feed once in so many hours; 0 for never.
    pub verify_hours: u32,
}

/// An alert that should be open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// What is amiss.
    pub kind: AlertKind,
    /// The letters of the desk that it is about; nothing where it is about the property.
    pub desk: String,
    /// How much it is, in what the kind's sentence counts.
    pub count: u64,
    /// Of a deficit, the pools and nights of which it is.
    pub places: Vec<String>,
}

/// Pools and nights that a sentence names at most.
const NAMED_AT_MOST: usize = 5;

impl Wanted {
    /// What is amiss, as a sentence; of a deficit with the types and nights of which it is.
    pub fn sentence(&self, property: &str) -> String {
        let said = self.kind.sentence(property, &self.desk, self.count);
        let places: Vec<String> = self.places.iter().map(|place| named(place)).collect();
        let (first, more) = places.split_at(places.len().min(NAMED_AT_MOST));
        match (first, more.len()) {
            ([], _) => said,
            (first, 0) => format!("{said} {}.", first.join(", ")),
            (first, more) => format!("{said} {} and {more} more.", first.join(", ")),
        }
    }

    /// Whether it is more than what was seen last, or elsewhere: then whoever was told has to hear of it again.
    fn exceeds(&self, seen: &AlertRow) -> bool {
        let elsewhere = |place: &String| !seen.what.places.contains(place);
        self.kind.is_told_again() && (self.count > seen.latest || self.places.iter().any(elsewhere))
    }
}

/// A pool and a night for people: `DBL on 2026-06-03`.
fn named(place: &str) -> String {
    let parts = place.rsplit_once(' ');
    let night =
        parts.and_then(|(pool, day)| Some((pool, Night::from_day_number(day.parse().ok()?)?)));
    match night {
        Some((pool, night)) => format!("{pool} on {night}"),
        None => place.to_owned(),
    }
}

/// What is amiss with a property as it stands.
pub fn wanted(stands: &Overview, bounds: Bounds, now: Instant) -> Vec<Wanted> {
    let since = |at: Instant| (now.millis() - at.millis()).max(0);
    let parked_lately = stands.parked_at.is_some_and(|at| since(at) < PARKED_MS);
    let (compared_at, wrong) = stands.verified;
    let unseen_hours = since(compared_at).unsigned_abs() / 3_600_000;
    let longest = u64::from(bounds.verify_hours.saturating_mul(3).max(COMPARED_HOURS));
    let all = [
        (AlertKind::Deficit, stands.deficit > 0, stands.deficit),
        (
            AlertKind::CommandsParked,
            parked_lately || stands.apart > 0,
            stands.apart,
        ),
        (AlertKind::StoredWrong, wrong > 0, wrong),
        (
            AlertKind::NotCompared,
            bounds.verify_hours > 0 && unseen_hours > longest,
            unseen_hours,
        ),
        (AlertKind::WalkStuck, stands.walks.0 > 0, stands.walks.0),
        (AlertKind::WalkLeft, stands.walks.1 > 0, stands.walks.1),
    ];
    let of_property = all.into_iter().filter(|(_, is, _)| *is);
    let of_property = of_property.map(|(kind, _, count)| Wanted {
        kind,
        desk: String::new(),
        count,
        places: match kind {
            AlertKind::Deficit => stands.deficits.clone(),
            _ => Vec::new(),
        },
    });
    let desks = stands.desks.iter();
    let of_desks = desks.flat_map(|(desk, _)| about(desk, bounds, now));
    of_property.chain(of_desks).collect()
}

/// What is amiss with a desk.
fn about(desk: &DeskRow, bounds: Bounds, now: Instant) -> Vec<Wanted> {
    if desk.is_revoked {
        return Vec::new();
    }
    let silent = desk
        .seen_at
        .map_or(0, |at| (now.millis() - at.millis()).max(0) / 60_000);
    let is_silent = !desk.is_lost && silent >= i64::from(bounds.silent_minutes);
    let all = [
        (AlertKind::DeskSilent, is_silent, silent.unsigned_abs()),
        (AlertKind::DeskLost, desk.is_lost, 1),
        (AlertKind::DeskExistsTwice, desk.is_forked, 1),
        (AlertKind::DeskTokenReused, desk.is_reused, 1),
    ];
    let found = all.into_iter().filter(|(_, is, _)| *is);
    let found = found.map(|(kind, _, count)| Wanted {
        kind,
        desk: desk.letters.as_str().to_owned(),
        count,
        places: Vec::new(),
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_counted_as_one() {
        for (kind, one, many) in [
            (AlertKind::DeskSilent, "1 minute ago.", "2 minutes ago."),
            (
                AlertKind::StoredWrong,
                "1 check failed.",
                "2 checks failed.",
            ),
            (AlertKind::NotCompared, "1 hour ago.", "2 hours ago."),
            (AlertKind::WalkStuck, "1 walk.", "2 walks."),
            (
                AlertKind::CommandsParked,
                "1 room night is kept apart.",
                "2 room nights are kept apart.",
            ),
        ] {
            for (count, end) in [(1, one), (2, many)] {
                let said = kind.sentence("H1", "B", count);
                assert!(said.ends_with(end), "{said}");
            }
        }
    }
}
