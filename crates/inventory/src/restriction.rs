//! Restrictions: conditions under which rooms are not sold on a night (docs/DOMAIN.md).
//!
//! Stop-sell speaks of the night itself. Closed to arrival, minimum and maximum stay are those of
//! the night of arrival; closed to departure is that of the date of departure.

use serde::{Deserialize, Serialize};

use crate::decide::LONGEST_STAY;
use crate::event::LimitRun;
use crate::refusal::Pool;

/// The restrictions of one type, or of the house, on one night.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Restrictions {
    /// Nothing is sold on the night.
    #[serde(default, skip_serializing_if = "crate::serial::is_off")]
    pub stop_sell: bool,
    /// Nobody new arrives on it.
    #[serde(default, skip_serializing_if = "crate::serial::is_off")]
    pub closed_to_arrival: bool,
    /// Nobody new departs on it.
    #[serde(default, skip_serializing_if = "crate::serial::is_off")]
    pub closed_to_departure: bool,
    /// The fewest nights of a stay that arrives on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_stay: Option<u16>,
    /// The most nights of a stay that arrives on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_stay: Option<u16>,
}

const STOP_SELL: u32 = 1;
const CLOSED_TO_ARRIVAL: u32 = 1 << 1;
const CLOSED_TO_DEPARTURE: u32 = 1 << 2;
const MIN_STAY_AT: u32 = 8;
const MAX_STAY_AT: u32 = 20;
/// Bits of a length of stay: enough for the longest.
const LENGTH: u32 = (1 << 9) - 1;

impl Restrictions {
    /// Whether there are none.
    pub fn is_free(self) -> bool {
        self == Self::default()
    }

    /// Packed for a row: bit 0 stop-sell, 1 closed to arrival, 2 closed to departure, from bit 8
    /// the minimum and from bit 20 the maximum stay, 0 where there is none.
    pub fn bits(self) -> u32 {
        let flag = |on: bool, bit: u32| if on { bit } else { 0 };
        let length = |nights: Option<u16>, at: u32| u32::from(nights.unwrap_or(0)) << at;
        flag(self.stop_sell, STOP_SELL)
            | flag(self.closed_to_arrival, CLOSED_TO_ARRIVAL)
            | flag(self.closed_to_departure, CLOSED_TO_DEPARTURE)
            | length(self.min_stay, MIN_STAY_AT)
            | length(self.max_stay, MAX_STAY_AT)
    }

    /// Unpacked from a row.
    pub fn from_bits(bits: u32) -> Self {
        let length = |at: u32| match (bits >> at) & LENGTH {
            0 => None,
            nights => u16::try_from(nights).ok(),
        };
        Self {
            stop_sell: bits & STOP_SELL != 0,
            closed_to_arrival: bits & CLOSED_TO_ARRIVAL != 0,
            closed_to_departure: bits & CLOSED_TO_DEPARTURE != 0,
            min_stay: length(MIN_STAY_AT),
            max_stay: length(MAX_STAY_AT),
        }
    }
}

/// Restrictions to set; what is not given stays as it is on each night.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RestrictionChange {
    /// Stop-sell on or off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stop_sell: Option<bool>,
    /// Closed to arrival on or off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_to_arrival: Option<bool>,
    /// Closed to departure on or off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_to_departure: Option<bool>,
    /// The minimum stay in nights; 0 takes it away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_stay: Option<u16>,
    /// The maximum stay in nights; 0 takes it away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_stay: Option<u16>,
}

impl RestrictionChange {
    /// Whether it changes nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether its lengths are such as a stay can have.
    pub fn is_sound(&self) -> bool {
        let within = |nights: Option<u16>| u32::from(nights.unwrap_or(0)) <= LONGEST_STAY;
        within(self.min_stay) && within(self.max_stay)
    }

    /// What it makes of a night's restrictions.
    pub fn applied(&self, to: Restrictions) -> Restrictions {
        let length = |new: Option<u16>, old: Option<u16>| match new {
            None => old,
            Some(nights) => Some(nights).filter(|nights| *nights > 0),
        };
        Restrictions {
            stop_sell: self.stop_sell.unwrap_or(to.stop_sell),
            closed_to_arrival: self.closed_to_arrival.unwrap_or(to.closed_to_arrival),
            closed_to_departure: self.closed_to_departure.unwrap_or(to.closed_to_departure),
            min_stay: length(self.min_stay, to.min_stay),
            max_stay: length(self.max_stay, to.max_stay),
        }
    }
}

/// Restrictions of a type or of the house were set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RestrictionsSet {
    /// The type, or the house.
    pub room_type: Pool,
    /// Runs of equal nights.
    pub runs: Vec<LimitRun<Restrictions>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_restrictions_read_back() {
        for bits in 0..8 {
            for (min_stay, max_stay) in [(None, None), (Some(1), Some(366)), (Some(366), None)] {
                let restrictions = Restrictions {
                    min_stay,
                    max_stay,
                    ..Restrictions::from_bits(bits)
                };
                assert_eq!(Restrictions::from_bits(restrictions.bits()), restrictions);
                assert_eq!(restrictions.is_free(), restrictions.bits() == 0);
            }
        }
    }

    #[test]
    fn a_change_leaves_what_it_does_not_name_and_zero_takes_a_length_away() {
        let before = Restrictions {
            stop_sell: true,
            min_stay: Some(3),
            max_stay: Some(7),
            ..Restrictions::default()
        };
        let change = RestrictionChange {
            closed_to_arrival: Some(true),
            min_stay: Some(0),
            ..RestrictionChange::default()
        };
        let after = Restrictions {
            closed_to_arrival: true,
            min_stay: None,
            ..before
        };
        assert_eq!(change.applied(before), after);
        assert!(RestrictionChange::default().is_empty());
        let too_long = RestrictionChange {
            max_stay: Some(367),
            ..RestrictionChange::default()
        };
        assert!(change.is_sound() && !too_long.is_sound());
    }
}
