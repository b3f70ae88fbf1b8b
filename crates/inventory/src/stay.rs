//! Stays: one room of one type from arrival to departure, each with its own status.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::civil::{Night, NightRange};
use crate::ids::{AllotmentId, RoomNumber, RoomTypeCode};

/// Where a stay stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum StayStatus {
    /// Waits for a room; takes none.
    Waitlisted,
    /// Taken until its option date.
    Tentative,
    /// Asked for beyond what the desk may promise; takes none.
    NeedsConfirmation,
    /// Promised.
    Confirmed,
    /// In house.
    CheckedIn,
    /// Gone.
    CheckedOut,
    /// Cancelled; takes none.
    Cancelled,
    /// Never came; takes none.
    NoShow,
}

impl StayStatus {
    /// Every status.
    pub const ALL: [Self; 8] = [
        Self::Waitlisted,
        Self::Tentative,
        Self::NeedsConfirmation,
        Self::Confirmed,
        Self::CheckedIn,
        Self::CheckedOut,
        Self::Cancelled,
        Self::NoShow,
    ];

    /// The word used in JSON, the database and the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waitlisted => "waitlisted",
            Self::Tentative => "tentative",
            Self::NeedsConfirmation => "needs_confirmation",
            Self::Confirmed => "confirmed",
            Self::CheckedIn => "checked_in",
            Self::CheckedOut => "checked_out",
            Self::Cancelled => "cancelled",
            Self::NoShow => "no_show",
        }
    }

    /// The status of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == word)
    }

    /// Whether a stay of this status takes rooms (docs/DOMAIN.md, `sold`).
    pub fn takes_inventory(self) -> bool {
        match self {
            Self::Tentative | Self::Confirmed | Self::CheckedIn | Self::CheckedOut => true,
            Self::Waitlisted | Self::NeedsConfirmation | Self::Cancelled | Self::NoShow => false,
        }
    }

    /// Whether its dates and type may still be changed.
    pub fn is_open(self) -> bool {
        match self {
            Self::Waitlisted
            | Self::Tentative
            | Self::NeedsConfirmation
            | Self::Confirmed
            | Self::CheckedIn => true,
            Self::CheckedOut | Self::Cancelled | Self::NoShow => false,
        }
    }
}

impl fmt::Display for StayStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.as_str().replace('_', " "))
    }
}

/// A step of a stay's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Transition {
    /// A room is there for somebody who waits: keep it until the option date.
    Offer,
    /// Promise it.
    Confirm,
    /// The guest is here.
    CheckIn,
    /// The guest has left.
    CheckOut,
    /// The check-in was a mistake.
    ReverseCheckIn,
    /// The check-out was a mistake.
    ReverseCheckOut,
    /// The guest does not want it any more.
    Cancel,
    /// The guest did not come.
    NoShow,
    /// The cancellation or no-show was a mistake.
    Reinstate,
}

impl Transition {
    /// Every transition.
    pub const ALL: [Self; 9] = [
        Self::Offer,
        Self::Confirm,
        Self::CheckIn,
        Self::CheckOut,
        Self::ReverseCheckIn,
        Self::ReverseCheckOut,
        Self::Cancel,
        Self::NoShow,
        Self::Reinstate,
    ];

    /// The word used in JSON, the database and the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Offer => "offer",
            Self::Confirm => "confirm",
            Self::CheckIn => "check_in",
            Self::CheckOut => "check_out",
            Self::ReverseCheckIn => "reverse_check_in",
            Self::ReverseCheckOut => "reverse_check_out",
            Self::Cancel => "cancel",
            Self::NoShow => "no_show",
            Self::Reinstate => "reinstate",
        }
    }
}

/// What a row of the table leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// This status.
    To(StayStatus),
    /// The status that the stay had before it was cancelled or marked.
    Before,
}

/// The lifecycle as a table (docs/DOMAIN.md): from, transition, to. What is not here is refused.
pub const LIFECYCLE: [(StayStatus, Transition, Target); 16] = {
    use StayStatus as S;
    use Target::{Before, To};
    use Transition as T;
    [
        (S::Waitlisted, T::Offer, To(S::Tentative)),
        (S::Waitlisted, T::Confirm, To(S::Confirmed)),
        (S::Waitlisted, T::Cancel, To(S::Cancelled)),
        (S::Tentative, T::Confirm, To(S::Confirmed)),
        (S::Tentative, T::Cancel, To(S::Cancelled)),
        (S::NeedsConfirmation, T::Confirm, To(S::Confirmed)),
        (S::NeedsConfirmation, T::Cancel, To(S::Cancelled)),
        (S::NeedsConfirmation, T::CheckIn, To(S::CheckedIn)),
        (S::Confirmed, T::CheckIn, To(S::CheckedIn)),
        (S::Confirmed, T::Cancel, To(S::Cancelled)),
        (S::Confirmed, T::NoShow, To(S::NoShow)),
        (S::CheckedIn, T::CheckOut, To(S::CheckedOut)),
        (S::CheckedIn, T::ReverseCheckIn, To(S::Confirmed)),
        (S::CheckedOut, T::ReverseCheckOut, To(S::CheckedIn)),
        (S::Cancelled, T::Reinstate, Before),
        (S::NoShow, T::Reinstate, Before),
    ]
};

/// Where the transition leads from this status, if the table allows it.
pub fn target(from: StayStatus, transition: Transition) -> Option<Target> {
    let row = LIFECYCLE
        .iter()
        .find(|row| row.0 == from && row.1 == transition);
    row.map(|row| row.2)
}

/// What the table allows from this status.
pub fn allowed(from: StayStatus) -> impl Iterator<Item = Transition> {
    LIFECYCLE
        .iter()
        .filter(move |row| row.0 == from)
        .map(|row| row.1)
}

/// One night that was moved to another room type; the type sold stays as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MovedNight {
    /// The night.
    pub night: Night,
    /// The type whose inventory it takes.
    pub room_type: RoomTypeCode,
}

/// How a stay ended, as far as its way back asks for it (docs/adr/0018).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Ending {
    /// An amendment took it out of its reservation, which goes on without it; or an undo did, of what had put it in.
    #[serde(default, skip_serializing_if = "crate::serial::is_off")]
    pub dropped: bool,
    /// Its rooms that went to the house, after the cut-off of its allotment.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to_house: Vec<MovedNight>,
}

impl Ending {
    /// Whether its room of the type and night went to the house.
    pub fn went(&self, room_type: RoomTypeCode, night: Night) -> bool {
        self.to_house.contains(&MovedNight { night, room_type })
    }

    /// What is still told of a stay that takes rooms again: those of them that went to the house came back.
    pub fn after_taking(&self, stay: &Stay) -> Self {
        let mut to_house = self.to_house.clone();
        to_house.retain(|gone| {
            !stay
                .taken()
                .any(|taken| taken == (gone.room_type, gone.night))
        });
        Self {
            dropped: false,
            to_house,
        }
    }

    /// Whether nothing of it is told.
    pub fn is_plain(&self) -> bool {
        *self == Self::default()
    }
}

/// One room of one type over the half-open range of nights from arrival to departure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Stay {
    /// Its number in the reservation, from 1.
    pub stay: u16,
    /// The type sold.
    pub room_type: RoomTypeCode,
    /// The night of arrival.
    pub arrival: Night,
    /// The date of departure; the arrival's for day use, which takes no night.
    pub departure: Night,
    /// Where it stands.
    pub status: StayStatus,
    /// The status to which a reinstatement leads back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<StayStatus>,
    /// The business date of the check-in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked_in_on: Option<Night>,
    /// The business date of the check-out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked_out_on: Option<Night>,
    /// The first night that an early check-out gave back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub freed_from: Option<Night>,
    /// The type in which the guest sleeps, where it is not the one sold. Moves no inventory.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assigned: Option<RoomTypeCode>,
    /// The room's number on the door.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room: Option<RoomNumber>,
    /// Price a night in minor units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<i64>,
    /// The last date on which a tentative stay may be confirmed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub option_until: Option<Night>,
    /// The option keeps no room: so the property had it when the stay was made.
    #[serde(default, skip_serializing_if = "crate::serial::is_off")]
    pub takes_none: bool,
    /// The business date on which it was decided to keep it though its guest had not come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept_on: Option<Night>,
    /// The business date from which on its guest is expected again, where it was reinstated after the arrival.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept_from: Option<Night>,
    /// The allotment from which it was picked up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allotment: Option<AllotmentId>,
    /// What a night costs the hotel, in minor units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<i64>,
    /// Nights moved to other types, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub moved: Vec<MovedNight>,
    /// How it ended.
    #[serde(default, skip_serializing_if = "Ending::is_plain")]
    pub ending: Ending,
}

impl Stay {
    /// Whether it takes rooms: its status does, and it is no option that keeps none.
    pub fn takes_inventory(&self) -> bool {
        let free_option = self.status == StayStatus::Tentative && self.takes_none;
        self.status.takes_inventory() && !free_option
    }

    /// Whether anything of it is charged (docs/DOMAIN.md, prices): it was not cancelled, its guest did not fail to come,
    /// and it has a night.
    pub fn is_charged(&self) -> bool {
        let is_off = matches!(self.status, StayStatus::Cancelled | StayStatus::NoShow);
        !is_off && !self.nights().is_empty()
    }

    /// The date on which the guest leaves or left: the departure, or an earlier check-out.
    pub fn leaves_on(&self) -> Night {
        self.freed_from
            .map_or(self.departure, |freed| freed.min(self.departure))
    }

    /// The nights it covers, whatever its status.
    pub fn nights(&self) -> NightRange {
        NightRange::new(self.arrival, self.leaves_on())
    }

    /// The type whose inventory the night takes.
    pub fn type_on(&self, night: Night) -> RoomTypeCode {
        let moved = self.moved.iter().find(|moved| moved.night == night);
        moved.map_or(self.room_type, |moved| moved.room_type)
    }

    /// The cells from which it takes one room each: none where it takes no inventory.
    pub fn taken(&self) -> impl Iterator<Item = (RoomTypeCode, Night)> + '_ {
        let nights = if self.takes_inventory() {
            self.nights()
        } else {
            NightRange::new(self.arrival, self.arrival)
        };
        nights.iter().map(|night| (self.type_on(night), night))
    }
}

/// A reservation's status, derived from its stays: the most advanced one that is still alive, else
/// how it ended.
pub fn derived_status(stays: &[Stay]) -> StayStatus {
    use StayStatus as S;
    let order = [
        S::CheckedIn,
        S::Confirmed,
        S::Tentative,
        S::NeedsConfirmation,
        S::Waitlisted,
        S::CheckedOut,
        S::NoShow,
        S::Cancelled,
    ];
    let has = |status: &S| stays.iter().any(|stay| stay.status == *status);
    order.into_iter().find(has).unwrap_or(S::Cancelled)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The whole matrix, status by transition, so that a changed row fails by name.
    #[test]
    fn the_lifecycle_allows_exactly_these_steps() {
        use StayStatus as S;
        use Transition as T;
        let rows: [(S, &[T]); 8] = [
            (S::Waitlisted, &[T::Offer, T::Confirm, T::Cancel]),
            (S::Tentative, &[T::Confirm, T::Cancel]),
            (S::NeedsConfirmation, &[T::Confirm, T::Cancel, T::CheckIn]),
            (S::Confirmed, &[T::CheckIn, T::Cancel, T::NoShow]),
            (S::CheckedIn, &[T::CheckOut, T::ReverseCheckIn]),
            (S::CheckedOut, &[T::ReverseCheckOut]),
            (S::Cancelled, &[T::Reinstate]),
            (S::NoShow, &[T::Reinstate]),
        ];
        for (status, steps) in rows {
            for transition in Transition::ALL {
                let expected = steps.contains(&transition);
                assert_eq!(
                    target(status, transition).is_some(),
                    expected,
                    "{status} {transition:?}"
                );
            }
            assert_eq!(allowed(status).collect::<Vec<_>>(), steps);
        }
    }

    #[test]
    fn the_words_of_a_status_read_back() {
        for status in StayStatus::ALL {
            assert_eq!(StayStatus::from_word(status.as_str()), Some(status));
        }
        assert_eq!(StayStatus::from_word("gone"), None);
    }
}
