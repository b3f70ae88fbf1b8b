//! The centre's clock, read here and nowhere else.

use std::time::{SystemTime, UNIX_EPOCH};

use keyrack_inventory::Instant;

/// Now.
pub fn now() -> Instant {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let millis = since.map_or(0, |since| since.as_millis());
    Instant::from_millis(i64::try_from(millis).unwrap_or(i64::MAX))
}
