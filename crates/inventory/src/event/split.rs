//! A stay that went to a reservation of its own.

use serde::{Deserialize, Serialize};

use super::{StayDiff, StaysChanged};
use crate::command::Reason;
use crate::ids::ReservationId;

/// A stay went to a reservation of its own, and its share of the people with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Flat", into = "Flat")]
pub struct SplitOff {
    /// The stay that went.
    pub change: StaysChanged,
    /// Who went with it; nothing where they were not told apart, so that all stayed.
    pub people: Option<Party>,
}

/// How many people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// Adults.
    pub adults: u16,
    /// Children.
    pub children: u16,
}

// As it is stored: a change of stays with one field more.
/// A stay went to a reservation of its own, and its share of the people with it.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename = "SplitOff")]
struct Flat {
    /// The reservation.
    reservation: ReservationId,
    /// Which, and how.
    stays: Vec<StayDiff>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason: Option<Reason>,
    /// Who went with it; nothing where they were not told apart, so that all stayed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    people: Option<Party>,
}

impl From<Flat> for SplitOff {
    fn from(flat: Flat) -> Self {
        Self {
            change: StaysChanged {
                reservation: flat.reservation,
                stays: flat.stays,
                reason: flat.reason,
            },
            people: flat.people,
        }
    }
}

impl From<SplitOff> for Flat {
    fn from(split: SplitOff) -> Self {
        let StaysChanged {
            reservation,
            stays,
            reason,
        } = split.change;
        Self {
            reservation,
            stays,
            reason,
            people: split.people,
        }
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for SplitOff {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        Flat::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Flat::json_schema(generator)
    }
}
