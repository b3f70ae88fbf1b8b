//! What shall change of what is known of a booking beside its stays.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::event::Party;
use crate::ids::{GuestId, TextId, Token};
use crate::model::BookingDetails;

/// What of a booking can be taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Detail {
    /// The meal plan.
    Meal,
    /// The guarantee.
    Guarantee,
    /// The notes.
    Notes,
}

/// What shall change; what is left out stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DetailsChange {
    /// The guest, as a new row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guest: Option<GuestId>,
    /// How many people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people: Option<Party>,
    /// The meal plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meal: Option<Token>,
    /// The guarantee, as a new text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guarantee: Option<TextId>,
    /// The notes, as a new text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<TextId>,
    /// What is taken away.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub without: BTreeSet<Detail>,
}

impl DetailsChange {
    /// The details with the change made.
    pub fn applied(&self, details: &BookingDetails) -> BookingDetails {
        let mut after = details.clone();
        after.guest = self.guest.or(after.guest);
        if let Some(people) = self.people {
            (after.adults, after.children) = (people.adults, people.children);
        }
        after.meal = self.meal.clone().or(after.meal);
        after.guarantee = self.guarantee.or(after.guarantee);
        after.notes = self.notes.or(after.notes);
        for detail in &self.without {
            match detail {
                Detail::Meal => after.meal = None,
                Detail::Guarantee => after.guarantee = None,
                Detail::Notes => after.notes = None,
            }
        }
        after
    }
}
