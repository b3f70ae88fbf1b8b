//! The desk's own thread for the centre: it exchanges when something is queued here, when the centre
//! pokes, and every few seconds in any case.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use keyrack_sync::{Link, SILENCE, wait_ms};
use tokio::sync::Notify;
use tokio::time::{sleep, timeout};

use super::{exchange, line, runtime};
use crate::error::DeskError;
use crate::{Desk, logs};

/// Where no poke comes, the feed is asked every so often.
const EVERY: Duration = Duration::from_secs(10);
/// How often a file without a centre is looked at again: it may be enrolled meanwhile.
const NO_CENTRE: Duration = Duration::from_secs(5);

/// The thread; it ends when this is dropped.
#[derive(Debug)]
pub struct CentreWork {
    wake: Arc<Notify>,
    ends: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl CentreWork {
    /// Starts the thread for the desk.
    ///
    /// # Errors
    /// Where the machine gives no thread.
    pub fn start(desk: Arc<Desk>) -> Result<Self, DeskError> {
        let wake = Arc::new(Notify::new());
        let ends = Arc::new(AtomicBool::new(false));
        let (woken, ending) = (Arc::clone(&wake), Arc::clone(&ends));
        let thread = thread::Builder::new().name("centre".to_owned());
        let thread = thread.spawn(move || run(&desk, &woken, &ending));
        Ok(Self {
            wake,
            ends,
            thread: Some(thread.map_err(DeskError::machine)?),
        })
    }

    /// Exchanges now: something was queued, or a person asks to try.
    pub fn wake(&self) {
        self.wake.notify_one();
    }
}

impl Drop for CentreWork {
    fn drop(&mut self) {
        self.ends.store(true, Ordering::SeqCst);
        self.wake.notify_one();
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has logged it.
            let _ended = thread.join();
        }
    }
}

fn run(desk: &Desk, wake: &Notify, ends: &AtomicBool) {
    let Ok(runtime) = runtime() else { return };
    let mut pokes = None;
    while !ends.load(Ordering::SeqCst) {
        let link = line(&desk.store).ok().flatten();
        let Some(link) = link else {
            runtime.block_on(async {
                tokio::select! { () = wake.notified() => {}, () = sleep(NO_CENTRE) => {} }
            });
            continue;
        };
        let done = exchange::exchange(&desk.store, &runtime, &mut |_| {});
        let pause = match &done {
            Ok(_) => EVERY,
            Err(error) => {
                logs::centre(error);
                pokes = None;
                Duration::from_millis(wait_ms(dice(), None))
            }
        };
        runtime.block_on(async {
            if done.is_ok() && pokes.is_none() {
                pokes = poked(&link).await;
            }
            tokio::select! {
                () = wake.notified() => {}
                () = next(&mut pokes) => {}
                () = sleep(pause) => {}
            }
        });
    }
}

async fn poked(link: &Link) -> Option<keyrack_sync::Pokes> {
    timeout(EVERY, link.pokes()).await.ok()?.ok()
}

/// Waits for a poke; for ever where there is no line.
async fn next(pokes: &mut Option<keyrack_sync::Pokes>) {
    let Some(line) = pokes else {
        return std::future::pending().await;
    };
    match timeout(SILENCE, line.next()).await {
        Ok(Some(_)) => {}
        _ => *pokes = None,
    }
}

fn dice() -> u32 {
    getrandom::u32().unwrap_or(u32::MAX / 2)
}
