//! How long to wait before the same is sent again.

/// The shortest wait.
pub const SHORTEST_MS: u64 = 1_000;
/// The longest wait of the desk's own choice.
pub const LONGEST_MS: u64 = 10_000;

/// Full jitter between the shortest and the longest wait, so that desks that lost the same centre do
/// not come back in the same instant. `dice` is random; what the centre asked for is honoured.
pub fn wait_ms(dice: u32, retry_after_ms: Option<u64>) -> u64 {
    let span = LONGEST_MS - SHORTEST_MS;
    let own = SHORTEST_MS + span * u64::from(dice) / u64::from(u32::MAX);
    own.max(retry_after_ms.unwrap_or(0))
}
