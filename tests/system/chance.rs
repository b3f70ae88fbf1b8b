//! What is random, from a seed that can be set again, and how long the long versions are.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A row of numbers from a seed.
pub struct Chance(u64);

impl Chance {
    /// From `KEYRACK_SEED`, or else from the clock; printed, so that a failure can be repeated.
    pub fn new(what: &str) -> Self {
        let seed = match std::env::var("KEYRACK_SEED") {
            Ok(text) => text.parse().expect("KEYRACK_SEED is a number"),
            Err(_) => {
                let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
                u64::try_from(now.as_nanos() & u128::from(u32::MAX)).unwrap()
            }
        };
        println!("{what}: KEYRACK_SEED={seed}");
        Self(seed)
    }

    /// From a seed that another one gave.
    pub fn from(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `bound` (splitmix64).
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % bound
    }

    /// A time below `most`.
    pub fn moment(&mut self, most: Duration) -> Duration {
        Duration::from_micros(self.below(u64::try_from(most.as_micros()).unwrap()))
    }
}

/// How many of all that a long version tries: the share `KEYRACK_SHARE` of them, and one at least.
pub fn share_of(all: u64) -> u64 {
    let share = std::env::var("KEYRACK_SHARE")
        .map_or(1.0, |text| text.parse().expect("KEYRACK_SHARE is a number"));
    ((all as f64 * share) as u64).max(1)
}

/// `short` in `make test`, `long` in `make torture`.
pub fn short_or_long<T>(short: T, long: T) -> T {
    if std::env::var_os("KEYRACK_TORTURE").is_some_and(|value| value == "1") {
        long
    } else {
        short
    }
}
