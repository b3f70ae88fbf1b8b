//! The steps of the schema.

/// Each goes forward and is never edited; its place is its version.
pub(crate) const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001_inventory.sql"),
    include_str!("migrations/0002_people.sql"),
    include_str!("migrations/0003_operations.sql"),
    include_str!("migrations/0004_lists.sql"),
    include_str!("migrations/0005_groups.sql"),
    include_str!("migrations/0006_movements.sql"),
    include_str!("migrations/0007_day_end.sql"),
    include_str!("migrations/0008_centre.sql"),
    include_str!("migrations/0009_acts.sql"),
    include_str!("migrations/0010_seals.sql"),
    include_str!("migrations/0011_redacted.sql"),
    include_str!("migrations/0012_rejoin.sql"),
    include_str!("migrations/0013_charged.sql"),
    include_str!("migrations/0014_sent.sql"),
    include_str!("migrations/0015_found.sql"),
    include_str!("migrations/0016_day_ended.sql"),
    include_str!("migrations/0017_granted.sql"),
    include_str!("migrations/0018_trail.sql"),
    include_str!("migrations/0019_failing.sql"),
    include_str!("migrations/0020_queue.sql"),
    include_str!("migrations/0021_replaced.sql"),
    include_str!("migrations/0022_parked.sql"),
];
/// From this version on the trail tells of each id that was erased.
pub(crate) const ERASURES_ARE_TOLD: i64 = 14;
/// The schema version that this program writes.
pub(crate) const SCHEMA_VERSION: i64 = MIGRATIONS.len() as i64;

#[cfg(test)]
mod tests {
    use super::{ERASURES_ARE_TOLD, MIGRATIONS};

    #[test]
    fn erasures_are_told_from_the_step_that_says_so() {
        let at = usize::try_from(ERASURES_ARE_TOLD - 1).unwrap_or_default();
        assert!(MIGRATIONS[at].starts_with("-- What a desk has told and been told."));
    }
}
