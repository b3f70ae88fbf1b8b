//! Long work that the page may stop, each by its own task's name.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

/// Whether somebody wants it to stop.
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    pub fn is_wanted(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// What goes on, by task.
#[derive(Default)]
pub struct Stops(Mutex<Vec<(&'static str, Weak<AtomicBool>)>>);

impl Stops {
    /// Work that begins.
    pub fn begin(&self, task: &'static str) -> Stop {
        let flag = Arc::new(AtomicBool::new(false));
        let mut going_on = self.lock();
        going_on.retain(|(_, flag)| flag.strong_count() > 0);
        going_on.push((task, Arc::downgrade(&flag)));
        Stop(flag)
    }

    /// Stops all work of this task, and no other.
    pub fn stop(&self, task: &str) {
        let going_on = self.lock();
        let of_task = going_on.iter().filter(|(name, _)| *name == task);
        for flag in of_task.filter_map(|(_, flag)| flag.upgrade()) {
            flag.store(true, Ordering::Relaxed);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<(&'static str, Weak<AtomicBool>)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_stopped_by_its_task_and_what_begins_after_it_goes_on() {
        let stops = Stops::default();
        let (check, export) = (stops.begin("verify"), stops.begin("export"));
        stops.stop("verify");
        let again = stops.begin("verify");
        assert!(check.is_wanted());
        assert!(!export.is_wanted() && !again.is_wanted());
        drop((check, export));
        stops.stop("export");
        stops.stop("verify");
        assert!(again.is_wanted());
    }
}
