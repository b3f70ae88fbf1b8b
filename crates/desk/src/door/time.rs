//! The clocks of the door, and the lock of a desk that nobody touches.
//!
//! The door has clocks of its own: the desk's may be set by hand for replays, and a sign-in must not
//! live longer by that.

use std::fmt::Debug;
use std::time::Duration;

use keyrack_inventory::Instant;

/// A moment, by both clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Since some start; it never goes back, and goes on while the machine sleeps.
    pub running: Duration,
    /// The wall clock, which people can set.
    pub wall: Instant,
}

/// Where the door's moments come from.
pub trait Time: Debug + Send + Sync {
    /// Now.
    fn now(&self) -> Moment;
}

/// The machine's clocks.
#[derive(Clone, Copy, Debug)]
pub struct MachineTime;

impl Time for MachineTime {
    fn now(&self) -> Moment {
        Moment {
            running: running(),
            wall: Instant::from_millis(chrono::Utc::now().timestamp_millis()),
        }
    }
}

/// Linux has a clock that counts sleep.
#[cfg(target_os = "linux")]
fn running() -> Duration {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
    let seconds = u64::try_from(now.tv_sec).unwrap_or(0);
    Duration::new(seconds, u32::try_from(now.tv_nsec).unwrap_or(0))
}

/// Elsewhere sleep is told by the wall clock alone.
#[cfg(not(target_os = "linux"))]
fn running() -> Duration {
    use std::sync::OnceLock;
    static START: OnceLock<std::time::Instant> = OnceLock::new();
    START.get_or_init(std::time::Instant::now).elapsed()
}

/// Whether somebody is still at the desk.
///
/// Locked when either clock says that the limit has passed. A wall clock that was set back neither
/// unlocks nor prolongs: the other one runs on, and a lock once fallen stays until the next sign-in.
#[derive(Clone, Copy, Debug)]
pub struct Idle {
    touched: Moment,
    locked: bool,
}

impl Idle {
    /// Somebody has just signed in.
    pub fn new(now: Moment) -> Self {
        Self {
            touched: now,
            locked: false,
        }
    }

    /// Whether it is locked.
    pub fn is_locked(&mut self, now: Moment, limit: Duration) -> bool {
        self.locked |= self.since(now) >= limit;
        self.locked
    }

    /// Somebody touches the desk; that opens no lock. Gives whether it is locked.
    pub fn touch(&mut self, now: Moment, limit: Duration) -> bool {
        if !self.is_locked(now, limit) {
            self.touched = now;
        }
        self.locked
    }

    /// Locked at once.
    pub fn lock(&mut self) {
        self.locked = true;
    }

    /// What is left until it locks.
    pub fn left(&self, now: Moment, limit: Duration) -> Duration {
        limit.saturating_sub(self.since(now))
    }

    /// How long nobody touched it, by the clock that says more.
    fn since(&self, now: Moment) -> Duration {
        let running = now.running.saturating_sub(self.touched.running);
        let wall = now.wall.millis().saturating_sub(self.touched.wall.millis());
        running.max(Duration::from_millis(u64::try_from(wall).unwrap_or(0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: Duration = Duration::from_secs(300);

    fn at(running: u64, wall: i64) -> Moment {
        Moment {
            running: Duration::from_secs(running),
            wall: Instant::from_millis(wall * 1_000),
        }
    }

    #[test]
    fn either_clock_locks_at_the_limit_and_not_before() {
        for (now, locked) in [
            (at(299, 1_299), false),
            (at(300, 1_300), true),
            // A machine that slept: the wall clock alone went on.
            (at(1, 1_300), true),
            // The wall clock was set back by a day: the other runs on.
            (at(299, -85_000), false),
            (at(300, -85_000), true),
        ] {
            let mut idle = Idle::new(at(0, 1_000));
            assert_eq!(idle.is_locked(now, LIMIT), locked, "{now:?}");
        }
    }

    #[test]
    fn a_lock_stays_whatever_the_clocks_say_then_and_a_touch_opens_none() {
        let mut idle = Idle::new(at(0, 1_000));
        assert!(idle.is_locked(at(10, 1_400), LIMIT));
        assert!(idle.is_locked(at(11, 1_000), LIMIT), "set back");
        assert!(idle.touch(at(12, 1_001), LIMIT));
        assert!(idle.is_locked(at(13, 1_001), LIMIT));
    }

    #[test]
    fn a_touch_in_time_begins_anew_and_one_too_late_does_not() {
        let mut idle = Idle::new(at(0, 1_000));
        assert!(!idle.touch(at(299, 1_299), LIMIT));
        assert!(!idle.is_locked(at(598, 1_598), LIMIT));
        assert_eq!(idle.left(at(598, 1_598), LIMIT), Duration::from_secs(1));
        assert!(idle.touch(at(599, 1_599), LIMIT), "too late");
    }

    #[test]
    fn the_machines_running_clock_runs() {
        let first = MachineTime.now().running;
        std::thread::sleep(Duration::from_millis(5));
        assert!(MachineTime.now().running >= first + Duration::from_millis(5));
    }
}
