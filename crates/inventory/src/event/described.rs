//! What is known of a booking beside its stays was put right.

use serde::{Deserialize, Serialize};

use super::StaysChanged;
use crate::ids::ReservationId;
use crate::model::BookingDetails;

/// The details of a reservation before and after; ids only, as names and texts stand beside the events.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Flat", into = "Flat")]
pub struct DetailsSet {
    /// The reservation, and that none of its stays changed.
    pub change: StaysChanged,
    /// What stood there.
    pub before: BookingDetails,
    /// What stands there now.
    pub after: BookingDetails,
}

impl DetailsSet {
    /// Of that reservation.
    pub fn of(reservation: ReservationId, before: BookingDetails, after: BookingDetails) -> Self {
        let change = StaysChanged {
            reservation,
            stays: Vec::new(),
            reason: None,
        };
        Self {
            change,
            before,
            after,
        }
    }
}

// As it is stored.
/// The details of a reservation before and after.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename = "DetailsSet")]
struct Flat {
    /// The reservation.
    reservation: ReservationId,
    /// What stood there.
    before: BookingDetails,
    /// What stands there now.
    after: BookingDetails,
}

impl From<Flat> for DetailsSet {
    fn from(flat: Flat) -> Self {
        Self::of(flat.reservation, flat.before, flat.after)
    }
}

impl From<DetailsSet> for Flat {
    fn from(set: DetailsSet) -> Self {
        Self {
            reservation: set.change.reservation,
            before: set.before,
            after: set.after,
        }
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for DetailsSet {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        Flat::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Flat::json_schema(generator)
    }
}
