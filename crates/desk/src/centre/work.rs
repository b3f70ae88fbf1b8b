//! The desk's own thread for the centre: it exchanges when something is queued here, when the centre
//! pokes, and every few seconds in any case.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Weak};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use keyrack_store::CentreState;
use keyrack_sync::{Link, SILENCE, wait_ms};
use tokio::sync::Notify;
use tokio::time::{sleep, timeout};

use super::{Known, exchange, runtime};
use crate::error::DeskError;
use crate::{Desk, logs};

/// Where no poke comes, the feed is asked every so often.
const EVERY: Duration = Duration::from_secs(10);
/// How often the queue is looked at.
const LOOK: Duration = Duration::from_millis(100);
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
    /// Starts the thread for the desk; it ends too when the desk is closed.
    ///
    /// # Errors
    /// Where the machine gives no thread.
    pub fn start(desk: &Arc<Desk>) -> Result<Self, DeskError> {
        let desk = Arc::downgrade(desk);
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

    /// Works for as long as the desk is open, beside everything else.
    ///
    /// # Errors
    /// Where the machine gives no thread.
    pub fn beside(desk: &Arc<Desk>) -> Result<(), DeskError> {
        let desk = Arc::downgrade(desk);
        let thread = thread::Builder::new().name("centre".to_owned());
        let work = move || run(&desk, &Notify::new(), &AtomicBool::new(false));
        thread.spawn(work).map(drop).map_err(DeskError::machine)
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

fn run(desk: &Weak<Desk>, wake: &Notify, ends: &AtomicBool) {
    let Ok(runtime) = runtime() else { return };
    let mut pokes = None;
    let mut known = Known::default();
    while !ends.load(Ordering::SeqCst) {
        let Some(open) = desk.upgrade() else { return };
        // While a history goes up nothing comes down, and who sends it waits for nobody.
        let joining = open.store.read(|reader| {
            Ok(reader
                .centre()?
                .is_some_and(|centre| centre.state == CentreState::Joining))
        });
        let link = match joining {
            Ok(false) => known.line(&open.store).unwrap_or_else(|error| {
                logs::centre(&error);
                exchange::note(&open.store, &Err(error));
                None
            }),
            _ => None,
        };
        let done = link
            .clone()
            .map(|link| open.exchange_on(&runtime, Some(link)));
        drop(open);
        let pause = match &done {
            None => NO_CENTRE,
            Some(Ok(_)) => EVERY,
            Some(Err(error)) => {
                logs::centre(error);
                pokes = None;
                let asked = match error {
                    DeskError::Centre(refusal) => refusal.retry_after_ms(),
                    _ => None,
                };
                Duration::from_millis(wait_ms(dice(), asked))
            }
        };
        let well = matches!(done, Some(Ok(_)));
        runtime.block_on(async {
            if let (true, None, Some(link)) = (well, &pokes, &link) {
                pokes = poked(link).await;
            }
            tokio::select! {
                () = wake.notified() => {}
                () = next(&mut pokes) => {}
                () = queued(desk, ends), if well => {}
                () = sleep(pause) => {}
            }
        });
    }
}

/// Waits until something is queued, by whichever process. Not asked where the centre did not answer:
/// then the same is not sent again at once.
async fn queued(desk: &Weak<Desk>, ends: &AtomicBool) {
    loop {
        sleep(LOOK).await;
        if ends.load(Ordering::SeqCst) {
            return;
        }
        let Some(open) = desk.upgrade() else { return };
        let waits = open.store.read(|reader| reader.any_waiting());
        if waits.is_ok_and(|waits| waits) {
            return;
        }
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
