//! Tells the page when the file changed, whichever process changed it, lets go the holds whose time
//! is up, exchanges with the centre where there is one, and does the jobs that are due.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Weak};
use std::thread;
use std::time::Duration;

use keyrack_desk::centre::CentreWork;
use keyrack_desk::start::ChangedEvent;
use keyrack_desk::{Desk, DeskError};
use serde::Serialize;
use tauri::{AppHandle, Emitter};

/// How often the file is looked at: a change is on the screen within a second, and a look is one
/// number read from memory.
const LOOK_EVERY: Duration = Duration::from_millis(200);
/// How often the holds are looked at. On a thread of its own: a sweep may wait for another writer,
/// and news must not wait with it.
const SWEEP_EVERY: Duration = Duration::from_secs(1);

/// How often the jobs are looked at: a look is a read.
const WORK_EVERY: Duration = Duration::from_secs(10);
/// The jobs begin when the window has long been on the screen.
const WORK_AFTER: Duration = Duration::from_secs(60);

/// Follows the desk's file on a thread of its own, for as long as the desk is open.
pub fn follow(app: &AppHandle, desk: &Arc<Desk>) {
    let app = app.clone();
    let sweeping = Arc::downgrade(desk);
    let sweep = |desk: &Desk| desk.sweep().map(drop);
    thread::spawn(move || again_and_again(&sweeping, SWEEP_EVERY, "holds were not let go", sweep));
    let working = Arc::downgrade(desk);
    thread::spawn(move || {
        thread::sleep(WORK_AFTER);
        let work = |desk: &Desk| desk.work().map(drop);
        again_and_again(&working, WORK_EVERY, "jobs were not done", work);
    });
    if let Err(error) = CentreWork::beside(desk) {
        eprintln!("keyrack: the centre cannot be followed: {error}");
    }
    let desk = Arc::downgrade(desk);
    thread::spawn(move || {
        while desk.strong_count() > 0 {
            // The file failed, or another process holds it for long: the page's own calls tell the
            // user, and the watch begins anew.
            if let Err(error) = watch(&app, &desk) {
                eprintln!("keyrack: the file cannot be followed: {error}");
            }
            thread::sleep(SWEEP_EVERY);
        }
    });
}

/// Works for as long as the desk is open. What fails or stumbles once is tried again: nobody else
/// would begin the thread anew.
fn again_and_again(
    desk: &Weak<Desk>,
    pause: Duration,
    failed: &str,
    work: impl Fn(&Desk) -> Result<(), DeskError>,
) {
    while let Some(desk) = desk.upgrade() {
        let done = catch_unwind(AssertUnwindSafe(|| work(&desk)));
        if let Err(error) = done.unwrap_or(Err(DeskError::Stumbled)) {
            eprintln!("keyrack: {failed}: {error}");
            tracing::error!(why = error.for_the_log(), "{failed}");
        }
        drop(desk);
        thread::sleep(pause);
    }
}

fn watch(app: &AppHandle, desk: &Weak<Desk>) -> Result<(), DeskError> {
    let Some(mut watch) = desk.upgrade().map(|desk| desk.watch()).transpose()? else {
        return Ok(());
    };
    loop {
        thread::sleep(LOOK_EVERY);
        let Some(desk) = desk.upgrade() else { break };
        if watch.changed()? {
            let head = desk.head()?;
            tell(app, "changed", ChangedEvent { head });
        }
    }
    Ok(())
}

/// Sends an event to the page. A page that is gone needs no news.
pub fn tell<P: Serialize + Clone>(app: &AppHandle, event: &str, payload: P) {
    if let Err(error) = app.emit(event, payload) {
        eprintln!("keyrack: {event} did not reach the page: {error}");
    }
}
