//! Time by the hotel's clock.

use chrono::DateTime;
use chrono_tz::Tz;
use keyrack_inventory::model::Property;
use keyrack_inventory::{Instant, Night};

/// The hotel's time zone; UTC where the machine does not know it.
pub(crate) fn zone(property: &Property) -> Tz {
    property.time_zone.as_str().parse().unwrap_or(Tz::UTC)
}

/// The instant by the hotel's clock.
pub(crate) fn time(property: &Property, at: Instant) -> DateTime<Tz> {
    let utc = DateTime::from_timestamp_millis(at.millis()).unwrap_or_default();
    utc.with_timezone(&zone(property))
}

/// The date by the hotel's clock; nothing outside of the years that a calendar has.
pub(crate) fn date(property: &Property, at: Instant) -> Option<Night> {
    time(property, at).date_naive().to_string().parse().ok()
}
